"""The map of the report: places as they are known, on country outlines that come with the package.

Pure geometry in units of the drawing. The projection is equirectangular, true to scale along the middle
parallel. Nothing is moved aside: events at one place share one marker, and how far a place may be off is
drawn as a circle.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil, cos, floor, log10, radians
from statistics import median

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.export.columns import coordinates
from dateline.model.event import Event
from dateline.model.values import Where

WIDTH, HEIGHT = 960.0, 560.0
KM_PER_DEGREE = 111.2  # on a sphere with the mean radius of the earth, 6371 km
LEAST_SPAN = 2.5  # degrees of latitude; a map of one town still shows where in the country it lies
MARGIN = 0.16  # of the span, on every side
# The window reaches SPREAD times as far from the median as this share of the events lies: a few reports from
# another continent must not shrink the rest to a dot, and a record of two regions must show both. What lies
# beyond is listed under the map.
CENTRAL = 0.75
SPREAD = 2.5
COARSE = ("admin1", "region", "country")  # drawn hollow; they never widen the map
COUNTRY_LETTER = 12.0  # the same for the spaced capitals of a country
LETTER = 6.6  # mean width of a letter of a place name at 12 units, by eye


Box = tuple[float, float, float, float]  # left, top, right, bottom
SCALE_CORNER: Box = (WIDTH - 230, 0, WIDTH, 40)


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """All events at one place; `reach` is `radius_km`, how far it may be off, in drawing units."""

    name: str
    precision: str
    radius_km: float | None
    x: float
    y: float
    size: float
    reach: float | None
    coarse: bool
    events: tuple[Event, ...]
    label: tuple[float, float, str] | None


class Line(msgspec.Struct, frozen=True):
    """A meridian or parallel with its label; `upright` for a meridian."""

    at: float
    label: str
    upright: bool


class Name(msgspec.Struct, frozen=True):
    """The name of a country at a place of the drawing."""

    text: str
    x: float
    y: float


class Atlas(msgspec.Struct, frozen=True, kw_only=True):
    """The laid-out map; `beyond` are places outside of it, `unplaced` events without coordinates."""

    width: float
    height: float
    borders: str
    names: tuple[Name, ...]
    lines: tuple[Line, ...]
    markers: tuple[Marker, ...]
    scale: tuple[float, int]
    beyond: tuple[Event, ...]
    unplaced: tuple[Event, ...]


class Outline(msgspec.Struct, frozen=True):
    """Country lines, each [lon, lat, dlon, dlat, ...] in 1/grid degree; names with [lon, lat, ...]."""

    source: str
    grid: int
    lines: list[list[int]]
    names: list[tuple[str, list[float]]]


class View(msgspec.Struct, frozen=True):
    """The window on the world: its middle (degrees) and how many drawing units a degree of latitude is."""

    longitude: float
    latitude: float
    per_degree: float

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the place in the drawing, whichever way round the globe is nearer."""
        east = (longitude - self.longitude + 180) % 360 - 180
        x = WIDTH / 2 + east * self.per_degree * self.squeeze
        return x, HEIGHT / 2 - (latitude - self.latitude) * self.per_degree

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, along the middle parallel."""
        return max(0.05, cos(radians(self.latitude)))


@cache
def load_outline() -> Outline:
    """Read the country outlines of the package; raises DataError where they are damaged."""
    path = DATA / "export" / "outline.json"
    try:
        outline = msgspec.json.decode(path.read_bytes(), type=Outline)
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"{path.name} cannot be read ({error}); reinstall dateline") from error
    if outline.grid < 1 or any(len(line) < 4 or len(line) % 2 for line in outline.lines):
        raise DataError(f"{path.name} holds a line that is not made of points; run scripts/outline.py again")
    return outline


def lay_out(events: Sequence[Event]) -> Atlas | None:
    """Place every event that has coordinates; None when none has."""
    placed = [(event, point) for event in events if (point := coordinates(event))]
    if not placed:
        return None
    view = fit(placed)
    groups: dict[tuple[float, float, str], list[Event]] = {}
    for event, point in placed:
        precision = event.where.precision if event.where else "unresolved"
        groups.setdefault((*point, precision), []).append(event)
    inside = {key: found for key, found in groups.items() if _within(view.project(key[0], key[1]))}
    shown = {event.id for found in inside.values() for event in found}
    known = {event.id for event, _ in placed}
    markers = _markers(inside, view)
    return Atlas(
        width=WIDTH,
        height=HEIGHT,
        borders=" ".join(_borders(load_outline(), view)),
        names=tuple(_names(load_outline(), view, markers)),
        lines=tuple(_graticule(view)),
        markers=markers,
        scale=_scale(view),
        beyond=tuple(event for event, _ in placed if event.id not in shown),
        unplaced=tuple(event for event in events if event.id not in known),
    )


def fit(placed: Sequence[tuple[Event, tuple[float, float]]]) -> View:
    """Choose the window: most of the events that have a fine place, or all where none has."""
    fine = [point for event, point in placed if event.where and event.where.precision not in COARSE]
    points = fine or [point for _, point in placed]
    # Longitudes are taken relative to the first, so that the Pacific is as good a place as any.
    base = points[0][1]
    flat = [(latitude, (longitude - base + 180) % 360 - 180) for latitude, longitude in points]
    middle = median(latitude for latitude, _ in flat), median(longitude for _, longitude in flat)
    squeeze = max(0.05, cos(radians(middle[0])))

    def off(point: tuple[float, float]) -> float:
        across = (point[1] - middle[1]) * squeeze
        return float(((point[0] - middle[0]) ** 2 + across**2) ** 0.5)

    ranked = sorted(flat, key=lambda point: (off(point), point))
    reach = max(LEAST_SPAN, SPREAD * off(ranked[ceil(CENTRAL * len(ranked)) - 1]))
    kept = [point for point in ranked if off(point) <= reach]
    low, high = min(p[0] for p in kept), max(p[0] for p in kept)
    west, east = min(p[1] for p in kept), max(p[1] for p in kept)
    tall = max(LEAST_SPAN, (high - low) * (1 + 2 * MARGIN))
    view = View(base + (west + east) / 2, (low + high) / 2, HEIGHT / tall)
    wide = (east - west) * view.squeeze * (1 + 2 * MARGIN)
    return View(view.longitude, view.latitude, min(view.per_degree, WIDTH / max(LEAST_SPAN, wide)))


def _within(point: tuple[float, float]) -> bool:
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT


def _markers(groups: dict[tuple[float, float, str], list[Event]], view: View) -> tuple[Marker, ...]:
    """Make one marker for each place, large ones first so that small ones lie on top."""
    taken: list[Box] = []
    spots = []
    for (latitude, longitude, precision), events in groups.items():
        x, y = view.project(latitude, longitude)
        size = min(22.0, 5 + 3 * len(events) ** 0.5)
        taken.append((x - size, y - size, x + size, y + size))
        spots.append((size, x, y, precision, events))
    markers = []
    for size, x, y, precision, events in sorted(spots, key=lambda spot: (-spot[0], spot[1], spot[2], spot[3])):
        place: Where | None = events[0].where
        name = place.name if place else ""
        radius = max((event.where.radius_km or 0 for event in events if event.where), default=0)
        units = radius / KM_PER_DEGREE * view.per_degree
        markers.append(
            Marker(
                name=name,
                precision=precision,
                radius_km=radius or None,
                x=round(x, 1),
                y=round(y, 1),
                size=round(size, 1),
                reach=round(units, 1) if units > size else None,
                coarse=precision in COARSE,
                events=tuple(events),
                label=_label(name, x, y, size, taken),
            )
        )
    return tuple(markers)


def _label(name: str, x: float, y: float, size: float, taken: list[Box]) -> tuple[float, float, str] | None:
    """Find room for a name right, left, above or below its marker; None when there is none."""
    wide = len(name) * LETTER
    tries = (
        (x + size + 4, y + 4, "start", x + size + 2),
        (x - size - 4, y + 4, "end", x - size - 4 - wide),
        (x, y - size - 5, "middle", x - wide / 2),
        (x, y + size + 13, "middle", x - wide / 2),
    )
    for at_x, at_y, anchor, left in tries:
        box = (left, at_y - 11, left + wide, at_y + 3)
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return round(at_x, 1), round(at_y, 1), anchor
    return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _borders(outline: Outline, view: View) -> Iterator[str]:
    """Yield the path of every run of points that comes near the window."""
    for line in outline.lines:
        run: list[str] = []
        previous: tuple[float, float] | None = None
        for point in _points(line, outline.grid, view):
            # A jump of half the globe is the cut behind the window, not a border.
            near = (
                previous is not None
                and _near(previous, point)
                and abs(point[0] - previous[0]) < 90 * view.per_degree
            )
            if near and previous is not None:
                if not run:
                    run.append(f"M{previous[0]:.1f} {previous[1]:.1f}")
                run.append(f"L{point[0]:.1f} {point[1]:.1f}")
            elif run:
                yield "".join(run)
                run = []
            previous = point
        if run:
            yield "".join(run)


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return (
        max(a[0], b[0]) >= 0 and min(a[0], b[0]) <= WIDTH and max(a[1], b[1]) >= 0 and min(a[1], b[1]) <= HEIGHT
    )


def _points(line: Sequence[int], grid: int, view: View) -> Iterator[tuple[float, float]]:
    x = y = 0
    for step_x, step_y in zip(line[::2], line[1::2], strict=True):
        x, y = x + step_x, y + step_y
        yield view.project(y / grid, x / grid)


def _names(outline: Outline, view: View, markers: Sequence[Marker]) -> Iterator[Name]:
    """Yield each country's name at most once, where it is farthest from any marker and meets no other text.

    Countries with more places for their name, which are the larger ones, choose first.
    """
    taken = [_label_box(marker) for marker in markers if marker.label] + [SCALE_CORNER]
    for text, places in sorted(outline.names, key=lambda named: (-len(named[1]), named[0])):
        half = len(text) * COUNTRY_LETTER / 2 + 8
        found: list[tuple[float, float, float]] = []
        for longitude, latitude in zip(places[::2], places[1::2], strict=True):
            x, y = view.project(latitude, longitude)
            if half <= x <= WIDTH - half and 24 <= y <= HEIGHT - 24:
                room = min((_gap(marker, x, y, half) for marker in markers), default=WIDTH)
                box = (x - half, y - 14, x + half, y + 6)
                if room > 0 and not any(_meet(box, other) for other in taken):
                    found.append((room, x, y))
        if found:
            _, x, y = max(found)
            taken.append((x - half, y - 14, x + half, y + 6))
            yield Name(text, round(x, 1), round(y, 1))


def _label_box(marker: Marker) -> Box:
    x, y, anchor = marker.label or (marker.x, marker.y, "start")
    wide = len(marker.name) * LETTER
    left = {"start": x, "end": x - wide}.get(anchor, x - wide / 2)
    return left, y - 11, left + wide, y + 3


def _gap(marker: Marker, x: float, y: float, half: float) -> float:
    """Return how far a country's name stays from a marker; zero where they would meet."""
    return max(abs(marker.x - x) - half - marker.size, abs(marker.y - y) - 16 - marker.size, 0.0)


def _graticule(view: View) -> Iterator[Line]:
    """Yield meridians and parallels at the finest usual step that leaves four to eight of them."""
    tall, wide = HEIGHT / view.per_degree, WIDTH / view.per_degree / view.squeeze
    step = next((step for step in (0.25, 0.5, 1, 2, 5, 10, 20, 30) if wide / step <= 9), 45)
    yield from _lines(view.longitude - wide / 2, view.longitude + wide / 2, step, view, upright=True)
    yield from _lines(view.latitude - tall / 2, view.latitude + tall / 2, step, view, upright=False)


def _lines(low: float, high: float, step: float, view: View, *, upright: bool) -> Iterator[Line]:
    index = floor(low / step) + 1
    while index * step < high:
        degrees = index * step
        if upright:
            x = WIDTH / 2 + (degrees - view.longitude) * view.per_degree * view.squeeze
            yield Line(round(x, 1), _degrees((degrees + 180) % 360 - 180, "E", "W"), upright)
        elif abs(degrees) <= 90:
            y = HEIGHT / 2 - (degrees - view.latitude) * view.per_degree
            yield Line(round(y, 1), _degrees(degrees, "N", "S"), upright)
        index += 1


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):g}°{positive if value > 0 else negative if value < 0 else ''}"


def _scale(view: View) -> tuple[float, int]:
    """Return a scale bar: its length in drawing units and in kilometres (1, 2 or 5 times a power of ten)."""
    per_km = view.per_degree / KM_PER_DEGREE
    power = 10 ** floor(log10(max(1.0, 180 / per_km)))
    km: int = max(factor * power for factor in _fitting(power, per_km))
    return round(km * per_km, 1), km


def _fitting(power: int, per_km: float) -> Iterable[int]:
    return [factor for factor in (1, 2, 5) if factor * power * per_km <= 180] or [1]
