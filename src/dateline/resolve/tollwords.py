"""What became of people, in words: loaded from data/quantities/tolls.yaml, checked, and turned into lookups."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.values import CountKind
from dateline.resolve.timewords import read_words

TOLLS = DATA / "quantities" / "tolls.yaml"

Place = Literal["suffered", "done", "undergone", "of"]


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    suffered: list[str]
    done: list[str]
    undergone: list[str]
    of: list[str]
    heads: list[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, _Kind]
    tolls: dict[str, list[str]]
    rising: list[str]
    periods: list[str]
    campaigns: list[str]
    unreported: list[str]
    without: list[str]
    further: list[str]
    parts: list[str]
    sex_age: dict[str, list[str]]
    things_too: list[str]
    bodies: list[str]
    found: list[str]
    again: list[str]
    determiners: list[str]
    stops: list[str]


class TollWords(msgspec.Struct, frozen=True):
    """The lookups: `verbs` gives (kind, place) of a wording, `heads` the kind of a noun.

    The patterns match whole words whatever their case; `anything` is any word of them all, to pass over
    sentences without one.
    """

    verbs: dict[str, tuple[CountKind, Place]]
    heads: dict[str, CountKind]
    tolls: dict[str, CountKind]
    things_too: frozenset[str]
    bodies: frozenset[str]
    found: re.Pattern[str]
    again: frozenset[str]
    determiners: frozenset[str]
    stops: frozenset[str]
    women: frozenset[str]
    children: frozenset[str]
    men: frozenset[str]
    verb: re.Pattern[str]
    toll: re.Pattern[str]
    rising: re.Pattern[str]
    period: re.Pattern[str]
    campaign: re.Pattern[str]
    unreported: re.Pattern[str]
    without: re.Pattern[str]
    further: re.Pattern[str]
    both: re.Pattern[str]
    part: re.Pattern[str]
    anything: re.Pattern[str]


@cache
def load_toll_words(path: Path = TOLLS) -> TollWords:
    """Load and check the words for what became of people.

    Raises DataError where a field is missing, a kind is unknown or a wording stands for two kinds.
    """
    file = read_words(path, _File)
    faults = [f"unknown kind {kind}" for kind in [*file.kinds, *file.tolls] if kind not in get_args(CountKind)]
    verbs: dict[str, tuple[CountKind, Place]] = {}
    heads: dict[str, CountKind] = {}
    for kind, lists in file.kinds.items():
        for place in get_args(Place):
            for word in getattr(lists, place):
                if word in verbs:
                    faults.append(f"{word!r} stands under {verbs[word][0]} and {kind}")
                verbs[word] = (kind, place)  # type: ignore[assignment]  # checked above
        for word in lists.heads:
            if word in heads:
                faults.append(f"{word!r} is a head under {heads[word]} and {kind}")
            heads[word] = kind  # type: ignore[assignment]  # checked above
    if set(file.sex_age) != {"women", "children", "men"}:
        faults.append("sex_age needs women, children and men, and no other list")
    if faults:
        raise DataError(f"{path.name}: " + "; ".join(faults) + "; repair the file")
    tolls = {word: kind for kind, words in file.tolls.items() for word in words}
    return TollWords(
        verbs=verbs,
        heads=heads,
        tolls=tolls,  # type: ignore[arg-type]  # checked above
        things_too=frozenset(file.things_too),
        bodies=frozenset(file.bodies),
        found=_any(file.found),
        again=frozenset(file.again),
        determiners=frozenset(file.determiners),
        stops=frozenset(file.stops),
        women=frozenset(file.sex_age["women"]),
        children=frozenset(file.sex_age["children"]),
        men=frozenset(file.sex_age["men"]),
        verb=_any(verbs),
        toll=_any(tolls),
        rising=_any(file.rising),
        period=_any([*file.periods, *file.campaigns], behind=_DATED, before=_COUNTED_ON),
        campaign=_any(file.campaigns),
        unreported=_any(file.unreported),
        without=_any(file.without),
        further=_any(file.further),
        both=_any(_of_both(verbs, heads, tolls)),
        part=_any(file.parts),
        anything=_any([*verbs, *heads, *tolls, *file.bodies]),
    )


def _of_both(
    verbs: Mapping[str, tuple[CountKind, Place]], heads: Mapping[str, str], tolls: Mapping[str, str]
) -> Iterator[str]:
    """Yield the wordings for the killed and the injured together, not those for people who may be either."""
    kinds = {word: kind for word, (kind, _) in verbs.items()} | dict(heads)
    for word, kind in (kinds | dict(tolls)).items():
        two = {"killed", "injured"} <= {kinds.get(part) for part in word.split()}
        if kind == "harmed" and (two or word in heads or word in tolls):
            yield word


def wording_key(written: str) -> str:
    """Return a wording as the lookups file it: lower case, single blanks, WORDS for what stands there."""
    key = " ".join(written.lower().split())
    wide = next((first for first in WIDE if key.startswith(f"{first} ")), None)
    return key if wide is None else f"{wide} WORDS {key.rpartition(' ')[2]}"


# "A month later" and "two weeks ago" are steps, no stretches.
_COUNTED_ON = r"(?!\s{1,3}(?:later|ago|earlier|after|before|afterwards)(?!\w))"


# "Earlier this month" dates one event.
_DATED = r"(?<!earlier\s)(?<!early\s)(?<!late\s)(?<!later\s)"


def _any(wordings: Iterable[str], *, behind: str = "", before: str = "") -> re.Pattern[str]:
    """Return a pattern of whole wordings, the longest first, with NUMBER and WORDS in them.

    `behind` is what must stand before them, `before` what must follow.
    """
    ordered = sorted(set(wordings), key=lambda word: (-len(word), word))
    written = [
        re.escape(word).replace(r"\ ", r"\s{1,3}").replace("NUMBER", _NUMBER).replace(r"WORDS\s{1,3}", _WORDS)
        for word in ordered
    ]
    if all(word[0].islower() for word in ordered):
        written = _by_letter(written)
    return re.compile(rf"(?<![\w-]){behind}(?:{'|'.join(written)})(?![\w-]){before}", re.IGNORECASE)


def _by_letter(written: Iterable[str]) -> list[str]:
    """Return alternatives as one for each first letter, which finds at once the few that can match."""
    branches: dict[str, list[str]] = {}
    for pattern in written:
        branches.setdefault(pattern[0], []).append(pattern[1:])
    return [f"{letter}(?:{'|'.join(rest)})" for letter, rest in branches.items()]


# The first words of wordings with WORDS in them.
WIDE = frozenset(
    {
        "sustained",
        "suffered",
        "suffering",
        "sustaining",
        "received",
        "obtaining",
        "obtained",
        "with",
        "had",
        "treated for",
        "hit by",
        "hit in",
        "struck in",
        "struck by",
    }
)
_WORDS = r"(?:\w+\s{1,3}){0,3}"
_NUMBER = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several)"
