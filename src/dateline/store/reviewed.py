"""Reviewed: what a review asks of a workspace's file, and the log that it writes to."""

import sqlite3
from collections.abc import Iterable, Iterator
from math import isnan
from pathlib import Path

from dateline.model.chain import LogRow
from dateline.model.event import Event
from dateline.model.ids import ReportId
from dateline.model.verdict import Verdict, Verdicts
from dateline.model.wire import decode
from dateline.model.write import Write
from dateline.store import verdicts, worth
from dateline.store.conditions import Condition, one_of
from dateline.store.counting import Chosen
from dateline.store.database import Database
from dateline.store.query import EventQuery
from dateline.store.shelf import SHELF

# Events that are read at once for a queue: mostly it wants no more.
RANKED_STEP = 60


class Reviewed(Database):
    """The part of a store that reviews ask: events by worth, events by report, verdicts."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        # Rows of the log are never changed: those that were read are not read again.
        self._log = Verdicts()
        self._logged = 0

    def holding(self, reports: Iterable[ReportId]) -> Iterator[Event]:
        """Give the events that hold any of `reports`, by id."""
        condition = one_of("report", reports)
        here = Condition(f"number IN (SELECT event FROM event_reports WHERE {condition.sql})", condition.values)
        return self._stream("events", self._numbers("events", here, "id"), Event)

    def by_worth(
        self,
        version: int,
        query: EventQuery = EventQuery(),  # noqa: B008 - frozen
        *,
        judged: Iterable[ReportId] = (),
    ) -> Iterator[tuple[float | None, Event]]:
        """Give the events that `query` asks for with their worth, the greatest first, unknown ones before all.

        Events all of whose reports are among `judged` are left out.
        """
        with self._at_once() as connection:
            chosen = Chosen(connection, SHELF.columns(connection, self.path), query)
            numbers, worths = worth.ranked(connection, version, chosen, judged)
        for start in range(0, len(numbers), RANKED_STEP):
            some = slice(start, start + RANKED_STEP)
            found = dict(zip(numbers[some].tolist(), worths[some].tolist(), strict=True))
            for number, payload in self._rows("events", "number, payload", list(found)):
                known = found[number]
                yield None if isnan(known) else known, decode(payload, Event)

    def without_worth(self, version: int) -> Iterator[Event]:
        """Give the events whose worth was not put, or by another version."""
        with self._reading() as connection:
            numbers = worth.lacking(connection, version)
        return self._stream("events", numbers, Event)

    def put_worth(self, version: int, worths: Iterable[tuple[str, float]]) -> None:
        """Keep how much a look at events is worth, each with its id, as `version` finds it."""
        with self._writing() as connection:
            worth.put(connection, version, worths)

    def existing(self, reports: Iterable[ReportId]) -> frozenset[ReportId]:
        """Return those of `reports` that are here."""
        condition = one_of("id", reports)
        return frozenset(
            row[0] for row in self._all(f"SELECT id FROM reports WHERE {condition.sql}", *condition.values)
        )

    def verdicts(self) -> Iterator[Verdict]:
        """Give verdicts in the order in which they were added; rows that hold none are passed over."""
        yield from self.log().all

    def log(self) -> Verdicts:
        """Return the verdicts as they stand; what is added later is seen by the next call alone."""
        with self._reading() as connection:
            more = []
            for number, verdict in verdicts.readable(connection, after=self._logged):
                self._logged = number
                if verdict is not None:
                    more.append(verdict)
            if more:
                self._log = self._log.followed_by(more)
        return self._log

    def add_write(self, write: Write) -> None:
        """Append to the log what somebody did beside judging."""
        with self._writing() as connection:
            verdicts.append(connection, write)

    def verdict_rows(self) -> Iterator[LogRow]:
        """Give the rows of the log, of verdicts and other writes, as they are kept."""
        with self._reading() as connection:
            yield from verdicts.rows(connection)

    def verdicts_appended(self) -> int:
        """Return how many rows of the log were ever added."""
        with self._reading() as connection:
            return verdicts.appended(connection)
