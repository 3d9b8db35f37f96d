"""Verdicts: their ids, what stands of them, the chain of the log, and the values that corrections hold."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.chain import BEGINNING, LogRow, audit, chain_hash
from dateline.model.correction import pack, read_count, read_status, read_when, unpack
from dateline.model.ids import ReportId, VerdictId
from dateline.model.values import Status
from dateline.model.verdict import Verdict, Verdicts, make_verdict, standing
from dateline.model.wire import encode

ONE = (ReportId("rep_1"),)


def verdict(number: int, supersedes: Verdict | None = None, kind: Any = "accept") -> Verdict:
    older = supersedes.id if supersedes else None
    return make_verdict(kind, ONE, by="A. Reader", at=f"2024-01-01T00:00:{number:02}Z", supersedes=older)


def test_the_id_holds_all_that_is_said_and_no_anchor() -> None:
    plain = make_verdict("split", ONE, by="a", at="t")
    assert plain == make_verdict("split", (*ONE, *ONE), by="a", at="t")
    for other in (
        make_verdict("merge", ONE, by="a", at="t"),
        make_verdict("split", ONE, by="b", at="t"),
        make_verdict("split", ONE, by="a", at="u"),
        make_verdict("split", ONE, by="a", at="t", others=(ReportId("rep_2"),)),
        make_verdict("split", ONE, by="a", at="t", role="second"),
        make_verdict("split", ONE, by="a", at="t", data="null"),
    ):
        assert other.id != plain.id


def test_undo_and_redo_without_limit() -> None:
    first, second = verdict(1), verdict(2)
    undo = verdict(3, second, "undo")
    assert standing([first, second, undo]) == (first, undo)
    redo = verdict(4, undo, "redo")
    assert standing([first, second, undo, redo]) == (first, second, redo)
    again = verdict(5, redo, "undo")
    assert standing([first, second, undo, redo, again]) == (first, undo, again)


def test_a_verdict_cannot_supersede_itself_a_later_one_or_nothing() -> None:
    late = verdict(2)
    early = verdict(1, late)
    nothing = msgspec.structs.replace(verdict(3), supersedes=VerdictId("ver_none"))
    itself = msgspec.structs.replace(verdict(4), supersedes=verdict(4).id)
    assert standing([early, late, nothing, itself]) == (early, late, nothing, itself)


@given(st.data())
def test_a_log_that_grows_knows_what_stands_and_what_was_decided(data: st.DataObject) -> None:
    log: list[Verdict] = []
    grown = Verdicts()
    for size in data.draw(st.lists(st.integers(1, 3), max_size=8)):
        more: list[Verdict] = []
        for _ in range(size):
            number = len(log) + len(more)
            older = data.draw(st.none() | st.integers(0, number + 1))
            known = [*log, *more, *(verdict(later) for later in (number, number + 1))]
            said = verdict(number, known[older] if older is not None else None)
            reports = data.draw(st.sets(st.sampled_from(["rep_1", "rep_2", "rep_3"]), min_size=1))
            kind = data.draw(st.sampled_from(["accept", "undo", "redo"]))
            more.append(msgspec.structs.replace(said, kind=kind, reports=tuple(sorted(reports))))
        log += more
        grown = grown.followed_by(more)
    stand = standing(log)
    assert (grown.all, grown.standing) == (tuple(log), stand)
    assert list(grown.by_id) == [each.id for each in log]
    wanted = {ReportId("rep_1"), ReportId("rep_3")}
    assert grown.decided_on(wanted) == tuple(
        each for each in stand if each.kind == "accept" and each.subject & wanted
    )


@given(st.lists(st.integers(0, 9), max_size=12))
def test_undoing_all_that_was_done_leaves_what_stood(answers: list[int]) -> None:
    log = [verdict(number) for number in range(10)]
    before = standing(log)
    for number, target in enumerate(answers):
        log += [undo := verdict(20 + number, log[target], "undo"), verdict(40 + number, undo, "redo")]
    assert tuple(each for each in standing(log) if each.kind == "accept") == before


def chained(verdicts: list[Verdict]) -> list[LogRow]:
    rows: list[LogRow] = []
    head = BEGINNING
    for number, each in enumerate(verdicts, 1):
        payload = encode(each).decode()
        rows.append(LogRow(number, each.id, head, chain_hash(head, each.id, payload), payload))
        head = rows[-1].hash
    return rows


def test_a_whole_chain_holds_and_may_grow() -> None:
    rows = chained([verdict(number) for number in range(5)])
    assert audit(rows, appended=5).broken is None
    assert audit(rows, expected=rows[2].hash).broken is None
    assert audit([], appended=0).head == BEGINNING
    found = audit(rows, expected="0" * 63 + "1").broken
    assert found is not None
    assert "no row has the hash" in found.what


@given(st.integers(0, 4), st.sampled_from(["payload", "id", "previous", "hash", "gone", "number"]))
def test_the_first_row_at_fault_is_named(at: int, how: str) -> None:
    rows = chained([verdict(number) for number in range(5)])
    if how == "gone":
        rows.pop(at)
    elif how == "number":
        rows[at] = msgspec.structs.replace(rows[at], number=77)
    else:
        rows[at] = msgspec.structs.replace(rows[at], **{how: getattr(rows[at], how).replace("1", "2") + " "})
    found = audit(rows, appended=5).broken
    assert found is not None
    assert found.number == at + 1


def test_a_row_with_a_right_hash_and_no_verdict_is_at_fault() -> None:
    payload = "{}"
    row = LogRow(1, "ver_x", BEGINNING, chain_hash(BEGINNING, "ver_x", payload), payload)
    found = audit([row]).broken
    assert found is not None
    assert "no verdict" in found.what


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2016-10-21", "2016-10-21", "2016-10-21", "day"),
        ("2016-02", "2016-02-01", "2016-02-29", "month"),
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("2016-10-21/2016-11", "2016-10-21", "2016-11-30", "range"),
    ],
)
def test_times_are_read(text: str, start: str, end: str, precision: str) -> None:
    when = read_when(text)
    assert when is not None
    assert (when.start, when.end, when.precision) == (start, end, precision)
    assert unpack("when", pack(when)) == when


def test_what_is_unknown_is_null() -> None:
    assert read_when("unknown") is None
    assert read_count("killed", " - ") is None
    assert unpack("where", pack(None)) is None


def test_counts_are_read_with_their_bounds() -> None:
    bounds = {
        text: (count.low, count.best, count.high)
        for text in ("12", "12-16", "12+", "0")
        if (count := read_count("killed:civilian", text))
    }
    assert bounds == {"12": (12, 12, 12), "12-16": (12, None, 16), "12+": (12, None, None), "0": (0, 0, 0)}


def test_a_status_keeps_the_axes_that_are_not_named() -> None:
    shown = Status(certainty="possible", word="possible")
    assert read_status("planned", shown).certainty == "possible"
    assert read_status("Denied, happened", shown).word == "denied"


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (read_when, "21 October"),
        (read_when, "2016-13"),
        (read_when, "2015-02-29"),
        (read_when, "2017/2016"),
        (lambda text: read_count("killed", text), "many"),
        (lambda text: read_count("killed", text), "16-12"),
        (lambda text: read_count("killed", text), "9" * 30),
        (lambda text: read_count("cars", text), "3"),
        (lambda text: read_status(text, Status()), "maybe"),
        (lambda text: read_status(text, Status()), "planned feared"),
        (lambda text: read_status(text, Status()), ""),
    ],
)
def test_what_cannot_be_read_is_refused(reading: Any, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        reading(text)


@given(st.text(max_size=12))
def test_no_text_is_more_than_refused(text: str) -> None:
    for reading in (
        read_when,
        lambda each: read_count("killed", each),
        lambda each: read_status(each, Status()),
    ):
        try:
            reading(text)
        except ValueError as error:
            assert str(error)


def test_values_of_an_edited_log_are_refused() -> None:
    for field, data in (
        ("when", "7"),
        ("when", "{"),
        ("nothing", "null"),
        ("killed", '{"low": 1}'),
        ("type", None),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            unpack(field, data)
