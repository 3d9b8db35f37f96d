"""Disputes: the disagreements of a record, each with the event that it is about, the weightiest first."""

from collections.abc import Iterable

from dateline.model.dispute import Dispute
from dateline.model.event import Event


def disputes_of(events: Iterable[Event]) -> list[Dispute]:
    """Return the disagreements of `events`, the weightiest first, equal ones in the order of the events."""
    found = [
        Dispute(event=event.id, type=event.type, when=event.when, where=event.where, disagreement=disagreement)
        for event in events
        for disagreement in event.disagreements
    ]
    return sorted(found, key=lambda dispute: -dispute.disagreement.weight)
