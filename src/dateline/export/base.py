"""What an exporter is, and the Record that it writes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Protocol, runtime_checkable

import msgspec

from dateline.model.article import Article
from dateline.model.event import Event
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report


class ArticleCard(msgspec.Struct, frozen=True, kw_only=True):
    """As much of an article as a reader of an export needs; the text itself stays at home.

    `published` is the ISO date cut to its precision, or None when unknown; `origin` names where the article
    says that it comes from, when that is not its own outlet.
    """

    id: ArticleId
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    locator: str
    origin: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that goes into one export, in the order in which it is to be shown.

    `reports` and `articles` hold at least what the events name; `rejected` counts the inputs that were refused.
    For an exporter that works in parts the events may come one by one, and the two then hold what the event
    that came last names.
    """

    events: Iterable[Event]
    reports: Mapping[ReportId, Report]
    articles: Mapping[ArticleId, ArticleCard]
    title: str
    rejected: int = 0


class Exporter(Protocol):
    """A file format for events. Members of the entry-point group `dateline.exporters`.

    `name` is what a user types, `suffix` begins with a dot, `media_type` is the IANA name.
    """

    name: str
    suffix: str
    media_type: str

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write `record` to `stream`: the same bytes for the same record; the stream is left open."""
        ...


@runtime_checkable
class InParts(Protocol):
    """An exporter that goes through the events once, so that a record may be larger than the memory."""

    def parts(self, record: Record) -> Iterator[bytes]:
        """Give what `write` writes, bit by bit."""
        ...


def card_of(article: Article) -> ArticleCard:
    """Return the card of `article`."""
    return ArticleCard(
        id=article.id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published.date,
        locator=article.locator,
        origin=article.origin.name if article.origin else None,
    )


def reports_of(event: Event, record: Record) -> tuple[Report, ...]:
    """Return the event's reports that the record holds: earliest published first, undated last."""
    found = [record.reports[identity] for identity in event.reports if identity in record.reports]
    return tuple(
        sorted(
            found,
            key=lambda report: (
                report.article.published or "9999",
                report.article.outlet or "",
                report.article.id,
                report.sentence.start,
                report.trigger.start,
                report.id,
            ),
        )
    )
