"""Where each report's information comes from, so that copies and quotations count once.

The origin of a report is, in this order: the last news outlet in its chain of attribution ("A quoted B's
paper": B); else what its article, or the article that it is a copy of, credits; else the outlet that first
published the text. Articles are copies of one another when their MinHash signatures agree (A. Broder, 1997,
"On the resemblance and containment of documents"); candidates come from banded hashing (A. Rajaraman and
J. Ullman, "Mining of Massive Datasets", chapter 3).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.link.facts import Facts
from dateline.link.words import outlet_key
from dateline.model.ids import ArticleId, OriginId, ReportId, origin_id
from dateline.model.report import Report
from dateline.model.values import PUBLISHERS, Link

# Estimated Jaccard similarity from which two texts are one. A reprint with its head changed and its last
# paragraph cut keeps more than 0.6, two desks' own articles on one event stay under 0.2 (figures of
# clean.reprints); the middle between them leans to the reprint, for a missed copy counts as corroboration.
REPRINT_SIMILARITY = 0.5

# Rows per band: three finds a pair of similarity 0.5 among 128 values with a chance of 0.996.
BAND_ROWS = 3

# In a band bucket of up to this many articles all pairs are compared; in a larger one each is compared with
# its neighbours in order of id, which is enough for many copies of one text.
FULL_BUCKET = 24


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


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Return the estimated Jaccard similarity (0..1) of two signatures; 0 where they cannot be compared."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def reprint_groups(facts: Iterable[Facts]) -> dict[ArticleId, ArticleId]:
    """Return, for each article, the smallest id among the articles that share its text (often its own)."""
    known = sorted(facts, key=lambda fact: fact.id)
    groups = _Groups()
    buckets: dict[tuple[int, ...], list[Facts]] = defaultdict(list)
    for fact in known:
        groups.find(fact.id)
        for start in range(0, len(fact.signature) - BAND_ROWS + 1, BAND_ROWS):
            buckets[(len(fact.signature), start, *fact.signature[start : start + BAND_ROWS])].append(fact)
    compared: set[tuple[ArticleId, ArticleId]] = set()
    for members in buckets.values():
        for left, right in _pairs(members):
            pair = (left.id, right.id)
            if pair in compared or groups.find(left.id) == groups.find(right.id):
                continue
            compared.add(pair)
            if similarity(left.signature, right.signature) >= REPRINT_SIMILARITY:
                groups.join(left.id, right.id)
    return {fact.id: groups.find(fact.id) for fact in known}


def _pairs(members: Sequence[Facts]) -> Iterable[tuple[Facts, Facts]]:
    reach = len(members) if len(members) <= FULL_BUCKET else 2
    for index, left in enumerate(members):
        for right in members[index + 1 : index + 1 + reach]:
            yield left, right


def article_origins(facts: Iterable[Facts]) -> dict[ArticleId, OriginId]:
    """Return the origin of each article's own words: credited, else first to publish among its copies."""
    known = {fact.id: fact for fact in facts}
    copies: dict[ArticleId, list[Facts]] = defaultdict(list)
    for article, group in reprint_groups(known.values()).items():
        copies[group].append(known[article])
    found: dict[ArticleId, OriginId] = {}
    for group, members in copies.items():
        origin = _origin_of_copies(group, members)
        for member in members:
            found[member.id] = origin
    return found


def _origin_of_copies(group: ArticleId, members: Sequence[Facts]) -> OriginId:
    credited = sorted(outlet_key(member.origin) for member in members if member.origin)
    if credited:
        # Copies that credit different names are rare; the name most of them credit is taken.
        return _outlet_origin(max(credited, key=lambda key: (credited.count(key), key)))
    first = min(members, key=lambda member: (member.outlet is None, member.published or "9999", member.id))
    return _outlet_origin(outlet_key(first.outlet)) if first.outlet else origin_id("article", group)


def _outlet_origin(key: str) -> OriginId:
    return origin_id("outlet", key)


def report_origins(
    reports: Iterable[Report], of_article: Mapping[ArticleId, OriginId]
) -> dict[ReportId, OriginId]:
    """Return the origin of each report: the last outlet that its chain quotes, else its article's."""
    return {report.id: _quoted(report.chain) or of_article[report.article.id] for report in reports}


def _quoted(chain: Sequence[Link]) -> OriginId | None:
    for index in range(len(chain) - 1, 0, -1):
        if chain[index].kind in PUBLISHERS:
            return _outlet_origin(outlet_key(chain[index].name))
    # A chain may also open with the quoted paper, when the publishing outlet is not known.
    if chain and chain[0].kind in PUBLISHERS and chain[0].start is not None:
        return _outlet_origin(outlet_key(chain[0].name))
    return None
