"""Tickers and live pages: lines that begin with a clock time are of the day of the page, or of one they name.

"15:05 Four dead now" is of the day of publication. A line that begins with its day ("Saturday 19:00 ...") is of
that day, and so are the lines after it that begin with nothing but a clock time.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span, span_of
from dateline.model.values import When
from dateline.resolve.timefinding import find_times
from dateline.resolve.timeforms import TimeExpression
from dateline.resolve.timeplacing import Anchors, from_published, publication_day
from dateline.resolve.timeroles import names_day
from dateline.resolve.times import resolve_time

# How far into a line its day and clock may reach: "Wednesday, 14 September 2016, 19:00".
_HEAD_REACH = 45
_CLOCK = re.compile(
    r"(?P<before>[^\n]{0,36}?)(?<![\d:.])(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?![\d:%]|\.\d)"
)
_MARKS = " \t*•·-–—>|,:[("
_LINE = re.compile(r"[^\n]+")
# Behind the clock a line of a ticker begins anew; "10.30 million" and "19:00 on Monday" do not.
_FRESH = re.compile(
    r"[\s\])–—|:.,-]*(?i:gmt|utc|local time|hrs|hours|[ap]\.?m\.?)?[\s\])–—|:.,-]*[\"“‘]?[A-Z0-9]"
)


class Line(msgspec.Struct, frozen=True):
    """A line of a ticker: where it begins and ends, and its day, with no dates where the day is not known."""

    start: int
    end: int
    when: When


class _Head(msgspec.Struct, frozen=True):
    """The head of a line: its minutes since midnight and the day that it names, where it does."""

    span: Span
    minutes: int
    day: TimeExpression | None


def ticker_lines(article: Article) -> tuple[Line, ...]:
    """Return the lines of a ticker in their order, each with its day; none where the text is no ticker."""
    heads = [(line, head) for line, head in _lines(article.text)]
    if not any(head is not None for _, head in heads):
        return ()
    published = Anchors(published=article.published.date, published_precision=article.published.precision)
    found: list[Line] = []
    day = _of_page(published)
    last: int | None = None
    for line, head in heads:
        if head is None:
            continue
        if head.day is not None:
            day, last = resolve_time(head.day, published, tense="past"), None
        elif last is not None and head.minutes < last and _rises(heads):
            # past midnight: of the day after, which no line names
            day = When()
        last = head.minutes
        when = msgspec.structs.replace(day, text=head.span.text, span=head.span) if day.start else When()
        found.append(Line(line.start(), line.end(), when))
    return tuple(found)


def _of_page(anchors: Anchors) -> When:
    day = publication_day(anchors)
    if day is None:
        return When()
    return When(
        start=day.isoformat(),
        end=day.isoformat(),
        precision="day",
        anchor=from_published(anchors),
        assumed="of the day of the page, whose lines begin with the time of day",
        basis="stated",
    )


def _lines(text: str) -> Iterator[tuple["re.Match[str]", _Head | None]]:
    for line in _LINE.finditer(text):
        yield line, _head(text, line)


def _head(text: str, line: "re.Match[str]") -> _Head | None:
    clock = _CLOCK.match(text, line.start(), min(line.end(), line.start() + _HEAD_REACH))
    if clock is None or int(clock["hour"]) > 24 or not _FRESH.match(text, clock.end(), line.end()):
        return None
    before = clock["before"].strip(_MARKS)
    day = None
    if before:
        start = text.index(before, line.start())
        named = [each for each in find_times(text, start, start + len(before)) if names_day(each)]
        if len(named) != 1 or named[0].span.text.strip(".") != before.strip("."):
            return None
        day = named[0]
    minutes = 60 * int(clock["hour"]) + int(clock["minute"])
    first = day.span.start if day is not None else clock.start("hour")
    return _Head(span_of(text, first, clock.end()), minutes, day)


def _rises(heads: list[tuple["re.Match[str]", _Head | None]]) -> bool:
    """Tell whether the lines run from early to late; many pages put the latest line first."""
    clocks = [head.minutes for _, head in heads if head is not None]
    ups = sum(one <= two for one, two in pairwise(clocks))
    return ups > len(clocks) - 1 - ups
