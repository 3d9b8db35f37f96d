"""The command that measures coders: eval."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from dateline.cli import output, screen
from dateline.cli.options import DONE, PARTLY, say
from dateline.config import load_config
from dateline.errors import InputError
from dateline.plugins import load

if TYPE_CHECKING:
    from rich.table import Table

    from dateline.code.base import Coder
    from dateline.evaluate.suite import Part, Score, Suite, SuiteResult, Task


def evaluate(
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="Coder to measure [DATELINE_CODER]; may be repeated."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FOLDER", help="Model for the coders that have one [the shipped one]."),
    ] = None,
    suite: Annotated[
        list[str] | None,
        typer.Option("--suite", metavar="NAME", help="Only this suite; may be repeated."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="Where the public corpora are, a folder for each."),
    ] = None,
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="FOLDER", help="Where dateline's own corpus is.")
    ] = Path("corpus"),
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help="Part of our own corpus: dev, test or held.")
    ] = "test",
    details: Annotated[
        bool, typer.Option("--details", help="Also the tables by role, type, status, region and so on.")
    ] = False,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all scores to this file.")
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(
            "--floors", metavar="FILE", help="End with exit code 1 where a floor of this file is missed."
        ),
    ] = None,
) -> None:
    """Measure how well coders read texts with a known answer.

    Suites whose texts are not there are skipped and named.
    """
    from dateline.evaluate.floors import load_floors
    from dateline.evaluate.registry import suites_of
    from dateline.evaluate.suite import Task

    if part not in ("dev", "test", "held") or (floors and part != "test"):
        raise InputError(f"--part {part!r} is not dev, test or held, or not test, for which the floors are")
    asked = load_floors(floors) if floors else {}
    task = Task(data=data or Path(), corpus=corpus, part=cast("Part", part))
    wanted = _runnable(suites_of(suite), data, task)
    coders = [_made(name, model) for name in coder or [load_config().coder]]
    results = list(_results(coders, wanted, task))
    if results:
        output.print_table(*_tables(results, details=details))
    for note in _notes(results):
        say(note)
    if json:
        with output.written_whole(json) as stream:
            stream.write(_as_json(results))
    raise typer.Exit(_missed(asked, results) if floors else DONE)


def _runnable(suites: "tuple[Suite, ...]", data: Path | None, task: "Task") -> "list[Suite]":
    """Return the suites whose texts are there; name the others."""
    from dateline.evaluate.registry import why_skipped

    found = []
    for suite in suites:
        reason = why_skipped(suite, data=data, corpus=task.corpus, part=task.part)
        if reason is None:
            found.append(suite)
        else:
            say(f"{suite.name}: skipped: {reason}")
    return found


def _made(name: str, model: Path | None) -> "Coder":
    """Return the coder called `name`, with the model in a folder where it takes one."""
    import inspect

    make = load("dateline.coders", name)
    takes = "folder" in inspect.signature(make).parameters
    coder: Coder = make(folder=model) if model and takes else make()
    return coder


def _results(coders: "list[Coder]", suites: "list[Suite]", task: Any) -> "Iterator[SuiteResult]":
    import msgspec

    for coder in coders:
        for suite in suites:
            with screen.share(f"{suite.name}, {coder.name}") as tell:

                def told(done: int, of: int, tell: Any = tell) -> None:
                    tell(f"{done:,} of {of:,}", done / of)

                yield suite.run(coder, msgspec.structs.replace(task, progress=told))


def _notes(results: "list[SuiteResult]") -> "Iterator[str]":
    for result in results:
        yield from (f"{result.suite}, {result.coder}: {note}" for note in result.notes)


def _tables(results: "list[SuiteResult]", *, details: bool) -> "Iterator[Table]":
    """Yield one table for each suite, and with `details` one for each of its detailed ones."""
    for suite in dict.fromkeys(result.suite for result in results):
        own = [result for result in results if result.suite == suite]
        names = list(dict.fromkeys(score.table for result in own for score in result.scores))
        for name in names if details else names[:1]:
            yield _table(own, name)


def _table(results: "list[SuiteResult]", name: str) -> "Table":
    table = screen.plain_table(
        name or results[0].suite, "coder", "precision", "recall", "F1", "correct", "predicted", "gold"
    )
    for column in table.columns[2:]:
        column.justify = "right"
    scores = [(result, score) for result in results for score in result.scores if score.table == name]
    for label in dict.fromkeys(score.label for _, score in scores):
        shown = label
        for result, score in scores:
            if score.label == label:
                mark = " *" if not name and label == result.headline else ""
                table.add_row(shown + mark if shown else "", result.coder, *_cells(score))
                shown = ""
    return table


def _cells(score: "Score") -> tuple[str, ...]:
    """Return precision, recall, F1 and the counts; of other kinds of score the one figure."""
    if score.kind == "f1":
        figures = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        return (*figures, f"{score.correct:,g}", f"{score.predicted:,g}", f"{score.gold:,g}")
    counts = (
        ("", "", f"{score.gold:,g}")
        if score.kind == "mean"
        else (f"{score.correct:,g}", "", f"{score.gold:,g}")
    )
    unit = {"share": "share", "mean": "mean", "rate": "per 100"}[score.kind]
    return ("", unit, f"{score.value:.1f}" if score.kind == "rate" else f"{score.value:.3f}", *counts)


def _as_json(results: "list[SuiteResult]") -> bytes:
    """Return the results as a JSON array, figures beside the counts that they come from."""
    import msgspec

    rows: list[dict[str, Any]] = []
    for result in results:
        row = msgspec.to_builtins(result)
        for told, score in zip(row["scores"], result.scores, strict=True):
            told["value"] = round(score.value, 6)
            if score.kind == "f1":
                told |= {"precision": round(score.precision, 6), "recall": round(score.recall, 6)}
        rows.append(row)
    return msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n"


def _missed(asked: Any, results: "list[SuiteResult]") -> int:
    """Name the floors that were missed and return the exit code."""
    from dateline.evaluate.floors import shortfalls

    missed = shortfalls(asked, results)
    for each in missed:
        told = "is not measured" if each.value is None else f"is {each.value:.3f}"
        say(f"{each.suite}, {each.coder}: {each.label} {told}; its floor is {each.floor:.3f}")
    return PARTLY if missed else DONE
