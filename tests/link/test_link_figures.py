"""Figures: which stand, which agree, what is derived from them, and how they changed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.claims import collect_claims, count_key, status_key, where_key, who_key
from dateline.link.events import link
from dateline.link.figures import collect_figures
from dateline.link.independence import Independence
from dateline.model.event import Figure
from dateline.model.ids import OriginId
from dateline.model.report import Report


def independent(*reports: Report, origins: dict[int, str] | None = None) -> Independence:
    """Return reports as independent of one another, but those that `origins` gives another origin."""
    named = {report.id: OriginId(f"org_{report.article.id}") for report in reports}
    named.update({reports[number].id: OriginId(name) for number, name in (origins or {}).items()})
    return Independence(named, {report.id: report.article.id for report in reports})


def figure(*reports: Report, origins: dict[int, str] | None = None) -> Figure:
    found = independent(*reports, origins=origins)
    ((_, one),) = collect_figures(reports, found)
    return one


def bounds(found: Figure) -> list[tuple[int, int | None, int | None, int]]:
    return [(claim.low, claim.best, claim.high, claim.origins) for claim in found.claims]


def test_dozens_and_34_are_one_claim_and_each_says_what_it_said(make: Any) -> None:
    dozens = make.count(24, best=None, high=99)
    found = figure(make.report(1, counts=(dozens,)), make.report(2, counts=(make.count(34),)))
    assert bounds(found) == [(34, 34, 34, 2)]
    assert [told.value for told in found.claims[0].told] == ["34", "24 to 99"]
    assert (found.ucdp.low, found.ucdp.best, found.ucdp.high) == (24, 34, 99)


def test_a_vague_figure_speaks_for_none_of_those_that_it_holds(make: Any) -> None:
    figures = [make.count(24, best=None, high=99), make.count(34), make.count(60)]
    found = figure(*(make.report(number, counts=(count,)) for number, count in enumerate(figures, 1)))
    assert bounds(found) == [(34, 34, 34, 2), (60, 60, 60, 2)]


def test_ranges_narrow_one_another_to_what_all_allow(make: Any) -> None:
    figures = [make.count(10, best=None, high=15), make.count(13, best=None, high=20)]
    found = figure(*(make.report(number, counts=(count,)) for number, count in enumerate(figures, 1)))
    assert bounds(found) == [(13, None, 15, 2)]
    found = figure(
        make.report(1, counts=(make.count(40, best=None, high=None),)), make.report(2, counts=(make.count(12),))
    )
    assert bounds(found) == [(12, 12, 12, 1), (40, None, None, 1)]


def test_a_toll_that_its_origin_put_right_no_longer_stands_and_is_kept(make: Any) -> None:
    early = make.report(1, published="2016-10-21", counts=(make.count(3),))
    late = make.report(2, published="2016-10-23", counts=(make.count(17),))
    other = make.report(3, published="2016-10-22", counts=(make.count(12),))
    found = figure(early, late, other, origins={0: "org_wire", 1: "org_wire"})
    assert (found.ucdp.low, found.ucdp.best, found.ucdp.high, found.lowest_credible) == (12, 17, 17, 12)
    assert [(told.published, told.value, told.outlet) for told in found.history] == [
        ("2016-10-21", "3", "Outlet 1"), ("2016-10-22", "12", "Outlet 3"), ("2016-10-23", "17", "Outlet 2"),
    ]  # fmt: skip


def test_a_late_copy_of_an_old_toll_does_not_put_a_newer_one_right(make: Any) -> None:
    wire = make.report(1, published="2016-10-21", counts=(make.count(3),))
    update = make.report(2, published="2016-10-22", counts=(make.count(17),))
    copy = make.report(3, published="2016-10-24", counts=(make.count(3),))
    reports = [wire, update, copy]
    origin = {report.id: OriginId("org_wire") for report in reports}
    texts = {wire.id: wire.article.id, update.id: update.article.id, copy.id: wire.article.id}
    found = Independence(origin, texts)
    ((_, one),) = collect_figures(reports, found)
    assert (one.ucdp.low, one.ucdp.high) == (17, 17)
    assert len(one.history) == 3


def test_the_lowest_credible_passes_over_the_uncertain_and_the_denied(make: Any) -> None:
    rumour = make.report(1, counts=(make.count(5),), status=("occurred", "affirmed", "unconfirmed"))
    firm = [make.report(number, counts=(make.count(low),)) for number, low in ((2, 9), (3, 12))]
    denial = make.report(4, counts=(make.count(9),), status=("occurred", "denied"))
    found = figure(rumour, *firm, denial)
    assert (found.ucdp.low, found.lowest_credible) == (5, 12)
    assert [told.outlet for told in found.denied] == ["Outlet 4"]
    assert figure(rumour).lowest_credible == 5


def test_a_bare_plural_gives_no_figure_where_another_does(make: Any) -> None:
    plural = make.report(1, counts=(make.count(2, best=None, high=None),))
    found = figure(plural, make.report(2, counts=(make.count(20, best=None, high=None),)))
    assert (found.ucdp.low, found.ucdp.best, found.ucdp.high, found.lowest_credible) == (20, None, None, 20)
    assert len(found.history) == 2
    assert (figure(plural).ucdp.low, figure(plural).lowest_credible) == (2, 2)


def test_a_denied_figure_is_no_figure_of_the_event(make: Any, types: Any) -> None:
    told = make.report(1, counts=(make.count(44),))
    denial = make.report(2, counts=(make.count(100, best=None, high=None),), status=("occurred", "denied"))
    (event,) = link([told, denial], [], types)
    assert [(count.low, count.high) for count in event.counts] == [(44, 44)]
    (claim,) = (claim for claim in event.claims.counts if claim.denied)
    assert (claim.value.low, claim.said, [said.outlet for said in claim.denied]) == (100, (), ["Outlet 2"])
    assert event.figures[0].denied[0].value == "at least 100"


def test_a_figure_that_one_tells_and_another_denies_is_in_dispute(make: Any, types: Any) -> None:
    told = make.report(1, counts=(make.count(100),))
    denial = make.report(2, counts=(make.count(100),), status=("occurred", "denied"))
    (event,) = link([told, denial], [], types)
    texts = [found.text for found in event.disagreements if found.field == "counts"]
    assert texts == ["killed: 100 (Outlet 1) or not 100 (Outlet 2)"]


COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans(), st.integers(1, 3), st.booleans())


def reports_of(make: Any, seeds: list[Any]) -> list[Report]:
    return [
        make.report(
            number,
            counts=(make.count(low, best=None if more else low, high=None if unbounded else low + more),),
            published=f"2016-10-2{day}",
            status=("occurred", "denied" if denied else "affirmed"),
            place=("Kirkuk", "Hawija")[number % 2],
        )
        for number, (low, more, unbounded, day, denied) in enumerate(seeds, 1)
    ]


@settings(deadline=None)
@given(seeds=st.lists(COUNTS, min_size=1, max_size=6), data=st.data())
def test_order_makes_no_difference(make: Any, seeds: list[Any], data: st.DataObject) -> None:
    reports = reports_of(make, seeds)
    shuffled = data.draw(st.permutations(reports))
    assert figure(*reports) == figure(*shuffled)


@settings(deadline=None)
@given(seeds=st.lists(COUNTS, min_size=2, max_size=6))
def test_an_added_report_takes_no_claim_away(make: Any, seeds: list[Any]) -> None:
    reports = reports_of(make, seeds)
    fewer, more = (collect_claims(told, independent(*told)) for told in (reports[:-1], reports))
    for field, key in (
        ("counts", count_key),
        ("where", where_key),
        ("actors", who_key),
        ("status", status_key),
    ):
        keys = [{key(claim.value) for claim in getattr(claims, field)} for claims in (fewer, more)]
        assert keys[0] <= keys[1]
    before, after = figure(*reports[:-1]), figure(*reports)
    assert {one.report for one in (*before.history, *before.denied)} <= {
        one.report for one in (*after.history, *after.denied)
    }


@settings(deadline=None)
@given(seeds=st.lists(COUNTS, min_size=1, max_size=6))
def test_derived_figures_hold_together(make: Any, seeds: list[Any]) -> None:
    found = figure(*reports_of(make, seeds))
    low, best, high = found.ucdp.low, found.ucdp.best, found.ucdp.high
    assert low <= found.lowest_credible
    assert best is None or (low <= best and (high is None or best <= high))
    for claim in found.claims:
        assert claim.high is None or claim.low <= claim.high
        assert claim.told
        for told in claim.told:
            assert told.low <= claim.low
            assert told.high is None or (claim.high is not None and claim.high <= told.high)
    assert {told.report for claim in found.claims for told in claim.told} <= {
        one.report for one in found.history
    }


@pytest.mark.parametrize("kind", ["injured", "captured"])
def test_every_kind_has_its_figures(make: Any, kind: str) -> None:
    assert figure(make.report(1, counts=(make.count(3, kind=kind),))).kind == kind
