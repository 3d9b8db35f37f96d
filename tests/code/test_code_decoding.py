"""Decoding: scores of words become triggers, cues, runs and contents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.code.decoding import (
    CONTENT_GAP,
    EDGE,
    Found,
    Knob,
    Run,
    Thresholds,
    calibrated,
    content_around,
    find_cues,
    find_runs,
    find_triggers,
)


def types_of(*rows: tuple[float, ...]) -> np.ndarray:
    return np.asarray(rows, dtype=np.float32)


def test_a_word_whose_chance_of_any_type_reaches_the_threshold_is_a_trigger() -> None:
    types = types_of((0.9, 0.1, 0.0), (0.4, 0.35, 0.25), (0.2, 0.1, 0.7))
    flags = np.zeros((3, 3))
    found = find_triggers(types, flags, Thresholds(trigger=0.5))
    assert [(one.first, one.end, one.type) for one in found] == [(1, 2, 1), (2, 3, 2)]
    assert found[1].score == pytest.approx(0.7)


def test_a_trigger_whose_likeliest_type_has_little_chance_is_left_out() -> None:
    types = types_of((0.4, 0.35, 0.25), (0.2, 0.1, 0.7))
    found = find_triggers(types, np.zeros((2, 3)), Thresholds(trigger=0.5, kind=0.4))
    assert [(one.first, one.type) for one in found] == [(1, 2)]


def test_of_two_neighbours_of_one_type_the_likelier_is_the_trigger() -> None:
    types = types_of((0.4, 0.6, 0.0), (0.1, 0.9, 0.0), (0.2, 0.1, 0.7), (0.9, 0.1, 0.0), (0.3, 0.1, 0.6))
    found = find_triggers(types, np.zeros((5, 3)), Thresholds(trigger=0.5))
    assert [(one.first, one.end, one.type) for one in found] == [(1, 2, 1), (2, 3, 2), (4, 5, 2)]


def test_a_word_that_goes_on_joins_the_trigger_before_it() -> None:
    types = types_of((0.1, 0.9), (0.1, 0.9), (0.9, 0.1), (0.1, 0.9))
    flags = np.asarray([(0.9, 0, 0), (0.9, 0, 0), (0.9, 0, 0), (0.9, 0, 0)])
    assert [(one.first, one.end) for one in find_triggers(types, flags, Thresholds(trigger=0.5))] == [
        (0, 2),
        (3, 4),
    ]


def test_cues_are_joined_in_the_same_way() -> None:
    flags = np.asarray([(0, 0.9, 0.0), (0, 0.8, 0.9), (0, 0.7, 0.1), (0, 0.1, 0.9)])
    assert find_cues(flags, 0.5) == [Found(0, 2, 0, 0.9), Found(2, 3, 0, 0.7)]


def test_a_beginning_parts_two_neighbours() -> None:
    inside = np.asarray([0.9, 0.9, 0.8, 0.1, 0.7])
    begins = np.asarray([0.9, 0.1, 0.9, 0.0, 0.9])
    assert [(run.first, run.end) for run in find_runs(inside, begins, 0.5)] == [(0, 2), (2, 3), (4, 5)]


def test_the_content_is_the_longest_stretch_with_short_gaps_closed() -> None:
    inside = np.zeros(40)
    inside[[0, 1]] = 0.9
    inside[[12, 13, 14]] = 0.9
    inside[14 + CONTENT_GAP] = 0.9
    run = content_around(inside, 0.5)
    assert run is not None
    assert (run.first, run.end) == (12, 15 + CONTENT_GAP)
    assert content_around(np.zeros(4), 0.5) is None


def test_calibration_runs_straight_between_its_knobs() -> None:
    knobs = (Knob(0.2, 0.1), Knob(0.6, 0.5), Knob(0.9, 0.95))
    assert [calibrated(raw, knobs) for raw in (0.1, 0.4, 0.75, 0.99)] == [0.1, 0.3, 0.725, 0.95]
    assert calibrated(0.1234, ()) == 0.123


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_never_turns_an_order_round(one: float, other: float) -> None:
    knobs = (Knob(0.2, 0.1), Knob(0.2, 0.3), Knob(0.9, 0.95))
    low, high = sorted((one, other))
    assert calibrated(low, knobs) <= calibrated(high, knobs)


def test_a_slot_without_a_threshold_of_its_own_takes_the_common_one() -> None:
    limits = Thresholds(filler=0.4, content=0.6, slots={"actor": 0.7})
    assert (limits.of("actor"), limits.of("place"), limits.of("content")) == (0.7, 0.4, 0.6)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30), st.floats(0.05, 0.95))
def test_runs_hold_every_word_above_the_threshold_and_no_far_weaker_one(
    words: list[tuple[float, float]], limit: float
) -> None:
    inside = np.asarray([word[0] for word in words])
    runs = find_runs(inside, np.asarray([word[1] for word in words]), limit)
    covered = [word for run in runs for word in range(run.first, run.end)]
    assert covered == sorted(set(covered))
    assert {number for number, word in enumerate(words) if word[0] >= limit} <= set(covered)
    weak = [word for word in covered if inside[word] < limit * EDGE]
    assert all({word - 1, word + 1} <= set(covered) - set(weak) for word in weak)
    assert all(isinstance(run, Run) and inside[run.first : run.end].max() >= limit for run in runs)


def test_one_weak_word_inside_a_phrase_does_not_break_it() -> None:
    inside = np.asarray([0.9, 0.0, 0.9, 0.0, 0.9])
    begins = np.asarray([0.9, 0.0, 0.1, 0.0, 0.9])
    assert [(run.first, run.end) for run in find_runs(inside, begins, 0.5)] == [(0, 3), (4, 5)]


def test_a_weak_word_at_the_edge_stays_with_its_run() -> None:
    inside = np.asarray([0.3, 0.9, 0.9, 0.1])
    assert [(run.first, run.end) for run in find_runs(inside, np.zeros(4), 0.5)] == [(0, 3)]
