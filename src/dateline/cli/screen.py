"""What a person sees in a terminal: the console, progress bars and tables."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dateline.export.wording import count_words, counted, type_label, where_words, who_words
from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.rejected import Rejected
from dateline.model.values import HowMany, When, Where
from dateline.store.base import Counts

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from dateline.resolve.gazetteer_places import Place

# Width used when the output is not a terminal, so that piped tables do not depend on the machine.
PIPED_WIDTH = 160
# From these widths on the table of events has room for columns of toll and origins, and for places in full.
MIDDLE_WIDTH = 100
FULL_WIDTH = 140
# Characters of an id that are shown: "evt_" and eight more tell a million events apart nearly always, and a
# beginning that stands for several is refused with the list.
SHORT_ID = 12


def console(*, stderr: bool = False) -> "Console":
    """Return a console on standard output or error; colours only in a terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=not stream.isatty() and stderr)


@contextmanager
def progress(label: str, total: Callable[[], int] | None = None) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error, in a terminal only; yields the function that steps it.

    `total` is asked only then, because counting takes time.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total() if total else None)
        yield lambda: bar.advance(task)


@contextmanager
def share(label: str) -> Iterator[Callable[[str, float], None]]:
    """Show a bar for work that tells its own share done (0..1); yields a function of step and share."""
    if not sys.stderr.isatty():
        yield lambda _step, _done: None
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda step, done: bar.update(task, completed=done, description=f"{label}: {step}")


def plain_table(*heads: str) -> "Table":
    """Return an empty table with `heads` in the one style of all tables."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    return table


def event_table(events: Iterable[Event], width: int | None = None) -> "Table":
    """Return the table of `dateline events` for `width` characters (None: the terminal's).

    A narrow one holds the same in fewer columns: what stands under one another there has a column of its own
    in a wide one.
    """
    room = width or console().width
    if room < MIDDLE_WIDTH:
        return _narrow(events)
    table = plain_table("Event", "When", "Where", "What", "Who → whom", "Toll", "Origins")
    table.columns[0].no_wrap = True
    table.columns[1].min_width = 10
    table.columns[-1].justify = "right"
    if room >= FULL_WIDTH:
        table.columns[1].no_wrap = True
    for event in events:
        table.add_row(
            event.id[:SHORT_ID],
            when_short(event.when),
            _where(event.where, full=room >= FULL_WIDTH),
            _what(event, apart=", " if room >= FULL_WIDTH else "\n"),
            _who(event),
            toll(event.counts),
            _origins(event),
        )
    return table


def _narrow(events: Iterable[Event]) -> "Table":
    table = plain_table("Event", "When and where", "What", "Who → whom")
    table.columns[0].no_wrap = True
    table.columns[1].min_width = table.columns[2].min_width = 16
    for event in events:
        mark = _origins(event)
        table.add_row(
            event.id[:SHORT_ID] + ("" if mark == "1" else f"\n{_origins_words(event)}"),
            f"{when_short(event.when)}\n{_where(event.where, full=False)}",
            "\n".join(part for part in (_what(event, apart="\n"), toll(event.counts)) if part),
            _who(event),
        )
    return table


def _origins_words(event: Event) -> str:
    parts = [counted(event.origins, "origin")] if event.origins > 1 else []
    return "\n".join([*parts, *(["disputed"] if event.disagreements else [])])


def _origins(event: Event) -> str:
    return f"{event.origins}{' !' if event.disagreements else ''}"


def _what(event: Event, apart: str) -> str:
    label = type_label(event.type)
    return label if event.status.word == "happened" else f"{label}{apart}{event.status.word}"


def _who(event: Event) -> str:
    who, whom = who_words(event.actors), who_words(event.targets)
    return f"{who} → {whom}".strip() if whom else who


def toll(counts: Iterable[HowMany]) -> str:
    """Return counts by kind: "killed 16 (civilian 12), injured at least 20"; parts of a total are left out."""
    kinds: dict[str, list[str]] = {}
    for count in (count for count in counts if not count.part):
        words = count_words(count)
        kinds.setdefault(count.kind, []).append(words if count.of == "unknown" else f"{words} {count.of}")
    return ", ".join(f"{kind} {', '.join(found)}" for kind, found in kinds.items())


def when_short(when: When) -> str:
    """Return the time as ISO dates, the last cut to what differs: "2016-10-21…22", "2016-10", "≥ 2017-09"."""
    start, end = when.start, when.end
    if start and end:
        if start == end:
            return start
        if (start[4:], end[4:]) == ("-01-01", "-12-31"):
            return start[:4] if start[:4] == end[:4] else f"{start[:4]}…{end[:4]}"
        if start[:7] == end[:7]:
            return start[:7] if _is_month(start, end) else f"{start}…{end[8:]}"
        return f"{start}…{end[5:]}" if start[:4] == end[:4] else f"{start}…{end}"
    if start or end:
        return f"≥ {start}" if start else f"≤ {end}"
    return f"“{when.text}”" if when.text else "–"


def _is_month(start: str, end: str) -> bool:
    from calendar import monthrange

    year, month = int(start[:4]), int(start[5:7])
    return start[8:] == "01" and int(end[8:]) == monthrange(year, month)[1]


def _where(where: Where | None, *, full: bool) -> str:
    if where is None:
        return "–"
    if where.gazetteer_id is None and where.latitude is None:
        return f"{where.name} ?"
    return where_words(where) if full else ", ".join(part for part in (where.name, where.country) if part)


def article_table(articles: Iterable[Article], width: int | None = None) -> "Table":
    """Return the table of `dateline articles` for `width` characters (None: the terminal's)."""
    narrow = (width or console().width) < MIDDLE_WIDTH
    heads = ("Title and outlet",) if narrow else ("Outlet", "Title", "Taken from")
    table = plain_table("Article", "Published", "by rule", *heads)
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for article in articles:
        title, outlet = article.title or "–", article.outlet or "outlet unknown"
        origin = article.origin.name if article.origin else ""
        below = f"{title}\n{outlet}, from {origin}" if origin else f"{title}\n{outlet}"
        table.add_row(
            article.id[:SHORT_ID],
            article.published.date or "unknown",
            article.published.rule or "–",
            *((below,) if narrow else (outlet, title, origin)),
        )
    return table


def rejected_table(refusals: Iterable[Rejected]) -> "Table":
    """Return the table of `dateline rejected`: place, finding and advice stand under one another."""
    from rich.text import Text

    table = plain_table("Stage", "Reason", "What was refused, and what to do")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for refusal in refusals:
        lines = (refusal.locator, f"{refusal.detail}.".removeprefix("."), refusal.advice)
        table.add_row(refusal.stage, refusal.reason, Text("\n".join(line for line in lines if line)))
    return table


def place_table(places: "Iterable[Place]") -> "Table":
    """Return the table of `dateline gazetteer find`."""
    table = plain_table("Place", "Kind", "Lat, lon", "km", "People", "Id")
    for column in table.columns[2:5]:
        column.no_wrap, column.justify = True, "right"
    for place in places:
        area = place.admin1 if place.admin1 != place.name else None
        point = f"{place.latitude:.4f}, {place.longitude:.4f}" if place.latitude is not None else "–"
        table.add_row(
            ", ".join(part for part in (place.name, area, place.country or " ".join(place.countries)) if part),
            place.kind,
            point,
            f"{place.radius_km:g}" if place.radius_km is not None else "–",
            f"{place.population:,}" if place.population else "–",
            place.id,
        )
    return table


def summary(counts: Counts) -> str:
    """Return one line that says what a workspace holds."""
    refused = sum(sum(reasons.values()) for reasons in counts.rejected.values())
    parts: list[Any] = [
        counted(counts.articles, "article"),
        counted(counts.outlets, "outlet"),
        counted(counts.reports, "report"),
        counted(counts.events, "event"),
        f"{counts.disputed:,} disputed",
        f"{refused:,} rejected",
    ]
    return ", ".join(parts)
