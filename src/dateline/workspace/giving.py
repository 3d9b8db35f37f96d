"""Giving events out in a file format: a few at a time where the format goes through them once."""

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Unpack

from dateline.export.base import ArticleCard, Exporter, InParts, Record
from dateline.model.event import Event
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report, Source
from dateline.store.base import Reader, Store
from dateline.store.query import EventQuery
from dateline.workspace.asked import Filters, exporter_of, query_of

# Events whose reports are in memory at once.
BATCH = 200


class Export:
    """The events of a query on their way out; `count` is how many were given.

    Raises InputError for a query that cannot be understood, before anything is written.
    """

    def __init__(self, store: Reader, exporter: Exporter, query: EventQuery, title: str) -> None:
        self.count = 0
        self._store = store
        self._exporter = exporter
        self._title = title
        self._events = store.events(query)
        self._reports: dict[ReportId, Report] = {}
        self._articles: dict[ArticleId, ArticleCard] = {}

    def parts(self) -> Iterator[bytes]:
        """Give the file, bit by bit."""
        if isinstance(self._exporter, InParts):
            return self._exporter.parts(self._record(self._few_at_a_time()))
        stream = io.BytesIO()
        self._exporter.write(self._record(self._all_at_once()), stream)
        return iter((stream.getvalue(),))

    def _record(self, events: Iterable[Event]) -> Record:
        refused = self._store.counts().rejected.values()
        return Record(
            events=events,
            reports=self._reports,
            articles=self._articles,
            title=self._title,
            rejected=sum(sum(reasons.values()) for reasons in refused),
        )

    def _few_at_a_time(self) -> Iterator[Event]:
        while batch := tuple(islice(self._events, BATCH)):
            self._reports.clear()
            self._articles.clear()
            self._load(batch)
            yield from batch

    def _all_at_once(self) -> tuple[Event, ...]:
        events = tuple(self._events)
        self._load(events)
        return events

    def _load(self, events: tuple[Event, ...]) -> None:
        self.count += len(events)
        wanted = sorted({identity for event in events for identity in event.reports})
        for report in self._store.reports(ids=wanted):
            self._reports[report.id] = report
            self._articles.setdefault(report.article.id, _card(report.article))


def _card(source: Source) -> ArticleCard:
    return ArticleCard(
        id=source.id,
        outlet=source.outlet,
        title=source.title,
        url=source.url,
        published=source.published,
        locator=source.locator,
        origin=source.origin,
    )


class Giving:
    """The part of a workspace that gives events out; filters are those of `events`."""

    path: Path
    _store: Store

    def export(
        self,
        format_: str,
        stream: BinaryIO,
        query: EventQuery | None = None,
        /,
        *,
        title: str | None = None,
        options: Mapping[str, object] | None = None,
        **filters: Unpack[Filters],
    ) -> int:
        """Write the events that `query` and `filters` ask for to `stream` as `format_`; return how many.

        `title` heads the formats that have a heading (else the workspace's name); `options` are the
        exporter's own, such as {"bom": False} for CSV. Raises PluginError, listing the formats, where there
        is none of that name, and InputError for an option that the exporter does not have.
        """
        export = self._export(format_, query_of(query, filters), title, options)
        stream.writelines(export.parts())
        return export.count

    def export_parts(
        self, format_: str, query: EventQuery | None = None, /, *, title: str | None = None
    ) -> Iterator[bytes]:
        """Give what `export` writes, bit by bit; errors are raised before the first."""
        return self._export(format_, query_of(query, {}), title, None).parts()

    def _export(
        self, format_: str, query: EventQuery, title: str | None, options: Mapping[str, object] | None
    ) -> Export:
        exporter = exporter_of(format_, options or {})
        return Export(self._store, exporter, query, title or self.path.stem)
