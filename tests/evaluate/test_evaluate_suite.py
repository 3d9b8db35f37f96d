"""Scores: what their figures are, on numbers that can be checked by hand."""

import pytest

from dateline.evaluate.suite import Score, SuiteResult, Tally, classes, mean, together


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    score = Score(label="x", correct=3, predicted=4, gold=6)
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.f1 == score.value == pytest.approx(0.6)


def test_nothing_predicted_and_nothing_gold_are_zero() -> None:
    assert Score(label="x", correct=0, predicted=0, gold=5).value == 0
    assert Score(label="x", correct=0, predicted=0, gold=0).value == 0


def test_shares_means_and_rates_have_their_own_figures() -> None:
    assert Score(label="x", correct=3, gold=4, kind="share").value == 0.75
    assert mean("x", [0.5, 1.0, 0.0]).value == 0.5
    rate = Score(label="x", correct=3, gold=60, kind="rate")
    assert rate.value == pytest.approx(5.0)
    assert rate.better_low
    assert not mean("x", []).better_low


def test_a_tally_adds_up_in_the_order_of_the_first_label() -> None:
    tally = Tally()
    tally.add("b", correct=1, predicted=2, gold=1)
    tally.add("a")
    tally.add("b", correct=1, predicted=1, gold=3)
    tally.add("b", predicted=9, table="other")
    assert tally.scores() == (
        Score(label="b", correct=2, predicted=3, gold=4),
        Score(label="a", correct=0, predicted=0, gold=0),
    )
    assert [score.predicted for score in tally.scores("other")] == [9]
    assert together("all", tally.scores()).predicted == 3


def test_classes_count_each_side_and_leave_out_no_class() -> None:
    scores = classes({("x", "x"): 2, ("x", "y"): 1, ("y", ""): 3, ("", "y"): 4})
    assert [(s.label, s.correct, s.predicted, s.gold) for s in scores] == [("x", 2, 2, 3), ("y", 0, 5, 3)]


def test_a_result_finds_its_scores() -> None:
    scores = (Score(label="x", correct=1, gold=1, table="detail"), Score(label="x", correct=0, gold=1))
    result = SuiteResult(suite="s", coder="c", scores=scores, headline="x")
    assert result.score("x").correct == 0
    assert result.score("x", "detail").correct == 1
    with pytest.raises(KeyError):
        result.score("y")
