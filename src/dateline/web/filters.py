"""The filters of events as parameters of a request: the same as the options of the command line."""

import inspect
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from dateline.errors import InputError
from dateline.store.filters import FILTERS, SORT, Filter, query_from
from dateline.store.query import EventQuery


def _parameter(given: Filter) -> inspect.Parameter:
    extra: dict[str, Any] = {}
    if given.words:
        extra["enum"] = list(given.words)
    if given.pattern:
        # A form sends its empty fields as well: they ask for nothing.
        extra["pattern"] = f"^$|{given.pattern}"
    # Words and patterns are told here and checked with the query, whose sentences help more.
    query = Query(description=given.help, ge=given.least, json_schema_extra=extra or None)
    return inspect.Parameter(
        given.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=given.default,
        annotation=Annotated[given.kind, query],
    )


def _reader(filters: tuple[Filter, ...]) -> Any:
    """Return a dependency that reads `filters` into an EventQuery."""

    def read(**given: Any) -> EventQuery:
        return query_from(given)

    parameters = [_parameter(each) for each in filters]
    read.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return read


def known_parameters(request: Request) -> None:
    """Refuse what no parameter of the route is called: a filter that is misspelt would hold for everything."""
    route = request.scope["route"]
    known = {parameter.alias for parameter in _parameters(route.dependant)}
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        there = f"there is: {', '.join(sorted(known))}" if known else "it takes none"
        raise InputError(f"{request.url.path} has no parameter called {unknown[0]!r}; {there}")


def _parameters(dependant: Any) -> list[Any]:
    below = [found for each in dependant.dependencies for found in _parameters(each)]
    return [*dependant.query_params, *below]


# What the person filters by. Counts take an order too, which changes nothing: one query fits all.
Filtered = Annotated[EventQuery, Depends(_reader((*FILTERS, SORT)))]
