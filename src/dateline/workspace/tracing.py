"""Ids of events, of now and of before: an id that was shown once leads on."""

from dateline.errors import InputError
from dateline.model.event import Event
from dateline.model.trace import Trace
from dateline.store.base import Reader


def led_to(store: Reader, identity: str) -> tuple[Event, Trace]:
    """Return the event whose id is or begins with `identity`, and what became of that id.

    An id of before leads to the event that now holds its reports. Raises InputError for an id that was split,
    naming its parts, and for one of which nothing is left.
    """
    trace = store.trace(identity)
    if trace.state in ("split", "gone"):
        raise InputError(trace.words or "")
    return store.event(trace.asked if trace.state == "here" else trace.events[0]), trace
