"""What linking keeps in SQLite, as it is read for one step of a link, and what waits for the steps."""

import sqlite3
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.kept import (
    Block,
    Fresh,
    Manner,
    Name,
    Order,
    Outlook,
    ReportEdge,
    Seen,
    Spot,
    Stand,
    Standing,
)
from dateline.model.report import Report
from dateline.model.verdict import Verdict
from dateline.model.wire import decode, encode
from dateline.store import rows, verdicts
from dateline.store.rows import FactsRow

# Smaller and greater than any day, rank or number.
LEAST, MOST = -(2**62), 2**62
_ENDLESS = (MOST, MOST, MOST)

_STANDS = (
    "SELECT b.last, b.first, b.rank, r.report, r.type FROM link_blocks b "
    "CROSS JOIN link_reports r ON r.member = b.member WHERE b.block = ? AND b.manner = ? "
    "AND b.last BETWEEN ? AND ? "
)
_BEFORE = (
    _STANDS
    + "AND (b.last, b.first, b.rank) < (?, ?, ?) ORDER BY b.last DESC, b.first DESC, b.rank DESC LIMIT ?"
)
_SINCE = (
    _STANDS + "AND (b.last, b.first, b.rank) >= (?, ?, ?) AND (b.last, b.first, b.rank) < (?, ?, ?) "
    "ORDER BY b.last, b.first, b.rank LIMIT ?"
)
_MANNERS = (
    "SELECT j.value, m.column1 FROM json_each(?) j CROSS JOIN (VALUES (0), (1), (2), (3)) m "
    "WHERE EXISTS (SELECT 1 FROM link_blocks WHERE block = j.value AND manner = m.column1)"
)
# Events whose articles tell of no other event, and that have no relations.
_ALONE = (
    "SELECT e.id FROM json_each(?) j CROSS JOIN events e ON e.id = j.value "
    "WHERE instr(e.payload, '\"relations\":[]') AND NOT EXISTS (SELECT 1 FROM event_reports a "
    "CROSS JOIN event_reports b ON b.article = a.article AND b.event <> a.event WHERE a.event = e.number)"
)
_EDGES = (
    "SELECT a.report, b.report, e.score, e.within, e.used FROM json_each(?) j "
    "CROSS JOIN link_reports m ON m.report = j.value CROSS JOIN link_edges e ON e.{end} = m.member "
    "CROSS JOIN link_reports a ON a.member = e.one CROSS JOIN link_reports b ON b.member = e.two{only}"
)
# How an edge is used: not at all, in the order of scores, or at the second look.
UNUSED, USED, LATE = range(3)
_BUCKET = "SELECT article FROM link_buckets WHERE settled = ? AND bucket = ? AND article "
_BUCKET_BEFORE = _BUCKET + "< ? ORDER BY article DESC LIMIT ?"
_BUCKET_SINCE = _BUCKET + ">= ? ORDER BY article LIMIT ?"
_STANDING = "SELECT last, first, rank, report, type, article, blocks FROM link_reports WHERE "


def pack(blocks: Mapping[Block, Manner]) -> bytes:
    """Return the blocks of a report as bytes: the numbers in their order, then how it stands in each."""
    numbers = sorted(blocks)
    return struct.pack(f"<{len(numbers)}q{len(numbers)}B", *numbers, *(blocks[number] for number in numbers))


def unpack(packed: bytes) -> dict[Block, Manner]:
    """Return what `pack` was given."""
    count = len(packed) // 9
    values = struct.unpack(f"<{count}q{count}B", packed)
    return dict(zip(values[:count], values[count:], strict=True))


def _bound(order: Order) -> tuple[int, int, int]:
    return order[:3] if isinstance(order, Stand) else (order[0], LEAST, LEAST)


class Kept:
    """Reads what is kept; all answers are those of the snapshot in which it was opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- what waits

    def state(self, name: str) -> int:
        """Return the count called `name`: "revision", "linked" or "link_step"."""
        return int(self._all("SELECT value FROM state WHERE name = ?", name)[0][0])

    def seen(self) -> Seen:
        """Return what a step is found from here."""
        numbers = dict(self._all("SELECT name, seq FROM sqlite_sequence"))
        return Seen(self.state("link_step"), numbers.get("link_waiting", 0), numbers.get("link_fresh", 0))

    def rules(self) -> str | None:
        """Return by which rules the record was linked; None where it was not."""
        found = self._all("SELECT rules FROM link_rules")
        return found[0][0] if found else None

    def verdicts(self) -> Iterator[Verdict]:
        """Give the verdicts in the order of the log."""
        return (verdict for _, verdict in verdicts.readable(self._connection) if verdict is not None)

    def judged(self) -> dict[ReportId, str]:
        """Return the marks of what was decided of reports at the last link."""
        return dict(self._all("SELECT report, mark FROM link_judged"))

    def fresh(self, limit: int) -> dict[ArticleId, Fresh]:
        """Return some articles that wait for their buckets, and how they stand."""
        found = self._all("SELECT article, signature, told FROM link_fresh ORDER BY number LIMIT ?", limit)
        return {
            article: Fresh(tuple(decode(signed, list[int])) if signed else (), bool(told))
            for article, signed, told in found
        }

    def waiting(self, limit: int) -> list[ArticleId]:
        """Return some articles whose reports came or went, the earliest published first."""
        statement = "SELECT article FROM link_waiting ORDER BY published, article LIMIT ?"
        return [article for (article,) in self._all(statement, limit)]

    def opened(self, limit: int) -> dict[ReportId, bool]:
        """Return some reports whose events are to be made anew, and whether they are told otherwise."""
        found = self._all("SELECT report, told FROM link_open ORDER BY day, report LIMIT ?", limit)
        return {report: bool(told) for report, told in found}

    def opened_among(self, reports: Collection[ReportId]) -> dict[ReportId, bool]:
        """Return those of `reports` whose events are to be made anew, and whether they are told otherwise."""
        found = self._in("SELECT report, told FROM link_open WHERE report IN", reports)
        return {report: bool(told) for report, told in found}

    def untold(self, limit: int) -> list[EventId]:
        """Return some events whose relations are to be told anew."""
        found = self._all("SELECT event FROM link_untold ORDER BY number LIMIT ?", limit)
        return [event for (event,) in found]

    # --- reports and articles of now

    def reports(self, ids: Collection[ReportId]) -> Iterator[Report]:
        """Give those of the reports that are there."""
        for (payload,) in self._in("SELECT payload FROM reports WHERE id IN", ids):
            yield decode(payload, Report)

    def reports_in(self, articles: Collection[ArticleId]) -> Iterator[Report]:
        """Give the reports of articles."""
        for (payload,) in self._in("SELECT payload FROM reports WHERE article IN", articles):
            yield decode(payload, Report)

    def report_count(self, articles: Sequence[ArticleId]) -> dict[ArticleId, int]:
        """Return how many reports each of `articles` has, where it has any."""
        return dict(
            self._in("SELECT article, count(*) FROM reports WHERE article IN", articles, " GROUP BY article")
        )

    def there(self, reports: Collection[ReportId]) -> set[ReportId]:
        """Return those of `reports` that are there."""
        return {row[0] for row in self._in("SELECT id FROM reports WHERE id IN", reports)}

    def facts(self, articles: Collection[ArticleId]) -> Iterator[FactsRow]:
        """Give the facts of those of `articles` that are there."""
        return map(rows.facts_row, self._in(f"SELECT {rows.FACTS_COLUMNS} FROM articles WHERE id IN", articles))

    # --- blocks and edges

    def manners(self, blocks: Collection[Block]) -> dict[Block, list[Manner]]:
        """Return how reports stand in those of `blocks` that are not empty, whoever they are."""
        found: dict[Block, list[Manner]] = {}
        for block, manner in self._all(_MANNERS, encode(sorted(blocks)).decode()):
            found.setdefault(block, []).append(manner)
        return found

    def before(self, block: Block, manner: Manner, at: Order, since: int, limit: int) -> list[Stand]:
        """Return the last `limit` stands before `at` whose window ends on day `since` or later, in order."""
        found = self._all(_BEFORE, block, manner, since, at[0], *_bound(at), limit)
        return [Stand(*row) for row in reversed(found)]

    def since(self, block: Block, manner: Manner, at: Order, until: Order | None, limit: int) -> list[Stand]:
        """Return the first `limit` stands from `at` on that lie before `until`, in order."""
        end = _bound(until) if until is not None else _ENDLESS
        return [
            Stand(*row) for row in self._all(_SINCE, block, manner, at[0], end[0], *_bound(at), *end, limit)
        ]

    def standings(self, reports: Collection[ReportId]) -> Iterator[Standing]:
        """Give how those of `reports` stood that did."""
        return map(_standing, self._in(_STANDING + "report IN", reports))

    def standings_in(self, articles: Collection[ArticleId]) -> Iterator[Standing]:
        """Give how the reports of articles stood."""
        return map(_standing, self._in(_STANDING + "article IN", articles))

    def edges_at(self, reports: Collection[ReportId], *, within: bool = False) -> Iterator[ReportEdge]:
        """Give the edges that have one of `reports` as an end; only those `within` articles when asked."""
        given = encode(sorted(reports)).decode()
        for end in ("one", "two"):
            statement = _EDGES.format(end=end, only=" WHERE e.within" if within else "")
            for one, two, score, inside, used in self._all(statement, given):
                yield ReportEdge(one, two, score, bool(inside), used != UNUSED, used == LATE)

    # --- copies

    def names(self, articles: Collection[ArticleId]) -> Iterator[tuple[ArticleId, Name]]:
        """Give the names of outlets that `articles` are by or credit, as they stand."""
        statement = "SELECT article, key, credits, stands FROM link_names WHERE article IN"
        for article, key, credits, stands in self._in(statement, articles):
            yield article, Name(key, bool(credits), bool(stands))

    def credits(self, keys: Collection[str]) -> dict[str, int]:
        """Return how many articles credit each of the outlets called `keys` that any credits."""
        statement = "SELECT key, count(*) FROM link_names WHERE credits = 1 AND key IN"
        return dict(self._in(statement, keys, " GROUP BY key"))

    def bucket_sizes(self, buckets: Collection[int]) -> dict[int, int]:
        """Return how many articles stand in each of `buckets` that is not empty."""
        statement = "SELECT bucket, count(*) FROM link_buckets WHERE settled IN (0, 1) AND bucket IN"
        return dict(self._in(statement, buckets, " GROUP BY bucket"))

    def in_buckets(self, buckets: Collection[int]) -> Iterator[tuple[int, ArticleId]]:
        """Give who stands in each of `buckets`."""
        statement = "SELECT bucket, article FROM link_buckets WHERE settled IN (0, 1) AND bucket IN"
        yield from ((bucket, article) for bucket, article in self._in(statement, buckets))

    def bucket_near(self, bucket: int, article: ArticleId, limit: int) -> Iterator[ArticleId]:
        """Give `article`, where it stands in a bucket, and by id the `limit` before and behind it."""
        before: list[ArticleId] = []
        after: list[ArticleId] = []
        for settled in (0, 1):
            before += self._column(_BUCKET_BEFORE, settled, bucket, article, limit)
            after += self._column(_BUCKET_SINCE, settled, bucket, article, limit + 1)
        yield from sorted(before, reverse=True)[:limit]
        yield from sorted(after)[: limit + 1]

    def copies_at(self, articles: Collection[ArticleId]) -> Iterator[tuple[ArticleId, ArticleId]]:
        """Give the pairs of copies that have one of `articles` in them."""
        for end in ("one", "two"):
            found = self._in(f"SELECT one, two FROM link_copies WHERE {end} IN", articles)
            yield from ((one, two) for one, two in found)

    # --- events

    def events(self, ids: Collection[EventId]) -> Iterator[Event]:
        """Give those of the events that are there."""
        for (payload,) in self._in("SELECT payload FROM events WHERE id IN", ids):
            yield decode(payload, Event)

    def held_with(self, reports: Collection[ReportId]) -> Iterator[tuple[EventId, ReportId]]:
        """Give the events that hold any of `reports`, with each report that they hold."""
        numbers = {row[0] for row in self._in("SELECT event FROM event_reports WHERE report IN", reports)}
        statement = (
            "SELECT e.id, r.report FROM events e JOIN event_reports r ON r.event = e.number WHERE e.number IN"
        )
        yield from ((event, report) for event, report in self._in(statement, numbers))

    def ids_in(self, articles: Collection[ArticleId]) -> set[EventId]:
        """Return the ids of the events that any of `articles` tells of."""
        numbers = {row[0] for row in self._in("SELECT event FROM event_reports WHERE article IN", articles)}
        return {row[0] for row in self._in("SELECT id FROM events WHERE number IN", numbers)}

    def ids_at(self, spots: Collection[Spot]) -> set[EventId]:
        """Return the ids of the events whose last day lies at any of `spots`."""
        statement = "SELECT event FROM link_spots WHERE key = ? AND last BETWEEN ? AND ?"
        return {row[0] for spot in spots for row in self._all(statement, spot.key, spot.first, spot.last)}

    def spots(self, keys: Collection[int]) -> Iterator[tuple[EventId, Spot]]:
        """Give the events that lie at spots of these `keys`."""
        for event, *spot in self._in("SELECT event, key, first, last FROM link_spots WHERE key IN", keys):
            yield event, Spot(*spot)

    def alone(self, events: Collection[EventId]) -> set[EventId]:
        """Return those of `events` without relations whose articles tell of no other event."""
        return {event for (event,) in self._all(_ALONE, encode(sorted(events)).decode())}

    def outlooks(self, events: Collection[EventId]) -> dict[EventId, Outlook]:
        """Return the outlooks of those of `events` that have one."""
        found = self._in("SELECT event, outlook FROM link_outlooks WHERE event IN", events)
        return {event: decode(outlook, Outlook) for event, outlook in found}

    # --- plumbing

    def _all(self, statement: str, *values: str | float) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def _column(self, statement: str, *values: str | float) -> list[Any]:
        return [value for (value,) in self._all(statement, *values)]

    def _in(self, statement: str, values: Collection[Any], rest: str = "") -> Iterator[tuple[Any, ...]]:
        if values:
            given = encode(sorted(values)).decode()
            yield from self._all(f"{statement} (SELECT value FROM json_each(?)){rest}", given)


def _standing(row: tuple[Any, ...]) -> Standing:
    return Standing(Stand(*row[:5]), row[5], unpack(row[6]))
