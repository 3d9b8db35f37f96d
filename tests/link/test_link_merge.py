"""One event from its reports: claims, shown values by the stated rules, disagreements in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link.claims import collect_claims
from dateline.link.figures import count_text
from dateline.link.independence import Independence
from dateline.link.merge import merge
from dateline.model.event import Event
from dateline.model.ids import OriginId, event_id
from dateline.model.report import Report
from dateline.model.values import Link, When


@pytest.fixture(scope="session")
def merged(types: Any) -> Any:
    """Return a function that merges reports, each of its own origin unless `origins` says otherwise."""

    def merging(*reports: Report, origins: dict[int, str] | None = None) -> Event:
        named = {report.id: OriginId(report.id) for report in reports}
        for number, origin in (origins or {}).items():
            named[reports[number].id] = OriginId(origin)
        texts = {report.id: report.article.id for report in reports}
        return merge(reports, Independence(named, texts), types)

    return merging


def test_one_report_is_its_event(make: Any, merged: Any) -> None:
    report = make.report(1, counts=(make.count(12),))
    event = merged(report)
    assert event.id == event_id([report.id])
    assert (event.type, event.when, event.where) == (report.type, report.when, report.where[0])
    assert (event.actors, event.counts, event.status) == (report.actors, report.counts, report.status)
    assert (event.articles, event.outlets, event.origins, event.score) == (1, 1, 1, 0.9)
    assert event.disagreements == ()
    assert event.crosswalk.plover.mode == "armed_group"


def test_agreeing_values_are_one_claim_with_all_who_say_it(make: Any, merged: Any) -> None:
    event = merged(make.report(2, published="2016-10-21"), make.report(1), make.report(3, place=None))
    (claim,) = event.claims.where
    assert [said.report for said in claim.said] == ["rep_0002", "rep_0001"]
    assert claim.origins == 2
    assert event.claims.type[0].origins == 3


def test_origins_count_copies_once(make: Any, merged: Any) -> None:
    event = merged(*[make.report(number) for number in (1, 2, 3)], origins={0: "org_a", 2: "org_a"})
    assert event.origins == event.claims.when[0].origins == 2


def test_a_value_named_twice_in_one_report_is_said_once(make: Any) -> None:
    report = make.report(1, where=(make.place("Kirkuk"), make.place("Kirkuk")))
    independence = Independence({report.id: OriginId("org_a")}, {report.id: report.article.id})
    claims = collect_claims([report], independence)
    assert len(claims.where) == len(claims.where[0].said) == 1


def test_counts_low_best_high_and_the_words(make: Any, merged: Any) -> None:
    event = merged(
        make.report(1, counts=(make.count(12),), outlet="Zagros Wire"),
        make.report(2, counts=(make.count(17),), outlet="Tigris Post"),
        make.report(3, counts=(make.count(17),), outlet="Rafidain Courier"),
    )
    (count,) = event.counts
    assert (count.low, count.best, count.high) == (12, 17, 17)
    (found,) = event.disagreements
    assert (found.field, found.text) == (
        "counts", "killed: 12 (Zagros Wire) or 17 (Tigris Post; Rafidain Courier)",
    )  # fmt: skip


def test_a_tie_of_counts_goes_to_the_latest_then_the_lower(make: Any, merged: Any) -> None:
    early = make.report(1, counts=(make.count(12),), published="2016-10-22")
    late = make.report(2, counts=(make.count(9),), published="2016-10-23")
    assert merged(early, late).counts[0].best == 9
    level = make.report(3, counts=(make.count(9),), published="2016-10-22")
    assert merged(early, level).counts[0].best == 9


def test_two_copies_do_not_outvote_one_other_source(make: Any, merged: Any) -> None:
    reports = [make.report(number, counts=(make.count(20),)) for number in (1, 2)]
    other = make.report(3, counts=(make.count(5),), published="2016-10-23")
    assert merged(*reports, other, origins={0: "org_a", 1: "org_a"}).counts[0].best == 5


def test_bounds_that_agree_are_no_disagreement(make: Any, merged: Any) -> None:
    event = merged(
        make.report(1, counts=(make.count(10, high=None),)), make.report(2, counts=(make.count(12),))
    )
    assert event.disagreements == ()
    assert (event.counts[0].low, event.counts[0].high) == (10, 12)


def test_an_unbounded_count_above_the_rest_leaves_no_upper_bound(make: Any, merged: Any) -> None:
    event = merged(
        make.report(1, counts=(make.count(40, best=None, high=None),)), make.report(2, counts=(make.count(12),))
    )
    assert (event.counts[0].low, event.counts[0].best, event.counts[0].high) == (12, 12, None)
    assert event.disagreements[0].text == "killed: 12 (Outlet 2) or at least 40 (Outlet 1)"


def test_part_and_total_of_one_report_do_not_disagree(make: Any, merged: Any) -> None:
    parts = make.report(1, counts=(make.count(5), make.count(2)))
    event = merged(parts, make.report(2, counts=(make.count(5),)))
    assert event.disagreements == ()
    assert [(count.low, count.high) for count in event.counts] == [(5, 5)]


def test_whose_dead_and_kinds_stand_apart(make: Any, merged: Any) -> None:
    event = merged(
        make.report(1, counts=(make.count(5, of="civilian"), make.count(9, kind="injured"))),
        make.report(2, counts=(make.count(3, of="combatant"),)),
    )
    assert [(count.kind, count.of, count.best) for count in event.counts] == [
        ("injured", "unknown", 9), ("killed", "civilian", 5), ("killed", "combatant", 3),
    ]  # fmt: skip
    assert event.disagreements == ()


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        ({"low": 12, "best": 12, "high": 12}, "12"),
        ({"low": 40, "best": 40, "high": None}, "at least 40"),
        ({"low": 10, "best": None, "high": 15}, "10 to 15"),
        ({"low": 180, "best": 200, "high": 220}, "about 200 (180 to 220)"),
    ],
)
def test_counts_in_words(make: Any, given_: Any, text: str) -> None:
    assert count_text(make.count(**given_)) == text


def test_the_narrowest_time_that_most_origins_allow(make: Any, merged: Any) -> None:
    week = When(start="2016-10-17", end="2016-10-23", precision="week", basis="stated", text="last week")
    event = merged(make.report(1, when=week), make.report(2), make.report(3, day="2016-10-26"))
    assert event.when.start == event.when.end == "2016-10-21"
    assert [(found.field, found.text) for found in event.disagreements] == [
        ("when", "when: 2016-10-21 (Outlet 2; Outlet 1: 2016-10-17 to 2016-10-23) or 2016-10-26 (Outlet 3)")
    ]


def test_who_says_from_when_to_when_is_shown_before_a_day_of_it(make: Any, merged: Any) -> None:
    days = When(
        start="2016-10-21", end="2016-10-24", precision="range", basis="stated", text="21 to 24 October"
    )
    vague = When(start="2016-10-11", end="2016-10-31", precision="range", basis="stated", text="late October")
    assert merged(make.report(1), make.report(2, when=days)).when == days
    assert merged(make.report(1), make.report(2, when=vague)).when.start == "2016-10-21"


def test_a_day_is_shown_before_the_month_that_agrees_with_slips_as_well(make: Any, merged: Any) -> None:
    month = When(start="2016-10-01", end="2016-10-31", precision="month", basis="stated", text="October")
    slip = make.report(4, day="2016-10-22")
    event = merged(make.report(1, when=month), make.report(2), make.report(3), slip)
    assert (event.when.start, event.when.end) == ("2016-10-21", "2016-10-21")
    # A day that agrees with less than half of them is not.
    months = [make.report(number, when=month) for number in (1, 2, 3, 4)]
    assert merged(*months, make.report(5, day="2016-11-02")).when == month


def test_a_time_without_days_keeps_its_wording(make: Any, merged: Any) -> None:
    friday = When(precision="day", text="on Friday", basis="stated")
    assert merged(make.report(1, when=friday), make.report(2, day=None)).when == friday
    assert merged(make.report(1, day=None)).when == When()


def test_the_most_exact_place_that_most_origins_allow(make: Any, merged: Any) -> None:
    province = make.place("Kirkuk", precision="admin1", gazetteer_id="geo:p")
    country = make.place("Iraq", precision="country", gazetteer_id="geo:IQ", country="IQ", admin1=None)
    event = merged(
        make.report(1, where=(province,)), make.report(2, where=(country,)), make.report(3, place="Hawija")
    )
    assert event.where is not None
    assert event.where.name == "Hawija"
    assert event.disagreements == ()
    assert merged(make.report(1, place=None)).where is None


def test_two_towns_disagree_unless_one_report_names_both(make: Any, merged: Any) -> None:
    event = merged(make.report(1, place="Kirkuk"), make.report(2, place="Hawija"))
    assert [found.text for found in event.disagreements] == ["where: Kirkuk (Outlet 1) or Hawija (Outlet 2)"]
    both = make.report(3, where=(make.place("Kirkuk"), make.place("Hawija")))
    assert merged(both).disagreements == ()


def test_denial_is_shown_as_disagreement_and_not_as_the_status(make: Any, merged: Any) -> None:
    event = merged(make.report(1, status=("occurred", "denied")), make.report(2))
    assert event.status.word == "happened"
    assert event.disagreements[0].text in (
        "status: denied (Outlet 1) or happened (Outlet 2)", "status: happened (Outlet 2) or denied (Outlet 1)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        ([("attempted",), ("occurred",)], "happened"),
        ([("occurred", "affirmed", "unconfirmed"), ("occurred",)], "happened"),
        (
            [("occurred", "affirmed", "stated", "background"), ("occurred", "affirmed", "possible")],
            "background",
        ),
        ([("feared",), ("planned",)], "planned"),
        ([("occurred", "denied")], "denied"),
    ],
)
def test_status(make: Any, merged: Any, statuses: Any, word: str) -> None:
    event = merged(*[make.report(number, status=status) for number, status in enumerate(statuses, 1)])
    assert event.status.word == word


def test_named_actors_stand_for_unnamed_ones(make: Any, merged: Any) -> None:
    gunmen = make.actor("gunmen", id=None, kind="unidentified")
    event = merged(make.report(1, actors=(gunmen,)), make.report(2))
    assert [who.name for who in event.actors] == ["Islamic State"]
    assert len(event.claims.actors) == 2
    assert merged(make.report(1, actors=(gunmen,))).actors == (gunmen,)


def test_different_actors_disagree(make: Any, merged: Any) -> None:
    event = merged(make.report(1), make.report(2, actor="Federal Police"))
    assert event.disagreements[0].field == "actors"
    assert "Islamic State (Outlet 1)" in event.disagreements[0].text


def test_one_article_adds_actors_and_does_not_disagree_with_itself(make: Any, merged: Any) -> None:
    first = make.report(1, article="art_x")
    assert merged(first, make.report(2, article="art_x", actor="Federal Police")).disagreements == ()


def test_one_article_may_give_two_figures_of_two_sources(make: Any, merged: Any) -> None:
    first = make.report(1, article="art_x", outlet="Desk", counts=(make.count(3),))
    second = make.report(
        2, article="art_x", outlet="Desk", counts=(make.count(8),), chain=(make.media("Wire"),)
    )
    assert [found.text for found in merged(first, second).disagreements] == [
        "killed: 3 (Desk) or 8 (Desk, quoting Wire)"
    ]


def test_the_type_that_says_most_unless_few_tell_it(make: Any, merged: Any) -> None:
    killing = [make.report(number, type="killing") for number in (1, 2, 3)]
    bombing = make.report(4, type="bombing")
    assert merged(*killing, bombing).type == "bombing"
    assert merged(*killing, make.report(5, type="killing"), bombing).type == "killing"
    assert merged(*killing, make.report(5, type="killing"), bombing, origins={1: "x", 2: "x"}).type == "bombing"
    assert merged(make.report(1, type="killing"), make.report(2)).type == "assault"


def test_an_attack_with_a_bomb_is_shown_as_a_bombing(make: Any, merged: Any) -> None:
    attacks = [make.report(number) for number in (1, 2)]
    assert merged(*attacks, make.report(3, type="bombing")).type == "bombing"
    assert merged(*attacks, make.report(3, type="armed_clash")).type == "assault"


def test_the_crosswalk_hears_of_harm(make: Any, merged: Any) -> None:
    hurt = make.report(1, counts=(make.count(2, kind="injured"),))
    assert merged(hurt).crosswalk.acled.sub_event_type == "harmed"
    unhurt = make.report(1, counts=(make.count(0), make.count(40, kind="displaced")))
    assert merged(unhurt).crosswalk.acled.sub_event_type is None


def test_who_is_quoted_is_named(make: Any, merged: Any) -> None:
    chain = (Link(name="Outlet 1", kind="outlet"), Link(name="a police captain", kind="police"))
    event = merged(
        make.report(1, counts=(make.count(3),), chain=chain), make.report(2, counts=(make.count(8),))
    )
    assert event.disagreements[0].text == "killed: 3 (Outlet 1, quoting a police captain) or 8 (Outlet 2)"


@given(figures=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), min_size=1, max_size=5))
def test_shown_counts_hold_together(make: Any, merged: Any, figures: Any) -> None:
    reports = [
        make.report(
            number,
            counts=(make.count(low, best=low + more // 2, high=None if unbounded else low + more),),
        )
        for number, (low, more, unbounded) in enumerate(figures, 1)
    ]
    (count,) = merged(*reports).counts
    assert count.best is not None
    assert count.low <= count.best
    assert count.high is None or count.best <= count.high
    assert merged(*reports[::-1]) == merged(*reports)
