"""Which articles are copies of new ones: what `link.origins` finds, found from the buckets of the new alone.

An outlet that is credited for the first time, or no more, puts all articles that are by it into other
buckets: these are *turned*, and wait for their turn as articles whose facts are new do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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

Signature = tuple[int, ...]
Pair = tuple[ArticleId, ArticleId]


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

    def bucket(self, bucket: int, *, near: ArticleId | None = None, limit: int = 0) -> Sequence[ArticleId]:
        """Return who stands in a bucket, by id; only the `limit` before and behind `near` when it is given."""
        ...

    def copies_at(self, articles: Collection[ArticleId]) -> Iterable[Pair]:
        """Give the pairs of copies that have one of `articles` in them."""
        ...


class _Bucket(msgspec.Struct, frozen=True):
    """Who leaves a bucket and who comes into it; whose facts are new does both."""

    left: frozenset[ArticleId]
    entered: frozenset[ArticleId]


class _Changing:
    """The facts of some articles, and what changes with those that are fresh."""

    def __init__(self, kept: Copies, fresh: Mapping[ArticleId, Fresh]) -> None:
        self._kept, self.fresh = kept, fresh
        self.facts: dict[ArticleId, Facts] = {}
        self.read(fresh)
        self.told = {article for article, each in fresh.items() if each.told}
        self.names, self.turned = self._named()
        self.buckets = self._changes()

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

    def _changes(self) -> dict[int, _Bucket]:
        stood: dict[ArticleId, set[str]] = defaultdict(set)
        for article, name in self._kept.names(self.fresh.keys()):
            if name.stands:
                stood[article].add(name.key)
        left: dict[int, set[ArticleId]] = defaultdict(set)
        entered: dict[int, set[ArticleId]] = defaultdict(set)
        for article, each in self.fresh.items():
            before = set(bands(each.signature, stood[article]))
            now = set(bands(self.signature(article), [one.key for one in self.names[article] if one.stands]))
            both = set() if each.told else before & now
            for band in before - both:
                left[band].add(article)
            for band in now - both:
                entered[band].add(article)
        return {band: _Bucket(frozenset(left[band]), frozenset(entered[band])) for band in (*left, *entered)}

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
        left=_rows((band, change.left - change.entered) for band, change in buckets.items()),
        entered=_rows((band, change.entered - change.left) for band, change in buckets.items()),
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


def _rows(changed: Iterable[tuple[int, Collection[ArticleId]]]) -> tuple[tuple[int, ArticleId], ...]:
    return tuple(sorted((band, article) for band, articles in changed for article in articles))


def _pairs(changes: Mapping[int, _Bucket], kept: Copies) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs that the changed buckets gave, and those that they give, near what changed in them."""
    given: set[Pair] = set()
    gives: set[Pair] = set()
    sizes = kept.bucket_sizes(changes.keys())
    for band, change in changes.items():
        size = sizes.get(band, 0)
        then = size - len(change.left) + len(change.entered)
        if max(size, then) > 1:
            before = _members(band, size, min(size, then) > FULL_BUCKET, change, kept)
            after = sorted((before - change.left) | change.entered)
            given.update(bucket_pairs(sorted(before), size))
            gives.update(bucket_pairs(after, then))
    return given, gives


def _members(band: int, size: int, large: bool, change: _Bucket, kept: Copies) -> set[ArticleId]:  # noqa: FBT001
    """Return the members of a bucket; of a `large` one those near what changes, as far as it can reach."""
    if not size:
        return set()
    if not large:
        return set(kept.bucket(band))
    reach = NEXT_IN_BUCKET + len(change.left - change.entered)
    return {
        member
        for article in change.left | change.entered
        for member in kept.bucket(band, near=article, limit=reach)
    }


def _held_elsewhere(pair: Pair, changing: _Changing, kept: Copies) -> bool:
    """Tell whether another bucket gives a pair: a large one leaves pairs out."""
    changing.read(pair)
    none = _Bucket(frozenset(), frozenset())
    for band in changing.bands_of(pair[0]) & changing.bands_of(pair[1]):
        change = changing.buckets.get(band, none)
        members = sorted((set(kept.bucket(band)) - change.left) | change.entered)
        if pair in bucket_pairs(members, len(members)):
            return True
    return False
