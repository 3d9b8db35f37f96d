"""What an article as a whole says about where it plays."""

from typing import Any

import msgspec

from dateline.model.ids import PlaceId
from dateline.resolve.place_geometry import Point
from dateline.resolve.place_scan import Name

# A country is one that the article is about when it has this share of all cues.
MAIN_SHARE = 0.2
# Sides in degrees of the cells in which places close together meet: about a county, about a state.
CELL, WIDE_CELL = 0.5, 2.5
Cell = tuple[int, int]


def cell_of(point: Point, side: float) -> Cell:
    """Return the cell of the grid with `side` degrees that holds `point`."""
    return int(point[0] // side), int(point[1] // side)


class Votes(msgspec.Struct):
    """What names say about where the article plays, in weights: one unit is one name with one meaning.

    `areas` goes by GeoNames code ("IQ.13"), `cells` and `wide` by cells of two grids; a weight stands in its
    own cell and in the eight around it.
    """

    weight: float = 0.0
    countries: dict[str, float] = msgspec.field(default_factory=dict)
    areas: dict[str, float] = msgspec.field(default_factory=dict)
    cells: dict[Cell, float] = msgspec.field(default_factory=dict)
    wide: dict[Cell, float] = msgspec.field(default_factory=dict)

    def add(self, other: "Votes") -> None:
        """Add the weights of `other`."""
        self.weight += other.weight
        for field in ("countries", "areas", "cells", "wide"):
            mine, theirs = getattr(self, field), getattr(other, field)
            for key, weight in theirs.items():
                mine[key] = mine.get(key, 0.0) + weight

    def put(self, point: Point, weight: float) -> None:
        """Add `weight` to the cells around `point`."""
        for table, side in ((self.cells, CELL), (self.wide, WIDE_CELL)):
            row, column = cell_of(point, side)
            for up in (row - 1, row, row + 1):
                for along in (column - 1, column, column + 1):
                    table[up, along] = table.get((up, along), 0.0) + weight


NO_VOTES = Votes()


class PlaceContext(msgspec.Struct, frozen=True, kw_only=True):
    """Cues for the meaning of names, read once per article.

    `countries` carries shares that sum to less than 1. `total` holds what all names say together, `votes` what
    each says, so that a name's own say can be left out. `senses` tells for a name what its mentions with a
    container or a type word mean, as shares. `persons` are the keys of names that the article gives to
    persons, `locals` those of neighbourhoods and the like that are called as a known place elsewhere.
    `said` are the keys of names that no gazetteer holds and that the article calls a town or the like.
    `capitals` tells that the text is in capitals throughout. `names` are the names of the text up to `read_to`.
    `common` are the keys of the words that it writes without a capital.
    `answers` keeps what was worked out from this context already; it changes nothing but the time that takes.
    """

    countries: tuple[tuple[str, float], ...] = ()
    total: Votes = msgspec.field(default_factory=Votes)
    votes: dict[str, Votes] = msgspec.field(default_factory=dict)
    senses: dict[str, dict[PlaceId, float]] = msgspec.field(default_factory=dict)
    persons: tuple[str, ...] = ()
    capitals: bool = False
    locals: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    names: tuple[Name, ...] = ()
    common: frozenset[str] = frozenset()
    read_to: int = 0
    answers: dict[tuple[Any, ...], Any] = msgspec.field(default_factory=dict)

    def main_countries(self) -> tuple[str, ...]:
        """Return the two countries that the article is most about, where it is about any."""
        return tuple(country for country, weight in self.countries[:2] if weight >= MAIN_SHARE)

    def told_countries(self) -> tuple[str, ...]:
        """Return the main countries, the first as often as its share of the names in the text tells."""
        main = self.main_countries()
        first = round(self.countries[0][1] * len(self.names)) if main else 0
        return (*main[:1] * max(first, 1), *main[1:])


class Elsewhere(msgspec.Struct, frozen=True):
    """What the rest of an article says about the meaning of one name."""

    total: Votes
    own: Votes

    def country(self, code: str) -> float:
        """Return the share of the country `code`, 0..1."""
        said = self.total.countries.get(code, 0.0) - self.own.countries.get(code, 0.0)
        return said / (self.total.weight - self.own.weight + 1.0)

    def home(self) -> float:
        """Return the share of the country that most is said for, 0..1."""
        return max(map(self.country, self.total.countries), default=0.0)

    def most_said(self) -> float:
        """Return how much is said for the country that most is said for, in names of one meaning."""
        own = self.own.countries
        return max((said - own.get(code, 0.0) for code, said in self.total.countries.items()), default=0.0)

    def area(self, code: str) -> float:
        """Return how much is said for the first-level area `code`, 0..1."""
        return saturated(self.total.areas.get(code, 0.0) - self.own.areas.get(code, 0.0))

    def area_share(self, code: str) -> float:
        """Return the share of what is said that is for the first-level area `code`, 0..1."""
        said = self.total.areas.get(code, 0.0) - self.own.areas.get(code, 0.0)
        return said / (self.total.weight - self.own.weight + 1.0)

    def near(self, point: Point, *, wide: bool = False) -> float:
        """Return how much else lies around `point`, 0..1; with `wide` up to some 400 km off, else some 80."""
        cell = cell_of(point, WIDE_CELL if wide else CELL)
        total, own = (self.total.wide, self.own.wide) if wide else (self.total.cells, self.own.cells)
        return saturated(total.get(cell, 0.0) - own.get(cell, 0.0))


def saturated(weight: float) -> float:
    """Return a weight as 0..1: the first name counts most."""
    return weight / (weight + 1.0) if weight > 0 else 0.0


def elsewhere(context: PlaceContext, key: str) -> Elsewhere:
    """Return what the article's other names say, for the name with this key."""
    return Elsewhere(context.total, context.votes.get(key, NO_VOTES))
