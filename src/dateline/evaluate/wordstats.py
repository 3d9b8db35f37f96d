"""A class from words: multinomial naive Bayes with add-one smoothing, learned from counted examples.

What people write of an actor or a weapon ("police officers", "air strikes") is mapped on the classes of another
ontology by counting which words go with which class in its training part. Nothing is tuned.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

SMOOTHING = 1.0


class WordStats(msgspec.Struct, frozen=True):
    """How often each feature was seen with each class, and each class at all."""

    classes: Mapping[str, int]
    features: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    vocabulary: int

    def best(self, features: Iterable[str]) -> str | None:
        """Return the likeliest class; None where no feature was ever seen. Ties go by the class's name."""
        known = [self.features[feature] for feature in features if feature in self.features]
        if not known:
            return None
        return min(self.classes, key=lambda name: (-self._log_likelihood(name, known), name))

    def _log_likelihood(self, name: str, known: Sequence[Mapping[str, int]]) -> float:
        below = self.totals[name] + SMOOTHING * self.vocabulary
        value = math.log(self.classes[name])
        return value + sum(math.log((counts.get(name, 0) + SMOOTHING) / below) for counts in known)


def learn(examples: Iterable[tuple[str, Iterable[str]]]) -> WordStats:
    """Count examples, each a class and its features."""
    classes: Counter[str] = Counter()
    features: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for name, seen in examples:
        classes[name] += 1
        for feature in seen:
            features.setdefault(feature, Counter())[name] += 1
            totals[name] += 1
    return WordStats(
        classes=dict(sorted(classes.items())),
        features={feature: dict(counts) for feature, counts in features.items()},
        totals={name: totals[name] for name in classes},
        vocabulary=len(features),
    )
