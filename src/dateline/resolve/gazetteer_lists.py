"""dateline's own lists of countries and regions, loaded and checked."""

import csv
from functools import lru_cache
from pathlib import Path

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve.gazetteer_schema import Row
from dateline.resolve.place_files import read_table
from dateline.resolve.place_geometry import Point

COUNTRIES_FILE = DATA / "gazetteer" / "countries.yaml"
ALIASES_FILE = DATA / "gazetteer" / "aliases.yaml"
AREAS = DATA / "gazetteer" / "admin1.csv"
REGIONS_FILE = DATA / "gazetteer" / "regions.yaml"


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country of data/gazetteer/countries.yaml: its middle in degrees, its people and its further names.

    `adjectives` are demonyms that take no plural.
    """

    centre: tuple[float, float]
    demonyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region of data/gazetteer/regions.yaml."""

    name: str
    centre: tuple[float, float]
    radius_km: float
    countries: tuple[str, ...]
    kind: str = "region"
    aliases: tuple[str, ...] = ()


class Aliases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Further names by gazetteer id, and abbreviations by the name of the area that they stand for."""

    names: dict[str, tuple[str, ...]]
    abbreviations: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_aliases() -> Aliases:
    """Return data/gazetteer/aliases.yaml; raises DataError where the file breaks its rules."""
    try:
        return msgspec.convert(read_table(ALIASES_FILE), Aliases)
    except msgspec.ValidationError as error:
        raise DataError(f"{ALIASES_FILE.name}: {error}") from error


def _check_point(path: Path, key: str, centre: tuple[float, float]) -> None:
    if not (-90 <= centre[0] <= 90 and -180 <= centre[1] <= 180):
        raise DataError(f"{path.name}: {key}: centre {centre} is no latitude and longitude in degrees")


@lru_cache(maxsize=1)
def load_countries() -> dict[str, Country]:
    """Return the countries by ISO 3166-1 alpha-2 code; raises DataError where the file breaks its rules."""
    countries: dict[str, Country] = {}
    for code, value in read_table(COUNTRIES_FILE).items():
        try:
            country = msgspec.convert(value, Country)
        except msgspec.ValidationError as error:
            raise DataError(f"{COUNTRIES_FILE.name}: {code}: {error}") from error
        if not (isinstance(code, str) and len(code) == 2 and code.isupper()):
            raise DataError(
                f"{COUNTRIES_FILE.name}: {code!r} is no two-letter code; quote it if YAML read it otherwise"
            )
        _check_point(COUNTRIES_FILE, code, country.centre)
        countries[code] = country
    return countries


@lru_cache(maxsize=1)
def load_regions() -> tuple[Row, ...]:
    """Return the regions as places, ordered by key; raises DataError where the file breaks its rules."""
    rows = []
    for key, value in sorted(read_table(REGIONS_FILE).items()):
        try:
            region = msgspec.convert(value, Region)
        except msgspec.ValidationError as error:
            raise DataError(f"{REGIONS_FILE.name}: {key}: {error}") from error
        _check_point(REGIONS_FILE, key, region.centre)
        if region.kind not in ("region", "natural") or region.radius_km <= 0:
            raise DataError(f"{REGIONS_FILE.name}: {key}: kind is region or natural, radius_km above 0")
        unknown = sorted(set(region.countries) - set(load_countries()))
        if unknown:
            raise DataError(
                f"{REGIONS_FILE.name}: {key}: unknown countries {', '.join(unknown)}; use ISO codes"
            )
        rows.append(
            Row(
                id=f"region:{key}",
                name=region.name,
                latitude=region.centre[0],
                longitude=region.centre[1],
                kind="natural" if region.kind == "natural" else "region",
                country=region.countries[0] if len(region.countries) == 1 else None,
                radius_km=region.radius_km,
                feature="RGN",
                countries=region.countries,
                other_names=region.aliases,
            )
        )
    return tuple(rows)


class ListedArea(msgspec.Struct, frozen=True):
    """A line of admin1.csv: the area's name, GeoNames' point and further names, where it has them."""

    name: str
    point: Point | None
    others: tuple[str, ...]


def listed_areas() -> dict[tuple[str, str], ListedArea]:
    """Return the first-level areas of admin1.csv by country and GeoNames code."""
    with AREAS.open(encoding="utf-8", newline="") as lines:
        return {
            (line["country"], line["code"]): ListedArea(
                line["name"],
                (float(line["latitude"]), float(line["longitude"])) if line["latitude"] else None,
                tuple(filter(None, line["other_names"].split(";"))),
            )
            for line in csv.DictReader(lines)
        }
