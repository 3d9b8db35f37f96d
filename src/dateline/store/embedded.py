"""EmbeddedStore: a workspace in one SQLite file, with write-ahead log and full-text search."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from dateline.errors import InputError
from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.rejected import REASONS, Rejected
from dateline.model.report import Report
from dateline.model.trace import Trace
from dateline.model.verdict import Verdict
from dateline.model.wire import decode, encode
from dateline.store import events as event_rows
from dateline.store import rows, verdicts
from dateline.store.base import Counts, PutSummary, VolumeRow
from dateline.store.conditions import (
    ORDERS,
    Condition,
    Value,
    article_condition,
    event_condition,
    one_of,
    ordered,
    together,
)
from dateline.store.counting import Chosen, count_facets, lay_timeline
from dateline.store.database import MAX_CANDIDATES, steps
from dateline.store.linked import Linked
from dateline.store.lists import Listed
from dateline.store.looks import EventPage, Facets, MapView, Place, State, Timeline
from dateline.store.mapping import lay_map
from dateline.store.paging import find_page
from dateline.store.query import EventQuery, read_box
from dateline.store.reconcile import reconcile
from dateline.store.reviewed import Reviewed
from dateline.store.rows import FactsRow
from dateline.store.schema import open_database
from dateline.store.search import id_prefix
from dateline.store.shapes import BRIEF
from dateline.store.shelf import SHELF


class EmbeddedStore(Linked, Listed, Reviewed):
    """A workspace's record in one SQLite file: one writer at a time, any number of readers meanwhile.

    An object belongs to the thread that opened it; another thread or process opens its own.
    """

    @classmethod
    def open(cls, path: Path, *, create: bool, readonly: bool = False) -> Self:
        """Open the workspace at `path`, made when it is missing and `create` is true.

        Raises WorkspaceError when it is missing, is not a workspace, was made by a newer version, is locked
        or cannot be read.
        """
        return cls(open_database(path, create=create, readonly=readonly), path)

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

    def facts(self, *, ids: Iterable[ArticleId] | None = None) -> Iterator[FactsRow]:
        """Give what linking needs of each article, or of those called `ids`, by id; see FactsRow."""
        condition = Condition("1") if ids is None else one_of("id", ids)
        for number in steps(self._numbers("articles", condition, "id")):
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

    def rejected(self, stage: str | None = None, *, locator: str | None = None) -> Iterator[Rejected]:
        """Give refusals by stage, locator, reason and detail; of one stage, and at one place, if given."""
        asked = (("stage", stage), ("locator", locator))
        conditions = [Condition(f"{column} = ?", (value,)) for column, value in asked if value is not None]
        numbers = self._numbers("rejected", together(conditions), "stage, locator, reason, detail")
        for step in steps(numbers):
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

    def events(self, query: EventQuery = EventQuery()) -> Iterator[Event]:  # noqa: B008 - frozen
        """Give the events that `query` asks for; raises InputError where it cannot be understood."""
        statement, values = self._asked("number", query)
        return self._stream("events", [row[0] for row in self._all(statement, *values)], Event)

    def relating(self, identity: EventId) -> Iterator[Event]:
        """Give the events that name the event called `identity` in their relations, by id."""
        with self._reading() as connection:
            numbers = event_rows.relating(connection, identity)
        return self._stream("events", numbers, Event)

    def event_ids(self, query: EventQuery = EventQuery()) -> list[EventId]:  # noqa: B008 - frozen
        """Return the ids of the events that `query` asks for, without reading these."""
        statement, values = self._asked("id", query)
        return [EventId(row[0]) for row in self._all(statement, *values)]

    def _asked(self, column: str, query: EventQuery) -> tuple[str, tuple[Value, ...]]:
        """Return the statement that gives `column` of the events of `query`, with its values."""
        condition = event_condition(query)
        order = ordered(ORDERS[query.sort])
        limit = -1 if query.limit is None else query.limit
        statement = (
            f"SELECT {column} FROM events INDEXED BY {BRIEF} WHERE {condition.sql} "
            f"ORDER BY {order} LIMIT ? OFFSET ?"
        )
        return statement, (*condition.values, limit, query.offset)

    def count_events(self, query: EventQuery = EventQuery()) -> int:  # noqa: B008 - frozen
        """Return how many events `query` holds for, whatever its limit and offset."""
        condition = event_condition(query)
        statement = f"SELECT count(*) FROM events INDEXED BY {BRIEF} WHERE {condition.sql}"
        found = self._all(statement, *condition.values)
        return int(found[0][0])

    def page(self, query: EventQuery = EventQuery(), *, after: Place | None = None) -> EventPage:  # noqa: B008
        """Return the first `query.limit` of the events that come after the place `after` in their order."""
        with self._at_once() as connection:
            found = find_page(self._chosen(connection, query), connection, after)
            return EventPage(
                events=tuple(self._stream("events", found.numbers, Event)),
                places=found.places,
                last=found.places[-1] if found.more and found.places else None,
                total=found.total,
                claims=found.claims,
            )

    def facets(self, query: EventQuery = EventQuery()) -> Facets:  # noqa: B008 - frozen
        """Count the events that `query` holds for by what they have."""
        with self._at_once() as connection:
            return count_facets(self._chosen(connection, query))

    def timeline(self, query: EventQuery = EventQuery()) -> Timeline:  # noqa: B008 - frozen
        """Count the events that `query` holds for by their dates."""
        with self._at_once() as connection:
            return lay_timeline(self._chosen(connection, query))

    def map(self, query: EventQuery = EventQuery(), *, box: str | None = None, zoom: float = 0) -> MapView:  # noqa: B008
        """Return the events that `query` holds for as they stand on a map of `box` at `zoom`."""
        inside = None if box is None else read_box(box)
        with self._at_once() as connection:
            return lay_map(self._chosen(connection, query), inside, zoom)

    def _chosen(self, connection: sqlite3.Connection, query: EventQuery) -> Chosen:
        return Chosen(connection, SHELF.columns(connection, self.path), query)

    def state(self) -> State:
        """Return how often each part of the record has changed."""
        found = dict(self._all("SELECT name, value FROM state"))
        return State(**{name: found[name] for name in State.__struct_fields__})

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

    # --- all of it ----------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """Return how much there is of everything."""
        row = self._all(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(coder) FROM articles), "
            "(SELECT count(DISTINCT outlet) FROM articles), (SELECT count(*) FROM reports), "
            "(SELECT count(*) FROM events), (SELECT count(*) FROM events WHERE disputed > 0), "
            "(SELECT count(*) FROM verdicts WHERE id GLOB 'ver_*')"
        )[0]
        refused: dict[str, dict[str, int]] = {}
        statement = "SELECT stage, reason, count(*) FROM rejected GROUP BY stage, reason ORDER BY stage, reason"
        for stage, reason, count in self._all(statement):
            refused.setdefault(stage, {})[reason] = count
        return Counts(
            articles=row[0],
            coded=row[1],
            outlets=row[2],
            reports=row[3],
            events=row[4],
            disputed=row[5],
            verdicts=row[6],
            rejected=refused,
        )


def _touch(connection: sqlite3.Connection) -> None:
    """Note that what events are made from has changed."""
    connection.execute("UPDATE state SET value = value + 1 WHERE name = 'revision'")
