"""Hit rates of those who warn: counts with intervals, and persons not profiled."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link.events import link
from dateline.link.outcomes import follow_warnings
from dateline.link.rates import hit_rates, source_name, wilson
from dateline.model.outcome import MIN_SETTLED, Followed, end_of
from dateline.model.values import Link


def test_wilson_by_hand() -> None:
    # 5 of 10: z² = 3.8415; centre (0.5 + 0.19207) / 1.38415 = 0.5; half 1.96 * sqrt(0.025 + 0.0096) / 1.38415.
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    # No hit in 10: from 0 to z² / (n + z²) = 3.8415 / 13.8415.
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    with pytest.raises(ValueError, match="no share"):
        wilson(3, 2)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    hits, trials = counts
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials + 1e-12
    assert hits / trials - 1e-12 <= high <= 1


def many(make: Any, types: Any, settled: int) -> Any:
    """Return rates for `settled` warnings of a governor, every other one come about, and an open one."""
    chain = (Link(name="Kirkuk governor", kind="official"),)
    reports = []
    for number in range(settled):
        month = f"20{10 + number:02}-03"
        warned = {"status": ("feared",), "day": None, "published": f"{month}-01", "outlet": "Tigris Post"}
        reports.append(make.report(2 * number, chain=chain, **warned))
        told = {} if number % 2 == 0 else {"type": "protest", "place": "Hawija"}
        reports.append(make.report(2 * number + 1, day=f"{month}-10", published=f"{month}-11", **told))
    reports.append(make.report(999, status=("feared",), day=None, published="2040-03-01", chain=chain))
    events = link(reports, [], types)
    known = {event.id: end_of(event) for event in events}
    found = follow_warnings(events, types)
    return hit_rates(Followed(warning=known[each.warning], outcome=each) for each in found)


@pytest.mark.parametrize("settled", [MIN_SETTLED - 1, MIN_SETTLED])
def test_an_interval_is_given_once_enough_are_settled(make: Any, types: Any, settled: int) -> None:
    rates = many(make, types, settled)
    governor = next(rate for rate in rates if rate.name == "Kirkuk governor")
    assert (governor.by, governor.settled, governor.came_about) == ("source", settled, (settled + 1) // 2)
    assert (governor.partly, governor.did_not, governor.waiting) == (0, settled // 2, 1)
    assert (governor.low is not None) is (settled >= MIN_SETTLED)
    outlet = next(rate for rate in rates if rate.name == "Tigris Post")
    assert (outlet.by, outlet.settled, outlet.waiting) == ("outlet", settled, 0)


@pytest.mark.parametrize(
    ("link_", "name"),
    [
        (Link(name="Iraqi army", kind="military"), "Iraqi army"),
        (Link(name="Ahmed Ali", kind="person"), "single persons"),
        (Link(name="a farmer", kind="witness"), "witnesses"),
        (Link(name="sources", kind="anonymous"), "unnamed sources"),
        (Link(name="Tigris Post", kind="outlet"), "Outlet 1"),
        (None, "Outlet 1"),
    ],
)
def test_bodies_are_named_and_persons_are_not(make: Any, types: Any, link_: Link | None, name: str) -> None:
    (event,) = link([make.report(1, chain=(link_,) if link_ else ())], [], types)
    assert source_name(event.claims.type[0].said[0]) == name
