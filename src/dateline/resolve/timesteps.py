"""Placing what is counted: from the day of writing, or so many units from another time."""

from datetime import date, timedelta

import msgspec

from dateline.model.values import WhenPrecision
from dateline.resolve.calendar import (
    Range,
    days_of,
    month_of,
    months_from,
    step_days,
    step_months,
    week_of,
    weekend_near,
    year_of,
    years_from,
)
from dateline.resolve.othercalendars import ISLAMIC_NOTE
from dateline.resolve.timeforms import Deictic, Shift, Slice, Stretch
from dateline.resolve.timeplacing import (
    Anchors,
    Placed,
    Tense,
    from_published,
    make_placed,
    publication,
    publication_day,
)


def place_deictic(form: Deictic, anchors: Anchors, tense: Tense) -> Placed:
    """Place "today", "last week", "this year" by the day of publication."""
    if form.unit in ("year", "decade", "century", "month"):
        return _place_long(form, anchors, tense)
    written = publication_day(anchors)
    precision: WhenPrecision = "week" if form.unit == "week" else "range" if form.unit == "weekend" else "day"
    if written is None:
        return Placed(precision=precision)
    anchor = from_published(anchors)
    if form.unit == "week":
        near = step_days(written, 7 * form.shift)
        return _so_far(make_placed(week_of(near) if near else None, "week", anchor), form, written, tense)
    if form.unit == "weekend":
        shift = form.shift
        if shift == 0 and tense != "future" and written.isoweekday() < 6:
            shift = -1
        return make_placed(weekend_near(written, shift), "range", anchor)
    first = step_days(written, form.shift)
    last = step_days(written, form.shift + form.spread)
    return make_placed((first, last) if first and last else None, "day", anchor)


def _so_far(placed: Placed, form: Deictic, written: date, tense: Tense) -> Placed:
    """Cut "this week" at the day of writing for what has already happened, and before it for what has not."""
    if form.shift != 0 or placed.start is None or placed.end is None or tense == "unknown":
        return placed
    if not placed.start <= written <= placed.end:
        return placed
    if tense == "past":
        return msgspec.structs.replace(placed, end=written, assumed="not after the publication")
    return msgspec.structs.replace(placed, start=written, assumed="not before the publication")


def _place_long(form: Deictic, anchors: Anchors, tense: Tense) -> Placed:
    precision: WhenPrecision = "month" if form.unit == "month" else "year" if form.unit == "year" else "range"
    known = publication(anchors)
    day = publication_day(anchors)
    if known is None and form.bare and anchors.context and (context := days_of(anchors.context)) is not None:
        return _place_in_context(form, context, anchors.context, precision)
    if known is None or known[0].year != known[1].year:
        return Placed(precision=precision)
    if form.unit == "month" and known[0].month != known[1].month:
        return Placed(precision=precision)
    anchor = from_published(anchors)
    year = known[0].year
    if form.unit == "month":
        placed = make_placed(month_of(year, known[0].month + form.shift), precision, anchor)
    elif form.unit == "year":
        placed = make_placed(year_of(year + form.shift), precision, anchor)
    else:
        size = 10 if form.unit == "decade" else 100
        placed = make_placed(years_from(year - year % size + size * form.shift, size), precision, anchor)
    return _so_far(placed, form, day, tense) if day else placed


def _place_in_context(form: Deictic, context: Range, named: str, precision: WhenPrecision) -> Placed:
    """Place "the end of the year" by the date named before."""
    first, last = context
    if first.year != last.year or (form.unit == "month" and first.month != last.month):
        return Placed(precision=precision)
    month = month_of(first.year, first.month + form.shift)
    days = month if form.unit == "month" else year_of(first.year + form.shift)
    if form.unit in ("decade", "century"):
        return Placed(precision=precision)
    return make_placed(days, precision, f"context:{named}", "counted from the last date named before")


def place_shift(form: Shift, counted_from: Placed) -> Placed:
    """Place so many units before or after a base; nothing where the base is not known well enough."""
    precision = _shift_precision(form)
    if counted_from.start is None or counted_from.end is None:
        return Placed(precision=precision)
    base, anchor, assumed = (counted_from.start, counted_from.end), counted_from.anchor, counted_from.assumed
    if form.loose is not None:
        return _place_loose(form, base, anchor)
    if form.direction == 0 and form.unit == "minute":
        return make_placed(base, precision, anchor, assumed)  # "since then": whatever its grain
    low, high = form.low * form.direction, form.high * form.direction
    ends = [_step(base[0], form, min(low, high)), _step(base[1], form, max(low, high))]
    if ends[0] is None or ends[1] is None:
        return Placed(precision=precision)
    if form.direction == 0 and not _fine_enough(base, form):
        return Placed(precision=precision)
    if form.direction != 0 and base[0] != base[1] and form.unit in ("minute", "hour", "day", "week"):
        return Placed(precision=precision)
    if form.low != form.high:
        assumed = "; ".join(note for note in (assumed, f"{form.low} to {form.high} {form.unit}s") if note)
    return make_placed((ends[0][0], ends[1][1]), precision, anchor, assumed)


def _place_loose(form: Shift, base: Range, anchor: str | None) -> Placed:
    """Place "more than two years ago" (open beyond) and "less than a week ago" (up to the base)."""
    if base[0] != base[1]:
        return Placed(precision="range")
    count = form.low if form.loose == "over" else form.high
    far = _reach(base[0], form.unit, count * form.direction)
    if far is None:
        return Placed(precision="range")
    if form.loose == "under":
        return make_placed((min(far, base[0]), max(far, base[0])), "range", anchor)
    past = form.direction < 0
    return Placed(precision="range", start=None if past else far, end=far if past else None, anchor=anchor)


def _fine_enough(base: Range, form: Shift) -> bool:
    """Tell whether "the same day" can be said of the base: it must be one day, one month, one year."""
    if form.unit in ("minute", "hour", "day"):
        return base[0] == base[1]
    if form.unit == "week":
        return week_of(base[0]) == week_of(base[1])
    if form.unit == "month":
        return (base[0].year, base[0].month) == (base[1].year, base[1].month)
    return base[0].year == base[1].year


def _shift_precision(form: Shift) -> WhenPrecision:
    if form.low != form.high or form.loose is not None:
        return "range"
    if form.unit in ("minute", "hour"):
        return "part_of_day"
    if form.unit == "day" or form.exact:
        return "day"
    if form.unit in ("week", "fortnight"):
        return "week"
    if form.unit == "month":
        return "month"
    return "year" if form.unit == "year" else "range"


def _step(day: date, form: Shift, count: int) -> Range | None:
    """Return the unit that lies `count` units from `day`: a day, an ISO week, a month, a year."""
    if form.exact:
        moved = _reach(day, form.unit, count)
        return (moved, moved) if moved else None
    if form.unit in ("minute", "hour"):
        near = step_days(day, -1 if count < 0 else 0)
        far = step_days(day, 1 if count > 0 else 0)
        return (near, far) if near and far else None
    if form.unit == "day":
        moved = step_days(day, count)
        return (moved, moved) if moved else None
    if form.unit in ("week", "fortnight", "weekend"):
        moved = step_days(day, count * (14 if form.unit == "fortnight" else 7))
        return week_of(moved) if moved else None
    if form.unit == "month":
        return month_of(day.year, day.month + count)
    if form.unit == "quarter":
        return months_from(day.year, day.month + 3 * count, 3)
    size = {"decade": 10, "century": 100}.get(form.unit, 1)
    # "a decade ago" is ten years ago to within five, not the calendar's decade
    return years_from(day.year + size * count - size // 2, size)


def place_slice(form: Slice, whole: Placed) -> Placed:
    """Place "the first ten months of 1915" within the longer time that it is counted in."""
    precision: WhenPrecision = (
        form.unit if form.count == 1 and form.unit in ("day", "week", "month") else "range"
    )
    if whole.start is None or whole.end is None:
        return Placed(precision=precision, assumed=whole.assumed)
    if form.offset is None:
        days = week_of(whole.start) if form.unit == "week" else None
        return make_placed(days, precision, whole.anchor, whole.assumed)
    if form.offset >= 0:
        start = _reach(whole.start, form.unit, form.offset)
        after = _reach(whole.start, form.unit, form.offset + form.count)
        end = step_days(after, -1) if after else None
    else:
        after = step_days(whole.end, 1)
        start = _reach(after, form.unit, form.offset) if after else None
        end = _reach(after, form.unit, form.offset + form.count) if after else None
        end = step_days(end, -1) if end else None
    if start is None or end is None or start < whole.start or end > whole.end:
        return Placed(precision=precision, assumed="longer than what it is part of")
    if whole.assumed and ISLAMIC_NOTE in whole.assumed:
        # the whole is a day wider on either side, and so is each part of it
        first = form.offset >= 0
        start, end = start - timedelta(days=0 if first else 2), end + timedelta(days=2 if first else 0)
    return make_placed((start, end), precision, whole.anchor, whole.assumed)


def place_stretch(form: Stretch, anchors: Anchors) -> Placed:
    """Place "the past six months": from that long before the publication up to it."""
    written = publication_day(anchors)
    if written is None:
        return Placed(precision="range")
    far = _reach(written, form.unit, form.high * form.direction)
    days = None if far is None else (min(far, written), max(far, written))
    note = None if form.low == form.high else f"{form.low} to {form.high} {form.unit}s"
    return make_placed(days, "range", from_published(anchors), note)


def _reach(day: date, unit: str, count: int) -> date | None:
    """Return the day that lies `count` units from `day`; hours and minutes are rounded up to days."""
    if unit in ("month", "quarter", "year", "decade", "century"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        return step_months(day, months * count)
    if unit in ("hour", "minute"):
        hours = abs(count) if unit == "hour" else -(-abs(count) // 60)
        days = -(-hours // 24)
        return step_days(day, days if count > 0 else -days)
    return step_days(day, count * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))
