"""Targets: marks land on the right words, and what is not told is masked."""

from collections.abc import Iterable
from typing import Any

import pytest

pytest.importorskip("torch")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.clean.sentences import split
from dateline.code.windows import WindowMaker
from dateline.train.examples import (
    AXES,
    DEFAULT_STATUS,
    ROLES,
    Bounds,
    Example,
    Filler,
    Frame,
    Saying,
)
from dateline.train.network import QUERY_KINDS, SLOTS
from dateline.train.targets import UNTOLD, Lesson, Query, lessons_of

TEXT = "Gunmen blew up the port, killing six. Police said so."
WORDS = ("Gunmen", "blew", "up", "the", "port", ",", "killing", "six", ".", "Police", "said", "so", ".")
TYPES = ("abduction", "bombing", "killing")
ALL = frozenset({"triggers", "sayings"})


def at(words: str, text: str = TEXT) -> Bounds:
    start = text.index(words)
    return start, start + len(words)


def example(text: str = TEXT, **marks: Any) -> Example:
    return Example(id="made-1", source="made", text=text, sentences=split(text), **marks)


def the_lesson(maker: WindowMaker, **marks: Any) -> Lesson:
    (lesson,) = lessons_of(example(**marks), maker, TYPES)
    assert tuple(TEXT[start:end] for start, end in lesson.window.bounds) == WORDS
    return lesson


def told(values: Iterable[int], blank: int) -> dict[str, int]:
    """Return the values that differ from `blank`, by their words."""
    return {word: value for word, value in zip(WORDS, values, strict=True) if value != blank}


def runs(lesson: Lesson, query: Query, text: str = TEXT) -> set[tuple[str, str]]:
    bounds = lesson.window.bounds
    return {(SLOTS[slot], text[bounds[first][0] : bounds[end - 1][1]]) for slot, first, end in query.runs}


BLAST = Frame(
    trigger=at("blew up"),
    type="bombing",
    fillers=(Filler("actor", *at("Gunmen")), Filler("target", *at("the port")), Filler("killed", *at("six"))),
    status=DEFAULT_STATUS | {"polarity": "denied"},
)


def test_marks_land_on_their_words(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, frames=(BLAST,), complete=ALL, roles=frozenset(ROLES))
    assert told(lesson.types, 0) == {"blew": 2, "up": 2}
    assert told(lesson.goes_on, UNTOLD) == {"blew": 0, "up": 1}
    (query,) = lesson.queries
    assert (QUERY_KINDS[query.kind], query.word, query.type) == ("event", 1, 2)
    assert runs(lesson, query) == {("actor", "Gunmen"), ("target", "the port"), ("killed", "six")}
    assert [SLOTS[slot] for slot in query.told] == sorted(ROLES)


def test_a_mark_on_a_part_of_a_word_takes_the_word(maker: WindowMaker) -> None:
    filler = Filler("target", at("port")[0] + 1, at("port")[1] + 1)
    lesson = the_lesson(maker, frames=(Frame(trigger=at("lew u"), type="bombing", fillers=(filler,)),))
    assert told(lesson.types, UNTOLD) == {"blew": 2, "up": 2}
    assert runs(lesson, lesson.queries[0]) == {("target", "port,")}


def test_white_space_is_no_word(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, frames=(Frame(trigger=(6, 7), type="bombing"),))
    assert told(lesson.types, UNTOLD) == {}
    assert lesson.queries == ()


def test_status_is_counted_within_its_axis(maker: WindowMaker) -> None:
    status = {axis: values[-1] for axis, values in AXES.items() if axis != "certainty"}
    lesson = the_lesson(maker, frames=(Frame(trigger=at("blew up"), type="bombing", status=status),))
    expected = tuple(UNTOLD if axis == "certainty" else len(values) - 1 for axis, values in AXES.items())
    assert lesson.queries[0].status == expected
    plain = the_lesson(maker, frames=(BLAST,)).queries[0]
    assert plain.status == tuple(int(axis == "polarity") for axis in AXES)


def test_a_type_that_is_not_told_is_masked(maker: WindowMaker) -> None:
    untyped = Frame(trigger=at("blew up"), fillers=BLAST.fillers, status={"reality": "occurred"})
    lesson = the_lesson(maker, frames=(untyped,), complete=ALL)
    assert told(lesson.types, 0) == {"blew": UNTOLD, "up": UNTOLD}
    assert told(lesson.goes_on, UNTOLD) == {}
    (query,) = lesson.queries
    assert (query.type, query.told) == (0, ())
    assert runs(lesson, query) == runs(lesson, the_lesson(maker, frames=(BLAST,)).queries[0])


def test_a_type_that_the_model_does_not_know_is_masked(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, frames=(Frame(trigger=at("blew up"), type="riot"),), complete=ALL)
    assert told(lesson.types, 0) == {"blew": UNTOLD, "up": UNTOLD}


def test_words_teach_nothing_where_triggers_are_not_all_marked(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, frames=(BLAST,), complete=frozenset({"sayings"}))
    assert told(lesson.types, UNTOLD) == {"blew": 2, "up": 2}
    assert set(the_lesson(maker).types) == {UNTOLD}
    assert set(the_lesson(maker, complete=ALL).types) == {0}


def test_only_roles_that_are_all_marked_are_told(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, frames=(BLAST,), roles=frozenset({"place", "actor"}))
    (query,) = lesson.queries
    assert [SLOTS[slot] for slot in query.told] == ["actor", "place"]
    assert ("killed", "six") in runs(lesson, query)  # a mark is kept where its role is not complete


SAID = Saying(cue=at("said so"), source=at("Police"), content=at("Gunmen blew up the port, killing six"))


def test_a_role_that_is_filled_may_be_filled_by_all(maker: WindowMaker) -> None:
    sayings = (Saying(cue=SAID.cue, source=SAID.source),)
    lesson = the_lesson(
        maker, frames=(BLAST,), sayings=sayings, complete=frozenset({"fillers"}), roles=frozenset({"place"})
    )
    blast, said = lesson.queries
    assert [SLOTS[slot] for slot in blast.told] == ["actor", "killed", "place", "target"]
    assert [SLOTS[slot] for slot in said.told] == ["source"]


def test_attributions_are_cues_and_queries(maker: WindowMaker) -> None:
    lesson = the_lesson(maker, sayings=(SAID,), complete=ALL)
    assert told(lesson.cues, 0) == {"said": 1, "so": 2}
    (query,) = lesson.queries
    assert (QUERY_KINDS[query.kind], query.word, query.type) == ("cue", 10, 0)
    assert runs(lesson, query) == {("source", "Police"), ("content", "Gunmen blew up the port, killing six")}
    assert {SLOTS[slot] for slot in query.told} == {"source", "content"}
    assert set(query.status) == {UNTOLD}


def test_incomplete_attributions_teach_their_marks_only(maker: WindowMaker) -> None:
    lesson = the_lesson(
        maker, sayings=(Saying(cue=SAID.cue, source=SAID.source),), complete=frozenset({"triggers"})
    )
    assert told(lesson.cues, UNTOLD) == {"said": 1, "so": 2}
    (query,) = lesson.queries
    assert query.told == ()
    assert runs(lesson, query) == {("source", "Police")}


def test_a_scene_is_asked_where_a_corpus_tells_it(maker: WindowMaker) -> None:
    scene = (Filler("killed", *at("six")),)
    lesson = the_lesson(maker, scene=scene, scene_roles=frozenset({"killed", "actor"}))
    (query,) = lesson.queries
    assert (QUERY_KINDS[query.kind], query.word) == ("scene", None)
    assert runs(lesson, query) == {("killed", "six")}
    assert [SLOTS[slot] for slot in query.told] == ["actor", "killed"]
    assert the_lesson(maker, scene_roles=frozenset({"killed"})).queries[0].runs == ()
    assert the_lesson(maker).queries == ()


LONG = " ".join(
    f"Gunmen of column {number} attacked the village of Tara and killed its farmers." for number in range(9)
)


def every(words: str) -> list[int]:
    return [number for number in range(len(LONG)) if LONG.startswith(words, number)]


def test_every_frame_is_asked_in_the_window_of_its_trigger(maker: WindowMaker) -> None:
    frames = tuple(Frame(trigger=(start, start + 6), type="killing") for start in every("killed"))
    sayings = tuple(Saying(cue=(start, start + 8)) for start in every("attacked"))
    lessons = lessons_of(example(LONG, frames=frames, sayings=sayings, complete=ALL), maker, TYPES)
    assert len(lessons) > 2
    asked = [
        (query.kind, lesson.window.bounds[query.word][0])
        for lesson in lessons
        for query in lesson.queries
        if query.word is not None
    ]
    assert sorted(asked) == sorted(
        [(0, start) for start in every("killed")] + [(1, n) for n in every("attacked")]
    )
    assert sum(value == 3 for lesson in lessons for value in lesson.types) == 9
    assert sum(value == 1 for lesson in lessons for value in lesson.cues) == 9


def test_a_filler_in_another_window_is_left_out(maker: WindowMaker) -> None:
    first, last = every("Gunmen")[0], every("farmers")[-1]
    start = every("killed")[0]
    fillers = (Filler("actor", first, first + 6), Filler("killed", last, last + 7))
    saying = Saying(cue=(start, start + 6), source=(last, last + 7), content=(first, first + 6))
    frame = Frame(trigger=(start, start + 6), type="killing", fillers=fillers)
    lesson, *others = lessons_of(example(LONG, frames=(frame,), sayings=(saying,)), maker, TYPES)
    assert [runs(lesson, query, LONG) for query in lesson.queries] == [
        {("actor", "Gunmen")},
        {("content", "Gunmen")},
    ]
    assert [query for other in others for query in other.queries] == []


def test_kinds_are_told_only_where_one_window_holds_the_text(maker: WindowMaker) -> None:
    kinds = (("killing", "abduction"), ("bombing",))
    assert the_lesson(maker, kinds=kinds).kinds == ((1, 3), (2,))
    assert {lesson.kinds for lesson in lessons_of(example(LONG, kinds=kinds), maker, TYPES)} == {()}


def test_a_text_without_words_gives_no_lesson(maker: WindowMaker) -> None:
    assert lessons_of(example(""), maker, TYPES) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.integers(0, len(LONG) - 1), st.integers(1, 60), st.integers(0, len(LONG) - 1))
def test_a_run_holds_its_mark_and_no_word_beside(
    maker: WindowMaker, start: int, size: int, trigger: int
) -> None:
    mark = start, min(len(LONG), start + size)
    frame = Frame(trigger=(trigger, trigger + 1), type="killing", fillers=(Filler("place", *mark),))
    for lesson in lessons_of(example(LONG, frames=(frame,)), maker, TYPES):
        bounds = lesson.window.bounds
        touched = [word for word, (low, high) in enumerate(bounds) if low < mark[1] and mark[0] < high]
        for query in lesson.queries:
            assert query.word is not None
            assert bounds[query.word][0] <= trigger < bounds[query.word][1]
            assert [word for _, first, end in query.runs for word in range(first, end)] == touched
