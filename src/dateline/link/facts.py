"""Facts: the few things that linking needs of an article, so that no text has to be loaded."""

import msgspec

from dateline.model.article import Article
from dateline.model.ids import ArticleId
from dateline.model.quotations import Quotation, quotations
from dateline.model.report import Source


class Facts(msgspec.Struct, frozen=True):
    """Who published an article and when, whom it credits, and its MinHash signature.

    `published` is the ISO date cut to its precision; `origin` is the credited origin's name as worded;
    `signature` is empty for a text too short to have one. `quotes` is what it gives word for word.
    """

    id: ArticleId
    outlet: str | None
    published: str | None
    origin: str | None
    signature: tuple[int, ...] = ()
    locator: str = ""
    quotes: tuple[Quotation, ...] = ()


def facts_of(article: Article) -> Facts:
    """Return the facts of `article`."""
    return Facts(
        article.id,
        article.outlet,
        article.published.date,
        article.origin.name if article.origin else None,
        article.signature,
        article.locator,
        quotations(article.text),
    )


def facts_of_source(source: Source) -> Facts:
    """Return what a report tells of its article: all facts but the signature and the quotations."""
    return Facts(source.id, source.outlet, source.published, source.origin, (), source.locator)
