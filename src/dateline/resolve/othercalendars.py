"""Days of other calendars as days of ours: Easter, the Islamic, the Iranian and the Jewish year.

The Islamic calendar is Umm al-Qura's, from a table for the years 1343 to 1500 (1924 to 2077); where a month
is begun by sighting the moon, its days may lie one earlier or later. The Iranian year follows the 33-year rule,
which agrees with the almanacs from 1800 to 2200. Outside what a calendar covers there is no answer: None.
"""

from datetime import date, timedelta
from functools import cache

from dateline.resolve.calendar import Range, step_days

# Ordinal of the first day of the Jewish year 1, proleptic Gregorian; negative: before the first of our years.
_JEWISH_EPOCH = -1373427
# Years of the solar calendar for which the 33-year rule is used.
FIRST_SOLAR, LAST_SOLAR = 1178, 1578
ISLAMIC_NOTE = "by the Umm al-Qura calendar, a day either side for local sighting of the moon"


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches, by the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the eastern churches, by the Julian computus, as a Gregorian date."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)


@cache
def islamic_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the Islamic year, or None where the table has no such day."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(found.year, found.month, found.day)


def islamic_days(year: int, month: int | None, day: int | None) -> Range | None:
    """Return the days of an Islamic year, month or day, one wider on either side for the sighting."""
    first = islamic_day(year, month or 1, day or 1)
    if first is None:
        return None
    if day is not None:
        last = first
    elif month is not None:
        following = islamic_day(year + month // 12, month % 12 + 1, 1)
        last = following - timedelta(days=1) if following else first + timedelta(days=29)
    else:
        after = islamic_day(year + 1, 1, 1)
        last = after - timedelta(days=1) if after else first + timedelta(days=353)
    return first - timedelta(days=1), last + timedelta(days=1)


def islamic_years(year: int) -> tuple[int, ...]:
    """Return the Islamic years that a year of the common era touches."""
    first = (year - 622) * 33 // 32
    return tuple(range(first - 1, first + 3))


def _solar_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


@cache
def solar_new_year(year: int) -> date | None:
    """Return Nowruz, the first day of the Iranian solar year, or None outside the rule's years."""
    if not FIRST_SOLAR <= year <= LAST_SOLAR:
        return None
    # 1 Farvardin 1400 was 21 March 2021
    low, high = sorted((year, 1400))
    days = 365 * (high - low) + sum(map(_solar_leap, range(low, high)))
    return date(2021, 3, 21) + timedelta(days=days if year >= 1400 else -days)


def solar_days(year: int, month: int | None, day: int | None) -> Range | None:
    """Return the days of a solar year, month or day, or None where there is no such day."""
    first, following = solar_new_year(year), solar_new_year(year + 1)
    if first is None or following is None:
        return None
    if month is None:
        return first, following - timedelta(days=1)
    begin = first + timedelta(days=31 * (month - 1) - max(0, month - 7))
    length = 31 if month <= 6 else 30 if month < 12 else (following - begin).days
    if day is None:
        return begin, begin + timedelta(days=length - 1)
    if day > length:
        return None
    return begin + timedelta(days=day - 1), begin + timedelta(days=day - 1)


def _jewish_elapsed(year: int) -> int:
    """Return the days from the epoch to the new year of `year`, before the last two postponements."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


@cache
def jewish_new_year(year: int) -> date | None:
    """Return Rosh Hashanah in the autumn of a year of the common era, or None beyond the year 9000."""
    if not 1 <= year <= 9000:
        return None
    jewish = year + 3761
    before, this, after = (_jewish_elapsed(jewish + step) for step in (-1, 0, 1))
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return date.fromordinal(_JEWISH_EPOCH + this + late)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date | None:
    """Return the count-th such weekday of a month (1 is Monday; -1 counts from the end)."""
    if count > 0:
        first = date(year, month, 1)
        return step_days(first, (weekday - first.isoweekday()) % 7 + 7 * (count - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return step_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (count + 1))
