"""The desk: reports under what people decided, read from what is kept as they are asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from dateline.link.amend import amend_reports
from dateline.link.block import components, pairs_reaching
from dateline.link.decisions import Decisions, couplings
from dateline.link.profiles import Profile, profile_of
from dateline.link.relations import TypeRelations
from dateline.link.tellings import completed
from dateline.model.ids import ArticleId, ReportId
from dateline.model.kept import ReportEdge
from dateline.model.report import Report

# Reports that lie on the desk at most when a step begins; with their profiles some 15 kB each.
HELD = 10_000


class Reports(Protocol):
    """The reports of now, and the edges of the last link."""

    def reports(self, ids: Collection[ReportId]) -> Iterable[Report]:
        """Give those of the reports that are there."""
        ...

    def reports_in(self, articles: Collection[ArticleId]) -> Iterable[Report]:
        """Give the reports of articles."""
        ...

    def edges_at(self, reports: Collection[ReportId], *, within: bool = False) -> Iterable[ReportEdge]:
        """Give the edges that have one of `reports` as an end; only those `within` articles when asked."""
        ...


class Desk:
    """Reports with their profiles, also completed by what their articles tell; a rejected one is not there."""

    def __init__(self, decisions: Decisions, types: TypeRelations) -> None:
        self.decisions, self.types = decisions, types
        self.coupled = couplings(decisions)
        self.reports: dict[ReportId, Report] = {}
        self.profiles: dict[ReportId, Profile] = {}
        self.known: dict[ReportId, Profile] = {}
        self._asked: set[ReportId] = set()

    def clear(self) -> None:
        """Clear the desk when it is full."""
        if len(self._asked) > HELD:
            for held in (self.reports, self.profiles, self.known, self._asked):
                held.clear()

    def load(self, kept: Reports, ids: Iterable[ReportId]) -> list[ReportId]:
        """Return those of `ids` that are told, loaded and sorted."""
        wanted = set(ids)
        missing = wanted - self._asked
        self._asked |= missing
        if missing:
            self._lay(kept.reports(missing))
        return sorted(wanted & self.reports.keys())

    def load_articles(self, kept: Reports, articles: Collection[ArticleId]) -> list[ReportId]:
        """Return the reports that are told in `articles`, loaded and sorted."""
        found = {report.id: report for report in kept.reports_in(articles)}
        self._lay([report for identity, report in found.items() if identity not in self._asked])
        self._asked |= found.keys()
        return sorted(found.keys() & self.reports.keys())

    def _lay(self, reports: Iterable[Report]) -> None:
        for report in amend_reports(reports, self.decisions, self.types):
            self.reports[report.id] = report
            self.profiles[report.id] = profile_of(report)

    def know(self, ids: Sequence[ReportId], known: Sequence[Profile]) -> None:
        """Take what reports know from their articles."""
        self.known.update(zip(ids, known, strict=True))

    def complete(self, kept: Reports, ids: Iterable[ReportId]) -> None:
        """Make known what each of `ids`, as far as it is told, has from its article by the edges of before."""
        missing = {identity for identity in ids if identity not in self.known}

        def told_with(reports: Collection[ReportId]) -> Iterable[tuple[ReportId, ReportId]]:
            return ((edge.one, edge.two) for edge in kept.edges_at(reports, within=True))

        edges = pairs_reaching(missing, told_with)
        told = self.load(kept, missing.union(*edges))
        profiles = [self.profiles[identity] for identity in told]
        self.know(told, completed(profiles, grouped(told, edges)))


def grouped(ids: Sequence[ReportId], pairs: Iterable[tuple[ReportId, ReportId]]) -> tuple[tuple[int, ...], ...]:
    """Return the groups of positions in `ids` that `pairs` connect; pairs of others are passed over."""
    return components(len(ids), positions(ids, pairs))


def positions(ids: Sequence[ReportId], pairs: Iterable[tuple[ReportId, ReportId]]) -> list[tuple[int, int]]:
    """Return those of `pairs` whose reports are among `ids`, as positions."""
    at = {identity: position for position, identity in enumerate(ids)}
    return [(at[left], at[right]) for left, right in pairs if left in at and right in at]


def partings(ids: Sequence[ReportId], decisions: Decisions) -> dict[int, frozenset[int]]:
    """Return which positions in `ids` people parted from which."""
    cannot: dict[int, set[int]] = defaultdict(set)
    for left, right in positions(ids, decisions.apart):
        cannot[left].add(right)
        cannot[right].add(left)
    return {position: frozenset(others) for position, others in cannot.items()}
