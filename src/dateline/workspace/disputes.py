"""Disputes: the disagreements of a record, each with the event that it is about, the weightiest first."""

from collections.abc import Iterable

import msgspec

from dateline.model.event import Disagreement, Event
from dateline.model.ids import EventId
from dateline.model.values import When, Where


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A disagreement and the event that it is about, by its shown type, time and place."""

    event: EventId
    type: str
    when: When
    where: Where | None
    disagreement: Disagreement


def disputes_of(events: Iterable[Event]) -> list[Dispute]:
    """Return the disagreements of `events`, the weightiest first, equal ones in the order of the events."""
    found = [
        Dispute(event=event.id, type=event.type, when=event.when, where=event.where, disagreement=disagreement)
        for event in events
        for disagreement in event.disagreements
    ]
    return sorted(found, key=lambda dispute: -dispute.disagreement.weight)
