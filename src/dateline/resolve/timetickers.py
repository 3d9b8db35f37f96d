"""Tickers and live pages: lines that begin with a clock time are of the day of the page, or of one they name.

"15:05 Four dead now" is of the day of publication. A line that begins with its day ("Saturday 19:00 ...") is of
that day, and so are the lines after it that begin with nothing but a clock time.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span, span_of
from dateline.model.values import When
from dateline.resolve.timefinding import find_times
from dateline.resolve.timeforms import TimeExpression
from dateline.resolve.timeheads import is_now
from dateline.resolve.timeplacing import Anchors, anchored_on, from_published, publication_day
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
    published = anchored_on(article.published)
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


def line_of(lines: Sequence[Line], trigger: Span) -> Line | None:
    """Return the line of a ticker in which a trigger stands, None where the text is no ticker."""
    return next((line for line in lines if line.start <= trigger.start < line.end), None)


def is_clock_of(line: Line, chosen: TimeExpression) -> bool:
    """Tell whether a time is the clock of its line, or a "now": it is of the line's day."""
    return line.when.span is not None and (is_now(chosen) or line.when.span.overlaps(chosen.span))


_COUNTED = re.compile(
    r"(?<!\w)(?:(?:toll|death\s+count)(?=[^.;]{0,40}?(?<!\w)(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|dozen|\w+teen|\w+ty(?!\w)))|(?:dead|deaths|killed|bodies|coffins)(?:\s+[\w’'-]+){0,3}?\s+(?:now|so\s+far)|"
    r"now\s+(?:\w+\s+){0,2}dead|(?:rises?|risen|rose|climbs?|climbed)\s+to|up\s+from)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z\d,]\s)[A-Z][\w’'-]+")
_STOP = re.compile(r"[.!?;]\s")


def day_of_count(article: Article, lines: Sequence[Line], line: Line, trigger: Span) -> When | None:
    """Return the day before that of the page on which what a line counts anew had happened, or None.

    "18:05 Toll in Harim now 112" is of the day that a line tells of Harim ("stormed yesterday"), or of that of
    an earlier count in the same line ("Last night it was eight").
    """
    text, published = article.text, anchored_on(article.published)
    start, end = _sentence(text, line, trigger.start)
    page = line.when.start
    if page is None or _COUNTED.search(text, start, end) is None:
        return None
    spans = [(end, line.end)] if end < line.end else []
    for name in _NAME.findall(text[start:end]):
        named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        told = (
            found.start()
            for other in lines
            if other != line
            for found in named.finditer(text, other.start, other.end)
        )
        spans.extend(_sentence(text, next(o for o in lines if o.start <= at < o.end), at) for at in told)
    for low, high in spans:
        for time in find_times(text, low, high):
            when = resolve_time(time, published, tense="past") if names_day(time) else When()
            if when.start is not None and when.start == when.end and when.start < page:
                return msgspec.structs.replace(when, basis="inherited")
    return None


def _sentence(text: str, line: Line, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence of a line in which `at` lies."""
    low = max((stop.end() for stop in _STOP.finditer(text, line.start, at)), default=line.start)
    stop = _STOP.search(text, at, line.end)
    return low, stop.end() if stop is not None else line.end
