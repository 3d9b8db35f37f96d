"""Database: one connection to a workspace's SQLite file, and how records are read through it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from dateline.errors import InputError, NotFoundError
from dateline.model.wire import decode
from dateline.store.conditions import Condition
from dateline.store.faults import unusable
from dateline.store.schema import check_current, check_version, transaction
from dateline.store.search import id_prefix

T = TypeVar("T")
K = TypeVar("K", bound=str)

# Records that are read at once. Iterators read their records in such steps, so that no statement stays open
# while the caller works: a caller may write while it reads.
READ_STEP = 200

# How many ids an error lists when a beginning stands for several.
MAX_CANDIDATES = 8


class Database:
    """A connection to the file, and the ways in which rows are read and written through it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def close(self) -> None:
        """Let go of the file; the store cannot be used again."""
        self._connection.close()

    def check(self) -> None:
        """Raise WorkspaceError where another version of dateline has been at the file since it was opened."""
        with self._reading() as connection:
            check_current(connection, self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run the block in one transaction: kept when it ends well, undone when it raises."""
        try:
            with transaction(self._connection):
                check_version(self._connection, self.path)
                yield self._connection
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            raise unusable(self.path, error) from error

    @contextmanager
    def _at_once(self) -> Iterator[sqlite3.Connection]:
        """Give one state of the record to all that is read in the block, whatever others write meanwhile."""
        try:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")
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
        for step in steps(numbers):
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
            where = f"in {self.path}; look at the list of {table}"
            raise NotFoundError(f"{given!r} is not the id of {noun} {where}")
        if len(found) > 1:
            listed = ", ".join(found[:MAX_CANDIDATES])
            more = ", ..." if len(found) > MAX_CANDIDATES else ""
            raise InputError(f"{given!r} is the beginning of several ids: {listed}{more}; give more of it")
        return found[0]


def steps(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give `numbers` in runs of at most READ_STEP."""
    for start in range(0, len(numbers), READ_STEP):
        yield numbers[start : start + READ_STEP]
