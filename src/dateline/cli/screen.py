"""What a person sees in a terminal: tables, one event with its evidence, progress bars."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dateline.export.marks import LETTERS, marks_of, segments
from dateline.export.wording import (
    chain_words,
    corroboration_words,
    count_words,
    counted,
    day_words,
    type_label,
    when_words,
    where_words,
    who_words,
)
from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.model.values import When, Where
from dateline.store.base import Counts
from dateline.workspace import Evidence, Tick

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# Colours that colour-blind readers tell apart; each span also carries its role's letter.
STYLES = {
    "trigger": "bold reverse",
    "actor": "underline blue",
    "target": "underline magenta",
    "place": "underline green",
    "time": "underline cyan",
    "number": "underline yellow",
}
# Width used when the output is not a terminal, so that piped tables do not depend on the machine.
PIPED_WIDTH = 160


def console(*, stderr: bool = False) -> "Console":
    """Return a console on standard output or error; colours only in a terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty() and stderr)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Tick]:
    """Show a bar on standard error, in a terminal only; yields the function that steps it."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def share(label: str) -> Iterator[Any]:
    """Show a bar for work that tells its own share done (0..1); yields a function of step and share."""
    if not sys.stderr.isatty():
        yield lambda _step, _done: None
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda step, done: bar.update(task, completed=done, description=f"{label}: {step}")


def event_table(events: Iterable[Event]) -> "Table":
    """Return the table of `dateline events`."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Event", no_wrap=True)
    table.add_column("When", overflow="fold", min_width=10)
    table.add_column("Where", overflow="fold", min_width=10)
    table.add_column("What", overflow="fold", min_width=10)
    table.add_column("Status", no_wrap=True)
    table.add_column("Who → whom", overflow="fold", min_width=16)
    table.add_column("Toll", overflow="fold")
    table.add_column("Origins", justify="right", no_wrap=True)
    for event in events:
        whom = who_words(event.targets)
        who = who_words(event.actors)
        disputed = " !" if event.disagreements else ""
        table.add_row(
            event.id[:12],
            _when(event.when),
            _where(event.where),
            type_label(event.type),
            event.status.word,
            f"{who} → {whom}" if whom else who,
            ", ".join(f"{count.kind} {count_words(count)}" for count in event.counts),
            f"{event.origins}{disputed}",
        )
    return table


def _when(when: When) -> str:
    if when.start or when.end:
        return when_words(when)
    return f"“{when.text}”" if when.text else "–"


def _where(where: Where | None) -> str:
    if where is None:
        return "–"
    return f"{where.name} ?" if where.gazetteer_id is None and where.latitude is None else where_words(where)


def article_table(articles: Iterable[Article]) -> "Table":
    """Return the table of `dateline articles`."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Article", "Published", "Found by", "Outlet", "Title", "From"):
        table.add_column(name, overflow="fold", no_wrap=name == "Article")
    for article in articles:
        table.add_row(
            article.id[:12],
            article.published.date or "unknown",
            article.published.rule or "–",
            article.outlet or "–",
            article.title or "–",
            article.origin.name if article.origin else "",
        )
    return table


def rejected_table(refusals: Iterable[Rejected]) -> "Table":
    """Return the table of `dateline rejected`."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Stage", "Reason", "Where", "What was found", "What to do"):
        table.add_column(name, overflow="fold", no_wrap=name in ("Stage", "Reason"))
    for refusal in refusals:
        table.add_row(refusal.stage, refusal.reason, refusal.locator, refusal.detail, refusal.advice)
    return table


def marked_sentence(report: Report) -> "Text":
    """Return the report's sentence with its spans underlined and lettered by role."""
    from rich.text import Text

    marks, outside = marks_of([report])
    text = Text()
    for segment in segments(report.sentence.text, marks):
        styles = " ".join(STYLES[mark.role] for mark in segment.marks)
        text.append(" ".join(segment.text.split("\n")), style=styles)
        for mark in segment.closing:
            if LETTERS[mark.role]:
                text.append(f"[{LETTERS[mark.role]}]", style="dim")
    for span in outside:
        text.append(f"  ({span.role} from another sentence: “{span.text}”)", style="dim")
    return text


def print_event(evidence: Evidence) -> None:
    """Print one event: its fields, who says each, disagreements, and the sentences with the words marked."""
    from rich.text import Text

    out = console()
    event = evidence.event
    out.print(
        Text(f"{type_label(event.type)} – {event.status.word}", style="bold"), Text(event.id, style="dim")
    )
    out.print(Text(f"{corroboration_words(event)}", style="dim"))
    out.print()
    for label, value in _fields(event):
        out.print(Text(f"{label:<14}", style="bold") + Text(value))
    for disagreement in event.disagreements:
        out.print(Text(f"{'disputed':<14}", style="bold red") + Text(disagreement.text))
    out.print()
    out.print(Text("Who says so", style="bold"))
    for report in evidence.reports:
        article = report.article
        source = chain_words(report.chain, article.outlet)
        date = day_words(article.published) if article.published else "date unknown"
        out.print(Text(f"  {source}, {date}", style="bold") + Text(f"  {report.status.word}", style="dim"))
        if article.origin:
            out.print(Text(f"  taken from {article.origin}", style="dim"))
        out.print(Text("    ") + marked_sentence(report))
        out.print(Text(f"    {article.title or article.locator} · {article.id[:12]}", style="dim"))
    out.print()
    out.print(
        Text(
            "[A] actor  [T] target  [P] place  [W] when  [N] number; the event's own words are reversed",
            style="dim",
        )
    )


def _fields(event: Event) -> Iterator[tuple[str, str]]:
    when = event.when
    note = (
        f"“{when.text}”, {when.anchor or 'no anchor'}, precision: {when.precision}"
        if when.text
        else "not stated"
    )
    yield "when", f"{when_words(when)} ({note})"
    where = event.where
    if where is None:
        yield "where", "place unknown"
    else:
        radius = f", within {where.radius_km:g} km" if where.radius_km is not None else ""
        yield (
            "where",
            f"{where_words(where)} (“{where.text}”, {where.basis}, precision: {where.precision}{radius})",
        )
    if event.actors:
        yield "who", who_words(event.actors)
    if event.targets:
        yield "to whom", who_words(event.targets)
    for count in event.counts:
        of = "" if count.of == "unknown" else f" {count.of}"
        yield count.kind, f"{count_words(count)}{of} (“{count.text}”)"
    status = event.status
    yield "status", f"{status.reality}, {status.polarity}, {status.certainty}, {status.currency}"
    walk = event.crosswalk
    plover = " ".join(part for part in (walk.plover.type, walk.plover.mode) if part)
    acled = " / ".join(part for part in (walk.acled.event_type, walk.acled.sub_event_type) if part)
    yield (
        "coded as",
        f"PLOVER {plover or '–'}; ACLED {acled or '–'}; CAMEO {walk.cameo or '–'}; GED {walk.ged or '–'}",
    )


def summary(counts: Counts) -> str:
    """Return one line that says what a workspace holds."""
    refused = sum(sum(reasons.values()) for reasons in counts.rejected.values())
    parts = [
        counted(counts.articles, "article"),
        counted(counts.outlets, "outlet"),
        counted(counts.reports, "report"),
        counted(counts.events, "event"),
        f"{counts.disputed:,} disputed",
        f"{refused:,} rejected",
    ]
    return ", ".join(parts)
