"""Review over HTTP: what to look at next and why, how far it is, and what merging or splitting would give."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import InputError, NotFoundError
from dateline.link.queue import Part
from dateline.model.event import Event
from dateline.model.ids import VerdictId
from dateline.model.report import Report
from dateline.model.wire import encode
from dateline.web.documented import tells
from dateline.web.etags import event_etag
from dateline.web.event_rows import EventRow, event_row
from dateline.web.filters import Filtered, known_parameters
from dateline.web.linking import linking_of
from dateline.web.people import Reviewing, doors_of
from dateline.web.served import Reading, served_by
from dateline.web.single import record_of
from dateline.web.verdicts import Id, ReadAs, Text
from dateline.web.views_event import EventView, event_view
from dateline.workspace.progress import Done, progress
from dateline.workspace.reviewing import Matter

router = APIRouter(tags=["review"])

MOST_QUEUED = 500


class Queued(msgspec.Struct, frozen=True, kw_only=True):
    """An event to look at, with the value of a look (doubt × weight × news) and its parts in words.

    `tag` is the event's ETag, None where it is shown as it would be without verdicts. `about` is what a second
    reading or an adjudication is about, `readings` are what an adjudicator decides between, `differing` the
    questions.
    """

    event: EventRow
    tag: str | None
    value: float
    doubt: float
    weight: float
    news: float
    parts: tuple[Part, ...]
    about: VerdictId | None
    readings: tuple[Mapping[str, str], ...]
    differing: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A matter as its next reader sees it: in words, and with its reports."""

    queued: Queued
    event: Event
    view: EventView
    reports: tuple[Report, ...]


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """What to look at, the most valuable first; `revision` is that of the record."""

    items: tuple[Queued, ...]
    revision: int


class Wanted(BaseModel):
    """What would be merged or split; `ids` and `others` as for a verdict."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["merge", "split"]
    ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    others: Annotated[list[Id], Field(max_length=10_000)] = []
    by: Text | None = None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The events that would be there instead, and those of now, beside the named ones, that go into them."""

    events: tuple[EventRow, ...]
    others: tuple[EventRow, ...]


class Turn(msgspec.Struct, frozen=True):
    """Who reads, as whom, and how much at once."""

    by: str | None
    role: ReadAs
    limit: int


def _turn(
    by: Annotated[str | None, Query(max_length=200, description="Who reads, without accounts.")] = None,
    role: Annotated[
        ReadAs, Query(description="As whom: a first reader, a second one, or who decides.")
    ] = "reader",
    limit: Annotated[int, Query(ge=1, le=MOST_QUEUED)] = 50,
) -> Turn:
    return Turn(by, role, limit)


@router.get("/review/queue", dependencies=[Depends(known_parameters)])
@tells(Queue)
def queue(
    request: Request,
    workspace: Reading,
    person: Reviewing,
    query: Filtered,
    turn: Annotated[Turn, Depends(_turn)],
) -> Response:
    """List what this person should look at, the most valuable first, and why.

    The filters bound the queue of a first reader.
    """
    review = workspace.review(
        by=doors_of(request).signer(person, turn.by), clock=served_by(request).clock, role=turn.role
    )
    linking_of(request).want()  # whoever looks will soon judge: the process that links is started meanwhile
    matters = review.queue(msgspec.structs.replace(query, limit=turn.limit))
    log = workspace.log()
    items = tuple(
        _queued(each, event_etag(each.event, log) if turn.role == "reader" else None) for each in matters
    )
    found = Queue(items=items, revision=workspace.state().revision)
    return Response(encode(found), media_type="application/json")


def _queued(matter: Matter, tag: str | None) -> Queued:
    ranked = matter.ranked
    return Queued(
        event=event_row(matter.event),
        tag=tag,
        value=ranked.value,
        doubt=ranked.doubt,
        weight=ranked.weight,
        news=ranked.news,
        parts=ranked.parts,
        about=matter.about,
        readings=matter.readings,
        differing=matter.differing,
    )


@router.get("/review/matters/{about}")
@tells(Shown)
def matter(
    request: Request, workspace: Reading, person: Reviewing, about: str, turn: Annotated[Turn, Depends(_turn)]
) -> Response:
    """Give what a second reader or an adjudicator judges as they see it: as it would be without any verdict."""
    if turn.role == "reader":
        raise InputError("a first reader judges events as they stand: ask for the event")
    review = workspace.review(
        by=doors_of(request).signer(person, turn.by), clock=served_by(request).clock, role=turn.role
    )
    found = next((each for each in review.queue() if each.about == about), None)
    if found is None:
        raise NotFoundError(f"{about} is not waiting for {review.by} as {turn.role}; look at the queue anew")
    evidence = workspace.behind(found.event)
    shown = Shown(
        queued=_queued(found, None), event=found.event, view=event_view(found.event, record_of(evidence)),
        reports=evidence.reports,
    )  # fmt: skip
    return Response(encode(shown), media_type="application/json")


@router.get("/review/choices")
def choices(
    request: Request,
    workspace: Reading,
    person: Reviewing,
    field: Annotated[str, Query(max_length=40, description="The field that is corrected.")],
    text: Annotated[str, Query(max_length=200, description="What was typed so far.")],
) -> Response:
    """List what somebody who types the value of a field may mean: places, actors, types, words of status."""
    review = workspace.review(by=doors_of(request).signer(person, "choices"), clock=served_by(request).clock)
    return Response(encode({"items": review.choices(field, text)}), media_type="application/json")


@router.get("/review/progress")
@tells(Done)
def how_far(workspace: Reading) -> Response:
    """Say how much was judged, by whom, at what pace, and how well readers agree (Krippendorff's alpha)."""
    found = progress(list(workspace.verdicts()), workspace.cases())
    return Response(encode(found), media_type="application/json")


@router.post("/preview")
@tells(Preview)
def preview(request: Request, workspace: Reading, given: Wanted, person: Reviewing) -> Response:
    """Say what events merging or splitting would give; nothing is written."""
    review = workspace.review(
        by=doors_of(request).signer(person, given.by or "preview"), clock=served_by(request).clock
    )
    verdict = review.draft(given.kind, ids=given.ids, others=given.others)
    foreseen = review.preview(verdict)
    found = Preview(
        events=tuple(map(event_row, foreseen.events)),
        others=tuple(
            event_row(event) for event in foreseen.replaced if verdict.subject.isdisjoint(event.reports)
        ),
    )
    return Response(encode(found), media_type="application/json")
