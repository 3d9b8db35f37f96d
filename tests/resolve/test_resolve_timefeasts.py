"""Feasts and dates of other calendars in the text."""

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.model.values import When
from dateline.resolve.timefeasts import feast_days, load_calendars, load_feasts
from dateline.resolve.times import Anchors, find_times, resolve_time

SATURDAY = Anchors(published="2016-10-22", published_precision="day")


def read(text: str, anchors: Anchors = SATURDAY, tense: str = "past") -> When:
    """Return the only time of a text, placed."""
    (found,) = find_times(text)
    assert tense in ("past", "future", "unknown")
    return resolve_time(found, anchors, tense=tense)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wording", "start", "end", "precision"),
    [
        ("on Christmas Eve 2014", "2014-12-24", "2014-12-24", "day"),
        ("on Good Friday 2016", "2016-03-25", "2016-03-25", "day"),
        ("on Orthodox Easter 2016", "2016-05-01", "2016-05-01", "day"),
        ("in Ramadan 2015", "2015-06-17", "2015-07-17", "range"),
        ("in Ramadan 1437", "2016-06-05", "2016-07-06", "month"),
        ("on 10 Muharram 1438", "2016-10-10", "2016-10-12", "day"),
        ("on the 10th of Muharram, 1438 AH", "2016-10-10", "2016-10-12", "day"),
        ("on 15 Khordad 1395", "2016-06-04", "2016-06-04", "day"),
        ("during Passover 2016", "2016-04-23", "2016-04-30", "range"),
        ("on Thanksgiving Day, 1999", "1999-11-25", "1999-11-25", "day"),
    ],
)
def test_with_their_year_they_need_no_publication(wording: str, start: str, end: str, precision: str) -> None:
    for anchors in (SATURDAY, Anchors()):
        when = read(f"The shelling went on {wording}.", anchors)
        assert (when.start, when.end, when.precision) == (start, end, precision)
        assert when.anchor == "stated"


@pytest.mark.parametrize(
    ("wording", "tense", "start", "end"),
    [
        ("during Ramadan", "past", "2016-06-05", "2016-07-06"),
        ("during the holy month of Ramadan", "future", "2017-05-26", "2017-06-25"),
        ("on Ashura", "past", "2016-10-10", "2016-10-12"),
        ("on Eid al-Fitr", "past", "2016-07-05", "2016-07-09"),
        ("on the first day of Eid al-Adha", "past", "2016-09-10", "2016-09-12"),
        ("since Ramadan", "past", "2016-06-05", None),
        ("between Eid al-Fitr and Eid al-Adha", "past", "2016-07-05", "2016-09-15"),
        ("at Easter", "past", "2016-03-27", "2016-03-27"),
        ("on Nowruz", "future", "2017-03-21", "2017-03-21"),
        ("on Christmas night", "past", "2015-12-25", "2015-12-25"),
        ("last Thanksgiving", "past", "2015-11-26", "2015-11-26"),
        ("on the 10th of Muharram", "past", "2016-10-10", "2016-10-12"),
    ],
)
def test_without_their_year_they_count_from_the_publication(
    wording: str, tense: str, start: str, end: str | None
) -> None:
    when = read(f"The shelling went on {wording}.", tense=tense)
    assert (when.start, when.end, when.anchor) == (start, end, "published:2016-10-22")


def test_what_is_assumed_of_them_is_said() -> None:
    assert "Umm al-Qura" in (read("They met on Ashura.").assumed or "")
    assert "western churches" in (read("They met at Easter.").assumed or "")
    assert "which of the two Eids" in (read("They met on Eid.").assumed or "")
    assert read("They met on Independence Day.").start is None


def test_a_lunar_feast_that_falls_twice_in_a_year_stays_open() -> None:
    assert len(feast_days("eid al-fitr", 2000)) == 2
    when = read("They met on Eid al-Fitr 2000.")
    assert (when.start, when.assumed) == (None, "it falls twice in that year")


@pytest.mark.parametrize(
    "text",
    [
        "The Easter Offensive failed.",
        "Operation Ramadan began.",
        "Ramadan Shalah spoke for the group.",
        "Officers Rajab and Shaban were hurt.",
        "The asad and the tir are names here.",
        "They held a service of thanksgiving.",
        "She spent it on Christmas Island.",
    ],
)
def test_names_that_look_like_feasts_are_none(text: str) -> None:
    assert [found.span.text for found in find_times(text)] == []


def test_every_feast_has_a_day_or_says_why_not() -> None:
    for name, entry in load_feasts().items():
        assert (feast_days(name, 2016) == ()) == (entry.falls.unknown is not None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- {words: [a feast], falls: {fixed: [1, 1], easter: 0}}", "exactly one way"),
        ("- {words: [a feast], falls: {fixed: [2, 30]}}", "no day of a year"),
        ("- {words: [a, a], falls: {easter: 0}}", "under two feasts"),
        ("- {words: [a feast], fall: {easter: 0}}", "correct that field"),
    ],
)
def test_a_broken_list_of_feasts_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "feasts.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_feasts(path)


@pytest.mark.parametrize("content", ["islamic: {1: [muharram]}\nsolar: {}\ndoubtful: []", "islamic: soon"])
def test_a_broken_list_of_months_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "calendars.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"calendars\.yaml"):
        load_calendars(path)
