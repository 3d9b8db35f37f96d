"""Warnings followed to their outcome: what was planned, threatened, feared or demanded, and what came of it.

A warning and the thing that it warns of are never one event (see `compare`); here they are put side by side, by
four aspects: type, place, actor and time. What fits in all of them is what was warned of; what fits in all but
one is shown as having come about elsewhere or otherwise.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from dateline.link.coverage import Reading, Volume, read_volume
from dateline.link.features import actors_agree, kilometres, places_agree
from dateline.link.horizons import WARNED, horizon_of, load_horizon_words, said_of
from dateline.link.profiles import Actor, Place, actor_of, days_of, place_of
from dateline.link.relations import TypeRelations
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId
from dateline.model.outcome import Aspect, Coverage, Horizon, Outcome, State

# Least agreement of place: the same town, or a town in the province named. A country alone (0.1) will do where
# the actor is known and the same.
MIN_PLACE = 0.3
MIN_COUNTRY = 0.1
SAME_ACTOR = 0.5

# Types that are two names of one happening at least this often are what was warned of.
MIN_RELATED = 0.3

# "Elsewhere" is the same province, or no farther than this: an hour by road, the reach of one local force. Set
# by judgement on a made workspace: with 150 km whatever the group did next, somewhere, counted.
ELSEWHERE_KM = 60.0

_FACT = frozenset({"occurred", "ongoing", "attempted"})
# What shows best what became of a warning comes first.
_RANK: dict[State, int] = {"came_about": 0, "foiled": 1, "otherwise": 2, "elsewhere": 3}


class _Sides(msgspec.Struct, frozen=True):
    """What of an event is compared: its first day, its places, who is in it, and where it was read."""

    event: Event
    first: int
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    articles: frozenset[ArticleId]


class _Blocks:
    """Events by type and country and, in these, by first day: a warning is compared with few of them."""

    def __init__(self, types: TypeRelations, sides: Iterable[_Sides]) -> None:
        self._types = types
        self._blocks: dict[str, dict[str | None, list[_Sides]]] = defaultdict(lambda: defaultdict(list))
        for each in sorted(sides, key=lambda each: (each.first, each.event.id)):
            self._blocks[each.event.type][_country(each.event)].append(each)
        self._alike: dict[str, list[str]] = {}

    def like(self, warning: Event, first: int, last: int) -> Iterator[_Sides]:
        """Give those that begin on a day in first..last, of a type and country that may be the warning's."""
        country = _country(warning)
        for kind in self._kinds(warning.type):
            blocks = self._blocks[kind]
            # Told of no country, it may be of any; told of one, it may be one that names none.
            for other in blocks if country is None else (country, None):
                block = blocks.get(other, [])
                yield from block[bisect_left(block, first, key=_first) : bisect_right(block, last, key=_first)]

    def _kinds(self, warned: str) -> list[str]:
        """Return the types that are two names of one happening with `warned`, or of its family."""
        if warned not in self._alike:
            family = self._types.family(warned)
            self._alike[warned] = [
                kind
                for kind in self._blocks
                if self._types.related(warned, kind) >= MIN_RELATED or self._types.family(kind) == family
            ]
        return self._alike[warned]


def _country(event: Event) -> str | None:
    return event.where.country if event.where else None


class _Fit(msgspec.Struct, frozen=True):
    """How an event fits a warning; `differs` names at most one aspect."""

    state: State
    fact: _Sides
    agreement: float
    differs: tuple[Aspect, ...]

    @property
    def rank(self) -> tuple[int, float, int, EventId]:
        return _RANK[self.state], -self.agreement, self.fact.first, self.fact.event.id


class _Given(msgspec.Struct, frozen=True):
    """A warning with the day of its first telling (None: unknown) and its horizon, as ordinals too."""

    sides: _Sides
    day: int | None
    horizon: Horizon
    last: int
    latest: int


def is_warning(event: Event) -> bool:
    """Tell whether `event` is followed to an outcome: planned, threatened, feared or demanded, not denied."""
    return event.status.reality in WARNED and event.status.polarity == "affirmed"


def follow_warnings(
    events: Iterable[Event],
    types: TypeRelations,
    *,
    today: str | None = None,
    reading: Iterable[Volume] | None = None,
) -> tuple[Outcome, ...]:
    """Return what became of each warning among `events`, by the warning's id, whatever their order.

    `today` (ISO date) parts what is open from what did not come about; without it the latest day of
    publication does. `reading` says how much was read; without it only the articles that events name count.
    """
    known = sorted(events, key=lambda event: event.id)
    read = read_volume(known, reading)
    facts = _Blocks(types, (fact for event in known if (fact := _as_fact(event)) is not None))
    denied = _Blocks(types, (_sides(event, 0) for event in known if event.status.polarity == "denied"))
    now = days_of(today)
    day = now[1] if now else read.last
    return tuple(_follow(event, facts, denied, types, read, day) for event in known if is_warning(event))


def _follow(
    warning: Event,
    facts: _Blocks,
    denied: _Blocks,
    types: TypeRelations,
    read: Reading,
    now: int | None,
) -> Outcome:
    given = _given(warning)
    if given is None or now is None:
        return Outcome(
            warning=warning.id, state="unknown", why="no date says when it was given or what it is for"
        )
    begin = _day(given.horizon.start)
    later = (fact for fact in facts.like(warning, begin, given.latest) if _is_later(fact, given))
    fits = [fit for fact in later if (fit := _fit(given, fact, types))]
    about = (other for other in denied.like(warning, 0, 0) if _speaks_of_it(other, given))
    denials = tuple(sorted(other.event.id for other in about if _fit(given, other, types, denial=True)))
    coverage = read.between(given.day or begin, given.latest, given.sides.places)
    best = min(fits, key=lambda fit: fit.rank, default=None)
    state = best.state if best else _without_event(given, denials, coverage, now)
    return Outcome(
        warning=warning.id,
        state=state,
        why=_why(state, best, given, coverage),
        given=date.fromordinal(given.day).isoformat() if given.day else None,
        afterwards=given.day is not None and given.last < given.day,
        horizon=given.horizon,
        event=best.fact.event.id if best else None,
        differs=best.differs if best else (),
        agreement=round(best.agreement, 4) if best else 0.0,
        denials=denials,
        coverage=coverage,
    )


def _without_event(given: _Given, denials: Sequence[EventId], coverage: Coverage, now: int) -> State:
    if denials:
        return "denied"
    if now <= given.latest:
        return "open"
    # Nothing could be taken for what names neither a place nor an actor, and silence of those who do not write
    # of a place says nothing.
    if _says_little(given):
        return "unknown"
    heard = coverage.articles if coverage.near is None else coverage.near
    return "did_not" if heard else "unknown"


def _says_little(given: _Given) -> bool:
    return not given.sides.places and all(actor.vague for actor in given.sides.actors)


def _given(warning: Event) -> _Given | None:
    horizon = horizon_of(warning)
    if horizon is None:
        return None
    told = [days[0] for one in said_of(warning) if (days := days_of(one.published)) is not None]
    last = _day(horizon.end)
    grace = load_horizon_words().grace if horizon.basis == "dates" else 0
    return _Given(_sides(warning, 0), min(told, default=None), horizon, last, last + grace)


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _first(fact: _Sides) -> int:
    return fact.first


def _is_later(fact: _Sides, given: _Given) -> bool:
    """Tell whether `fact` was not known yet when the warning was given.

    What an article tells beside the warning ("after the attack it fears more") is what it was given for.
    """
    if given.day is None or given.last < given.day:
        return True
    return fact.first > given.day or (fact.first == given.day and not fact.articles & given.sides.articles)


def _speaks_of_it(denial: _Sides, given: _Given) -> bool:
    """Tell whether `denial` was published from the day of the warning on and within its horizon."""
    told = [days for one in said_of(denial.event) if (days := days_of(one.published)) is not None]
    return any((given.day or 0) <= days[1] and days[0] <= given.latest for days in told)


def _fit(given: _Given, fact: _Sides, types: TypeRelations, *, denial: bool = False) -> _Fit | None:
    """Return how `fact` fits the warning; None where it differs in more than one aspect or says too little."""
    warning = given.sides
    related = types.related(warning.event.type, fact.event.type)
    place = places_agree(warning.places, fact.places)
    actor = actors_agree(warning.actors, fact.actors)
    differs: list[Aspect] = []
    if related < MIN_RELATED:
        differs.append("type")
    if warning.places and place < (MIN_COUNTRY if actor >= SAME_ACTOR else MIN_PLACE):
        differs.append("place")
    if actor < 0:
        differs.append("actor")
    if fact.first > given.last and not denial:
        differs.append("time")
    if len(differs) > (0 if denial else 1) or not _says_enough(given, fact, types, tuple(differs)):
        return None
    state: State = "came_about"
    if differs:
        state = "elsewhere" if differs == ["place"] else "otherwise"
    elif fact.event.status.reality == "attempted":
        state = "foiled"
    return _Fit(state, fact, max(related, 0.0) + max(place, 0.0) + max(actor, 0.0), tuple(differs))


def _says_enough(given: _Given, fact: _Sides, types: TypeRelations, differs: tuple[Aspect, ...]) -> bool:
    """Tell whether what agrees is enough to take `fact` for what was warned of.

    Beside the type a place or a known actor has to agree. Where one aspect differs all others have to be said
    and to agree: in a war something always happens somewhere.
    """
    warning = given.sides
    place = places_agree(warning.places, fact.places)
    actor = actors_agree(warning.actors, fact.actors)
    if "place" in differs:
        return actor >= SAME_ACTOR and _is_near(warning.places, fact.places)
    if "type" in differs:
        family = types.family(warning.event.type) == types.family(fact.event.type)
        return family and place > MIN_PLACE and actor >= SAME_ACTOR
    if "actor" in differs:
        return place > MIN_PLACE and warning.event.type == fact.event.type
    return place >= MIN_PLACE or actor >= SAME_ACTOR


def _is_near(a: Sequence[Place], b: Sequence[Place]) -> bool:
    return any(_pair_is_near(left, right) for left in a for right in b)


def _pair_is_near(a: Place, b: Place) -> bool:
    if a.country and b.country and a.country == b.country and a.admin1 and a.admin1 == b.admin1:
        return True
    apart = kilometres(a, b)
    return apart is not None and apart <= ELSEWHERE_KM


def _as_fact(event: Event) -> _Sides | None:
    start = days_of(event.when.start)
    if start is None or event.status.reality not in _FACT or event.status.polarity != "affirmed":
        return None
    return _sides(event, start[0])


def _sides(event: Event, first: int) -> _Sides:
    return _Sides(
        event,
        first,
        (place_of(event.where),) if event.where else (),
        tuple(actor_of(who) for who in event.actors),
        frozenset(one.article for one in said_of(event)),
    )


_BY_STATE: dict[State, str] = {
    "came_about": "came about",
    "elsewhere": "came about elsewhere",
    "otherwise": "came about otherwise",
    "foiled": "was tried and failed",
    "denied": "was denied, and nothing that fits was read",
    "open": "nothing that fits was read so far",
    "did_not": "did not come about within its horizon, as far as the articles read tell",
    "unknown": "its horizon has passed, but too little from within it was read",
}
_BY_ASPECT: dict[Aspect, str] = {
    "type": "it was of another type",
    "actor": "by another actor",
    "time": "after its horizon",
    "place": "",
}


def _why(state: State, best: _Fit | None, given: _Given, coverage: Coverage) -> str:
    text = _BY_STATE[state]
    if best is not None:
        notes = [_BY_ASPECT[aspect] for aspect in best.differs if _BY_ASPECT[aspect]]
        if best.fact.event.where is None and given.sides.places:
            notes.append("its place is not told")
        return f"{text}: {', '.join(notes)}" if notes else text
    if state == "unknown" and _says_little(given):
        return "it names neither a place nor an actor by which an event could be taken for it"
    if state not in ("did_not", "open", "unknown"):
        return text
    read = f"{coverage.articles} {'article' if coverage.articles == 1 else 'articles'} from within it"
    return f"{text} ({read}{'' if coverage.near is None else f', {coverage.near} with reports from its area'})"
