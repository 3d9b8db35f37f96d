"""What a step of a link changes of what is kept, written within the transaction that is open."""

import sqlite3
from collections.abc import Mapping

from dateline.model.ids import ReportId
from dateline.model.kept import Compared, Copied, Done, Formed, Judged, Outlook, Related, Seen, Standing, Step
from dateline.model.wire import decode, encode
from dateline.store import events as event_rows
from dateline.store.kept import LATE, UNUSED, USED, pack, unpack
from dateline.store.steps import ALL_WAITING

# Buckets have numbers by chance, 0 to 2^63 - 1. Put in their place at once, the new rows of a step would lie on
# tens of thousands of pages of a large file, and each of these is written for one row. So they stand together
# at first, and with each step those of one stretch settle.
STRETCHES = 16
STRETCH = 2**63 // STRETCHES

_INSERT_REPORT = (
    "INSERT INTO link_reports (report, article, type, last, first, rank, blocks) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_EDGE = (
    "INSERT OR REPLACE INTO link_edges SELECT a.member, b.member, ?, ?, 0 FROM link_reports a, link_reports b "
    "WHERE a.report = ? AND b.report = ?"
)
_BETWEEN = (
    "WHERE one = (SELECT member FROM link_reports WHERE report = ?) "
    "AND two = (SELECT member FROM link_reports WHERE report = ?)"
)
# What does not stand under a key as it should, now that the outlet is credited or is no more, is to be placed.
_TURN = (
    "INSERT OR IGNORE INTO link_fresh (article, signature, told) SELECT a.id, a.signature, 0 FROM link_names n "
    "JOIN articles a ON a.id = n.article WHERE n.key = ?1 AND n.stands <> "
    "EXISTS (SELECT 1 FROM link_names WHERE key = ?1 AND credits = 1)"
)
# Near which day a report lies is known of those that stand in blocks.
_OPEN = (
    "INSERT INTO link_open (report, day, told) VALUES "
    "(?1, coalesce((SELECT last FROM link_reports WHERE report = ?1), 0), ?2) "
    "ON CONFLICT (report) DO UPDATE SET day = excluded.day, told = max(told, excluded.told)"
)


def keep(connection: sqlite3.Connection, step: Step, seen: Seen) -> bool:
    """Write a step that was found from what was `seen`; False when another link made one since."""
    made = connection.execute("SELECT value FROM state WHERE name = 'link_step'").fetchone()[0]
    if made != seen.step:
        return False
    match step:
        case Judged():
            _keep_judged(connection, step)
        case Copied():
            _keep_copied(connection, step, seen)
        case Compared():
            _keep_compared(connection, step, seen)
        case Formed():
            _keep_formed(connection, step)
        case Related():
            _keep_related(connection, step)
        case Done():
            connection.execute("DELETE FROM link_rules")
            connection.execute("INSERT INTO link_rules VALUES (?)", (step.rules,))
            connection.execute("UPDATE state SET value = ? WHERE name = 'linked'", (step.revision,))
    connection.execute("UPDATE state SET value = value + 1 WHERE name = 'link_step'")
    return True


def forget(connection: sqlite3.Connection) -> None:
    """Forget what is kept, so that all is linked anew; events stay until others take their place."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'link_*'")
    for (table,) in tables.fetchall():
        connection.execute(f"DELETE FROM {table}")
    for statement in ALL_WAITING:
        connection.execute(statement)
    connection.execute("UPDATE state SET value = -1 WHERE name = 'linked'")
    connection.execute("UPDATE state SET value = value + 1 WHERE name = 'link_step'")


def _keep_judged(connection: sqlite3.Connection, step: Judged) -> None:
    reports = sorted({*step.marks, *step.forgotten})
    connection.executemany("DELETE FROM link_judged WHERE report = ?", ((report,) for report in reports))
    connection.executemany("INSERT INTO link_judged VALUES (?, ?)", sorted(step.marks.items()))
    connection.executemany(
        "INSERT OR REPLACE INTO link_waiting (article, published) SELECT a.id, a.published "
        "FROM reports r JOIN articles a ON a.id = r.article WHERE r.id = ?",
        ((report,) for report in reports),
    )
    _open(connection, dict.fromkeys(step.forgotten, False))


def _keep_copied(connection: sqlite3.Connection, step: Copied, seen: Seen) -> None:
    connection.executemany(
        "DELETE FROM link_buckets WHERE settled IN (0, 1) AND bucket = ? AND article = ?", step.left
    )
    connection.executemany("INSERT OR IGNORE INTO link_buckets VALUES (0, ?, ?)", step.entered)
    _settle(connection)
    connection.executemany("DELETE FROM link_copies WHERE one = ? AND two = ?", step.unlike)
    connection.executemany("INSERT OR IGNORE INTO link_copies VALUES (?, ?)", step.alike)
    _name(connection, step)
    for article in step.touched:
        found = connection.execute("SELECT report FROM link_reports WHERE article = ?", (article,))
        _open(connection, {report: False for (report,) in found.fetchall()})
    done = ((article, seen.fresh) for article in step.placed)
    connection.executemany("DELETE FROM link_fresh WHERE article = ? AND number <= ?", done)
    # What changed again meanwhile waits, and stands now where this step put it.
    signed = ((encode(signature).decode(), article) for article, signature in step.placed.items())
    connection.executemany("UPDATE link_fresh SET signature = ? WHERE article = ?", signed)
    connection.executemany(_TURN, ((key,) for key in step.turned))


def _settle(connection: sqlite3.Connection) -> None:
    """Move what is new in the next stretch of the buckets to what is settled there."""
    (stretch,) = connection.execute("SELECT value FROM state WHERE name = 'link_stretch'").fetchone()
    start = stretch * STRETCH
    connection.execute(
        "UPDATE link_buckets SET settled = 1 WHERE settled = 0 AND bucket BETWEEN ? AND ?",
        (start, start + STRETCH - 1),
    )
    connection.execute("UPDATE state SET value = ? WHERE name = 'link_stretch'", ((stretch + 1) % STRETCHES,))


def _name(connection: sqlite3.Connection, step: Copied) -> None:
    """Keep the names of outlets that articles are by or credit."""
    connection.executemany("DELETE FROM link_names WHERE article = ?", ((article,) for article in step.names))
    connection.executemany(
        "INSERT INTO link_names (key, credits, article, stands) VALUES (?, ?, ?, ?)",
        (
            (name.key, int(name.credits), article, int(name.stands))
            for article, names in step.names.items()
            for name in names
        ),
    )


def _keep_compared(connection: sqlite3.Connection, step: Compared, seen: Seen) -> None:
    # What goes has its day from where it stood, what comes from where it stands.
    _open(connection, step.opened)
    connection.executemany(f"DELETE FROM link_edges {_BETWEEN}", step.parted)
    for article in step.articles:
        _take_away(connection, article)
    for standing in step.standings:
        _put_standing(connection, standing)
    connection.executemany(
        _INSERT_EDGE, ((edge.score, int(edge.within), edge.one, edge.two) for edge in step.edges)
    )
    _open(connection, {each.stand.report: step.opened[each.stand.report] for each in step.standings})
    done = ((article, seen.waiting) for article in step.articles)
    connection.executemany("DELETE FROM link_waiting WHERE article = ? AND number <= ?", done)


def _take_away(connection: sqlite3.Connection, article: str) -> None:
    """Take the reports of an article out of all blocks, with all edges at them."""
    statement = "SELECT member, last, first, rank, blocks FROM link_reports WHERE article = ?"
    for member, last, first, rank, blocks in connection.execute(statement, (article,)).fetchall():
        connection.executemany(
            "DELETE FROM link_blocks WHERE block = ? AND manner = ? AND last = ? AND first = ? AND rank = ? "
            "AND member = ?",
            ((block, manner, last, first, rank, member) for block, manner in unpack(blocks).items()),
        )
        connection.execute("DELETE FROM link_edges WHERE one = ?", (member,))
        connection.execute("DELETE FROM link_edges WHERE two = ?", (member,))
    connection.execute("DELETE FROM link_reports WHERE article = ?", (article,))


def _put_standing(connection: sqlite3.Connection, standing: Standing) -> None:
    last, first, rank, report, type_ = standing.stand
    values = (report, standing.article, type_, last, first, rank, pack(standing.blocks))
    member = connection.execute(_INSERT_REPORT, values).lastrowid
    connection.executemany(
        "INSERT INTO link_blocks VALUES (?, ?, ?, ?, ?, ?)",
        ((block, manner, last, first, rank, member) for block, manner in standing.blocks.items()),
    )


def _keep_formed(connection: sqlite3.Connection, step: Formed) -> None:
    event_rows.put(connection, step.events, step.replaced)
    for event in sorted({*step.replaced, *step.outlooks}):
        _put_outlook(connection, event, step.outlooks.get(event))
    for how, pairs in ((USED, step.joined), (LATE, step.late), (UNUSED, step.parted)):
        connection.executemany(f"UPDATE link_edges SET used = {how} {_BETWEEN}", pairs)
    connection.executemany("DELETE FROM link_open WHERE report = ?", ((report,) for report in step.reports))
    connection.executemany(
        "INSERT OR IGNORE INTO link_untold (event) VALUES (?)", ((event,) for event in step.untold)
    )


def _put_outlook(connection: sqlite3.Connection, event: str, outlook: Outlook | None) -> None:
    found = connection.execute("SELECT outlook FROM link_outlooks WHERE event = ?", (event,)).fetchone()
    before = decode(found[0], Outlook) if found else None
    if before == outlook:
        return
    if before is not None:
        connection.execute("DELETE FROM link_outlooks WHERE event = ?", (event,))
        connection.executemany(
            "DELETE FROM link_spots WHERE key = ? AND last = ? AND first = ? AND event = ?",
            ((spot.key, spot.last, spot.first, event) for spot in before.spots),
        )
    if outlook is not None:
        connection.execute("INSERT INTO link_outlooks VALUES (?, ?)", (event, encode(outlook).decode()))
        connection.executemany(
            "INSERT INTO link_spots VALUES (?, ?, ?, ?)",
            ((spot.key, spot.last, spot.first, event) for spot in outlook.spots),
        )


def _keep_related(connection: sqlite3.Connection, step: Related) -> None:
    event_rows.put(connection, step.events, ())
    connection.executemany("DELETE FROM link_untold WHERE event = ?", ((event,) for event in step.told))


def _open(connection: sqlite3.Connection, reports: Mapping[ReportId, bool]) -> None:
    connection.executemany(_OPEN, ((report, int(told)) for report, told in sorted(reports.items())))
