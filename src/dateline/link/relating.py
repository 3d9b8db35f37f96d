"""The third step of a link: events whose relations may have changed are told anew how they stand to others.

The relations of an event follow from the events that share an article with it, and from the summaries that it
may be a part of (`link.ties`); these are read, and no more.
"""

from collections.abc import Collection, Iterable
from typing import Protocol

import msgspec

from dateline.link.compare import Scorer
from dateline.link.desk import Desk, Reports
from dateline.link.forming import articles_of
from dateline.link.ties import holders_of, with_relations
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId
from dateline.model.kept import Related, Spot


class Kept(Reports, Protocol):
    """The events as they stand, and their reports."""

    def events(self, ids: Collection[EventId]) -> Iterable[Event]:
        """Give those of the events that are there."""
        ...

    def ids_in(self, articles: Collection[ArticleId]) -> Iterable[EventId]:
        """Give the ids of the events that any of `articles` tells of."""
        ...

    def ids_around(self, spots: Collection[Spot]) -> Iterable[EventId]:
        """Give the ids of the events that hold the days of any of `spots` where it lies."""
        ...


def relate(kept: Kept, desk: Desk, ids: Collection[EventId], scorer: Scorer) -> Related:
    """Return the events among `ids` whose relations are others than they say."""
    asked = {event.id: event for event in kept.events(ids)}
    desk.load(kept, (report for event in asked.values() for report in event.reports))
    near = set(kept.ids_in({article for event in asked.values() for article in articles_of(event)}))
    spots = {spot for event in asked.values() for spot in holders_of(event, desk.profiles)}
    near.update(kept.ids_around(spots))
    around = [*asked.values(), *kept.events(near - asked.keys())]
    desk.load(kept, (report for event in around for report in event.reports))
    reports = {report: desk.reports[report] for event in around for report in event.reports}
    profiles = {report: desk.profiles[report] for report in reports}
    bare = [msgspec.structs.replace(event, relations=()) for event in around]
    told = with_relations(bare, reports, profiles, scorer)
    changed = (event for event in told if event.id in asked and event != asked[event.id])
    return Related(told=tuple(sorted(ids)), events=tuple(changed))
