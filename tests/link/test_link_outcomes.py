"""Warnings and what came of them."""

from typing import Any

import pytest

from dateline.link.events import link
from dateline.link.outcomes import HORIZON_DAYS, Outcome, follow_warnings

TOWN = {"place": "Kirkuk", "day": "2016-10-21", "published": "2016-10-22"}


def outcome(
    make: Any, types: Any, warning: dict[str, Any], fact: dict[str, Any] | None, **options: Any
) -> Outcome:
    reports = [make.report(1, **{"status": ("feared",), "day": None, "published": "2016-10-10", **warning})]
    if fact is not None:
        reports.append(make.report(2, **{**TOWN, **fact}))
    (found,) = follow_warnings(link(reports, [], types), types, **options)
    return found


@pytest.mark.parametrize(
    ("warning", "fact", "state"),
    [
        ({}, {}, "met"),
        ({"status": ("planned",)}, {"type": "armed_clash"}, "met"),
        ({}, {"type": "protest"}, "open"),
        ({}, {"place": "Mosul"}, "open"),
        ({}, {"actor": "Federal Police"}, "open"),
        ({}, {"actor": None}, "met"),
        ({"place": None}, {}, "met"),
        ({"place": None, "actor": None}, {}, "open"),
        ({}, {"status": ("occurred", "denied")}, "open"),
        ({}, {"status": ("demanded",)}, "open"),
        ({}, {"day": "2016-10-09", "published": "2016-10-10"}, "open"),
        ({}, {"day": "2017-10-21", "published": "2017-10-22"}, "passed"),
        ({"day": "2016-10-12"}, {"day": "2016-10-15"}, "met"),
        ({"day": "2016-10-12"}, {}, "passed"),
        ({"published": None}, {}, "unknown"),
    ],
    ids=str,
)
def test_states(make: Any, types: Any, warning: Any, fact: Any, state: str) -> None:
    found = outcome(make, types, warning, fact)
    assert found.state == state
    assert (found.event is not None) is (state == "met")


def test_the_horizon_is_told_and_today_decides(make: Any, types: Any) -> None:
    found = outcome(make, types, {}, None, today="2016-11-01")
    assert HORIZON_DAYS == 90
    assert (found.state, found.until) == ("open", "2017-01-08")
    assert outcome(make, types, {}, None, today="2017-01-09").state == "passed"


def test_the_best_agreeing_event_meets_it(make: Any, types: Any) -> None:
    province = make.place("Kirkuk", precision="admin1", gazetteer_id="geo:p", radius_km=80.0)
    reports = [
        make.report(1, status=("feared",), day=None, published="2016-10-10"),
        make.report(2, where=(province,), day="2016-10-12"),
        make.report(3, **TOWN),
    ]
    events = link(reports, [], types)
    (found,) = follow_warnings(events, types)
    (met,) = (event for event in events if event.id == found.event)
    assert met.reports == ("rep_0003",)
    assert follow_warnings(events[::-1], types) == (found,)


def test_things_that_happened_are_no_warnings(make: Any, types: Any) -> None:
    assert follow_warnings(link([make.report(1)], [], types), types) == ()
