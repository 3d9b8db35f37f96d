"""Verdict: what a person decided. Verdicts are appended and superseded, never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, get_args

import msgspec

from dateline.model.ids import ArticleId, EventId, ReportId, VerdictId, verdict_id

VerdictKind = Literal[
    "accept", "reject", "correct", "merge", "split", "one_origin", "own_origins", "dispute", "comment",
    "undo", "redo",
]  # fmt: skip
Scope = Literal["event", "report"]
VerdictRole = Literal["reader", "second", "adjudicator"]

KINDS: tuple[str, ...] = get_args(VerdictKind)
ROLES: tuple[str, ...] = get_args(VerdictRole)
# Kinds that answer another verdict; all others are about reports.
ANSWERS = ("undo", "redo")
# Reasons of a rejection that have a key in the review; others are given in words.
REASONS: tuple[str, ...] = (
    "not conflict", "historical", "hypothetical or negated", "wrong place", "wrong date", "wrong actor",
    "duplicate", "wrong number",
)  # fmt: skip


class Anchor(msgspec.Struct, frozen=True):
    """Where a judged report stands: the half-open span of its trigger in the text of its article.

    The text of an article never changes, and a report's id does when it is coded otherwise: by its anchor a
    verdict finds the report again.
    """

    report: ReportId
    article: ArticleId
    start: int
    end: int


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about reports: events come and go with re-coding, reports with the same text stay.

    - "merge": all `reports` are one happening. "split": none of `reports` is one with any of `others`; without
      `others`, no two of `reports` are one. "one_origin" and "own_origins" say the same of origins.
    - "correct": the value of `field`. `value` is what it is in words, `data` the same as JSON (null: unknown).
      With `scope` "event" it is the event's that holds most of `reports`; with "report" it is what each of
      `reports` itself says.
    - "undo" and "redo" take back what they supersede: a verdict, or an undo of one.

    `at` is ISO 8601 in UTC and only told: the order of verdicts is that of the log. `supersedes` names the
    earlier verdict that this one replaces. `event` is the event that was looked at, as it was then. A "second"
    reading and an adjudication are `about` a verdict of the first reading.
    """

    id: VerdictId
    kind: VerdictKind
    reports: tuple[ReportId, ...]
    by: str
    at: str
    reason: str | None = None
    field: str | None = None
    value: str | None = None
    supersedes: VerdictId | None = None
    data: str | None = None
    scope: Scope = "event"
    others: tuple[ReportId, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    event: EventId | None = None
    role: VerdictRole = "reader"
    about: VerdictId | None = None

    @property
    def subject(self) -> frozenset[ReportId]:
        """All reports that were looked at."""
        return frozenset((*self.reports, *self.others))


def make_verdict(
    kind: VerdictKind, reports: tuple[ReportId, ...], *, by: str, at: str, **given: Any
) -> Verdict:
    """Return the Verdict with the `given` fields, identified by all that it says.

    Saying the same at the same time twice is one verdict.
    """
    draft = Verdict(id=VerdictId(""), kind=kind, reports=tuple(dict.fromkeys(reports)), by=by, at=at, **given)
    said = (draft.reason, draft.field, draft.value, draft.supersedes)
    more = (draft.data, draft.scope, *sorted(draft.others), draft.role, draft.about)
    parts = [kind, *sorted(draft.reports), by, at, *(part or "" for part in said)]
    if more != (None, "event", "reader", None):  # verdicts of the first schema keep their ids
        parts += [part or "" for part in more]
    return msgspec.structs.replace(draft, id=verdict_id(*parts))


def standing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that stand, in the order given, which is that of the log.

    A verdict falls when a later one that stands supersedes it; an undo that is itself undone takes nothing
    back. A verdict that names itself, a later one or none that is there supersedes nothing.
    """
    fallen: set[VerdictId] = set()
    kept: list[Verdict] = []
    for verdict in reversed({each.id: each for each in verdicts}.values()):
        if verdict.id in fallen:
            continue
        if verdict.supersedes is not None:
            fallen.add(verdict.supersedes)
        kept.append(verdict)
    return tuple(reversed(kept))


class Verdicts:
    """A log of verdicts with what stands of it, and what was decided on each report.

    A log that has grown is a new one (`followed_by`), which takes over what the growth does not touch.
    """

    def __init__(self, log: Iterable[Verdict] = ()) -> None:
        self.by_id: Mapping[VerdictId, Verdict] = {}
        self._fallen: frozenset[VerdictId] = frozenset()
        self._about: dict[ReportId, tuple[int, ...]] = {}
        self._take(tuple(log))

    def _take(self, more: Sequence[Verdict]) -> None:
        for number, verdict in enumerate(more, len(self.by_id)):
            for report in verdict.subject if verdict.kind not in ANSWERS else ():
                self._about[report] = (*self._about.get(report, ()), number)
        named = [verdict.supersedes for verdict in more if verdict.supersedes]
        before = [self.by_id[identity] for identity in named if identity in self.by_id]
        added = {verdict.id: verdict for verdict in more}
        self.by_id = {**self.by_id, **added}
        self.all = tuple(self.by_id.values())
        if added.keys().isdisjoint(named) and not any(verdict.supersedes for verdict in before):
            self._fallen |= {verdict.id for verdict in before}
        else:  # what a fallen one took back comes back
            self._fallen = frozenset(self.by_id) - {verdict.id for verdict in standing(self.all)}

    def followed_by(self, more: Iterable[Verdict]) -> "Verdicts":
        """Return the log with `more` behind it."""
        longer = Verdicts()
        longer.by_id, longer._fallen, longer._about = self.by_id, self._fallen, dict(self._about)
        longer._take(tuple(more))
        return longer

    @cached_property
    def standing(self) -> tuple[Verdict, ...]:
        """The verdicts that stand, in the order of the log."""
        return tuple(verdict for verdict in self.all if self.stands(verdict.id))

    def stands(self, identity: VerdictId) -> bool:
        """Tell whether no later verdict that stands supersedes the one called `identity`."""
        return identity not in self._fallen

    def decided_on(self, reports: Iterable[ReportId]) -> tuple[Verdict, ...]:
        """Return the verdicts that stand and are about any of `reports`, in the order of the log."""
        found = {number for report in reports for number in self._about.get(report, ())}
        return tuple(self.all[number] for number in sorted(found) if self.stands(self.all[number].id))
