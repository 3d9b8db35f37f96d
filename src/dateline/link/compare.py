"""The scorer: a table of named features with weights, constraints that no score overrides, and the answer.

The score is the logistic of a weighted sum, as in Fellegi and Sunter's record linkage (1969) with weights
set by hand; every Join carries what each feature added, so that a reader can see why.
"""

import math
from collections.abc import Callable, Iterator

import msgspec

from dateline.link import features
from dateline.link.profiles import Profile
from dateline.link.relations import TypeRelations
from dateline.model.event import Feature, Join

Compare = Callable[[Profile, Profile], float]


class Weighted(msgspec.Struct, frozen=True):
    """A feature of the table: its name, its function, and what a value of 1 adds to the sum.

    Where `by_type` is true, a positive value adds less the less the two types are related.
    """

    name: str
    compare: Compare
    weight: float
    by_type: bool = False


# What two reports start with before anything is compared: most pairs are two happenings.
BIAS = -4.0
TYPE_WEIGHT = 1.5

# Set by reasoning on which agreements should do: same type, day and town join (1.5 + 2.5 + 2.5 - 4 = 2.5);
# same type and day in one province need an actor or wording beside them; same type and day in one country
# need two. In one article a repeated type is enough unless something speaks against it. A copied sentence
# does nearly as much as day and town together. Re-run bench/link.py and tests/link after a change.
TABLE: tuple[Weighted, ...] = (
    Weighted("time", features.time_agreement, 2.5),
    Weighted("place", features.place_agreement, 2.5),
    Weighted("actors", features.actor_agreement, 1.0),
    Weighted("targets", features.target_agreement, 1.0),
    Weighted("figures", features.figure_agreement, 1.0),
    Weighted("instruments", features.instrument_agreement, 0.5),
    Weighted("wording", features.wording_agreement, 3.0),
    Weighted("same_article", features.same_article, 3.0, by_type=True),
    Weighted("status", features.status_difference, 0.5),
    Weighted("currency", features.currency_difference, 1.0),
)

# What is left of a `by_type` feature for types that are hardly related: an article mostly returns to one
# happening under the same name, now and then under another ("the raid", "the killing").
LEAST_BY_TYPE = 0.4

# A pair joins two groups from this score on; it is the sum 0.85, between "same type, day and town" (0.92)
# and "same type and day in one province" (0.71 with a neutral rest).
JOIN_SCORE = 0.7


class Scorer:
    """Compares profiles under one ontology; keeps the type relations that it has looked up."""

    def __init__(self, types: TypeRelations) -> None:
        self._types = types
        self._related: dict[tuple[str, str], float] = {}

    def related(self, a: str, b: str) -> float:
        """Return how far two types may name one happening (0..1)."""
        key = (a, b) if a <= b else (b, a)
        value = self._related.get(key)
        if value is None:
            value = self._related[key] = 1.0 if a == b else self._types.related(*key)
        return value

    def comparable(self, a: Profile, b: Profile) -> bool:
        """Tell whether no constraint forbids that two reports are one happening.

        Forbidden are unrelated types, a warning beside a fact, dates FAR_DAYS or more apart, and places in
        different countries or FAR_KM beyond what their radii explain.
        """
        if a.reality != b.reality or self.related(a.type, b.type) <= 0:
            return False
        if a.days and b.days and features.days_between(a.days, b.days) >= features.FAR_DAYS:
            return False
        return features.place_agreement(a, b) > -1.0

    def _parts(self, left: Profile, right: Profile) -> Iterator[tuple[str, float, float]]:
        """Give name, value and addition to the sum of each feature that tells something."""
        related = self.related(left.type, right.type)
        yield "bias", 1.0, BIAS
        yield "type", related, TYPE_WEIGHT * related
        for entry in TABLE:
            value = entry.compare(left, right)
            if value:
                share = LEAST_BY_TYPE + (1 - LEAST_BY_TYPE) * related if entry.by_type and value > 0 else 1.0
                yield entry.name, value, entry.weight * value * share

    def total(self, a: Profile, b: Profile) -> float:
        """Return the weighted sum of all features."""
        left, right = (a, b) if a.id <= b.id else (b, a)
        total = 0.0
        for _, _, added in self._parts(left, right):
            total += added
        return total

    def score(self, a: Profile, b: Profile) -> float:
        """Return the score (0..1) of two reports being one happening."""
        return logistic(self.total(a, b))

    def join(self, a: Profile, b: Profile) -> Join:
        """Return the score with what each feature added to it; features that tell nothing are left out."""
        left, right = (a, b) if a.id <= b.id else (b, a)
        found = tuple(
            Feature(name, round(value, 4), round(added, 4)) for name, value, added in self._parts(left, right)
        )
        return Join(left=left.id, right=right.id, score=round(self.score(left, right), 4), features=found)


def logistic(total: float) -> float:
    """Return 1 / (1 + e^-total) without overflow."""
    if total >= 0:
        return 1.0 / (1.0 + math.exp(-total))
    raised = math.exp(total)
    return raised / (1.0 + raised)
