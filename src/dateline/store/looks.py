"""What a reader sees of many events at once: a page of a list, facets, a timeline, a map. Values, no words."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from dateline.model.event import Event
from dateline.model.ids import EventId

Unit = Literal["day", "week", "month", "year"]
# Where in an order an event stands: the values of the order's terms.
Place = tuple[str | int | float, ...]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How often each part of the record has changed: equal states mean an equal record.

    `revision` counts changes of articles, reports and verdicts, `linked` is the revision that the events were
    last made from, `events` and `refusals` count changes of these.
    """

    revision: int
    linked: int
    events: int
    refusals: int


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a list of events, and where each stands in it; `last` is None where nothing follows.

    `total` counts the events of the whole list, `claims` who says what of them.
    """

    events: tuple[Event, ...]
    places: tuple[Place, ...]
    last: Place | None
    total: int
    claims: int


class Tally(msgspec.Struct, frozen=True):
    """How many events have a value; `label` is the value as it is written."""

    value: str
    label: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many events the filters hold for, and how many there would be with each value.

    Each list counts under all filters but its own: what choosing the value in place of the present one would
    give. `country` holds codes, `admin1` "CODE/PROVINCE", `actor` ids; the longest are cut to the most
    frequent. `undated` counts events without a date, whatever the filters of dates say.
    """

    total: int
    type: tuple[Tally, ...]
    status: tuple[Tally, ...]
    country: tuple[Tally, ...]
    admin1: tuple[Tally, ...]
    actor: tuple[Tally, ...]
    outlet: tuple[Tally, ...]
    disputed: int
    unresolved: int
    undated: int


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days (ISO dates, both inclusive) and the events that can first have happened in it.

    `disputed` of them have disagreements. The interval of `wide` of them reaches beyond the bin, so that they
    may have happened later.
    """

    start: str
    end: str
    count: int
    disputed: int
    wide: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Events by date, in bins without gaps; `undated` have none, whatever the filters of dates say."""

    unit: Unit
    bins: tuple[Bin, ...]
    undated: int


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """An event that stands alone on the map, by its shown place and type and the word of its status."""

    id: EventId
    longitude: float
    latitude: float
    radius_km: float | None
    precision: str
    type: str
    word: str


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Events that stand too near one another to be told apart; `same_place` where no zoom would part them."""

    longitude: float
    latitude: float
    count: int
    west: float
    south: float
    east: float
    north: float
    same_place: bool


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    """Events on the map, and those that cannot stand there.

    `unresolved` are the names of shown places without a known point, the most frequent first, with the number
    of their events; `unresolved_total` counts all of these, `placeless` the events that name no place.
    """

    points: tuple[Point, ...]
    clusters: tuple[Cluster, ...]
    unresolved: Mapping[str, int]
    unresolved_total: int
    placeless: int
