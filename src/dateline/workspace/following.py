"""What a workspace tells over time: warnings with their outcomes, and surges."""

from collections.abc import Mapping

import msgspec

from dateline.errors import InputError
from dateline.link import find_surges, follow_warnings
from dateline.model.event import Event
from dateline.model.ids import EventId
from dateline.model.outcome import STATES, Followed, Outcome, end_of
from dateline.model.surge import Surges
from dateline.ontology import load_ontology
from dateline.store.base import Reader
from dateline.store.query import EventQuery, first_day, last_day


def follow(
    store: Reader, query: EventQuery, *, today: str | None, source: str | None, outcome: str | None
) -> tuple[Followed, ...]:
    """Return the warnings that `query` asks for with their outcomes; see `Workspace.warnings`."""
    check_outcome(outcome)
    day = last_day(today) if today is not None else None
    bounds = (first_day(query.since) if query.since else "", last_day(query.until) if query.until else "9999")
    if bounds[0] > bounds[1]:
        raise InputError(f"since {query.since} lies after until {query.until}; swap them")
    # A warning is asked for by the day on which it was given, which its event does not have as a column.
    wanted = msgspec.structs.replace(query, since=None, until=None, limit=None, offset=0)
    order = {identity: number for number, identity in enumerate(store.event_ids(wanted))}
    known = {event.id: event for event in store.events()}
    outcomes = follow_warnings(known.values(), load_ontology(), today=day, reading=store.volume())
    dated = bool(query.since or query.until)
    found = [
        _followed(each, known)
        for each in outcomes
        if each.warning in order
        and (outcome is None or each.state == outcome)
        and (not dated or _given_in(each, bounds, undated=query.include_undated))
        and (source is None or _said_by(known[each.warning], source))
    ]
    if query.sort in ("date", "-date"):
        found.sort(key=lambda each: (each.outcome.given or "", each.warning.id), reverse=query.sort == "-date")
        found.sort(key=lambda each: each.outcome.given is None)
    else:
        found.sort(key=lambda each: order[each.warning.id])
    last = None if query.limit is None else query.offset + query.limit
    return tuple(found[query.offset : last])


def check_outcome(outcome: str | None) -> None:
    """Raise InputError where `outcome` is no state of a warning."""
    if outcome is not None and outcome not in STATES:
        raise InputError(f"no outcome is called {outcome!r}; there is: {', '.join(STATES)}")


def _followed(outcome: Outcome, known: Mapping[EventId, Event]) -> Followed:
    return Followed(
        warning=end_of(known[outcome.warning]),
        outcome=outcome,
        event=end_of(known[outcome.event]) if outcome.event else None,
        denials=tuple(end_of(known[identity]) for identity in outcome.denials),
    )


def _given_in(outcome: Outcome, bounds: tuple[str, str], *, undated: bool) -> bool:
    return undated if outcome.given is None else bounds[0] <= outcome.given <= bounds[1]


def _said_by(event: Event, source: str) -> bool:
    wanted = source.strip().casefold()
    names: set[str] = set()
    for one in (one for claim in event.claims.type for one in claim.said):
        names.update((one.outlet or "", *(link.name for link in one.chain)))
    return any(wanted in name.casefold() for name in names)


def surging(store: Reader, *, week: str | None, where: str | None) -> Surges:
    """Return what is unusual in a week, of events at `where` if given; see `Workspace.surges`."""
    found = find_surges(store.events(), store.volume(), week=week)
    if where is None:
        return found
    inside = set(store.event_ids(EventQuery(where=where)))
    kept = tuple(surge for surge in found.surges if any(end.id in inside for end in surge.seen))
    return msgspec.structs.replace(found, surges=kept)
