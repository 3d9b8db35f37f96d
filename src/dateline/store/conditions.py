"""Queries as conditions: pieces of SQL made of constants, with the values to bind to them."""

from collections.abc import Iterable, Sequence

import msgspec

from dateline.errors import InputError
from dateline.model.wire import encode
from dateline.store.query import Box, EventQuery, box_of, check_query, first_day, last_day
from dateline.store.search import folded, full_text

Value = str | int | float


class Condition(msgspec.Struct, frozen=True):
    """A boolean SQL expression and the values of its question marks, in order."""

    sql: str
    values: tuple[Value, ...] = ()


ORDERS: dict[str, str] = {
    "date": "coalesce(date_start, date_end) IS NULL, coalesce(date_start, date_end), date_end, id",
    "-date": "coalesce(date_start, date_end) IS NULL, coalesce(date_end, date_start) DESC, id",
    "origins": "origins DESC, articles DESC, id",
    "articles": "articles DESC, origins DESC, id",
    "id": "id",
}


def together(conditions: Iterable[Condition]) -> Condition:
    """Return the condition that all of `conditions` hold; true where there are none."""
    parts = list(conditions)
    return Condition(
        " AND ".join(f"({part.sql})" for part in parts) or "1",
        tuple(value for part in parts for value in part.values),
    )


def one_of(column: str, values: Iterable[str]) -> Condition:
    """Return the condition that `column` is among `values`, however many there are."""
    return Condition(f"{column} IN (SELECT value FROM json_each(?))", (encode(list(values)).decode(),))


def event_condition(query: EventQuery) -> Condition:
    """Return what `query` asks of a row of `events`; raises InputError where it cannot be understood."""
    check_query(query)
    return together([*_column_conditions(query), *_related_conditions(query)])


def _column_conditions(query: EventQuery) -> list[Condition]:
    found: list[Condition] = []
    if query.ids:
        found.append(one_of("id", query.ids))
    if query.since or query.until:
        found.append(_overlap(query.since, query.until, undated=query.include_undated))
    if query.type:
        found.append(one_of("type", types_named(query.type)))
    if query.status is not None:
        axes = " OR ".join(f"{axis} = ?" for axis in ("word", "reality", "polarity", "certainty", "currency"))
        found.append(Condition(axes, (query.status,) * 5))
    if query.min_origins > 0:
        found.append(Condition("origins >= ?", (query.min_origins,)))
    if query.disputed is not None:
        found.append(Condition("disputed > 0" if query.disputed else "disputed = 0"))
    return found


def _related_conditions(query: EventQuery) -> list[Condition]:
    found: list[Condition] = []
    if query.where is not None:
        place = where_condition(query.where)
        found.append(Condition(f"number IN (SELECT event FROM event_places WHERE {place.sql})", place.values))
    if query.actor is not None:
        found.append(
            Condition(
                "number IN (SELECT event FROM event_actors WHERE instr(name, ?) OR instr(lower(id), ?))",
                (folded(query.actor), query.actor.strip().lower()),
            )
        )
    if query.article is not None:
        found.append(
            Condition("number IN (SELECT event FROM event_reports WHERE article = ?)", (query.article,))
        )
    if query.search is not None:
        found.append(search_condition("event_search", query.search))
    return found


def _overlap(since: str | None, until: str | None, *, undated: bool) -> Condition:
    parts = [Condition("date_start IS NOT NULL OR date_end IS NOT NULL")]
    if since:
        parts.append(Condition("date_end IS NULL OR date_end >= ?", (first_day(since),)))
    if until:
        parts.append(Condition("date_start IS NULL OR date_start <= ?", (last_day(until),)))
    if since and until and first_day(since) > last_day(until):
        raise InputError(f"since {since} lies after until {until}; swap them")
    inside = together(parts)
    if not undated:
        return inside
    return Condition(f"({inside.sql}) OR (date_start IS NULL AND date_end IS NULL)", inside.values)


def search_condition(table: str, text: str) -> Condition:
    """Return the condition that a row's full text in `table` holds all of `text`; none does for no words."""
    expression = full_text(text)
    if expression is None:
        return Condition("0")
    return Condition(f"number IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", (expression,))


def where_condition(where: str) -> Condition:
    """Return the condition that a row of `event_places` lies in `where`: a box, a name or a country."""
    box = box_of(where)
    if box is not None:
        return _box_condition(box)
    name = folded(where)
    if not name:
        raise InputError("the place to look for is empty; give a name, a country or west,south,east,north")
    padded = f" {name} "
    named = " OR ".join(f"instr(' ' || {column} || ' ', ?)" for column in ("name", "admin1", "within"))
    country = country_code(where)
    if country is None:
        return Condition(named, (padded,) * 3)
    return Condition(f"{named} OR country = ?", (*((padded,) * 3), country))


def _box_condition(box: Box) -> Condition:
    across = "longitude BETWEEN ? AND ?" if box.west <= box.east else "(longitude >= ? OR longitude <= ?)"
    return Condition(f"latitude BETWEEN ? AND ? AND {across}", (box.south, box.north, box.west, box.east))


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that `name` is, or is the name of; None where it is neither."""
    import pycountry

    try:
        return str(pycountry.countries.lookup(name.strip()).alpha_2)
    except LookupError:
        return None


def types_named(names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the event types that `names` are, or are families of; raises InputError for others."""
    from dateline.ontology import load_ontology

    ontology = load_ontology()
    families: dict[str, list[str]] = {}
    for identity in ontology.types:
        families.setdefault(ontology.family(identity), []).append(identity)
    found: list[str] = []
    for name in names:
        key = name.strip().lower()
        if key not in ontology.types and key not in families:
            raise InputError(
                f"no event type or family is called {name!r}; families are: {', '.join(sorted(families))}; "
                f"types: {', '.join(sorted(ontology.types))}"
            )
        found += families.get(key, [key])
        if key in ontology.types:
            found.append(key)
    return tuple(dict.fromkeys(found))


def article_condition(
    *,
    ids: Iterable[str] | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    search: str | None,
    coded: bool | None,
) -> Condition:
    """Return what these filters ask of a row of `articles`; None asks nothing."""
    found: list[Condition] = []
    if ids is not None:
        found.append(one_of("id", ids))
    if outlet is not None:
        found.append(Condition("outlet = ? COLLATE NOCASE", (outlet,)))
    if since is not None:
        # A date cut to its month sorts before that month's days, so both are compared at its own length.
        found.append(Condition("published >= substr(?, 1, length(published))", (first_day(since),)))
    if until is not None:
        found.append(Condition("published <= ?", (last_day(until),)))
    if search is not None:
        found.append(search_condition("article_search", search))
    if coded is not None:
        found.append(Condition("coder IS NOT NULL" if coded else "coder IS NULL"))
    return together(found)
