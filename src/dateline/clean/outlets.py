"""Outlets: tells the name of an outlet or agency from other names, and when two names mean one outlet."""

import re
from functools import cache
from pathlib import Path

import msgspec

from dateline.clean.wordlists import FOLDER, check_words, read_mapping
from dateline.errors import DataError

PATH = FOLDER / "outlets.yaml"

_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z]{2,})+", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:com|net|org|info|tv|news|co|gov|edu|[a-z]{2})(?:\.[a-z]{2})?\Z")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_NAME = 7  # words; the longest agency names have five


class Outlets(msgspec.Struct, frozen=True, kw_only=True):
    """The loaded names: `agencies` gives an agency's shown name by any of its ways of writing, compacted."""

    agencies: dict[str, str]
    words: frozenset[str]
    not_places: frozenset[str]


@cache
def load_outlets(path: Path = PATH) -> Outlets:
    """Read the names at `path`; raises DataError where a list is missing or an alias has two owners."""
    found = read_mapping(path)
    agencies = found.get("agencies")
    if set(found) != {"agencies", "outlet_words", "not_places"} or not isinstance(agencies, dict):
        raise DataError(f"{path.name}: agencies, outlet_words and not_places are needed, and no other list")
    names: dict[str, str] = {}
    for name, aliases in agencies.items():
        if not isinstance(name, str) or not isinstance(aliases, list):
            raise DataError(f"{path.name}: agencies: {name!r} has no list of other names; write `[]`")
        check_words(path, name, aliases, empty=True)
        # "dpa" and "DPA" are one compact name of one agency: a set, so that only two owners are refused
        for compact in sorted({compact_name(alias) for alias in [name, *aliases]}):
            if compact in names:
                raise DataError(f"{path.name}: {name} and {names[compact]} are both called {compact!r}")
            names[compact] = name
    return Outlets(
        agencies=names,
        words=frozenset(check_words(path, "outlet_words", found["outlet_words"])),
        not_places=frozenset(check_words(path, "not_places", found["not_places"])),
    )


def compact_name(name: str) -> str:
    """Return `name` in the form in which two ways of writing one outlet are equal ("iraqinews")."""
    small = name.strip().casefold().removeprefix("www.").removeprefix("the ")
    return "".join(_WORD.findall(_ENDING.sub("", small)))


def same_outlet(left: str, right: str) -> bool:
    """Tell whether two names mean one outlet: the same name but for case, spaces, "the" and ".com"."""
    names = load_outlets().agencies
    first, second = compact_name(left), compact_name(right)
    return names.get(first, first) == names.get(second, second)


def agency_of(name: str) -> str | None:
    """Return the shown name of the news agency that `name` means, or None where it is none."""
    return load_outlets().agencies.get(compact_name(name))


def reads_like_outlet(name: str) -> bool:
    """Tell whether `name` reads like an outlet's: an agency, a domain, or a name with a word like "News"."""
    words = name.split()
    if not words or len(words) > _LONGEST_NAME:
        return False
    if agency_of(name) or _DOMAIN.fullmatch(name.strip()):
        return True
    if not all(word[:1].isupper() or word.lower() in ("of", "the", "and", "al", "de") for word in words):
        return False
    return any(word.strip(".,").lower() in load_outlets().words for word in words[-3:] + words[:1])
