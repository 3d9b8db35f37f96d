"""Joining times: neighbouring atoms become one, and two ends become a range."""

import re

import msgspec

from dateline.model.span import span_of
from dateline.resolve.timeatoms import Atom
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Feast,
    OtherDate,
    PartOfDay,
    Period,
    Shift,
    TimeExpression,
    Weekday,
)
from dateline.resolve.timewords import GAP

# How far a preposition or modifier may reach back from its atom; the longest in the word lists is shorter.
REACH = 40

_COMMA = re.compile(rf"(?:,?{GAP}(?:the{GAP})?|{GAP}\()")

_BLANK = re.compile(GAP)

_IN = re.compile(rf"{GAP}(?:in|of){GAP}")

_OF = re.compile(rf"(?:{GAP}|,{GAP})(?:(?:of|on|in){GAP})?(?:the{GAP})?(?:(?:early|late){GAP})?")

_AT = re.compile(
    rf",?{GAP}(?:(?:at|around|about|before|after|shortly{GAP}(?:before|after)|in){GAP})?(?:the{GAP})?"
)

_ON = re.compile(rf"{GAP}(?:on{GAP})?")

_ONTO = re.compile(rf"{GAP}(?:the{GAP})?")

# Only these take a date after them: "two days later, on 3 May" names its day itself.
_TOWARDS = ("before", "after", "prior to", "following", "eve of")

_RANGE = re.compile(
    rf"(?:\s?[-–—]\s?|{GAP}(to|through|until|till|and|or|into){GAP}(?:the{GAP})?(?:(?:in|on){GAP})?)"
)


def join(left: Atom, right: Atom, text: str) -> Atom | None:
    """Return one atom for two neighbours, or None where they are two times."""
    if right.start - left.end > REACH:
        return None
    gap = text[left.end : right.start]
    for attempt in (_join_weekday, _join_daypart, _join_year, _join_week):
        atom = attempt(left, right, gap)
        if atom is not None:
            if "(" in gap and text[atom.end : atom.end + 1] == ")":
                atom = msgspec.structs.replace(atom, end=atom.end + 1)
            return atom
    return _join_base(left, right, text) or _join_to_the_day(left, right, text)


def _join_weekday(left: Atom, right: Atom, gap: str) -> Atom | None:
    """Join "Friday" + "21 October 2016"; of "that Thursday in March" only the month is known."""
    if not isinstance(left.form, Weekday) or not isinstance(right.form, CalendarDate):
        return None
    if right.form.month is not None and right.form.day is None and _IN.fullmatch(gap):
        return msgspec.structs.replace(right, start=left.start, weak=False, daypart=left.daypart)
    if right.form.day is None or not _COMMA.fullmatch(gap):
        return None
    form = msgspec.structs.replace(right.form, weekday=left.form.number)
    daypart = left.daypart or right.daypart
    return msgspec.structs.replace(right, start=left.start, form=form, weak=False, daypart=daypart)


def _is_day(atom: Atom) -> bool:
    form = atom.form
    if isinstance(form, CalendarDate):
        return form.day is not None
    if isinstance(form, OtherDate):
        return form.day is not None
    if isinstance(form, Weekday | Feast):
        return True
    return isinstance(form, Deictic | Shift) and form.unit == "day"


def _join_daypart(left: Atom, right: Atom, gap: str) -> Atom | None:
    """Join a part of the day or a clock time with its day, in either order."""
    if isinstance(right.form, PartOfDay) and (_is_day(left) or isinstance(left.form, PartOfDay)):
        pattern = _BLANK if right.weak and left.daypart is None else _AT
        if not pattern.fullmatch(gap) and not (right.weak and _AT.fullmatch(gap) and gap.strip()):
            return None
        daypart = left.daypart if left.daypart and ":" in left.daypart else right.daypart
        return msgspec.structs.replace(left, end=right.end, daypart=daypart, weak=left.weak and right.weak)
    overnight = isinstance(left.form, Deictic) and left.form.spread > 0 and not isinstance(right.form, Deictic)
    if (isinstance(left.form, PartOfDay) or overnight) and _is_day(right) and _OF.fullmatch(gap):
        return msgspec.structs.replace(right, start=left.start, daypart=left.daypart, weak=False)
    return None


def _join_year(left: Atom, right: Atom, gap: str) -> Atom | None:
    """Join "10 July" + "last year", "in May" + "this year", "October" + "of the same year"."""
    if isinstance(right.form, CalendarDate) and right.form.era == "bc" and _OF.fullmatch(gap):
        return _before_era(left, right)
    if not isinstance(right.form, Deictic | Shift) or right.form.unit != "year" or not _OF.fullmatch(gap):
        return None
    if (
        not isinstance(left.form, CalendarDate)
        or left.form.year is not None
        or left.form.year_shift is not None
    ):
        return None
    if isinstance(right.form, Deictic):
        form = msgspec.structs.replace(left.form, year_shift=right.form.shift)
    elif right.form.direction == 0:
        form = msgspec.structs.replace(left.form, of_context=True)
    elif right.form.base == "published" and right.form.low == right.form.high and right.form.loose is None:
        # "in November three years ago"
        form = msgspec.structs.replace(left.form, year_shift=right.form.direction * right.form.low)
    else:
        return None
    return msgspec.structs.replace(left, form=form, end=right.end, weak=False)


def _before_era(left: Atom, right: Atom) -> Atom | None:
    """Join "April" + "480 BC"."""
    if not (isinstance(left.form, CalendarDate) and isinstance(right.form, CalendarDate)):
        return None
    if left.form.month is None or left.form.year is not None:
        return None
    form = msgspec.structs.replace(left.form, year=right.form.year, era="bc")
    return msgspec.structs.replace(left, form=form, end=right.end, weak=False)


def _join_week(left: Atom, right: Atom, gap: str) -> Atom | None:
    """Join "Friday" + "of last week"."""
    if not isinstance(left.form, Weekday) or not isinstance(right.form, Deictic):
        return None
    if right.form.unit != "week" or right.weak or not _OF.fullmatch(gap):
        return None
    form = msgspec.structs.replace(left.form, week_shift=right.form.shift)
    return msgspec.structs.replace(left, form=form, end=right.end, weak=False)


def _join_to_the_day(left: Atom, right: Atom, text: str) -> Atom | None:
    """Join "five years ago" + "today" or "this Saturday": so long before that very day."""
    form, day = left.form, right.form
    if not isinstance(form, Shift) or form.base != "published" or form.direction > 0:
        return None
    if (
        form.unit not in ("week", "fortnight", "month", "year")
        or form.low != form.high
        or form.loose is not None
    ):
        return None
    today = isinstance(day, Deictic) and day.unit == "day" and day.spread == 0
    # "four weeks ago last Wednesday", "a week ago on Friday"
    weekday = isinstance(day, Weekday) and (
        day.which == "this"
        or (form.unit in ("week", "fortnight") and day.which in ("last", "plain") and day.week_shift is None)
    )
    if not (today or weekday) or not _ON.fullmatch(text, left.end, right.start):
        return None
    base = TimeExpression(span=span_of(text, right.start, right.end), form=day)
    exact = msgspec.structs.replace(form, base="time", base_time=base, exact=True)
    return msgspec.structs.replace(left, form=exact, end=right.end, daypart=right.daypart)


_BASES = CalendarDate | Weekday | Deictic | Feast


def _join_base(left: Atom, right: Atom, text: str) -> Atom | None:
    """Join "two days before" + "21 October 2016": the second is what the first counts from."""
    if not isinstance(left.form, Shift) or left.form.base != "context" or left.form.direction == 0:
        return None
    if not isinstance(right.form, _BASES) or not _ONTO.fullmatch(text, left.end, right.start):
        return None
    if not text[left.start : left.end].lower().endswith(_TOWARDS):
        return None
    base = TimeExpression(span=span_of(text, right.start, right.end), form=right.form, daypart=right.daypart)
    form = msgspec.structs.replace(left.form, base="time", base_time=base)
    return msgspec.structs.replace(left, form=form, end=right.end, weak=False)


def append(found: list[TimeExpression], right: TimeExpression, text: str) -> None:
    """Add an expression, joined with the one before where both are the ends of one range."""
    if found:
        merged = _range(found[-1], right, text)
        if merged is not None:
            found[-1] = merged
            return
    found.append(right)


def _range(left: TimeExpression, right: TimeExpression, text: str) -> TimeExpression | None:
    """Return the range that two neighbours make ("from March to May"), or None."""
    opened = isinstance(left.form, Between) and left.form.last is None and not left.form.exclusive
    first = left.form.first if isinstance(left.form, Between) and opened else left
    last = right.form.last if isinstance(right.form, Between) and right.form.first is None else right
    if first is None or last is None or isinstance(first.form, Between) or isinstance(last.form, Between):
        return None
    gap = text[first.span.end : last.span.start]
    joint = _RANGE.fullmatch(gap) if len(gap) <= REACH else None
    if joint is None or not _same_kind(first, last):
        return None
    word = (joint[1] or "-").lower()
    led = re.search(r"(?<!\w)between\s\Z", text[max(0, first.span.start - 9) : first.span.start], re.IGNORECASE)
    if word in ("and", "or") and not led and not _successive(first, last):
        return None
    if opened and word in ("and", "or"):
        return None
    start = left.span.start - (len("between ") if led else 0)
    span = span_of(text, start, right.span.end)
    return TimeExpression(span=span, form=Between(first=first, last=last))


def _same_kind(first: TimeExpression, last: TimeExpression) -> bool:
    if type(first.form) is not type(last.form):
        return False
    if isinstance(first.form, CalendarDate) and isinstance(last.form, CalendarDate):
        grains = [(form.day is not None, form.month is not None) for form in (first.form, last.form)]
        return grains[0] == grains[1]
    return isinstance(first.form, Weekday | Period | Deictic | Feast | OtherDate)


def _successive(first: TimeExpression, last: TimeExpression) -> bool:
    """Tell whether "A and B" are neighbours, so that the two make one stretch of time."""
    one, two = first.form, last.form
    if isinstance(one, Weekday) and isinstance(two, Weekday):
        return two.number == one.number % 7 + 1
    if not (isinstance(one, CalendarDate) and isinstance(two, CalendarDate)):
        return False
    if one.day is not None or two.day is not None:
        return False
    if one.month is None or two.month is None:
        return one.year is not None and two.year == one.year + 1
    return one.year in (None, two.year) and two.month == one.month + 1
