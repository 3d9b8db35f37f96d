"""What verdicts do to events: corrections, origins, disputes, words coded anew, and properties of any log."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.anchors import dangling, follow
from dateline.link.events import link
from dateline.model.correction import pack, read_count, read_when
from dateline.model.event import Event
from dateline.model.ids import ReportId
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.values import make_status
from dateline.model.verdict import Anchor, Verdict, make_verdict

PLACES = ("Kirkuk", "Hawija", "Gao")


def ids(*numbers: int) -> tuple[ReportId, ...]:
    return tuple(ReportId(f"rep_{number:04}") for number in numbers)


def verdict(kind: Any, *numbers: int, at: int = 1, **given_: Any) -> Verdict:
    fields = {"by": "A. Reader", **given_}
    return make_verdict(kind, ids(*numbers), at=f"2024-01-01T00:00:{at:02}Z", **fields)


def correct(field: str, value: Any, *numbers: int, at: int = 1, **given_: Any) -> Verdict:
    return verdict("correct", *numbers, at=at, field=field, value="words", data=pack(value), **given_)


def killed(number: int) -> Any:
    return read_count("killed", str(number))


def best(event: Event) -> Any:
    return next((count.best for count in event.counts if count.kind == "killed"), None)


# --- corrections -------------------------------------------------------------------------------------------


def test_a_correction_is_shown_and_the_claims_stay(make: Any, types: Any) -> None:
    reports = make.report(1, counts=(make.count(3),)), make.report(2, counts=(make.count(3),))
    (event,) = link(reports, [], types, [correct("killed", killed(5), 1, 2, reason="both lists")])
    assert best(event) == 5
    assert [(claim.value.best, claim.by, claim.origins) for claim in event.claims.counts] == [
        (3, None, 2),
        (5, "A. Reader", 0),
    ]
    (note,) = event.corrected
    assert (note.field, note.by, note.reason) == ("killed", "A. Reader", "both lists")


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (
            "type",
            "bombing",
            lambda event: event.type == "bombing" and event.crosswalk.acled.event_type == "bombing",
        ),
        ("status", make_status("planned"), lambda event: event.status.word == "planned"),
        ("when", read_when("2016-10-20"), lambda event: event.when.start == "2016-10-20"),
        ("when", None, lambda event: event.when.start is None),
        ("where", None, lambda event: event.where is None),
        ("actors", None, lambda event: event.actors == ()),
        ("killed", None, lambda event: event.counts == ()),
    ],
)
def test_every_field_can_be_corrected(make: Any, types: Any, field: str, value: Any, shown: Any) -> None:
    (event,) = link([make.report(1, counts=(make.count(3),))], [], types, [correct(field, value, 1)])
    assert shown(event)


def count(text: str, of: str) -> Any:
    return read_count(f"killed:{of}", text)


@pytest.mark.parametrize(
    ("told", "field", "said", "shown"),
    [
        # The sources tell of 74 fighters and of at least 40 dead: of the person's total, they are no part.
        ([("74", "combatant"), ("40+", "unknown")], "killed", "25", [("unknown", 25)]),
        ([("74", "combatant"), ("40+", "unknown")], "killed", "80", [("combatant", 74), ("unknown", 80)]),
        ([("74", "combatant")], "killed", "60+", [("combatant", 74), ("unknown", 60)]),
        ([("9", "combatant"), ("8", "civilian")], "killed", "12", [("unknown", 12)]),
        ([("9", "combatant"), ("30", "mixed")], "killed", "12", [("combatant", 9), ("unknown", 12)]),
        ([("5", "unknown"), ("3", "civilian")], "killed:combatant", "9", [("civilian", 3), ("combatant", 9)]),
        ([("15", "unknown"), ("3", "civilian")], "killed:combatant", "9",
         [("civilian", 3), ("combatant", 9), ("unknown", 15)]),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_a_corrected_figure_is_not_shown(
    make: Any, types: Any, told: Any, field: str, said: str, shown: Any
) -> None:
    reports = [make.report(1, counts=tuple(count(*each) for each in told))]
    (event,) = link(reports, [], types, [correct(field, read_count(field, said), 1)])
    assert [(each.of, each.low) for each in event.counts] == shown
    assert len(event.claims.counts) == len(told) + 1, "what the sources say stays beside it"


def test_a_corrected_place_and_crosswalk_follow(make: Any, types: Any) -> None:
    (event,) = link([make.report(1)], [], types, [correct("where", make.place("Hawija"), 1)])
    assert event.where is not None
    assert event.where.name == "Hawija"
    (event,) = link([make.report(1)], [], types, [correct("killed", killed(2), 1)])
    assert event.crosswalk.acled.sub_event_type == "harmed"


def test_the_latest_correction_of_a_field_holds_and_all_are_kept(make: Any, types: Any) -> None:
    log = [correct("killed", killed(5), 1, at=9), correct("killed", killed(6), 1, at=1, by="B. Reader")]
    (event,) = link([make.report(1)], [], types, log)
    assert best(event) == 6
    assert [claim.by for claim in event.claims.counts] == ["A. Reader", "B. Reader"]


def test_a_correction_survives_growth_and_follows_the_larger_part_of_a_split(make: Any, types: Any) -> None:
    log = [correct("killed", killed(5), 1, 2, 3)]
    (event,) = link([make.report(number) for number in range(1, 6)], [], types, log)
    assert best(event) == 5
    log.append(verdict("split", 1, at=2, others=ids(2, 3)))
    found = {event.reports: best(event) for event in link([make.report(n) for n in (1, 2, 3)], [], types, log)}
    assert found == {ids(1): None, ids(2, 3): 5}


def test_a_correction_of_a_report_is_made_before_linking(make: Any, types: Any) -> None:
    reports = make.report(1), make.report(2, day="2016-11-21")
    assert len(link(reports, [], types)) == 2
    log = [correct("when", read_when("2016-10-21"), 2, scope="report")]
    (event,) = link(reports, [], types, log)
    assert [note.scope for note in event.corrected] == ["report"]


def test_corrections_that_mean_nothing_do_no_harm(make: Any, types: Any) -> None:
    plain = link([make.report(1)], [], types)
    broken = msgspec.structs.replace(correct("when", None, 1), data="{oops")
    for each in (
        broken,
        correct("type", "gone_type", 1),
        correct("colour", "red", 1),
        correct("killed", killed(1), 9),
    ):
        assert link([make.report(1)], [], types, [each]) == plain


# --- origins and disputes ----------------------------------------------------------------------------------


def test_two_origins_are_one(make: Any, types: Any) -> None:
    reports = [make.report(number) for number in (1, 2, 3)]
    (event,) = link(reports, [], types, [verdict("one_origin", 1, 2)])
    assert event.origins == 2
    assert event.claims.type[0].origins == 2


def test_one_origin_is_two(make: Any, types: Any) -> None:
    reports = [make.report(number, outlet="One Desk") for number in (1, 2)]
    assert link(reports, [], types)[0].origins == 1
    assert link(reports, [], types, [verdict("own_origins", 1, 2)])[0].origins == 2
    both = [verdict("own_origins", 1, 2), verdict("one_origin", 1, 2, at=2)]
    assert link(reports, [], types, both)[0].origins == 1
    assert link(reports, [], types, both[::-1])[0].origins == 2


def test_a_marked_dispute_is_a_disagreement(make: Any, types: Any) -> None:
    (event,) = link([make.report(1)], [], types, [verdict("dispute", 1, field="when", reason="a day apart")])
    assert [each.text for each in event.disagreements] == ["when: marked by A. Reader: a day apart"]


# --- roles -------------------------------------------------------------------------------------------------


def test_a_second_reading_bears_on_nothing_and_an_adjudication_on_all(make: Any, linked: Any) -> None:
    first = verdict("accept", 1)
    second = verdict("reject", 1, at=2, by="B", role="second", about=first.id)
    assert linked(make.report(1), verdicts=[first, second]) == {frozenset({"1"})}
    decided = verdict("reject", 1, at=3, by="C", role="adjudicator", about=first.id)
    assert linked(make.report(1), verdicts=[first, second, decided, verdict("accept", 1, at=4)]) == set()


# --- words coded anew --------------------------------------------------------------------------------------


def anchored(kind: Any, report: Report) -> Verdict:
    anchor = Anchor(report.id, report.article.id, report.trigger.start, report.trigger.end)
    return make_verdict(kind, (report.id,), by="A", at="t", anchors=(anchor,))


def test_a_verdict_follows_its_words_when_they_are_coded_anew(make: Any, types: Any) -> None:
    old = make.report(1, article="art_x", trigger=Span(10, 16, "attack"))
    new = make.report(2, article="art_x", trigger=Span(8, 15, "n attac"), type="armed_clash")
    other = make.report(3, article="art_x", trigger=Span(15, 20, "k on"), start=40)
    elsewhere = make.report(4, article="art_y", trigger=Span(10, 16, "attack"))
    rejected = anchored("reject", old)
    assert follow(rejected.anchors, [new, other, elsewhere]) == {old.id: new.id}
    assert new.id not in {each for event in link([new, other], [], types, [rejected]) for each in event.reports}
    assert follow(rejected.anchors, [old, new]) == {}


def test_a_verdict_whose_words_are_gone_waits_for_them(make: Any, types: Any) -> None:
    gone, there = make.report(1), make.report(2)
    rejected = anchored("reject", gone)
    known = {there.id: there}
    assert dangling([rejected], known, follow(rejected.anchors, known.values())) == (rejected,)
    assert len(link([there], [], types, [rejected])) == 1
    assert [event.reports for event in link([gone, there], [], types, [rejected])] == [ids(2)]


# --- properties --------------------------------------------------------------------------------------------

MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["accept", "reject", "merge", "split", "one_origin", "own_origins", "killed", "where", "undo"]
        ),
        st.lists(st.integers(1, 6), min_size=2, max_size=4, unique=True),
        st.integers(0, 99),
    ),
    max_size=10,
)


def log_of(moves: list[Any]) -> list[Verdict]:
    log: list[Verdict] = []
    for at, (kind, numbers, pick) in enumerate(moves):
        if kind == "undo":
            if log:
                target = log[pick % len(log)]
                log.append(verdict("undo", at=at, supersedes=target.id))
        elif kind == "killed":
            log.append(correct("killed", killed(pick), *numbers, at=at))
        elif kind == "where":
            log.append(correct("where", None, *numbers, at=at, scope="report" if pick % 2 else "event"))
        else:
            log.append(verdict(kind, *numbers, at=at))
    return log


def some_reports(make: Any) -> list[Report]:
    return [
        make.report(number, place=PLACES[number % 2], outlet=f"Desk {number % 3}", counts=(make.count(number),))
        for number in range(1, 7)
    ]


@settings(max_examples=50, deadline=None)
@given(moves=MOVES, data=st.data())
def test_a_rebuild_depends_on_the_log_alone(
    make: Any, types: Any, moves: list[Any], data: st.DataObject
) -> None:
    log, reports = log_of(moves), some_reports(make)
    shuffled = data.draw(st.permutations(reports))
    assert link(reports, [], types, log) == link(shuffled, [], types, log)


@settings(max_examples=50, deadline=None)
@given(moves=MOVES, more=MOVES)
def test_undo_restores_exactly_and_redo_too(make: Any, types: Any, moves: list[Any], more: list[Any]) -> None:
    log, reports = log_of(moves), some_reports(make)
    before = link(reports, [], types, log)
    given_ = [each for each in log_of(more) if each.kind != "undo"]
    given_ = [msgspec.structs.replace(each, id=f"{each.id}x") for each in given_]
    after = link(reports, [], types, [*log, *given_])
    undone = [verdict("undo", at=50, supersedes=each.id) for each in reversed(given_)]
    assert link(reports, [], types, [*log, *given_, *undone]) == before
    redone = [verdict("redo", at=55, supersedes=each.id) for each in reversed(undone)]
    assert link(reports, [], types, [*log, *given_, *undone, *redone]) == after


@settings(max_examples=50, deadline=None)
@given(moves=MOVES, data=st.data())
def test_verdicts_that_do_not_touch_one_another_may_come_in_any_order(
    make: Any, types: Any, moves: list[Any], data: st.DataObject
) -> None:
    seen: set[int] = set()
    apart: list[Any] = []
    for kind, numbers, pick in moves:
        # Two corrections touch when their reports end in one event: there the later stands.
        corrects = kind in ("killed", "where") and kind in {each[0] for each in apart}
        if kind != "undo" and not corrects and not seen & set(numbers):
            apart.append((kind, numbers, pick))
            seen |= set(numbers)
    log = log_of(apart)
    shuffled = data.draw(st.permutations(log))
    assert link(some_reports(make), [], types, log) == link(some_reports(make), [], types, shuffled)
