"""Which names of an article are places, and what the article as a whole says about where it plays."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.gazetteer import Gazetteer, Match, Place
from dateline.resolve.names import normalise, type_words
from dateline.resolve.place_clues import Around, Container, look_around
from dateline.resolve.place_context import PlaceContext, Sense
from dateline.resolve.place_phrase import widen
from dateline.resolve.place_rank import Clue, Ranked, compatible, is_seat, lies_in, matches_of, rank
from dateline.resolve.place_scan import Known, Name, Scan, is_all_caps, scan
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
# A headline or an outlet's name is worth so many mentions in the text.
HEAD_WORTH = 2
# What an article is about shows in so much of it; a book pasted into one paragraph must not take minutes.
MOST_CHARACTERS = 30_000
DATELINE_WORTH = 3
# What is too well known to be taken for a person's name at once.
LARGE = frozenset({"country", "admin1", "region"})
LARGE_TOWN = 100_000
# Towns without a population are in the list because they are the seat of some district: not the smallest.
UNKNOWN_DIGITS = 4.0
INEXACT = 2.0
FIRM = 0.9
# A name that no gazetteer holds is a place when words around it say so: these kinds are said of places only.
SAID_KINDS = frozenset({"settlement", "admin1", "admin2", "neighbourhood"})
# Top-level domains of countries that are sold to everybody.
_SOLD_DOMAINS = frozenset("ai am cc co fm gg io la ly me ms sh so su to tv ws".split())
_DOMAIN = re.compile(r"\A[a-z]+://[^/:]+\.([a-z]{2})(?:[:/]|\Z)", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\W_]+(?:[- ][A-ZÀ-Þ][^\W_]+)?")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name with what the words around it say and the places that bear it."""

    name: Name
    around: Around
    clue: Clue
    contains: bool = False
    relative: bool = False
    matches: tuple[Match, ...]


def read_place_context(article: Article, gazetteer: Gazetteer) -> PlaceContext:
    """Return what `article` as a whole says about where it plays; read it once and pass it to `read_place`."""
    cues = _demonyms(article)
    capitals = is_all_caps(article.text)
    end = min(len(article.text), MOST_CHARACTERS)
    plain = scan(article.text, 0, end, Known(gazetteer), all_caps=capitals)
    for name in plain.names:
        top = gazetteer.match(name.key)[:1]
        if top and top[0].place.kind == "country" and top[0].place.country:
            cues[top[0].place.country] += 1
    context = PlaceContext(countries=_shares(cues), capitals=capitals)
    if context.main_countries():
        known = Known(gazetteer, context.main_countries())
        plain = scan(article.text, 0, end, known, all_caps=capitals)
    context = msgspec.structs.replace(context, persons=_persons(plain, gazetteer))
    for _ in range(2):
        found = candidates_of(article, plain.names, context, gazetteer)
        context = _learn(article, context, cues, found, gazetteer)
    return context


def _demonyms(article: Article) -> Counter[str]:
    """Count the names of peoples, and the country of the web address."""
    cues: Counter[str] = Counter()
    demonyms = place_words().demonyms
    head = f"{article.title or ''}\n{article.outlet or ''}"
    for source, worth in ((head, HEAD_WORTH), (article.text[:MOST_CHARACTERS], 1)):
        for word in _CAPITALISED.findall(source):
            key = normalise(word)
            code = demonyms.get(key) or demonyms.get(key.split(" ")[0])
            if code:
                cues[code] += worth
    domain = _DOMAIN.match(article.url or "")
    if domain and domain[1].lower() not in _SOLD_DOMAINS:
        cues["GB" if domain[1].lower() == "uk" else domain[1].upper()] += 1
    return cues


def _shares(counts: Counter[str]) -> tuple[tuple[str, float], ...]:
    """Return the counts as shares, the largest first; one in all is kept back for "somewhere else"."""
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((code, round(count / (total + 1), 4)) for code, count in ordered)


def _persons(found: Scan, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the keys that the article uses more in names of persons than where a place would stand."""
    words = place_words()
    placed: Counter[str] = Counter()
    for name in found.names:
        if name.lead in words.strong_leads or name.typed:
            placed[name.key] += 1
    return tuple(
        sorted(key for key, count in found.persons.items() if _is_person(key, count, placed[key], gazetteer))
    )


def _is_person(key: str, count: int, placed: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a word found `count` times in names of persons is one, `placed` times where places stand."""
    top = gazetteer.match(key)[:1]
    if top and top[0].place.kind in LARGE:
        return count >= 2 and placed == 0
    if top and top[0].place.population >= LARGE_TOWN:
        return placed == 0
    return count > placed


def candidate_of(article: Article, name: Name, context: PlaceContext, gazetteer: Gazetteer) -> Candidate:
    """Return `name` with its surroundings read."""
    known = Known(gazetteer, context.main_countries())
    around = look_around(article.text, name, known)
    kind = name.kind or around.kind
    wording = article.text[name.core_start : name.core_end]
    clue = Clue(
        kind=kind, inside=contain(around.container, context, gazetteer), strict=_strict(around.container)
    )
    matches = matches_of(wording, context.main_countries(), gazetteer)
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


def _strict(container: Container | None) -> bool:
    return container is None or container.strict


def contain(container: Container | None, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the likeliest places that the container's name may mean."""
    if container is None:
        return ()
    return tuple(
        item.place for item in rank(container.names[0], Clue(), context, gazetteer)[:3] if item.share >= 0.05
    )


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
        return _unknown(candidate, context, words)
    shares = dict(context.countries)
    fitting = [match for match in matches if compatible(match.place.kind, candidate.clue.kind)] or list(matches)
    total = max(standing(match, shares) for match in fitting)
    return total + sum(CUES[cue] for cue in _cues(candidate, context, words))


def _is_bare_word(key: str, words: PlaceWords) -> bool:
    types = type_words()
    return key in words.calendar or key in words.bearings or key in types.after or key in types.before


def _unknown(candidate: Candidate, context: PlaceContext, words: PlaceWords) -> float:
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
        "adjective": name.acronym and bool(name.follow) and not (name.lead == "the" or name.lead in words.leads),
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


def _learn(
    article: Article,
    context: PlaceContext,
    cues: Counter[str],
    found: Sequence[Candidate],
    gazetteer: Gazetteer,
) -> PlaceContext:
    """Return `context` with what the readings of the article's names add."""
    readings = _read(article, found, context, gazetteer)
    countries: Counter[str] = Counter(cues)
    areas: Counter[str] = Counter()
    best: dict[str, Ranked] = {}
    for candidate, reading in readings:
        place = reading.place
        if place.country and place.kind != "country" and reading.share >= 0.5:
            worth = DATELINE_WORTH if _is_dateline(article, candidate.name) else 1
            countries[place.country] += worth
            if place.admin1_code:
                areas[f"{place.country}.{place.admin1_code}"] += worth
        known = best.get(candidate.name.key)
        if not _is_typed_area(candidate, place) and (known is None or known.share < reading.share):
            best[candidate.name.key] = reading
    senses = tuple(
        Sense(key, reading.place.id, reading.place.latitude, reading.place.longitude, reading.share)
        for key, reading in sorted(best.items())
    )
    return msgspec.structs.replace(
        context, countries=_shares(countries), areas=_shares(areas), senses=senses, locals=_locals(found)
    )


def _is_typed_area(candidate: Candidate, place: Place) -> bool:
    """Tell whether a type word chose the area over its seat: "Kirkuk province" says nothing on a bare "Kirkuk"."""
    return (
        candidate.clue.kind is not None
        and place.kind == "admin1"
        and any(is_seat(match.place, place) for match in candidate.matches)
    )


def _read(
    article: Article, found: Iterable[Candidate], context: PlaceContext, gazetteer: Gazetteer
) -> list[tuple[Candidate, Ranked]]:
    readings = []
    for candidate in found:
        if accept(candidate, context):
            name = candidate.name
            # Its own reading of the pass before must not confirm itself.
            clue = msgspec.structs.replace(candidate.clue, fresh=True)
            ranked = rank(article.text[name.core_start : name.core_end], clue, context, gazetteer)
            if ranked:
                readings.append((candidate, ranked[0]))
    return readings


def _locals(found: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the keys of names that a type word makes something other than all their bearers ("Aruba District")."""
    return tuple(
        sorted(
            {
                candidate.name.key
                for candidate in found
                if candidate.clue.kind is not None
                and candidate.matches
                and not any(compatible(match.place.kind, candidate.clue.kind) for match in candidate.matches)
            }
        )
    )


def _is_dateline(article: Article, name: Name) -> bool:
    head = article.dateline.place if article.dateline else None
    return head is not None and head.start <= name.start and name.end <= head.end


def accepted(
    article: Article, context: PlaceContext, gazetteer: Gazetteer, start: int, end: int
) -> tuple[Candidate, ...]:
    """Return the names in `article.text[start:end]` that are read as places, in order."""
    known = Known(gazetteer, context.main_countries())
    found = scan(article.text, start, end, known, all_caps=context.capitals)
    candidates = candidates_of(article, found.names, context, gazetteer)
    return tuple(candidate for candidate in candidates if accept(candidate, context))
