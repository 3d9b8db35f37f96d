"""What the pages of single events and articles share: links to articles, who tells, the legend of roles."""

import msgspec

from dateline.export.cards import web_address
from dateline.export.marks import LETTERS, ROLE_WORDS, MarkRole
from dateline.export.wording import day_words
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Source

UNDATED = "date of publication unknown"


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
