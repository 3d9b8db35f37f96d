"""Warnings followed to their outcome: what was planned, threatened or feared, and what came of it.

A warning and the thing that it warns of are never one event (see `compare`); here they are put side by side.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from dateline.link.features import actors_agree, places_agree
from dateline.link.profiles import Actor, Place, actor_of, days_of, place_of
from dateline.link.relations import TypeRelations
from dateline.model.event import Event
from dateline.model.ids import EventId

# How long a warning without a date of its own stays open after it was last given, in days. Wire warnings of
# attacks mostly speak of weeks; a quarter leaves room for what was delayed.
HORIZON_DAYS = 90

# A warning's own dates may be missed by this many days and still be met.
GRACE_DAYS = 7

# Least agreement (type + place + actor, each at most 1) for an event to be taken as what was warned of, and
# least agreement of place where the warning names one: the same town, or a town in the province named.
MIN_AGREEMENT = 1.6
MIN_PLACE = 0.3

_WARNING = frozenset({"planned", "threatened", "feared"})
_FACT = frozenset({"occurred", "ongoing", "attempted"})


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a warning.

    `state` is "met" with the event that met it, "open" while its horizon has not passed, "passed" once it
    has, and "unknown" where neither the warning nor its reports have a date. `until` is the last day of the
    horizon (ISO 8601) and `agreement` how well the event fits (0..3).
    """

    warning: EventId
    state: Literal["met", "open", "passed", "unknown"]
    event: EventId | None = None
    until: str | None = None
    agreement: float = 0.0


class _Sides(msgspec.Struct, frozen=True):
    """What of an event is compared: its day, its places and who is in it."""

    event: Event
    first: int
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]


def follow_warnings(
    events: Iterable[Event], types: TypeRelations, *, today: str | None = None
) -> tuple[Outcome, ...]:
    """Return what became of each warning among `events`, by the warning's id.

    A warning is met by the best agreeing affirmed happening of a related type that begins on a day from its
    first report on and within its horizon. `today` (ISO date) parts "open" from "passed"; without it the
    latest day of publication among `events` does.
    """
    known = sorted(events, key=lambda event: event.id)
    facts = sorted(
        (sides for event in known if (sides := _as_fact(event)) is not None), key=lambda sides: sides.first
    )
    published = [days for event in known for days in _published(event)]
    now = days_of(today) or max(published, default=None)
    return tuple(
        _follow(event, facts, types, now[1] if now else None)
        for event in known
        if event.status.reality in _WARNING and event.status.polarity == "affirmed"
    )


def _follow(warning: Event, facts: Sequence[_Sides], types: TypeRelations, now: int | None) -> Outcome:
    told = _published(warning)
    when = days_of(warning.when.start), days_of(warning.when.end)
    begin = min((days[0] for days in told), default=when[0][0] if when[0] else None)
    if begin is None or now is None:
        return Outcome(warning=warning.id, state="unknown")
    given = when[1] or when[0]
    last = max(given[1] + GRACE_DAYS, begin) if given else max(days[1] for days in told) + HORIZON_DAYS
    until = date.fromordinal(last).isoformat()
    best: tuple[float, int, str] | None = None
    inside = slice(bisect_left(facts, begin, key=_first), bisect_right(facts, last, key=_first))
    for fact in facts[inside]:
        agreement = _agreement(warning, fact, types)
        rank = (-agreement, fact.first, fact.event.id)
        if agreement >= MIN_AGREEMENT and (best is None or rank < best):
            best = rank
    if best is not None:
        met = EventId(best[2])
        return Outcome(warning=warning.id, state="met", event=met, until=until, agreement=round(-best[0], 4))
    return Outcome(warning=warning.id, state="open" if now <= last else "passed", until=until)


def _first(fact: _Sides) -> int:
    return fact.first


def _agreement(warning: Event, fact: _Sides, types: TypeRelations) -> float:
    related = types.related(warning.type, fact.event.type)
    if related <= 0:
        return 0.0
    places = (place_of(warning.where),) if warning.where else ()
    place = places_agree(places, fact.places)
    if places and place < MIN_PLACE:
        return 0.0
    actor = actors_agree(tuple(actor_of(who) for who in warning.actors), fact.actors)
    return related + place + actor if actor >= 0 else 0.0


def _as_fact(event: Event) -> _Sides | None:
    start = days_of(event.when.start)
    if start is None or event.status.reality not in _FACT or event.status.polarity != "affirmed":
        return None
    places = (place_of(event.where),) if event.where else ()
    return _Sides(event, start[0], places, tuple(actor_of(who) for who in event.actors))


def _published(event: Event) -> list[tuple[int, int]]:
    said = (one for claim in event.claims.type for one in claim.said)
    return [days for one in said if (days := days_of(one.published)) is not None]
