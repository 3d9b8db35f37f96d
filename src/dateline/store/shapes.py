"""The step of the schema that gives events what lists, facets, timelines and maps ask of them."""

# The index that holds all that filters, orders and counts ask of an event: as short as a row can be, so that
# a scan of all events is quick, which a scan of the table with its words would not be.
BRIEF = "events_brief"
# The same of articles.
ARTICLES_BRIEF = "articles_brief"

# The columns that make a place what it is; `store.names` writes them.
PLACE_COLUMNS = (
    "name", "admin1", "container", "country", "latitude", "longitude", "radius_km", "precision",
    "name_key", "admin1_key", "container_key",
)  # fmt: skip

_KNOWN = "coalesce(json_extract(place, '$.precision'), '') <> 'unresolved'"
_DEGREES = (
    f"iif({_KNOWN} AND abs(json_extract(place, '$.latitude')) <= 90 "
    "AND abs(json_extract(place, '$.longitude')) <= 180, json_extract(place, '$.{}'), NULL)"
)
_READ_PLACE = f"""json_extract(place, '$.name') AS name, nullif(json_extract(place, '$.admin1'), '') AS admin1,
    nullif(json_extract(place, '$.within'), '') AS container, json_extract(place, '$.country') AS country,
    {_DEGREES.format("latitude")} AS latitude, {_DEGREES.format("longitude")} AS longitude,
    json_extract(place, '$.radius_km') AS radius_km, json_extract(place, '$.precision') AS precision,
    folded(json_extract(place, '$.name')) AS name_key, folded(json_extract(place, '$.admin1')) AS admin1_key,
    folded(json_extract(place, '$.within')) AS container_key"""
_PLACE = ", ".join(PLACE_COLUMNS)
_SAME_PLACE = " AND ".join(f"places.{name} IS told.{name}" for name in PLACE_COLUMNS)

_FIELDS = ", ".join(
    f"json_extract(payload, '$.claims.{field}')"
    for field in ("type", "status", "when", "where", "actors", "targets", "counts")
)

# `folded` is ours, given to SQLite by `migrate`.
STATEMENTS: tuple[str, ...] = (
    # Every place that was claimed, once: as it is written, where it lies, and its names as folded keys.
    """CREATE TABLE places (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL, admin1 TEXT, container TEXT, country TEXT,
        latitude REAL, longitude REAL, radius_km REAL, precision TEXT NOT NULL,
        name_key TEXT, admin1_key TEXT, container_key TEXT
    )""",
    "CREATE INDEX places_by_name ON places (name_key)",
    f"""CREATE TABLE told_places AS SELECT number AS event, 1 AS shown, {_READ_PLACE}
        FROM (SELECT number, json_extract(payload, '$.where') AS place FROM events) WHERE place IS NOT NULL
        UNION SELECT number, 0, {_READ_PLACE} FROM (
            SELECT number, json_extract(claim.value, '$.value') AS place
            FROM events, json_each(payload, '$.claims.where') AS claim)""",
    f"INSERT INTO places ({_PLACE}) SELECT DISTINCT {_PLACE} FROM told_places",
    "DROP TABLE event_places",
    """CREATE TABLE event_places (
        event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE, place INTEGER NOT NULL,
        PRIMARY KEY (event, place)
    ) WITHOUT ROWID""",
    "CREATE INDEX event_places_by_place ON event_places (place)",
    f"""INSERT INTO event_places SELECT DISTINCT told.event, places.number
        FROM told_places AS told JOIN places ON {_SAME_PLACE}""",
    # The shown place.
    "ALTER TABLE events ADD COLUMN place INTEGER",
    "CREATE INDEX told_by_event ON told_places (event)",
    f"""UPDATE events SET place = (SELECT places.number FROM told_places AS told JOIN places ON {_SAME_PLACE}
        WHERE told.event = events.number AND told.shown)""",
    "DROP TABLE told_places",
    # Every actor and target that was claimed, once, under each name that is written.
    """CREATE TABLE actors (
        number INTEGER PRIMARY KEY, id TEXT, name TEXT NOT NULL, kind TEXT, country TEXT, name_key TEXT
    )""",
    "CREATE INDEX actors_by_name ON actors (name_key)",
    "CREATE INDEX actors_by_id ON actors (id)",
    """CREATE TABLE told_actors AS SELECT DISTINCT event, json_extract(who, '$.id') AS id,
        json_extract(who, '$.name') AS name, json_extract(who, '$.kind') AS kind,
        json_extract(who, '$.country') AS country
        FROM (SELECT number AS event, json_extract(claim.value, '$.value') AS who
            FROM events, json_each(json_array(
                json_extract(payload, '$.claims.actors'), json_extract(payload, '$.claims.targets')
            )) AS role, json_each(role.value) AS claim)""",
    """INSERT INTO actors (id, name, kind, country, name_key)
        SELECT DISTINCT id, name, kind, country, folded(name) FROM told_actors""",
    "DROP TABLE event_actors",
    """CREATE TABLE event_actors (
        event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE, actor INTEGER NOT NULL,
        PRIMARY KEY (event, actor)
    ) WITHOUT ROWID""",
    "CREATE INDEX event_actors_by_actor ON event_actors (actor)",
    """INSERT INTO event_actors SELECT told.event, actors.number
        FROM told_actors AS told JOIN actors ON actors.id IS told.id
        AND actors.name = told.name AND actors.kind IS told.kind AND actors.country IS told.country""",
    "DROP TABLE told_actors",
    # Every outlet that reported an event.
    "CREATE TABLE outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE event_outlets (
        event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE, outlet INTEGER NOT NULL,
        PRIMARY KEY (event, outlet)
    ) WITHOUT ROWID""",
    "CREATE INDEX event_outlets_by_outlet ON event_outlets (outlet)",
    """CREATE TABLE told_outlets AS
        SELECT DISTINCT number AS event, json_extract(said.value, '$.outlet') AS name
        FROM events, json_each(payload, '$.claims.type') AS claim, json_each(claim.value, '$.said') AS said
        WHERE json_extract(said.value, '$.outlet') <> ''""",
    "INSERT INTO outlets (name) SELECT DISTINCT name FROM told_outlets",
    """INSERT INTO event_outlets SELECT told.event, outlets.number
        FROM told_outlets AS told JOIN outlets ON outlets.name = told.name""",
    "DROP TABLE told_outlets",
    # How many claims there are: values of fields, each as often as somebody gives or denies it.
    "ALTER TABLE events ADD COLUMN claims INTEGER NOT NULL DEFAULT 0",
    f"""UPDATE events SET claims = (SELECT coalesce(sum(
            coalesce(json_array_length(claim.value, '$.said'), 0)
            + coalesce(json_array_length(claim.value, '$.denied'), 0)
            + (json_extract(claim.value, '$.by') IS NOT NULL)), 0)
        FROM json_each(json_array({_FIELDS})) AS field, json_each(field.value) AS claim)""",
    f"""CREATE INDEX {BRIEF} ON events (date_start, date_end, type, word, reality, polarity, certainty,
        currency, articles, origins, disputed, claims, place, id)""",
    "DROP INDEX events_by_date",
    "DROP INDEX events_by_type",
    "DROP INDEX events_by_origins",
    f"CREATE INDEX {ARTICLES_BRIEF} ON articles (outlet, published, id)",
    "DROP INDEX articles_by_outlet",
    # How often the events have changed, and how often the refusals.
    "INSERT INTO state VALUES ('events', 0), ('refusals', 0)",
    """CREATE TRIGGER rejected_added AFTER INSERT ON rejected
        BEGIN UPDATE state SET value = value + 1 WHERE name = 'refusals'; END""",
    """CREATE TRIGGER rejected_dropped AFTER DELETE ON rejected
        BEGIN UPDATE state SET value = value + 1 WHERE name = 'refusals'; END""",
)
