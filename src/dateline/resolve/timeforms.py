"""What a time expression says, before it is placed in the calendar.

A TimeExpression is a span and a form. Forms are small frozen values; none of them holds a resolved date,
because that depends on when the article was published and on what was said before.
"""

from typing import Literal, TypeAlias

import msgspec

from dateline.model.span import Span

Unit = Literal[
    "minute",
    "hour",
    "night",
    "day",
    "week",
    "weekend",
    "fortnight",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
]
Part = Literal["early", "mid", "late", "sofar", "rest"]
Which = Literal["plain", "last", "this", "next"]

# "Last October" and "next spring" are the nearest ones, not those of the neighbouring year: they are told apart
# from a true shift of years by values that no such shift has.
NEAREST_PAST, NEAREST_FUTURE = -100, 100


class CalendarDate(msgspec.Struct, frozen=True, kw_only=True):
    """A day, month or year by its number; what the words leave out is None.

    `of_context` says that the year is that of the last date named before ("October of that year").
    `year_shift` counts years from the publication year ("July last year" is -1). `short_year` says that
    `year` was written with two digits and is still to be given its century (0..99). `ambiguous` says that
    day and month could be swapped ("3/4/2016"). `era` is "bc" for years before the common era, which lie
    outside the calendar of dates. `weekday` is the day of the week that the words give beside the date, 1 is
    Monday; it must agree. A day without a month ("on the 20th") is one of the month named before. `nth` is set
    instead of `day` for "the first Tuesday of October": (1, 2), or (-1, 2) for the last one.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_shift: int | None = None
    of_context: bool = False
    short_year: bool = False
    ambiguous: bool = False
    era: Literal["ce", "bc"] = "ce"
    weekday: int | None = None
    nth: tuple[int, int] | None = None


class OtherDate(msgspec.Struct, frozen=True, kw_only=True):
    """A day, month or year of another calendar: "10 Muharram 1438", "Ramadan 1437", "15 Khordad".

    `calendar` is "islamic" (lunar) or "solar" (Iranian and Afghan). `year` is one of that calendar; where the
    words give a year of the common era instead ("Ramadan 2016") it is `common_year`.
    """

    calendar: Literal["islamic", "solar"]
    year: int | None = None
    common_year: int | None = None
    month: int | None = None
    day: int | None = None


class Feast(msgspec.Struct, frozen=True, kw_only=True):
    """A feast or holiday by its name, which data/time/feasts.yaml knows; `year_shift` is as in CalendarDate."""

    name: str
    year: int | None = None
    year_shift: int | None = None


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """Some units of a longer time: "the first ten months of 1915" (0, 10), "the last week of May" (-1, 1).

    `offset` counts units from the beginning, or with a minus from the end; "the week of 6 March" has none: it
    is the unit that holds the day.
    """

    offset: int | None
    count: int
    unit: Unit
    whole: "TimeExpression"


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A season, quarter or half of a year, or a decade or century.

    `number`: first month of a season; 1..4 of a quarter; 1..2 of a half; first year of a decade or
    century. `year` is None when the words leave it out; `year_shift` is as in CalendarDate.
    """

    unit: Literal["season", "quarter", "half", "decade", "century"]
    number: int
    year: int | None = None
    year_shift: int | None = None


class Weekday(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the week, 1 is Monday. `week_shift` is set for "Friday of last week" (-1)."""

    number: int
    which: Which = "plain"
    week_shift: int | None = None


class Deictic(msgspec.Struct, frozen=True, kw_only=True):
    """A unit counted from the day of writing: today (day, 0), last week (week, -1), next year (year, 1).

    `spread` adds that many units after the first: overnight is (day, -1) with a spread of 1. `bare` is set for
    "the end of the year", which without a day of writing is the year of the date named before.
    """

    unit: Unit
    shift: int
    spread: int = 0
    bare: bool = False


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """So many units before (-1) or after (1) a base: "two days ago", "a week before the attack".

    `low` and `high` are the count's closed interval. The base is the publication, another time of the
    text (`context`), or `base_time` where the words name it ("two days before 3 May"). `loose` is set for
    "more than two years ago" ("over") and "less than a week ago" ("under"). `event` is the noun of the
    happening that the words count from ("attack"). `exact` counts from day to day ("five years ago today").
    """

    low: int
    high: int
    unit: Unit
    direction: Literal[-1, 0, 1]
    base: Literal["published", "context", "time"]
    base_time: "TimeExpression | None" = None
    loose: Literal["over", "under"] | None = None
    event: str | None = None
    exact: bool = False


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that touches the day of writing: "the past six months" (-1), "the next two weeks" (1)."""

    low: int
    high: int
    unit: Unit
    direction: Literal[-1, 1]


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """From one time to another; None leaves that end open ("since 2014", "until Friday").

    `exclusive` says that the named time itself lies outside ("before 2014", "after March").
    """

    first: "TimeExpression | None" = None
    last: "TimeExpression | None" = None
    exclusive: bool = False


class Duration(msgspec.Struct, frozen=True, kw_only=True):
    """A length of time that lies nowhere in particular: "for three weeks", "two and a half hours" (2.5)."""

    low: float | None
    high: float | None
    unit: Unit


class Repeated(msgspec.Struct, frozen=True, kw_only=True):
    """A time that returns: "every Friday" (unit "friday"), "daily" ("day"), "every morning" ("morning")."""

    unit: str


class PartOfDay(msgspec.Struct, frozen=True, kw_only=True):
    """A clock time or part of a day without its day: "at dawn", "3 p.m."; the part is on the expression."""


class Vague(msgspec.Struct, frozen=True, kw_only=True):
    """A time that cannot be placed: "recently", "now", "in recent weeks"; `side` is where it lies."""

    side: Literal["past", "present", "future", "unknown"] = "unknown"


Form: TypeAlias = (
    CalendarDate
    | OtherDate
    | Feast
    | Slice
    | Period
    | Weekday
    | Deictic
    | Shift
    | Stretch
    | Between
    | Duration
    | Repeated
    | PartOfDay
    | Vague
)


def day_alone(form: Form) -> int | None:
    """Return the day of a date that names no month ("on the 19th"); None for any other form."""
    return form.day if isinstance(form, CalendarDate) and form.month is None else None


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text that names a time, and what it says.

    The span leaves out "in", "on" and "at", and takes in what bears on the meaning ("since", "late",
    "the past"). `part` narrows a month or longer; `daypart` names a part of the day or a clock time.
    """

    span: Span
    form: Form
    part: Part | None = None
    daypart: str | None = None

    @property
    def kind(self) -> str:
        """Name the form: "calendardate", "weekday", "between" ..."""
        return type(self.form).__name__.lower()

    @property
    def places(self) -> bool:
        """Tell whether it says when something was, not how long or how often."""
        return not isinstance(self.form, Duration | Repeated)
