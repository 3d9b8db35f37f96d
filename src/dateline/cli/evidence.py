"""One event with all that speaks for it, and one article with its sentences, as a person reads them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dateline.cli.screen import SHORT_ID
from dateline.export.marks import LETTERS, marks_of, segments
from dateline.export.wording import (
    chain_words,
    corrected_words,
    corroboration_words,
    count_words,
    day_words,
    type_label,
    when_words,
    where_words,
    who_words,
    whose_words,
)
from dateline.model.article import Article
from dateline.model.event import Event, Figure
from dateline.model.report import Report
from dateline.model.values import When, Where

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from dateline.workspace import Evidence

# Colours that colour-blind readers tell apart; each span also carries its role's letter.
STYLES = {
    "trigger": "bold reverse",
    "actor": "underline blue",
    "target": "underline magenta",
    "place": "underline green",
    "time": "underline cyan",
    "number": "underline yellow",
}
LEGEND = "[A] actor  [T] target  [P] place  [W] when  [N] number; what happened is reversed, or in » «"


def event_page(evidence: "Evidence") -> "Iterator[RenderableType]":
    """Give an event: its fields, what is disputed, and who says it, with the sentences and the words marked."""
    from rich.text import Text

    event = evidence.event
    yield Text.assemble((f"{type_label(event.type)}, {event.status.word}", "bold"), (f"  {event.id}", "dim"))
    yield Text(corroboration_words(event), style="dim")
    yield Text()
    disputed = [("disputed", each.text) for each in event.disagreements]
    related = [(each.kind.replace("_", " "), f"{each.event}: {each.why}") for each in event.relations]
    noted = [("corrected", corrected_words(each)) for each in event.corrected]
    yield _pairs([*_fields(event), *disputed, *related, *noted])
    for block in (_figures(event), _ties(event, evidence.articles)):
        if block is not None:
            yield Text()
            yield from block
    yield Text()
    yield Text("Who says so", style="bold")
    for report in evidence.reports:
        yield Text()
        yield _head(report)
        yield _indented(marked_sentence(report))
        yield _indented(Text(_place_of(report), style="dim"))
    yield Text()
    yield Text(LEGEND, style="dim")


def _head(report: Report) -> "Text":
    from rich.text import Text

    article = report.article
    date = day_words(article.published) if article.published else "date unknown"
    head = Text.assemble(
        (f"{chain_words(report.chain, article.outlet)}, {date}", "bold"),
        (f"  {type_label(report.type)}, {report.status.word}", "dim"),
    )
    if article.origin:
        head.append(f"\ntaken from {article.origin}", style="dim")
    return head


def _place_of(report: Report) -> str:
    article = report.article
    title = f"“{article.title}” · " if article.title else ""
    return f"{title}{article.url or article.locator} · {article.id[:SHORT_ID]} · {report.id[:SHORT_ID]}"


def marked_sentence(report: Report) -> "Text":
    """Return the report's sentence with its spans underlined and lettered by role."""
    from rich.text import Text

    marks, outside = marks_of([report])
    text = Text()
    for segment in segments(report.sentence.text, marks):
        roles = [mark.role for mark in segment.marks]
        opening = "»" if "trigger" in roles else ""
        closing = "«" if opening and any(mark.role == "trigger" for mark in segment.closing) else ""
        words = segment.text.replace("\n", " ")
        text.append(f"{opening}{words}{closing}", style=" ".join(STYLES[role] for role in roles))
        for mark in segment.closing:
            if LETTERS[mark.role]:
                text.append(f"[{LETTERS[mark.role]}]", style="dim")
    for span in outside:
        text.append(f"  ({span.role} from another sentence: “{span.text}”)", style="dim")
    return text


def _indented(text: "Text") -> "RenderableType":
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 2))


def _pairs(rows: Sequence[tuple[str, str]]) -> "Table":
    """Return label and value side by side; a long value wraps beside its label."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        style = "bold red" if label == "disputed" else "bold"
        grid.add_row(Text(label, style=style), Text(value))
    return grid


def _fields(event: Event) -> Iterator[tuple[str, str]]:
    yield "when", f"{when_words(event.when)} ({_when_note(event.when)})"
    yield "where", _where_note(event.where)
    if event.actors:
        yield "who", who_words(event.actors)
    if event.targets:
        yield "to whom", who_words(event.targets)
    for count in event.counts:
        whose = whose_words(count)
        claimant = f", {count.claimant.name}" if count.claimant else ""
        yield count.kind, f"{count_words(count)}{' ' + whose if whose else ''} (“{count.text}”{claimant})"
    status = event.status
    axes = (status.reality, status.polarity, status.certainty, status.currency)
    yield "status", ", ".join((*axes, "contested") if status.contested else axes)
    walk = event.crosswalk
    plover = " ".join(part for part in (walk.plover.type, walk.plover.mode) if part)
    acled = " / ".join(part for part in (walk.acled.event_type, walk.acled.sub_event_type) if part)
    yield "PLOVER", plover or "–"
    yield "ACLED", acled or "–"
    yield "CAMEO", walk.cameo or "–"
    yield "GED", str(walk.ged) if walk.ged else "–"


def _figures(event: Event) -> "tuple[RenderableType, ...] | None":
    """Return how each number was told that was told more than once or is denied, by date."""
    from rich.text import Text

    rows = [row for figure in event.figures for row in _figure_rows(figure)]
    return (Text("How the figures were told", style="bold"), _pairs(rows)) if rows else None


def _figure_rows(figure: Figure) -> Iterator[tuple[str, str]]:
    if len(figure.history) < 2 and not figure.denied:
        return
    label = figure.kind if figure.of == "unknown" else f"{figure.kind} {figure.of}"
    best = "none" if figure.ucdp.best is None else figure.ucdp.best
    high = "not bounded" if figure.ucdp.high is None else figure.ucdp.high
    yield label, f"low {figure.ucdp.low}, best {best}, high {high}; lowest credible {figure.lowest_credible}"
    for mark, told in (*(("", one) for one in figure.history), *(("denied: ", one) for one in figure.denied)):
        who = ", quoting ".join(name for name in (told.outlet or "unnamed outlet", told.source) if name)
        yield (
            "",
            f"{day_words(told.published) if told.published else 'date unknown'}: {mark}{told.value} ({who})",
        )


def _ties(event: Event, articles: Mapping[str, Article]) -> "tuple[RenderableType, ...] | None":
    """Return which articles count as one origin, and why."""
    from rich.text import Text

    rows = [
        (tie.kind, f"{_named(articles, tie.left)} and {_named(articles, tie.right)}: {tie.why}")
        for tie in event.ties
    ]
    return (Text("Counted as one origin", style="bold"), _pairs(rows)) if rows else None


def _named(articles: Mapping[str, Article], identity: str) -> str:
    article = articles.get(identity)
    outlet = article.outlet if article and article.outlet else "unnamed outlet"
    return f"{outlet} ({identity[:SHORT_ID]})"


def _when_note(when: When) -> str:
    if not when.text:
        return f"not stated; lasted “{when.lasts}”" if when.lasts else "not stated"
    anchor = {"stated": "as stated", None: "no date to count from"}.get(
        when.anchor, f"counted from {when.anchor}"
    )
    parts = [f"“{when.text}”", anchor, f"precision: {when.precision}"]
    if when.basis == "inherited":
        parts.append("from a sentence before")
    if when.assumed:
        parts.append(when.assumed)
    if when.lasts:
        parts.append(f"lasted “{when.lasts}”")
    return "; ".join(parts)


def _where_note(where: Where | None) -> str:
    if where is None:
        return "place unknown"
    parts = [f"“{where.text}”", where.basis, f"precision: {where.precision}"]
    if where.radius_km is not None:
        parts.append(f"within {where.radius_km:g} km")
    if where.latitude is not None and where.longitude is not None:
        parts.append(f"{where.latitude:.4f}, {where.longitude:.4f}")
    return f"{where_words(where)} ({'; '.join(parts)})"


def article_page(article: Article) -> "Iterator[RenderableType]":
    """Give an article: what is known of it, its sentences with their offsets, and what was left out."""
    from rich.table import Table
    from rich.text import Text

    published = article.published
    date = f"{published.date or 'unknown'} ({published.precision}; {published.rule or 'no rule found one'})"
    yield Text.assemble((article.title or "no title", "bold"), (f"  {article.id}", "dim"))
    rows = [
        ("outlet", article.outlet or "unknown"),
        ("byline", article.byline or ""),
        ("published", date + (f" “{published.text}”" if published.text else "")),
        ("taken from", f"{article.origin.name} ({article.origin.kind})" if article.origin else ""),
        ("address", article.url or ""),
        ("read from", article.locator),
    ]
    yield _pairs([row for row in rows if row[1]])
    yield Text()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, justify="right", style="dim")
    grid.add_column(overflow="fold")
    for start, end in article.sentences:
        grid.add_row(f"{start}–{end}", Text(article.text[start:end].replace("\n", " ")))
    yield grid
    if article.removed:
        yield Text()
        yield Text("Left out as furniture of the page", style="bold")
        yield _pairs([(removed.rule, removed.text) for removed in article.removed])
