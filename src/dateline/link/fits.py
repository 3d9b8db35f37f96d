"""How well an event fits a warning, in five aspects: type, place, actor, target and time.

What fits in all that both of them say is what was warned of; what fits in all but one is shown as having come
about elsewhere or otherwise. An arrest or a find that is told as foiling what was warned of is no other type of
event but the end of it.
"""

from collections.abc import Iterable, Sequence

import msgspec

from dateline.link.actorkeys import Actor, actor_of
from dateline.link.horizons import said_of
from dateline.link.parties import actors_agree, words_agree
from dateline.link.placekeys import Place, place_of
from dateline.link.placing import kilometres, places_agree
from dateline.link.relations import TypeRelations
from dateline.link.words import stem, telling_words
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId
from dateline.model.outcome import Aspect, State
from dateline.ontology.pairing import load_wordings

# Least agreement of place: the same town, or a town in the province named. A country alone (0.1) will do where
# the actor is known and the same.
MIN_PLACE = 0.15
MIN_COUNTRY = 0.1
SAME_ACTOR = 0.5

# Types that are two names of one happening at least this often are what was warned of.
MIN_RELATED = 0.3

# Types that are two names of one happening less often than this are what was warned of only where the actor or
# the target is the same too. On 134 warnings of dev worlds four more outcomes are right with it.
LIKE_TYPE = 0.65

# "Elsewhere" is the same province, or no farther than this: an hour by road, the reach of one local force. Set
# by judgement on a made workspace: with 150 km whatever the group did next, somewhere, counted.
ELSEWHERE_KM = 60.0

# Beside the place that is shown count those that at least this share of the most origins give. Of 134 warnings
# of dev worlds 87 have the right outcome, with the shown place alone 86, with all places 86.
OFTEN_CLAIMED = 0.5

# Types by which what was warned of is stopped.
STOPPING = frozenset({"arrest", "weapons_seizure"})
# An arrest that names so many of the words by which a warning's target is called is about it.
SAME_TARGET = 0.5

# What shows best what became of a warning comes first.
_RANK: dict[State, int] = {"came_about": 0, "foiled": 1, "otherwise": 2, "elsewhere": 3}

Sentence = tuple[ArticleId, int]


class Sides(msgspec.Struct, frozen=True):
    """What of an event is compared: its first day, its places, who is in it, and where it was read."""

    event: Event
    first: int
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    articles: frozenset[ArticleId]
    sentences: frozenset[Sentence]


class Fit(msgspec.Struct, frozen=True):
    """How an event fits a warning; `differs` names at most one aspect."""

    state: State
    fact: Sides
    agreement: float
    differs: tuple[Aspect, ...]

    @property
    def rank(self) -> tuple[int, float, int, EventId]:
        """Sort the event that shows best what became of a warning first."""
        return _RANK[self.state], -self.agreement, self.fact.first, self.fact.event.id


class _Agreement(msgspec.Struct, frozen=True):
    """How far two events agree, aspect by aspect; `target` is None where one of them names none."""

    type: float
    place: float
    actor: float
    target: float | None


def sides_of(event: Event, first: int, *, stated: bool = False) -> Sides:
    """Return what of `event` is compared; with `stated` its place only where its own words give it."""
    said = tuple(said_of(event))
    return Sides(
        event,
        first,
        _places_of(event, stated=stated),
        tuple(actor_of(who) for who in event.actors),
        tuple(actor_of(who) for who in event.targets),
        frozenset(one.article for one in said),
        frozenset((one.article, one.sentence.start) for one in said),
    )


def _places_of(event: Event, *, stated: bool) -> tuple[Place, ...]:
    """Return its shown place first, then those that as many give in their own words."""
    shown = [event.where] if event.where else []
    most = max((claim.origins for claim in event.claims.where), default=0)
    told = [
        claim.value
        for claim in event.claims.where
        if claim.value.basis == "stated" and claim.origins >= OFTEN_CLAIMED * most
    ]
    found = [where for where in (*shown, *told) if not stated or where.basis == "stated"]
    return tuple({place.key: place for place in map(place_of, reversed(found))}.values())[::-1]


def fit(warning: Sides, last: int, fact: Sides, types: TypeRelations) -> Fit | None:
    """Return how `fact` fits; None where it differs in more than one aspect or says too little.

    `last` is the last day (ordinal) of the warning's horizon.
    """
    found = _agreement(warning, fact, types)
    differs = _differs(warning, fact, found)
    if fact.first > last:
        differs = (*differs, "time")
    if len(differs) > 1 or not _says_enough(warning, fact, found, differs, types):
        return None
    state: State = "came_about"
    if differs:
        state = "elsewhere" if differs == ("place",) else "otherwise"
    elif fact.event.status.reality == "attempted":
        state = "foiled"
    return Fit(state, fact, _total(found), differs)


def denies(warning: Sides, denial: Sides, types: TypeRelations) -> bool:
    """Tell whether a denied event is in all aspects but time what was warned of."""
    found = _agreement(warning, denial, types)
    differs = _differs(warning, denial, found)
    return not differs and _says_enough(warning, denial, found, differs, types)


def stops(warning: Sides, fact: Sides, types: TypeRelations) -> Fit | None:
    """Return `fact` as what foiled the warning, if it is told so.

    It is where one sentence tells of both ("arrested on suspicion that they planned to ..."), or where its own
    says that something was foiled and names the warning's target or place.
    """
    found = _agreement(warning, fact, types)
    if fact.event.type not in STOPPING or found.place < 0:
        return None
    together = bool(warning.sentences & fact.sentences)
    if not together and not any(_foils(one.sentence.text, warning, found) for one in said_of(fact.event)):
        return None
    return Fit("foiled", fact, _total(found), ())


def _foils(sentence: str, warning: Sides, found: _Agreement) -> bool:
    if not load_wordings().foiled.search(sentence):
        return False
    words = frozenset(map(stem, telling_words(sentence)))
    named = any(words_agree(target.words, words) >= SAME_TARGET for target in warning.targets)
    return named or (found.place >= MIN_PLACE and not warning.targets)


def _agreement(warning: Sides, fact: Sides, types: TypeRelations) -> _Agreement:
    return _Agreement(
        type=types.related(warning.event.type, fact.event.type),
        place=places_agree(warning.places, fact.places),
        actor=actors_agree(warning.actors, fact.actors),
        target=_targets_agree(warning.targets, fact.targets),
    )


def _total(found: _Agreement) -> float:
    return sum(max(value, 0.0) for value in (found.type, found.place, found.actor, found.target or 0.0))


def _targets_agree(a: Sequence[Actor], b: Sequence[Actor]) -> float | None:
    """Return how far the wordings of two targets agree (0..1); None where one of them tells nothing."""
    left, right = ([each for each in side if each.words] for side in (a, b))
    if not left or not right:
        return None
    same = any(one.key == other.key for one in left for other in right)
    return 1.0 if same else max(words_agree(one.words, other.words) for one in left for other in right)


def _differs(warning: Sides, fact: Sides, found: _Agreement) -> tuple[Aspect, ...]:
    differs: list[Aspect] = []
    if found.type < MIN_RELATED:
        differs.append("type")
    if warning.places and found.place < (MIN_COUNTRY if found.actor >= SAME_ACTOR else MIN_PLACE):
        differs.append("place")
    if found.actor < 0:
        differs.append("actor")
    if found.target == 0.0 and _are_named(warning.targets) and _are_named(fact.targets):
        differs.append("target")
    return tuple(differs)


def _are_named(targets: Iterable[Actor]) -> bool:
    """Tell whether somebody or something of its own is named, so that another one is another target."""
    return any(target.proper for target in targets)


def _says_enough(
    warning: Sides, fact: Sides, found: _Agreement, differs: tuple[Aspect, ...], types: TypeRelations
) -> bool:
    """Tell whether what agrees is enough to take `fact` for what was warned of.

    Beside the type a place or a known actor has to agree. Where one aspect differs all others have to be said
    and to agree: in a war something always happens somewhere.
    """
    same_target = (found.target or 0.0) >= SAME_TARGET
    if "place" in differs:
        near = _is_near(warning.places, fact.places) and _share_a_name(warning.actors, fact.actors)
        return found.actor >= SAME_ACTOR and (same_target or near)
    if "type" in differs:
        family = types.family(warning.event.type) == types.family(fact.event.type)
        return family and found.place > MIN_PLACE and found.actor >= SAME_ACTOR
    if "actor" in differs:
        return found.place > MIN_PLACE and warning.event.type == fact.event.type
    if "target" in differs:
        return found.place > MIN_PLACE and warning.event.type == fact.event.type
    if found.type < LIKE_TYPE and found.actor < SAME_ACTOR and not same_target:
        return False
    return found.place >= MIN_PLACE or found.actor >= SAME_ACTOR or (same_target and found.place > 0)


def _share_a_name(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Tell whether one who is named is on both sides; "rebels" may be any."""
    return any(one.key == other.key and one.named and not one.vague for one in a for other in b)


def _is_near(a: Sequence[Place], b: Sequence[Place]) -> bool:
    return any(_pair_is_near(left, right) for left in a for right in b)


def _pair_is_near(a: Place, b: Place) -> bool:
    if a.country and b.country and a.country == b.country and a.admin1 and a.admin1 == b.admin1:
        return True
    apart = kilometres(a, b)
    return apart is not None and apart <= ELSEWHERE_KM
