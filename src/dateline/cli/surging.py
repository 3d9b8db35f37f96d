"""The command that says what is unusual in a week."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli import output, screen
from dateline.cli.options import WorkspaceOption, opened_workspace, say
from dateline.export.surging import COLUMNS, KIND_WORDS, row, surge_name, tally_words
from dateline.export.wording import chain_words, counted, type_label
from dateline.model.outcome import End
from dateline.model.surge import Surge, Surges

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

# Events behind a surge that a table shows with a sentence each.
EVENTS = 3


def surges(
    workspace: WorkspaceOption = None,
    week: Annotated[
        str | None,
        typer.Option(metavar="WEEK", help="2016-W42, or a day of it [that of the latest publication]."),
    ] = None,
    where: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Only with events at this place, province or country.")
    ] = None,
    format_: output.TableFormat = "table",
) -> None:
    """Say what is unusual in a week.

    Places and actors with more events, or only more articles, than the year before it explains, given how
    much was read of each outlet.
    """
    output.check_table_format(format_)
    with opened_workspace(workspace) as opened:
        found = opened.surges(week=week, where=where)
    if format_ == "csv":
        output.print_csv(COLUMNS, (row(found, surge) for surge in found.surges))
    elif format_ == "table":
        _print_table(found)
    else:
        output.print_records("jsonl", [found])


def _print_table(found: Surges) -> None:
    if found.surges:
        output.print_table(surge_table(found.surges))
    week = f"{found.week} ({found.start} to {found.end})"
    if found.note:
        say(f"Nothing can be said of {week if found.week else 'any week'}: {found.note}.")
        return
    say(
        f"{week}: {counted(found.articles, 'article')} read, {found.usual:g} in a usual week "
        f"of the {found.weeks} before it."
    )
    say(
        f"{counted(len(found.surges), 'surge')} among {found.looked_at:,} places and actors; "
        f"by chance at most {found.by_chance:g} would stand out."
    )
    if found.undated:
        say(f"{counted(found.undated, 'event')} told in that week but without a date of its own left out.")


def surge_table(found: Iterable[Surge]) -> "Table":
    """Return the table of `dateline surges`: each count beside what is usual, and what is behind it."""
    table = screen.plain_table("Where or who", "Events", "Articles", "Read", "What is behind it")
    for surge in found:
        table.add_row(
            f"{surge_name(surge)}\n{KIND_WORDS[surge.kind]}",
            f"{surge.events.found}\n{tally_words(surge.events)}",
            f"{surge.articles.found}\n{tally_words(surge.articles)}",
            f"{surge.read:g} ×\nusual",
            _behind(surge),
        )
    table.show_lines = True
    return table


def _behind(surge: Surge) -> "Text":
    from rich.text import Text

    text = Text()
    for number, end in enumerate(surge.seen[:EVENTS]):
        text.append("\n" if number else "")
        text.append(f"{end.id[: screen.SHORT_ID]} {screen.when_short(end.when)} {type_label(end.type)}\n")
        text.append(_sentence(end), style="dim")
    if len(surge.seen) > EVENTS:
        text.append(f"\nand {len(surge.seen) - EVENTS} more", style="dim")
    return text


def _sentence(end: End) -> str:
    if not end.said:
        return ""
    first = end.said[0]
    more = f" (and {len(end.said) - 1} more)" if len(end.said) > 1 else ""
    return f"{chain_words(first.chain, first.outlet)}: “{' '.join(first.sentence.text.split())}”{more}"
