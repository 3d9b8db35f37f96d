"""Warnings followed to their outcome: what was planned, threatened, feared or demanded, and what came of it.

A warning and the thing that it warns of are never one event (see `compare`); here they are put side by side, by
the aspects of `fits`. Nothing that was known when the warning was given is its outcome, but for the arrest that
brought it to light.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from dateline.link.coverage import Reading, Volume, read_volume
from dateline.link.fits import MIN_RELATED, STOPPING, Fit, Sides, denies, fit, sides_of, stops
from dateline.link.horizons import (
    WARNED,
    horizon_of,
    is_unfulfilled,
    load_horizon_words,
    renewed_horizon,
    said_as,
    said_of,
)
from dateline.link.profiles import days_of
from dateline.link.relations import TypeRelations
from dateline.model.event import Event, Said
from dateline.model.ids import EventId
from dateline.model.outcome import Aspect, Coverage, Horizon, Outcome, State
from dateline.model.values import Polarity
from dateline.ontology.pairing import load_wordings

_FACT = frozenset({"occurred", "ongoing", "attempted"})
# Who tells what he saw and not what he means to do.
_SEEING = frozenset({"outlet", "witness"})
# What is told of an arrest or a find may come out so many days before the warning itself does.
BEFOREHAND_DAYS = 1


class _Blocks:
    """Events by type and country and, in these, by first day: a warning is compared with few of them."""

    def __init__(self, types: TypeRelations, sides: Iterable[Sides]) -> None:
        self._types = types
        self._blocks: dict[str, dict[str | None, list[Sides]]] = defaultdict(lambda: defaultdict(list))
        for each in sorted(sides, key=lambda each: (each.first, each.event.id)):
            self._blocks[each.event.type][_country(each.event)].append(each)
        self._alike: dict[str, list[str]] = {}

    def like(self, warning: Event, first: int, last: int) -> Iterator[Sides]:
        """Give those that begin on a day in first..last, of a type and country that may be the warning's."""
        yield from self._between(self._kinds(warning.type), warning, first, last)

    def stopping(self, warning: Event, first: int, last: int) -> Iterator[Sides]:
        """Give the arrests and finds that begin on a day in first..last, in its country."""
        yield from self._between([kind for kind in self._blocks if kind in STOPPING], warning, first, last)

    def _between(self, kinds: Iterable[str], warning: Event, first: int, last: int) -> Iterator[Sides]:
        country = _country(warning)
        for kind in kinds:
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


class _Given(msgspec.Struct, frozen=True):
    """A warning with the day of its first telling (None: unknown) and its horizon, as ordinals too."""

    sides: Sides
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
    denied = _Blocks(types, (sides_of(event, 0) for event in known if event.status.polarity == "denied"))
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
    given = _given(warning, horizon_of(warning))
    if given is None or now is None:
        return Outcome(
            warning=warning.id, state="unknown", why="no date says when it was given or what it is for"
        )
    best = _best(given, facts, types)
    again = _given(warning, renewed_horizon(warning, given.horizon)) if best is None else None
    if again is not None:
        given, best = again, _best(again, facts, types)
    about = (other for other in denied.like(warning, 0, 0) if _speaks_of_it(other, given))
    denying = [other.event for other in about if denies(given.sides, other, types)]
    against = {event.id for event in denying if not _never_came(event)}
    if _is_denied(given):
        against.add(warning.id)
    denials = tuple(sorted(against))
    coverage = read.between(given.day or _day(given.horizon.start), given.latest, given.sides.places)
    missed = len(against) < len(denying) or _is_told_off(given, now)
    state = best.state if best else _without_event(given, denials, coverage, now, missed=missed)
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


def _best(given: _Given, facts: _Blocks, types: TypeRelations) -> Fit | None:
    """Return the event that shows best what became of a warning within its horizon, if any does."""
    warning, begin = given.sides, _day(given.horizon.start)
    later = (fact for fact in facts.like(warning.event, begin, given.latest) if _is_later(fact, given))
    fits = [found for fact in later if (found := fit(warning, given.last, fact, types))]
    stopping = facts.stopping(warning.event, begin - BEFOREHAND_DAYS, given.latest)
    fits += (found for fact in stopping if (found := stops(warning, fact, types)))
    return min(fits, key=lambda found: found.rank, default=None)


def _without_event(
    given: _Given, denials: Sequence[EventId], coverage: Coverage, now: int, *, missed: bool
) -> State:
    if denials:
        return "denied"
    if missed:
        return "did_not"
    if now <= given.latest:
        return "open"
    if any(map(is_unfulfilled, said_of(given.sides.event))):
        return "did_not"
    # Nothing could be taken for what names neither a place nor an actor, and silence of those who do not write
    # of a place says nothing.
    if _says_little(given):
        return "unknown"
    heard = coverage.articles if coverage.near is None else coverage.near
    return "did_not" if heard else "unknown"


def _says_little(given: _Given) -> bool:
    return not given.sides.places and all(actor.vague for actor in given.sides.actors)


def _is_denied(given: _Given) -> bool:
    """Tell whether a report denies the warning while it stands, and nobody warned again after that.

    Who says "no" when its time is over says that it did not come, and so does "the attack never came". That it
    was called off can be told at any time.
    """
    if any(map(_is_called_off, said_as(given.sides.event, "denied"))):
        return True
    said = [day for day in _said(given, "denied", ruling_out=True) if day <= given.last]
    warned = [day for day in _said(given, "affirmed") if day <= given.last]
    return bool(said) and max(said) >= max(warned, default=0)


def _is_told_off(given: _Given, now: int) -> bool:
    """Tell whether the last word is that it did not come: in such words, or a no when its time was over.

    That it has not come so far says as much when its time is over now.
    """
    last = max(_said(given, "affirmed"), default=0)
    for one in said_as(given.sides.event, "denied"):
        day = days_of(one.published)
        over = is_unfulfilled(one) or (now > given.latest and not _rules_out(one))
        if day is not None and day[1] >= last and (day[1] > given.last or over):
            return True
    return False


def _never_came(denial: Event) -> bool:
    return not any(map(_rules_out, said_of(denial)))


def _rules_out(said: Said) -> bool:
    """Tell whether a no to a warning says that it will not come, and not that it has not come so far.

    What somebody is quoted as saying stands in the past tense as well ("was not planning to").
    """
    if is_unfulfilled(said):
        return False
    if _is_called_off(said):
        return True
    seen = all(link.kind in _SEEING for link in said.chain)
    return not (seen and load_wordings().not_so_far.search(said.sentence.text))


def _is_called_off(said: Said) -> bool:
    return load_wordings().called_off.search(said.sentence.text) is not None


def _said(given: _Given, polarity: Polarity, *, ruling_out: bool = False) -> list[int]:
    """Return the days on which reports of the warning say so: yes, or no; or only a no that rules it out."""
    said = (one for one in said_as(given.sides.event, polarity) if not ruling_out or _rules_out(one))
    return [day[1] for one in said if (day := days_of(one.published))]


def _given(warning: Event, horizon: Horizon | None) -> _Given | None:
    if horizon is None:
        return None
    told = [days[0] for one in said_of(warning) if (days := days_of(one.published)) is not None]
    last = _day(horizon.end)
    grace = load_horizon_words().grace if horizon.basis == "dates" else 0
    return _Given(sides_of(warning, 0, stated=True), min(told, default=None), horizon, last, last + grace)


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def _first(fact: Sides) -> int:
    return fact.first


def _is_later(fact: Sides, given: _Given) -> bool:
    """Tell whether `fact` was not known yet when the warning was given.

    What an article tells beside the warning ("after the attack it fears more") is what it was given for.
    """
    if given.day is None or given.last < given.day:
        return True
    return fact.first > given.day or (fact.first == given.day and not fact.articles & given.sides.articles)


def _speaks_of_it(denial: Sides, given: _Given) -> bool:
    """Tell whether `denial` was published from the day of the warning on and within its horizon."""
    told = [days for one in said_of(denial.event) if (days := days_of(one.published)) is not None]
    return any((given.day or 0) <= days[1] and days[0] <= given.latest for days in told)


def _as_fact(event: Event) -> Sides | None:
    start = days_of(event.when.start)
    if start is None or event.status.reality not in _FACT or event.status.polarity != "affirmed":
        return None
    return sides_of(event, start[0])


_BY_STATE: dict[State, str] = {
    "came_about": "came about",
    "elsewhere": "came about elsewhere",
    "otherwise": "came about otherwise",
    "foiled": "was tried and failed, or stopped before",
    "denied": "was denied, and nothing that fits was read",
    "open": "nothing that fits was read so far",
    "did_not": "did not come about within its horizon, as far as the articles read tell",
    "unknown": "its horizon has passed, but too little from within it was read",
}
_BY_ASPECT: dict[Aspect, str] = {
    "type": "it was of another type",
    "actor": "by another actor",
    "target": "against another target",
    "time": "after its horizon",
    "place": "",
}


def _why(state: State, best: Fit | None, given: _Given, coverage: Coverage) -> str:
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
