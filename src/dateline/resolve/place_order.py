"""The order of a report's places: the narrowest first."""

from collections.abc import Sequence

from dateline.model.values import Where

# "The north of the country" is wider than a province: a part that reaches further than this. By hand.
WIDE_KM = 150.0
# Containers last: a report names its narrowest place first.
_WIDTH = {
    "point": 0,
    "town": 1,
    "near": 2,
    "area": 3,
    "unresolved": 4,
    "admin2": 5,
    "admin1": 6,
    "region": 7,
    "country": 8,
}


def narrowest_first(places: Sequence[Where]) -> tuple[Where, ...]:
    """Return the places once each, containers after what they contain, else in the given order."""
    once: dict[str, Where] = {}
    for where in places:
        once.setdefault(where.gazetteer_id or f"?{where.name.casefold()}", where)
    return tuple(sorted(once.values(), key=_width))


def _width(where: Where) -> float:
    """Return how wide a place is, for an order: part of a country is wider than a province."""
    if where.precision in ("near", "area") and (where.radius_km or 0.0) > WIDE_KM:
        return _WIDTH["admin1"] + 0.5
    return _WIDTH[where.precision]
