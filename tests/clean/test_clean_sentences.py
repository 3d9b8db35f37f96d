"""Sentence splitting: worked examples (a broken bar marks each boundary), properties and hostile input."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.abbreviations import PATH, load_abbreviations
from dateline.clean.sentences import split
from dateline.errors import DataError

EXAMPLES = [
    # titles
    "Maj. Gen. Salem Aziz left Tal Afar.¦ He spoke to Brig. Gen. Omar Nuri.",
    "Lt. Col. Rana Aziz met Gov. Karim in Bor.¦ They agreed.",
    "Sgt. Ali and Cpl. Musa died.¦ Two others lived.",
    "Dr. Aziz treated Mr. and Mrs. Karim.¦ Both survived.",
    "Rep. Jane Doe and Sen. John Roe voted no.¦ The bill failed.",
    "The Rev. Peter Lado buried them.¦ No one wept.",
    "Villagers from St. Mary fled.¦ They walked to Mt. Kenya.",
    "He met Prof. K. Rahman.¦ She did not.",
    "Her rep.¦ The office declined.",
    "Shells fell on Palm St. The market burned.".replace("St. The", "St.¦ The"),
    # initials and dotted names
    "J. K. Rahman said so.¦ A. B. Karim did not.",
    "George W. Lado fled to Juba.¦ He is safe.",
    "Troops used Plan B.¦ The army held.",
    "U.S.-backed forces took the bridge.¦ The U.N. mission watched.",
    "It was made in the U.S.¦ The army bought it.",
    "The U.S. Army left the base.¦ It was empty.",
    "Officials of the U.N. Security Council met.¦ Nothing came of it.",
    "A.M. Aziz was named.¦ He accepted.",
    # dates, times, numbers
    "On Oct. 21 the town fell.¦ On Nov. 3 it was retaken.",
    "It happened in Oct.¦ The army knew.",
    "Shelling began on Sept. 4, 2016.¦ It ended on Sat. Oct. 8.",
    "The raid began at 5 p.m. Friday and ended at 9 p.m.¦ Police came later.",
    "The blast came at 6 a.m. local time.¦ No one was hurt.",
    "They met at 10 a.m. in the square.¦ Shots were fired.",
    "They left at 7 a.m.¦ The rebels stayed.",
    "Brigade No. 5 attacked.¦ It lost 12.¦ The rest fled.",
    "He cited Art. 7 and Res. 2254.¦ The envoy agreed.",
    "They said no.¦ The army went in.",
    "Prices rose 1.5 percent.¦ Some 2.3 million people fled.",
    "The toll rose to 15.¦ Twelve were civilians.",
    "Seven died.¦ 15 people were hurt.",
    "1. The army left the town.¦ It had lost.",
    "Aziz Trading Co. lost three trucks.¦ Karim Inc. lost none.",
    "Karim Jr. was shot.¦ His father, Karim Sr., was not.",
    "Food, water, etc. were taken.¦ Nothing was left.",
    "Food, tents, fuel, etc.¦ Police saw nothing.",
    "Several groups, e.g. Ansar, were named.¦ Others, i.e. the Karim unit, were not.",
    "Cpt. Nuri was hit.¦ He lives.",
    "Mjr. Nuri was hit.¦ He lives.",
    # ellipses and marks
    "“We waited... and nobody came,” she said.¦ They left.",
    "Nobody came...¦ The town was empty.",
    "Nobody came…¦ The town was empty.",
    "He said . . . that it was over.¦ It was not.",
    "Who fired?¦ Nobody knows!¦ The army denies it.",
    "Really?!¦ Yes.",
    "The group Yes! said it was behind the raid.¦ It was not.",
    # quotes
    "“They opened fire and attacked.”¦ He said no more.",
    '"They attacked."¦ He said no more.',
    "“We saw them.¦ They came at night,” she said.¦ Others nodded.",
    '"We saw them.¦ They came at night," she said.¦ "We ran."',
    '"Who fired?" Karim asked.¦ Nobody spoke.',
    "“Stop!” Omar Aziz shouted.¦ They did not.",
    "“Why?” he asked.¦ “We are farmers.”",
    "(The camp was closed.)¦ The rest moved on.",
    "The camp (see Fig. 2) was closed.¦ It burned.",
    "He told them to “go home.”¦ They stayed.",
    "The raid killed ten.[1]¦ Others fled.[2][3]",
    "Karim called it “a lie.¦ All of it.”¦ Nobody answered.",
    # missing spaces, domains, addresses
    "They fled after the attack.¦The army followed.",
    "They fled after the attack.”¦He said no more.",
    'She said "it ended."¦Nobody spoke.',
    "They fled after the attack.¦“We ran,” one said.",
    "NileNews.com reported it.¦ Nile.Net did not.",
    "See https://example.org/a.b/C.html for more.¦ Write to r.aziz@example.org today.",
    "Version 1.5 of the map was used.¦ It was wrong.",
    # other scripts and small beginnings
    "هل سقطت المدينة؟¦ لا نعرف.¦ ربما.",
    "شہر پر حملہ ہوا۔¦ فوج آ گئی۔",
    "Three soldiers were killed.¦ al-Shabaab said it was behind it.",
    "The bridge was destroyed.¦ the army blamed rebels.",
    "The dept. of health and Karim vs. Aziz were named.¦ It rained.",
    # no split
    "He spoke of peace; the army spoke of war: nothing changed",
    # capitals
    "REBELS LEFT SAN SALVADOR.¦ THE ARMY ARRIVED.¦ GEN. LOPEZ SPOKE.",
    "THE U.S. AND SOVIET ENVOYS MET.¦ NOTHING CAME OF IT.",
    "HE LEFT THE U.S.¦ THE ENVOY STAYED.",
    "COL. RUIZ AND LT. DIAZ DIED ON 3 NOV.¦ THREE OTHERS LIVED.",
    "THE REBELS SAID NO.¦ THE ARMY WENT IN.",
    "IT WAS A NEAR MISS.¦ POLICE LEFT.",
    # paragraphs and lists
    "The army left\n\n¦The rebels came",
    "The army\nleft the town.¦\nThe rebels came.",
    "They took:\n¦- two trucks\n¦- a radio.¦ It was old.",
    "They took:\n¦• two trucks\n¦• a radio",
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_splits_where_marked(example: str) -> None:
    expected = [piece.strip() for piece in example.split("¦")]
    text = example.replace("¦", "")
    assert [text[start:end] for start, end in split(text)] == expected


def test_enough_worked_examples() -> None:
    assert len(EXAMPLES) >= 60


def test_blank_text_has_no_sentences() -> None:
    assert split("") == ()
    assert split(" \n\n\t ") == ()


def test_marks_alone_are_kept_in_one_sentence() -> None:
    assert split("* * *") == ((0, 5),)
    assert split("... ! ?") == ((0, 7),)


def test_offsets_count_code_points() -> None:
    text = "🙂 Ten died.  Two fled."
    assert [text[start:end] for start, end in split(text)] == ["🙂 Ten died.", "Two fled."]


_PIECES = st.sampled_from([
    "Gen", "Aziz", "the", "The", "U.S.", "5 p.m", "no", "No", "12", ".", "!", "?", "…", "...", '"', "“", "”",
    "'", ")", "(", " ", "  ", "\n", "\n\n", "\r\n\r\n", "al-Shabaab", "\u00a0", "\u2029", "،",
    "۔", "-", "• ", "ß", "🙂",
])  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map("".join)))
@settings(max_examples=120, deadline=None)
def test_sentences_cover_all_that_is_no_space(text: str) -> None:
    spans = split(text)
    covered = [False] * len(text)
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        covered[start:end] = [True] * (end - start)
        last = end
    assert all(covered[n] or character.isspace() for n, character in enumerate(text))


@given(st.lists(_PIECES, max_size=60).map("".join))
@settings(max_examples=80, deadline=None)
def test_no_sentence_holds_a_blank_line(text: str) -> None:
    for start, end in split(text):
        assert "\n\n" not in text[start:end]


@given(st.lists(_PIECES, max_size=40).map("".join), st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=80, deadline=None)
def test_paragraphs_do_not_touch_one_another(first: str, second: str) -> None:
    """What stands in one paragraph never moves a boundary in the next."""
    offset = len(first) + 2
    joined = split(f"{first}\n\n{second}")
    assert joined == split(first) + tuple((start + offset, end + offset) for start, end in split(second))


@pytest.mark.parametrize(
    "piece", ["a", ". ", '"', ".", "A. ", '([{"', ".\n", "\n", " ", "“”", "U.S. ", "! ! ", "1. ", "said. the "]
)
def test_hostile_text_is_split(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    ends = [0, *(place for stretch in split(text) for place in stretch), len(text)]
    assert ends == sorted(ends)


def test_loader_refuses_a_word_with_its_full_stop(tmp_path: Path) -> None:
    text = PATH.read_text(encoding="utf-8")
    path = tmp_path / "abbreviations.yaml"
    path.write_text(text.replace("  - maj\n", "  - maj.\n"), encoding="utf-8")
    with pytest.raises(DataError, match=r"maj\.' ends with a full stop"):
        load_abbreviations(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("titles:", "tittles:", "missing or unknown"),
        ('  - "no"\n', "  - no\n", "is not a word"),
        ("  - maj\n", "  - maj\n  - maj\n", "stands twice"),
        ("ordinary_words:\n", "ordinary_words:\n  - Zzz\n", "is in no list"),
        ("titles:", "titles: [", "cannot be read"),
    ],
)
def test_loader_refuses_broken_lists(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "abbreviations.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_abbreviations(path)
