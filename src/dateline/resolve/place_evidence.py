"""Which names of an article are places, and what the article as a whole says about where it plays."""

from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.gazetteer import Gazetteer, Match, Place
from dateline.resolve.names import type_words
from dateline.resolve.place_clues import Around, Container, look_around
from dateline.resolve.place_context import PlaceContext
from dateline.resolve.place_phrase import widen
from dateline.resolve.place_rank import Clue, compatible, lies_in, matches_of, rank
from dateline.resolve.place_scan import Known, Name, scan
from dateline.resolve.place_words import PlaceWords, place_words

# Evidence for and against a name being meant as a place; they add up. Set by hand.
CUES: dict[str, float] = {
    "strong lead": 1.5,  # "in", "near", "from", "northern", "20 km south of" before it
    "weak lead": 0.5,  # "of", "for", "on" before it
    "type word": 3.0,  # "district", "river" with it
    "container": 3.0,  # the text gives a place that does contain it
    "ordinary word": -3.0,
    "ordinary word, large place": -1.5,  # the same for countries and first-level areas
    "person": -3.0,  # the article gives the name to a person
    "title": -4.0,  # "President", "Mrs" before it
    "speaks": -1.5,  # "said", "told" after it
    "acronym": -4.0,  # capitals only, and no country
    "adjective": -2.5,  # "US", "UK" right before another word, with nothing that leads to a place before it
    "contains": 2.5,  # stands as the container of the name before it
    "first": -0.5,  # begins a sentence
}
# From this sum on a name is read as a place.
ACCEPT = 1.0
NEVER = -9.0
# Text in capitals does not tell names from words: more is asked for.
ACCEPT_CAPITALS = 1.5
# What is too well known to be taken for a person's name at once.
LARGE = frozenset({"country", "admin1", "region"})
LARGE_TOWN = 100_000
# Towns without a population are in the list because they are the seat of some district: not the smallest.
UNKNOWN_DIGITS = 4.0
INEXACT = 2.0
FIRM = 0.9
MOST_CONTAINERS = 3
# A name that no gazetteer holds is a place when words around it say so: these kinds are said of places only.
SAID_KINDS = frozenset({"settlement", "admin1", "admin2", "neighbourhood"})


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name with what the words around it say and the places that bear it."""

    name: Name
    around: Around
    clue: Clue
    contains: bool = False
    relative: bool = False
    matches: tuple[Match, ...]


def candidate_of(article: Article, name: Name, context: PlaceContext, gazetteer: Gazetteer) -> Candidate:
    """Return `name` with its surroundings read."""
    around = look_around(article.text, name, Known(gazetteer, context.main_countries()))
    wording = article.text[name.core_start : name.core_end]
    matches = matches_of(wording, context.main_countries(), gazetteer)
    clue = Clue(
        kind=name.kind or around.kind,
        inside=contain(around.container, matches, context, gazetteer),
        strict=around.container is None or around.container.strict,
    )
    relative = widen(article.text, name.start) < name.start
    return Candidate(name=name, around=around, clue=clue, relative=relative, matches=tuple(matches))


def candidates_of(
    article: Article, names: Iterable[Name], context: PlaceContext, gazetteer: Gazetteer
) -> list[Candidate]:
    """Return the names with their surroundings, each told whether it is the container of one before it."""
    candidates: list[Candidate] = []
    ends: set[int] = set()
    for name in names:
        candidate = candidate_of(article, name, context, gazetteer)
        if name.end in ends or name.core_end in ends:
            candidate = msgspec.structs.replace(candidate, contains=True)
        container = candidate.around.container
        if container is not None and candidate.matches and _holds(candidate):
            ends.add(container.end)
        candidates.append(candidate)
    return candidates


def _holds(candidate: Candidate) -> bool:
    return any(lies_in(match.place, outer) for match in candidate.matches for outer in candidate.clue.inside)


def contain(
    container: Container | None, matches: Sequence[Match], context: PlaceContext, gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Return the places that the container's name may mean: those that hold a bearer of the name, if any does.

    "Savannah, Georgia" and "Batumi, Georgia" tell which Georgia is meant as well as which Savannah.
    """
    if container is None:
        return ()
    outer = [item.place for item in rank(container.names[0], Clue(), context, gazetteer)]
    firm = [match.place for match in matches if match.exactness >= FIRM]
    holding = [place for place in outer if any(lies_in(inner, place) for inner in firm)]
    return tuple(holding[:MOST_CONTAINERS] or outer[:1])


def accept(candidate: Candidate, context: PlaceContext) -> bool:
    """Tell whether the name is meant as a place where it stands."""
    return evidence(candidate, context) >= (ACCEPT_CAPITALS if context.capitals else ACCEPT)


def evidence(candidate: Candidate, context: PlaceContext) -> float:
    """Return the evidence that the name is meant as a place: its standing and all cues that apply, added up."""
    words = place_words()
    name, matches = candidate.name, candidate.matches
    if (
        name.attributive
        or name.key in words.demonyms
        or (candidate.clue.kind is None and _is_bare_word(name.key, words))
    ):
        return NEVER
    if not matches:
        return _unknown(candidate, words)
    shares = dict(context.countries)
    fitting = [match for match in matches if compatible(match.place.kind, candidate.clue.kind)] or list(matches)
    total = max(standing(match, shares) for match in fitting)
    return total + sum(CUES[cue] for cue in _cues(candidate, context, words))


def _is_bare_word(key: str, words: PlaceWords) -> bool:
    types = type_words()
    return key in words.calendar or key in words.bearings or key in types.after or key in types.before


def _unknown(candidate: Candidate, words: PlaceWords) -> float:
    """Return the evidence that a name in no gazetteer is a place: only what is said around it counts."""
    name, kind = candidate.name, candidate.clue.kind
    said = kind in SAID_KINDS or (kind is not None and name.typed)
    led = name.lead in words.strong_leads or not name.typed
    if (
        not (said and led)
        or name.acronym
        or name.key in words.ordinary
        or name.key.split(" ")[0] in words.titles
    ):
        return NEVER
    return ACCEPT_CAPITALS


def _cues(candidate: Candidate, context: PlaceContext, words: PlaceWords) -> list[str]:
    name, matches = candidate.name, candidate.matches
    large = any(
        match.exactness >= FIRM and (match.place.kind in LARGE or match.place.population >= LARGE_TOWN)
        for match in matches
    )
    strong = name.lead in words.strong_leads or candidate.relative
    is_word = name.key in words.ordinary and not name.acronym
    applies = {
        "contains": candidate.contains,
        "strong lead": strong,
        "weak lead": name.lead in words.leads and not strong,
        "type word": candidate.clue.kind is not None,
        "container": _holds(candidate),
        "ordinary word": is_word and not large,
        "ordinary word, large place": is_word and large,
        "person": name.key in context.persons,
        "title": name.lead in words.titles,
        "speaks": name.follow in words.person_verbs,
        "acronym": name.acronym and not any(match.place.kind == "country" for match in matches),
        "first": name.first,
        "adjective": name.acronym
        and bool(name.follow)
        and not (name.lead == "the" or name.lead in words.leads),
    }
    return [cue for cue, holds in applies.items() if holds]


def standing(match: Match, shares: dict[str, float]) -> float:
    """Return how likely a bare name means this place, from its kind, its size and the article's countries."""
    place = match.place
    cue = 2.0 * max((shares.get(code, 0.0) for code in (place.country, *place.countries) if code), default=0.0)
    if place.kind == "country":
        base = 3.0
    elif place.kind in ("region", "natural"):
        base = 2.5
    elif place.kind == "admin1":
        base = 1.5 + cue
    elif place.kind == "admin2":
        base = cue - 0.5
    else:
        base = (len(str(place.population)) if place.population else UNKNOWN_DIGITS) - 5.0 + cue
    return base - INEXACT * (1.0 - match.exactness)


def accepted(
    article: Article, context: PlaceContext, gazetteer: Gazetteer, start: int, end: int
) -> tuple[Candidate, ...]:
    """Return the names in `article.text[start:end]` that are read as places, in order."""
    known = Known(gazetteer, context.main_countries())
    found = scan(article.text, start, end, known, all_caps=context.capitals)
    candidates = candidates_of(article, found.names, context, gazetteer)
    return tuple(candidate for candidate in candidates if accept(candidate, context))
