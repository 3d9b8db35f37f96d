"""Accounts and their sessions in a small SQLite file of their own, which nobody but its owner may read.

It lies beside the workspace and not in it: a workspace is passed on. Neither passwords nor the tokens of
sessions stand in it, only what tells whether one is right.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import msgspec

from dateline.errors import WorkspaceError
from dateline.store.faults import unusable
from dateline.store.schema import BUSY_TIMEOUT_MS, transaction

# "DtAc" in ASCII.
APPLICATION_ID = 0x44744163
VERSION = 1
OWNER_ONLY = 0o600
IN_MEMORY = Path(":memory:")

_TABLES = (
    # `key` is what tells names apart: without regard to case and spaces.
    """CREATE TABLE accounts (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        password TEXT NOT NULL,
        created TEXT NOT NULL
    ) WITHOUT ROWID""",
    # `account` is NULL where somebody came in with the server's token. Times are seconds since 1970 in UTC.
    """CREATE TABLE sessions (
        token TEXT PRIMARY KEY,
        account TEXT REFERENCES accounts (key) ON DELETE CASCADE,
        begun INTEGER NOT NULL,
        seen INTEGER NOT NULL
    ) WITHOUT ROWID""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


class AccountRow(msgspec.Struct, frozen=True):
    """An account: its name, role, the Argon2 hash of its password, and when it was made (ISO 8601 in UTC)."""

    name: str
    role: str
    password: str
    created: str


class SessionRow(msgspec.Struct, frozen=True):
    """A session: whose it is (None: of whoever holds the server's token), and when it began and was seen."""

    account: AccountRow | None
    begun: int
    seen: int


class AccountStore:
    """The file of accounts; may be used by several threads, one at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`, made where it is missing; raises WorkspaceError where it cannot be."""
        try:
            if path != IN_MEMORY:
                # Made before SQLite opens it, so that nobody else can read it even for a moment.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise WorkspaceError(f"{path} cannot be opened ({error}); check it and its folder") from error
        store = cls(connection, path)
        try:
            store._prepare()
        except sqlite3.Error as error:
            connection.close()
            raise unusable(path, error) from error
        except WorkspaceError:
            connection.close()
            raise
        return store

    def _prepare(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        self._connection.execute("PRAGMA foreign_keys = ON")
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        if application not in (0, APPLICATION_ID):
            raise WorkspaceError(f"{self._path} is no file of accounts; move it away")
        if version > VERSION:
            raise WorkspaceError(f"{self._path} was made by a newer dateline; upgrade dateline")
        if version == 0:
            with self._writing() as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _TABLES:
                        connection.execute(statement)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with transaction(self._connection):
                    yield self._connection
            except sqlite3.Error as error:
                raise unusable(self._path, error) from error

    def _all(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise unusable(self._path, error) from error

    # accounts

    def accounts(self) -> list[AccountRow]:
        """Return the accounts by name."""
        return [AccountRow(*row) for row in self._all(f"SELECT {_ACCOUNT} FROM accounts ORDER BY key")]

    def account(self, key: str) -> AccountRow | None:
        """Return the account whose name has this key, None where there is none."""
        found = self._all(f"SELECT {_ACCOUNT} FROM accounts WHERE key = ?", key)
        return AccountRow(*found[0]) if found else None

    def put_account(self, key: str, account: AccountRow) -> None:
        """Keep an account in the place of one of that key; its sessions end when its password changes."""
        with self._writing() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE account = "
                "(SELECT key FROM accounts WHERE key = ? AND password <> ?)",
                (key, account.password),
            )
            connection.execute(
                "INSERT INTO accounts (key, name, role, password, created) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET name = excluded.name, role = excluded.role, "
                "password = excluded.password",
                (key, account.name, account.role, account.password, account.created),
            )

    def drop_account(self, key: str) -> bool:
        """Drop an account and its sessions; return whether it was there."""
        with self._writing() as connection:
            return connection.execute("DELETE FROM accounts WHERE key = ?", (key,)).rowcount > 0

    # sessions

    def put_session(self, token: str, account: str | None, at: int) -> None:
        """Begin a session of the account with this key, known by the hash of its token."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO sessions (token, account, begun, seen) VALUES (?, ?, ?, ?)",
                (token, account, at, at),
            )

    def session(self, token: str) -> SessionRow | None:
        """Return the session with this hash of a token, None where there is none."""
        found = self._all(
            "SELECT begun, seen, account IS NULL, name, role, password, created FROM sessions "
            "LEFT JOIN accounts ON key = account WHERE token = ?",
            token,
        )
        if not found:
            return None
        begun, seen, bare, *row = found[0]
        return SessionRow(None if bare else AccountRow(*row), begun, seen)

    def seen_session(self, token: str, at: int) -> None:
        """Note that a session was used."""
        with self._writing() as connection:
            connection.execute("UPDATE sessions SET seen = ? WHERE token = ?", (at, token))

    def drop_session(self, token: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (token,))

    def drop_sessions_before(self, begun: int, seen: int) -> None:
        """End the sessions that began or were last used before these times."""
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE begun < ? OR seen < ?", (begun, seen))


_ACCOUNT = "name, role, password, created"
