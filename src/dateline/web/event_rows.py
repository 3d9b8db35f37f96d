"""A stand-in until the rows of lists are merged."""

import msgspec

from dateline.model.event import Event


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event in a list."""

    id: str
    type: str


def event_row(event: Event) -> EventRow:
    """Return `event` as a row."""
    return EventRow(id=event.id, type=event.type)
