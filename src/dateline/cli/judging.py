"""The command that records what a person decided."""

from datetime import UTC, datetime
from typing import Annotated, cast, get_args

import typer

from dateline.cli.options import WorkspaceOption, opened_workspace
from dateline.errors import InputError
from dateline.model.verdict import VerdictKind

# What needs a field and a value beside the reports is for the workbench.
KINDS = tuple(kind for kind in get_args(VerdictKind) if kind != "correct")


def judge(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")],
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORT...", help="Ids of reports, or how they begin.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")],
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Record what a person decided about reports.

    Events are built anew under it. Verdicts are appended, never overwritten, and outlive new coding.
    """
    if kind not in KINDS:
        raise InputError(f"no verdict is called {kind!r}; there is: {', '.join(KINDS)}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with opened_workspace(workspace) as opened:
        verdict = opened.judge(cast("VerdictKind", kind), reports, by=by, at=at, reason=reason)
    typer.echo(verdict.id)
