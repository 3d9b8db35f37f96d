"""Which reports become one event: worked cases, verdicts, and properties of the whole."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.events import link
from dateline.model.ids import ReportId, VerdictId
from dateline.model.report import Report
from dateline.model.values import When
from dateline.model.verdict import Verdict, make_verdict

ONE = {frozenset({"1", "2"})}
TWO = {frozenset({"1"}), frozenset({"2"})}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, ONE),
        ({"type": "armed_clash"}, ONE),
        ({"type": "protest"}, TWO),
        ({"day": "2016-10-22"}, TWO),
        ({"day": "2016-11-21"}, TWO),
        ({"place": "Hawija"}, TWO),
        ({"place": "Gao"}, TWO),
        ({"status": ("feared",)}, TWO),
        ({"status": ("planned",)}, TWO),
        ({"status": ("attempted",)}, ONE),
        ({"status": ("occurred", "denied")}, ONE),
        ({"actor": None}, ONE),
        ({"day": None}, ONE),
        ({"day": None, "published": "2017-03-01"}, TWO),
        ({"day": None, "actor": None, "place": None}, TWO),
        ({"actor": "Federal Police"}, ONE),
        ({"actor": "Federal Police", "place": "Hawija"}, TWO),
    ],
    ids=str,
)
def test_two_articles(make: Any, linked: Any, second: dict[str, Any], expected: Any) -> None:
    assert linked(make.report(1), make.report(2, **second)) == expected


def test_a_copied_sentence_joins_what_dates_would_not(make: Any, linked: Any) -> None:
    sentence = "Gunmen in four cars fired at the northern gate of the refinery."
    reports = make.report(1, sentence=sentence), make.report(2, sentence=sentence, day="2016-10-22")
    assert linked(*reports) == ONE


def test_near_towns_in_one_article_are_two_attacks(make: Any, linked: Any) -> None:
    near = make.place("Hawija", latitude=35.5, longitude=44.0, gazetteer_id="geo:near")
    head = make.report(1, article="art_x", outlet="Desk")
    assert linked(head, make.report(2, article="art_x", outlet="Desk", start=400, where=(near,))) == TWO


def test_a_place_taken_from_the_dateline_does_not_part_one_article(make: Any, linked: Any) -> None:
    near = make.place("Hawija", latitude=35.5, longitude=44.0, gazetteer_id="geo:near", basis="dateline")
    head = make.report(1, article="art_x", outlet="Desk", where=(near,))
    assert linked(head, make.report(2, article="art_x", outlet="Desk", start=400)) == ONE


def test_a_province_and_its_town_join_when_the_actor_agrees(make: Any, linked: Any) -> None:
    province = make.place("Kirkuk", precision="admin1", gazetteer_id="geo:province", radius_km=80.0)
    assert linked(make.report(1, place="Hawija"), make.report(2, where=(province,))) == ONE


def test_one_country_and_day_are_not_enough(make: Any, linked: Any) -> None:
    iraq = make.place("Iraq", precision="country", country="IQ", admin1=None, gazetteer_id="geo:IQ")
    bare: dict[str, Any] = {"where": (iraq,), "actor": None}
    assert linked(make.report(1, **bare), make.report(2, **bare)) == TWO


def test_unresolved_places_join_by_name(make: Any, linked: Any) -> None:
    reports = make.report(1, place="Qasr Tepe"), make.report(2, place="Qasr Tepe")
    assert linked(*reports) == ONE
    assert linked(reports[0], make.report(2, place="Umm Zahra")) == TWO


def test_a_spelling_variant_of_an_unresolved_place_joins(make: Any, linked: Any) -> None:
    assert linked(make.report(1, place="Mutaibija"), make.report(2, place="Mutaybijah")) == ONE


def test_one_article_returns_to_its_event(make: Any, linked: Any) -> None:
    head = make.report(1, article="art_x", outlet="Desk", start=0)
    detail = make.report(2, article="art_x", outlet="Desk", start=400, day=None, place=None)
    assert linked(head, detail) == ONE


def test_a_bare_mention_needs_more_than_its_article(make: Any, linked: Any) -> None:
    bare: dict[str, Any] = {"article": "art_x", "outlet": "Desk", "day": None, "place": None, "actor": None}
    assert linked(make.report(1, **bare), make.report(2, start=400, **bare)) == TWO


def test_the_deed_and_its_toll_in_one_sentence_are_one(make: Any, linked: Any) -> None:
    sentence = "A car bomb near the grain market killed four porters."
    deed = make.report(1, article="art_x", outlet="Desk", sentence=sentence, type="bombing", day=None)
    toll = make.report(2, article="art_x", outlet="Desk", sentence=sentence, type="killing", day=None)
    assert linked(deed, toll) == ONE


@pytest.mark.parametrize("word", ["another", "a second", "a separate"])
def test_one_article_tells_of_another_attack(make: Any, linked: Any, word: str) -> None:
    sentence = f"Gunmen staged {word} attack on the town."
    at = sentence.index("attack")
    head = make.report(1, article="art_x", outlet="Desk", start=0)
    other = make.report(2, article="art_x", outlet="Desk", day=None, place=None, sentence=sentence, start=400)
    other = _with_trigger(other, 400 + at)
    assert linked(head, other) == TWO


def _with_trigger(report: Report, start: int) -> Report:
    import msgspec

    from dateline.model.span import Span

    return msgspec.structs.replace(report, trigger=Span(start, start + 6, "attack"))


@pytest.mark.parametrize("change", [{"place": "Mosul"}, {"day": "2016-10-15"}], ids=str)
def test_one_article_tells_of_two_attacks(make: Any, linked: Any, change: dict[str, Any]) -> None:
    head = make.report(1, article="art_x", outlet="Desk", start=0)
    other = make.report(2, article="art_x", outlet="Desk", start=400, **change)
    assert linked(head, other) == TWO


def test_an_undated_report_does_not_chain_two_attacks(make: Any, linked: Any) -> None:
    groups = linked(
        make.report(1, day="2016-10-10", published="2016-10-11"),
        make.report(2, day="2016-10-21"),
        make.report(3, day=None, published="2016-10-21"),
    )
    assert not any({"1", "2"} <= group for group in groups)


def test_no_reports_are_no_events(types: Any) -> None:
    assert link([], [], types) == ()


def test_every_report_is_in_one_event_with_why(make: Any, types: Any) -> None:
    (event,) = link([make.report(1), make.report(2), make.report(3)], [], types)
    assert event.reports == ("rep_0001", "rep_0002", "rep_0003")
    assert len(event.joins) == 2
    for join in event.joins:
        assert {"bias", "type", "time", "place"} <= {feature.name for feature in join.features}
        assert sum(feature.weight for feature in join.features) > 0


# --- verdicts ----------------------------------------------------------------------------------------------


def verdict(kind: Any, *numbers: int, at: int = 1, supersedes: str | None = None) -> Verdict:
    reports = tuple(ReportId(f"rep_{number:04}") for number in numbers)
    older = VerdictId(supersedes) if supersedes else None
    return make_verdict(kind, reports, by="reviewer", at=f"2024-01-{at:02}T00:00:00Z", supersedes=older)


def test_a_rejected_report_is_dropped(make: Any, linked: Any) -> None:
    reports = make.report(1), make.report(2)
    assert linked(*reports, verdicts=[verdict("reject", 2)]) == {frozenset({"1"})}


def test_a_later_accept_takes_a_rejected_report_back(make: Any, linked: Any) -> None:
    verdicts = [verdict("reject", 2, at=2), verdict("accept", 2, at=1)]  # the clock jumped back in between
    assert linked(make.report(1), make.report(2), verdicts=verdicts) == ONE


def test_merge_joins_what_scores_would_not(make: Any, types: Any) -> None:
    reports = make.report(1), make.report(2, place="Gao", day="2019-01-01", type="protest")
    (event,) = link(reports, [], types, [verdict("merge", 1, 2)])
    assert event.reports == ("rep_0001", "rep_0002")
    assert [feature.name for feature in event.joins[0].features] == ["verdict"]


def test_split_parts_what_scores_would_join(make: Any, linked: Any) -> None:
    reports = [make.report(number) for number in (1, 2, 3)]
    groups = linked(*reports, verdicts=[verdict("split", 1, 2)])
    assert not any({"1", "2"} <= group for group in groups)
    assert len(groups) == 2


def test_the_latest_in_the_log_of_merge_and_split_stands(make: Any, linked: Any) -> None:
    early, late = verdict("split", 1, 2, at=2), verdict("merge", 1, 2, at=1)
    assert linked(make.report(1), make.report(2), verdicts=[early, late]) == ONE
    early, late = verdict("merge", 1, 2, at=2), verdict("split", 1, 2, at=1)
    assert linked(make.report(1), make.report(2), verdicts=[early, late]) == TWO


def test_a_superseded_verdict_counts_for_nothing(make: Any, linked: Any) -> None:
    old = verdict("split", 1, 2)
    undo = verdict("comment", 1, 2, at=2, supersedes=old.id)
    assert linked(make.report(1), make.report(2), verdicts=[old, undo]) == ONE


def test_a_split_pair_stays_apart_under_merges_around_it(make: Any, linked: Any) -> None:
    verdicts = [verdict("merge", 1, 2, at=1), verdict("merge", 2, 3, at=2), verdict("split", 1, 3, at=3)]
    groups = linked(*[make.report(number) for number in (1, 2, 3)], verdicts=verdicts)
    assert groups == {frozenset({"2", "3"}), frozenset({"1"})}


def test_verdicts_on_reports_that_are_gone_do_no_harm(make: Any, linked: Any) -> None:
    assert linked(make.report(1), verdicts=[verdict("merge", 1, 99), verdict("split", 98, 99)]) == {
        frozenset({"1"})
    }


# --- properties --------------------------------------------------------------------------------------------

SEEDS = st.lists(
    st.tuples(
        st.sampled_from(["assault", "armed_clash", "bombing", "killing", "protest"]),
        st.sampled_from([None, "2016-10-20", "2016-10-21", "2016-10-22", "2016-11-21"]),
        st.sampled_from([None, "Kirkuk", "Hawija", "Mosul", "Gao", "Qasr Tepe"]),
        st.sampled_from([None, "Islamic State", "Federal Police"]),
        st.sampled_from(["occurred", "attempted", "feared"]),
        st.integers(1, 4),
    ),
    max_size=9,
)


def reports_of(make: Any, seeds: list[Any]) -> list[Report]:
    return [
        make.report(
            number, type=type_, day=day, place=place, actor=actor, status=(reality,), article=f"art_{article}",
            outlet=f"Outlet {article}", start=number * 10,
        )
        for number, (type_, day, place, actor, reality, article) in enumerate(seeds, 1)
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(seeds=SEEDS, data=st.data())
def test_order_makes_no_difference(make: Any, types: Any, seeds: list[Any], data: st.DataObject) -> None:
    reports = reports_of(make, seeds)
    shuffled = data.draw(st.permutations(reports))
    facts = [make.facts(number, outlet="Same Desk") for number in range(4)]
    assert link(reports, facts, types) == link(shuffled, facts[::-1], types)


@settings(max_examples=60, deadline=None)
@given(seeds=SEEDS)
def test_every_report_is_in_exactly_one_event(make: Any, types: Any, seeds: list[Any]) -> None:
    reports = reports_of(make, seeds)
    events = link(reports, [], types)
    assert sorted(report for event in events for report in event.reports) == sorted(r.id for r in reports)
    assert [event.id for event in events] == sorted(event.id for event in events)
    for event in events:
        assert 1 <= event.origins <= event.articles <= len(event.reports)
        assert len(event.joins) == len(event.reports) - 1


@settings(max_examples=30, deadline=None)
@given(left=SEEDS, right=SEEDS)
def test_sets_that_share_no_block_link_apart(make: Any, types: Any, left: list[Any], right: list[Any]) -> None:
    import msgspec

    here = reports_of(make, left)
    there = []
    for number, report in enumerate(reports_of(make, right), 101):
        article = msgspec.structs.replace(report.article, id=f"far_{report.article.id}", outlet=f"Far {number}")
        where = tuple(make.place(f"Ulan {place.name}", country="MN") for place in report.where)
        there.append(
            msgspec.structs.replace(
                report, id=ReportId(f"rep_{number:04}"), article=article, where=where, when=When(), actors=()
            )
        )
    apart = (*link(here, [], types), *link(there, [], types))
    assert link([*here, *there], [], types) == tuple(sorted(apart, key=lambda event: event.id))


def test_an_event_keeps_its_id_while_later_reports_join(make: Any, types: Any) -> None:
    first = make.report(5, published="2016-10-21")
    later = [make.report(number, published="2016-10-22") for number in (1, 2, 9)]
    alone = link([first], (), types)
    together = link([*later, first], (), types)
    assert [event.id for event in together] == [event.id for event in alone]
    assert len(together[0].reports) == 4
    undated = make.report(3, published=None)
    assert link([first, undated], (), types)[0].id == alone[0].id
