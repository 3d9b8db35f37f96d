"""What the tests of linking share: a small ontology and a factory of reports."""

from collections.abc import Callable
from typing import Any

import pytest

from dateline.link.facts import Facts
from dateline.model.ids import ActorId, ArticleId, PlaceId, ReportId
from dateline.model.report import Acled, Crosswalk, Plover, Report, Source
from dateline.model.span import Span
from dateline.model.values import HowMany, Link, When, Where, Who, make_status

PLACES: dict[str, dict[str, Any]] = {
    "Kirkuk": {"latitude": 35.468, "longitude": 44.392, "country": "IQ", "admin1": "Kirkuk"},
    "Hawija": {"latitude": 35.326, "longitude": 43.771, "country": "IQ", "admin1": "Kirkuk"},
    "Mosul": {"latitude": 36.335, "longitude": 43.118, "country": "IQ", "admin1": "Nineveh"},
    "Gao": {"latitude": 16.271, "longitude": -0.044, "country": "ML", "admin1": "Gao"},
}


class SmallOntology:
    """Five types in three families; assault and clash, bombing and killing are often one happening."""

    families = {  # noqa: RUF012 - never changed
        "assault": "combat",
        "armed_clash": "combat",
        "bombing": "remote",
        "killing": "violence",
        "protest": "demonstration",
    }
    pairs = {  # noqa: RUF012 - never changed
        frozenset({"assault", "armed_clash"}): 0.7,
        frozenset({"bombing", "killing"}): 0.5,
    }

    def family(self, type_id: str, /) -> str:
        return self.families[type_id]

    def is_violent(self, type_id: str, /) -> bool:
        return type_id != "protest"

    def related(self, a: str, b: str, /) -> float:
        return 1.0 if a == b else self.pairs.get(frozenset({a, b}), 0.0)

    def crosswalk_for(self, type_id: str, actor_kind: str | None = None, *, harmed: bool = False) -> Crosswalk:
        return Crosswalk(
            plover=Plover("ASSAULT", actor_kind), acled=Acled(type_id, "harmed" if harmed else None)
        )


def a_place(name: str, **changes: Any) -> Where:
    """Return a place of PLACES as a town, or an unresolved one of any other name."""
    known = PLACES.get(name)
    fields: dict[str, Any] = {"precision": "unresolved"}
    if known:
        fields = {**known, "precision": "town", "radius_km": 5.0, "gazetteer_id": PlaceId(f"geo:{name}")}
    return Where(0, len(name), name, name=name, **{**fields, **changes})


def an_actor(name: str, **changes: Any) -> Who:
    """Return an actor in the catalogue under its own name, or as `changes` say."""
    fields: dict[str, Any] = {"id": ActorId(name.lower()), "kind": "armed_group"}
    return Who(0, len(name), name, name=name, **{**fields, **changes})


def a_count(low: int, **changes: Any) -> HowMany:
    """Return an exact count of people killed, or as `changes` say."""
    fields: dict[str, Any] = {"kind": "killed", "best": low, "high": low}
    return HowMany(0, 2, str(low), low=low, **{**fields, **changes})


def a_report(number: int = 1, *, article: str | None = None, outlet: str | None = "", **given: Any) -> Report:
    """Return a report of an assault on Kirkuk on 21 October 2016 in an article of its own, or as given.

    `place`, `day`, `actor` and `status` are short forms; an empty outlet stands for one of its own.
    """
    place = given.pop("place", "Kirkuk")
    day = given.pop("day", "2016-10-21")
    actor = given.pop("actor", "Islamic State")
    published = given.pop("published", "2016-10-22")
    origin = given.pop("origin", None)
    sentence = given.pop("sentence", f"Wording{number}.")
    start = given.pop("start", 0)
    source = Source(
        id=ArticleId(article or f"art_{number:04}"),
        locator=f"{number}.txt",
        url=None,
        outlet=f"Outlet {number}" if outlet == "" else outlet,
        title=None,
        published=published,
        published_rule="given",
        language="en",
        origin=origin,
    )
    fields: dict[str, Any] = {
        "type": "assault",
        "trigger": Span(start, start + 6, "attack"),
        "sentence": Span(start, start + len(sentence), sentence),
        "actors": (an_actor(actor),) if actor else (),
        "where": (a_place(place),) if place else (),
        "when": When(start=day, end=day, precision="day", basis="stated", text=day) if day else When(),
        "status": make_status(*given.pop("status", ())),
        "crosswalk": Crosswalk(plover=Plover("ASSAULT"), acled=Acled("Battles")),
        "score": 0.9,
    }
    return Report(id=ReportId(f"rep_{number:04}"), article=source, **{**fields, **given})


def a_media_link(name: str) -> Link:
    """Return a quoted paper as a link of a chain."""
    return Link(name=name, kind="media", text=name, start=0, end=len(name))


def some_facts(number: int, **given: Any) -> Facts:
    """Return facts of the article that report `number` is of."""
    fields: dict[str, Any] = {
        "id": f"art_{number:04}", "outlet": f"Outlet {number}", "published": "2016-10-22", "origin": None,
    }  # fmt: skip
    return Facts(**{**fields, **given})


class Make:
    """The factories, as one fixture."""

    report = staticmethod(a_report)
    place = staticmethod(a_place)
    actor = staticmethod(an_actor)
    count = staticmethod(a_count)
    media = staticmethod(a_media_link)
    facts = staticmethod(some_facts)


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make


@pytest.fixture(scope="session")
def types() -> SmallOntology:
    return SmallOntology()


@pytest.fixture(scope="session")
def linked(types: SmallOntology) -> Callable[..., set[frozenset[str]]]:
    """Return a function that links reports and gives the groups as sets of report numbers."""
    from dateline.link.events import link

    def groups(*reports: Report, **options: Any) -> set[frozenset[str]]:
        facts = options.pop("facts", ())
        events = link(reports, facts, types, **options)
        return {
            frozenset(report.removeprefix("rep_").lstrip("0") for report in event.reports) for event in events
        }

    return groups
