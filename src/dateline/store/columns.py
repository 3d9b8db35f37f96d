"""Columns: what is counted of events, held in memory as arrays, since counts of 10^5 rows must be at once.

They are read from the file when the events have changed since, and shared by all connections of the process
to that file. SQL alone says which events a filter holds for; an array of truths (a mask) keeps its answer.
"""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.store.conditions import Condition
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
    "SELECT number, id, type, word, reality, polarity, certainty, currency, date_start, date_end, disputed, "
    f"place, precision, latitude, longitude, radius_km FROM events INDEXED BY {BRIEF}"
)
_AREAS = (
    "SELECT DISTINCT event, country || '/' || admin1, area FROM event_places "
    "WHERE country IS NOT NULL AND admin1 IS NOT NULL"
)
_COUNTRIES = "SELECT DISTINCT event, country, country FROM event_places WHERE country IS NOT NULL"
_ACTORS = "SELECT DISTINCT event, id, label FROM event_actors WHERE id IS NOT NULL"
_OUTLETS = "SELECT event, outlet, outlet FROM event_outlets"


class Coded(msgspec.Struct, frozen=True):
    """A column of words: the words, and for each event the number of its own in them, NONE for none."""

    words: tuple[str, ...]
    codes: "Codes"


class Pairs(msgspec.Struct, frozen=True):
    """Values of which an event may have several: each pair of an event's position and a value's number once."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    events: "Numbers"
    codes: "Codes"


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of all events, in the order of their numbers. Days count from 1 January of the year 1."""

    numbers: "Numbers"
    ids: tuple[str, ...]
    type: Coded
    word: Coded
    axes: tuple[Coded, ...]
    first: "Codes"
    last: "Codes"
    disputed: "Mask"
    place: Coded
    precision: Coded
    latitude: "Reals"
    longitude: "Reals"
    radius_km: "Reals"
    countries: Pairs
    areas: Pairs
    actors: Pairs
    outlets: Pairs
    masks: OrderedDict[Condition, "Mask"]
    lock: Lock

    def mask(self, connection: sqlite3.Connection, conditions: Iterable[Condition]) -> "Mask":
        """Return for which events all of `conditions` hold, as one SQL statement each says."""
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
        statement = f"SELECT number FROM events INDEXED BY {BRIEF} WHERE {condition.sql}"
        rows = connection.execute(statement, condition.values).fetchall()
        numbers = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        mask = np.zeros(len(self.numbers), dtype=bool)
        mask[np.searchsorted(self.numbers, numbers)] = True
        with self.lock:
            self.masks[condition] = mask
            while len(self.masks) > MASKS_KEPT:
                self.masks.popitem(last=False)
        return mask


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

    rows = connection.execute(_READ).fetchall()
    rows.sort()  # by number
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * 16
    numbers = np.array(columns[0], dtype=np.int64)
    pairs = [_pairs(connection, numbers, statement) for statement in (_COUNTRIES, _AREAS, _ACTORS, _OUTLETS)]
    return Columns(
        numbers=numbers,
        ids=tuple(columns[1]),
        type=_coded(columns[2]),
        word=_coded(columns[3]),
        axes=tuple(_coded(column) for column in columns[4:8]),
        first=_days(columns[8]),
        last=_days(columns[9]),
        disputed=np.array(columns[10], dtype=np.int64) > 0,
        place=_coded(columns[11]),
        precision=_coded(columns[12]),
        latitude=np.array(columns[13], dtype=np.float64),  # None becomes NaN
        longitude=np.array(columns[14], dtype=np.float64),
        radius_km=np.array(columns[15], dtype=np.float64),
        countries=pairs[0],
        areas=pairs[1],
        actors=pairs[2],
        outlets=pairs[3],
        masks=OrderedDict(),
        lock=Lock(),
    )


def _coded(column: Sequence[str | None]) -> Coded:
    import numpy as np

    words = sorted({word for word in column if word is not None})
    codes: dict[str | None, int] = {word: number for number, word in enumerate(words)}
    codes[None] = NONE
    return Coded(tuple(words), np.array([codes[word] for word in column], dtype=np.int32))


def _days(column: Sequence[str | None]) -> "Codes":
    import numpy as np

    known = {text: _day(text) for text in set(column)}
    return np.array([known[text] for text in column], dtype=np.int32)


def _day(text: str | None) -> int:
    try:
        return date.fromisoformat(text).toordinal() if text else NO_DAY
    except ValueError:  # a file that was edited by hand
        return NO_DAY


def _pairs(connection: sqlite3.Connection, numbers: "Numbers", statement: str) -> Pairs:
    import numpy as np

    rows = connection.execute(statement).fetchall()
    labels: dict[str, Counter[str]] = {}
    for _, value, label in rows:
        labels.setdefault(value, Counter())[label or value] += 1
    values = sorted(labels)
    codes = {value: number for number, value in enumerate(values)}
    # One value may be written in several ways.
    pairs = sorted({(row[0], codes[row[1]]) for row in rows})
    events = np.array([pair[0] for pair in pairs], dtype=np.int64)
    return Pairs(
        tuple(values),
        tuple(min(labels[value].items(), key=lambda item: (-item[1], item[0]))[0] for value in values),
        np.searchsorted(numbers, events),
        np.array([pair[1] for pair in pairs], dtype=np.int32),
    )
