"""ETags: what a client saw, as a name that changes with it."""

from dateline.model.event import Event
from dateline.model.ids import digest
from dateline.model.verdict import Verdicts
from dateline.model.wire import encode


def event_etag(event: Event, log: Verdicts) -> str:
    """Return the ETag of an event as a person saw it: its content, and what was decided on its reports.

    A verdict counts from the moment it is in the log, before the events are linked under it, so that of two
    people who save at once the second one's `If-Match` fails. `log` is the whole log.
    """
    decided = (each.id for each in log.decided_on(event.reports))
    return f'"{digest(encode(event), *decided)}"'


def matches(condition: str | None, etag: str) -> bool:
    """Tell whether an If-Match or If-None-Match header names `etag`; "*" names whatever is there."""
    if condition is None:
        return False
    named = {part.strip().removeprefix("W/") for part in condition.split(",")}
    return "*" in named or etag in named
