"""Counting events by what they have: facets and timelines, out of columns and masks."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.store.columns import NO_DAY, NONE, Coded, Columns, Pairs
from dateline.store.conditions import event_conditions
from dateline.store.looks import Bin, Facets, Tally, Timeline, Unit
from dateline.store.query import EventQuery, first_day, last_day

if TYPE_CHECKING:
    from dateline.store.columns import Mask, Numbers

# Values of one facet that are given; what is rarer is found by search.
FACET_VALUES = 100
# The longest stretch of days that is shown in bins of a unit: a screen has room for some 250 bins.
SPANS: tuple[tuple[Unit, int], ...] = (("day", 250), ("week", 250 * 7), ("month", 250 * 30))


class Chosen:
    """The events that a query holds for, also under all of its filters but one."""

    def __init__(self, connection: sqlite3.Connection, columns: Columns, query: EventQuery) -> None:
        self.query = query
        self.columns = columns
        self._masks = {
            name: columns.mask(connection, conditions) for name, conditions in event_conditions(query).items()
        }

    def but(self, *names: str) -> "Mask":
        """Return which events all filters hold for but those of `names`."""
        import numpy as np

        found = np.ones(len(self.columns.numbers), dtype=bool)
        for name, mask in self._masks.items():
            if name not in names:
                found &= mask
        return found


def count_facets(chosen: Chosen) -> Facets:
    """Count the events by every facet, each under all filters but its own."""
    columns = chosen.columns
    places = chosen.but("where")
    undated = (columns.first == NO_DAY) & (columns.last == NO_DAY)
    unplaced = _unresolved(columns)
    return Facets(
        total=int(chosen.but().sum()),
        type=_tallies(columns.type.words, columns.type.words, _counts(columns.type, chosen.but("type"))),
        status=tuple(_statuses(columns, chosen.but("status"))),
        country=_paired(columns.countries, places),
        admin1=_paired(columns.areas, places),
        actor=_paired(columns.actors, chosen.but("actor")),
        outlet=_paired(columns.outlets, chosen.but("outlet")),
        disputed=int((chosen.but("disputed") & columns.disputed).sum()),
        unresolved=int((chosen.but("unresolved") & unplaced).sum()),
        undated=int((chosen.but("since") & undated).sum()),
    )


def _unresolved(columns: Columns) -> "Mask":
    import numpy as np

    unplaced: Mask = (columns.place != NONE) & np.isnan(columns.latitude)
    return unplaced


def _counts(column: Coded, mask: "Mask") -> Sequence[int]:
    import numpy as np

    return [int(count) for count in np.bincount(column.codes[mask], minlength=len(column.words))]


def counts_of(pairs: Pairs, mask: "Mask | None" = None) -> list[int]:
    """Return how many events, of those in `mask` or of all, have each value."""
    import numpy as np

    codes = pairs.codes if mask is None else pairs.codes[mask[pairs.events]]
    return [int(count) for count in np.bincount(codes, minlength=len(pairs.values))]


def _paired(pairs: Pairs, mask: "Mask") -> tuple[Tally, ...]:
    return _tallies(pairs.values, pairs.labels, counts_of(pairs, mask))


def _tallies(values: Sequence[str], labels: Sequence[str], counts: Sequence[int]) -> tuple[Tally, ...]:
    """Return the values that occur, the most frequent first."""
    found = (Tally(*each) for each in zip(values, labels, counts, strict=True) if each[2])
    return tuple(sorted(found, key=lambda tally: (-tally.count, tally.label, tally.value))[:FACET_VALUES])


def _statuses(columns: Columns, mask: "Mask") -> Iterator[Tally]:
    """Give the display words, each with the events that the filter by it holds for: by the word or an axis."""
    counts = list(zip(columns.status.words, _counts(columns.status, mask), strict=True))
    for word in sorted({words.split()[0] for words in columns.status.words}):
        count = sum(number for words, number in counts if word in words.split())
        if count:
            yield Tally(word, word, count)


def lay_timeline(chosen: Chosen) -> Timeline:
    """Count the events by the day from which on they can have happened, within the filters of dates."""
    import numpy as np

    columns, query = chosen.columns, chosen.query
    dated = (columns.first != NO_DAY) | (columns.last != NO_DAY)
    undated = int((chosen.but("since") & ~dated).sum())
    which = chosen.but() & dated
    if not which.any():
        return Timeline(unit="day", bins=(), undated=undated)
    first, last = columns.first[which], columns.last[which]
    since = date.fromisoformat(first_day(query.since)).toordinal() if query.since else 0
    until = date.fromisoformat(last_day(query.until)).toordinal() if query.until else date.max.toordinal()
    # Where a bound is open the other one stands for it: nothing is put at a day that no source names.
    begins = np.clip(np.where(first == NO_DAY, last, first), since, until)
    ends = np.where(last == NO_DAY, first, last)
    low, high = int(begins.min()), int(begins.max())
    unit: Unit = next((name for name, days in SPANS if high - low < days), "year")
    edges = np.array(list(_edges(unit, low, high)), dtype=np.int64)
    where = np.searchsorted(edges, begins, side="right") - 1
    open_ended = (first == NO_DAY) | (last == NO_DAY)
    wide = open_ended | (ends >= edges[where + 1]) | (columns.first[which] < edges[where])
    return Timeline(unit=unit, bins=_bins(edges, where, columns.disputed[which], wide), undated=undated)


def _bins(edges: "Numbers", where: "Numbers", disputed: "Mask", wide: "Mask") -> tuple[Bin, ...]:
    import numpy as np

    size = len(edges) - 1
    counts = [np.bincount(where[mask], minlength=size).tolist() for mask in (where >= 0, disputed, wide)]
    return tuple(
        Bin(
            start=date.fromordinal(int(edges[number])).isoformat(),
            end=date.fromordinal(int(edges[number + 1]) - 1).isoformat(),
            count=counts[0][number],
            disputed=counts[1][number],
            wide=counts[2][number],
        )
        for number in range(size)
    )


def _edges(unit: Unit, low: int, high: int) -> Iterator[int]:
    """Give the first days of the bins that hold `low` to `high`, and the day after the last bin."""
    day = _floor(unit, date.fromordinal(low))
    yield day.toordinal()
    while True:
        try:
            day = _after(unit, day)
        except (ValueError, OverflowError):  # the calendar ends with the year 9999
            yield date.max.toordinal() + 1
            return
        yield day.toordinal()
        if day.toordinal() > high:
            return


def _after(unit: Unit, day: date) -> date:
    """Return the first day of the bin after the one that begins with `day`."""
    if unit in ("day", "week"):
        return day + timedelta(days=7 if unit == "week" else 1)
    if unit == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date(day.year + 1, 1, 1)


def _floor(unit: Unit, day: date) -> date:
    if unit == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day
