"""The page around everything: served with the built front end, or without it and saying so."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from dateline.config import DATA
from dateline.errors import DataError
from dateline.export.wording import counted, day_words
from dateline.model.ids import digest
from dateline.model.wire import encode
from dateline.web.etags import matches
from dateline.web.served import served_by

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
TEMPLATES = DATA / "web"
# The front end's entry, by its name in Vite's manifest.
ENTRY = "src/main.ts"
# The pages of the navigation, in its order.
PLACES = (("/", "Overview"), ("/explore", "Explore"), ("/warnings", "Warnings"), ("/review", "Review"))


class Assets(msgspec.Struct, frozen=True):
    """The addresses of the front end's built files."""

    script: str
    styles: tuple[str, ...]


def built_assets(static: Path = STATIC) -> Assets | None:
    """Return the built front end, None where it was not built; raises DataError where it is damaged."""
    manifest = static / ".vite" / "manifest.json"
    if not manifest.is_file():
        return None
    try:
        entry = json.loads(manifest.read_text("utf-8"))[ENTRY]
        return Assets(f"/static/{entry['file']}", tuple(f"/static/{name}" for name in entry.get("css", ())))
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{manifest} cannot be used ({error}); build the front end anew: make web") from error


@cache
def templates() -> "Environment":
    """Return the templates of the pages; everything in them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(counted=counted, day_words=day_words)
    return environment


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    place: str = "",
    given: Any = None,
    **shown: object,
) -> HTMLResponse:
    """Return a page rendered on the server, which the front end takes over where it is built.

    `place` is the page of the navigation that it belongs to, `given` what the front end would ask the API for
    first: it finds it in the page instead.
    """
    assets = built_assets()
    stream = (
        templates()
        .get_template(template)
        .render(
            assets=assets,
            workspace=served_by(request).path.stem,
            path=request.url.path,
            places=PLACES,
            place=place,
            given=_data(given) if assets and given is not None else None,
            signed_in=_signed_in(request),
            **{"canonical": None, **shown},
        )
    )
    # What no encoding holds (a half of a pair) is shown as a question mark.
    return HTMLResponse(stream.encode("utf-8", "replace"), status_code=status, headers=dict(headers or {}))


def _signed_in(request: Request) -> bool:
    """Tell whether there is a session that can be ended."""
    person = getattr(request.state, "person", None)
    return person is not None and person.way == "account"


def _data(value: Any) -> "Markup":
    """Return `value` as JSON that no text in it can end."""
    from markupsafe import Markup

    text = encode(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def wants_page(request: Request) -> bool:
    """Tell whether an answer to `request` is to be read by a person: not the API's, nor of a program."""
    if request.url.path.startswith(("/api/", "/static/")):
        return False
    return "text/html" in request.headers.get("accept", "")


def install(app: FastAPI) -> None:
    """Serve the built files, and the style and the icon of the pages."""
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/pages.css", include_in_schema=False)
    def style(request: Request) -> Response:
        return _file(request, ("pages.css", "evidence.css"), "text/css; charset=utf-8")

    @app.get("/icon.svg", include_in_schema=False)
    def icon(request: Request) -> Response:
        return _file(request, ("icon.svg",), "image/svg+xml")


def _file(request: Request, names: Sequence[str], media_type: str) -> Response:
    """Return files of the pages as one, unless the browser has them already."""
    content, etag = _content(tuple(names))
    headers = {"etag": etag, "cache-control": "no-cache"}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


@cache
def _content(names: tuple[str, ...]) -> tuple[bytes, str]:
    content = b"".join((TEMPLATES / name).read_bytes() for name in names)
    return content, f'"{digest(content)}"'
