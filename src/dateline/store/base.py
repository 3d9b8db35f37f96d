"""What a store of a workspace offers: a reader and a writer, and the values that they return."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import msgspec

from dateline.model.article import Article
from dateline.model.chain import LogRow
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.kept import Seen, Step
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.model.trace import Trace
from dateline.model.verdict import Verdict, Verdicts
from dateline.model.write import Write
from dateline.store.kept import Kept
from dateline.store.lines import (
    ActorLine,
    ArticleLine,
    ArticleQuery,
    OutletLine,
    PlaceLine,
    RefusalQuery,
    ReportLine,
    ReportQuery,
    Stretch,
)
from dateline.store.looks import EventPage, Facets, MapView, Place, State, Timeline
from dateline.store.query import EventQuery
from dateline.store.rows import FactsRow

# Outlet, date of publication, articles: the fields of link's Volume.
VolumeRow = tuple[str | None, str | None, int]


class PutSummary(msgspec.Struct, frozen=True):
    """How many records were new, changed, already there as they are, or taken out."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much a workspace holds; `rejected` counts refusals by stage and reason."""

    articles: int
    coded: int
    outlets: int
    reports: int
    events: int
    disputed: int
    verdicts: int
    rejected: Mapping[str, Mapping[str, int]]


class Lists(Protocol):
    """The lists beside that of events, a stretch at a time.

    `after` is the `last` of the stretch before.
    """

    def article_lines(
        self, query: ArticleQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[ArticleLine]:
        """Return articles by date of publication (unknown last)."""
        ...

    def report_lines(
        self, query: ReportQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[ReportLine]:
        """Return reports by article and place in it, with the events that hold them."""
        ...

    def refusal_lines(
        self, query: RefusalQuery, *, limit: int, after: Place | None = None
    ) -> Stretch[Rejected]:
        """Return refusals by stage, locator and reason; raises InputError where one of these is none."""
        ...

    def place_lines(
        self, *, limit: int, after: Place | None = None, name: str | None = None
    ) -> Stretch[PlaceLine]:
        """Return the places that events name, the most frequent first; `name` is part of the name."""
        ...

    def actor_lines(
        self, *, limit: int, after: Place | None = None, name: str | None = None
    ) -> Stretch[ActorLine]:
        """Return the groups, forces and offices that events name, the most frequent first."""
        ...

    def outlet_lines(self, *, limit: int, after: Place | None = None) -> Stretch[OutletLine]:
        """Return what was read of each outlet, the most articles first."""
        ...


class Reader(Lists, Protocol):
    """What can be read. Iterators see records as they come; they may be left half-read."""

    def articles(
        self,
        *,
        ids: Iterable[ArticleId] | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        search: str | None = None,
        coded: bool | None = None,
    ) -> Iterator[Article]:
        """Give articles by date of publication (unknown last) and id; filters must all hold."""
        ...

    def article(self, id_or_prefix: str) -> Article:
        """Return the article; raises InputError for none or several."""
        ...

    def facts(self, *, ids: Iterable[ArticleId] | None = None) -> Iterator[FactsRow]:
        """Give what linking needs of each article, or of those called `ids`, by id, without loading texts."""
        ...

    def volume(self) -> Iterator[VolumeRow]:
        """Give how many articles of each outlet and date of publication were coded, in that order."""
        ...

    def uncoded(self, coder: str) -> Iterator[Article]:
        """Give the articles that `coder` (name and version) has not coded, by id."""
        ...

    def reports(
        self, *, ids: Iterable[ReportId] | None = None, article: ArticleId | None = None
    ) -> Iterator[Report]:
        """Give reports by article and place in it."""
        ...

    def report(self, id_or_prefix: str) -> Report:
        """Return the report; raises InputError for none or several."""
        ...

    def events(self, query: EventQuery = ...) -> Iterator[Event]:
        """Give the events that `query` asks for; raises InputError where it cannot be understood."""
        ...

    def page(self, query: EventQuery = ..., *, after: Place | None = None) -> EventPage:
        """Return the first `query.limit` of the events that come after the place `after` in their order."""
        ...

    def facets(self, query: EventQuery = ...) -> Facets:
        """Count the events that `query` holds for by what they have."""
        ...

    def timeline(self, query: EventQuery = ...) -> Timeline:
        """Count the events that `query` holds for by their dates."""
        ...

    def map(self, query: EventQuery = ..., *, box: str | None = None, zoom: float = 0) -> MapView:
        """Return the events that `query` holds for as they stand on a map of `box` at `zoom`.

        Raises InputError for a box that is none.
        """
        ...

    def state(self) -> State:
        """Return how often each part of the record has changed."""
        ...

    def event(self, id_or_prefix: str) -> Event:
        """Return the event; raises InputError for none or several."""
        ...

    def holding(self, reports: Iterable[ReportId]) -> Iterator[Event]:
        """Give the events that hold any of `reports`, by id."""
        ...

    def by_worth(
        self, version: int, query: EventQuery = ..., *, judged: Iterable[ReportId] = ()
    ) -> Iterator[tuple[float | None, Event]]:
        """Give the events that `query` asks for with their worth, the greatest first, unknown ones before all.

        Events all of whose reports are among `judged` are left out.
        """
        ...

    def without_worth(self, version: int) -> Iterator[Event]:
        """Give the events whose worth was not put, or by another version."""
        ...

    def existing(self, reports: Iterable[ReportId]) -> frozenset[ReportId]:
        """Return those of `reports` that are here."""
        ...

    def relating(self, identity: EventId) -> Iterator[Event]:
        """Give the events that name the event called `identity` in their relations, by id."""
        ...

    def trace(self, id_or_prefix: str) -> Trace:
        """Return what became of an event id of now or before; raises InputError for none or several."""
        ...

    def event_ids(self, query: EventQuery = ...) -> list[EventId]:
        """Return the ids of the events that `query` asks for, without reading these."""
        ...

    def count_events(self, query: EventQuery = ...) -> int:
        """Return how many events `query` holds for, whatever its limit and offset."""
        ...

    def revision(self) -> int:
        """Return how often what events are made from has changed."""
        ...

    def linking(self) -> AbstractContextManager[Kept]:
        """Open one snapshot of all that a step of a link may ask; nothing can be written in it."""
        ...

    def needs_linking(self) -> bool:
        """Tell whether reports, facts or verdicts changed since events were last put."""
        ...

    def rejected(self, stage: str | None = None, *, locator: str | None = None) -> Iterator[Rejected]:
        """Give refusals by stage, locator and reason; of one stage, and at one place, if given."""
        ...

    def verdicts(self) -> Iterator[Verdict]:
        """Give verdicts in the order in which they were added; rows that hold none are passed over."""
        ...

    def log(self) -> Verdicts:
        """Return the verdicts as they stand, by the reports that they are about."""
        ...

    def verdict_rows(self) -> Iterator[LogRow]:
        """Give the rows of the log, of verdicts and other writes, as they are kept."""
        ...

    def verdicts_appended(self) -> int:
        """Return how many rows of the log were ever added."""
        ...

    def counts(self) -> Counts:
        """Return how much there is of everything."""
        ...


class Writer(Protocol):
    """What can be written. Every call is one transaction: all of it is kept, or nothing."""

    def put_articles(self, articles: Iterable[Article]) -> PutSummary:
        """Keep articles; one that is there is reconciled, and coded again if that changed it."""
        ...

    def put_rejected(self, refusals: Iterable[Rejected]) -> PutSummary:
        """Keep refusals; one that is there already is kept once."""
        ...

    def forget_rejected(self, stage: str, locator: str) -> int:
        """Drop the refusals of a stage at a locator that is now taken in; return how many there were."""
        ...

    def put_reports(self, article: ArticleId, coder: str, reports: Sequence[Report]) -> None:
        """Replace the reports of an article and note who coded it."""
        ...

    def put_events(
        self, events: Iterable[Event], *, revision: int | None = None, among: Iterable[EventId] | None = None
    ) -> PutSummary:
        """Replace the events called `among`, or all, linked from what stood at `revision` (None: at now).

        What an id holds no more is kept for `trace`.
        """
        ...

    def keep(self, step: Step, seen: Seen) -> bool:
        """Write a step of a link, whole; return False, and write nothing, when another link made one since."""
        ...

    def forget_links(self) -> None:
        """Make the next link look at everything; events stay until others take their place."""

    def put_worth(self, version: int, worth: Iterable[tuple[str, float]]) -> None:
        """Keep how much a look at events is worth, each with its id, as `version` finds it."""
        ...

    def add_verdict(self, verdict: Verdict) -> bool:
        """Append a verdict; return False when it is there already."""
        ...

    def add_write(self, write: Write) -> None:
        """Append to the log what somebody did beside judging."""
        ...


class Store(Reader, Writer, Protocol):
    """A workspace's record: one writer at a time, readers meanwhile."""

    @classmethod
    def open(cls, path: Path, *, create: bool, readonly: bool = False) -> Self:
        """Open the workspace at `path`; raises WorkspaceError where that cannot be done."""
        ...

    def close(self) -> None:
        """Let go of the workspace; the store cannot be used again."""
        ...

    def check(self) -> None:
        """Raise WorkspaceError where another version of dateline has been at the file since it was opened."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
