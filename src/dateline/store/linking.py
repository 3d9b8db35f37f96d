"""What linking keeps in SQLite between links, read within one snapshot and written in one transaction."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, OriginId, ReportId
from dateline.model.report import Report
from dateline.model.wire import decode

# Values bound in one statement.
STEP = 500
Pair = tuple[ReportId, ReportId]


class Waiting(msgspec.Struct, frozen=True):
    """What changed since the last link: reports that came, changed or went, and whether facts did.

    `last` is the number of the last note of it, `linked` what the record was linked at, `rules` by which rules
    (None where nothing was).
    """

    reports: frozenset[ReportId]
    facts: bool
    last: int
    linked: int
    rules: str | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a link changes of what is kept; `blocks` and `origins` take the place of what was.

    `among` are the events that are replaced; `seen`, `revision` and `rules` tell what was linked and how.
    """

    blocks: Mapping[ReportId, Mapping[str, bool]]
    joined: Collection[Pair]
    parted: Collection[Pair]
    origins: Mapping[ArticleId, OriginId]
    among: Collection[EventId]
    seen: Waiting
    revision: int
    rules: str


class LinkState:
    """Reads what is kept; the answers are those of the snapshot in which it was opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def waiting(self) -> Waiting:
        """Return what changed since the last link."""
        rows = self._connection.execute("SELECT number, report FROM link_waiting").fetchall()
        linked = self._connection.execute("SELECT value FROM state WHERE name = 'linked'").fetchone()[0]
        reports = frozenset(ReportId(report) for _, report in rows if report is not None)
        facts = any(report is None for _, report in rows)
        rules = self._connection.execute("SELECT rules FROM link_rules").fetchone()
        last = max((number for number, _ in rows), default=0)
        return Waiting(reports, facts, last, linked, rules[0] if rules else None)

    def origins(self) -> dict[ArticleId, OriginId]:
        """Return the origins of articles at the last link."""
        return dict(self._connection.execute("SELECT article, origin FROM link_origins").fetchall())

    def reports(self, ids: Collection[ReportId]) -> Iterator[Report]:
        """Give those of the reports that are there."""
        for (payload,) in self._in("SELECT payload FROM reports WHERE id IN", ids):
            yield decode(payload, Report)

    def reports_in(self, articles: Collection[ArticleId]) -> Iterator[Report]:
        """Give the reports of articles."""
        for (payload,) in self._in("SELECT payload FROM reports WHERE article IN", articles):
            yield decode(payload, Report)

    def blocks_of(self, reports: Collection[ReportId]) -> dict[ReportId, dict[str, bool]]:
        """Return the blocks of reports, with whether they seek partners there."""
        found: dict[ReportId, dict[str, bool]] = {identity: {} for identity in reports}
        for report, block, seeks in self._in(
            "SELECT report, block, seeks FROM link_blocks WHERE report IN", reports
        ):
            found[report][block] = bool(seeks)
        return found

    def seeking(self, blocks: Collection[str]) -> set[str]:
        """Return those of `blocks` in which anybody seeks partners."""
        statement = "SELECT DISTINCT block FROM link_blocks WHERE seeks AND block IN"
        return {row[0] for row in self._in(statement, blocks)}

    def members(self, blocks: Collection[str]) -> dict[str, dict[ReportId, bool]]:
        """Return who stands in blocks, with whether they seek partners there."""
        found: dict[str, dict[ReportId, bool]] = {block: {} for block in blocks}
        for block, report, seeks in self._in(
            "SELECT block, report, seeks FROM link_blocks WHERE block IN", blocks
        ):
            found[block][report] = bool(seeks)
        return found

    def edges_at(self, reports: Collection[ReportId]) -> set[Pair]:
        """Return the edges that have one of `reports` as an end."""
        found: set[Pair] = set()
        for end in ("one", "two"):
            found.update(self._in(f"SELECT one, two FROM link_edges WHERE {end} IN", reports))
        return found

    def events_of(self, reports: Collection[ReportId]) -> Iterator[Event]:
        """Give the events that hold any of `reports`, each once."""
        return self._events(self._in("SELECT event FROM event_reports WHERE report IN", reports))

    def events_in(self, articles: Collection[ArticleId]) -> Iterator[Event]:
        """Give the events that any of `articles` tells of, each once."""
        return self._events(self._in("SELECT event FROM event_reports WHERE article IN", articles))

    def events_between(self, first: str, last: str) -> Iterator[Event]:
        """Give at least the events whose shown time lies within these days."""
        statement = (
            "SELECT number FROM events WHERE date_start BETWEEN ?1 AND ?2 "
            "OR (date_start IS NULL AND date_end BETWEEN ?1 AND ?2)"
        )
        return self._events(self._connection.execute(statement, (first, last + "~")).fetchall())

    def _events(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Event]:
        numbers = {row[0] for row in rows}
        for (payload,) in self._in("SELECT payload FROM events WHERE number IN", numbers):
            yield decode(payload, Event)

    def _in(self, statement: str, values: Collection[Any]) -> Iterator[tuple[Any, ...]]:
        wanted = sorted(values)
        for start in range(0, len(wanted), STEP):
            step = wanted[start : start + STEP]
            marks = ", ".join("?" * len(step))
            yield from self._connection.execute(f"{statement} ({marks})", step).fetchall()


def keep(connection: sqlite3.Connection, changes: Changes) -> bool:
    """Write what a link changes, within the transaction that is open; False when another link came between."""
    linked = connection.execute("SELECT value FROM state WHERE name = 'linked'").fetchone()[0]
    if linked != changes.seen.linked:
        return False
    connection.executemany(
        "DELETE FROM link_blocks WHERE report = ?", ((report,) for report in sorted(changes.blocks))
    )
    connection.executemany(
        "INSERT INTO link_blocks (block, report, seeks) VALUES (?, ?, ?)",
        sorted(
            (block, report, int(seeks))
            for report, blocks in changes.blocks.items()
            for block, seeks in blocks.items()
        ),
    )
    connection.executemany("DELETE FROM link_edges WHERE one = ? AND two = ?", sorted(changes.parted))
    connection.executemany("INSERT OR IGNORE INTO link_edges VALUES (?, ?)", sorted(changes.joined))
    connection.executemany("INSERT OR REPLACE INTO link_origins VALUES (?, ?)", sorted(changes.origins.items()))
    connection.execute("DELETE FROM link_waiting WHERE number <= ?", (changes.seen.last,))
    connection.execute("DELETE FROM link_rules")
    connection.execute("INSERT INTO link_rules VALUES (?)", (changes.rules,))
    connection.execute("UPDATE state SET value = ? WHERE name = 'linked'", (changes.revision,))
    return True


def forget(connection: sqlite3.Connection) -> None:
    """Forget what is kept, so that the next link looks at everything, within the transaction that is open."""
    for table in ("link_blocks", "link_edges", "link_origins", "link_rules", "link_waiting"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(
        "INSERT INTO link_waiting (report) SELECT id FROM reports UNION SELECT report FROM event_reports"
    )
    connection.execute("INSERT INTO link_waiting (report) VALUES (NULL)")
    connection.execute("UPDATE state SET value = -1 WHERE name = 'linked'")
