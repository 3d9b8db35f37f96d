"""Span: a stretch of an Article's text."""

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """Characters `text[start:end]` of an Article's text.

    `start` and `end` are half-open offsets in Unicode code points, 0 <= start <= end;
    `text` is the wording found there, kept so that a record can be read without its article.
    """

    start: int
    end: int
    text: str

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


def span_of(text: str, start: int, end: int) -> Span:
    """Return the Span of `text[start:end]`.

    Raises ValueError where the offsets do not lie in the text in order.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"offsets {start}:{end} do not lie within a text of {len(text)} characters")
    return Span(start, end, text[start:end])
