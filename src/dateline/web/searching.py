"""Search: what a person typed, in events, articles, and the names of places and actors."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from dateline.errors import InputError
from dateline.export.wording import country_name
from dateline.store.lines import ArticleQuery, PlaceLine
from dateline.web.answers import reply
from dateline.web.documented import tells
from dateline.web.event_rows import EventRow, event_row
from dateline.web.explore import Facet
from dateline.web.filters import known_parameters
from dateline.web.served import Reading
from dateline.workspace import Workspace

router = APIRouter(dependencies=[Depends(known_parameters)], tags=["search"])

EVENT = "evt_"


class FoundArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article whose title or text holds what was typed."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: the newest events and articles, and the names that most events have.

    The `value` of a place is for the filter `where`, that of an actor for `actor`.
    """

    events: tuple[EventRow, ...]
    articles: tuple[FoundArticle, ...]
    places: tuple[Facet, ...]
    actors: tuple[Facet, ...]


@router.get("/search")
@tells(Found)
def search(
    request: Request,
    workspace: Reading,
    q: Annotated[
        str, Query(min_length=1, max_length=500, description='Words and "phrases", or the id of an event.')
    ],
    limit: Annotated[int, Query(ge=1, le=50, description="At most this many of each kind.")] = 8,
) -> Response:
    """Find events, articles, places and actors by words or names, or an event by its id."""
    return reply(request, workspace, lambda: _found(workspace, q, limit))


def _found(workspace: Workspace, text: str, limit: int) -> Found:
    articles = workspace.lists.article_lines(ArticleQuery(search=text, sort="-date"), limit=limit)
    actors = workspace.lists.actor_lines(limit=limit, name=text)
    return Found(
        events=_events(workspace, text.strip(), limit),
        articles=tuple(
            FoundArticle(id=each.id, title=each.title, outlet=each.outlet, published=each.published)
            for each in articles.items
        ),
        places=_places(workspace, text, limit),
        actors=tuple(Facet(f'"{each.id}"', each.name, each.events) for each in actors.items),
    )


def _events(workspace: Workspace, text: str, limit: int) -> tuple[EventRow, ...]:
    if text.startswith(EVENT):
        try:
            trace = workspace.trace(text)
        except InputError:
            return ()
        ids = (trace.asked,) if trace.state == "here" else trace.events
        return tuple(map(event_row, workspace.events(ids=ids))) if ids else ()
    return tuple(map(event_row, workspace.page(search=text, sort="-date", limit=limit).events))


def _places(workspace: Workspace, text: str, limit: int) -> tuple[Facet, ...]:
    """Return the names of places, each with the events that the filter by it holds for."""
    named: dict[str, PlaceLine] = {}
    for line in workspace.lists.place_lines(limit=5 * limit, name=text).items:
        named.setdefault(line.name, line)
    return tuple(
        Facet(name, _words(line), workspace.page(where=name, limit=0).total)
        for name, line in list(named.items())[:limit]
    )


def _words(line: PlaceLine) -> str:
    parts = (line.name, line.container, line.admin1, country_name(line.country))
    return ", ".join(dict.fromkeys(part for part in parts if part))
