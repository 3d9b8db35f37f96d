"""Windows: every word once, offsets exact, features where the words are, and nothing that text can break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dateline.clean.sentences import split
from dateline.code.tokens import split_words
from dateline.code.windows import SHAPES, WINDOW_PIECES, Window, WindowMaker
from dateline.config import load_config
from dateline.ontology import load_ontology


@pytest.fixture(scope="module")
def maker() -> WindowMaker:
    tokenizer = Tokenizer.from_file(str(load_config({}).model / "tokenizer.json"))
    ontology = load_ontology()
    return WindowMaker(tokenizer, ontology, sorted(ontology.types))


def words_in(text: str, windows: list[Window]) -> list[str]:
    return [text[start:end] for window in windows for start, end in window.bounds]


def test_sentences_share_a_window_until_it_is_full(maker: WindowMaker) -> None:
    text = "Gunmen stormed the post near Gao. " * 40
    windows = maker.windows(text, split(text))
    assert len(windows) > 1
    assert all(len(window.ids) <= WINDOW_PIECES for window in windows)
    assert words_in(text, windows) == ["Gunmen", "stormed", "the", "post", "near", "Gao", "."] * 40
    assert [window.sentences[0] for window in windows] == sorted({window.sentences[0] for window in windows})


def test_title_and_dateline_stand_before_the_text(maker: WindowMaker) -> None:
    text = "Six people died."
    plain = maker.windows(text, split(text))[0]
    headed = maker.windows(text, split(text), title="Blast in the market", dateline="KANO")[0]
    assert headed.bounds == plain.bounds
    assert len(headed.ids) > len(plain.ids)
    assert headed.firsts[0] > plain.firsts[0]


def test_a_long_title_leaves_room_for_the_text(maker: WindowMaker) -> None:
    text = "Six people died. " * 60
    windows = maker.windows(text, split(text), title="word " * 500, dateline="place " * 200)
    assert all(len(window.ids) <= WINDOW_PIECES for window in windows)
    assert len(words_in(text, windows)) == 240


def test_the_lexicon_marks_the_words_of_a_trigger(maker: WindowMaker) -> None:
    text = "A suicide bombing hit the gate."
    window = maker.windows(text, split(text))[0]
    types = sorted(load_ontology().types)
    offered = {
        text[start:end]: [types[hit] for hit in hits]
        for (start, end), hits in zip(window.bounds, window.hits, strict=True)
    }
    assert "suicide_bombing" in offered["suicide"]
    assert "suicide_bombing" in offered["bombing"]
    assert offered["gate"] == []
    within = [
        text[s:e]
        for (s, e), shape in zip(window.bounds, window.shapes, strict=True)
        if SHAPES.index("within_hit") in shape
    ]
    assert within == ["bombing"]


def test_shapes_tell_names_numbers_and_quotations(maker: WindowMaker) -> None:
    text = '"We saw 12 men in Gao," Sule said.'
    window = maker.windows(text, split(text))[0]
    shapes = {
        text[s:e]: {SHAPES[n] for n in own} for (s, e), own in zip(window.bounds, window.shapes, strict=True)
    }
    assert shapes["12"] == {"digit", "quoted"}
    assert shapes["Gao"] == {"capital", "quoted"}
    assert shapes["Sule"] == {"capital"}
    assert shapes["said"] == set()


def test_capitals_say_nothing_where_all_is_capitals(maker: WindowMaker) -> None:
    text = "REBELS KILLED SIX SOLDIERS."
    window = maker.windows(text, split(text))[0]
    assert all(SHAPES.index("capital") not in own and SHAPES.index("upper") not in own for own in window.shapes)


def test_a_sentence_of_five_thousand_words_is_cut(maker: WindowMaker) -> None:
    text = " ".join(["word"] * 5_000)
    windows = maker.windows(text, ((0, len(text)),))
    assert len(words_in(text, windows)) == 5_000
    assert all(len(window.ids) <= WINDOW_PIECES for window in windows)


@pytest.mark.parametrize(
    "text", ["", "\x00", "x" * 40_000, "😀🙂", "قتل ستة أشخاص في كركوك.", "\u200f\u200e", "ﬁn. " * 10]
)
def test_odd_text_keeps_its_offsets(maker: WindowMaker, text: str) -> None:
    for window in maker.windows(text, split(text)):
        assert len(window.bounds) == len(window.firsts) == len(window.hits) == len(window.shapes)
        assert all(0 <= start < end <= len(text) for start, end in window.bounds)
        assert all(first < len(window.ids) for first in window.firsts)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400))
def test_any_text(maker: WindowMaker, text: str) -> None:
    sentences = split(text)
    known = {(piece.start, piece.end) for start, end in sentences for piece in split_words(text, start, end)}
    bounds = [bound for window in maker.windows(text, sentences) for bound in window.bounds]
    assert bounds == sorted(bounds)
    assert set(bounds) <= known
    assert len(set(bounds)) == len(bounds)
