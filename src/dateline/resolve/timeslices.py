"""Slices of a longer time: "the first ten months of 1915", "the third week of May", "the week of 6 March".

So is "the week to 6 March", the seven days that end then.
"""

import re
from functools import cache

from dateline.model.span import span_of
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Feast,
    OtherDate,
    Period,
    Shift,
    Slice,
    TimeExpression,
    Weekday,
)
from dateline.resolve.timewords import GAP, alternatives, load_time_words

_LONG = ("month", "year", "decade", "century", "week", "quarter")


@cache
def _slice() -> re.Pattern[str]:
    words = load_time_words()
    units = alternatives(word for word, unit in words.units.items() if unit in ("day", "week", "month", "year"))
    counts = alternatives(word for word, (low, high) in words.counts.items() if low == high and len(word) > 1)
    ordinals = alternatives([*words.ordinals, "final", "opening", "closing"])
    return re.compile(
        rf"(?<!\w)(?:the{GAP})?(?:(?P<which>{ordinals}){GAP}(?:(?P<count>\d{{1,2}}|{counts}){GAP})?)?(?P<unit>{units})"
        rf"{GAP}(?:of|in){GAP}(?:the{GAP})?\Z",
        re.IGNORECASE,
    )


def sliced(whole: TimeExpression, text: str, floor: int) -> TimeExpression:
    """Return the slice of `whole` that the words before it name, looked for down to `floor`; else `whole`."""
    form = whole.form
    day = isinstance(form, CalendarDate) and form.day is not None
    if not _can_be_cut(whole):
        return whole
    match = _slice().search(text, floor, whole.span.start)
    if match is None:
        return _week_to(whole, text, floor)
    unit = load_time_words().units[match["unit"].lower()]
    if match["which"] is None:
        # "the week of 6 March"; "a week of 2015" is no slice
        if not (unit == "week" and day):
            return whole
        offset, count = None, 1
    elif day or isinstance(form, Weekday):
        return whole
    else:
        offset, count = _cut(match["which"].lower(), (match["count"] or "1").lower())
    span = span_of(text, match.start(), whole.span.end)
    return TimeExpression(span=span, form=Slice(offset=offset, count=count, unit=unit, whole=whole))


_WEEK_TO = re.compile(
    rf"(?<!\w)(?:the{GAP})?week{GAP}(?:to|ending|ended|through|until|up{GAP}to){GAP}(?:on{GAP})?(?:the{GAP})?\Z",
    re.IGNORECASE,
)


def _week_to(whole: TimeExpression, text: str, floor: int) -> TimeExpression:
    """Return the seven days up to a day that the words count so ("in the week to 9 May"), else `whole`."""
    form = whole.form
    if not isinstance(form, Weekday) and not (isinstance(form, CalendarDate) and form.day is not None):
        return whole
    match = _WEEK_TO.search(text, floor, whole.span.start)
    if match is None:
        return whole
    first = Shift(low=6, high=6, unit="day", direction=-1, base="time", base_time=whole)
    span = span_of(text, match.start(), whole.span.end)
    opened = TimeExpression(span=whole.span, form=first)
    return TimeExpression(span=span, form=Between(first=opened, last=whole))


def _can_be_cut(whole: TimeExpression) -> bool:
    form = whole.form
    if isinstance(form, Deictic | Shift):
        return form.unit in _LONG and whole.part is None
    return isinstance(form, CalendarDate | OtherDate | Feast | Period | Weekday)


def _cut(which: str, written: str) -> tuple[int, int]:
    """Return (offset, count) of "first ten", "last two", "third"."""
    words = load_time_words()
    count = int(written) if written.isdecimal() else words.counts[written][0] if written != "1" else 1
    if which in ("last", "final", "closing"):
        return -count, count
    return (0 if which == "opening" else words.ordinals[which] - 1), count
