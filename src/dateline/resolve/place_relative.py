"""Where "20 km south of X" or "the border between X and Y" lies: a point and a radius that covers the doubt.

Nothing here makes a place more exact than its words: the radius is that of the named place at least.
"""

from collections.abc import Sequence

import msgspec

from dateline.model.values import WherePrecision
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.place_geometry import Point, distance_km, middle, offset
from dateline.resolve.place_phrase import Phrase

# "Near X", "outside X": beyond the edge of X, as far as a reporter would still name X. By hand.
NEAR_KM = 15.0
# "North of X" without a distance: centred half so far beyond the edge of X.
DIRECTION_KM = 25.0
# A stated distance is round and measured along roads as often as not: a quarter of it, 2 km at least.
OFFSET_SHARE, OFFSET_LEAST_KM = 0.25, 2.0
# Areas are more than towns: "north of Diyala" may mean inside its north as well as beyond it.
AREAS = frozenset({"admin1", "admin2", "country", "region", "natural"})


class Spot(msgspec.Struct, frozen=True):
    """A point in degrees, how far from it the place may lie in km, and how exact that is."""

    point: Point
    radius_km: float
    precision: WherePrecision


def locate(phrase: Phrase, places: Sequence[Place]) -> Spot | None:
    """Return where the phrase's words put it, given its places in order; None where one has no coordinates."""
    points = [
        (place.latitude, place.longitude)
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    if not points or len(points) < len(places):
        return None
    if len(points) > 1:
        centre = middle(points)
        reach = max(distance_km(centre, point) for point in points)
        return Spot(centre, round(max(reach, NEAR_KM), 1), "area")
    radius = places[0].radius_km or NEAR_KM
    spot = _beside(phrase, points[0], radius, is_area=places[0].kind in AREAS)
    return msgspec.structs.replace(spot, radius_km=round(spot.radius_km, 1))


def _beside(phrase: Phrase, point: Point, radius: float, *, is_area: bool) -> Spot:
    if phrase.relation == "offset" and phrase.distance_km is not None:
        slack = max(OFFSET_SHARE * phrase.distance_km, OFFSET_LEAST_KM) + radius
        if phrase.bearing is None:
            return Spot(point, phrase.distance_km + slack, "near")
        return Spot(offset(point, phrase.bearing, phrase.distance_km), slack, "near")
    if phrase.relation == "direction" and phrase.bearing is not None:
        if is_area:
            return Spot(offset(point, phrase.bearing, radius / 2), radius, "area")
        return Spot(offset(point, phrase.bearing, radius + DIRECTION_KM / 2), radius + DIRECTION_KM, "near")
    if phrase.relation == "part":
        if phrase.bearing is None:
            return Spot(point, radius, "area")
        # The centroid of half a disc lies 0.42 radii from its middle; 0.9 radii hold all of it but corners.
        return Spot(offset(point, phrase.bearing, radius * 0.42), radius * 0.9, "area")
    if phrase.relation == "near":
        return Spot(point, radius + NEAR_KM, "near")
    return Spot(point, radius, "area")
