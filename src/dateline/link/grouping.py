"""Reports into groups of one happening: first within each article, then across articles.

What becomes of a report depends on its component alone (see `block`): grouping each of the `components` by
itself gives the same groups as grouping all at once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dateline.link.block import candidate_pairs
from dateline.link.cluster import Constraints, Edge, cluster
from dateline.link.compare import Scorer
from dateline.link.profiles import Profile
from dateline.link.tellings import completed
from dateline.model.event import Join

Groups = tuple[tuple[int, ...], ...]
Pairs = Sequence[tuple[int, int]]


def group(
    profiles: Sequence[Profile], scorer: Scorer, must: Pairs = (), cannot: Mapping[int, frozenset[int]] = {}
) -> tuple[Groups, Mapping[tuple[int, ...], list[Join]]]:
    """Return the groups of positions in `profiles` (sorted by id), and the scored joins of each.

    Mentions of one article that are one happening tell it together (see `tellings`): what one of them leaves
    unsaid is known from the others when it is compared with other articles. `must` and `cannot` are verdicts,
    see `cluster`.
    """
    pairs = list(candidate_pairs(profiles, scorer))
    begun, first = _within(pairs, profiles, scorer, cannot)
    known = completed(profiles, begun)
    across = [pair for pair in pairs if profiles[pair[0]].article != profiles[pair[1]].article]
    groups, then = _clustered(across, known, scorer, must, cannot, begun)
    of = {position: members for members in groups for position in members}
    joins: dict[tuple[int, ...], list[Join]] = defaultdict(list)
    for used, compared in ((first, profiles), (then, known)):
        for found in used:
            if of[found.left] == of[found.right]:
                joins[of[found.left]].append(scorer.join(compared[found.left], compared[found.right]))
    return groups, joins


def tellings(profiles: Sequence[Profile], scorer: Scorer) -> Groups:
    """Return the groups of positions within single articles."""
    return _within(list(candidate_pairs(profiles, scorer)), profiles, scorer, {})[0]


def _within(
    pairs: Pairs, profiles: Sequence[Profile], scorer: Scorer, cannot: Mapping[int, frozenset[int]]
) -> tuple[Groups, tuple[Edge, ...]]:
    within = [pair for pair in pairs if profiles[pair[0]].article == profiles[pair[1]].article]
    return _clustered(within, profiles, scorer, (), cannot, ())


def _clustered(
    pairs: Pairs,
    profiles: Sequence[Profile],
    scorer: Scorer,
    must: Pairs,
    cannot: Mapping[int, frozenset[int]],
    begun: Groups,
) -> tuple[Groups, tuple[Edge, ...]]:
    def score(left: int, right: int) -> float:
        return scorer.score(profiles[left], profiles[right])

    edges = (Edge(left, right, score(left, right)) for left, right in pairs)
    constraints = Constraints(
        must=must,
        cannot=cannot,
        days=[None if profile.borrowed else profile.days for profile in profiles],
        comparable=lambda left, right: scorer.comparable(profiles[left], profiles[right]),
        telling=[_telling(profile) for profile in profiles],
    )
    return cluster([edge for edge in edges if edge.score >= scorer.join_score], constraints, score, begun)


def _telling(profile: Profile) -> float:
    """Return how much a report says about which happening it means: 1, and 2 more for a time and for a place.

    Set by reading the sample: with equal weights, undated mentions of one article ("the raid") kept its dated
    account of an attack apart from another outlet's.
    """
    return 1.0 + 2.0 * (profile.days is not None) + 2.0 * bool(profile.places)
