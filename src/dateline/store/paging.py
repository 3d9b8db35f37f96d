"""Pages of a list of events: which come after a place in their order, which may hold no event any more."""

import sqlite3
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from dateline.errors import InputError
from dateline.model.wire import encode
from dateline.store.conditions import ORDERS, passed
from dateline.store.counting import Chosen
from dateline.store.looks import Place

if TYPE_CHECKING:
    from dateline.store.columns import Numbers


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
    order = columns.order(query.sort)
    rest = order if after is None else order[_passed(connection, chosen, order, after) :]
    found = rest[mask[rest]]
    kept = found if query.limit is None else found[: query.limit]
    numbers = [int(number) for number in columns.numbers[kept]]
    more = len(found) > len(kept) > 0
    places = _places(connection, query.sort, numbers) if query.limit is not None else ()
    return Found(numbers, places, more, int(mask.sum()), int(columns.claims[mask].sum()))


def _passed(connection: sqlite3.Connection, chosen: Chosen, order: "Numbers", after: Place) -> int:
    """Return how many events of `order` come no later than `after`."""
    sort = chosen.query.sort
    terms = ORDERS[sort]
    if len(after) != len(terms):
        raise InputError(f"a place in the order {sort!r} has {len(terms)} parts, not {len(after)}")
    statement = f"SELECT {', '.join(term.sql for term in terms)} FROM events WHERE number = ?"

    def later(at: int) -> bool:
        values = connection.execute(statement, (int(chosen.columns.numbers[at]),)).fetchone()
        return not passed(terms, values, after)

    return bisect_left(order, x=True, key=later)


def _places(connection: sqlite3.Connection, sort: str, numbers: list[int]) -> tuple[Place, ...]:
    terms = ", ".join(term.sql for term in ORDERS[sort])
    rows = connection.execute(
        f"SELECT number, {terms} FROM events WHERE number IN (SELECT value FROM json_each(?))",
        (encode(numbers).decode(),),
    )
    found = {row[0]: row[1:] for row in rows}
    return tuple(found[number] for number in numbers)
