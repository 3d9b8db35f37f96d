"""EventQuery: what events to give, in words that a person can type; nothing of SQL."""

import re
from calendar import monthrange
from datetime import date
from typing import Literal, get_args

import msgspec

from dateline.errors import InputError
from dateline.model.ids import ArticleId, EventId
from dateline.model.values import Certainty, Currency, Polarity, Reality

Sort = Literal["date", "-date", "origins", "articles", "id"]

# Every word that `status` may be: the display words and the values of the four axes.
STATUS_WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            "happened",
            "contested",
            *get_args(Reality),
            *get_args(Polarity),
            *get_args(Certainty),
            *get_args(Currency),
        )
    )
)

_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class EventQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which events to give; all that is set must hold.

    where: a place, province or country name or ISO 3166-1 alpha-2 code, or a box "west,south,east,north" in
    degrees (west > east crosses the date line). Two capital letters are the country of that code and nothing
    else; "IQ/Kirkuk" is that country's province. It holds for any place that was claimed; of several all must.
    since, until: ISO dates, cut to month or year at will; the shown interval must overlap, its open ends
    reach for ever. Undated events are left out while either is set, unless `include_undated`.
    type: ids of event types or of families, any of which holds. actor: part of the name or the id of any
    claimed actor or target; in "quotation marks" it is the whole. status: a display word or a value of one of
    the axes. min_origins: independent origins. disputed: true for events with, false for those without
    disagreement. unresolved: true for events whose shown place has no known point, false for those that have
    one. outlet: its name, in any case. article: events reported there. search: words and "phrases" that all
    stand in the sentences behind the event, its places or its actors. sort: "date" (undated last), "-date",
    "origins" or "articles" (most first), or "id".
    """

    ids: tuple[EventId, ...] = ()
    where: str | tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    include_undated: bool = False
    type: tuple[str, ...] = ()
    actor: str | None = None
    status: str | None = None
    min_origins: int = 0
    disputed: bool | None = None
    unresolved: bool | None = None
    outlet: str | None = None
    article: ArticleId | None = None
    search: str | None = None
    sort: Sort = "date"
    limit: int | None = None
    offset: int = 0


class Box(msgspec.Struct, frozen=True):
    """A stretch of the map in degrees; west > east where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


def first_day(text: str) -> str:
    """Return the first day of an ISO date cut to year, month or day; raises InputError for anything else."""
    return _days(text)[0]


def last_day(text: str) -> str:
    """Return the last day of an ISO date cut to year, month or day; raises InputError for anything else."""
    return _days(text)[1]


def _days(text: str) -> tuple[str, str]:
    if not _PARTIAL.fullmatch(text):
        raise InputError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    numbers = [int(part) for part in text.split("-")]
    try:
        if len(numbers) == 3:
            date(*numbers)
            return text, text
        first = date(numbers[0], numbers[1] if len(numbers) > 1 else 1, 1)
        last_month = first.month if len(numbers) > 1 else 12
        last = first.replace(month=last_month, day=monthrange(first.year, last_month)[1])
    except ValueError as error:
        raise InputError(f"{text!r} is not a date ({error}); write YYYY-MM-DD, YYYY-MM or YYYY") from error
    return first.isoformat(), last.isoformat()


def box_of(where: str) -> Box | None:
    """Return the box that `where` gives, or None when it is a name; raises InputError for an impossible box."""
    parts = [part.strip() for part in where.split(",")]
    if len(parts) != 4:
        return None
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        return None
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    if not inside:
        raise InputError(f"{where!r} is no box; give west,south,east,north in degrees, such as 43,34,45,36")
    return Box(west, south, east, north)


def read_box(text: str) -> Box:
    """Return the box that `text` gives; raises InputError for anything else."""
    box = box_of(text)
    if box is None:
        raise InputError(f"{text!r} is no box; give west,south,east,north in degrees, such as 43,34,45,36")
    return box


def check_query(query: EventQuery) -> None:
    """Raise InputError naming what is wrong with `query`; dates, types and boxes are checked where used."""
    if query.status is not None and query.status not in STATUS_WORDS:
        raise InputError(f"no status is called {query.status!r}; there is: {', '.join(STATUS_WORDS)}")
    if query.sort not in get_args(Sort):
        raise InputError(f"cannot sort by {query.sort!r}; there is: {', '.join(get_args(Sort))}")
    if query.offset < 0 or (query.limit is not None and query.limit < 0):
        raise InputError("limit and offset are counts; give whole numbers from 0 up")
