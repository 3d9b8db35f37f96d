"""The scorer: a table of named features with fitted weights, constraints that no score overrides, the answer.

The score is the logistic of a weighted sum, as in Fellegi and Sunter's record linkage (1969). Agreement and
contradiction have weights of their own (`data/link/weights.yaml`, fitted by `scripts/fit_pairs.py` around
weights set by reasoning); every Join carries what each feature added, so that a reader can see why.
"""

import math
from collections.abc import Callable, Iterator

import msgspec

from dateline.link import discourse, features, parties, placing, warned
from dateline.link.profiles import SUMMARY_DAYS, Profile
from dateline.link.relations import TypeRelations
from dateline.model.event import Feature, Join
from dateline.ontology.pairing import Weights, load_weights

Compare = Callable[[Profile, Profile], float]


class Entry(msgspec.Struct, frozen=True):
    """A feature of the table: its name and its function, whose docstring says what its values mean.

    Where `by_type` is true, a positive value is less the less the types are related, and 0 where they are not.
    """

    name: str
    compare: Compare
    by_type: bool = False


TABLE: tuple[Entry, ...] = (
    Entry("time", features.time_agreement),
    Entry("stale", features.stale),
    Entry("other_day", features.other_day),
    Entry("untimed", features.untimed),
    Entry("dateless", features.dateless),
    Entry("place", placing.place_agreement),
    Entry("other_town", placing.other_town),
    Entry("containment", placing.containment),
    Entry("unplaced", placing.unplaced),
    Entry("named", placing.place_named),
    Entry("lead", placing.place_in_lead),
    Entry("actors", parties.actor_agreement),
    Entry("targets", parties.target_agreement),
    Entry("objects", parties.object_agreement),
    Entry("parties", parties.party_agreement),
    Entry("figures", features.figure_agreement),
    Entry("figures_clash", features.figure_conflict),
    Entry("own_clash", discourse.clash),
    Entry("instruments", features.instrument_agreement),
    Entry("wording", features.wording_agreement),
    Entry("names", features.name_agreement),
    Entry("follow_up", features.follow_up),
    Entry("same_article", discourse.same_article, by_type=True),
    Entry("reference", discourse.reference, by_type=True),
    Entry("status", features.status_difference),
    Entry("reality", features.reality_difference),
    Entry("summed_up", features.summed_up),
    Entry("recalled", features.recalled_alike),
    Entry("currency", features.currency_difference),
    Entry("ahead", warned.both_ahead),
    Entry("warned", warned.warned_alike, by_type=True),
)
# Two features look at the types alone and stand before the table: how far they may name one happening (0..1),
# and -1 where they have nothing but their family in common.
TYPE, OTHER_TYPE = "type", "other_type"

# Features that take something off because nothing is said, and not because something else is.
SILENT = frozenset({"unplaced", "dateless", "currency"})

# How far two types of one family may name one happening where the ontology does not relate them.
BY_FAMILY = 0.1

# A type that the coder was less sure of than this says less: at 0.3 half. Set by reading the sample, where an
# attack that was typed as an air strike at 0.27 joined the next night's air strike.
SURE_TYPE = 0.6

# What is left of a `by_type` feature for types that are hardly related: an article mostly returns to one
# happening under the same name, now and then under another ("the raid", "the killing").
LEAST_BY_TYPE = 0.25


class Scorer:
    """Compares profiles under one ontology; keeps the type relations that it has looked up."""

    def __init__(self, types: TypeRelations, weights: Weights | None = None) -> None:
        self._types = types
        self._related: dict[tuple[str, str], float] = {}
        self._weights = weights or load_weights()
        self.join_score = self._weights.join

    def related(self, a: str, b: str) -> float:
        """Return how far two types may name one happening (0..1)."""
        key = (a, b) if a <= b else (b, a)
        value = self._related.get(key)
        if value is None:
            value = self._related[key] = 1.0 if a == b else self._told_related(*key)
        return value

    def _told_related(self, a: str, b: str) -> float:
        told = self._types.related(a, b)
        return told or (BY_FAMILY if self._types.family(a) == self._types.family(b) else 0.0)

    def comparable(self, a: Profile, b: Profile) -> bool:
        """Tell whether no constraint forbids that two reports are one happening.

        Forbidden are unrelated types, a warning beside a fact, a summary beside what it counts, undated
        background beside the news of its own article, dates FAR_DAYS or more apart, warnings of two half years
        (`warned.far_apart`), and places in different countries or FAR_KM beyond what their radii explain.
        """
        return self.related(a.type, b.type) > 0 and self.may_meet(a, b)

    def may_meet(self, a: Profile, b: Profile) -> bool:
        """Tell whether two reports may stand in one group that others join.

        They may where they are comparable, and where all that forbids it are two unrelated types of violence:
        one reading takes a riot for an assault.
        """
        if a.reality != b.reality or not self._may_name_one(a.type, b.type):
            return False
        if _counts(a, b) or _counts(b, a):
            return False
        if a.article == b.article and a.background != b.background and not (a.days and b.days):
            return False
        if features.far_apart(a, b) or warned.far_apart(a, b):
            return False
        return placing.places_agree(a.places, b.places) > -1.0

    def _may_name_one(self, a: str, b: str) -> bool:
        return self.related(a, b) > 0 or (self._types.is_violent(a) and self._types.is_violent(b))

    def _parts(self, left: Profile, right: Profile) -> Iterator[tuple[str, float, float]]:
        """Give name, value and addition to the sum of each feature that tells something."""
        known = self._weights.features
        related = self.related(left.type, right.type)
        yield "bias", 1.0, self._weights.bias
        told = related * min(1.0, left.sure / SURE_TYPE, right.sure / SURE_TYPE)
        yield TYPE, told, known[TYPE].agree * told
        if related <= BY_FAMILY:
            yield OTHER_TYPE, -1.0, -known[OTHER_TYPE].differ
        for name, value in self.values(left, right):
            weight = known[name].agree if value > 0 else known[name].differ
            yield name, value, weight * value

    def values(self, left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
        """Give name and value of each feature that tells something, weighed by type where so marked."""
        related = self.related(left.type, right.type)
        share = LEAST_BY_TYPE + (1 - LEAST_BY_TYPE) * related if related > BY_FAMILY else 0.0
        for entry in TABLE:
            value = entry.compare(left, right)
            if entry.by_type and value > 0:
                value *= share
            if value:
                yield entry.name, value

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

    def standing(self, a: Profile, b: Profile, unsaid: float) -> float:
        """Return the score, or `unsaid` where it is lower only because they leave too much unsaid."""
        left, right = (a, b) if a.id <= b.id else (b, a)
        total, against = 0.0, False
        for name, value, added in self._parts(left, right):
            total += added
            against = against or (value < 0 and name not in SILENT)
        found = logistic(total)
        return found if against else max(found, unsaid)

    def join(self, a: Profile, b: Profile) -> Join:
        """Return the score with what each feature added to it; features that tell nothing are left out."""
        left, right = (a, b) if a.id <= b.id else (b, a)
        found = tuple(
            Feature(name, round(value, 4), round(added, 4)) for name, value, added in self._parts(left, right)
        )
        return Join(left=left.id, right=right.id, score=round(self.score(left, right), 4), features=found)


def _counts(summary: Profile, part: Profile) -> bool:
    """Tell whether one sums up what the other is a part of: it has a day of its own, or is told beside it."""
    if summary.narrative != "summary" or part.narrative == "summary":
        return False
    if summary.article == part.article:
        return True
    return part.days is not None and part.days[1] - part.days[0] + 1 < SUMMARY_DAYS


def logistic(total: float) -> float:
    """Return 1 / (1 + e^-total) without overflow."""
    if total >= 0:
        return 1.0 / (1.0 + math.exp(-total))
    raised = math.exp(total)
    return raised / (1.0 + raised)
