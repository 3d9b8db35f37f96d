"""Where a place lies, and how exact that is in the codes of ACLED and of UCDP GED; never assumed."""

from math import isfinite
from typing import Literal

from dateline.model.values import Where

# GED's second code: within about 25 km of a known point.
NEAR_KM = 25.0


def point_of(where: Where | None) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees; None where the place is unknown, unresolved or off the globe."""
    if where is None or where.precision == "unresolved" or where.latitude is None or where.longitude is None:
        return None
    if not (isfinite(where.latitude) and isfinite(where.longitude)):
        return None
    if abs(where.latitude) > 90 or abs(where.longitude) > 180:
        return None
    return where.latitude, where.longitude


def acled_precision(where: Where) -> Literal[1, 2, 3] | None:
    """Return ACLED's geo_precision: 1 a named place, 2 near one or a small area, 3 a larger region.

    None for a country or anything wider, which ACLED does not record, and for a place without coordinates.
    """
    if where.latitude is None or where.precision in ("country", "unresolved"):
        return None
    if where.precision in ("point", "town"):
        return 1
    small = where.radius_km is not None and where.radius_km <= NEAR_KM
    if where.precision == "admin2" or (small and where.precision in ("near", "area", "region")):
        return 2
    return 2 if where.precision == "near" else 3


def ged_precision(where: Where) -> Literal[1, 2, 3, 4, 5, 6] | None:
    """Return GED's where_prec, 1 to 6.

    1 exact, 2 within 25 km of a point, 3 second-level area, 4 first-level area, 5 a representative point of an
    area or a line, 6 a country. None for a place without coordinates; 7 (international waters) is not told
    apart from 5.
    """
    if where.latitude is None or where.precision == "unresolved":
        return None
    if where.precision in ("point", "town"):
        return 1
    if where.precision in ("near", "area") and where.radius_km is not None and where.radius_km <= NEAR_KM:
        return 2
    codes: dict[str, Literal[3, 4, 5, 6]] = {"admin2": 3, "admin1": 4, "country": 6}
    return codes.get(where.precision, 5)
