"""The words of time: loaded from data/time/words.yaml, checked, and turned into patterns.

Raises DataError where the file breaks its own rules.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.timeforms import Part, Unit

WORDS = DATA / "time" / "words.yaml"

T = TypeVar("T")
_Key = TypeVar("_Key", int, str)

Side: TypeAlias = Literal["past", "present", "future"]

# One space, at most a line break, never a blank line: an expression does not run on into another paragraph.
# Bounded, so that a run of blanks cannot cost more than its length.
GAP = r"(?:[^\S\n]|\n(?!\s{0,8}\n)){1,4}"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: dict[int, list[str]]
    weekdays: dict[int, list[str]]
    counts: dict[str, int | tuple[int, int]]
    units: dict[Unit, list[str]]
    seasons: dict[str, int]
    ordinals: dict[str, int]
    dayparts: dict[str, str]
    parts: dict[Part, list[str]]
    named_days: dict[str, str]
    vague: dict[Side, list[str]]
    named_after: list[str]
    named_after_weekday: list[str]
    not_times: list[str]


class TimeWords(msgspec.Struct, frozen=True):
    """The vocabulary, as maps from the word as written (lower case) to its meaning."""

    months: dict[str, int]
    weekdays: dict[str, int]
    counts: dict[str, tuple[int, int]]
    units: dict[str, Unit]
    seasons: dict[str, int]
    ordinals: dict[str, int]
    dayparts: dict[str, str]
    parts: dict[str, Part]
    named_days: dict[str, str]
    vague: dict[str, Side]
    named_after: tuple[str, ...]
    named_after_weekday: tuple[str, ...]
    not_times: tuple[str, ...]


# The C loader is ten times as quick where it is built, and a worker reads many such files.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of `words`, the longest first; blanks in a word match any gap."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", GAP).replace("'", "['’]") for word in ordered) + ")"


def read_words(path: Path, kind: type[T], *, strict: bool = True) -> T:
    """Read a YAML data file as `kind`; without `strict`, numbers may be written as texts and the other way.

    Raises DataError naming the file when it is missing or malformed, and the field that does not fit.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
        return msgspec.convert(content, kind, strict=strict)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        line = " ".join(str(problem).split())
        raise DataError(f"{path.name}: cannot be read ({line}); restore it from the package") from problem
    except msgspec.ValidationError as problem:
        raise DataError(f"{path.name}: {problem}; correct that field") from problem


@cache
def load_time_words(path: Path = WORDS) -> TimeWords:
    """Load and check the vocabulary of times.

    Raises DataError where a field is missing, a number is out of range or a word has two meanings.
    """
    file = read_words(path, _File, strict=False)
    _check(file, path.name)
    return TimeWords(
        months=_turn(file.months, path.name),
        weekdays=_turn(file.weekdays, path.name),
        counts=_counts(file.counts),
        units={word: unit for unit, words in file.units.items() for word in words},
        seasons=file.seasons,
        ordinals=file.ordinals,
        dayparts=file.dayparts,
        parts={word: part for part, found in file.parts.items() for word in found},
        named_days=file.named_days,
        vague={word: side for side, words in file.vague.items() for word in words},
        named_after=tuple(file.named_after),
        named_after_weekday=tuple(file.named_after_weekday),
        not_times=tuple(file.not_times),
    )


def _counts(given: Mapping[str, int | tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Return the counts as pairs, with the compounds of tens and ones ("twenty-four")."""
    counts = {word: (n, n) if isinstance(n, int) else n for word, n in given.items()}
    exact = {word: n for word, n in given.items() if isinstance(n, int)}
    tens = [(word, n) for word, n in exact.items() if 20 <= n <= 90 and n % 10 == 0]
    ones = [(word, n) for word, n in exact.items() if n < 10 and len(word) > 2]
    return counts | {f"{ten}-{one}": (n + m, n + m) for ten, n in tens for one, m in ones}


def _turn(meanings: Mapping[_Key, list[str]], name: str) -> dict[str, _Key]:
    """Turn meaning → words into word → meaning."""
    turned: dict[str, _Key] = {}
    for meaning, words in meanings.items():
        for word in words:
            if word in turned:
                raise DataError(f"{name}: {word!r} stands under both {turned[word]} and {meaning}; keep one")
            turned[word] = meaning
    return turned


def _check(file: _File, name: str) -> None:
    """Raise DataError where the numbers of a vocabulary file cannot be right."""
    if sorted(file.months) != list(range(1, 13)):
        raise DataError(f"{name}: months must be numbered 1 to 12")
    if sorted(file.weekdays) != list(range(1, 8)):
        raise DataError(f"{name}: weekdays must be numbered 1 to 7, Monday first")
    for word, pair in file.counts.items():
        if not isinstance(pair, int) and pair[0] > pair[1]:
            raise DataError(f"{name}: the count {word!r} has its lower bound above its upper bound")
    for word, month in file.seasons.items():
        if not 1 <= month <= 12:
            raise DataError(f"{name}: the season {word!r} begins in month {month}; give 1 to 12")
