"""Attributions of whole articles, with or without an event."""

from collections.abc import Callable

from dateline.code.base import SayingReader
from dateline.code.patterns import PatternCoder
from dateline.model.article import Article

Make = Callable[..., Article]

SENTENCES = (
    "The governor told reporters that the road to Sela was open again.",
    "It rained.",
    "According to residents, gunmen stormed a post near Tara.",
)


def test_attributions_are_read_where_nothing_happens_too(coder: PatternCoder, article_of: Make) -> None:
    assert isinstance(coder, SayingReader)
    found = coder.attributions(article_of(*SENTENCES))
    assert [(each.cue.text, each.source.text) for each in found] == [
        ("told", "The governor"),
        ("According to", "residents"),
    ]
    assert "the road to Sela was open again" in found[0].content.text
    assert "stormed a post" in found[1].content.text


def test_the_attributions_of_mentions_are_among_them(coder: PatternCoder, article_of: Make) -> None:
    article = article_of(*SENTENCES)
    found = set(coder.attributions(article))
    mentions = coder.code(article)
    assert any(mention.attributions for mention in mentions)
    assert all(set(mention.attributions) <= found for mention in mentions)


def test_an_article_without_words_has_none(coder: PatternCoder, article_of: Make) -> None:
    assert coder.attributions(article_of()) == ()
