"""What the pages of single events and articles share: an event in brief, who tells, the legend of roles."""

import msgspec

from dateline.export.cards import web_address
from dateline.export.marks import LETTERS, ROLE_WORDS, MarkRole
from dateline.export.timeline import status_group
from dateline.export.wording import (
    STATUS_MEANINGS,
    chain_words,
    day_words,
    type_family,
    type_label,
    when_words,
    where_words,
)
from dateline.model.event import Event, Said
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.report import Source
from dateline.model.values import Status

UNDATED = "date of publication unknown"


class StatusView(msgspec.Struct, frozen=True, kw_only=True):
    """A status in a word, the group that has a look of its own, and what the word means."""

    word: str
    group: str
    meaning: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a link to it names it."""

    id: EventId
    type: str
    label: str
    family: str | None
    status: StatusView
    when: str
    where: str | None


class Teller(msgspec.Struct, frozen=True, kw_only=True):
    """Who says a thing (the outlet first, then whom it quotes), when, and the report that says so."""

    report: ReportId
    article: ArticleId
    words: str
    published: str


class ArticleLink(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a link to it names it.

    `url` is an http(s) address or None; `credits` names where it says that it comes from.
    """

    id: ArticleId
    outlet: str
    title: str
    published: str
    url: str | None
    locator: str
    credits: str | None = None


class RoleView(msgspec.Struct, frozen=True):
    """A role of marked words: its letter beside the colour, and what it says of them."""

    role: MarkRole
    letter: str
    words: str


LEGEND = tuple(RoleView(role, letter, ROLE_WORDS[role]) for role, letter in LETTERS.items())


def status_view(status: Status, group: str) -> StatusView:
    """Return a status in words."""
    return StatusView(word=status.word, group=group, meaning=STATUS_MEANINGS.get(status.word, ""))


def brief_of(event: Event) -> Brief:
    """Return an event in brief."""
    return Brief(
        id=event.id,
        type=event.type,
        label=type_label(event.type),
        family=type_family(event.type),
        status=status_view(event.status, status_group(event)),
        when=when_words(event.when),
        where=where_words(event.where) if event.where else None,
    )


def published_words(published: str | None) -> str:
    """Return a date of publication in words, also where there is none."""
    return day_words(published) if published else UNDATED


def article_link(source: Source) -> ArticleLink:
    """Return the article behind a report as a link."""
    return ArticleLink(
        id=source.id,
        outlet=source.outlet or "outlet unknown",
        title=source.title or "untitled",
        published=published_words(source.published),
        url=web_address(source.url),
        locator=source.locator,
        credits=source.origin,
    )


def teller_of(said: Said) -> Teller:
    """Return who says it, in words."""
    return Teller(
        report=said.report,
        article=said.article,
        words=chain_words(said.chain, said.outlet),
        published=published_words(said.published),
    )
