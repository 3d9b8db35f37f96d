"""Times that cannot be placed, or only within bounds, and dates that cannot be right."""

import pytest

from dateline.model.values import When
from dateline.resolve.times import Anchors, find_times, resolve_time

SATURDAY = Anchors(published="2016-10-22", published_precision="day", context="2016-10-21")
BOUNDED = Anchors(not_before="2016-10-01")


def read(text: str, anchors: Anchors, tense: str = "past") -> When:
    """Return the first time of a text, placed."""
    found = find_times(text)
    assert found, text
    assert tense in ("past", "future", "unknown")
    return resolve_time(found[0], anchors, tense=tense)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wording", "note"),
    [
        ("on Friday", "Friday of an unknown week"),
        ("until Friday", "Friday of an unknown week"),
        ("on 10 July", "10 July of an unknown year"),
        ("late in May", "May of an unknown year"),
        ("the third week of May", "May of an unknown year"),
        ("on the 20th", "of an unknown month"),
        ("in the spring", "of an unknown year"),
        ("on Ashura", "of an unknown year"),
        ("yesterday", "counted from the day of writing, which is not known"),
        ("two days ago", "counted from the day of writing, which is not known"),
        ("in the past six months", "counted from the day of writing, which is not known"),
        ("two days later", "counted from another time, whose date is not known"),
        ("a week before the attack", "counted from the attack, whose date is not known"),
        ("on the eve of the election", "counted from the election, whose date is not known"),
        ("two days before Friday", "Wednesday of an unknown week"),
        ("at dawn", "of an unknown day"),
    ],
)
def test_what_a_time_lacks_is_said(wording: str, note: str) -> None:
    when = read(f"They fought {wording}.", Anchors())
    assert (when.start, when.end, when.anchor, when.assumed) == (None, None, None, note)


@pytest.mark.parametrize(
    ("wording", "start"),
    [
        ("on Saturday", "2016-10-01"),
        ("on Sunday", "2016-09-25"),
        ("yesterday", "2016-09-30"),
        ("last week", "2016-09-19"),
        ("on 10 July", "2016-07-10"),
        ("on 10 December", "2015-12-10"),
        ("in May", "2016-05-01"),
        ("since Friday", "2016-09-30"),
    ],
)
def test_a_day_told_as_past_bounds_what_counts_from_the_day_of_writing(wording: str, start: str) -> None:
    when = read(f"They fought {wording}.", BOUNDED)
    assert (when.start, when.end, when.anchor) == (start, None, "context:2016-10-01")
    assert "since the text tells of 2016-10-01 as past" in (when.assumed or "")


def test_bounds_change_nothing_that_is_stated_and_nothing_that_counts_from_the_text() -> None:
    assert read("They fought on 3 May 2016.", BOUNDED).start == "2016-05-03"
    assert read("They fought two days later.", BOUNDED).start is None
    assert read("They fought until Friday.", BOUNDED).start is None
    assert read("They fought every Friday.", BOUNDED).start is None


def test_a_bound_of_the_text_is_not_needed_where_the_publication_is_known() -> None:
    known = Anchors(published="2016-10-22", published_precision="day", not_before="2016-10-01")
    assert read("They fought on Friday.", known).anchor == "published:2016-10-22"


@pytest.mark.parametrize(
    "wording",
    ["31 June 2016", "31 June", "June 31, 2016", "29 February 2015", "32 May 2016", "2016-13-45", "13/13/2016"],
)
def test_days_that_do_not_exist_are_found_and_said(wording: str) -> None:
    for anchors in (SATURDAY, Anchors(), BOUNDED):
        when = read(f"They fought on {wording}.", anchors)
        assert (when.text, when.start, when.end, when.precision) == (wording, None, None, "day")
        assert when.assumed == "there is no such day in the calendar"


@pytest.mark.parametrize(
    ("wording", "published", "year"),
    [
        ("in '99", "2016-10-22", "1999"),
        ("in '99", None, "1999"),
        ("in '17", "2016-10-22", "2017"),
        ("in '18", "2016-10-22", "1918"),
        ("on 3 JAN 49", None, "2049"),
        ("on 3 JAN 50", None, "1950"),
    ],
)
def test_the_century_of_two_figures_is_assumed_and_said(wording: str, published: str | None, year: str) -> None:
    when = read(f"They fought {wording}.", Anchors(published=published, published_precision="day"))
    assert when.start is not None
    assert when.start[:4] == year
    assert f"read as {year}" in (when.assumed or "")


def test_a_date_told_as_past_after_the_publication_is_said() -> None:
    when = read("They fought on 25 December 2016.", SATURDAY)
    assert when.start == "2016-12-25"
    assert "one of the two dates must be wrong" in (when.assumed or "")
    assert read("They meet on 25 December 2016.", SATURDAY, "future").assumed is None
    # a day later it may be already, where it happened
    assert read("They fought on 23 October 2016.", SATURDAY).assumed is None


def test_a_day_of_the_week_that_does_not_fit_its_date_is_said() -> None:
    when = read("They fought on Friday, 22 October 2016.", SATURDAY)
    assert (when.start, when.assumed) == ("2016-10-22", "2016-10-22 was a Saturday, not a Friday")
    assert read("They fought on Friday, 21 October 2016.", SATURDAY).assumed is None
    # without a year of its own the date says nothing of the day of the week
    assert read("They fought on Friday, 21 October.", Anchors()).assumed == "21 October of an unknown year"


def test_years_before_the_common_era_have_no_dates() -> None:
    when = read("The city fell in 490 BC.", SATURDAY)
    assert (when.text, when.start, when.precision) == ("490 BC", None, "year")
    assert "before the common era" in (when.assumed or "")


def test_months_of_the_next_year_follow_on_december() -> None:
    december = Anchors(context="2015-12-28")
    when = read("In January the town fell.", december)
    assert (when.start, when.end) == ("2016-01-01", "2016-01-31")
    assert when.assumed == "the year after that of the last date named before"
    assert read("In August the town fell.", december).start == "2015-08-01"


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("in the first ten months of 2015", "2015-01-01", "2015-10-31"),
        ("in the last two weeks of May 2015", "2015-05-18", "2015-05-31"),
        ("in the third week of May 2015", "2015-05-15", "2015-05-21"),
        ("in the week of 6 March 2015", "2015-03-02", "2015-03-08"),
        ("in the latter half of 2015", "2015-07-01", "2015-12-31"),
        ("in the first 40 days of May 2015", None, None),
        ("in the nineteenth century", "1801-01-01", "1900-12-31"),
        ("before dawn on 3 May 2015", "2015-05-03", "2015-05-03"),
        ("at six o'clock in the morning of 3 May 2015", "2015-05-03", "2015-05-03"),
        ("at 9 a.m. Baghdad time on 3 May 2015", "2015-05-03", "2015-05-03"),
    ],
)
def test_slices_and_clock_times(wording: str, start: str | None, end: str | None) -> None:
    when = read(f"They fought {wording}.", Anchors())
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize(
    ("wording", "low", "high", "unit"),
    [
        ("three weeks", 3, 3, "week"),
        ("two and a half years", 2.5, 2.5, "year"),
        ("5 1/2 hours", 5.5, 5.5, "hour"),
        ("half an hour", 0.5, 0.5, "hour"),
        ("three to four hours", 3, 4, "hour"),
        ("twenty-four hours", 24, 24, "hour"),
        ("two more weeks", 2, 2, "week"),
        ("a few days", 2, 9, "day"),
    ],
)
def test_lengths(wording: str, low: float, high: float, unit: str) -> None:
    (found,) = find_times(f"They fought for {wording}.")
    assert (found.kind, found.span.text) == ("duration", wording)
    assert [getattr(found.form, name) for name in ("low", "high", "unit")] == [low, high, unit]


@pytest.mark.parametrize(
    ("wording", "unit"),
    [
        ("every Friday", "friday"),
        ("Fridays", "friday"),
        ("Sunday nights", "sunday"),
        ("every morning", "morning"),
        ("daily", "day"),
        ("twice a week", "week"),
        ("every other day", "day"),
    ],
)
def test_returning_times(wording: str, unit: str) -> None:
    (found,) = find_times(f"They shelled it {wording}.")
    assert (found.kind, getattr(found.form, "unit", None)) == ("repeated", unit)


@pytest.mark.parametrize(
    "text",
    [
        "She was in her 30s.",
        "The clinic is open 24 hours a day.",
        "The party daily Granma said so.",
        "Slug 1140 BC-CUBA-FAMILY",
        "The 20th brigade left.",
        "Jan Kavan and Jan Novak spoke.",
        "They lived there at the time of the raid.",
    ],
)
def test_more_false_friends(text: str) -> None:
    assert [found.span.text for found in find_times(text)] == []


def test_the_day_on_which_a_page_was_saved_is_the_last_possible_one() -> None:
    anchors = Anchors(
        not_before="2014-01-01", not_after="2024-04-24", why="it tells of 2014 and was saved in 2024"
    )
    when = read("They fought in October.", anchors)
    assert (when.start, when.end, when.precision) == ("2013-10-01", "2023-10-31", "month")
    assert when.assumed is not None
    assert when.assumed.endswith("since it tells of 2014 and was saved in 2024")
    alone = read("They fought in October.", Anchors(not_after="2024-04-24", why="it was saved then"))
    assert (alone.start, alone.end) == (None, "2023-10-31")
