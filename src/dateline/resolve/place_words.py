"""The words around and among names of places: data/gazetteer/words.yaml, loaded and checked."""

from functools import lru_cache

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.gazetteer_lists import load_countries
from dateline.resolve.names import normalise
from dateline.resolve.place_files import read_table

WORDS_FILE = DATA / "gazetteer" / "words.yaml"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    directions: dict[str, tuple[str, ...]]
    leads: tuple[str, ...]
    openers: tuple[str, ...]
    strong_leads: tuple[str, ...]
    titles: tuple[str, ...]
    offices: tuple[str, ...]
    organisations: tuple[str, ...]
    bodies: tuple[str, ...]
    governments: tuple[str, ...]
    calendar: tuple[str, ...]
    numbers: tuple[str, ...]
    ordinary: tuple[str, ...]
    person_verbs: tuple[str, ...]
    dwellers: tuple[str, ...]


class PlaceWords(msgspec.Struct, frozen=True):
    """The lists, as sets of lower-case words.

    `bearings` gives degrees clockwise from north, None for a part without a direction ("central").
    `demonyms` gives the country of an adjective or a people's name, singular and plural.
    """

    bearings: dict[str, float | None]
    leads: frozenset[str]
    openers: frozenset[str]
    strong_leads: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    organisations: frozenset[str]
    bodies: frozenset[str]
    governments: frozenset[str]
    calendar: frozenset[str]
    numbers: frozenset[str]
    ordinary: frozenset[str]
    person_verbs: frozenset[str]
    dwellers: frozenset[str]
    demonyms: dict[str, str]


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """Return the lists; raises DataError where the file breaks its rules."""
    try:
        lists = msgspec.convert(read_table(WORDS_FILE), _File, strict=False, str_keys=True)
    except msgspec.ValidationError as error:
        raise DataError(f"{WORDS_FILE.name}: {error}") from error
    bearings: dict[str, float | None] = {}
    for degrees, words in lists.directions.items():
        if degrees != "part" and not degrees.isdigit():
            raise DataError(f"{WORDS_FILE.name}: directions: {degrees!r} is neither degrees nor 'part'")
        bearings.update(dict.fromkeys(words, None if degrees == "part" else float(degrees)))
    for name in (
        "leads",
        "openers",
        "strong_leads",
        "titles",
        "offices",
        "organisations",
        "bodies",
        "governments",
        "calendar",
        "numbers",
        "ordinary",
        "person_verbs",
        "dwellers",
    ):
        upper = [word for word in getattr(lists, name) if word != word.lower()]
        if upper:
            raise DataError(f"{WORDS_FILE.name}: {name}: write {', '.join(upper)} in lower case")
    return PlaceWords(
        bearings=bearings,
        leads=frozenset(lists.leads),
        openers=frozenset(lists.openers),
        strong_leads=frozenset(lists.strong_leads),
        titles=frozenset(lists.titles),
        offices=frozenset(lists.offices),
        organisations=frozenset(lists.organisations),
        bodies=frozenset(lists.bodies),
        governments=frozenset(lists.governments),
        calendar=frozenset(lists.calendar),
        numbers=frozenset(lists.numbers),
        ordinary=frozenset(lists.ordinary),
        person_verbs=frozenset(lists.person_verbs),
        dwellers=frozenset(lists.dwellers),
        demonyms=_demonyms(),
    )


def _demonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, country in sorted(load_countries().items()):
        for word in country.adjectives:
            found.setdefault(normalise(word), code)
        for word in country.demonyms:
            key = normalise(word)
            found.setdefault(key, code)
            if not key.endswith(("ese", "sh", "ch", "ss", "s")):
                found.setdefault(key + "s", code)
    return found


@lru_cache(maxsize=1)
def compass_words() -> str:
    """Return the words of directions as alternatives of a pattern, the longest first."""
    return "|".join(sorted(place_words().bearings, key=lambda word: (-len(word), word)))
