"""Who speaks where the sentence names nobody."""

import pytest

from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.resolve.speakers import is_said_of, speaker_of_quotation, spoken_before, without_own_pronouns
from tests.resolve.articles import make_article


def span(article: Article, wording: str) -> Span:
    start = article.text.index(wording)
    return article.span(start, start + len(wording))


def said(article: Article, source: str, cue: str) -> Attribution:
    start = article.text.index(cue)
    content = article.sentences[article.sentence_at(start) or 0]
    return Attribution(span(article, cue), span(article, source), article.span(*content))


LONG = (
    "Mayor Tal Ruvin had warned of it. “The town is calm. Gunmen are trapped in two houses. Our men will enter "
    "them,” Ruvin told reporters. “They shelled the market twice. It burns.”\n\n"
    "“Nobody shot at us,” a nurse said."
)


@pytest.mark.parametrize("trigger", ["trapped", "enter", "shelled the market"])
def test_a_quotation_of_several_sentences_has_one_speaker(trigger: str) -> None:
    article = make_article(LONG)
    told = [
        said(article, "Mayor Tal Ruvin", "had warned"),
        said(article, "Ruvin told", "told reporters"),
        said(article, "a nurse", "a nurse said"),
    ]
    (found,) = speaker_of_quotation(article, span(article, trigger), told)
    assert found.cue.text == "told reporters"


def test_the_speaker_of_another_paragraph_does_not_count() -> None:
    article = make_article("“Rockets hit the port. Ships burn.”\n\n“We saw it,” a nurse said.")
    told = [said(article, "a nurse", "said")]
    assert speaker_of_quotation(article, span(article, "hit"), told) == ()


def test_a_pronoun_is_who_spoke_last_in_the_paragraph() -> None:
    text = "A source said the men had left. He added that they burned the depot."
    article = make_article(text)
    first, second = said(article, "A source", "said"), said(article, "He", "added")
    assert spoken_before(article, second, [first, second]) is first
    apart = make_article(text.replace(". He", ".\n\nHe"))
    first, second = said(apart, "A source", "said"), said(apart, "He", "added")
    assert spoken_before(apart, second, [first, second]) is None
    assert spoken_before(apart, first, [first, second]) is None


def test_speakers_that_tell_of_themselves_are_one_source() -> None:
    article = make_article("Farmers said they saw ten trucks.")
    outer, inner = said(article, "Farmers", "said"), said(article, "they", "saw")
    assert without_own_pronouns([outer, inner]) == (outer,)
    assert without_own_pronouns([inner]) == (inner,)
    assert without_own_pronouns([Attribution(outer.cue, span(article, "a"), outer.content)]) == ()


@pytest.mark.parametrize("words", ["Farmers … They", "A nurse … She", "The army … It"])
def test_a_pronoun_that_agrees_with_the_speaker_in_number_means_it(words: str) -> None:
    assert _leads_back(*words.split(" … "))


@pytest.mark.parametrize("words", ["Farmers … He", "A nurse … They", "A nurse … It"])
def test_a_pronoun_of_another_number_means_somebody_else(words: str) -> None:
    assert not _leads_back(*words.split(" … "))


def _leads_back(source: str, pronoun: str) -> bool:
    article = make_article(f"{source} said the men had left. {pronoun} added that the depot burned.")
    first, second = said(article, source, "said"), said(article, pronoun, "added")
    return spoken_before(article, second, [first, second]) is first


@pytest.mark.parametrize(
    ("text", "source", "cue", "spoken_of"),
    [
        ("The rebels are still thought to hold the port.", "The rebels", "thought", True),
        ("Police were told that gunmen had fled.", "Police", "told", True),
        ("The rebels said that they hold the port.", "The rebels", "said", False),
        ("The minister was quoted as saying that it fell.", "The minister", "quoted", False),
        ("It is thought by analysts that it fell.", "analysts", "thought", False),
    ],
)
def test_who_is_spoken_of_says_nothing(text: str, source: str, cue: str, *, spoken_of: bool) -> None:
    article = make_article(text)
    assert is_said_of(said(article, source, cue), text) is spoken_of
