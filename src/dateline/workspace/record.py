"""Workspace: a record on disk, and the work that fills it, looks into it and gives it out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar, Unpack

import msgspec

from dateline.config import Config, load_config
from dateline.errors import InputError
from dateline.link import hit_rates
from dateline.link.anchors import anchors_of, dangling, follow
from dateline.link.readings import Case, read_cases
from dateline.model.article import Article
from dateline.model.chain import Audit, audit, read_row
from dateline.model.dispute import Dispute
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId
from dateline.model.outcome import Followed, HitRate
from dateline.model.rejected import Rejected, Stage
from dateline.model.report import Report
from dateline.model.surge import Surges
from dateline.model.trace import Trace
from dateline.model.verdict import Verdict, VerdictRole, Verdicts
from dateline.model.write import Write
from dateline.pipeline import Reports, coder_key, load_coder, report, take_in
from dateline.plugins import load
from dateline.resolve.gazetteer import open_gazetteer
from dateline.store.base import Counts, PutSummary, Store
from dateline.store.query import EventQuery
from dateline.workspace.agreement import Agreement, agreement
from dateline.workspace.asked import Filters, engine_of, query_of, read_options
from dateline.workspace.disputes import disputes_of
from dateline.workspace.following import follow as follow_up
from dateline.workspace.following import surging
from dateline.workspace.giving import Giving
from dateline.workspace.judging import Judge, Said
from dateline.workspace.linking import update
from dateline.workspace.looking import Looking
from dateline.workspace.results import Added, Coded, Evidence, by_publication
from dateline.workspace.reviewing import Review, judged_reports
from dateline.workspace.tracing import led_to
from dateline.workspace.valuing import keep_worth

T = TypeVar("T")
Tick = Callable[[], None]

# Articles written in one transaction: a killed run loses at most this many, and writing stays quick.
BATCH = 64
# Refusals that `add` hands back to be shown at once; all of them are in the workspace.
REFUSALS_KEPT = 50
STANDARD_INPUT = "-"
# The stages of `code`, whose refusals are faults.
_CODING: tuple[Stage, ...] = ("code", "resolve")


def _no_tick() -> None:
    return None


class Workspace(Looking, Giving):
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
        items = take_in([str(path) for path in paths], options, engine_of(self.config), stdin=stdin)
        earlier = [*self._store.rejected("read"), *self._store.rejected("clean")]
        total = PutSummary()
        refused: list[Rejected] = []
        visited = {str(path) for path in paths}
        for batch in _batches(items, BATCH):
            put = self._store.put_articles(item for item in batch if isinstance(item, Article))
            refusals = [item for item in batch if isinstance(item, Rejected)]
            self._store.put_rejected(refusals)
            refused += refusals
            visited.update(_file_of(item.locator) for item in batch)
            total = PutSummary(
                total.new + put.new, total.updated + put.updated, total.unchanged + put.unchanged
            )
            for _ in batch:
                tick()
        # Standard input is never the same place twice.
        self._settle(earlier, refused, visited - {STANDARD_INPUT})
        return Added(total.new, total.updated, total.unchanged, len(refused), tuple(refused[:REFUSALS_KEPT]))

    def _settle(
        self, earlier: Iterable[Rejected], refused: Collection[Rejected], visited: Collection[str]
    ) -> None:
        """Forget the refusals of files that were read again now and gave them no more."""
        kept = set(refused)
        places: dict[tuple[Stage, str], None] = {}
        for refusal in earlier:
            if refusal not in kept and _file_of(refusal.locator) in visited:
                places[refusal.stage, refusal.locator] = None
        for stage, locator in places:
            self._store.forget_rejected(stage, locator)
        if places:
            self._store.put_rejected(item for item in refused if (item.stage, item.locator) in places)

    def uncoded(self) -> int:
        """Return how many articles the configured coder has not read yet."""
        return sum(1 for _ in self._store.uncoded(coder_key(load_coder(self.config.coder))))

    def code(self, *, again: bool = False, relink: bool = False, tick: Tick = _no_tick) -> Coded:
        """Read every article that is not coded yet into reports, then link these into events.

        May be stopped at any time and called again: what is done is kept. `again` reads all articles anew,
        for example after places were added to the gazetteer; verdicts of people stay. `relink` links all
        reports anew.
        """
        key = coder_key(load_coder(self.config.coder))
        waiting = self._store.articles() if again else self._store.uncoded(key)
        done = reports = failed = 0
        for article, found in self._reports_of(waiting):
            if isinstance(found, Rejected):
                self._store.put_rejected((found,))
                failed += 1
            else:
                self._store.put_reports(article.id, key, found)
                done += 1
                reports += len(found)
            tick()
        self.link(anew=relink)
        return Coded(done, reports, self._store.counts().events, failed)

    def _reports_of(self, waiting: Iterator[Article]) -> Iterator[tuple[Article, Reports | Rejected]]:
        """Read `waiting` into reports, forgetting faults that an article no longer has."""
        first = next(waiting, None)
        if first is None:  # nothing to do is no reason to load the gazetteer
            return
        faulty = {(stage, item.locator) for stage in _CODING for item in self._store.rejected(stage)}
        articles = chain((first,), waiting)
        for article, found in report(articles, self.config, engine_of(self.config)):
            for stage in _CODING:
                if (stage, article.locator) in faulty:
                    self._store.forget_rejected(stage, article.locator)
            yield article, found

    def link(self, *, anew: bool = False) -> None:
        """Bring the events up to date with reports and verdicts, when either has changed.

        Only what a change can bear on is linked again; `anew` links all again, and gives the same. May be
        stopped at any time and called again.
        """
        update(self._store, anew=anew)
        keep_worth(self._store)

    # looking

    def events(self, query: EventQuery | None = None, /, **filters: Unpack[Filters]) -> Iterator[Event]:
        """Give the events that `query` and the keyword `filters` (fields of EventQuery) ask for.

        `ws.events(where="Kirkuk", since="2016-10")` is short for an EventQuery of these fields; beside a
        query, filters take the place of its fields. Raises InputError for a date, type, status, sort or box
        that is none.
        """
        return self._store.events(query_of(query, filters))

    def disagreements(
        self, query: EventQuery | None = None, /, **filters: Unpack[Filters]
    ) -> Iterator[Dispute]:
        """Give the disagreements of the events that `query` and `filters` hold for, the weightiest first.

        `limit` and `offset` count disagreements; those of one weight come in the order of `sort`.
        """
        asked = query_of(query, filters)
        events = self._store.events(msgspec.structs.replace(asked, disputed=True, limit=None, offset=0))
        last = None if asked.limit is None else asked.offset + asked.limit
        return iter(disputes_of(events)[asked.offset : last])

    def show(self, identity: str) -> Evidence:
        """Return the event whose id is or begins with `identity`, with what is behind it.

        An id of before leads to the event that now holds its reports, and `trace` says so. Raises InputError
        for an id that was split, naming its parts, and for one of which nothing is left.
        """
        found, trace = led_to(self._store, identity)
        return msgspec.structs.replace(self.behind(found), trace=trace)

    def trace(self, identity: str) -> Trace:
        """Return what became of an event id, of now or of before; raises InputError where it never was one."""
        return self._store.trace(identity)

    def relating(self, event: EventId) -> Iterator[Event]:
        """Give the events that name `event` in their relations: its parts, what followed, its outcomes."""
        return self._store.relating(event)

    def behind(self, event: Event) -> Evidence:
        """Return `event` with the reports that it is made of and their articles."""
        reports = tuple(sorted(self._store.reports(ids=event.reports), key=by_publication))
        articles = {found.article.id for found in reports}
        return Evidence(
            event, reports, {article.id: article for article in self._store.articles(ids=sorted(articles))}
        )

    def warnings(
        self,
        query: EventQuery | None = None,
        /,
        *,
        today: str | None = None,
        source: str | None = None,
        outcome: str | None = None,
        **filters: Unpack[Filters],
    ) -> tuple[Followed, ...]:
        """Return the warnings that `query` and `filters` ask for, each with what became of it.

        `since` and `until` ask for the day on which a warning was given. `today` (ISO date) parts what is open
        from what did not come about; without it the latest day of publication does. `source` is part of the
        name of an outlet or of whom it quotes, `outcome` one state. Raises InputError for what is none.
        """
        return follow_up(self._store, query_of(query, filters), today=today, source=source, outcome=outcome)

    def hit_rates(self, followed: Iterable[Followed]) -> tuple[HitRate, ...]:
        """Return how often each source's and outlet's warnings among `followed` came about, with intervals."""
        return hit_rates(followed)

    def surges(self, *, week: str | None = None, where: str | None = None) -> Surges:
        """Return the places and actors that stand out in `week` ("2016-W42" or a day of it).

        Without it in that of the latest publication. `where` keeps those with events at that place. Raises
        InputError for a week that is none.
        """
        return surging(self._store, week=week, where=where)

    def articles(self, *, outlet: str | None = None, search: str | None = None) -> Iterator[Article]:
        """Give the articles, by date of publication."""
        return self._store.articles(outlet=outlet, search=search)

    def article(self, identity: str) -> Article:
        """Return the article whose id is or begins with `identity`."""
        return self._store.article(identity)

    def reports(self, *, article: ArticleId | None = None) -> Iterator[Report]:
        """Give all reports, or those of one article, by article and place in it."""
        return self._store.reports(article=article)

    def rejected(self, stage: str | None = None, *, locator: str | None = None) -> Iterator[Rejected]:
        """Give every refusal with its reason, of one stage and at one place if given."""
        return self._store.rejected(stage, locator=locator)

    def counts(self) -> Counts:
        """Return how much there is of everything."""
        return self._store.counts()

    # judging

    def judge(
        self,
        kind: str,
        ids: Sequence[str],
        *,
        by: str,
        at: str,
        rebuild: bool = True,
        **said: Any,
    ) -> Verdict:
        """Append what a person decided about reports or events (`ids`, or how they begin) and rebuild under it.

        `at` is ISO 8601 in UTC: the library reads no clock. What a verdict needs besides is given by name:
        `reason`, `field`, `value`, `others`, `scope`, `role`, `about`, `supersedes` (docs/reference/review.md).
        Raises InputError, and appends nothing, for what cannot be meant. `rebuild` False leaves the events as
        they are until `link`.
        """
        given = {"kind": kind, "ids": tuple(ids), "by": by, "at": at, **said}
        try:
            verdict = self._judge.append(msgspec.convert(given, Said), at=at)
        except msgspec.ValidationError as error:
            raise InputError(f"no verdict can be made of this: {error}") from error
        if rebuild:
            self.link()
        return verdict

    def review(self, *, by: str, clock: Callable[[], str], role: VerdictRole = "reader") -> Review:
        """Return the review of one person: queue, verdicts, undo and redo; call `link` after it.

        `clock` gives the time as ISO 8601 in UTC.
        """
        return Review(self._store, self._judge, by=by, role=role, clock=clock)

    def verdicts(self) -> Iterator[Verdict]:
        """Give every verdict in the order of the log, also those that others superseded."""
        return self._store.verdicts()

    def log(self) -> Verdicts:
        """Return the log of verdicts as it stands, with what was decided on each report."""
        return self._store.log()

    def dangling(self) -> tuple[Verdict, ...]:
        """Return the verdicts that stand and whose reports are gone; they hold again when these return."""
        given = self._store.log().standing
        reports = {found.id: found for found in judged_reports(self._store, given)}
        return dangling(given, reports, follow(anchors_of(given), reports.values()))

    def note(self, write: Write) -> None:
        """Append to the log of verdicts what somebody did beside judging."""
        self._store.add_write(write)

    def entries(self) -> Iterator[Verdict | Write]:
        """Give the whole log in its order: verdicts and what else somebody did."""
        found = map(read_row, self._store.verdict_rows())
        return (entry for entry in found if entry is not None)

    def audit(self, *, expected: str | None = None) -> Audit:
        """Check the log of verdicts row by row; `expected` is a hash that was noted as its head earlier."""
        return audit(self._store.verdict_rows(), appended=self._store.verdicts_appended(), expected=expected)

    def cases(self) -> tuple[Case, ...]:
        """Return what was judged, with the readings of all people side by side."""
        return read_cases(list(self._store.verdicts()))

    def agreement(self) -> tuple[Agreement, ...]:
        """Return how well those agree who read the same matters, question by question."""
        return agreement(self.cases())

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self._store, lambda: open_gazetteer(self.config.cache))


def _file_of(locator: str) -> str:
    """Return the file that a locator lies in: without its `#line` or `#offset`."""
    file, parting, place = locator.rpartition("#")
    return file if parting and place.isdigit() else locator


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def open_workspace(
    path: str | Path, *, create: bool = True, readonly: bool = False, config: Config | None = None
) -> Workspace:
    """Open the workspace at `path`, creating it when it does not exist and `create` is true.

    Raises WorkspaceError where that cannot be done.
    """
    settings = config or load_config()
    store: Store = load("dateline.stores", "sqlite").open(Path(path), create=create, readonly=readonly)
    return Workspace(Path(path), store, settings)
