"""The gazetteer's tables, its rows, and how far a place reaches.

A gazetteer file holds `place` (one row per place) and two lists of names: `name` by normalised key and
`loose` by consonant skeleton, with the folded form. `level` says how a name belongs to its place: 0 its own
name, 1 another name, 2 a name taken from elsewhere (an area called like its seat). `sieve` tells of most keys
in ASCII that are none.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from dateline.model.values import PlaceKind
from dateline.resolve.names import fold, normalise, skeleton_of, without_article

# Raise it when tables or the meaning of a column change: the file's name carries it, so a new one is built.
# Changes of the data files are noticed by themselves.
SCHEMA = 10

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    kind TEXT NOT NULL,
    country TEXT,
    admin1 TEXT,
    admin1_code TEXT,
    population INTEGER NOT NULL,
    radius_km REAL,
    feature TEXT NOT NULL,
    countries TEXT NOT NULL,
    pcode TEXT
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, level INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE loose (
    skeleton TEXT NOT NULL, country TEXT NOT NULL, form TEXT NOT NULL, place INTEGER NOT NULL,
    level INTEGER NOT NULL, PRIMARY KEY (skeleton, country, form, place)
) WITHOUT ROWID;
CREATE TABLE sieve (bits BLOB NOT NULL);
"""

# People per square kilometre of a built-up area, the low end for towns of poor countries, so that the circle
# is rather too large than too small.
DENSITY = 2000.0
SMALLEST_KM, LARGEST_KM = 1.0, 40.0
UNKNOWN_TOWN_KM = 5.0
# The feature of a country's capital, after GeoNames.
CAPITAL = "PPLC"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One place as it is stored, with its names; `countries` are those that a region touches.

    Degrees in WGS 84; `population` 0 is unknown; `radius_km` None is unknown.
    """

    id: str
    name: str
    latitude: float | None
    longitude: float | None
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    population: int = 0
    radius_km: float | None = None
    feature: str = ""
    countries: tuple[str, ...] = ()
    pcode: str | None = None
    other_names: tuple[str, ...] = ()
    taken_names: tuple[str, ...] = ()


def town_radius(population: int) -> float:
    """Return how far a town of `population` people may extend, in km (5 km where that is unknown)."""
    if population <= 0:
        return UNKNOWN_TOWN_KM
    radius = math.sqrt(population / DENSITY / math.pi)
    return round(min(max(radius, SMALLEST_KM), LARGEST_KM), 1)


def is_latin(name: str) -> bool:
    """Tell whether the first letter of `name` is a Latin one."""
    if name.isascii():
        return True
    letter = next((letter for letter in name if letter.isalpha()), "\u0370")
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def usable(name: str) -> bool:
    """Tell whether an alternate name can be meant in news.

    GeoNames lists machine romanisations in lower case ("krkwk") and codes of airports ("KIK") among them.
    """
    if not is_latin(name):
        return bool(name.strip())
    return not (name[:1].islower() and "'" not in name[:2]) and not (name.isupper() and len(name) <= 4)


def keys_of(row: Row) -> dict[str, int]:
    """Return the keys of all names of `row` with their level, the strictest where one key has several."""
    keys: dict[str, int] = {}
    for level, names in ((0, (row.name,)), (1, row.other_names), (2, row.taken_names)):
        for name in names:
            key = normalise(name)
            if len(key) >= 2 or not is_latin(name):
                keys.setdefault(key, level)
    for key, level in list(keys.items()):
        bare = without_article(key)
        if len(bare) >= 3 and row.country in ARTICLE_COUNTRIES:
            keys.setdefault(bare, level)
    keys.pop("", None)
    return keys


# Countries where place names bear the Arabic article, which news leaves out at will.
ARTICLE_COUNTRIES = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)


def insert(connection: sqlite3.Connection, rows: Iterable[Row], first: int) -> int:
    """Write `rows` with their names, numbered from `first`; return the next free number."""
    number = first
    for row in rows:
        connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number, row.id, row.name, row.latitude, row.longitude, row.kind, row.country, row.admin1,
                row.admin1_code, row.population, row.radius_km, row.feature, " ".join(row.countries),
                row.pcode,
            ),
        )  # fmt: skip
        keys = keys_of(row)
        connection.executemany(
            "INSERT INTO name VALUES (?,?,?)", [(key, number, level) for key, level in keys.items()]
        )
        connection.executemany(
            "INSERT INTO loose VALUES (?,?,?,?,?)",
            [(bones, row.country or "", form, number, level) for form, bones, level in _skeletons(keys)],
        )
        number += 1
    return number


def _skeletons(keys: dict[str, int]) -> Iterator[tuple[str, str, int]]:
    """Yield each folded form of Latin names with its skeleton and the strictest level that has it."""
    forms: dict[str, int] = {}
    for key, level in keys.items():
        if is_latin(key):
            form = fold(key)
            forms[form] = min(level, forms.get(form, level))
    for form, level in forms.items():
        yield form, skeleton_of(form), level
