"""Articles and events as rows: what of them is a column, so that filters need not open their JSON."""

from collections.abc import Iterator
from typing import Any

from dateline.model.article import Article
from dateline.model.event import Event, tellings
from dateline.model.ids import ArticleId
from dateline.model.quotations import Quotation, quotations
from dateline.model.values import Where
from dateline.model.wire import decode, encode

# id, outlet, published, credited origin, signature, locator, quotes: the fields of link's Facts, in this order.
FactsRow = tuple[ArticleId, str | None, str | None, str | None, tuple[int, ...], str, tuple[Quotation, ...]]

Row = tuple[str | int | float | None, ...]

_ARTICLE_COLUMNS = ("outlet", "published", "origin", "locator", "signature", "quotes", "payload", "id")

INSERT_ARTICLE = f"INSERT INTO articles ({', '.join(_ARTICLE_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SET_ARTICLE = ", ".join(f"{name} = ?" for name in _ARTICLE_COLUMNS[:-1])
UPDATE_ARTICLE = f"UPDATE articles SET {_SET_ARTICLE}, coder = NULL WHERE id = ?"

EVENT_COLUMNS = (
    "number", "id", "type", "date_start", "date_end", "reality", "polarity", "certainty", "currency", "word",
    "articles", "origins", "disputed", "claims", "words", "payload",
)  # fmt: skip

INSERT_EVENT = f"INSERT INTO events ({', '.join(EVENT_COLUMNS)}) VALUES ({', '.join('?' * len(EVENT_COLUMNS))})"
_INSERT_REPORT = "INSERT INTO event_reports VALUES (?, ?, ?)"
_INSERT_RELATION = "INSERT INTO event_relations VALUES (?, ?)"


def article_row(article: Article) -> Row:
    """Return the values that INSERT_ARTICLE and UPDATE_ARTICLE bind."""
    return (
        article.outlet,
        article.published.date,
        article.origin.name if article.origin else None,
        article.locator,
        encode(article.signature).decode(),
        encode(quotations(article.text)).decode(),
        encode(article).decode(),
        article.id,
    )


# Older articles have no quotes: their payload is given instead, and their text is asked.
FACTS_COLUMNS = "id, outlet, published, origin, signature, locator, coalesce(quotes, payload), quotes IS NULL"


def facts_row(row: tuple[Any, ...]) -> FactsRow:
    """Return what linking needs of an article from the values of FACTS_COLUMNS."""
    quotes = quotations(decode(row[6], Article).text) if row[7] else tuple(decode(row[6], list[Quotation]))
    return (row[0], row[1], row[2], row[3], tuple(decode(row[4], list[int])), row[5], quotes)


def event_row(event: Event) -> Row:
    """Return the values that INSERT_EVENT binds after the number; the last is the event as JSON."""
    status = event.status
    return (
        event.id,
        event.type,
        event.when.start,
        event.when.end,
        status.reality,
        status.polarity,
        status.certainty,
        status.currency,
        status.word,
        event.articles,
        event.origins,
        len(event.disagreements),
        sum(1 for _ in tellings(event)),
        search_words(event),
        encode(event).decode(),
    )


def search_words(event: Event) -> str:
    """Return what search looks through: the sentences behind the event, its places and its actors."""
    lines: dict[str, None] = {}
    for claim in event.claims.type:
        lines.update(dict.fromkeys(said.sentence.text for said in claim.said))
    for place in _places(event):
        lines.update(dict.fromkeys(text for text in (place.name, place.admin1, place.within) if text))
    for who in (*event.claims.actors, *event.claims.targets):
        lines[who.value.name] = None
    lines[event.type.replace("_", " ")] = None
    return "\n".join(lines)


def event_parts(event: Event) -> Iterator[tuple[str, Row]]:
    """Give the statements that store what an event is made of and stands to, each with its values.

    The event's number goes before these.
    """
    for report in _report_rows(event):
        yield _INSERT_REPORT, report
    for other in dict.fromkeys(relation.event for relation in event.relations):
        yield _INSERT_RELATION, (other,)


def _places(event: Event) -> Iterator[Where]:
    if event.where is not None:
        yield event.where
    for claim in event.claims.where:
        yield claim.value


def _report_rows(event: Event) -> Iterator[Row]:
    """Give the report and article of each report of the event, by report."""
    articles = {said.report: said.article for claim in event.claims.type for said in claim.said}
    for report in event.reports:
        yield report, articles.get(report, "")
