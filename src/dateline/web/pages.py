"""The pages that can be read, cited and printed without scripts; the front end takes over where it is built."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.errors import InputError
from dateline.export.followed import STATE_WORDS
from dateline.ontology import load_ontology
from dateline.store.filters import FILTERS, SORT, Filter, query_from
from dateline.store.query import EventQuery
from dateline.web.event_rows import event_row
from dateline.web.kept import kept
from dateline.web.served import Reading
from dateline.web.shell import page
from dateline.web.single import one_article, one_event
from dateline.web.views import LEGEND
from dateline.web.views_told import warning_row

ROLES = {role.role: role for role in LEGEND}

router = APIRouter(include_in_schema=False)

# Events on one page of the plain list, and on the overview.
LISTED, NEWEST = 50, 12
# Events whose warnings are followed within a second or two, as measured; with more the reader is asked first.
AT_ONCE = 5_000
PAGE = "page"
OF_WARNINGS = "page of warnings"
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
    disputed = workspace.events(EventQuery(sort="-date", limit=NEWEST, disputed=True))
    return page(
        request,
        "home.html.j2",
        place="/",
        counts=workspace.counts(),
        newest=[event_row(each) for each in newest],
        disputed=[(event_row(each), each.disagreements[0].text) for each in disputed],
    )


@router.get("/explore")
def explore(request: Request, workspace: Reading) -> HTMLResponse:
    """List the events that the filters of the address hold for, a page at a time."""
    asked = {name: request.query_params.getlist(name) for name in request.query_params}
    given = {name: [value for value in values if value.strip()] for name, values in asked.items()}
    query = _query(given)
    number = _page(given)
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
        before=_address("/explore", given, number - 1) if number > 1 else None,
        after=_address("/explore", given, number + 1) if start + LISTED < total else None,
    )


@router.get("/warnings")
def warnings(request: Request, workspace: Reading, outcome: str = "", wait: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002 - a parameter of the address
    """List the warnings with what came of them, a page at a time; of many events only where one will wait."""
    given = {name: request.query_params.getlist(name) for name in ("outcome", "wait", PAGE)}
    events = workspace.counts().events
    if events > AT_ONCE and not wait:
        return page(request, "warnings.html.j2", place="/warnings", events=events, warnings=None)
    query = EventQuery(sort="-date")
    found = kept(
        request, workspace, (OF_WARNINGS, outcome), lambda: workspace.warnings(query, outcome=outcome or None)
    )
    number = _page(given)
    start = (number - 1) * LISTED
    return page(
        request,
        "warnings.html.j2",
        place="/warnings",
        warnings=[warning_row(each) for each in found[start : start + LISTED]],
        total=len(found),
        first=start + 1,
        states=STATE_WORDS,
        outcome=outcome,
        wait=wait,
        before=_address("/warnings", given, number - 1) if number > 1 else None,
        after=_address("/warnings", given, number + 1) if start + LISTED < len(found) else None,
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


def _page(given: dict[str, list[str]]) -> int:
    return _whole(PAGE, (given.get(PAGE) or ["1"])[-1], least=1)


def _address(path: str, given: dict[str, list[str]], number: int) -> str:
    kept = {name: values for name, values in given.items() if values and name != PAGE}
    return f"{path}?{urlencode({**kept, PAGE: number}, doseq=True)}"


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
