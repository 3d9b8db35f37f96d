"""Read spans as places: Where, with precision, radius and what the text itself says about containment."""

import re
from bisect import bisect_left
from functools import lru_cache

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import PlaceKind, Where
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import TypedName, normalise, strip_type, type_words
from dateline.resolve.place_candidates import Candidate, contain, firm
from dateline.resolve.place_capitals import capital_meant
from dateline.resolve.place_clues import Around, abbreviated, is_explicit, is_narrow, look_around
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_coordinates import Coordinates, find_coordinates
from dateline.resolve.place_definite import Definite, find_definite, find_part, find_several, is_common
from dateline.resolve.place_evidence import accepted
from dateline.resolve.place_learning import read_place_context
from dateline.resolve.place_namesakes import without_namesakes
from dateline.resolve.place_phrase import Phrase, joint_start, read_phrase, widen
from dateline.resolve.place_rank import Clue, belief, rank
from dateline.resolve.place_scan import Known, Name, is_some_unit
from dateline.resolve.place_weights import calibrated
from dateline.resolve.place_where import (
    Basis,
    Reading,
    known_reading,
    related_where,
    unresolved_where,
    where_at,
    written_where,
)
from dateline.resolve.place_words import place_words

__all__ = ["PlaceContext", "find_places", "read_name", "read_place", "read_place_context"]


# A reading with less belief than this stays unresolved: a wrong town is worse than none. By hand.
LEAST_BELIEF = 0.15
_AND = re.compile(r"\s*,?\s*(?:and\s+|,\s*)?(?:the\s+)?")
_NEXT = re.compile(r" ([^\W\d_]+)")
_OWNED = re.compile(r"\w['’]s?\s+\Z")
_OWNER_REACH = 4
_HEAD_END = re.compile(r"\s*,\s|\s+\(|\s+(?:in|within|near|on|outside|inside|of)\s")


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    """Return the pattern of words without a capital before a named place ("two buildings in Domiz")."""
    compass = "|".join(sorted(place_words().bearings))
    return re.compile(
        r"(?:[a-z0-9][\w’'-]*\s+){1,8}?(?=(?:in|at|near|outside|on|of|from|between|along|around)\s"
        rf"|(?:{compass})\s+(?:of|from)\s)"
    )


class _Reader(msgspec.Struct, frozen=True):
    """What names are read with."""

    article: Article
    context: PlaceContext
    gazetteer: Gazetteer


def find_places(
    article: Article, context: PlaceContext, gazetteer: Gazetteer, start: int, end: int
) -> tuple[Span, ...]:
    """Return the spans in `article.text[start:end]` that name places, in order, not overlapping.

    A span takes in the words that tell how the place lies to the name ("20 km south of Mosul").
    """
    spans: list[Span] = []
    names: list[Name] = []
    done = start
    for candidate in accepted(article, context, gazetteer, start, end):
        name = candidate.name
        if name.start < done:
            continue
        if spans and _continues(article.text, spans[-1], names[-1], name):
            spans[-1] = article.span(spans[-1].start, name.end)
        else:
            joint = joint_start(article.text, name.start)
            begin = widen(article.text, name.start) if joint is None else joint
            spans.append(article.span(max(begin, done), name.end))
        names.append(name)
        done = _end(candidate)
    written = [article.span(item.start, item.end) for item in find_coordinates(article.text, start, end)]
    free = [span for span in spans if not any(one.start < span.end and span.start < one.end for one in written)]
    return tuple(sorted([*free, *written]))


def _continues(text: str, span: Span, last: Name, name: Name) -> bool:
    """Tell whether `name` goes on with a list that is one place ("the border between X and Y")."""
    if _AND.fullmatch(text, last.end, name.start) is None:
        return False
    first = next(iter(read_phrase(span.text).names), None)
    start = span.start + first.start if first else span.start
    return joint_start(text, start) is not None


def _end(candidate: Candidate) -> int:
    """Return where a place ends with what only tells on which side it lies ("Qara Tapa, north of Diyala")."""
    container = candidate.around.container
    large = any(match.place.kind in ("natural", "region", "country") for match in candidate.matches)
    return candidate.name.end if container is None or container.strict or large else container.end


def read_place(
    span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer, *, basis: Basis = "stated"
) -> Where | None:
    """Read `span` as a place; None only when it plainly is none (a person, an organisation, a people, a day).

    A name that no gazetteer holds becomes a Where with precision "unresolved", its wording as name and the
    container that the text gives, if any. A common noun ("the city") is the place named before it, with that
    name's offsets; without one it is none.
    """
    written = _written_at(span, article)
    if written is not None:
        return written_where(article.span(written.start, written.end), written, basis)
    capital = capital_meant(span.text, gazetteer)
    if capital is not None:
        named = Reading(TypedName(span.text, 0, len(span.text)), "settlement", Around(), None, calibrated(1.0))
        return where_at(span, named, capital, basis, gazetteer.pcode_of(capital))
    if is_common(span.text, article.text):
        return _read_definite(span, _Reader(article, context, gazetteer))
    start, phrase = _phrase(span, article.text)
    if not phrase.names or _is_no_place(phrase, context, gazetteer):
        return None
    reader = _Reader(article, context, gazetteer)
    readings = [_resolve(reader, start, name, wide=phrase.wide) for name in phrase.names]
    ranked = [reading.ranked for reading in readings if reading.ranked is not None]
    if not ranked or len(ranked) < len(readings):
        return unresolved_where(span, readings, basis)
    if phrase.relation == "at" and len(ranked) == 1:
        return _at(span, readings[0], ranked[0].place, reader, basis)
    if phrase.relation == "border" and len(readings) == 1:
        readings = [*_other_side(reader, min(start, span.start), ranked[0].place), *readings]
    wording = article.text[min(start, span.start) : span.end]
    return related_where(span, phrase, readings, basis, name=wording)


# Characters before and behind a coder's span in which the rest of a pair of coordinates may stand.
_PAIR_REACH = 40


def _written_at(span: Span, article: Article) -> Coordinates | None:
    """Return the coordinates in the text of which `span` holds a part ("at 35.47, 44.39"), or None."""
    low, high = max(0, span.start - _PAIR_REACH), min(len(article.text), span.end + _PAIR_REACH)
    around = find_coordinates(article.text, low, high)
    return next((one for one in around if one.start < span.end and span.start < one.end), None)


def _other_side(reader: _Reader, start: int, place: Place) -> list[Reading]:
    """Return what lies on the other side of a border of which the text names one; none where it is unclear.

    "Kirkuk and its border with Salaheddine": the area named before it in the sentence. "The border with Syria":
    the country that the article is about.
    """
    article, context, gazetteer = reader.article, reader.context, reader.gazetteer
    if place.kind == "country":
        home = next((code for code in context.main_countries() if code != place.country), None)
        country = gazetteer.get(f"iso:{home}") if home else None
        return [] if country is None else [known_reading(country)]
    here = article.sentence_at(start)
    if here is None:
        return []
    for candidate in reversed(accepted(article, context, gazetteer, article.sentences[here][0], start)):
        name = candidate.name
        core = article.text[name.core_start : name.core_end]
        typed = TypedName(core, 0, len(core), candidate.clue.kind)
        reading = _resolve(reader, name.core_start, typed, wide=True)
        if reading.ranked is not None and reading.ranked.place.country == place.country:
            return [] if reading.ranked.place.id == place.id else [reading]
    return []


def _read_definite(span: Span, reader: _Reader) -> Where | None:
    """Read "the city", "the west of the province" or "southern areas" by the place that was named before."""
    asked = span, reader.article, reader.context, reader.gazetteer
    found = find_definite(*asked) or find_part(*asked)
    return None if found is None else _read_meant(found, span, reader)


def read_several(
    span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Where, ...]:
    """Read "the three provinces" as those named before; none where it is no such wording."""
    reader = _Reader(article, context, gazetteer)
    meant = find_several(span, article, context, gazetteer)
    read = (_read_meant(one, span, reader) for one in meant)
    return tuple(where for where in read if where is not None)


def _read_meant(found: Definite, span: Span, reader: _Reader) -> Where | None:
    article = reader.article
    name = found.candidate.name
    core = article.text[name.core_start : name.core_end]
    typed = TypedName(core, 0, len(core), found.kind)
    wide = found.part and found.kind != "settlement"
    reading = _resolve(reader, name.core_start, typed, wide=wide)
    same = article.sentence_at(name.start) == article.sentence_at(span.start)
    basis: Basis = "stated" if same else "inherited"
    if reading.ranked is None or not found.part:
        named = article.span(name.start, name.end)
        if reading.ranked is None:
            return unresolved_where(named, [reading], basis)
        return _at(named, reading, reading.ranked.place, reader, basis)
    phrase = Phrase(relation="part", names=(typed,), bearing=found.bearing, wide=wide)
    return related_where(found.span, phrase, [reading], basis)


def read_name(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> Where | None:
    """Read the name `span` itself, whatever stands before it; the name of a people as its country.

    None when it is no name that a place, an area or a country could bear.
    """
    reader = _Reader(article, context, gazetteer)
    code = place_words().demonyms.get(normalise(span.text))
    country = gazetteer.get(f"iso:{code}") if code else None
    if country is not None:
        return where_at(span, Reading(strip_type(span.text), None, Around(), None, 1.0), country, "stated")
    reading = _resolve(reader, span.start, strip_type(span.text), wide=False)
    if reading.ranked is None:
        return unresolved_where(span, [reading], "stated")
    return _at(span, reading, reading.ranked.place, reader, "stated")


def _at(span: Span, reading: Reading, place: Place, reader: _Reader, basis: Basis) -> Where:
    """Return a name that was read as `place`, with its P-code; a district known by its town has its own."""
    kind: PlaceKind | None = "admin2" if reading.kind == "admin2" and place.kind == "settlement" else None
    return where_at(span, reading, place, basis, reader.gazetteer.pcode_of(place, kind))


def _phrase(span: Span, text: str) -> tuple[int, Phrase]:
    """Take the span's wording apart, with the words before it that tell how the place lies to the name."""
    phrase = read_phrase(span.text)
    if phrase.relation == "part" and not phrase.wide and widen(text, span.start) < span.start:
        return span.start, msgspec.structs.replace(phrase, wide=True)  # "areas in [southwest Kirkuk]"
    if phrase.relation != "at":
        return span.start, phrase
    skip = _generic().match(span.text)
    if skip is not None:
        start = span.start + skip.end()
        return start, read_phrase(text[start : span.end])
    start = widen(text, span.start)
    if _OWNED.search(text, max(0, start - _OWNER_REACH), start) is not None:
        return span.start, phrase  # "Mali's central [Mopti region]": in the middle of Mali
    wider = read_phrase(text[start : span.end])
    return (span.start, phrase) if wider.relation == "at" else (start, wider)


def _is_no_place(phrase: Phrase, context: PlaceContext, gazetteer: Gazetteer) -> bool:
    """Tell whether the wording plainly names a day, a people, a person or an organisation."""
    words = place_words()
    name = phrase.names[0]
    key = normalise(name.core)
    parts = key.split(" ")
    if not key or key in words.demonyms or (key in words.calendar and name.kind is None):
        return True
    known = Known(gazetteer, context.main_countries())
    if name.kind is None and normalise(_head(name, known).core) in words.numbers:
        return True  # "Seven of them"
    if is_some_unit(name.word or "", name.core, known):
        return True
    if name.kind is not None or known.is_name(parts):
        return phrase.relation == "at" and key in context.persons and name.kind is None
    return (
        parts[0] in words.titles or any(part in words.organisations for part in parts) or key in context.persons
    )


def _resolve(reader: _Reader, start: int, typed: TypedName, *, wide: bool) -> Reading:
    """Read one name of a wording that begins at `start` of the article's text."""
    context = reader.context
    name, wording, around, clue = _clue(reader, start, typed, wide=wide)
    kind = name.kind or around.kind
    if normalise(name.core) in context.locals and around.kind is None:
        return Reading(name, kind, around, None, 0.0, clue.inside)
    ranked = without_namesakes(wording, clue, rank(wording, clue, context, reader.gazetteer), context)
    score = belief(ranked)
    if score < LEAST_BELIEF:
        return Reading(name, kind, around, None, 0.0, clue.inside, ranked)
    return Reading(name, kind, around, ranked[0], calibrated(score), clue.inside, ranked[1:])


def clue_of(span: Span, article: Article, context: PlaceContext, gazetteer: Gazetteer) -> tuple[str, Clue]:
    """Return the name in `span` as it is looked up, and what the text says about it."""
    _, wording, _, clue = _clue(
        _Reader(article, context, gazetteer), span.start, strip_type(span.text), wide=False
    )
    return wording, clue


def _clue(reader: _Reader, start: int, typed: TypedName, *, wide: bool) -> tuple[TypedName, str, Around, Clue]:
    article, context, gazetteer = reader.article, reader.context, reader.gazetteer
    known = Known(gazetteer, context.main_countries())
    name = _head(typed, known)
    begin, end = start + name.start, start + name.end
    full_end = end
    if (
        name.word
        and name.kind
        and article.text[end : end + 1 + len(name.word)].strip().lower() == name.word.lower()
    ):
        full_end = end + 1 + len(name.word)
    around = look_around(article.text, _as_name(article.text, begin, end, full_end, name), known)
    area = abbreviated(article.text, begin, end)
    if area is not None:
        return name, area, around, Clue(kind="admin1")
    matches = gazetteer.fitting(name.core, context.main_countries())
    clue = Clue(
        kind=name.kind or around.kind,
        inside=contain(around.container, matches, context, gazetteer),
        strict=around.container is None or around.container.strict,
        explicit=is_explicit(around.container),
        full=_full(article.text, begin, full_end, name),
        wide=wide,
        apart=(name.word or "").lower() in type_words().apart,
        narrow=is_narrow(article.text, end),
        holds=_held(reader, begin, {end, full_end}),
        governed=_follow(article.text, full_end) in place_words().governments,
        beside=widen(article.text, begin) < begin,
    )
    return name, name.core, around, clue


def _held(reader: _Reader, begin: int, ends: set[int]) -> tuple[Place, ...]:
    """Return what the name right before the one at `begin` may mean, where the text puts it into that one."""
    text, names = reader.article.text, reader.context.names
    at = bisect_left(names, begin, key=lambda name: name.start) - 1
    if text[begin - 2 : begin] != ", " or at < 0 or text[names[at].end : begin] != ", ":
        return ()
    known = Known(reader.gazetteer, reader.context.main_countries())
    container = look_around(text, names[at], known).container
    if container is None or not container.strict or container.end not in ends:
        return ()
    inner = text[names[at].core_start : names[at].core_end]
    return firm(reader.gazetteer.fitting(inner, known.countries))


def _follow(text: str, end: int) -> str:
    """Return the word right behind `end`, in lower case."""
    found = _NEXT.match(text, end)
    return found[1].lower() if found else ""


def _full(text: str, begin: int, full_end: int, name: TypedName) -> str:
    """Return the name with its type word, in the order of the text ("Lake Chad", "Nineveh Plain")."""
    before = (name.word or "") + " "
    if name.word and text[max(0, begin - len(before)) : begin].lower() == before.lower():
        return text[begin - len(before) : full_end]
    return text[begin:full_end]


def _head(name: TypedName, known: Known) -> TypedName:
    """Return the part of "Domiz neighbourhood in Kirkuk" that comes before the container."""
    cut = _HEAD_END.search(name.core)
    if cut is None or known.is_name(normalise(name.core).split(" ")):
        return name
    inner = strip_type(name.core[: cut.start()])
    if not inner.core.strip():
        return name
    start = name.start + inner.start
    return TypedName(inner.core, start, start + len(inner.core), inner.kind or None, inner.word)


def _as_name(text: str, begin: int, end: int, full_end: int, typed: TypedName) -> Name:
    return Name(
        start=begin,
        end=full_end,
        core_start=begin,
        core_end=end,
        key=normalise(text[begin:end]),
        lead="",
        follow="",
        typed=typed.kind is not None,
        kind=typed.kind,
        first=False,
        acronym=False,
    )
