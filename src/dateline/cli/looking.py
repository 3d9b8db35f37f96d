"""The commands that look into a workspace and give it out: events, show, articles, rejected and export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from dateline.cli import auditing, evidence, output, screen
from dateline.cli.filters import takes_filters
from dateline.cli.options import WorkspaceOption, opened_workspace, say
from dateline.errors import InputError
from dateline.plugins import load, names
from dateline.store.query import EventQuery

if TYPE_CHECKING:
    from dateline.workspace import Workspace

# Rows of a table that nobody limited: more cannot be read in a terminal, and are quicker as CSV.
TABLE_ROWS = 500

EventFormat = Annotated[
    str,
    typer.Option("--format", "-f", metavar="FORMAT", help="One of: table, json, jsonl, csv, geojson, html."),
]


@takes_filters
def events(query: EventQuery, workspace: WorkspaceOption = None, format_: EventFormat = "table") -> None:
    """List events, all of them or those that every filter holds for."""
    exported = set(names("dateline.exporters"))
    if format_ not in exported | set(output.FORMATS):
        known = ", ".join(dict.fromkeys((*output.FORMATS, *sorted(exported))))
        raise InputError(f"no format is called {format_!r}; there is: {known}")
    with opened_workspace(workspace) as opened:
        if format_ == "table":
            _event_table(opened, query)
        elif format_ == "json":
            output.print_records(format_, opened.events(query))
        else:
            opened.export(format_, sys.stdout.buffer, query)
            sys.stdout.flush()


def _event_table(opened: "Workspace", query: EventQuery) -> None:
    shown = list(opened.events(msgspec.structs.replace(query, limit=query.limit or TABLE_ROWS)))
    total = opened.count_events(query)
    if shown:
        output.print_table(screen.event_table(shown))
    if total > len(shown):
        say(f"{len(shown):,} of {total:,} events; --limit shows more, `dateline export events.csv` writes all.")
    else:
        say(f"{total:,} {'event' if total == 1 else 'events'}.")
    if shown:
        say("`dateline show ID` shows one with its sentences.")
    elif not opened.counts().events:
        say("There are no events in this workspace yet: `dateline run PATH` adds and reads articles.")


def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of an event, or how it begins.")],
    workspace: WorkspaceOption = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
) -> None:
    """Show one event with its sentences.

    Every field, who says it in which words, what is disputed, and the sentences with the words marked. An id
    of before leads to the event that now holds its reports.
    """
    if format_ not in ("text", "json"):
        raise InputError(f"no format is called {format_!r} here; there is: text, json")
    with opened_workspace(workspace) as opened:
        found = opened.show(identity)
        decided = list(auditing.decided_lines(opened.log(), found.event))
    if format_ == "json":
        output.print_records("jsonl", [{"event": found.event, "reports": found.reports, "trace": found.trace}])
    else:
        output.print_table(*evidence.event_page(found), *decided)
        if found.trace is not None and found.trace.words:
            say(f"{found.trace.words}.")


def articles(
    identity: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Show this one with its text; how its id begins will do."),
    ] = None,
    workspace: WorkspaceOption = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this outlet.")] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words and "phrases" in title and text.')
    ] = None,
    format_: output.ListFormat = "table",
) -> None:
    """List the articles, or show one with its text.

    With the date of publication and the rule that found it. One article is shown sentence by sentence with
    the offsets that every span counts in.
    """
    with opened_workspace(workspace) as opened:
        if identity is None:
            found = opened.articles(outlet=outlet, search=search)
            output.print_records(format_, found, screen.article_table)
        elif format_ == "table":
            output.print_table(*evidence.article_page(opened.article(identity)))
        else:
            output.print_records("jsonl", [opened.article(identity)])


def rejected(
    workspace: WorkspaceOption = None,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Only of this stage: read, clean, code or resolve.")
    ] = None,
    format_: output.ListFormat = "table",
) -> None:
    """List every input that was refused, and why."""
    with opened_workspace(workspace) as opened:
        output.print_records(format_, opened.rejected(stage), screen.rejected_table)


@takes_filters
def export(
    target: Annotated[str, typer.Argument(metavar="FILE", help="File to write, or - for standard output.")],
    query: EventQuery,
    workspace: WorkspaceOption = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="jsonl, csv, geojson or html [by the ending of FILE]."
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Heading, where the format has one [the workspace's name]."),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom/--no-bom", help="CSV: begin with a byte order mark, which Excel needs.")
    ] = True,
) -> None:
    """Write events to a file that other tools read.

    All of them or those that every filter holds for.
    """
    chosen = format_ or _format_of(target)
    options: dict[str, Any] = {} if bom else {"bom": False}
    load("dateline.exporters", chosen)
    with opened_workspace(workspace) as opened:
        if target == "-":
            opened.export(chosen, sys.stdout.buffer, query, title=title, options=options)
            sys.stdout.flush()
            return
        with output.written_whole(Path(target)) as stream:
            count = opened.export(chosen, stream, query, title=title, options=options)
    say(f"{count:,} events written to {target}")


def _format_of(target: str) -> str:
    suffix = Path(target).suffix.lower()
    for name in names("dateline.exporters"):
        if suffix == load("dateline.exporters", name).suffix:
            return name
    known = ", ".join(names("dateline.exporters"))
    raise InputError(f"{target!r} does not say which format to write; add --format with one of: {known}")
