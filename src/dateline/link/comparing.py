"""The first step of a link: the reports of articles that are new or changed are compared with all others.

What is kept of an article falls, with all edges of its reports, and is made anew from its reports of now. Of
other reports only the pairs change that stand near in a block where one of these came or went.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

import msgspec

from dateline.link.block import Look, standing_of
from dateline.link.compare import Scorer
from dateline.link.desk import Desk, Reports, partings
from dateline.link.grouping import tell
from dateline.link.windows import Change, Shelf, changed_pairs, still_meet
from dateline.model.ids import ArticleId, ReportId
from dateline.model.kept import Block, Compared, Manner, Pair, ReportEdge, Stand, Standing


class Kept(Reports, Shelf, Protocol):
    """What is kept of the last link, and the reports of now."""

    def standings(self, reports: Collection[ReportId]) -> Iterable[Standing]:
        """Give how those of `reports` stood that did."""
        ...

    def standings_in(self, articles: Collection[ArticleId]) -> Iterable[Standing]:
        """Give how the reports of articles stood."""
        ...


class _Pairs(msgspec.Struct, frozen=True):
    """Pairs to be scored, and pairs of other reports that their blocks gave and may give no more.

    `asked` holds of each block who was asked whom it meets.
    """

    fresh: frozenset[Pair]
    doubtful: frozenset[Pair]
    asked: Mapping[Block, Collection[tuple[ReportId, Look]]]


def compare_articles(kept: Kept, desk: Desk, articles: Collection[ArticleId], scorer: Scorer) -> Compared:
    """Return what takes the place of all that was kept of `articles`."""
    ids = desk.load_articles(kept, articles)
    profiles = [desk.profiles[identity] for identity in ids]
    told = tell(profiles, scorer, partings(ids, desk.decisions))
    desk.know(ids, told.known)
    standings = [standing_of(profile) for profile in profiles]
    gone = list(kept.standings_in(articles))
    changes = _changes(gone, standings)
    touched = {each.stand.report for each in (*gone, *standings)}
    pairs = _pairs(changes, touched, kept, scorer)
    across = _edges(pairs.fresh, kept, desk, scorer)
    within = (ReportEdge(ids[edge.left], ids[edge.right], edge.score, within=True) for edge in told.edges)
    parted = _parted(pairs, changes, kept, scorer)
    # Edges that lead to no report of these articles: one came between others, or went.
    others = {
        end for edge in across for end in (edge.one, edge.two) if touched.isdisjoint((edge.one, edge.two))
    }
    opened = dict.fromkeys((*touched, *(end for pair in parted for end in pair)), False)
    return Compared(
        articles=tuple(sorted(articles)),
        standings=tuple(standings),
        edges=(*sorted(across), *sorted(within)),
        parted=tuple(sorted(parted)),
        opened=opened | dict.fromkeys((*ids, *others), True),
    )


def _changes(gone: Iterable[Standing], come: Iterable[Standing]) -> dict[Block, Change]:
    found: dict[Block, tuple[dict[Manner, list[Stand]], dict[Manner, list[Stand]]]] = {}
    for part, standings in enumerate((gone, come)):
        for each in standings:
            for block, manner in each.blocks.items():
                changed = found.setdefault(block, (defaultdict(list), defaultdict(list)))
                changed[part][manner].append(each.stand)
    return {block: Change(block, *changed) for block, changed in found.items()}


def _pairs(
    changes: Mapping[Block, Change], touched: Collection[ReportId], kept: Kept, scorer: Scorer
) -> _Pairs:
    fresh: set[Pair] = set()
    given: set[Pair] = set()
    gives: set[Pair] = set()
    asked: dict[Block, Collection[tuple[ReportId, Look]]] = {}
    for found in changed_pairs(changes.values(), kept, scorer):
        asked[found.block] = found.lookers
        gives |= found.gives
        given |= found.given
        fresh |= {
            pair for pair in found.gives if pair not in found.given or pair[0] in touched or pair[1] in touched
        }
    others = {pair for pair in given - gives if pair[0] not in touched and pair[1] not in touched}
    return _Pairs(frozenset(fresh), frozenset(others), asked)


def _edges(pairs: Collection[Pair], kept: Kept, desk: Desk, scorer: Scorer) -> list[ReportEdge]:
    """Return those of `pairs` that may be joined."""
    desk.complete(kept, {identity for pair in pairs for identity in pair})
    edges = []
    for one, two in pairs:
        left, right = desk.profiles.get(one), desk.profiles.get(two)
        # A report that is told no more waits to be taken away.
        if left is None or right is None or left.article == right.article:
            continue
        if scorer.comparable(left, right):
            score = scorer.score(desk.known[one], desk.known[two])
            if score >= scorer.join_score:
                edges.append(ReportEdge(one, two, score))
    return edges


def _parted(pairs: _Pairs, changes: Mapping[Block, Change], kept: Kept, scorer: Scorer) -> set[Pair]:
    """Return the edges among doubtful pairs that no other block gives: a full block leaves pairs out."""
    ends = {identity for pair in pairs.doubtful for identity in pair}
    edges = {(edge.one, edge.two) for edge in kept.edges_at(ends) if not edge.within}
    asked = edges & pairs.doubtful
    standings = {each.stand.report: each for each in kept.standings(ends)}

    def held(one: Standing, two: Standing) -> bool:
        for block in one.blocks.keys() & two.blocks.keys():
            change = changes.get(block) or Change(block, {}, {})
            pair = (one.stand, one.blocks[block], two.stand, two.blocks[block])
            if still_meet(pair, change, kept, scorer, pairs.asked.get(block, ())):
                return True
        return False

    return {pair for pair in asked if not held(standings[pair[0]], standings[pair[1]])}
