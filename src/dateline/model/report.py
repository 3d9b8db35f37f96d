"""Report: a Mention whose spans have become values. Its fields are the names on the wire."""

import msgspec

from dateline.model.article import Article
from dateline.model.ids import ArticleId, ReportId
from dateline.model.leads import lead_names
from dateline.model.span import Span
from dateline.model.values import UNGRADED, Chain, HowMany, Position, SourceKind, Status, When, Where, Who


class Plover(msgspec.Struct, frozen=True, gc=False):
    """PLOVER 2.0 event type and mode."""

    type: str | None
    mode: str | None = None


class Acled(msgspec.Struct, frozen=True, gc=False):
    """ACLED event type and sub-event type."""

    event_type: str | None
    sub_event_type: str | None = None


class Crosswalk(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The same type in four published ontologies; None where one has no place for it.

    `cameo` is the two-digit root code as text; `ged` the type of violence (1 state-based, 2 non-state,
    3 one-sided) as far as the type alone decides it.
    """

    plover: Plover
    acled: Acled
    cameo: str | None = None
    ged: int | None = None


class Source(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The article behind a report, as much of it as a reader of the record needs.

    `published` is the ISO date cut to its precision ("2016-10-21", "2016-10") or None when unknown;
    `origin` names where the article says that it comes from, when that is not its own outlet. `outlet_kind` is
    what the catalogue of outlets knows of the outlet; `grade` the Admiralty code that the user gave it, or F6.
    `names` are the capitalised words of the title and the first sentences: what the article is about.
    """

    id: ArticleId
    locator: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    published_rule: str | None
    language: str
    origin: str | None
    outlet_kind: SourceKind | None = None
    grade: str = UNGRADED
    names: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One article's word that one thing happened (or is planned, feared, denied ...).

    `positions` are what others are said to say of it: who confirms, denies or doubts it, or claims it.
    `score` in 0..1 is the coder's belief that the frame is there; it is not a probability that the event
    took place.
    """

    id: ReportId
    article: Source
    type: str
    trigger: Span
    sentence: Span
    actors: tuple[Who, ...] = ()
    targets: tuple[Who, ...] = ()
    where: tuple[Where, ...] = ()
    when: When = When()
    counts: tuple[HowMany, ...] = ()
    instruments: tuple[Span, ...] = ()
    status: Status = Status()
    chain: Chain = ()
    positions: tuple[Position, ...] = ()
    crosswalk: Crosswalk
    score: float = 1.0


def source_of(article: Article, outlet_kind: SourceKind | None = None, grade: str = UNGRADED) -> Source:
    """Return the part of `article` that its reports carry, with what is known of its outlet."""
    return Source(
        id=article.id,
        locator=article.locator,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        published=article.published.date,
        published_rule=article.published.rule,
        language=article.language,
        origin=article.origin.name if article.origin else None,
        outlet_kind=outlet_kind,
        grade=grade,
        names=lead_names(article),
    )
