"""EmbeddedStore: a workspace in one SQLite file, with write-ahead log and full-text search."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from dateline.errors import InputError
from dateline.model.article import Article
from dateline.model.chain import LogRow
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.kept import Seen, Step
from dateline.model.rejected import REASONS, Rejected
from dateline.model.report import Report
from dateline.model.trace import Trace
from dateline.model.verdict import Verdict
from dateline.model.wire import decode, encode
from dateline.store import events as event_rows
from dateline.store import keeping, rows, tally, verdicts
from dateline.store.base import Counts, PutSummary, VolumeRow
from dateline.store.conditions import ORDERS, Condition, article_condition, event_condition, one_of, together
from dateline.store.kept import Kept
from dateline.store.query import EventQuery
from dateline.store.reconcile import reconcile
from dateline.store.rows import FactsRow
from dateline.store.schema import open_database, unusable
from dateline.store.search import id_prefix

T = TypeVar("T")
K = TypeVar("K", bound=str)

# Records that are read at once. Iterators read their records in such steps, so that no statement stays open
# while the caller works: a caller may write while it reads.
READ_STEP = 200

# How many ids an error lists when a beginning stands for several.
MAX_CANDIDATES = 8


class EmbeddedStore:
    """A workspace's record in one SQLite file: one writer at a time, any number of readers meanwhile.

    An object belongs to the thread that opened it; another thread or process opens its own.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool, readonly: bool = False) -> Self:
        """Open the workspace at `path`, made when it is missing and `create` is true.

        Raises WorkspaceError when it is missing, is not a workspace, was made by a newer version, is locked
        or cannot be read.
        """
        return cls(open_database(path, create=create, readonly=readonly), path)

    def close(self) -> None:
        """Let go of the file; the store cannot be used again."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- articles -----------------------------------------------------------------------------------------

    def put_articles(self, articles: Iterable[Article]) -> PutSummary:
        """Keep `articles` in one transaction.

        One that is there already is reconciled with what is there (`store.reconcile`); when that changes it,
        its reports are dropped, so that it is coded again.
        """
        new = updated = unchanged = 0
        with self._writing() as connection:
            for article in articles:
                old = self._one("SELECT payload FROM articles WHERE id = ?", article.id)
                if old is None:
                    connection.execute(rows.INSERT_ARTICLE, rows.article_row(article))
                    new += 1
                    continue
                before = decode(old[0], Article)
                kept = reconcile(before, article)
                if kept == before:
                    unchanged += 1
                    continue
                connection.execute("DELETE FROM reports WHERE article = ?", (article.id,))
                connection.execute(rows.UPDATE_ARTICLE, rows.article_row(kept))
                updated += 1
            if new or updated:
                _touch(connection)
        return PutSummary(new, updated, unchanged)

    def articles(
        self,
        *,
        ids: Iterable[ArticleId] | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        search: str | None = None,
        coded: bool | None = None,
    ) -> Iterator[Article]:
        """Give articles by date of publication (unknown last) and id; the filters that are set must all hold.

        `since` and `until` are ISO dates cut to month or year at will; they leave out articles of unknown
        date. `search` is words and "phrases" that all stand in the title and text.
        """
        condition = article_condition(
            ids=ids, outlet=outlet, since=since, until=until, search=search, coded=coded
        )
        numbers = self._numbers("articles", condition, "published IS NULL, published, id")
        return self._stream("articles", numbers, Article)

    def article(self, id_or_prefix: str) -> Article:
        """Return the article whose id begins so; raises InputError for none or several."""
        return self._by_prefix("articles", id_or_prefix, "art_", "an article", Article)

    def uncoded(self, coder: str) -> Iterator[Article]:
        """Give the articles that `coder` (name and version) has not coded, by id."""
        numbers = self._numbers("articles", Condition("coder IS NOT ?", (coder,)), "id")
        return self._stream("articles", numbers, Article)

    def facts(self) -> Iterator[FactsRow]:
        """Give what linking needs of each article, by id, without its text; see FactsRow."""
        for number in _steps(self._numbers("articles", Condition("1"), "id")):
            yield from map(rows.facts_row, self._rows("articles", rows.FACTS_COLUMNS, number))

    def volume(self) -> Iterator[VolumeRow]:
        """Give how many articles of each outlet and date of publication were coded, in that order."""
        statement = (
            "SELECT outlet, published, count(*) FROM articles WHERE coder IS NOT NULL "
            "GROUP BY outlet, published ORDER BY outlet, published"
        )
        yield from self._all(statement)

    # --- refusals -----------------------------------------------------------------------------------------

    def put_rejected(self, refusals: Iterable[Rejected]) -> PutSummary:
        """Keep `refusals`; one that is there already is kept once."""
        new = seen = 0
        with self._writing() as connection:
            for refusal in refusals:
                seen += 1
                new += connection.execute(
                    "INSERT OR IGNORE INTO rejected (stage, reason, locator, detail) VALUES (?, ?, ?, ?)",
                    (refusal.stage, refusal.reason, refusal.locator, refusal.detail),
                ).rowcount
        return PutSummary(new, 0, seen - new)

    def rejected(self, stage: str | None = None) -> Iterator[Rejected]:
        """Give refusals, of one stage or all, by stage, locator, reason and detail."""
        condition = Condition("1") if stage is None else Condition("stage = ?", (stage,))
        numbers = self._numbers("rejected", condition, "stage, locator, reason, detail")
        for step in _steps(numbers):
            for row in self._rows("rejected", "stage, reason, locator, detail", step):
                # A reason of a version to come is shown as a fault rather than lost.
                reason = row[1] if row[1] in REASONS else "failed"
                yield Rejected(stage=row[0], reason=reason, locator=row[2], detail=row[3])

    def forget_rejected(self, stage: str, locator: str) -> int:
        """Drop the refusals of a stage at a locator that is now taken in; return how many there were."""
        with self._writing() as connection:
            statement = "DELETE FROM rejected WHERE stage = ? AND locator = ?"
            return connection.execute(statement, (stage, locator)).rowcount

    # --- reports ------------------------------------------------------------------------------------------

    def put_reports(self, article: ArticleId, coder: str, reports: Sequence[Report]) -> None:
        """Replace the reports of `article` and note that `coder` (name and version) coded it.

        Raises InputError for an article that is not here or a report of another article.
        """
        strangers = [report.id for report in reports if report.article.id != article]
        if strangers:
            raise InputError(f"report {strangers[0]} is not of article {article}; put it with its own article")
        with self._writing() as connection:
            done = connection.execute("UPDATE articles SET coder = ? WHERE id = ?", (coder, article))
            if done.rowcount == 0:
                raise InputError(f"no article {article} is in {self.path}; put it before its reports")
            before = self._all("SELECT payload FROM reports WHERE article = ? ORDER BY position", article)
            after = [encode(report).decode() for report in reports]
            if [row[0] for row in before] == after:
                return
            connection.execute("DELETE FROM reports WHERE article = ?", (article,))
            connection.executemany(
                "INSERT INTO reports (id, article, position, type, payload) VALUES (?, ?, ?, ?, ?)",
                (
                    (report.id, article, position, report.type, payload)
                    for position, (report, payload) in enumerate(zip(reports, after, strict=True))
                ),
            )
            _touch(connection)

    def reports(
        self, *, ids: Iterable[ReportId] | None = None, article: ArticleId | None = None
    ) -> Iterator[Report]:
        """Give reports by article and place in it; the filters that are set must all hold."""
        conditions = [] if ids is None else [one_of("id", ids)]
        if article is not None:
            conditions.append(Condition("article = ?", (article,)))
        numbers = self._numbers("reports", together(conditions), "article, position")
        return self._stream("reports", numbers, Report)

    def report(self, id_or_prefix: str) -> Report:
        """Return the report whose id begins so; raises InputError for none or several."""
        return self._by_prefix("reports", id_or_prefix, "rep_", "a report", Report)

    # --- events -------------------------------------------------------------------------------------------

    def put_events(
        self, events: Iterable[Event], *, revision: int | None = None, among: Iterable[EventId] | None = None
    ) -> PutSummary:
        """Replace the events called `among`, or all, in one transaction; what stays the same is not written.

        `revision` is what `revision()` gave before the reports behind `events` were read, so that what
        another process changed since is not taken as linked; None stands for now.
        """
        with self._writing() as connection:
            done = event_rows.put(connection, events, among)
            linked = self.revision() if revision is None else revision
            connection.execute("UPDATE state SET value = ? WHERE name = 'linked'", (linked,))
        return done

    @contextmanager
    def linking(self) -> Iterator[Kept]:
        """Open one snapshot of all that a step of a link may ask; nothing can be written in it."""
        with self._reading() as connection:
            connection.execute("BEGIN")
            try:
                yield Kept(connection)
            finally:
                connection.execute("ROLLBACK")

    def keep(self, step: Step, seen: Seen) -> bool:
        """Write a step of a link, whole; return False, and write nothing, when another link made one since."""
        with self._writing() as connection:
            return keeping.keep(connection, step, seen)

    def forget_links(self) -> None:
        """Make the next link look at everything; events stay until others take their place."""
        with self._writing() as connection:
            keeping.forget(connection)

    def events(self, query: EventQuery = EventQuery()) -> Iterator[Event]:  # noqa: B008 - frozen
        """Give the events that `query` asks for; raises InputError where it cannot be understood."""
        order = f"{ORDERS.get(query.sort, 'id')} LIMIT ? OFFSET ?"
        condition = event_condition(query)
        limit = -1 if query.limit is None else query.limit
        bounded = Condition(condition.sql, (*condition.values, limit, query.offset))
        return self._stream("events", self._numbers("events", bounded, order), Event)

    def count_events(self, query: EventQuery = EventQuery()) -> int:  # noqa: B008 - frozen
        """Return how many events `query` holds for, whatever its limit and offset."""
        condition = event_condition(query)
        found = self._all(f"SELECT count(*) FROM events WHERE {condition.sql}", *condition.values)
        return int(found[0][0])

    def event(self, id_or_prefix: str) -> Event:
        """Return the event whose id begins so; raises InputError for none or several."""
        return self._by_prefix("events", id_or_prefix, "evt_", "an event", Event)

    def trace(self, id_or_prefix: str) -> Trace:
        """Return what became of an event id of now or before; raises InputError for none or several."""
        prefix = id_prefix(id_or_prefix, "evt_", "an event")
        with self._reading() as connection:
            found = event_rows.known(connection, prefix, MAX_CANDIDATES + 1)
            return event_rows.trace(connection, self._only(id_or_prefix, found, "an event", "events"))

    def revision(self) -> int:
        """Return how often articles, reports or verdicts have changed."""
        return int(self._all("SELECT value FROM state WHERE name = 'revision'")[0][0])

    def needs_linking(self) -> bool:
        """Tell whether articles, reports or verdicts changed since events were last put."""
        return bool(self.revision() != self._all("SELECT value FROM state WHERE name = 'linked'")[0][0])

    # --- verdicts -----------------------------------------------------------------------------------------

    def add_verdict(self, verdict: Verdict) -> bool:
        """Append a verdict; return False when it is there already. Nothing ever changes or deletes one."""
        with self._writing() as connection:
            new = verdicts.append(connection, verdict)
            if new:
                _touch(connection)
            return new

    def verdicts(self) -> Iterator[Verdict]:
        """Give verdicts in the order in which they were added; rows that hold none are passed over."""
        with self._reading() as connection:
            yield from verdicts.readable(connection)

    def verdict_rows(self) -> Iterator[LogRow]:
        """Give the rows of the log of verdicts as they are kept."""
        with self._reading() as connection:
            yield from verdicts.rows(connection)

    def verdicts_appended(self) -> int:
        """Return how many verdicts were ever added."""
        with self._reading() as connection:
            return verdicts.appended(connection)

    # --- all of it ----------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """Return how much there is of everything."""
        with self._reading() as connection:
            return tally.counts(connection)

    # --- plumbing -----------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run the block in one transaction: kept when it ends well, undone when it raises."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def _all(self, statement: str, *values: str | float | None) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    def _one(self, statement: str, *values: str | float | None) -> tuple[Any, ...] | None:
        found = self._all(statement, *values)
        return found[0] if found else None

    def _numbers(self, table: str, condition: Condition, order: str) -> list[int]:
        statement = f"SELECT number FROM {table} WHERE {condition.sql} ORDER BY {order}"
        return [row[0] for row in self._all(statement, *condition.values)]

    def _rows(self, table: str, columns: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return the rows that still stand under `numbers`, in their order."""
        marks = ", ".join("?" * len(numbers))
        statement = f"SELECT number, {columns} FROM {table} WHERE number IN ({marks})"
        found = {row[0]: row[1:] for row in self._all(statement, *numbers)}
        return [found[number] for number in numbers if number in found]

    def _stream(self, table: str, numbers: Sequence[int], kind: type[T]) -> Iterator[T]:
        for step in _steps(numbers):
            for (payload,) in self._rows(table, "payload", step):
                yield decode(payload, kind)

    def _by_prefix(self, table: str, given: str, kind: str, noun: str, type_: type[T]) -> T:
        prefix = id_prefix(given, kind, noun)
        statement = f"SELECT id, payload FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        found = self._all(statement, prefix, prefix + "\x7f", MAX_CANDIDATES + 1)
        identity = self._only(given, [row[0] for row in found], noun, table)
        return decode(next(row[1] for row in found if row[0] == identity), type_)

    def _only(self, given: str, found: Sequence[K], noun: str, table: str) -> K:
        """Return the one id that was found; raises InputError for none or several."""
        if not found:
            raise InputError(f"{given!r} is not the id of {noun} in {self.path}; look at the list of {table}")
        if len(found) > 1:
            listed = ", ".join(found[:MAX_CANDIDATES])
            more = ", ..." if len(found) > MAX_CANDIDATES else ""
            raise InputError(f"{given!r} is the beginning of several ids: {listed}{more}; give more of it")
        return found[0]


def _steps(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), READ_STEP):
        yield numbers[start : start + READ_STEP]


def _touch(connection: sqlite3.Connection) -> None:
    """Note that what events are made from has changed."""
    connection.execute("UPDATE state SET value = value + 1 WHERE name = 'revision'")
