"""Abbreviations: the words before a full stop that need not end a sentence."""

from functools import cache
from pathlib import Path

import msgspec

from dateline.clean.wordlists import FOLDER, load_lists
from dateline.errors import DataError

PATH = FOLDER / "abbreviations.yaml"

# In the order in which a word is looked up: a word may stand in two lists ("Sec." a title, "sec." a section).
KINDS = ("titles", "pointing", "calendar", "numbered", "closing", "inner")
_WORD_LISTS = (
    "ordinary_words",
    "after_time",
    "starters",
    "capital_starters",
    "domains",
    "asking",
)


class Abbreviations(msgspec.Struct, frozen=True, kw_only=True):
    """The loaded lists.

    `written` and `capitals` give the kind of a word (without its full stop) in text of mixed case and in
    text that is all capitals; the others are words in small letters.
    """

    written: dict[str, str]
    capitals: dict[str, str]
    after_time: frozenset[str]
    starters: frozenset[str]
    capital_starters: frozenset[str]
    domains: frozenset[str]
    asking: frozenset[str]

    def kind(self, word: str, *, capitals: bool) -> str | None:
        """Return the kind of `word`, one of KINDS, or None where it is no abbreviation."""
        if capitals:
            return self.capitals.get(word)
        return self.written.get(word) or self.written.get(word.lower())


@cache
def load_abbreviations(path: Path = PATH) -> Abbreviations:
    """Read the lists at `path`; raises DataError where they break the rules that the file states."""
    lists = load_lists(path, KINDS + _WORD_LISTS)
    written: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for kind in reversed(KINDS):
        for word in lists[kind]:
            if word.endswith("."):
                raise DataError(f"{path.name}: {kind}: {word!r} ends with a full stop; leave it out")
            written[word] = kind
            if word not in lists["ordinary_words"]:
                capitals[word.upper()] = kind
    unknown = sorted(lists["ordinary_words"] - written.keys())
    if unknown:
        raise DataError(f"{path.name}: ordinary_words: {', '.join(unknown)} is in no list above; remove it")
    return Abbreviations(written=written, capitals=capitals, **{name: lists[name] for name in _WORD_LISTS[1:]})
