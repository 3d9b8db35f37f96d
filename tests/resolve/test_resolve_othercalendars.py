"""Other calendars: days that almanacs give."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve import othercalendars as calendars


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (2014, "2014-04-20", "2014-04-20"),
        (2016, "2016-03-27", "2016-05-01"),
        (2024, "2024-03-31", "2024-05-05"),
        (1999, "1999-04-04", "1999-04-11"),
    ],
)
def test_easter_of_both_churches(year: int, western: str, eastern: str) -> None:
    assert calendars.easter(year).isoformat() == western
    assert calendars.orthodox_easter(year).isoformat() == eastern


@given(st.integers(1583, 9000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    for day in (calendars.easter(year), calendars.orthodox_easter(year)):
        assert day.isoweekday() == 7
    assert date(year, 3, 22) <= calendars.easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "day"), [(1395, "2016-03-20"), (1396, "2017-03-21"), (1400, "2021-03-21"), (1403, "2024-03-20")]
)
def test_nowruz(year: int, day: str) -> None:
    found = calendars.solar_new_year(year)
    assert found is not None
    assert found.isoformat() == day


@given(st.integers(calendars.FIRST_SOLAR, calendars.LAST_SOLAR - 1), st.integers(1, 12))
def test_the_months_of_the_solar_year_follow_on_each_other(year: int, month: int) -> None:
    this = calendars.solar_days(year, month, None)
    following = calendars.solar_days(year + month // 12, month % 12 + 1, None)
    assert this is not None
    if following is not None:
        assert following[0] - this[1] == timedelta(days=1)


def test_the_last_month_is_short_but_in_leap_years() -> None:
    assert calendars.solar_days(1398, 12, 30) is None
    assert calendars.solar_days(1399, 12, 30) is not None
    assert calendars.solar_days(1399, 7, 31) is None


@pytest.mark.parametrize(("year", "day"), [(2016, "2016-10-03"), (2023, "2023-09-16"), (1973, "1973-09-27")])
def test_the_jewish_new_year(year: int, day: str) -> None:
    found = calendars.jewish_new_year(year)
    assert found is not None
    assert found.isoformat() == day


def test_islamic_days_are_a_day_wider_on_either_side() -> None:
    assert calendars.islamic_days(1438, 1, 10) == (date(2016, 10, 10), date(2016, 10, 12))
    assert calendars.islamic_days(1437, 9, None) == (date(2016, 6, 5), date(2016, 7, 6))
    year = calendars.islamic_days(1438, None, None)
    assert year == (date(2016, 10, 1), date(2017, 9, 21))


@pytest.mark.parametrize(("year", "month", "day"), [(1342, 1, 1), (1501, 1, 1), (1438, 13, 1), (1438, 1, 31)])
def test_days_outside_the_islamic_table_are_none(year: int, month: int, day: int) -> None:
    assert calendars.islamic_days(year, month, day) is None


def test_the_nth_weekday_of_a_month() -> None:
    assert calendars.nth_weekday(1999, 11, 4, 4) == date(1999, 11, 25)
    assert calendars.nth_weekday(2016, 5, 1, -1) == date(2016, 5, 30)
    assert calendars.nth_weekday(2016, 12, 6, -1) == date(2016, 12, 31)
