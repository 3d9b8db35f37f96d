"""How results leave: tables, JSON, and files that are whole or not there."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from dateline.cli import screen
from dateline.errors import InputError
from dateline.export.columns import Cell
from dateline.export.jsonl import json_parts, jsonl_parts
from dateline.export.table import csv_parts

if TYPE_CHECKING:
    from rich.console import RenderableType

Table = Callable[[Iterable[Any]], "RenderableType"]

FORMATS = ("table", "json", "jsonl")
TABLE_FORMATS = (*FORMATS, "csv")
ListFormat = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.")
]
TableFormat = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help=f"One of: {', '.join(TABLE_FORMATS)}.")
]


def print_table(*things: "RenderableType") -> None:
    """Print what rich can render.

    It is rendered first and printed then: rich would end the process by itself when a reader has gone.
    """
    out = screen.console()
    with out.capture() as captured:
        for thing in things:
            out.print(thing)
    typer.echo(captured.get(), nl=False)


def print_records(format_: str, values: Iterable[Any], table: Table | None = None) -> None:
    """Print `values` as table, json (one array) or jsonl (one value a line); raises InputError for others."""
    known = FORMATS if table else FORMATS[1:]
    if format_ not in known:
        raise InputError(f"no format is called {format_!r} here; there is: {', '.join(known)}")
    if format_ == "table" and table:
        print_table(table(values))
    elif format_ == "json":
        sys.stdout.buffer.writelines(json_parts(values))
    else:
        sys.stdout.buffer.writelines(jsonl_parts(values))
    sys.stdout.flush()


def check_table_format(format_: str) -> None:
    """Raise InputError where there is no such format for what is a table, before any work is done."""
    if format_ not in TABLE_FORMATS:
        raise InputError(f"no format is called {format_!r} here; there is: {', '.join(TABLE_FORMATS)}")


def print_csv(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """Print a table of comma-separated values with a head; texts that a spreadsheet would run are guarded."""
    sys.stdout.buffer.writelines(csv_parts(columns, rows))
    sys.stdout.flush()


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """Give a stream that becomes `target` when all was written; until then an older file stays."""
    draft = target.with_name(target.name + ".part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
