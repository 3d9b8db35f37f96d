"""The command `dateline disagreements`: claims that cannot all be right, and who says what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.cli import output, screen
from dateline.cli.filters import takes_filters
from dateline.cli.options import WorkspaceOption, opened_workspace, say
from dateline.export.disputes import COLUMNS, question, rows, voice
from dateline.export.wording import counted, type_label, where_words
from dateline.model.event import Side
from dateline.store.query import EventQuery

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from dateline.model.dispute import Dispute

# Rows of a table that nobody limited.
TABLE_ROWS = 100
# Who says a thing, in the table; the other formats have all.
SHOWN_VOICES = 4


@takes_filters
def disagreements(
    query: EventQuery,
    workspace: WorkspaceOption = None,
    format_: output.TableFormat = "table",
) -> None:
    """List claims that cannot all be right.

    With who says what, the weightiest first: deaths, how far apart the answers are, how many independent
    origins stand behind them. The filters choose events; --limit counts disagreements.
    """
    output.check_table_format(format_)
    with opened_workspace(workspace) as opened:
        found = list(opened.disagreements(query))
    if format_ == "csv":
        output.print_csv(COLUMNS, (row for dispute in found for row in rows(dispute)))
    elif format_ != "table":
        output.print_records(format_, found)
    else:
        shown = found if query.limit else found[:TABLE_ROWS]
        if shown:
            output.print_table(disagreement_table(shown))
        more = f"{len(shown):,} of " if len(shown) < len(found) else ""
        say(f"{more}{counted(len(found), 'disagreement')}.")


def disagreement_table(disputes: "Iterable[Dispute]", width: int | None = None) -> "Table":
    """Return the table of disagreements for `width` characters (None: the terminal's)."""
    narrow = (width or screen.console().width) < screen.MIDDLE_WIDTH
    heads = ("Weight", "Event") if narrow else ("Weight", "Event", "What, when and where")
    table = screen.plain_table(*heads, "In dispute", "Who says what")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    table.columns[0].justify = "right"
    for dispute in disputes:
        label = f"{type_label(dispute.type)}\n{screen.when_short(dispute.when)}"
        place = where_words(dispute.where).split(",")[0] if dispute.where else "–"
        table.add_row(
            f"{dispute.disagreement.weight:.2f}",
            dispute.event[: screen.SHORT_ID],
            *(() if narrow else (f"{label}\n{place}",)),
            question(dispute),
            _answers(dispute.disagreement.sides, dispute.disagreement.text),
        )
    return table


def _answers(sides: Iterable[Side], text: str) -> "Text":
    from rich.text import Text

    answers = Text()
    for side in sides:
        if answers:
            answers.append("\n")
        answers.append(side.value, style="bold")
        if side.origins > 1:
            answers.append(f"  {counted(side.origins, 'independent origin')}", style="dim")
        voices = list(dict.fromkeys(voice(one, side.value) for one in side.told))
        for line in voices[:SHOWN_VOICES]:
            answers.append(f"\n  {line}")
        if len(voices) > SHOWN_VOICES:
            answers.append(f"\n  and {len(voices) - SHOWN_VOICES} more", style="dim")
    return answers if answers else Text(text)
