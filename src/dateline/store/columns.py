"""Columns: what is counted of events, held in memory as arrays, since counts of 10^5 rows must be at once.

They are read from the file when the events have changed since, and shared by all connections of the process
to that file. SQL alone says which events a filter holds for and in which order they come; arrays keep its
answers. What is long leaves SQLite as one text a column: as many Python objects would take ten times as long.
"""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.store.conditions import ORDERS, Condition, ordered
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
# Workspaces whose columns are kept in one process.
FILES_KEPT = 4
# In place of the day of what has no such bound, and of the code of what has no such value.
NO_DAY, NONE = 0, -1

_READ = (
    "number", "id", "type", "word || ' ' || reality || ' ' || polarity || ' ' || certainty || ' ' || currency",
    "coalesce(date_start, '') || ' ' || coalesce(date_end, '')", "disputed > 0", "coalesce(place, 0)", "claims",
)  # fmt: skip

_PLACE = (
    "number", "name", "precision", "latitude", "longitude", "radius_km", "country", "admin1", "admin1_key",
)  # fmt: skip


class Coded(msgspec.Struct, frozen=True):
    """A column of words: the words, and for each event the number of its own in them."""

    words: tuple[str, ...]
    codes: "Codes"


class Pairs(msgspec.Struct, frozen=True):
    """Values of which an event may have several: each pair of an event's position and a value's number once."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    events: "Numbers"
    codes: "Numbers"


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of all events, in the order of their numbers. Days count from 1 January of the year 1.

    `status` holds the display word and the words of the four axes, parted by blanks. `place` is the number of
    the shown place in `names` and `precisions`, NONE where none is shown.
    """

    numbers: "Numbers"
    ids: Sequence[str]
    type: Coded
    status: Coded
    first: "Codes"
    last: "Codes"
    disputed: "Mask"
    claims: "Numbers"
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
        numbers = _integers(connection.execute(statement, condition.values).fetchone()[0] or "")
        mask = np.zeros(len(self.numbers), dtype=bool)
        mask[np.searchsorted(self.numbers, numbers)] = True
        with self.lock:
            self.masks[condition] = mask
            while len(self.masks) > MASKS_KEPT:
                self.masks.popitem(last=False)
        return mask

    def order(self, connection: sqlite3.Connection, sort: str) -> "Numbers":
        """Return the positions of all events in the order of `sort`."""
        import numpy as np

        found = self.orders.get(sort)
        if found is None:
            statement = f"SELECT number FROM events INDEXED BY {BRIEF} ORDER BY {ordered(ORDERS[sort])}"
            numbers = np.fromiter((row[0] for row in connection.execute(statement)), dtype=np.int64)
            found = self.orders[sort] = np.searchsorted(self.numbers, numbers)
        return found


class _Shelf:
    """The columns of the files of this process, by file, each with the count of changes that it shows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Path, int], tuple[int, Columns]] = OrderedDict()

    def columns(self, connection: sqlite3.Connection, path: Path) -> Columns:
        """Return the columns of the state that `connection`, within a transaction, sees."""
        changes = int(connection.execute("SELECT value FROM state WHERE name = 'events'").fetchone()[0])
        key = (path.resolve(), path.stat().st_ino)
        with self._lock:  # others that wait for it want the same
            kept = self._kept.get(key)
            if kept is not None and kept[0] == changes:
                return kept[1]
            columns = read_columns(connection)
            if kept is None or kept[0] < changes:
                self._kept[key] = (changes, columns)
                self._kept.move_to_end(key)
            while len(self._kept) > FILES_KEPT:
                self._kept.popitem(last=False)
            return columns


SHELF = _Shelf()


def read_columns(connection: sqlite3.Connection) -> Columns:
    """Read the columns of all events."""
    import numpy as np

    texts = _texts(connection, f"events INDEXED BY {BRIEF}", _READ)
    unsorted = _integers(texts[0])
    order = np.argsort(unsorted)
    numbers = unsorted[order]
    days = _coded(texts[4], order)
    first, last = (_days(days, part) for part in (0, 1))
    places = connection.execute(f"SELECT {', '.join(_PLACE)} FROM places").fetchall()
    position = {row[0]: at for at, row in enumerate(places)}
    shown = _translated(_integers(texts[6])[order], position)
    ids = texts[1].split(",") if texts[1] else []
    return Columns(
        numbers=numbers,
        ids=[ids[at] for at in order.tolist()],
        type=_coded(texts[2], order),
        status=_coded(texts[3], order),
        first=first,
        last=last,
        disputed=_integers(texts[5])[order] > 0,
        claims=_integers(texts[7])[order],
        place=shown.astype(np.int32),
        names=tuple(row[1] for row in places),
        precisions=tuple(row[2] for row in places),
        latitude=_of_place(shown, [row[3] for row in places]),
        longitude=_of_place(shown, [row[4] for row in places]),
        radius_km=_of_place(shown, [row[5] for row in places]),
        masks=OrderedDict(),
        orders={},
        lock=Lock(),
        **_all_pairs(connection, numbers, places),
    )


def _texts(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return each column as one text, its values parted by commas, which none of them holds; none is NULL."""
    select = ", ".join(f"group_concat({column})" for column in columns)
    found = connection.execute(f"SELECT {select} FROM {table}").fetchone()
    return tuple(text or "" for text in found)


def _integers(text: str) -> "Numbers":
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, dtype=np.int64)


def _coded(text: str, order: "Numbers") -> Coded:
    import numpy as np

    column = text.split(",") if text else []
    words = sorted(set(column))
    codes = {word: number for number, word in enumerate(words)}
    return Coded(tuple(words), np.array([codes[word] for word in column], dtype=np.int32)[order])


def _days(pairs: Coded, part: int) -> "Codes":
    """Return the first (`part` 0) or last day of each event out of the pairs of both."""
    import numpy as np

    known = np.array([_day(pair.split(" ")[part]) for pair in pairs.words], dtype=np.int32)
    days: Codes = known[pairs.codes]
    return days


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal() if text else NO_DAY
    except ValueError:  # a file that was edited by hand
        return NO_DAY


def _translated(numbers: "Numbers", position: Mapping[int, int]) -> "Numbers":
    """Return the position of each number, NONE for one that has none."""
    import numpy as np

    size = max(max(position, default=0), int(numbers.max(initial=0))) + 1
    table = np.full(size, NONE, dtype=np.int64)
    for number, at in position.items():
        table[number] = at
    return table[numbers]


def _of_place(shown: "Numbers", values: Sequence[float | None]) -> "Reals":
    import numpy as np

    return np.array([*values, None], dtype=np.float64)[shown]  # None becomes NaN, and NONE takes the last


def _all_pairs(
    connection: sqlite3.Connection, numbers: "Numbers", places: Sequence[tuple[str, ...]]
) -> dict[str, Pairs]:
    actors = connection.execute("SELECT number, id, name FROM actors").fetchall()
    outlets = connection.execute("SELECT number, name, name FROM outlets").fetchall()
    countries = [(row[0], row[6], row[6]) for row in places]
    areas = [(row[0], f"{row[6]}/{row[8]}" if row[6] and row[8] else None, row[7]) for row in places]
    return {
        "countries": _pairs(connection, numbers, "place", countries),
        "areas": _pairs(connection, numbers, "place", areas),
        "actors": _pairs(connection, numbers, "actor", actors),
        "outlets": _pairs(connection, numbers, "outlet", outlets),
    }


def _pairs(
    connection: sqlite3.Connection, numbers: "Numbers", kind: str, rows: Sequence[tuple[Any, ...]]
) -> Pairs:
    """Return which events name which values of `rows`: number, value (None is none), how it is written."""
    import numpy as np

    events, named = map(_integers, _texts(connection, f"event_{kind}s", ("event", kind)))
    values = sorted({row[1] for row in rows if row[1] is not None})
    codes = {value: number for number, value in enumerate(values)}
    of_row = {row[0]: codes[row[1]] for row in rows if row[1] is not None}
    labels = _labels(rows, named)
    found = _translated(named, of_row)
    known = found != NONE
    # Two rows may have one value, two provinces one country: a pair that comes twice is one.
    joined = np.sort(np.searchsorted(numbers, events[known]) * (len(values) + 1) + found[known])
    at, code = np.divmod(joined[np.diff(joined, prepend=-1) > 0], len(values) + 1)
    return Pairs(tuple(values), tuple(labels[value] for value in values), at, code)


def _labels(rows: Sequence[tuple[Any, ...]], named: "Numbers") -> dict[str, str]:
    """Return how each value is written most often."""
    import numpy as np

    times = np.bincount(named, minlength=max((row[0] for row in rows), default=0) + 1)
    ways: dict[str, Counter[str]] = {}
    for number, value, label in rows:
        if value is not None:
            ways.setdefault(value, Counter())[label or value] += int(times[number])
    return {value: min(way.items(), key=lambda item: (-item[1], item[0]))[0] for value, way in ways.items()}
