"""Reports into groups of one happening: first within each article, then across articles.

What becomes of a report depends on its component alone (see `block`): grouping each of the `components` by
itself gives the same groups as grouping all at once. The steps can also be taken apart: `tell` needs whole
articles, `compare` any candidate pairs, and `settle` whole components, or what `region` finds to be enough.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from dateline.link.block import pairs_across, pairs_within
from dateline.link.cluster import AVERAGE_SCORE, Constraints, Edge, cluster
from dateline.link.compare import Scorer
from dateline.link.profiles import Profile
from dateline.link.tellings import completed
from dateline.model.event import Join

Groups = tuple[tuple[int, ...], ...]
Pairs = Sequence[tuple[int, int]]
Cannot = Mapping[int, frozenset[int]]
FREE: Cannot = MappingProxyType({})


class Told(msgspec.Struct, frozen=True):
    """The groups of positions within single articles, what joined them, and all profiles completed by them."""

    groups: Groups
    edges: Sequence[Edge]
    known: Sequence[Profile]


def group(
    profiles: Sequence[Profile], scorer: Scorer, must: Pairs = (), cannot: Cannot = FREE
) -> tuple[Groups, Mapping[tuple[int, ...], list[Join]]]:
    """Return the groups of positions in `profiles` (sorted by id), and the scored joins of each.

    Mentions of one article that are one happening tell it together (see `tellings`): what one of them leaves
    unsaid is known from the others when it is compared with other articles. `must` and `cannot` are verdicts,
    see `cluster`.
    """
    told = tell(profiles, scorer, cannot)
    edges = compare(pairs_across(profiles, scorer), told.known, scorer)
    groups, used = settle(told, edges, scorer, must, cannot)
    return groups, joins_of(groups, profiles, told, used, scorer)


def tell(profiles: Sequence[Profile], scorer: Scorer, cannot: Cannot = FREE) -> Told:
    """Group what the mentions of single articles tell."""
    edges = compare(pairs_within(profiles, scorer), profiles, scorer)
    groups, used = cluster(edges, _constraints(profiles, scorer, cannot), _standings(profiles, scorer))
    return Told(groups, used, completed(profiles, groups))


def compare(pairs: Iterable[tuple[int, int]], known: Sequence[Profile], scorer: Scorer) -> list[Edge]:
    """Return those of `pairs` whose score is high enough to join."""
    edges = (Edge(left, right, scorer.score(known[left], known[right])) for left, right in pairs)
    return [edge for edge in edges if edge.score >= scorer.join_score]


def settle(
    told: Told, edges: Iterable[Edge], scorer: Scorer, must: Pairs, cannot: Cannot
) -> tuple[Groups, tuple[Edge, ...]]:
    """Return the groups that `edges` between articles make of what these tell, and those that joined any."""
    constraints = _constraints(told.known, scorer, cannot, must)
    constraints = msgspec.structs.replace(
        constraints,
        texts=[profile.article for profile in told.known],
        terse=[profile.days is None or not profile.places for profile in told.known],
    )
    return cluster(edges, constraints, _standings(told.known, scorer), told.groups)


def joins_of(
    groups: Sequence[tuple[int, ...]],
    profiles: Sequence[Profile],
    told: Told,
    used: Iterable[Edge],
    scorer: Scorer,
) -> Mapping[tuple[int, ...], list[Join]]:
    """Return the scored joins of `groups`, within articles and across."""
    of = {position: members for members in groups for position in members}
    joins: dict[tuple[int, ...], list[Join]] = defaultdict(list)
    for edges, compared in ((told.edges, profiles), (used, told.known)):
        for found in edges:
            group = of.get(found.left)
            if group is not None and group == of.get(found.right):
                joins[group].append(scorer.join(compared[found.left], compared[found.right]))
    return joins


def _standings(profiles: Sequence[Profile], scorer: Scorer) -> Callable[[int, int], float]:
    """Return how two members of two groups stand: one that says little does not keep the groups apart."""
    return lambda left, right: scorer.standing(profiles[left], profiles[right], AVERAGE_SCORE)


def _constraints(profiles: Sequence[Profile], scorer: Scorer, cannot: Cannot, must: Pairs = ()) -> Constraints:
    return Constraints(
        must=must,
        cannot=cannot,
        days=[None if profile.borrowed else profile.days for profile in profiles],
        comparable=lambda left, right: scorer.may_meet(profiles[left], profiles[right]),
        telling=[_telling(profile) for profile in profiles],
    )


def _telling(profile: Profile) -> float:
    """Return how much a report says about which happening it means: 1, and 2 more for a time and for a place.

    Set by reading the sample: with equal weights, undated mentions of one article ("the raid") kept its dated
    account of an attack apart from another outlet's.
    """
    return 1.0 + 2.0 * (profile.days is not None) + 2.0 * bool(profile.places)
