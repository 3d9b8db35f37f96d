"""How far a review is: what counts as time at work, and for whom."""

from datetime import datetime, timedelta

import pytest

from dateline.link.readings import read_cases
from dateline.model.ids import ReportId
from dateline.model.verdict import Verdict, make_verdict
from dateline.workspace.progress import FIRST_LOOK_SECONDS, PAUSE_SECONDS, Done, progress

BEGIN = datetime.fromisoformat("2026-01-01T09:00:00+00:00")


def at(seconds: float) -> str:
    return (BEGIN + timedelta(seconds=seconds)).isoformat()


def accepted(number: int, seconds: float, by: str = "A") -> Verdict:
    return make_verdict("accept", (ReportId(f"rep_{number:016}"),), by=by, at=at(seconds))


def done(*log: Verdict) -> Done:
    return progress(log, read_cases(log))


def test_time_at_work_is_between_verdicts_and_before_the_first() -> None:
    (pace,) = done(*(accepted(number, 60.0 * number) for number in range(10))).people
    seconds = 9 * 60 + FIRST_LOOK_SECONDS
    assert pace.hours == pytest.approx(seconds / 3600, abs=1e-4)
    assert pace.per_hour == pytest.approx(10 / (seconds / 3600), abs=0.1)


def test_a_pause_is_no_work() -> None:
    night = 12 * 3600.0
    (pace,) = done(accepted(1, 0), accepted(2, 60), accepted(3, night), accepted(4, night + 60)).people
    assert pace.hours * 3600 == pytest.approx(2 * 60 + 2 * FIRST_LOOK_SECONDS, abs=1)
    (edge,) = done(accepted(1, 0), accepted(2, PAUSE_SECONDS)).people
    assert edge.hours * 3600 == pytest.approx(2 * FIRST_LOOK_SECONDS, abs=1)


def test_one_verdict_tells_of_no_pace() -> None:
    assert done(accepted(1, 0)).people[0].per_hour is None


def test_people_are_told_apart_by_name_and_role_and_undo_counts() -> None:
    first = accepted(1, 0, by="Ann")
    undo = make_verdict("undo", first.reports, by="ANN", at=at(30), supersedes=first.id)
    second = make_verdict(
        "reject", first.reports, by="Bob", at=at(60), role="second", about=first.id, reason="x"
    )
    told = done(first, undo, second)
    assert [(each.by, each.role, each.verdicts, each.standing) for each in told.people] == [
        ("ANN", "reader", 1, 0),
        ("Bob", "second", 1, 1),
    ]
    assert told.people[0].taken_back == 1


def test_a_log_whose_times_cannot_be_read_is_told_all_the_same() -> None:
    odd = make_verdict("accept", (ReportId("rep_a"),), by="A", at="yesterday")
    (pace,) = done(odd, accepted(2, 0), accepted(3, 60)).people
    assert pace.verdicts == 3
