"""Copies found from the buckets of new articles alone are those found among all."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import copies, origins
from dateline.link.copies import Pair, copies_of, copy_pairs, find_copies
from dateline.link.facts import Facts
from dateline.link.origins import reprint_groups, roots_of_copies, text_roots
from dateline.model.ids import ArticleId
from dateline.model.kept import Copied, Fresh, Name
from dateline.model.signature import Signature


class MadeCopies:
    """Buckets and copies in memory."""

    def __init__(self) -> None:
        self.now: dict[ArticleId, Facts] = {}
        self.placed: dict[ArticleId, Signature] = {}
        self.called: dict[ArticleId, tuple[Name, ...]] = {}
        self.fresh: dict[ArticleId, Fresh] = {}
        self.buckets: set[tuple[int, ArticleId]] = set()
        self.pairs: set[Pair] = set()

    def facts(self, articles: Collection[ArticleId]) -> Iterator[tuple[Any, ...]]:
        for article in articles:
            if article in self.now:
                fact = self.now[article]
                yield tuple(getattr(fact, field) for field in Facts.__struct_fields__)

    def names(self, articles: Collection[ArticleId]) -> Iterator[tuple[ArticleId, Name]]:
        return ((article, name) for article in articles for name in self.called.get(article, ()))

    def credits(self, keys: Collection[str]) -> Mapping[str, int]:
        return Counter(
            name.key for names in self.called.values() for name in names if name.credits and name.key in keys
        )

    def bucket_sizes(self, buckets: Collection[int]) -> Mapping[int, int]:
        return Counter(bucket for bucket, _ in self.in_buckets(buckets))

    def in_buckets(self, buckets: Collection[int]) -> Iterator[tuple[int, ArticleId]]:
        return ((bucket, article) for bucket, article in self.buckets if bucket in buckets)

    def bucket_near(self, bucket: int, article: ArticleId, limit: int) -> Sequence[ArticleId]:
        there = sorted(each for name, each in self.buckets if name == bucket)
        before = [each for each in there if each < article][-limit:] if limit else []
        return [*before, *[each for each in there if each >= article][: limit + 1]]

    def copies_at(self, articles: Collection[ArticleId]) -> Iterable[Pair]:
        return [pair for pair in self.pairs if pair[0] in articles or pair[1] in articles]

    def put(self, fact: Facts) -> None:
        self.now[fact.id] = fact
        self.fresh[fact.id] = Fresh(self.placed.get(fact.id, ()), told=True)

    def link(self) -> set[ArticleId]:
        """Place what is fresh, one step after another; return the articles whose origin may be another."""
        touched: set[ArticleId] = set()
        while self.fresh:
            step = dict(sorted(self.fresh.items())[:AT_ONCE])
            self.fresh = {article: each for article, each in self.fresh.items() if article not in step}
            touched.update(self.place(step).touched)
        return touched

    def place(self, step: Mapping[ArticleId, Fresh]) -> Copied:
        found = find_copies(self, step)
        self.buckets = (self.buckets - set(found.left)) | set(found.entered)
        self.pairs = (self.pairs - set(found.unlike)) | set(found.alike)
        self.placed.update(found.placed)
        self.called.update(found.names)
        for article, names in self.called.items():
            for name in names:
                if name.key in found.turned and name.stands != bool(self.credits([name.key])):
                    self.fresh.setdefault(article, Fresh(self.placed[article], told=False))
        return found


# Articles that are placed in one step.
AT_ONCE = 4


# Few values, so that many articles share bands and some share half of their signature.
drawn = st.tuples(
    st.integers(0, 14),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.booleans(),
    st.sampled_from((None, None, None, "Outlet 0", "Outlet 1")),
    st.sampled_from(("2016-10-20", "2016-10-21", "2016-10-25")),
)


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(st.lists(drawn, max_size=5), max_size=8), full=st.integers(1, 4), reach=st.integers(1, 2))
def test_copies_are_those_found_among_all(make: Any, steps: list[Any], full: int, reach: int) -> None:
    kept = MadeCopies()
    with pytest.MonkeyPatch.context() as patch:
        for module in (copies, origins):
            patch.setattr(module, "FULL_BUCKET", full)
            patch.setattr(module, "NEXT_IN_BUCKET", reach)
        for step in steps:
            before = text_roots(kept.now.values())
            for number, rows, signed, origin, published in step:
                signature = tuple(3 * place + row for place, row in enumerate(rows) for _ in range(3))
                facts = {"outlet": f"Outlet {rows[0]}", "origin": origin, "published": published}
                kept.put(make.facts(number, signature=signature if signed else (), **facts))
            touched = kept.link()
            pairs = copy_pairs(kept, kept.now)
            groups = reprint_groups(kept.now.values())
            roots = roots_of_copies(kept.now.values(), pairs)
            assert {article: root.group for article, root in roots.items()} == groups
            assert roots == text_roots(kept.now.values())
            moved = {article for article, root in roots.items() if before.get(article) != root}
            assert moved <= touched
            for article, group in groups.items():
                assert copies_of(kept, [article]) == {each for each in groups if groups[each] == group}
