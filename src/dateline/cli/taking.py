"""The commands that read articles: add, code, run, parse and demo."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dateline.cli import output, screen
from dateline.cli.options import (
    DONE,
    NOTHING,
    PARTLY,
    MapOption,
    OutletOption,
    PathsArgument,
    PublishedOption,
    WorkersOption,
    WorkspaceOption,
    field_map_of,
    opened_workspace,
    say,
    settings,
)
from dateline.config import DATA
from dateline.model.rejected import Rejected

if TYPE_CHECKING:
    from dateline.model.event import Event
    from dateline.workspace import Added, Coded, Workspace

AgainOption = Annotated[
    bool, typer.Option("--again", help="All articles, also those that are coded; for a changed gazetteer.")
]
RelinkOption = Annotated[
    bool, typer.Option("--relink", help="Link all reports again and not only what changed; gives the same.")
]

# Events that `run` and `demo` show: what fits on two screens.
HIGHLIGHTS = 20
# Refusals that are told at once.
REFUSALS_SHOWN = 5


def _add(opened: "Workspace", paths: list[str], given: dict[str, Any]) -> "Added":
    with screen.progress("Adding") as tick:
        added = opened.add(*paths, **given, stdin=sys.stdin.buffer, tick=tick)
    parts = [f"{added.new:,} new", f"{added.updated:,} updated", f"{added.unchanged:,} already there"]
    say(", ".join([*parts, f"{added.rejected:,} rejected"]))
    for refusal in added.refusals[:REFUSALS_SHOWN]:
        say(f"{refusal.locator}: {refusal.reason}: {refusal.detail}. {refusal.advice}")
    if added.rejected:
        say(f"`dateline rejected -w {opened.path}` lists every refusal.")
    return added


def _given(published: str | None, outlet: str | None, field_map: list[str] | None) -> dict[str, Any]:
    """Check what is said of all inputs before anything is made."""
    from dateline.workspace import read_options

    given: dict[str, Any] = {"published": published, "outlet": outlet, "field_map": field_map_of(field_map)}
    read_options(**given)
    return given


def _code(opened: "Workspace", *, again: bool = False, relink: bool = False) -> "Coded":
    with screen.progress("Coding", lambda: opened.counts().articles if again else opened.uncoded()) as tick:
        coded = opened.code(again=again, relink=relink, tick=tick)
    say(f"{coded.articles:,} articles coded, {coded.reports:,} reports, {coded.events:,} events in all")
    if coded.failed:
        say(f"{coded.failed:,} articles failed; `dateline rejected --stage code` says why.")
    return coded


def _outcome(*, done: int, refused: int) -> int:
    if not refused:
        return DONE
    return PARTLY if done else NOTHING


def add(
    paths: PathsArgument,
    workspace: WorkspaceOption = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    field_map: MapOption = None,
    workers: WorkersOption = None,
) -> None:
    """Take articles into the workspace.

    What is there already changes nothing. May be stopped and run again.
    """
    given = _given(published, outlet, field_map)
    with opened_workspace(workspace, create=True, workers=workers) as opened:
        added = _add(opened, paths, given)
    raise typer.Exit(_outcome(done=added.taken, refused=added.rejected))


def code(
    workspace: WorkspaceOption = None,
    again: AgainOption = False,
    relink: RelinkOption = False,
    workers: WorkersOption = None,
) -> None:
    """Read the articles into reports and link these into events.

    Only articles that are not coded yet are read. May be stopped and run again.
    """
    with opened_workspace(workspace, workers=workers) as opened:
        coded = _code(opened, again=again, relink=relink)
    raise typer.Exit(_outcome(done=coded.articles, refused=coded.failed))


def run(
    paths: PathsArgument,
    workspace: WorkspaceOption = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    field_map: MapOption = None,
    workers: WorkersOption = None,
) -> None:
    """Add, code and show the events: the whole way."""
    given = _given(published, outlet, field_map)
    with opened_workspace(workspace, create=True, workers=workers) as opened:
        added = _add(opened, paths, given)
        failed = 0
        if added.taken:
            failed = _code(opened).failed
            _show_highlights(opened, workspace)
    raise typer.Exit(_outcome(done=added.taken - failed, refused=added.rejected + failed))


def highlights(opened: "Workspace", limit: int = HIGHLIGHTS) -> list["Event"]:
    """Return the events to show first: those with most independent origins, then the newest; by date."""
    chosen = {event.id: event for event in opened.events(sort="origins", limit=limit) if event.origins > 1}
    for event in opened.events(sort="-date", limit=limit):
        if len(chosen) < limit:
            chosen.setdefault(event.id, event)
    return list(opened.events(ids=tuple(chosen))) if chosen else []


def _show_highlights(opened: "Workspace", workspace: Path | None) -> None:
    total = opened.count_events()
    shown = highlights(opened)
    where = f" -w {workspace}" if workspace else ""
    if shown:
        output.print_table(screen.event_table(shown))
    typer.echo(screen.summary(opened.counts()))
    if total > len(shown):
        typer.echo(
            f"Shown are the {len(shown)} best corroborated and newest; "
            f"`dateline events{where}` lists all {total:,}."
        )
    if shown:
        best = max(shown, key=lambda event: (event.origins, event.articles, event.id))
        typer.echo(f"`dateline show{where} {best.id[: screen.SHORT_ID]}` shows one with its sentences.")


def parse(
    paths: PathsArgument,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    field_map: MapOption = None,
    workers: WorkersOption = None,
    format_: Annotated[
        Literal["jsonl", "json"], typer.Option("--format", "-f", help="jsonl or json.")
    ] = "jsonl",
) -> None:
    """Read articles to reports on standard output.

    No workspace is touched. Each line is one report, described by report.schema.json.
    """
    from dateline.workspace import parse_paths

    given = _given(published, outlet, field_map)
    read = refused = 0

    def reports() -> Iterator[Any]:
        nonlocal read, refused
        for item in parse_paths(paths, **given, stdin=sys.stdin.buffer, config=settings(workers)):
            if isinstance(item, Rejected):
                refused += 1
                say(f"{item.locator}: {item.reason}: {item.detail} – {item.advice}")
            else:
                read += 1
                yield from item

    output.print_records(format_, reports())
    raise typer.Exit(_outcome(done=read, refused=refused))


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder for the workspace and the report.")
    ] = Path("dateline-demo"),
) -> None:
    """Read a bundled sample of invented dispatches.

    They tell of public events around Kirkuk, 2016 to 2020.
    """
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "demo.dateline"
    with opened_workspace(workspace, create=True) as opened:
        _add(opened, [str(DATA / "sample" / "dispatches")], {})
        _code(opened)
        _show_highlights(opened, workspace)
        page = folder / "events.html"
        with output.written_whole(page) as stream:
            opened.export("html", stream, title="Kirkuk, 2016 to 2020: a sample")
    typer.echo(f"`dateline rejected -w {workspace}` says what was refused, and why.")
    typer.echo(f"The dispatches are invented, the events are public. Open {page} in a browser.")
