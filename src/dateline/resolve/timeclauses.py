"""The words that tell which happening a time belongs to: loaded from data/time/clauses.yaml and checked."""

from functools import cache
from pathlib import Path

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.timewords import read_words

CLAUSES = DATA / "time" / "clauses.yaml"


class ClauseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lower-case words: of saying, openers of clauses, names of happenings, and what numbers count."""

    saying: frozenset[str]
    sayings: frozenset[str]
    aftermath: frozenset[str]
    closed: frozenset[str]
    open: frozenset[str]
    happenings: frozenset[str]
    counted: frozenset[str]
    background: tuple[str, ...]


@cache
def load_clause_words(path: Path = CLAUSES) -> ClauseWords:
    """Load and check the words of clauses; raises DataError where the file breaks its own rules."""
    words = read_words(path, ClauseWords)
    both = sorted(words.closed & words.open)
    if both:
        raise DataError(f"{path.name}: {both[0]!r} stands under both closed and open; keep one")
    return words
