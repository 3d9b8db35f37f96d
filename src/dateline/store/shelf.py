"""The columns of the files of this process, held until the events of a file change."""

import sqlite3
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from dateline.store.columns import Columns
from dateline.store.filling import read_columns

# Workspaces whose columns are kept in one process.
FILES_KEPT = 4


class _Shelf:
    """The columns by file, each with the count of changes that it shows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Path, int], tuple[int, Columns]] = OrderedDict()

    def columns(self, connection: sqlite3.Connection, path: Path) -> Columns:
        """Return the columns of the state that `connection`, within a transaction, sees."""
        key = (path.resolve(), path.stat().st_ino)
        with self._lock:  # others that wait for it want the same
            # A transaction sees what stands when it first reads. Since that is here, who sees less than what is
            # kept sees another file in its place, such as one that was kept safe and put back.
            changes = int(connection.execute("SELECT value FROM state WHERE name = 'events'").fetchone()[0])
            kept = self._kept.get(key)
            if kept is not None and kept[0] == changes:
                return kept[1]
            before = kept[1] if kept is not None and kept[0] < changes else None
            columns = read_columns(connection, before)
            self._kept[key] = (changes, columns)
            self._kept.move_to_end(key)
            while len(self._kept) > FILES_KEPT:
                self._kept.popitem(last=False)
            return columns


SHELF = _Shelf()
