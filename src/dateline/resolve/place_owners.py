"""Places that own others or parts: "Nigeria's Borno state", "Congo's east", "Mali's border with Niger"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import normalise
from dateline.resolve.nations import load_nations
from dateline.resolve.place_phrase import OWNED_PARTS, OWNS
from dateline.resolve.place_words import compass_words

_TITLED = r"[^\W\d_a-zß-ÿ]"
# Words without a capital between an owner and what it owns ("troubled", "rebel-held").
_LIKE = r"(?:(?!(?:in|at|on|of|from|to|near|with|by|for|into|over|and|or)\s)[a-z][a-z-]*\s+){0,3}?"
# An owner is a name alone: "El Geneina in Sudan's Darfur" is El Geneina.
_OWNER = rf"{_TITLED}[\w-]*(?:[ -](?:of |of the |al-|el-)?{_TITLED}[\w-]*){{0,4}}"
_INNER = re.compile(rf"(?:[a-z][a-z-]*\s+){{0,2}}{_OWNER}{OWNS}\s+{_LIKE}(?={_TITLED})")
_TO_NEXT = re.compile(rf"{OWNS}\s+{_LIKE}")
_OWNER_END = re.compile(rf"{OWNS}\Z")
_TO_BORDER = re.compile(rf"{OWNS}\s+(?:[a-z-]+\s+)?(?:border|boundary|frontier)\s+with\s+(?:the\s+)?\Z")


# Characters before a place in which the name stands that it contains.
_HELD_REACH = 60


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    part = rf"(?:far\s+)?(?:(?:{compass_words()})(?:\s+{OWNED_PARTS}|(?<!ern)(?<!central))|capital(?:\s+city)?)"
    return re.compile(rf"{OWNS}\s+{_LIKE}{part}(?![\w-]|\s+{_TITLED}|\s+of\s)")


@lru_cache(maxsize=1)
def _way() -> re.Pattern[str]:
    return re.compile(rf"(?:far\s+)?(?:{compass_words()})\s+(?={_TITLED})")


_NAME = rf"{_TITLED}[\w’'-]*(?:[ -](?:al-|el-)?{_TITLED}[\w’'-]*){{0,3}}"
_HELD = re.compile(rf"(?<!\w)(?:in|at|near|outside|around|from|to|of)\s+(?:the\s+)?(?P<name>{_NAME}),\s+\Z")


def with_held(spans: Sequence[Span], article: Article) -> tuple[Span, ...]:
    """Return the spans of places, each with the name right before it that it contains ("Sarmada, Syria")."""
    found: list[Span] = []
    for span in sorted(spans):
        before = _HELD.search(article.text, max(0, span.start - _HELD_REACH), span.start)
        held = None if before is None else article.span(*before.span("name"))
        if held is not None and span.text[:1].isupper() and not any(held.overlaps(one) for one in spans):
            found.append(held)
        found.append(span)
    return tuple(found)


def with_owned(spans: Sequence[Span], article: Article, gazetteer: Gazetteer) -> tuple[Span, ...]:
    """Return the spans of places in order, each owner led over into what it owns.

    "Nigeria's" before "Borno state" goes, since the latter lies in it; "Congo's east" and "Mali's border with
    Niger" are one span each; "Congo's Ituri province" becomes that of the province. Names that only look so
    ("Martha's Vineyard") stay as they are.
    """
    text, found = article.text, list[Span]()
    waiting = sorted(spans)
    while waiting:
        whole = waiting.pop(0)
        span = _without_end(_inner(whole, article, gazetteer), article, gazetteer)
        part = _part().match(text, span.end)
        after = waiting[0] if waiting else None
        if after is not None and part is not None and after.end <= part.end():
            waiting.pop(0)
        elif after is not None and _TO_BORDER.search(text, span.start, after.start) is not None:
            waiting[0] = article.span(whole.start, after.end)
            continue
        elif after is not None and _leads(text, span, after):
            waiting[0] = _without_way(after, article)
            continue
        found.append(span if part is None else article.span(span.start, part.end()))
    return tuple(found)


def _leads(text: str, span: Span, after: Span) -> bool:
    """Tell whether what stands in `span` owns what stands in the next."""
    return after.text != after.text.lower() and _TO_NEXT.fullmatch(text, span.end, after.start) is not None


def _inner(span: Span, article: Article, gazetteer: Gazetteer) -> Span:
    """Return the name that a name in the same span owns; the span itself where there is none."""
    led = _INNER.match(span.text)
    if led is None or gazetteer.has(normalise(span.text)):
        return span
    return article.span(span.start + led.end(), span.end)


def _without_way(span: Span, article: Article) -> Span:
    """Leave out on which side of its owner a place lies ("Pakistan's [southwestern] Balochistan province")."""
    way = _way().match(span.text)
    return span if way is None else article.span(span.start + way.end(), span.end)


def _without_end(span: Span, article: Article, gazetteer: Gazetteer) -> Span:
    """Leave out the possessive ending, unless the name has one ("St. John's")."""
    end = _OWNER_END.search(span.text)
    if end is None or end.start() == 0:
        return span
    bare = span.text[: end.start()]
    if gazetteer.has(normalise(span.text)) and load_nations().country_of(bare) is None:
        return span
    return article.span(span.start, span.start + end.start())
