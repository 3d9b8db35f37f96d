"""How much a workspace holds."""

import sqlite3

from dateline.store.base import Counts


def counts(connection: sqlite3.Connection) -> Counts:
    """Return how much there is of everything."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM articles), (SELECT count(coder) FROM articles), "
        "(SELECT count(DISTINCT outlet) FROM articles), (SELECT count(*) FROM reports), "
        "(SELECT count(*) FROM events), (SELECT count(*) FROM events WHERE disputed > 0), "
        "(SELECT count(*) FROM verdicts)"
    ).fetchone()
    refused: dict[str, dict[str, int]] = {}
    statement = "SELECT stage, reason, count(*) FROM rejected GROUP BY stage, reason ORDER BY stage, reason"
    for stage, reason, count in connection.execute(statement).fetchall():
        refused.setdefault(stage, {})[reason] = count
    return Counts(
        articles=row[0],
        coded=row[1],
        outlets=row[2],
        reports=row[3],
        events=row[4],
        disputed=row[5],
        verdicts=row[6],
        rejected=refused,
    )
