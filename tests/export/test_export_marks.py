"""Marks cut a sentence into segments without losing or doubling a character."""

from types import ModuleType

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.export.marks import Mark, MarkRole, levelled, marks_of, segments
from dateline.model.span import Span

ROLES: tuple[MarkRole, ...] = ("trigger", "actor", "target", "place", "time", "number")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text = draw(st.text(min_size=1, max_size=60))
    spans: dict[tuple[int, int, MarkRole], str] = {}
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        spans[start, end, draw(st.sampled_from(ROLES))] = "x"
    return text, levelled(spans.items())


@settings(deadline=None)  # the machine may be busy
@given(marked())
def test_segments_joined_are_the_sentence(case: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = case
    assert "".join(segment.text for segment in segments(text, marks)) == text


@settings(deadline=None)  # the machine may be busy
@given(marked())
def test_each_mark_covers_its_words_and_each_role_closes_once_at_an_end(
    case: tuple[str, tuple[Mark, ...]],
) -> None:
    text, marks = case
    cut = segments(text, marks)
    for mark in marks:
        assert "".join(segment.text for segment in cut if mark in segment.marks) == text[mark.start : mark.end]
    ends = [(mark.end, mark.role) for mark in marks]
    closed = [(mark.end, mark.role) for segment in cut for mark in segment.closing]
    assert sorted(closed) == sorted(set(ends))


@settings(deadline=None)  # the machine may be busy
@given(marked())
def test_underlines_on_one_level_never_meet(case: tuple[str, tuple[Mark, ...]]) -> None:
    lines = [mark for mark in case[1] if mark.role != "trigger"]
    for first in lines:
        for second in lines:
            if first != second and first.level == second.level:
                assert first.end <= second.start or second.end <= first.start


def test_overlapping_roles_are_both_marked(make: ModuleType) -> None:
    one, _, _ = make.raid_reports()
    marks, outside = marks_of([one])
    by_role = {(mark.role, one.sentence.text[mark.start : mark.end]): mark.level for mark in marks}
    assert by_role["target", "a police station in Kirkuk"] == 0
    assert by_role["place", "Kirkuk"] == 1
    assert by_role["trigger", "stormed"] == 0
    assert outside == ()


def test_spans_of_other_sentences_are_noted_and_not_marked(make: ModuleType) -> None:
    one, _, _ = make.raid_reports()
    far = msgspec.structs.replace(one.where[0], start=900, end=906)
    empty = msgspec.structs.replace(one.actors[0], start=5, end=5, text="")
    moved = msgspec.structs.replace(one, where=(far,), actors=(empty,))
    marks, outside = marks_of([moved])
    assert "place" not in {mark.role for mark in marks}
    assert "actor" not in {mark.role for mark in marks}
    assert [(note.role, note.text) for note in outside] == [("place", "Kirkuk")]


def test_a_span_whose_words_are_not_there_is_not_marked(make: ModuleType) -> None:
    one, _, _ = make.raid_reports()
    wrong = msgspec.structs.replace(one, trigger=Span(0, 7, "stormed"))
    marks, outside = marks_of([wrong])
    assert "trigger" not in {mark.role for mark in marks}
    assert ("trigger", "stormed") in {(note.role, note.text) for note in outside}
