"""The user's own places: read from CSV, JSON or a GeoNames dump, checked row by row, kept apart."""

import contextlib
import csv
import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from dateline.errors import GazetteerError, InputError
from dateline.model.ids import digest
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_build import AREAS
from dateline.resolve.gazetteer_lists import load_countries
from dateline.resolve.gazetteer_schema import TABLES, Row, insert, town_radius
from dateline.resolve.names import fold, normalise, strip_type, type_words

USER_PLACES = "places.sqlite"

# The heads that a column may have, as keys, the first that is there counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "place", "place name", "name en", "settlement", "village", "town", "city", "location name",
        "location",
    ),
    "latitude": ("latitude", "lat", "y", "point y", "lat dd", "gps latitude"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "point x", "long dd", "gps longitude"),
    "country": (
        "country", "country code", "countrycode", "iso2", "iso3", "iso", "adm0", "admin0", "admin0 pcode",
        "location",
    ),
    "admin1": (
        "admin1", "adm1", "admin1 name", "admin1name", "adm1 en", "adm1 name", "province", "governorate",
        "state", "region",
    ),
    "kind": ("kind", "type", "feature code", "featurecode", "feature class", "admin level", "level"),
    "alternate_names": (
        "alternate names", "alternatenames", "alternate name", "aliases", "other names", "native", "name ar",
    ),
    "population": ("population", "pop"),
    "id": ("id", "p code", "pcode", "geonameid", "code"),
    "parent": ("parent p code", "parent pcode", "parent"),
    "radius_km": ("radius km", "radius"),
}  # fmt: skip
# The columns of a GeoNames country dump, which has no head.
GEONAMES = (
    "id", "name", "ascii", "alternate_names", "latitude", "longitude", "feature class", "kind", "country",
    "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code", "population", "elevation", "dem",
    "timezone", "modified",
)  # fmt: skip

_FEATURES: tuple[tuple[str, PlaceKind], ...] = (
    ("ppl", "settlement"), ("adm1", "admin1"), ("adm2", "admin2"), ("pcl", "country"), ("adm", "admin2"),
    ("rgn", "region"), ("mt", "natural"), ("stm", "natural"), ("lk", "natural"),
    ("airp", "facility"), ("camp", "facility"),
    ("city", "settlement"), ("locality", "settlement"), ("section", "neighbourhood"),
    ("abandoned", "settlement"), ("destroyed", "settlement"), ("historical", "settlement"),
    ("historic", "settlement"), ("p", "settlement"),
)  # fmt: skip
_LEVELS: dict[str, PlaceKind] = {"0": "country", "1": "admin1", "2": "admin2", "3": "admin2", "4": "admin2"}
# Reach in km of a place whose own is not given, by kind.
_REACH: dict[str, float] = {
    "facility": 2.0,
    "neighbourhood": 3.0,
    "admin2": 30.0,
    "natural": 20.0,
    "region": 100.0,
}
AREA_KINDS = frozenset({"admin1", "admin2", "country", "region"})


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not added: its line in the file (the head is line 1), and why."""

    line: int
    reason: str


class AddSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file of places."""

    path: Path
    added: int
    unchanged: int
    replaced: int
    refused: tuple[RefusedRow, ...]


class _RowError(ValueError):
    """Why a row cannot be a place."""


def add_places(cache: Path, csv_path: Path, *, country: str | None = None) -> AddSummary:
    """Add the places of a file to `cache`/places.sqlite; adding the same file again changes nothing.

    Reads CSV with a head (name, latitude, longitude; country, admin1, kind, alternate_names parted by ";",
    population, id, radius_km where known; see COLUMNS for other heads), a GeoNames country dump, a list of
    p-codes (areas may lack coordinates), or JSON (a list of objects with the same names). `country`, an ISO
    3166-1 code, is that of rows without one. A row with an id that is there already replaces it.
    Raises InputError when the file cannot be read or has no column for the name.
    """
    rows, refused = _checked(csv_path, country)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(cache / USER_PLACES)) as connection, connection:
            _prepare(connection)
            counts = [_store(connection, row) for row in rows]
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"places cannot be written to {cache / USER_PLACES} ({error}); check the folder"
        ) from error
    return AddSummary(
        path=csv_path,
        added=counts.count("added"),
        unchanged=counts.count("unchanged"),
        replaced=counts.count("replaced"),
        refused=tuple(refused),
    )


def _checked(path: Path, country: str | None) -> tuple[list[Row], list[RefusedRow]]:
    """Return the places of the file, the last of each id, and the rows that were refused."""
    rows: dict[str, Row] = {}
    refused: list[RefusedRow] = []
    parents: dict[str, str] = {}
    for line, fields in _records(path):
        try:
            row = _row(path, fields, country, parents)
        except _RowError as refusal:
            refused.append(RefusedRow(line, str(refusal)))
            continue
        rows[row.id] = row
        if fields.get("id") and row.kind == "admin1":
            parents[fields["id"]] = row.name
    return list(rows.values()), refused


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the known fields of each row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); save it as UTF-8 CSV") from error
    if path.suffix.lower() == ".json":
        yield from _json_records(path, text)
        return
    first = text.split("\n", 1)[0]
    tabs = first.count("\t")
    if tabs == len(GEONAMES) - 1 and first.split("\t")[0].isdigit():
        for line, row in enumerate(
            csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), start=1
        ):
            fields = dict(zip(GEONAMES, row, strict=False))
            fields["alternate_names"] = fields.get("alternate_names", "").replace(",", ";")
            yield line, fields
        return
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    heads = _heads(path, next(reader, []))
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, {field: row[at].strip() for field, at in heads.items() if at < len(row)}


def _json_records(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path} is no JSON ({error}); repair it or save it as CSV") from error
    if not (isinstance(content, list) and content and all(isinstance(item, dict) for item in content)):
        raise InputError(
            f"{path} holds no list of places; write a list of objects with name, latitude, longitude"
        )
    for line, item in enumerate(content, start=1):
        keys = [key for key, value in item.items() if isinstance(value, str | int | float)]
        heads = _heads(path, keys)
        yield line, {field: str(item[keys[at]]).strip() for field, at in heads.items()}


def _heads(path: Path, cells: list[str]) -> dict[str, int]:
    """Return the index of each known column."""
    keys = [normalise(cell) for cell in cells]
    heads: dict[str, int] = {}
    for field, names in COLUMNS.items():
        at = next((keys.index(name) for name in names if name in keys), None)
        if at is not None and at not in heads.values():
            heads[field] = at
    if "name" not in heads:
        raise InputError(f"{path} has no column for the name; give one of: {', '.join(COLUMNS['name'])}")
    return heads


def _row(path: Path, fields: dict[str, str], country: str | None, parents: dict[str, str]) -> Row:
    name = fields.get("name", "").strip()
    if not normalise(name):
        raise _RowError("no name")
    kind = _kind(fields.get("kind", ""))
    latitude, longitude = _coordinate(fields, "latitude", 90), _coordinate(fields, "longitude", 180)
    if (latitude is None or longitude is None) and kind not in AREA_KINDS:
        raise _RowError("no latitude and longitude; only areas may lack them")
    if latitude == 0 and longitude == 0:
        raise _RowError("latitude and longitude are both 0, which stands for a missing point")
    code = _country(fields.get("country", "") or country or "")
    population = _population(fields.get("population", ""))
    admin1 = (
        fields.get("admin1") or parents.get(fields.get("parent", "")) or (name if kind == "admin1" else None)
    )
    own = fields.get("id") or digest(normalise(name), f"{latitude} {longitude}", code or "", kind)
    if own.isdigit():
        own = f"{normalise(path.stem).replace(' ', '-')}:{own}"  # two lists may both count from 1
    others = [part.strip() for part in fields.get("alternate_names", "").split(";")]
    return Row(
        id=f"user:{own}",
        name=name,
        latitude=latitude,
        longitude=longitude,
        kind=kind,
        country=code,
        admin1=admin1,
        admin1_code=_area_code(code, admin1) if code and admin1 else None,
        population=population,
        radius_km=_radius(fields.get("radius_km", ""), kind, population),
        feature=fields.get("kind", ""),
        countries=(code,) if code and kind == "country" else (),
        other_names=tuple(
            dict.fromkeys(part for part in (*others, strip_type(name).core) if part and part != name)
        ),
    )


def _coordinate(fields: dict[str, str], field: str, most: int) -> float | None:
    text = fields.get(field, "")
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise _RowError(f"{field} {text!r} is no number of degrees") from None
    if not -most <= value <= most:
        raise _RowError(f"{field} {text} lies outside -{most}..{most} degrees")
    return value


def _population(text: str) -> int:
    bare = text.replace(",", "").replace(" ", "").split(".")[0]
    if not bare or bare.lower() in ("none", "nan", "na", "null"):
        return 0
    if not bare.isdigit():
        raise _RowError(f"population {text!r} is no whole number")
    return int(bare)


def _radius(text: str, kind: PlaceKind, population: int) -> float | None:
    if text:
        try:
            radius = float(text)
        except ValueError:
            raise _RowError(f"radius_km {text!r} is no number") from None
        if not 0 < radius < 10_000:
            raise _RowError(f"radius_km {text} is not between 0 and 10,000")
        return radius
    return town_radius(population) if kind in ("settlement", "unknown") else _REACH.get(kind)


def _kind(text: str) -> PlaceKind:
    """Return the kind that a word, a GeoNames feature code or an admin level says; a settlement when empty."""
    key = normalise(text)
    if not key:
        return "settlement"
    for kind in get_args(PlaceKind):
        if key == kind:
            return kind  # type: ignore[no-any-return]
    if key in _LEVELS:
        return _LEVELS[key]
    words = type_words()
    known = words.after.get(key) or words.before.get(key)
    if known:
        return known
    for start, kind in _FEATURES:
        if key.startswith(start):
            return kind
    raise _RowError(f"kind {text!r} is unknown; use one of {', '.join(get_args(PlaceKind))}")


def _country(text: str) -> str | None:
    if not text:
        return None
    code = _country_codes().get(normalise(text))
    if code is None:
        raise _RowError(f"country {text!r} is unknown; use an ISO 3166 code or its English name")
    return code


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 codes by code, three-letter code and names."""
    import pycountry

    codes: dict[str, str] = {}
    for entry in pycountry.countries:
        for field in ("alpha_2", "alpha_3", "name", "common_name", "official_name"):
            value: Any = getattr(entry, field, None)
            if value:
                codes.setdefault(normalise(value), entry.alpha_2)
    for code, country in load_countries().items():
        for name in (code, *country.aliases):
            codes.setdefault(normalise(name), code)
    return codes


@lru_cache(maxsize=1)
def _area_codes() -> dict[tuple[str, str], str]:
    with AREAS.open(encoding="utf-8", newline="") as lines:
        return {
            (line["country"], fold(normalise(strip_type(line["name"]).core))): line["code"]
            for line in csv.DictReader(lines)
        }


def _area_code(country: str, admin1: str) -> str | None:
    return _area_codes().get((country, fold(normalise(strip_type(admin1).core))))


def _prepare(connection: sqlite3.Connection) -> None:
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'place'").fetchone()
    if known is None:
        connection.executescript(TABLES)


def _store(connection: sqlite3.Connection, row: Row) -> str:
    """Write one place; tell whether it was "added", "replaced" or "unchanged"."""
    mark = digest(msgspec.json.encode(row))
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (row.id,)).fetchone()
    if found is not None and found[0] == mark:
        return "unchanged"
    if found is not None:
        number = connection.execute("SELECT number FROM place WHERE id = ?", (row.id,)).fetchone()[0]
        connection.execute("DELETE FROM name WHERE place = ?", (number,))
        connection.execute("DELETE FROM loose WHERE place = ?", (number,))
        connection.execute("DELETE FROM place WHERE number = ?", (number,))
    last = connection.execute("SELECT coalesce(max(number), 0) FROM place").fetchone()[0]
    insert(connection, [row], last + 1)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (row.id, mark))
    return "added" if found is None else "replaced"
