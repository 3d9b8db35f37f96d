"""What later times of an article count from, and what its text tells of the day it was written."""

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.model.values import When
from dateline.resolve.times import find_times, read_tense, resolve_time
from dateline.resolve.timestold import TimesTold, latest_past
from dateline.resolve.timetense import load_tense_words
from tests.resolve.articles import make_article


def told(text: str, triggers: list[str], published: str | None = "2016-10-22") -> list[When]:
    """Place the times of a text in order, one for each trigger."""
    article = make_article(text, published)
    times = TimesTold(article)
    found = []
    for trigger, expression in zip(triggers, find_times(article.text), strict=True):
        when = resolve_time(times.based(expression), times.anchors(expression), tense="past")
        times.note(trigger, expression, when)
        found.append(when)
    return found


RAID = "Gunmen bombed the market on Friday. The army left the town on Monday. "


@pytest.mark.parametrize(
    ("text", "start", "note"),
    [
        ("They had come two days before the bombing.", "2016-10-19", "counted from the bombing told before"),
        ("They had come two days before the attack.", "2016-10-15", "counted from the attack told before"),
        ("They had come two days earlier.", "2016-10-15", "counted from the last date named before"),
        (
            "They had come two days before the election.",
            None,
            "counted from the election, whose date is not known",
        ),
    ],
)
def test_a_step_counts_from_the_happening_that_its_words_name(text: str, start: str | None, note: str) -> None:
    *_, when = told(RAID + text, ["bombed", "left", "come"])
    assert (when.start, when.assumed) == (start, note)


def test_the_only_day_told_will_do_for_a_happening_by_another_name() -> None:
    *_, when = told(
        "Gunmen stormed a post on Friday. A week before the raid they had come.", ["stormed", "come"]
    )
    assert when.start == "2016-10-10"


def test_a_happening_without_a_date_still_gives_the_weekday() -> None:
    text = "Gunmen launched an attack on Friday. They had come one night before their attack."
    *_, when = told(text, ["attack", "come"], None)
    assert (when.start, when.assumed) == (None, "Thursday of an unknown week")


def test_only_whole_months_and_years_are_counted_from() -> None:
    text = "In March 2015 the town fell. Since May 2015 it has been held. On the 20th it was shelled."
    *_, when = told(text, ["fell", "held", "shelled"])
    assert when.start == "2015-03-20"


def test_an_article_without_a_date_is_bounded_by_what_it_tells_as_past() -> None:
    text = "Gunmen stormed a post on Friday. The army has fought there since October 2016."
    friday, since = told(text, ["stormed", "fought"], None)
    assert (friday.start, friday.end, friday.precision) == ("2016-09-30", None, "day")
    assert (since.start, since.anchor) == ("2016-10-01", "stated")
    assert told(text, ["stormed", "fought"])[0].anchor == "published:2016-10-22"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The town fell on 3 May 2014. It was retaken in June 2016.", "2016-06-01"),
        ("It was retaken in June 2016. The town had fallen on 3 May 2014.", "2016-06-01"),
        ("They have fought there since October 2016.", "2016-10-01"),
        ("The vote is set for 3 May 2018, he said.", None),
        ("Elections are due in 2018, said the envoy.", None),
        ("The war of 2003", None),
        ("They attacked on Friday.", None),
    ],
)
def test_the_latest_day_told_as_past(text: str, day: str | None) -> None:
    assert latest_past(text) == day


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Gunmen stormed a post on Friday.", "past"),
        ("Friday's raid was the worst.", "past"),
        ("The envoy will meet them on Friday, he said.", "future"),
        ("The talks are scheduled for Friday.", "future"),
        ("They must be returned by Friday.", "future"),
        ("They stay there until Friday.", "future"),
        ("The fighting lasted until Friday.", "past"),
        ("The Friday deadline", "future"),
        ("He said on Friday that all is well.", "past"),
        ("The vote will be close. On Friday, shells fell.", "past"),
        ("Friday", "unknown"),
    ],
)
def test_the_tense_is_told_by_the_nearest_verb(text: str, tense: str) -> None:
    (found,) = find_times(text)
    assert read_tense(text, found.span) == tense


def test_a_word_of_both_tenses_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tense.yaml"
    path.write_text("future: [cut]\npast: [cut]\n", encoding="utf-8")
    with pytest.raises(DataError, match="under both future and past"):
        load_tense_words(path)
