"""The workspace file: how it is opened, and brought to the newest of its steps (`store.steps`).

A step runs in one transaction together with the note that it ran, so that a killed process leaves either all of
it or nothing.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import WorkspaceError
from dateline.model.chain import chain_hash
from dateline.store.faults import unusable
from dateline.store.search import folded
from dateline.store.steps import MIGRATIONS, Migration

# "DtLn" in ASCII: tells a workspace from any other SQLite file (see `file` and sqlite.org/fileformat2).
APPLICATION_ID = 0x44744C6E

# Pages that a connection holds in memory at most, in KiB: linking goes back to the same ones again and again.
CACHE_KIB = 65_536

# How long a writer waits for another to finish, in milliseconds.
BUSY_TIMEOUT_MS = 10_000


def open_database(path: Path, *, create: bool, readonly: bool) -> sqlite3.Connection:
    """Open the workspace at `path`, brought to the newest schema unless `readonly`.

    Raises WorkspaceError when there is none and `create` is false, when the file is something else, or when
    it was made by a newer version, is locked or cannot be read.
    """
    _check_path(path, create=create and not readonly)
    try:
        connection = _connect(path, readonly=readonly)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    try:
        _check_file(connection, path)
        if readonly:
            check_current(connection, path)
        else:
            migrate(connection, MIGRATIONS)
    except sqlite3.Error as error:
        connection.close()
        raise unusable(path, error) from error
    except WorkspaceError:
        connection.close()
        raise
    return connection


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise WorkspaceError(f"{path} is a folder; name a file, such as {path / 'news.dateline'}")
    if not path.exists() and not create:
        raise WorkspaceError(f"no workspace at {path}; create it with `dateline add`")
    if not path.parent.is_dir():
        raise WorkspaceError(f"there is no folder {path.parent} to keep a workspace in; create it first")
    if path.exists() and path.stat().st_size == 0 and not create:
        raise WorkspaceError(f"{path} is empty; delete it and create a workspace with `dateline add`")


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    address = path.absolute().as_uri() + ("?mode=ro" if readonly else "?mode=rwc")
    if readonly and _at_rest(path):
        address += "&immutable=1"
    connection = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        timeout=BUSY_TIMEOUT_MS / 1000,
        cached_statements=256,
        check_same_thread=False,  # a server lends a store to one thread after another, never to two at once
    )
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
    connection.execute("PRAGMA foreign_keys = ON")
    # With a write-ahead log this survives a killed process; a power cut may lose the last transactions whole.
    connection.execute("PRAGMA synchronous = NORMAL")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _at_rest(path: Path) -> bool:
    """Tell whether nobody can be writing: a log can neither be found nor made beside the file.

    Only then may SQLite read it without the log's shared memory, which it would have to make there.
    """
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _check_file(connection: sqlite3.Connection, path: Path) -> None:
    application = _pragma(connection, "application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and (application or tables):
        raise WorkspaceError(f"{path} is a database of another program; name another file")
    check_version(connection, path)


def check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Raise WorkspaceError where a newer dateline has been at the file, also since it was opened."""
    version = _pragma(connection, "user_version")
    if version > len(MIGRATIONS):
        raise WorkspaceError(
            f"{path} was made by a newer dateline (schema {version}, this one knows {len(MIGRATIONS)}); "
            "upgrade dateline"
        )


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raise WorkspaceError where the file is of another version, also since it was opened."""
    check_version(connection, path)
    version = _pragma(connection, "user_version")
    if version < len(MIGRATIONS):
        raise WorkspaceError(
            f"{path} was made by an older dateline (schema {version}, this one needs {len(MIGRATIONS)}); "
            "open it once for writing, for example with `dateline add`"
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction: kept when it ends well, undone when it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def migrate(connection: sqlite3.Connection, steps: tuple[Migration, ...]) -> None:
    """Run those of `steps` that the database has not seen, each in a transaction of its own."""
    if _pragma(connection, "user_version") >= len(steps):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.create_function("chain_hash", 3, chain_hash, deterministic=True)
    connection.create_function("folded", 1, _folded, deterministic=True)
    for number, step in enumerate(steps, 1):
        with transaction(connection):
            # Another process may have run the step while this one waited.
            if _pragma(connection, "user_version") < number:
                _run(connection, number, step)


def _folded(name: str | None) -> str | None:
    return folded(name) if name else None


def _run(connection: sqlite3.Connection, number: int, step: Migration) -> None:
    if number == 1:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    for statement in step.statements:
        connection.execute(statement)
    connection.execute("INSERT INTO migrations VALUES (?, ?)", (number, step.name))
    connection.execute(f"PRAGMA user_version = {number}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
