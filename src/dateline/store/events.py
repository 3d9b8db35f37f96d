"""Events in SQLite: written where they changed, with what each id held before, so that old ids lead on."""

import sqlite3
from collections.abc import Iterable

from dateline.model.event import Event
from dateline.model.ids import EventId
from dateline.model.trace import Trace, TraceState
from dateline.model.wire import decode
from dateline.store import rows
from dateline.store.base import PutSummary
from dateline.store.names import put_names

_IN_SENTENCE = (
    "SELECT id FROM reports WHERE article = ? "
    "AND json_extract(payload, '$.sentence.start') < ? AND json_extract(payload, '$.sentence.end') > ?"
)


def put(connection: sqlite3.Connection, events: Iterable[Event], among: Iterable[str] | None) -> PutSummary:
    """Put `events` in the place of those called `among` (None: of all), within the transaction that is open.

    What stays the same is not written again. What an id holds no more is noted (`trace`). A row that is written
    is not changed any more, and no later row has its number: who knows the numbers knows what they hold.
    """
    new = updated = unchanged = 0
    last = _last_number(connection)
    kept: set[str] = set()
    for event in events:
        kept.add(event.id)
        row = rows.event_row(event)
        old = connection.execute("SELECT payload FROM events WHERE id = ?", (event.id,)).fetchone()
        if old is not None and old[0] == row[-1]:
            unchanged += 1
            continue
        if old is None:
            new += 1
        else:
            updated += 1
            _take_out(connection, decode(old[0], Event))
        last += 1
        _insert(connection, last, event, row)
    if among is None:
        among = [row[0] for row in connection.execute("SELECT id FROM events ORDER BY id").fetchall()]
    gone = 0
    for identity in among:
        old = connection.execute("SELECT payload FROM events WHERE id = ?", (identity,)).fetchone()
        if identity not in kept and old is not None:
            _take_out(connection, decode(old[0], Event))
            gone += 1
    if new or updated or gone:
        connection.execute("UPDATE state SET value = value + 1 WHERE name = 'events'")
        connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('event_number', ?)", (last,))
    return PutSummary(new, updated, unchanged, gone)


def _last_number(connection: sqlite3.Connection) -> int:
    """Return the greatest number that any row of events ever had."""
    there = connection.execute("SELECT max(number) FROM events").fetchone()[0]
    ever = connection.execute("SELECT value FROM state WHERE name = 'event_number'").fetchone()
    return max(there or 0, ever[0] if ever else 0)


def _take_out(connection: sqlite3.Connection, event: Event) -> None:
    """Delete an event and note what it held; what comes back under its id is struck from the note."""
    connection.executemany(
        "INSERT OR REPLACE INTO event_traces (event, report, article, start, end) VALUES (?, ?, ?, ?, ?)",
        {
            (event.id, said.report, said.article, said.sentence.start, said.sentence.end)
            for claim in event.claims.type
            for said in claim.said
        },
    )
    connection.execute("DELETE FROM events WHERE id = ?", (event.id,))


def _insert(connection: sqlite3.Connection, number: int, event: Event, row: rows.Row) -> None:
    connection.execute(rows.INSERT_EVENT, (number, *row))
    for statement, values in rows.event_parts(event):
        connection.execute(statement, (number, *values))
    put_names(connection, number, event)
    connection.executemany(
        "DELETE FROM event_traces WHERE event = ? AND report = ?",
        ((event.id, report) for report in event.reports),
    )


def known(connection: sqlite3.Connection, prefix: str, limit: int) -> list[EventId]:
    """Return at most `limit` ids that begin with `prefix` among those of events now and before."""
    found = connection.execute(
        "SELECT id FROM events WHERE id >= ?1 AND id < ?2 UNION "
        "SELECT DISTINCT event FROM event_traces WHERE event >= ?1 AND event < ?2 ORDER BY 1 LIMIT ?3",
        (prefix, prefix + "\x7f", limit),
    )
    return [EventId(row[0]) for row in found.fetchall()]


def relating(connection: sqlite3.Connection, identity: EventId) -> list[int]:
    """Return the numbers of the events that name the event called `identity` in a relation, by id."""
    found = connection.execute(
        "SELECT e.number FROM event_relations r JOIN events e ON e.number = r.event WHERE r.other = ? "
        "ORDER BY e.id",
        (identity,),
    )
    return [row[0] for row in found.fetchall()]


def trace(connection: sqlite3.Connection, identity: EventId) -> Trace:
    """Return where the reports are that the event called `identity` held and holds no more.

    A report that is there no more, since its article is coded otherwise, is followed to what is told in its
    sentence now.
    """
    now: set[EventId] = set()
    held = "SELECT report, article, start, end FROM event_traces WHERE event = ? ORDER BY report"
    for report, article, start, end in connection.execute(held, (identity,)).fetchall():
        there = connection.execute("SELECT 1 FROM reports WHERE id = ?", (report,)).fetchone()
        if there is not None:
            condition, values = "r.report = ?", [report]
        else:
            condition = f"r.report IN ({_IN_SENTENCE})"
            values = [article, end, start]
        statement = f"SELECT e.id FROM event_reports r JOIN events e ON e.number = r.event WHERE {condition}"
        now.update(EventId(row[0]) for row in connection.execute(statement, values).fetchall())
    now.discard(identity)
    events = tuple(sorted(now))
    if connection.execute("SELECT 1 FROM events WHERE id = ?", (identity,)).fetchone():
        return Trace(asked=identity, state="here", events=events)
    state: TraceState = "gone" if not events else "moved" if len(events) == 1 else "split"
    return Trace(asked=identity, state=state, events=events)
