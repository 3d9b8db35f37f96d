"""What the pages of single events and articles share: links to articles, who tells, the legend of roles."""

import msgspec

from dateline.export.cards import web_address
from dateline.export.marks import LETTERS, ROLE_WORDS, MarkRole
from dateline.export.wording import chain_words, day_words
from dateline.model.event import Said
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Source

UNDATED = "date of publication unknown"


class Teller(msgspec.Struct, frozen=True, kw_only=True):
    """Who says a thing, when, and the report that says so.

    `words` has the outlet first and then whom it quotes, `source` the latter alone, None for the outlet itself.
    """

    report: ReportId
    article: ArticleId
    words: str
    source: str | None
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


def teller_of(said: Said) -> Teller:
    """Return who says it, in words."""
    quoted = dict.fromkeys(link.name for link in said.chain if link.name != said.outlet)
    return Teller(
        report=said.report,
        article=said.article,
        words=chain_words(said.chain, said.outlet),
        source=" ← ".join(quoted) or None,
        published=published_words(said.published),
    )
