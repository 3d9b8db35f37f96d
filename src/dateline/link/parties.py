"""The features of who did it and to whom, with values in -1..1 as those of `features`."""

from collections.abc import Sequence, Set

from dateline.link.actorkeys import Actor
from dateline.link.profiles import Profile

# An actor named as target elsewhere ("X clashed with Y", "Y clashed with X") counts this much.
SWAPPED_ROLE = 0.7
# "Civilians" in both.
SAME_CROWD = 0.4
# Two names of one kind and country, or two bodies of one state: perhaps one acted for the other.
SAME_STATE = 0.2
# "Militants" may be any group.
SAME_KIND = 0.1
DIFFERENT, UNLIKE = -0.6, -0.2
# A rebel group and a force of a state: hardly one act, but for a fight, which names both in either.
OPPOSED = -1.0

_STATE = frozenset({"military", "police", "government"})
_REBELS = frozenset({"armed_group"})
_ORDER = frozenset({"military", "police", "coalition", "intergovernmental"})
# A fight has two sides.
BOTH_SIDES = 2


def actor_agreement(a: Profile, b: Profile) -> float:
    """1 for the same actor, less for one of the same kind and country; negative for two different ones."""
    return _in_either_role(actors_agree(a.actors, b.actors), a, b)


def target_agreement(a: Profile, b: Profile) -> float:
    """As for actors, for those it was done to."""
    return _in_either_role(actors_agree(a.targets, b.targets), a, b)


def object_agreement(a: Profile, b: Profile) -> float:
    """Telling words that what was hit is called by in both, as a share of the shorter wording; 0 or more."""
    shares = (
        words_agree(left.words, right.words)
        for left in a.targets
        for right in b.targets
        if not (left.named and right.named)
    )
    return max(shares, default=0.0)


def words_agree(a: Set[str], b: Set[str]) -> float:
    """Return how many of the shorter wording's words both have, as a share (0..1)."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def party_agreement(a: Profile, b: Profile) -> float:
    """1 where both name the same two parties, in whatever role; -1 where they name two and share fewer."""
    if len(a.parties) < BOTH_SIDES or len(b.parties) < BOTH_SIDES:
        return 0.0
    return 1.0 if len(a.parties & b.parties) >= BOTH_SIDES else -1.0


def _in_either_role(value: float, a: Profile, b: Profile) -> float:
    """Return `value`, or more where both sides have changed places."""
    crossed = min(actors_agree(a.actors, b.targets), actors_agree(a.targets, b.actors))
    return max(value, SWAPPED_ROLE * crossed) if crossed > 0 else value


def actors_agree(a: Sequence[Actor], b: Sequence[Actor]) -> float:
    """Return how well the best pair of two sets of actors agrees; 0 where one is empty."""
    if not a or not b:
        return 0.0
    best = max(_actor_pair(left, right) for left in a for right in b)
    named = [_actor_pair(left, right) for left in a for right in b if left.named and right.named]
    # "Gunmen of the Islamic State and suicide bombers": who is named tells it, not who is beside them.
    return max(named) if named and best < 0 else best


def _actor_pair(a: Actor, b: Actor) -> float:
    if a.key == b.key:
        return SAME_CROWD if a.vague else 1.0
    if a.vague or b.vague:
        return 0.0
    one_country = a.country is not None and a.country == b.country
    if one_country and (a.kind == b.kind or {a.kind, b.kind} <= _STATE):
        return SAME_STATE if a.known and b.known else 0.5
    if a.named and b.named and len({a.kind, b.kind} & _REBELS) == len({a.kind, b.kind} & _ORDER) == 1:
        return OPPOSED
    if a.known and b.known:
        return DIFFERENT
    if a.words & b.words:
        return 0.0
    if a.kind == b.kind and (a.country is None or b.country is None):
        return SAME_KIND
    return UNLIKE if a.proper or b.proper else 0.0
