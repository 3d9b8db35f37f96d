"""The file of the user's places, and what each added file changed in it, so that it can be undone."""

import sqlite3
from pathlib import Path

import msgspec

from dateline.resolve.gazetteer_schema import TABLES, Row, insert

# `meta` holds each row as it was given, by id; `batch` one line per added file, `change` what was there before,
# `link` which place holds which.
_BATCHES = """
CREATE TABLE IF NOT EXISTS batch (number INTEGER PRIMARY KEY, file TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS change (batch INTEGER NOT NULL, id TEXT NOT NULL, before TEXT,
    PRIMARY KEY (batch, id));
CREATE TABLE IF NOT EXISTS link (child TEXT NOT NULL, parent TEXT NOT NULL, batch INTEGER NOT NULL,
    PRIMARY KEY (child, parent)) WITHOUT ROWID;
"""
# A place lies in what holds it, in what holds that, and so on; a list may go in circles.
_PARENTS = """
WITH RECURSIVE above (id) AS (
    SELECT parent FROM link WHERE child = ? UNION SELECT parent FROM link JOIN above ON child = id
) SELECT id FROM above WHERE id <> ? ORDER BY id
"""
# Files of the user's places that were written before P-codes had a column.
_OLD = "ALTER TABLE place ADD COLUMN pcode TEXT"


def prepare(connection: sqlite3.Connection) -> None:
    """Begin a transaction in a file that has all tables: all until the commit is done whole or not at all."""
    connection.isolation_level = None
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'place'").fetchone() is None:
        _run(connection, TABLES)
    elif not any(column[1] == "pcode" for column in connection.execute("PRAGMA table_info(place)")):
        connection.execute(_OLD)
    _run(connection, _BATCHES)


def _run(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit the transaction.
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def new_batch(connection: sqlite3.Connection) -> int:
    """Return the number of the next file that is added."""
    return int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM batch").fetchone()[0])


def close_batch(connection: sqlite3.Connection, batch: int, path: Path) -> None:
    """Note which file a batch was, where it changed anything."""
    changed = "EXISTS (SELECT 1 FROM change WHERE batch = ?1) OR EXISTS (SELECT 1 FROM link WHERE batch = ?1)"
    connection.execute(f"INSERT INTO batch SELECT ?1, ?2 WHERE {changed}", (batch, str(path)))


def store(connection: sqlite3.Connection, batch: int, row: Row) -> str:
    """Write one place; tell whether it was "added", "replaced" or "unchanged".

    A row for a place of the built gazetteer adds its names to those that an earlier row gave.
    """
    before = connection.execute("SELECT value FROM meta WHERE key = ?", (row.id,)).fetchone()
    if before is not None and not row.id.startswith("user:") and before[0].startswith("{"):
        known = msgspec.json.decode(before[0], type=Row)
        row = msgspec.structs.replace(
            row, other_names=tuple(dict.fromkeys((*known.other_names, *row.other_names)))
        )
    text = msgspec.json.encode(row).decode()
    if before is not None and before[0] == text:
        return "unchanged"
    connection.execute(
        "INSERT OR IGNORE INTO change VALUES (?, ?, ?)", (batch, row.id, before[0] if before else None)
    )
    if before is not None:
        _remove(connection, row.id)
    _put(connection, row, text)
    return "added" if before is None else "replaced"


def _put(connection: sqlite3.Connection, row: Row, text: str) -> None:
    last = connection.execute("SELECT coalesce(max(number), 0) FROM place").fetchone()[0]
    insert(connection, [row], last + 1)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (row.id, text))


def _remove(connection: sqlite3.Connection, identity: str) -> None:
    found = connection.execute("SELECT number FROM place WHERE id = ?", (identity,)).fetchone()
    if found is not None:
        connection.execute("DELETE FROM place WHERE number = ?", found)
        _forget(connection, found[0])
    connection.execute("DELETE FROM meta WHERE key = ?", (identity,))


def _forget(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("CREATE INDEX IF NOT EXISTS name_place ON name (place)")
    connection.execute("CREATE INDEX IF NOT EXISTS loose_place ON loose (place)")
    connection.execute("DELETE FROM name WHERE place = ?", (number,))
    connection.execute("DELETE FROM loose WHERE place = ?", (number,))


def undo_batch(connection: sqlite3.Connection) -> tuple[str, int, int] | None:
    """Take back the last file that changed anything; return its name, places removed and places restored."""
    last = connection.execute(
        "SELECT number, file FROM batch WHERE number IN (SELECT batch FROM change UNION SELECT batch FROM link)"
        " ORDER BY number DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return None
    removed = restored = 0
    for identity, before in connection.execute(
        "SELECT id, before FROM change WHERE batch = ? ORDER BY id", (last[0],)
    ):
        _remove(connection, identity)
        if before is not None and before.startswith("{"):
            _put(connection, msgspec.json.decode(before, type=Row), before)
            restored += 1
        else:
            removed += 1
    connection.execute("DELETE FROM change WHERE batch = ?", (last[0],))
    connection.execute("DELETE FROM link WHERE batch = ?", (last[0],))
    connection.execute("DELETE FROM batch WHERE number = ?", (last[0],))
    return last[1], removed, restored


def put_link(connection: sqlite3.Connection, batch: int, child: str, parent: str) -> bool:
    """Note that the place `parent` holds `child`, by their ids; tell whether that is new."""
    if child == parent:
        return False
    cursor = connection.execute("INSERT OR IGNORE INTO link VALUES (?, ?, ?)", (child, parent, batch))
    return cursor.rowcount > 0


def has_links(connection: sqlite3.Connection) -> bool:
    """Tell whether a gazetteer file says which places hold which."""
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'link'").fetchone()
    return table is not None and connection.execute("SELECT 1 FROM link LIMIT 1").fetchone() is not None


def sieve_of(connection: sqlite3.Connection) -> bytes | None:
    """Return the sieve of a built file; the user's own have none."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sieve'").fetchone() is None:
        return None
    row = connection.execute("SELECT bits FROM sieve").fetchone()
    return None if row is None else bytes(row[0])


def parents_of(connection: sqlite3.Connection, identity: str) -> list[str]:
    """Return the ids of the places that hold a place, those that hold these, and so on, in order."""
    return [row[0] for row in connection.execute(_PARENTS, (identity, identity))]


def index_numbers(connection: sqlite3.Connection) -> None:
    """Make the table by which `numbered` finds places by the number that ends their id."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS numbered (number TEXT, id TEXT, PRIMARY KEY (number, id))"
    )
    connection.execute(
        "INSERT OR IGNORE INTO numbered SELECT substr(id, length(rtrim(id, '0123456789')) + 1), id FROM place"
        " WHERE id GLOB 'user:*:[0-9]*'"
    )


def numbered(connection: sqlite3.Connection, number: str) -> list[str]:
    """Return the ids of the user's places that a list of GeoNames gave under this number."""
    return [row[0] for row in connection.execute("SELECT id FROM numbered WHERE number = ?", (number,))]
