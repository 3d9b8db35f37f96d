"""The command that checks the log of verdicts and shows what was decided, and how well readers agree."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import output, screen
from dateline.cli.options import DONE, PARTLY, WorkspaceOption, opened_workspace
from dateline.export.wording import WAY_WORDS, counted, verdict_words, write_words
from dateline.model.chain import Audit
from dateline.model.event import Event
from dateline.model.verdict import ANSWERS, Verdict, Verdicts
from dateline.model.write import Write

if TYPE_CHECKING:
    from rich.table import Table

    from dateline.link.readings import Case
    from dateline.workspace.agreement import Agreement


def audit(
    log: Annotated[
        bool, typer.Option("--log", help="Show every verdict and other write, in the order of the log.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of the log, only what NAME decided or did.")
    ] = None,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="Show how well readers agree, and what awaits whom.")
    ] = False,
    expect: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="Also check that the log grew from this head, noted earlier."),
    ] = None,
    format_: output.ListFormat = "table",
    workspace: WorkspaceOption = None,
) -> None:
    """Check that no row of the log of verdicts and other writes was changed, lost or put in.

    Ends with exit code 1 where the log does not hold, and names the first row at fault. Verdicts whose
    reports are gone are listed: they hold again when these return.
    """
    with opened_workspace(workspace) as opened:
        found = opened.audit(expected=expect.strip().lower() if expect else None)
        entries, dangling = list(opened.entries()), opened.dangling()
        if log:
            wanted = [each for each in entries if by is None or (each.by or "").casefold() == by.casefold()]
            table = _log_table(wanted, opened.log(), dangling) if format_ == "table" else None
            output.print_records(format_, wanted, lambda _: table or screen.plain_table())
        elif agreement:
            measured, cases = opened.agreement(), opened.cases()
            if format_ == "table":
                output.print_table(_agreement_table(measured), *_case_lines(cases))
            else:
                output.print_records(format_, measured, None)
        elif format_ == "table":
            others = sum(isinstance(each, Write) for each in entries)
            output.print_table(*_lines(found, others, dangling))
        else:
            output.print_records(format_, [found])
    if found.broken:
        typer.echo(f"The log does not hold: row {found.broken.number}: {found.broken.what}.", err=True)
        raise typer.Exit(PARTLY)
    raise typer.Exit(DONE)


def _lines(found: Audit, others: int, dangling: Sequence[Verdict]) -> Iterable[str]:
    beside = f", {counted(others, 'other write')}" if others else ""
    yield f"{counted(found.rows - others, 'verdict')}{beside}; head {found.head}"
    if dangling:
        yield f"{counted(len(dangling), 'verdict')} on reports that are gone, kept until these return:"
        for each in dangling:
            reports = ", ".join(each.reports)
            yield f"  {each.id[: screen.SHORT_ID]}  {each.kind} by {each.by}, {each.at[:10]}: {reports}"


def _log_table(wanted: Iterable[Verdict | Write], log: Verdicts, dangling: Sequence[Verdict]) -> "Table":
    """Return the log as a table: what stands, what was taken back, what waits for its reports."""
    waiting = {each.id for each in dangling}
    table = screen.plain_table("Verdict", "At", "By", "What", "Of", "State")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for each in wanted:
        head = each.id[: screen.SHORT_ID], each.at[:16].replace("T", " ")
        if isinstance(each, Write):
            table.add_row(*head, each.by or f"({WAY_WORDS[each.way]})", write_words(each), each.subject, "")
            continue
        role = "" if each.role == "reader" else f" ({each.role})"
        state = "dangling" if each.id in waiting else "stands" if log.stands(each.id) else "taken back"
        about = each.supersedes if each.kind in ANSWERS and each.supersedes else each.event
        subject = about[: screen.SHORT_ID] if about else counted(len(each.subject), "report")
        table.add_row(*head, f"{each.by}{role}", verdict_words(each), subject, state)
    return table


def decided_lines(log: Verdicts, event: Event) -> Iterable[str]:
    """Give what people decided of an event's reports and what of it stands, a line each."""
    found = log.decided_on(event.reports)
    if found:
        yield ""
        yield "Decided"
    for each in found:
        role = "" if each.role == "reader" else f", as {each.role}"
        yield f"  {each.at[:10]} {each.by}{role}: {verdict_words(each)}"


def _agreement_table(measured: Iterable["Agreement"]) -> "Table":
    table = screen.plain_table("Question", "Reader", "Matters", "Same", "α")
    for each in measured:
        alpha = "–" if each.alpha is None else f"{each.alpha:.2f}"
        table.add_row(
            each.question, each.reader or "all", str(each.units), f"{each.same} of {each.pairs}", alpha
        )
    return table


def _case_lines(cases: Iterable["Case"]) -> Iterable[str]:
    states: dict[str, int] = {}
    for case in cases:
        states[case.state] = states.get(case.state, 0) + 1
    yield ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "Nothing was judged yet."
