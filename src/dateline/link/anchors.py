"""Judged reports found again: when an article is coded otherwise, a verdict follows its words."""

from collections.abc import Iterable, Mapping, Sequence

from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report
from dateline.model.verdict import Anchor, Verdict


def follow(anchors: Iterable[Anchor], reports: Iterable[Report]) -> dict[ReportId, ReportId]:
    """Return, for each anchored report that is there no more, the one that stands in its place.

    That is the report of the same article whose trigger shares most characters with the one that was judged;
    of several the first. Where nothing is told of these words now there is none: the verdicts wait.
    """
    known = {report.id: report for report in reports}
    lost = {anchor.report: anchor for anchor in anchors if anchor.report not in known}
    if not lost:
        return {}
    articles = {anchor.article for anchor in lost.values()}
    there: dict[ArticleId, list[Report]] = {}
    for report in known.values():
        if report.article.id in articles:
            there.setdefault(report.article.id, []).append(report)
    found = {
        old: _standing_there(anchor, there.get(anchor.article, ())) for old, anchor in sorted(lost.items())
    }
    return {old: new for old, new in found.items() if new is not None}


def _standing_there(anchor: Anchor, reports: Sequence[Report]) -> ReportId | None:
    shared = [
        (anchor_overlap(anchor, report), -report.trigger.start, report.id)
        for report in reports
        if anchor_overlap(anchor, report) > 0
    ]
    # The most characters, then the earliest, then the smallest id.
    return min(shared, key=lambda entry: (-entry[0], -entry[1], entry[2]))[2] if shared else None


def anchors_of(verdicts: Iterable[Verdict]) -> tuple[Anchor, ...]:
    """Return the anchors of all reports that `verdicts` are about."""
    return tuple(anchor for verdict in verdicts for anchor in verdict.anchors)


def anchor_overlap(anchor: Anchor, report: Report) -> int:
    """Return how many characters the judged trigger and that of `report` share."""
    return min(anchor.end, report.trigger.end) - max(anchor.start, report.trigger.start)


def dangling(
    verdicts: Iterable[Verdict], reports: Mapping[ReportId, Report], moved: Mapping[ReportId, ReportId]
) -> tuple[Verdict, ...]:
    """Return the verdicts about reports none of which is there, nor anything in its place."""
    return tuple(
        verdict
        for verdict in verdicts
        if verdict.subject and not any(each in reports or each in moved for each in verdict.subject)
    )
