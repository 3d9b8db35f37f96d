"""Fit the weights by which linking compares two reports (data/link/weights.yaml).

Usage: python scripts/fit_pairs.py [--data FOLDER] [--cache FOLDER] [--rows N] [--write]

A logistic model with few parameters: a bias, and for each feature of `link.compare` what agreement adds and
what contradiction takes off, none negative. It is fitted to the pairs of the fitting half of UCDP GED (see
`dateline.evaluate.pairs.ged`) around the weights of PRIOR, set by reasoning on which agreements should do:
squared distance from them costs PRIOR_STRENGTH, so that a feature on which the pairs say nothing (background,
mentions in one article) keeps its reasoned weight, and one on which they say much follows them. Those of HELD
are not fitted: GED counts a day's fighting between two sides in a place as one event, whatever it consists of,
and always gives a place: it cannot teach what types, figures and a missing place tell. Without --write the
weights are only shown.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.config import DATA
from dateline.evaluate.pairs.ged import Pair, ged_pairs
from dateline.evaluate.pairs.reading import open_readings
from dateline.link.compare import BY_FAMILY, OTHER_TYPE, TABLE, TYPE, Scorer
from dateline.link.profiles import profile_of
from dateline.ontology import load_ontology

# Same type, day and town join (1.5 + 2.5 + 2.5 - 4 = 2.5); same type and day in one province need an actor or
# wording beside them; in one article a repeated type is nearly enough unless something speaks against it.
# A copied sentence does as much as day and town together.
PRIOR_BIAS = -4.0
PRIOR: dict[str, tuple[float, float]] = {
    "type": (1.5, 0.0),
    "other_type": (0.0, 2.5),
    "time": (2.5, 2.5),
    "other_day": (0.0, 1.5),
    "untimed": (0.0, 2.5),
    "place": (2.5, 2.5),
    "containment": (2.5, 2.5),
    "unplaced": (0.0, 1.5),
    "actors": (1.0, 1.0),
    "targets": (1.0, 1.0),
    "parties": (0.3, 0.5),
    "figures": (1.0, 0.0),
    "figures_clash": (0.0, 0.5),
    "instruments": (0.5, 0.0),
    "wording": (3.0, 0.0),
    "names": (0.5, 0.0),
    "follow_up": (0.5, 1.0),
    "same_article": (2.8, 3.0),
    "reference": (0.4, 1.5),
    "status": (0.0, 0.5),
    "reality": (0.0, 1.0),
    "currency": (0.0, 2.0),
}
HELD = frozenset({"type", "other_type", "figures_clash", "unplaced", "untimed"})
# How many pairs the reasoned weights are worth, per squared unit; set on the fitting half by its own halves.
PRIOR_STRENGTH = 5.0
HELD_STRENGTH = 1e9
# A pair joins from this score on: the best on the fitting half (printed below).
JOIN = 0.5

Matrix = npt.NDArray[np.float64]


def columns() -> list[tuple[str, int]]:
    """Return the parameters beside the bias: feature and 0 for agreement or 1 for contradiction."""
    return [(name, part) for name, weights in PRIOR.items() for part in (0, 1) if weights[part] > 0]


def matrix(pairs: Sequence[Pair]) -> tuple[Matrix, Matrix]:
    """Return the features of `pairs`, contradiction negative, with a first column of ones; and what is gold."""
    scorer = Scorer(load_ontology())
    at = {column: place for place, column in enumerate(columns(), 1)}
    rows = np.zeros((len(pairs), len(at) + 1))
    rows[:, 0] = 1.0
    for row, pair in zip(rows, pairs, strict=True):
        left, right = sorted((profile_of(pair.left), profile_of(pair.right)), key=lambda one: one.id)
        related = scorer.related(left.type, right.type)
        row[at[TYPE, 0]] = related
        row[at[OTHER_TYPE, 1]] = -1.0 if related <= BY_FAMILY else 0.0
        for name, value in scorer.values(left, right):
            row[at[name, int(value < 0)]] = value
    return rows, np.array([float(pair.same) for pair in pairs])


def fit(rows: Matrix, gold: Matrix, strength: float = PRIOR_STRENGTH) -> Matrix:
    """Return the bias and the weights of greatest posterior, by projected Newton steps."""
    prior = np.array([PRIOR_BIAS, *(PRIOR[name][part] for name, part in columns())])
    pull = np.array([strength, *(HELD_STRENGTH if name in HELD else strength for name, _ in columns())])
    weights = prior.copy()
    for _ in range(100):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - gold) + pull * (weights - prior)
        curve = (rows.T * (chance * (1 - chance))) @ rows + np.diag(pull)
        step = weights - np.linalg.solve(curve, slope)
        step[1:] = np.maximum(step[1:], 0.0)
        if np.abs(step - weights).max() < 1e-7:
            break
        weights = step
    return weights


def f1(rows: Matrix, gold: Matrix, weights: Matrix, join: float = JOIN) -> float:
    """Return F1 of the pairs that join."""
    joined = 1.0 / (1.0 + np.exp(-rows @ weights)) >= join
    both = joined.sum() + gold.sum()
    return float(2 * (joined * gold).sum() / both) if both else 0.0


def as_yaml(weights: Matrix) -> str:
    """Return the content of the data file."""
    parts: dict[str, list[str]] = {name: [] for name in (TYPE, OTHER_TYPE, *(entry.name for entry in TABLE))}
    for (name, part), weight in zip(columns(), weights[1:], strict=True):
        parts[name].append(f"{('agree', 'differ')[part]}: {weight:.2f}")
    lines = [f"  {name}: {{{', '.join(given)}}}" for name, given in parts.items()]
    head = "# Written by scripts/fit_pairs.py: what each feature of link.compare adds at 1 and takes off at -1."
    return "\n".join((head, f"bias: {weights[0]:.2f}", f"join: {JOIN}", "features:", *lines, ""))


def main() -> int:
    """Fit, show, and write where asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".cache"))
    parser.add_argument("--rows", type=int, default=700)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    readings = open_readings(asked.cache, "ged", "patterns")
    pairs = [pair for pair in ged_pairs(asked.data, asked.rows, readings) if pair.fitting]
    rows, gold = matrix(pairs)
    half = np.arange(len(pairs)) % 2 == 0
    for strength in (2.0, 5.0, 20.0, 80.0):
        held = [f1(rows[~part], gold[~part], fit(rows[part], gold[part], strength)) for part in (half, ~half)]
        print(
            f"prior of strength {strength:5.0f}: F1 {sum(held) / 2:.3f} on the other half of the fitting pairs"
        )
    weights = fit(rows, gold)
    for join in (0.4, 0.5, 0.6, 0.7, 0.8):
        print(f"joined from {join} on: F1 {f1(rows, gold, weights, join):.3f} on the fitting pairs")
    print(f"{len(pairs)} pairs, {int(gold.sum())} of one event; F1 {f1(rows, gold, weights):.3f} on them")
    text = as_yaml(weights)
    print(text)
    if asked.write:
        (DATA / "link" / "weights.yaml").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
