"""Noun phrases, lists, and subjects and objects of verbs."""

from collections.abc import Callable

import pytest

from dateline.code.grammar import agents_after, object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, conjuncts, with_of

Parser = Callable[[str], Parsed]


def words(parsed: Parsed, phrase: Phrase | None) -> str | None:
    if phrase is None:
        return None
    return " ".join(token.text for token in parsed.tokens[phrase.first : phrase.last])


def at(parsed: Parsed, word: str) -> int:
    return next(index for index, token in enumerate(parsed.tokens) if token.text == word)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("They killed at least 12 people there.", "at least 12 people"),
        ("They killed more than forty men.", "more than forty men"),
        ("They sent 10 to a dozen fighters.", "10 to a dozen fighters"),
        ("They met Kurdish and Iraqi forces.", "Kurdish and Iraqi forces"),
        ("They praised the “Iron Shield” operation.", "the “ Iron Shield ” operation"),
        ("They saw Islamic State (IS) fighters.", "Islamic State ( IS ) fighters"),
        ("They left Goma last week.", "Goma"),
        ("They left Goma late on Friday.", "Goma"),
    ],
)
def test_a_phrase_holds_what_belongs_to_it(parsed_of: Parser, text: str, phrase: str) -> None:
    parsed = parsed_of(text)
    assert words(parsed, parsed.phrase_at(2)) == phrase


def test_a_bound_does_not_begin_with_its_last_word(parsed_of: Parser) -> None:
    parsed = parsed_of("The toll rose to 17 on Monday.")
    assert words(parsed, parsed.phrase_at(at(parsed, "17"))) == "17"


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Rebels from the east attacked it.", "attacked", "Rebels"),
        ("The Democratic Front (DF) has seized it.", "seized", "The Democratic Front"),
        ("Colonel Omar Sadi, head of the unit, attacked it.", "attacked", "Colonel Omar Sadi"),
        ("People fled after militiamen killed two.", "killed", "militiamen"),
        ("The group set up a base for shelling the town.", "shelling", "The group"),
        ("Villagers hanged a thief in the square, after catching him.", "catching", "Villagers"),
        ("The militia gave the elders 48 hours to leave the town.", "leave", "the elders"),
        ("The army forced thousands to flee.", "flee", "thousands"),
        ("The group plans to storm it.", "storm", "The group"),
        ("They won the loyalty of villagers who returned.", "returned", "villagers"),
        ("They burned huts and killed two.", "killed", "They"),
        ("He said senior leaders entered the town after having fled it.", "fled", "senior leaders"),
    ],
)
def test_subjects(parsed_of: Parser, text: str, verb: str, subject: str) -> None:
    parsed = parsed_of(text)
    assert words(parsed, subject_of(parsed, at(parsed, verb))) == subject


def test_a_clause_word_without_subject_gives_none(parsed_of: Parser) -> None:
    parsed = parsed_of("Where attacked?")
    assert subject_of(parsed, 1) is None


def test_objects_stop_at_another_clause(parsed_of: Parser) -> None:
    parsed = parsed_of("They held three men so they could talk.")
    assert [words(parsed, item) for item in object_of(parsed, 2, frozenset())] == ["three men"]
    alone = parsed_of("They are in custody so once they talk it ends.")
    assert object_of(alone, 4, frozenset()) == ()


def test_agents_follow_by(parsed_of: Parser) -> None:
    parsed = parsed_of("It was taken by the army and allied militias on Friday.")
    assert [words(parsed, item) for item in agents_after(parsed, 3)] == ["the army", "allied militias"]
    means = parsed_of("It was taken by using tanks.")
    assert agents_after(means, 3) == ()


def test_lists_and_appositions(parsed_of: Parser) -> None:
    listed = parsed_of("Leaders of the Free Front (FF) and Federal Police met.")
    last = listed.phrase_at(at(listed, "Police"))
    assert last is not None
    assert [words(listed, item) for item in conjuncts(listed, last, forward=False)] == [
        "Leaders of the Free Front",
        "Federal Police",
    ]
    apposed = parsed_of("They met Omar Sadi, the mayor of Tolo.")
    first = apposed.phrase_at(2)
    assert first is not None
    assert [words(apposed, item) for item in conjuncts(apposed, first, forward=True)] == ["Omar Sadi"]
    assert (
        words(apposed, with_of(apposed, apposed.phrase_at(at(apposed, "mayor")) or first))
        == "the mayor of Tolo"
    )
