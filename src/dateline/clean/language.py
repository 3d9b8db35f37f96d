"""Language: tells whether a text is English; quick for what clearly is, careful with what may not be."""

import re
from functools import cache
from typing import Any

import msgspec

from dateline.clean.wordlists import FOLDER, load_lists

ENGLISH = "en"

# Languages differ within a few hundred words; more only costs time.
SAMPLE = 3000

# Rank (distance from the profile, lower is nearer) up to which resiliparse's quick answer "en" is taken as it
# is. On 160 English news pages the rank lay between 179 and 432; re-measure with bench/clean.py's pages.
SURE_RANK = 450

# Share of words that are English function words: on the same pages 0.31 to 0.45 from the 5th to the 95th
# percentile; on 20 pages in seven other languages 0.16 at most.
FUNCTION_SHARE = 0.2

# Statistics on fewer words than this are chance; function words decide there.
FEW_WORDS = 40

# A single sentence may hold one word of grammar in six or more ("Gunmen kidnapped three farmers near Kirkuk.");
# it is another language only where both detectors name the same one.
SCARCE_WORDS = 15
SCARCE_SHARE = 0.1

_WORD = re.compile(r"[^\W\d_]+")


class Language(msgspec.Struct, frozen=True):
    """The language of a text (ISO 639-1), and the share of its words that are English function words."""

    code: str
    function_share: float


def read_language(text: str) -> Language:
    """Return the language of `text`, judged on its first `SAMPLE` characters in lower case.

    Case is dropped because the profiles were made from mixed-case text, and wire archives are all capitals.
    Very short texts count as English where enough of their words are English function words.
    """
    from resiliparse.parse.lang import detect_fast

    sample = text[:SAMPLE].lower()
    words = _WORD.findall(sample)
    share = sum(word in _function_words() for word in words) / len(words) if words else 0.0
    if len(words) < FEW_WORDS and share >= FUNCTION_SHARE:
        return Language(ENGLISH, share)
    quick, rank = detect_fast(sample)
    if len(words) < SCARCE_WORDS and share >= SCARCE_SHARE:
        code = _classify(sample)
        return Language(code if code == quick else ENGLISH, share)
    if quick == ENGLISH and rank <= SURE_RANK and share >= FUNCTION_SHARE:
        return Language(ENGLISH, share)
    code = _classify(sample)
    if code != ENGLISH and quick == ENGLISH and share >= FUNCTION_SHARE:
        code = ENGLISH  # names and places mislead the statistics; words of grammar do not
    return Language(code, share)


@cache
def _function_words() -> frozenset[str]:
    return load_lists(FOLDER / "english.yaml", ("function_words",))["function_words"]


def _classify(sample: str) -> str:
    import py3langid

    answer: Any = py3langid.classify(sample)
    return str(answer[0])
