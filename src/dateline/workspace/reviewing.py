"""One person's review: the queue, what is behind each matter in it, and verdicts with undo and redo.

A reader sees events as they stand. A second reader sees what the first one judged as it would be without any
verdict, and not who judged it or how. An adjudicator sees what two readers answer differently, without names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.errors import InputError
from dateline.link import Facts
from dateline.link.anchors import anchors_of, follow
from dateline.link.queue import WORTH_VERSION, Ranked, looked_at, rank, value_of
from dateline.link.readings import Case, person, read_cases
from dateline.model.event import Event
from dateline.model.ids import ArticleId, ReportId, VerdictId
from dateline.model.report import Report
from dateline.model.verdict import (
    ANSWERS,
    Anchor,
    Verdict,
    VerdictRole,
    make_verdict,
)
from dateline.pipeline import gather
from dateline.resolve.gazetteer_places import Place
from dateline.store.base import Store
from dateline.store.query import EventQuery
from dateline.workspace.choices import Choice, choices
from dateline.workspace.foreseeing import Foreseen, foresee
from dateline.workspace.judging import Judge, Said


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to judge: an event with the value of a look at it.

    `about` is the verdict that a second reading or an adjudication is about; `readings` are what an adjudicator
    decides between, without names, and `differing` the questions.
    """

    ranked: Ranked
    about: VerdictId | None = None
    readings: tuple[Mapping[str, str], ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        """The event to judge."""
        return self.ranked.event


class Review:
    """The review of one person in one role, over sessions: all that lasts is the log of verdicts."""

    def __init__(
        self, store: Store, judge: Judge, *, by: str, role: VerdictRole, clock: Callable[[], str]
    ) -> None:
        if not by.strip():
            raise InputError("a review needs to say by whom it is")
        self._store = store
        self._judge = judge
        self._clock = clock
        self.by = by.strip()
        self.role = role

    # looking

    def queue(self, query: EventQuery | None = None) -> tuple[Matter, ...]:
        """Return what this person should look at, the most valuable first.

        `query` bounds a reader's queue; its limit is how many matters are returned, its order does not count.
        """
        asked = query or EventQuery()
        verdicts = list(self._store.verdicts())
        if self.role == "reader":
            everything = msgspec.structs.replace(asked, limit=None, offset=0)
            seen = self._seen(verdicts)
            events = self._store.by_worth(WORTH_VERSION, everything, judged=seen)
            return tuple(Matter(ranked=each) for each in rank(events, seen, asked.limit))
        # These queues hold all cases; what cannot be asked is refused all the same.
        self._store.count_events(asked)
        wanted = "read once" if self.role == "second" else "disagreed"
        cases = [
            case
            for case in read_cases(verdicts)
            if case.state == wanted and person(self.by) not in {person(each.by) for each in case.readings}
        ]
        matters = self._matters(cases, {anchor.report: anchor for anchor in anchors_of(verdicts)})
        return tuple(sorted(matters, key=lambda each: (-each.ranked.value, each.event.id))[: asked.limit])

    def _seen(self, verdicts: Sequence[Verdict]) -> frozenset[ReportId]:
        """Return the reports that were judged, where they were coded otherwise what stands in their place."""
        seen = looked_at(verdicts)
        anchors = {anchor.report: anchor for anchor in anchors_of(verdicts)}
        lost = [anchors[each] for each in anchors.keys() - self._store.existing(anchors)]
        moved = follow(lost, _reports_of(self._store, lost))
        return seen | {new for old, new in moved.items() if old in seen}

    def _matters(self, cases: Sequence[Case], anchors: Mapping[ReportId, Anchor]) -> Iterator[Matter]:
        """Give the cases as their next reader sees them, but for those none of whose reports is there."""
        wanted = {anchors[each].article for case in cases for each in case.reports if each in anchors}
        facts = {row[0]: Facts(*row) for row in self._store.facts(ids=wanted)}
        for case in cases:
            own = [anchors[each] for each in case.reports if each in anchors]
            reports = {report.id: report for report in _reports_of(self._store, own)}
            reports |= {report.id: report for report in self._store.reports(ids=case.reports)}
            moved = follow(own, reports.values())
            places = dict.fromkeys(moved.get(each, each) for each in case.reports)
            found = [reports[each] for each in places if each in reports]
            if found:
                yield self._matter(case, _as_read(found, facts))

    def _matter(self, case: Case, shown: Event) -> Matter:
        deciding = self.role == "adjudicator"
        readings = tuple(sorted((each.answers for each in case.readings), key=_text_of))
        return Matter(
            ranked=value_of(shown),
            about=case.id,
            readings=readings if deciding else (),
            differing=case.differing if deciding else (),
        )

    def places(self, text: str) -> tuple[Place, ...]:
        """Return the places that `text` may mean, the likeliest first."""
        return self._judge.places(text)

    def choices(self, field: str, text: str) -> tuple[Choice, ...]:
        """Return what somebody who has typed `text` as the value of `field` may mean, the likeliest first."""
        return choices(field, text, places=self._judge.beginning)

    def verdicts_on(self, event: Event) -> tuple[Verdict, ...]:
        """Return the verdicts that stand on an event's reports: a second reader sees only their own."""
        return tuple(
            verdict
            for verdict in self._store.log().decided_on(event.reports)
            if self.role == "reader" or person(verdict.by) == person(self.by)
        )

    # judging

    def judge(self, kind: str, matter: Matter, **said: object) -> Verdict:
        """Append what this person says of `matter`; `ids` are its reports, unless others are given."""
        verdict = self.draft(kind, **{"ids": matter.event.reports, "about": matter.about, **said})
        self.keep(verdict)
        return verdict

    def draft(self, kind: str, **said: object) -> Verdict:
        """Return the verdict that this person would give, appending nothing; see `Workspace.judge`.

        Raises InputError for what cannot be meant.
        """
        try:
            given = msgspec.convert({"kind": kind, "by": self.by, "role": self.role, **said}, Said)
        except msgspec.ValidationError as error:
            raise InputError(f"no verdict can be made of this: {error}") from error
        return self._judge.verdict(given, at=self._clock())

    def keep(self, verdict: Verdict) -> None:
        """Append a verdict that was drafted."""
        self._store.add_verdict(verdict)

    def holding(self, reports: Iterable[ReportId]) -> tuple[Event, ...]:
        """Return the events that hold any of `reports` now, by id."""
        return tuple(self._store.holding(reports))

    def preview(self, verdict: Verdict) -> Foreseen:
        """Return the events that there would be under `verdict` in the place of which ones, all that differs.

        Relations are not told anew. Where the record is not linked yet, events come from the reports alone that
        stand with those that the verdict is about.
        """
        return foresee(self._store, verdict) or self._alone(verdict)

    def _alone(self, verdict: Verdict) -> Foreseen:
        concerned = self.holding(verdict.subject)
        wanted = {report for event in concerned for report in event.reports} | verdict.subject
        reports = list(self._store.reports(ids=wanted))
        articles = {report.article.id for report in reports}
        facts = [Facts(*row) for row in self._store.facts(ids=articles)]
        log = self._store.log().followed_by([verdict]).standing
        near = {anchor.report for anchor in anchors_of(log) if anchor.article in articles}
        # A verdict on reports that are elsewhere must not be led to these, as one on lost reports is.
        bearing = wanted | (near - self._store.existing(near))
        return Foreseen(gather(reports, facts, [each for each in log if each.subject & bearing]), concerned)

    def undo(self) -> Verdict | None:
        """Take this person's latest standing verdict back; None where nothing is left to take back."""
        last = next((verdict for verdict in self._mine() if verdict.kind not in ANSWERS), None)
        return self._answer("undo", last) if last else None

    def redo(self) -> Verdict | None:
        """Take this person's latest undo back, unless they have judged since; None where there is none."""
        last = next((verdict for verdict in self._mine() if verdict.kind != "redo"), None)
        return self._answer("redo", last) if last and last.kind == "undo" else None

    def _mine(self) -> Iterator[Verdict]:
        """Give the verdicts of this person that stand, the latest first."""
        me = person(self.by)
        for verdict in reversed(self._store.log().standing):
            if verdict.role == self.role and (verdict.by == self.by or person(verdict.by) == me):
                yield verdict

    def _answer(self, kind: str, target: Verdict) -> Verdict:
        said = Said(kind=kind, ids=(target.id,), by=self.by, role=self.role, about=target.about)
        return self._judge.append(said, at=self._clock())


def _text_of(answers: Mapping[str, str]) -> str:
    return repr(sorted(answers.items()))


def _as_read(reports: Sequence[Report], facts: Mapping[ArticleId, Facts]) -> Event:
    """Return `reports` as one event, as if nobody had judged anything."""
    identities = tuple(report.id for report in reports)
    together = make_verdict("merge", identities, by="the queue", at="")
    known = [facts[article] for article in {report.article.id for report in reports} if article in facts]
    (event,) = gather(reports, known, [together] if len(identities) > 1 else [])
    return msgspec.structs.replace(event, joins=())


def judged_reports(store: Store, verdicts: Sequence[Verdict]) -> tuple[Report, ...]:
    """Return the reports that `verdicts` are about, and all others of the articles that these stand in."""
    found = {report.id: report for report in _reports_of(store, anchors_of(verdicts))}
    others = sorted({each for verdict in verdicts for each in verdict.subject if each not in found})
    found.update((report.id, report) for report in store.reports(ids=others))
    return tuple(found.values())


def _reports_of(store: Store, anchors: Sequence[Anchor]) -> Iterator[Report]:
    for article in sorted({anchor.article for anchor in anchors}):
        yield from store.reports(article=article)
