"""Coordinates written in text: "35.47N 44.39E", "35°28′N, 44°23′E", "(35.4681, 44.3922)"."""

import re
from collections.abc import Iterator

import msgspec

from dateline.resolve.place_geometry import Point

_NUMBER = r"\d{1,3}(?:\.\d{1,8})?"


def _angle(name: str) -> str:
    """Return the pattern of degrees with minutes and seconds, if any."""
    return (
        rf"(?P<{name}>{_NUMBER})\s*[°º]?\s*(?:(?P<{name}_m>\d{{1,2}}(?:\.\d+)?)\s*['’′]\s*)?"
        rf"(?:(?P<{name}_s>\d{{1,2}}(?:\.\d+)?)\s*[\"”″]\s*)?"
    )


_LETTERED = re.compile(rf"(?<![\w.]){_angle('lat')}\s*(?P<ns>[NS])\b[\s,;/]*{_angle('lon')}\s*(?P<ew>[EW])\b")
# Bare pairs are taken for coordinates only with three decimals each, or two behind a word for a place: "0.5,
# 1.5" may be anything.
_BARE = re.compile(
    r"(?:(?<![\w.,-])(?=-?\d{1,2}\.\d{3,8}\s*,\s*-?\d{1,3}\.\d{3})"
    r"|(?<=(?<!\w)at )|(?<=coordinates )|(?<=position )|(?<=location ))"
    r"\(?(?P<lat>-?\d{1,2}\.\d{2,8})\s*,\s*(?P<lon>-?\d{1,3}\.\d{2,8})(?![\w.,]*\d)",
    re.IGNORECASE,
)
_KM_PER_DEGREE = 111.0
LEAST_KM = 0.1


class Coordinates(msgspec.Struct, frozen=True):
    """Coordinates at `start:end` of a text; `radius_km` is the doubt that their last digit leaves."""

    start: int
    end: int
    point: Point
    radius_km: float


def find_coordinates(text: str, start: int, end: int) -> Iterator[Coordinates]:
    """Yield the coordinates in `text[start:end]`, in order; those off the globe are left out."""
    found = [*_LETTERED.finditer(text, start, end), *_BARE.finditer(text, start, end)]
    for match in sorted(found, key=lambda match: match.start()):
        latitude, longitude = _degrees(match, "lat"), _degrees(match, "lon")
        groups = match.groupdict()
        latitude = -latitude if groups.get("ns") == "S" else latitude
        longitude = -longitude if groups.get("ew") == "W" else longitude
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            yield Coordinates(match.start(), match.end(), (latitude, longitude), _doubt(match))


def _degrees(match: "re.Match[str]", name: str) -> float:
    groups = match.groupdict()
    minutes, seconds = float(groups.get(f"{name}_m") or 0), float(groups.get(f"{name}_s") or 0)
    return round(float(match[name]) + minutes / 60 + seconds / 3600, 6)


def _doubt(match: "re.Match[str]") -> float:
    """Return half of what one unit of the last digit of the latitude is worth, in km."""
    groups = match.groupdict()
    if groups.get("lat_s"):
        unit = 1 / 3600
    elif groups.get("lat_m"):
        unit = 1 / 60
    else:
        unit = 10.0 ** -len(match["lat"].partition(".")[2])
    return round(max(unit * _KM_PER_DEGREE / 2, LEAST_KM), 2)
