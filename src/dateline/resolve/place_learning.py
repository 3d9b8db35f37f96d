"""Learn from an article as a whole where it plays: its countries, its persons, what its names mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.gazetteer import Gazetteer, Place
from dateline.resolve.names import normalise
from dateline.resolve.place_context import PlaceContext, Sense
from dateline.resolve.place_evidence import LARGE, LARGE_TOWN, Candidate, accept, candidates_of
from dateline.resolve.place_rank import Ranked, compatible, is_seat, rank
from dateline.resolve.place_scan import Known, Name, Scan, is_all_caps, scan
from dateline.resolve.place_words import place_words

# A headline or an outlet's name is worth so many mentions in the text.
HEAD_WORTH = 2
# What an article is about shows in so much of it; a book pasted into one paragraph must not take minutes.
MOST_CHARACTERS = 30_000
DATELINE_WORTH = 3
HALF = 0.5
LEAST_SHARE = 0.01
# Top-level domains of countries that are sold to everybody.
_SOLD_DOMAINS = frozenset(
    ["ai", "am", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "ms", "sh", "so", "su", "to", "tv", "ws"]
)
_DOMAIN = re.compile(r"\A[a-z]+://[^/:]+\.([a-z]{2})(?:[:/]|\Z)", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\W_]+(?:[- ][A-ZÀ-Þ][^\W_]+)?")


def read_place_context(article: Article, gazetteer: Gazetteer) -> PlaceContext:
    """Return what `article` as a whole says about where it plays; read it once and pass it to `read_place`."""
    cues = _demonyms(article)
    capitals = is_all_caps(article.text)
    end = min(len(article.text), MOST_CHARACTERS)
    plain = scan(article.text, 0, end, Known(gazetteer), all_caps=capitals)
    for name in plain.names:
        found = gazetteer.match(name.key)
        if found and found[0].place.kind == "country" and found[0].place.country:
            # "Georgia" and "Mexico" are areas as well.
            doubtful = any(match.place.kind == "admin1" for match in found)
            cues[found[0].place.country] += HALF if doubtful else 1
    context = PlaceContext(countries=_shares(cues), capitals=capitals)
    if context.main_countries():
        known = Known(gazetteer, context.main_countries())
        plain = scan(article.text, 0, end, known, all_caps=capitals)
    context = msgspec.structs.replace(context, persons=_persons(plain, gazetteer))
    for _ in range(2):
        candidates = candidates_of(article, plain.names, context, gazetteer)
        context = _learn(article, context, cues, candidates, gazetteer)
    return context


def _demonyms(article: Article) -> dict[str, float]:
    """Count the names of peoples, and the country of the web address."""
    cues: dict[str, float] = defaultdict(float)
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


def _shares(counts: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the counts as shares, the largest first; one in all is kept back for "somewhere else"."""
    total = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shares = ((code, round(count / (total + 1), 4)) for code, count in ordered)
    return tuple((code, share) for code, share in shares if share >= LEAST_SHARE)


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
    if top and (top[0].place.kind in LARGE or top[0].place.population >= LARGE_TOWN):
        return count >= 2 and placed == 0
    return count > placed


def _learn(
    article: Article,
    context: PlaceContext,
    cues: dict[str, float],
    found: Sequence[Candidate],
    gazetteer: Gazetteer,
) -> PlaceContext:
    """Return `context` with what the readings of the article's names add."""
    readings = _read(article, found, context, gazetteer)
    countries: dict[str, float] = defaultdict(float, cues)
    areas: dict[str, float] = defaultdict(float)
    best: dict[str, Ranked] = {}
    for candidate, ranked in readings:
        reading = ranked[0]
        worth = DATELINE_WORTH if _is_dateline(article, candidate.name) else 1
        # An unclear name still tells of a country when most of its bearers lie there.
        for item in ranked:
            place = item.place
            if place.country and place.kind != "country":
                countries[place.country] += worth * item.share
                if place.admin1_code:
                    areas[f"{place.country}.{place.admin1_code}"] += worth * item.share
        place = reading.place
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
    """Tell whether a type word chose an area over its seat: it says nothing on the bare name elsewhere."""
    return (
        candidate.clue.kind is not None
        and place.kind == "admin1"
        and any(is_seat(match.place, place) for match in candidate.matches)
    )


def _read(
    article: Article, found: Iterable[Candidate], context: PlaceContext, gazetteer: Gazetteer
) -> list[tuple[Candidate, tuple[Ranked, ...]]]:
    readings = []
    for candidate in found:
        if accept(candidate, context):
            name = candidate.name
            # Its own reading of the pass before must not confirm itself.
            clue = msgspec.structs.replace(candidate.clue, fresh=True)
            ranked = rank(article.text[name.core_start : name.core_end], clue, context, gazetteer)
            if ranked:
                readings.append((candidate, ranked))
    return readings


def _locals(found: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the keys of names that a type word makes other than all their bearers ("Aruba District")."""
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
