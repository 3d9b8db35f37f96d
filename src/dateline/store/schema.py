"""The workspace file: how it is opened, and the ordered, recorded steps that made its tables.

With `embedded` the only module that touches SQLite. A step runs in one transaction together with the note
that it ran, so that a killed process leaves either all of it or nothing.
"""

import os
import sqlite3
from pathlib import Path

import msgspec

from dateline.errors import WorkspaceError
from dateline.model.chain import BEGINNING, chain_hash
from dateline.store import worth
from dateline.store.faults import unusable
from dateline.store.search import folded
from dateline.store.shapes import STATEMENTS

# "DtLn" in ASCII: tells a workspace from any other SQLite file (see `file` and sqlite.org/fileformat2).
APPLICATION_ID = 0x44744C6E

# How long a writer waits for another to finish, in milliseconds.
BUSY_TIMEOUT_MS = 10_000


class Migration(msgspec.Struct, frozen=True):
    """A named step from one version of the schema to the next."""

    name: str
    statements: tuple[str, ...]


_ARTICLES = Migration(
    "articles",
    (
        # `coder` is the name and version that coded the article last, NULL when it waits to be coded.
        """CREATE TABLE articles (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            outlet TEXT,
            published TEXT,
            origin TEXT,
            locator TEXT NOT NULL,
            signature TEXT NOT NULL,
            coder TEXT,
            payload TEXT NOT NULL
        )""",
        "CREATE INDEX articles_by_outlet ON articles (outlet)",
        "CREATE INDEX articles_by_published ON articles (published, id)",
        "CREATE INDEX articles_by_coder ON articles (coder)",
        """CREATE TABLE rejected (
            number INTEGER PRIMARY KEY,
            stage TEXT NOT NULL,
            reason TEXT NOT NULL,
            locator TEXT NOT NULL,
            detail TEXT NOT NULL,
            UNIQUE (stage, locator, reason, detail)
        )""",
    ),
)

_REPORTS = Migration(
    "reports",
    (
        """CREATE TABLE reports (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            type TEXT NOT NULL,
            payload TEXT NOT NULL
        )""",
        "CREATE INDEX reports_by_article ON reports (article, position)",
        # Verdicts are only ever appended; a later one may supersede an earlier one.
        """CREATE TABLE verdicts (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            payload TEXT NOT NULL
        )""",
        """CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
            BEGIN SELECT RAISE(ABORT, 'verdicts are never changed'); END""",
        """CREATE TRIGGER verdicts_remain BEFORE DELETE ON verdicts
            BEGIN SELECT RAISE(ABORT, 'verdicts are never deleted'); END""",
    ),
)

_EVENTS = Migration(
    "events",
    (
        # `date_start` and `date_end` are ISO dates, NULL where open; `words` is what search looks through.
        """CREATE TABLE events (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            date_start TEXT,
            date_end TEXT,
            reality TEXT NOT NULL,
            polarity TEXT NOT NULL,
            certainty TEXT NOT NULL,
            currency TEXT NOT NULL,
            word TEXT NOT NULL,
            articles INTEGER NOT NULL,
            origins INTEGER NOT NULL,
            disputed INTEGER NOT NULL,
            words TEXT NOT NULL,
            payload TEXT NOT NULL
        )""",
        "CREATE INDEX events_by_date ON events (date_start, date_end)",
        "CREATE INDEX events_by_type ON events (type, date_start)",
        "CREATE INDEX events_by_origins ON events (origins)",
        # Every place that was claimed, shown or not: name, province and container as folded keys.
        """CREATE TABLE event_places (
            event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
            name TEXT NOT NULL,
            admin1 TEXT,
            within TEXT,
            country TEXT,
            latitude REAL,
            longitude REAL
        )""",
        "CREATE INDEX event_places_by_event ON event_places (event)",
        "CREATE INDEX event_places_by_country ON event_places (country)",
        "CREATE INDEX event_places_by_point ON event_places (latitude, longitude)",
        # Every actor and target that was claimed.
        """CREATE TABLE event_actors (
            event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
            role TEXT NOT NULL,
            id TEXT,
            name TEXT NOT NULL
        )""",
        "CREATE INDEX event_actors_by_event ON event_actors (event)",
        """CREATE TABLE event_reports (
            event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
            report TEXT NOT NULL,
            article TEXT NOT NULL
        )""",
        "CREATE INDEX event_reports_by_event ON event_reports (event)",
        "CREATE INDEX event_reports_by_report ON event_reports (report)",
        "CREATE INDEX event_reports_by_article ON event_reports (article)",
        # Counts changes of what events are made from, and the count at which they were last made.
        "CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
        "INSERT INTO state VALUES ('revision', 0), ('linked', 0)",
    ),
)

_SEARCH = Migration(
    "search",
    (
        # External content: the index holds no second copy of the texts.
        """CREATE VIEW article_texts (number, title, text) AS SELECT number,
            coalesce(json_extract(payload, '$.title'), ''), json_extract(payload, '$.text') FROM articles""",
        """CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article_texts',
            content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')""",
        """CREATE TRIGGER article_search_add AFTER INSERT ON articles BEGIN
            INSERT INTO article_search (rowid, title, text)
                SELECT number, title, text FROM article_texts WHERE number = new.number; END""",
        # An article's id holds its title and text, so that no update can change what is indexed.
        """CREATE TRIGGER article_search_drop BEFORE DELETE ON articles BEGIN
            INSERT INTO article_search (article_search, rowid, title, text)
                SELECT 'delete', number, title, text FROM article_texts WHERE number = old.number; END""",
        """CREATE VIRTUAL TABLE event_search USING fts5 (words, content = 'events',
            content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')""",
        """CREATE TRIGGER event_search_add AFTER INSERT ON events BEGIN
            INSERT INTO event_search (rowid, words) VALUES (new.number, new.words); END""",
        """CREATE TRIGGER event_search_drop AFTER DELETE ON events BEGIN
            INSERT INTO event_search (event_search, rowid, words)
                VALUES ('delete', old.number, old.words); END""",
    ),
)

_CHAIN = Migration(
    "chain",
    (
        # Each row holds the hash of the one before and its own (`model.chain`). The table is made anew, for
        # nothing may change its rows; numbers stay. `chain_hash` is ours, given to SQLite by `migrate`.
        """CREATE TABLE verdict_log (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            previous TEXT NOT NULL,
            hash TEXT NOT NULL,
            payload TEXT NOT NULL
        )""",
        f"""INSERT INTO verdict_log WITH RECURSIVE
            old (number, id, payload) AS
                (SELECT row_number() OVER (ORDER BY number), id, payload FROM verdicts),
            chained (number, id, previous, hash, payload) AS (
                SELECT number, id, '{BEGINNING}', chain_hash('{BEGINNING}', id, payload), payload
                    FROM old WHERE number = 1
                UNION ALL
                SELECT old.number, old.id, chained.hash, chain_hash(chained.hash, old.id, old.payload),
                    old.payload FROM chained JOIN old ON old.number = chained.number + 1
            ) SELECT * FROM chained""",
        "DROP TABLE verdicts",
        "ALTER TABLE verdict_log RENAME TO verdicts",
        """CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
            BEGIN SELECT RAISE(ABORT, 'verdicts are never changed'); END""",
        """CREATE TRIGGER verdicts_remain BEFORE DELETE ON verdicts
            BEGIN SELECT RAISE(ABORT, 'verdicts are never deleted'); END""",
        # How many were written: rows cut off at the end leave a chain that holds.
        "INSERT INTO state SELECT 'verdicts', count(*) FROM verdicts",
        """CREATE TRIGGER verdicts_counted AFTER INSERT ON verdicts
            BEGIN UPDATE state SET value = value + 1 WHERE name = 'verdicts'; END""",
    ),
)

_QUOTES = Migration(
    "quotes",
    (
        # NULL for articles that were put before this step: their texts are asked instead.
        "ALTER TABLE articles ADD COLUMN quotes TEXT",
        # Events that were linked without them are linked again.
        "UPDATE state SET value = value + 1 WHERE name = 'revision' AND EXISTS (SELECT 1 FROM events)",
    ),
)

_TRACES = Migration(
    "traces",
    (
        # The reports that an event id held once and holds no more, with where their sentences stand.
        """CREATE TABLE event_traces (
            event TEXT NOT NULL,
            report TEXT NOT NULL,
            article TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            PRIMARY KEY (event, report)
        ) WITHOUT ROWID""",
        # Relations and queues name events by their ids, whose rule has changed: all are to be linked anew.
        "UPDATE state SET value = -1 WHERE name = 'linked' AND value > 0",
    ),
)

_RELATIONS = Migration(
    "relations",
    (
        # Which events an event names in its relations, so that they can be followed from either end.
        """CREATE TABLE event_relations (
            event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
            other TEXT NOT NULL
        )""",
        "CREATE INDEX event_relations_by_event ON event_relations (event)",
        "CREATE INDEX event_relations_by_other ON event_relations (other)",
        """INSERT INTO event_relations SELECT DISTINCT events.number, json_extract(named.value, '$.event')
            FROM events, json_each(events.payload, '$.relations') AS named""",
    ),
)

_SHAPES = Migration("shapes", STATEMENTS)
_WORTH = Migration("worth", worth.STATEMENTS)

# Never edit a step that was released: add one.
MIGRATIONS: tuple[Migration, ...] = (
    _ARTICLES, _REPORTS, _EVENTS, _SEARCH, _CHAIN, _QUOTES, _TRACES, _RELATIONS, _SHAPES, _WORTH,
)  # fmt: skip


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
            _check_current(connection, path)
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


def _check_current(connection: sqlite3.Connection, path: Path) -> None:
    version = _pragma(connection, "user_version")
    if version < len(MIGRATIONS):
        raise WorkspaceError(
            f"{path} was made by an older dateline (schema {version}, this one needs {len(MIGRATIONS)}); "
            "open it once for writing, for example with `dateline add`"
        )


def migrate(connection: sqlite3.Connection, steps: tuple[Migration, ...]) -> None:
    """Run those of `steps` that the database has not seen, each in a transaction of its own."""
    if _pragma(connection, "user_version") >= len(steps):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.create_function("chain_hash", 3, chain_hash, deterministic=True)
    connection.create_function("folded", 1, _folded, deterministic=True)
    for number, step in enumerate(steps, 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have run the step while this one waited.
            if _pragma(connection, "user_version") < number:
                _run(connection, number, step)
            connection.execute("COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


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
