"""The coder as a whole: passages from many regions, and what holds for any text.

`golden.json` holds passages of our own wording with what the coder answers, read through when it was written. A
change of it is a change of what the coder answers and asks for a new `version` once one has been released.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.clean.sentences import split
from dateline.code.base import Coder
from dateline.code.parsing import LONGEST_SENTENCE
from dateline.code.patterns import PatternCoder
from dateline.model.article import Article, Dateline
from dateline.model.mention import Mention
from dateline.model.span import Span
from dateline.ontology import load_ontology
from dateline.plugins import load

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
_TEXT = (
    'attacked killed 12 people were was by the in Kabul and of , “ ” " ( ) said who which that to shelled '
    "rebels army 's plans not at least wounded IS -led U.S.-led Friday after . during clashes between raid "
    "no one according fled their homes near Mosul forced thousands flee with talks protest ROCKETS HIT TOWN"
)
_WORDS = _TEXT.split()


def view(mention: Mention) -> dict[str, Any]:
    """Return what a reviewer reads of a mention."""
    shown: dict[str, Any] = {
        "sentence": mention.sentence,
        "type": mention.type,
        "trigger": mention.trigger.text,
        "status": mention.status.word,
    }
    for argument in mention.arguments:
        shown.setdefault(argument.role, []).append(argument.span.text)
    sources = [item.source.text for item in mention.attributions]
    return shown | ({"sources": sources} if sources else {})


@pytest.mark.parametrize("passage", GOLDEN, ids=[passage["name"] for passage in GOLDEN])
def test_golden(coder: PatternCoder, article_of: Callable[..., Article], passage: dict[str, Any]) -> None:
    mentions = coder.code(article_of(*passage["sentences"]))
    assert [view(mention) for mention in mentions] == passage["mentions"]


def test_is_a_plugin(coder: PatternCoder) -> None:
    loaded: Coder = load("dateline.coders", "patterns")()
    assert (loaded.name, loaded.version) == (coder.name, coder.version)


def check(article: Article, mentions: tuple[Mention, ...]) -> None:
    """Hold what must be true of the mentions of any article."""
    types = load_ontology().types
    assert len({mention.id for mention in mentions}) == len(mentions)
    assert list(mentions) == sorted(mentions, key=lambda m: (m.trigger.start, m.trigger.end, m.type))
    for mention in mentions:
        assert mention.article == article.id
        assert mention.type in types
        start, end = article.sentences[mention.sentence]
        assert start <= mention.trigger.start < mention.trigger.end <= end
        spans = [mention.trigger, *(argument.span for argument in mention.arguments)]
        for item in mention.attributions:
            spans += [item.cue, item.source, item.content]
        for span in spans:
            assert article.text[span.start : span.end] == span.text
        assert len(set(mention.arguments)) == len(mention.arguments)
        assert all(0 <= argument.score <= 1 and argument.span.text for argument in mention.arguments)


_PROPERTY = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_PROPERTY
@given(words=st.lists(st.sampled_from(_WORDS), max_size=60))
def test_any_order_of_words_is_read(
    coder: PatternCoder, article_of: Callable[..., Article], words: list[str]
) -> None:
    article = article_of(" ".join(words) or "x")
    mentions = coder.code(article)
    check(article, mentions)
    assert coder.code(article) == mentions


@_PROPERTY
@given(text=st.text(max_size=300))
def test_any_text_is_read(coder: PatternCoder, article_of: Callable[..., Article], text: str) -> None:
    article = article_of(text or "x")
    check(article, coder.code(article))


@_PROPERTY
@given(numbers=st.permutations(range(6)))
def test_the_order_of_articles_does_not_matter(
    coder: PatternCoder, article_of: Callable[..., Article], numbers: list[int]
) -> None:
    articles = [article_of(*passage["sentences"]) for passage in GOLDEN[:6]]
    alone = {number: coder.code(articles[number]) for number in numbers}
    assert alone == {number: PatternCoder().code(articles[number]) for number in numbers[:1]} | {
        number: coder.code(articles[number]) for number in numbers
    }


def test_an_overlong_sentence_is_read_in_pieces(
    coder: PatternCoder, article_of: Callable[..., Article]
) -> None:
    clause = "gunmen attacked a bank in Jos and killed 12 people, police said, while "
    article = article_of(clause * (3 * LONGEST_SENTENCE // len(clause)))
    mentions = coder.code(article)
    check(article, mentions)
    assert len(mentions) >= 3 * LONGEST_SENTENCE // len(clause)
    assert {mention.sentence for mention in mentions} == {0}


@pytest.mark.parametrize(
    "unit", ["attack ", "killed 12 people and ", "he said, ", '" the ', "( a ", "a, ", "a-", "1,"]
)
def test_hostile_text_takes_time_in_proportion(
    coder: PatternCoder, article_of: Callable[..., Article], unit: str
) -> None:
    article = article_of(unit * (30_000 // len(unit)))
    check(article, coder.code(article))


def test_the_dateline_is_not_part_of_the_first_sentence(
    coder: PatternCoder, article_of: Callable[..., Article]
) -> None:
    text = "Jos (Daily Wave) Herders attacked a village on Friday."
    dateline = Dateline(place=Span(0, 3, "Jos"), outlet=Span(5, 15, "Daily Wave"))
    (mention,) = coder.code(article_of(text, dateline=dateline))
    assert [span.text for span in mention.spans("actor")] == ["Herders"]


def test_sport_is_not_war(coder: PatternCoder, article_of: Callable[..., Article]) -> None:
    article = article_of(
        "The striker attacked from the left and shot twice before the penalty.", "The match ended 2-1."
    )
    assert coder.code(article) == ()


def test_sentences_of_the_cleaner_fit(coder: PatternCoder, article_of: Callable[..., Article]) -> None:
    text = "Rebels shelled Sake on Monday. Gen. A. Noor said nine people were killed."
    assert [text[start:end] for start, end in split(text)] == [
        "Rebels shelled Sake on Monday.",
        "Gen. A. Noor said nine people were killed.",
    ]
