"""What people decided, as constraints on linking: which reports to drop, to join and to keep apart."""

from collections.abc import Iterable
from itertools import combinations

import msgspec

from dateline.model.ids import ReportId
from dateline.model.verdict import Verdict


class Decisions(msgspec.Struct, frozen=True):
    """Dropped reports; pairs that are one happening, newest verdict first; pairs that are not."""

    dropped: frozenset[ReportId]
    together: tuple[tuple[ReportId, ReportId], ...]
    apart: tuple[tuple[ReportId, ReportId], ...]


def read_decisions(verdicts: Iterable[Verdict]) -> Decisions:
    """Return what `verdicts` mean for linking.

    A superseded verdict counts for nothing. Of accept and reject on a report, and of merge and split on a
    pair, the latest stands (ties by id). "comment" and "correct" do not bear on linking.
    """
    given = {verdict.id: verdict for verdict in verdicts}
    superseded = {verdict.supersedes for verdict in given.values()}
    standing = sorted(
        (verdict for verdict in given.values() if verdict.id not in superseded),
        key=lambda verdict: (verdict.at, verdict.id),
    )
    judged: dict[ReportId, str] = {}
    pairs: dict[tuple[ReportId, ReportId], tuple[int, str]] = {}
    for number, verdict in enumerate(standing):
        if verdict.kind in ("accept", "reject"):
            judged.update(dict.fromkeys(verdict.reports, verdict.kind))
        elif verdict.kind in ("merge", "split"):
            for pair in combinations(sorted(set(verdict.reports)), 2):
                pairs[pair] = (number, verdict.kind)
    newest = sorted(pairs, key=lambda pair: (-pairs[pair][0], pair))
    return Decisions(
        frozenset(report for report, kind in judged.items() if kind == "reject"),
        tuple(pair for pair in newest if pairs[pair][1] == "merge"),
        tuple(pair for pair in newest if pairs[pair][1] == "split"),
    )
