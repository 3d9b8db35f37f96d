"""How events stand to one another: parts of a summary, follow-ups, background; and what keeps them apart."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from dateline.link.events import link
from dateline.link.profiles import profile_of
from dateline.model.event import Event
from dateline.model.report import Report
from dateline.model.span import Span
from dateline.model.values import When

WEEK = When(start="2016-10-17", end="2016-10-23", precision="week", basis="stated")
SUMMARY = "Attacks in the city this week have killed 60 people."


def event_of(events: tuple[Event, ...], number: int) -> Event:
    return next(event for event in events if f"rep_{number:04}" in event.reports)


def told(report: Report, sentence: str, word: str) -> Report:
    """Return `report` with a sentence and its trigger in it."""
    start = report.sentence.start
    at = start + sentence.index(word)
    return msgspec.structs.replace(
        report, sentence=Span(start, start + len(sentence), sentence), trigger=Span(at, at + len(word), word)
    )


def test_a_summary_names_its_parts_and_swallows_none(make: Any, types: Any) -> None:
    reports = (
        make.report(1),
        make.report(2, day="2016-10-19", published="2016-10-20"),
        told(make.report(3, when=WEEK, counts=(make.count(60),)), SUMMARY, "Attacks"),
        make.report(4, day="2016-11-21", published="2016-11-22"),
        make.report(5, place="Hawija"),
        make.report(6, type="protest"),
    )
    events = link(reports, [], types)
    assert len(events) == len(reports)
    summary = event_of(events, 3)
    parts = {number for number in (1, 2, 4, 5, 6) if event_of(events, number).relations}
    assert parts == {1, 2}
    (relation,) = event_of(events, 1).relations
    assert (relation.kind, relation.event) == ("part_of", summary.id)
    assert "2016-10-17 to 2016-10-23" in relation.why


def test_two_summaries_of_one_week_may_be_one(make: Any, types: Any) -> None:
    reports = [told(make.report(number, when=WEEK), SUMMARY, "Attacks") for number in (1, 2)]
    assert len(link(reports, [], types)) == 1


def test_a_rising_toll_updates_its_event(make: Any, types: Any) -> None:
    sentence = "The death toll from the attack on Friday rose to 50."
    later = told(make.report(2, published="2016-10-24", counts=(make.count(50),)), sentence, "attack")
    (event,) = link([make.report(1, counts=(make.count(40),)), later], [], types)
    assert {count.best for count in event.counts} == {50}


def test_what_came_after_is_a_follow_up(make: Any, types: Any) -> None:
    sentence = "Hundreds marched in Kirkuk after the attack on the town hall."
    article: dict[str, Any] = {"article": "art_x", "outlet": "Desk"}
    march = told(make.report(1, type="protest", day="2016-10-22", **article), sentence, "marched")
    attack = told(make.report(2, **article), sentence, "attack")
    events = link([march, attack], [], types)
    (relation,) = event_of(events, 1).relations
    assert (relation.kind, relation.event) == ("follow_up", event_of(events, 2).id)
    assert "after" in relation.why
    assert "Desk" in relation.why
    assert event_of(events, 2).relations == ()


def test_what_is_recalled_is_background_of_the_news(make: Any, types: Any) -> None:
    recalled = ("occurred", "affirmed", "stated", "background")
    reports = (
        make.report(1, article="art_x"),
        make.report(2, article="art_x", day="2014-06-10", status=recalled, start=400),
        make.report(3, day="2014-06-10", published="2014-06-11"),
    )
    events = link(reports, [], types)
    assert len(events) == 2
    old, news = event_of(events, 2), event_of(events, 1)
    assert set(old.reports) == {"rep_0002", "rep_0003"}
    assert [(each.kind, each.event) for each in old.relations] == [("background_of", news.id)]
    assert news.relations == ()


def test_undated_background_never_joins_the_news_beside_it(make: Any, linked: Callable[..., Any]) -> None:
    recalled = ("occurred", "affirmed", "stated", "background")
    news = make.report(1, article="art_x", outlet="Desk")
    old = make.report(2, article="art_x", outlet="Desk", day=None, status=recalled, start=400)
    assert linked(news, old) == {frozenset({"1"}), frozenset({"2"})}


def test_an_anniversary_is_no_news_of_its_day(make: Any, linked: Callable[..., Any]) -> None:
    sentence = "Residents marked the anniversary of the attack on the city."
    marked = told(make.report(2, day=None, published="2017-10-22"), sentence, "attack")
    assert profile_of(marked).background
    assert linked(make.report(1, day="2017-10-21", published="2017-10-22"), marked) == {
        frozenset({"1"}), frozenset({"2"}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "days", "narrative"),
    [
        ("Attacks this week killed 60.", WEEK, "summary"),
        ("Attacks over the past two months killed 60.", When(), "summary"),
        ("An attack this week killed 60.", When(), "plain"),
        ("A year after the attack the town is empty.", When(), "anniversary"),
        ("The toll from the attack rises to 12.", When(), "follow_up"),
        ("An attack killed 12.", When(), "plain"),
    ],
)
def test_how_a_sentence_tells_of_it(make: Any, sentence: str, days: When, narrative: str) -> None:
    word = "Attacks" if "Attacks" in sentence else "attack"
    assert profile_of(told(make.report(1, when=days), sentence, word)).narrative == narrative
