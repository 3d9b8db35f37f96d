"""Whether the clause around a time looks back or ahead, told by the nearest verb; from data/time/tense.yaml."""

import re
from functools import cache
from pathlib import Path

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.span import Span
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeplacing import Tense
from dateline.resolve.timewords import alternatives, read_words

TENSES = DATA / "time" / "tense.yaml"

# Characters on either side of a time in which its verb is looked for: a verb further away has times of its own.
REACH = 120
# "By" and "until" look ahead where no verb stands nearer than this many characters.
_UNTIL_DISTANCE = 12
_UNTIL = re.compile(r"(?<!\w)(?:by|until|till)\s(?:the\s)?\Z", re.IGNORECASE)
_UNTIL_ITSELF = re.compile(r"(?:by|until|till)\s", re.IGNORECASE)
# A verb of saying dates what is said only this many characters from the time ("said on").
_SAYING = 5
# A verb behind the time counts as this many characters further away: the time mostly stands after its verb.
_BEHIND = 25


class TenseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lower-case words and phrases that look ahead, past forms that do not end in -ed, and "previously"."""

    future: frozenset[str]
    past: frozenset[str]
    before: frozenset[str] = frozenset()


@cache
def load_tense_words(path: Path = TENSES) -> TenseWords:
    """Load and check the words of tense; raises DataError where the file breaks its own rules."""
    words = read_words(path, TenseWords)
    both = sorted(words.future & words.past)
    if both:
        raise DataError(f"{path.name}: {both[0]!r} stands under both future and past; keep one")
    return words


@cache
def _cues() -> re.Pattern[str]:
    words = load_tense_words()
    future, past = alternatives(words.future), alternatives(words.past)
    # "must be returned" looks ahead, whatever its -ed
    passive = r"(?:be|to|by|being)\s[a-z]{3,20}ed"
    return re.compile(
        rf"(?<!\w)(?:(?P<future>{future})|(?P<none>{passive})|(?P<past>{past}|(?-i:[a-z]{{3,20}}ed)))(?!\w)",
        re.IGNORECASE,
    )


_STOP = re.compile(r"[.!?;][\s\"”’')]+(?=[A-Z\"“‘(])|\n\s*\n")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(load_tense_words().before)})(?!\w)", re.IGNORECASE)


def is_of_before(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` speaks of a time before the one told ("previously")."""
    return _before().search(text, start, end) is not None


def read_tense(text: str, time: Span) -> Tense:
    """Return "past" or "future" by the verb nearest to `time` in its sentence, else "unknown".

    Only REACH characters on either side are looked at; the words of the time itself are not.
    """
    before = text[max(0, time.start - REACH) : time.start]
    for stop in _STOP.finditer(before):
        before = " " * stop.end() + before[stop.end() :]
    after = text[time.end : time.end + REACH]
    stop_after = _STOP.search(after)
    after = after[: stop_after.start()] if stop_after else after
    found: list[tuple[int, Tense]] = [
        (len(before) - cue.end(), _side(cue))
        for cue in _cues().finditer(before)
        if _tells(cue, len(before) - cue.end())
    ]
    found.extend(
        (cue.start() + _BEHIND, _side(cue)) for cue in _cues().finditer(after) if _tells(cue, cue.start())
    )
    if _UNTIL.search(before) or _UNTIL_ITSELF.match(text, time.start, time.end):
        found.append((_UNTIL_DISTANCE, "future"))
    return min(found)[1] if found else "unknown"


def _tells(cue: "re.Match[str]", distance: int) -> bool:
    """Tell whether a cue bears on the time: "said" does so only right beside it."""
    return cue["none"] is None and (distance <= _SAYING or cue[0].lower() not in load_clause_words().saying)


def _side(cue: "re.Match[str]") -> Tense:
    return "future" if cue["future"] else "past"
