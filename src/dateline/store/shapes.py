"""The step of the schema that gives events what lists, facets, timelines and maps ask of them."""

# The index that holds all that filters, orders and counts ask of an event: as short as a row can be, so that
# a scan of all events is quick, which a scan of the table with its words would not be.
BRIEF = "events_brief"

_PLACES = """SELECT DISTINCT number, folded(json_extract(place, '$.name')),
    folded(json_extract(place, '$.admin1')), folded(json_extract(place, '$.within')),
    json_extract(place, '$.country'), json_extract(place, '$.latitude'),
    json_extract(place, '$.longitude'), json_extract(place, '$.admin1')
    FROM (
        SELECT number, json_extract(payload, '$.where') AS place FROM events
        UNION ALL SELECT number, json_extract(claim.value, '$.value')
            FROM events, json_each(payload, '$.claims.where') AS claim
    ) WHERE place IS NOT NULL"""

_ACTORS = " UNION ALL ".join(
    f"""SELECT number, '{role}', json_extract(claim.value, '$.value.id'),
        folded(json_extract(claim.value, '$.value.name')), json_extract(claim.value, '$.value.name')
        FROM events, json_each(payload, '$.claims.{role}s') AS claim"""
    for role in ("actor", "target")
)

_OUTLETS = """SELECT DISTINCT number, json_extract(said.value, '$.outlet')
    FROM events, json_each(payload, '$.claims.type') AS claim, json_each(claim.value, '$.said') AS said
    WHERE json_extract(said.value, '$.outlet') IS NOT NULL"""

# `folded` is ours, given to SQLite by `migrate`.
STATEMENTS: tuple[str, ...] = (
    # The name of the shown place as it is written, and where it lies, as far as that is known.
    "ALTER TABLE events ADD COLUMN place TEXT",
    "ALTER TABLE events ADD COLUMN precision TEXT",
    "ALTER TABLE events ADD COLUMN latitude REAL",
    "ALTER TABLE events ADD COLUMN longitude REAL",
    "ALTER TABLE events ADD COLUMN radius_km REAL",
    """UPDATE events SET
        place = json_extract(payload, '$.where.name'),
        precision = json_extract(payload, '$.where.precision'),
        radius_km = json_extract(payload, '$.where.radius_km')""",
    """UPDATE events SET
        latitude = json_extract(payload, '$.where.latitude'),
        longitude = json_extract(payload, '$.where.longitude')
        WHERE precision <> 'unresolved'
        AND json_extract(payload, '$.where.latitude') BETWEEN -90 AND 90
        AND json_extract(payload, '$.where.longitude') BETWEEN -180 AND 180""",
    f"""CREATE INDEX {BRIEF} ON events (date_start, date_end, type, word, reality, polarity, certainty,
        currency, articles, origins, disputed, place, precision, latitude, longitude, radius_km, id)""",
    "DROP INDEX events_by_date",
    "DROP INDEX events_by_type",
    "DROP INDEX events_by_origins",
    # Names as they are written, beside the folded ones that filters look through.
    "ALTER TABLE event_places ADD COLUMN area TEXT",
    "DELETE FROM event_places",
    f"INSERT INTO event_places {_PLACES}",
    "ALTER TABLE event_actors ADD COLUMN label TEXT",
    "DELETE FROM event_actors",
    f"INSERT INTO event_actors {_ACTORS}",
    "CREATE INDEX event_actors_by_id ON event_actors (id)",
    """CREATE TABLE event_outlets (
        event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
        outlet TEXT NOT NULL
    )""",
    f"INSERT INTO event_outlets {_OUTLETS}",
    "CREATE INDEX event_outlets_by_event ON event_outlets (event)",
    "CREATE INDEX event_outlets_by_outlet ON event_outlets (outlet COLLATE NOCASE)",
    # How often the events have changed, and how often the refusals.
    "INSERT INTO state VALUES ('events', 0), ('refusals', 0)",
    """CREATE TRIGGER rejected_added AFTER INSERT ON rejected
        BEGIN UPDATE state SET value = value + 1 WHERE name = 'refusals'; END""",
    """CREATE TRIGGER rejected_dropped AFTER DELETE ON rejected
        BEGIN UPDATE state SET value = value + 1 WHERE name = 'refusals'; END""",
)
