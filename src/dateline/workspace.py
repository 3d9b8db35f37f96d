"""The workspace: the one object a user holds. The command line and the workbench are thin over it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

import msgspec

from dateline.clean import parse_date
from dateline.config import Config, load_config
from dateline.engine.base import Engine
from dateline.errors import InputError
from dateline.export.base import Exporter, Record, card_of
from dateline.link import Facts
from dateline.model.article import Article
from dateline.model.capture import Declared, make_capture
from dateline.model.event import Event
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.model.verdict import Verdict, VerdictKind, make_verdict
from dateline.pipeline import clean_capture, coder_key, gather, load_coder, open_reading, report, take_in
from dateline.plugins import load
from dateline.read import ReadOptions
from dateline.store.base import Counts, PutSummary, Store
from dateline.store.query import EventQuery

T = TypeVar("T")
Tick = Callable[[], None]

# Articles written in one transaction: a killed run loses at most this many, and writing stays quick.
BATCH = 64


class Added(msgspec.Struct, frozen=True):
    """What `add` did, in articles; `rejected` counts refusals."""

    new: int
    updated: int
    unchanged: int
    rejected: int

    @property
    def taken(self) -> int:
        """Articles that are now in the workspace, new or not."""
        return self.new + self.updated + self.unchanged


class Coded(msgspec.Struct, frozen=True):
    """What `code` did: articles read now, reports in them, events in the whole workspace."""

    articles: int
    reports: int
    events: int


class Evidence(msgspec.Struct, frozen=True):
    """An event with the reports and articles behind it."""

    event: Event
    reports: tuple[Report, ...]
    articles: Mapping[str, Article]


def _no_tick() -> None:
    return None


class Workspace:
    """A file with articles, reports, events, refusals and verdicts, and the work that fills it.

    Use it as a context manager, or call `close`. Every method may raise the errors of `dateline.errors`.
    """

    def __init__(self, path: Path, store: Store, config: Config) -> None:
        self.path = path
        self.config = config
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the workspace cannot be used again."""
        self._store.close()

    # taking in

    def add(
        self,
        *paths: str | Path,
        published: str | None = None,
        outlet: str | None = None,
        field_map: Mapping[str, str] | None = None,
        stdin: BinaryIO | None = None,
        tick: Tick = _no_tick,
    ) -> Added:
        """Take in the articles at `paths` (files, folders, globs, "-"); what is there already changes nothing.

        `published` and `outlet` hold for all of them and override what the inputs say. `tick` is called after
        each input. Raises InputError for a date that is not one.
        """
        options = read_options(published=published, outlet=outlet, field_map=field_map)
        items = take_in([str(path) for path in paths], options, self._engine(), stdin=stdin)
        total = PutSummary()
        rejected = 0
        for batch in _batches(items, BATCH):
            refusals = [item for item in batch if isinstance(item, Rejected)]
            articles = [item for item in batch if isinstance(item, Article)]
            put = self._store.put_articles(articles)
            self._store.put_rejected(refusals)
            for article in articles:
                self._store.forget_rejected("clean", article.locator)
            rejected += len(refusals)
            total = PutSummary(
                total.new + put.new, total.updated + put.updated, total.unchanged + put.unchanged
            )
            for _ in batch:
                tick()
        return Added(total.new, total.updated, total.unchanged, rejected)

    def uncoded(self) -> int:
        """Return how many articles the configured coder has not read yet."""
        return sum(1 for _ in self._store.uncoded(coder_key(load_coder(self.config.coder))))

    def code(self, *, tick: Tick = _no_tick) -> Coded:
        """Read every article that is not coded yet into reports, then link all reports into events.

        May be stopped at any time and called again: what is done is kept.
        """
        key = coder_key(load_coder(self.config.coder))
        articles = reports = 0
        waiting = list(self._store.uncoded(key))
        if waiting:
            for article, found in report(waiting, self.config.coder, self.config.cache, self._engine()):
                self._store.put_reports(article.id, key, found)
                articles += 1
                reports += len(found)
                tick()
        self.link()
        return Coded(articles, reports, self._store.counts().events)

    def link(self) -> None:
        """Rebuild the events from reports and verdicts, when either has changed."""
        if not self._store.needs_linking():
            return
        facts = [Facts(*row) for row in self._store.facts()]
        events = gather(list(self._store.reports()), facts, list(self._store.verdicts()))
        self._store.put_events(events)

    # looking

    def events(self, query: EventQuery | None = None) -> Iterator[Event]:
        """Give the events that `query` asks for, all of them without one."""
        return self._store.events(query or EventQuery())

    def show(self, identity: str) -> Evidence:
        """Return the event whose id is or begins with `identity`, with what is behind it."""
        event = self._store.event(identity)
        reports = tuple(self._store.reports(ids=event.reports))
        articles = {found.article.id for found in reports}
        return Evidence(
            event, reports, {article.id: article for article in self._store.articles(ids=sorted(articles))}
        )

    def articles(self, *, outlet: str | None = None, search: str | None = None) -> Iterator[Article]:
        """Give the articles, by date of publication."""
        return self._store.articles(outlet=outlet, search=search)

    def article(self, identity: str) -> Article:
        """Return the article whose id is or begins with `identity`."""
        return self._store.article(identity)

    def reports(self) -> Iterator[Report]:
        """Give all reports, by article and place in it."""
        return self._store.reports()

    def rejected(self, stage: str | None = None) -> Iterator[Rejected]:
        """Give every refusal with its reason."""
        return self._store.rejected(stage)

    def counts(self) -> Counts:
        """Return how much there is of everything."""
        return self._store.counts()

    # judging and giving out

    def judge(
        self, kind: VerdictKind, reports: Sequence[str], *, by: str, at: str, reason: str | None = None
    ) -> Verdict:
        """Append what a person decided about `reports` (ids or prefixes) and rebuild the events under it.

        `at` is ISO 8601 in UTC: the library reads no clock.
        """
        ids = tuple(self._store.report(identity).id for identity in reports)
        verdict = make_verdict(kind, ids, by=by, at=at, reason=reason)
        self._store.add_verdict(verdict)
        self.link()
        return verdict

    def export(self, format_: str, stream: BinaryIO, query: EventQuery | None = None) -> int:
        """Write the events that `query` asks for to `stream` as `format_`; return how many.

        Raises PluginError, listing the formats, where there is none of that name.
        """
        exporter: Exporter = load("dateline.exporters", format_)()
        events = tuple(self.events(query))
        wanted = sorted({identity for event in events for identity in event.reports})
        reports = {found.id: found for found in self._store.reports(ids=wanted)}
        articles = sorted({found.article.id for found in reports.values()})
        record = Record(
            events=events,
            reports=reports,
            articles={article.id: card_of(article) for article in self._store.articles(ids=articles)},
            title=self.path.stem,
            rejected=sum(1 for _ in self._store.rejected()),
        )
        exporter.write(record, stream)
        return len(events)

    def _engine(self) -> Engine:
        engine: Engine = load("dateline.engines", "local")(self.config.workers)
        return engine


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def read_options(
    *, published: str | None = None, outlet: str | None = None, field_map: Mapping[str, str] | None = None
) -> ReadOptions:
    """Return the options for reading under what the user says of all inputs.

    Raises InputError for a date that is not one.
    """
    if published is not None and parse_date(published) is None:
        raise InputError(f"{published!r} is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY")
    declared = Declared(
        outlet=outlet, published=published, published_rule="given" if published is not None else None
    )
    return ReadOptions(field_map=dict(field_map or {}), declared=declared)


def open_workspace(path: str | Path, *, create: bool = True, config: Config | None = None) -> Workspace:
    """Open the workspace at `path`, creating it when it does not exist and `create` is true.

    Raises WorkspaceError where that cannot be done.
    """
    settings = config or load_config()
    store: Store = load("dateline.stores", "sqlite").open(Path(path), create=create)
    return Workspace(Path(path), store, settings)


def parse_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    config: Config | None = None,
) -> tuple[Report, ...]:
    """Read one article, given as plain text or HTML, into its reports, without any workspace.

    Raises InputError, with the reason, when it is not an English article or `published` is not a date.
    """
    settings = config or load_config()
    declared = msgspec.structs.replace(read_options(published=published, outlet=outlet).declared, title=title)
    media_type = "text/html" if text.lstrip()[:200].lower().startswith(("<!doctype", "<html")) else "text/plain"
    capture = make_capture(
        text.encode("utf-8", "replace"),
        "text/html" if media_type == "text/html" else "text/plain",
        "text",
        encoding="utf-8",
        declared=declared,
    )
    article = clean_capture(capture)
    if isinstance(article, Rejected):
        raise InputError(f"{article.reason}: {article.detail}. {article.advice}")
    return open_reading(settings.coder, settings.cache)(article)[1]


def parse_paths(
    paths: Sequence[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    config: Config | None = None,
) -> Iterator[tuple[Report, ...] | Rejected]:
    """Read the articles at `paths`, without any workspace: the reports of each, or why it was refused."""
    settings = config or load_config()
    engine: Engine = load("dateline.engines", "local")(settings.workers)
    reading = open_reading(settings.coder, settings.cache)
    for item in take_in(paths, read_options(published=published, outlet=outlet), engine, stdin=stdin):
        if isinstance(item, Rejected):
            yield item
        else:
            yield reading(item)[1]
