"""How much a look at each event is worth: numbers that are kept so that a queue need not read every event.

They are given to the store, which knows nothing of how they come about. The number of an event goes with its
row: an event that is written anew has none until it is given one. `version` names the way in which they were
found; numbers of another version count as none.
"""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.model.wire import encode
from dateline.store.columns import Columns
from dateline.store.counting import Chosen

if TYPE_CHECKING:
    from dateline.store.columns import Numbers, Reals

STATEMENTS = (
    """CREATE TABLE event_worth (
        event INTEGER PRIMARY KEY REFERENCES events (number) ON DELETE CASCADE,
        worth REAL NOT NULL
    )""",
)
_VERSION = "SELECT value FROM state WHERE name = 'worth'"
# The events all of whose reports are among the judged ones.
_DONE = """SELECT here.event FROM event_reports AS here
    JOIN json_each(?) AS judged ON judged.value = here.report
    GROUP BY here.event
    HAVING count(*) = (SELECT count(*) FROM event_reports AS every WHERE every.event = here.event)"""


def current(connection: sqlite3.Connection, version: int) -> bool:
    """Tell whether the numbers that are kept are of this version."""
    found = connection.execute(_VERSION).fetchone()
    return found is not None and int(found[0]) == version


def lacking(connection: sqlite3.Connection, version: int) -> list[int]:
    """Return the rows of the events that have no number."""
    known = "SELECT event FROM event_worth" if current(connection, version) else "SELECT NULL WHERE 0"
    statement = f"SELECT number FROM events WHERE number NOT IN ({known}) ORDER BY number"
    return [row[0] for row in connection.execute(statement).fetchall()]


def put(connection: sqlite3.Connection, version: int, worth: Iterable[tuple[str, float]]) -> None:
    """Keep the numbers of the events of these ids, within the transaction that is open."""
    if not current(connection, version):
        connection.execute("DELETE FROM event_worth")
        connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES ('worth', ?)", (version,))
    connection.executemany(
        "INSERT OR REPLACE INTO event_worth (event, worth) SELECT number, ?2 FROM events WHERE id = ?1", worth
    )


def ranked(
    connection: sqlite3.Connection, version: int, chosen: Chosen, judged: Iterable[str]
) -> tuple["Numbers", "Reals"]:
    """Return the rows of the chosen events, with their numbers of worth (NaN: none), the greatest first.

    Those without a number come before all, and those are left out whose reports were all judged.
    """
    import numpy as np

    columns, mask = chosen.columns, chosen.but()
    worths, order = _worths(connection, version, columns)
    done = [row[0] for row in connection.execute(_DONE, (encode(sorted(judged)).decode(),))]
    mask[np.searchsorted(columns.numbers, np.array(done, dtype=np.int64))] = False
    wanted = order[mask[order]]
    return columns.numbers[wanted], worths[wanted]


def _worths(connection: sqlite3.Connection, version: int, columns: Columns) -> tuple["Reals", "Numbers"]:
    """Return the worth of each event, NaN where it has none, and the order in which they are given.

    What is known once is not read again.
    """
    import numpy as np

    known, order = columns.worths.get(version, (np.full(len(columns.numbers), np.nan), None))
    if not current(connection, version):
        known, order = np.full(len(columns.numbers), np.nan), None
    elif (lacks := np.isnan(known)).any():
        values = (encode(columns.numbers[lacks].tolist()).decode(),)
        statement = "SELECT event, worth FROM event_worth WHERE event IN (SELECT value FROM json_each(?))"
        if found := connection.execute(statement, values).fetchall():
            known, order = known.copy(), None
            known[np.searchsorted(columns.numbers, [row[0] for row in found])] = [row[1] for row in found]
    if order is None:
        order = np.argsort(np.where(np.isnan(known), -np.inf, -known), kind="stable")
        columns.worths[version] = known, order
    return known, order
