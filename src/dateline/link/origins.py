"""Which articles share their words, and which outlets may have published them first.

Articles are copies of one another when their MinHash signatures agree (A. Broder, 1997, "On the resemblance and
containment of documents"); candidates come from banded hashing (A. Rajaraman and J. Ullman, "Mining of Massive
Datasets", chapter 3).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from dateline.link.facts import Facts
from dateline.link.features import days_between
from dateline.link.profiles import days_of
from dateline.link.words import is_agency, outlet_key
from dateline.model.ids import ArticleId, number_of
from dateline.model.signature import opening_of, same_opening, similarity, values_of

# Estimated Jaccard similarity from which two texts are one. Two desks' own articles on one event stay under
# 0.2 (figures of clean.reprints), two that quote one statement at length reach 0.37 on the dev worlds, and a
# reprint that keeps half of its text comes to 0.48 there.
REPRINT_SIMILARITY = 0.42
# Less will do where the one credits the outlet of the other, or both credit a third, and they came out within
# CREDITED_DAYS: a wire's next text on the same matter (0.26 on the dev worlds) stays below.
CREDITED_SIMILARITY = 0.3
CREDITED_DAYS = 2

# Texts that came out more than LATE_DAYS apart are copies from here on only: what an agency writes of one
# strike and of the next one is alike in all but names and figures (0.44 within eleven days on the worlds).
LATE_SIMILARITY = 0.6
LATE_DAYS = 7

# Rows per band: three finds a pair of similarity 0.42 among 128 values with a chance of 0.96, two one of 0.3
# with 0.998. Two are for texts that credit an outlet and for that outlet's own, which are far fewer.
BAND_ROWS = 3
CREDITED_ROWS = 2

# In a band bucket of up to this many articles all pairs are compared; in a larger one each is compared with
# its neighbours in order of id, which is enough for many copies of one text.
FULL_BUCKET = 24
NEXT_IN_BUCKET = 2

T = TypeVar("T")


class Roots(msgspec.Struct, frozen=True):
    """Where the words of an article may come from: the smallest id among its copies, and keys of outlets.

    These are the outlets that any copy credits, and those that published it on the first day without crediting
    anybody: of several on one day it is not known who was first, so all of them count as the origin, unless
    there is a news agency among them, whose trade it is that others print its texts.
    """

    group: ArticleId
    outlets: frozenset[str]


class _Groups:
    """Union-find whose representative is always the smallest member."""

    def __init__(self) -> None:
        self._parent: dict[ArticleId, ArticleId] = {}

    def find(self, item: ArticleId) -> ArticleId:
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[item] = parent = self._parent[parent]
        return parent

    def join(self, a: ArticleId, b: ArticleId) -> None:
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low


def reprint_groups(facts: Iterable[Facts]) -> dict[ArticleId, ArticleId]:
    """Return, for each article, the smallest id among the articles that share its text (often its own)."""
    known = sorted(facts, key=lambda fact: fact.id)
    groups = _Groups()
    names = {fact.id: names_of(fact) for fact in known}
    credited = {key for found in names.values() for key, credits in found.items() if credits}
    buckets: dict[int, list[Facts]] = defaultdict(list)
    for fact in known:
        groups.find(fact.id)
        for band in bands(fact.signature, names[fact.id].keys() & credited):
            buckets[band].append(fact)
    compared: set[tuple[ArticleId, ArticleId]] = set()
    for members in buckets.values():
        for left, right in bucket_pairs(members, len(members)):
            pair = (left.id, right.id)
            if pair in compared or groups.find(left.id) == groups.find(right.id):
                continue
            compared.add(pair)
            if are_copies(left, right):
                groups.join(left.id, right.id)
    return {fact.id: groups.find(fact.id) for fact in known}


def names_of(fact: Facts) -> dict[str, bool]:
    """Return the keys of the outlets that an article is by or credits, and whether it credits each."""
    by = {outlet_key(fact.outlet): False} if fact.outlet else {}
    return by | ({outlet_key(fact.origin): True} if fact.origin else {})


def bands(signature: Sequence[int], keys: Collection[str]) -> Iterator[int]:
    """Give the numbers of the buckets in which the copies of an article are looked for.

    `keys` are those of its names that some article credits: what an outlet publishes meets what credits it in
    buckets of their own, in which less similarity is found. Texts with one first sentence meet in one as well.
    """
    opening = opening_of(signature)
    if opening is not None:
        yield number_of("opening", str(opening))
    signature = values_of(signature)
    for key, rows in (("", BAND_ROWS), *((key, CREDITED_ROWS) for key in sorted(keys))):
        for start in range(0, len(signature) - rows + 1, rows):
            yield number_of(key, repr((len(signature), start, *signature[start : start + rows])))


def are_copies(left: Facts, right: Facts) -> bool:
    """Tell whether two articles have one text, or one is the beginning of the other's."""
    alike = similarity(left.signature, right.signature)
    opening = same_opening(left.signature, right.signature)
    if alike >= LATE_SIMILARITY or (alike < CREDITED_SIMILARITY and not opening):
        return alike >= LATE_SIMILARITY
    days = days_of(left.published), days_of(right.published)
    apart = days_between(days[0], days[1]) if days[0] and days[1] else None
    if opening and (apart is None or apart <= CREDITED_DAYS):
        return True
    if alike >= REPRINT_SIMILARITY:
        return apart is None or apart <= LATE_DAYS
    if apart is None or apart > CREDITED_DAYS:
        return False
    credits = [outlet_key(one.origin) for one in (left, right) if one.origin]
    names = [{outlet_key(name) for name in (one.outlet, one.origin) if name} for one in (left, right)]
    return any(key in names[0] and key in names[1] for key in credits)


def bucket_pairs(members: Sequence[T], size: int) -> Iterator[tuple[T, T]]:
    """Give the pairs to compare in a bucket of `size`; `members` are sorted by id, all of them or a stretch."""
    reach = size if size <= FULL_BUCKET else NEXT_IN_BUCKET
    for index, left in enumerate(members):
        for right in members[index + 1 : index + 1 + reach]:
            yield left, right


def text_roots(facts: Iterable[Facts]) -> dict[ArticleId, Roots]:
    """Return where the words of each article may come from; see Roots."""
    known = {fact.id: fact for fact in facts}
    return _roots(known, reprint_groups(known.values()))


def roots_of_copies(
    facts: Iterable[Facts], copies: Iterable[tuple[ArticleId, ArticleId]]
) -> dict[ArticleId, Roots]:
    """Return the roots of articles, of which `copies` are the pairs that are alike; give all copies of each."""
    known = {fact.id: fact for fact in facts}
    groups = _Groups()
    for one, two in copies:
        groups.join(one, two)
    return _roots(known, {article: groups.find(article) for article in known})


def _roots(known: Mapping[ArticleId, Facts], groups: Mapping[ArticleId, ArticleId]) -> dict[ArticleId, Roots]:
    copies: dict[ArticleId, list[Facts]] = defaultdict(list)
    for article, group in groups.items():
        copies[group].append(known[article])
    return {
        member.id: roots
        for group, members in copies.items()
        for roots in (Roots(group, _first_outlets(members)),)
        for member in members
    }


def _first_outlets(members: Sequence[Facts]) -> frozenset[str]:
    """Return the keys of the outlets that copies credit, and of those that may have published first."""
    days = {member.id: days_of(member.published) for member in members}
    latest_start = min((found[1] for found in days.values() if found), default=None)
    outlets = {outlet_key(member.origin) for member in members if member.origin}
    first: set[str] = set()
    for member in members:
        found = days[member.id]
        may_be_first = found is None or latest_start is None or found[0] <= latest_start
        if may_be_first and member.outlet and not member.origin:
            first.add(member.outlet)
    agencies = {name for name in first if is_agency(name)} if len(first) > 1 else first
    return frozenset(outlets | {outlet_key(name) for name in agencies or first})
