"""Whom the spans of a role mean: the group's name right before them, the speaker behind a pronoun."""

import pytest

from dateline.clean import article_of
from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.resolve.actors import read_actor, read_context
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.meant import (
    as_meant,
    is_acted_on,
    is_bare_number,
    is_common_word,
    is_of_actor,
    speaker_meant,
    state_meant,
    with_groups,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def marked(article: Article, wording: str, after: str = "") -> Span:
    start = article.text.index(wording, article.text.index(after))
    return article.span(start, start + len(wording))


@pytest.mark.parametrize(
    ("text", "wordings", "wide"),
    [
        ("The Boko Haram fighters burned a market.", ["fighters"], ["Boko Haram fighters"]),
        ("The Boko Haram fighters burned a market.", ["Boko Haram", "fighters"], ["Boko Haram fighters"]),
        ("Boko Haram's fighters burned a market.", ["Boko Haram", "fighters"], ["Boko Haram's fighters"]),
        (
            "Sudan's Rapid Support Forces burned it.",
            ["Sudan's", "Rapid Support Forces"],
            ["Rapid Support Forces"],
        ),
        ("They met Boko Haram. Fighters burned a market.", ["Fighters"], ["Fighters"]),
        ("Soldiers hit Boko Haram positions.", ["positions"], ["positions"]),
        ("Gunmen burned a market.", ["Gunmen"], ["Gunmen"]),
    ],
)
def test_the_group_before_its_people_belongs_to_them(
    catalogue: Catalogue, text: str, wordings: list[str], wide: list[str]
) -> None:
    article = article_of(text)
    spans = [marked(article, wording) for wording in wordings]
    assert [span.text for span in with_groups(spans, article, read_context(article, catalogue))] == wide


def saying(article: Article, source: str, cue: str) -> Attribution:
    return Attribution(marked(article, cue), marked(article, source), article.span(0, len(article.text)))


@pytest.mark.parametrize(
    ("text", "pronoun", "means"),
    [
        ("Police said they arrested two men.", "they", "Police"),
        ("Police said on Monday that they arrested two men.", "they", "Police"),
        ("Police said “we arrested two men”.", "we", "Police"),
        ("Police said two men fled after they were seen.", "they", None),
        ("Police said them gone.", "them", None),
    ],
)
def test_the_subject_of_what_is_said_is_the_speaker(text: str, pronoun: str, means: str | None) -> None:
    article = article_of(text)
    found = speaker_meant(marked(article, pronoun), [saying(article, "Police", "said")], text)
    assert (found and found.text) == means


def test_a_pronoun_does_not_stand_for_another(catalogue: Catalogue) -> None:
    article = article_of("He said he had seen two bodies.")
    assert speaker_meant(marked(article, "he"), [saying(article, "He", "said")], article.text) is None


def test_a_pronoun_stays_where_it_is(catalogue: Catalogue) -> None:
    article = article_of("The Iraqi army said they had killed two men.")
    source, pronoun = marked(article, "The Iraqi army"), marked(article, "they")
    who = as_meant(pronoun, read_actor(source, article, read_context(article, catalogue), catalogue))
    assert (who.text, who.start, who.by) == ("they", pronoun.start, "described")
    assert who.country == "IQ"


@pytest.mark.parametrize(
    ("text", "name", "is_of"),
    [
        ("They fought US forces.", "US", True),
        ("They blamed Yemen's Houthis.", "Yemen", True),
        ("Turkey's army shelled a town.", "Turkey", True),
        ("Turkey's south was shelled.", "Turkey", False),
        ("The war in Yemen goes on.", "Yemen", False),
        ("Mosul police fired.", "Mosul", False),
        ("When girls were taken, Abuja promised an end.", "Abuja", True),
        ("An officer in Abuja said no.", "Abuja", False),
        ("They hid a general who is wanted by Abuja.", "Abuja", True),
        ("A road that passes by Abuja was shelled.", "Abuja", False),
        ("Two Jubaland fighters fell.", "Jubaland", True),
        ("A Jubaland village was shelled.", "Jubaland", False),
        ("A bomb in Abuja killed two.", "Abuja", False),
    ],
)
def test_a_country_may_only_say_whose_an_actor_is(
    catalogue: Catalogue, text: str, name: str, *, is_of: bool
) -> None:
    article = article_of(text)
    assert is_of_actor(marked(article, name), article, read_context(article, catalogue)) is is_of


def test_a_country_that_is_struck_is_no_actor() -> None:
    article = article_of("Strikes on Yemen and by Israel killed five.")
    assert is_acted_on(marked(article, "Yemen"), article)
    assert not is_acted_on(marked(article, "Israel"), article)


def test_a_word_with_a_capital_is_no_name() -> None:
    assert is_common_word(Span(0, 2, "No"))
    assert not is_common_word(Span(0, 4, "Nour"))


@pytest.mark.parametrize(
    ("text", "wording", "code"),
    [
        ("An Israeli strike killed two.", "Israeli", "IL"),
        ("Saudi strikes killed two.", "Saudi", "SA"),
        ("An Iraqi man killed two.", "Iraqi", None),
        ("Israelis killed two.", "Israelis", None),
        ("Israel killed two.", "Israel", None),
    ],
)
def test_the_adjective_of_a_country_before_a_strike_is_its_state(
    text: str, wording: str, code: str | None
) -> None:
    article = article_of(text)
    assert state_meant(marked(article, wording), article) == code


@pytest.mark.parametrize("wording", ["4,500", "at least ten", "dozens", "8 others"])
def test_a_bare_number_names_nobody(wording: str) -> None:
    assert is_bare_number(Span(0, len(wording), wording))


@pytest.mark.parametrize("wording", ["ten men", "Seven Stars", "the few who stayed"])
def test_a_number_with_a_noun_names_somebody(wording: str) -> None:
    assert not is_bare_number(Span(0, len(wording), wording))
