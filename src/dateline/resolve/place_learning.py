"""Learn from an article as a whole where it plays: its countries, its persons, what its names mean."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.ids import PlaceId
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import normalise
from dateline.resolve.place_candidates import LARGE, LARGE_TOWN, Candidate, candidates_of, see
from dateline.resolve.place_context import PlaceContext, Votes
from dateline.resolve.place_evidence import evidence, never
from dateline.resolve.place_rank import Ranked, compatible, is_firm, is_seat, rank
from dateline.resolve.place_scan import LONGEST, Known, Name, Scan, scan
from dateline.resolve.place_tokens import Token, is_all_caps, tokens_of
from dateline.resolve.place_words import place_words

# A headline or an outlet's name is worth so many mentions in the text.
HEAD_WORTH = 2
# What an article is about shows in so much of it; a book pasted into one paragraph must not take minutes.
MOST_CHARACTERS = 30_000
DATELINE_WORTH = 3
HALF = 0.5
# A name inside that of an organisation says less: bodies are named after places far away, too.
PART_WORTH = 0.7
# What so little speaks for in the light of one round no later one makes a place.
HOPELESS = -5.0
# Rounds of reading all names in the light of all others; a further one changes next to nothing.
ROUNDS = 3
LEAST_SHARE = 0.01
# Top-level domains of countries that are sold to everybody.
_SOLD_DOMAINS = frozenset(
    ["ai", "am", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "ms", "sh", "so", "su", "to", "tv", "ws"]
)
_DOMAIN = re.compile(r"\A[a-z]+://[^/:]+\.([a-z]{2})(?:[:/]|\Z)", re.IGNORECASE)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\W_]+(?:[- ][A-ZÀ-Þ][^\W_]+)?")


def read_place_context(
    article: Article, gazetteer: Gazetteer, *, hints: Mapping[str, float] | None = None
) -> PlaceContext:
    """Return what `article` as a whole says about where it plays; read it once and pass it to `read_place`.

    `hints` are what else speaks for countries, by ISO code; 1 is as much as the name of a people.
    """
    cues = _demonyms(article)
    for code, worth in (hints or {}).items():
        cues[code] += worth
    capitals = is_all_caps(article.text)
    end = min(len(article.text), MOST_CHARACTERS)
    tokens = tokens_of(article.text, 0, end)
    if capitals:
        plain, keys = Scan((), {}), _country_names(tokens, gazetteer)
    else:
        plain = scan(article.text, 0, end, Known(gazetteer), tokens=tokens)
        keys = [name.key for name in plain.names]
    for key in keys:
        found = gazetteer.match(key)
        if found and found[0].place.kind == "country" and found[0].place.country:
            # "Georgia" and "Mexico" are areas as well.
            doubtful = any(match.place.kind == "admin1" for match in found)
            cues[found[0].place.country] += HALF if doubtful else 1
    context = PlaceContext(countries=_shares(cues), total=_of_cues(cues), capitals=capitals)
    if capitals or context.main_countries():
        known = Known(gazetteer, context.main_countries())
        plain = scan(article.text, 0, end, known, all_caps=capitals, tokens=tokens)
    common = frozenset(token.lower for token in tokens if not token.capital)
    context = msgspec.structs.replace(context, persons=_persons(plain, gazetteer), common=common, answers={})
    known = Known(gazetteer, context.main_countries())
    names = see(article, (name for name in plain.names if not never(name)), known)
    parts = see(article, plain.parts, known)
    for _ in range(ROUNDS):
        candidates = candidates_of(article, names, context, gazetteer)
        odds = [evidence(candidate, context) for candidate in candidates]
        names = [seen for seen, odd in zip(names, odds, strict=True) if odd > HOPELESS]
        placed = [candidate for candidate, odd in zip(candidates, odds, strict=True) if odd >= 0.0]
        inner = candidates_of(article, parts, context, gazetteer, part=True)
        context = _learn(article, context, cues, [*placed, *inner], gazetteer)
        context = msgspec.structs.replace(context, locals=_locals(candidates), said=_said(placed))
    return msgspec.structs.replace(context, names=plain.names, read_to=end)


def _country_names(tokens: list[Token], gazetteer: Gazetteer) -> list[str]:
    """Return the keys of countries among the words of a text in capitals, the longest name at each word."""
    keys = gazetteer.country_keys()
    heads = {key.split(" ", 1)[0] for key in keys}
    found: list[str] = []
    index = 0
    while index < len(tokens):
        width = 0
        if tokens[index].lower in heads:
            words = [token.lower for token in tokens[index : index + LONGEST]]
            width = next((end for end in range(len(words), 0, -1) if " ".join(words[:end]) in keys), 0)
        if width:
            found.append(" ".join(words[:width]))
        index += width or 1
    return found


def _of_cues(cues: dict[str, float]) -> Votes:
    """Return the names of peoples and the like as votes: a country that comes up often counts little more."""
    countries = {code: _damped(count) for code, count in cues.items()}
    return Votes(weight=sum(countries.values()), countries=countries)


def _damped(count: float) -> float:
    """Return the weight of what is said `count` times."""
    return 1 + math.log(count) if count > 1 else count


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
        cues["GB" if domain[1].lower() == "uk" else domain[1].upper()] += HEAD_WORTH
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
    heard: dict[str, float] = defaultdict(float)
    sure: dict[str, float] = defaultdict(float)
    shares: dict[str, dict[PlaceId, float]] = defaultdict(lambda: defaultdict(float))
    places: dict[PlaceId, Place] = {}
    senses: dict[str, dict[PlaceId, float]] = defaultdict(lambda: defaultdict(float))
    for candidate, worth, ranked in readings:
        key = candidate.name.key
        heard[key] += worth
        # A container that holds none of the bearers was the next of a list.
        held = any(item.features.get("inside", 0.0) > 0 for item in ranked)
        firm = is_firm(candidate.clue) and (held or candidate.clue.kind is not None)
        sure[key] += worth * firm
        for item in ranked:
            places[item.place.id] = item.place
            shares[key][item.place.id] += worth * item.share
            if firm and not (_is_typed_area(candidate, item.place) or _is_typed_capital(candidate, item.place)):
                senses[key][item.place.id] += worth * item.share
    votes = {key: _votes(shares[key], places, _damped(heard[key]) / heard[key]) for key in sorted(heard)}
    total = Votes()
    total.add(_of_cues(cues))
    for vote in votes.values():
        total.add(vote)
    return msgspec.structs.replace(
        context,
        countries=_shares(total.countries),
        total=total,
        votes=votes,
        senses={key: _over(table, sure[key]) for key, table in sorted(senses.items())},
        answers={},
    )


def _over(table: dict[PlaceId, float], total: float) -> dict[PlaceId, float]:
    return {place: round(weight / total, 4) for place, weight in sorted(table.items())}


def _votes(shares: dict[PlaceId, float], places: dict[PlaceId, Place], worth: float) -> Votes:
    """Return what one name says: an unclear one still tells of a country when most of its bearers lie there."""
    votes = Votes()
    for identity, share in sorted(shares.items()):
        place, weight = places[identity], share * worth
        votes.weight += weight
        if place.country:
            votes.countries[place.country] = votes.countries.get(place.country, 0.0) + weight
        if place.admin1_code:
            area = f"{place.country}.{place.admin1_code}"
            votes.areas[area] = votes.areas.get(area, 0.0) + weight
        if place.latitude is None or place.longitude is None or place.kind in LARGE:
            continue
        votes.put((place.latitude, place.longitude), weight)
    return votes


def _is_typed_area(candidate: Candidate, place: Place) -> bool:
    """Tell whether a type word chose an area over its seat: it says nothing on the bare name elsewhere."""
    return (
        candidate.clue.kind is not None
        and place.kind == "admin1"
        and any(is_seat(match.place, place) for match in candidate.matches)
    )


def _is_typed_capital(candidate: Candidate, place: Place) -> bool:
    """Tell whether a type word chose a town over the country of that name ("Mexico City", "Mexico")."""
    return (
        candidate.clue.kind is not None
        and place.kind == "settlement"
        and any(
            match.place.kind == "country" and match.place.country == place.country
            for match in candidate.matches
        )
    )


def _read(
    article: Article, found: Iterable[Candidate], context: PlaceContext, gazetteer: Gazetteer
) -> list[tuple[Candidate, float, tuple[Ranked, ...]]]:
    """Return the names with their weight and their readings."""
    readings = []
    for candidate in found:
        name = candidate.name
        ranked = rank(article.text[name.core_start : name.core_end], candidate.clue, context, gazetteer)
        if ranked:
            worth = PART_WORTH if candidate.part else DATELINE_WORTH if _is_dateline(article, name) else 1.0
            readings.append((candidate, worth, ranked))
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
                and not any(
                    compatible(match.place.kind, candidate.clue.kind) or _has_capital(candidate, match.place)
                    for match in candidate.matches
                )
            }
        )
    )


def _said(placed: Iterable[Candidate]) -> frozenset[str]:
    """Return the keys of names that only a type word tells to be places ("the village of Jalawla")."""
    return frozenset(candidate.name.key for candidate in placed if not candidate.matches)


def _has_capital(candidate: Candidate, place: Place) -> bool:
    """Tell whether the type word is that of a country's town ("Kinshasa, the capital of the Congo")."""
    return place.kind == "country" and candidate.clue.kind == "settlement"


def _is_dateline(article: Article, name: Name) -> bool:
    head = article.dateline.place if article.dateline else None
    return head is not None and head.start <= name.start and name.end <= head.end
