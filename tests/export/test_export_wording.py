"""Values in plain words."""

from types import ModuleType

import pytest

from dateline.export.wording import (
    chain_words,
    corroboration_words,
    count_words,
    country_name,
    day_words,
    is_warning,
    said_of,
    type_label,
    when_words,
    where_words,
)
from dateline.model.values import HowMany, Link, When, Where, make_status


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-10-21", "2016-10-21", "21 October 2016"),
        ("2016-10-01", "2016-10-31", "October 2016"),
        ("2020-02-01", "2020-02-29", "February 2020"),
        ("2021-02-01", "2021-02-27", "1 to 27 February 2021"),
        ("2021-02-27", "2021-03-01", "27 February to 1 March 2021"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2016-10-17", "2017-07-10", "17 October 2016 to 10 July 2017"),
        ("2016-10-17", None, "17 October 2016 or later"),
        (None, "2020-07-31", "31 July 2020 or earlier"),
        (None, None, "date unknown"),
        ("9999-12-01", "9999-12-31", "1 to 31 December 9999"),
    ],
)
def test_when_is_told_as_wide_as_it_is_known(start: str | None, end: str | None, words: str) -> None:
    assert when_words(When(start=start, end=end)) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2016-10-21", "21 October 2016"),
        ("2016-10", "October 2016"),
        ("2016", "2016"),
        ("soon", "soon"),
        ("2016-13", "2016-13"),
    ],
)
def test_day_words_keep_the_precision(iso: str, words: str) -> None:
    assert day_words(iso) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (12, 12, 12, "12"),
        (12, 12, 16, "12–16"),
        (10, 19, 30, "10–30, best 19"),
        (40, None, None, "at least 40"),
        (40, 46, None, "at least 40, best 46"),
        (0, None, None, "some, number unknown"),
        (0, None, 5, "0–5"),
    ],
)
def test_counts_show_their_bounds(low: int, best: int | None, high: int | None, words: str) -> None:
    assert count_words(HowMany(0, 0, "", kind="killed", low=low, best=best, high=high)) == words


def test_chain_runs_from_the_outlet_inwards_without_repeats() -> None:
    chain = (
        Link(name="Tigris Post", kind="outlet"),
        Link(name="Rafidain Courier", kind="media"),
        Link(name="an officer", kind="anonymous"),
    )
    assert chain_words(chain, "Tigris Post") == "Tigris Post ← Rafidain Courier ← an officer"
    assert chain_words(chain[1:], "Tigris Post") == "Tigris Post ← Rafidain Courier ← an officer"
    assert chain_words((), None) == "outlet unknown"


def test_place_names_what_contains_it_once() -> None:
    place = Where(0, 6, "Kirkuk", name="Kirkuk", admin1="Kirkuk", country="IQ", within=None)
    assert where_words(place) == "Kirkuk, Iraq"
    assert where_words(None) == "place unknown"
    assert country_name("XX") == "XX"


def test_only_standing_warnings_are_warnings() -> None:
    assert is_warning(make_status("planned"))
    assert is_warning(make_status("feared"))
    assert not is_warning(make_status("planned", "denied"))
    assert not is_warning(make_status("attempted"))
    assert not is_warning(make_status())


def test_every_speaker_is_counted_once(make: ModuleType) -> None:
    event, reports = make.raid()
    assert {said.report for said in said_of(event)} == {report.id for report in reports}
    assert len(said_of(event)) == len(reports)
    assert corroboration_words(event) == "3 articles, 3 outlets, 2 independent origins"


def test_a_type_from_elsewhere_is_written_out() -> None:
    assert type_label("no_such_type_here") == "No such type here"
