"""Queries as conditions: pieces of SQL made of constants, with the values to bind to them."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from dateline.errors import InputError
from dateline.model.wire import encode
from dateline.store.query import Box, EventQuery, box_of, check_query, first_day, last_day
from dateline.store.search import folded, full_text, storable

_QUOTED = re.compile(r'"(.+)"')
_CODE = re.compile(r"[A-Z]{2}")

Value = str | int | float


class Condition(msgspec.Struct, frozen=True):
    """A boolean SQL expression and the values of its question marks, in order.

    `numbers` is a statement with the same values that gives the numbers of the rows it holds for, where that
    is quicker than to ask each row.
    """

    sql: str
    values: tuple[Value, ...] = ()
    numbers: str | None = None


class Term(msgspec.Struct, frozen=True):
    """One term of an order: an SQL expression that is never NULL, and whether its largest value comes first.

    `key` is what `store.columns` calls the same values of events.
    """

    sql: str
    down: bool = False
    key: str = ""


_ID = Term("id", key="id")
_UNDATED = Term("(coalesce(date_start, date_end) IS NULL)", key="undated")
_BEGIN = Term("coalesce(date_start, date_end, '')", key="begin")
_END = Term("coalesce(date_end, '')", key="end")
_LATEST = Term("coalesce(date_end, date_start, '')", down=True, key="latest")
_ORIGINS = Term("origins", down=True, key="origins")
_ARTICLES = Term("articles", down=True, key="articles")
# How events are sorted. The values of an event's terms say where in a list it stands, also when it is gone.
ORDERS: dict[str, tuple[Term, ...]] = {
    "date": (_UNDATED, _BEGIN, _END, _ID),
    "-date": (_UNDATED, _LATEST, _ID),
    "origins": (_ORIGINS, _ARTICLES, _ID),
    "articles": (_ARTICLES, _ORIGINS, _ID),
    "id": (_ID,),
}


def ordered(terms: Sequence[Term]) -> str:
    """Return the terms as they stand behind ORDER BY."""
    return ", ".join(f"{term.sql} DESC" if term.down else term.sql for term in terms)


def beyond(terms: Sequence[Term], values: Sequence[Value]) -> Condition:
    """Return the condition that a row comes after the one whose terms have `values`."""
    found = "0"
    bound: tuple[Value, ...] = ()
    for term, value in zip(reversed(terms), reversed(values), strict=True):
        sign = "<" if term.down else ">"
        found = f"({term.sql} {sign} ? OR ({term.sql} = ? AND {found}))"
        bound = (value, value, *bound)
    return Condition(found, bound)


def passed(terms: Sequence[Term], values: Sequence[Value], place: Sequence[Value]) -> bool:
    """Tell whether a row whose terms have `values` comes no later than `place`, as `beyond` has it."""
    for term, value, other in zip(terms, values, place, strict=True):
        one, two = (isinstance(value, str), value), (isinstance(other, str), other)  # texts after numbers
        if one != two:
            return (one < two) != term.down
    return True


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
    return together(each for part in event_conditions(query).values() for each in part)


def event_conditions(query: EventQuery) -> dict[str, list[Condition]]:
    """Return what `query` asks of a row of `events`, filter by filter.

    Raises InputError where it cannot be understood.
    """
    check_query(query)
    every = {**_column_conditions(query), **_related_conditions(query)}
    return {name: conditions for name, conditions in every.items() if conditions}


def _column_conditions(query: EventQuery) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    if query.ids:
        found["ids"] = [one_of("id", query.ids)]
    if query.since or query.until:
        found["since"] = [_overlap(query.since, query.until, undated=query.include_undated)]
    if query.type:
        found["type"] = [one_of("type", types_named(query.type))]
    if query.status is not None:
        axes = " OR ".join(f"{axis} = ?" for axis in ("word", "reality", "polarity", "certainty", "currency"))
        found["status"] = [Condition(axes, (query.status,) * 5)]
    if query.min_origins > 0:
        found["min_origins"] = [Condition("origins >= ?", (query.min_origins,))]
    if query.disputed is not None:
        found["disputed"] = [Condition("disputed > 0" if query.disputed else "disputed = 0")]
    if query.unresolved is not None:
        sign = "IS NULL" if query.unresolved else "IS NOT NULL"
        found["unresolved"] = [Condition(f"place IN (SELECT number FROM places WHERE latitude {sign})")]
    return found


def _related_conditions(query: EventQuery) -> dict[str, list[Condition]]:
    wheres = (query.where,) if isinstance(query.where, str) else query.where or ()
    found: dict[str, list[Condition]] = {"where": [], "box": []}
    for where in wheres:
        kind = "where" if box_of(where) is None else "box"
        found[kind].append(_naming("place", where_condition(where)))
    if query.actor is not None:
        found["actor"] = [_naming("actor", _actor_condition(query.actor))]
    if query.outlet is not None:
        outlet = Condition("name = ? COLLATE NOCASE", (storable(query.outlet.strip()),))
        found["outlet"] = [_naming("outlet", outlet)]
    if query.article is not None:
        told = "SELECT event FROM event_reports WHERE article = ?"
        found["article"] = [_given_by(told, (storable(query.article),))]
    if query.search is not None:
        found["search"] = [search_condition("event_search", query.search)]
    return found


def _naming(kind: str, condition: Condition) -> Condition:
    """Return the condition that an event names a place, actor or outlet for which `condition` holds."""
    named = f"SELECT number FROM {kind}s WHERE {condition.sql}"
    return _given_by(f"SELECT event FROM event_{kind}s WHERE {kind} IN ({named})", condition.values)


def _given_by(numbers: str, values: tuple[Value, ...]) -> Condition:
    return Condition(f"number IN ({numbers})", values, numbers)


def _actor_condition(actor: str) -> Condition:
    whole = _QUOTED.fullmatch(actor.strip())
    if whole:
        return Condition("name_key = ? OR id = ?", (folded(whole[1]), storable(whole[1])))
    return Condition(
        "instr(name_key, ?) OR instr(lower(id), ?)", (folded(actor), storable(actor.strip().lower()))
    )


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
    return _given_by(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression,))


def where_condition(where: str) -> Condition:
    """Return the condition that a row of `places` lies in `where`: a box, a name or a country."""
    box = box_of(where)
    if box is not None:
        return _box_condition(box)
    country, _, province = where.strip().partition("/")
    if _CODE.fullmatch(country):
        within = Condition("country = ?", (country,))
        return together((within, Condition("admin1_key = ?", (folded(province),)))) if province else within
    name = folded(where)
    if not name:
        raise InputError("the place to look for is empty; give a name, a country or west,south,east,north")
    padded = f" {name} "
    named = " OR ".join(
        f"instr(' ' || {column} || ' ', ?)" for column in ("name_key", "admin1_key", "container_key")
    )
    code = country_code(where)
    if code is None:
        return Condition(named, (padded,) * 3)
    return Condition(f"{named} OR country = ?", (*((padded,) * 3), code))


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
