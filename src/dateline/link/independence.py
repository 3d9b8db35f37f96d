"""How many independent origins tell of one event, and why two articles count as one.

The reports of an event and the outlets that they lead to make a graph. Every bond in it says that two of them
have one origin:

- **verdict**: a person said so;
- **reprint**: the texts are copies (`link.origins`);
- **credit**: an article credits the outlet that the other is by, or credits too;
- **citing**: all that an article tells of the event it has from that outlet ("the Courier reported");
- **outlet**: both are by one outlet;
- **quote**: all that both tell of the event stands in paragraphs that rest on the same quoted words;
- **owner**: their outlets belong to one owner (a mapping that is passed in).

The roots that nothing bonds are counted. What an article cites beside its own account is no root of its own,
but has the origin of whom it cites. Where a person said that two reports are independent, no bond joins them.
A copy that is published on the day of its original or later has all bonds of its original, so that it can never
raise the count.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import msgspec

from dateline.link.facts import Facts
from dateline.link.origins import Roots
from dateline.link.quoting import shared_quotes
from dateline.link.words import outlet_key
from dateline.model.event import Tie, TieKind
from dateline.model.ids import ArticleId, OriginId, ReportId, origin_id
from dateline.model.report import Report
from dateline.model.signature import similarity
from dateline.model.values import PUBLISHERS, Link

# Outlet key (`link.words.outlet_key`) -> who owns it; what the catalogue of outlets knows.
Owners = Mapping[str, str]
NO_OWNERS: Owners = MappingProxyType({})

# Two reports, and whether a person said that their origin is one (else: that each has its own).
Judged = tuple[ReportId, ReportId, bool]

Vertex = tuple[str, str]

_ORDER: tuple[TieKind, ...] = ("outlet", "credit", "citing")


class Independence(msgspec.Struct, frozen=True):
    """The origin of each report of an event, the text that it stands in, and what ties articles.

    `texts` gives the smallest id among the copies of its article; `cited` holds the reports that repeat what
    another outlet told.
    """

    origin: Mapping[ReportId, OriginId]
    texts: Mapping[ReportId, ArticleId]
    cited: frozenset[ReportId] = frozenset()
    ties: tuple[Tie, ...] = ()

    def count(self, reports: Iterable[ReportId]) -> int:
        """Return how many independent origins tell what `reports` tell.

        A text that only cites others adds at most one, whatever their number.
        """
        own: dict[ArticleId, set[OriginId]] = defaultdict(set)
        others: dict[ArticleId, set[OriginId]] = defaultdict(set)
        for report in reports:
            (others if report in self.cited else own)[self.texts[report]].add(self.origin[report])
        found = {origin for origins in own.values() for origin in origins}
        only = [origins - found for text, origins in others.items() if text not in own and origins - found]
        return len(found) + min(len({origin for origins in only for origin in origins}), len(only))


class _Bond(msgspec.Struct, frozen=True):
    """Two vertices that have one origin, and the tie that says why, where it ties two articles."""

    left: Vertex
    right: Vertex
    tie: Tie | None = None


class _Graph:
    """Groups of vertices; never puts a pair in one group that a person parted."""

    def __init__(self, vertices: Iterable[Vertex], parted: Iterable[tuple[Vertex, Vertex]]) -> None:
        self._group = {vertex: {vertex} for vertex in vertices}
        self._parted: dict[Vertex, set[Vertex]] = defaultdict(set)
        for left, right in parted:
            self._parted[left].add(right)
            self._parted[right].add(left)

    def join(self, bond: _Bond) -> bool:
        """Join two groups; return False where they are one already, or may not be."""
        left, right = self._group[bond.left], self._group[bond.right]
        if left is right or any(self._parted[vertex] & right for vertex in left if vertex in self._parted):
            return False
        small, large = sorted((left, right), key=len)
        large |= small
        for vertex in small:
            self._group[vertex] = large
        return True

    def origin(self, vertex: Vertex) -> OriginId:
        """Return the id of a vertex's group: its first outlet's, else its first report's."""
        return origin_id(*min(self._group[vertex]))


class _Entry(msgspec.Struct, frozen=True, order=True):
    """How a report leads to an outlet; `counts` is false for what an article cites beside its own account."""

    rank: int
    published: str
    article: ArticleId
    report: ReportId
    words: str
    counts: bool


class Evidence(msgspec.Struct, frozen=True):
    """What is known beyond the reports: facts and roots of articles, owners of outlets, what people said."""

    facts: Mapping[ArticleId, Facts]
    roots: Mapping[ArticleId, Roots]
    owners: Owners = NO_OWNERS
    judged: Sequence[Judged] = ()


def trace(reports: Iterable[Report], evidence: Evidence) -> Independence:
    """Return the origins of one event's reports, whose order is not important."""
    told = sorted(reports, key=lambda report: report.id)
    telling = {outlet_key(report.article.outlet) for report in told if report.article.outlet}
    links = ((report.id, cited_outlet(report, evidence, telling)) for report in told)
    cited = {identity: link for identity, link in links if link is not None}
    own: dict[ArticleId, list[Report]] = defaultdict(list)
    for report in told:
        if report.id not in cited:
            own[report.article.id].append(report)
    quotes = tuple(shared_quotes(own, evidence.facts))
    quoting = frozenset(article for left, right, _ in quotes for article in (left, right))
    leads = _leads(told, cited, own, evidence, quoting)
    one, parted = _judgements(told, evidence.judged)
    vertices = [_report(report.id) for report in told] + [("outlet", key) for key in leads]
    graph = _Graph(vertices, parted)
    bonds = (
        *one,
        *_within_articles(own),
        *_reprints(own, evidence),
        *_outlet_bonds(leads),
        *_quote_bonds(own, quotes),
        *_owner_bonds(leads, evidence.owners),
    )
    ties = tuple(bond.tie for bond in bonds if graph.join(bond) and bond.tie is not None)
    return Independence(
        {report.id: graph.origin(_report(report.id)) for report in told},
        {report.id: evidence.roots[report.article.id].group for report in told},
        frozenset(cited),
        ties,
    )


def cited_outlet(report: Report, evidence: Evidence, telling: Container[str] = ()) -> Link | None:
    """Return the link of the outlet from which a report has what it tells, None for the article's own account.

    It is the last one that the chain of attribution names, also one that is taken for something else and has
    the key of an outlet in `telling`; what an article credits as a whole is not cited.
    """

    def publishes(link: Link) -> bool:
        return link.kind in PUBLISHERS or outlet_key(link.name) in telling

    chain = report.chain
    found = next((link for link in reversed(chain[1:]) if publishes(link)), None)
    # A chain may also open with the quoted paper, when the publishing outlet is not known.
    if found is None and chain and chain[0].start is not None and publishes(chain[0]):
        found = chain[0]
    if found is None:
        return None
    article = report.article
    fact = evidence.facts[article.id]
    names = {outlet_key(name) for name in (article.outlet, fact.outlet, article.origin, fact.origin) if name}
    # Who only republishes a text is not at home in it: what it is cited for there comes from elsewhere.
    home = evidence.roots[article.id].outlets or names
    return None if outlet_key(found.name) in home else found


def _report(identity: ReportId) -> Vertex:
    return "report", identity


def _judgements(
    told: Sequence[Report], judged: Sequence[Judged]
) -> tuple[list[_Bond], list[tuple[Vertex, Vertex]]]:
    """Return the bonds and the partings that people gave, newest first; of two on one pair the later holds."""
    there = {report.id: report.article.id for report in told}
    standing: dict[tuple[ReportId, ReportId], bool] = {}
    for left, right, is_one in judged:
        if left in there and right in there and left != right:
            pair = min(left, right), max(left, right)
            standing.pop(pair, None)
            standing[pair] = is_one
    bonds, parted = [], []
    for (left, right), is_one in reversed(standing.items()):
        if is_one:
            tie = _tie("verdict", there[left], there[right], "a person said that their origin is one")
            bonds.append(_Bond(_report(left), _report(right), tie))
        else:
            parted.append((_report(left), _report(right)))
    return bonds, parted


def _tie(kind: TieKind, left: ArticleId, right: ArticleId, why: str) -> Tie | None:
    return Tie(kind=kind, left=left, right=right, why=why) if left != right else None


def _within_articles(own: Mapping[ArticleId, Sequence[Report]]) -> Iterator[_Bond]:
    for reports in own.values():
        for left, right in pairwise(reports):
            yield _Bond(_report(left.id), _report(right.id))


def _reprints(own: Mapping[ArticleId, Sequence[Report]], evidence: Evidence) -> Iterator[_Bond]:
    groups: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for article in own:
        groups[evidence.roots[article].group].append(article)
    for members in groups.values():
        first, *others = sorted(
            members, key=lambda article: (evidence.facts[article].published or "9999", article)
        )
        for other in others:
            alike = similarity(evidence.facts[first].signature, evidence.facts[other].signature)
            why = f"the same words: {alike:.0%} of both texts alike, as estimated"
            tie = _tie("reprint", first, other, why)
            yield from (
                _Bond(_report(left.id), _report(right.id), tie) for left in own[first] for right in own[other]
            )


def _leads(
    told: Sequence[Report],
    cited: Mapping[ReportId, Link],
    own: Mapping[ArticleId, Sequence[Report]],
    evidence: Evidence,
    quoting: Container[ArticleId],
) -> dict[str, list[_Entry]]:
    """Return, for each outlet that reports lead to, how; what leads there best first.

    What an article only has from a statement that others print too (`quoting`) leads to no outlet: it is not of
    one origin with what the outlet finds out by itself.
    """
    leads: dict[str, list[_Entry]] = defaultdict(list)

    def add(key: str, kind: TieKind, report: Report, words: str, *, counts: bool) -> None:
        published = report.article.published or "9999"
        entry = _Entry(_ORDER.index(kind), published, report.article.id, report.id, words, counts)
        leads[key].append(entry)

    for report in told:
        fact = evidence.facts[report.article.id]
        if report.id in cited:
            link = cited[report.id]
            counts = report.article.id not in own
            add(outlet_key(link.name), "citing", report, link.text or link.name, counts=counts)
            continue
        for key in sorted(evidence.roots[fact.id].outlets if fact.id not in quoting else ()):
            if fact.origin and outlet_key(fact.origin) == key:
                add(key, "credit", report, fact.origin, counts=True)
            elif fact.outlet and outlet_key(fact.outlet) == key:
                add(key, "outlet", report, fact.outlet, counts=True)
    return {key: sorted(leads[key]) for key in sorted(leads)}


def _outlet_bonds(leads: Mapping[str, Sequence[_Entry]]) -> Iterator[_Bond]:
    for key, entries in leads.items():
        anchor = next((entry for entry in entries if entry.counts), entries[0])
        yield _Bond(("outlet", key), _report(anchor.report))
        for entry in entries:
            tie = None
            if entry.counts and anchor.counts:
                tie = _tie(_ORDER[entry.rank], anchor.article, entry.article, _outlet_why(anchor, entry))
            yield _Bond(_report(anchor.report), _report(entry.report), tie)


def _outlet_why(anchor: _Entry, entry: _Entry) -> str:
    both = "both " if anchor.rank == entry.rank else ""
    verb = ("by", "credit" if both else "credits", "cite" if both else "cites")[entry.rank]
    return f"{both}{verb} {entry.words}" if entry.rank == 0 else f"{both}{verb} “{entry.words}”"


def _quote_bonds(
    own: Mapping[ArticleId, Sequence[Report]], quotes: Iterable[tuple[ArticleId, ArticleId, str]]
) -> Iterator[_Bond]:
    for left, right, words in quotes:
        tie = _tie("quote", left, right, f"both quote “{words}”")
        yield from (_Bond(_report(one.id), _report(other.id), tie) for one in own[left] for other in own[right])


def _owner_bonds(leads: Mapping[str, Sequence[_Entry]], owners: Owners) -> Iterator[_Bond]:
    anchors: dict[str, _Entry] = {}
    for key, entries in leads.items():
        owner = owners.get(key)
        if owner is None:
            continue
        entry = next((entry for entry in entries if entry.counts), entries[0])
        anchor = anchors.setdefault(owner, entry)
        tie = None
        if anchor.counts and entry.counts:
            why = f"{anchor.words} and {entry.words} have one owner: {owner}"
            tie = _tie("owner", anchor.article, entry.article, why)
        yield _Bond(_report(anchor.report), _report(entry.report), tie)
