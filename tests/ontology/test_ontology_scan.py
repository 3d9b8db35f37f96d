"""The search for triggers: conditions, the longest wording, and no more work than words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ontology import Trigger, admits, load_ontology, words_of
from dateline.ontology.kinds import CONTEXT_WORDS

ONTOLOGY = load_ontology()
VOCABULARY = sorted(
    {word for trigger in ONTOLOGY.triggers for word in trigger.words} | {"the", "was", "by", "in"}
)


def trigger(**fields: object) -> Trigger:
    """Return a verb trigger for "seized" with `fields` changed."""
    base = {
        "words": ("seized",),
        "type": "territory_gain",
        "pos": "verb",
        "tag": "VBD",
        "tags": ("VBD", "VBN"),
        "lemma": "seize",
        "weight": 0.5,
    }
    return Trigger(**{**base, **fields})  # type: ignore[arg-type]


def check(found: Trigger, text: str) -> bool:
    """Say whether `found` is admitted at its first word in `text`."""
    words = [word for word, _, _ in words_of(text)]
    return admits(found, words, words.index(found.words[0]))


def test_words_keep_apostrophes_and_part_at_hyphens() -> None:
    text = "Al-Shabaab’s air-strike: don't, 3,000 U.S. men"
    assert [word for word, _, _ in words_of(text)] == [
        "al", "shabaab's", "air", "strike", "don't", "3", "000", "u", "s", "men",
    ]  # fmt: skip
    for word, start, end in words_of(text):
        assert text[start:end].lower().replace("’", "'") == word


@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("Rebels seized the town", True),
        ("Towns men seized arms", False),
        ("The town was seized", True),
        ("The town was quickly seized by rebels", True),
        ("The town seized by rebels", True),
        ("Arms were seized near the town", False),
        ("Rebels seized one two three four five six seven eight town", False),
        ("Rebels seized the towns", True),
        ("Rebels seized the town's mill", True),
    ],
)
def test_object_stands_where_the_voice_puts_it(text: str, *, admitted: bool) -> None:
    assert check(trigger(object=("town", "towns")), text) is admitted


@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("Rebels seized Kibumba", True),
        ("Rebels seized Kibumba after the drugs were gone", True),
        ("Rebels seized Kibumba and Rugari", True),
        ("Rebels seized drugs", False),
        ("Rebels seized the drugs", False),
        ("Kibumba was seized by rebels", True),
        ("Kibumba was later seized", True),
        ("In the village drugs were seized", False),
        ("The drugs are gone since Kibumba was seized", True),
    ],
)
def test_a_verb_with_not_object_needs_another_object(text: str, *, admitted: bool) -> None:
    assert check(trigger(not_object=("the", "drug*")), text) is admitted


def test_a_verb_that_is_only_active_needs_its_object_behind() -> None:
    found = trigger(tags=("VBD",), not_object=("drug*",))
    assert check(found, "Rebels seized Kibumba")
    assert not check(found, "Rebels seized")
    assert not check(found, "Kibumba was seized by rebels")


def test_a_noun_with_not_object_stands_apart_from_those_words() -> None:
    found = trigger(words=("bomb",), pos="noun", tag="NN", tags=("NN",), not_object=("found", "defus*"))
    assert check(found, "a bomb at the gate killed two")
    assert check(found, "a bomb")
    assert not check(found, "police found a bomb")
    assert not check(found, "a bomb was defused")
    assert check(found, "they found the man nine streets away from where a lone bomb was")


def test_object_and_not_object_both_hold() -> None:
    found = trigger(object=("he", "they"), not_object=("his",))
    assert check(found, "they were seized")
    assert not check(found, "they were, said his son, his mates were seized")
    assert not check(found, "Rugari was seized")


def test_object_of_a_noun_stands_on_either_side() -> None:
    found = trigger(words=("seizure",), pos="noun", tag="NN", tags=("NN",), object=("town*",))
    assert check(found, "the seizure of the town")
    assert check(found, "the town and its seizure")
    assert not check(found, "the seizure of arms")


def test_requires_and_blocks_look_at_the_context() -> None:
    found = trigger(requires=("rebel*",), blocks=("customs",))
    assert check(found, "rebels seized it")
    assert not check(found, "they seized it")
    assert not check(found, "rebels seized it, customs said")
    assert check(found, "rebels seized it" + " and" * CONTEXT_WORDS + " customs")


def test_longest_wording_wins_over_its_parts_and_over_idioms() -> None:
    words = "a suicide car bomb attack and a heart attack".split()  # noqa: SIM905 - reads as a sentence
    spans = [(match.start, match.end) for match in ONTOLOGY.scan(words)]
    assert spans == [(1, 5)]


@given(st.lists(st.sampled_from(VOCABULARY), max_size=40))
def test_matches_are_ordered_apart_and_hold_their_triggers(words: list[str]) -> None:
    end = 0
    for match in ONTOLOGY.scan(words):
        assert end <= match.start < match.end <= len(words)
        end = match.end
        assert match.triggers
        for found in match.triggers:
            assert tuple(words[match.start : match.end]) == found.words
            assert admits(found, words, match.start)


@given(st.text(max_size=200))
def test_words_are_spans_of_the_text(text: str) -> None:
    end = 0
    for word, start, stop in words_of(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop].lower().replace("’", "'") == word
        end = stop


def test_a_long_row_of_words_gives_what_its_parts_give() -> None:
    words = ["seized", "the", "attack", "was"]
    assert len(list(ONTOLOGY.scan(words * 5_000))) == 5_000 * len(list(ONTOLOGY.scan(words)))
