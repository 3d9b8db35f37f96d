"""Paragraphs of plain text: blank lines, one to a line, wrapped to a column, ragged, indented."""

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.layout import paragraphs

FIRST = (
    "Gunmen stormed a crowded market in Tal Harun on Friday and killed at least seven people, police said. "
    "The attackers came on motorcycles shortly after noon and fired into the crowd for several minutes."
)
SECOND = (
    "Two of the dead were children, a nurse at the district clinic said. Eleven wounded people were taken to "
    "Bor, she added, and three of them were in a grave state when they arrived there late at night."
)


def wrap(text: str, width: int = 72) -> str:
    return textwrap.fill(text, width, break_on_hyphens=False)


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs(f"{FIRST}\r\n \r\n{SECOND}\n") == [FIRST, SECOND]


def test_single_line_ends_part_long_lines() -> None:
    assert paragraphs(f"{FIRST}\n{SECOND}") == [FIRST, SECOND]


def test_short_whole_lines_are_paragraphs() -> None:
    lines = [
        "Gunmen killed seven people.",
        "Police came late.",
        "No group spoke of it.",
        "The market was shut.",
    ]
    assert paragraphs("\n".join(lines)) == lines


def test_wrapped_lines_are_joined() -> None:
    assert paragraphs(f"{wrap(FIRST)}\n\n{wrap(SECOND)}") == [FIRST, SECOND]
    assert paragraphs(f"{wrap(FIRST, 60).upper()}\n\n{wrap(SECOND, 60).upper()}") == [
        FIRST.upper(),
        SECOND.upper(),
    ]


def test_indent_begins_a_paragraph_in_wrapped_text() -> None:
    assert paragraphs(f"   {wrap(FIRST)}\n   {wrap(SECOND)}") == [FIRST, SECOND]


def test_short_last_line_ends_a_paragraph_in_wrapped_text() -> None:
    first = "Gunmen stormed a crowded market in Tal Harun on Friday and killed at least seven people there."
    assert paragraphs(f"{wrap(first)}\n{wrap(SECOND)}") == [first, SECOND]


def test_list_items_stay_apart_in_wrapped_text() -> None:
    assert paragraphs(f"{wrap(FIRST)}\n- two trucks\n- a radio") == [FIRST, "- two trucks", "- a radio"]


def test_hyphen_at_a_line_end_stays_without_a_space() -> None:
    text = wrap(FIRST.replace("a crowded market", "a car-bombed and crowded market"), 72)
    broken = text.replace("car-bombed and", "car-\nbombed and")
    assert "a car-bombed and crowded market" in paragraphs(f"{broken}\n\n{wrap(SECOND)}")[0]


def test_menu_lines_stay_apart() -> None:
    assert paragraphs("Home\nWorld\nAfrica\nSport\nWeather\nAbout us") == [
        "Home", "World", "Africa", "Sport", "Weather", "About us",
    ]  # fmt: skip


def test_broken_line_runs_on_into_a_small_letter() -> None:
    text = f"{FIRST}\n\nThe governor called for calm and said that soldiers\nwould guard the road."
    assert paragraphs(text)[1] == "The governor called for calm and said that soldiers would guard the road."


@given(
    st.lists(st.sampled_from([FIRST, SECOND, "Bor", "- item", "He left.", ""]), max_size=8),
    st.integers(40, 100),
)
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost(lines: list[str], width: int) -> None:
    text = "\n\n".join(wrap(line, width) for line in lines)
    assert " ".join(paragraphs(text)).split() == text.split()
