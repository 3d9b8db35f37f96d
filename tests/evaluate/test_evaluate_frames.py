"""Scoring of event frames on a worked example, counted by hand."""

from collections import Counter

import pytest

from dateline.evaluate.differences import differences
from dateline.evaluate.frames import (
    CHAIN,
    ROLE,
    ROLE_FOUND,
    ROLE_OVERLAP,
    STRICT,
    TRIGGER,
    TYPED,
    FrameCounts,
    count_frames,
    frame_scores,
    macro,
)
from dateline.evaluate.readings import Reading
from dateline.evaluate.suite import Score
from dateline.model.mention import Role
from dateline.train.examples import DEFAULT_STATUS, Example, Filler, Frame

TEXT = "Rebels stormed the old post in Tara and killed six guards. Troops may withdraw from the bridge."


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def frame(trigger: str, kind: str, *fillers: tuple[Role, str], **status: str) -> Frame:
    return Frame(
        trigger=at(trigger),
        type=kind,
        fillers=tuple(Filler(role, *at(words)) for role, words in fillers),
        status=DEFAULT_STATUS | status,
    )


GOLD = Reading(
    frames=(
        frame("stormed", "assault", ("actor", "Rebels"), ("target", "old post"), ("place", "Tara")),
        frame("killed", "killing", ("actor", "Rebels"), ("killed", "six guards"), ("target", "six guards")),
        frame("withdraw", "withdrawal", ("actor", "Troops"), reality="hypothetical"),
    ),
    chains=((at("Troops"),), (), ()),
    sayings=(),
)
FOUND = Reading(
    frames=(
        # Found with a determiner (right), with half of a span (near), and one place that is none.
        frame("stormed", "assault", ("actor", "Rebels"), ("target", "the old post"), ("place", "the bridge")),
        # The wrong type, and a longer trigger.
        frame("killed six", "assault", ("killed", "six")),
        # No trigger at all: its actor is wrong end to end.
        frame("bridge", "deployment", ("actor", "Troops")),
    ),
    chains=((at("Troops"),), (at("Rebels"),), ()),
    sayings=None,
)


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], Score]:
    counts = FrameCounts()
    count_frames(counts, TEXT, GOLD, FOUND, slices=("region: Sahel",))
    listed = (*frame_scores(counts), *counts.tally.scores("roles by region"))
    return {(score.table, score.label): score for score in listed}


def counted(score: Score) -> tuple[float, float, float]:
    return score.correct, score.predicted, score.gold


def test_triggers_with_and_without_type(scores: dict[tuple[str, str], Score]) -> None:
    assert counted(scores["", TRIGGER]) == (2, 3, 3)
    assert counted(scores["", TYPED]) == (1, 3, 3)
    assert counted(scores["", STRICT]) == (1, 3, 3)


def test_roles_end_to_end_and_under_found_triggers(scores: dict[tuple[str, str], Score]) -> None:
    # Right: Rebels, the old post. Near also: "six" of "six guards".
    assert counted(scores["", ROLE]) == (2, 5, 7)
    assert counted(scores["", ROLE_FOUND]) == (2, 4, 6)
    assert counted(scores["", ROLE_OVERLAP]) == (3, 5, 7)
    assert counted(scores["roles", "actor"]) == (1, 2, 3)
    assert counted(scores["roles by region", "Sahel"]) == (2, 5, 7)


def test_types_are_tabled_with_what_was_missed_and_invented(scores: dict[tuple[str, str], Score]) -> None:
    table = "trigger and type by type"
    assert counted(scores[table, "assault"]) == (1, 2, 1)
    assert counted(scores[table, "withdrawal"]) == (0, 0, 1)
    assert counted(scores[table, "deployment"]) == (0, 1, 0)


def test_chains_are_compared_as_whole_lists(scores: dict[tuple[str, str], Score]) -> None:
    # Of two found triggers one has the right chain; the other has one where none is told.
    assert (scores["", CHAIN].correct, scores["", CHAIN].gold) == (1, 2)


def test_the_macro_average_asks_values_of_the_gold_answer_only() -> None:
    pairs = Counter({("occurred", "occurred"): 3, ("planned", "occurred"): 1, ("occurred", "feared"): 1})
    # occurred: 3 of 4 told, 3 of 4 gold; planned: 0. "feared" is no gold value.
    assert macro("reality", pairs).value == pytest.approx((0.75 + 0) / 2)


def test_where_there_is_a_choice_the_same_type_is_paired() -> None:
    gold = Reading(frames=(frame("stormed", "assault"),), chains=((),), sayings=None)
    both = (frame("stormed", "bombing"), frame("stormed the", "assault"))
    counts = FrameCounts()
    count_frames(counts, TEXT, gold, Reading(frames=both, chains=((), ()), sayings=None))
    assert counted(counts.tally.scores()[0]) == (1, 2, 1)


def test_differences_are_said_in_words() -> None:
    example = Example(id="one", source="test", text=TEXT, sentences=((0, 58), (59, len(TEXT))))
    told = {(each.kind, each.what) for each in differences(example, GOLD, FOUND)}
    assert ("type", "killing, not assault") in told
    assert ("missed", "withdrawal (hypothetical)") in told
    assert ("false", "deployment") in told
    assert ("role", "place is “Tara”, not “bridge”") in told
    assert not any(kind == "role" and what.startswith("target is “old post”") for kind, what in told)
    first = differences(example, GOLD, FOUND)[0]
    assert first.sentence == TEXT[:58].replace("stormed", "[stormed]")
