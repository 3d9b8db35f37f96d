"""Provinces and countries told of without a name: "in the province", after a town, is where the town lies."""

import re
from functools import lru_cache

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import type_words
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import told_before
from dateline.resolve.place_where import known_reading, where_at
from dateline.resolve.places import read_place

# A part of a province in some countries and its equal in others: led back to a town, as its equal.
_DEPARTMENT = "department"
# So far before the noun its determiner is looked for, in characters.
_WIDEST = 40


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    nouns = sorted({*(word for word, kind in type_words().after.items() if kind == "admin1"), _DEPARTMENT})
    return re.compile(
        rf"(?<!\w)(?:the|this|that)\s+(?:whole\s+|entire\s+)?(?:(?P<area>{'|'.join(nouns)})|country)\s*\Z",
        re.IGNORECASE,
    )


def read_container(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where | None:
    """Return the first-level area or country of the town that was named last; None for other wordings.

    Where the area itself was named shortly before, its name has been read already (`place_definite`).
    """
    found = _pattern().search(article.text, max(0, span.start - _WIDEST), span.end)
    if found is None:
        return None
    for candidate in reversed(told_before(span, article, context, gazetteer)):
        name = article.span(candidate.name.start, candidate.name.end)
        inner = read_place(name, article, context, gazetteer)
        if inner is None or inner.country is None or inner.kind in ("country", "region", "admin1"):
            continue
        area = province_of(inner, gazetteer) if found["area"] else gazetteer.get(f"iso:{inner.country}")
        if area is None:
            return None
        same = article.sentence_at(name.start) == article.sentence_at(span.start)
        reading = msgspec.structs.replace(known_reading(area), score=inner.score)
        return where_at(span, reading, area, "stated" if same else "inherited", gazetteer.pcode_of(area))
    return None


def province_of(inner: Where, gazetteer: Gazetteer) -> Place | None:
    """Return the first-level area that a place lies in, None where the gazetteer holds none of its country."""
    if not inner.admin1:
        return None
    areas = gazetteer.find(inner.admin1, country=inner.country, kind="admin1", limit=1)
    return next((area for area in areas if area.country == inner.country), None)
