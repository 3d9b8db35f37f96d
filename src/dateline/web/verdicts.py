"""Verdicts: what a person decided is kept at once, unless the event has changed since they saw it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dateline.errors import NotFoundError
from dateline.export.wording import verdict_words
from dateline.link.readings import person as key_of
from dateline.model.event import Event
from dateline.model.ids import EventId, VerdictId
from dateline.model.verdict import ANSWERS, Verdict, Verdicts
from dateline.model.wire import encode
from dateline.web.documented import tells
from dateline.web.etags import event_etag, matches
from dateline.web.filters import known_parameters
from dateline.web.linking import linking_of
from dateline.web.people import Person, Reviewing, doors_of
from dateline.web.problems import ProblemError
from dateline.web.served import Reading, served_by
from dateline.web.writing import writer_of
from dateline.workspace import Workspace
from dateline.workspace.reviewing import Review

router = APIRouter(tags=["verdicts"])

# Verdicts in one answer of the log.
MOST_LISTED = 500
LONGEST_TEXT = 5_000
# Kinds that say something of events as they were seen; comments and what is taken back need no such care.
CAREFUL = ("accept", "reject", "correct", "merge", "split", "one_origin", "own_origins", "dispute")

CHANGED = (
    "This is no longer as you saw it: it was judged meanwhile, or made anew. Nothing was overwritten: look at "
    "what it is now, and save again if you still think so."
)

Id = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
ReadAs = Literal["reader", "second", "adjudicator"]


class Given(BaseModel):
    """A verdict as a person gives it: see the reference on review for what each kind needs."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(max_length=40)]
    ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    by: Text | None = None
    reason: Text | None = None
    field: Annotated[str, Field(max_length=100)] | None = None
    value: Text | None = None
    others: Annotated[list[Id], Field(max_length=10_000)] = []
    scope: Literal["event", "report"] = "event"
    role: ReadAs = "reader"
    about: Id | None = None
    supersedes: Id | None = None


class Answer(BaseModel):
    """Who takes back, or back again, their own latest verdict."""

    model_config = ConfigDict(extra="forbid")

    by: Text | None = None
    role: ReadAs = "reader"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict that was kept, in words too, the events that hold its reports, and their ETags now.

    The words of one that takes another back, or back again, are those of that other one. `revision` is that of
    the record with it: who gave all that came between two revisions knows that nobody else changed anything.
    """

    verdict: Verdict
    words: str
    events: tuple[EventId, ...]
    tags: dict[EventId, str]
    revision: int


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with what it says in words; `stands` unless it was taken back or superseded."""

    verdict: Verdict
    words: str
    stands: bool


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the log, the newest first; `next` leads to the older ones, `total` counts the whole log."""

    items: tuple[Decided, ...]
    next: int | None
    total: int


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is now: its ETag, and what was decided on it, the newest last."""

    id: EventId
    tag: str
    decided: tuple[Decided, ...]


@router.post("/verdicts", status_code=201)
@tells(Kept)
def judge(
    request: Request,
    given: Given,
    person: Reviewing,
    if_match: Annotated[str | None, Header(description="ETags of the events as they were seen.")] = None,
) -> Response:
    """Keep what a person decided; the events follow shortly after (see `stream`)."""
    said = given.model_dump(exclude={"kind", "by", "role"}, exclude_none=True)
    with writer_of(request).writing() as workspace:
        review = review_of(request, workspace, person, given)
        seen = if_match if given.kind in CAREFUL else None
        _check_there(workspace, (*given.ids, *given.others), seen)
        verdict = review.draft(given.kind, **said)
        if seen is not None:
            _check_unchanged(workspace, review.holding(verdict.subject), seen)
        review.keep(verdict)
        kept = _kept(workspace, review, verdict)
    return _told(request, kept)


@router.post("/verdicts/undo", status_code=201)
@tells(Kept)
def undo(request: Request, given: Answer, person: Reviewing) -> Response:
    """Take one's own latest standing verdict back."""
    return _answer(request, given, person, "undo")


@router.post("/verdicts/redo", status_code=201)
@tells(Kept)
def redo(request: Request, given: Answer, person: Reviewing) -> Response:
    """Take one's own latest undo back."""
    return _answer(request, given, person, "redo")


def review_of(request: Request, workspace: Workspace, person: Person, given: Given | Answer) -> Review:
    """Return the review of who asks, under the name that counts."""
    by = doors_of(request).signer(person, given.by)
    return workspace.review(by=by, clock=served_by(request).clock, role=given.role)


def _answer(request: Request, given: Answer, person: Person, kind: Literal["undo", "redo"]) -> Response:
    with writer_of(request).writing() as workspace:
        review = review_of(request, workspace, person, given)
        verdict = review.undo() if kind == "undo" else review.redo()
        if verdict is None:
            raise ProblemError(409, f"There is nothing of yours to {kind}.")
        kept = _kept(workspace, review, verdict)
    return _told(request, kept)


def _told(request: Request, kept: Kept) -> Response:
    linking_of(request).want()
    return Response(encode(kept), status_code=201, media_type="application/json")


def _kept(workspace: Workspace, review: Review, verdict: Verdict) -> Kept:
    revision = workspace.state().revision
    log = workspace.log()
    events = review.holding(verdict.subject)
    return Kept(
        verdict=verdict,
        words=verdict_words(_answered(verdict, log.by_id)),
        events=tuple(event.id for event in events),
        tags={event.id: event_etag(event, log) for event in events},
        revision=revision,
    )


def _answered(verdict: Verdict, log: Mapping[VerdictId, Verdict]) -> Verdict:
    """Return the verdict that an undo or redo is about in the end; any other is about itself."""
    while verdict.kind in ANSWERS and verdict.supersedes and (before := log.get(verdict.supersedes)):
        verdict = before
    return verdict


def _check_there(workspace: Workspace, ids: Iterable[str], seen: str | None) -> None:
    """Raise where an event is not there any more: ProblemError for who saw it, else NotFoundError."""
    for identity in (each for each in ids if each.strip().lower().startswith("evt_")):
        trace = workspace.trace(identity)
        if trace.state != "here":
            if seen is None:
                raise NotFoundError(trace.words or f"{trace.asked} is not there any more")
            raise _changed(workspace, [event for each in trace.events for event in workspace.events(ids=each)])


def _check_unchanged(workspace: Workspace, events: Sequence[Event], seen: str) -> None:
    """Raise ProblemError, with what they are now, where `events` are not as they were seen."""
    log = workspace.log()
    if not all(matches(seen, event_etag(event, log)) for event in events):
        raise _changed(workspace, events)


def _changed(workspace: Workspace, events: Sequence[Event]) -> ProblemError:
    log = workspace.log()
    now = [
        Now(
            id=event.id,
            tag=event_etag(event, log),
            decided=tuple(decided(each, log) for each in log.decided_on(event.reports)),
        )
        for event in events
    ]
    return ProblemError(412, CHANGED, now=now)


def decided(verdict: Verdict, log: Verdicts) -> Decided:
    """Return a verdict of the log in words, and whether it stands."""
    return Decided(verdict=verdict, words=verdict_words(verdict), stands=log.stands(verdict.id))


@router.get("/verdicts", dependencies=[Depends(known_parameters)])
@tells(Log)
def log(
    workspace: Reading,
    by: Annotated[str | None, Query(max_length=200)] = None,
    event: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
    cursor: Annotated[
        int | None, Query(ge=0, description="Where to go on: `next` of the answer before.")
    ] = None,
) -> Response:
    """List the log of verdicts, the newest first: all of it, of one person, or on the reports of one event."""
    kept = workspace.log()
    everything = list(enumerate(kept.all))
    wanted = everything if cursor is None else everything[:cursor]
    if by is not None:
        wanted = [(at, each) for at, each in wanted if key_of(each.by) == key_of(by)]
    if event is not None:
        here = set(workspace.show(event).event.reports)
        wanted = [(at, each) for at, each in wanted if each.subject & here]
    shown = wanted[::-1][:limit]
    found = Log(
        items=tuple(decided(each, kept) for _, each in shown),
        next=shown[-1][0] if len(shown) < len(wanted) else None,
        total=len(everything),
    )
    return Response(encode(found), media_type="application/json")
