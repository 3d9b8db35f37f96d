"""Times: what an expression says becomes an interval of whole days, with its precision and its anchor.

The door of this part of the room: `find_times` finds, `resolve_time` places, `choose_time` picks the time of
a trigger, `is_background` tells news from background.

What is not known is not made up. A weekday without a day of publication stays a weekday: its precision and
wording are kept, its dates are None. The day of publication is only ever counted from, never passed off as
the day of an event; that an article says nothing about time gives no time.

Conventions. Weeks are ISO weeks. "Friday" is the last Friday up to the publication, that day included, or
the next one for what is to come. "Early", "mid" and "late" are thirds, given as a range. "Two weeks ago" is
a week, "two months ago" a month: the unit gives the grain. Seasons are the meteorological ones of the
northern hemisphere. What was assumed is said in `When.assumed`.
"""

from calendar import day_name
from datetime import date

import msgspec

from dateline.model.values import When, WhenPrecision
from dateline.resolve.calendar import (
    Range,
    day_or_none,
    days_of,
    month_of,
    step_days,
    third_of,
    week_of,
    year_of,
)
from dateline.resolve.timebackground import is_background
from dateline.resolve.timechoice import choose_time
from dateline.resolve.timefinding import find_times
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Feast,
    Form,
    OtherDate,
    PartOfDay,
    Period,
    Shift,
    Slice,
    Stretch,
    TimeExpression,
    Weekday,
)
from dateline.resolve.timenotes import why_open
from dateline.resolve.timeplacing import (
    Anchors,
    Placed,
    Tense,
    from_published,
    make_placed,
    place_date,
    place_feast,
    place_other,
    place_period,
    place_weekday,
    publication,
    publication_day,
)
from dateline.resolve.timesteps import place_deictic, place_shift, place_slice, place_stretch
from dateline.resolve.timeswapped import place_swapped
from dateline.resolve.timetense import read_tense

__all__ = [
    "Anchors", "TimeExpression", "choose_time", "find_times", "is_background", "read_tense", "resolve_time",
]  # fmt: skip


def resolve_time(expression: TimeExpression, anchors: Anchors, *, tense: Tense = "unknown") -> When:
    """Return the interval of whole days that an expression names.

    `tense` is that of the clause: a bare weekday, day or month is the last one for the past and the next
    one for the future; with "unknown" the past is taken unless only the future is near, and `assumed` says
    so. Never raises: what cannot be placed keeps its wording and precision, and has no dates.
    """
    placed = _place(expression, anchors, tense)
    start, end = placed.start, placed.end
    if start and end and start > end:
        start, end = None, None
    if start is None and end is None:
        placed = _bounded(expression, placed, anchors, tense)
        start, end = placed.start, placed.end
    dated = start is not None or end is not None
    return When(
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        precision=placed.precision,
        text=expression.span.text,
        anchor=placed.anchor if dated else None,
        span=expression.span,
        assumed=_notes(placed.assumed, _misnamed(expression.form, start), _misdated(placed, anchors, tense)),
        basis="stated",
    )


def _notes(*notes: str | None) -> str | None:
    return "; ".join(dict.fromkeys(note for note in notes if note)) or None


def _misnamed(form: Form, day: date | None) -> str | None:
    """Say so where the day of the week beside a date is not that of the date."""
    if not isinstance(form, CalendarDate) or form.weekday is None or day is None:
        return None
    if form.day is None or day.day != form.day or day.isoweekday() == form.weekday:
        return None
    return f"{day.isoformat()} was a {day_name[day.weekday()]}, not a {day_name[form.weekday - 1]}"


def _misdated(placed: Placed, anchors: Anchors, tense: Tense) -> str | None:
    """Say so where a date that is told as past lies after the publication: one of the two must be wrong."""
    written = publication(anchors)
    if tense != "past" or written is None or placed.start is None or placed.anchor != "stated":
        return None
    # a day later it may be already, where the event was
    if placed.start <= (step_days(written[1], 1) or written[1]):
        return None
    return f"told as past, yet after the publication ({anchors.published}): one of the two dates must be wrong"


def _bounded(expression: TimeExpression, placed: Placed, anchors: Anchors, tense: Tense) -> Placed:
    """Give a time that needs the day of writing the bounds that follow from when that day can have been.

    All rules that count from the publication move with it, so that the first and the last possible day of
    writing give the first and the last possible day of the event.
    """
    open_note = placed.assumed or why_open(expression.form)
    known = publication(anchors)
    first = known or (days_of(anchors.not_before) if anchors.not_before else None)
    last = known or (days_of(anchors.not_after) if anchors.not_after else None)
    if first is None and last is None:
        return msgspec.structs.replace(placed, start=None, end=None, assumed=open_note)
    low = _place_as_if(expression, first[0], anchors, tense) if first else None
    high = _place_as_if(expression, last[1], anchors, tense) if last else None
    start, end = low.start if low else None, high.end if high else None
    if (start is None and end is None) or (start and end and start > end):
        return msgspec.structs.replace(placed, start=None, end=None, assumed=open_note)
    if known is None:
        edges = [f"not before {start}" if start else "", f"not after {end}" if end else ""]
        why = anchors.why or f"the text tells of {anchors.not_before} as past"
        said = f"{open_note}; {' and '.join(filter(None, edges))}, since {why}"
        counted = anchors.not_before if start else anchors.not_after
        return Placed(
            precision=placed.precision, start=start, end=end, anchor=f"context:{counted}", assumed=said
        )
    said = f"{open_note}; bounded by when the publication can have been"
    return Placed(
        precision=placed.precision, start=start, end=end, anchor=from_published(anchors), assumed=said
    )


def _place_as_if(expression: TimeExpression, written: date, anchors: Anchors, tense: Tense) -> Placed | None:
    """Place an expression as if it had been written that day; None where that is not what it counts from."""
    assumed = msgspec.structs.replace(
        anchors, published=written.isoformat(), published_precision="day", not_before=None, not_after=None
    )
    placed = _place(expression, assumed, tense)
    return placed if (placed.anchor or "").startswith("published") else None


def _place(expression: TimeExpression, anchors: Anchors, tense: Tense) -> Placed:
    placed = _place_form(expression, anchors, tense)
    if isinstance(expression.form, Between):
        return placed
    if expression.part is not None:
        placed = _narrow(placed, expression.part, anchors)
    if expression.daypart is not None and placed.precision == "day":
        placed = msgspec.structs.replace(placed, precision="part_of_day")
    return placed


def _place_form(expression: TimeExpression, anchors: Anchors, tense: Tense) -> Placed:
    form = expression.form
    if isinstance(form, Slice):
        return place_slice(form, _place(form.whole, anchors, tense))
    if isinstance(form, Between):
        return _place_between(form, anchors, tense)
    if isinstance(form, Deictic):
        return place_deictic(form, anchors, tense)
    if isinstance(form, Shift):
        return place_shift(form, _base(form, anchors, tense))
    if isinstance(form, Stretch):
        return place_stretch(form, anchors)
    if isinstance(form, PartOfDay):
        return _place_part_of_day(anchors)
    return _place_name(form, anchors, tense)


def _place_name(form: Form, anchors: Anchors, tense: Tense) -> Placed:
    """Place what the calendar has a name or number for."""
    if isinstance(form, CalendarDate):
        return place_swapped(form, anchors, tense) if form.ambiguous else place_date(form, anchors, tense)
    if isinstance(form, Weekday):
        return place_weekday(form, anchors, tense)
    if isinstance(form, Feast):
        return place_feast(form, anchors, tense)
    if isinstance(form, OtherDate):
        return place_other(form, anchors, tense)
    if isinstance(form, Period):
        return place_period(form, anchors, tense)
    # a Duration, Repeated or Vague lies nowhere
    return Placed(precision="unknown")


def _place_part_of_day(anchors: Anchors) -> Placed:
    """Place "at dawn" on the day named before."""
    days = days_of(anchors.context) if anchors.context else None
    if days is None or days[0] != days[1]:
        return Placed(precision="part_of_day")
    return make_placed(days, "part_of_day", f"context:{anchors.context}", "of the day named before")


def _narrow(placed: Placed, part: str, anchors: Anchors) -> Placed:
    """Apply "early", "late", "earlier this ..." to a placed time."""
    if placed.precision == "day":
        return msgspec.structs.replace(placed, precision="part_of_day")
    if placed.precision in ("part_of_day", "unknown"):
        return placed
    if placed.start is None or placed.end is None:
        return msgspec.structs.replace(placed, precision="range")
    written = publication_day(anchors)
    start, end = placed.start, placed.end
    if part in ("sofar", "rest"):
        counted = placed.anchor is not None and placed.anchor.startswith("published")
        if not counted or written is None or not start <= written <= end:
            return msgspec.structs.replace(placed, precision="range")
        start, end = (start, written) if part == "sofar" else (written, end)
    else:
        whole = _uncut(placed.precision, (start, end))
        start, end = third_of(whole, part)
        # "the end of the month" that has been told as past ends at the day of writing
        start, end = max(start, placed.start), min(end, placed.end)
    return msgspec.structs.replace(placed, precision="range", start=start, end=end)


def _uncut(precision: WhenPrecision, days: Range) -> Range:
    """Return the whole unit again where "this month" was cut at the day of writing."""
    first = days[0]
    if precision == "month":
        return month_of(first.year, first.month) or days
    if precision == "year":
        return year_of(first.year) or days
    if precision == "week":
        return week_of(first) or days
    return days


def _base(form: Shift, anchors: Anchors, tense: Tense) -> Placed:
    """Return what a shift is counted from: the publication, a time in its own words, or one named before."""
    if form.base == "published":
        return make_placed(publication(anchors), "unknown", from_published(anchors))
    if form.base == "time" and form.base_time is not None:
        return _place(form.base_time, anchors, tense)
    context = days_of(anchors.context) if anchors.context else None
    told = f"the {anchors.event} told before" if anchors.event else "the last date named before"
    return make_placed(context, "unknown", f"context:{anchors.context}", f"counted from {told}")


def _place_between(form: Between, anchors: Anchors, tense: Tense) -> Placed:
    first, last = _share(form.first, form.last)
    if first is None and tense == "unknown":
        # "until Friday", "by May": what the words look forward to, unless the clause is in the past
        tense = "future"
    begin = _place(first, anchors, tense) if first else None
    finish = _place(last, anchors, tense) if last else None
    start = _edge(begin, exclusive=form.exclusive, first=True)
    # "before the end of the year" lasts as long as the year
    whole = last is not None and last.part == "late" and "end of" in last.span.text.lower()
    end = _edge(finish, exclusive=form.exclusive and not whole, first=False)
    if start and end and start > end:
        start, end = _unwind(first, last, start, end)
    known = finish if begin is None or begin.anchor in (None, "stated") else begin
    known = known or begin
    assumed = (
        "; ".join(dict.fromkeys(side.assumed for side in (begin, finish) if side and side.assumed)) or None
    )
    if first and last and (start is None or end is None):
        return Placed(precision="range")
    return Placed(
        precision="range", start=start, end=end, anchor=known.anchor if known else None, assumed=assumed
    )


def _edge(placed: Placed | None, *, exclusive: bool, first: bool) -> date | None:
    """Return the bound that a placed time gives: its first day for a start, its last for an end."""
    if placed is None:
        return None
    if exclusive:
        outer = placed.end if first else placed.start
        return step_days(outer, 1 if first else -1) if outer else None
    return placed.start if first else placed.end


def _share(
    first: TimeExpression | None, last: TimeExpression | None
) -> tuple[TimeExpression | None, TimeExpression | None]:
    """Let the two ends of a range share what one of them leaves out ("October and November 2016")."""
    if first is None or last is None:
        return first, last
    one, two = first.form, last.form
    if not isinstance(one, CalendarDate) or not isinstance(two, CalendarDate):
        return first, last
    if one.year is None and two.year is not None:
        year = two.year
        if one.month is not None and two.month is not None and one.month > two.month:
            year -= 1
        one = msgspec.structs.replace(one, year=year, short_year=two.short_year)
    elif two.year is None and one.year is not None and two.month is not None:
        later = one.month is not None and two.month < one.month
        two = msgspec.structs.replace(two, year=one.year + (1 if later else 0), short_year=one.short_year)
    return msgspec.structs.replace(first, form=one), msgspec.structs.replace(last, form=two)


def _unwind(
    first: TimeExpression | None, last: TimeExpression | None, start: date, end: date
) -> tuple[date | None, date | None]:
    """Set right two weekdays or yearless dates that were each taken as the last one."""
    if first and last and isinstance(first.form, Weekday) and isinstance(last.form, Weekday):
        return step_days(start, -7), end
    if first and last and isinstance(first.form, CalendarDate) and first.form.year is None:
        moved = day_or_none(start.year - 1, start.month, start.day)
        return moved, end
    return None, None
