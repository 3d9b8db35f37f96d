"""Outlets: tells the name of an outlet or agency from other names, and when two names mean one outlet."""

import re
from functools import cache
from pathlib import Path

import msgspec

from dateline.clean.wordlists import FOLDER, check_words, read_mapping
from dateline.errors import DataError
from dateline.outlets import compact_name, known_outlets

PATH = FOLDER / "outlets.yaml"

_DOMAIN = re.compile(r"(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z]{2,})+", re.IGNORECASE)
_LONGEST_NAME = 7  # words; the longest agency names have five


class OutletWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words that stand in names of outlets, and heads that name no place."""

    words: frozenset[str]
    not_places: frozenset[str]


@cache
def load_outlet_words(path: Path = PATH) -> OutletWords:
    """Read the words at `path`; raises DataError where a list is missing or not known."""
    found = read_mapping(path)
    if set(found) != {"outlet_words", "not_places"}:
        raise DataError(f"{path.name}: outlet_words and not_places are needed, and no other list")
    return OutletWords(
        words=frozenset(check_words(path, "outlet_words", found["outlet_words"])),
        not_places=frozenset(check_words(path, "not_places", found["not_places"])),
    )


def same_outlet(left: str, right: str) -> bool:
    """Tell whether two names mean one outlet: the same name but for case, spaces, "the" and ".com"."""
    outlets = known_outlets()
    first, second = outlets.named(left), outlets.named(right)
    if first is not None and second is not None:
        return first == second
    return compact_name(left) == compact_name(right)


def agency_of(name: str) -> str | None:
    """Return the shown name of the news agency that `name` means, or None where it is none.

    A name that is also another word ("Beta") means the agency in its own spelling only.
    """
    outlet = known_outlets().names.get(compact_name(name))
    if outlet is None or not outlet.reprinted:
        return None
    spelled = not outlet.word or name.strip() in outlet.aliases or " " in name.strip()
    return outlet.name if spelled else None


def reads_like_outlet(name: str) -> bool:
    """Tell whether `name` reads like an outlet's: an agency, a domain, or a name with a word like "News"."""
    words = name.split()
    if not words or len(words) > _LONGEST_NAME:
        return False
    if agency_of(name) or _DOMAIN.fullmatch(name.strip()):
        return True
    if not all(word[:1].isupper() or word.lower() in ("of", "the", "and", "al", "de") for word in words):
        return False
    known = known_outlets().names.get(compact_name(name))
    if known is not None and len(words) > 1:
        return True
    return any(word.strip(".,").lower() in load_outlet_words().words for word in words[-3:] + words[:1])
