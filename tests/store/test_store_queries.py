"""What an EventQuery finds, filter by filter, in every store."""

from types import MappingProxyType
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.model.ids import ActorId
from dateline.model.values import When, make_status
from dateline.store.query import EventQuery


@pytest.fixture
def filled(store: Any, make: Any) -> dict[str, Any]:
    """Return events under short names, put into the store."""
    gao = make.place("Gao", latitude=16.27, longitude=-0.04, country="ML", admin1="Gao")
    fiji = make.place("Suva", latitude=-18.14, longitude=178.44, country="FJ", admin1="Central")
    quarter = make.place(
        "Qadisiya quarter", gazetteer_id=None, latitude=None, longitude=None, country=None, admin1=None,
        within="Kirkuk", precision="unresolved",
    )  # fmt: skip
    army = make.actor("Iraqi army", id=ActorId("mil:IQ:army"), kind="military")
    events = {
        "kirkuk": make.event(1),
        "gao": make.event(2, place=gao, day="2017-03-01", type="protest", actor=army, origins=3),
        "fiji": make.event(3, place=fiji, day=None, status=make_status("feared")),
        "quarter": make.event(
            4, place=quarter, when=When(start="2016-10-01", end=None, precision="range"), actor=None
        ),
        "disputed": make.event(
            5, place=None, day="2016-10-22", disagreements=(make.disagreement,), articles=4,
            sentence="A curfew was lifted in Mosul's old city.",
        ),
    }  # fmt: skip
    store.put_events(events.values())
    return events


@pytest.fixture
def found(store: Any, filled: dict[str, Any]) -> Any:
    """Return a function that asks and gives the short names of what is found."""
    short = {event.id: name for name, event in filled.items()}

    def ask(**query: Any) -> list[str]:
        asked = EventQuery(**query)
        names = [short[event.id] for event in store.events(asked)]
        assert [short[identity] for identity in store.event_ids(asked)] == names
        if asked.limit is None and not asked.offset:
            assert store.count_events(asked) == len(names)
        return names

    return ask


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"kirkuk", "gao", "fiji", "quarter", "disputed"}),
        ({"where": "Kirkuk"}, {"kirkuk", "quarter"}),
        ({"where": " KIRKUK "}, {"kirkuk", "quarter"}),
        ({"where": "kirk"}, set()),
        ({"where": "Iraq"}, {"kirkuk"}),
        ({"where": "IQ"}, {"kirkuk"}),
        ({"where": "mali"}, {"gao"}),
        ({"where": "qadisiya"}, {"quarter"}),
        ({"where": "43, 34, 45, 36"}, {"kirkuk"}),
        ({"where": "170,-20,-170,0"}, {"fiji"}),
        ({"where": "-180,-90,180,90"}, {"kirkuk", "gao", "fiji"}),
        ({"since": "2016-10-22"}, {"gao", "quarter", "disputed"}),
        ({"until": "2016-10-21"}, {"kirkuk", "quarter"}),
        ({"until": "2016-10"}, {"kirkuk", "quarter", "disputed"}),
        ({"until": "2016-09-30"}, set()),
        ({"since": "2017", "until": "2017"}, {"gao", "quarter"}),
        ({"since": "2018", "include_undated": True}, {"quarter", "fiji"}),
        ({"actor": "islamic"}, {"kirkuk", "fiji", "disputed"}),
        ({"actor": "MIL:iq"}, {"gao"}),
        ({"actor": "100%"}, set()),
        ({"status": "feared"}, {"fiji"}),
        ({"status": "affirmed"}, {"kirkuk", "gao", "fiji", "quarter", "disputed"}),
        ({"status": "happened"}, {"kirkuk", "gao", "quarter", "disputed"}),
        ({"min_origins": 2}, {"gao"}),
        ({"where": "de"}, set()),
        ({"where": "DE"}, set()),
        ({"where": "IQ/Kirkuk"}, {"kirkuk"}),
        ({"where": "IQ/kirkuk"}, {"kirkuk"}),
        ({"where": "ML/Kirkuk"}, set()),
        ({"where": ("Kirkuk", "IQ")}, {"kirkuk"}),
        ({"where": ("IQ", "ML")}, set()),
        ({"where": ()}, {"kirkuk", "gao", "fiji", "quarter", "disputed"}),
        ({"actor": '"Islamic State"'}, {"kirkuk", "fiji", "disputed"}),
        ({"actor": '"islamic"'}, set()),
        ({"actor": '"grp:is"'}, {"kirkuk", "fiji", "disputed"}),
        ({"actor": '"grp:i"'}, set()),
        ({"outlet": "Outlet"}, {"kirkuk", "gao", "fiji", "quarter", "disputed"}),
        ({"outlet": " outlet "}, {"kirkuk", "gao", "fiji", "quarter", "disputed"}),
        ({"outlet": "Out"}, set()),
        ({"unresolved": True}, {"quarter"}),
        ({"unresolved": False}, {"kirkuk", "gao", "fiji"}),
        ({"disputed": True}, {"disputed"}),
        ({"disputed": False}, {"kirkuk", "gao", "fiji", "quarter"}),
        ({"article": "art_0000000000000002"}, {"gao"}),
        ({"search": "curfew"}, {"disputed"}),
        ({"search": '"old city" lifted'}, {"disputed"}),
        ({"search": "checkpoint AND NOT"}, set()),
        ({"search": "suva"}, {"fiji"}),
        ({"search": "   "}, set()),
        ({"where": "Iraq", "since": "2017"}, set()),
    ],
    ids=str,
)
def test_filters(found: Any, query: dict[str, Any], expected: set[str]) -> None:
    assert set(found(**query)) == expected


def test_ids(found: Any, filled: dict[str, Any]) -> None:
    assert found(ids=(filled["gao"].id,)) == ["gao"]


class SmallOntology:
    """Three types in two families, so that the test is of the store and not of the ontology."""

    types = MappingProxyType({"assault": "combat", "siege": "combat", "protest": "demonstration"})

    def family(self, type_id: str) -> str:
        return self.types[type_id]


def test_types_and_families(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.ontology.load_ontology", SmallOntology)
    assert found(type=("protest",)) == ["gao"]
    assert found(type=("demonstration",)) == ["gao"]
    assert len(found(type=("protest", "combat"))) == 5
    with pytest.raises(InputError, match="families are: combat, demonstration; types: assault"):
        found(type=("picnic",))


def test_orders_and_pages(found: Any) -> None:
    dated = ["quarter", "kirkuk", "disputed", "gao"]
    assert found() == [*dated, "fiji"]
    assert found(sort="-date")[-1] == "fiji"
    assert found(sort="-date")[:2] == ["gao", "disputed"]
    assert found(sort="origins")[0] == "gao"
    assert found(sort="articles")[0] == "disputed"
    assert found(limit=2, offset=1) == dated[1:3]
    assert found(limit=0) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"since": "yesterday"}, "YYYY-MM-DD"),
        ({"since": "2016-02-30"}, "2016-02-30"),
        ({"until": "2016-13"}, "2016-13"),
        ({"since": "0000"}, "0000"),
        ({"since": "2017", "until": "2016"}, "swap"),
        ({"status": "maybe"}, "there is: happened"),
        ({"sort": "colour"}, "there is: date"),
        ({"limit": -1}, "from 0 up"),
        ({"where": "1,2,3,400"}, "west,south,east,north"),
        ({"where": " "}, "empty"),
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_said(store: Any, query: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        store.events(EventQuery(**query))
