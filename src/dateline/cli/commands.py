"""The commands of `dateline`."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import click
import typer

from dateline.cli import screen
from dateline.config import DATA, Config, load_config
from dateline.errors import DatelineError, InputError
from dateline.model.rejected import Rejected
from dateline.model.verdict import VerdictKind
from dateline.model.wire import encode
from dateline.plugins import load, names
from dateline.store.query import STATUS_WORDS, EventQuery, Sort
from dateline.workspace import Added, Workspace, open_workspace, parse_paths

# Exit codes: everything was done, part of it was, nothing was.
DONE, PARTLY, NOTHING = 0, 1, 2

app = typer.Typer(
    name="dateline",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Turn conflict news into an event record that can be checked.\n\n"
    "Start with `dateline demo`, or with `dateline run FOLDER` and then `dateline events`.",
)
gazetteer_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The place names that are known.")
app.add_typer(gazetteer_app, name="gazetteer")

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="FILE", help="Workspace file [news.dateline, or DATELINE_WORKSPACE]."
    ),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, globs or - : .txt .html .json .jsonl .csv .tsv .warc .rss .atom, also .gz",
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Date of publication of all inputs: YYYY-MM-DD."),
]
OutletOption = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Outlet of all inputs.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="OURS=THEIRS", help="Field or column names, such as text=body published=day."
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes at work at once [1].")
]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json, jsonl, csv or geojson.")
]


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"dateline {installed('dateline')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@contextmanager
def _open(workspace: Path | None, *, create: bool, workers: int | None = None) -> Iterator[Workspace]:
    config = _config(workers)
    with open_workspace(workspace or config.workspace, create=create, config=config) as opened:
        yield opened


def _config(workers: int | None = None) -> Config:
    config = load_config()
    if workers is None:
        return config
    return Config(cache=config.cache, workspace=config.workspace, coder=config.coder, workers=workers)


def _field_map(pairs: list[str] | None) -> dict[str, str]:
    mapping = {}
    for pair in pairs or []:
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours or not theirs:
            raise InputError(f"--map {pair!r} is not of the form OURS=THEIRS, such as text=body")
        mapping[ours] = theirs
    return mapping


def _say_added(added: Added) -> None:
    line = (
        f"{added.new} new, {added.updated} updated, {added.unchanged} already there, {added.rejected} rejected"
    )
    typer.echo(line, err=True)
    if added.rejected:
        typer.echo("`dateline rejected` says why.", err=True)


def _outcome(added: Added) -> int:
    if not added.rejected:
        return DONE
    return PARTLY if added.taken else NOTHING


def _add(
    opened: Workspace,
    paths: list[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    field_map: dict[str, str] | None = None,
) -> Added:
    with screen.progress("Adding") as tick:
        return opened.add(
            *paths,
            published=published,
            outlet=outlet,
            field_map=field_map,
            stdin=sys.stdin.buffer,
            tick=tick,
        )


def _code(opened: Workspace) -> None:
    waiting = opened.uncoded()
    with screen.progress("Coding", waiting) as tick:
        coded = opened.code(tick=tick)
    typer.echo(
        f"{coded.articles} articles coded, {coded.reports} reports, {coded.events} events in all", err=True
    )


@app.command()
def add(
    paths: PathsArgument,
    workspace: WorkspaceOption = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    field_map: MapOption = None,
    workers: WorkersOption = None,
) -> None:
    """Take articles into the workspace; what is there already changes nothing."""
    with _open(workspace, create=True, workers=workers) as opened:
        added = _add(opened, paths, published=published, outlet=outlet, field_map=_field_map(field_map))
        _say_added(added)
    raise typer.Exit(_outcome(added))


@app.command()
def code(workspace: WorkspaceOption = None, workers: WorkersOption = None) -> None:
    """Read the articles that are not coded yet and link their reports into events."""
    with _open(workspace, create=False, workers=workers) as opened:
        _code(opened)


@app.command()
def run(
    paths: PathsArgument,
    workspace: WorkspaceOption = None,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    field_map: MapOption = None,
    workers: WorkersOption = None,
) -> None:
    """Add, code, and show the events: the whole way in one command."""
    with _open(workspace, create=True, workers=workers) as opened:
        added = _add(opened, paths, published=published, outlet=outlet, field_map=_field_map(field_map))
        _say_added(added)
        if added.taken:
            _code(opened)
            screen.console().print(screen.event_table(opened.events()))
            typer.echo(screen.summary(opened.counts()))
    raise typer.Exit(_outcome(added))


@app.command()
def events(
    workspace: WorkspaceOption = None,
    where: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Place, province, country, or west,south,east,north.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after this date.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before this date.")] = None,
    type_: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Event type or family; may be repeated.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of the name of an actor or target.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="WORD", help=f"One of: {', '.join(STATUS_WORDS)}.")
    ] = None,
    min_origins: Annotated[int, typer.Option(metavar="N", min=0, help="At least N independent origins.")] = 0,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="With or without disagreement.")
    ] = None,
    search: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words that stand in the sentences.")
    ] = None,
    sort: Annotated[str, typer.Option(metavar="ORDER", help="date, -date, origins, articles or id.")] = "date",
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N events.")] = None,
    format_: FormatOption = "table",
) -> None:
    """List events. Every filter must hold."""
    query = EventQuery(
        where=where,
        since=since,
        until=until,
        type=tuple(type_ or ()),
        actor=actor,
        status=status,
        min_origins=min_origins,
        disputed=disputed,
        search=search,
        sort=cast("Sort", sort),
        limit=limit,
    )
    with _open(workspace, create=False) as opened:
        if format_ == "table":
            found = list(opened.events(query))
            screen.console().print(screen.event_table(found))
            typer.echo(f"{len(found)} events; `dateline show ID` shows one with its sentences", err=True)
        elif format_ == "json":
            _print_json(opened.events(query))
        else:
            opened.export(format_, sys.stdout.buffer, query)


def _print_json(values: Iterable[Any]) -> None:
    """Write a JSON array, one value a line, as the values come."""
    out = sys.stdout.buffer
    out.write(b"[")
    for number, value in enumerate(values):
        out.write(b",\n" if number else b"\n")
        out.write(encode(value))
    out.write(b"\n]\n")


def _print_jsonl(values: Iterable[Any]) -> None:
    for value in values:
        sys.stdout.buffer.write(encode(value) + b"\n")
    sys.stdout.buffer.flush()


def _print_as(format_: str, values: Iterable[Any], table: Any) -> None:
    if format_ == "table":
        screen.console().print(table(values))
    elif format_ == "json":
        _print_json(values)
    elif format_ == "jsonl":
        _print_jsonl(values)
    else:
        raise InputError(f"no format is called {format_!r} here; there is: table, json, jsonl")


@app.command()
def show(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of an event, or how it begins.")],
    workspace: WorkspaceOption = None,
    format_: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Show one event: every field, who says it, and the sentences with the words marked."""
    with _open(workspace, create=False) as opened:
        evidence = opened.show(identity)
        if format_ == "json":
            sys.stdout.buffer.write(encode({"event": evidence.event, "reports": evidence.reports}) + b"\n")
        else:
            screen.print_event(evidence)


@app.command()
def articles(
    workspace: WorkspaceOption = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this outlet.")] = None,
    search: Annotated[str | None, typer.Option(metavar="WORDS", help="Words in title or text.")] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json or jsonl.")
    ] = "table",
) -> None:
    """List the articles with their dates and the rules that found them."""
    with _open(workspace, create=False) as opened:
        _print_as(format_, opened.articles(outlet=outlet, search=search), screen.article_table)


@app.command()
def rejected(
    workspace: WorkspaceOption = None,
    stage: Annotated[
        str | None, typer.Option(metavar="STAGE", help="Only of this stage: read or clean.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json or jsonl.")
    ] = "table",
) -> None:
    """List every input that was refused, and why."""
    with _open(workspace, create=False) as opened:
        _print_as(format_, opened.rejected(stage), screen.rejected_table)


@app.command()
def export(
    target: Annotated[str, typer.Argument(metavar="FILE", help="File to write, or - for standard output.")],
    workspace: WorkspaceOption = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="jsonl, csv, geojson or html [by the file's ending]."
        ),
    ] = None,
    where: Annotated[str | None, typer.Option(metavar="PLACE", help="Only events there.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after this date.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before this date.")] = None,
    min_origins: Annotated[int, typer.Option(metavar="N", min=0, help="At least N independent origins.")] = 0,
) -> None:
    """Write the events to a file that other tools read."""
    query = EventQuery(where=where, since=since, until=until, min_origins=min_origins)
    chosen = format_ or _format_of(target)
    load("dateline.exporters", chosen)
    with _open(workspace, create=False) as opened:
        if target == "-":
            opened.export(chosen, sys.stdout.buffer, query)
            return
        draft = Path(target).with_name(Path(target).name + ".part")
        with draft.open("wb") as stream:
            count = opened.export(chosen, stream, query)
        draft.replace(target)
        typer.echo(f"{count} events written to {target}", err=True)


def _format_of(target: str) -> str:
    suffix = Path(target).suffix.lower()
    for name in names("dateline.exporters"):
        if suffix == load("dateline.exporters", name).suffix:
            return name
    known = ", ".join(names("dateline.exporters"))
    raise InputError(f"{target!r} does not say which format to write; add --format with one of: {known}")


@app.command()
def judge(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="accept, reject, merge, split or comment.")],
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORT...", help="Ids of reports, or how they begin.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides.")],
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Record what a person decided about reports; events are rebuilt under it."""
    kinds = ("accept", "reject", "merge", "split", "comment")
    if kind not in kinds:
        raise InputError(f"no verdict is called {kind!r}; there is: {', '.join(kinds)}")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with _open(workspace, create=False) as opened:
        verdict = opened.judge(cast("VerdictKind", kind), reports, by=by, at=at, reason=reason)
        typer.echo(verdict.id)


@app.command()
def parse(
    paths: PathsArgument,
    published: PublishedOption = None,
    outlet: OutletOption = None,
    workers: WorkersOption = None,
    format_: Annotated[
        Literal["jsonl", "json"], typer.Option("--format", "-f", help="jsonl or json.")
    ] = "jsonl",
) -> None:
    """Read articles straight to reports on standard output; no workspace is touched."""
    refused: list[Rejected] = []
    read = 0
    found = parse_paths(
        paths, published=published, outlet=outlet, stdin=sys.stdin.buffer, config=_config(workers)
    )

    def reports() -> Iterator[Any]:
        nonlocal read
        for item in found:
            if isinstance(item, Rejected):
                refused.append(item)
                typer.echo(f"{item.locator}: {item.reason}: {item.detail} – {item.advice}", err=True)
            else:
                read += 1
                yield from item

    if format_ == "json":
        _print_json(reports())
    else:
        _print_jsonl(reports())
    if refused:
        raise typer.Exit(PARTLY if read else NOTHING)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Folder for the workspace and the report.")] = Path(
        "dateline-demo"
    ),
) -> None:
    """Read the bundled sample: a dozen invented dispatches about public events around Kirkuk, 2016 to 2020."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = folder / "demo.dateline"
    with _open(workspace, create=True) as opened:
        added = _add(opened, [str(DATA / "sample" / "dispatches")])
        _say_added(added)
        _code(opened)
        screen.console().print(screen.event_table(opened.events()))
        typer.echo(screen.summary(opened.counts()))
        page = folder / "events.html"
        with page.open("wb") as stream:
            opened.export("html", stream)
        most = max(opened.events(), key=lambda event: (event.origins, event.articles), default=None)
    typer.echo("")
    typer.echo(f"The dispatches are invented, the events are public. Open {page} in a browser, or type:")
    typer.echo(f"  dateline show -w {workspace} {most.id[:12] if most else 'ID'}")
    typer.echo(f"  dateline rejected -w {workspace}")


@gazetteer_app.command("build")
def gazetteer_build() -> None:
    """Build the gazetteer now instead of on first use."""
    from dateline.resolve.gazetteer import gazetteer_path
    from dateline.resolve.gazetteer_build import build_gazetteer

    target = gazetteer_path(load_config().cache)
    with screen.share("Gazetteer") as tell:
        built = build_gazetteer(target, progress=tell)
    typer.echo(f"{built.places:,} places under {built.names:,} names in {target}")


@gazetteer_app.command("add")
def gazetteer_add(
    csv: Annotated[Path, typer.Argument(metavar="CSV", help="Columns: name, latitude, longitude and more.")],
) -> None:
    """Add places of your own; adding the same file again changes nothing."""
    from dateline.resolve.gazetteer import add_places

    added = add_places(load_config().cache, csv)
    for refusal in added.refused:
        typer.echo(f"{csv}#{refusal.line}: {refusal.reason}", err=True)
    typer.echo(f"{added.new} new, {added.unchanged} already there, {len(added.refused)} refused")
    if added.refused:
        raise typer.Exit(PARTLY if added.new or added.unchanged else NOTHING)


@gazetteer_app.command("find")
def gazetteer_find(
    name: Annotated[str, typer.Argument(help="Name of a place, in any spelling.")],
    country: Annotated[str | None, typer.Option(metavar="ISO2", help="Only in this country.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1)] = 10,
) -> None:
    """Look a place up."""
    from dateline.resolve.gazetteer import open_gazetteer

    with screen.share("Gazetteer") as tell:
        gazetteer = open_gazetteer(load_config().cache, progress=tell)
    found = gazetteer.find(name, country=country, limit=limit)
    if not found:
        raise InputError(f"no place is called {name!r}; add it with `dateline gazetteer add`")
    for place in found:
        typer.echo(place)


def main() -> None:
    """Run the command line; errors of dateline become one line and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(NOTHING)
    except (DatelineError, OSError) as error:
        typer.echo(f"dateline: {error}", err=True)
        sys.exit(NOTHING)
    except (KeyboardInterrupt, click.exceptions.Abort):
        typer.echo("dateline: stopped; what was done is kept, run the same command to go on", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else DONE)
