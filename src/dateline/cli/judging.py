"""The command that records what a person decided, one verdict at a time or as JSON lines."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer

from dateline.cli.options import DONE, NOTHING, PARTLY, WorkspaceOption, opened_workspace, say
from dateline.errors import InputError
from dateline.model.verdict import KINDS

if TYPE_CHECKING:
    from dateline.workspace import Workspace

STANDARD_INPUT = "-"


def now() -> str:
    """Return the time as ISO 8601 in UTC, finely enough that two verdicts of one hand differ."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def judge(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}; or - for JSON lines.")
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Reports or events; a verdict for undo and redo."),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, or the comment.")] = None,
    field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="What is corrected or disputed: when, where, killed ...")
    ] = None,
    value: Annotated[
        str | None, typer.Option(metavar="VALUE", help="What it is: 2016-10-21, Hawija, 12-16, unknown ...")
    ] = None,
    scope: Annotated[
        Literal["event", "report"],
        typer.Option(help="Whose value is corrected: the event's or each report's own."),
    ] = "event",
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="ID", help="What split and own_origins part from; may be repeated."),
    ] = None,
    role: Annotated[
        Literal["reader", "second", "adjudicator"], typer.Option(help="As whom: reader, second or adjudicator.")
    ] = "reader",
    about: Annotated[
        str | None, typer.Option(metavar="VERDICT", help="The first reading that a second one is about.")
    ] = None,
    supersedes: Annotated[
        str | None, typer.Option(metavar="VERDICT", help="The earlier verdict that this one replaces.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Record what a person decided about reports or events.

    Events are built anew under it. Verdicts are appended, never overwritten, and outlive new coding. KIND -
    reads one verdict a line, as JSON, from standard input.
    """
    with opened_workspace(workspace) as opened:
        if kind == STANDARD_INPUT:
            raise typer.Exit(_judge_lines(opened, by))
        if by is None:
            raise InputError("add --by NAME: a verdict needs to say by whom it is")
        given: dict[str, Any] = {
            "reason": reason, "field": field, "value": value, "scope": scope, "others": tuple(from_ or ()),
            "role": role, "about": about, "supersedes": supersedes,
        }  # fmt: skip
        verdict = opened.judge(kind, ids or [], by=by, at=now(), **given)
    typer.echo(verdict.id)


def _judge_lines(opened: "Workspace", by: str | None) -> int:
    """Append the verdict of each line, then rebuild once; lines that cannot be used are named."""
    done = refused = 0
    try:
        for number, line in enumerate(sys.stdin.buffer, 1):
            if not line.strip():
                continue
            try:
                given: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
                given = {"by": by or "", "at": now(), "ids": (), "kind": "", **given}
                typer.echo(opened.judge(given.pop("kind"), given.pop("ids"), rebuild=False, **given).id)
                done += 1
            except (InputError, msgspec.DecodeError) as error:
                refused += 1
                say(f"line {number}: {error}")
    finally:
        opened.link()
    say(f"{done:,} verdicts recorded, {refused:,} lines refused")
    return DONE if not refused else PARTLY if done else NOTHING
