"""Logistic regression on a few named features, small enough to be fitted at evaluation time."""

import math
from collections.abc import Mapping, Sequence

import msgspec

Features = Mapping[str, float]
# The step of Adagrad, and the weight of the square of the weights per example.
STEP = 0.2
DECAY = 1e-4
_LARGE = 30.0  # beyond this score the answer is sure


class Judge(msgspec.Struct, frozen=True):
    """Weights of features; the one called "" is the constant."""

    weights: Mapping[str, float]

    def score(self, features: Features) -> float:
        """Return the log odds of yes."""
        return sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Features) -> float:
        """Return the probability of yes, 0..1."""
        return _logistic(self.score(features))


def fit(examples: Sequence[tuple[Features, bool]], *, rounds: int = 10, decay: float = DECAY) -> Judge:
    """Fit the weights by Adagrad; the same examples in the same order give the same weights.

    Features should be of the order of one.
    """
    index: dict[str, int] = {}
    rows = [
        ([(index.setdefault(name, len(index)), value) for name, value in features.items() if value], told)
        for features, told in examples
    ]
    weights, squares = [0.0] * len(index), [1e-6] * len(index)
    for step in range(rounds):
        # Every round goes through the examples in another fixed order.
        stride = _coprime(len(rows), 7919 + 2 * step)
        for number in range(len(rows)):
            row, told = rows[number * stride % len(rows)]
            error = _logistic(sum(weights[place] * value for place, value in row)) - told
            for place, value in row:
                slope = error * value + decay * weights[place]
                squares[place] += slope * slope
                weights[place] -= STEP * slope / math.sqrt(squares[place])
    return Judge({name: weights[place] for name, place in index.items()})


def _logistic(score: float) -> float:
    if abs(score) > _LARGE:
        return float(score > 0)
    return 1 / (1 + math.exp(-score))


def _coprime(size: int, start: int) -> int:
    while math.gcd(start, size or 1) != 1:
        start += 1
    return start
