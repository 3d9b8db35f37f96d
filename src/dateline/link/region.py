"""The region of a change: which reports to cluster again so that the groups are those of clustering all.

Clustering goes from the highest score down. A group that comes to be in the same way as before stands, at each
score, as it stood: what did not join it then does not join it now. So it is enough to look at the groups that a
change can reach. Taken are the reports that are new or told otherwise, what stood in one event with them, and
the groups to which they have edges. Where one of these comes to be in another way, the groups are taken to
which it has edges, and so on until nothing else changes.

Reports that wait to be told otherwise are not there yet: they come in at their turn, as if they came later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.link.cluster import Edge
from dateline.link.compare import Scorer
from dateline.link.desk import Desk, Reports, grouped, partings, positions
from dateline.link.grouping import Groups, Told, settle
from dateline.model.ids import EventId, ReportId
from dateline.model.kept import Pair, ReportEdge


class Kept(Reports, Protocol):
    """What is kept of the last link, and the reports of now."""

    def opened_among(self, reports: Collection[ReportId]) -> Mapping[ReportId, bool]:
        """Return those of `reports` whose events are to be made anew, and whether they are told otherwise."""
        ...

    def held_with(self, reports: Collection[ReportId]) -> Iterable[tuple[EventId, ReportId]]:
        """Give the events that hold any of `reports`, with each report that they hold."""
        ...


class Settled(msgspec.Struct, frozen=True):
    """Reports in their groups, as positions, and the groups that are none of before or came to be otherwise."""

    ids: Sequence[ReportId]
    told: Told
    groups: Groups
    used: Sequence[Edge]
    changed: frozenset[tuple[int, ...]]


class Region:
    """The reports of a region, the edges at them, and what they were before."""

    def __init__(self, kept: Kept, desk: Desk, opened: Mapping[ReportId, bool]) -> None:
        self._kept, self._desk = kept, desk
        self.opened = dict(opened)
        self.reports: set[ReportId] = set()
        self.edges: dict[Pair, ReportEdge] = {}
        self.before: dict[EventId, set[ReportId]] = defaultdict(set)
        self.holder: dict[ReportId, EventId] = {}
        self._take(opened)

    def settle(self, scorer: Scorer) -> Settled:
        """Return the groups, having taken in all that may have changed with them."""
        self._take(self._around({report for report, told in self.opened.items() if told}))
        while True:
            settled = self._settled(scorer)
            around = self._around({settled.ids[position] for group in settled.changed for position in group})
            if not around:
                return settled
            self._take(around)

    def _take(self, reports: Iterable[ReportId]) -> None:
        """Take reports with their tellings, their events, and what people spoke of together with them."""
        front = set(reports) - self.reports
        while front:
            self.reports |= front
            self.opened.update(self._kept.opened_among(front))
            edges = list(self._kept.edges_at(front))
            self.edges.update(((edge.one, edge.two), edge) for edge in edges)
            near = {end for edge in edges if edge.within for end in (edge.one, edge.two)}
            for event, report in self._kept.held_with(front):
                self.before[event].add(report)
                self.holder[report] = event
                near.add(report)
            near.update(other for report in front for other in self._desk.coupled.get(report, ()))
            front = near - self.reports

    def _around(self, reports: Collection[ReportId]) -> set[ReportId]:
        """Return the reports outside that have edges to any of `reports` and are there yet."""
        outside = {
            end
            for edge in self.edges.values()
            if edge.one in reports or edge.two in reports
            for end in (edge.one, edge.two)
            if end not in self.reports
        }
        waiting = self._kept.opened_among(outside)
        return {report for report in outside if not waiting.get(report, False)}

    def _settled(self, scorer: Scorer) -> Settled:
        desk, ids = self._desk, self._desk.load(self._kept, self.reports)
        desk.complete(self._kept, ids)
        at = {identity: position for position, identity in enumerate(ids)}
        within: list[Edge] = []
        across: list[Edge] = []
        for edge in sorted(self.edges.values()):
            if edge.one in at and edge.two in at:
                placed = Edge(at[edge.one], at[edge.two], edge.score)
                (within if edge.within else across).append(placed)
        begun = grouped(ids, ((ids[edge.left], ids[edge.right]) for edge in within))
        told = Told(begun, within, [desk.known[identity] for identity in ids])
        must, cannot = positions(ids, desk.decisions.together), partings(ids, desk.decisions)
        groups, used = settle(told, across, scorer, must, cannot)
        return Settled(ids, told, groups, used, frozenset(self._changed(ids, groups, used)))

    def _changed(
        self, ids: Sequence[ReportId], groups: Groups, used: Iterable[Edge]
    ) -> Iterator[tuple[int, ...]]:
        """Give the groups that were no event, or came to be one by other edges or of other reports."""
        of = {position: group[0] for group in groups for position in group}
        now: dict[int, set[tuple[Pair, bool]]] = defaultdict(set)
        for edge in used:
            now[of[edge.left]].add(((ids[edge.left], ids[edge.right]), edge.late))
        was: dict[EventId | None, set[tuple[Pair, bool]]] = defaultdict(set)
        for pair, joined in self.edges.items():
            if joined.used and pair[0] in self.holder:
                was[self.holder[pair[0]]].add((pair, joined.late))
        for group in groups:
            members = {ids[position] for position in group}
            event = self.holder.get(ids[group[0]])
            told_anew = any(self.opened.get(report) for report in members)
            if told_anew or event is None or self.before[event] != members or now[group[0]] != was[event]:
                yield group
