"""What people decided, as constraints on linking: which reports to drop, to join, to keep apart, to correct."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product
from typing import Any

import msgspec

from dateline.link.anchors import anchors_of, follow
from dateline.model.correction import unpack
from dateline.model.ids import ReportId, VerdictId, digest
from dateline.model.report import Report
from dateline.model.verdict import Scope, Verdict, standing

Pair = tuple[ReportId, ReportId]


class OriginDecision(msgspec.Struct, frozen=True):
    """That two reports have one origin, or each its own."""

    one: bool
    pair: Pair


class Correction(msgspec.Struct, frozen=True):
    """A value that a person put in place of another; `reports` are those that were looked at."""

    verdict: VerdictId
    reports: tuple[ReportId, ...]
    field: str
    value: Any
    words: str
    scope: Scope
    by: str
    at: str
    reason: str | None


class Dispute(msgspec.Struct, frozen=True):
    """A field of which a person says that the sources disagree."""

    reports: tuple[ReportId, ...]
    field: str
    by: str
    reason: str | None


class Decisions(msgspec.Struct, frozen=True):
    """Dropped reports; pairs that are one happening, newest verdict first; pairs that are not.

    `origins`, `corrections` and `disputes` stand in the order in which they count: of two that contradict each
    other the later holds.
    """

    dropped: frozenset[ReportId] = frozenset()
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    origins: tuple[OriginDecision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def read_decisions(verdicts: Iterable[Verdict], reports: Iterable[Report] = ()) -> Decisions:
    """Return what `verdicts`, in the order of their log, mean for linking `reports`.

    A verdict that was superseded counts for nothing. Of accept and reject on a report, of merge and split on a
    pair, of corrections of a field, the latest stands; an adjudication stands before any reading, and a second
    reading, which is there to be compared, bears on nothing. Clocks are not asked. Verdicts on reports that
    are gone hold for what stands in their place (`link.anchors`).
    """
    counting = in_force(verdicts)
    return decide(counting, follow(anchors_of(counting), reports))


def decide(counting: Iterable[Verdict], moved: Mapping[ReportId, ReportId]) -> Decisions:
    """Return what verdicts `in_force` mean, where `moved` stand in the place of reports that are gone."""
    judged: dict[ReportId, str] = {}
    pairs: dict[Pair, tuple[int, str]] = {}
    origins: list[OriginDecision] = []
    corrections: list[Correction] = []
    disputes: list[Dispute] = []
    for number, verdict in enumerate(_moved(each, moved) for each in counting):
        match verdict.kind:
            case "accept" | "reject":
                judged.update(dict.fromkeys(verdict.reports, verdict.kind))
            case "merge" | "split":
                pairs.update(dict.fromkeys(_pairs(verdict), (number, verdict.kind)))
            case "one_origin" | "own_origins":
                origins += (OriginDecision(verdict.kind == "one_origin", pair) for pair in _pairs(verdict))
            case "correct":
                corrections += _correction(verdict)
            case "dispute":
                disputes.append(Dispute(verdict.reports, verdict.field or "event", verdict.by, verdict.reason))
            case _:
                pass
    newest = sorted(pairs, key=lambda pair: (-pairs[pair][0], pair))
    return Decisions(
        dropped=frozenset(report for report, kind in judged.items() if kind == "reject"),
        together=tuple(pair for pair in newest if pairs[pair][1] == "merge"),
        apart=tuple(pair for pair in newest if pairs[pair][1] == "split"),
        origins=tuple(origins),
        corrections=tuple(corrections),
        disputes=tuple(disputes),
    )


def couplings(decisions: Decisions) -> dict[ReportId, set[ReportId]]:
    """Return which reports people spoke of together: of these, one event can depend on all.

    Merged ones are joined, and a correction or a dispute goes with the event that holds most of its reports.
    """
    found: dict[ReportId, set[ReportId]] = defaultdict(set)
    corrected = (each.reports for each in decisions.corrections if each.scope == "event")
    spoken = (*corrected, *(each.reports for each in decisions.disputes))
    for left, right in (*decisions.together, *(pair for reports in spoken for pair in pairwise(reports))):
        found[left].add(right)
        found[right].add(left)
    return found


def marks_of(counting: Iterable[Verdict], moved: Mapping[ReportId, ReportId]) -> dict[ReportId, str]:
    """Return for each report that verdicts `in_force` are about a digest of what they mean for it.

    It changes with the verdicts on the report, and with the reports that they are about besides.
    """
    found: dict[ReportId, list[str]] = defaultdict(list)
    for verdict in (_moved(each, moved) for each in counting):
        mark = digest(verdict.id, *verdict.reports, "", *verdict.others)
        for report in {*verdict.reports, *verdict.others}:
            found[report].append(mark)
    return {report: digest(*marks) for report, marks in found.items()}


def in_force(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that bear on the record, those that count more later."""
    counting = [verdict for verdict in standing(verdicts) if verdict.role != "second"]
    return tuple(sorted(counting, key=lambda verdict: verdict.role == "adjudicator"))


def _moved(verdict: Verdict, moved: Mapping[ReportId, ReportId]) -> Verdict:
    if not moved:
        return verdict
    return msgspec.structs.replace(
        verdict,
        reports=tuple(dict.fromkeys(moved.get(each, each) for each in verdict.reports)),
        others=tuple(dict.fromkeys(moved.get(each, each) for each in verdict.others)),
    )


def _pairs(verdict: Verdict) -> Iterator[Pair]:
    """Give the pairs of reports that a verdict speaks of, each in order."""
    if verdict.others:
        found = (
            (min(pair), max(pair)) for pair in product(verdict.reports, verdict.others) if pair[0] != pair[1]
        )
        yield from sorted(found)
    else:
        yield from combinations(sorted(set(verdict.reports)), 2)


def _correction(verdict: Verdict) -> Iterator[Correction]:
    """Give what a verdict corrects, or nothing where its words cannot be read (a log edited by hand)."""
    field = verdict.field or ""
    try:
        value = unpack(field, verdict.data)
    except ValueError:
        return
    yield Correction(
        verdict.id, verdict.reports, field, value, verdict.value or "", verdict.scope, verdict.by, verdict.at,
        verdict.reason,
    )  # fmt: skip
