"""Fit data/places/recognition.yaml: the weights of the signs that a name is meant as a place.

    python scripts/recognition.py [--data ../shared/data] [--half even|odd] [--write]

A logistic regression on the names of every second article of LGL, GeoVirus and re3d (on Iraq and Syria), pulled
towards weights by hand, so that signs that the data seldom show keep a sensible weight. bench/places.py reports
on the other articles. Contexts are read with the weights of the round before.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from dateline.resolve import place_weights
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.place_candidates import candidates_of, see
from dateline.resolve.place_evidence import NEVER, evidence
from dateline.resolve.place_scan import Known, scan
from dateline.resolve.place_signs import signs
from dateline.resolve.places import read_place_context
from placesets import Case, read_geovirus, read_lgl, read_re3d

# Not fitted: spelling variants are the rule where names are written in another script, and rare in these sets;
# the sets count "US aircraft" as a place, where nothing happened; and LGL, mostly of one country whose towns
# are called like its people, shows less than other news that a name of the article's country is a place.
FIXED: dict[str, float] = {"inexact": -2.0, "adjective": -6.0, "home": 2.0, "first": -0.3}
PRIOR: dict[str, float] = {
    "bias": -3.5, "country": 3.5, "region": 3.0, "area": 2.0, "district": 0.5, "people": 1.0,
    "near": 1.5, "contains": 2.5, "strong lead": 1.5, "weak lead": 0.5, "type word": 3.0,
    "container": 3.0, "ordinary word": -3.0, "ordinary word, large place": -1.5, "person": -3.0, "title": -4.0,
    "speaks": -1.5, "acronym": -4.0, "several words": 1.0, "capitals": -0.5,
    "common": -2.0, "dwellers": 1.0, "headed": 2.0, **FIXED,
}  # fmt: skip
PULL = 2.0
SIGNS = tuple(place_weights.SIGNS)


def rows_of(cases: Iterable[Case], gazetteer: Gazetteer) -> tuple[np.ndarray, np.ndarray]:
    """Return the signs of each name that a place bears, and whether the gold has it."""
    rows, gold = [], []
    for case in cases:
        article = case.article
        context = read_place_context(article, gazetteer)
        known = Known(gazetteer, context.main_countries())
        found = scan(article.text, 0, len(article.text), known, all_caps=context.capitals)
        for candidate in candidates_of(article, see(article, found.names, known), context, gazetteer):
            if not candidate.matches or evidence(candidate, context) == NEVER:
                continue
            name = candidate.name
            applies = signs(candidate, context) | {"bias": 1.0}
            if "adjective" in applies:
                continue
            rows.append([applies.get(sign, 0.0) for sign in SIGNS])
            gold.append(any(item.start < name.end and name.start < item.end for item in case.gold))
    return np.array(rows), np.array(gold, dtype=float)


def fit(rows: np.ndarray, gold: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Return the weights with the best likelihood under the pull."""
    prior = np.array([PRIOR[sign] for sign in SIGNS])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        likely = 1 / (1 + np.exp(-odds))
        away = weights - prior
        value = float(worth @ (np.logaddexp(0, odds) - gold * odds)) + PULL * float(away @ away)
        return float(value), np.where(free, rows.T @ (worth * (likely - gold)) + 2 * PULL * away, 0.0)

    free = np.array([sign not in FIXED for sign in SIGNS])
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def shown(rows: np.ndarray, gold: np.ndarray, weights: np.ndarray) -> str:
    """Return precision and recall among the names that a place bears."""
    said = rows @ weights >= 0
    right = float((said & (gold > 0)).sum())
    return f"{len(gold)} names, P {right / said.sum():.3f} R {right / gold.sum():.3f}"


def main() -> None:
    """Fit and print, or write, the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/gazetteer"))
    parser.add_argument("--half", choices=("even", "odd"), default="even")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = [
        list(read_lgl(given.data / "geo" / "lgl.xml")),
        list(read_geovirus(given.data / "geo" / "GeoVirus.xml")),
        list(read_re3d(given.data / "re3d")),
    ]
    start = 0 if given.half == "even" else 1
    with open_gazetteer(given.cache) as gazetteer:
        for _ in range(given.rounds):
            inside = [rows_of(cases[start::2], gazetteer) for cases in sets]
            outside = [rows_of(cases[1 - start :: 2], gazetteer) for cases in sets]
            # Each set counts alike: they differ in size, and none is more like the news to come than another.
            worth = np.concatenate([np.full(len(gold), 2000 / len(gold)) for _, gold in inside])
            weights = fit(
                np.concatenate([rows for rows, _ in inside]),
                np.concatenate([gold for _, gold in inside]),
                worth,
            )
            for (rows, gold), (others, truth) in zip(inside, outside, strict=True):
                print("fitted", shown(rows, gold, weights), "| left out", shown(others, truth, weights))
            table = {sign: round(float(value), 2) for sign, value in zip(SIGNS, weights, strict=True)}
            place_weights.recognition_weights().update(table)
    print(yaml.safe_dump(table, sort_keys=False))
    if given.write:
        file = place_weights.SIGNS_FILE
        head = [line for line in file.read_text("utf-8").splitlines() if line[:1] == "#"]
        file.write_text("\n".join(head) + "\n" + yaml.safe_dump(table, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main()
