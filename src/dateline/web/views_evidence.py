"""The evidence of an event as a table: a column for each independent origin, a row for each field."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import Any, Literal

import msgspec

from dateline.export.base import Record
from dateline.export.cards import Quote, origins
from dateline.export.meanings import TIES
from dateline.export.wording import (
    COUNT_WORDS,
    counted,
    day_words,
    days_words,
    disputed_field,
    people_words,
    said_of,
    status_words,
    type_label,
    when_words,
    where_words,
)
from dateline.link.claims import count_key, status_key, when_key, where_key, who_key
from dateline.link.disagreements import side_text
from dateline.model.event import Claim, Disagreement, Event, Said, Side, Told
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report
from dateline.web.views import ArticleLink, Teller, article_link, published_words

State = Literal["agreed", "single", "differs", "disputed"]
# What a row's state means, in its head.
STATES: dict[State, str] = {
    "agreed": "all agree",
    "single": "from one origin",
    "differs": "told differently; all of it can be right",
    "disputed": "they cannot all be right",
}


class TieView(msgspec.Struct, frozen=True, kw_only=True):
    """Why two articles of a column count as one: the kind in words, the two outlets, and what shows it."""

    kind: str
    words: str
    between: tuple[str, str]
    articles: tuple[ArticleId, ArticleId]
    why: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One independent origin: its articles, earliest first, why they count as one, and their sentences."""

    number: int
    origin: str
    label: str
    articles: tuple[ArticleLink, ...]
    ties: tuple[TieView, ...]
    quotes: tuple[Quote, ...]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Who gives a value: whom the outlets quote, or the outlets themselves.

    `through` names the outlets that quote it where the column has several; `published` is the first day.
    """

    words: str
    through: str | None
    published: str
    reports: tuple[ReportId, ...]


class CellValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value that an origin gives or denies, its wordings, who says it, and which side of a dispute it is on.

    `sides` are positions in the row's disputes and their sides, as "dispute.side", both counted from 0.
    """

    words: str
    worded: tuple[str, ...]
    voices: tuple[Voice, ...]
    denied: bool = False
    sides: tuple[str, ...] = ()


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a dispute with everyone who gives it; `origins` says how many independent ones."""

    value: str
    said: tuple[Teller, ...]
    origins: str


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot all be right, in words and by sides; `weight` 0..1 says how much it matters."""

    text: str
    weight: float
    sides: tuple[SideView, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One field: what each origin says of it, in the order of the columns.

    `summary` is what the folded row shows; `by_readers` are values that people put in place.
    """

    field: str
    label: str
    state: State
    state_words: str
    summary: str
    cells: tuple[tuple[CellValue, ...], ...]
    disputes: tuple[Dispute, ...]
    by_readers: tuple[str, ...]


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class _Field(msgspec.Struct, frozen=True):
    """How a field is found and told: its name, its claims, and of a report the values with their wordings."""

    field: str
    label: str
    claims: tuple[Claim[Any], ...]
    words: Callable[[Any], str]
    key: Callable[[Any], Hashable]
    read: Callable[[Report], Iterable[tuple[Any, str | None]]]


def matrix_of(event: Event, record: Record) -> Matrix:
    """Return the evidence of `event`; `record` holds its reports and cards of its articles."""
    columns = _columns(event, record)
    told = [frozenset(_reports(column)) for column in columns]
    rows = (_row(field, event, record, told) for field in _fields(event) if field.claims)
    return Matrix(columns=columns, rows=tuple(rows))


def _reports(column: Column) -> Iterable[ReportId]:
    for quote in column.quotes:
        for printed in (quote.citation, *quote.copies):
            yield from printed.reports


def _columns(event: Event, record: Record) -> tuple[Column, ...]:
    found = []
    for number, origin in enumerate(origins(event, record, said_of(event)), 1):
        articles = _articles(origin.quotes, record)
        found.append(
            Column(
                number=number,
                origin=origin.id,
                label=origin.label,
                articles=articles,
                ties=tuple(_ties(event, articles)),
                quotes=origin.quotes,
            )
        )
    return tuple(found)


def _articles(quotes: Iterable[Quote], record: Record) -> tuple[ArticleLink, ...]:
    """Return the articles behind `quotes`, each once, in the order in which they were published."""
    found = {
        printed.article: record.reports[printed.reports[0]].article
        for quote in quotes
        for printed in (quote.citation, *quote.copies)
    }
    order = sorted(found.values(), key=lambda each: (each.published or "9999", each.id))
    return tuple(article_link(each) for each in order)


def _ties(event: Event, articles: Sequence[ArticleLink]) -> Iterable[TieView]:
    outlets = {each.id: each.outlet for each in articles}
    for tie in event.ties:
        if tie.left in outlets and tie.right in outlets:
            yield TieView(
                kind=tie.kind,
                words=TIES[tie.kind],
                between=(outlets[tie.left], outlets[tie.right]),
                articles=(tie.left, tie.right),
                why=tie.why,
            )


# rows


def _fields(event: Event) -> Iterable[_Field]:
    claims = event.claims
    yield _Field("type", "What", claims.type, type_label, str, lambda each: [(each.type, each.trigger.text)])
    yield _Field(
        "status", "Status", claims.status, status_words, status_key, lambda each: [(each.status, None)]
    )
    yield _Field("when", "When", claims.when, when_words, when_key, lambda each: [(each.when, each.when.text)])
    yield _Field("where", "Where", claims.where, where_words, where_key, lambda each: _worded(each.where))
    yield _Field("actors", "Who", claims.actors, _name, who_key, lambda each: _worded(each.actors))
    yield _Field("targets", "To whom", claims.targets, _name, who_key, lambda each: _worded(each.targets))
    for kind in dict.fromkeys(claim.value.kind for claim in claims.counts):
        found = tuple(claim for claim in claims.counts if claim.value.kind == kind)
        label = COUNT_WORDS[kind].capitalize()
        yield _Field(kind, label, found, people_words, count_key, lambda each: _worded(each.counts))


def _name(who: Any) -> str:
    return str(who.name)


def _worded(spans: Iterable[Any]) -> list[tuple[Any, str | None]]:
    return [(span, span.text) for span in spans]


def _row(field: _Field, event: Event, record: Record, columns: Sequence[Collection[ReportId]]) -> Row:
    disputes = [each for each in event.disagreements if disputed_field(each) == field.field]
    cells = tuple(tuple(_values(field, record, disputes, reports)) for reports in columns)
    state = _state(cells, disputed=bool(disputes))
    told = (value.words for cell in cells for value in cell if not value.denied)
    corrected = (f"{field.words(claim.value)} (corrected by {claim.by})" for claim in field.claims if claim.by)
    return Row(
        field=field.field,
        label=field.label,
        state=state,
        state_words=STATES[state],
        summary="; ".join(dict.fromkeys(told)),
        cells=cells,
        disputes=tuple(_dispute(each) for each in disputes),
        by_readers=tuple(corrected),
    )


def _values(
    field: _Field, record: Record, disputes: Sequence[Disagreement], here: Collection[ReportId]
) -> Iterable[CellValue]:
    """Give the values that the reports of `here` give or deny."""
    for claim in field.claims:
        for denied, sayings in ((False, claim.said), (True, claim.denied)):
            said = [one for one in sayings if one.report in here]
            if said:
                reports = {one.report for one in said}
                yield CellValue(
                    words=field.words(claim.value),
                    worded=_wordings(field, claim.value, reports, record),
                    voices=tuple(_voices(said)),
                    denied=denied,
                    sides=() if denied else tuple(_sides(disputes, reports, claim.value)),
                )


def _voices(said: Iterable[Said]) -> Iterable[Voice]:
    """Give who says it, those that copies quote once."""
    groups: dict[str | None, list[Said]] = {}
    for one in said:
        quoted = dict.fromkeys(link.name for link in one.chain if link.name != one.outlet)
        groups.setdefault(list(quoted)[-1] if quoted else None, []).append(one)
    for source, told in groups.items():
        outlets = dict.fromkeys(one.outlet or "outlet unknown" for one in told)
        yield Voice(
            words=source or ", ".join(outlets),
            through=", ".join(outlets) if source else None,
            published=published_words(min((one.published for one in told if one.published), default=None)),
            reports=tuple(one.report for one in told),
        )


def _sides(disputes: Sequence[Disagreement], reports: Collection[ReportId], value: Any) -> Iterable[str]:
    """Give the sides on which `reports` stand with `value`, as "dispute.side"."""
    for number, dispute in enumerate(disputes):
        words = side_text(dispute.field, value)
        for place, side in enumerate(dispute.sides):
            if any(told.report in reports and told.value == words for told in side.told):
                yield f"{number}.{place}"


def _state(cells: Sequence[Sequence[CellValue]], *, disputed: bool) -> State:
    if disputed:
        return "disputed"
    told = [{(value.words, value.denied) for value in cell} for cell in cells if cell]
    if len(told) < 2:
        return "single"
    return "agreed" if all(each == told[0] for each in told) else "differs"


def _dispute(disagreement: Disagreement) -> Dispute:
    return Dispute(
        text=disagreement.text,
        weight=disagreement.weight,
        sides=tuple(
            SideView(
                value=_side_words(disagreement.field, side.value),
                said=_tellers(side),
                origins=counted(side.origins, "independent origin"),
            )
            for side in disagreement.sides
        ),
    )


def _side_words(field: str, value: str) -> str:
    """Return the value of a side in words: a disagreement names days by their ISO dates."""
    if field != "when":
        return value
    first, _, last = value.partition(" to ")
    return days_words(first, last) if last else day_words(first)


def _tellers(side: Side) -> tuple[Teller, ...]:
    """Return who stands on a side, once where somebody says the same in several sentences of a day."""
    found: dict[tuple[str, str], Teller] = {}
    for told in side.told:
        teller = _told(told, side.value)
        found.setdefault((teller.words, teller.published), teller)
    return tuple(found.values())


def _told(told: Told, value: str) -> Teller:
    """Return who told it; what they told is added where it is not the side's own value."""
    words = ", quoting ".join(name for name in (told.outlet or "outlet unknown", told.source) if name)
    return Teller(
        report=told.report,
        article=told.article,
        words=words if told.value == value else f"{words}: {told.value}",
        published=published_words(told.published),
    )


def _wordings(field: _Field, value: Any, reports: Iterable[ReportId], record: Record) -> tuple[str, ...]:
    """Return how `reports` word the value, each wording once; the value's own words say nothing more."""
    key, shown = field.key(value), field.words(value).casefold()
    found = (
        " ".join(text.split())
        for identity in reports
        if identity in record.reports
        for read, text in field.read(record.reports[identity])
        if text and field.key(read) == key
    )
    return tuple(text for text in dict.fromkeys(found) if text.casefold() != shown)
