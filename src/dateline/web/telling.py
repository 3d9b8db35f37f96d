"""What the record tells over its events: disagreements, warnings with their outcomes, surges."""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from dateline.export import disputes, followed, surging
from dateline.export.geojson import collection_parts
from dateline.export.jsonl import json_parts, jsonl_parts
from dateline.export.table import csv_parts
from dateline.model.dispute import Dispute
from dateline.model.outcome import STATES, Followed
from dateline.model.surge import Surges
from dateline.store.filters import ISO_DATE
from dateline.store.lines import Stretch
from dateline.store.looks import Place
from dateline.store.query import EventQuery
from dateline.web.answers import reply
from dateline.web.documented import tells
from dateline.web.filters import Filtered, known_parameters
from dateline.web.kept import kept
from dateline.web.listing import Asked, Listing, add_list, add_whole, after_item
from dateline.web.served import Reading
from dateline.web.views_told import (
    DisagreementRow,
    RateRow,
    SurgeRow,
    WarningRow,
    disagreement_row,
    rate_row,
    surge_row,
    warning_row,
)
from dateline.workspace.following import check_outcome

router = APIRouter(dependencies=[Depends(known_parameters)], tags=["telling"])


# disagreements


def _disagreements(asked: Asked[EventQuery]) -> list[Dispute]:
    return kept(
        asked.request,
        asked.workspace,
        ("disagreements", asked.filters),
        lambda: list(asked.workspace.disagreements(asked.filters)),
    )


def _disagreement_rows(asked: Asked[EventQuery], limit: int, after: Place | None) -> Stretch[DisagreementRow]:
    found = after_item(
        _disagreements(asked), lambda each: f"{each.event} {each.disagreement.text}", limit, after
    )
    return Stretch(tuple(map(disagreement_row, found.items)), found.last, found.total)


def _disagreements_csv(asked: Asked[EventQuery]) -> Iterator[bytes]:
    rows = (row for dispute in _disagreements(asked) for row in disputes.rows(dispute))
    return csv_parts(disputes.COLUMNS, rows)


add_list(
    router,
    Listing(
        name="disagreements",
        tag="telling",
        words="List claims that cannot all be right, the weightiest first. The filters choose events.",
        row=DisagreementRow,
        filters=Filtered,
        stretch=_disagreement_rows,
        forms={
            "csv": _disagreements_csv,
            "jsonl": lambda asked: jsonl_parts(_disagreements(asked)),
            "json": lambda asked: json_parts(_disagreements(asked)),
        },
    ),
)


# warnings


class WarningQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of warnings is filtered by."""

    events: EventQuery
    source: str | None
    outcome: str | None
    today: str | None


def _warning_query(
    events: Filtered,
    source: Annotated[
        str | None, Query(description="Part of the name of an outlet or of whom it quotes.")
    ] = None,
    outcome: Annotated[
        str | None, Query(description="What became of it.", json_schema_extra={"enum": [*STATES]})
    ] = None,
    today: Annotated[
        str | None,
        Query(
            description="Day from which to look back; else that of the latest publication.",
            json_schema_extra={"pattern": ISO_DATE},
        ),
    ] = None,
) -> WarningQuery:
    return WarningQuery(events=events, source=source, outcome=outcome, today=today)


def _warnings(asked: Asked[WarningQuery]) -> tuple[Followed, ...]:
    query = asked.filters
    return kept(
        asked.request,
        asked.workspace,
        ("warnings", query),
        lambda: asked.workspace.warnings(
            query.events, today=query.today, source=query.source, outcome=query.outcome
        ),
    )


def _warning_rows(asked: Asked[WarningQuery], limit: int, after: Place | None) -> Stretch[WarningRow]:
    found = after_item(_warnings(asked), lambda each: each.warning.id, limit, after)
    return Stretch(tuple(map(warning_row, found.items)), found.last, found.total)


add_list(
    router,
    Listing(
        name="warnings",
        tag="telling",
        words="List warnings, and what became of them. `since` and `until` are for the day it was given.",
        row=WarningRow,
        filters=Annotated[WarningQuery, Depends(_warning_query)],
        stretch=_warning_rows,
        forms={
            "csv": lambda asked: csv_parts(followed.COLUMNS, map(followed.row, _warnings(asked))),
            "jsonl": lambda asked: jsonl_parts(_warnings(asked)),
            "json": lambda asked: json_parts(_warnings(asked)),
            "geojson": lambda asked: collection_parts(
                map(followed.feature, _warnings(asked)), asked.workspace.path.stem
            ),
        },
    ),
)


# how often they came about


def _rates(asked: Asked[WarningQuery]) -> tuple[RateRow, ...]:
    check_outcome(asked.filters.outcome)
    # A rate is of all warnings: those of one outcome alone would make none.
    every = msgspec.structs.replace(asked.filters, outcome=None)
    found = _warnings(msgspec.structs.replace(asked, filters=every))
    return tuple(map(rate_row, asked.workspace.hit_rates(found)))


add_list(
    router,
    Listing(
        name="rates",
        tag="telling",
        words="Say how often the warnings of each source and outlet came about. The filters choose warnings.",
        row=RateRow,
        filters=Annotated[WarningQuery, Depends(_warning_query)],
        stretch=lambda asked, limit, after: after_item(
            _rates(asked), lambda each: f"{each.by} {each.name}", limit, after
        ),
    ),
)


# surges


class SurgeQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Of which week, and where."""

    week: str | None
    where: str | None


class SurgeList(msgspec.Struct, frozen=True, kw_only=True):
    """What is unusual in a week, and what that was compared with; `note` says why nothing could be."""

    items: tuple[SurgeRow, ...]
    total: int
    revision: int
    week: str | None
    start: str | None
    end: str | None
    weeks: int
    articles: int
    usual: float
    looked_at: int
    by_chance: float
    undated: int
    note: str | None


def _surge_query(
    week: Annotated[
        str | None,
        Query(description="2016-W42, or a day of it; else that of the latest publication."),
    ] = None,
    where: Annotated[
        str | None, Query(description="Only with events at this place, province or country.")
    ] = None,
) -> SurgeQuery:
    return SurgeQuery(week=week, where=where)


SurgesAsked = Annotated[SurgeQuery, Depends(_surge_query)]


def _surges(asked: Asked[SurgeQuery]) -> Surges:
    query = asked.filters
    return kept(
        asked.request,
        asked.workspace,
        ("surges", query),
        lambda: asked.workspace.surges(week=query.week, where=query.where),
    )


@router.get("/surges")
@tells(SurgeList)
def surges(request: Request, workspace: Reading, query: SurgesAsked) -> Response:
    """Say which places and actors stand out in a week."""

    def make() -> SurgeList:
        found = _surges(Asked(request=request, workspace=workspace, filters=query))
        told = {name: getattr(found, name) for name in Surges.__struct_fields__ if name != "surges"}
        return SurgeList(
            items=tuple(map(surge_row, found.surges)),
            total=len(found.surges),
            revision=workspace.state().revision,
            **told,
        )

    return reply(request, workspace, make)


def _surges_csv(asked: Asked[SurgeQuery]) -> Iterator[bytes]:
    found = _surges(asked)
    return csv_parts(surging.COLUMNS, (surging.row(found, surge) for surge in found.surges))


def _no_pages(asked: Asked[SurgeQuery], limit: int, after: Place | None) -> Stretch[SurgeRow]:
    return after_item(tuple(map(surge_row, _surges(asked).surges)), lambda row: row.key, limit, after)


add_whole(
    router,
    Listing(
        name="surges",
        tag="telling",
        words="Say which places and actors stand out in a week.",
        row=SurgeRow,
        filters=SurgesAsked,
        stretch=_no_pages,
        forms={
            "csv": _surges_csv,
            "jsonl": lambda asked: jsonl_parts([_surges(asked)]),
            "json": lambda asked: json_parts([_surges(asked)]),
        },
    ),
)
