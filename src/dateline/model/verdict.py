"""Verdict: what a person decided. Verdicts are appended and superseded, never overwritten."""

from typing import Literal

import msgspec

from dateline.model.ids import ReportId, VerdictId, verdict_id

VerdictKind = Literal["accept", "reject", "correct", "merge", "split", "comment"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about reports: events come and go with re-coding, reports with the same text stay.

    "merge" says that all `reports` are one happening, "split" that no two of them are. `at` is ISO 8601
    in UTC. `supersedes` names the verdict that this one replaces.
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


def make_verdict(  # noqa: PLR0913 - a verdict has this many parts
    kind: VerdictKind,
    reports: tuple[ReportId, ...],
    *,
    by: str,
    at: str,
    reason: str | None = None,
    field: str | None = None,
    value: str | None = None,
    supersedes: VerdictId | None = None,
) -> Verdict:
    """Return the Verdict, identified by all that it says."""
    identity = verdict_id(
        kind, *sorted(reports), by, at, reason or "", field or "", value or "", supersedes or ""
    )
    return Verdict(
        id=identity,
        kind=kind,
        reports=reports,
        by=by,
        at=at,
        reason=reason,
        field=field,
        value=value,
        supersedes=supersedes,
    )
