"""The log of verdicts as a file, in the order in which they were given."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query

from dateline.model.verdict import Verdict
from dateline.store.lines import Stretch
from dateline.store.looks import Place
from dateline.web.filters import known_parameters
from dateline.web.listing import Asked, Listing, add_whole, after_item

router = APIRouter(dependencies=[Depends(known_parameters)])


class VerdictRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided; `stands` is false where a later verdict that stands supersedes it.

    `value` is what a correction says, in words; `event` is what was looked at, as it was called then.
    """

    id: str
    kind: str
    by: str
    at: str
    role: str
    scope: str
    field: str | None
    value: str | None
    reason: str | None
    event: str | None
    reports: tuple[str, ...]
    others: tuple[str, ...]
    supersedes: str | None
    about: str | None
    stands: bool


class VerdictQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which verdicts: on the reports of an event, of a person."""

    event: str | None
    by: str | None


def _verdict_query(
    event: Annotated[str | None, Query(description="On the reports of this event.")] = None,
    by: Annotated[str | None, Query(description="Of this person.")] = None,
) -> VerdictQuery:
    return VerdictQuery(event=event, by=by)


def _verdict_row(verdict: Verdict, *, stands: bool) -> VerdictRow:
    given = {name: getattr(verdict, name) for name in VerdictRow.__struct_fields__ if name != "stands"}
    return VerdictRow(**given, stands=stands)


def _verdicts(asked: Asked[VerdictQuery], limit: int, after: Place | None) -> Stretch[VerdictRow]:
    log = asked.workspace.log()
    query = asked.filters
    here = set(asked.workspace.show(query.event).event.reports) if query.event is not None else None
    rows = [
        _verdict_row(each, stands=log.stands(each.id))
        for each in log.all
        if (query.by is None or each.by == query.by) and (here is None or each.subject & here)
    ]
    return after_item(rows, lambda row: row.id, limit, after)


add_whole(
    router,
    Listing(
        name="verdicts",
        tag="verdicts",
        words="List what people decided, in the order of the log.",
        row=VerdictRow,
        filters=Annotated[VerdictQuery, Depends(_verdict_query)],
        stretch=_verdicts,
    ),
)
