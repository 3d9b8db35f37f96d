"""The ordered, recorded steps that made the tables of a workspace (`store.schema` runs them)."""

import msgspec

from dateline.model.chain import BEGINNING
from dateline.store import worth
from dateline.store.shapes import STATEMENTS


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

# Everything waits to be linked; also reports that events hold and that are there no more.
ALL_WAITING = (
    "INSERT INTO link_waiting (article, published) SELECT id, published FROM articles "
    "WHERE id IN (SELECT article FROM reports)",
    "INSERT INTO link_fresh (article) SELECT id FROM articles",
    "INSERT INTO link_open (report, day, told) SELECT DISTINCT report, 0, 0 FROM event_reports",
)

_LINKS = Migration(
    "links",
    (
        # What linking keeps so that the next link touches only what changed (`model.kept`), and the queues of
        # what waits for its steps. `blocks` holds the blocks of a report and how it stands in each, packed.
        """CREATE TABLE link_reports (
            member INTEGER PRIMARY KEY,
            report TEXT NOT NULL UNIQUE,
            article TEXT NOT NULL,
            type TEXT NOT NULL,
            last INTEGER NOT NULL,
            first INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            blocks BLOB NOT NULL
        )""",
        "CREATE INDEX link_reports_by_article ON link_reports (article)",
        """CREATE TABLE link_blocks (
            block INTEGER NOT NULL,
            manner INTEGER NOT NULL,
            last INTEGER NOT NULL,
            first INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            member INTEGER NOT NULL,
            PRIMARY KEY (block, manner, last, first, rank, member)
        ) WITHOUT ROWID""",
        """CREATE TABLE link_edges (
            one INTEGER NOT NULL,
            two INTEGER NOT NULL,
            score REAL NOT NULL,
            within INTEGER NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (one, two)
        ) WITHOUT ROWID""",
        "CREATE INDEX link_edges_by_two ON link_edges (two)",
        """CREATE TABLE link_buckets (
            bucket INTEGER NOT NULL,
            article TEXT NOT NULL,
            PRIMARY KEY (bucket, article)
        ) WITHOUT ROWID""",
        "CREATE TABLE link_copies (one TEXT NOT NULL, two TEXT NOT NULL, PRIMARY KEY (one, two)) WITHOUT ROWID",
        "CREATE INDEX link_copies_by_two ON link_copies (two)",
        # The outlets that articles are by or credit, and whether they stand in the buckets of their keys.
        """CREATE TABLE link_names (
            key TEXT NOT NULL,
            credits INTEGER NOT NULL,
            article TEXT NOT NULL,
            stands INTEGER NOT NULL,
            PRIMARY KEY (key, credits, article)
        ) WITHOUT ROWID""",
        "CREATE INDEX link_names_by_article ON link_names (article)",
        "CREATE TABLE link_outlooks (event TEXT PRIMARY KEY, outlook TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE link_spots (
            key INTEGER NOT NULL,
            last INTEGER NOT NULL,
            first INTEGER NOT NULL,
            event TEXT NOT NULL,
            PRIMARY KEY (key, last, first, event)
        ) WITHOUT ROWID""",
        # What people decided of each report, as a digest; by which rules was linked; how many steps were made.
        "CREATE TABLE link_judged (report TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE link_rules (rules TEXT NOT NULL)",
        "INSERT INTO state VALUES ('link_step', 0)",
        # Articles whose reports came or went, and those that wait for their buckets: with the signature by
        # which they stand there, and whether their facts are new. What comes again gets a higher number, so
        # that no step takes it as done.
        """CREATE TABLE link_waiting (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL UNIQUE,
            published TEXT
        )""",
        "CREATE INDEX link_waiting_by_date ON link_waiting (published, article)",
        """CREATE TABLE link_fresh (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL UNIQUE,
            signature TEXT,
            told INTEGER NOT NULL DEFAULT 1
        )""",
        # Reports whose events are to be made anew, and events whose relations are to be told anew.
        """CREATE TABLE link_open (
            report TEXT PRIMARY KEY,
            day INTEGER NOT NULL,
            told INTEGER NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX link_open_by_day ON link_open (day, report)",
        "CREATE TABLE link_untold (number INTEGER PRIMARY KEY, event TEXT NOT NULL UNIQUE)",
        """CREATE TRIGGER reports_come AFTER INSERT ON reports BEGIN
            INSERT OR REPLACE INTO link_waiting (article, published)
                SELECT id, published FROM articles WHERE id = new.article; END""",
        """CREATE TRIGGER reports_go AFTER DELETE ON reports BEGIN
            INSERT OR REPLACE INTO link_waiting (article, published) VALUES
                (old.article, (SELECT published FROM articles WHERE id = old.article)); END""",
        """CREATE TRIGGER facts_come AFTER INSERT ON articles BEGIN
            INSERT OR REPLACE INTO link_fresh (article) VALUES (new.id); END""",
        """CREATE TRIGGER facts_change
            AFTER UPDATE OF outlet, published, origin, locator, signature, quotes ON articles BEGIN
            INSERT OR REPLACE INTO link_fresh (article, signature)
                SELECT new.id, CASE WHEN EXISTS (SELECT 1 FROM link_fresh WHERE article = new.id) THEN
                    (SELECT signature FROM link_fresh WHERE article = new.id) ELSE old.signature END; END""",
        *ALL_WAITING,
        "UPDATE state SET value = -1 WHERE name = 'linked' AND value > 0",
    ),
)

_SETTLED = Migration(
    "settled",
    (
        # Where an article stands in a bucket is new at first; then it settles, in stretches of neighbours.
        """CREATE TABLE settled_buckets (
            settled INTEGER NOT NULL,
            bucket INTEGER NOT NULL,
            article TEXT NOT NULL,
            PRIMARY KEY (settled, bucket, article)
        ) WITHOUT ROWID""",
        "INSERT INTO settled_buckets SELECT 1, bucket, article FROM link_buckets",
        "DROP TABLE link_buckets",
        "ALTER TABLE settled_buckets RENAME TO link_buckets",
        # The stretch of the buckets that settled last.
        "INSERT INTO state VALUES ('link_stretch', 0)",
    ),
)

# Never edit a step that was released: add one.
MIGRATIONS: tuple[Migration, ...] = (
    _ARTICLES, _REPORTS, _EVENTS, _SEARCH, _CHAIN, _QUOTES, _TRACES, _RELATIONS, _SHAPES, _WORTH, _LINKS,
    _SETTLED,
)  # fmt: skip
