"""What the tests of stores share: factories of records, and every backend by its plugin name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model.article import Article, Published
from dateline.model.event import Claim, Claims, Disagreement, Event, Said
from dateline.model.ids import (
    ActorId,
    ArticleId,
    CaptureId,
    OriginId,
    PlaceId,
    ReportId,
    article_id,
    event_id,
    mention_id,
    report_id,
    sha256,
)
from dateline.model.report import Acled, Crosswalk, Plover, Report, source_of
from dateline.model.span import Span
from dateline.model.values import HowMany, Link, When, Where, Who, make_status
from dateline.plugins import load, names

CROSSWALK = Crosswalk(plover=Plover("ASSAULT"), acled=Acled("Battles"))


def an_article(number: int = 1, **given: Any) -> Article:
    """Return an article of an outlet of its own, or as `given`."""
    text = given.pop("text", f"Gunmen attacked checkpoint {number} near the town on Friday, police said.")
    title = given.pop("title", f"Attack {number}")
    outlet = given.pop("outlet", f"Outlet {number}")
    fields: dict[str, Any] = {
        "capture": CaptureId(f"cap_{number}"),
        "locator": f"folder/{number}.txt",
        "byline": None,
        "published": Published(date="2016-10-22", precision="day", rule="json-ld", text="Oct 22, 2016"),
        "language": "en",
        "dateline": None,
        "origin": None,
        "sentences": ((0, len(text)),),
        "signature": (number, number + 1),
    }
    return Article(
        id=article_id(text, title, outlet, None),
        url=None,
        title=title,
        outlet=outlet,
        text=text,
        text_sha256=sha256(text),
        **{**fields, **given},
    )


def a_report(article: Article, start: int = 7, **given: Any) -> Report:
    """Return a report of the word at `start` of the article's text."""
    trigger = article.span(start, min(start + 8, len(article.text)))
    fields: dict[str, Any] = {
        "type": "assault",
        "sentence": article.span(0, len(article.text)),
        "crosswalk": CROSSWALK,
    }
    identity = report_id(mention_id(article.id, "assault", trigger.start, trigger.end))
    return Report(id=identity, article=source_of(article), trigger=trigger, **{**fields, **given})


def a_place(name: str = "Kirkuk", **given: Any) -> Where:
    fields: dict[str, Any] = {
        "gazetteer_id": PlaceId(f"geo:{name}"), "latitude": 35.47, "longitude": 44.39, "precision": "town",
        "country": "IQ", "admin1": "Kirkuk", "radius_km": 10.0,
    }  # fmt: skip
    return Where(0, len(name), name, name=name, **{**fields, **given})


def an_actor(name: str = "Islamic State", **given: Any) -> Who:
    fields: dict[str, Any] = {"id": ActorId("grp:is"), "kind": "armed_group"}
    return Who(0, len(name), name, name=name, **{**fields, **given})


def an_event(number: int = 1, **given: Any) -> Event:
    """Return an event of one report; `sentence`, `day`, `place`, `actor`, `article` are short forms."""
    sentence = given.pop("sentence", f"Gunmen attacked checkpoint {number} on Friday.")
    day = given.pop("day", "2016-10-21")
    place = given.pop("place", a_place())
    actor = given.pop("actor", an_actor())
    article = given.pop("article", ArticleId(f"art_{number:016}"))
    report = given.pop("report", ReportId(f"rep_{number:016}"))
    said = Said(
        report=report,
        article=article,
        outlet="Outlet",
        published="2016-10-22",
        chain=(Link(name="Outlet", kind="outlet"),),
        origin=OriginId("org_1"),
        sentence=Span(0, len(sentence), sentence),
    )
    type_ = given.pop("type", "assault")
    when = given.pop("when", When(start=day, end=day, precision="day", basis="stated") if day else When())
    fields: dict[str, Any] = {
        "crosswalk": CROSSWALK,
        "when": when,
        "where": place,
        "actors": (actor,) if actor else (),
        "targets": (),
        "counts": (HowMany(0, 2, "12", kind="killed", low=12, best=12, high=12),),
        "status": make_status(),
        "claims": Claims(
            type=(Claim(value=type_, said=(said,), origins=1),),
            where=(Claim(value=place, said=(said,), origins=1),) if place else (),
            actors=(Claim(value=actor, said=(said,), origins=1),) if actor else (),
        ),
        "disagreements": (),
        "articles": 1,
        "outlets": 1,
        "origins": 1,
    }
    return Event(id=event_id([report]), type=type_, reports=(report,), **{**fields, **given})


class Make:
    """The factories, as one fixture."""

    article = staticmethod(an_article)
    report = staticmethod(a_report)
    event = staticmethod(an_event)
    place = staticmethod(a_place)
    actor = staticmethod(an_actor)
    disagreement = Disagreement(field="counts", text="killed: 12 (A) or 17 (B)")


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make


@pytest.fixture(params=names("dateline.stores"))
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a workspace (always the same one) with each backend in turn."""
    opened: list[Any] = []
    backend = load("dateline.stores", request.param)

    def opening(path: Path | None = None, *, create: bool = True, readonly: bool = False) -> Any:
        store = backend.open(path or tmp_path / "news.dateline", create=create, readonly=readonly)
        opened.append(store)
        return store

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Any]) -> Any:
    return open_store()
