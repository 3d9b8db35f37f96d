"""The filters of events as options, the same on every command that takes them."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from dateline.store.filters import FILTERS, SORT, Filter, query_from

NAME = "query"
_LIMIT = Filter(name="limit", metavar="N", kind=int | None, least=1, help="At most N events.")


def _option(given: Filter) -> inspect.Parameter:
    """Return the option that `given` is on the command line."""
    switch = f"--{given.name.replace('_', '-')}"
    name = f"{switch}/--{given.opposite}" if given.opposite else switch
    option = typer.Option(name, metavar=given.metavar, min=given.least, help=given.help)
    return inspect.Parameter(
        given.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=given.default,
        annotation=Annotated[given.kind, option],
    )


OPTIONS = {given.name: _option(given) for given in (*FILTERS, SORT, _LIMIT)}


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command`, which takes an EventQuery called `query`, one option for each filter in its place."""
    own = inspect.signature(command)
    if NAME not in own.parameters:
        raise TypeError(f"{command.__name__} takes no {NAME}")

    @wraps(command)
    def filtered(**given: Any) -> None:
        query = query_from({name: given.pop(name) for name in OPTIONS})
        command(**given, **{NAME: query})

    kept = [parameter for name, parameter in own.parameters.items() if name != NAME]
    # Typer reads the options from these two.
    filtered.__signature__ = own.replace(parameters=[*kept, *OPTIONS.values()])  # type: ignore[attr-defined]
    filtered.__annotations__ = {
        parameter.name: parameter.annotation for parameter in (*kept, *OPTIONS.values())
    } | {"return": None}
    return filtered
