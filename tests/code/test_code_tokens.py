"""Words are parted and classed so that phrases and verbs can be told."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.code.phrases import Parsed
from dateline.code.tags import is_shouting
from dateline.code.tokens import Tag, split_words

Parser = Callable[[str], Parsed]


def tag_of(parsed: Parsed, word: str) -> Tag:
    return next(token.tag for token in parsed.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.-led raid", ["the", "U.S.", "-led", "raid"]),
        ("rebel-held towns", ["rebel", "-held", "towns"]),
        ("M23 fired 122mm shells", ["M23", "fired", "122mm", "shells"]),
        ("al-Nur's 12-year-old son", ["al-Nur", "'s", "12-year-old", "son"]),
        ("25,000 people didn't flee", ["25,000", "people", "didn't", "flee"]),
        ("POLICE'S RAID", ["POLICE", "'S", "RAID"]),
        ("(SNA) fighters, “here”", ["(", "SNA", ")", "fighters", ",", "“", "here", "”"]),
    ],
)
def test_words_are_parted(text: str, words: list[str]) -> None:
    assert [piece.text for piece in split_words(text, 0, len(text))] == words


@given(st.text(max_size=200))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for piece in split_words(text, 0, len(text)):
        assert end <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end] == piece.text
        assert not text[end : piece.start].strip()
        end = piece.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("A Kenyan daily paper spoke.", "daily", Tag.NOUN),
        ("An elderly man fell.", "elderly", Tag.NOUN),
        ("Gunmen reportedly fled.", "reportedly", Tag.ADVERB),
        ("The war has so far displaced families.", "displaced", Tag.VERB),
        ("The displaced families waited.", "displaced", Tag.NOUN),
        ("The newly formed unit waited.", "formed", Tag.NOUN),
        ("Rebels attack villages in Darfur.", "attack", Tag.VERB),
        ("The rebel attack in Darfur failed.", "attack", Tag.NOUN),
        ("IS attacks on Sirte went on.", "attacks", Tag.NOUN),
        ("IS attacks Sirte again.", "attacks", Tag.VERB),
        ("They wanted to attack and burn it.", "burn", Tag.VERB),
        ("A doctor working at the camp spoke.", "working", Tag.VERB),
        ("Israeli bombing in Rafah went on.", "bombing", Tag.NOUN),
        ("Planes left after bombing the port.", "bombing", Tag.VERB),
        ("It ended, killing at least 12 people.", "killing", Tag.VERB),
        ("They came last week again.", "week", Tag.TIME),
        ("They came on 3 March again.", "3", Tag.TIME),
        ("The war of 2003 began.", "2003", Tag.TIME),
        ("They lost 2003 men there.", "2003", Tag.NUMBER),
        ("The army may march on Goma.", "may", Tag.MODAL),
        ("They left in May again.", "May", Tag.TIME),
        ("IS militants came.", "IS", Tag.NAME),
        ("Thanks to the army they left.", "to", Tag.PREPOSITION),
        ("He killed 5 others.", "others", Tag.NOUN),
        ("The man was shot and wounded in Aden.", "wounded", Tag.VERB),
        ("Twenty-eight men were shot.", "Twenty-eight", Tag.NUMBER),
    ],
)
def test_classes(parsed_of: Parser, text: str, word: str, tag: Tag) -> None:
    assert tag_of(parsed_of(text), word) is tag


def test_capitals_tell_nothing_where_all_is_in_capitals(parsed_of: Parser) -> None:
    text = "GUERRILLAS KIDNAPPED TWO ENGINEERS NEAR THE TOWN OF SAN PEDRO."
    assert is_shouting(text)
    assert not is_shouting("Guerrillas of the FARC kidnapped two engineers near the town.")
    assert not is_shouting("NATO SAID")
    assert tag_of(parsed_of(text), "KIDNAPPED") is Tag.VERB
    assert tag_of(parsed_of(text), "ENGINEERS") is Tag.NOUN
