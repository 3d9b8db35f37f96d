"""Places as they come out of a gazetteer file, and how well a name fits one."""

from collections.abc import Sequence
from typing import Any

import msgspec

from dateline.model.ids import PlaceId
from dateline.model.values import PlaceKind

COLUMNS = (
    "place.id, place.name, latitude, longitude, kind, place.country, admin1, admin1_code, population,"
    " radius_km, feature, countries, pcode"
)


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One place of the gazetteer.

    Coordinates are degrees in WGS 84, None where a user's list gave none. `population` 0 is unknown, not
    small. `radius_km` is how far from the point the place may extend. `admin1` is the name of the first-level
    area, `admin1_code` its GeoNames code. `countries` are those that a region touches. `pcode` is the place's
    P-code, where known. `parents` are the ids of the places that hold it by a user's list of them.
    """

    id: PlaceId
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
    parents: tuple[str, ...] = ()


class Match(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place that a name may mean; `exactness` in 0..1 says how well the name fits.

    1 its own name, 0.9 another name, 0.8 a name that it takes from its seat, below that a spelling variant.
    """

    place: Place
    exactness: float


# By level of a name, see `gazetteer_schema`.
EXACTNESS = (1.0, 0.9, 0.8)


def place_of(row: Sequence[Any], parents: tuple[str, ...] = ()) -> Place:
    """Return the place of a row of COLUMNS."""
    return Place(
        id=PlaceId(row[0]),
        name=row[1],
        latitude=row[2],
        longitude=row[3],
        kind=row[4],
        country=row[5],
        admin1=row[6],
        admin1_code=row[7],
        population=row[8],
        radius_km=row[9],
        feature=row[10],
        countries=tuple(row[11].split()),
        pcode=row[12],
        parents=parents,
    )


def prominence(match: Match) -> tuple[float, int, str]:
    """Return what matches are ordered by, the likeliest first when nothing else is known.

    Prominence comes first within a class of exactness: "Paris" is a town in Texas by its own name as well.
    """
    return (-match.exactness - _weight(match.place), -match.place.population, match.place.id)


# How much a kind counts when nothing else is known, in units of exactness.
_KIND_WEIGHT: dict[str, float] = {
    "country": 1.0,
    "region": 0.6,
    "natural": 0.5,
    "admin1": 0.35,
    "settlement": 0.3,
}


def _weight(place: Place) -> float:
    size = len(str(place.population)) if place.population else 2
    return _KIND_WEIGHT.get(place.kind, 0.0) + 0.05 * size
