"""Which articles are copies of new ones: what `link.origins` finds, found from the buckets of the new alone.

An outlet that is credited for the first time, or no more, puts all articles that are by it into other
buckets: these are *turned*, and wait for their turn as articles whose facts are new do.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

import msgspec

from dateline.link.block import pairs_reaching
from dateline.link.facts import Facts
from dateline.link.origins import (
    FULL_BUCKET,
    NEXT_IN_BUCKET,
    are_copies,
    bands,
    bucket_pairs,
    names_of,
)
from dateline.model.ids import ArticleId
from dateline.model.kept import Copied, Fresh, Name
from dateline.model.signature import Signature

Pair = tuple[ArticleId, ArticleId]
# That an article stands in a bucket.
Place = tuple[int, ArticleId]


class Copies(Protocol):
    """The buckets and copies of the last link, and the facts of now."""

    def facts(self, articles: Collection[ArticleId]) -> Iterable[tuple[Any, ...]]:
        """Give the facts of those of `articles` that are there, as fields of Facts."""
        ...

    def names(self, articles: Collection[ArticleId]) -> Iterable[tuple[ArticleId, Name]]:
        """Give the names of outlets that `articles` are by or credit, as they stand."""
        ...

    def credits(self, keys: Collection[str]) -> Mapping[str, int]:
        """Return how many articles credit each of the outlets called `keys` that any credits."""
        ...

    def bucket_sizes(self, buckets: Collection[int]) -> Mapping[int, int]:
        """Return how many articles stand in each of `buckets` that is not empty."""
        ...

    def in_buckets(self, buckets: Collection[int]) -> Iterable[Place]:
        """Give who stands in each of `buckets`."""
        ...

    def bucket_near(self, bucket: int, article: ArticleId, limit: int) -> Iterable[ArticleId]:
        """Give `article`, where it stands in a bucket, and by id the `limit` before and behind it."""
        ...

    def copies_at(self, articles: Collection[ArticleId]) -> Iterable[Pair]:
        """Give the pairs of copies that have one of `articles` in them."""
        ...


class _Bucket(msgspec.Struct, frozen=True):
    """How many stand in a bucket, who leaves it and who comes into it; whose facts are new does both."""

    size: int
    left: set[ArticleId]
    entered: set[ArticleId]

    @property
    def then(self) -> int:
        """How many stand in it after this."""
        return self.size - len(self.left) + len(self.entered)

    def after(self, members: set[ArticleId]) -> set[ArticleId]:
        """Return who of `members`, or of those who come, stands in it after this."""
        return (members - self.left) | self.entered


class _Changing:
    """The facts of some articles, and what changes with those that are fresh."""

    def __init__(self, kept: Copies, fresh: Mapping[ArticleId, Fresh]) -> None:
        self._kept, self.fresh = kept, fresh
        self.facts: dict[ArticleId, Facts] = {}
        self.read(fresh)
        self.told = {article for article, each in fresh.items() if each.told}
        self.names, self.turned = self._named()
        self.left, self.entered = self._changes()
        self.buckets = self._shared()

    def read(self, articles: Iterable[ArticleId]) -> None:
        """Read the facts of articles that are there."""
        missing = set(articles) - self.facts.keys()
        self.facts.update((row[0], Facts(*row)) for row in self._kept.facts(missing))

    def signature(self, article: ArticleId) -> Signature:
        """Return the signature of an article, of now."""
        return self.facts[article].signature if article in self.facts else ()

    def _named(self) -> tuple[dict[ArticleId, tuple[Name, ...]], tuple[str, ...]]:
        """Return the names of what is fresh as they stand after this, and whom others credit now or no more."""
        now = {each: names_of(self.facts[each]) if each in self.facts else {} for each in self.fresh}
        change: dict[str, int] = defaultdict(int)
        for _, name in self._kept.names(self.fresh.keys()):
            change[name.key] -= name.credits
        for found in now.values():
            for key, credits in found.items():
                change[key] += credits
        before = self._kept.credits(change.keys())
        after = {key: before.get(key, 0) + change[key] > 0 for key in change}
        names = {
            article: tuple(Name(key, credits, after[key]) for key, credits in sorted(found.items()))
            for article, found in now.items()
        }
        return names, tuple(sorted(key for key in after if after[key] != (before.get(key, 0) > 0)))

    def _changes(self) -> tuple[set[Place], set[Place]]:
        stood: dict[ArticleId, set[str]] = defaultdict(set)
        for article, name in self._kept.names(self.fresh.keys()):
            if name.stands:
                stood[article].add(name.key)
        left: set[Place] = set()
        entered: set[Place] = set()
        for article, each in self.fresh.items():
            before = set(bands(each.signature, stood[article]))
            now = set(bands(self.signature(article), [one.key for one in self.names[article] if one.stands]))
            both = set() if each.told else before & now
            left.update((band, article) for band in before - both)
            entered.update((band, article) for band in now - both)
        return left, entered

    def _shared(self) -> dict[int, _Bucket]:
        """Return the buckets that change and hold several, before or after; most hold one article for good."""
        come = Counter(band for band, _ in self.entered)
        sizes = self._kept.bucket_sizes(come.keys() | {band for band, _ in self.left})
        shared = {band for band, size in sizes.items() if size + come[band] > 1}
        shared.update(band for band, count in come.items() if count > 1)
        buckets = {band: _Bucket(sizes.get(band, 0), set(), set()) for band in shared}
        for band, article in self.left:
            if band in shared:
                buckets[band].left.add(article)
        for band, article in self.entered:
            if band in shared:
                buckets[band].entered.add(article)
        return buckets

    def bands_of(self, article: ArticleId) -> set[int]:
        """Return the buckets that an article stands in after this."""
        names = self.names.get(article)
        if names is None:
            names = tuple(name for _, name in self._kept.names([article]))
        return set(bands(self.signature(article), [name.key for name in names if name.stands]))

    def are_copies(self, pair: Pair) -> bool:
        """Tell whether two articles, whose facts were read, have one text."""
        return all(each in self.facts for each in pair) and are_copies(*(self.facts[each] for each in pair))


def find_copies(kept: Copies, fresh: Mapping[ArticleId, Fresh]) -> Copied:
    """Return what changes with articles that are `fresh`."""
    changing = _Changing(kept, fresh)
    told, buckets = changing.told, changing.buckets
    given, gives = _pairs(buckets, kept)
    asked = {pair for pair in gives if pair not in given or not told.isdisjoint(pair)}
    changing.read({article for pair in asked for article in pair})
    alike = {pair for pair in asked if changing.are_copies(pair)}
    before = set(kept.copies_at({article for pair in given - gives for article in pair} | told))
    unlike = {pair for pair in before - alike if not told.isdisjoint(pair)}
    unlike |= {pair for pair in before & (given - gives) - unlike if not _held_elsewhere(pair, changing, kept)}
    ends = {article for pair in (*alike - before, *unlike) for article in pair} | told
    return Copied(
        placed={article: changing.signature(article) for article in fresh},
        names=changing.names,
        turned=changing.turned,
        left=tuple(sorted(changing.left - changing.entered)),
        entered=tuple(sorted(changing.entered - changing.left)),
        alike=tuple(sorted(alike - before)),
        unlike=tuple(sorted(unlike)),
        touched=tuple(sorted(copies_of(kept, ends))),
    )


def copies_of(kept: Copies, articles: Iterable[ArticleId]) -> set[ArticleId]:
    """Return `articles` with all copies of them."""
    return {article for pair in copy_pairs(kept, articles) for article in pair} | set(articles)


def copy_pairs(kept: Copies, articles: Iterable[ArticleId]) -> set[Pair]:
    """Return the pairs of copies that lead, directly or through others, to any of `articles`."""
    return pairs_reaching(articles, kept.copies_at)


def _pairs(changes: Mapping[int, _Bucket], kept: Copies) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs that the changed buckets gave, and those that they give, near what changed in them."""
    given: set[Pair] = set()
    gives: set[Pair] = set()
    members = _members(changes, kept)
    for band, change in changes.items():
        before = members[band]
        given.update(bucket_pairs(sorted(before), change.size))
        gives.update(bucket_pairs(sorted(change.after(before)), change.then))
    return given, gives


def _members(changes: Mapping[int, _Bucket], kept: Copies) -> Mapping[int, set[ArticleId]]:
    """Return the members of buckets; of large ones those near what changes, as far as it can reach."""
    large = {band for band, change in changes.items() if min(change.size, change.then) > FULL_BUCKET}
    members = _standing(kept, changes.keys() - large)
    for band in large:
        change = changes[band]
        reach = NEXT_IN_BUCKET + len(change.left - change.entered)
        for article in change.left | change.entered:
            members[band].update(kept.bucket_near(band, article, reach))
    return members


def _standing(kept: Copies, bands: Collection[int]) -> dict[int, set[ArticleId]]:
    members: dict[int, set[ArticleId]] = defaultdict(set)
    for band, article in kept.in_buckets(bands):
        members[band].add(article)
    return members


def _held_elsewhere(pair: Pair, changing: _Changing, kept: Copies) -> bool:
    """Tell whether another bucket gives a pair: a large one leaves pairs out."""
    changing.read(pair)
    bands = changing.bands_of(pair[0]) & changing.bands_of(pair[1])
    members = _standing(kept, bands)
    for band in bands:
        there = members[band]
        if band in changing.buckets:
            there = changing.buckets[band].after(there)
        if pair in bucket_pairs(sorted(there), len(there)):
            return True
    return False
