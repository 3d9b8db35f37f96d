"""The features of place: how far two reports tell of one place, with values in -1..1 as those of `features`."""

import math
from collections.abc import Sequence

from dateline.link.placekeys import Place
from dateline.link.profiles import Profile

# Distances beyond what the radii of two places explain: up to the first nothing is concluded (a village
# is often named by its nearest town), from the second on two fine places are never one.
NEAR_KM = 15.0
FAR_KM = 150.0
# Two names for places whose radii meet agree by this at no distance, by half of it at so many kilometres.
NEXT_TOWN = 0.9
NEXT_TOWN_KM = 10.0
EARTH_KM = 6371.0


def kilometres(a: Place, b: Place) -> float | None:
    """Return the great-circle distance between two places (haversine), None where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    half_north = math.sin((north_b - north_a) / 2)
    half_east = math.sin(math.radians(b.longitude - a.longitude) / 2)
    inner = half_north**2 + math.cos(north_a) * math.cos(north_b) * half_east**2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(inner)))


# What agreement of places counts within one article, where it is the rule and not a finding.
ONE_TEXT = 0.5


def place_agreement(a: Profile, b: Profile) -> float:
    """1 for the same town, less for near ones, -1 for two places far apart; 0 for a place and its container.

    Within one article, which mostly stays in one place, agreement counts by ONE_TEXT.
    """
    value, contained = _best_pair(a.places, b.places)
    if contained or (value < 0 and (place_named(a, b) > 0 or place_in_lead(a, b) > 0)):
        return 0.0
    return value * ONE_TEXT if value > 0 and a.article == b.article else value


def containment(a: Profile, b: Profile) -> float:
    """Up to 1 where one place is told by what contains the other; negative where it lies outside of it."""
    value, contained = _best_pair(a.places, b.places)
    return value if contained else 0.0


# Types of what is done by words, for all of a country as often as in one town.
PLACELESS = frozenset({
    "accusation", "agreement", "aid", "ceasefire", "censorship", "concession", "cooperation", "demand",
    "investigation", "leadership_change", "negotiation", "rejection", "sanction", "support", "threat", "trial",
    "withdrawal",
})  # fmt: skip

# From this agreement on two reports are tied to one place: a town and the province that holds it.
TIED = 0.3


def unplaced(a: Profile, b: Profile) -> float:
    """-1 where nothing says that both are in one place, nor in two: no place, or a country only.

    A threat, a plan or what is done at a table often names no place: half of it.
    """
    if not 0.0 <= places_agree(a.places, b.places) < TIED:
        return 0.0
    local = "fact" in (a.reality, b.reality) and not {a.type, b.type} <= PLACELESS
    return -1.0 if local else -0.5


def other_town(a: Profile, b: Profile) -> float:
    """-1 where each names a town of its own, however close: the town is what tells of which attack it is."""
    left, right = ([place for place in each.places if _is_town(place)] for each in (a, b))
    if not left or not right or _best_pair(a.places, b.places)[0] >= SAME_TOWN:
        return 0.0
    if any(one.keys & other.keys for one in left for other in right):
        return 0.0
    known = {place.precision for place in left}, {place.precision for place in right}
    if known[0] != known[1] and (place_named(a, b) > 0 or place_in_lead(a, b) > 0):
        return 0.0  # a quarter or a village of the town that its article names
    taken = all(map(_is_taken, left)) or all(map(_is_taken, right))
    return -ASSUMED_PLACE if taken else -1.0


# From this agreement on there is a place that both name.
SAME_TOWN = 0.6


def _is_town(place: Place) -> bool:
    """Tell whether it is a town or village by its own name."""
    return place.precision in ("town", "unresolved") and not place.relative


def _is_taken(place: Place) -> bool:
    return place.assumed or place.inherited


def place_named(a: Profile, b: Profile) -> float:
    """1 where one has no place of its own to tell apart, and its sentence or title names the other's.

    0 where their own places agree already.
    """
    if a.article == b.article or places_agree(a.places, b.places) >= TIED:
        return 0.0
    return 1.0 if _only_names(a, b) or _only_names(b, a) else 0.0


def _only_names(teller: Profile, placed: Profile) -> bool:
    if any(place.fine and not place.assumed for place in teller.places):
        return False
    return any(not place.coarse and not place.assumed and place.keys & teller.named for place in placed.places)


def place_in_lead(a: Profile, b: Profile) -> float:
    """1 where one has no place of its own to tell apart, and its article's head names the other's."""
    if a.article == b.article or places_agree(a.places, b.places) >= TIED or place_named(a, b) > 0:
        return 0.0
    return 1.0 if _leads_to(a, b) or _leads_to(b, a) else 0.0


def _leads_to(teller: Profile, placed: Profile) -> bool:
    if any(not (place.coarse or place.assumed or place.inherited) for place in teller.places):
        return False
    return any(not place.coarse and not place.assumed and place.keys & teller.lead for place in placed.places)


def places_agree(a: Sequence[Place], b: Sequence[Place]) -> float:
    """Return how well the best pair of two sets of places agrees; 0 where one is empty."""
    return _best_pair(a, b)[0]


def _best_pair(a: Sequence[Place], b: Sequence[Place]) -> tuple[float, bool]:
    """Return the best agreement, and whether it is that of a place and its container."""
    return max((_place_pair(left, right) for left in a for right in b), default=(0.0, False))


# How much the same place says: one country has many happenings a day, one village few.
_SAME_PLACE = {"country": 0.1, "region": 0.2, "admin1": 0.3, "admin2": 0.6, "unresolved": 0.9}


# One name read as two places: what it says where one of the readings is unsure, or names the other among what
# else it may be; in two countries less.
DOUBTFUL_NAMESAKE = 0.5
NAMESAKE_ABROAD = 0.3
# From this score on both ends are taken to be what they were read as. The gazetteer's readings of lone names
# of small towns lie below it.
SURE = 0.8

# A place and a country that does not hold it: the country may only be that of who speaks or acts.
ABROAD = 0.6

# A place taken from the head of the dispatch, or from a sentence before, speaks against another by this share.
ASSUMED_PLACE = 0.5


def _place_pair(a: Place, b: Place) -> tuple[float, bool]:
    value, contained = _told_pair(a, b)
    return (value * _weight_against(a, b) if value < 0 else value), contained


def _weight_against(a: Place, b: Place) -> float:
    """Return how far (0..1) two places that do not agree can be trusted to be what they were read as."""
    assumed = a.assumed or b.assumed or a.inherited or b.inherited
    sure = min(a.sure, b.sure)
    return (ASSUMED_PLACE if assumed else 1.0) * (sure if sure < SURE else 1.0)


def _told_pair(a: Place, b: Place) -> tuple[float, bool]:
    if a.id and a.id == b.id:
        return _as_close(a, b), False
    if a.coarse != b.coarse and (a.country == b.country or not (a.country and b.country)):
        return _contained(a, b), True
    if a.keys & b.keys:
        value = _namesakes(a, b)
        if value is not None:
            return value, False
    if a.country and b.country and a.country != b.country:
        return (-1.0 if a.fine and b.fine else -ABROAD), False
    if a.fine and b.fine:
        return _by_distance(a, b), False
    if a.coarse:
        return _contained(a, b), True
    return _unresolved(a, b), False


def _as_close(a: Place, b: Place) -> float:
    return min(_SAME_PLACE.get(a.precision, 1.0), _SAME_PLACE.get(b.precision, 1.0))


def _namesakes(a: Place, b: Place) -> float | None:
    """Return how far one name means one place; None where both were surely read as two."""
    if not (a.id and b.id):
        # Towns of one name lie in many provinces; an unresolved name is taken for what it is called.
        apart = a.admin1 and b.admin1 and a.admin1 != b.admin1
        return None if apart else _as_close(a, b)
    if min(a.sure, b.sure) >= SURE and a.id not in b.others and b.id not in a.others:
        return None
    return DOUBTFUL_NAMESAKE if a.country == b.country else NAMESAKE_ABROAD


def _by_distance(a: Place, b: Place) -> float:
    apart = kilometres(a, b)
    if apart is None:
        return 0.0
    beyond = apart - a.radius_km - b.radius_km
    if beyond <= 0:
        return NEXT_TOWN / (1.0 + apart / NEXT_TOWN_KM)
    return 0.0 if beyond <= NEAR_KM else -min(1.0, 0.4 + beyond / FAR_KM)


def _contained(a: Place, b: Place) -> float:
    coarse, other = (a, b) if a.coarse else (b, a)
    if coarse.precision == "country":
        return 0.1 if coarse.country and coarse.country == other.country else 0.0
    if coarse.key and coarse.key in (other.admin1, other.within):
        return 0.35
    if coarse.precision == "admin1" and other.admin1 and other.admin1 != coarse.key:
        return -0.6
    apart = kilometres(coarse, other)
    if apart is None:
        return 0.0
    return 0.15 if apart <= coarse.radius_km + other.radius_km else -0.5


def _unresolved(a: Place, b: Place) -> float:
    if a.precision == "unresolved" and b.precision == "unresolved":
        return 0.1 if a.within and a.within == b.within else -0.6
    unresolved, other = (a, b) if a.precision == "unresolved" else (b, a)
    return TIED if unresolved.within and unresolved.within in {*other.keys, other.admin1} else -0.4
