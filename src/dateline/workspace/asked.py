"""What users ask for in keyword arguments, checked and turned into the values that the rooms take."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import msgspec

from dateline.clean import parse_date
from dateline.config import Config
from dateline.engine.base import Engine
from dateline.errors import InputError
from dateline.export.base import Exporter
from dateline.model.capture import Declared
from dateline.model.ids import ArticleId, EventId
from dateline.plugins import load
from dateline.read import ReadOptions
from dateline.store.query import EventQuery, Sort


class Filters(TypedDict, total=False):
    """The fields of an EventQuery as keyword arguments; `type` and `ids` may be one or several."""

    ids: EventId | Sequence[EventId]
    where: str | None
    since: str | None
    until: str | None
    include_undated: bool
    type: str | Sequence[str]
    actor: str | None
    status: str | None
    min_origins: int
    disputed: bool | None
    article: ArticleId | None
    search: str | None
    sort: Sort
    limit: int | None
    offset: int


def query_of(query: EventQuery | None, filters: Filters) -> EventQuery:
    """Return `query` with `filters` in place of its fields; raises TypeError for a filter that is none."""
    given: dict[str, Any] = dict(filters)
    for name in ("type", "ids"):
        if name in given:
            given[name] = (given[name],) if isinstance(given[name], str) else tuple(given[name])
    return EventQuery(**given) if query is None else msgspec.structs.replace(query, **given)


def read_options(
    *, published: str | None = None, outlet: str | None = None, field_map: Mapping[str, str] | None = None
) -> ReadOptions:
    """Return the options for reading under what the user says of all inputs.

    Raises InputError for a date that is not one and for a field that articles do not have.
    """
    if published is not None and parse_date(published) is None:
        raise InputError(f"{published!r} is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY")
    declared = Declared(
        outlet=outlet, published=published, published_rule="given" if published is not None else None
    )
    return ReadOptions(field_map=dict(field_map or {}), declared=declared)


def exporter_of(format_: str, options: Mapping[str, object]) -> Exporter:
    """Return the exporter called `format_`, made with `options`.

    Raises PluginError, listing the formats, where there is none, and InputError for an option it does not have.
    """
    make = load("dateline.exporters", format_)
    known = inspect.signature(make).parameters
    unknown = [name for name in options if name not in known]
    if unknown:
        raise InputError(
            f"the format {format_} has no option {', '.join(unknown)}; it has: {', '.join(known) or 'none'}"
        )
    exporter: Exporter = make(**options)
    return exporter


def engine_of(config: Config) -> Engine:
    """Return the engine that the settings ask for."""
    engine: Engine = load("dateline.engines", "local")(config.workers)
    return engine
