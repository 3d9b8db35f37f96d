"""An axis of days that is cut where nothing happens for long, with its ticks."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

Bounds = tuple[int | None, int | None]

# Longer intervals ("in 2014", "since 2003") do not keep the axis from being cut: they would fill every gap.
COARSE_DAYS = 92
SMALLEST_GAP = 21  # days; a shorter pause is shown, not cut
MOST_PARTS = 8  # more parts than this do not leave room for their captions
SHORTEST_AXIS = 15  # days; one event alone must look like a day, not like an age
BREAK = 22.0  # width of a cut
SMALLEST_PART = 62.0  # width of the shortest part: room for its caption
TICK_ROOM = 46.0  # least distance of two labelled ticks
TICK_WIDTH = 20.0  # room for a label right of its tick, before the part ends
_SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Tick(msgspec.Struct, frozen=True):
    """A labelled line of the axis."""

    x: float
    label: str


class Caption(msgspec.Struct, frozen=True):
    """The month and year that a part of the axis starts in."""

    x: float
    text: str


class Break(msgspec.Struct, frozen=True):
    """A cut in the axis and how many days it leaves out."""

    x: float
    width: float
    days: int


class Part(msgspec.Struct, frozen=True):
    """Days `first` to `last` (half-open ordinals) drawn from `x` over `width`."""

    first: int
    last: int
    x: float
    width: float


class Axis(msgspec.Struct, frozen=True):
    """The parts in order, and what is drawn along them."""

    parts: tuple[Part, ...]
    ticks: tuple[Tick, ...]
    captions: tuple[Caption, ...]
    breaks: tuple[Break, ...]

    def place(self, day: int) -> float:
        """Return the position of the start of `day` (an ordinal); days beyond the axis go to its ends.

        Days within a cut are spread over it, so that order is kept everywhere.
        """
        index = max(0, bisect_right([part.first for part in self.parts], day) - 1)
        part = self.parts[index]
        if day <= part.last or index == len(self.parts) - 1:
            share = min(1.0, max(0.0, (day - part.first) / (part.last - part.first)))
            return part.x + share * part.width
        after = self.parts[index + 1]
        end = part.x + part.width
        return end + (after.x - end) * (day - part.last) / (after.first - part.last)


def make_axis(bounds: Sequence[Bounds], left: float, right: float) -> Axis:
    """Make the axis for intervals of ordinals (inclusive; None: open) between two positions."""
    stretches = _stretches(bounds)
    if not stretches:
        return Axis((), (), (), ())
    parts = _spread(stretches, left, right)
    cuts = [
        Break(round(part.x + part.width, 1), round(after.x - part.x - part.width, 1), after.first - part.last)
        for part, after in pairwise(parts)
    ]
    ticks = [tick for part in parts for tick in _ticks(part) if tick.x + TICK_WIDTH <= part.x + part.width]
    captions = [Caption(round(part.x, 1), _caption(part)) for part in parts]
    return Axis(tuple(parts), tuple(ticks), tuple(captions), tuple(cuts))


def _stretches(bounds: Sequence[Bounds]) -> list[tuple[int, int]]:
    """Return the half-open stretches of days that the axis must show, a day of margin around each."""
    whole = [(first, last) for first, last in bounds if first is not None and last is not None]
    ends = [day for pair in bounds for day in pair if day is not None]
    single = [(day, day) for pair in bounds if None in pair for day in pair if day is not None]
    fine = [pair for pair in whole if pair[1] - pair[0] < COARSE_DAYS] + single
    if not ends:
        return []
    # A fourteenth of the whole: what is cut is then always longer than the cut is wide.
    gap = max(SMALLEST_GAP, (max(ends) - min(ends)) // 14)
    merged = _merge(fine, gap)
    coarse = [pair for pair in whole if not any(low < pair[1] and pair[0] < high for low, high in merged)]
    days = fine + [pair for pair in coarse if pair[1] - pair[0] >= COARSE_DAYS]
    merged = _merge(days, gap)
    while len(merged) > MOST_PARTS:
        gap *= 2
        merged = _merge(days, gap)
    if len(merged) == 1 and (lack := SHORTEST_AXIS - (merged[0][1] - merged[0][0])) > 0:
        return [(max(1, merged[0][0] - lack // 2), merged[0][1] + lack - lack // 2)]
    return merged


def _merge(pairs: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Join inclusive intervals that lie no more than `gap` days apart, as half-open ones with a margin."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        low, high = max(1, first - 1), max(last, first) + 2
        if merged and low - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _spread(stretches: Sequence[tuple[int, int]], left: float, right: float) -> list[Part]:
    """Share the width out by days, after every part has got the least that it needs."""
    free = right - left - BREAK * (len(stretches) - 1) - SMALLEST_PART * len(stretches)
    days = sum(high - low for low, high in stretches)
    parts = []
    x = left
    for low, high in stretches:
        width = SMALLEST_PART + free * (high - low) / days
        parts.append(Part(low, high, x, width))
        x += width + BREAK
    return parts


def _caption(part: Part) -> str:
    first = _day(part.first + 1)
    return f"{_SHORT_MONTHS[first.month - 1]} {first.year}"


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(1, ordinal), date.max.toordinal()))


def _ticks(part: Part) -> Iterator[Tick]:
    """Yield ticks at the finest of the usual steps whose labels have room."""
    per_day = part.width / (part.last - part.first)
    for days in (1, 2, 7, 14):
        if per_day * days >= TICK_ROOM:
            yield from _day_ticks(part, days)
            return
    for months in (1, 3, 6, 12, 24, 60, 120, 600, 1200):
        if per_day * 30.4 * months >= TICK_ROOM:
            yield from _month_ticks(part, months)
            return


def _day_ticks(part: Part, step: int) -> Iterator[Tick]:
    per_day = part.width / (part.last - part.first)
    for ordinal in range(part.first + 1, part.last, step):
        day = _day(ordinal)
        yield Tick(
            round(part.x + (ordinal - part.first) * per_day, 1), f"{day.day} {_SHORT_MONTHS[day.month - 1]}"
        )


def _month_ticks(part: Part, step: int) -> Iterator[Tick]:
    per_day = part.width / (part.last - part.first)
    first = _day(part.first)
    month = -(-(first.year * 12 + first.month - 1) // step) * step
    while month // 12 <= date.max.year:
        day = date(month // 12, month % 12 + 1, 1)
        if day.toordinal() >= part.last:
            return
        if day.toordinal() > part.first:
            label = str(day.year) if day.month == 1 or step >= 12 else _SHORT_MONTHS[day.month - 1]
            yield Tick(round(part.x + (day.toordinal() - part.first) * per_day, 1), label)
        month += step
