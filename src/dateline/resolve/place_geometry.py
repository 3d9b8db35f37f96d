"""Points and distances on the sphere, in degrees and kilometres."""

import math
from collections.abc import Iterable, Sequence

# Mean radius of the earth (IUGG).
EARTH_KM = 6371.0088

Point = tuple[float, float]  # latitude, longitude


def distance_km(here: Point, there: Point) -> float:
    """Return the great-circle distance of two points, in km (haversine)."""
    top, bottom = math.radians(here[0]), math.radians(there[0])
    across = math.radians(there[1] - here[1])
    half = math.sin((bottom - top) / 2) ** 2 + math.cos(top) * math.cos(bottom) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def offset(start: Point, bearing: float, distance: float) -> Point:
    """Return the point `distance` km from `start` at `bearing` degrees clockwise from north."""
    angle, turn = distance / EARTH_KM, math.radians(bearing)
    latitude, longitude = math.radians(start[0]), math.radians(start[1])
    sine = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(turn)
    new = math.asin(max(-1.0, min(1.0, sine)))
    along = longitude + math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(latitude), math.cos(angle) - math.sin(latitude) * sine
    )
    return round(math.degrees(new), 5), round((math.degrees(along) + 540) % 360 - 180, 5)


def middle(points: Iterable[Point]) -> Point:
    """Return the centroid on the sphere of one or more points."""
    x = y = z = 0.0
    for latitude, longitude in points:
        up, along = math.radians(latitude), math.radians(longitude)
        x += math.cos(up) * math.cos(along)
        y += math.cos(up) * math.sin(along)
        z += math.sin(up)
    latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
    return round(latitude, 5), round(math.degrees(math.atan2(y, x)), 5)


def box_middle(points: Sequence[Point]) -> Point:
    """Return the middle of the box that holds all but the outermost fiftieth of `points` on each side.

    Towns crowd together, areas do not: this lies nearer to the middle of an area than the mean of its towns.
    """
    centre = middle(points)
    latitudes = sorted(latitude for latitude, _ in points)
    turns = sorted((longitude - centre[1] + 540) % 360 - 180 for _, longitude in points)
    skip = len(points) // 50
    latitude = (latitudes[skip] + latitudes[-1 - skip]) / 2
    longitude = centre[1] + (turns[skip] + turns[-1 - skip]) / 2
    return round(latitude, 5), round((longitude + 540) % 360 - 180, 5)


def spread_km(centre: Point, points: Iterable[Point], share: float = 0.95) -> float:
    """Return the radius around `centre` that holds `share` of `points`, in km; 0 when there are none."""
    distances = sorted(distance_km(centre, point) for point in points)
    if not distances:
        return 0.0
    return distances[max(0, math.ceil(share * len(distances)) - 1)]
