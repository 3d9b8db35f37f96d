"""Events on the map: alone, or counted together where they stand too near one another to be told apart."""

from collections import Counter
from math import pi
from typing import TYPE_CHECKING

from dateline.model.ids import EventId
from dateline.store.columns import NONE
from dateline.store.counting import Chosen
from dateline.store.looks import Cluster, MapView, Point
from dateline.store.query import Box

if TYPE_CHECKING:
    from dateline.store.columns import Columns, Mask, Numbers, Reals

# The side of a cell in pixels of a map whose world is TILE pixels wide at zoom 0: as wide as a mark with its
# number, so that marks of neighbouring cells do not cover one another.
CELL, TILE = 48, 256
# More marks than this are neither drawn nor read quickly: cells grow until there are no more.
MARKS = 2000
NAMES = 200
# The latitude at which the Mercator map ends.
NORTHMOST = 85.05112878


def lay_map(chosen: Chosen, box: Box | None, zoom: float) -> MapView:
    """Return what stands in `box` (None: anywhere) on a map at `zoom`, and what can stand nowhere."""
    import numpy as np

    columns = chosen.columns
    which = chosen.but()
    located = ~np.isnan(columns.latitude)
    named = columns.place != NONE
    shown = np.flatnonzero(which & located & _inside(columns, box))
    cells = _cells(columns.longitude[shown], columns.latitude[shown], zoom)
    while len(shown) > MARKS and len(np.unique(cells)) > MARKS:
        zoom -= 1
        cells = _cells(columns.longitude[shown], columns.latitude[shown], zoom)
    points, clusters = _marks(columns, shown, cells)
    names = _names(columns, which & named & ~located)
    return MapView(
        points=points,
        clusters=clusters,
        unresolved=dict(names.most_common(NAMES)),
        unresolved_total=names.total(),
        placeless=int((which & ~named).sum()),
    )


def _names(columns: "Columns", mask: "Mask") -> Counter[str]:
    """Count the names of the shown places; of equal counts the first by letter comes first."""
    import numpy as np

    counts = np.bincount(columns.place[mask], minlength=len(columns.names))
    found: Counter[str] = Counter()
    for place in np.flatnonzero(counts).tolist():
        found[columns.names[place]] += int(counts[place])
    return Counter(dict(sorted(found.items())))


def _inside(columns: "Columns", box: Box | None) -> "Mask":
    if box is None:
        return columns.latitude > -91  # a place without a point is nowhere
    longitude, latitude = columns.longitude, columns.latitude
    east, west = longitude <= box.east, longitude >= box.west
    across = east & west if box.west <= box.east else east | west
    return across & (latitude >= box.south) & (latitude <= box.north)


def _cells(longitude: "Reals", latitude: "Reals", zoom: float) -> "Numbers":
    """Return the cell of each point, as one number, in the projection of web maps."""
    import numpy as np

    side = TILE * 2.0**zoom / CELL  # cells around the world
    bent = np.log(np.tan(pi / 4 + np.radians(np.clip(latitude, -NORTHMOST, NORTHMOST)) / 2))
    across = np.floor((longitude + 180) / 360 * side).astype(np.int64)
    down = np.floor((1 - bent / pi) / 2 * side).astype(np.int64)
    cells: Numbers = down * (int(side) + 2) + across
    return cells


def _marks(
    columns: "Columns", shown: "Numbers", cells: "Numbers"
) -> tuple[tuple[Point, ...], tuple[Cluster, ...]]:
    import numpy as np

    order = np.argsort(cells, kind="stable")
    _, starts, counts = np.unique(cells[order], return_index=True, return_counts=True)
    members = shown[order]
    points = tuple(_point(columns, int(members[start])) for start in starts[counts == 1])
    if not (counts > 1).any():
        return points, ()
    longitude, latitude = columns.longitude[members], columns.latitude[members]
    west, east = np.minimum.reduceat(longitude, starts), np.maximum.reduceat(longitude, starts)
    south, north = np.minimum.reduceat(latitude, starts), np.maximum.reduceat(latitude, starts)
    middle = np.add.reduceat(longitude, starts) / counts, np.add.reduceat(latitude, starts) / counts
    clusters = []
    for each in np.flatnonzero(counts > 1).tolist():
        same = bool(west[each] == east[each] and south[each] == north[each])
        clusters.append(
            Cluster(
                # The mean of equal numbers can miss them by a hair.
                longitude=float(west[each] if same else middle[0][each]),
                latitude=float(south[each] if same else middle[1][each]),
                count=int(counts[each]),
                west=float(west[each]),
                south=float(south[each]),
                east=float(east[each]),
                north=float(north[each]),
                same_place=same,
            )
        )
    return points, tuple(clusters)


def _point(columns: "Columns", number: int) -> Point:
    radius = float(columns.radius_km[number])
    return Point(
        id=EventId(columns.ids[number]),
        longitude=float(columns.longitude[number]),
        latitude=float(columns.latitude[number]),
        radius_km=None if radius != radius else radius,  # NaN
        precision=columns.precisions[columns.place[number]],
        type=columns.type.words[columns.type.codes[number]],
        word=columns.status.words[columns.status.codes[number]].split()[0],
    )
