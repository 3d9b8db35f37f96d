"""Capitals told of by their country: "the Afghan capital", "Nigeria's capital"."""

import re
from functools import lru_cache

from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import normalise
from dateline.resolve.nations import load_nations
from dateline.resolve.place_words import place_words

_CAPITAL = re.compile(
    r"(?:[Tt]he\s+)?(?P<nation>[^\W\d_a-zß-ÿ][\w’'. -]*?)(?:['’]s?)?\s+(?:[a-z-]+\s+)?capital(?:\s+city)?"
)


def capital_meant(wording: str, gazetteer: Gazetteer) -> Place | None:
    """Return the capital that `wording` means by its country alone, or None."""
    found = _CAPITAL.fullmatch(wording)
    if found is None:
        return None
    nation = found["nation"]
    code = place_words().demonyms.get(normalise(nation)) or load_nations().country_of(nation)
    return _seat(code, gazetteer) if code is not None else None


@lru_cache(maxsize=256)
def _seat(code: str, gazetteer: Gazetteer) -> Place | None:
    seats = (name for name, country in load_nations().seats.items() if country == code)
    towns = (gazetteer.find(" ".join(seat), country=code, kind="settlement", limit=1) for seat in seats)
    return max((found[0] for found in towns if found), key=lambda place: place.population, default=None)
