"""The third step of a link: events whose relations may have changed are told anew how they stand to others.

The relations of an event follow from the events that share an article with it, and from the summaries that it
may be a part of (`link.ties`); these are read, and no more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

import msgspec

from dateline.link.compare import Scorer
from dateline.link.desk import Desk, Reports
from dateline.link.forming import articles_of
from dateline.link.ties import held_at, with_relations
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId
from dateline.model.kept import Outlook, Related, Spot


class Kept(Reports, Protocol):
    """The events as they stand, and their reports."""

    def events(self, ids: Collection[EventId]) -> Iterable[Event]:
        """Give those of the events that are there."""
        ...

    def ids_in(self, articles: Collection[ArticleId]) -> Iterable[EventId]:
        """Give the ids of the events that any of `articles` tells of."""
        ...

    def alone(self, events: Collection[EventId]) -> Collection[EventId]:
        """Return those of `events` without relations whose articles tell of no other event."""
        ...

    def outlooks(self, events: Collection[EventId]) -> Mapping[EventId, Outlook]:
        """Return the outlooks of those of `events` that have one."""
        ...

    def spots(self, keys: Collection[int]) -> Iterable[tuple[EventId, Spot]]:
        """Give the events that lie at spots of these `keys`."""
        ...


def relate(kept: Kept, desk: Desk, ids: Collection[EventId], scorer: Scorer) -> Related:
    """Return the events among `ids` whose relations are others than they say."""
    holders = _holders(kept, ids)
    asked = {event.id: event for event in kept.events(set(ids) - (set(kept.alone(ids)) - holders.keys()))}
    desk.load(kept, (report for event in asked.values() for report in event.reports))
    near = set(kept.ids_in({article for event in asked.values() for article in articles_of(event)}))
    near.update(holder for found in holders.values() for holder in found)
    around = [*asked.values(), *kept.events(near - asked.keys())]
    desk.load(kept, (report for event in around for report in event.reports))
    reports = {report: desk.reports[report] for event in around for report in event.reports}
    profiles = {report: desk.profiles[report] for report in reports}
    bare = [msgspec.structs.replace(event, relations=()) for event in around]
    told = with_relations(bare, reports, profiles, scorer)
    changed = (event for event in told if event.id in asked and event != asked[event.id])
    return Related(told=tuple(sorted(ids)), events=tuple(changed))


def _holders(kept: Kept, ids: Collection[EventId]) -> dict[EventId, set[EventId]]:
    """Return the summaries that events may be parts of, for those that have any."""
    held = {identity: list(held_at(outlook)) for identity, outlook in kept.outlooks(ids).items()}
    summaries: dict[int, list[tuple[EventId, Spot]]] = defaultdict(list)
    for identity, spot in kept.spots({spot.key for spots in held.values() for spot in spots}):
        summaries[spot.key].append((identity, spot))
    found: dict[EventId, set[EventId]] = defaultdict(set)
    for identity, spots in held.items():
        for spot in spots:
            for holder, days in summaries.get(spot.key, ()):
                if days.first <= spot.first <= days.last:
                    found[identity].add(holder)
    return found
