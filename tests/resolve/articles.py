"""Articles as the tests of this room make them."""

from dateline.clean import clean
from dateline.model.article import Article
from dateline.model.capture import Declared, make_capture


def make_article(text: str, published: str | None = None, outlet: str | None = None) -> Article:
    """Return a plain text as cleaning leaves it."""
    rule = "given" if published else None
    declared = Declared(published=published, published_rule=rule, outlet=outlet)
    article = clean(make_capture(text.encode(), "text/plain", "text", encoding="utf-8", declared=declared))
    assert isinstance(article, Article), article
    return article
