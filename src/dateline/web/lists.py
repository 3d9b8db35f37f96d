"""The lists of events, claims, articles, reports and refusals."""

from collections.abc import Iterator
from typing import Annotated, Literal, get_args

import msgspec
from fastapi import APIRouter, Depends, Query

from dateline.errors import InputError
from dateline.export.claims import ClaimRow, claim_rows
from dateline.export.columns import one_line
from dateline.export.jsonl import json_parts
from dateline.export.wording import type_label, when_words, where_words
from dateline.model.precision import point_of
from dateline.model.rejected import REASONS, Rejected, Stage
from dateline.store.filters import ISO_DATE
from dateline.store.lines import ArticleLine, ArticleQuery, RefusalQuery, ReportLine, ReportQuery, Stretch
from dateline.store.looks import Place
from dateline.store.query import EventQuery
from dateline.web.event_rows import EventRow, event_row
from dateline.web.filters import Filtered, known_parameters
from dateline.web.listing import Asked, Form, Listing, add_list, on_map
from dateline.web.paging import BROKEN

router = APIRouter(dependencies=[Depends(known_parameters)])


# events and claims


def _events(asked: Asked[EventQuery], limit: int, after: Place | None) -> Stretch[EventRow]:
    page = asked.workspace.page(msgspec.structs.replace(asked.filters, limit=limit), after=after)
    return Stretch(tuple(map(event_row, page.events)), page.last, page.total)


def _exported(form: str) -> Form:
    return lambda asked: asked.workspace.export_parts(form, asked.filters)


def _whole_events(asked: Asked[EventQuery]) -> Iterator[bytes]:
    return json_parts(asked.workspace.events(asked.filters))


add_list(
    router,
    Listing(
        name="events",
        tag="events",
        words="List the events that all filters hold for. The files hold what `dateline export` writes.",
        row=EventRow,
        filters=Filtered,
        stretch=_events,
        forms={
            "csv": _exported("csv"),
            "jsonl": _exported("jsonl"),
            "json": _whole_events,
            "geojson": _exported("geojson"),
        },
    ),
)


def _claims(asked: Asked[EventQuery], limit: int, after: Place | None) -> Stretch[ClaimRow]:
    """Give claims of events in their order; a place is that of the event before and the claims given since."""
    skipped, before = (after[0], after[1:] or None) if after else (0, None)
    if not isinstance(skipped, int):
        raise InputError(BROKEN)
    page = asked.workspace.page(msgspec.structs.replace(asked.filters, limit=limit), after=before)
    found: list[ClaimRow] = []
    for event, place in zip(page.events, page.places, strict=True):
        rows = list(claim_rows(event))[skipped:]
        room = limit - len(found)
        found += rows[:room]
        if len(rows) > room:
            return Stretch(tuple(found), (skipped + room, *(before or ())), page.claims)
        before, skipped = place, 0
    return Stretch(tuple(found), (0, *(before or ())) if page.last else None, page.claims)


add_list(
    router,
    Listing(
        name="claims",
        tag="events",
        words="List who says what. One row for each value of a field of an event and each who says it.",
        row=ClaimRow,
        filters=Filtered,
        stretch=_claims,
    ),
)


# articles, reports and refusals


def _article_filters(
    outlet: Annotated[str | None, Query(description="Published by this outlet.")] = None,
    since: Annotated[
        str | None,
        Query(
            description="Published on or after: YYYY-MM-DD, YYYY-MM or YYYY.",
            json_schema_extra={"pattern": ISO_DATE},
        ),
    ] = None,
    until: Annotated[
        str | None, Query(description="Published on or before.", json_schema_extra={"pattern": ISO_DATE})
    ] = None,
    search: Annotated[str | None, Query(description='Words and "phrases" in title and text.')] = None,
    sort: Annotated[Literal["date", "-date"], Query(description="Oldest or newest first.")] = "date",
) -> ArticleQuery:
    return ArticleQuery(outlet=outlet, since=since, until=until, search=search, sort=sort)


def _articles(asked: Asked[ArticleQuery], limit: int, after: Place | None) -> Stretch[ArticleLine]:
    return asked.workspace.lists.article_lines(asked.filters, limit=limit, after=after)


add_list(
    router,
    Listing(
        name="articles",
        tag="articles",
        words="List the articles by date of publication, with how much was read from each.",
        row=ArticleLine,
        filters=Annotated[ArticleQuery, Depends(_article_filters)],
        stretch=_articles,
    ),
)


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One article's word that one thing happened; `event` is None where it is in none.

    `latitude` and `longitude`, in degrees, are those of its first place, None where that is on no map.
    """

    id: str
    event: str | None
    article: str
    outlet: str | None
    published: str | None
    type: str
    label: str
    status: str
    when: str
    where: str
    latitude: float | None
    longitude: float | None
    sentence: str
    score: float


def _report_filters(
    article: Annotated[str | None, Query(description="Of this article (its id, or how it begins).")] = None,
    event: Annotated[str | None, Query(description="Held by this event; an id of before leads on.")] = None,
    type_: Annotated[
        list[str] | None, Query(alias="type", description="Event type or family; may be repeated.")
    ] = None,
) -> ReportQuery:
    return ReportQuery(article=article, event=event, type=tuple(type_ or ()))


def _report_row(line: ReportLine) -> ReportRow:
    report = line.report
    place = report.where[0] if report.where else None
    latitude, longitude = point_of(place) or (None, None)
    return ReportRow(
        id=report.id,
        event=line.event,
        article=report.article.id,
        outlet=report.article.outlet,
        published=report.article.published,
        type=report.type,
        label=type_label(report.type),
        status=report.status.word,
        when=when_words(report.when),
        where=where_words(place),
        latitude=latitude,
        longitude=longitude,
        sentence=one_line(report.sentence.text),
        score=report.score,
    )


def _there(asked: Asked[ReportQuery]) -> ReportQuery:
    """Return the filters with the whole ids of what is there; raises InputError for what never was."""
    query, workspace = asked.filters, asked.workspace
    event = workspace.show(query.event).event.id if query.event is not None else None
    article = workspace.article(query.article).id if query.article is not None else None
    return msgspec.structs.replace(query, event=event, article=article)


def _reports(asked: Asked[ReportQuery], limit: int, after: Place | None) -> Stretch[ReportRow]:
    found = asked.workspace.lists.report_lines(_there(asked), limit=limit, after=after)
    return Stretch(tuple(map(_report_row, found.items)), found.last, found.total)


REPORTS: Listing = Listing(
    name="reports",
    tag="articles",
    words="List the reports by article, with the event that holds each.",
    row=ReportRow,
    filters=Annotated[ReportQuery, Depends(_report_filters)],
    stretch=_reports,
    forms={"geojson": lambda asked: on_map(REPORTS, asked)},
)
add_list(router, REPORTS)


class RefusalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not taken in, why, where it stands, and what a person can do about it."""

    stage: str
    reason: str
    locator: str
    detail: str
    advice: str


def _refusal_filters(
    stage: Annotated[
        str | None, Query(description="Refused at this stage.", json_schema_extra={"enum": [*get_args(Stage)]})
    ] = None,
    reason: Annotated[
        str | None, Query(description="For this reason.", json_schema_extra={"enum": [*REASONS]})
    ] = None,
) -> RefusalQuery:
    return RefusalQuery(stage=stage, reason=reason)


def _refusal_row(refusal: Rejected) -> RefusalRow:
    return RefusalRow(
        stage=refusal.stage,
        reason=refusal.reason,
        locator=refusal.locator,
        detail=refusal.detail,
        advice=refusal.advice,
    )


def _refusals(asked: Asked[RefusalQuery], limit: int, after: Place | None) -> Stretch[RefusalRow]:
    found = asked.workspace.lists.refusal_lines(asked.filters, limit=limit, after=after)
    return Stretch(tuple(map(_refusal_row, found.items)), found.last, found.total)


add_list(
    router,
    Listing(
        name="rejected",
        tag="articles",
        words="List what was not taken in, and why.",
        row=RefusalRow,
        filters=Annotated[RefusalQuery, Depends(_refusal_filters)],
        stretch=_refusals,
    ),
)
