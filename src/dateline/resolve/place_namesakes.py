"""Places abroad that only happen to be called like one in the country that an article is about."""

from dateline.resolve.gazetteer_schema import CAPITAL
from dateline.resolve.names import normalise, without_article
from dateline.resolve.place_context import PlaceContext, elsewhere
from dateline.resolve.place_rank import AREA_WORDS, LEAST_SAID, Clue, Ranked

# An article is about one country where that has this share of what its other names say, and so much in all: as
# much as two names of one meaning. Less is enough to refuse abroad what only is a variant of the name.
# By hand, on LGL, GeoVirus and the developing worlds.
ABOUT_SHARE = 0.3
ABOUT_SAID = 2.0
LITTLE_SAID = 0.6
# Of a town with fewer people it is enough that much of what is said speaks for another country.
SMALL_TOWN = 20_000
SMALL_SHARE = 0.4
# A name speaks for a country with so much of its weight: the web address of a paper, or a people, is no place.
NAMED = 0.5
# With so many people a place abroad is known by its name alone.
FAMOUS_TOWN = 50_000
FAMOUS = {"admin1": 1_000_000}
# A name that fits so well is the one in the list, not another one of the place.
OWN_NAME = 0.95
# Kinds of which many share a name.
_WITH_NAMESAKES = frozenset({"settlement", "neighbourhood", "admin2", "admin1"})


def without_namesakes(
    name: str, clue: Clue, ranked: tuple[Ranked, ...], context: PlaceContext
) -> tuple[Ranked, ...]:
    """Return what `name` may mean without mere namesakes abroad, where one of those is the likeliest.

    What is left then are the places of countries that the article tells of.
    """
    key = normalise(name)
    if not ranked or not (_loses_article(key, ranked[0]) or _is_mere_namesake(key, clue, ranked[0], context)):
        return ranked
    return tuple(item for item in ranked if "abroad" not in item.features)


def _loses_article(key: str, item: Ranked) -> bool:
    """Tell whether a small town abroad is called like the name without its article ("al-Barth", Barth)."""
    place = item.place
    if "abroad" not in item.features or item.features.get("inside", 0.0) > 0.0 or "own" in item.features:
        return False
    if place.kind != "settlement" or place.population >= FAMOUS_TOWN:
        return False
    own = normalise(place.name)
    return without_article(key) != key and without_article(own) == own


def _is_mere_namesake(key: str, clue: Clue, item: Ranked, context: PlaceContext) -> bool:
    """Tell whether a small place abroad only happens to be called like one in the country of the article.

    The article is about one country and says nothing of the other, nor names anything near, and no container
    follows. A place known by another name than its own, or written in another way, must be more than large.
    """
    place, features = item.place, item.features
    if (
        features.get("abroad", 0.0) < ABOUT_SHARE
        or place.kind not in _WITH_NAMESAKES
        or place.feature == CAPITAL
    ):
        return False
    if "own" in features or features.get("inside", 0.0) > 0.0 or features.get("around", 0.0) >= LEAST_SAID:
        return False
    if place.kind == "admin1" and clue.kind in AREA_WORDS:
        return False  # "Mandera county": of first-level areas there are few
    own_name = item.exactness >= OWN_NAME or _bare(key) == _bare(normalise(place.name))
    if own_name and place.population >= FAMOUS.get(place.kind, FAMOUS_TOWN):
        return False
    said = elsewhere(context, key).most_said()
    if not own_name or said >= ABOUT_SAID:
        return said >= LITTLE_SAID
    small = place.kind == "settlement" and place.population < SMALL_TOWN and features["abroad"] >= SMALL_SHARE
    return small and said >= LITTLE_SAID and _names_home(key, context)


def _bare(key: str) -> str:
    """Return a name without the Arabic article and the "h" of its ending: "Raqqa" is Ar Raqqah."""
    return without_article(key).removesuffix("h")


def _names_home(key: str, context: PlaceContext) -> bool:
    """Tell whether another name than `key` speaks for the country that most is said for, beside its people."""
    rest = elsewhere(context, key)
    home = max(sorted(rest.total.countries), key=rest.country)
    others = (votes for other, votes in context.votes.items() if other != key)
    return any(votes.countries.get(home, 0.0) >= NAMED for votes in others)
