"""Judging in a workspace: what is refused, undo over sessions, second readers, agreement, the queue."""

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from dateline.config import DATA
from dateline.errors import InputError
from dateline.link.queue import WORTH_VERSION, rank, value_of
from dateline.link.readings import read_cases
from dateline.model.event import Event
from dateline.model.ids import ReportId
from dateline.model.verdict import make_verdict
from dateline.workspace import Workspace
from dateline.workspace.agreement import agreement, alpha
from dateline.workspace.reviewing import Review

AT = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def filled(make: Callable[..., Workspace]) -> Workspace:
    opened = make("judged")
    opened.add(DATA / "sample" / "dispatches")
    opened.code()
    return opened


def test_a_preview_is_what_comes_about(filled: Workspace) -> None:
    """Also what joins or parts beside the events that were chosen."""

    def now() -> dict[str, Event]:
        filled.link()
        return {event.id: msgspec.structs.replace(event, relations=()) for event in filled.events()}

    before = now()
    largest = sorted(before.values(), key=lambda event: (-len(event.reports), event.id))
    beside = 0
    given: list[dict[str, Any]] = [
        {"kind": "merge", "ids": (one.id, two.id)} for one, two in zip(largest[:6], largest[12:18], strict=True)
    ]
    given += [{"kind": "split", "ids": event.reports} for event in largest[:3]]
    given += [{"kind": "split", "ids": each.reports[:1], "others": each.reports[1:]} for each in largest[:6]]
    for said in given:
        desk = review(filled, "A")
        verdict = desk.draft(**said)
        seen = desk.preview(verdict)
        desk.keep(verdict)
        left = {key: event for key, event in before.items() if key not in {each.id for each in seen.replaced}}
        shown = {event.id: msgspec.structs.replace(event, relations=()) for event in seen.events}
        assert left | shown == now()
        beside += any(verdict.subject.isdisjoint(event.reports) for event in seen.replaced)
        assert desk.undo() is not None
        assert now() == before
    assert beside, "none of the verdicts drew others in"


def test_an_id_of_before_is_judged_as_what_it_went_into(filled: Workspace) -> None:
    first, second = [event.id for event in filled.events()][:2]
    filled.judge("merge", [first, second], by="A", at=AT)
    (kept,) = {event.id for event in filled.events()} & {first, second}
    (gone,) = {first, second} - {kept}
    said = filled.judge("accept", [gone], by="B", at=AT)
    assert (said.event, set(said.reports)) == (kept, set(filled.show(kept).event.reports))


def review(opened: Workspace, by: str, role: Any = "reader") -> Review:
    clock = itertools.count(len(list(opened.verdicts())))
    return opened.review(by=by, role=role, clock=lambda: f"2026-01-01T00:{next(clock):04}")


def state(opened: Workspace) -> tuple[Event, ...]:
    opened.link()
    return tuple(opened.events())


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("praise", {}, "no verdict is called"),
        ("reject", {}, "needs its reason"),
        ("comment", {"reason": " "}, "needs its words"),
        ("correct", {"field": "when"}, "needs a field and a value"),
        ("correct", {"field": "colour", "value": "red"}, "cannot be corrected"),
        ("correct", {"field": "when", "value": "soon"}, "is not a date"),
        ("correct", {"field": "type", "value": "picnic"}, "no event type"),
        ("correct", {"field": "where", "value": "Qxzzy"}, "no place is called"),
        ("correct", {"field": "actors", "value": " ; "}, "needs a name"),
        ("accept", {"by": "  "}, "by whom"),
        ("accept", {"role": "king"}, "no role"),
        ("accept", {"role": "second"}, "about an earlier one"),
        ("accept", {"others": ("evt_aaaaaaaa",)}, "does not part"),
        ("accept", {"scope": "world"}, "no verdict can be made"),
        ("accept", {"nonsense": 1}, None),
    ],
)
def test_what_cannot_be_meant_is_refused(
    filled: Workspace, kind: str, given: dict[str, Any], says: Any
) -> None:
    event = next(filled.events())
    if says is None:
        assert filled.judge(kind, [event.id], by="A", at=AT).reports == event.reports
        return
    with pytest.raises(InputError, match=says):
        filled.judge(kind, [event.id], **{"by": "A", "at": AT, **given})
    assert filled.counts().verdicts == 0
    with pytest.raises(InputError, match="is not the id"):
        filled.judge("accept", ["rep_aaaaaaaa"], by="A", at=AT)
    with pytest.raises(InputError, match="no verdict begins"):
        filled.judge("undo", ["ver_aaaaaaaa"], by="A", at=AT)


def test_values_are_looked_up_once_and_kept(filled: Workspace) -> None:
    event = next(filled.events(where="Hawija"))
    for field, value in (
        ("where", "Mosul, IQ"),
        ("actors", "Islamic State; villagers"),
        ("killed", "3-5 civilian"),
    ):
        filled.judge("correct", [event.id], by="A", at=AT, field=field, value=value)
    shown = filled.show(event.id).event
    assert shown.where is not None
    assert (shown.where.name, shown.where.country) == ("Mosul", "IQ")
    assert shown.actors[0].id is not None
    assert [who.name for who in shown.actors][1] == "villagers"
    assert (3, 5, "civilian") in [(count.low, count.high, count.of) for count in shown.counts]
    filled.code(again=True)
    assert filled.show(event.id).event == shown


def test_undo_is_unlimited_over_sessions_and_restores_exactly(filled: Workspace) -> None:
    states = [state(filled)]
    for number in range(8):
        session = review(filled, "A")
        queue = session.queue()
        matter = queue[number * 5 % len(queue)]
        if number % 2 or len(matter.event.reports) < 2:
            session.judge("reject", matter, reason="duplicate")
        else:
            session.judge("split", matter)
        states.append(state(filled))
    for before in reversed(states[:-1]):
        assert review(filled, "a ").undo() is not None
        assert state(filled) == before
    assert review(filled, "A").undo() is None
    for after in states[1:]:
        assert review(filled, "A").redo() is not None
        assert state(filled) == after
    assert review(filled, "A").redo() is None
    assert review(filled, "B").undo() is None
    assert filled.audit().broken is None


def test_the_queue_forgets_what_was_judged_and_remembers_what_was_undone(filled: Workspace) -> None:
    session = review(filled, "A")
    before = session.queue()
    session.judge("accept", before[0])
    assert [each.event.id for each in session.queue()] == [each.event.id for each in before[1:]]
    session.undo()
    assert session.queue() == before


def test_a_second_reader_sees_no_verdict_and_an_adjudicator_decides(filled: Workspace) -> None:
    first = review(filled, "Ann")
    matters = first.queue()
    first.judge("reject", matters[0], reason="duplicate")
    first.judge("correct", matters[1], field="killed", value="99")
    first.judge("accept", matters[1])
    filled.link()
    assert review(filled, "ANN", "second").queue() == ()
    second = review(filled, "Bo", "second")
    seen = {each.event.reports: each for each in second.queue()}
    assert set(seen) == {matters[0].event.reports, matters[1].event.reports}
    for matter in seen.values():
        assert not matter.readings
        assert not matter.event.corrected
        assert second.verdicts_on(matter.event) == ()
    stands = state(filled)
    for reports, matter in seen.items():
        second.judge("accept", matter)
        assert reports == matter.event.reports
    assert state(filled) == stands  # a second reading bears on nothing
    assert [case.state for case in filled.cases()] == ["disagreed", "disagreed"]
    for name in ("Ann", "Bo"):
        assert review(filled, name, "adjudicator").queue() == ()
    judge = review(filled, "Cy", "adjudicator")
    rejected = next(each for each in judge.queue() if "event" in each.differing)
    assert [dict(each) for each in rejected.readings] == [
        {"event": "accept", "one happening": "one"},
        {"event": "reject"},
    ]
    judge.judge("accept", rejected)
    assert rejected.event.reports in {event.reports for event in state(filled)}
    assert [case.state for case in filled.cases()] == ["adjudicated", "disagreed"]
    with pytest.raises(InputError, match="has read this matter before"):
        filled.judge(
            "accept", [rejected.event.reports[0]], by="Ann", at=AT, role="second", about=rejected.about
        )


def test_verdicts_whose_reports_are_gone_are_listed_until_these_return(filled: Workspace) -> None:
    event = next(filled.events(where="Hawija"))
    filled.judge("reject", event.reports, by="A", at=AT, reason="duplicate")
    article = filled.reports()
    kept = [report for report in article if report.id in event.reports]
    store = filled._store
    for report in kept:
        store.put_reports(report.article.id, "none/0", [])
    assert [each.kind for each in filled.dangling()] == ["reject"]
    filled.code()
    assert filled.dangling() == ()
    assert event.id not in {each.id for each in filled.events()}


def test_two_people_at_once_contradict_each_other_and_both_are_kept(make: Any, filled: Workspace) -> None:
    other = make("judged")
    event = next(filled.events(where="Hawija"))
    filled.judge("reject", [event.id], by="A", at="2026-01-02T00:00:00+00:00", reason="duplicate")
    other.judge("accept", event.reports, by="B", at="2026-01-01T00:00:00+00:00")
    assert event.id in {each.id for each in filled.events()}
    assert [each.by for each in filled.verdicts()] == ["A", "B"]


# --- the queue's order -------------------------------------------------------------------------------------


def test_a_look_is_worth_more_where_doubt_and_weight_are_greater(filled: Workspace) -> None:
    event = next(filled.events(sort="origins"))
    plain = value_of(
        msgspec.structs.replace(event, joins=(), disagreements=(), score=1.0, counts=(), origins=1)
    )
    for changes in ({"score": 0.3}, {"origins": 5}, {"disagreements": event.disagreements * 2 or ()}):
        if next(iter(changes.values())):
            base = {"joins": (), "disagreements": (), "score": 1.0, "counts": (), "origins": 1, **changes}
            assert value_of(msgspec.structs.replace(event, **base)).value > plain.value
    assert {part.name for part in plain.parts} == {"join", "dispute", "score", "origins", "deaths", "unread"}
    assert rank([(None, event)], set(event.reports)) == ()
    assert all(0 <= each.value <= 1 for each in rank((None, event) for event in filled.events()))


# --- agreement ---------------------------------------------------------------------------------------------


def test_alpha_is_that_of_the_published_example() -> None:
    """The nominal example with missing values of Krippendorff (2011), section C: 0.743."""
    rows = {
        "A": "1 2 3 3 2 1 4 1 2 * * *",
        "B": "1 2 3 3 2 2 4 1 2 5 * 3",
        "C": "* 3 3 3 2 3 4 2 2 5 1 *",
        "D": "1 2 3 3 2 4 4 1 2 5 1 *",
    }
    ratings = [
        (who, str(unit), value)
        for who, values in rows.items()
        for unit, value in enumerate(values.split())
        if value != "*"
    ]
    assert alpha(ratings) == pytest.approx(0.743, abs=0.0005)
    assert alpha([("A", "1", "x"), ("B", "1", "x")]) is None
    assert alpha([("A", "1", "x"), ("A", "2", "y")]) is None


def test_agreement_is_counted_by_question_and_reader() -> None:
    log = []
    for number, answer in enumerate(("accept", "accept", "reject", "accept")):
        reports = (ReportId(f"rep_{number}"),)
        first = make_verdict("accept" if number else "reject", reports, by="Ann", at=f"{number}")
        second: Any = {"by": "Bo", "at": f"{number}b", "role": "second", "about": first.id}
        log += [first, make_verdict(answer, reports, **second)]  # type: ignore[arg-type]
    found = {(each.question, each.reader): each for each in agreement(read_cases(log))}
    assert (found["event", None].units, found["event", None].same, found["event", None].pairs) == (4, 2, 4)
    assert found["event", "bo"].alpha == found["event", None].alpha
    assert found["event", None].alpha is not None


def test_a_queue_by_kept_worth_is_the_queue_of_all(filled: Workspace) -> None:
    """Whatever was judged and however many are asked for, the shortest way gives what looking at all gives."""
    filled.link()
    store = filled._store
    assert list(store.without_worth(WORTH_VERSION)) == []
    events = list(filled.events())
    judged = [report for event in events[::3] for report in event.reports][::2]
    for seen in ([], judged, [report for event in events for report in event.reports]):
        every = rank(((None, event) for event in events), set(seen))
        for limit in (1, 5, None):
            quick = rank(store.by_worth(WORTH_VERSION, judged=seen), set(seen), limit)
            assert quick == every[:limit]


def test_worth_of_another_version_or_of_an_event_written_anew_counts_as_none(filled: Workspace) -> None:
    filled.link()
    store, count = filled._store, filled.count_events()
    assert len(list(store.without_worth(WORTH_VERSION + 1))) == count
    assert all(worth is None for worth, _ in store.by_worth(WORTH_VERSION + 1))
    event = next(filled.events())
    filled.judge("correct", [event.id], by="A", at="2026-01-01", field="killed", value="99", rebuild=False)
    assert list(store.without_worth(WORTH_VERSION)) == []
    filled.link()
    assert list(store.without_worth(WORTH_VERSION)) == []
    worths = {each.id: worth for worth, each in store.by_worth(WORTH_VERSION)}
    now = value_of(filled.show(event.id).event)
    assert worths[event.id] == pytest.approx(now.doubt * now.weight)
