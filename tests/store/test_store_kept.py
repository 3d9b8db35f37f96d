"""What linking keeps is found wherever in the file it stands."""

from collections.abc import Iterable
from pathlib import Path

from dateline.model.ids import ArticleId
from dateline.model.kept import Copied
from dateline.store.embedded import EmbeddedStore
from dateline.store.keeping import STRETCHES

FIRST, LAST = 1, 2**63 - 1
COUNT = STRETCHES + 2


def article(number: int) -> ArticleId:
    return ArticleId(f"art_{number:02}")


def place(store: EmbeddedStore, entered: Iterable[int], left: Iterable[int] = ()) -> None:
    """Keep a step that takes articles out of the first and the last bucket, and puts others there."""
    gone, come = (
        tuple((bucket, article(number)) for bucket in (FIRST, LAST) for number in numbers)
        for numbers in (left, entered)
    )
    with store.linking() as kept:
        seen = kept.seen()
    step = Copied(
        placed={}, names={}, turned=(), left=gone, entered=come, alike=(), unlike=(), touched=()
    )  # fmt: skip
    assert store.keep(step, seen)


def test_who_stands_in_a_bucket_is_found_before_and_after_it_settles(tmp_path: Path) -> None:
    with EmbeddedStore.open(tmp_path / "w.dateline", create=True) as store:
        # In an order in which neighbours come far apart, so that one of them has settled and the other has not.
        for step in range(COUNT):
            place(store, [step * 5 % COUNT])
        by_bucket = "SELECT bucket, max(settled) - min(settled) FROM link_buckets GROUP BY bucket"
        assert dict(store._all(by_bucket)) == {FIRST: 1, LAST: 1}
        everyone = [article(number) for number in range(COUNT)]
        with store.linking() as kept:
            for bucket in (FIRST, LAST):
                assert kept.bucket_sizes([bucket, 7]) == {bucket: COUNT}
                assert sorted(kept.in_buckets([bucket])) == [(bucket, each) for each in everyone]
                for number in range(COUNT):
                    near = sorted(kept.bucket_near(bucket, article(number), 2))
                    assert near == everyone[max(0, number - 2) : number + 3]
        place(store, [], left=range(COUNT))
        assert store._all("SELECT * FROM link_buckets") == []
