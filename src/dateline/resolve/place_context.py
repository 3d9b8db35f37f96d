"""What an article as a whole says about where it plays."""

import msgspec

from dateline.model.ids import PlaceId

# A country is one that the article is about when it has this share of all cues.
MAIN_SHARE = 0.2


class Sense(msgspec.Struct, frozen=True):
    """What a name means throughout an article: one name, one place."""

    key: str
    place: PlaceId
    latitude: float | None
    longitude: float | None
    score: float


class PlaceContext(msgspec.Struct, frozen=True, kw_only=True):
    """Cues for the meaning of names, read once per article.

    `countries` and `areas` (GeoNames code "IQ.13") carry weights that sum to 1 at most. `senses` holds the
    places that names of the article were read as, `persons` the keys of names that it gives to persons,
    `locals` those of neighbourhoods and the like that are called as a known place elsewhere. `capitals` tells
    that the text is in capitals throughout.
    """

    countries: tuple[tuple[str, float], ...] = ()
    areas: tuple[tuple[str, float], ...] = ()
    senses: tuple[Sense, ...] = ()
    persons: tuple[str, ...] = ()
    capitals: bool = False
    locals: tuple[str, ...] = ()

    def main_countries(self) -> tuple[str, ...]:
        """Return the two countries that the article is most about, where it is about any."""
        return tuple(country for country, weight in self.countries[:2] if weight >= MAIN_SHARE)
