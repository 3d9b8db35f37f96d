"""Fit data/places/calibration.yaml: how often a place is right for what is believed of it.

    python scripts/calibration.py [--data ../shared/data] [--cache .cache/gazetteer] [--write]

Gold spans of LGL and GeoVirus in the articles that the ranking was fitted on (so few weights, on so many names,
that their scores are hardly better for it): a map that only rises (pool adjacent violators) is fitted on every
second of them, through the groups between EDGES, and shown on the others. bench/places.py --held-out measures
it on articles that neither saw. Right is within 161 km of the gold point, or the same entry.
"""

import argparse
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from dateline.resolve import place_weights
from dateline.resolve.gazetteer import open_gazetteer
from places import measure, print_reliability
from placesets import read_geovirus, read_lgl

EDGES = (0.0, 0.35, 0.6, 0.8, 0.95, 1.01)
Scored = Sequence[tuple[float, bool]]


def fit(scored: Scored) -> list[tuple[float, float]]:
    """Return the knots of a rising map from belief to the share of right places."""
    ordered = np.array(scored, dtype=float)
    pooled: list[tuple[float, float, int]] = []
    for low, high in itertools.pairwise(EDGES):
        part = ordered[(ordered[:, 0] >= low) & (ordered[:, 0] < high)]
        if not len(part):
            continue
        pooled.append((part[:, 0].mean(), part[:, 1].mean(), len(part)))
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (belief, right, size), (other, share, more) = pooled[-2:]
            whole = size + more
            merged = (belief * size + other * more) / whole, (right * size + share * more) / whole
            pooled[-2:] = [(*merged, whole)]
    inner = [(round(float(belief), 3), round(float(right), 3)) for belief, right, _ in pooled]
    return [(0.0, 0.0), *(knot for knot in inner if 0.0 < knot[0] < 1.0), (1.0, inner[-1][1])]


def main() -> None:
    """Fit, show and perhaps write the map."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/gazetteer"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    kept = list(place_weights.calibration())
    place_weights.calibration()[:] = [(0.0, 0.0), (1.0, 1.0)]
    halves: list[list[tuple[float, bool]]] = [[], []]
    with open_gazetteer(given.cache) as gazetteer:
        for cases in (
            read_lgl(given.data / "geo" / "lgl.xml"),
            read_geovirus(given.data / "geo" / "GeoVirus.xml"),
        ):
            fitted = list(cases)[::2]
            for half in (0, 1):
                halves[half] += measure(fitted[half::2], gazetteer).scored
    knots = fit(halves[0])
    print("as believed, on the other half:")
    print_reliability(halves[1])
    for name, table in (("with the map of the file", kept), ("with the fitted map", knots)):
        place_weights.calibration()[:] = table
        print(f"{name}:")
        print_reliability([(place_weights.calibrated(score), right) for score, right in halves[1]])
    print(knots)
    if given.write:
        file = place_weights.CALIBRATION_FILE
        head = [line for line in file.read_text("utf-8").splitlines() if line[:1] == "#"]
        rows = "".join(f"  - [{belief}, {right}]\n" for belief, right in knots)
        file.write_text("\n".join(head) + f"\nknots:\n{rows}", "utf-8")


if __name__ == "__main__":
    main()
