"""All places that one span of the coder names: one as a rule, several in a list or in a clumsy cut."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import type_words
from dateline.resolve.nations import load_nations
from dateline.resolve.place_container import read_container
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_definite import is_common, named_before
from dateline.resolve.place_phrase import read_phrase
from dateline.resolve.place_recall import read_facility, read_neighbours, recall
from dateline.resolve.place_tokens import PARTICLES
from dateline.resolve.places import find_places, read_place, read_several
from dateline.resolve.timeclauses import load_clause_words

_COMMAS = re.compile(r"\s*(?:,\s*and\s+|,\s*|\s+and\s+)(?=(?:the\s+)?[A-ZÀ-Þ]|al-|el-)")
_LIST_START = re.compile(r"(?:(?:and|or)\s+|[,;]\s*)+", re.IGNORECASE)
_LIST_END = re.compile(r"(?:\s+(?:and|or)|\s*[,;])+\s*\Z", re.IGNORECASE)
_INCLUDING = re.compile(r"\s*,?\s*(?:including|such\s+as|among\s+them|namely)\s+", re.IGNORECASE)
_ONE = r"[A-ZÀ-Þ][\w’'-]*(?: (?:of (?:the )?)?[A-ZÀ-Þ][\w’'-]*){0,4}"
_NAME = re.compile(_ONE)
_NAMES = re.compile(rf"(?:the )?{_ONE}(?:(?:, and |, or |, | and | or )(?:in |at )?(?:the )?{_ONE}){{0,9}}")
# "Militants fleeing Mosul", "families who fled from Hawija".
_FLIGHT = r"(?<!\w)(?:flee|flees|fleeing|fled|escaping|escaped)"
_FLED = re.compile(rf"{_FLIGHT}\s+(?:from\s+)?(?:the\s+)?\Z", re.IGNORECASE)
_FLEEING = re.compile(_FLIGHT, re.IGNORECASE)
_FLED_REACH = 24
# Before the name of a country in which somebody is; "Russia" of "the army of Russia" is not.
_INSIDE = re.compile(r"(?<!\w)(?:in|inside|across|near|at)\s+(?:the\s+)?\Z", re.IGNORECASE)
# Behind these a sentence tells why, or of something else.
_REASON = re.compile(r"(?<!\w)(?:because|although|though|whereas)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
# What is longer than so many characters is no sentence, and its places are read by pieces of that length. By
# hand: three times the longest sentences of news.
STRETCH = 2_000


def read_places(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Where, ...]:
    """Return the places that `span` names, in order.

    Where its wording as a whole is no name ("and western Iraq", "the plains bordering Diyala"), the names in
    it are read; a list ("Asrao and Domiz") is read part by part. A neighbourhood that no gazetteer holds lies
    in the town named just before it, where the text itself gives no other. A common noun gives the places that
    stand behind it as its examples ("countries including Syria"), or those named before ("the three towns").
    """
    trimmed = _whole_name(_trimmed(span, article), context, article)
    if is_common(trimmed.text, article.text):
        named = [read_place(one, article, context, gazetteer) for one in _examples(trimmed, article)]
        examples = tuple(one for one in named if one is not None and one.precision != "unresolved")
        several = examples or read_several(trimmed, article, context, gazetteer)
        meant = None if several else read_place(trimmed, article, context, gazetteer)
        if meant is not None:
            return (meant,)
        if several:
            return several
        asked = trimmed, article, context, gazetteer
        around = read_neighbours(*asked) or read_container(*asked)
        if around is not None:
            return (around,)
        recalled = recall(trimmed, article, context, gazetteer)
        facility = None if recalled else read_facility(trimmed, article, context, gazetteer)
        return recalled if facility is None else (facility,)
    read = _read(trimmed, article, context, gazetteer)
    return tuple(_in_its_town(where, article, context, gazetteer) for where in read)


def stretch_of(sentence: Span, trigger: Span) -> tuple[int, int]:
    """Return the bounds in which a sentence's places belong to `trigger`: all of it, unless it is no sentence.

    What runs on for longer than STRETCH is a list or a text without punctuation, of which the piece of that
    length that holds the trigger is read.
    """
    if sentence.end - sentence.start <= STRETCH:
        return sentence.start, sentence.end
    start = trigger.start - (trigger.start - sentence.start) % STRETCH
    return start, min(sentence.end, start + STRETCH)


def places_about(
    named: Sequence[Span],
    trigger: Span,
    others: Sequence[Span],
    article: Article,
    people: Sequence[Span] = (),
) -> tuple[Span, ...]:
    """Return those of the places of a sentence where what `trigger` tells can have happened.

    A name right before a happening is that one's place ("the Hawija offensive"), not that of `others` in the
    sentence. Where people flee from is no place of anything else, nor is what a reason given for it tells of
    ("because they are losing Mosul"), or a country that speaks or acts. Where the dispatch was written counts
    only where no other is named; so does where `people` who speak or act are from ("an officer in Kunduz").
    """
    text = article.text
    own = tuple(one for one in named if _leads_to(text, one, trigger))
    if own:
        return own
    head = article.dateline.place if article.dateline else None
    taken = {
        one
        for one in named
        if any(other != trigger and _leads_to(text, one, other) for other in others)
        or is_fled(text, one, trigger)
        or _REASON.search(text, trigger.end, max(trigger.end, one.start)) is not None
        or any(one.contains(who) for who in people)
    }
    written = {one for one in named if head is not None and one.overlaps(head)}
    theirs = {one for one in named if any(who.contains(one) for who in people)}
    taken |= {
        one
        for one in theirs
        if load_nations().country_of(one.text) and not _INSIDE.search(text, max(0, one.start - 16), one.start)
    }
    free = tuple(one for one in named if one not in taken)
    kept = tuple(one for one in free if one not in written)
    return tuple(one for one in kept if one not in theirs) or kept or free


def _leads_to(text: str, name: Span, trigger: Span) -> bool:
    """Tell whether a bare name stands right before the noun of a happening ("the Hawija offensive")."""
    noun = trigger.text.split()[-1].lower() in load_clause_words().happenings
    beside = trigger.start > name.end and not text[name.end : trigger.start].strip()
    return noun and beside and name.text[:1].isupper()


def is_flight(trigger: Span) -> bool:
    """Tell whether a happening is that people flee: what else is told did not happen where they fled from."""
    return _FLEEING.match(trigger.text) is not None


def is_fled(text: str, name: Span, trigger: Span) -> bool:
    """Tell whether people flee from `name`, and what `trigger` tells is not their flight itself."""
    found = _FLED.search(text, max(0, name.start - _FLED_REACH), name.start)
    return found is not None and not trigger.start < found.end() <= trigger.end + _FLED_REACH


# "Woods bordering Lake Kivu": where it happened lies this side of the border.
_BORDERED = re.compile(
    r"(?<!\w)(?:bordering|borders|adjoining|adjoins|abutting)\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE
)


def is_bordered(text: str, name: Span) -> bool:
    """Tell whether `name` only says what a place lies next to."""
    before = _BORDERED.search(text, max(0, name.start - _FLED_REACH), name.start)
    return (before is not None and before.end() == name.start) or _BORDERED.match(name.text) is not None


def _trimmed(span: Span, article: Article) -> Span:
    """Leave out the conjunction that a cut through a list leaves at an end ("Asrao and")."""
    found = _LIST_END.search(span.text)
    begun = _LIST_START.match(span.text)
    start = span.start + (begun.end() if begun else 0)
    end = span.start + found.start() if found else span.end
    return article.span(start, end) if start < end else span


def _whole_name(span: Span, context: PlaceContext, article: Article) -> Span:
    """Return the whole name where a cut left only a part of it ("[Nineveh] Plain", "Dar [es Salaam]")."""
    if span.text == span.text.lower():
        return span
    at = bisect_right(context.names, span.start, key=lambda name: name.start) - 1
    if at >= 0 and context.names[at].known and context.names[at].end >= span.end:
        return article.span(context.names[at].start, max(span.end, context.names[at].end))
    return span


def _examples(span: Span, article: Article) -> tuple[Span, ...]:
    """Return the names that stand behind a common noun as its examples ("countries including Syria")."""
    opened = _INCLUDING.match(article.text, span.end)
    found = _NAMES.match(article.text, opened.end()) if opened else None
    if found is None:
        return ()
    return tuple(article.span(*one.span()) for one in _NAME.finditer(article.text, *found.span()))


def _read(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Where, ...]:
    whole = read_place(span, article, context, gazetteer)
    if whole is None:
        return ()
    joint = read_phrase(span.text).relation in ("between", "border")
    if joint or whole.precision != "unresolved" or not _has_common_words(whole.name):
        return (whole,)
    spans = find_places(article, context, gazetteer, span.start, span.end) or _listed(span, article)
    read = [read_place(part, article, context, gazetteer) for part in spans]
    return tuple(where for where in read if where is not None) or (whole,)


def _has_common_words(name: str) -> bool:
    """Tell whether a name holds words that no name does: small ones other than particles, or a possessive."""
    words = [found[0] for found in _WORD.finditer(name)]
    return any(word.islower() and word not in PARTICLES for word in words)


def _listed(span: Span, article: Article) -> tuple[Span, ...]:
    """Return the members of a list of names, or none where it is no list."""
    bounds: list[tuple[int, int]] = []
    at = span.start
    for split in _COMMAS.finditer(article.text, span.start, span.end):
        bounds.append((at, split.start()))
        at = split.end()
    parts = [article.span(start, end) for start, end in [*bounds, (at, span.end)]]
    named = all(part.text[:1].isupper() and not _has_common_words(part.text) for part in parts)
    return tuple(parts) if len(parts) > 1 and named else ()


@lru_cache(maxsize=1)
def _neighbourhoods() -> str:
    words = [word for word, kind in type_words().after.items() if kind == "neighbourhood"]
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _in_its_town(where: Where, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where:
    """Put a neighbourhood without a container into the town that the sentences around it tell of.

    "District" may be said of a quarter of that town or of land in its province: both lie in the latter.
    """
    if where.precision != "unresolved" or where.within is not None:
        return where
    quarter = _is_neighbourhood(where, article)
    if not quarter and where.kind != "admin2":
        return where
    town = named_before(where, "settlement", article, context, gazetteer)
    outer = (
        read_place(article.span(town.name.start, town.name.end), article, context, gazetteer) if town else None
    )
    if outer is None or outer.precision == "unresolved":
        return where
    if not quarter:
        return msgspec.structs.replace(where, country=outer.country, admin1=outer.admin1)
    return msgspec.structs.replace(
        where, kind="neighbourhood", within=outer.name, country=outer.country, admin1=outer.admin1
    )


@lru_cache(maxsize=1)
def _quarter() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_neighbourhoods()})(?!\w)", re.IGNORECASE)


def _is_called(text: str, name: str) -> bool:
    """Tell whether `text` says "neighbourhood" behind `name` somewhere."""
    lowered, sought = text.lower(), name.lower()
    at = lowered.find(sought) if len(lowered) == len(text) else -1
    while at >= 0:
        if not text[at - 1 : at].isalnum() and _quarter().match(text, at + len(sought)):
            return True
        at = lowered.find(sought, at + 1)
    return False


def _is_neighbourhood(where: Where, article: Article) -> bool:
    """Tell whether the article calls a place a neighbourhood: with its name, or by "those neighbourhoods"."""
    if where.kind == "neighbourhood":
        return True
    if _is_called(article.text, where.name):
        return True
    here = article.sentence_at(where.start)
    if here is None or here + 1 >= len(article.sentences):
        return False
    following = rf"(?<!\w)(?:those|these|the|both|two)\s+(?:two\s+)?(?:{_neighbourhoods()})s(?!\w)"
    start, end = article.sentences[here + 1]
    return re.compile(following, re.IGNORECASE).search(article.text, start, end) is not None
