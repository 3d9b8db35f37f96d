"""Make data/export/outline.json, the country lines that the HTML report draws under its map.

Usage: python scripts/outline.py countries-50m.json

The input is the TopoJSON file of that name from the npm package world-atlas 2.0.2, which holds Natural Earth's
1:50m countries (public domain). The output keeps each boundary once, simplified and on a grid of 1/100 degree,
as [lon, lat, dlon, dlat, ...], and points well inside each country where its name may be written.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src/dateline/data/export/outline.json"
GRID = 100  # steps per degree; 0.01 degree is about one kilometre, a third of a pixel on the widest local map
TOLERANCE = 0.067  # degrees; shows the bends of a border on a map 300 km wide and keeps the file under 120 kB
POLAR = 60.0  # degrees of latitude from which lines are drawn five times as coarsely; Antarctica is left out
NAME_STEP = 3  # degrees between two places for a country's name, so that most windows on it hold one
SMALLEST = 0.7  # degrees; closed lines (islands, lakes) that are smaller both ways are left out

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Undo the delta encoding and the quantisation of the topology's arcs."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for raw in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in raw:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def distance(point: Point, start: Point, end: Point) -> float:
    """Distance of `point` from the segment, in degrees."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return float(((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5)


def simplify(points: list[Point]) -> list[Point]:
    """Douglas and Peucker (1973), with a stack in place of recursion."""
    tolerance = TOLERANCE * (5 if min(abs(y) for _, y in points) > POLAR else 1)
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        low, high = stack.pop()
        worst, index = 0.0, -1
        for middle in range(low + 1, high):
            off = distance(points[middle], points[low], points[high])
            if off > worst:
                worst, index = off, middle
        if worst > tolerance:
            keep.add(index)
            stack += [(low, index), (index, high)]
    return [points[index] for index in sorted(keep)]


def encode(points: list[Point]) -> list[int]:
    """Put the line on the grid, drop repeated points and encode it as differences."""
    grid: list[tuple[int, int]] = []
    for x, y in points:
        spot = (round(x * GRID), round(y * GRID))
        if not grid or grid[-1] != spot:
            grid.append(spot)
    flat = list(grid[0])
    for (ax, ay), (bx, by) in pairwise(grid):
        flat += [bx - ax, by - ay]
    return flat


def is_dropped(points: list[Point]) -> bool:
    """Tell whether a line is not worth its bytes: a small closed one, or one of Antarctica."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(ys) < -POLAR:
        return True
    return points[0] == points[-1] and max(max(xs) - min(xs), max(ys) - min(ys)) < SMALLEST


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return the outer ring of every part of a country."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        return []
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    rings = []
    for part in parts:
        ring: list[Point] = []
        for index in part[0]:
            ring += arcs[index] if index >= 0 else list(reversed(arcs[~index]))
        across = max(x for x, _ in ring) - min(x for x, _ in ring) > 180
        rings.append([(x + 360 if across and x < 0 else x, y) for x, y in ring])
    return rings


def area(ring: list[Point]) -> float:
    """Shoelace area in square degrees."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def anchor(ring: list[Point]) -> Point:
    """Return the middle of the longest of 24 chords along parallels: a point well inside the ring."""
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for step in range(1, 25):
        y = low + (high - low) * step / 25
        pairs = zip(ring, ring[1:] + ring[:1], strict=True)
        cuts = sorted(
            ax + (y - ay) / (by - ay) * (bx - ax) for (ax, ay), (bx, by) in pairs if (ay > y) != (by > y)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            # Chords near the middle of the height are preferred: names there read best.
            worth = (right - left) * (1 - abs(step / 12.5 - 1) / 2)
            best = max(best, (worth, ((left + right) / 2, y)))
    return best[1]


def inside(x: float, y: float, ring: list[Point]) -> bool:
    """Tell whether a point lies within a ring (even-odd rule)."""
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            odd = not odd
    return odd


def name_places(rings: list[list[Point]]) -> list[float]:
    """Return [lon, lat, ...]: the anchor of the largest ring, and lattice points well inside of any."""
    places = [round(part, 1) for part in anchor(max(rings, key=area))]
    for ring in rings:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        for x in range(int(min(xs) // NAME_STEP) * NAME_STEP, int(max(xs)) + 1, NAME_STEP):
            for y in range(int(min(ys) // NAME_STEP) * NAME_STEP, int(max(ys)) + 1, NAME_STEP):
                around = ((x, y), (x - 0.6, y), (x + 0.6, y), (x, y - 0.3), (x, y + 0.3))
                if abs(y) < POLAR and all(inside(a, b, ring) for a, b in around):
                    places += [x, y]
    return places


def main() -> None:
    """Read the topology named on the command line and write the outline."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    lines = [encode(simplify(arc)) for arc in arcs if not is_dropped(arc)]
    names = []
    for country in topology["objects"]["countries"]["geometries"]:
        rings = rings_of(country, arcs)
        if rings and country["properties"]["name"] != "Antarctica":
            names.append([country["properties"]["name"], name_places(rings)])
    outline: dict[str, Any] = {
        "source": "Natural Earth 1:50m countries (public domain), by way of world-atlas 2.0.2",
        "grid": GRID,
        "lines": [line for line in lines if len(line) > 2],
        "names": sorted(names),
    }
    TARGET.write_text(json.dumps(outline, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(outline['lines'])} lines, {len(names)} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
