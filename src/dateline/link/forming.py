"""The second step of a link: the components of what was compared are clustered, and their events made anew.

What becomes of a report follows from the reports that edges, tellings and verdicts connect it with. Whatever
stood in one event with any of them is taken with them, so that no report is ever without an event.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

import msgspec

from dateline.link.cluster import Edge
from dateline.link.compare import Scorer
from dateline.link.copies import Copies, copy_pairs
from dateline.link.decisions import Decisions
from dateline.link.desk import Desk, Reports, grouped
from dateline.link.events import form_events, join_reports, judged_origins
from dateline.link.facts import Facts
from dateline.link.grouping import Told
from dateline.link.independence import Evidence, Owners
from dateline.link.origins import roots_of_copies
from dateline.link.ties import outlook_of
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.kept import Formed, Outlook, ReportEdge, Spot


class Kept(Reports, Copies, Protocol):
    """What is kept of the last link, and the reports and facts of now."""

    def events_of(self, reports: Collection[ReportId]) -> Iterable[Event]:
        """Give the events that hold any of `reports`, each once."""
        ...

    def ids_in(self, articles: Collection[ArticleId]) -> Iterable[EventId]:
        """Give the ids of the events that any of `articles` tells of."""
        ...

    def ids_at(self, spots: Collection[Spot]) -> Iterable[EventId]:
        """Give the ids of the events of one day each that lie at any of `spots`."""
        ...

    def outlooks(self, events: Collection[EventId]) -> Mapping[EventId, Outlook]:
        """Return the outlooks of those of `events` that have one."""
        ...


class _Component(msgspec.Struct, frozen=True):
    """Reports, with all edges at them and the events that hold them."""

    reports: frozenset[ReportId]
    edges: frozenset[ReportEdge]
    events: Mapping[EventId, Event]


def form(kept: Kept, desk: Desk, opened: Mapping[ReportId, bool], scorer: Scorer, owners: Owners) -> Formed:
    """Return the events that are to take the place of those that hold `opened` reports and their components.

    The relations of all that an article tells are told anew where any of its reports is `opened` as true.
    """
    component = _component(kept, desk, opened.keys())
    events = _events(component, kept, desk, scorer, owners)
    outlooks = {event.id: outlook_of(event, desk.profiles) for event in events}
    return Formed(
        reports=tuple(sorted(component.reports)),
        events=tuple(_with_relations_of(component.events, event) for event in events),
        replaced=tuple(sorted(component.events)),
        outlooks=outlooks,
        untold=tuple(sorted(_untold(kept, desk, opened, component, events, outlooks))),
    )


def _component(kept: Kept, desk: Desk, opened: Collection[ReportId]) -> _Component:
    edges: set[ReportEdge] = set()
    events: dict[EventId, Event] = {}
    found, front = set(opened), set(opened)
    while front:
        fresh = set(kept.edges_at(front)) - edges
        held = {event.id: event for event in kept.events_of(front) if event.id not in events}
        near = {identity for edge in fresh for identity in (edge.one, edge.two)}
        near.update(identity for event in held.values() for identity in event.reports)
        near.update(other for identity in front for other in desk.coupled.get(identity, ()))
        edges |= fresh
        events |= held
        front = near - found
        found |= front
    return _Component(frozenset(found), frozenset(edges), events)


def _events(component: _Component, kept: Kept, desk: Desk, scorer: Scorer, owners: Owners) -> tuple[Event, ...]:
    ids = desk.load(kept, component.reports)
    if not ids:
        return ()
    desk.complete(kept, ids)
    at = {identity: position for position, identity in enumerate(ids)}
    profiles = [desk.profiles[identity] for identity in ids]
    within: list[Edge] = []
    across: list[Edge] = []
    for edge in sorted(component.edges):
        if edge.one in at and edge.two in at:
            placed = Edge(at[edge.one], at[edge.two], edge.score)
            (within if edge.within else across).append(placed)
    groups = grouped(ids, ((ids[edge.left], ids[edge.right]) for edge in within))
    told = Told(groups, within, [desk.known[identity] for identity in ids])
    joined = join_reports(profiles, told, across, scorer, desk.decisions)
    reports = [desk.reports[identity] for identity in ids]
    evidence = _evidence(kept, {report.article.id for report in reports}, at, desk.decisions, owners)
    return form_events(reports, joined, evidence, desk.decisions, desk.types)


def _evidence(
    kept: Kept, articles: set[ArticleId], reports: Collection[ReportId], decisions: Decisions, owners: Owners
) -> Evidence:
    copies = copy_pairs(kept, articles)
    alike = {article for pair in copies for article in pair}
    facts = [Facts(*row) for row in kept.facts(articles | alike)]
    judged = [each for each in judged_origins(decisions) if each[0] in reports and each[1] in reports]
    return Evidence({fact.id: fact for fact in facts}, roots_of_copies(facts, copies), owners, judged)


def _with_relations_of(events: Mapping[EventId, Event], event: Event) -> Event:
    """Return `event` with the relations that it had: they stay until they are told anew."""
    before = events.get(event.id)
    return msgspec.structs.replace(event, relations=before.relations) if before else event


def _untold(
    kept: Kept,
    desk: Desk,
    opened: Mapping[ReportId, bool],
    component: _Component,
    events: Iterable[Event],
    outlooks: Mapping[EventId, Outlook],
) -> set[EventId]:
    """Return the events, of those that are there now, whose relations may be others."""
    now = {event.id: event for event in events}
    before = component.events
    untold = {identity for identity, event in now.items() if not _is_alike(event, before.get(identity))}
    seen = kept.outlooks(before.keys())
    turned = {
        identity for identity in now.keys() | before.keys() if seen.get(identity) != outlooks.get(identity)
    }
    articles = {desk.reports[identity].article.id for identity in _told_anew(desk, opened, before, now)}
    for events_, outlooks_ in ((before, seen), (now, outlooks)):
        for identity in turned & events_.keys():
            articles |= articles_of(events_[identity])
        spots = {spot for identity in turned & outlooks_.keys() for spot in outlooks_[identity].inside}
        untold.update(kept.ids_at(spots))
        untold.update(_ids_at(spots, outlooks))
    untold.update(identity for identity, event in now.items() if not articles.isdisjoint(articles_of(event)))
    untold.update(kept.ids_in(articles))
    return untold - (before.keys() - now.keys())


def _told_anew(
    desk: Desk, opened: Mapping[ReportId, bool], before: Mapping[EventId, Event], now: Mapping[EventId, Event]
) -> Iterator[ReportId]:
    """Give the reports that are told otherwise than before, or in another event."""
    was = {report: identity for identity, event in before.items() for report in event.reports}
    yield from (identity for identity, told in opened.items() if told and identity in desk.reports)
    for identity, event in now.items():
        yield from (report for report in event.reports if was.get(report) != identity)


def _is_alike(event: Event, before: Event | None) -> bool:
    return before is not None and event == msgspec.structs.replace(before, relations=())


def _ids_at(spots: Collection[Spot], outlooks: Mapping[EventId, Outlook]) -> Iterator[EventId]:
    wanted: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        wanted[spot.key].append(spot)
    for identity, outlook in outlooks.items():
        if any(
            asked.first <= spot.first <= asked.last
            for spot in outlook.spots
            for asked in wanted.get(spot.key, ())
        ):
            yield identity


def articles_of(event: Event) -> set[ArticleId]:
    """Return the articles that tell of `event`."""
    return {said.article for claim in event.claims.type for said in claim.said}
