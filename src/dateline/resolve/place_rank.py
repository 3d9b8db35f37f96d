"""Which place a name means: candidates scored by named features, the likeliest first.

The score of a candidate is the sum of its features times their weights; the scores of all candidates of a name
become shares (softmax), so that a name with many equal bearers ends with a low share for each. What is missing
to 1 belongs to places that no gazetteer holds.
"""

import math

import msgspec

from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Match, Place
from dateline.resolve.gazetteer_schema import CAPITAL
from dateline.resolve.names import normalise
from dateline.resolve.place_context import Elsewhere, PlaceContext, elsewhere
from dateline.resolve.place_geometry import distance_km
from dateline.resolve.place_weights import ranking_weights

# An unknown population is not a small one: such towns are listed because they are the seat of some district.
UNKNOWN_POPULATION = 5_000
# So far beyond its edge a place still lies beside another.
NEAR_KM = 150.0
MOST_CANDIDATES = 60
# A country or neighbourhood of which less is said than this is as good as never named: names with many bearers
# give each of them a little.
LEAST_SAID = 0.02
# So many of them are kept: enough to show what else a name may mean.
MOST_KEPT = 12
# What lies within places of these kinds is less than a first-level area.
NARROW = frozenset({"admin1", "admin2", "settlement", "neighbourhood"})
# Of these kinds the gazetteer holds all there are.
HELD_KINDS = frozenset({"country", "admin1"})
# How far "city" speaks against an area or a country, where other words speak against others with −1. By hand.
NO_TOWN = -3.0
# Type words that say an area is meant, not its seat.
AREA_WORDS = frozenset({"admin1", "admin2", "region"})
# A name with its type word counts when it is written like that, not as a variant.
WHOLE = 0.8
# A town is the seat of the area that is called like it when so much of the area's people live there.
SEAT_SHARE = 0.08

# Kinds that a type word may stand for beside its own: news calls one place a city, a district and a town.
_AGREES: dict[str, frozenset[str]] = {
    "settlement": frozenset({"settlement", "neighbourhood"}),
    "neighbourhood": frozenset({"neighbourhood", "settlement"}),
    "admin1": frozenset({"admin1", "region"}),
    "admin2": frozenset({"admin2", "admin1"}),
    "region": frozenset({"region", "admin1", "settlement", "admin2"}),
    "natural": frozenset({"natural", "region"}),
    "facility": frozenset({"facility"}),
}


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a name may mean with its share of belief in 0..1 and the features behind it."""

    place: Place
    exactness: float
    share: float
    features: dict[str, float]


class Clue(msgspec.Struct, frozen=True, kw_only=True):
    """What the text says about one name.

    `kind` is that of its type word, `inside` what its container may be (`strict`: it lies inside, else beside
    it; `explicit`: words say so, not just a comma), `full` the name with its type word ("Nineveh Plain");
    `narrow`: that word is said of less than a first-level area.
    `wide`: areas of it are meant, so that a province is likelier than its seat. `apart`: its type word makes it
    another place than the town that is called so ("Red River"). `holds` is what the name before it may mean,
    where that lies in it ("Buffalo, New York").
    `governed`: a word of an area's government follows. `beside`: words before it tell how a place lies to it.
    """

    kind: PlaceKind | None = None
    inside: tuple[Place, ...] = ()
    strict: bool = True
    explicit: bool = False
    narrow: bool = False
    full: str = ""
    wide: bool = False
    apart: bool = False
    holds: tuple[Place, ...] = ()
    governed: bool = False
    beside: bool = False


def is_firm(clue: Clue) -> bool:
    """Tell whether the words around a mention say by themselves which of several places it means."""
    return bool(clue.inside and clue.strict) or clue.kind is not None


class Scored(msgspec.Struct, frozen=True):
    """A candidate with its named features."""

    match: Match
    features: dict[str, float]


def rank(name: str, clue: Clue, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Ranked, ...]:
    """Return the places that `name` may mean, likeliest first; none when no name is like it."""
    asked = ("rank", name, clue)
    if asked not in context.answers:
        context.answers[asked] = _ranked(name, clue, context, gazetteer)
    found: tuple[Ranked, ...] = context.answers[asked]
    return found


def _ranked(name: str, clue: Clue, context: PlaceContext, gazetteer: Gazetteer) -> tuple[Ranked, ...]:
    scored = candidates(name, clue, context, gazetteer)
    if not scored:
        return ()
    weights = ranking_weights()
    sums = [sum(weights[name] * value for name, value in item.features.items()) for item in scored]
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    missing = unlisted(normalise(name), clue, context)
    total = sum(powers) + math.exp(sum(weights[name] * value for name, value in missing.items()) - top)
    ranked = sorted(
        zip(powers, scored, strict=True),
        key=lambda pair: (-pair[0], -pair[1].match.place.population, pair[1].match.place.id),
    )
    return tuple(
        Ranked(
            place=item.match.place,
            exactness=item.match.exactness,
            share=round(power / total, 4),
            features=item.features,
        )
        for power, item in ranked[:MOST_KEPT]
    )


def unlisted(key: str, clue: Clue, context: PlaceContext) -> dict[str, float]:
    """Return the features of a place that no gazetteer holds: a village in the article's country, say."""
    features = {"unlisted": 1.0, "country": elsewhere(context, key).home()}
    if clue.kind is not None:
        features["type"] = -1.0 if clue.kind in HELD_KINDS else 1.0
    if clue.inside:
        features["inside"] = 1.0
    return features


def candidates(name: str, clue: Clue, context: PlaceContext, gazetteer: Gazetteer) -> list[Scored]:
    """Return the places that `name` may mean with their features, in no order."""
    matches = _candidates(name, clue, context, gazetteer)
    if not matches:
        return []
    key = normalise(name)
    if matches[0] in _whole(clue, name, gazetteer):
        fitting = matches[:MOST_CANDIDATES]
        clue = msgspec.structs.replace(clue, kind=None)
    else:
        fitting = [match for match in matches if _can_be_meant(match.place, clue)][:MOST_CANDIDATES]
    seats = frozenset() if clue.kind in AREA_WORDS else _seats(fitting, wide=clue.wide)
    senses = context.senses.get(key, {})
    namesakes = frozenset() if clue.kind in AREA_WORDS else _namesakes(fitting)
    lands = {
        match.place.country for match in fitting if match.place.kind == "country" and match.exactness >= WHOLE
    }
    firm = is_firm(clue)
    rest = elsewhere(context, key)
    home = rest.home()
    scored = []
    for match in fitting:
        features = _features(match, clue, rest, home)
        if match.place.id in seats:
            features["seat"] = 1.0
        if match.place.id in namesakes:
            features["capital_name"] = 1.0
        if match.place.kind != "country" and match.place.country in lands:
            # What lies near speaks for the country of that name as well.
            features = {name: value for name, value in features.items() if name not in _NEARNESS}
            features["of_country"] = 1.0
        if match.place.id in senses and not (clue.wide or firm):
            features["sense"] = senses[match.place.id]
        scored.append(Scored(match, features))
    return scored


def _can_be_meant(place: Place, clue: Clue) -> bool:
    """Tell whether the type word and the container allow a place: no first-level area lies within another."""
    if not compatible(place.kind, clue.kind):
        return False
    inside = clue.explicit and clue.inside and all(outer.kind in NARROW for outer in clue.inside)
    return not ((inside or clue.narrow) and place.kind in HELD_KINDS)


def _candidates(name: str, clue: Clue, context: PlaceContext, gazetteer: Gazetteer) -> list[Match]:
    """Return exact bearers of the name anywhere and variants within the countries of the article."""
    whole = _whole(clue, name, gazetteer)
    other = clue.inside and clue.strict and not any(_in_any(match.place, clue.inside) for match in whole)
    if clue.apart or (whole and not other):
        return whole
    countries = [place.country for place in clue.inside if place.country]
    return list(gazetteer.fitting(name, (*countries, *context.main_countries())))


def _in_any(place: Place, outer: tuple[Place, ...]) -> bool:
    return any(lies_in(place, one) for one in outer)


def _whole(clue: Clue, name: str, gazetteer: Gazetteer) -> list[Match]:
    """Return the places that are called so with the type word ("Nineveh Plain", "Rhode Island")."""
    if not clue.full or normalise(clue.full) == normalise(name):
        return []
    return [match for match in gazetteer.match(clue.full) if match.exactness >= WHOLE]


def _features(match: Match, clue: Clue, rest: Elsewhere, home: float) -> dict[str, float]:
    place = match.place
    features = {"exactness": match.exactness}
    if place.kind == "settlement":
        features["population"] = math.log10(max(place.population or UNKNOWN_POPULATION, 100))
        if place.feature == CAPITAL:
            features["capital"] = 1.0
    else:
        features |= _KINDS.get(place.kind, {})
        if place.kind == "admin1":
            features["area_population"] = math.log10(max(place.population, 1_000))
    if place.id.startswith("user:"):
        features["own"] = 1.0
    return features | _said_features(place, clue, rest, home) | _clue_features(place, clue)


def _said_features(place: Place, clue: Clue, rest: Elsewhere, home: float) -> dict[str, float]:
    """Return what the article's other names say for a place."""
    features: dict[str, float] = {}
    if place.countries:
        share = max(rest.country(code) for code in place.countries)
    else:
        share = rest.country(place.country) if place.country else 0.0
    if share:
        features["country"] = share
    if share < LEAST_SAID:
        features["abroad"] = home
    if place.admin1_code:
        code = f"{place.country}.{place.admin1_code}"
        said = rest.area(code)
        if said:
            features["area_of" if place.kind == "admin1" else "area"] = said
            features["area_share"] = rest.area_share(code)
    if place.latitude is not None and place.longitude is not None and place.kind not in LARGE_KINDS:
        point = (place.latitude, place.longitude)
        features["near"] = rest.near(point)
        features["around"] = rest.near(point, wide=True)
        if clue.beside and features["around"] < LEAST_SAID:
            features["beside"] = 1.0
    return features


def _clue_features(place: Place, clue: Clue) -> dict[str, float]:
    features: dict[str, float] = {}
    if clue.inside:
        held = any(lies_in(place, outer) if clue.strict else _is_beside(place, outer) for outer in clue.inside)
        features["inside"] = 1.0 if held else -0.5
    if clue.kind is not None:
        features["type"] = _agreement(place.kind, clue.kind)
    if clue.holds:
        features["holds"] = 1.0 if any(lies_in(inner, place) for inner in clue.holds) else -0.5
    if clue.governed and place.kind == "admin1":
        features["governed"] = 1.0
    return features


_NEARNESS = frozenset({"area", "area_of", "area_share", "near", "around"})
# Too large for their points to say what is near.
LARGE_KINDS = frozenset({"country", "region"})

_KINDS: dict[str, dict[str, float]] = {
    "country": {"country_kind": 1.0},
    "region": {"region_kind": 1.0},
    "natural": {"region_kind": 1.0},
    "admin1": {"area_kind": 1.0},
    "admin2": {"district_kind": 1.0},
}


def compatible(kind: PlaceKind, word: PlaceKind | None) -> bool:
    """Tell whether a place of this kind can be meant by a name with that type word."""
    if word is None or word == kind:
        return True
    if kind == "country":
        return word in ("region", "admin1")
    if word in ("neighbourhood", "facility"):
        return kind in ("settlement", "neighbourhood")
    if word == "natural":
        return kind in ("natural", "region", "settlement")
    return True


def _seats(matches: list[Match], *, wide: bool) -> frozenset[str]:
    """Return the ids of areas whose seat is called like them; of the seats where areas are meant."""
    places = [match.place for match in matches]
    pairs = [(area, town) for area in places if area.kind == "admin1" for town in places if is_seat(town, area)]
    return frozenset(town.id if wide else area.id for area, town in pairs)


def _namesakes(matches: list[Match]) -> frozenset[str]:
    """Return the ids of areas called like their country's capital, which lies elsewhere ("Washington")."""
    places = [match.place for match in matches]
    capitals = [place for place in places if place.feature == CAPITAL]
    areas = [place for place in places if place.kind == "admin1"] if capitals else []
    return frozenset(
        area.id
        for area in areas
        for town in capitals
        if town.country == area.country and not lies_in(town, area)
    )


def is_seat(place: Place, area: Place) -> bool:
    """Tell whether `place` is a town where so much of the area's people live that it stands for the area."""
    return (
        place.kind == "settlement"
        and lies_in(place, area)
        and place.population >= SEAT_SHARE * area.population > 0
    )


def _is_beside(place: Place, other: Place) -> bool:
    if place.latitude is None or place.longitude is None or other.latitude is None or other.longitude is None:
        return False
    apart = distance_km((place.latitude, place.longitude), (other.latitude, other.longitude))
    return apart <= (other.radius_km or 0.0) + NEAR_KM


def _agreement(kind: str, word: str) -> float:
    if kind == word:
        return 1.0
    if word == "settlement" and kind in HELD_KINDS:
        return NO_TOWN
    return 0.3 if kind in _AGREES.get(word, frozenset()) else -1.0


def lies_in(place: Place, outer: Place) -> bool:
    """Tell whether `place` lies in `outer`, as far as the user's lists, codes and distances tell."""
    if place.id == outer.id:
        return False
    if outer.id in place.parents:
        return True
    if outer.kind == "country":
        return outer.country == place.country or (outer.country or "") in place.countries
    if outer.kind == "admin1":
        return (
            place.country == outer.country and place.admin1_code == outer.admin1_code and place.kind != "admin1"
        )
    if None in (place.latitude, place.longitude, outer.latitude, outer.longitude):
        return False
    if outer.countries and place.country and place.country not in outer.countries:
        return False
    apart = distance_km(
        (place.latitude or 0, place.longitude or 0), (outer.latitude or 0, outer.longitude or 0)
    )
    return apart <= max(outer.radius_km or 0.0, 15.0) * 1.2


def belief(ranked: tuple[Ranked, ...]) -> float:
    """Return how far the first of `ranked` is to be believed, 0..1; 0 when there is none.

    A city and the province around it that share a name do not speak against each other's whereabouts.
    """
    if not ranked:
        return 0.0
    best = ranked[0]
    share = sum(
        item.share
        for item in ranked
        if item is best or lies_in(item.place, best.place) or lies_in(best.place, item.place)
    )
    return round(min(1.0, share) * best.exactness, 3)
