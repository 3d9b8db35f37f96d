"""The log of verdicts and other writes in SQLite: rows are appended, and after that only read."""

import sqlite3
from collections.abc import Iterator

from dateline.model.chain import BEGINNING, LogRow, chain_hash, read_row
from dateline.model.verdict import Verdict
from dateline.model.wire import encode
from dateline.model.write import Write


def append(connection: sqlite3.Connection, entry: Verdict | Write) -> bool:
    """Append to the log within the transaction that is open; return False when it is there already.

    A row that somebody edited by hand stops nothing: the next row holds the hash that it shows.
    """
    if connection.execute("SELECT 1 FROM verdicts WHERE id = ?", (entry.id,)).fetchone():
        return False
    statement = "SELECT number, hash FROM verdicts ORDER BY number DESC LIMIT 1"
    number, previous = connection.execute(statement).fetchone() or (0, BEGINNING)
    number = max(number, appended(connection))  # a row that was cut off at the end is seen to be missing
    payload = encode(entry).decode()
    connection.execute(
        "INSERT INTO verdicts (number, id, previous, hash, payload) VALUES (?, ?, ?, ?, ?)",
        (number + 1, entry.id, previous, chain_hash(previous, entry.id, payload), payload),
    )
    return True


def rows(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[LogRow]:
    """Give the rows of the log with numbers above `after`, read at once: verdicts are few beside articles."""
    statement = "SELECT number, id, previous, hash, payload FROM verdicts WHERE number > ? ORDER BY number"
    for number, *texts in connection.execute(statement, (after,)).fetchall():
        # What was edited by hand may hold anything.
        identity, previous, hashed, payload = (
            text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text) for text in texts
        )
        yield LogRow(number, identity, previous, hashed, payload)


def readable(connection: sqlite3.Connection, *, after: int = 0) -> Iterator[tuple[int, Verdict | None]]:
    """Give the numbers of the rows above `after` with their verdicts, None for a row that holds none."""
    for row in rows(connection, after=after):
        found = read_row(row)
        yield row.number, found if isinstance(found, Verdict) else None


def appended(connection: sqlite3.Connection) -> int:
    """Return how many rows were ever appended."""
    found = connection.execute("SELECT value FROM state WHERE name = 'verdicts'").fetchone()
    return int(found[0]) if found else 0
