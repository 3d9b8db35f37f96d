"""The user's own places: checked row by row, kept apart from the built gazetteer, and taken back on request."""

import contextlib
import csv
import re
import sqlite3
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from dateline.errors import GazetteerError, InputError
from dateline.model.ids import digest
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_formats import records
from dateline.resolve.gazetteer_lists import AREAS, load_countries
from dateline.resolve.gazetteer_schema import Row, town_radius
from dateline.resolve.gazetteer_store import close_batch, new_batch, prepare, store, undo_batch
from dateline.resolve.names import fold, normalise, strip_type, type_words

USER_PLACES = "places.sqlite"

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


# Refused rows are shown up to this many; the rest are counted.
MOST_SHOWN = 1_000
# A file of which none of so many first rows is a place is not a list of places.
LEAST_TRIED = 1_000


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not added: its line in the file (the head is line 1), and why."""

    line: int
    reason: str


class AddSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file of places; `refused` shows the first MOST_SHOWN of `refusals` rows.

    `kinds` counts the places that were added or replaced by kind, `named` the names given to places that
    were there already.
    """

    path: Path
    added: int
    unchanged: int
    replaced: int
    refused: tuple[RefusedRow, ...]
    refusals: int = 0
    named: int = 0
    kinds: dict[str, int] = msgspec.field(default_factory=dict)


class UndoSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What undoing the last file did: its name, places taken out, and places put back as they were."""

    path: Path
    removed: int
    restored: int


# Two letters of the country and digits, with letters between in some countries ("IQG13", "SD01001", "YE1101").
_PCODE = re.compile(r"[A-Z]{2,3}[A-Z]{0,2}\d+[A-Z0-9]*")


class _RowError(ValueError):
    """Why a row cannot be a place."""


def add_places(cache: Path, csv_path: Path, *, country: str | None = None) -> AddSummary:
    """Add the places of a file to `cache`/places.sqlite; adding the same file again changes nothing.

    Reads what `gazetteer_formats.records` does: CSV with a head, Excel, GeoNames' files, lists of P-codes
    (areas may lack coordinates), OpenStreetMap, GeoJSON and JSON. `country`, an ISO 3166-1 code, is that of
    rows without one. A row with an id that is there already replaces it. Rows are read one at a time and
    written in one transaction: a file that breaks off halfway adds nothing. Raises InputError when the file
    cannot be read, has no column for the name, or holds no place in its first LEAST_TRIED rows.
    """
    fresh = not (cache / USER_PLACES).exists()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(cache / USER_PLACES)) as connection, connection:
            prepare(connection)
            return _add_all(connection, cache, csv_path, country)
    except InputError:
        if fresh:
            (cache / USER_PLACES).unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"places cannot be written to {cache / USER_PLACES} ({error}); check the folder"
        ) from error


def _add_all(connection: sqlite3.Connection, cache: Path, path: Path, country: str | None) -> AddSummary:
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    refused: list[RefusedRow] = []
    parents: dict[str, str] = {}
    batch = new_batch(connection)
    with contextlib.closing(_Base(cache)) as base:
        for tried, (line, fields) in enumerate(records(path), start=1):
            try:
                row = base.renamed(fields) if "of" in fields else _row(path, fields, country, parents)
            except _RowError as refusal:
                counts["refused"] += 1
                if len(refused) < MOST_SHOWN:
                    refused.append(RefusedRow(line, str(refusal)))
                if tried == counts["refused"] == LEAST_TRIED:
                    raise InputError(
                        f"{path}: none of the first {tried:,} rows is a place ({refused[0].reason}); "
                        "check its columns"
                    ) from None
                continue
            done = store(connection, batch, row)
            counts["named" if "of" in fields and done != "unchanged" else done] += 1
            if done != "unchanged" and "of" not in fields:
                kinds[row.kind] += 1
            if fields.get("id") and row.kind == "admin1":
                parents[fields["id"]] = row.name
    close_batch(connection, batch, path)
    return AddSummary(
        path=path,
        added=counts["added"],
        unchanged=counts["unchanged"],
        replaced=counts["replaced"],
        refused=tuple(refused),
        refusals=counts["refused"],
        named=counts["named"],
        kinds=dict(sorted(kinds.items())),
    )


def undo_places(cache: Path) -> UndoSummary | None:
    """Take back what the last added file changed; None when there is nothing to take back.

    Raises GazetteerError when the file of places cannot be written.
    """
    if not (cache / USER_PLACES).exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(cache / USER_PLACES)) as connection, connection:
            prepare(connection)
            undone = undo_batch(connection)
    except sqlite3.Error as error:
        raise GazetteerError(f"places cannot be written to {cache / USER_PLACES} ({error})") from error
    return None if undone is None else UndoSummary(path=Path(undone[0]), removed=undone[1], restored=undone[2])


class _Base:
    """The built gazetteer, where further names are given to places that it holds."""

    def __init__(self, cache: Path) -> None:
        built = sorted(cache.glob("gazetteer-*.sqlite"))
        self._connection = sqlite3.connect(built[-1]) if built else None

    def renamed(self, fields: dict[str, str]) -> Row:
        """Return the place `fields["of"]` with the further name of the row."""
        found = None
        if self._connection is not None:
            found = self._connection.execute(
                "SELECT name, latitude, longitude, kind, country, admin1, admin1_code, population, radius_km,"
                " feature FROM place WHERE id = ?",
                (fields["of"],),
            ).fetchone()
        if found is None:
            raise _RowError(f"no place has the id {fields['of']}")
        names = ("name", "latitude", "longitude", "kind", "country", "admin1", "admin1_code", "population")
        known = dict(zip((*names, "radius_km", "feature"), found, strict=True))
        return Row(id=f"{fields['of']}", other_names=(fields["name"],), **known)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()


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
    pcode = fields.get("pcode", "")
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
        admin1_code=fields.get("admin1 code") or (_area_code(code, admin1) if code and admin1 else None),
        population=population,
        radius_km=_radius(fields.get("radius_km", ""), kind, population),
        feature=fields.get("kind", ""),
        countries=(code,) if code and kind == "country" else (),
        pcode=pcode if _PCODE.fullmatch(pcode) else None,
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
