"""Lists beside that of events: articles, reports, refusals, places, outlets, a stretch of each at a time.

A list is told by its rows, in an order in which every row has a place of its own: a stretch begins after a
place, whether or not something stands there still.
"""

import sqlite3
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

import msgspec

from dateline.errors import InputError
from dateline.model.ids import ActorId, ArticleId, EventId
from dateline.model.rejected import REASONS, Rejected
from dateline.model.report import Report
from dateline.model.wire import decode
from dateline.store.columns import Pairs
from dateline.store.conditions import Condition, Term, beyond, ordered, together
from dateline.store.counting import counts_of
from dateline.store.looks import Place
from dateline.store.shapes import ARTICLES_BRIEF

T = TypeVar("T")


class Stretch(msgspec.Struct, Generic[T], frozen=True):
    """Some of a list; `last` is where its last one stands, None where nothing follows; `total` counts all."""

    items: tuple[T, ...]
    last: Place | None
    total: int


class ArticleQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles to list, by date of publication: all that is set must hold.

    `since` and `until` are ISO dates cut to month or year at will and leave out articles of unknown date;
    `search` is words and "phrases" of title and text.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    search: str | None = None
    sort: Literal["date", "-date"] = "date"


class ReportQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which reports to list: of an article, held by an event, of types or families."""

    article: str | None = None
    event: str | None = None
    type: tuple[str, ...] = ()


class RefusalQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which refusals to list: of a stage, for a reason."""

    stage: str | None = None
    reason: str | None = None


class ArticleLine(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a list; `reports` counts what was read from it, `origin` is where it says it comes from."""

    id: ArticleId
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    reports: int
    origin: str | None


class ReportLine(msgspec.Struct, frozen=True):
    """A report and the event that holds it, None where it was rejected or is not linked yet."""

    report: Report
    event: EventId | None


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A place that events name, as it is written; the point in degrees is None where it is not known."""

    name: str
    container: str | None
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    precision: str
    events: int


class ActorLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group, a force or a holder of an office that events name."""

    id: ActorId
    name: str
    kind: str
    country: str | None
    events: int


class OutletLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of an outlet; `first` and `last` are dates of publication, None where none is known."""

    outlet: str | None
    articles: int
    events: int
    first: str | None
    last: str | None


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A list: the rows that it is of, the columns of a line, its order, and how a line is made of them.

    Where the rows have a number (`numbered`), columns are read of those alone that are given; `scan` is then
    the table as it is looked through.
    """

    table: str
    scan: str | None = None
    columns: tuple[str, ...]
    terms: tuple[Term, ...]
    make: Callable[..., T]
    numbered: bool = True


def _report_line(payload: str, event: str | None) -> ReportLine:
    return ReportLine(decode(payload, Report), EventId(event) if event else None)


def _refusal(stage: Any, reason: str, locator: str, detail: str) -> Rejected:
    # A reason of a version to come is shown as a fault rather than lost.
    return Rejected(
        stage=stage, reason=reason if reason in REASONS else "failed", locator=locator, detail=detail
    )


def _made(kind: type[T]) -> Callable[..., T]:
    names = kind.__struct_fields__  # type: ignore[attr-defined]
    return lambda *row: kind(**dict(zip(names, row, strict=True)))


ARTICLES = Listing(
    table="articles",
    scan=f"articles INDEXED BY {ARTICLES_BRIEF}",
    columns=(
        "id",
        "json_extract(payload, '$.title')",
        "outlet",
        "published",
        "json_extract(payload, '$.language')",
        "(SELECT count(*) FROM reports WHERE reports.article = articles.id)",
        "origin",
    ),
    terms=(Term("(published IS NULL)"), Term("coalesce(published, '')"), Term("id")),
    make=_made(ArticleLine),
)
NEWEST_ARTICLES = msgspec.structs.replace(
    ARTICLES,
    terms=(Term("(published IS NULL)"), Term("coalesce(published, '')", down=True), Term("id")),
)
REPORTS = Listing(
    table="reports",
    columns=(
        "payload",
        "(SELECT events.id FROM event_reports JOIN events ON events.number = event_reports.event "
        "WHERE event_reports.report = reports.id)",
    ),
    terms=(Term("article"), Term("position")),
    make=_report_line,
)
REFUSALS = Listing(
    table="rejected",
    columns=("stage", "reason", "locator", "detail"),
    terms=(Term("stage"), Term("locator"), Term("reason"), Term("detail")),
    make=_refusal,
)
_PLACES = "SELECT places.*, count(*) AS events FROM places JOIN event_places ON place = number GROUP BY number"
PLACES = Listing(
    table=f"({_PLACES})",
    columns=(
        "name", "container", "admin1", "country", "latitude", "longitude", "radius_km", "precision", "events",
    ),
    terms=(Term("events", down=True), Term("name"), Term("number")),
    make=_made(PlaceLine),
)  # fmt: skip
_OUTLETS = """SELECT outlet, count(*) AS articles, min(published) AS first, max(published) AS last,
    (SELECT count(*) FROM outlets JOIN event_outlets ON event_outlets.outlet = number
        WHERE name = articles.outlet) AS events
    FROM articles GROUP BY outlet"""
OUTLETS = Listing(
    table=f"({_OUTLETS})",
    columns=("outlet", "articles", "events", "first", "last"),
    terms=(Term("articles", down=True), Term("coalesce(outlet, '')")),
    make=_made(OutletLine),
    numbered=False,
)


def read_lines(
    connection: sqlite3.Connection,
    listing: Listing[T],
    condition: Condition,
    *,
    limit: int,
    after: Place | None = None,
) -> Stretch[T]:
    """Return the first `limit` lines for which `condition` holds that come after the place `after`.

    Raises InputError for a place of another list.
    """
    if after is not None and len(after) != len(listing.terms):
        raise InputError(f"a place in this list has {len(listing.terms)} parts, not {len(after)}")
    scan = listing.scan or listing.table
    counting = f"SELECT count(*) FROM {scan} WHERE {condition.sql}"
    total = int(connection.execute(counting, condition.values).fetchone()[0])
    wanted = condition if after is None else together((condition, beyond(listing.terms, after)))
    order = ordered(listing.terms)
    rest = f"FROM {scan} WHERE {wanted.sql} ORDER BY {order} LIMIT ?"
    if listing.numbered:
        rest = f"FROM {listing.table} WHERE number IN (SELECT number {rest}) ORDER BY {order}"
    columns = ", ".join((*(term.sql for term in listing.terms), *listing.columns))
    rows = connection.execute(f"SELECT {columns} {rest}", (*wanted.values, limit + 1)).fetchall()
    kept, parts = rows[:limit], len(listing.terms)
    items = tuple(listing.make(*row[parts:]) for row in kept)
    return Stretch(items, kept[-1][:parts] if len(rows) > limit and kept else None, total)


def read_actors(
    connection: sqlite3.Connection, actors: Pairs, condition: Condition, *, limit: int, after: Place | None
) -> Stretch[ActorLine]:
    """Return the first actors that come after the place `after`, the most frequent first, as `read_lines` does.

    How often each is named is counted in the columns, and how it is called there most often.
    """
    names = dict(zip(actors.values, zip(actors.labels, counts_of(actors), strict=True), strict=True))
    statement = f"""SELECT id, max(kind), max(country) FROM actors
        WHERE id IS NOT NULL AND {condition.sql} GROUP BY id"""
    found = [
        ActorLine(id=ActorId(actor), name=names[actor][0], kind=kind, country=country, events=names[actor][1])
        for actor, kind, country in connection.execute(statement, condition.values)
        if names[actor][1]
    ]
    found.sort(key=_actor_place)
    rest = found
    if after is not None:
        if len(after) != 2 or not isinstance(after[0], int):
            raise InputError("a place in the list of actors is a number and an id")
        place = (-after[0], str(after[1]))
        rest = [line for line in found if _actor_place(line) > place]
    kept = tuple(rest[:limit])
    last = (kept[-1].events, kept[-1].id) if kept and len(rest) > len(kept) else None
    return Stretch(kept, last, len(found))


def _actor_place(line: ActorLine) -> tuple[int, str]:
    return -line.events, line.id
