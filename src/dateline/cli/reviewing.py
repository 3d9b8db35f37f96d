"""The command that lets a person judge events one after another by single keys."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer

from dateline.cli import output, screen
from dateline.cli.filters import takes_filters
from dateline.cli.judging import now
from dateline.cli.options import WorkspaceOption, opened_workspace, say
from dateline.cli.review_keys import load_keys, split_keys, terminal_keys
from dateline.cli.review_prompts import Hint
from dateline.cli.review_session import Session
from dateline.cli.review_view import UNBOUNDED, page
from dateline.export.wording import counted, read_day
from dateline.model.event import Event
from dateline.model.verdict import Verdict
from dateline.store.query import EventQuery

if TYPE_CHECKING:
    from dateline.workspace import Evidence, Workspace
    from dateline.workspace.reviewing import Matter, Review

# How far from an event's days events are looked for that it may be one with, and how many are offered.
NEAR_DAYS = 3
NEIGHBOURS = 30
# Matters that a session holds where no --limit is given; the next session goes on with the rest.
QUEUE_LENGTH = 500
# The other screen of a terminal, so that what stood there comes back; cursor hidden meanwhile.
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
_HOME, _REST_OF_LINE, _BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


class WorkspaceDesk:
    """What a session works on in a workspace; what is behind a matter is fetched once."""

    def __init__(self, opened: "Workspace", review: "Review", query: EventQuery) -> None:
        self._opened = opened
        self._review = review
        self._query = query
        self._fetched: tuple[str, Evidence] | None = None
        self._seen: tuple[str, Sequence[Verdict]] | None = None

    def queue(self, search: str | None) -> "Sequence[Matter]":
        """Return what is to be looked at, the most valuable first."""
        query = self._query if search is None else msgspec.structs.replace(self._query, search=search)
        self._fetched = self._seen = None
        found = self._review.queue(msgspec.structs.replace(query, limit=query.limit or QUEUE_LENGTH))
        if search is None or self._review.role == "reader":
            return found
        return [each for each in found if search.casefold() in repr(each.event.claims).casefold()]

    def evidence(self, matter: "Matter") -> "Evidence":
        """Return the reports and articles behind a matter."""
        if self._fetched is None or self._fetched[0] != matter.event.id:
            self._fetched = (matter.event.id, self._opened.behind(matter.event))
        return self._fetched[1]

    def neighbours(self, event: Event) -> Sequence[Event]:
        """Return events of these days that may be the same happening: those at its place first."""
        found = self._opened.events(**_days_around(event), limit=NEIGHBOURS, sort="date")
        place = event.where.name if event.where else None

        def far(other: Event) -> tuple[bool, bool, bool, str]:
            elsewhere = other.where is None or other.where.name != place
            return (other.when.start is None, elsewhere, other.type != event.type, other.id)

        return sorted((other for other in found if other.id != event.id), key=far)

    def places(self, text: str, event: Event) -> Sequence[Hint]:
        """Return places that may be meant, those of the countries that the event's claims name first."""
        told = {claim.value.country for claim in event.claims.where}
        found = sorted(self._review.places(text), key=lambda place: place.country not in told)
        return [
            Hint(", ".join(part for part in (each.name, each.admin1, each.country, each.kind) if part), each.id)
            for each in found
        ]

    def verdicts_on(self, event: Event) -> Sequence[Verdict]:
        """Return the verdicts on an event that this person may see."""
        if self._seen is None or self._seen[0] != event.id:
            self._seen = (event.id, self._review.verdicts_on(event))
        return self._seen[1]

    def judge(self, kind: str, matter: "Matter", **said: Any) -> Verdict:
        """Append a verdict; the events are built anew when the session ends, or by its key."""
        self._seen = None
        return self._review.judge(kind, matter, **said)

    def undo(self) -> Verdict | None:
        """Take the last verdict back."""
        self._seen = None
        return self._review.undo()

    def redo(self) -> Verdict | None:
        """Take the last undo back."""
        self._seen = None
        return self._review.redo()

    def rebuild(self) -> None:
        """Build the events anew."""
        self._opened.link()


def _days_around(event: Event) -> dict[str, Any]:
    first, last = read_day(event.when.start), read_day(event.when.end)
    reach = timedelta(days=NEAR_DAYS)
    since = max(first - reach, date.min + reach) if first and first > date.min + reach else None
    until = last + reach if last and last < date.max - reach else None
    return {
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "include_undated": True,
    }


@takes_filters
def review(
    query: EventQuery,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who reads and decides.")],
    role: Annotated[
        Literal["reader", "second", "adjudicator"],
        typer.Option(
            help="reader; second: reads what others judged without seeing how; adjudicator: decides where "
            "two differ."
        ),
    ] = "reader",
    keys: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keys of your own, as YAML: action: key.")
    ] = None,
    queue: Annotated[bool, typer.Option("--queue", help="Only list what is to be looked at, and why.")] = False,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="Of --queue: table, json or jsonl.")
    ] = "table",
    workspace: WorkspaceOption = None,
) -> None:
    """Judge events one after another by single keys, those first where a look changes most.

    Without a terminal the keys are read from standard input. Every verdict is kept as soon as it is given.
    """
    actions = load_keys(keys)
    with opened_workspace(workspace) as opened:
        opened.link()  # a session whose line was cut has left verdicts that are not built in yet
        desk = WorkspaceDesk(opened, opened.review(by=by, role=role, clock=now), query)
        if queue:
            _list(desk.queue(None), format_)
            return
        before = opened.counts().verdicts
        session = Session(desk, actions)
        try:
            if sys.stdin.isatty() and sys.stdout.isatty():
                _in_terminal(session)
            else:
                _scripted(session)
        finally:
            opened.link()
            given = opened.counts().verdicts - before
    say(f"{counted(given, 'verdict')} recorded; `dateline audit --log` shows them")


def _scripted(session: Session) -> None:
    """Press the keys that stand on standard input, then print what is shown."""
    for key in split_keys(sys.stdin.buffer.read().decode("utf-8", "replace")):
        session.press(key)
        if session.finished:
            break
    output.print_table(*page(session, height=UNBOUNDED, width=screen.PIPED_WIDTH))


def _in_terminal(session: Session) -> None:
    size = shutil.get_terminal_size()

    def resized() -> bool:
        return shutil.get_terminal_size() != size

    out = sys.stdout
    out.write(_ENTER)
    try:
        with terminal_keys(sys.stdin.fileno(), resized) as pressed:
            size = _draw(session)
            for key in pressed:
                session.press(key)
                if session.finished:
                    return
                size = _draw(session)
    finally:
        out.write(_LEAVE)
        out.flush()


def _draw(session: Session) -> Any:
    """Draw the screen in one write, without blanking it first, and return the size that it was drawn for."""
    size = shutil.get_terminal_size()
    console = screen.console()
    with console.capture() as captured:
        for line in page(session, size.lines, size.columns):
            console.print(line)
    lines = captured.get().splitlines()[: size.lines]
    sys.stdout.write(_HOME + f"{_REST_OF_LINE}\r\n".join(lines) + _REST_OF_LINE + _BELOW)
    sys.stdout.flush()
    return size


def _list(matters: "Sequence[Matter]", format_: str) -> None:
    def table(rows: "Iterable[Matter]") -> Any:
        found = screen.plain_table("Event", "Value", "What", "Why")
        found.columns[0].no_wrap = True
        for matter in rows:
            why = ", ".join(part.why for part in matter.ranked.parts if part.share > 0)
            event = matter.event
            what = f"{event.when.start or 'undated'} {event.where.name if event.where else '–'}: {event.type}"
            found.add_row(event.id[: screen.SHORT_ID], f"{matter.ranked.value:.3f}", what, why)
        return found

    if format_ == "table":
        output.print_records(format_, matters, table)
        return
    output.print_records(
        format_,
        (
            {
                "event": each.event.id, "value": each.ranked.value, "doubt": each.ranked.doubt,
                "weight": each.ranked.weight, "unread": each.ranked.news, "parts": each.ranked.parts,
                "about": each.about,
            }
            for each in matters
        ),
    )  # fmt: skip
