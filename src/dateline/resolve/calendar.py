"""Whole days: the ranges of weeks, months, seasons, years and decades, and steps between them.

A range is a pair of dates, both inclusive. Dates are those of the proleptic Gregorian calendar, years 1 to
9999; a step that would leave them returns None.
"""

from calendar import monthrange
from datetime import date, timedelta

Range = tuple[date, date]

# Thirds of a month and of a year, as day and month numbers. The wording gives no sharper bound; thirds are
# the usual reading in annotation schemes and are kept as the range, never as one day.
_EARLY_MONTH, _MID_MONTH = 10, 20
_EARLY_YEAR, _MID_YEAR = 4, 8


def step_days(day: date, days: int) -> date | None:
    """Return the date `days` after `day`, or None outside years 1 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO date, None where it names no day."""
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def cut_to(iso: str, precision: str) -> str:
    """Return an ISO date cut to a precision: "2016" for a year, "2016-10" for a month, else the day."""
    return iso[: {"year": 4, "month": 7}.get(precision, 10)]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return that date, or None when there is no such day."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def month_of(year: int, month: int) -> Range | None:
    """Return the days of a month; `month` may lie outside 1..12 and then carries into other years."""
    carry, index = divmod(month - 1, 12)
    year += carry
    if not 1 <= year <= 9999:
        return None
    return date(year, index + 1, 1), date(year, index + 1, monthrange(year, index + 1)[1])


def months_from(year: int, month: int, count: int) -> Range | None:
    """Return the days of `count` months in a row."""
    first, last = month_of(year, month), month_of(year, month + count - 1)
    return (first[0], last[1]) if first and last else None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the nth (from 1, or -1 for the last) weekday (1 is Monday) of a month, None where it has none."""
    days = month_of(year, month)
    if days is None:
        return None
    if nth < 0:
        return weekday_before(days[1], weekday, strictly=False)
    first = weekday_after(days[0], weekday, strictly=False)
    found = step_days(first, 7 * (nth - 1)) if first is not None else None
    return found if found is not None and found <= days[1] else None


def year_of(year: int) -> Range | None:
    """Return the days of a year."""
    return months_from(year, 1, 12)


def years_from(year: int, count: int) -> Range | None:
    """Return the days of `count` years in a row."""
    return months_from(year, 1, 12 * count)


def week_of(day: date) -> Range | None:
    """Return the ISO week, Monday to Sunday, that holds `day`."""
    monday = step_days(day, -day.weekday())
    sunday = step_days(day, 6 - day.weekday())
    return (monday, sunday) if monday and sunday else None


def weekend_near(day: date, shift: int) -> Range | None:
    """Return Saturday and Sunday of the ISO week `shift` weeks from that of `day`."""
    saturday = step_days(day, 5 - day.weekday() + 7 * shift)
    sunday = step_days(day, 6 - day.weekday() + 7 * shift)
    return (saturday, sunday) if saturday and sunday else None


def step_months(day: date, months: int) -> date | None:
    """Return the same day of the month `months` later, or the month's last day where it is shorter."""
    whole = month_of(day.year, day.month + months)
    return whole[0].replace(day=min(day.day, whole[1].day)) if whole else None


def weekday_before(day: date, weekday: int, *, strictly: bool) -> date | None:
    """Return the latest date with ISO `weekday` (1 is Monday) on or before `day`; `strictly` before."""
    back = (day.isoweekday() - weekday) % 7
    return step_days(day, -(7 if strictly and back == 0 else back))


def weekday_after(day: date, weekday: int, *, strictly: bool) -> date | None:
    """Return the earliest date with ISO `weekday` (1 is Monday) on or after `day`; `strictly` after."""
    ahead = (weekday - day.isoweekday()) % 7
    return step_days(day, 7 if strictly and ahead == 0 else ahead)


def third_of(whole: Range, part: str) -> Range:
    """Return the early, mid or late third of a range.

    A month is cut after its 10th and 20th day, a year after April and August, a decade or century after
    whole years (the 1990s: 1990-93, 1994-96, 1997-99); anything else in three nearly equal runs of days. An
    unknown `part` returns the range unchanged.
    """
    first, last = whole
    if part not in ("early", "mid", "late"):
        return whole
    if (first.year, first.month) == (last.year, last.month) and first.day == 1:
        cuts = (first.replace(day=_EARLY_MONTH), first.replace(day=_MID_MONTH))
    elif first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        cuts = (date(first.year, _EARLY_YEAR, 30), date(first.year, _MID_YEAR, 31))
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = last.year - first.year + 1
        early, late = -(-years // 3), years // 3
        cuts = (date(first.year + early - 1, 12, 31), date(last.year - late, 12, 31))
    else:
        length = (last - first).days + 1
        if length < 3:
            return whole
        cuts = (first + timedelta(days=length // 3 - 1), first + timedelta(days=2 * length // 3 - 1))
    if part == "early":
        return first, cuts[0]
    if part == "mid":
        return cuts[0] + timedelta(days=1), cuts[1]
    return cuts[1] + timedelta(days=1), last


def days_of(iso: str) -> Range | None:
    """Return the days that an ISO day, month or year stands for, or None when it is none of these."""
    pieces = iso[:10].split("-")
    if not all(piece.isdecimal() for piece in pieces):
        return None
    numbers = [int(piece) for piece in pieces]
    if len(numbers) == 1:
        return year_of(numbers[0])
    if len(numbers) == 2:
        return month_of(*numbers) if 1 <= numbers[1] <= 12 else None
    found = day_or_none(*numbers[:3])
    return (found, found) if found else None
