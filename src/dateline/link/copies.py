"""Which articles are copies of new ones: what `link.origins` finds, found from the buckets of the new alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from dateline.link.facts import Facts
from dateline.link.origins import (
    FULL_BUCKET,
    NEXT_IN_BUCKET,
    REPRINT_SIMILARITY,
    bands,
    bucket_pairs,
    similarity,
)
from dateline.model.ids import ArticleId
from dateline.model.kept import Copied

Signature = tuple[int, ...]
Pair = tuple[ArticleId, ArticleId]


class Copies(Protocol):
    """The buckets and copies of the last link, and the facts of now."""

    def facts(self, articles: Collection[ArticleId]) -> Iterable[tuple[Any, ...]]:
        """Give the facts of those of `articles` that are there, as fields of Facts."""
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
    """Who leaves a bucket and who comes into it."""

    left: frozenset[ArticleId]
    entered: frozenset[ArticleId]


def find_copies(kept: Copies, placed: Mapping[ArticleId, Signature]) -> Copied:
    """Return what changes with articles whose facts are new; `placed` are the signatures they stand by."""
    facts = {row[0]: Facts(*row) for row in kept.facts(placed.keys())}
    now = {article: facts[article].signature if article in facts else () for article in placed}
    moved = {article for article, signature in placed.items() if now[article] != signature}
    changes = _changes(moved, placed, now)
    given, gives = _pairs(changes, kept)
    fresh = {pair for pair in gives if pair not in given or not moved.isdisjoint(pair)}
    _read({article for pair in fresh for article in pair}, facts, kept)
    alike = {pair for pair in fresh if _are_alike(facts, pair)}
    before = set(kept.copies_at({article for pair in given - gives for article in pair} | moved))
    lost = {pair for pair in before & (given - gives) if not _held_elsewhere(pair, changes, facts, kept)}
    unlike = lost | {pair for pair in before - alike if not moved.isdisjoint(pair)}
    ends = {article for pair in (*alike, *unlike) for article in pair} | placed.keys()
    return Copied(
        placed=now,
        left=tuple(sorted((band, each) for band, change in changes.items() for each in change.left)),
        entered=tuple(sorted((band, each) for band, change in changes.items() for each in change.entered)),
        alike=tuple(sorted(alike - before)),
        unlike=tuple(sorted(unlike)),
        touched=tuple(sorted(copies_of(kept, ends))),
    )


def copies_of(kept: Copies, articles: Iterable[ArticleId]) -> set[ArticleId]:
    """Return `articles` with all copies of them."""
    return {article for pair in copy_pairs(kept, articles) for article in pair} | set(articles)


def copy_pairs(kept: Copies, articles: Iterable[ArticleId]) -> set[Pair]:
    """Return the pairs of copies that lead, directly or through others, to any of `articles`."""
    found = set(articles)
    front, pairs = set(found), set[Pair]()
    while front:
        near = set(kept.copies_at(front)) - pairs
        pairs |= near
        front = {article for pair in near for article in pair} - found
        found |= front
    return pairs


def _changes(
    moved: Iterable[ArticleId], placed: Mapping[ArticleId, Signature], now: Mapping[ArticleId, Signature]
) -> dict[int, _Bucket]:
    left: dict[int, set[ArticleId]] = defaultdict(set)
    entered: dict[int, set[ArticleId]] = defaultdict(set)
    for article in moved:
        for band in bands(placed[article]):
            left[band].add(article)
        for band in bands(now[article]):
            entered[band].add(article)
    return {band: _Bucket(frozenset(left[band]), frozenset(entered[band])) for band in (*left, *entered)}


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
    reach = NEXT_IN_BUCKET + len(change.left)
    return {
        member
        for article in change.left | change.entered
        for member in kept.bucket(band, near=article, limit=reach)
    }


def _held_elsewhere(
    pair: Pair, changes: Mapping[int, _Bucket], facts: dict[ArticleId, Facts], kept: Copies
) -> bool:
    """Tell whether another bucket gives a pair: a large one leaves pairs out."""
    _read(pair, facts, kept)
    shared = set(bands(facts[pair[0]].signature)) & set(bands(facts[pair[1]].signature))
    none = _Bucket(frozenset(), frozenset())
    for band in shared:
        change = changes.get(band, none)
        members = sorted((set(kept.bucket(band)) - change.left) | change.entered)
        if pair in bucket_pairs(members, len(members)):
            return True
    return False


def _are_alike(facts: Mapping[ArticleId, Facts], pair: Pair) -> bool:
    return similarity(facts[pair[0]].signature, facts[pair[1]].signature) >= REPRINT_SIMILARITY


def _read(articles: Iterable[ArticleId], facts: dict[ArticleId, Facts], kept: Copies) -> None:
    facts.update((row[0], Facts(*row)) for row in kept.facts(set(articles) - facts.keys()))
