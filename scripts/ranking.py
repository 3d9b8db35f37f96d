"""Fit data/places/ranking.yaml: the weights by which the places that a name may mean are ranked.

    python scripts/ranking.py [--data ../shared/data] [--half even|odd|all] [--write]

A conditional logit: of the places that a name may mean, and of one that no gazetteer holds, the true one should
get the largest share. Names come from incidents of Insecurity Insight and UCDP GED events of Syria (known by
their coordinates), worded as a report would and once more with nothing but their country, and from LGL and
GeoVirus: of all every second article, so that bench/places.py can report on the others (`--half odd` swaps them
to cross-check). A name counts once per article with a container or a type word and once without, and a set for
MOST_WORTH names at most: none is more like the news to come than another. Contexts are read with the weights of
the round before. Weights are pulled towards those by hand (PRIOR), so that features that the data seldom show
keep a sensible weight.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from dateline.resolve import place_weights
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import normalise
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_rank import candidates, is_firm, unlisted
from dateline.resolve.places import clue_of, read_place_context
from placesets import (
    Case,
    Gold,
    ask_incidents,
    ask_syria,
    read_geovirus,
    read_incidents,
    read_lgl,
    read_syria,
)

PRIOR: dict[str, float] = {
    "exactness": 6.0, "population": 0.6, "country": 4.0, "area": 2.5, "area_of": 1.0, "near": 2.0,
    "around": 1.0,
    "inside": 6.0, "sense": 4.0, "seat": -2.5, "capital_name": -2.5, "type": 3.0, "capital": 2.0,
    "country_kind": 5.0,
    "region_kind": 7.0, "area_kind": 1.0, "district_kind": 1.5, "own": 2.0, "area_share": 2.0,
    "of_country": -2.5, "area_population": 0.5, "holds": 2.0, "governed": 2.0, "abroad": -1.0, "beside": -2.0,
    "unlisted": 8.0,
}  # fmt: skip
MOST_WORTH = 600
# Strength of the pull towards PRIOR, per weight; chosen on the halves that were left out.
PULL = 2.0
# Sets whose names are those of the place that the point is of; LGL leaves out what has no entry in GeoNames.
COMPLETE = frozenset({"Syria", "incidents, country", "Syria, country"})
# A candidate is the true place when it lies so near, or within its own radius; of towns so near.
TOWN_KM, AREA_KM = 25.0, 161.0
FEATURES = tuple(place_weights.FEATURES)


class Example(NamedTuple):
    """The candidates of one name as rows of features, and which of them are true; the last is one not held."""

    rows: np.ndarray
    true: np.ndarray
    worth: float = 1.0


def examples(cases: Iterable[Case], gazetteer: Gazetteer, *, complete: bool) -> Iterator[Example]:
    """Yield an example for each name of each case that has candidates.

    Where none is true, the place is one that no gazetteer holds, if the set says so (`complete`) and none lies
    within AREA_KM: else the point may be that of another name, or another middle of the same area.
    """
    for case in cases:
        context = read_place_context(case.article, gazetteer)
        seen: set[tuple[str, bool]] = set()
        for gold in case.gold:
            span = case.article.span(gold.start, gold.end)
            name, clue = clue_of(span, case.article, context, gazetteer)
            if (span.text, is_firm(clue)) in seen:
                continue
            seen.add((span.text, is_firm(clue)))
            scored = candidates(name, clue, context, gazetteer)
            true = [is_true(item.match.place, gold) for item in scored]
            near = any(is_near(item.match.place, gold, AREA_KM) for item in scored)
            missing = not any(true) and complete and not near
            if scored and (any(true) or missing):
                features = [*(item.features for item in scored), unlisted(normalise(name), clue, context)]
                rows = np.array([[one.get(feature, 0.0) for feature in FEATURES] for one in features])
                yield Example(rows, np.array([*true, missing], dtype=bool))


def is_true(place: Place, gold: Gold) -> bool:
    """Tell whether `place` is the one that the gold point stands for."""
    if gold.kind is not None and place.kind != gold.kind:
        return False
    large = place.kind in ("country", "admin1", "region", "natural")
    return is_near(place, gold, AREA_KM if large else TOWN_KM)


def is_near(place: Place, gold: Gold, most: float) -> bool:
    """Tell whether `place` lies within `most` km of the gold point."""
    if place.latitude is None or place.longitude is None:
        return False
    return distance_km((place.latitude, place.longitude), (gold.latitude, gold.longitude)) <= most


def fit(found: list[Example]) -> np.ndarray:
    """Return the weights with the best likelihood under the pull."""
    prior = np.array([PRIOR[name] for name in FEATURES])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, true, worth in found:
            sums = rows @ weights
            powers = np.exp(sums - sums.max())
            shares = powers / powers.sum()
            hit = shares[true].sum()
            total -= worth * np.log(max(hit, 1e-12))
            held = np.where(true, shares / max(hit, 1e-12), 0.0)
            slope -= worth * (rows.T @ (held - shares))
        away = weights - prior
        return total + PULL * float(away @ away), slope + 2 * PULL * away

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def accuracy(found: list[Example], weights: np.ndarray) -> float:
    """Return the share of examples whose first candidate is a true one."""
    hits = sum(bool(true[int(np.argmax(rows @ weights))]) for rows, true, _ in found)
    return hits / max(1, len(found))


def weighed(found: Iterable[Example]) -> list[Example]:
    """Return the examples of one set with their worth."""
    listed = list(found)
    return [one._replace(worth=min(1.0, MOST_WORTH / len(listed))) for one in listed]


def main() -> None:
    """Fit and print, or write, the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache/gazetteer"))
    parser.add_argument("--half", choices=("even", "odd", "all"), default="even")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    sets = {
        "LGL": list(read_lgl(given.data / "geo" / "lgl.xml")),
        "GeoVirus": list(read_geovirus(given.data / "geo" / "GeoVirus.xml")),
        "incidents": list(read_incidents(given.data / "insecurity_insight" / "incidents.jsonl")),
        "Syria": list(read_syria(given.data / "ged_syria" / "events.parquet")),
        "incidents, country": list(ask_incidents(given.data / "insecurity_insight" / "incidents.jsonl")),
        "Syria, country": list(ask_syria(given.data / "ged_syria" / "events.parquet")),
    }
    with open_gazetteer(given.cache) as gazetteer:
        for _ in range(given.rounds):
            inside: list[Example] = []
            outside: dict[str, list[Example]] = {}
            for name, cases in sets.items():
                first = cases[0 if given.half != "odd" else 1 :: 2] if given.half != "all" else cases
                second = cases[1 if given.half != "odd" else 0 :: 2]
                complete = name in COMPLETE
                inside += weighed(examples(first, gazetteer, complete=complete))
                outside[name] = list(examples(second, gazetteer, complete=complete))
            weights = fit(inside)
            print(len(inside), "examples", f"{accuracy(inside, weights):.3f} right")
            for name, found in outside.items():
                print(f"  left out, {name}: {len(found)} {accuracy(found, weights):.3f}")
            table = {name: round(float(value), 2) for name, value in zip(FEATURES, weights, strict=True)}
            place_weights.ranking_weights().update(table)
        print(yaml.safe_dump(table, sort_keys=False))
        if given.write:
            head = [
                line for line in place_weights.WEIGHTS_FILE.read_text("utf-8").splitlines() if line[:1] == "#"
            ]
            place_weights.WEIGHTS_FILE.write_text(
                "\n".join(head) + "\n" + yaml.safe_dump(table, sort_keys=False), "utf-8"
            )


if __name__ == "__main__":
    main()
