"""The door: captures become articles with all that is known of them, or are refused with a reason."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean import article_of, clean
from dateline.model.article import Article
from dateline.model.capture import Declared, MediaType, make_capture
from dateline.model.ids import article_id, sha256
from dateline.model.rejected import Rejected

BODY = [
    "Barsana – Government troops entered the town at dawn on Friday after days of shelling, officials said.",
    "At least seven people died and twelve were hurt when two mortar rounds hit the market, a doctor said.",
    "The spokesman of the governor, Idris Kone, said that the road north would stay closed until Sunday.",
    "Residents told reporters that many families had left their homes and gone to the hills above the river.",
]
BRIEF = "Gunmen killed four people at a checkpoint near Barsana on Friday, police said. No group claimed it."


def plain(text: str, *, fetched: str | None = None, **declared: str) -> Article | Rejected:
    return clean(
        make_capture(text.encode(), "text/plain", "a.txt", fetched=fetched, declared=Declared(**declared))
    )


def web(markup: str, *, fetched: str | None = None, **declared: str) -> Article | Rejected:
    return clean(
        make_capture(markup.encode(), "text/html", "a.html", fetched=fetched, declared=Declared(**declared))
    )


def page(paragraphs: list[str], *, head: str = "", under: str = "", title: str = "Troops enter Barsana") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html lang=en><head><title>{title} | Northern Herald</title>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1>{under}{body}</article><footer>Contact</footer></body></html>"
    )


def article(found: Article | Rejected) -> Article:
    assert isinstance(found, Article), found
    return found


def refusal(found: Article | Rejected) -> Rejected:
    assert isinstance(found, Rejected), found
    assert found.stage == "clean"
    assert found.detail and "\n" not in found.detail
    return found


def test_a_page_becomes_an_article_with_all_it_says_of_itself() -> None:
    linked = {
        "@type": "NewsArticle",
        "datePublished": "2017-06-26T14:05:00Z",
        "author": {"name": "Salma Deeb"},
        "publisher": {"name": "Northern Herald"},
    }
    head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    found = article(web(page(BODY, head=head), url="https://herald.example/barsana"))
    assert found.title == "Troops enter Barsana"
    assert (found.outlet, found.byline, found.url) == (
        "Northern Herald",
        "Salma Deeb",
        "https://herald.example/barsana",
    )
    assert (found.published.date, found.published.precision, found.published.rule) == (
        "2017-06-26",
        "second",
        "json-ld",
    )
    assert found.text == "\n\n".join(BODY)
    assert found.dateline is not None and found.dateline.place is not None
    assert found.dateline.place.text == "Barsana"
    assert found.language == "en"
    assert found.origin is None
    assert len(found.sentences) == 4
    assert found.text_sha256 == sha256(found.text)
    assert found.id == article_id(found.text, found.title, found.outlet, found.url)


def test_a_page_and_its_plain_text_give_the_same_body() -> None:
    assert article(web(page(BODY))).text == article(plain("\n\n".join(BODY))).text


def test_what_the_user_declares_wins() -> None:
    found = article(
        web(
            page(BODY, head='<meta property="article:published_time" content="2017-06-26">'),
            title="My title",
            outlet="My outlet",
            byline="Me",
            published="27 June 2017",
            published_rule="given",
            origin="Eastern Agency",
        )
    )
    assert (found.title, found.outlet, found.byline) == ("My title", "My outlet", "Me")
    assert (found.published.date, found.published.rule) == ("2017-06-27", "given")
    assert found.origin is not None
    assert (found.origin.name, found.origin.kind) == ("Eastern Agency", "declared")


def test_a_declared_date_that_does_not_read_leaves_the_other_rules_to_work() -> None:
    found = article(
        web(
            page(BODY, head='<meta property="article:published_time" content="2017-06-26">'),
            published="some Friday",
            published_rule="sidecar",
        )
    )
    assert (found.published.date, found.published.rule) == ("2017-06-26", "opengraph")


def test_the_line_under_the_headline_gives_the_date_of_a_bare_page() -> None:
    found = article(web(page(BODY, under="<div>Salma Deeb</div><div>26 June 2017, 14:05</div>")))
    assert found.published.date == "2017-06-26"
    assert found.published.rule in ("byline", "header")
    assert "2017" not in found.text


def test_a_clock_of_the_page_is_not_the_date() -> None:
    markup = page(BODY).replace("<nav>", "<div class=date>Wednesday, April 24, 2024</div><nav>")
    assert article(web(markup)).published.date is None


def test_a_copyright_year_or_another_story_is_not_the_date() -> None:
    markup = page(BODY).replace(
        "<footer>",
        '<aside><a href=/2>Bridge falls</a> <span class="date">3 May 2018</span></aside><footer>© 2019 ',
    )
    assert article(web(markup)).published.date is None


def test_a_date_after_the_crawl_is_refused() -> None:
    markup = page(BODY, head='<meta property="article:published_time" content="2031-01-01">')
    found = article(
        web(markup, fetched="2017-06-27T09:00:00Z", url="https://herald.example/2017/06/26/barsana")
    )
    assert (found.published.date, found.published.rule) == ("2017-06-26", "url")


def test_the_host_names_the_outlet_where_nothing_else_does() -> None:
    assert article(plain("\n\n".join(BODY), url="https://www.herald.example/x")).outlet == "herald.example"
    assert article(plain("\n\n".join(BODY))).outlet is None


def test_plain_text_gives_title_and_line_ends_are_made_one() -> None:
    found = article(plain("\ufeffTroops enter Barsana\r\n\r\n" + "\r\n\r\n".join(BODY)))
    assert found.title == "Troops enter Barsana"
    assert found.text == "\n\n".join(BODY)


def test_an_outlet_known_from_its_dateline_is_no_origin_of_itself() -> None:
    text = (
        "Barsana (NorthernHerald.com) The army said on Friday that its troops had entered the town. " + BODY[1]
    )
    found = article(plain(text))
    assert (found.outlet, found.origin) == ("NorthernHerald.com", None)


def test_a_credited_source_is_the_origin() -> None:
    found = article(plain("\n\n".join([*BODY, "Source: Eastern Agency"]), outlet="Northern Herald"))
    assert found.origin is not None
    assert found.origin.name == "Eastern Agency"


@pytest.mark.parametrize("make", [plain, lambda text: web(page([text]))])
def test_a_brief_of_two_sentences_survives(make) -> None:  # type: ignore[no-untyped-def]
    assert article(make(BRIEF)).text == BRIEF


def test_capitals_of_old_wires_are_english() -> None:
    found = article(plain(" ".join(BODY[1:]).upper()))
    assert found.language == "en"


def test_an_old_wire_wrapped_by_hand_is_an_article_with_its_day() -> None:
    wire = (
        "BARSANA, 3 JAN 90 (EASTERN AGENCY) -- [TEXT] GOVERNMENT TROOPS ENTERED THE\n"
        "TOWN AT DAWN TODAY AFTER THREE DAYS OF SHELLING, OFFICIALS IN THE PROVINCE\n"
        "SAID. AT LEAST SEVEN PEOPLE WERE KILLED WHEN TWO MORTAR ROUNDS HIT THE\n"
        "MARKET NEAR THE RIVER.\n\n"
        "   THE SPOKESMAN OF THE GOVERNOR ADDED THAT THE ROAD TO THE NORTH WOULD STAY\n"
        "CLOSED UNTIL THE END OF THE WEEK, AND THAT FAMILIES WHO HAD LEFT THEIR HOMES\n"
        "COULD RETURN WHEN THE ARMY HAD CLEARED THE STREETS OF MINES.\n"
    )
    found = article(plain(wire))
    assert len(found.sentences) == 3
    assert found.published.date == "1990-01-03"


def test_an_empty_page_has_no_body() -> None:
    assert refusal(web("<html><body></body></html>")).reason == "no_body"


def test_a_headline_alone_is_too_short() -> None:
    assert refusal(plain("Troops enter town.")).reason == "too_short"
    assert refusal(web(page(["The army entered the town of Barsana."]))).reason in ("too_short", "no_body")


def test_a_page_without_a_full_sentence_is_too_short() -> None:
    text = "the army and the police and the militia of the town and the people of the hills and so on"
    assert refusal(web(page([text]))).reason in ("too_short", "no_body", "not_an_article")


def test_one_given_sentence_is_an_article() -> None:
    assert len(article(plain("Gunmen killed three people in Mosul on Friday.")).sentences) == 1


def test_other_languages_are_refused_with_their_name() -> None:
    french = (
        "Des hommes armés ont attaqué le village à l'aube et tué quatre personnes, selon des habitants. "
        "L'armée a envoyé des renforts dans la région, a déclaré un porte-parole du gouvernement vendredi."
    )
    for found in (refusal(plain(french)), refusal(web(page([french, french])))):
        assert found.reason == "not_english"
        assert "fr" in found.detail


def test_a_list_of_headlines_is_no_article() -> None:
    places = ["Barsana", "Telkara", "Omdal", "Ruvenya", "Kesh", "Lower Tamur", "Adrana", "Sefid"]
    stories = [f"Army and rebels trade fire for a third day in {place}" for place in places]
    assert refusal(plain("\n\n".join(stories))).reason == "not_an_article"
    links = "".join(f'<li><a href="/{n}">{story}</a></li>' for n, story in enumerate(stories * 4))
    markup = f"<html><body><h1>Latest</h1><div><ul>{links}</ul></div></body></html>"
    assert refusal(web(markup)).reason in ("not_an_article", "no_body")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Not Found", "The page you are looking for was moved or does not exist. Try the search."),
        ("Access Denied", "You don't have permission to access this page on this server. Reference 18.2f2e."),
        ("Just a moment...", "Checking your browser before accessing the site. This takes a moment."),
        ("Northern Herald", "Before you continue. We and our partners use cookies to show adverts."),
        ("Northern Herald", "Please verify you are human. Complete the captcha to go on to the page."),
    ],
)  # fmt: skip
def test_notices_are_no_articles(title: str, text: str) -> None:
    assert refusal(web(page([text], title=title))).reason == "not_an_article"


def test_an_article_about_a_notice_is_an_article() -> None:
    quoted = "Readers of the paper's site saw only the words “Access denied” for three days, its editor said."
    assert isinstance(web(page([quoted, *BODY])), Article)


def test_the_same_content_gives_the_same_article() -> None:
    assert web(page(BODY)) == web(page(BODY))


def test_running_text_is_taken_as_it_is() -> None:
    text = "  Read more\n\nThe road is shut. The bridge is not."
    article = article_of(text, title="Roads")
    assert (article.text, article.title, article.published.date) == (text, "Roads", None)
    assert [text[start:end] for start, end in article.sentences][-1] == "The bridge is not."
    assert article_of(text, sentences=[(0, 5)]).sentences == ((0, 5),)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*BODY, BRIEF, "By Salma Deeb", "Read more", "", "\x00", "26 June 2017", "— ", "Home"])
    )
)
def test_offsets_of_sentences_fit_the_text(lines: list[str]) -> None:
    found = plain("\n\n".join(lines))
    if isinstance(found, Article):
        assert all(0 <= start < end <= len(found.text) for start, end in found.sentences)
        assert found.text == found.text.strip()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_become_an_article_or_a_reason(content: bytes, as_page: bool) -> None:  # noqa: FBT001 - drawn
    kind: MediaType = "text/html" if as_page else "text/plain"
    assert isinstance(clean(make_capture(content, kind, "a")), Article | Rejected)
