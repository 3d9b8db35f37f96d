"""The places, actors and outlets that events name, each kept once, so that few rows are looked through.

A name that no event has any more stays; it is found by nothing.
"""

import sqlite3
from collections.abc import Iterable

from dateline.model.event import Event
from dateline.model.precision import point_of
from dateline.model.values import Where, Who
from dateline.store.search import folded
from dateline.store.shapes import PLACE_COLUMNS

_FIND_PLACE = f"SELECT number FROM places WHERE {' AND '.join(f'{name} IS ?' for name in PLACE_COLUMNS)}"
_PUT_PLACE = f"INSERT INTO places ({', '.join(PLACE_COLUMNS)}) VALUES ({', '.join('?' * len(PLACE_COLUMNS))})"
_ACTOR = ("id", "name", "kind", "country", "name_key")
_FIND_ACTOR = f"SELECT number FROM actors WHERE {' AND '.join(f'{name} IS ?' for name in _ACTOR)}"
_PUT_ACTOR = f"INSERT INTO actors ({', '.join(_ACTOR)}) VALUES (?, ?, ?, ?, ?)"


def put_names(connection: sqlite3.Connection, number: int, event: Event) -> None:
    """Note what the event, whose row has `number`, names."""
    places = {place_number(connection, claim.value) for claim in event.claims.where}
    if event.where is not None:
        shown = place_number(connection, event.where)
        connection.execute("UPDATE events SET place = ? WHERE number = ?", (shown, number))
        places.add(shown)
    told = (*event.claims.actors, *event.claims.targets)
    actors = {_actor_number(connection, claim.value) for claim in told}
    names = {said.outlet for claim in event.claims.type for said in claim.said if said.outlet}
    outlets = {_outlet_number(connection, name) for name in names}
    _tie(connection, "event_places", number, places)
    _tie(connection, "event_actors", number, actors)
    _tie(connection, "event_outlets", number, outlets)


def _tie(connection: sqlite3.Connection, table: str, event: int, numbers: Iterable[int]) -> None:
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?)", ((event, number) for number in sorted(numbers))
    )


def place_number(connection: sqlite3.Connection, where: Where) -> int:
    """Return the number of the place, put down if it is new."""
    values = (
        where.name,
        where.admin1 or None,
        where.within or None,
        where.country,
        *(point_of(where) or (None, None)),
        where.radius_km,
        where.precision,
        *(folded(name) if name else None for name in (where.name, where.admin1, where.within)),
    )
    return _number(connection, _FIND_PLACE, _PUT_PLACE, values)


def _actor_number(connection: sqlite3.Connection, who: Who) -> int:
    values = (who.id, who.name, who.kind, who.country, folded(who.name) if who.name else None)
    return _number(connection, _FIND_ACTOR, _PUT_ACTOR, values)


def _outlet_number(connection: sqlite3.Connection, name: str) -> int:
    return _number(
        connection,
        "SELECT number FROM outlets WHERE name = ?",
        "INSERT INTO outlets (name) VALUES (?)",
        (name,),
    )


def _number(connection: sqlite3.Connection, find: str, put: str, values: tuple[str | float | None, ...]) -> int:
    found = connection.execute(find, values).fetchone()
    return int(found[0] if found else connection.execute(put, values).lastrowid or 0)
