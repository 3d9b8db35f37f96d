"""Reading the columns of events from the file, or what of them has changed since they were read last.

What is long leaves SQLite as one text a column: as many Python objects would take ten times as long. A row of
events never changes and its number is never given again (`store.events`), so that the numbers of now and of
before say which rows are to be read and which are gone.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from threading import Lock
from typing import TYPE_CHECKING, Any

from dateline.model.wire import encode
from dateline.store.columns import NO_DAY, NONE, Coded, Columns, Pairs, Rows, Ties, integers
from dateline.store.shapes import BRIEF

if TYPE_CHECKING:
    from dateline.store.columns import Codes, Mask, Numbers, Reals

# Where more of all events than this share are new, it is quicker to read all.
MOSTLY_NEW = 0.25

_READ = (
    "number", "id", "type", "word || ' ' || reality || ' ' || polarity || ' ' || certainty || ' ' || currency",
    "coalesce(date_start, '') || ' ' || coalesce(date_end, '')", "disputed > 0", "claims", "articles",
    "origins", "coalesce(place, 0)",
)  # fmt: skip
_PLACE = (
    "number", "name", "precision", "latitude", "longitude", "radius_km", "country", "admin1", "admin1_key",
)  # fmt: skip
# What events are tied to, each a table of its own.
_TIED = ("place", "actor", "outlet")


def read_columns(connection: sqlite3.Connection, before: Columns | None = None) -> Columns:
    """Read the columns of all events; those of a state `before` spare reading what has not changed since."""
    rows = _changed(connection, before) if before is not None else None
    if before is None or rows is None:
        return _columns(connection, _read(connection), {})
    return _columns(connection, rows, _carried(before, rows))


def _changed(connection: sqlite3.Connection, before: Columns) -> Rows | None:
    """Return the rows of now out of those of `before` and the new ones, None where too much is new."""
    import numpy as np

    text = connection.execute(f"SELECT group_concat(number) FROM events INDEXED BY {BRIEF}").fetchone()[0]
    now = np.sort(integers(text or ""))
    new = now[now > before.numbers.max(initial=0)]
    stays = np.isin(before.numbers, now, assume_unique=True)
    # An older state than the one before lacks later rows and holds earlier ones.
    if len(new) > MOSTLY_NEW * len(now) or int(stays.sum()) + len(new) != len(now):
        return None
    return _together(before, stays, _read(connection, new))


def _together(before: Rows, stays: "Mask", new: Rows) -> Rows:
    """Return the rows of `before` that stay, and behind them the new ones, whose numbers are greater."""
    import numpy as np

    def both(name: str) -> Any:
        return np.concatenate((getattr(before, name)[stays], getattr(new, name)))

    def coded(name: str) -> Coded:
        old, fresh = getattr(before, name), getattr(new, name)
        codes = {word: code for code, word in enumerate(old.words)}
        for word in fresh.words:
            codes.setdefault(word, len(codes))
        renamed = np.array([codes[word] for word in fresh.words], dtype=np.int32)
        return Coded(tuple(codes), np.concatenate((old.codes[stays], renamed[fresh.codes])))

    moved, kept = np.cumsum(stays) - 1, int(stays.sum())

    def tied(old: Ties, fresh: Ties) -> Ties:
        there = stays[old.events]
        return Ties(
            np.concatenate((moved[old.events[there]], fresh.events + kept)),
            np.concatenate((old.rows[there], fresh.rows)),
        )

    return Rows(
        numbers=both("numbers"),
        ids=[*compress(before.ids, stays.tolist()), *new.ids],
        type=coded("type"),
        status=coded("status"),
        days=coded("days"),
        first=both("first"),
        last=both("last"),
        disputed=both("disputed"),
        claims=both("claims"),
        articles=both("articles"),
        origins=both("origins"),
        placed=both("placed"),
        ties={kind: tied(before.ties[kind], new.ties[kind]) for kind in _TIED},
    )


def _carried(before: Columns, rows: Rows) -> dict[int, tuple["Reals", "Numbers | None"]]:
    """Return the worths that are known of the rows of before."""
    import numpy as np

    at = np.searchsorted(rows.numbers, before.numbers)
    stays = np.append(rows.numbers, -1)[at] == before.numbers
    found: dict[int, tuple[Reals, Numbers | None]] = {}
    for version, (worths, _) in before.worths.items():
        known = np.full(len(rows.numbers), np.nan)
        known[at[stays]] = worths[stays]
        found[version] = known, None
    return found


def _read(connection: sqlite3.Connection, numbers: "Numbers | None" = None) -> Rows:
    """Read the rows of events: those called by `numbers`, or all."""
    import numpy as np

    table, which = f"events INDEXED BY {BRIEF}", "1"
    values: tuple[str, ...] = ()
    if numbers is not None:
        table, which = "events", "{} IN (SELECT value FROM json_each(?))"
        values = (encode(numbers.tolist()).decode(),)
    texts = _texts(connection, table, _READ, which.format("number"), values)
    unsorted = integers(texts[0])
    order = np.argsort(unsorted)
    found = unsorted[order]
    ids = texts[1].split(",") if texts[1] else []
    days = _coded(texts[4], order)
    claims, articles, origins, placed = (integers(text)[order] for text in texts[6:])
    ties = {}
    for kind in _TIED:
        pairs = _texts(connection, f"event_{kind}s", ("event", kind), which.format("event"), values)
        events, tied = map(integers, pairs)
        ties[kind] = Ties(np.searchsorted(found, events), tied)
    return Rows(
        numbers=found,
        ids=[ids[at] for at in order.tolist()],
        type=_coded(texts[2], order),
        status=_coded(texts[3], order),
        days=days,
        first=_days(days, 0),
        last=_days(days, 1),
        disputed=integers(texts[5])[order] > 0,
        claims=claims,
        articles=articles,
        origins=origins,
        placed=placed,
        ties=ties,
    )


def _columns(
    connection: sqlite3.Connection, rows: Rows, worths: dict[int, tuple["Reals", "Numbers | None"]]
) -> Columns:
    """Return the columns that the rows make, with what stands of places, actors and outlets beside them."""
    import numpy as np

    places = connection.execute(f"SELECT {', '.join(_PLACE)} FROM places").fetchall()
    shown = _translated(rows.placed, {row[0]: at for at, row in enumerate(places)})
    found: dict[str, Any] = {name: getattr(rows, name) for name in Rows.__struct_fields__}
    found |= _all_pairs(connection, rows.ties, places)
    return Columns(
        **found,
        place=shown.astype(np.int32),
        names=tuple(row[1] for row in places),
        precisions=tuple(row[2] for row in places),
        latitude=_of_place(shown, [row[3] for row in places]),
        longitude=_of_place(shown, [row[4] for row in places]),
        radius_km=_of_place(shown, [row[5] for row in places]),
        masks=OrderedDict(),
        orders={},
        worths=worths,
        lock=Lock(),
    )


def _texts(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], which: str, values: Sequence[str]
) -> tuple[str, ...]:
    """Return each column as one text, its values parted by commas, which none of them holds; none is NULL."""
    select = ", ".join(f"group_concat({column})" for column in columns)
    found = connection.execute(f"SELECT {select} FROM {table} WHERE {which}", values).fetchone()
    return tuple(text or "" for text in found)


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
    connection: sqlite3.Connection, ties: Mapping[str, Ties], places: Sequence[tuple[Any, ...]]
) -> dict[str, Pairs]:
    actors = connection.execute("SELECT number, id, name FROM actors").fetchall()
    outlets = connection.execute("SELECT number, name, name FROM outlets").fetchall()
    countries = [(row[0], row[6], row[6]) for row in places]
    areas = [(row[0], f"{row[6]}/{row[8]}" if row[6] and row[8] else None, row[7]) for row in places]
    return {
        "countries": _pairs(ties["place"], countries),
        "areas": _pairs(ties["place"], areas),
        "actors": _pairs(ties["actor"], actors),
        "outlets": _pairs(ties["outlet"], outlets),
    }


def _pairs(ties: Ties, rows: Sequence[tuple[Any, ...]]) -> Pairs:
    """Return which events name which values of `rows`: number, value (None is none), how it is written."""
    import numpy as np

    values = sorted({row[1] for row in rows if row[1] is not None})
    codes = {value: number for number, value in enumerate(values)}
    of_row = {row[0]: codes[row[1]] for row in rows if row[1] is not None}
    labels = _labels(rows, ties.rows)
    found = _translated(ties.rows, of_row)
    known = found != NONE
    # Two rows may have one value, two provinces one country: a pair that comes twice is one.
    joined = np.sort(ties.events[known] * (len(values) + 1) + found[known])
    at, code = np.divmod(joined[np.diff(joined, prepend=-1) > 0], len(values) + 1)
    return Pairs(tuple(values), tuple(labels[value] for value in values), at, code)


def _labels(rows: Sequence[tuple[Any, ...]], named: "Numbers") -> dict[str, str]:
    """Return how each value is written most often."""
    import numpy as np

    times = np.bincount(named, minlength=max((row[0] for row in rows), default=0) + 1).tolist()
    ways: dict[tuple[str, str], int] = {}
    for number, value, label in rows:
        if value is not None:
            way = value, label or value
            ways[way] = ways.get(way, 0) + times[number]
    best: dict[str, tuple[int, str]] = {}
    for (value, label), count in ways.items():
        best[value] = min(best.get(value, (0, label)), (-count, label))
    return {value: label for value, (_, label) in best.items()}
