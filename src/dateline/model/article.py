"""Article: clean, immutable text and what is known about its publication."""

from typing import Literal

import msgspec

from dateline.model.ids import ArticleId, CaptureId
from dateline.model.span import Span, span_of

DatePrecision = Literal["second", "day", "month", "year", "unknown"]


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """When the article was published, as far as it is known.

    `date` is ISO 8601 cut to the precision ("2016-10-21", "2016-10", "2016"; day also for "second"),
    or None when unknown. `rule` names what found it ("given", "json-ld", "opengraph", "url", ...).
    """

    date: str | None = None
    precision: DatePrecision = "unknown"
    rule: str | None = None
    text: str | None = None


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a dispatch: "Erbil –", "Kirkuk (Outlet.com)". Spans lie in the article's text."""

    place: Span | None = None
    outlet: Span | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where the article says that it comes from, when that is not its own outlet.

    `kind`: "credit" ("Source: X", "By N. N., VOA"), "wire" (an agency's mark), "declared", or "told" (people in
    the text "told X", whose reporters therefore wrote it).
    `text` is the wording of the credit.
    """

    name: str
    kind: Literal["credit", "wire", "declared", "told"]
    text: str | None = None


class Removed(msgspec.Struct, frozen=True):
    """A line of page furniture that was taken out of the text, and the rule that did it."""

    rule: str
    text: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article, ready to be coded. All offsets anywhere in dateline point into `text`.

    `text` is the body in reading order: paragraphs parted by one blank line, no headline, no furniture,
    Unicode as found (never normalised after offsets exist). `sentences` are half-open (start, end) offsets
    in order, not overlapping. `signature` is for finding reprints (`model.signature`). `locator` is where it
    was read from; it is not part of the identity.
    """

    id: ArticleId
    capture: CaptureId
    locator: str
    url: str | None
    title: str | None
    outlet: str | None
    byline: str | None
    published: Published
    language: str
    dateline: Dateline | None
    origin: Origin | None
    text: str
    text_sha256: str
    sentences: tuple[tuple[int, int], ...]
    removed: tuple[Removed, ...] = ()
    signature: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the Span of `text[start:end]`; raises ValueError outside the text."""
        return span_of(self.text, start, end)

    def sentence_at(self, offset: int) -> int | None:
        """Return the index of the sentence that holds the code point at `offset`, or None."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            start, end = self.sentences[middle]
            if offset < start:
                high = middle
            elif offset >= end:
                low = middle + 1
            else:
                return middle
        return None
