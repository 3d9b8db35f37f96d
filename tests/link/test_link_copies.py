"""Copies found from the buckets of new articles alone are those found among all."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import copies, origins
from dateline.link.copies import Pair, Signature, copies_of, copy_pairs, find_copies
from dateline.link.facts import Facts
from dateline.link.origins import reprint_groups, roots_of_copies, text_roots
from dateline.model.ids import ArticleId
from dateline.model.kept import Copied


class MadeCopies:
    """Buckets and copies in memory."""

    def __init__(self) -> None:
        self.now: dict[ArticleId, Facts] = {}
        self.placed: dict[ArticleId, Signature] = {}
        self.buckets: set[tuple[int, ArticleId]] = set()
        self.pairs: set[Pair] = set()

    def facts(self, articles: Collection[ArticleId]) -> Iterator[tuple[Any, ...]]:
        for article in articles:
            if article in self.now:
                fact = self.now[article]
                yield tuple(getattr(fact, field) for field in Facts.__struct_fields__)

    def bucket_sizes(self, buckets: Collection[int]) -> Mapping[int, int]:
        found = {bucket: len(self.bucket(bucket)) for bucket in buckets}
        return {bucket: size for bucket, size in found.items() if size}

    def bucket(self, bucket: int, *, near: ArticleId | None = None, limit: int = 0) -> Sequence[ArticleId]:
        there = sorted(article for name, article in self.buckets if name == bucket)
        if near is None:
            return there
        before = [article for article in there if article < near][-limit:] if limit else []
        return [*before, *[article for article in there if article >= near][: limit + 1]]

    def copies_at(self, articles: Collection[ArticleId]) -> Iterable[Pair]:
        return [pair for pair in self.pairs if pair[0] in articles or pair[1] in articles]

    def link(self, changed: Collection[ArticleId]) -> Copied:
        found = find_copies(self, {article: self.placed.get(article, ()) for article in changed})
        self.buckets = (self.buckets - set(found.left)) | set(found.entered)
        self.pairs = (self.pairs - set(found.unlike)) | set(found.alike)
        self.placed.update(found.placed)
        return found


# Few values, so that many articles share bands and some share half of their signature.
drawn = st.tuples(st.integers(0, 14), st.lists(st.integers(0, 2), min_size=4, max_size=4), st.booleans())


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
            for number, rows, signed in step:
                signature = tuple(3 * place + row for place, row in enumerate(rows) for _ in range(3))
                fact = make.facts(number, signature=signature if signed else (), outlet=f"Outlet {rows[0]}")
                kept.now[fact.id] = fact
            found = kept.link({make.facts(number).id for number, _, _ in step})
            pairs = copy_pairs(kept, kept.now)
            groups = reprint_groups(kept.now.values())
            roots = roots_of_copies(kept.now.values(), pairs)
            assert {article: root.group for article, root in roots.items()} == groups
            assert roots == text_roots(kept.now.values())
            moved = {article for article, root in roots.items() if before.get(article) != root}
            assert moved <= set(found.touched)
            for article, group in groups.items():
                assert copies_of(kept, [article]) == {each for each in groups if groups[each] == group}
