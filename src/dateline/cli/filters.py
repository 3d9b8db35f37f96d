"""The filters of events as options, declared once for every command that takes them."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, cast, get_args

import typer

from dateline.store.query import STATUS_WORDS, EventQuery, Sort

NAME = "query"


def _query(
    *,
    where: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Place, province, country, or west,south,east,north.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="On or after: YYYY-MM-DD, YYYY-MM or YYYY.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="Beside --since and --until, also events without a date.")
    ] = False,
    type_: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Event type or family; may be repeated.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of an actor's or target's name.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="WORD", help=f"One of: {', '.join(STATUS_WORDS)}.")
    ] = None,
    min_origins: Annotated[int, typer.Option(metavar="N", min=0, help="At least N independent origins.")] = 0,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="With or without disagreement.")
    ] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words and "phrases" in the sentences.')
    ] = None,
    sort: Annotated[str, typer.Option(metavar="ORDER", help=f"One of: {', '.join(get_args(Sort))}.")] = "date",
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N events.")] = None,
) -> EventQuery:
    return EventQuery(
        where=where,
        since=since,
        until=until,
        include_undated=undated,
        type=tuple(type_ or ()),
        actor=actor,
        status=status,
        min_origins=min_origins,
        disputed=disputed,
        search=search,
        sort=cast("Sort", sort),
        limit=limit,
    )


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command`, which takes an EventQuery called `query`, one option for each filter in its place."""
    own = inspect.signature(command)
    filters = inspect.signature(_query).parameters
    if NAME not in own.parameters:
        raise TypeError(f"{command.__name__} takes no {NAME}")

    @wraps(command)
    def filtered(**given: Any) -> None:
        query = _query(**{name: given.pop(name) for name in filters})
        command(**given, **{NAME: query})

    kept = [parameter for name, parameter in own.parameters.items() if name != NAME]
    # Typer reads the options from these two.
    filtered.__signature__ = own.replace(parameters=[*kept, *filters.values()])  # type: ignore[attr-defined]
    filtered.__annotations__ = {
        parameter.name: parameter.annotation for parameter in (*kept, *filters.values())
    } | {"return": None}
    return filtered
