"""The places of one mention: spans that are one wording joined, those that it excepts left out."""

import re
from collections.abc import Sequence

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import is_common
from dateline.resolve.place_owners import with_owned
from dateline.resolve.place_phrase import read_phrase
from dateline.resolve.place_spans import read_places

_LINK = r"(?:in|of|with|near|around|at|from|on|to|into|towards?|between|along|inside|outside)"
_GLUE = re.compile(rf"\s+(?:{_LINK}\s+)?(?:the\s+)?")
_LINKED = re.compile(rf"(?<!\w){_LINK}(?:\s+the)?\s*\Z", re.IGNORECASE)
# "With the exception of the city of Hawija, ..."
_EXCEPTED = re.compile(
    r"(?<!\w)(?:except(?:\s+(?:for|in))?|exception\s+of|apart\s+from|aside\s+from|excluding|other\s+than|barring)\s+"
    r"(?:the\s+)?(?:\w+\s+of\s+)?\Z",
    re.IGNORECASE,
)
_REACH = 60
# What stands between a place and words that only tell where it lies ("the town of Hawija, west of Kirkuk").
_APPOSED = re.compile(r"\s*,\s*(?:(?:which\s+is|lying|located|situated|just|about|some)\s+)*")
_BESIDE = frozenset({"direction", "offset", "near"})


def read_group(
    spans: Sequence[Span], article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Where, ...]:
    """Return the places that the spans of one mention name together, in the order of the text.

    "Border with" and "the Salaheddine governorate" are one wording. What the text excepts is no place of it,
    and words that only tell how a known place lies to another give no second one.
    """
    found: list[Where] = []
    last: Span | None = None
    known = False
    for span in with_owned(joined(spans, article), article, gazetteer):
        apposed = (
            last is not None
            and _APPOSED.fullmatch(article.text, last.end, span.start) is not None
            and read_phrase(span.text).relation in _BESIDE
        )
        excepted = is_excepted(span, article)
        if apposed and known:
            continue
        read = () if excepted else read_places(span, article, context, gazetteer)
        found.extend(read)
        last, known = span, excepted or (bool(read) and all(one.precision != "unresolved" for one in read))
    return tuple(found)


def is_excepted(span: Span, article: Article) -> bool:
    """Tell whether the text says that it was everywhere but there ("with the exception of Hawija")."""
    return _EXCEPTED.search(article.text, max(0, span.start - _REACH), span.start) is not None


def joined(spans: Sequence[Span], article: Article) -> tuple[Span, ...]:
    """Return the spans in order, a common noun joined with the span that a preposition hangs on it."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and _hangs_on(found[-1], span, article):
            found[-1] = article.span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _hangs_on(first: Span, second: Span, article: Article) -> bool:
    gap = article.text[first.end : second.start]
    if second.start < first.end or not is_common(first.text, article.text) or not _GLUE.fullmatch(gap):
        return False
    return _LINKED.search(first.text + gap.rstrip()) is not None
