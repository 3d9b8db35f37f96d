"""What linking would make of the record under a verdict that is not given yet."""

from collections.abc import Collection, Iterator

import msgspec

from dateline.link.compare import Scorer
from dateline.link.comparing import compare_articles
from dateline.link.decisions import Decisions, decide
from dateline.link.desk import Desk
from dateline.link.forming import form
from dateline.model.event import Event
from dateline.model.ids import ArticleId, ReportId
from dateline.model.kept import Compared, ReportEdge
from dateline.model.verdict import Verdict
from dateline.ontology import load_ontology
from dateline.pipeline import known_owners
from dateline.store.base import Store
from dateline.store.kept import Kept
from dateline.workspace.linking import counting


class Foreseen(msgspec.Struct, frozen=True):
    """The events that a verdict would give, without their new relations, and those of now that they replace."""

    events: tuple[Event, ...]
    replaced: tuple[Event, ...]


def foresee(store: Store, verdict: Verdict) -> Foreseen | None:
    """Return what would be otherwise under `verdict`, also what would join or part beside what it names.

    It is found as linking would find it (`workspace.linking`), in steps that are not kept. None where the
    record was never linked as a whole, so that it cannot be told.
    """
    types = load_ontology()
    scorer = Scorer(types)
    with store.linking() as kept:
        if kept.rules() is None:
            return None
        given, moved = counting(kept, [*kept.verdicts(), verdict])
        before = decide([each for each in given if each.id != verdict.id], moved)
        desk = Desk(decide(given, moved), types)
        opened = dict.fromkeys(sorted(verdict.subject), False)
        under: Kept = kept
        if articles := _told_otherwise(kept, verdict, before, desk.decisions):
            compared = compare_articles(kept, desk, articles, scorer)
            under, opened = _Under(kept, compared), {**opened, **compared.opened}
        formed = form(under, desk, opened, scorer, known_owners())
        there = {event.id: event for event in kept.events(formed.replaced)}
    events = [
        event
        for event in formed.events
        if event != there.get(event.id) or not verdict.subject.isdisjoint(event.reports)
    ]
    told = {report for event in events for report in event.reports} | verdict.subject
    replaced = [event for event in there.values() if not told.isdisjoint(event.reports)]
    return Foreseen(_by_id(events), _by_id(replaced))


def _told_otherwise(kept: Kept, verdict: Verdict, before: Decisions, after: Decisions) -> set[ArticleId]:
    """Return the articles whose own mentions `verdict` parts or joins: only these are compared otherwise."""
    of = {report.id: report.article.id for report in kept.reports(verdict.subject)}
    turned = set(before.apart) ^ set(after.apart)
    return {of[one] for one, two in turned if one in of and of[one] == of.get(two)}


def _by_id(events: Collection[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.id))


class _Under(Kept):
    """What is kept as it would be once some articles were compared anew."""

    def __init__(self, kept: Kept, compared: Compared) -> None:
        super().__init__(kept._connection)
        self._compared = compared
        self._anew = {report.id for report in kept.reports_in(compared.articles)}
        self._anew |= {standing.stand.report for standing in kept.standings_in(compared.articles)}

    def edges_at(self, reports: Collection[ReportId], *, within: bool = False) -> Iterator[ReportEdge]:
        """Give the edges that have one of `reports` as an end; only those `within` articles when asked."""
        parted = set(self._compared.parted)
        for edge in super().edges_at(reports, within=within):
            pair = edge.one, edge.two
            if self._anew.isdisjoint(pair) and pair not in parted:
                yield edge
        for edge in self._compared.edges:
            if (edge.within or not within) and not {edge.one, edge.two}.isdisjoint(reports):
                yield edge

    def opened_among(self, reports: Collection[ReportId]) -> dict[ReportId, bool]:
        """Return those of `reports` whose events are to be made anew, and whether they are told otherwise."""
        opened = self._compared.opened
        return super().opened_among(reports) | {each: opened[each] for each in reports if each in opened}
