"""Cutting documents into stretches: whole sentences, few cut marks, offsets that still fit."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.clean.sentences import split
from dateline.train.cutting import cut
from dateline.train.examples import Example, Filler, Frame, Saying, faults_of

SENTENCE = "The mayor of Zarun told reporters that nobody had slept."


def document(count: int, **marks: object) -> Example:
    text = " ".join(f"{SENTENCE[:-1]} on day {number}." for number in range(count))
    return Example(id="made/1", source="made", text=text, sentences=split(text), **marks)  # type: ignore[arg-type]


def test_stretches_hold_whole_sentences_and_no_more_than_asked() -> None:
    parts = list(cut(document(9), 150))
    assert [part.id for part in parts] == [f"made/1/{number}" for number in range(1, len(parts) + 1)]
    assert all(len(part.text) <= 150 for part in parts)
    assert sum(len(part.sentences) for part in parts) == 9
    assert all(part.text[start:end].endswith(".") for part in parts for start, end in part.sentences)


def test_a_cut_keeps_clear_of_an_attribution_over_two_sentences() -> None:
    whole = document(4)
    second, third = whole.sentences[1], whole.sentences[2]
    cue = whole.text.index("told", second[0])
    saying = Saying(cue=(cue, cue + 4), content=(third[0], third[1] - 1))
    parts = list(cut(document(4, sayings=(saying,)), 140))
    (home,) = [part for part in parts if part.sayings]
    assert home.sayings[0].content is not None
    assert home.text[slice(*home.sayings[0].content)] == whole.text[third[0] : third[1] - 1]


def test_parts_in_another_stretch_are_left_out() -> None:
    whole = document(3)
    last = whole.sentences[2]
    far = Frame(trigger=(0, 3), fillers=(Filler("place", last[0], last[0] + 3), Filler("actor", 4, 9)))
    first = next(iter(cut(document(3, frames=(far,)), 70)))
    assert first.frames == (Frame(trigger=(0, 3), fillers=(Filler("actor", 4, 9),)),)


def test_what_is_said_of_a_whole_document_does_not_hold_for_its_parts() -> None:
    assert all(not part.kinds for part in cut(document(4, kinds=(("killing",),)), 70))
    assert [part.kinds for part in cut(document(1, kinds=(("killing",),)))] == [(("killing",),)]


def test_a_sentence_longer_than_a_stretch_stands_alone() -> None:
    text = f"{SENTENCE} {'Word ' * 80}end. {SENTENCE}"
    example = Example(id="made/2", source="made", text=text, sentences=split(text))
    assert max(len(part.text) for part in cut(example, 120)) > 300
    assert sum(len(part.sentences) for part in cut(example, 120)) == len(example.sentences)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=8), st.integers(40, 400))
def test_marks_move_with_their_words(pairs: list[tuple[int, int]], most: int) -> None:
    plain = document(12)
    words = [plain.text.index("mayor", start) for start, _ in plain.sentences]
    frames = tuple(
        Frame(trigger=(words[a], words[a] + 5), fillers=(Filler("actor", words[b], words[b] + 5),))
        for a, b in pairs
    )
    for part in cut(document(12, frames=frames), most):
        assert not faults_of(part)
        assert all(part.text[slice(*frame.trigger)] == "mayor" for frame in part.frames)
        assert all(part.text[f.start : f.end] == "mayor" for frame in part.frames for f in frame.fillers)
