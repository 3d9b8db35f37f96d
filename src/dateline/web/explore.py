"""Exploring: what is to be seen of many events at once. One set of filters, that of the list, for all."""

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from dateline.export.wording import (
    STATUS_MEANINGS,
    country_name,
    status_group,
    type_family,
    type_label,
)
from dateline.model.ids import EventId
from dateline.store.looks import Cluster, Facets, MapView, Tally, Timeline
from dateline.web.answers import reply
from dateline.web.documented import tells
from dateline.web.filters import Filtered, known_parameters
from dateline.web.served import Reading

T = TypeVar("T")

router = APIRouter(tags=["events"], dependencies=[Depends(known_parameters)])


class Facet(msgspec.Struct, frozen=True):
    """A value of a filter, what it is in words, and how many events it holds for."""

    value: str
    label: str
    count: int


class FacetLists(msgspec.Struct, frozen=True, kw_only=True):
    """How many events the filters hold for, and how many there would be with each value in place of the own.

    `family` and `type` are values of the filter `type`, `country` and `admin1` of `where`.
    """

    total: int
    family: Sequence[Facet]
    type: Sequence[Facet]
    country: Sequence[Facet]
    admin1: Sequence[Facet]
    status: Sequence[Facet]
    actor: Sequence[Facet]
    outlet: Sequence[Facet]
    disputed: int
    unresolved: int
    undated: int


class MapPoint(msgspec.Struct, frozen=True, kw_only=True):
    """An event that stands alone on the map, with its type in words and the group of its status."""

    id: EventId
    longitude: float
    latitude: float
    radius_km: float | None
    precision: str
    label: str
    family: str
    group: str


class Name(msgspec.Struct, frozen=True):
    """The name of a place that no map has, and how many events are said to be there."""

    name: str
    count: int


class MapMarks(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the map, and what cannot: places without a point by name, events that name no place."""

    points: Sequence[MapPoint]
    clusters: Sequence[Cluster]
    unresolved: Sequence[Name]
    unresolved_total: int
    placeless: int


@router.get("/facets")
@tells(FacetLists)
def facets(request: Request, workspace: Reading, query: Filtered) -> Response:
    """Count the events by what they have, each list under all filters but its own."""
    return reply(request, workspace, lambda: told_facets(workspace.facets(query)))


@router.get("/timeline")
@tells(Timeline)
def timeline(request: Request, workspace: Reading, query: Filtered) -> Response:
    """Count the events by their dates: each in the first bin in which it can have happened."""
    return reply(request, workspace, lambda: workspace.timeline(query))


@router.get("/map")
@tells(MapMarks)
def map_of(
    request: Request,
    workspace: Reading,
    query: Filtered,
    bbox: Annotated[
        str | None, Query(description="What the map shows: west,south,east,north in degrees.")
    ] = None,
    zoom: Annotated[float, Query(ge=0, le=24, description="Zoom of the web map.")] = 0,
) -> Response:
    """Give the events as they stand on a map: alone, or counted together where they are too near."""
    return reply(request, workspace, lambda: told_map(workspace.map(query, box=bbox, zoom=zoom)))


def told_facets(found: Facets) -> FacetLists:
    """Return the facets with their values in words; families are counted from their types."""
    families: dict[str, int] = {}
    for tally in found.type:
        family = type_family(tally.value)
        if family:
            families[family] = families.get(family, 0) + tally.count
    labels = {family: family.replace("_", " ").capitalize() for family in families}
    return FacetLists(
        total=found.total,
        family=_most_first(Facet(name, labels[name], count) for name, count in families.items()),
        type=_most_first(Facet(each.value, type_label(each.value), each.count) for each in found.type),
        country=_most_first(
            Facet(each.value, country_name(each.value) or each.value, each.count) for each in found.country
        ),
        admin1=_most_first(_area(each) for each in found.admin1),
        status=[
            Facet(each.value, each.value, each.count)
            for each in sorted(found.status, key=lambda each: _rank(each.value))
        ],
        actor=[Facet(f'"{each.value}"', each.label, each.count) for each in found.actor],
        outlet=[Facet(each.value, each.label, each.count) for each in found.outlet],
        disputed=found.disputed,
        unresolved=found.unresolved,
        undated=found.undated,
    )


def _most_first(facets: Iterable[Facet]) -> list[Facet]:
    return sorted(facets, key=lambda facet: (-facet.count, facet.label))


def _area(tally: Tally) -> Facet:
    country = tally.value.partition("/")[0]
    return Facet(tally.value, f"{tally.label}, {country_name(country)}", tally.count)


def _rank(word: str) -> tuple[int, str]:
    words = list(STATUS_MEANINGS)
    return (words.index(word) if word in words else len(words), word)


def told_map(found: MapView) -> MapMarks:
    """Return the marks of the map with their types and statuses in words."""
    return MapMarks(
        points=[
            MapPoint(
                id=point.id,
                longitude=point.longitude,
                latitude=point.latitude,
                radius_km=point.radius_km,
                precision=point.precision,
                label=type_label(point.type),
                family=type_family(point.type) or "",
                group=status_group(point.word),
            )
            for point in found.points
        ],
        clusters=found.clusters,
        unresolved=[Name(name, count) for name, count in found.unresolved.items()],
        unresolved_total=found.unresolved_total,
        placeless=found.placeless,
    )
