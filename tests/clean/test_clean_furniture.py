"""Furniture: invented pages of several outlets, rule by rule, and what must never be taken for furniture."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.furniture import LONGEST_LINE, strip
from dateline.clean.furniture_rules import PATH, Rule, load_rules
from dateline.errors import DataError

LEAD = "Gunmen stormed a market in Tal Harun on Friday and killed at least seven people, police said."
SECOND = "Colonel Idris Mako, who leads the district police, said that the attackers had come on motorcycles."
THIRD = "No group has said that it was behind the raid, the third in the district since early June."
BODY = [LEAD, SECOND, THIRD]


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def rules_of(text: str) -> dict[str, str]:
    return {item.text: item.rule for item in strip(text).removed}


def test_plain_body_is_kept_whole() -> None:
    stripped = strip(page(*BODY))
    assert stripped.text == page(*BODY)
    assert stripped.removed == ()
    assert stripped.title is None


def test_page_with_clock_title_caption_and_comment_form() -> None:
    stripped = strip(
        page(
            "Tuesday, March 12, 2024",
            "Tal Harun",
            "Gunmen kill seven in market raid in Tal Harun",
            "Gunmen kill seven in market raid in Tal Harun",
            "Burned stalls at the market. File photo.",
            "Burned stalls at the market. File photo.",
            *BODY,
            "Leave a Comment",
            "Your email address will not be published. Required fields are marked *",
            "7 × four =",
            "Two farmers die in boat accident near Bor",
            "A stranger wrote that the police had fled, and that he had seen it with his own eyes on that day.",
        )
    )
    assert stripped.text == page(*BODY)
    assert stripped.title == "Gunmen kill seven in market raid in Tal Harun"
    assert stripped.published_text is None  # a page clock is no publication date
    found = {item.text: item.rule for item in stripped.removed}
    assert found["Tuesday, March 12, 2024"] == "page-clock"
    assert found["Tal Harun"] == "label"
    assert found["Burned stalls at the market. File photo."] == "caption"
    assert found["Two farmers die in boat accident near Bor"] == "after-comments"
    assert len(stripped.removed) == 11


def test_byline_with_date_gives_both() -> None:
    stripped = strip(
        page(
            "Arms Control (AC)", "Raid on Tal Harun market leaves seven dead", "By Sela Okot May 3, 2019", *BODY
        )
    )
    assert (stripped.byline, stripped.published_text) == ("Sela Okot", "May 3, 2019")
    assert stripped.title == "Raid on Tal Harun market leaves seven dead"
    assert stripped.text == page(*BODY)


@pytest.mark.parametrize(
    ("line", "byline", "date"),
    [
        ("By Sela Okot", "Sela Okot", None),
        ("By SELA OKOT and IDRIS MAKO, Nile Wire", "SELA OKOT and IDRIS MAKO, Nile Wire", None),
        ("Posted by Sela Okot on June 3, 2016", "Sela Okot", "June 3, 2016"),
        ("Author: Sela Okot | 3 June 2016", "Sela Okot", "3 June 2016"),
        ("By Sela A. Okot 2016-06-03", "Sela A. Okot", "2016-06-03"),
    ],
)
def test_bylines(line: str, byline: str, date: str | None) -> None:
    stripped = strip(page("Raid on market leaves seven people dead", line, *BODY))
    assert (stripped.byline, stripped.published_text) == (byline, date)
    assert stripped.text == page(*BODY)


def test_author_and_date_lines_under_the_title() -> None:
    stripped = strip(page("Raid on market leaves seven people dead", "Sela Okot", "3 June 2016, 14:05", *BODY))
    assert stripped.byline == "Sela Okot"
    assert stripped.published_text is not None
    assert stripped.published_text.startswith("3 June 2016")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 3 May 2019", "3 May 2019"),
        ("Posted on May 3, 2019 at 10:15", "May 3, 2019"),
        ("Last updated: 3 May 2019", None),
        ("Modified 3 May 2019", None),
        ("3 hours ago", None),
    ],
)
def test_only_dates_of_publication_count(line: str, date: str | None) -> None:
    stripped = strip(page("Raid on market leaves seven people dead", line, *BODY))
    assert stripped.published_text == date
    assert stripped.text == page(*BODY)


def test_dateline_date_counts_only_with_its_year() -> None:
    assert strip(page("BOR, 3 MAY 89 (NILE RADIO) -- " + LEAD, SECOND)).published_text == "3 MAY 89"
    assert strip(page("BOR, May 3 (Nile Radio) -- " + LEAD, SECOND)).published_text is None


def test_known_title_is_removed_with_its_suffix() -> None:
    stripped = strip(
        page("Raid leaves seven people dead | Nile Post", *BODY), title="Raid leaves seven people dead"
    )
    assert stripped.title == "Raid leaves seven people dead"
    assert stripped.text == page(*BODY)


def test_question_as_title() -> None:
    stripped = strip(page("Who is behind the raids around Tal Harun?", *BODY))
    assert stripped.title == "Who is behind the raids around Tal Harun?"
    assert stripped.text == page(*BODY)


def test_question_that_is_no_title_stays() -> None:
    question = "Who is behind the raids around Tal Harun?"
    assert strip(page(question, *BODY), title="Raid on market").text == page(question, *BODY)
    lines = ["Raid on market leaves seven people dead", "Who did it?", *BODY]
    assert strip(page(*lines)).text == page(*lines[1:])


def test_outlet_line_above_the_dateline() -> None:
    stripped = strip(page("Raid on market leaves seven people dead", "Nile News", "Bor – " + LEAD, SECOND))
    assert stripped.outlet == "Nile News"
    assert stripped.text == page("Bor – " + LEAD, SECOND)


def test_credit_is_removed_but_kept_for_reading() -> None:
    stripped = strip(page(*BODY, "Reporting by: Sela Okot | Source: Nile News", "Follow us on Telegram"))
    assert stripped.text == page(*BODY)
    assert stripped.byline == "Sela Okot"
    assert [item.rule for item in stripped.removed] == ["credit", "newsletter"]


def test_headings_in_the_body_go_and_lists_stay() -> None:
    with_headings = page(LEAD, "Villagers Under Pressure", SECOND, "Calls for help", THIRD)
    assert strip(with_headings).text == page(*BODY)
    victims = ["The dead were named:", "Sela Okot, 34", "Idris Mako, 12", "Two unnamed guards"]
    assert strip(page(LEAD, *victims, THIRD)).text == page(LEAD, *victims, THIRD)
    bullets = ["- Bor: four killed", "- Juba: two hurt"]
    assert strip(page(LEAD, *bullets, THIRD)).text == page(LEAD, *bullets, THIRD)
    chronology = ["June 9 – Two killed near Bor", "June 11 – Market burned", "June 12 – Army arrives"]
    assert strip(page(LEAD, SECOND, *chronology)).text == page(LEAD, SECOND, *chronology)


def test_menu_above_the_text_goes_and_a_summary_in_points_stays() -> None:
    menu = ["• Home", "• World news", "• Have your say?"]
    assert strip(page(*menu, "Raid on market leaves seven people dead", *BODY)).text == page(*BODY)
    points = [
        "• Seven traders were killed in the weekly market",
        "• Soldiers came three hours after the raid",
        "• No group has spoken of it",
    ]
    assert strip(page("Raid on market leaves seven people dead", *points, *BODY)).text == page(*points, *BODY)


def test_links_after_the_text_go() -> None:
    text = page(
        *BODY, "Related stories", "Army retakes bridge near Bor", "Minister resigns over raid", "Most read"
    )
    assert strip(text).text == page(*BODY)
    assert strip(page(*BODY, "Army retakes bridge near Bor", "Minister resigns over raid")).text == page(*BODY)


def test_links_inside_the_text_go() -> None:
    text = page(
        LEAD, "Read more: Army retakes bridge near Bor", SECOND, "Related:", "Minister resigns over raid", THIRD
    )
    assert strip(text).text == page(*BODY)


@pytest.mark.parametrize(
    "line",
    [
        "He died on Friday.",
        "“We ran,” she said.",
        "“They took everything we had and burned the rest”",
        "The army has not commented.",
        "Share prices fell.",
        "Comments by the minister angered the rebels.",
        "The file was handed over to police.",
        "Satellite images show that thirty homes were burned.",
        "A video released by the group shows a soldier being killed.",
        "Read the letter, the judge said.",
        "Sources in the army said ten men had died.",
        "By Friday the rebels had left.",
        "They receive orders by radio from the mountains.",
        "Home was burned.",
        "Police released a file photo of the suspect on Friday.",
        "The army said it had retaken the town from the rebels and was moving north",
        "[name as received] was among the dead.",
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_short_sentences_are_no_furniture(line: str, place: int) -> None:
    lines = [*BODY[:place], line, *BODY[place:]]
    assert line in strip(page(*lines)).text.split("\n\n")


def test_comment_link_above_the_text_does_not_end_it() -> None:
    stripped = strip(page("Raid on market leaves seven people dead", "12 Comments", *BODY))
    assert stripped.text == page(*BODY)


def test_wire_text_in_capitals_wrapped_to_a_column() -> None:
    text = (
        "NEWS3-WIRE-0042 (NOSC)\n\n"
        "   BOR, 3 MAY 89 (NILE RADIO) -- [TEXT] GUNMEN STORMED THE MARKET OF\n"
        "TAL HARUN ON FRIDAY AND KILLED SEVEN TRADERS.  POLICE COLONEL IDRIS\n"
        "MAKO [NAME AS RECEIVED] SAID THAT THE ATTACKERS CAME ON MOTORCYCLES.\n\n"
        "   NO GROUP HAS SAID THAT IT WAS BEHIND THE RAID, WHICH WAS THE THIRD\n"
        "IN THE DISTRICT SINCE EARLY APRIL.\n"
    )
    stripped = strip(text)
    assert stripped.text == (
        "BOR, 3 MAY 89 (NILE RADIO) -- GUNMEN STORMED THE MARKET OF TAL HARUN ON FRIDAY AND KILLED SEVEN "
        "TRADERS. POLICE COLONEL IDRIS MAKO [NAME AS RECEIVED] SAID THAT THE ATTACKERS CAME ON MOTORCYCLES.\n\n"
        "NO GROUP HAS SAID THAT IT WAS BEHIND THE RAID, WHICH WAS THE THIRD IN THE DISTRICT SINCE EARLY APRIL."
    )
    assert [item.rule for item in stripped.removed] == ["record-number", "wire-mark"]


def test_one_paragraph_to_a_line() -> None:
    stripped = strip("\n".join(["Raid on market leaves seven people dead", *BODY, "Source: Nilewire"]))
    assert stripped.text == page(*BODY)
    assert stripped.title == "Raid on market leaves seven people dead"


def test_lone_dateline_joins_its_paragraph() -> None:
    assert strip(page("BOR, South Sudan —", LEAD, SECOND)).text == page("BOR, South Sudan — " + LEAD, SECOND)


def test_text_without_running_paragraphs_loses_only_known_lines() -> None:
    stripped = strip(page("Two killed in Bor", "Share on Facebook"))
    assert stripped.text == "Two killed in Bor"


def test_same_sentence_far_below_stays() -> None:
    lines = [
        LEAD,
        SECOND,
        THIRD,
        "It was a long night for all who live there, she said.",
        "They fled to the hills on foot.",
    ]
    again = page(*lines, "Then it began once more, she added, before dawn.", THIRD)
    assert strip(again).text.count(THIRD) == 2
    assert strip(page(LEAD, SECOND, SECOND, THIRD)).text == page(*BODY)


@given(
    st.lists(
        st.sampled_from([*BODY, "Share", "Leave a Reply", "Two Words", "• item", "3 May 2019", ""]), max_size=12
    )
)
@settings(max_examples=80, deadline=None)
def test_nothing_is_lost_between_text_and_removed(lines: list[str]) -> None:
    """Every word of the input is in the text or in `removed`, in any mix of lines."""
    stripped = strip(page(*lines))
    words = sorted(" ".join(lines).split())
    parts = [stripped.text, *(item.text for item in stripped.removed)]
    assert sorted(" ".join(parts).split()) == words


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    stripped = strip(text)
    assert strip(text) == stripped
    for paragraph in stripped.text.split("\n\n"):
        assert paragraph == " ".join(paragraph.split())


@pytest.mark.parametrize(
    "piece", ["a", "a ", "(", "| ", "a\n\n", "by A ", "Photo: ", "© ", "#a ", "12 + ", "[TEXT] ", " \n"]
)
def test_hostile_text_is_stripped(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert len(strip(text).text) <= len(text)


_PIECES = [
    "a ", "A ", "|", ", ", "home ", "share ", "on ", "read more: ", "3 May 2019 ", "By A. ", "and ", "photo ",
    "(AFP) ", "#a ", "- ", "@a ", "© ", "comments ", "12:05 ", "> ", '" ', "http://a ",
]  # fmt: skip


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.name)
def test_no_pattern_goes_back_and_forth(rule: Rule) -> None:
    """Lines of the greatest length that is matched, made of two pieces by turns, come to an end."""
    for n, left in enumerate(_PIECES):
        for right in (_PIECES[n - 1], left, _PIECES[n - 3]):
            line = ((right + left) * LONGEST_LINE)[: LONGEST_LINE - 1] + "!"
            found = rule.pattern.fullmatch(line)
            assert found is None or found.end() == len(line)


def test_every_rule_has_examples_that_it_finds() -> None:
    assert len(load_rules()) >= 18


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("share: {where: any, patterns: ['a'], examples: ['a']}", "are needed"),
        ("share: {where: up, patterns: ['a'], examples: ['a'], not: ['b']}", "is unknown"),
        ("share: {where: any, patterns: ['a('], examples: ['a'], not: ['b']}", "no regular expression"),
        ("share: {where: any, patterns: ['a'], examples: ['b'], not: ['c']}", "matches no pattern"),
        ("share: {where: any, patterns: ['a'], examples: ['a'], not: ['A']}", "is matched though"),
        ("share: {where: any, patterns: ['a*'], examples: ['a'], not: ['b']}", "empty line"),
        ("- share", "holds no mapping"),
    ],
)
def test_loader_refuses_broken_rules(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / PATH.name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_rules(path)
