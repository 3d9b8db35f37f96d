"""What the review shows: one event on one screen, cut to its height, with the evidence in view."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dateline.cli.evidence import LEGEND, marked_sentence
from dateline.cli.review_prompts import Line, Page, Pick
from dateline.cli.review_session import FIELDS, Session
from dateline.cli.screen import SHORT_ID, console, when_short
from dateline.export.wording import (
    chain_words,
    corrected_words,
    corroboration_words,
    count_words,
    day_words,
    disputed_field,
    type_label,
    verdict_words,
    where_words,
    who_words,
)  # fmt: skip
from dateline.model.correction import COUNTS
from dateline.model.event import Claim, Event
from dateline.model.ids import OriginId, ReportId
from dateline.model.report import Report

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from dateline.workspace.reviewing import Matter

# The actions whose keys the last line names.
SHOWN_KEYS = ("help", "accept", "reject", "skip", "undo", "edit", "merge", "split", "comment", "quit")
# How much is shown: on a low screen first what is around the evidence gives way, never its sentence.
LEAST, LESS, FULL = range(3)
# Claims of the marked field that are listed.
MOST_CLAIMS = 4
# From this height on nothing is cut and nothing filled: the output is no screen.
UNBOUNDED = 10_000
# Sentences around the one in view, on each side.
CONTEXT = 1


def page(session: Session, height: int, width: int) -> "list[RenderableType]":
    """Return the lines of the screen, of `height` rows at most where the console is `width` wide."""
    from rich.text import Text

    if isinstance(session.prompt, Page):
        return list(_keys(session))
    foot = list(_foot(session))
    if session.matter is None:
        body: list[RenderableType] = [Text("Nothing is left to look at.", style="bold")]
        return [*body, Text(), *foot]
    for detail in (FULL, LESS, LEAST):
        head = [
            *_head(session, session.matter, detail),
            *_fields(session, session.matter.event, detail),
            *_notes(session, session.matter),
        ]
        evidence = _evidence(session, detail)
        room = height - sum(_rows(line, width) for line in (*head, *foot)) - 1
        if sum(_rows(line, width) for line in evidence[:2]) <= room:
            break
    # What is in view comes before the last of what is told above it, with the line that says what is left out.
    least = sum(_rows(line, width) for line in evidence[:2]) + (len(evidence) > 2)
    while room < least and len(head) > 1:
        room += _rows(head.pop(), width)
    kept: list[Text] = []
    for number, line in enumerate(evidence):
        rows = _rows(line, width)
        if number and room - rows < (1 if number + 1 < len(evidence) else 0):
            kept.append(Text(f"  … {len(evidence) - number} lines more; n and p walk through", style="dim"))
            room -= 1
            break
        room -= rows
        kept.append(line)
    fill = [Text()] * max(0, room) if height < UNBOUNDED else [Text()]
    return [*head, Text(), *kept, *fill, *foot]


def _rows(line: "Text", width: int) -> int:
    """Return how many rows a line takes; one that may not wrap is cut to one."""
    if line.no_wrap:
        line.truncate(width, overflow="ellipsis")
    return max(1, len(line.wrap(console(), width)))


def _head(session: Session, matter: "Matter", detail: int) -> "Iterator[Text]":
    from rich.text import Text

    event, ranked = matter.event, matter.ranked
    yield Text.assemble(
        (f"{session.at + 1}/{len(session.matters)}  ", "dim"),
        (f"{type_label(event.type)}, {event.status.word}", "bold"),
        (f"  {event.id[:SHORT_ID]}  {corroboration_words(event)}", "dim"),
    )
    if detail == LEAST:
        return
    parts = ", ".join(f"{part.why}" for part in ranked.parts if part.share > 0 and part.name != "unread")
    yield Text(
        f"value of a look {ranked.value:.2f} = doubt {ranked.doubt:.2f} × weight {ranked.weight:.2f} × "
        f"unread {ranked.news:.2f}" + (f" ({parts})" if parts else ""),
        style="dim",
    )


def _fields(session: Session, event: Event, detail: int) -> "Iterator[Text]":
    from rich.text import Text

    for number, field in enumerate(FIELDS):
        value = field_words(event, field)
        if not value and number != session.field:
            continue
        mark = ">" if number == session.field else " "
        style = "bold" if number == session.field else ""
        disputed = "!" if field in disputed_fields(event) else " "
        yield Text.assemble((f"{mark}{disputed}{field:<10}", style), value or "–")
        if number == session.field and detail == FULL:
            yield from _claims(event, field)


def disputed_fields(event: Event) -> frozenset[str]:
    """Return the fields on which sources disagree; of counts their kinds."""
    return frozenset(disputed_field(each) for each in event.disagreements)


def _claims(event: Event, field: str) -> "Iterator[Text]":
    """Give who says what of the marked field, where there is more than one claim."""
    from rich.text import Text

    claims: Sequence[Claim[Any]] = getattr(event.claims, field, event.claims.counts)
    found = [claim for claim in claims if field not in COUNTS or claim.value.kind == field]
    for claim in found[:MOST_CLAIMS] if len(found) > 1 else ():
        said = dict.fromkeys(chain_words(one.chain, one.outlet) for one in claim.said)
        who = f"corrected by {claim.by}" if claim.by else "; ".join(said)
        yield Text(f"     {claim_words(field, claim.value)}: {who}", style="dim", no_wrap=True)
    if len(found) > MOST_CLAIMS:
        yield Text(f"     … {len(found) - MOST_CLAIMS} more", style="dim")


def claim_words(field: str, value: Any) -> str:
    """Return a claimed value in words."""
    match field:
        case "type":
            return type_label(value)
        case "status":
            return f"{value.reality}, {value.polarity}, {value.certainty}, {value.currency}"
        case "when":
            return when_short(value)
        case "where":
            return where_words(value)
        case "actors" | "targets":
            return str(value.name)
        case _:
            return count_words(value) + ("" if value.of == "unknown" else f" {value.of}")


def field_words(event: Event, field: str) -> str:
    """Return what an event shows of a field, "" for nothing."""
    match field:
        case "type":
            return type_label(event.type)
        case "status":
            status = event.status
            return f"{status.reality}, {status.polarity}, {status.certainty}, {status.currency}"
        case "when":
            words = f" (“{event.when.text}”)" if event.when.text else ""
            return f"{when_short(event.when)}{words}, precision: {event.when.precision}"
        case "where":
            return f"{where_words(event.where)} (precision: {event.where.precision})" if event.where else ""
        case "actors" | "targets":
            return who_words(event.actors if field == "actors" else event.targets)
        case _:
            counts = [count for count in event.counts if count.kind == field]
            return ", ".join(
                count_words(count) + ("" if count.of == "unknown" else f" {count.of}") for count in counts
            )


def _notes(session: Session, matter: "Matter") -> "Iterator[Text]":
    """Give what is disputed, corrected and decided, and what an adjudicator decides between."""
    from rich.text import Text

    for each in matter.event.disagreements:
        yield Text.assemble(("! ", "bold red"), each.text)
    for note in matter.event.corrected:
        yield Text(f"corrected {corrected_words(note)}", style="green")
    for verdict in session.verdicts():
        yield Text(f"{verdict.at[:10]} {verdict.by}: {verdict_words(verdict)}", style="green")
    for number, answers in enumerate(matter.readings):
        told = "; ".join(f"{question}: {answer}" for question, answer in sorted(answers.items()))
        yield Text.assemble((f"reading {'AB'[number] if number < 2 else number + 1}  ", "bold"), told)
    if matter.differing:
        yield Text(f"they differ on: {', '.join(matter.differing)}", style="bold red")


def _evidence(session: Session, detail: int) -> "list[Text]":
    """Return the report in view with its sentence marked and the text around it, then the other reports."""
    from rich.text import Text

    found, current = session.evidence(), session.report()
    if found is None or current is None:
        return [Text("The reports behind it are gone.", style="dim")]
    origins = _origins(session)
    lines = [_source(session, current, session.sentence, len(found.reports), origins)]
    article = found.articles.get(current.article.id)
    before, after = (
        _around(article.text, article.sentences, current) if article and detail == FULL else ("", "")
    )
    text = Text("  ")
    if before:
        text.append(f"{before} ", style="dim")
    text.append_text(marked_sentence(current))
    if after:
        text.append(f" {after}", style="dim")
    lines.append(text)
    if detail == FULL:
        lines.append(Text(f"  {LEGEND}", style="dim"))
    for number, report in enumerate(found.reports):
        if number != session.sentence:
            lines.append(_source(session, report, number, len(found.reports), origins, short=True))
    return lines


def _origins(session: Session) -> dict[ReportId, int]:
    """Return for each report the number of its origin, counted in the order in which they are shown."""
    event = session.matter.event if session.matter else None
    of: dict[ReportId, OriginId] = {}
    for claim in event.claims.type if event else ():
        of.update((said.report, said.origin) for said in claim.said)
    numbers: dict[OriginId, int] = {}
    return {report: numbers.setdefault(origin, len(numbers) + 1) for report, origin in sorted(of.items())}


def _source(
    session: Session,
    report: Report,
    number: int,
    total: int,
    origins: dict[ReportId, int],
    *,
    short: bool = False,
) -> "Text":
    from rich.text import Text

    article = report.article
    date = day_words(article.published) if article.published else "date unknown"
    mark = "*" if report.id in session.marked else " "
    who = chain_words(report.chain, article.outlet)
    head = f"{mark}{number + 1}/{total} {who}, {date}, origin {origins.get(report.id, '?')}"
    if short:
        words = " ".join(report.sentence.text.split())
        return Text.assemble((f"{head}: ", ""), (words, "dim"), no_wrap=True, overflow="ellipsis")
    return Text.assemble((head, "bold"), (f"  {type_label(report.type)}, {report.status.word}", "dim"))


def _around(text: str, sentences: Sequence[tuple[int, int]], report: Report) -> tuple[str, str]:
    """Return the words of the sentence before and of the one after the report's, on one line each."""
    start, end = report.sentence.start, report.sentence.end
    before = [text[a:b] for a, b in sentences if b <= start][-CONTEXT:]
    after = [text[a:b] for a, b in sentences if a >= end][:CONTEXT]
    return " ".join(" ".join(before).split()), " ".join(" ".join(after).split())


def _foot(session: Session) -> "Iterator[Text]":
    from rich.text import Text

    prompt = session.prompt
    if isinstance(prompt, Line):
        for number, hint in enumerate(prompt.hints):
            mark = "> " if number == prompt.chosen else "  "
            yield Text(f"{mark}{hint.label}", style="bold" if number == prompt.chosen else "", no_wrap=True)
        yield Text.assemble((f"{prompt.label}: ", "bold"), prompt.text, ("█", "dim"))
    elif isinstance(prompt, Pick):
        options = "  ".join(f"{number} {option}" for number, option in enumerate(prompt.options, 1))
        yield Text.assemble((f"{prompt.label}: ", "bold"), options, ("  esc leaves it", "dim"))
    elif session.marking:
        yield Text(
            f"{session.marking}: space marks the sentence in view ({len(session.marked)} marked), n, p move, "
            "enter is done, esc leaves it",
            style="bold",
        )
    if session.message:
        yield Text(session.message, style="bold yellow")
    shown = [(session.actions[name].key, name) for name in SHOWN_KEYS]
    yield Text("  ".join(f"{key} {name}" for key, name in shown), style="reverse", no_wrap=True)


def _keys(session: Session) -> "Iterator[RenderableType]":
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    for action in session.actions.values():
        grid.add_row(Text(action.key, style="bold"), Text(action.does))
    yield Text("Keys", style="bold")
    yield grid
    yield Text("any key leaves this page", style="dim")
