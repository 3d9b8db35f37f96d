"""The OpenAPI document: what each route answers, as JSON Schemas of the values that it encodes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from dateline.model.wire import tidy
from dateline.web.problems import MEDIA_TYPE, Problem

F = TypeVar("F", bound=Callable[..., Any])

REFERENCE = "#/components/schemas/{name}"
TITLE = "dateline"
ABOUT = (
    "The events that a workspace holds, who says what of them, and how sure they are. Filters are those of the "
    "command line; every list is also a file. Errors are problems (RFC 9457) whose `detail` says what to do."
)
PROBLEMS = {
    "400": "What is asked for cannot be understood; `detail` says what can.",
    "422": "A parameter is missing or out of its bounds.",
    "default": "Anything else that goes wrong: `status`, `title` and what to do.",
}
_NOT_MODIFIED = "The client has it: what `If-None-Match` names still holds."


def tells(*kinds: Any, media_type: str = "application/json") -> Callable[[F], F]:
    """Note on a route's function what it answers: one of `kinds` as JSON."""

    def noted(function: F) -> F:
        function.tells = {media_type: kinds}  # type: ignore[attr-defined]
        return function

    return noted


def sends(media_types: Mapping[str, Any]) -> Callable[[F], F]:
    """Note on a route's function the media types of the files that it sends, each with its schema."""

    def noted(function: F) -> F:
        function.sends = dict(media_types)  # type: ignore[attr-defined]
        return function

    return noted


def install(app: FastAPI, routers: Sequence[APIRouter], prefix: str) -> None:
    """Make the document of `app` say what the routes of `routers`, which lie below `prefix`, answer."""
    routes = [
        (prefix + route.path_format, route)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    ]

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, routes)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI, routes: Sequence[tuple[str, APIRoute]]) -> dict[str, Any]:
    document = get_openapi(title=TITLE, version=app.version, description=ABOUT, routes=app.routes)
    components = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own; ours are problems
        components.pop(name, None)
    told = {kind: None for _, route in routes for kinds in _told(route).values() for kind in kinds}
    kinds = (*told, Problem)
    schemas, known = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
    components.update(tidy(known))
    by_kind = dict(zip(kinds, schemas, strict=True))
    for path, route in routes:
        for method in route.methods or ():
            _describe(document["paths"][path][method.lower()], route, by_kind)
    return document


def _told(route: APIRoute) -> Mapping[str, tuple[Any, ...]]:
    found: Mapping[str, tuple[Any, ...]] = getattr(route.endpoint, "tells", {})
    return found


def _describe(operation: dict[str, Any], route: APIRoute, by_kind: Mapping[Any, dict[str, Any]]) -> None:
    """Say in `operation` what the route answers and how it fails."""
    responses = operation["responses"]
    good = responses.setdefault(str(route.status_code or 200), {"description": "Done."})
    told = {media: _one_of([by_kind[kind] for kind in kinds]) for media, kinds in _told(route).items()}
    content = told | getattr(route.endpoint, "sends", {})
    if content:
        good["content"] = {media: {"schema": schema} for media, schema in content.items()}
        good["description"] = "What was asked for."
        if route.methods == {"GET"}:
            responses["304"] = {"description": _NOT_MODIFIED}
    problem = {MEDIA_TYPE: {"schema": by_kind[Problem]}}
    for status, words in PROBLEMS.items():
        responses[status] = {"description": words, "content": problem}
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _never_null(parameter["schema"])


def _one_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return schemas[0] if len(schemas) == 1 else {"oneOf": schemas}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without the null that stands for its absence; its words stand beside."""
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "title", "description")}
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return {**kinds[0], **rest} if len(kinds) == 1 else schema if kinds else rest
