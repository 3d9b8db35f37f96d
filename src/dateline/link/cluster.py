"""Group reports into happenings: greedy average linkage under constraints, the same in any order of input.

Pairs are taken from the highest score down, ties by id. A pair joins its two groups when no constraint
stands between any of their members and the average score of all pairs between them, weighed by how much they
tell, is high enough, so that one bridging report cannot chain two happenings together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from dateline.link.features import FAR_DAYS

# The average over all pairs between two groups may be lower than what a single pair needs, for some reports
# are terse and some dates are read wrongly. At 0.5 fewer join; at 0.3 look-alikes do. Tried on the dev worlds,
# each linked with weights fitted to the others.
AVERAGE_SCORE = 0.4

# Groups larger than this are compared by that many of their members, evenly spread over their ids. Days,
# which are kept for the whole group, and verdicts are always checked for every member.
SAMPLE = 16


class Edge(msgspec.Struct, frozen=True):
    """A pair of positions, left < right, with the score (0..1) of their being one happening."""

    left: int
    right: int
    score: float


class Constraints(msgspec.Struct, frozen=True, kw_only=True):
    """What no score overrides: pairs that people joined, newest first, pairs that they parted, and days.

    `days` holds the first and last day of each position, None where it is undated; `comparable` tells
    whether two positions may be one happening at all. `telling` weighs each position in an average: a report
    without time and place says little about whether two groups are one; empty means all alike.
    """

    must: Sequence[tuple[int, int]] = ()
    cannot: Mapping[int, frozenset[int]] = {}
    days: Sequence[tuple[int, int] | None]
    comparable: Callable[[int, int], bool]
    telling: Sequence[float] = ()


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
    groups = {position: _Group(position, days) for position, days in enumerate(constraints.days)}
    of = list(range(len(constraints.days)))

    def merge(left: int, right: int) -> None:
        keep, give = sorted((of[left], of[right]))
        for member in groups[give].members:
            of[member] = keep
        groups[keep].take(groups.pop(give))

    first = [(pair, _parted) for pair in constraints.must]
    first += [(pair, _forbidden) for members in begun for pair in pairwise(members)]
    for (left, right), kept_apart in first:
        if of[left] != of[right] and not kept_apart(groups[of[left]], groups[of[right]], constraints):
            merge(left, right)
    ordered = sorted(edges, key=lambda found: (-found.score, found.left, found.right))
    known = {(found.left, found.right): found.score for found in ordered}
    used: list[Edge] = []
    for found in ordered:
        one, two = groups[of[found.left]], groups[of[found.right]]
        if one is two or _forbidden(one, two, constraints):
            continue
        if _average(one, two, known, score, constraints.telling) >= AVERAGE_SCORE:
            merge(found.left, found.right)
            used.append(found)
    return tuple(sorted(tuple(group.members) for group in groups.values())), tuple(used)


def _parted(left: _Group, right: _Group, constraints: Constraints) -> bool:
    small, large = (left, right) if len(left.members) <= len(right.members) else (right, left)
    kept_apart = [constraints.cannot[member] for member in small.members if member in constraints.cannot]
    return any(member in apart for apart in kept_apart for member in large.members)


def _forbidden(left: _Group, right: _Group, constraints: Constraints) -> bool:
    if left.far_from(right) or _parted(left, right, constraints):
        return True
    return not all(constraints.comparable(a, b) for a in left.sample() for b in right.sample())


def _average(
    left: _Group,
    right: _Group,
    known: Mapping[tuple[int, int], float],
    score: Callable[[int, int], float],
    telling: Sequence[float],
) -> float:
    total = weights = 0.0
    for a in left.sample():
        for b in right.sample():
            pair = (a, b) if a < b else (b, a)
            value = known.get(pair)
            weight = telling[a] * telling[b] if telling else 1.0
            total += weight * (score(*pair) if value is None else value)
            weights += weight
    return total / weights
