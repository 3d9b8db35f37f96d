"""Disagreements: their sides, who says what, and how much they matter."""

from typing import Any

import pytest

from dateline.link.events import link
from dateline.link.sides import agreeing
from dateline.link.weights import WEIGHTS, weigh
from dateline.model.event import Disagreement, Side
from dateline.model.values import Link, Position, When
from dateline.model.verdict import make_verdict


def of(event: Any, field: str) -> Disagreement:
    (found,) = (each for each in event.disagreements if each.field == field)
    return found  # type: ignore[no-any-return]


def test_sides_name_who_says_what_when(make: Any, types: Any) -> None:
    chain = (Link(name="Outlet 1", kind="outlet"), Link(name="a police captain", kind="police"))
    dozens = make.count(24, best=None, high=99)
    reports = [
        make.report(1, counts=(make.count(12),), chain=chain, published="2016-10-22"),
        make.report(2, counts=(dozens,)),
        make.report(3, counts=(make.count(34),), published="2016-10-23"),
    ]
    (event,) = link(reports, [], types)
    found = of(event, "counts")
    assert found.text == "killed: 12 (Outlet 1, quoting a police captain) or 34 (Outlet 3; Outlet 2: 24 to 99)"
    assert [(side.value, side.origins) for side in found.sides] == [("12", 1), ("34", 2)]
    (first,) = found.sides[0].told
    assert (first.published, first.outlet, first.source) == ("2016-10-22", "Outlet 1", "a police captain")


def test_a_day_that_is_only_taken_over_contradicts_nothing(make: Any, types: Any) -> None:
    def told(basis: Any) -> Any:
        friday = When(start="2016-10-21", end="2016-10-21", precision="day", basis="stated")
        sunday = When(start="2016-10-23", end="2016-10-23", precision="day", basis=basis)
        reports = [make.report(1, when=friday), make.report(2, when=sunday, published="2016-10-24")]
        merged = make_verdict("merge", tuple(each.id for each in reports), by="A", at="2024-01-01T00:00:00Z")
        (event,) = link(reports, [], types, [merged])
        return [each.field for each in event.disagreements]

    assert told("stated") == ["when"]
    assert told("inherited") == []


def test_the_weight_is_the_sum_of_named_parts(make: Any, types: Any) -> None:
    few, many = (make.report(number, counts=(make.count(low),)) for number, low in ((1, 5), (2, 105)))
    (event,) = link([few, many], [], types)
    found = of(event, "counts")
    assert {part.name: part.weight for part in found.parts} == WEIGHTS
    assert sum(WEIGHTS.values()) == 1
    assert found.weight == pytest.approx(sum(part.value * part.weight for part in found.parts), abs=1e-3)
    values = {part.name: part.value for part in found.parts}
    assert values["apart"] == pytest.approx(100 / 105, abs=1e-3)
    assert values["origins"] == 0.5
    assert values["deaths"] == pytest.approx(0.668, abs=1e-3)


def test_deaths_wide_apart_weigh_more_than_days_and_recency_nothing(make: Any, types: Any) -> None:
    def weight(day: str, low: int, published: str) -> float:
        reports = [
            make.report(1, counts=(make.count(5),)),
            make.report(2, day=day, counts=(make.count(low),), published=published),
        ]
        (event,) = link(reports, [], types)
        return max(found.weight for found in event.disagreements)

    assert weight("2016-10-21", 60, "2016-10-22") > weight("2016-10-22", 5, "2016-10-22")
    assert weight("2016-10-21", 60, "2016-10-22") == weight("2016-10-21", 60, "2016-10-29")


def test_more_origins_behind_the_second_answer_weigh_more() -> None:
    def side(origins: int) -> Side:
        return Side(value="x", told=(), origins=origins)

    assert weigh(0.5, [side(4), side(2)], 9)[0] > weigh(0.5, [side(5), side(1)], 9)[0]
    assert 0 <= weigh(-1, [], 0)[0] <= weigh(9.0, [side(99), side(99)], 10**9)[0] <= 1


def test_a_denial_stands_beside_what_it_denies(make: Any, types: Any) -> None:
    army = make.actor("Federal Police")
    told = make.report(1, actors=(army,))
    chain = (Link(name="Outlet 2", kind="outlet"), Link(name="a police spokesman", kind="police"))
    denial = make.report(2, actors=(army,), status=("occurred", "denied"), chain=chain)
    (event,) = link([told, denial], [], types)
    (claim,) = event.claims.actors
    assert [said.outlet for said in claim.said] == ["Outlet 1"]
    assert [said.outlet for said in claim.denied] == ["Outlet 2"]
    found = of(event, "status")
    assert [side.value for side in found.sides] == ["happened", "denied"]
    assert found.sides[1].told[0].source == "a police spokesman"
    assert event.actors == (army,)
    assert len(event.claims.type[0].said) == 2


def test_who_denies_in_an_article_stands_beside_those_who_tell(make: Any, types: Any) -> None:
    def position(about: str, stance: str = "denies") -> Position:
        army = Link(name="the army", kind="military")
        return Position(0, 6, "denied", who=army, stance=stance, about=about)  # type: ignore[arg-type]

    contested = make.report(1, positions=(position("event"), position("figures", "doubts")))
    (event,) = link([contested, make.report(2)], [], types)
    assert [(found.field, found.text) for found in event.disagreements] == [
        ("status", "status: happened (Outlet 1; Outlet 2) or denied (Outlet 1, quoting the army)"),
        ("counts", "figures: as told (Outlet 1; Outlet 2) or doubted (Outlet 1, quoting the army)"),
    ]
    denial = make.report(3, status=("occurred", "denied"))
    (event,) = link([contested, make.report(2), denial], [], types)
    told = {side.value: [one.outlet for one in side.told] for side in of(event, "status").sides}
    assert told == {"happened": ["Outlet 1", "Outlet 2"], "denied": ["Outlet 3", "Outlet 1"]}


def test_an_outlet_that_could_not_verify_contradicts_nobody(make: Any, types: Any) -> None:
    itself = Link(name="Outlet 1", kind="outlet")
    doubt = Position(0, 6, "could not be verified", who=itself, stance="doubts")
    (event,) = link([make.report(1, positions=(doubt,)), make.report(2)], [], types)
    assert event.disagreements == ()


def test_a_part_in_it_is_denied_by_name(make: Any, types: Any) -> None:
    group = Link(name="the group", kind="armed_group")
    denial = Position(0, 6, "denied", who=group, stance="denies", about="part")
    (event,) = link([make.report(1, positions=(denial,))], [], types)
    assert of(event, "actors").text == (
        "part in it: Islamic State (Outlet 1) or denied (Outlet 1, quoting the group)"
    )


def test_a_denial_alone_keeps_what_it_speaks_of(make: Any, types: Any) -> None:
    (event,) = link([make.report(1, status=("occurred", "denied"))], [], types)
    assert event.status.word == "denied"
    assert [who.name for who in event.actors] == ["Islamic State"]


def test_what_agrees_with_every_side_takes_none(make: Any, types: Any) -> None:
    week = When(start="2016-10-17", end="2016-10-23", precision="week", basis="stated", text="last week")
    (event,) = link([make.report(1, when=week), make.report(2), make.report(3, day="2016-10-22")], [], types)
    sides = of(event, "when").sides
    assert [(side.value, side.origins) for side in sides] == [("2016-10-21", 1), ("2016-10-22", 1)]
    vague = make.report(3, counts=(make.count(2, best=None, high=99),))
    (event,) = link([*(make.report(n, counts=(make.count(n * 9),)) for n in (1, 2)), vague], [], types)
    assert of(event, "counts").text == "killed: 9 (Outlet 1) or 18 (Outlet 2)"
    assert [claim.origins for claim in event.figures[0].claims] == [2, 2]


def test_groups_that_agree_whatever_their_order() -> None:
    spans = [(1, 9), (2, 3), (5, 6), (6, 9), (20, 21)]

    def clash(a: tuple[int, int], b: tuple[int, int]) -> bool:
        return a[1] < b[0] or b[1] < a[0]

    def width(span: tuple[int, int]) -> tuple[int, tuple[int, int]]:
        return span[1] - span[0], span

    found = agreeing(spans, clash, width)
    assert found == (((2, 3), (1, 9)), ((5, 6), (6, 9), (1, 9)), ((20, 21),))
    assert agreeing(spans[::-1], clash, width) == found
