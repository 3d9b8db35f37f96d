"""Pages of a list of events: which come after a place in their order, which may hold no event any more."""

import sqlite3

import msgspec

from dateline.errors import InputError
from dateline.model.wire import encode
from dateline.store.conditions import ORDERS, beyond
from dateline.store.counting import Chosen
from dateline.store.looks import Place
from dateline.store.shapes import BRIEF


class Found(msgspec.Struct, frozen=True):
    """The numbers of a page's events and where each stands, whether more follow, and how many there are."""

    numbers: list[int]
    places: tuple[Place, ...]
    more: bool
    total: int
    claims: int


def find_page(chosen: Chosen, connection: sqlite3.Connection, after: Place | None) -> Found:
    """Return the first events of the query, as many as its limit, that come after the place `after`."""
    columns, query = chosen.columns, chosen.query
    mask = chosen.but()
    order = columns.order(connection, query.sort)
    rest = order if after is None else order[_passed(connection, query.sort, after) :]
    found = rest[mask[rest]]
    kept = found if query.limit is None else found[: query.limit]
    numbers = [int(number) for number in columns.numbers[kept]]
    more = len(found) > len(kept) > 0
    places = _places(connection, query.sort, numbers) if query.limit is not None else ()
    return Found(numbers, places, more, int(mask.sum()), int(columns.claims[mask].sum()))


def _passed(connection: sqlite3.Connection, sort: str, after: Place) -> int:
    """Return how many events come no later than `after`."""
    terms = ORDERS[sort]
    if len(after) != len(terms):
        raise InputError(f"a place in the order {sort!r} has {len(terms)} parts, not {len(after)}")
    condition = beyond(terms, after)
    statement = f"SELECT count(*) FROM events INDEXED BY {BRIEF} WHERE NOT {condition.sql}"
    return int(connection.execute(statement, condition.values).fetchone()[0])


def _places(connection: sqlite3.Connection, sort: str, numbers: list[int]) -> tuple[Place, ...]:
    terms = ", ".join(term.sql for term in ORDERS[sort])
    rows = connection.execute(
        f"SELECT number, {terms} FROM events WHERE number IN (SELECT value FROM json_each(?))",
        (encode(numbers).decode(),),
    )
    found = {row[0]: row[1:] for row in rows}
    return tuple(found[number] for number in numbers)
