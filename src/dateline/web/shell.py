"""The page around everything: served with the built front end, or without it and saying so."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from dateline.config import DATA
from dateline.errors import DataError
from dateline.web.served import served_by

if TYPE_CHECKING:
    from jinja2 import Environment

STATIC = Path(__file__).parent / "static"
TEMPLATES = DATA / "web"
# The front end's entry, by its name in Vite's manifest.
ENTRY = "src/main.ts"


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

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, /, *, status: int = 200, **given: object) -> HTMLResponse:
    """Return a page rendered on the server, which the front end takes over where it is built."""
    text = (
        templates()
        .get_template(template)
        .render(assets=built_assets(), workspace=served_by(request).path.stem, path=request.url.path, **given)
    )
    return HTMLResponse(text, status_code=status)


def install(app: FastAPI) -> None:
    """Serve the built files and the pages."""
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> HTMLResponse:
        return page(request, "home.html.j2")
