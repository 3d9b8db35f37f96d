"""The signs for and against a name being meant as a place; `place_weights.SIGNS` says what each means."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer_places import Match
from dateline.resolve.place_candidates import FIRM, LARGE, LARGE_TOWN, Candidate, holds
from dateline.resolve.place_context import Elsewhere, PlaceContext, elsewhere
from dateline.resolve.place_rank import compatible
from dateline.resolve.place_words import place_words

# Of a name with many bearers so many are looked at.
MOST_LOOKED_AT = 30
# Towns without a population are in the list because they are the seat of some district: not the smallest.
UNKNOWN_POPULATION = 3_000


def signs(candidate: Candidate, context: PlaceContext) -> dict[str, float]:
    """Return the signs for and against the name being a place that apply, see `place_weights.SIGNS`."""
    words = place_words()
    name = candidate.name
    standing = _standing(candidate, context)
    place, large = standing.match.place, standing.large
    strong = name.lead in words.strong_leads or candidate.relative
    is_word = name.key in words.ordinary and not name.acronym
    found = {
        "country": place.kind == "country",
        "region": place.kind in ("region", "natural"),
        "area": place.kind == "admin1",
        "district": place.kind == "admin2",
        "people": _magnitude(place.population) if place.kind in ("settlement", "neighbourhood") else 0.0,
        "home": standing.home,
        "near": standing.near,
        "inexact": 1.0 - standing.match.exactness,
        "contains": candidate.contains,
        "strong lead": strong,
        "weak lead": name.lead in words.leads and not strong,
        "type word": candidate.clue.kind is not None,
        "container": holds(candidate),
        "ordinary word": is_word and not large,
        "ordinary word, large place": is_word and large,
        "person": name.key in context.persons,
        "title": name.lead in words.titles,
        "speaks": name.follow in words.person_verbs,
        "acronym": name.acronym and not standing.country,
        "first": name.first,
        "several words": " " in name.key,
        "capitals": context.capitals,
        "common": name.key in context.common and not (context.capitals or name.acronym),
        "dwellers": name.follow in words.dwellers and not is_word,
        "headed": name.first and name.headed,
        "adjective": name.acronym
        and bool(name.follow)
        and not (name.lead == "the" or name.lead in words.leads),
    }
    return {sign: float(value) for sign, value in found.items() if value}


class _Standing(NamedTuple):
    """The likeliest bearer of a name, the share of its country, and how much lies near any of the bearers.

    `large` tells that one is too well known to be mistaken, `country` that one is a country.
    """

    match: Match
    home: float
    near: float
    large: bool
    country: bool


def _standing(candidate: Candidate, context: PlaceContext) -> _Standing:
    """Return what is the same for all mentions of a name, worked out once."""
    key, kind, matches = candidate.name.key, candidate.clue.kind, candidate.matches
    asked = ("standing", key, kind, len(matches), matches[0].place.id)
    if asked not in context.answers:
        context.answers[asked] = _stand(matches, kind, elsewhere(context, key))
    found: _Standing = context.answers[asked]
    return found


def _stand(matches: Sequence[Match], kind: PlaceKind | None, rest: Elsewhere) -> _Standing:
    fitting = [match for match in matches if compatible(match.place.kind, kind)] or list(matches)
    looked_at = [(match, _home(match, rest), _near(match, rest)) for match in fitting[:MOST_LOOKED_AT]]
    best, home, _ = max(looked_at, key=lambda item: (_prominence(*item), item[0].place.id))
    return _Standing(
        best,
        home,
        max(near for _, _, near in looked_at),
        any(
            match.exactness >= FIRM and (match.place.kind in LARGE or match.place.population >= LARGE_TOWN)
            for match in matches
        ),
        any(match.place.kind == "country" for match in matches),
    )


def _prominence(match: Match, home: float, near: float) -> float:
    """Return about how likely a bare name means this place, to choose the one that it is judged by."""
    place = match.place
    base = _STANDING.get(place.kind, _magnitude(place.population) - 1.0)
    return base + 3.0 * home + 2.0 * near - 2.0 * (1.0 - match.exactness)


_STANDING: dict[str, float] = {"country": 4.0, "region": 3.5, "natural": 3.5, "admin1": 2.5, "admin2": 0.0}


def _magnitude(population: int) -> float:
    """Return the powers of ten of inhabitants above a hundred."""
    return math.log10(max(population or UNKNOWN_POPULATION, 100)) - 2.0


def _home(match: Match, rest: Elsewhere) -> float:
    place = match.place
    if not place.countries:
        return rest.country(place.country) if place.country else 0.0
    return max(rest.country(code) for code in (place.country, *place.countries) if code)


def _near(match: Match, rest: Elsewhere) -> float:
    place = match.place
    if place.latitude is None or place.longitude is None or place.kind in LARGE:
        return 0.0
    return rest.near((place.latitude, place.longitude))
