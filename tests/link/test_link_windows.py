"""What changes in a block, found near what comes and goes, is what changes in all of it."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.link import block as blocking
from dateline.link import windows
from dateline.link.block import pairs_in
from dateline.link.compare import Scorer
from dateline.link.windows import Change, changed_pairs, still_meet
from dateline.model.ids import ReportId
from dateline.model.kept import Manner, Order, Stand

Standing = dict[Manner, list[Stand]]


class MadeShelf:
    """One block in memory."""

    def __init__(self, block: Standing) -> None:
        self.block = {manner: sorted(stands) for manner, stands in block.items()}

    def manners(self, blocks: Collection[int]) -> dict[int, list[Manner]]:
        there = [manner for manner, stands in self.block.items() if stands]
        return dict.fromkeys(blocks, there) if there else {}

    def before(self, block: int, manner: Manner, at: Order, since: int, limit: int) -> Sequence[Stand]:
        stands = self.block[manner]
        return [stand for stand in stands[: bisect_left(stands, at)] if stand.last >= since][-limit:]

    def since(self, block: int, manner: Manner, at: Order, until: Order | None, limit: int) -> Sequence[Stand]:
        stands = self.block[manner]
        return [stand for stand in stands[bisect_left(stands, at) :] if until is None or stand < until][:limit]


def a_stand(number: int, last: int, length: int, type_: str) -> Stand:
    first = last - length
    return Stand(last, first, number * 7919 % 101, ReportId(f"rep_{number:04}"), type_)


told = st.tuples(
    st.integers(0, 3),
    st.integers(1000, 2000) | st.integers(1000, 1030),
    st.sampled_from([0, 0, 0, 1, 7, 30]),
    st.sampled_from(["assault", "armed_clash", "bombing"]),
    st.sampled_from(["stays", "stays", "goes", "comes", "moves"]),
)


def made(drawn: Sequence[Any]) -> tuple[Standing, Standing, Standing]:
    """Return what stands in a block, and what goes out of it and comes into it."""
    kept: Standing = {manner: [] for manner in range(4)}
    gone: Standing = {manner: [] for manner in range(4)}
    come: Standing = {manner: [] for manner in range(4)}
    for number, (manner, last, length, type_, change) in enumerate(drawn):
        stand = a_stand(number, last, length if manner < 2 else 900, type_)
        if change in ("stays", "goes", "moves"):
            kept[manner].append(stand)
        if change in ("goes", "moves"):
            gone[manner].append(stand)
        if change == "comes":
            come[manner].append(stand)
        if change == "moves":
            come[(manner + 1) % 4].append(a_stand(number, last + 3, 0 if manner in (0, 3) else 900, type_))
    return kept, gone, come


@settings(max_examples=200, deadline=None)
@given(drawn=st.lists(told, max_size=40), reach=st.sampled_from([1, 2, 5]), scan=st.sampled_from([2, 4, 8]))
@example(drawn=[(1, 1000, 0, "assault", "stays"), (3, 1001, 0, "assault", "comes")], reach=1, scan=2)
def test_what_changes_near_by_is_what_changes(types: Any, drawn: list[Any], reach: int, scan: int) -> None:
    kept, gone, come = made(drawn)
    after = {
        manner: [stand for stand in kept[manner] if stand not in gone[manner]] + come[manner] for manner in kept
    }
    shelf, scorer, change = MadeShelf(kept), Scorer(types), Change(1, gone, come)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "LOOKS", tuple(look._replace(reach=reach) for look in blocking.LOOKS))
        patch.setattr(windows, "LOOKS", blocking.LOOKS)
        patch.setattr(windows, "SCAN", scan)
        patch.setattr(windows, "CHUNK", 2 * scan)
        patch.setattr(blocking, "SCAN", scan)
        had, has = set(pairs_in(kept, scorer)), set(pairs_in(after, scorer))
        (found,) = changed_pairs([change], shelf, scorer)
        assert found.given <= had
        assert found.gives <= has
        assert (had - found.given) | found.gives == has
        for manner, stands in after.items():
            for stand in stands:
                for other_manner, others in after.items():
                    for other in others:
                        pair = (min(stand.report, other.report), max(stand.report, other.report))
                        if stand != other and pair in had | has:
                            asked = (stand, manner, other, other_manner)
                            assert still_meet(asked, change, shelf, scorer) == (pair in has)


def test_of_a_long_block_little_is_read(types: Any) -> None:
    class Counting(MadeShelf):
        read = 0

        def before(self, *given: Any) -> Sequence[Stand]:
            return self.counted(super().before(*given))

        def since(self, *given: Any) -> Sequence[Stand]:
            return self.counted(super().since(*given))

        def counted(self, found: Sequence[Stand]) -> Sequence[Stand]:
            self.read += len(found)
            return found

    crowd = {1: [a_stand(number, 1000 + number // 500, 0, "assault") for number in range(20_000)]}
    shelf = Counting(crowd)
    change = Change(1, {}, {1: [a_stand(30_000, 1020, 0, "assault")]})
    (found,) = changed_pairs([change], shelf, Scorer(types))
    assert shelf.read <= 4 * blocking.SCAN
    assert len([pair for pair in found.gives if "rep_30000" in pair]) == 2 * blocking.REACH
