"""Lists: each a page at a time as JSON, and whole in the forms that other programs read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse

from dateline.errors import InputError
from dateline.export.columns import Cell, joined
from dateline.export.geojson import collection_parts, point_feature
from dateline.export.jsonl import json_parts, jsonl_parts
from dateline.export.table import csv_parts
from dateline.store.lines import Stretch
from dateline.store.looks import Place
from dateline.web.answers import reply, tagged
from dateline.web.documented import sends, tells
from dateline.web.paging import BROKEN, LIMIT, MOST, Cursor, Limit, Page, list_key, read_cursor, write_cursor
from dateline.web.problems import ProblemError
from dateline.web.served import Reading
from dateline.workspace import Workspace

T = TypeVar("T")

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "geojson": "application/geo+json",
}

# What a file of each form is; the rows are told in words in docs/reference/api.md.
SCHEMAS: dict[str, dict[str, Any]] = {
    "csv": {"type": "string"},
    "jsonl": {"type": "string"},
    "json": {"type": "array", "items": {"type": "object"}},
    "geojson": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
    },
}


class Asked(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A request for a list: the workspace that is read, and what the list is filtered by."""

    request: Request
    workspace: Workspace
    filters: T


# One form of a whole list, bit by bit.
Form = Callable[[Asked[Any]], Iterator[bytes]]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One list of the API.

    `row` is what it is of, `filters` the dependency that reads what it is filtered by, `stretch` gives its rows
    after a place, and `forms` those of its forms that are not made from the rows.
    """

    name: str
    tag: str
    words: str
    row: type
    filters: Any
    stretch: Callable[[Asked[Any], int, Place | None], Stretch[Any]]
    forms: Mapping[str, Form] = {}


def add_list(router: APIRouter, listing: Listing) -> None:
    """Give `router` the routes of the list: its pages, and the whole of it in each form."""
    add_pages(router, listing)
    add_whole(router, listing)


def add_pages(router: APIRouter, listing: Listing) -> None:
    """Give `router` the route of the pages of the list."""

    def paged(
        request: Request, workspace: Reading, filters: Any, limit: Limit = LIMIT, cursor: Cursor = None
    ) -> Response:
        key = list_key(listing.name, filters)
        asked = Asked(request=request, workspace=workspace, filters=filters)

        def make() -> Page[Any]:
            found = listing.stretch(asked, limit, read_cursor(key, cursor))
            return Page(
                items=found.items,
                next=write_cursor(key, found.last),
                total=found.total,
                revision=workspace.state().revision,
            )

        return reply(request, workspace, make)

    paged.__annotations__["filters"] = listing.filters
    tells(Page[listing.row])(paged)  # type: ignore[name-defined]
    router.add_api_route(
        f"/{listing.name}",
        paged,
        name=listing.name,
        tags=[listing.tag],
        summary=_head(listing),
        description=listing.words,
    )


def add_whole(router: APIRouter, listing: Listing) -> None:
    """Give `router` the route of the whole list as a file."""
    forms = {**_forms(listing), **listing.forms}

    def whole(
        request: Request,
        workspace: Reading,
        filters: Any,
        form: Annotated[str, Path(description="The form of the file.", json_schema_extra={"enum": [*forms]})],
    ) -> Response:
        if form not in forms:
            there = ", ".join(f".{name}" for name in forms)
            raise ProblemError(
                HTTPStatus.NOT_FOUND, f"there is no .{form} of {listing.name}; there is: {there}"
            )
        asked = Asked(request=request, workspace=workspace, filters=filters)
        return download(asked, listing.name, form, forms[form])

    whole.__annotations__["filters"] = listing.filters
    sends({MEDIA_TYPES[form]: SCHEMAS[form] for form in forms})(whole)
    router.add_api_route(
        f"/{listing.name}.{{form}}",
        whole,
        name=f"{listing.name}_whole",
        tags=[listing.tag],
        summary=f"{_head(listing)}, all of it as a file",
        description=f"{listing.words} The whole list as a file.",
    )


def _head(listing: Listing) -> str:
    return listing.words.partition(".")[0]


def download(asked: Asked[Any], name: str, form: str, parts: Form) -> Response:
    """Answer with a whole list as a file, sent as it is made."""
    headers, known = tagged(asked.request, asked.workspace)
    if known:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    stem = "".join(each if each.isalnum() and each.isascii() else "-" for each in asked.workspace.path.stem)
    headers["content-disposition"] = f'attachment; filename="{stem}-{name}.{form}"'
    return StreamingResponse(parts(asked), media_type=MEDIA_TYPES[form], headers=headers)


def all_rows(listing: Listing, asked: Asked[Any]) -> Iterator[Any]:
    """Give all rows of a list, some at a time; errors are raised before the first."""
    found = listing.stretch(asked, MOST, None)

    def following(found: Stretch[Any]) -> Iterator[Any]:
        while True:
            yield from found.items
            if found.last is None:
                return
            found = listing.stretch(asked, MOST, found.last)

    return following(found)


def on_map(listing: Listing, asked: Asked[Any]) -> Iterator[bytes]:
    """Give rows with a `latitude` and a `longitude` as GeoJSON; where these are None, without a geometry."""
    return collection_parts(map(_feature, all_rows(listing, asked)), asked.workspace.path.stem)


def _feature(row: Any) -> dict[str, Any]:
    properties = msgspec.structs.asdict(row)
    latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
    return point_feature(properties, None if latitude is None else (latitude, longitude))


def _forms(listing: Listing) -> dict[str, Form]:
    columns = listing.row.__struct_fields__  # type: ignore[attr-defined]
    return {
        "csv": lambda asked: csv_parts(columns, map(_cells, all_rows(listing, asked))),
        "jsonl": lambda asked: jsonl_parts(all_rows(listing, asked)),
        "json": lambda asked: json_parts(all_rows(listing, asked)),
    }


def _cells(row: Any) -> Sequence[Cell]:
    """Return a flat row as cells; what is several is joined."""
    return [
        joined(value) if isinstance(value, tuple) else int(value) if isinstance(value, bool) else value
        for value in msgspec.structs.astuple(row)
    ]


def after_item(items: Sequence[T], identify: Callable[[T], str], limit: int, after: Place | None) -> Stretch[T]:
    """Return a stretch of a list that was made as a whole: after the item that `after` names, or its place."""
    start = 0
    if after is not None:
        if len(after) != 2 or not isinstance(after[1], int):
            raise InputError(BROKEN)
        identity, index = str(after[0]), max(0, after[1])
        start = next((at for at, item in enumerate(items, 1) if identify(item) == identity), index)
    kept = tuple(items[start : start + limit])
    end = start + len(kept)
    last = (identify(kept[-1]), end) if kept and end < len(items) else None
    return Stretch(kept, last, len(items))
