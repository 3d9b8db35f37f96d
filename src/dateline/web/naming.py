"""The lists of what events name: places, actors, outlets and types."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from dateline.ontology import load_ontology
from dateline.store.lines import ActorLine, OutletLine, PlaceLine, Stretch
from dateline.store.looks import Place
from dateline.web.answers import reply
from dateline.web.documented import tells
from dateline.web.filters import known_parameters
from dateline.web.listing import Asked, Listing, add_list, add_whole, after_item, on_map
from dateline.web.paging import MOST
from dateline.web.served import Reading

router = APIRouter(dependencies=[Depends(known_parameters)], tags=["names"])


class Named(msgspec.Struct, frozen=True):
    """What a list of names is filtered by."""

    q: str | None


class Everything(msgspec.Struct, frozen=True):
    """A list that is not filtered."""


def _named(q: Annotated[str | None, Query(description="Part of the name.")] = None) -> Named:
    return Named(q=q)


def _everything() -> Everything:
    return Everything()


# places


def _places(asked: Asked[Named], limit: int, after: Place | None) -> Stretch[PlaceLine]:
    return asked.workspace.lists.place_lines(limit=limit, after=after, name=asked.filters.q)


PLACES: Listing = Listing(
    name="places",
    tag="names",
    words="List the places that events name, the most frequent first. Those on no map have no point.",
    row=PlaceLine,
    filters=Annotated[Named, Depends(_named)],
    stretch=_places,
    forms={"geojson": lambda asked: on_map(PLACES, asked)},
)
add_list(router, PLACES)


# actors


def _actors(asked: Asked[Named], limit: int, after: Place | None) -> Stretch[ActorLine]:
    return asked.workspace.lists.actor_lines(limit=limit, after=after, name=asked.filters.q)


add_list(
    router,
    Listing(
        name="actors",
        tag="names",
        words="List the groups, forces and offices that events name. Persons are not listed.",
        row=ActorLine,
        filters=Annotated[Named, Depends(_named)],
        stretch=_actors,
    ),
)


# outlets


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of each outlet, the most articles first; `total` counts the outlets."""

    outlets: tuple[OutletLine, ...]
    total: int
    revision: int


def _outlets(asked: Asked[Everything], limit: int, after: Place | None) -> Stretch[OutletLine]:
    return asked.workspace.lists.outlet_lines(limit=limit, after=after)


COVERAGE = Listing(
    name="coverage",
    tag="names",
    words="List what was read of each outlet. Articles without one are counted under none.",
    row=OutletLine,
    filters=Annotated[Everything, Depends(_everything)],
    stretch=_outlets,
)


@router.get("/coverage")
@tells(Coverage)
def coverage(request: Request, workspace: Reading) -> Response:
    """Say what was read of each outlet: the 500 with most articles; the files hold all."""

    def make() -> Coverage:
        found = workspace.lists.outlet_lines(limit=MOST)
        return Coverage(outlets=found.items, total=found.total, revision=workspace.state().revision)

    return reply(request, workspace, make)


add_whole(router, COVERAGE)


# types


class TypeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A type of event, and how many events are shown as it."""

    id: str
    label: str
    family: str
    definition: str
    events: int


def _types(asked: Asked[Everything], limit: int, after: Place | None) -> Stretch[TypeRow]:
    counts = {each.value: each.count for each in asked.workspace.facets().type}
    rows = [
        TypeRow(
            id=each.id,
            label=each.label,
            family=each.family,
            definition=each.definition,
            events=counts.get(each.id, 0),
        )
        for each in sorted(load_ontology().types.values(), key=lambda each: (each.family, each.label))
    ]
    return after_item(rows, lambda row: row.id, limit, after)


add_list(
    router,
    Listing(
        name="types",
        tag="names",
        words="List the types of events by family, with their definitions.",
        row=TypeRow,
        filters=Annotated[Everything, Depends(_everything)],
        stretch=_types,
    ),
)
