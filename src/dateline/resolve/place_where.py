"""Readings become Where: precision, radius, container, alternatives; nothing more exact than the words."""

from typing import Literal

import msgspec

from dateline.model.span import Span
from dateline.model.values import PlaceKind, PlaceOption, Where, WherePrecision
from dateline.resolve.gazetteer_places import Place
from dateline.resolve.names import TypedName, type_words
from dateline.resolve.place_clues import Around
from dateline.resolve.place_coordinates import Coordinates
from dateline.resolve.place_phrase import Phrase
from dateline.resolve.place_rank import Ranked
from dateline.resolve.place_relative import NEAR_KM, locate

Basis = Literal["stated", "inherited", "dateline"]

# Other places that the name may mean are shown from this share of belief on, so many at most. By hand.
LEAST_ALTERNATIVE = 0.05
MOST_ALTERNATIVES = 3
# "Hawija district" when only the town is known: the town's point with the reach of a district.
DISTRICT_KM = 30.0

_PRECISION: dict[PlaceKind, WherePrecision] = {
    "settlement": "town", "neighbourhood": "town", "facility": "point", "admin1": "admin1", "admin2": "admin2",
    "country": "country", "region": "region", "natural": "area", "unknown": "town",
}  # fmt: skip


class Reading(msgspec.Struct, frozen=True):
    """One name of a wording: as written, what is around it, and the place that it was read as, if any."""

    name: TypedName
    kind: PlaceKind | None
    around: Around
    ranked: Ranked | None
    score: float
    outer: tuple[Place, ...] = ()
    others: tuple[Ranked, ...] = ()


def known_reading(place: Place) -> Reading:
    """Return the reading of a place that no words but the article as a whole tell of."""
    ranked = Ranked(place=place, exactness=1.0, share=1.0, features={})
    return Reading(TypedName(place.name, 0, len(place.name)), place.kind, Around(), ranked, 1.0)


def written_where(span: Span, written: Coordinates, basis: Basis) -> Where:
    """Return the place of coordinates in the text; which country they lie in is not looked up."""
    return Where(
        start=span.start,
        end=span.end,
        text=span.text,
        name=span.text,
        latitude=written.point[0],
        longitude=written.point[1],
        precision="point",
        radius_km=written.radius_km,
        basis=basis,
        score=1.0,
    )


def _within(reading: Reading) -> str | None:
    return reading.around.container.text if reading.around.container else None


def unresolved_where(span: Span, readings: list[Reading], basis: Basis) -> Where:
    """Return the wording as a place that no gazetteer holds."""
    lone = readings[0] if len(readings) == 1 else None
    outer = readings[-1].outer or tuple(reading.ranked.place for reading in readings if reading.ranked)
    countries = {place.country for place in outer}
    container = readings[-1].around.container
    # "On the border of Diyala" does not say on which side.
    areas = {place.admin1 for place in outer} if container is None or container.strict else set()
    found = next((reading.ranked.place.name for reading in readings if reading.ranked), None)
    return Where(
        start=span.start,
        end=span.end,
        text=span.text,
        name=_called(lone) if lone else span.text,
        kind=(lone.kind if lone else None) or "unknown",
        alternatives=_alternatives(lone) if lone else (),
        within=_within(readings[-1]) or found,
        basis=basis,
        country=countries.pop() if len(countries) == 1 else None,
        admin1=areas.pop() if len(areas) == 1 else None,
    )


# With these alone no place is named: "the Old Quarter", "New Town".
_ADJECTIVES = frozenset(
    {"old", "new", "upper", "lower", "inner", "outer", "great", "greater", "central", "green", "red"}
)


def _called(reading: Reading) -> str:
    """Return what a place is called that no gazetteer holds; "a Protestant" is nothing without its "church"."""
    core, word = reading.name.core, reading.name.word
    if word and word.lower() in type_words().before and word.lower() not in type_words().after:
        return f"{word} {core}" if reading.kind in ("natural", "facility") else core  # "Jabal Awliya"
    if not word or (reading.kind != "facility" and core.lower() not in _ADJECTIVES):
        return core
    names = core.split(" ")
    while len(names) > 1 and names[0] == names[0].lower():
        names = names[1:]
    return f"{' '.join(names)} {word}"


def where_at(span: Span, reading: Reading, place: Place, basis: Basis, pcode: str | None = None) -> Where:
    """Return a name that was read as `place`; a district known by its town only gets a wider radius."""
    precision, radius, kind, name = _PRECISION[place.kind], place.radius_km, place.kind, place.name
    if reading.kind == "admin2" and place.kind == "settlement":
        precision, kind, radius = "admin2", "admin2", max(radius or 0.0, DISTRICT_KM)
    elif reading.kind == "natural" and place.kind == "settlement":
        precision, kind, radius = "area", "natural", max(radius or 0.0, DISTRICT_KM)
    elif reading.kind == "facility" and place.kind == "settlement":
        precision, kind, radius = "near", "facility", (radius or 0.0) + NEAR_KM
        name = f"{reading.name.core} {reading.name.word or ''}".strip()
    return Where(
        start=span.start,
        end=span.end,
        text=span.text,
        name=name,
        gazetteer_id=place.id,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=precision,
        radius_km=radius,
        country=place.country,
        admin1=place.admin1,
        kind=kind,
        within=None if place.kind == "country" else _within(reading),
        basis=basis,
        score=reading.score,
        alternatives=_alternatives(reading),
        pcode=pcode,
    )


def _alternatives(reading: Reading) -> tuple[PlaceOption, ...]:
    """Return what else the name may mean, as far as it is worth showing."""
    return tuple(
        PlaceOption(
            name=item.place.name,
            gazetteer_id=item.place.id,
            latitude=item.place.latitude,
            longitude=item.place.longitude,
            country=item.place.country,
            admin1=item.place.admin1,
            score=round(item.share * item.exactness, 3),
        )
        for item in reading.others[:MOST_ALTERNATIVES]
        if item.share >= LEAST_ALTERNATIVE
    )


def related_where(
    span: Span, phrase: Phrase, readings: list[Reading], basis: Basis, *, name: str | None = None
) -> Where | None:
    """Return the place that the phrase puts beside, within or between the places that were read.

    `name` is the whole wording, where it begins before the span.
    """
    places = [reading.ranked.place for reading in readings if reading.ranked is not None]
    spot = locate(phrase, places)
    if spot is None:
        return unresolved_where(span, readings, basis)
    first = places[0]
    shared = {place.country for place in places}
    areas = {place.admin1 for place in places}
    return Where(
        start=span.start,
        end=span.end,
        text=span.text,
        name=" ".join((name or span.text).split()),
        gazetteer_id=first.id if len(places) == 1 else None,
        latitude=spot.point[0],
        longitude=spot.point[1],
        precision=spot.precision,
        radius_km=spot.radius_km,
        country=first.country if len(shared) == 1 else None,
        admin1=first.admin1 if len(areas) == 1 and phrase.relation == "part" else None,
        kind="region" if spot.precision == "area" else "unknown",
        within=first.name if phrase.relation == "part" else None,
        basis=basis,
        score=min(reading.score for reading in readings),
        alternatives=_alternatives(readings[0]) if len(readings) == 1 else (),
    )
