"""The second step of a link: what was compared is clustered with all that it can reach, and events made anew.

Whatever stood in one event with any of these reports is taken with them (`link.region`), so that no report that
had an event is ever without one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.link import region as regions
from dateline.link.compare import Scorer
from dateline.link.copies import Copies, copy_pairs
from dateline.link.decisions import Decisions
from dateline.link.desk import Desk
from dateline.link.events import form_events, judged_origins, with_verdicts
from dateline.link.facts import Facts
from dateline.link.grouping import joins_of
from dateline.link.independence import Evidence, Owners
from dateline.link.origins import roots_of_copies
from dateline.link.region import Region, Settled
from dateline.link.ties import outlook_of
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.kept import Formed, Outlook, Spot


class Kept(Copies, regions.Kept, Protocol):
    """What is kept of the last link, and the reports and facts of now."""

    def events(self, ids: Collection[EventId]) -> Iterable[Event]:
        """Give those of the events that are there."""
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


def form(kept: Kept, desk: Desk, opened: Mapping[ReportId, bool], scorer: Scorer, owners: Owners) -> Formed:
    """Return the events that take the place of those that hold `opened` reports and of what these reach.

    The relations of all that an article tells are told anew where any of its reports is `opened` as true.
    """
    region = Region(kept, desk, opened)
    settled = region.settle(scorer)
    ids = settled.ids
    # What people spoke of together is made together: a correction goes with one of several events.
    asked = {
        position for position, report in enumerate(ids) if report in region.opened or report in desk.coupled
    }
    groups = [group for group in settled.groups if group in settled.changed or not asked.isdisjoint(group)]
    made = {ids[position] for group in groups for position in group}
    gone = region.reports.difference(ids)
    held = {event for event, reports in region.before.items() if not reports.isdisjoint(made | gone)}
    replaced = {event.id: event for event in kept.events(held)}
    events = _events(settled, groups, kept, desk, _Under(scorer, owners))
    outlooks = {event.id: outlook_of(event, desk.profiles) for event in events}
    before = {pair: edge.late for pair, edge in region.edges.items() if edge.used}
    used = {(ids[edge.left], ids[edge.right]): edge.late for edge in settled.used}
    joined = {pair for pair, late in used.items() if before.get(pair) is not late}
    return Formed(
        reports=tuple(sorted(region.reports)),
        events=tuple(_with_relations_of(replaced, event) for event in events),
        replaced=tuple(sorted(replaced)),
        outlooks=outlooks,
        untold=tuple(sorted(_untold(kept, desk, region.opened, replaced, events, outlooks))),
        joined=tuple(sorted(joined)),
        late=tuple(sorted(pair for pair in joined if used[pair])),
        parted=tuple(sorted(before.keys() - used.keys())),
    )


class _Under(msgspec.Struct, frozen=True):
    """What holds for all events."""

    scorer: Scorer
    owners: Owners


def _events(
    settled: Settled, groups: Sequence[tuple[int, ...]], kept: Kept, desk: Desk, under: _Under
) -> tuple[Event, ...]:
    """Return the events that `groups` make, still without relations."""
    reports = [desk.reports[identity] for identity in settled.ids]
    profiles = [desk.profiles[identity] for identity in settled.ids]
    joins = joins_of(groups, profiles, settled.told, settled.used, under.scorer)
    told = with_verdicts(groups, joins, settled.ids, desk.decisions)
    made = {reports[position].id for group in groups for position in group}
    articles = {desk.reports[identity].article.id for identity in made}
    evidence = _evidence(kept, articles, made, desk.decisions, under.owners)
    return form_events(reports, (groups, told), evidence, desk.decisions, desk.types)


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
    before: Mapping[EventId, Event],
    events: Iterable[Event],
    outlooks: Mapping[EventId, Outlook],
) -> set[EventId]:
    """Return the events, of those that are there now, whose relations may be others."""
    now = {event.id: event for event in events}
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
