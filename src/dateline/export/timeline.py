"""The timeline of the report: events as bars on an axis that leaves out long stretches without any.

Pure geometry in units of the drawing (the SVG's viewBox); the template draws it. One unit is about a pixel.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from dateline.export.scale import Axis, Break, Caption, Tick, make_axis
from dateline.export.wording import read_day, status_group, type_label, when_words, where_words
from dateline.model.event import Event
from dateline.model.ids import EventId
from dateline.model.values import When

WIDTH = 960.0
MARGIN = 12.0
HEAD = 44.0  # room for the captions and ticks of the axis
ROW, THIN_ROW = 20.0, 8.0
BAR, THIN_BAR = 10.0, 5.0
SHORTEST = 5.0  # a bar of one day on a long axis must still be seen and hit
# Beyond this many dated events labels only cover one another, so bars go without.
LABELLED = 90
LETTER = 6.1  # mean width of a letter of a label at 11 units, by eye; labels are packed, not measured
LONGEST_LABEL = 44


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """An event on the timeline. `open_start` and `open_end` mark an interval that has no such bound."""

    event: EventId
    title: str
    label: str
    x: float
    y: float
    width: float
    label_x: float
    anchor: str
    open_start: bool
    open_end: bool
    group: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The laid-out timeline; `undated` are the events without a date, in their order."""

    width: float
    height: float
    bar: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    captions: tuple[Caption, ...]
    breaks: tuple[Break, ...]
    undated: tuple[Event, ...]


class _Spot(msgspec.Struct, frozen=True):
    """Where a label stands: its point, its anchor and the room that it takes."""

    x: float
    anchor: str
    left: float
    right: float


class _Interval(msgspec.Struct, frozen=True):
    first: int | None
    last: int | None
    event: Event


def _interval(event: Event) -> _Interval | None:
    first, last = _ordinal(event.when, "start"), _ordinal(event.when, "end")
    return None if first is None and last is None else _Interval(first, last, event)


def _ordinal(when: When, name: str) -> int | None:
    day: date | None = read_day(getattr(when, name))
    return day.toordinal() if day else None


def lay_out(events: Sequence[Event]) -> Timeline:
    """Place every dated event on an axis, in rows in which neither bars nor labels meet."""
    intervals = [interval for event in events if (interval := _interval(event))]
    dated = {interval.event.id for interval in intervals}
    labelled = len(intervals) <= LABELLED
    axis = make_axis([(item.first, item.last) for item in intervals], MARGIN, WIDTH - MARGIN)
    bars, rows = _pack(intervals, axis, labelled=labelled)
    return Timeline(
        width=WIDTH,
        height=HEAD + rows * (ROW if labelled else THIN_ROW) + 10,
        bar=BAR if labelled else THIN_BAR,
        bars=bars,
        ticks=axis.ticks,
        captions=axis.captions,
        breaks=axis.breaks,
        undated=tuple(event for event in events if event.id not in dated),
    )


def _pack(intervals: Sequence[_Interval], axis: Axis, *, labelled: bool) -> tuple[tuple[Bar, ...], int]:
    """Give each bar the first row where it has room; returns the bars and the number of rows."""
    height = ROW if labelled else THIN_ROW
    ends: list[float] = []
    bars = []
    for item in sorted(intervals, key=lambda item: (*_reach(item, axis), item.event.id)):
        start, end = _reach(item, axis)
        width = max(SHORTEST, end - start)
        start = min(start, WIDTH - MARGIN - width)
        label = _label(item.event) if labelled else ""
        spot = _spot(label, start, width)
        low, high = min(start, spot.left), max(start + width, spot.right) + 4
        row = next((index for index, taken in enumerate(ends) if taken <= low), len(ends))
        if row == len(ends):
            ends.append(high)
        ends[row] = high
        bars.append(
            Bar(
                event=item.event.id,
                title=_title(item.event),
                label=label,
                x=round(start, 1),
                y=round(HEAD + row * height, 1),
                width=round(width, 1),
                label_x=round(spot.x, 1),
                anchor=spot.anchor,
                open_start=item.first is None,
                open_end=item.last is None,
                group=status_group(item.event.status.word),
            )
        )
    return tuple(bars), len(ends)


def _reach(item: _Interval, axis: Axis) -> tuple[float, float]:
    """Return where the interval starts and ends on the axis; an open side runs to the edge."""
    start = MARGIN if item.first is None else axis.place(item.first)
    end = WIDTH - MARGIN if item.last is None else axis.place(item.last + 1)
    return start, end


def _spot(label: str, start: float, width: float) -> _Spot:
    """Set a label right of its bar, else left of it, else upon it."""
    room = len(label) * LETTER + 8 if label else 0.0
    end = start + width
    if end + room <= WIDTH:
        return _Spot(end + 5, "start", start, end + room)
    if start - room >= 0:
        return _Spot(start - 5, "end", start - room, end)
    return _Spot(start + 6, "start", start, max(end, start + room))


def _title(event: Event) -> str:
    return f"{type_label(event.type)}, {where_words(event.where)}, {when_words(event.when)}"


def _label(event: Event) -> str:
    place = f" · {event.where.name}" if event.where else ""
    label = type_label(event.type) + place
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
