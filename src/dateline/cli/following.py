"""The command that follows warnings to their outcome."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli import output, screen
from dateline.cli.filters import takes_filters
from dateline.cli.options import WorkspaceOption, opened_workspace, say
from dateline.export.followed import COLUMNS, STATE_WORDS, horizon_words, plain, row, share_words, teller
from dateline.export.wording import counted, type_label, where_words, who_words
from dateline.model.outcome import MIN_SETTLED, STATES, End, Followed, HitRate
from dateline.store.query import EventQuery

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

# Sentences of one end that a table shows; `dateline show ID` has all.
SENTENCES = 2


@takes_filters
def warnings(
    query: EventQuery,
    workspace: WorkspaceOption = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of the name of an outlet or of whom it quotes.")
    ] = None,
    outcome: Annotated[str | None, typer.Option(metavar="STATE", help=f"One of: {', '.join(STATES)}.")] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Day from which to look back [the latest publication]."),
    ] = None,
    rates: Annotated[
        bool, typer.Option("--rates", help="How often each source's warnings came about.")
    ] = False,
    format_: output.TableFormat = "table",
) -> None:
    """List warnings, and what became of them.

    What was planned, threatened, feared or demanded, until when it may come about, and the event that shows
    what came of it, both with their sentences. --since and --until hold for the day on which it was given.
    """
    from dateline.workspace.following import check_outcome

    output.check_table_format(format_)
    check_outcome(outcome)
    with opened_workspace(workspace) as opened:
        every = opened.warnings(msgspec.structs.replace(query, limit=None), today=today, source=source)
        shares = opened.hit_rates(every)
    found = [each for each in every if outcome in (None, each.outcome.state)][: query.limit]
    if rates:
        _print_rates(shares, format_)
    elif format_ == "csv":
        output.print_csv(COLUMNS, map(row, found))
    elif format_ == "table":
        _print_table(found, shares)
    else:
        output.print_records(format_, found)


def _print_table(found: list[Followed], shares: Iterable[HitRate]) -> None:
    if found:
        output.print_table(warning_table(found))
    enough = [rate for rate in shares if rate.low is not None]
    if enough:
        output.print_table(rate_table(enough))
    say(f"{counted(len(found), 'warning')}.")
    if found:
        say("All this as far as the articles read tell. `dateline show ID` shows either end whole.")
    if found and not enough:
        say(
            f"No source has {MIN_SETTLED} settled warnings yet; shares are shown from then on (--rates counts)."
        )


def _print_rates(shares: tuple[HitRate, ...], format_: str) -> None:
    if format_ == "csv":
        output.print_csv(HitRate.__struct_fields__, map(msgspec.structs.astuple, shares))
    else:
        output.print_records(format_, shares, rate_table)


def warning_table(followed: Iterable[Followed]) -> "Table":
    """Return the table of `dateline warnings`: each warning beside what came of it, with their sentences."""
    table = screen.plain_table("Warning", "What was warned of", "What came of it")
    table.columns[0].no_wrap = True
    table.columns[1].ratio = table.columns[2].ratio = 1
    table.show_lines = True
    for each in followed:
        given = each.outcome.given or "day unknown"
        table.add_row(f"{each.warning.id[: screen.SHORT_ID]}\n{given}", _warned(each), _became(each))
    return table


def _warned(each: Followed) -> "Text":
    from rich.text import Text

    warning, horizon = each.warning, each.outcome.horizon
    text = Text.assemble((f"{type_label(warning.type)}, {warning.reality}", "bold"))
    text.append(_sides(warning))
    if horizon:
        text.append(f"\n{horizon_words(horizon)}", style="dim")
    if each.outcome.afterwards:
        text.append("\ntold after its own time had passed", style="dim")
    return _with_sentences(text, warning)


def _became(each: Followed) -> "Text":
    from rich.text import Text

    outcome = each.outcome
    words = STATE_WORDS[outcome.state]
    text = Text.assemble((words, "bold"))
    if more := outcome.why.removeprefix(words).lstrip(" :,"):
        text.append(f"\n{more}", style="dim")
    ends = [*([each.event] if each.event else []), *each.denials]
    for end in ends:
        label = type_label(end.type) + (", denied" if end.polarity == "denied" else "")
        text.append(f"\n{end.id[: screen.SHORT_ID]} {screen.when_short(end.when)}  {label}{_sides(end)}")
        _with_sentences(text, end)
    return text


def _sides(end: End) -> str:
    parts = [who_words(end.actors), where_words(end.where) if end.where else ""]
    return "".join(f"; {part}" for part in parts if part)


def _with_sentences(text: "Text", end: End) -> "Text":
    # Two reports may stand in one sentence.
    said = list({(one.article, one.sentence): one for one in end.said}.values())
    for one in said[:SENTENCES]:
        text.append(f"\n{teller(one)}: ", style="dim")
        text.append(f"“{plain(one)}”")
    if len(said) > SENTENCES:
        text.append(f"\nand {counted(len(said) - SENTENCES, 'sentence')} more", style="dim")
    return text


def rate_table(rates: Iterable[HitRate]) -> "Table":
    """Return the table of hit rates: counts, and a share only as an interval."""
    heads = ("Source", "Settled", "Came about", "In part", "Did not", "Waiting", "Share that came about (95 %)")
    table = screen.plain_table(*heads)
    for column in table.columns[1:6]:
        column.justify = "right"
    for rate in rates:
        name = f"{rate.name} (outlet)" if rate.by == "outlet" else rate.name
        counts = (rate.settled, rate.came_about, rate.partly, rate.did_not, rate.waiting)
        table.add_row(name, *(str(count) for count in counts), share_words(rate, MIN_SETTLED))
    return table
