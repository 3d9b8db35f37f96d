"""What the report shows of one event, in words: the view that the template prints."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dateline.export.base import Record, reports_of
from dateline.export.marks import Part, Segment, marks_of, segments
from dateline.export.wording import (
    COUNT_WORDS,
    PRECISIONS,
    STATUS_MEANINGS,
    chain_words,
    corroboration_words,
    count_words,
    counted,
    day_words,
    disputed_field,
    is_warning,
    people_words,
    said_of,
    status_group,
    status_words,
    type_family,
    type_label,
    when_words,
    where_words,
    who_words,
    whose_words,
)
from dateline.model.event import Claim, Event, Said
from dateline.model.ids import ArticleId, OriginId, ReportId
from dateline.model.report import Report
from dateline.model.values import When, Where

_PRECISE = {
    "part_of_day": "to a part of the day",
    "day": "to the day",
    "week": "to the week",
    "month": "to the month",
    "season": "to the season",
    "year": "to the year",
    "range": "a stretch of time",
    "unknown": "precision not known",
}


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a sentence was printed, with the reports read from it there.

    `url` is an http(s) address or None; `start` is where the sentence begins in the article's text.
    """

    article: ArticleId
    start: int
    reports: tuple[ReportId, ...]
    outlet: str
    published: str
    title: str
    url: str | None
    chain: str
    locator: str


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One source sentence with its marks.

    `parts` are the marked words one by one, `outside` those that stand in another sentence; `copies` are other
    articles that print the same words.
    """

    segments: tuple[Segment, ...]
    levels: int
    parts: tuple[Part, ...]
    outside: tuple[Part, ...]
    status: str
    citation: Citation
    copies: tuple[Citation, ...]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences that go back to one independent origin."""

    id: str
    label: str
    quotes: tuple[Quote, ...]


class ClaimLine(msgspec.Struct, frozen=True):
    """One claimed value in words, and who gives it."""

    value: str
    said: tuple[str, ...]
    origins: str


class ClaimField(msgspec.Struct, frozen=True):
    """All claimed values of one field; `disputed` when they cannot all be right."""

    name: str
    lines: tuple[ClaimLine, ...]
    disputed: bool


class Count(msgspec.Struct, frozen=True):
    """A shown count: what was counted, the numbers and whose."""

    kind: str
    words: str
    of: str
    text: str


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One event as the report shows it."""

    id: str
    type: str
    label: str
    family: str
    status: str
    meaning: str
    group: str
    warning: bool
    when: str
    when_notes: tuple[str, ...]
    where: str
    where_notes: tuple[str, ...]
    actors: str
    targets: str
    counts: tuple[Count, ...]
    corroboration: str
    chains: tuple[str, ...]
    disagreements: tuple[str, ...]
    claims: tuple[ClaimField, ...]
    origins: tuple[Origin, ...]


def card(event: Event, record: Record) -> Card:
    """Return the card of `event`."""
    said = said_of(event)
    return Card(
        id=event.id,
        type=event.type,
        label=type_label(event.type),
        family=(type_family(event.type) or "").replace("_", " "),
        status=event.status.word,
        meaning=STATUS_MEANINGS.get(event.status.word, ""),
        group=status_group(event.status.word),
        warning=is_warning(event.status),
        when=when_words(event.when),
        when_notes=when_notes(event.when),
        where=where_words(event.where),
        where_notes=where_notes(event.where),
        actors=who_words(event.actors),
        targets=who_words(event.targets),
        counts=tuple(
            Count(COUNT_WORDS[count.kind], count_words(count), whose_words(count), count.text)
            for count in event.counts
        ),
        corroboration=corroboration_words(event),
        chains=tuple(dict.fromkeys(chain_words(one.chain, one.outlet) for one in said)),
        disagreements=tuple(item.text for item in event.disagreements),
        claims=claim_fields(event),
        origins=origins(event, record, said),
    )


def when_notes(when: When) -> tuple[str, ...]:
    """Return how the time was read: wording, precision, anchor, what was assumed, how long it lasted."""
    lasted = [f"lasted “{when.lasts}”"] if when.lasts else []
    if when.basis == "none" and not when.text and not when.start and not when.end:
        return ("no time is given", *lasted)
    notes = [f"worded “{when.text}”"] if when.text else []
    notes.append(_PRECISE[when.precision])
    kind, _, value = (when.anchor or "").partition(":")
    if kind == "published":
        notes.append(f"read from the publication date, {day_words(value)}")
    elif kind == "context":
        notes.append(f"read from another date in the text, {day_words(value)}")
    elif kind == "stated":
        notes.append("the date is in the text")
    if when.basis == "inherited":
        notes.append("carried over from a sentence before")
    if when.assumed:
        notes.append(f"assumed: {when.assumed}")
    return (*notes, *lasted)


def where_notes(where: Where | None) -> tuple[str, ...]:
    """Return how the place was read: its wording, precision, radius and basis."""
    if where is None:
        return ("no place is given",)
    notes = [f"worded “{where.text}”"] if where.text and where.text != where.name else []
    precision = PRECISIONS[where.precision]
    notes.append(f"{precision}, within {where.radius_km:g} km" if where.radius_km else precision)
    if where.basis == "inherited":
        notes.append("carried over from a sentence before")
    elif where.basis == "dateline":
        notes.append("taken from the head of the dispatch")
    return tuple(notes)


def claim_fields(event: Event) -> tuple[ClaimField, ...]:
    """Return the claims field by field, as words; fields that nobody fills are left out."""
    claims = event.claims
    disputed = {disputed_field(item) for item in event.disagreements}
    kinds = tuple(dict.fromkeys(claim.value.kind for claim in claims.counts))
    fields: list[tuple[str, str, Sequence[ClaimLine]]] = [
        ("Type", "type", [_line(type_label(claim.value), claim) for claim in claims.type]),
        ("Status", "status", [_line(status_words(claim.value), claim) for claim in claims.status]),
        ("When", "when", [_line(when_words(claim.value), claim) for claim in claims.when]),
        ("Where", "where", [_line(where_words(claim.value), claim) for claim in claims.where]),
        ("Actor", "actors", [_line(claim.value.name, claim) for claim in claims.actors]),
        ("Target", "targets", [_line(claim.value.name, claim) for claim in claims.targets]),
    ]
    for kind in kinds:
        lines = [_line(people_words(claim.value), claim) for claim in claims.counts if claim.value.kind == kind]
        fields.append((COUNT_WORDS[kind].capitalize(), kind, lines))
    return tuple(
        ClaimField(name, tuple(lines), key in disputed and len(lines) > 1)
        for name, key, lines in fields
        if lines
    )


def _line(value: str, claim: Claim[Any]) -> ClaimLine:
    if claim.by is not None:
        return ClaimLine(value, (f"corrected by {claim.by}",), "a reader's verdict")
    said = tuple(dict.fromkeys(chain_words(one.chain, one.outlet) for one in claim.said))
    return ClaimLine(value, said, counted(claim.origins, "independent origin"))


def origins(event: Event, record: Record, said: Iterable[Said]) -> tuple[Origin, ...]:
    """Return the event's sentences grouped by their independent origin, copies folded into one quote."""
    by_report: dict[ReportId, Said] = {one.report: one for one in said}
    groups: dict[OriginId | str, list[Report]] = {}
    for report in reports_of(event, record):
        key = by_report[report.id].origin if report.id in by_report else report.article.id
        groups.setdefault(key, []).append(report)
    found = []
    for origin, reports in groups.items():
        outlets = tuple(dict.fromkeys(report.article.outlet or "outlet unknown" for report in reports))
        found.append(Origin(id=origin, label=" · ".join(outlets), quotes=tuple(_quotes(reports, record))))
    return tuple(found)


def _quotes(reports: Sequence[Report], record: Record) -> list[Quote]:
    by_words: dict[str, dict[tuple[str, int], list[Report]]] = {}
    for report in reports:
        printed = by_words.setdefault(report.sentence.text, {})
        printed.setdefault((report.article.id, report.sentence.start), []).append(report)
    quotes = []
    for text, printed in by_words.items():
        first, *rest = printed.values()
        marks, outside = marks_of(first)
        quotes.append(
            Quote(
                segments=segments(text, marks),
                levels=max((mark.level for mark in marks), default=0) + 1,
                parts=tuple(Part(mark.role, text[mark.start : mark.end], mark.meaning) for mark in marks),
                outside=outside,
                status=", ".join(dict.fromkeys(report.status.word for report in first)),
                citation=citation(first, record),
                copies=tuple(citation(copy, record) for copy in rest),
            )
        )
    return quotes


def citation(reports: Sequence[Report], record: Record) -> Citation:
    """Return where the sentence of `reports` was printed, from the record's card where it has one."""
    report = reports[0]
    source = record.articles.get(report.article.id) or report.article
    return Citation(
        article=report.article.id,
        start=report.sentence.start,
        reports=tuple(each.id for each in reports),
        outlet=source.outlet or "outlet unknown",
        published=day_words(source.published) if source.published else "date of publication unknown",
        title=source.title or "untitled",
        url=web_address(source.url),
        chain=chain_words(report.chain, source.outlet),
        locator=source.locator,
    )


def web_address(url: str | None) -> str | None:
    """Return `url` when it is an http or https address that is safe to link to, else None."""
    if not url or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
