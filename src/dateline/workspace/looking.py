"""Looking at many events at once: pages, counts, timelines and maps of what filters hold for."""

from typing import Unpack, get_args

from dateline.pipeline import gather
from dateline.store.base import Lists, Store
from dateline.store.looks import EventPage, Facets, MapView, Place, State, Timeline
from dateline.store.query import EventQuery, Sort
from dateline.workspace.asked import Filters, query_of


class Looking:
    """The part of a workspace that looks at many events at once; filters are those of `events`."""

    _store: Store

    def count_events(self, query: EventQuery | None = None, /, **filters: Unpack[Filters]) -> int:
        """Return how many events `events` would give without limit and offset."""
        return self._store.count_events(query_of(query, filters))

    def page(
        self, query: EventQuery | None = None, /, *, after: Place | None = None, **filters: Unpack[Filters]
    ) -> EventPage:
        """Return the first `limit` events that come after the place `after`, which an earlier page ended at."""
        return self._store.page(query_of(query, filters), after=after)

    def facets(self, query: EventQuery | None = None, /, **filters: Unpack[Filters]) -> Facets:
        """Count the events by type, status, place, actor and outlet, each under all filters but its own."""
        return self._store.facets(query_of(query, filters))

    def timeline(self, query: EventQuery | None = None, /, **filters: Unpack[Filters]) -> Timeline:
        """Count the events by date, in days, weeks, months or years as their dates ask for."""
        return self._store.timeline(query_of(query, filters))

    def map(
        self,
        query: EventQuery | None = None,
        /,
        *,
        box: str | None = None,
        zoom: float = 0,
        **filters: Unpack[Filters],
    ) -> MapView:
        """Return the events as they stand on a web map of `box` ("west,south,east,north") at `zoom`."""
        return self._store.map(query_of(query, filters), box=box, zoom=zoom)

    def prepare(self) -> None:
        """Read ahead what the first look and the first preview of a verdict would wait for."""
        for sort in get_args(Sort):
            self._store.page(EventQuery(limit=1, sort=sort))
        gather((), (), ())

    def check(self) -> None:
        """Raise WorkspaceError where another version of dateline has been at the file since it was opened."""
        self._store.check()

    @property
    def lists(self) -> Lists:
        """The lists of articles, reports, refusals, places, actors and outlets, a stretch at a time."""
        return self._store

    def state(self) -> State:
        """Return how often each part of the record has changed; equal states mean an equal record."""
        return self._store.state()
