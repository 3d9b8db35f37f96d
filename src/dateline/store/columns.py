"""Columns: what is counted of events, held in memory as arrays, since counts of 10^5 rows must be at once.

They are read from the file (`store.filling`) and shared by all connections of the process to that file
(`store.shelf`). SQL alone says which events a filter holds for; arrays keep its answers.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from dateline.store.conditions import ORDERS, Condition
from dateline.store.shapes import BRIEF

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Codes = NDArray[np.int32]
    Reals = NDArray[np.float64]
    Mask = NDArray[np.bool_]

# Answers of filters that are kept: at 10^6 events some 64 MB.
MASKS_KEPT = 64
# In place of the day of what has no such bound, and of the code of what has no such value.
NO_DAY, NONE = 0, -1


class Coded(msgspec.Struct, frozen=True):
    """A column of words: the words, and for each event the number of its own in them.

    A word that no event has any more may stay.
    """

    words: tuple[str, ...]
    codes: "Codes"


class Pairs(msgspec.Struct, frozen=True):
    """Values of which an event may have several: each pair of an event's position and a value's number once."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    events: "Numbers"
    codes: "Numbers"


class Ties(msgspec.Struct, frozen=True):
    """Which rows of a table (by number) the events (by position) name."""

    events: "Numbers"
    rows: "Numbers"


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows of some events hold, in the order of their numbers.

    Days count from 1 January of the year 1.
    `days` holds the first and the last day as they are written, parted by a blank, `status` the display word
    and the words of the four axes. `placed` is the number of the shown place in the file, 0 for none. `ties`
    say which places, actors and outlets are named.
    """

    numbers: "Numbers"
    ids: Sequence[str]
    type: Coded
    status: Coded
    days: Coded
    first: "Codes"
    last: "Codes"
    disputed: "Mask"
    claims: "Numbers"
    articles: "Numbers"
    origins: "Numbers"
    placed: "Numbers"
    ties: Mapping[str, Ties]


class Columns(Rows, frozen=True, kw_only=True):
    """The columns of all events, with what stands of places, actors and outlets beside their rows.

    `place` is the number of the shown place in `names` and `precisions`, NONE where none is shown.
    """

    place: "Codes"
    names: tuple[str, ...]
    precisions: tuple[str, ...]
    latitude: "Reals"
    longitude: "Reals"
    radius_km: "Reals"
    countries: Pairs
    areas: Pairs
    actors: Pairs
    outlets: Pairs
    masks: OrderedDict[Condition, "Mask"]
    orders: dict[str, "Numbers"]
    worths: dict[int, tuple["Reals", "Numbers | None"]]
    lock: Lock

    def mask(self, connection: sqlite3.Connection, conditions: Iterable[Condition]) -> "Mask":
        """Return for which events all of `conditions` hold."""
        import numpy as np

        found = np.ones(len(self.numbers), dtype=bool)
        for condition in conditions:
            found = found & self._mask_of(connection, condition)
        return found

    def _mask_of(self, connection: sqlite3.Connection, condition: Condition) -> "Mask":
        import numpy as np

        with self.lock:
            kept = self.masks.get(condition)
            if kept is not None:
                self.masks.move_to_end(condition)
                return kept
        rows = condition.numbers or f"SELECT number FROM events INDEXED BY {BRIEF} WHERE {condition.sql}"
        statement = f"WITH found (number) AS ({rows}) SELECT group_concat(number) FROM found"
        numbers = integers(connection.execute(statement, condition.values).fetchone()[0] or "")
        mask = np.zeros(len(self.numbers), dtype=bool)
        mask[np.searchsorted(self.numbers, numbers)] = True
        with self.lock:
            self.masks[condition] = mask
            while len(self.masks) > MASKS_KEPT:
                self.masks.popitem(last=False)
        return mask

    def order(self, sort: str) -> "Numbers":
        """Return the positions of all events in the order of `sort`."""
        import numpy as np

        found = self.orders.get(sort)
        if found is None:
            if sort == "id":
                found = np.argsort(np.array(self.ids, dtype=np.str_), kind="stable")
            else:
                keys = [-self._key(term.key) if term.down else self._key(term.key) for term in ORDERS[sort]]
                found = np.lexsort(keys[::-1])
            self.orders[sort] = found
        return found

    def _key(self, name: str) -> "Numbers":
        """Return numbers that stand to one another as the values of a term of `ORDERS` do."""
        import numpy as np

        if name == "id":
            ranks = np.empty(len(self.ids), dtype=np.int64)
            ranks[self.order("id")] = np.arange(len(self.ids))
            return ranks
        if name in ("origins", "articles"):
            return self.origins if name == "origins" else self.articles
        days = [word.partition(" ")[::2] for word in self.days.words]
        values = [_told(name, first, last) for first, last in days]
        places = {value: place for place, value in enumerate(sorted(set(values)))}
        found: Numbers = np.array([places[value] for value in values], dtype=np.int64)[self.days.codes]
        return found


def _told(name: str, first: str, last: str) -> str:
    match name:
        case "begin":
            return first or last
        case "end":
            return last
        case "latest":
            return last or first
        case _:
            return "" if first or last else "undated"


def integers(text: str) -> "Numbers":
    """Return the whole numbers of a text that SQLite put together, parted by commas."""
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)
