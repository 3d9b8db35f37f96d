"""Counts of people: what a wording bounds, whose number it is, and what is no count."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.model.span import span_of
from dateline.model.values import HowMany
from dateline.resolve.countgrammar import number_of
from dateline.resolve.countwords import load_count_words
from dateline.resolve.quantities import find_counts, read_count


def count(wording: str) -> HowMany | None:
    """Read a wording as the number of killed, from the middle of a text."""
    text = f"They said: {wording} were hit."
    return read_count(span_of(text, 11, 11 + len(wording)), text, kind="killed")


# wording, low, best, high, whose
COUNTS = [
    ("40 people", 40, 40, 40, "unknown"),
    ("More than 40 people", 40, 40, None, "unknown"),
    ("more than ten", 10, 10, None, "unknown"),
    ("over 25,000 militants", 25000, 25000, None, "combatant"),
    ("more than 150 rebels", 150, 150, None, "combatant"),
    ("more than 151 rebels", 151, 151, None, "combatant"),
    ("at least five million", 5_000_000, 5_000_000, None, "unknown"),
    ("at least 12", 12, 12, None, "unknown"),
    ("no fewer than 12 soldiers", 12, 12, None, "combatant"),
    ("10 or more", 10, 10, None, "unknown"),
    ("20-plus fighters", 20, 20, None, "combatant"),
    ("30+ fighters", 30, 30, None, "combatant"),
    ("10 to a dozen fighters", 10, None, 12, "combatant"),
    ("1,200–1,500", 1200, None, 1500, "unknown"),
    ("between 10 and 15 troops", 10, None, 15, "combatant"),
    ("From 10 to 15 soldiers", 10, None, 15, "combatant"),
    ("two or three men", 2, None, 3, "unknown"),
    ("up to 30", 1, None, 30, "unknown"),
    ("as many as 30 villagers", 1, None, 30, "civilian"),
    ("no more than five", 1, None, 5, "unknown"),
    ("fewer than 10", 1, None, 9, "unknown"),
    ("less than 100 fighters", 1, None, 99, "combatant"),
    ("nearly 90", 81, 90, 90, "unknown"),
    ("almost 200 families", 360, None, None, "unknown"),
    ("about 25", 22, 25, 28, "unknown"),
    ("some 200", 180, 200, 220, "unknown"),
    ("an estimated 1,000 people", 900, 1000, 1100, "unknown"),
    ("25 or so", 22, 25, 28, "unknown"),
    ("around five", 4, 5, 6, "unknown"),
    ("25000", 25000, 25000, 25000, "unknown"),
    ("25,000", 25000, 25000, 25000, "unknown"),
    ("2.5 million people", 2_500_000, 2_500_000, 2_500_000, "unknown"),
    ("two hundred and fifty people", 250, 250, 250, "unknown"),
    ("twenty-five soldiers", 25, 25, 25, "combatant"),
    ("a hundred civilians", 100, 100, 100, "civilian"),
    ("one thousand two hundred", 1200, 1200, 1200, "unknown"),
    ("half a dozen", 6, 6, 6, "unknown"),
    ("two dozen", 24, 24, 24, "unknown"),
    ("a dozen policemen", 12, 12, 12, "combatant"),
    ("dozens", 24, None, None, "unknown"),
    ("scores", 40, None, None, "unknown"),
    ("hundreds", 200, None, None, "unknown"),
    ("tens of thousands", 20000, None, None, "unknown"),
    ("hundreds of thousands of people", 200_000, None, None, "unknown"),
    ("thousands of others", 2000, None, None, "unknown"),
    ("several hundred people", 300, None, None, "unknown"),
    ("several", 3, None, None, "unknown"),
    ("several civilians", 3, None, None, "civilian"),
    ("a few", 3, None, None, "unknown"),
    ("a number of terrorists", 2, None, None, "combatant"),
    ("a handful of guards", 3, None, None, "combatant"),
    ("an unknown number", 1, None, None, "unknown"),
    ("an unknown number of civilians", 1, None, None, "civilian"),
    ("no one", 0, 0, 0, "unknown"),
    ("none", 0, 0, 0, "unknown"),
    ("no civilians", 0, 0, 0, "civilian"),
    ("not a single soldier", 0, 0, 0, "combatant"),
    ("both", 2, 2, 2, "unknown"),
    ("the two", 2, 2, 2, "unknown"),
    ("a couple of soldiers", 2, 2, 3, "combatant"),
    ("two of them", 2, 2, 2, "unknown"),
    ("one of them", 1, 1, 1, "unknown"),
    ("three others", 3, 3, 3, "unknown"),
    ("another five", 5, 5, 5, "unknown"),
    ("the other six", 6, 6, 6, "unknown"),
    ("all 14 crew members", 14, 14, 14, "unknown"),
    ("a soldier", 1, 1, 1, "combatant"),
    ("an ISIS fighter", 1, 1, 1, "combatant"),
    ("the commander", 1, 1, 1, "combatant"),
    ("her child", 1, 1, 1, "civilian"),
    ("him", 1, 1, 1, "unknown"),
    ("them", 2, None, None, "unknown"),
    ("villagers", 2, None, None, "civilian"),
    ("Armed men", 2, None, None, "combatant"),
    ("Gen. Karim Daoud", 1, 1, 1, "combatant"),
    ("Sheikh Daoud", 1, 1, 1, "unknown"),
    ("Karim Daoud", 1, 1, 1, "unknown"),
    ("Abu Karim al-Daoudi", 1, 1, 1, "unknown"),
    ("a 12-year-old boy", 1, 1, 1, "civilian"),
    ("two 15-year-olds", 2, 2, 2, "unknown"),
    ("a man, 45, and his son", 2, 2, 2, "unknown"),
    ("a woman and her two children", 3, 3, 3, "civilian"),
    ("two soldiers and three civilians", 5, 5, 5, "mixed"),
    ("two soldiers, a policeman and three civilians", 6, 6, 6, "mixed"),
    ("five people, including two children", 5, 5, 5, "unknown"),
    ("40 fighters, among them a commander", 40, 40, 40, "combatant"),
    ("dozens of civilians and security members", 24, None, None, "mixed"),
    ("30 civilians and dozens of fighters", 54, None, None, "mixed"),
    ("at least three soldiers and two civilians", 5, 5, None, "mixed"),
    ("a family of five", 5, 5, 5, "unknown"),
    ("three families", 6, None, None, "unknown"),
    ("ten members of the security forces", 10, 10, 10, "combatant"),
    ("12 of the attackers", 12, 12, 12, "combatant"),
    ("four aid workers", 4, 4, 4, "civilian"),
    ("13 police officers", 13, 13, 13, "combatant"),
    ("seven bodies", 7, 7, 7, "unknown"),
    ("A paramedic and activist", 1, 1, 1, "civilian"),
    ("a man and woman", 2, 2, 2, "unknown"),
    ("three persons", 3, 3, 3, "unknown"),
    ("17 Iraqi soldiers", 17, 17, 17, "combatant"),
]


@pytest.mark.parametrize(("wording", "low", "best", "high", "whose"), COUNTS)
def test_what_a_wording_bounds(wording: str, low: int, best: int | None, high: int | None, whose: str) -> None:
    read = count(wording)
    assert read is not None
    assert (read.low, read.best, read.high, read.of) == (low, best, high, whose)
    assert (read.start, read.end, read.text, read.kind) == (11, 11 + len(wording), wording, "killed")


@pytest.mark.parametrize(
    "wording",
    [
        "two hours",
        "738 kilometers",
        "90 percent of territory",
        "90 % of the villages",
        "about three times",
        "9/11",
        "10 trucks",
        "three villages",
        "20 homes",
        "$5,000",
        "half of the residents",
        "a third of the force",
        "one in five families",
        "48 hours",
        "the city",
        "Islamic State",
        "the Free Syrian Army",
        "a checkpoint",
        "",
        "two rockets and a mine",
    ],
)
def test_what_counts_no_people_is_no_count(wording: str) -> None:
    assert count(wording) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "More than 40 people died, including several civilians.",
            ["More than 40 people", "several civilians"],
        ),
        ("In groups of 10 to a dozen fighters they crossed.", ["10 to a dozen fighters"]),
        ("We killed two of them and took weapons after two hours.", ["two of them"]),
        ("They saw 10 trucks full of fighters in three villages.", []),
        ("The blast killed 12 and wounded at least 30.", ["12", "at least 30"]),
        ("Nine were wounded in the raid.", ["Nine"]),
        ("The shelling forced thousands to flee.", ["thousands"]),
        ("It cost thousands of dollars and 2.5 million euros.", []),
        ("About 25 heavily armed rebel fighters hid in 3 houses.", ["About 25 heavily armed rebel fighters"]),
        ("Some of those areas have few roads.", []),
        (
            "Between 10 and 15 soldiers and 200 civilians were trapped.",
            ["Between 10 and 15 soldiers", "200 civilians"],
        ),
        ("On 21 October 2016 some 200 families left.", []),
        ("Three others were hurt on May 3.", ["Three others"]),
        ("An area of 738 square kilometers was searched in 2 days.", []),
        ("They hold 90 percent of the city.", []),
        ("At least 20 of the attackers escaped.", ["At least 20 of the attackers"]),
        ("The army lost tens of thousands of men.", ["tens of thousands of men"]),
        ("A spokesman said no civilians were harmed.", ["no civilians"]),
    ],
)
def test_counts_found_in_running_text(text: str, found: list[str]) -> None:
    assert [one.span.text for one in find_counts(text)] == found


def test_a_found_count_has_its_bounds_and_noun() -> None:
    (one,) = find_counts("They buried at least 12 young soldiers there.")
    assert (one.low, one.best, one.high, one.of) == (12, 12, None, "combatant")
    assert one.noun is not None
    assert one.noun.text == "soldiers"


def test_offsets_point_into_the_whole_text() -> None:
    text = "Two men left. Three women came. Four boys slept."
    (one,) = find_counts(text, 14, 31)
    assert (one.span.start, one.span.text) == (14, "Three women")
    with pytest.raises(ValueError, match="do not lie within"):
        find_counts(text, 5, 3)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7),
        ("1,234", 1234),
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("two thousand three hundred", 2300),
        ("half a million", 500_000),
        ("1.5 million", 1_500_000),
        ("a dozen", 12),
        ("2.5", None),
        ("ninety-nine thousand", 99_000),
        ("horse", None),
    ],
)
def test_numbers_in_words_and_figures(written: str, number: int | None) -> None:
    assert number_of(written) == number


PIECES = [
    *[row[0] for row in COUNTS],
    "and",
    ",",
    ";",
    "including",
    "of",
    "the",
    "two hours",
    "or",
    "-",
    "a",
    "ten",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_any_text_gives_valid_spans_and_ordered_bounds(text: str) -> None:
    last = 0
    for one in find_counts(text):
        assert last <= one.span.start < one.span.end <= len(text)
        assert text[one.span.start : one.span.end] == one.span.text
        assert 0 <= one.low <= (one.low if one.best is None else one.best)
        assert one.high is None or one.high >= max(one.low, one.best or 0)
        last = one.span.end


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_any_wording_is_read_or_refused(text: str) -> None:
    read = read_count(span_of(text, 0, len(text)), text, kind="injured")
    if read is not None:
        assert read.low >= 0
        assert read.best is None or read.low <= read.best
        assert read.high is None or read.high >= max(read.low, read.best or 0)


@given(st.integers(0, 10**9))
def test_figures_are_read_back(number: int) -> None:
    assert number_of(str(number)) == number
    assert number_of(f"{number:,}") == number


@settings(deadline=None)
@given(
    st.integers(1, 10**6), st.sampled_from(["at least", "more than", "about", "nearly", "up to", "fewer than"])
)
def test_a_bounded_number_keeps_to_its_bound(number: int, word: str) -> None:
    read = count(f"{word} {number} people")
    assert read is not None
    if word in ("at least", "more than"):
        assert read.low >= number
        assert read.high is None
    elif word == "about":
        assert read.high is not None
        assert read.low <= number <= read.high
    else:
        assert read.high is not None
        assert read.high <= number


def test_a_broken_word_list_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "words.yaml"
    broken.write_text("digits: {one: 1}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.yaml"):
        load_count_words(broken)
    with pytest.raises(DataError, match="cannot be read"):
        load_count_words(tmp_path / "none.yaml")
