"""Times: what is found, what it becomes, and what is left unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.model.values import When
from dateline.resolve.calendar import days_of, month_of, step_months, third_of, week_of
from dateline.resolve.times import Anchors, find_times, is_background, resolve_time
from dateline.resolve.timewords import load_time_words

# A Saturday; the day before it is the last date named.
SATURDAY = Anchors(published="2016-10-22", published_precision="day", context="2016-10-21")
NOWHEN = Anchors()


def read(text: str, anchors: Anchors = SATURDAY, tense: str = "past") -> When:
    """Return the first time of a text, placed."""
    found = find_times(text)
    assert found, f"no time was found in {text!r}"
    assert tense in ("past", "future", "unknown")
    return resolve_time(found[0], anchors, tense=tense)  # type: ignore[arg-type]


# wording, start, end, precision
STATED = [
    ("21 October 2016", "2016-10-21", "2016-10-21", "day"),
    ("October 21, 2016", "2016-10-21", "2016-10-21", "day"),
    ("October 21 , 2016", "2016-10-21", "2016-10-21", "day"),
    ("21 October , 2016", "2016-10-21", "2016-10-21", "day"),
    ("Oct. 21, 2016", "2016-10-21", "2016-10-21", "day"),
    ("Oct 21 2016", "2016-10-21", "2016-10-21", "day"),
    ("2016-10-21", "2016-10-21", "2016-10-21", "day"),
    ("21st of October 2016", "2016-10-21", "2016-10-21", "day"),
    ("21.10.2016", "2016-10-21", "2016-10-21", "day"),
    ("10/21/2016", "2016-10-21", "2016-10-21", "day"),
    ("21/10/2016", "2016-10-21", "2016-10-21", "day"),
    ("3/3/2016", "2016-03-03", "2016-03-03", "day"),
    ("Friday, October 21, 2016", "2016-10-21", "2016-10-21", "day"),
    ("Friday 21 October 2016", "2016-10-21", "2016-10-21", "day"),
    ("the first Tuesday of October 2016", "2016-10-04", "2016-10-04", "day"),
    ("the last Friday in May 2016", "2016-05-27", "2016-05-27", "day"),
    ("the eve of 3 May 2016", "2016-05-02", "2016-05-02", "day"),
    ("SEPT. 4, 2015", "2015-09-04", "2015-09-04", "day"),
    ("29 February 2016", "2016-02-29", "2016-02-29", "day"),
    ("3 may 2016", "2016-05-03", "2016-05-03", "day"),
    ("May 3, 2016", "2016-05-03", "2016-05-03", "day"),
    ("MARCH 3, 2016", "2016-03-03", "2016-03-03", "day"),
    ("3–5 March 2019", "2019-03-03", "2019-03-05", "range"),
    ("3-5 March 2019", "2019-03-03", "2019-03-05", "range"),
    ("March 3 to 5, 2019", "2019-03-03", "2019-03-05", "range"),
    ("between 3 and 5 March 2019", "2019-03-03", "2019-03-05", "range"),
    ("from 3 to 5 March 2019", "2019-03-03", "2019-03-05", "range"),
    ("30 April–2 May 2019", "2019-04-30", "2019-05-02", "range"),
    ("from 28 December to 3 January 2019", "2018-12-28", "2019-01-03", "range"),
    ("from March 2017 to May 2018", "2017-03-01", "2018-05-31", "range"),
    ("October and November 2016", "2016-10-01", "2016-11-30", "range"),
    ("between March 2015 and June 2016", "2015-03-01", "2016-06-30", "range"),
    ("March 2003", "2003-03-01", "2003-03-31", "month"),
    ("May of 2015", "2015-05-01", "2015-05-31", "month"),
    ("early 2017", "2017-01-01", "2017-04-30", "range"),
    ("mid-2017", "2017-05-01", "2017-08-31", "range"),
    ("late 2017", "2017-09-01", "2017-12-31", "range"),
    ("late May 2014", "2014-05-21", "2014-05-31", "range"),
    ("early May 2014", "2014-05-01", "2014-05-10", "range"),
    ("mid-June 2014", "2014-06-11", "2014-06-20", "range"),
    ("the end of February 2015", "2015-02-21", "2015-02-28", "range"),
    ("the first week of March 2015", "2015-03-01", "2015-03-07", "week"),
    ("in 2003", "2003-01-01", "2003-12-31", "year"),
    ("the 1990s", "1990-01-01", "1999-12-31", "range"),
    ("the early 1990s", "1990-01-01", "1993-12-31", "range"),
    ("the 19th century", "1801-01-01", "1900-12-31", "range"),
    ("2003–2011", "2003-01-01", "2011-12-31", "range"),
    ("in 1990-91", "1990-01-01", "1991-12-31", "range"),
    ("from 2003 to 2011", "2003-01-01", "2011-12-31", "range"),
    ("the spring of 2015", "2015-03-01", "2015-05-31", "season"),
    ("summer 2014", "2014-06-01", "2014-08-31", "season"),
    ("winter of 2014", "2014-12-01", "2015-02-28", "season"),
    ("the first quarter of 2016", "2016-01-01", "2016-03-31", "season"),
    ("Q3 2016", "2016-07-01", "2016-09-30", "season"),
    ("the second half of 2016", "2016-07-01", "2016-12-31", "range"),
    ("since October 2016", "2016-10-01", None, "range"),
    ("since 2014, when", "2014-01-01", None, "range"),
    ("ever since 2003", "2003-01-01", None, "range"),
    ("from 2003 onward", "2003-01-01", None, "range"),
    ("until 2011", None, "2011-12-31", "range"),
    ("before 2014", None, "2013-12-31", "range"),
    ("after 2014", "2015-01-01", None, "range"),
    ("by the end of 2014", None, "2014-12-31", "range"),
    ("9/11", "2001-09-11", "2001-09-11", "day"),
    ("Christmas Day, 2014", "2014-12-25", "2014-12-25", "day"),
    ("the night of 3 May 2016", "2016-05-03", "2016-05-03", "part_of_day"),
    ("the morning of 21 October 2016", "2016-10-21", "2016-10-21", "part_of_day"),
    ("at dawn on 21 October 2016", "2016-10-21", "2016-10-21", "part_of_day"),
    ("two days before 21 October 2016", "2016-10-19", "2016-10-19", "day"),
    ("a week after 1 March 2016", "2016-03-07", "2016-03-13", "week"),
    ("3 JAN 90", "1990-01-03", "1990-01-03", "day"),
    ("3-Jan-90", "1990-01-03", "1990-01-03", "day"),
]


@pytest.mark.parametrize("anchors", [SATURDAY, NOWHEN], ids=["published", "unknown"])
@pytest.mark.parametrize(("wording", "start", "end", "precision"), STATED)
def test_full_dates_need_no_publication(
    wording: str, start: str | None, end: str | None, precision: str, anchors: Anchors
) -> None:
    when = read(f"Shells fell on the town {wording}.", anchors)
    assert (when.start, when.end, when.precision) == (start, end, precision)
    assert when.anchor == "stated"
    assert when.basis == "stated"


# wording, tense, start, end, precision; all counted from the publication
PUBLISHED = [
    ("on Friday", "past", "2016-10-21", "2016-10-21", "day"),
    ("on Saturday", "past", "2016-10-22", "2016-10-22", "day"),
    ("on Sunday", "past", "2016-10-16", "2016-10-16", "day"),
    ("on Sunday", "future", "2016-10-23", "2016-10-23", "day"),
    ("on Saturday", "future", "2016-10-22", "2016-10-22", "day"),
    ("on Friday", "future", "2016-10-28", "2016-10-28", "day"),
    ("on Friday", "unknown", "2016-10-21", "2016-10-21", "day"),
    ("last Friday", "past", "2016-10-21", "2016-10-21", "day"),
    ("last Saturday", "past", "2016-10-15", "2016-10-15", "day"),
    ("next Friday", "future", "2016-10-28", "2016-10-28", "day"),
    ("on Tuesday last week", "past", "2016-10-11", "2016-10-11", "day"),
    ("on Friday of last week", "past", "2016-10-14", "2016-10-14", "day"),
    ("on Friday night", "past", "2016-10-21", "2016-10-21", "part_of_day"),
    ("early Tuesday", "past", "2016-10-18", "2016-10-18", "part_of_day"),
    ("late on Tuesday", "past", "2016-10-18", "2016-10-18", "part_of_day"),
    ("around 3 p.m. on Monday", "past", "2016-10-17", "2016-10-17", "part_of_day"),
    ("at dawn on Tuesday", "past", "2016-10-18", "2016-10-18", "part_of_day"),
    ("in the early hours of Tuesday", "past", "2016-10-18", "2016-10-18", "part_of_day"),
    ("on Monday at 10:30 am", "past", "2016-10-17", "2016-10-17", "part_of_day"),
    ("Thursday and Friday", "past", "2016-10-20", "2016-10-21", "range"),
    ("from Thursday to Saturday", "past", "2016-10-20", "2016-10-22", "range"),
    ("between Saturday and Monday", "past", "2016-10-15", "2016-10-17", "range"),
    ("today", "past", "2016-10-22", "2016-10-22", "day"),
    ("yesterday", "past", "2016-10-21", "2016-10-21", "day"),
    ("yesterday morning", "past", "2016-10-21", "2016-10-21", "part_of_day"),
    ("tomorrow", "future", "2016-10-23", "2016-10-23", "day"),
    ("the day before yesterday", "past", "2016-10-20", "2016-10-20", "day"),
    ("the day after tomorrow", "future", "2016-10-24", "2016-10-24", "day"),
    ("overnight", "past", "2016-10-21", "2016-10-22", "part_of_day"),
    ("this morning", "past", "2016-10-22", "2016-10-22", "part_of_day"),
    ("tonight", "future", "2016-10-22", "2016-10-22", "part_of_day"),
    ("last night", "past", "2016-10-21", "2016-10-21", "part_of_day"),
    ("last week", "past", "2016-10-10", "2016-10-16", "week"),
    ("this week", "past", "2016-10-17", "2016-10-22", "week"),
    ("this week", "unknown", "2016-10-17", "2016-10-23", "week"),
    ("early this week", "past", "2016-10-17", "2016-10-18", "range"),
    ("next week", "future", "2016-10-24", "2016-10-30", "week"),
    ("last weekend", "past", "2016-10-15", "2016-10-16", "range"),
    ("last month", "past", "2016-09-01", "2016-09-30", "month"),
    ("next month", "future", "2016-11-01", "2016-11-30", "month"),
    ("this month", "past", "2016-10-01", "2016-10-22", "month"),
    ("earlier this month", "past", "2016-10-01", "2016-10-22", "range"),
    ("later this month", "future", "2016-10-22", "2016-10-31", "range"),
    ("late last month", "past", "2016-09-21", "2016-09-30", "range"),
    ("early this month", "past", "2016-10-01", "2016-10-10", "range"),
    ("last year", "past", "2015-01-01", "2015-12-31", "year"),
    ("this year", "past", "2016-01-01", "2016-10-22", "year"),
    ("earlier this year", "past", "2016-01-01", "2016-10-22", "range"),
    ("late last year", "past", "2015-09-01", "2015-12-31", "range"),
    ("next year", "future", "2017-01-01", "2017-12-31", "year"),
    ("by the end of the year", "future", None, "2016-12-31", "range"),
    ("two days ago", "past", "2016-10-20", "2016-10-20", "day"),
    ("three nights ago", "past", "2016-10-19", "2016-10-19", "part_of_day"),
    ("two weeks ago", "past", "2016-10-03", "2016-10-09", "week"),
    ("a fortnight ago", "past", "2016-10-03", "2016-10-09", "week"),
    ("two months ago", "past", "2016-08-01", "2016-08-31", "month"),
    ("three years ago", "past", "2013-01-01", "2013-12-31", "year"),
    ("a few days ago", "past", "2016-10-13", "2016-10-20", "range"),
    ("more than two years ago", "past", None, "2014-10-22", "range"),
    ("less than two weeks ago", "past", "2016-10-08", "2016-10-22", "range"),
    ("two hours ago", "past", "2016-10-21", "2016-10-22", "part_of_day"),
    ("in the past six months", "past", "2016-04-22", "2016-10-22", "range"),
    ("over the last six months", "past", "2016-04-22", "2016-10-22", "range"),
    ("over the past week", "past", "2016-10-15", "2016-10-22", "range"),
    ("in the last 24 hours", "past", "2016-10-21", "2016-10-22", "range"),
    ("within the next two weeks", "future", "2016-10-22", "2016-11-05", "range"),
    ("on July 10", "past", "2016-07-10", "2016-07-10", "day"),
    ("on 10 July", "past", "2016-07-10", "2016-07-10", "day"),
    ("on December 10", "past", "2015-12-10", "2015-12-10", "day"),
    ("on December 10", "future", "2016-12-10", "2016-12-10", "day"),
    ("on November 3", "unknown", "2016-11-03", "2016-11-03", "day"),
    ("on July 10 last year", "past", "2015-07-10", "2015-07-10", "day"),
    ("in May", "past", "2016-05-01", "2016-05-31", "month"),
    ("in May this year", "past", "2016-05-01", "2016-05-31", "month"),
    ("in October", "past", "2016-10-01", "2016-10-31", "month"),
    ("in November", "past", "2015-11-01", "2015-11-30", "month"),
    ("in November", "future", "2016-11-01", "2016-11-30", "month"),
    ("last October", "past", "2015-10-01", "2015-10-31", "month"),
    ("late May", "past", "2016-05-21", "2016-05-31", "range"),
    ("in mid-June", "past", "2016-06-11", "2016-06-20", "range"),
    ("between 3 and 5 March", "past", "2016-03-03", "2016-03-05", "range"),
    ("March 3 to 5", "past", "2016-03-03", "2016-03-05", "range"),
    ("from May to August", "past", "2016-05-01", "2016-08-31", "range"),
    ("last summer", "past", "2016-06-01", "2016-08-31", "season"),
    ("this summer", "past", "2016-06-01", "2016-08-31", "season"),
    ("in the spring", "past", "2016-03-01", "2016-05-31", "season"),
    ("in the first quarter of this year", "past", "2016-01-01", "2016-03-31", "season"),
    ("since Monday", "past", "2016-10-17", None, "range"),
    ("until Friday", "past", None, "2016-10-21", "range"),
    ("by Monday", "future", None, "2016-10-24", "range"),
    ("since last month", "past", "2016-09-01", None, "range"),
    ("since July 10", "past", "2016-07-10", None, "range"),
    ("two days before Friday", "past", "2016-10-19", "2016-10-19", "day"),
    ("on New Year's Eve", "past", "2015-12-31", "2015-12-31", "day"),
    ("on the first Tuesday of October", "past", "2016-10-04", "2016-10-04", "day"),
    ("the week before last", "past", "2016-10-03", "2016-10-09", "week"),
    ("the weekend before last", "past", "2016-10-08", "2016-10-09", "range"),
    ("overnight on Thursday", "past", "2016-10-20", "2016-10-20", "part_of_day"),
    ("on the eve of Christmas", "past", "2015-12-24", "2015-12-24", "day"),
]


@pytest.mark.parametrize(("wording", "tense", "start", "end", "precision"), PUBLISHED)
def test_counted_from_the_publication(
    wording: str, tense: str, start: str | None, end: str | None, precision: str
) -> None:
    when = read(f"The convoy moved {wording}.", tense=tense)
    assert (when.start, when.end, when.precision) == (start, end, precision)
    assert when.anchor == "published:2016-10-22"


@pytest.mark.parametrize(("wording", "tense", "start", "end", "precision"), PUBLISHED)
def test_without_a_publication_only_the_wording_and_its_precision_stay(
    wording: str, tense: str, start: str | None, end: str | None, precision: str
) -> None:
    when = read(f"The convoy moved {wording}.", NOWHEN, tense)
    assert (when.start, when.end, when.anchor) == (None, None, None)
    assert when.precision == precision
    assert when.text and when.text in f"The convoy moved {wording}."


CONTEXT = [
    ("the same day", "2016-10-21", "2016-10-21", "day"),
    ("that day", "2016-10-21", "2016-10-21", "day"),
    ("that same day", "2016-10-21", "2016-10-21", "day"),
    ("that night", "2016-10-21", "2016-10-21", "part_of_day"),
    ("the next day", "2016-10-22", "2016-10-22", "day"),
    ("the following day", "2016-10-22", "2016-10-22", "day"),
    ("the previous day", "2016-10-20", "2016-10-20", "day"),
    ("the day before", "2016-10-20", "2016-10-20", "day"),
    ("the next morning", "2016-10-22", "2016-10-22", "part_of_day"),
    ("two days later", "2016-10-23", "2016-10-23", "day"),
    ("three days earlier", "2016-10-18", "2016-10-18", "day"),
    ("one night before their attack", "2016-10-20", "2016-10-20", "part_of_day"),
    ("a week before the attack", "2016-10-10", "2016-10-16", "week"),
    ("two days after the deadly market bombing", "2016-10-23", "2016-10-23", "day"),
    ("hours after the raid", "2016-10-21", "2016-10-22", "range"),
    ("a month later", "2016-11-01", "2016-11-30", "month"),
    ("a year earlier", "2015-01-01", "2015-12-31", "year"),
    ("the following week", "2016-10-24", "2016-10-30", "week"),
    ("in July of that year", "2016-07-01", "2016-07-31", "month"),
    ("on the second day of the siege", "2016-10-22", "2016-10-22", "day"),
    ("on day three of the siege", "2016-10-23", "2016-10-23", "day"),
    ("three days into the siege", "2016-10-24", "2016-10-24", "day"),
]


@pytest.mark.parametrize(("wording", "start", "end", "precision"), CONTEXT)
def test_counted_from_the_last_date_of_the_text(wording: str, start: str, end: str, precision: str) -> None:
    when = read(f"The column withdrew {wording}.")
    assert (when.start, when.end, when.precision) == (start, end, precision)
    assert when.anchor == "context:2016-10-21"
    assert when.assumed


@pytest.mark.parametrize(("context", "start"), [("2014-06-03", "2014-06-03"), ("2014-06", "2014-06-01")])
def test_since_then_begins_with_the_last_date_named(context: str, start: str) -> None:
    when = read("Since then they have fought.", Anchors(context=context))
    assert (when.start, when.end, when.precision) == (start, None, "range")


def test_there_is_no_fifth_friday_in_every_month() -> None:
    assert read("They met on the fifth Friday of February 2015.").start is None
    assert read("They met on the fifth Friday of May 2015.").start == "2015-05-29"


@pytest.mark.parametrize(("wording", "start", "end", "precision"), CONTEXT)
def test_without_a_date_before_it_such_a_time_stays_open(
    wording: str, start: str, end: str, precision: str
) -> None:
    alone = Anchors(published="2016-10-22", published_precision="day")
    when = read(f"The column withdrew {wording}.", alone)
    assert (when.start, when.end, when.anchor, when.precision) == (None, None, None, precision)


@pytest.mark.parametrize(
    "wording",
    [
        "recently",
        "currently",
        "now",
        "in recent weeks",
        "in the coming days",
        "for three weeks",
        "for months",
        "after two hours of fighting",
        "every Friday",
        "on Fridays",
        "each year",
        "weekly",
        "decades ago",
    ],
)
def test_times_that_cannot_be_placed_keep_only_their_wording(wording: str) -> None:
    when = read(f"Patrols were sent out {wording}.")
    assert (when.start, when.end, when.precision, when.anchor) == (None, None, "unknown", None)
    assert when.text


@pytest.mark.parametrize(
    "text",
    [
        "Militants may return to the valley.",
        "Theresa May spoke to the envoy.",
        "May declined to comment.",
        "They march on the capital.",
        "Crowds joined the March of Return.",
        "It was the second attack.",
        "About 2003 people fled.",
        "2003 people fled the shelling.",
        "Troops took part in 20 villages.",
        "The Sunday Times had the story.",
        "It began on Black Friday.",
        "Fighters of the October Revolution brigade held out.",
        "A 12-year-old boy was hurt.",
        "She is 34 years old.",
        "The army fired 1500 rounds.",
        "They won 3-1 and then 4-2.",
        "The village lies 2016 metres above the sea.",
        "April Jones, a nurse, was hurt.",
        "The fall of the city shocked many.",
        "Highway 60 was cut.",
        "The Daily Star reported it.",
    ],
)
def test_false_friends_are_no_times(text: str) -> None:
    assert [found.span.text for found in find_times(text)] == []


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        ("In October 20 people were killed.", ["October"]),
        ("In 2003 people fled.", ["2003"]),
        ("Worshippers had come for Friday prayers.", ["Friday"]),
        ("The March 15 attack and the May offensive", ["March 15", "May"]),
        ("On 3 January 90 people were hurt.", ["3 January"]),
        ("On June 18 more than 300 people were hurt.", ["June 18"]),
        ("They fled on that Thursday in March.", ["Thursday in March"]),
        ("It began on a Friday and ended in May.", ["May"]),
        ("A Friday attack", ["Friday"]),
        ("On Friday’s attack", ["Friday"]),
        ("Mosul fell in June 2014. May 2015 was calm.", ["June 2014", "May 2015"]),
        ("Since Friday's raid nobody has returned.", ["Since Friday"]),
        ("They came on Monday and left on Thursday.", ["Monday", "Thursday"]),
        ("The 2003 invasion and the 1991 uprising", ["2003", "1991"]),
        ("From Monday, aid went in; until then nothing had.", ["From Monday"]),
        ("over the last six months and over two years", ["the last six months", "over two years"]),
        ("(14 August-24 August)", ["14 August-24 August"]),
        ("Resolution 1483 (May 22, 2003)", ["May 22, 2003"]),
        ("on Friday\n\n21 October 2016 was a holiday", ["Friday", "21 October 2016"]),
    ],
)
def test_what_is_taken_and_what_is_left(text: str, wordings: list[str]) -> None:
    assert [found.span.text for found in find_times(text)] == wordings


def test_publication_known_to_the_month_places_months_and_bounds_weekdays() -> None:
    june = Anchors(published="2017-06", published_precision="month")
    friday = read("on Friday", june)
    assert (friday.start, friday.end, friday.precision) == ("2017-05-26", "2017-06-30", "day")
    assert "bounded by when the publication can have been" in (friday.assumed or "")
    ago = read("two days ago", june)
    assert (ago.start, ago.end) == ("2017-05-30", "2017-06-28")
    may = read("in May", june)
    assert (may.start, may.end, may.anchor) == ("2017-05-01", "2017-05-31", "published:2017-06")
    assert read("last month", june).start == "2017-05-01"
    assert read("last year", june).start == "2016-01-01"


def test_publication_known_to_the_year_places_years_and_bounds_the_rest() -> None:
    year = Anchors(published="2017", published_precision="year")
    assert read("last year", year).start == "2016-01-01"
    may = read("in May", year)
    assert (may.start, may.end, may.precision) == ("2016-05-01", "2017-05-31", "month")
    last = read("last month", year)
    assert (last.start, last.end) == ("2016-12-01", "2017-11-30")


def test_a_publication_date_of_unknown_precision_is_not_counted_from() -> None:
    assert read("yesterday", Anchors(published="2016-10-22")).start is None


def test_a_yearless_date_takes_the_year_of_the_text_when_nothing_is_published() -> None:
    when = read("On July 10 the city fell.", Anchors(context="2017-06"))
    assert (when.start, when.anchor) == ("2017-07-10", "context:2017-06")
    assert when.assumed == "the year of the last date named before"


def test_day_and_month_that_could_be_swapped_give_no_date() -> None:
    when = read("Signed on 3/4/2016.")
    assert (when.start, when.precision, when.assumed) == (None, "day", "day and month could be swapped")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Gunmen killed two on 12/06/2019.", "2019-06-12"),
        ("Gunmen killed two on 12/06/19.", "2019-06-12"),
        ("Gunmen killed two on 03/06/2019.", None),
        ("Gunmen killed two on 31/06/2019.", None),
        ("Gunmen killed two on 3.5.18.", "2018-05-03"),
        ("Version 3.5.18 of the list.", None),
    ],
)
def test_of_two_orders_that_which_does_not_lie_ahead_is_taken(text: str, start: str | None) -> None:
    found = find_times(text)
    when = (
        resolve_time(found[0], Anchors(published="2019-07-02", published_precision="day"), tense="past")
        if found
        else When()
    )
    assert when.start == when.end == start


def test_what_was_assumed_is_said() -> None:
    assert read("on Friday").assumed == "the last one up to the publication"
    assert read("on Friday", tense="future").assumed == "the next one from the publication on"
    assert "unknown" in (read("on Friday", tense="unknown").assumed or "")
    assert read("3 JAN 90").assumed == "the year 90 read as 1990"
    assert read("on 21 October 2016").assumed is None


def test_a_day_that_does_not_exist_is_not_moved() -> None:
    when = read("on 31 February 2016")
    assert (when.start, when.end, when.precision) == (None, None, "day")


def test_leap_day_without_a_year_finds_the_last_leap_year() -> None:
    assert (
        read("on February 29", Anchors(published="2019-05-01", published_precision="day")).start == "2016-02-29"
    )


def test_offsets_point_into_the_whole_text() -> None:
    text = "Tuesday was calm. On Friday shells fell. Monday was calm again."
    (found,) = find_times(text, 18, 40)
    assert (found.span.start, found.span.end, found.span.text) == (21, 27, "Friday")
    assert text[21:27] == "Friday"


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="do not lie within"):
        find_times("today", 3, 99)


# --- background -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "background"),
    [
        ("on Friday", False),
        ("last week", False),
        ("last month", False),
        ("since last week", False),
        ("since 2014", True),
        ("in 2003", True),
        ("last year", True),
        ("in July", True),
        ("recently", False),
    ],
)
def test_background_lies_long_before_the_publication(wording: str, *, background: bool) -> None:
    assert is_background(read(wording), "2016-10-22") is background


def test_background_without_a_publication_is_told_by_the_wording_only() -> None:
    assert is_background(read("since 2014", NOWHEN), None)
    assert not is_background(read("in 2003", NOWHEN), None)
    assert is_background(When(), None, clause="on the third anniversary of the attack")
    assert is_background(When(), "2016-10-22", clause="the raid of three years ago")
    assert not is_background(When(), "2016-10-22", clause="they attacked the town")


def test_what_is_dated_near_the_publication_is_news_also_on_an_anniversary() -> None:
    assert not is_background(read("on Friday"), "2016-10-22", clause="on the anniversary of the attack")


# --- properties -------------------------------------------------------------------------------------------

PIECES = [
    *[row[0] for row in STATED[::3]],
    *[row[0] for row in PUBLISHED[::3]],
    *[row[0] for row in CONTEXT[::3]],
    *".;,-–()'’",
    *["the", "of", "in", "on", "since", "until", "before", "after", "and", "to", "a", "an", "3", "31", "2016"],
    *["99", "May", "March", "may", "last", "next"],
    "\n\n",
    "fighters",
    "days",
    "ago",
    "later",
    *["during Ramadan", "Eid al-Fitr", "10 Muharram 1438", "15 Khordad", "Easter", "last Thanksgiving"],
    *["the first ten months of", "the third week of", "the week of", "the eve of the attack", "half a", "long"],
    *["'99", "BC", "31 June", "2016-13-45", "at", "1830", "o'clock", "the 20th", "decade", "century", "dawn"],
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
ANCHORS = st.sampled_from(
    [
        SATURDAY,
        NOWHEN,
        Anchors(published="0001-01-01", published_precision="day", context="9999-12-31"),
        Anchors(published="9999-12-31", published_precision="second", context="0001"),
        Anchors(published="2016-02", published_precision="month", context="2016-02"),
        Anchors(published="garbage", published_precision="day", context="nonsense"),
        Anchors(not_before="2016-10-01"),
        Anchors(not_before="9999-12-31", context="0001-01-01", event="attack"),
        Anchors(published="9999", published_precision="year", not_before="nonsense"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, anchors=ANCHORS, tense=st.sampled_from(["past", "future", "unknown"]))
def test_any_text_gives_valid_spans_and_ordered_intervals(text: str, anchors: Anchors, tense: str) -> None:
    last = 0
    for found in find_times(text):
        assert last <= found.span.start < found.span.end <= len(text)
        assert text[found.span.start : found.span.end] == found.span.text
        last = found.span.end
        when = resolve_time(found, anchors, tense=tense)  # type: ignore[arg-type]
        assert when.span == found.span
        assert when.start is None or when.end is None or when.start <= when.end
        assert (when.anchor is None) == (when.start is None and when.end is None)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, cut=st.integers(0, 60))
def test_a_sentence_is_read_the_same_wherever_it_stands(text: str, cut: int) -> None:
    before = "x" * cut + "\n\n"
    alone = [(found.span.start + len(before), found.span.text) for found in find_times(text)]
    inside = find_times(before + text, len(before))
    assert [(found.span.start, found.span.text) for found in inside] == alone


@given(st.dates(), st.integers(-40, 40))
def test_months_step_back_and_forth(day: object, months: int) -> None:
    from datetime import date

    assert isinstance(day, date)
    moved = step_months(day, months)
    if moved is not None:
        assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
        assert moved.day <= day.day


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_thirds_of_a_month_cover_it(year: int, month: int) -> None:
    whole = month_of(year, month)
    assert whole is not None
    early, mid, late = (third_of(whole, part) for part in ("early", "mid", "late"))
    assert (early[0], late[1]) == whole
    assert (mid[0] - early[1]).days == (late[0] - mid[1]).days == 1


@given(st.dates())
def test_a_week_runs_from_monday_to_sunday(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    week = week_of(day)
    if week is not None:
        assert week[0] <= day <= week[1]
        assert (week[0].isoweekday(), week[1].isoweekday()) == (1, 7)


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-02-03", "2016-02-03", "2016-02-03"),
        ("2016-02-03T10:00:00", "2016-02-03", "2016-02-03"),
    ],
)
def test_days_of_an_iso_date_cut_to_its_precision(iso: str, first: str, last: str) -> None:
    days = days_of(iso)
    assert days is not None
    assert (days[0].isoformat(), days[1].isoformat()) == (first, last)


@pytest.mark.parametrize("iso", ["", "16", "2016-13", "2016-02-30", "soon", "2016-", "0000", "²016"])
def test_what_is_no_iso_date_has_no_days(iso: str) -> None:
    assert iso == "16" or days_of(iso) is None


# --- the word list ----------------------------------------------------------------------------------------


def test_a_broken_word_list_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    broken = tmp_path / "words.yaml"
    broken.write_text("months: {1: [january]}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.yaml"):
        load_time_words(broken)
    with pytest.raises(DataError, match="cannot be read"):
        load_time_words(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("killed four weeks ago last Wednesday", "2016-09-21"),
        ("killed a week ago on Friday", "2016-10-14"),
        ("killed a fortnight ago yesterday", "2016-10-07"),
        ("killed on the Saturday before last", "2016-10-08"),
    ],
)
def test_weeks_counted_back_from_a_weekday(text: str, day: str) -> None:
    (found,) = find_times(text)
    when = resolve_time(found, Anchors(published="2016-10-22", published_precision="day"), tense="past")
    assert (when.start, when.end) == (day, day)


def test_one_friday_is_no_day() -> None:
    assert find_times("One Friday, they came back.") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On the 11th seven people were shot.", ["the 11th"]),
        ("On the sixth nobody fired.", ["the sixth"]),
        ("They came on the night of the eighth.", ["the night of the eighth"]),
        ("On the sixth attempt they got in.", []),
        ("The 11th seven-tonner burned.", []),
        ("March belonged to the rebels.", ["March"]),
        ("March on the capital, they said.", []),
        ("In November three years ago they fled.", ["November three years ago"]),
    ],
)
def test_days_and_months_without_a_number_beside_them(text: str, found: list[str]) -> None:
    assert [one.span.text for one in find_times(text)] == found


def test_a_month_of_years_ago() -> None:
    (found,) = find_times("In November three years ago they fled.")
    when = resolve_time(found, Anchors(published="2016-10-22", published_precision="day"), tense="past")
    assert (when.start, when.end) == ("2013-11-01", "2013-11-30")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on the sixth of April", "2016-04-06", "2016-04-06"),
        ("on the twenty-first of April 2015", "2015-04-21", "2015-04-21"),
        ("from the fourth to the sixth of April", "2016-04-04", "2016-04-06"),
        ("the fifteenth of last month", "2016-09-15", "2016-09-15"),
        ("on the 3rd of this month", "2016-10-03", "2016-10-03"),
        ("the 31st of last month", None, None),
        ("on the ninth of that month", "2016-10-09", "2016-10-09"),
        ("on the morrow", "2016-10-22", "2016-10-22"),
        ("Three days on, the bridge was blown up", "2016-10-24", "2016-10-24"),
        ("the worst raid of the month before.", "2016-09-01", "2016-09-30"),
        ("before this month was out", "2016-10-01", "2016-10-22"),
        ("wounds from Thursday's blast", "2016-10-20", "2016-10-20"),
    ],
)
def test_days_spelled_out_and_steps_without_a_noun(text: str, start: str | None, end: str | None) -> None:
    found = read(text)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("as on every sixth of April", ["repeated"]),
        ("as on each 6 April since 2010", ["repeated", "between"]),
        ("Three days on, nobody has been charged", ["duration"]),
        ("a week on the road", ["duration"]),
        ("the second of March's raids", ["calendardate"]),
        ("in the week before", []),
        ("In Harim, where March saw the worst raid", ["calendardate"]),
        ("the women who March saw off", []),
        ("March. Nine were shot at the ford.", ["calendardate"]),
        ("They said: March. Nobody moved.", []),
    ],
)
def test_what_returns_or_is_counted_is_no_day(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in find_times(text)] == kinds
