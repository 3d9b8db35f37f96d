"""The pages that can be read, cited and printed without scripts; the front end takes over where it is built."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.errors import InputError
from dateline.ontology import load_ontology
from dateline.store.filters import FILTERS, SORT, Filter, query_from
from dateline.store.query import EventQuery
from dateline.web.event_rows import event_row
from dateline.web.served import Reading
from dateline.web.shell import page
from dateline.web.single import one_article, one_event
from dateline.web.views import LEGEND

ROLES = {role.role: role for role in LEGEND}

router = APIRouter(include_in_schema=False)

# Events on one page of the plain list, and on the overview.
LISTED, NEWEST = 50, 12
PAGE = "page"
_NAMES = tuple(each.name for each in (*FILTERS, SORT))
_TRUE, _FALSE = ("true", "1", "on", "yes"), ("false", "0", "off", "no")
SORTS = (
    ("date", "oldest first"),
    ("-date", "newest first"),
    ("origins", "most origins first"),
    ("articles", "most articles first"),
)


@router.get("/")
def home(request: Request, workspace: Reading) -> HTMLResponse:
    """Show how much there is, and what is newest and disputed."""
    newest = workspace.events(EventQuery(sort="-date", limit=NEWEST))
    disputed = workspace.disagreements(EventQuery(limit=NEWEST))
    rows = {each.event: each for each in disputed}
    shown = workspace.events(EventQuery(ids=tuple(rows))) if rows else ()
    return page(
        request,
        "home.html.j2",
        place="/",
        counts=workspace.counts(),
        newest=[event_row(each) for each in newest],
        disputed=[(event_row(each), rows[each.id].disagreement.text) for each in shown],
    )


@router.get("/explore")
def explore(request: Request, workspace: Reading) -> HTMLResponse:
    """List the events that the filters of the address hold for, a page at a time."""
    asked = {name: request.query_params.getlist(name) for name in request.query_params}
    given = {name: [value for value in values if value.strip()] for name, values in asked.items()}
    query = _query(given)
    number = _whole(PAGE, (given.get(PAGE) or ["1"])[-1], least=1)
    total = workspace.count_events(query)
    start = (number - 1) * LISTED
    shown = workspace.events(msgspec.structs.replace(query, limit=LISTED, offset=start))
    return page(
        request,
        "explore.html.j2",
        place="/explore",
        total=total,
        first=start + 1,
        rows=[event_row(each) for each in shown],
        asked=dict.fromkeys(_NAMES, "") | {name: values[-1] for name, values in given.items() if values},
        types=_types(),
        sorts=SORTS,
        before=_address(given, number - 1) if number > 1 else None,
        after=_address(given, number + 1) if start + LISTED < total else None,
    )


def _query(given: dict[str, list[str]]) -> EventQuery:
    """Return the query of a form, in which fields that were left empty ask nothing."""
    values = {each.name: _value(each, given[each.name]) for each in (*FILTERS, SORT) if given.get(each.name)}
    return query_from(values)


def _value(asked: Filter, given: list[str]) -> Any:
    if asked.kind == list[str] | None:
        return given
    if asked.kind in (bool, bool | None):
        word = given[-1].strip().casefold()
        if word not in (*_TRUE, *_FALSE):
            raise InputError(f"{asked.name} is {given[-1]!r}; write true or false")
        return word in _TRUE
    return _whole(asked.name, given[-1], least=0) if asked.kind is int else given[-1]


def _whole(name: str, text: str, *, least: int) -> int:
    number = int(text) if text.strip().isdecimal() and len(text) <= len("1000000000") else -1
    if number < least:
        raise InputError(f"{name} is {text!r}; give a whole number from {least} up")
    return number


def _address(given: dict[str, list[str]], number: int) -> str:
    kept = {name: values for name, values in given.items() if values and name != PAGE}
    return f"/explore?{urlencode({**kept, PAGE: number}, doseq=True)}"


def _types() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the event types by family, each with its label."""
    families: dict[str, list[tuple[str, str]]] = {}
    for each in load_ontology().types.values():
        families.setdefault(each.family, []).append((each.id, each.label))
    return [(family, sorted(found, key=lambda pair: pair[1])) for family, found in families.items()]


@router.get("/event/{identity}")
def event(request: Request, workspace: Reading, identity: str) -> HTMLResponse:
    """Show one event with all that speaks for it."""
    found = one_event(workspace, identity)
    address = f"{request.base_url}event/{found.event.id}"
    return page(
        request,
        "event.html.j2",
        place="/explore",
        headers={"ETag": found.etag, "Cache-Control": "no-cache"},
        given={"path": f"/events/{identity}", "value": found},
        canonical=address,
        one=found,
        view=found.view,
        roles=ROLES,
    )


@router.get("/article/{identity}")
def article(request: Request, workspace: Reading, identity: str, event: str = "") -> HTMLResponse:
    """Show one article with all that was read from it; the sentences of `event` stand out."""
    found = one_article(workspace, identity)
    return page(
        request,
        "article.html.j2",
        place="/explore",
        canonical=f"{request.base_url}article/{found.article.id}",
        article=found.article,
        view=found.view,
        roles=ROLES,
        bands={band.sentence: band for band in found.view.bands},
        labels={told.event.id: told.event for told in found.view.events},
        chosen=event,
    )


@router.get("/review")
@router.get("/add")
@router.get("/surges")
def scripted(request: Request) -> HTMLResponse:
    """Say that this page needs scripts, and which command does the same."""
    return page(request, "scripted.html.j2", place=request.url.path, name=request.url.path.strip("/"))
