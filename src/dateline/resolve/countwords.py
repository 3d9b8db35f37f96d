"""The words of number: loaded from data/quantities/words.yaml, checked, and turned into lookups."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.timewords import read_words

WORDS = DATA / "quantities" / "words.yaml"

Bound = Literal["over", "least", "most", "under", "near", "about"]
Side = Literal["combatant", "civilian", "unknown"]
Pair = tuple[int, int | None]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    digits: dict[str, int]
    scales: dict[str, int]
    plurals: dict[str, int]
    before: dict[Bound, list[str]]
    after: dict[Bound, list[str]]
    plain: list[str]
    vague: dict[str, int]
    exact: dict[str, tuple[int, int]]
    pronouns: dict[str, Pair]
    groups: dict[str, int]
    combatant: list[str]
    armed: list[str]
    civilian: list[str]
    unknown: list[str]
    irregular: dict[str, str]
    titles: list[str]
    ranks: list[str]
    organisations: list[str]
    things: list[str]
    people_endings: list[str]
    not_people: list[str]
    bare: list[str]
    stop: list[str]
    numbered: list[str]
    harming: list[str]
    kin: list[str]


class Noun(msgspec.Struct, frozen=True):
    """A noun for people: whose side it tells, and whether this form is a plural (None: it can be both)."""

    side: Side
    plural: bool | None


class CountWords(msgspec.Struct, frozen=True):
    """The vocabulary, as maps from the words as written (lower case)."""

    digits: dict[str, int]
    scales: dict[str, int]
    plurals: dict[str, int]
    before: dict[str, Bound]
    after: dict[str, Bound]
    plain: frozenset[str]
    vague: dict[str, int]
    exact: dict[str, tuple[int, int]]
    pronouns: dict[str, Pair]
    groups: dict[str, tuple[int, bool]]
    nouns: dict[str, Noun]
    armed: frozenset[str]
    titles: frozenset[str]
    ranks: frozenset[str]
    organisations: frozenset[str]
    things: frozenset[str]
    people_endings: tuple[str, ...]
    not_people: frozenset[str]
    bare: frozenset[str]
    stop: frozenset[str]
    numbered: frozenset[str]
    harming: frozenset[str]
    kin: frozenset[str]


@cache
def load_count_words(path: Path = WORDS) -> CountWords:
    """Load and check the vocabulary of number.

    Raises DataError where a field is missing, a bound is out of order or a noun stands on two sides.
    """
    file = read_words(path, _File)
    for word, (low, high) in {**file.exact, **file.pronouns}.items():
        if low < 0 or (high is not None and high < low):
            raise DataError(f"{path.name}: {word!r} has bounds {low} and {high}; give them in order, from 0 up")
    return CountWords(
        digits=file.digits,
        scales=file.scales,
        plurals=file.plurals,
        before={word: bound for bound, words in file.before.items() for word in words},
        after={word: bound for bound, words in file.after.items() for word in words},
        plain=frozenset(file.plain),
        vague=file.vague,
        exact=file.exact,
        pronouns=file.pronouns,
        groups=_groups(file),
        nouns=_nouns(file, path.name),
        armed=frozenset(file.armed),
        titles=frozenset(file.titles),
        ranks=frozenset(file.ranks),
        organisations=frozenset(file.organisations),
        things=frozenset(file.things) | {_plural(word, file.irregular) for word in file.things},
        people_endings=tuple(file.people_endings),
        not_people=frozenset(file.not_people),
        bare=frozenset(file.bare),
        stop=frozenset(file.stop),
        numbered=frozenset(file.numbered),
        harming=frozenset(file.harming),
        kin=frozenset(file.kin),
    )


def _groups(file: _File) -> dict[str, tuple[int, bool]]:
    found = {}
    for word, least in file.groups.items():
        found[word] = (least, False)
        found[_plural(word, file.irregular)] = (least, True)
    return found


def _nouns(file: _File, name: str) -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    sides: tuple[tuple[Side, list[str]], ...] = (
        ("combatant", file.combatant),
        ("civilian", file.civilian),
        ("unknown", file.unknown),
    )
    for side, words in sides:
        for word in words:
            if word in found:
                raise DataError(f"{name}: {word!r} stands on two sides; keep one")
            irregular = file.irregular
            plural = _plural(word, irregular)
            found[word] = Noun(side, plural=None if plural == word else False)
            found.setdefault(plural, Noun(side, plural=True))
            if word in irregular and plural != word:  # "persons" beside "people"
                found.setdefault(_plural(word, {}), Noun(side, plural=True))
    return found


def _plural(word: str, irregular: dict[str, str]) -> str:
    """Form the plural of a noun or of the last word of a compound."""
    first, _, last = word.rpartition(" ")
    if last in irregular:
        made = irregular[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        made = last + "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        made = last[:-1] + "ies"
    else:
        made = last + "s"
    return f"{first} {made}".strip()
