"""Group reports into happenings: greedy average linkage under constraints, the same in any order of input.

Pairs are taken from the highest score down, ties by id. A pair joins its two groups when no constraint
stands between any of their members and the average score of all pairs of texts between them, weighed by how
much they tell, is high enough, so that one bridging report cannot chain two happenings together.

What a single text tells without a time or a place, and nothing took up, is looked at once more when all groups
stand: it goes to the one that it agrees with best on average, for which less will do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from dateline.link.features import FAR_DAYS

# The average over the texts of two groups may be lower than what a single pair needs, for some reports
# are terse and some dates are read wrongly. On thirty dev worlds B³ F1 is about the same from 0.3 to 0.4 (0.81)
# and falls from there on; origins are right most often at 0.37, look-alikes join from 0.35 down.
AVERAGE_SCORE = 0.37

# ... and lower still for a terse text that is left alone, as it joins one group and brings nobody along. On 54
# dev worlds, mentions given, 341 of 596 origins are right at 0.2 and 346 from 0.1 down; B³ F1 hardly moves.
# A second look at texts that give day and place as well took 0.014 of CoNLL on clusters of GED, whose reports
# all give both.
LONE_AVERAGE_SCORE = 0.1

# Groups larger than this are compared by that many of their members, evenly spread over their ids. Days,
# which are kept for the whole group, and verdicts are always checked for every member.
SAMPLE = 16


class Edge(msgspec.Struct, frozen=True):
    """A pair of positions, left < right, with the score (0..1) of their being one happening.

    `late` is true where it joined a text that had been left alone.
    """

    left: int
    right: int
    score: float
    late: bool = False


class Constraints(msgspec.Struct, frozen=True, kw_only=True):
    """What no score overrides: pairs that people joined, newest first, pairs that they parted, and days.

    `days` holds the first and last day of each position, None where it is undated; `comparable` tells
    whether two positions may be one happening at all. `telling` weighs each position in an average: a report
    without time and place says little about whether two groups are one; empty means all alike. `texts` says
    in which text each position stands: two texts agree as well as the best pair of their positions does, for
    one that tells a happening at length says much beside it. Empty means that each is a text of its own, and
    that nothing is looked at twice. `terse` says which positions leave a time or a place unsaid; empty: all.
    """

    must: Sequence[tuple[int, int]] = ()
    cannot: Mapping[int, frozenset[int]] = {}
    days: Sequence[tuple[int, int] | None]
    comparable: Callable[[int, int], bool]
    telling: Sequence[float] = ()
    texts: Sequence[str] = ()
    terse: Sequence[bool] = ()


class _Group:
    """One growing group with the latest start and the earliest end among its dated members."""

    def __init__(self, member: int, days: tuple[int, int] | None) -> None:
        self.members = [member]
        self.latest_start = days[0] if days else None
        self.earliest_end = days[1] if days else None

    def take(self, other: "_Group") -> None:
        self.members = sorted(self.members + other.members)
        starts = [day for day in (self.latest_start, other.latest_start) if day is not None]
        ends = [day for day in (self.earliest_end, other.earliest_end) if day is not None]
        self.latest_start = max(starts, default=None)
        self.earliest_end = min(ends, default=None)

    def sample(self) -> Sequence[int]:
        if len(self.members) <= SAMPLE:
            return self.members
        return [self.members[len(self.members) * step // SAMPLE] for step in range(SAMPLE)]

    def far_from(self, other: "_Group") -> bool:
        return _apart(self, other) >= FAR_DAYS or _apart(other, self) >= FAR_DAYS


def _apart(early: _Group, late: _Group) -> int:
    if early.earliest_end is None or late.latest_start is None:
        return 0
    return late.latest_start - early.earliest_end


def cluster(
    edges: Iterable[Edge],
    constraints: Constraints,
    score: Callable[[int, int], float],
    begun: Iterable[Sequence[int]] = (),
) -> tuple[tuple[tuple[int, ...], ...], tuple[Edge, ...]]:
    """Return the groups of positions, sorted, and the edges that joined them.

    Positions run over `constraints.days`. `score` gives the score of any pair; it is asked for pairs that
    `edges` does not hold when two groups are compared. `begun` are groups that stand before any score is
    looked at, as far as no verdict parts them.
    """
    growing = _Growing(constraints, score)
    first = [(pair, growing.parted) for pair in constraints.must]
    first += [(pair, growing.forbidden) for members in begun for pair in pairwise(members)]
    for (left, right), kept_apart in first:
        one, two = growing.of(left), growing.of(right)
        if one is not two and not kept_apart(one, two):
            growing.merge(left, right)
    ordered = sorted(edges, key=lambda found: (-found.score, found.left, found.right))
    growing.known.update({(found.left, found.right): found.score for found in ordered})
    used: list[Edge] = []
    refused: set[tuple[int, int, int, int]] = set()
    for found in ordered:
        one, two = growing.of(found.left), growing.of(found.right)
        # Many edges lie between two large groups: what they gave once, they give until one of them grows.
        between = (one.members[0], len(one.members), two.members[0], len(two.members))
        if one is two or between in refused:
            continue
        if not growing.forbidden(one, two) and growing.average(one, two) >= AVERAGE_SCORE:
            growing.merge(found.left, found.right)
            used.append(found)
        else:
            refused.add(between)
    if constraints.texts:
        used += _second_look(growing, ordered)
    return growing.groups(), tuple(used)


class _Offer(msgspec.Struct, frozen=True):
    """What joins a group that stands in one text to another group, by the highest edge between them."""

    average: float
    edge: Edge
    lone: int


def _second_look(growing: "_Growing", ordered: Sequence[Edge]) -> Iterator[Edge]:
    """Join what a single text tells alone to the group that it fits best; give the edges that did."""
    best: dict[int, _Offer] = {}
    seen: set[tuple[int, int]] = set()
    for edge in ordered:
        one, two = growing.of(edge.left), growing.of(edge.right)
        between = (one.members[0], two.members[0])
        if one is two or between in seen:
            continue
        seen.update((between, between[::-1]))
        lone = [group.members[0] for group in (one, two) if growing.is_lone(group)]
        if not lone or growing.forbidden(one, two):
            continue
        average = growing.average(one, two)
        for position in lone if average >= LONE_AVERAGE_SCORE else ():
            if position not in best or average > best[position].average:
                best[position] = _Offer(average, edge, position)
    for offer in sorted(best.values(), key=lambda offer: (-offer.average, -offer.edge.score, offer.lone)):
        one, two = growing.of(offer.edge.left), growing.of(offer.edge.right)
        # Another text may have come to it meanwhile, or it to another.
        if growing.is_lone(growing.of(offer.lone)) and one is not two and not growing.forbidden(one, two):
            growing.merge(offer.edge.left, offer.edge.right)
            yield msgspec.structs.replace(offer.edge, late=True)


class _Growing:
    """The groups as they stand, and what was found out of pairs, for that is asked again and again."""

    def __init__(self, constraints: Constraints, score: Callable[[int, int], float]) -> None:
        self.known: dict[tuple[int, int], float] = {}
        self._comparable: dict[tuple[int, int], bool] = {}
        self._constraints, self._score = constraints, score
        self._of = [_Group(position, days) for position, days in enumerate(constraints.days)]

    def of(self, position: int) -> _Group:
        return self._of[position]

    def groups(self) -> tuple[tuple[int, ...], ...]:
        found = {group.members[0]: group for group in self._of}
        return tuple(sorted(tuple(group.members) for group in found.values()))

    def merge(self, left: int, right: int) -> None:
        keep, give = sorted((self._of[left], self._of[right]), key=lambda group: group.members[0])
        for member in give.members:
            self._of[member] = keep
        keep.take(give)

    def is_lone(self, group: _Group) -> bool:
        """Tell whether all of a group stands in one text, which leaves a time or a place unsaid."""
        texts, terse = self._constraints.texts, self._constraints.terse
        if terse and not all(terse[member] for member in group.members):
            return False
        return len({texts[member] for member in group.members}) == 1

    def parted(self, left: _Group, right: _Group) -> bool:
        """Tell whether a verdict stands between any two members."""
        cannot = self._constraints.cannot
        small, large = (left, right) if len(left.members) <= len(right.members) else (right, left)
        kept_apart = [cannot[member] for member in small.members if member in cannot]
        return any(member in apart for apart in kept_apart for member in large.members)

    def forbidden(self, left: _Group, right: _Group) -> bool:
        """Tell whether anything that no score overrides stands between two groups."""
        if left.far_from(right) or self.parted(left, right):
            return True
        return not all(self._may_be_one(a, b) for a in left.sample() for b in right.sample())

    def _may_be_one(self, a: int, b: int) -> bool:
        pair = (a, b) if a < b else (b, a)
        found = self._comparable.get(pair)
        if found is None:
            found = self._comparable[pair] = self._constraints.comparable(*pair)
        return found

    def average(self, left: _Group, right: _Group) -> float:
        """Return the average score of all pairs of texts between two groups, weighed by how much they tell."""
        telling, texts = self._constraints.telling, self._constraints.texts
        best: dict[tuple[str | int, str | int], tuple[float, float]] = {}
        for a in left.sample():
            for b in right.sample():
                between = (texts[a], texts[b]) if texts else (a, b)
                found = self._known_score(a, b), telling[a] * telling[b] if telling else 1.0
                best[between] = max(best.get(between, found), found)
        return sum(value * weight for value, weight in best.values()) / sum(
            weight for _, weight in best.values()
        )

    def _known_score(self, a: int, b: int) -> float:
        pair = (a, b) if a < b else (b, a)
        value = self.known.get(pair)
        if value is None:
            value = self.known[pair] = self._score(*pair)
        return value
