"""Pages: the running text in paragraphs, and a reason for every page without; nothing raises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.clean.continuation import continued
from dateline.clean.decode import decode, tidy
from dateline.clean.page import DEEPEST_PAGE, LARGEST_PAGE, Page, Unfit, parse, read_page

SENTENCES = [
    "Government troops entered the town of Barsana at dawn on Friday after days of shelling, officials said.",
    "At least seven people died and twelve were hurt when two mortar rounds hit the market, a doctor said.",
    "The spokesman of the governor, Idris Kone, said that the road north would stay closed until Sunday.",
    "Residents told the Northern Herald that many families had left their homes and gone to the hills.",
]


def page(paragraphs: list[str], *, around: str = "", title: str = "Army enters Barsana") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head>"
        f"<body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{body}</article>{around}"
        "<footer>Contact us. Copyright Northern Herald.</footer></body></html>"
    )


def read(markup: str) -> Page:
    found = read_page(markup)
    assert isinstance(found, Page), found
    return found


def test_paragraphs_are_kept_apart_by_one_blank_line() -> None:
    assert read(page(SENTENCES)).text.split("\n\n") == SENTENCES


def test_menus_headline_and_foot_are_left_out() -> None:
    text = read(page(SENTENCES)).text
    assert all(word not in text for word in ("World", "Contact", "Army enters Barsana"))


def test_breaks_part_paragraphs_but_not_sentences() -> None:
    body = f"{SENTENCES[0]}<br><br>{SENTENCES[1]}<br>{SENTENCES[2][:60]}<br>{SENTENCES[2][60:]}"
    markup = f"<html><body><div><h1>T</h1><p>{body}</p><p>{SENTENCES[3]}</p></div></body></html>"
    paragraphs = read(markup).text.split("\n\n")
    assert paragraphs[:2] == SENTENCES[:2]
    assert paragraphs[-1] == SENTENCES[3]


def test_inline_marks_leave_words_whole() -> None:
    marked = "Government <b>troops</b> entered <a href=/b>Barsana</a>, <i>the</i> town on the river, on Friday."
    assert read(page([marked, *SENTENCES[1:]])).text.startswith(
        "Government troops entered Barsana, the town on the river"
    )


def test_a_brief_of_two_sentences_survives() -> None:
    brief = (
        "Gunmen killed four people at a checkpoint near Barsana on Friday, police said. No group claimed it."
    )
    assert read(page([brief])).text == brief


def test_comments_of_readers_are_not_the_article() -> None:
    comments = '<section id="comments"><p class="comment">I do not believe a word of it.</p></section>'
    assert "believe" not in read(page(SENTENCES, around=comments)).text


def test_the_lines_between_headline_and_body_are_given() -> None:
    markup = page(SENTENCES).replace("</h1>", "</h1><div>By Salma Deeb</div><div>26 June 2017</div>")
    assert read(markup).header == ("By Salma Deeb", "26 June 2017")


def test_a_list_of_links_is_measured() -> None:
    links = "".join(
        f'<p><a href="/{n}">Story number {n} about the war in the north of the land</a></p>' for n in range(40)
    )
    found = read_page(f"<html><body><div>{links}</div></body></html>")
    assert isinstance(found, Page)
    assert found.linked > 0.9
    assert read(page(SENTENCES)).linked == 0.0


def test_foreign_pages_stop_at_the_quick_look() -> None:
    text = "Des hommes armés ont attaqué le village à l'aube et tué quatre personnes, selon les habitants. "
    found = read_page(page([text * 3, text * 3]))
    assert isinstance(found, Unfit)
    assert found.reason == "not_english"
    assert "fr" in found.detail


WORDS = " ".join(SENTENCES)
HOSTILE = {
    "empty": "",
    "blank": " \n ",
    "no text": "<html><body><img src=a.png></body></html>",
    "deep": "<div>" * 60_000 + WORDS + "</div>" * 60_000,
    "deep inline": "<p>" + "<b><span>" * 20_000 + WORDS,
    "hidden depth": "<!-->" + "<div>" * 60_000 + WORDS,
    "attributes": "<html><body " + " ".join(f"a{n}=1" for n in range(60_000)) + ">" + WORDS,
    "huge": "x" * (LARGEST_PAGE + 1),
    "scripts": "<script>" * 100_000,
    "comments": "<!--" * 100_000,
    "angle brackets": "<" * 200_000,
    "entities": "&amp;" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_pages_get_a_reason(name: str) -> None:
    found = read_page(HOSTILE[name])
    assert isinstance(found, Unfit)
    assert found.reason == "no_body"
    assert "\n" not in found.detail and found.detail


def test_wide_pages_are_read_without_the_slow_extractor() -> None:
    found = read(page([*SENTENCES, "<i></i>" * 40_000 + SENTENCES[0]]))
    assert found.method == "resiliparse"
    assert SENTENCES[1] in found.text


def test_a_paragraph_of_two_million_characters_is_read() -> None:
    found = read(page([WORDS * (2_000_000 // len(WORDS))]))
    assert len(found.text) > 1_900_000


def test_null_characters_do_not_part_words() -> None:
    assert read(page(SENTENCES).replace("troops", "tro\0ops")).text.startswith("Government troops")


def test_scripts_full_of_tags_are_not_depth() -> None:
    script = "<script>var a = '" + "<div>" * (3 * DEEPEST_PAGE) + "';</script>"
    assert read(page(SENTENCES, around=script)).text.split("\n\n") == SENTENCES


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "<ul><li>", "<br>", "<h1>",
                         "</h1>", "<a href=x>", "</a>", "<!--", "-->", "<script>", "</script>",
                         "<time datetime=2017>", "&amp;", "<", '"', "\ufffd"]),
        st.sampled_from(SENTENCES),
        st.text(max_size=12),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP)
def test_any_markup_gives_text_or_a_reason(pieces: list[str]) -> None:
    found = read_page("".join(pieces))
    if isinstance(found, Page):
        assert found.text.strip()
        assert all(paragraph.strip() == paragraph != "" for paragraph in found.text.split("\n\n"))
        assert 0.0 <= found.linked <= 1.0
    else:
        assert found.reason in ("no_body", "not_english")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_bytes_are_read_in_their_declared_encoding(encoding: str) -> None:
    text = "The café in Séguéla was hit, the mayor said. It had been closed since the start of the war."
    assert tidy(decode(text.encode(encoding), encoding)) == text


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode("Séguéla".encode(), "iso-8859-1") == "Séguéla"


def test_the_pages_own_charset_is_read() -> None:
    markup = '<html><head><meta charset="windows-1251"></head><body>Киев</body></html>'
    assert "Киев" in decode(markup.encode("cp1251"))


def test_an_unknown_charset_is_no_failure() -> None:
    assert "caf" in decode("café".encode("latin-1"), "klingon-8")


def test_a_few_broken_characters_do_not_spoil_the_rest() -> None:
    raw = ("The café in Séguéla was hit. " * 40).encode() + b"\xff\xfe end"
    assert decode(raw).startswith("The café in Séguéla")


def test_unseen_characters_go_before_offsets_exist() -> None:
    assert tidy("\ufeffA\u200b b\u00adc\r\nd\re\x00\x07f\u2028g") == "A bc\nd\nef\ng"


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "ascii", "cp1252", "utf-16", "nonsense", "idna", "base64"]),
)
def test_any_bytes_decode(raw: bytes, encoding: str | None) -> None:
    tidy(decode(raw, encoding)).encode("utf-8")


def blocks(*bodies: list[str], kind: str = "chunk", between: str = "<div class=ad>Advertisement</div>") -> str:
    made = between.join(
        f"<div class={kind}>{''.join(f'<p>{text}</p>' for text in body)}</div>" for body in bodies
    )
    return f"<html lang=en><body><article><h1>Army enters Barsana</h1><div>{made}</div></article></body></html>"


MORE = [
    "On the western front, a commander of the river brigade said that his men had pulled back two kilometres.",
    "The ministry of health in the capital counted nineteen dead since Wednesday, among them four children.",
    "Aid workers who reached the camp at Telkara said that water was short and that the clinic had closed.",
]


def test_the_second_half_of_a_body_in_like_blocks_is_put_in_its_place() -> None:
    tree = parse(blocks(SENTENCES[:3], MORE, SENTENCES[3:]))
    assert continued(tree, SENTENCES) == (*SENTENCES[:3], *MORE, SENTENCES[3])


def test_other_blocks_and_single_lines_are_not_taken_for_the_body() -> None:
    whole = tuple(SENTENCES)
    assert continued(parse(blocks(SENTENCES, MORE[:1])), whole) == whole
    other = blocks(SENTENCES).replace(
        "</article>", f"</article><div class=more><p>{'</p><p>'.join(MORE)}</p></div>"
    )
    assert continued(parse(other), whole) == whole


def test_the_next_story_of_an_endless_page_is_not_taken_in() -> None:
    whole = tuple(SENTENCES)
    assert continued(parse(blocks(SENTENCES, MORE, between="<h1>Bridge falls in Telkara</h1>")), whole) == whole
