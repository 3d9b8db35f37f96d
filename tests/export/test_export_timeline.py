"""The timeline keeps the order of days, cuts long pauses and lets nothing overlap."""

from datetime import date, timedelta
from itertools import pairwise
from types import ModuleType

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.export.scale import make_axis
from dateline.export.timeline import MARGIN, WIDTH, lay_out
from dateline.model.event import Event
from dateline.model.values import When

DAY = st.integers(1, date.max.toordinal() - 1)
CLOSE = st.integers(730_000, 740_000)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[int | None, int | None]:
    first = draw(CLOSE | DAY)
    last = min(first + draw(st.integers(0, 3000)), date.max.toordinal())
    return draw(st.sampled_from([(first, last), (first, first), (first, None), (None, last)]))


@settings(deadline=None, max_examples=50)  # the machine may be busy
@given(st.lists(bounds(), min_size=1, max_size=12))
def test_days_keep_their_order_on_the_axis(pairs: list[tuple[int | None, int | None]]) -> None:
    axis = make_axis(pairs, 10, 900)
    days = sorted(day for pair in pairs for day in pair if day is not None)
    places = [axis.place(day) for day in days]
    assert all(before <= after for before, after in pairwise(places))
    assert all(10 - 1e-6 <= place <= 900 + 1e-6 for place in places)
    for part, after in zip(axis.parts, axis.parts[1:], strict=False):
        assert part.last < after.first
        assert part.x + part.width < after.x


def dated(event: Event, start: date | None, end: date | None) -> Event:
    ends = [day.isoformat() if day else None for day in (start, end)]
    when = When(start=ends[0], end=ends[1], precision="day", basis="stated")
    return msgspec.structs.replace(event, id=f"evt_{start}_{end}", when=when)


def test_long_pauses_are_cut_and_counted(make: ModuleType) -> None:
    event, _ = make.raid()
    first, second = date(2016, 10, 21), date(2020, 4, 28)
    drawn = lay_out([dated(event, first, first), dated(event, second, second)])
    assert len(drawn.breaks) == 1
    assert (second - first).days - 4 <= drawn.breaks[0].days <= (second - first).days
    assert [caption.text for caption in drawn.captions] == ["Oct 2016", "Apr 2020"]


def test_long_background_does_not_hide_the_cuts(make: ModuleType) -> None:
    event, _ = make.raid()
    days = [date(2016, 10, 21), date(2020, 4, 28)]
    events = [dated(event, day, day) for day in days] + [dated(event, date(2014, 1, 1), date(2020, 12, 31))]
    drawn = lay_out(events)
    assert len(drawn.breaks) == 1
    widest = max(drawn.bars, key=lambda bar: bar.width)
    assert widest.event == "evt_2014-01-01_2020-12-31"


def test_undated_events_are_listed_apart(make: ModuleType) -> None:
    event, _ = make.raid()
    undated, _ = make.warning()
    drawn = lay_out([event, undated])
    assert [bar.event for bar in drawn.bars] == [event.id]
    assert drawn.undated == (undated,)
    assert lay_out([undated]).bars == ()


def test_open_intervals_reach_the_edge_and_say_so(make: ModuleType) -> None:
    event, _ = make.raid()
    day = date(2017, 10, 5)
    drawn = lay_out([dated(event, None, day), dated(event, day, None), dated(event, day, day)])
    by_event = {str(bar.event): bar for bar in drawn.bars}
    assert by_event["evt_None_2017-10-05"].open_start
    assert by_event["evt_None_2017-10-05"].x == MARGIN
    later = by_event["evt_2017-10-05_None"]
    assert later.open_end
    assert later.x + later.width == WIDTH - MARGIN
    assert not by_event["evt_2017-10-05_2017-10-05"].open_end


def test_bars_in_one_row_do_not_meet(make: ModuleType) -> None:
    event, _ = make.raid()
    start = date(2017, 1, 1)
    events = [
        dated(event, start + timedelta(days=step), start + timedelta(days=step * 2)) for step in range(60)
    ]
    rows: dict[float, list[tuple[float, float]]] = {}
    for bar in lay_out(events).bars:
        rows.setdefault(bar.y, []).append((bar.x, bar.x + bar.width))
    for spans in rows.values():
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))


def test_many_events_go_without_labels(make: ModuleType) -> None:
    event, _ = make.raid()
    start = date(2017, 1, 1)
    events = [dated(event, start + timedelta(days=step), start + timedelta(days=step)) for step in range(300)]
    assert {bar.label for bar in lay_out(events).bars} == {""}
