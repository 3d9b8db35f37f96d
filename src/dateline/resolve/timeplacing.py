"""Placing dates, weekdays and periods in the calendar, by the day of publication or the text before."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from dateline.model.article import Published
from dateline.model.values import WhenPrecision
from dateline.resolve.calendar import (
    Range,
    cut_to,
    day_or_none,
    days_of,
    month_of,
    months_from,
    nth_weekday,
    step_days,
    weekday_after,
    weekday_before,
    year_of,
    years_from,
)
from dateline.resolve.othercalendars import ISLAMIC_NOTE
from dateline.resolve.timefeasts import feast_days, feast_note, load_feasts, other_days, other_years
from dateline.resolve.timeforms import (
    NEAREST_FUTURE,
    NEAREST_PAST,
    CalendarDate,
    Feast,
    OtherDate,
    Period,
    Weekday,
    day_alone,
)

Tense = Literal["past", "future", "unknown"]

# Without a tense, a day or month still to come is taken when it is this near and the past one is not.
# Set by reading: announcements in the news seldom look further ahead without naming the year.
NEAR_FUTURE_DAYS = 31


class Anchors(msgspec.Struct, frozen=True, kw_only=True):
    """What an expression may be counted from.

    `published` is the ISO date of publication cut to `published_precision` ("second", "day", "month",
    "year", "unknown"). `context` is the ISO day, month or year of the last date placed before in the text, or
    of the happening that `event` names, where the expression counts from one ("a week before the attack").
    `not_before` is the ISO day on which or after which the article was written, `not_after` that on which or
    before which; `why` says in words from what that follows.
    """

    published: str | None = None
    published_precision: str = "unknown"
    context: str | None = None
    event: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    why: str | None = None


def anchored_on(published: Published) -> Anchors:
    """Return the anchors of a text of which nothing is known but when it was published."""
    return Anchors(published=published.date, published_precision=published.precision)


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """An interval on its way to a When; either end may be open."""

    precision: WhenPrecision
    start: date | None = None
    end: date | None = None
    anchor: str | None = None
    assumed: str | None = None


def publication(anchors: Anchors) -> Range | None:
    """Return the days in which the article may have been published."""
    if anchors.published is None or anchors.published_precision == "unknown":
        return None
    return days_of(cut_to(anchors.published, anchors.published_precision))


def publication_day(anchors: Anchors) -> date | None:
    """Return the day of publication, or None where only its month or year is known."""
    known = publication(anchors)
    return known[0] if known and known[0] == known[1] else None


def publication_year(anchors: Anchors) -> int | None:
    """Return the year of publication, or None."""
    known = publication(anchors)
    return known[0].year if known and known[0].year == known[1].year else None


def from_published(anchors: Anchors) -> str:
    """Name the publication as an anchor."""
    return f"published:{cut_to(anchors.published or '', anchors.published_precision)}"


def make_placed(
    days: Range | None, precision: WhenPrecision, anchor: str | None, assumed: str | None = None
) -> Placed:
    """Make a Placed of an interval; without one, only the precision is known."""
    if days is None:
        return Placed(precision=precision)
    return Placed(precision=precision, start=days[0], end=days[1], anchor=anchor, assumed=assumed)


def _grain(form: CalendarDate) -> WhenPrecision:
    if form.day is not None or form.nth is not None:
        return "day"
    return "month" if form.month is not None else "year"


def _days(form: CalendarDate, year: int) -> Range | None:
    """Return the days of a date in a given year."""
    if form.nth is not None and form.month is not None:
        found = nth_weekday(year, form.month, *form.nth)
        return (found, found) if found else None
    if form.month is None:
        return year_of(year)
    if form.day is None:
        return month_of(year, form.month)
    day = day_or_none(year, form.month, form.day)
    return (day, day) if day else None


def place_date(form: CalendarDate, anchors: Anchors, tense: Tense) -> Placed:
    """Place a day, month or year; what the words leave out comes from the publication or the text before."""
    grain = _grain(form)
    if form.era == "bc":
        return Placed(precision=grain, assumed="before the common era, where there are no dates here")
    if form.month is not None and form.day is not None and day_or_none(2000, form.month, form.day) is None:
        return Placed(precision=grain, assumed=NO_SUCH_DAY)
    if (day := day_alone(form)) is not None:
        return _place_day_of_month(day, anchors, tense)
    if form.short_year and form.year is not None:
        year = whole_year(form.year, publication_year(anchors))
        return make_placed(_days(form, year), grain, "stated", f"the year {form.year:02d} read as {year}")
    if form.year is not None:
        days = _days(form, form.year)
        return make_placed(days, grain, "stated") if days else Placed(precision=grain, assumed=NO_SUCH_DAY)
    if form.of_context:
        return _place_by_context(form, anchors)
    if form.year_shift is not None and NEAREST_PAST < form.year_shift < NEAREST_FUTURE:
        written = publication_year(anchors)
        days = _days(form, written + form.year_shift) if written is not None else None
        return make_placed(days, grain, from_published(anchors))
    if form.year_shift is not None:
        tense = "past" if form.year_shift < 0 else "future"
    return _place_yearless(form, anchors, tense, strictly=form.year_shift is not None)


NO_SUCH_DAY = "there is no such day in the calendar"


def _place_day_of_month(number: int, anchors: Anchors, tense: Tense) -> Placed:
    """Place "on the 20th" in the month of the last date named, else as the last such day, or the next."""
    context = days_of(anchors.context) if anchors.context else None
    if context is not None and (context[0].year, context[0].month) == (context[1].year, context[1].month):
        day = day_or_none(context[0].year, context[0].month, number)
        note = "of the month of the last date named before"
        return make_placed((day, day) if day else None, "day", f"context:{anchors.context}", note)
    written = publication_day(anchors)
    if written is None:
        return Placed(precision="day")
    ahead = tense == "future"
    steps = (month_of(written.year, written.month + (step if ahead else -step)) for step in range(12))
    days = (day_or_none(first.year, first.month, number) for first, _ in filter(None, steps))
    fits = (day for day in days if day is not None and (day >= written if ahead else day <= written))
    day = next(fits, None)
    return make_placed((day, day) if day else None, "day", from_published(anchors), NEXT if ahead else LAST)


def whole_year(short: int, written: int | None) -> int:
    """Give two figures their century: the last such year up to the one after publication, or 1950 to 2049."""
    if written is None:
        return 1900 + short if short >= 50 else 2000 + short
    year = written - written % 100 + short
    return year - 100 if year > written + 1 else year


def _place_yearless(form: CalendarDate, anchors: Anchors, tense: Tense, *, strictly: bool) -> Placed:
    """Place a day or month without its year by the publication, else by the last date of the text."""
    grain = _grain(form)
    written = publication(anchors)
    if written is None:
        return _place_by_context(form, anchors)
    if written[0].year != written[1].year or (anchors.published_precision == "year"):
        return Placed(precision=grain)
    days, assumed = _nearest_year(form, written, tense, strictly=strictly)
    return make_placed(days, grain, from_published(anchors), assumed)


def _place_by_context(form: CalendarDate, anchors: Anchors) -> Placed:
    """Place a yearless date in the year of the last date named before."""
    context = days_of(anchors.context) if anchors.context else None
    if context is None or context[0].year != context[1].year:
        return Placed(precision=_grain(form))
    days, note = _days(form, context[0].year), SAME_YEAR
    fine = (context[0].year, context[0].month) == (context[1].year, context[1].month)
    if days is not None and fine and (context[0] - days[1]).days > ROLL_DAYS:
        days, note = _days(form, context[0].year + 1), "the year after that of the last date named before"
    return make_placed(days, _grain(form), f"context:{anchors.context}", note)


# A yearless date this long before the last date named is told of the next year: "in December ... in January".
# Set on the training histories of WikiWars, where 150 to 400 days differ by half a point.
ROLL_DAYS = 300


SAME_YEAR = "the year of the last date named before"


def _nearest_year(
    form: CalendarDate, written: Range, tense: Tense, *, strictly: bool
) -> tuple[Range | None, str | None]:
    """Choose the year of a yearless date: the last one for the past, the next one for the future."""
    year = written[0].year
    found = [days for days in (_days(form, year + step) for step in range(-8, 9)) if days is not None]
    return nearest(found, written, tense, strictly=strictly)


LAST = "the last one up to the publication"
NEXT = "the next one from the publication on"


def nearest(
    found: Sequence[Range], written: Range, tense: Tense, *, strictly: bool
) -> tuple[Range | None, str | None]:
    """Choose among the days of several years: the last for the past, the next for the future; with a note."""
    past = [days for days in found if (days[1] < written[0] if strictly else days[0] <= written[1])]
    future = [days for days in found if (days[0] > written[1] if strictly else days[1] >= written[0])]
    if not past or not future:
        return None, None
    last, following = past[-1], future[0]
    if tense == "future":
        return following, "the next one from the publication on"
    if tense == "past":
        return last, LAST
    ahead, behind = (following[0] - written[1]).days, (written[0] - last[1]).days
    if last != following and ahead <= NEAR_FUTURE_DAYS < behind:
        return following, "the nearest one to the publication, the tense being unknown"
    return last, f"{LAST}, the tense being unknown"


def place_weekday(form: Weekday, anchors: Anchors, tense: Tense) -> Placed:
    """Place a weekday by the day of publication; without that day it stays a weekday."""
    written = publication_day(anchors)
    if written is None:
        return Placed(precision="day")
    day, assumed = _weekday_near(form, written, tense)
    return make_placed((day, day) if day else None, "day", from_published(anchors), assumed)


def _weekday_near(form: Weekday, written: date, tense: Tense) -> tuple[date | None, str]:
    if form.week_shift is not None or form.which == "next":
        shift = 1 if form.week_shift is None else form.week_shift
        day = step_days(written, form.number - written.isoweekday() + 7 * shift)
        return day, "of the ISO week counted from that of the publication"
    if form.which == "this" or form.which == "plain":
        if tense == "future":
            return weekday_after(written, form.number, strictly=False), "the next one from the publication on"
        note = "" if tense == "past" else ", the tense being unknown"
        return weekday_before(written, form.number, strictly=False), f"{LAST}{note}"
    return weekday_before(written, form.number, strictly=True), "the last one before the publication"


def place_feast(form: Feast, anchors: Anchors, tense: Tense) -> Placed:
    """Place a feast in its year, else as the last or next one, else in the year of the date named before."""
    entry = load_feasts()[form.name]
    precision: WhenPrecision = "day" if entry.days == 1 else "range"
    if entry.falls.unknown is not None:
        return Placed(precision=precision, assumed=entry.falls.unknown)
    note = feast_note(form.name)
    if form.year is not None:
        return _one_of(feast_days(form.name, form.year), precision, "stated", note)
    written = publication(anchors)
    if written is None:
        context = days_of(anchors.context) if anchors.context else None
        if context is None or context[0].year != context[1].year:
            return Placed(precision=precision)
        found = feast_days(form.name, context[0].year)
        return _one_of(found, precision, f"context:{anchors.context}", _notes(note, SAME_YEAR))
    if form.year_shift is not None and form.year_shift != 0:
        tense = "past" if form.year_shift < 0 else "future"
    years = range(written[0].year - 2, written[1].year + 3)
    days, told = nearest(
        [days for year in years for days in feast_days(form.name, year)], written, tense, strictly=False
    )
    return make_placed(days, precision, from_published(anchors), _notes(note, told))


def _one_of(found: Sequence[Range], precision: WhenPrecision, anchor: str, note: str | None) -> Placed:
    """Place what falls once in its year; what falls twice, as lunar feasts may, stays open."""
    if len(found) > 1:
        return Placed(precision=precision, assumed="it falls twice in that year")
    return make_placed(found[0] if found else None, precision, anchor, note)


def _notes(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None


def place_other(form: OtherDate, anchors: Anchors, tense: Tense) -> Placed:
    """Place a date of the Islamic or the solar calendar like one of ours."""
    precision: WhenPrecision = "day" if form.day is not None else "month" if form.month is not None else "year"
    note = ISLAMIC_NOTE if form.calendar == "islamic" else "by the solar calendar of Iran"
    if form.year is not None:
        days = other_days(form, form.year)
        return (
            make_placed(days, precision, "stated", note)
            if days
            else Placed(precision=precision, assumed=NO_SUCH_DAY)
        )
    if form.common_year is not None:
        return _one_of(_other_in(form, form.common_year), precision, "stated", note)
    written = publication(anchors)
    if written is None:
        return Placed(precision=precision)
    years = range(written[0].year - 2, written[1].year + 3)
    found = [days for year in years for days in _other_in(form, year)]
    days, told = nearest(found, written, tense, strictly=False)
    return make_placed(days, precision, from_published(anchors), _notes(note, told))


def _other_in(form: OtherDate, common_year: int) -> list[Range]:
    """Return when a date of another calendar falls in a year of the common era."""
    spans = (other_days(form, year) for year in other_years(form, common_year))
    return [span for span in spans if span is not None and span[0].year == common_year]


_HEMISPHERE = "seasons of the northern hemisphere, in whole months"


def place_period(form: Period, anchors: Anchors, tense: Tense) -> Placed:
    """Place a season, quarter, half year, decade or century."""
    if form.unit == "decade":
        return make_placed(years_from(form.number, 10), "range", "stated")
    if form.unit == "century":
        return make_placed(years_from(form.number + 1, 100), "range", "stated")
    precision: WhenPrecision = "range" if form.unit == "half" else "season"
    anchor, year = "stated", form.year
    told = None
    if year is None:
        written = publication(anchors)
        if written is None:
            context = days_of(anchors.context) if anchors.context else None
            if context is None or context[0].year != context[1].year or form.year_shift is not None:
                return Placed(precision=precision)
            anchor, year, told = f"context:{anchors.context}", context[0].year, SAME_YEAR
        elif written[0].year != written[1].year:
            return Placed(precision=precision)
        else:
            anchor, year = from_published(anchors), _period_year(form, written, tense)
    days = _period_days(form, year)
    return make_placed(days, precision, anchor, _notes(_HEMISPHERE if form.unit == "season" else None, told))


def _period_days(form: Period, year: int) -> Range | None:
    if form.unit == "season":
        return months_from(year, form.number, 3)
    months = 3 if form.unit == "quarter" else 6
    return months_from(year, (form.number - 1) * months + 1, months)


def _period_year(form: Period, written: Range, tense: Tense) -> int:
    """Return the year of a season or quarter named without one: the last begun, or the next to begin."""
    year = written[0].year
    if form.year_shift is not None and form.year_shift != 0 and NEAREST_PAST < form.year_shift < NEAREST_FUTURE:
        return year + form.year_shift
    if form.year_shift == 0 and form.unit != "season":
        return year
    before = form.year_shift is not None and form.year_shift <= NEAREST_PAST
    ahead = (form.year_shift is not None and form.year_shift >= NEAREST_FUTURE) or tense == "future"
    for step in (1, 0, -1, -2):
        days = _period_days(form, year + step)
        if days is None:
            continue
        if before and days[1] < written[0]:
            return year + step
        if not before and not ahead and days[0] <= written[1]:
            return year + step
    if ahead:
        for step in (-1, 0, 1):
            days = _period_days(form, year + step)
            if days is not None and days[1] >= written[0]:
                return year + step
    return year
