"""Lines that begin with a clock time are of the day of their page, or of the day that they name."""

from dateline.resolve.timetickers import ticker_lines
from tests.resolve.articles import make_article


def days(text: str, published: str | None = "2016-10-22") -> list[str | None]:
    article = make_article(text, published)
    return [line.when.start for line in ticker_lines(article)]


def test_lines_with_nothing_but_a_clock_are_of_the_day_of_publication() -> None:
    text = "06:15 Harim: shelling on the northern edge.\n\n09:40 Two dead so far. The road is shut."
    assert days(text) == ["2016-10-22", "2016-10-22"]
    assert days(text, published=None) == [None, None]


def test_a_day_named_by_a_line_holds_for_the_lines_after_it() -> None:
    text = (
        "Thursday 19:00 The mayor: five wounded.\n\n21:30 Another blast.\n\n"
        "Friday, 21 October, 07:10 Calm.\n\n08:00 A drone over the bridge."
    )
    assert days(text) == ["2016-10-20", "2016-10-20", "2016-10-21", "2016-10-21"]


def test_past_midnight_no_line_names_the_day() -> None:
    text = "22:10 Gunfire.\n\n23:45 It goes on.\n\n00:20 Quiet.\n\n01:05 An explosion."
    assert days(text) == ["2016-10-22", "2016-10-22", None, None]


def test_a_page_with_the_latest_line_first_is_of_one_day() -> None:
    assert days("19:30 Toll at nine.\n\n15:10 Shells.\n\n05:50 A blast.") == ["2016-10-22"] * 3


def test_prose_that_begins_with_a_number_is_no_ticker() -> None:
    assert days("10:30 on Monday was the hour of the raid.\n\nAt 12:15 it was over.") == []
    assert days("The convoy left at 05:50 Rafah time.\n\nNobody was hurt.") == []


def test_the_clock_may_be_a_sentence_of_its_own() -> None:
    assert days("Friday, 22:51. A loud bang.\n\n23:05. It was a car.") == ["2016-10-21", "2016-10-21"]
