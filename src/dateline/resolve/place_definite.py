"""Common nouns for places ("the city", "the west of the province"), led back to the place named before them."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import takewhile

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import type_words
from dateline.resolve.place_candidates import Candidate
from dateline.resolve.place_clues import plurals
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_evidence import accepted
from dateline.resolve.place_phrase import bearing_of
from dateline.resolve.place_words import compass_words, place_words

# The place that a noun means is sought in this and so many sentences before. Set by reading: beyond that, other
# places have mostly been named.
REACH_SENTENCES = 2
# "The three provinces" may look further back: that just as many are named in one sentence is a sign of its own.
SEVERAL_SENTENCES = 12
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# Kinds whose nouns are led back; camps, rivers and areas are too seldom named by the noun alone.
_KINDS: frozenset[PlaceKind] = frozenset({"settlement", "admin1", "admin2"})
# "The city's downtown core": what a town or province has of its own.
_OWN_PARTS = (
    "core|centre|center|downtown|outskirts|suburbs?|edges?|quarters?|neighbou?rhoods?|districts?|areas?|side|streets?|"
    "roads?|entrances?|market|countryside|villages|towns|borders?|north|south|east|west"
)
_PARTS = r"(?:areas?|parts?|outskirts|districts|neighbou?rhoods|suburbs|edges?|countryside|villages)"
# So far before the noun its determiner and the directions are looked for, in characters.
_WIDEST = 40


class Definite(msgspec.Struct, frozen=True, kw_only=True):
    """What a common noun means: the name before it and the kind that the noun says, if any.

    `span` holds all its words. `part` tells that only a part is meant, which lies towards `bearing` (degrees
    from north) if one is given.
    """

    span: Span
    candidate: Candidate
    kind: PlaceKind | None
    part: bool = False
    bearing: float | None = None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    nouns = sorted(word for word, kind in type_words().after.items() if kind in _KINDS)
    compass = compass_words()
    way = rf"(?P<ways>(?:{compass})(?:(?:\s*,\s*|\s+and\s+)(?:the\s+)?(?:{compass}))*)"
    return re.compile(
        rf"(?<!\w)(?P<part>(?:the\s+)?(?:{way}(?:\s+{_PARTS})?|{_PARTS})\s+(?:of|in)\s+)?"
        rf"(?:(?:the|this|that)\s+(?:same\s+)?|same\s+)(?P<noun>{'|'.join(nouns)})"
        rf"(?P<own>[’']s\s+(?:(?P<side>{compass})\s+)?(?:[a-z-]+\s+){{0,2}}?(?:{_OWN_PARTS}))?\s*\Z",
        re.IGNORECASE,
    )


def is_common(wording: str, text: str) -> bool:
    """Tell whether `wording` has no capital in a `text` that writes names with one: it names nothing.

    A capital that only begins the sentence counts for nothing ("The border triangle", "Southern areas").
    """
    first, _, rest = wording.partition(" ")
    opens = rest and (first.lower() in place_words().openers or first.lower() in place_words().bearings)
    common = rest if opens else wording
    return common == common.lower() != common.upper() and text != text.lower()


@lru_cache(maxsize=1)
def _bare_part() -> re.Pattern[str]:
    compass = compass_words()
    way = rf"(?P<ways>(?:{compass})(?:(?:\s*,\s*|\s+and\s+)(?:{compass}))*)"
    return re.compile(rf"(?:the\s+|its\s+)?{way}\s+{_PARTS}", re.IGNORECASE)


def find_part(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Definite | None:
    """Return what "southeastern areas" are parts of: the last name before them that is no country's."""
    found = _bare_part().fullmatch(span.text)
    if found is None:
        return None
    for candidate in reversed(told_before(span, article, context, gazetteer)):
        if not any(match.place.kind == "country" for match in candidate.matches):
            bearing = bearing_of(found["ways"])
            return Definite(
                span=span, candidate=candidate, kind=candidate.clue.kind, part=True, bearing=bearing
            )
    return None


def find_definite(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Definite | None:
    """Return what the common noun in `span` means, or None where no fitting place is named shortly before.

    The words before `span` that belong to the noun count as well ("[the] city", "[the south and] west of the
    province").
    """
    floor = max(0, span.start - _WIDEST)
    found = _pattern().search(article.text[floor : span.end])
    if found is None or found.start("noun") + floor < span.start:
        return None
    kind = type_words().after[found["noun"].lower()]
    ways = found["ways"] or found["side"]
    asked = span, kind, article, context, gazetteer
    candidate = named_before(*asked) or _only_named(*asked)
    if candidate is None:
        return None
    return Definite(
        span=article.span(min(floor + found.start(), span.start), span.end),
        candidate=candidate,
        kind=kind,
        part=found["part"] is not None or found["own"] is not None,
        bearing=bearing_of(ways) if ways else None,
    )


def named_before(
    span: Span, kind: PlaceKind, article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> Candidate | None:
    """Return the last name before `span`, in this and the sentences just before, that can be of this kind."""
    named = told_before(span, article, context, gazetteer)
    return next((one for one in reversed(named) if _fits(one, kind)), None)


def _only_named(
    span: Span, kind: PlaceKind, article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> Candidate | None:
    """Return the name of this kind, however far before `span`, where the text has named no other one.

    The names of the whole text are gone through once, as every "city" of a long one asks for them.
    """
    asked = ("only named", kind)
    if asked not in context.answers:
        named = [one for one in accepted(article, context, gazetteer, 0, context.read_to) if _fits(one, kind)]
        alike = list(takewhile(lambda one: one.name.key == named[0].name.key, named))
        other = named[len(alike)].name.end if len(alike) < len(named) else len(article.text) + 1
        context.answers[asked] = alike, other
    alike, other = context.answers[asked]
    before = bisect_right(alike, span.start, key=lambda one: one.name.end)
    return alike[before - 1] if before and span.start < other else None


def told_before(
    span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Return the names of places before `span`, in this and the sentences just before, in order."""
    here = article.sentence_at(span.start)
    if here is None:
        return ()
    start = article.sentences[max(0, here - REACH_SENTENCES)][0]
    return accepted(article, context, gazetteer, start, span.start)


@lru_cache(maxsize=1)
def _several() -> re.Pattern[str]:
    nouns = sorted(word for word, kind in plurals().items() if kind in _KINDS)
    counts = "|".join(_COUNTS)
    return re.compile(
        rf"(?<!\w)(?:(?:the|these|those|all|of)\s+)+(?P<count>{counts})\s+(?P<noun>{'|'.join(nouns)})\s*\Z"
        rf"|(?<!\w)(?P<both>both)\s+(?P<pair>{'|'.join(nouns)})\s*\Z",
        re.IGNORECASE,
    )


def find_several(
    span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Definite, ...]:
    """Return what "the three provinces" means: the names of the last sentence before that has just as many."""
    floor = max(0, span.start - _WIDEST)
    found = _several().search(article.text[floor : span.end])
    here = article.sentence_at(span.start)
    if found is None or here is None:
        return ()
    count = _COUNTS[(found["count"] or found["both"]).lower()]
    kind = plurals()[(found["noun"] or found["pair"]).lower()]
    for number in range(here, max(-1, here - SEVERAL_SENTENCES - 1), -1):
        start, end = article.sentences[number]
        named = accepted(article, context, gazetteer, start, min(end, span.start))
        once = {one.name.key: one for one in named if _fits(one, kind)}
        if len(once) == count:
            return tuple(Definite(span=span, candidate=one, kind=kind) for one in once.values())
    return ()


def _fits(candidate: Candidate, kind: PlaceKind) -> bool:
    """Tell whether a name can be that of a place of this kind, as far as its own type word does not object."""
    if candidate.clue.kind is not None or not candidate.matches:
        return candidate.clue.kind == kind
    if any(match.place.kind == "country" for match in candidate.matches):
        return False
    best = max(match.exactness for match in candidate.matches)
    return any(match.place.kind == kind and match.exactness >= best for match in candidate.matches)
