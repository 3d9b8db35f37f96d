"""Pages, facets, timelines and maps: what they count is what the list gives, in every store."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, get_args

import msgspec
import pytest

from dateline.errors import InputError
from dateline.model.event import Claim, Claims
from dateline.model.ids import ActorId, sha256
from dateline.model.rejected import Rejected
from dateline.model.values import When, make_status
from dateline.store.looks import Facets
from dateline.store.query import EventQuery, Sort
from dateline.store.shelf import SHELF

PLACES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Kirkuk", {}),
    ("Hawija", {"latitude": 35.32, "longitude": 43.77}),
    ("Daquq", {"latitude": 35.13, "longitude": 44.45, "radius_km": None}),
    ("Gao", {"latitude": 16.27, "longitude": -0.04, "country": "ML", "admin1": "Gao Région"}),
    ("Suva", {"latitude": -18.14, "longitude": 178.44, "country": "FJ", "admin1": "Central"}),
    ("De Panne", {"latitude": 51.1, "longitude": 2.59, "country": "BE", "admin1": None}),
    (
        "Domiz",
        {"latitude": None, "longitude": None, "country": None, "admin1": None, "precision": "unresolved"},
    ),
)
WHENS = (
    When(),
    When(start="2016-10-21", end="2016-10-21", precision="day"),
    When(start="2016-10-24", end="2016-10-24", precision="day"),
    When(start="2016-10-01", end="2016-10-31", precision="month"),
    When(start="2016-11-03", precision="range"),
    When(end="2016-09-30", precision="range"),
)
STATUSES = (
    make_status(),
    make_status("planned"),
    make_status("planned", polarity="denied"),
    make_status(currency="background"),
    make_status(certainty="unconfirmed", currency="background"),
)
QUERIES: tuple[dict[str, Any], ...] = (
    {},
    {"where": "Iraq"},
    {"where": ("IQ", "43,35,45,36")},
    {"type": ("combat",)},
    {"type": ("protest", "assault"), "since": "2016-10-22"},
    {"since": "2016-10-10", "until": "2016-10"},
    {"since": "2016-11", "include_undated": True},
    {"status": "planned"},
    {"actor": "army", "outlet": "OUTLET 1"},
    {"disputed": True},
    {"unresolved": True},
    {"unresolved": False, "status": "background"},
    {"search": "checkpoint 1*"},
    {"min_origins": 2},
)


@pytest.fixture
def crowded(store: Any, make: Any) -> Any:
    """Return a store with events of many kinds."""
    store.put_events(an_event(make, number) for number in range(150))
    return store


class Draw:
    """Picks that look random and are the same each time."""

    def __init__(self, number: int) -> None:
        self.drawn = 0
        self.number = number

    def below(self, size: int) -> int:
        self.drawn += 1
        return int(sha256(f"{self.number} {self.drawn}"), 16) % size

    def choice(self, values: Sequence[Any]) -> Any:
        return values[self.below(len(values))]

    def percent(self, share: int) -> bool:
        return self.below(100) < share


def an_event(make: Any, number: int) -> Any:
    draw = Draw(number)
    name, given = draw.choice(PLACES)
    actors = [
        make.actor(),
        make.actor("Iraqi army", id=ActorId("mil:IQ:army")),
        make.actor("the army", id=ActorId("mil:IQ:army")),
        make.actor("Ali N.", id=None, kind="person"),
    ]
    event = make.event(
        number,
        place=make.place(name, **given) if draw.percent(90) else None,
        when=draw.choice(WHENS),
        type=draw.choice(("assault", "protest", "siege")),
        actor=draw.choice(actors),
        status=draw.choice(STATUSES),
        disagreements=(make.disagreement,) if draw.percent(20) else (),
        origins=1 + draw.below(3),
        articles=1 + draw.below(3),
    )
    return claimed_too(make, event, draw) if draw.percent(30) else event


def claimed_too(make: Any, event: Any, draw: Draw) -> Any:
    """Let somebody else say another place, another actor and from another outlet."""
    name, given = draw.choice(PLACES)
    said = event.claims.type[0].said
    other = msgspec.structs.replace(said[0], outlet=f"Outlet {1 + draw.below(2)}")
    claims = Claims(
        type=(msgspec.structs.replace(event.claims.type[0], said=(*said, other)),),
        where=(*event.claims.where, Claim(value=make.place(name, **given), said=(other,), origins=1)),
        actors=event.claims.actors,
        targets=(Claim(value=make.actor("Iraqi army", id=ActorId("mil:IQ:army")), said=(other,), origins=1),),
    )
    return msgspec.structs.replace(event, claims=claims)


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_pages_are_the_list_cut_up(crowded: Any, query: dict[str, Any], sort: Sort) -> None:
    whole = [event.id for event in crowded.events(EventQuery(**query, sort=sort))]
    found: list[str] = []
    after = None
    while True:
        page = crowded.page(EventQuery(**query, sort=sort, limit=13), after=after)
        assert page.total == len(whole)
        found += [event.id for event in page.events]
        assert len(found) <= len(whole)
        after = page.last
        if after is None:
            break
    assert found == whole


def test_a_page_without_limit_is_the_whole_list(crowded: Any) -> None:
    page = crowded.page(EventQuery(sort="-date"))
    assert [event.id for event in page.events] == [
        event.id for event in crowded.events(EventQuery(sort="-date"))
    ]
    assert page.last is None


def test_a_place_in_the_list_stays_while_events_come_and_go(crowded: Any, make: Any) -> None:
    query = EventQuery(sort="-date", limit=20)
    first = crowded.page(query)
    rest = [event.id for event in crowded.events(EventQuery(sort="-date"))][20:]
    kept = [event for event in crowded.events() if event.id != first.events[-1].id]
    early = make.event(990, day="2030-01-01")
    crowded.put_events([*kept, early])
    second = crowded.page(EventQuery(sort="-date"), after=first.last)
    assert [event.id for event in second.events] == rest
    assert crowded.page(query).events[0].id == early.id


def test_a_place_of_another_order_is_refused(crowded: Any) -> None:
    with pytest.raises(InputError, match="order 'date'"):
        crowded.page(EventQuery(), after=("evt_1",))


def choices(facets: Facets) -> list[tuple[str, Any, int]]:
    """Return every value of the facets as the field and value of a query, with its count."""
    found: list[tuple[str, Any, int]] = [("type", (each.value,), each.count) for each in facets.type]
    found += [("status", each.value, each.count) for each in facets.status]
    found += [("where", each.value, each.count) for each in (*facets.country, *facets.admin1)]
    found += [("actor", f'"{each.value}"', each.count) for each in facets.actor]
    found += [("outlet", each.value, each.count) for each in facets.outlet]
    return [*found, ("disputed", True, facets.disputed), ("unresolved", True, facets.unresolved)]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_count_of_a_facet_is_what_its_filter_gives(crowded: Any, query: dict[str, Any]) -> None:
    facets = crowded.facets(EventQuery(**query))
    assert facets.total == crowded.count_events(EventQuery(**query))
    found = choices(facets)
    assert len(found) > 2
    for field, value, count in found:
        instead = {**query, field: value}
        if field == "where":  # a box stays beside the place that is chosen
            wheres = query.get("where", ())
            boxes = [where for where in ([wheres] if isinstance(wheres, str) else wheres) if "," in where]
            instead[field] = (value, *boxes)
        assert crowded.count_events(EventQuery(**instead)) == count, (field, value)


def test_facets_name_groups_and_never_persons(crowded: Any) -> None:
    facets = crowded.facets()
    assert {each.value: each.label for each in facets.actor} == {
        "grp:is": "Islamic State",
        "mil:IQ:army": "Iraqi army",
    }
    assert {each.value: each.label for each in facets.admin1} == {
        "IQ/kirkuk": "Kirkuk", "ML/gao region": "Gao Région", "FJ/central": "Central",
    }  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_timeline_counts_every_dated_event_once(crowded: Any, query: dict[str, Any]) -> None:
    timeline = crowded.timeline(EventQuery(**query))
    events = list(crowded.events(EventQuery(**query)))
    dated = [event for event in events if event.when.start or event.when.end]
    assert sum(each.count for each in timeline.bins) == len(dated)
    assert sum(each.disputed for each in timeline.bins) == sum(1 for each in dated if each.disagreements)
    undated = {name: value for name, value in query.items() if name not in ("since", "until")}
    without = [event for event in crowded.events(EventQuery(**undated)) if event not in dated]
    assert timeline.undated == sum(1 for event in without if not (event.when.start or event.when.end))


def test_bins_have_no_gaps_and_say_what_may_lie_later(crowded: Any, make: Any) -> None:
    crowded.put_events(
        make.event(number, when=When(start=start, end=end))
        for number, (start, end) in enumerate(
            (("2016-10-03", "2016-10-03"), ("2016-10-05", "2016-10-05"), ("2016-10-05", "2016-10-09"),
             ("2016-10-05", None), (None, "2016-10-06"))
        )
    )  # fmt: skip
    timeline = crowded.timeline()
    assert timeline.unit == "day"
    assert [(each.start, each.end, each.count, each.wide) for each in timeline.bins] == [
        ("2016-10-03", "2016-10-03", 1, 0),
        ("2016-10-04", "2016-10-04", 0, 0),
        ("2016-10-05", "2016-10-05", 3, 2),
        ("2016-10-06", "2016-10-06", 1, 1),
    ]
    brushed = crowded.timeline(EventQuery(since="2016-10-06", until="2016-10-08"))
    assert [(each.start, each.count) for each in brushed.bins] == [("2016-10-06", 3)]


@pytest.mark.parametrize(
    ("days", "unit", "first"),
    [
        (("2016-10-05", "2016-12-30"), "day", ("2016-10-05", "2016-10-05")),
        (("2016-10-05", "2018-12-30"), "week", ("2016-10-03", "2016-10-09")),
        (("2006-10-05", "2018-12-30"), "month", ("2006-10-01", "2006-10-31")),
        (("1916-10-05", "2018-12-30"), "year", ("1916-01-01", "1916-12-31")),
        (("0001-01-03", "9999-12-31"), "year", ("0001-01-01", "0001-12-31")),
    ],
)
def test_bins_are_as_long_as_the_dates_ask_for(
    crowded: Any, make: Any, days: tuple[str, ...], unit: str, first: tuple[str, str]
) -> None:
    crowded.put_events(make.event(number, day=day) for number, day in enumerate(days))
    timeline = crowded.timeline()
    assert timeline.unit == unit
    assert (timeline.bins[0].start, timeline.bins[0].end) == first
    assert [timeline.bins[0].count, timeline.bins[-1].count] == [1, 1]


@pytest.mark.parametrize("zoom", [0, 4, 9, 24])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_everything_stands_on_the_map_or_is_listed_beside_it(
    crowded: Any, query: dict[str, Any], zoom: int
) -> None:
    found = crowded.map(EventQuery(**query), zoom=zoom)
    events = list(crowded.events(EventQuery(**query)))
    placed = [event for event in events if event.where and event.where.latitude is not None]
    assert len(found.points) + sum(each.count for each in found.clusters) == len(placed)
    names = Counter(event.where.name for event in events if event.where and event.where.latitude is None)
    assert found.unresolved == dict(names)
    assert found.unresolved_total == names.total()
    assert found.placeless == sum(1 for event in events if event.where is None)
    by_id = {event.id: event for event in placed}
    for point in found.points:
        where = by_id[point.id].where
        assert (point.latitude, point.longitude, point.radius_km, point.precision) == (
            where.latitude, where.longitude, where.radius_km, where.precision,
        )  # fmt: skip


def test_what_is_near_parts_when_the_map_comes_nearer(crowded: Any) -> None:
    far, near = crowded.map(zoom=3), crowded.map(zoom=12)
    assert len(near.clusters) == len(PLACES) - 1
    assert all(each.same_place for each in near.clusters)
    assert len(far.clusters) < len(near.clusters)
    mixed = [each for each in far.clusters if not each.same_place]
    assert len(mixed) == 1
    assert mixed[0].west <= mixed[0].longitude <= mixed[0].east
    assert mixed[0].south <= mixed[0].latitude <= mixed[0].north
    # Nothing is moved: all that stands at one point is shown exactly there.
    assert (44.39, 35.47) in {(each.longitude, each.latitude) for each in near.clusters}


def test_a_box_holds_what_lies_in_it(crowded: Any) -> None:
    fiji = crowded.map(box="170,-30,-170,0", zoom=12)
    assert [(each.longitude, each.latitude) for each in fiji.clusters] == [(178.44, -18.14)]
    with pytest.raises(InputError, match="is no box"):
        crowded.map(box="Kirkuk")


def test_counts_follow_what_is_written(open_store: Any, make: Any) -> None:
    writer = open_store()
    writer.put_events([make.event(1)])
    reader = open_store(create=False, readonly=True)
    before = reader.state()
    assert reader.facets().total == 1
    writer.put_events([make.event(1), make.event(2, place=make.place("Gao", country="ML"))])
    assert reader.state() != before
    assert {each.value: each.count for each in reader.facets().country} == {"IQ": 1, "ML": 1}
    assert len(reader.page().events) == 2
    writer.put_events([])
    assert reader.facets().country == ()
    assert reader.timeline().bins == ()
    assert reader.map().points == ()


def seen(store: Any) -> list[Any]:
    """Return what is seen of all events and of some, in every order, with their worth."""
    found: list[Any] = [list(store.by_worth(1)), list(store.by_worth(1, EventQuery(where="Iraq")))]
    for query in (EventQuery(), EventQuery(type=("assault",), since="2016-10-22")):
        found += [store.facets(query), store.timeline(query), store.map(query, zoom=4)]
        found += [store.page(msgspec.structs.replace(query, sort=sort)) for sort in get_args(Sort)]
    return found


def test_what_is_seen_after_a_change_is_what_is_read_anew(crowded: Any, make: Any) -> None:
    def changed(number: int) -> Any:
        return msgspec.structs.replace(an_event(make, number), when=WHENS[number % len(WHENS)], score=0.5)

    events = {number: an_event(make, number) for number in range(150)}
    changes: tuple[dict[int, Any], ...] = (
        {149: changed(149)},  # the last row is written anew
        {149: None, 3: None, 77: changed(77)},
        {500: an_event(make, 500), 501: make.event(501, type="raid", place=make.place("Taza", country="TR"))},
        dict.fromkeys(range(100)),
        {number: an_event(make, number) for number in range(600, 800)},  # mostly new
        dict.fromkeys(range(1000)),
        {1: events[1]},
    )
    for change in changes:
        events = {number: event for number, event in {**events, **change}.items() if event is not None}
        seen(crowded)
        crowded.put_events(events.values())
        crowded.put_worth(1, ((event.id, number % 7) for number, event in events.items() if number % 3))
        now = seen(crowded)
        assert {event.id for _, event in now[0]} == {event.id for event in events.values()}
        SHELF._kept.clear()
        assert now == seen(crowded)


def test_the_state_tells_of_every_change(store: Any, make: Any) -> None:
    seen = {store.state()}
    article = make.article(1)
    refusal = Rejected(stage="read", reason="empty", locator="a.txt")
    changes: tuple[Callable[[], object], ...] = (
        lambda: store.put_articles([article]),
        lambda: store.put_reports(article.id, "coder 1", [make.report(article)]),
        lambda: store.put_events([make.event(1)]),
        lambda: store.put_rejected([refusal]),
        lambda: store.forget_rejected("read", "a.txt"),
        lambda: store.put_events([]),
    )
    for change in changes:
        change()
        state = store.state()
        assert state not in seen
        seen.add(state)
    store.put_rejected([])
    assert store.state() in seen
