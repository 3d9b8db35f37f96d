"""One event and one article: what is behind them, as JSON."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Path, Request, Response

from dateline.export.base import Record, card_of
from dateline.model.article import Article, Dateline, Origin, Published
from dateline.model.event import Event
from dateline.model.ids import ArticleId, CaptureId
from dateline.model.report import Report
from dateline.model.trace import Trace
from dateline.model.wire import encode
from dateline.store.query import EventQuery
from dateline.web.answers import JSON, reply
from dateline.web.documented import tells
from dateline.web.etags import event_etag
from dateline.web.filters import known_parameters
from dateline.web.problems import ProblemError
from dateline.web.served import Reading
from dateline.web.views_article import ArticleView, article_view, tied_articles
from dateline.web.views_event import EventView, event_view
from dateline.workspace import Evidence, Workspace

router = APIRouter(dependencies=[Depends(known_parameters)])

Identity = Annotated[str, Path(description="The id, or how it begins (six characters of it or more).")]


class ArticleMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an article, without its text."""

    id: ArticleId
    capture: CaptureId
    locator: str
    url: str | None
    title: str | None
    outlet: str | None
    byline: str | None
    published: Published
    language: str
    dateline: Dateline | None
    origin: Origin | None
    text_sha256: str


class OneEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event, its page in words, the reports behind it and their articles.

    `etag` goes into the `If-Match` of a verdict on it; `trace` says where the id that was asked for led. The
    answer holds what was made from the revision `linked` of the record, and nothing of later than `revision`.
    """

    event: Event
    view: EventView
    reports: tuple[Report, ...]
    articles: tuple[ArticleMeta, ...]
    trace: Trace
    trace_words: str | None
    etag: str
    linked: int
    revision: int


class OneArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its whole text, and its page in words."""

    article: Article
    view: ArticleView


def one_event(workspace: Workspace, identity: str) -> OneEvent:
    """Return the event whose id is or begins with `identity`, also an id of before.

    Raises ProblemError (410) for an id that was split or is gone, naming the parts, and NotFoundError for one
    that never was.
    """
    linked = workspace.state().linked
    trace = workspace.trace(identity)
    if trace.state in ("split", "gone"):
        raise ProblemError(HTTPStatus.GONE, trace.words or "", now=trace)
    found = workspace.show(identity)
    event, log = found.event, workspace.log()
    named = tuple(relation.event for relation in event.relations)
    view = event_view(
        event,
        record_of(found),
        decided=log.decided_on(event.reports),
        named=workspace.events(EventQuery(ids=named)) if named else (),
        naming=workspace.relating(event.id),
    )
    return OneEvent(
        event=event,
        view=view,
        reports=found.reports,
        articles=tuple(_meta(each) for each in found.articles.values()),
        trace=trace,
        trace_words=trace.words,
        etag=event_etag(event, log),
        linked=linked,
        revision=workspace.state().revision,
    )


def record_of(found: Evidence) -> Record:
    """Return what the page of an event is made from."""
    return Record(
        events=(found.event,),
        reports={report.id: report for report in found.reports},
        articles={article.id: card_of(article) for article in found.articles.values()},
        title="",
    )


def _meta(article: Article) -> ArticleMeta:
    return ArticleMeta(**{name: getattr(article, name) for name in ArticleMeta.__struct_fields__})


def one_article(workspace: Workspace, identity: str) -> OneArticle:
    """Return the article whose id is or begins with `identity`; raises NotFoundError where there is none."""
    article = workspace.article(identity)
    events = list(workspace.events(article=article.id))
    others = {each: workspace.article(each) for each in tied_articles(article.id, events)}
    view = article_view(
        article,
        list(workspace.reports(article=article.id)),
        events,
        refusals=workspace.rejected(locator=article.locator),
        others=others,
    )
    return OneArticle(article=article, view=view)


@router.get("/events/{identity}", tags=["events"])
@tells(OneEvent)
def event(workspace: Reading, identity: Identity) -> Response:
    """Give one event with all that speaks for it.

    An id of before leads on to the event that holds its reports now, and `trace` says so. An id that was split,
    or of which nothing is left, answers 410 and names the parts.
    """
    found = one_event(workspace, identity)
    headers = {"ETag": found.etag, "Cache-Control": "no-cache"}
    if found.trace.state == "moved":
        headers["Content-Location"] = f"/api/v1/events/{found.event.id}"
    return Response(encode(found), media_type=JSON, headers=headers)


@router.get("/articles/{identity}", tags=["articles"])
@tells(OneArticle)
def article(request: Request, workspace: Reading, identity: Identity) -> Response:
    """Give one article with its whole text, what was read from it and how it was taken in."""
    return reply(request, workspace, lambda: one_article(workspace, identity))
