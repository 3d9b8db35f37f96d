"""What the resolver finds, in the terms of TIMEX3: a value for each expression, and the corpora's extents.

The resolver keeps intervals; TIMEX3 writes the calendar unit that the words name ("1999-W47", "P3D",
"PRESENT_REF"). The value is read from the form of the expression and the days it was placed on; nothing is
looked up in the gold. The two corpora mark extents by different habits, each stated in Habit.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from dateline.model.values import When
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Duration,
    Feast,
    OtherDate,
    PartOfDay,
    Period,
    Repeated,
    Shift,
    Slice,
    Stretch,
    TimeExpression,
    Vague,
    Weekday,
)


class Habit(NamedTuple):
    """How a corpus draws extents.

    `approximators`: "about", "nearly" belong to the time. `articles`: so does "the" before a decade, a season
    or a stretch. `event`: so does the happening that a step is counted from ("two days after the raid").
    `nearer`: so do "early", "late", "earlier" and "later" before a day or a deictic ("earlier this week"), and
    the part of the day before its day ("the night of 3 May"). `periods`: what returns is written as a length
    ("daily" is P1D), not as an open date (XXXX-XX-XX).
    """

    approximators: bool
    articles: bool
    event: bool
    nearer: bool
    periods: bool


# WikiWars was marked as TIMEX2: whole noun phrases. AQUAINT marks the bare time.
TIMEX2 = Habit(approximators=True, articles=True, event=True, nearer=True, periods=False)
TIMEX3 = Habit(approximators=False, articles=False, event=False, nearer=False, periods=True)

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_DAYPARTS = {
    "dawn": "TMO",
    "morning": "TMO",
    "noon": "T12:00",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
}
_UNITS = {
    "minute": "TM", "hour": "TH", "night": "D", "day": "D", "week": "W", "weekend": "W", "fortnight": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip


def ends_of(expression: TimeExpression) -> Iterator[TimeExpression]:
    """Yield the expression, or the ends of a range as the corpora mark them, each on its own."""
    form = expression.form
    if not isinstance(form, Between):
        yield expression
        return
    first, last = form.first, form.last
    if first and last and isinstance(last.form, CalendarDate):
        form = first.form
        if isinstance(form, CalendarDate) and form.year is None:
            shared = msgspec.structs.replace(form, year=last.form.year, era=last.form.era)
            first = msgspec.structs.replace(first, form=shared)
    for end in (first, last):
        # neither corpus marks the bare "then" of "since then"
        if end is not None and end.span.text.lower() != "then":
            yield from ends_of(end)


def timex_value(expression: TimeExpression, when: When, habit: Habit) -> str:
    """Return the TIMEX3 value of a placed time; "" where TIMEX3 has none."""
    form = expression.form
    if isinstance(form, Duration):
        return _period(form.low, form.high, form.unit)
    if isinstance(form, Stretch):
        return _period(form.low, form.high, form.unit)
    if isinstance(form, Repeated):
        return _set(form, habit, expression.span.text)
    if isinstance(form, Slice):
        return _sliced(form, when)
    if isinstance(form, Vague):
        plural = _RECENT.search(expression.span.text)
        if plural is not None:
            return f"PX{_UNITS[plural[1].lower()]}"
        return {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}.get(form.side, "")
    value = _date(form, when)
    if not habit.event and value in ("PAST_REF", "FUTURE_REF") and isinstance(form, Shift):
        # the extent is the bare count, which is a length
        return _period(None, None, form.unit)
    if not habit.nearer and _PART_OF.match(expression.span.text):
        return value
    if expression.daypart and re.fullmatch(r"(?:\d{4}|XXXX)-(?:\d\d|XX)-(?:\d\d|XX)", value):
        value += _DAYPARTS.get(expression.daypart, f"T{expression.daypart}")
    return value


_RECENT = re.compile(r"(?:recent|coming)\s+(day|week|month|year|decade)s$", re.I)


def _sliced(form: Slice, when: When) -> str:
    if form.offset is None:
        return _counted("week", when, when.start)
    return _period(form.count, form.count, form.unit)


def _date(form: object, when: When) -> str:
    if isinstance(form, CalendarDate):
        return _calendar_date(form, when)
    if isinstance(form, Period):
        return _named_period(form, when)
    if isinstance(form, Weekday):
        return when.start or f"XXXX-WXX-{form.number}" if when.start == when.end else f"XXXX-WXX-{form.number}"
    if isinstance(form, Deictic):
        return _counted(form.unit, when, when.start)
    if isinstance(form, Shift):
        if form.low != form.high:
            return {-1: "PAST_REF", 0: "", 1: "FUTURE_REF"}[form.direction]
        return _counted(form.unit, when, when.start)
    if isinstance(form, Feast | OtherDate):
        return _named_day(when)
    if isinstance(form, PartOfDay):
        return when.start or "XXXX-XX-XX"
    return ""


def _named_day(when: When) -> str:
    """Return the day or month of a feast; of an Islamic one the middle of the days it may have been."""
    if when.start is None or when.end is None:
        return ""
    first, last = date.fromisoformat(when.start), date.fromisoformat(when.end)
    return (first + (last - first) / 2).isoformat() if (last - first).days < 4 else when.start[:7]


def _calendar_date(form: CalendarDate, when: When) -> str:
    placed = when.start is not None and (when.end is not None and when.start[:4] == when.end[:4])
    if form.era == "bc" and form.year is not None:
        year = f"BC{form.year:04d}"
    else:
        year = when.start[:4] if when.start and placed else f"{form.year:04d}" if form.year else "XXXX"
    if form.month is None:
        return year if form.day is None else when.start or f"{year}-XX-{form.day:02d}"
    return f"{year}-{form.month:02d}" + (f"-{form.day:02d}" if form.day else "")


def _named_period(form: Period, when: When) -> str:
    year = when.start[:4] if when.start else f"{form.year}" if form.year else "XXXX"
    if form.unit == "season":
        return f"{year}-{_SEASONS.get(form.number, '')}"
    if form.unit == "quarter":
        return f"{year}-Q{form.number}"
    if form.unit == "half":
        return f"{year}-H{form.number}"
    if form.unit == "decade":
        return str(form.number // 10)
    return f"{form.number // 100:02d}"


def _counted(unit: str, when: When, start: str | None) -> str:
    """Return the unit that was placed, as TIMEX3 writes it."""
    if start is None or when.end is None:
        return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}.get(unit, "")
    if unit in ("week", "fortnight", "weekend"):
        year, week, _ = date.fromisoformat(start).isocalendar()
        return f"{year}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "decade":
        return str((int(start[:4]) + int(when.end[:4])) // 2)[:3] if start[3] == "0" else str(_middle(when))
    if unit == "century":
        return start[:2]
    return start[: {"month": 7, "year": 4}.get(unit, 10)]


def _middle(when: When) -> int:
    return (int((when.start or "0")[:4]) + int((when.end or "0")[:4]) + 1) // 2


def _period(low: float | None, high: float | None, unit: str) -> str:
    letter = _UNITS[unit]
    count = "X" if low is None or low != high else f"{low * (2 if unit == 'fortnight' else 1):g}"
    return f"PT{count}{letter[1]}" if letter[0] == "T" else f"P{count}{letter}"


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_OPEN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}


def _set(form: Repeated, habit: Habit, words: str) -> str:
    if form.unit in _WEEKDAYS:
        return f"XXXX-WXX-{_WEEKDAYS.index(form.unit) + 1}"
    letter = _UNITS.get(form.unit)
    if not habit.periods and form.unit in _OPEN and not words.lower().startswith("per"):
        return _OPEN[form.unit]
    if letter is None:
        return "XXXX-XX-XX" + _DAYPARTS[form.unit] if form.unit in _DAYPARTS else ""
    return f"PT1{letter[1]}" if letter[0] == "T" else f"P1{letter}"


_APPROXIMATOR = re.compile(
    r"(?:about|around|roughly|approximately|some|only|just|nearly|almost|barely|another)\s+", re.I
)
_ARTICLE = re.compile(r"the\s+", re.I)
_NEARER = re.compile(r"(?:early|late|earlier|later)(?:\s+(?:on|in))?\s+(?:the\s+)?", re.I)
_PART_OF = re.compile(r".*\bof\s+", re.I | re.S)
_STEP = re.compile(r"\s+(?:before|after|following|prior\s+to)\b.*", re.I | re.S)


def extent(expression: TimeExpression, text: str, habit: Habit) -> tuple[int, int]:
    """Return the extent by the habit of a corpus."""
    start, end = expression.span.start, expression.span.end
    form = expression.form
    drop = []
    if not habit.approximators and isinstance(form, Duration | Shift):
        drop.append(_APPROXIMATOR)
    if not habit.nearer and isinstance(form, Weekday | Deictic):
        drop.append(_NEARER)
    counted = isinstance(form, Shift) and form.base_time is None and _STEP.search(text, start, end) is not None
    if not habit.articles and (isinstance(form, Stretch) or counted or getattr(form, "unit", "") == "decade"):
        drop.append(_ARTICLE)
    if isinstance(form, Vague):
        drop.append(re.compile(r"(?:in|at)\s+" if habit.articles else r"(?:in|at)\s+(?:the\s+)?", re.I))
    for pattern in drop:
        found = pattern.match(text, start, end)
        if found is not None and found.end() < end:
            start = found.end()
    if not habit.event and counted:
        step = _STEP.search(text, start, end)
        end = step.start() if step is not None and step.start() > start else end
    part = _PART_OF.match(text, start, end) if not habit.nearer and expression.daypart else None
    return (part.end() if part else start), end
