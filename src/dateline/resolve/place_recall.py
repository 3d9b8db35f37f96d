"""Places told of before without a name: "those areas", "the border triangle", "neighbouring provinces"."""

import re
from functools import lru_cache

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import PlaceKind, Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import type_words
from dateline.resolve.place_clues import plurals
from dateline.resolve.place_container import province_of
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import REACH_SENTENCES, named_before, told_before
from dateline.resolve.place_evidence import accepted
from dateline.resolve.place_where import Basis
from dateline.resolve.places import find_places, read_place

# "Those areas": nouns that say no more than that it is a place; they mean what was told of last.
_PLAIN_NOUNS = frozenset({"area", "region", "place", "part", "zone", "location", "village", "town", "district"})
# Of these a province may be meant as well.
_WIDE_NOUNS = frozenset({"region", "part", "zone"})
# Kinds whose nouns mean the last place that was told of with the same noun ("the camp", "the Hamrin hills").
_NAMED_KINDS: frozenset[PlaceKind] = frozenset({"natural", "facility", "neighbourhood"})
_OTHER_NOUNS = frozenset({"triangle", "border", "frontier"})
# Where these are told of and it is not clear which, no town told of before is meant.
_LAND = frozenset({"region", "regions", "area", "areas", "territory", "territories", "provinces", "countries"})
# So far before the noun its determiner is looked for, in characters.
_WIDEST = 40
# Between a facility and the town that it stands in.
_IN = re.compile(r"\s+(?:in|at|inside|of)\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}")
# Neighbours of an area are about as large as it is: with them it reaches three times as far.
NEIGHBOURS = 3.0
# Villages "nearby" lie so far beyond the edge of what they are near, in km. By hand: a day's walk and back.
NEARBY_KM = 20.0


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    nouns = sorted(
        {
            *_OTHER_NOUNS,
            *_PLAIN_NOUNS,
            *(word for word, kind in type_words().after.items() if kind in _NAMED_KINDS),
        }
    )
    return re.compile(
        rf"(?<!\w)(?P<which>(?:the\s+)?same|the|this|that|these|those|both)\s+(?P<like>(?:[a-z-]+\s+){{0,2}}?)"
        rf"(?P<noun>{'|'.join(nouns)})(?P<many>s?)\s*\Z",
        re.IGNORECASE,
    )


def recall(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Where, ...]:
    """Return the places told of before that `span` means by a common noun; none where that is unclear.

    After "this" or "those" the last sentence with places gives them, those with the same noun if there are
    any. After "the" only a place of the same noun is meant ("the triangle where the borders meet").
    """
    floor = max(0, span.start - _WIDEST)
    found = _pattern().search(article.text[floor : span.end])
    here = article.sentence_at(span.start)
    if found is None or here is None:
        return ()
    noun = found["noun"].lower()
    pointing = found["which"].lower() != "the" and noun in _PLAIN_NOUNS
    last = max(0, here - REACH_SENTENCES) if pointing else 0
    for number in range(here, last - 1, -1):
        start, end = article.sentences[number]
        told = find_places(article, context, gazetteer, start, min(end, floor + found.start()))
        basis: Basis = "stated" if number == here else "inherited"
        read = [read_place(one, article, context, gazetteer, basis=basis) for one in told]
        places = [(one, where) for one, where in zip(told, read, strict=True) if where is not None]
        same = [where for one, where in places if _bears(one, noun, article.text)]
        kinds = {where.kind for where in same}
        if same and found["many"]:
            return tuple(where for _, where in places if where.kind in kinds)
        meant = same or (_pointed_at([where for _, where in places], noun) if pointing else [])
        if meant:
            return tuple(meant if found["many"] else meant[-1:])
    return ()


def _pointed_at(places: list[Where], noun: str) -> list[Where]:
    """Return what a plain noun can point at: no country, and no province beside a town where it is smaller."""
    inner = [where for where in places if where.precision != "country"]
    fine = [where for where in inner if where.precision not in ("admin1", "region")]
    return inner if noun in _WIDE_NOUNS or not fine else fine


def _bears(told: Span, noun: str, text: str) -> bool:
    """Tell whether a place is told of with `noun`, within its wording or right behind its name."""
    pattern = re.compile(rf"(?<!\w){re.escape(noun)}s?(?!\w)", re.IGNORECASE)
    return pattern.search(text, told.start, min(len(text), told.end + 1 + len(noun) + 1)) is not None


def speaks_of_land(span: Span) -> bool:
    """Tell whether a common noun means more than the town told of last ("in the region", "their areas")."""
    return span.text.split()[-1].lower() in _LAND


@lru_cache(maxsize=1)
def _neighbour_pattern() -> re.Pattern[str]:
    nouns = sorted({*plurals(), "areas", "countryside", "hills"})
    return re.compile(
        r"(?i:(?:(?:the|other|some|several|many|two|three|its|their)\s+)*"
        r"(?:neighbou?ring|nearby|adjacent|adjoining|surrounding)\s+)(?:[A-ZÀ-Þ]\w+\s+)?"
        rf"(?P<noun>{'|'.join(nouns)})\s*\Z",
    )


def read_neighbours(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where | None:
    """Read "neighbouring provinces" or "nearby villages" as the land around the place told of last.

    Which of them is meant stays open: the point is that of the place, the radius takes in all of them.
    """
    found = _neighbour_pattern().match(span.text)
    if found is None:
        return None
    for candidate in reversed(told_before(span, article, context, gazetteer)):
        name = article.span(candidate.name.start, candidate.name.end)
        anchor = read_place(name, article, context, gazetteer)
        if anchor is not None and anchor.latitude is not None and anchor.kind not in ("country", "region"):
            return _around(span, anchor, plurals().get(found["noun"], "region"), gazetteer)
    return None


# What leads out of towns is in none of them.
_ROADS = frozenset({"highway", "road"})


@lru_cache(maxsize=1)
def _facility_pattern() -> re.Pattern[str]:
    nouns = sorted({word for word, kind in type_words().after.items() if kind == "facility"} - _ROADS)
    return re.compile(
        rf"(?:the|an?|this|that|one)\s+(?:[a-z-]+\s+){{0,3}}?(?:{'|'.join(nouns)})", re.IGNORECASE
    )


def read_facility(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where | None:
    """Read "the hotel" as one somewhere in the town that is named right behind it, or was named last."""
    here = article.sentence_at(span.start)
    if here is None or _facility_pattern().fullmatch(span.text) is None:
        return None
    behind = accepted(article, context, gazetteer, span.end, article.sentences[here][1])[:1]
    if not behind or _IN.fullmatch(article.text, span.end, behind[0].name.start) is None:
        last = named_before(span, "settlement", article, context, gazetteer)
        behind = (last,) if last is not None else ()
    if not behind:
        return None
    name = article.span(behind[0].name.start, behind[0].name.end)
    town = read_place(name, article, context, gazetteer)
    if town is None or town.kind != "settlement" or town.latitude is None:
        return None
    basis: Basis = "stated" if article.sentence_at(name.start) == here else "inherited"
    return msgspec.structs.replace(
        town,
        start=span.start,
        end=span.end,
        text=span.text,
        name=" ".join(span.text.split()),
        kind="facility",
        within=town.name,
        basis=basis,
    )


def _around(span: Span, anchor: Where, kind: PlaceKind, gazetteer: Gazetteer) -> Where | None:
    latitude, longitude, radius = anchor.latitude, anchor.longitude, (anchor.radius_km or 0.0) + NEARBY_KM
    wide = kind in ("admin1", "admin2")
    if kind == "admin1":
        area = province_of(anchor, gazetteer)
        if area is None or area.latitude is None:
            return None
        latitude, longitude = area.latitude, area.longitude
        radius = (area.radius_km or 0.0) * NEIGHBOURS
    elif kind == "admin2":
        radius = (anchor.radius_km or NEARBY_KM) * NEIGHBOURS
    return msgspec.structs.replace(
        anchor,
        start=span.start,
        end=span.end,
        text=span.text,
        name=" ".join(span.text.split()),
        gazetteer_id=None,
        latitude=latitude,
        longitude=longitude,
        precision="area" if wide else "near",
        radius_km=round(radius, 1),
        admin1=None if wide else anchor.admin1,
        kind="region",
        within=None,
        basis="inherited",
        alternatives=(),
        pcode=None,
    )
