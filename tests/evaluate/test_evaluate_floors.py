"""Floors: held, raised, never lowered; and those of the repository."""

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.evaluate import corpus
from dateline.evaluate.floors import Floors, load_floors, raised, shortfalls, write_floors
from dateline.evaluate.suite import Score, SuiteResult, Task
from dateline.plugins import load

ROOT = Path(__file__).parents[2]


def result(f1: float, rate: float) -> SuiteResult:
    scores = (
        Score(label="trigger", correct=f1 * 1000, predicted=1000, gold=1000),
        Score(label="noise", correct=rate, gold=100, kind="rate"),
        Score(label="actor", correct=1, predicted=1, gold=1, table="roles"),
    )
    return SuiteResult(suite="corpus", coder="patterns", scores=scores, headline="trigger")


FLOORS: Floors = {"corpus": {"trigger": {"patterns": 0.5, "frames": 0.9}, "noise": {"patterns": 5.0}}}


def test_a_score_below_its_floor_and_a_rate_above_it_fall_short() -> None:
    assert shortfalls(FLOORS, [result(0.5, 5)]) == ()
    missed = shortfalls(FLOORS, [result(0.499, 5.1)])
    assert [(each.label, each.floor) for each in missed] == [("trigger", 0.5), ("noise", 5.0)]


def test_a_score_that_is_not_measured_any_more_falls_short() -> None:
    assert shortfalls({"corpus": {"gone": {"patterns": 0.1}}}, [result(1, 0)])[0].value is None


def test_suites_and_coders_that_were_not_run_are_not_asked() -> None:
    assert (
        shortfalls({"other": {"x": {"patterns": 1.0}}, "corpus": {"trigger": {"frames": 1.0}}}, [result(0, 9)])
        == ()
    )


def test_floors_are_raised_to_a_step_below_and_never_lowered() -> None:
    new = raised(FLOORS, [result(0.6234, 2)])
    assert new == {"corpus": {"trigger": {"patterns": 0.615, "frames": 0.9}, "noise": {"patterns": 3.0}}}
    assert shortfalls(new, [result(0.6234, 2)]) == ()
    assert raised(FLOORS, [result(0.1, 50)]) == FLOORS
    assert raised({}, [result(0.6, 2)]) == {}
    assert set(raised({}, [result(0.6, 2)], add=True)["corpus"]) == {"trigger", "noise"}


def test_floors_are_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    write_floors(path, FLOORS)
    assert load_floors(path) == FLOORS
    path.write_text("corpus: [1]\n", "utf-8")
    with pytest.raises(DataError, match="suite → score"):
        load_floors(path)
    with pytest.raises(DataError, match="cannot be read"):
        load_floors(tmp_path / "nosuch.yaml")


@pytest.mark.parametrize("coder", ["patterns", "frames"])
def test_the_coders_reach_their_floors_on_our_own_corpus(coder: str) -> None:
    floors = load_floors(ROOT / "bench" / "floors.yaml")
    assert any(coder in coders for coders in floors["corpus"].values())
    task = Task(data=ROOT, corpus=ROOT / "corpus")
    measured = corpus.run(load("dateline.coders", coder)(), task)
    assert shortfalls(floors, [measured]) == ()
