"""Options that several commands share, and how a command opens its workspace."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.config import Config, load_config
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.workspace import Workspace

# Exit codes: everything was done, part of it was, nothing was, the user stopped it.
DONE, PARTLY, NOTHING, STOPPED = 0, 1, 2, 130

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace", "-w", metavar="FILE", help="Workspace [DATELINE_WORKSPACE, else news.dateline]."
    ),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders, globs, or - for standard input. Read are .txt .md .html .json .jsonl .csv .tsv "
        ".warc .rss .atom and .xml feeds, also with .gz.",
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="Date of publication of all inputs: YYYY-MM-DD."),
]
OutletOption = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published all inputs.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="OURS=THEIRS", help="A field's or column's name, such as text=body; may be repeated."
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Processes at work at once [DATELINE_WORKERS, else 1]."),
]


def settings(workers: int | None = None) -> Config:
    """Return the settings, with the number of workers that was given on the command line.

    Says so where another coder has to stand in for the one that is set.
    """
    from dateline.pipeline import notice_of

    config = load_config()
    notice = notice_of(config.coder)
    if notice:
        say(notice)
    return config if workers is None else msgspec.structs.replace(config, workers=workers)


@contextmanager
def opened_workspace(
    workspace: Path | None, *, create: bool = False, workers: int | None = None
) -> "Iterator[Workspace]":
    """Open the workspace that was named, or the one of the settings, for one command."""
    from dateline.workspace import open_workspace

    config = settings(workers)
    with open_workspace(workspace or config.workspace, create=create, config=config) as opened:
        yield opened


def field_map_of(pairs: list[str] | None) -> dict[str, str]:
    """Read what was given to --map; raises InputError for what is not OURS=THEIRS."""
    mapping = {}
    for pair in pairs or []:
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours or not theirs:
            raise InputError(f"--map {pair!r} is not of the form OURS=THEIRS, such as text=body")
        mapping[ours] = theirs
    return mapping


def say(line: str) -> None:
    """Tell the person something that is no result: it goes to standard error."""
    typer.echo(line, err=True)
