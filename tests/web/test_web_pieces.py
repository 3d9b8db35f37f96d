"""Nothing of a text is changed or lost when it is cut for a page, wherever its sentences and marks lie."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.marks import MarkRole
from dateline.web.pieces import LONGEST_BLOCK, LONGEST_PIECE, Block, Stretch, blocks_of

TEXTS = st.text(alphabet="ab é́ \n\u202e🙂.", max_size=300)
ROLES: tuple[MarkRole, ...] = get_args(MarkRole)


def shown(block: Block) -> str:
    return "".join(segment.text for piece in block.pieces for segment in piece.segments)


@given(TEXTS, st.data())
def test_the_blocks_are_the_text(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    sentences = list(zip(edges[::2], edges[1::2], strict=False))
    places = st.integers(0, len(text))
    stretches = data.draw(st.lists(st.tuples(places, places, st.sampled_from(ROLES), st.text(max_size=3))))
    marked = [(start, end, role, meaning) for start, end, role, meaning in stretches if start < end]
    blocks = blocks_of(text, sentences, marked)
    at = 0
    for block in blocks:
        assert set(text[at : block.start]) <= {"\n"}
        assert shown(block) == text[block.start : block.end]
        at = block.end
    assert set(text[at:]) <= {"\n"}
    covered = {
        (piece.start + mark.start, piece.start + mark.end, mark.role)
        for block in blocks
        for piece in block.pieces
        for segment in piece.segments
        for mark in segment.marks
    }
    for start, end, role, _ in marked:
        inside = {place for left, right, each in covered if each == role for place in range(left, right)}
        wanted = {at for block in blocks for at in range(max(start, block.start), min(end, block.end))}
        assert wanted <= inside


def test_a_paragraph_is_a_block_and_knows_its_sentences() -> None:
    text = "One was hit. Two fled.\n\nThree."
    blocks = blocks_of(text, [(0, 12), (13, 22), (24, 30)], [(4, 11, "trigger", "attack")])
    assert [shown(block) for block in blocks] == ["One was hit. Two fled.", "Three."]
    assert [(piece.start, piece.sentence) for piece in blocks[0].pieces] == [(0, 0), (12, None), (13, 1)]
    assert blocks[0].pieces[0].levels == 1
    (mark,) = blocks[0].pieces[0].segments[1].marks
    assert (mark.start, mark.end, mark.role, mark.meaning) == (4, 11, "trigger", "attack")


def test_two_meanings_of_one_mark_are_both_told() -> None:
    (block,) = blocks_of("He fled.", [(0, 8)], [(0, 2, "actor", "a man"), (0, 2, "actor", "an officer")])
    (mark,) = block.pieces[0].segments[0].marks
    assert mark.meaning == "a man; an officer"


def test_a_long_paragraph_goes_on_in_several_blocks_cut_at_spaces() -> None:
    text = "word " * 100_000
    blocks = blocks_of(text, [(0, len(text))], [])
    assert len(blocks) > 50
    assert [block.goes_on for block in blocks] == [False, *[True] * (len(blocks) - 1)]
    assert all(block.end - block.start <= LONGEST_BLOCK for block in blocks)
    assert all(text[piece.end - 1] == " " for block in blocks for piece in block.pieces)
    assert "".join(map(shown, blocks)) == text


def test_an_accent_stays_with_its_letter() -> None:
    text = "a\u0301" * LONGEST_PIECE
    cuts = [piece.start for block in blocks_of(text, [], []) for piece in block.pieces]
    assert len(cuts) > 1
    assert all(text[cut] == "a" for cut in cuts)


def test_two_megabytes_with_many_marks_are_cut() -> None:
    text = "Gunmen killed two. " * 105_000
    marked: list[Stretch] = [(start, start + 6, "actor", "gunmen") for start in range(0, len(text), 190)]
    sentences = [(start, start + 18) for start in range(0, len(text), 19)]
    blocks = blocks_of(text, sentences, marked)
    assert sum(len(shown(block)) for block in blocks) == len(text)
