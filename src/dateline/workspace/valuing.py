"""The worth of a look at each event, found once for each event and kept, so that queues come at once."""

from dateline.link.queue import WORTH_VERSION, value_of
from dateline.store.base import Store

# Events in one transaction: other writers do not wait long.
STEP = 500


def keep_worth(store: Store) -> None:
    """Find the worth of a look at the events that have none yet."""
    found: list[tuple[str, float]] = []
    for event in store.without_worth(WORTH_VERSION):
        ranked = value_of(event)
        found.append((event.id, ranked.doubt * ranked.weight))
        if len(found) == STEP:
            store.put_worth(WORTH_VERSION, found)
            found = []
    if found:
        store.put_worth(WORTH_VERSION, found)
