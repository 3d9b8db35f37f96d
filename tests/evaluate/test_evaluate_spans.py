"""When two spans are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.spans import bare, overlap, pair, shared

TEXT = 'The army said "their two soldiers" died near the old gate.'


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("given_words", "left"),
    [
        ("The army", "army"),
        ('"their two soldiers"', "two soldiers"),
        ("the old gate.", "old gate"),
        ("army", "army"),
        ("The", "The"),
        ('"', '"'),
    ],
)
def test_determiners_and_marks_at_the_ends_do_not_count(given_words: str, left: str) -> None:
    start, end = bare(TEXT, at(given_words))
    assert TEXT[start:end] == left


def test_shared_is_a_share_of_the_longer_ones_words() -> None:
    assert shared(TEXT, at("two soldiers"), at("their two soldiers")) == pytest.approx(2 / 3)
    assert shared(TEXT, at("old gate"), at("The army")) == 0
    assert shared(TEXT, at("army"), at("army")) == 1


def test_the_best_fits_are_paired_first_and_each_once() -> None:
    fits = {("a", "x"): 0.5, ("a", "y"): 0.9, ("b", "y"): 1.0}
    assert pair(["a", "b"], ["x", "y"], lambda g, p: fits.get((g, p), 0.0)) == ((0, 0), (1, 1))
    assert pair(["a"], ["x"], lambda g, p: 0.0) == ()


BOUNDS = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda each: (each[0], each[0] + each[1]))


@given(st.lists(BOUNDS, max_size=8), st.lists(BOUNDS, max_size=8))
def test_pairs_are_one_to_one_and_of_spans_that_fit(
    gold: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    pairs = pair(gold, found, lambda a, b: float(overlap(a, b)))
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert all(overlap(gold[here], found[there]) for here, there in pairs)
    if gold == found:
        assert len(pairs) == len(gold)
