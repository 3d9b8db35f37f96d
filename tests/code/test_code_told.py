"""Sentences of victims in which the model is sure of no event."""

import numpy as np
import pytest

from dateline.code.cues import load_cues
from dateline.code.decoding import Found
from dateline.code.told import TOLD, Told, TollFinder, told_triggers
from dateline.code.windows import Window
from dateline.ontology import load_ontology

TEXT = "Two nurses were injured."
BOUNDS = ((0, 3), (4, 10), (11, 15), (16, 23), (23, 24))


def window(sentences: tuple[int, ...] = (0, 0, 0, 0, 0)) -> Window:
    return Window((), (), BOUNDS, ((),) * 5, ((),) * 5, sentences)


def chances(*any_type: float) -> "np.ndarray":
    """Return the chances of no type, and of two types that share the rest, one part to three."""
    rows = [[1 - chance, chance / 4, 3 * chance / 4] for chance in any_type]
    return np.array(rows, dtype=np.float32)


@pytest.fixture(scope="module")
def finder() -> TollFinder:
    return TollFinder(load_ontology(), load_cues())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT, ["injured"]),
        ("The blast killed a guard and wounded two.", ["killed", "wounded"]),
        ("They met in Bor.", []),
    ],
)
def test_the_words_that_tell_of_victims(finder: TollFinder, text: str, words: list[str]) -> None:
    starts = finder.read(text, 0, len(text)).words
    assert [text[start:].split()[0].strip(".") for start in starts] == words


@pytest.mark.parametrize(
    ("text", "violent"),
    [
        ("Three nurses sustained gunshot wounds by unidentified gunmen.", ["sustained"]),
        ("A clerk wounded during an armed robbery.", ["wounded", "armed robbery"]),
        ("Three nurses sustained wounds in an explosion.", []),
        ("A nurse was hit by a stray bullet fired by gunmen.", ["hit"]),
        ("Twelve people lost their lives in an earthquake.", []),
    ],
)
def test_the_words_for_violence_beside_victims(finder: TollFinder, text: str, violent: list[str]) -> None:
    told = finder.read(text, 0, len(text)).violent
    assert [text[start:end] for start, end, _ in told] == violent


def test_a_low_chance_is_enough_where_victims_are_told() -> None:
    types = chances(0, 0, 0, TOLD + 0.1, 0)
    (found,) = told_triggers(window(), types, [], {"a": 1, "b": 2}, lambda sentence: Told((16,)))
    assert (found.first, found.end, found.type) == (3, 4, 2)
    assert found.score == pytest.approx(0.75 * (TOLD + 0.1))
    (only,) = told_triggers(window(), types, [], {"a": 1}, lambda sentence: Told((16,)))
    assert only.type == 1


@pytest.mark.parametrize(
    ("chance", "starts", "found"),
    [
        (TOLD - 0.05, (16,), []),
        (TOLD + 0.1, (), []),
        (TOLD + 0.1, (16,), [Found(3, 4, 1, 0.9)]),
    ],
)
def test_no_chance_no_victims_and_a_word_that_is_taken_give_none(
    chance: float, starts: tuple[int, ...], found: list[Found]
) -> None:
    assert (
        told_triggers(
            window(), chances(0, 0, 0, chance, 0), found, {"a": 1, "b": 2}, lambda sentence: Told(starts)
        )
        == []
    )


def test_an_event_without_victims_does_not_stand_for_them() -> None:
    sure = [Found(1, 2, 1, 0.9)]
    (found,) = told_triggers(window(), chances(0, 0.9, 0, 0.5, 0), sure, {"b": 2}, lambda sentence: Told((16,)))
    assert found.first == 3


def test_the_likeliest_word_counts_where_the_one_of_the_toll_is_unlikely() -> None:
    (found,) = told_triggers(
        window(), chances(0, 0.5, 0, 0.05, 0), [], {"a": 1, "b": 2}, lambda sentence: Told((16,))
    )
    assert found.first == 1


@pytest.mark.parametrize(
    ("text", "violent"),
    [
        ("A cook was injured during an armed robbery.", [("injured", "killing"), ("armed robbery", "assault")]),
        ("A cook was killed by warplanes.", [("killed", "killing")]),
        ("A cook was killed on the road.", []),
        ("Ten people were killed when an earthquake razed villages.", []),
        ("An armed robbery was reported.", []),
    ],
)
def test_violent_words_beside_the_victims(
    finder: TollFinder, text: str, violent: list[tuple[str, str]]
) -> None:
    told = finder.read(text, 0, len(text))
    assert [(text[start:end], kind) for start, end, kind in told.violent] == violent


def test_no_chance_is_needed_beside_a_violent_word() -> None:
    types = chances(0, 0, 0, 0.02, 0)
    says = Told((16,), ((4, 10, "a"), (16, 23, "b")))
    (found,) = told_triggers(window(), types, [], {"a": 1, "b": 2}, lambda sentence: says)
    assert (found.first, found.end, found.type) == (1, 2, 1)


def test_a_word_that_the_lexicon_knows_has_one_of_its_types() -> None:
    known = Window((), (), BOUNDS, ((), (), (), (0,), ()), ((),) * 5, (0,) * 5)
    types = chances(0, 0, 0, 0.5, 0)
    (found,) = told_triggers(known, types, [], {"a": 1, "b": 2}, lambda sentence: Told((16,)))
    assert found.type == 1


def test_a_sentence_of_victims_is_read_beside_sentences_with_sure_events() -> None:
    types = chances(0, 0.9, 0, 0.5, 0)
    sure = [Found(1, 2, 1, 0.9)]
    apart, one = (0, 0, 1, 1, 1), (0, 0, 0, 0, 0)
    (found,) = told_triggers(window(apart), types, sure, {"a": 1, "b": 2}, lambda _: Told((16,)))
    assert (found.first, found.end) == (3, 4)
    assert told_triggers(window(one), types, sure, {"a": 1, "b": 2}, lambda _: Told((16,))) == []
