"""Dates of publication: what wording reads as which date, and which candidate wins."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.clean.published import Found, choose, date_in_url, find_date, parse_date
from dateline.clean.visible_date import date_by_htmldate, date_of_line, date_under_heading

READS = [
    ("2016-10-21", "2016-10-21", "day"),
    ("2016-10", "2016-10", "month"),
    ("2016", "2016", "year"),
    ("2017/06/26", "2017-06-26", "day"),
    ("20170626", "2017-06-26", "day"),
    ("20170626T140500Z", "2017-06-26", "day"),
    ("2017-06-26T14:05", "2017-06-26", "day"),
    ("2017-06-26T14:05:31Z", "2017-06-26", "second"),
    ("2017-06-26T23:30:00-05:00", "2017-06-26", "second"),
    ("2017-06-26T00:30:00+09:00", "2017-06-26", "second"),
    ("2017-06-26T00:00:00Z", "2017-06-26", "day"),
    ("2019-11-18T08:00:00.000Z", "2019-11-18", "second"),
    ("2019-11-19 10:33:22 -0500", "2019-11-19", "second"),
    ("Mon, 26 Jun 2017 14:05:33 GMT", "2017-06-26", "second"),
    ("26 Jun 2017 14:05 GMT", "2017-06-26", "day"),
    ("Wed Nov 20 2019 09:28:11 GMT+0000 (UTC)", "2019-11-20", "second"),
    ("Tue Nov 19 10:33:22 UTC 2019", "2019-11-19", "second"),
    ("June 26, 2017", "2017-06-26", "day"),
    ("JUNE 26 2017", "2017-06-26", "day"),
    ("26 June 2017", "2017-06-26", "day"),
    ("26th of June, 2017", "2017-06-26", "day"),
    ("Oct. 21, 2016", "2016-10-21", "day"),
    ("Sept. 4, 2014 9:14 PM ET", "2014-09-04", "day"),
    ("Wednesday, April 24, 2024", "2024-04-24", "day"),
    ("Published: 26 June 2017 at 2:05 p.m. EST", "2017-06-26", "day"),
    ("Posted on Nov 19, 2019 10:33am", "2019-11-19", "day"),
    ("November 20, 2019 - 11:28 AMT", "2019-11-20", "day"),
    ("19-Nov-2019", "2019-11-19", "day"),
    ("3 JAN 90", "1990-01-03", "day"),
    ("3 Jan 07", "2007-01-03", "day"),
    ("26/06/2017", "2017-06-26", "day"),
    ("06-26-2017", "2017-06-26", "day"),
    ("05/05/2017", "2017-05-05", "day"),
    ("June 2017", "2017-06", "month"),
    ("  June   26,\n2017 ", "2017-06-26", "day"),
]

DOES_NOT_READ = [
    "", "   ", "Friday", "yesterday", "03/04/2017", "3.4.2017", "2017-02-30", "31 June 2017", "2017-13-01",
    "1511108400", "June", "26 June", "in June 2017 the army", "June 26, 2017 by Salma Deeb", "26 people",
    "0001-01-01",
    "0001-01-01T00:00:00Z", "2016-10-21T14:5", "June 26, 2017 and June 27, 2017", "x" * 500,
]  # fmt: skip


@pytest.mark.parametrize(("text", "iso", "precision"), READS)
def test_wording_reads_as_its_date(text: str, iso: str, precision: str) -> None:
    assert parse_date(text) == (iso, precision)


@pytest.mark.parametrize("text", DOES_NOT_READ)
def test_what_is_no_certain_date_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@given(
    DAYS,
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y/%m/%d", "%Y%m%d", "%d-%b-%Y"]),
)
def test_any_day_is_read_back(day: date, shape: str) -> None:
    assert parse_date(day.strftime(shape)) == (day.isoformat(), "day")


@given(DAYS)
def test_numbers_in_doubt_give_no_date(day: date) -> None:
    found = parse_date(day.strftime("%d/%m/%Y"))
    doubtful = day.day <= 12 and day.day != day.month
    assert found == (None if doubtful else (day.isoformat(), "day"))


@given(st.text(max_size=150))
def test_any_text_is_survived_and_gives_a_real_date(text: str) -> None:
    found = parse_date(text)
    assert found is None or date.fromisoformat((found[0] + "-01-01")[:10] if len(found[0]) < 10 else found[0])


def test_a_date_is_found_within_a_line() -> None:
    assert find_date("By Salma Deeb | June 26, 2017 | 3 min read") == ("June 26, 2017", "2017-06-26", "day")
    assert find_date("He was elected in June 2017") is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://example.org/2017/06/26/army-enters-town", "2017-06-26"),
        ("https://example.org/world/2019/nov/18/army", "2019-11-18"),
        ("https://example.org/news-20170626.html", "2017-06-26"),
        ("https://example.org/story/2018-1-5/army?x=2020-01-01", "2018-01-05"),
        ("https://example.org/2017/06/army-enters-town", "2017-06"),
    ],
)
def test_an_address_gives_its_date(url: str, iso: str) -> None:
    assert date_in_url(url) == Found("url", iso)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/article-14848164.php",
        "https://example.org/201706261",
        "https://example.org/2017-elections/army",
        "https://20170626.example.org/army",
        "https://example.org/army?date=2017-06-26",
        "https://example.org/2017/13/40/army",
    ],
)
def test_other_digits_of_an_address_are_no_date(url: str) -> None:
    assert date_in_url(url) is None


def test_the_first_candidate_that_reads_wins_and_names_its_rule() -> None:
    candidates = [Found("sidecar", "last Friday"), Found("json-ld", "2017-06-26"), Found("url", "2017-06-25")]
    published = choose(candidates)
    assert (published.date, published.precision, published.rule) == ("2017-06-26", "day", "json-ld")
    assert published.text == "2017-06-26"


def test_nothing_that_reads_leaves_the_date_unknown() -> None:
    published = choose([Found("meta", "03/04/2017")])
    assert (published.date, published.precision, published.rule) == (None, "unknown", None)


def test_a_date_after_the_page_was_got_is_refused() -> None:
    candidates = [Found("meta", "2017-06-29"), Found("url", "2017-06-20")]
    assert choose(candidates, fetched="2017-06-26T10:00:00Z").rule == "url"


def test_tomorrow_in_another_time_zone_is_not_the_future() -> None:
    assert choose([Found("meta", "2017-06-27")], fetched="2017-06-26T23:00:00Z").date == "2017-06-27"


def test_the_users_own_date_stands_against_the_crawl() -> None:
    assert choose([Found("given", "2018-01-01")], fetched="2017-06-26").date == "2018-01-01"


def test_a_coarse_date_is_compared_at_its_own_precision() -> None:
    assert choose([Found("url", "2017-06")], fetched="2017-06-26").date == "2017-06"
    assert choose([Found("url", "2017-08")], fetched="2017-06-26").date is None


@pytest.mark.parametrize(
    ("line", "wording"),
    [
        ("By Salma Deeb, June 26, 2017, 2:05 pm", "June 26, 2017"),
        ("Published June 26, 2017 | Updated June 28, 2017", "June 26, 2017"),
        ("Updated: 28 June 2017. Published: 26 June 2017", "26 June 2017"),
        ("Last updated June 28, 2017", None),
        ("© 2017-06-26 Northern Herald", None),
        ("A picture taken on June 26, 2017 shows the bridge", None),
        ("The army said that the bridge which fell on June 26, 2017 had been hit by at least two shells", None),
    ],
)
def test_a_line_gives_its_date_of_publication(line: str, wording: str | None) -> None:
    assert date_of_line(line) == wording


def test_the_first_dated_line_under_the_headline_counts() -> None:
    lines = ["Salma Deeb", "Updated 28 June 2017", "26 June 2017"]
    assert date_under_heading(lines) == Found("header", "26 June 2017")


def test_htmldate_must_be_confirmed_by_a_line_near_the_article() -> None:
    markup = (
        '<html><body><p class="date">26 June 2017</p><p>The army entered the town on Friday.</p></body></html>'
    )
    assert date_by_htmldate(markup, ["26 June 2017"]) == Found("htmldate", "2017-06-26")
    assert date_by_htmldate(markup, []) is None
    assert date_by_htmldate(markup, ["25 June 2017"]) is None
