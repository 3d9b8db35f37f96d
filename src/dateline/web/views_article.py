"""One article as a person reads it: its text with all that was read from it, and how it was taken in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.export.cards import web_address
from dateline.export.marks import MarkRole, role_spans
from dateline.export.meanings import PUBLISHED_RULES, TIES
from dateline.export.wording import counted, day_words
from dateline.model.article import Article, Removed
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.rejected import Rejected
from dateline.model.report import Report, source_of
from dateline.web.event_rows import EventRow, event_row
from dateline.web.pieces import Block, Stretch, blocks_of
from dateline.web.views import LEGEND, ArticleLink, RoleView, article_link

NOTHING_READ = "No event was read from this article; it may not be coded yet."
_CREDITS = {
    "credit": "credited in the text",
    "wire": "an agency's mark at its head",
    "declared": "said by whoever added it",
}


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an article: the value in words, how it was found, and the wording it rests on."""

    label: str
    words: str
    found: str | None = None
    worded: str | None = None
    link: str | None = None


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """A span of a report, in code points of the text: its role and what it was read as."""

    start: int
    end: int
    role: MarkRole
    meaning: str
    report: ReportId
    event: EventId | None


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, by its number, in which events are told; `start` is where it begins."""

    sentence: int
    start: int
    end: int
    events: tuple[EventId, ...]
    reports: tuple[ReportId, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event that the article reports, and where in the text its first sentence begins."""

    event: EventRow
    start: int
    sentences: int


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the article that was not taken in: why, what was found, and what to do."""

    stage: str
    reason: str
    detail: str
    advice: str


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """Another article that counts as one with this one, in some event, and why."""

    words: str
    why: str
    article: ArticleLink


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of an article shows, in words."""

    link: ArticleLink
    meta: tuple[Meta, ...]
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    bands: tuple[Band, ...]
    overlays: tuple[Overlay, ...]
    events: tuple[Told, ...]
    tied: tuple[Tied, ...]
    removed: tuple[Removed, ...]
    refusals: tuple[Refusal, ...]
    legend: tuple[RoleView, ...]


def article_view(
    article: Article,
    reports: Sequence[Report],
    events: Sequence[Event],
    *,
    refusals: Iterable[Rejected] = (),
    others: Mapping[ArticleId, Article] | None = None,
) -> ArticleView:
    """Return `article` as its page shows it.

    `reports` are those read from it, `events` what they are part of, `refusals` what was refused at its place
    and `others` the articles that it shares an origin with.
    """
    of = {report: event.id for event in events for report in event.reports}
    overlays = tuple(_overlays(reports, of, article.text))
    bands = tuple(_bands(article, reports, of))
    return ArticleView(
        link=article_link(source_of(article)),
        meta=tuple(_meta(article)),
        notes=() if reports else (NOTHING_READ,),
        blocks=blocks_of(article.text, article.sentences, (_stretch(each) for each in overlays)),
        bands=bands,
        overlays=overlays,
        events=tuple(_told(events, bands)),
        tied=tuple(_tied(article.id, events, others or {})),
        removed=article.removed,
        refusals=tuple(
            Refusal(stage=each.stage, reason=each.reason, detail=each.detail, advice=each.advice)
            for each in refusals
        ),
        legend=LEGEND,
    )


def tied_articles(article: ArticleId, events: Iterable[Event]) -> tuple[ArticleId, ...]:
    """Return the articles that `article` shares an origin with in any of `events`."""
    found = (other for event in events for _, _, other in _ties(article, event))
    return tuple(dict.fromkeys(found))


# what was read


def _overlays(reports: Iterable[Report], of: Mapping[ReportId, EventId], text: str) -> Iterator[Overlay]:
    for report in reports:
        for role, span, meaning in role_spans(report):
            # A span that does not hold its own words would mark others: better no mark than a wrong one.
            if 0 <= span.start < span.end and text[span.start : span.end] == span.text:
                yield Overlay(
                    start=span.start,
                    end=span.end,
                    role=role,
                    meaning=meaning,
                    report=report.id,
                    event=of.get(report.id),
                )


def _stretch(overlay: Overlay) -> Stretch:
    return overlay.start, overlay.end, overlay.role, overlay.meaning


def _bands(article: Article, reports: Iterable[Report], of: Mapping[ReportId, EventId]) -> Iterator[Band]:
    found: dict[int, list[Report]] = {}
    for report in reports:
        number = article.sentence_at(report.trigger.start)
        if number is not None:
            found.setdefault(number, []).append(report)
    for number, here in sorted(found.items()):
        start, end = article.sentences[number]
        events = dict.fromkeys(of[report.id] for report in here if report.id in of)
        yield Band(
            sentence=number,
            start=start,
            end=end,
            events=tuple(events),
            reports=tuple(report.id for report in here),
        )


def _told(events: Iterable[Event], bands: Iterable[Band]) -> Iterator[Told]:
    """Give the events in the order in which the article comes to them."""
    places: dict[EventId, list[int]] = {}
    for band in bands:
        for event in band.events:
            places.setdefault(event, []).append(band.start)
    found = (
        Told(event=event_row(event), start=places[event.id][0], sentences=len(places[event.id]))
        for event in events
        if event.id in places
    )
    yield from sorted(found, key=lambda told: (told.start, told.event.id))


def _ties(article: ArticleId, event: Event) -> Iterator[tuple[str, str, ArticleId]]:
    for tie in event.ties:
        if article in (tie.left, tie.right):
            yield TIES[tie.kind], tie.why, tie.right if tie.left == article else tie.left


def _tied(article: ArticleId, events: Iterable[Event], others: Mapping[ArticleId, Article]) -> Iterator[Tied]:
    found = dict.fromkeys(tie for event in events for tie in _ties(article, event))
    for words, why, other in found:
        if other in others:
            yield Tied(words=words, why=why, article=article_link(source_of(others[other])))


# how it was taken in


def _meta(article: Article) -> Iterator[Meta]:
    yield Meta(label="Outlet", words=article.outlet or "unknown")
    if article.byline:
        yield Meta(label="Byline", words=article.byline)
    yield _published(article)
    if article.dateline and article.dateline.place:
        place = article.dateline.place.text
        yield Meta(label="Dateline", words=place, found="from the head of the text")
    if article.origin:
        origin = article.origin
        yield Meta(label="Taken from", words=origin.name, found=_CREDITS[origin.kind], worded=origin.text)
    yield Meta(label="Language", words=article.language)
    if article.url:
        yield Meta(label="Address", words=article.url, link=web_address(article.url))
    yield Meta(label="Read from", words=article.locator)
    length = f"{counted(len(article.text), 'character')}, {counted(len(article.sentences), 'sentence')}"
    yield Meta(label="Text", words=length)
    yield Meta(label="SHA-256", words=article.text_sha256, found="of the text")
    yield Meta(label="Id", words=article.id)


def _published(article: Article) -> Meta:
    published = article.published
    if published.date is None:
        return Meta(label="Published", words="date unknown", found="no rule found a date")
    rule = PUBLISHED_RULES.get(published.rule or "", published.rule)
    return Meta(label="Published", words=day_words(published.date), found=rule, worded=published.text)
