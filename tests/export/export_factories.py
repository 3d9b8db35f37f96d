"""Hand-made records for the exporters: sentences of our own, with the spans found in them."""

from typing import Any

from dateline.export import ArticleCard, Record
from dateline.model.event import Claim, Claims, Disagreement, Event, Said
from dateline.model.ids import ActorId, ArticleId, OriginId, PlaceId, ReportId, event_id, origin_id
from dateline.model.report import Acled, Crosswalk, Plover, Report, Source
from dateline.model.span import Span
from dateline.model.values import Chain, HowMany, Link, Status, When, Where, Who, make_status

CROSSWALK = Crosswalk(
    plover=Plover("ASSAULT", "other"), acled=Acled("Battles", "Armed clash"), cameo="04", ged=1
)
DISPUTE = "killed (combatant): 12 (Zagros Wire) or at least 17 (Tigris Post)"
HOSTILE = "<script>alert(1)</script> & \"quoted\" 'text' </style><img src=x onerror=alert(2)>"


def span(sentence: str, words: str) -> Span:
    """Return the span of `words` in a sentence that starts its article."""
    start = sentence.index(words)
    return Span(start, start + len(words), words)


def who(sentence: str, words: str, name: str | None = None, identity: str | None = None) -> Who:
    found = span(sentence, words)
    return Who(
        found.start,
        found.end,
        found.text,
        name=name or words,
        id=ActorId(identity) if identity else None,
        kind="armed_group" if identity else "other",
    )


def where(sentence: str, words: str, point: tuple[float, float] | None = None, **changes: object) -> Where:
    found = span(sentence, words)
    values: dict[str, object] = {"name": words}
    if point:
        values |= {
            "latitude": point[0],
            "longitude": point[1],
            "precision": "town",
            "radius_km": 8.0,
            "country": "IQ",
            "admin1": "Kirkuk",
            "kind": "settlement",
            "gazetteer_id": PlaceId("geonames:94787"),
            "score": 0.9,
        }
    return Where(found.start, found.end, found.text, **{**values, **changes})  # type: ignore[arg-type]


def count(
    sentence: str, words: str, kind: str, bounds: tuple[int, int | None, int | None], of: str = "unknown"
) -> HowMany:
    found = span(sentence, words)
    low, best, high = bounds
    return HowMany(found.start, found.end, found.text, kind=kind, low=low, best=best, high=high, of=of)  # type: ignore[arg-type]


def when(sentence: str, words: str, start: str | None, end: str | None = None, precision: str = "day") -> When:
    return When(
        start=start,
        end=end or start,
        precision=precision,  # type: ignore[arg-type]
        text=words,
        anchor="published:2016-10-22",
        span=span(sentence, words),
        basis="stated",
    )


def source(outlet: str = "Zagros Wire", published: str | None = "2016-10-22", url: str | None = None) -> Source:
    slug = outlet.lower().replace(" ", "-")
    return Source(
        id=ArticleId(f"art_{slug}_{published}"),
        locator=f"{slug}.txt",
        url=url if url is not None else f"https://{slug}.example/1",
        outlet=outlet,
        title=f"A dispatch by {outlet}",
        published=published,
        published_rule="given",
        language="en",
        origin=None,
    )


def report(
    sentence: str, trigger: str, *, type_: str = "assault", article: Source | None = None, **values: Any
) -> Report:
    article = article or source()
    found = span(sentence, trigger)
    chain: Chain = (
        Link(name=article.outlet or "unknown", kind="outlet"),
        Link(name="police source", kind="police"),
    )
    return Report(
        id=ReportId(f"rep_{article.id}_{type_}_{found.start}"),
        article=article,
        type=type_,
        trigger=found,
        sentence=Span(0, len(sentence), sentence),
        crosswalk=CROSSWALK,
        **{"chain": chain, "score": 0.8, **values},
    )


def said(one: Report, origin: OriginId | None = None) -> Said:
    return Said(
        report=one.id,
        article=one.article.id,
        outlet=one.article.outlet,
        published=one.article.published,
        chain=one.chain,
        origin=origin or origin_id(one.article.id),
        sentence=one.sentence,
    )


def event(*reports: Report, origins: dict[str, OriginId] | None = None, **changes: object) -> Event:
    """Return an event that shows its first report's values, with every report's claims."""
    first = reports[0]
    chosen = origins or {}
    speakers = {one.id: said(one, chosen.get(one.id)) for one in reports}
    claims = Claims(
        type=(Claim(value=first.type, said=tuple(speakers.values()), origins=len(reports)),),
        when=tuple(Claim(value=one.when, said=(speakers[one.id],), origins=1) for one in reports),
        counts=tuple(
            Claim(value=value, said=(speakers[one.id],), origins=1) for one in reports for value in one.counts
        ),
    )
    values: dict[str, object] = {
        "id": event_id([one.id for one in reports]),
        "type": first.type,
        "crosswalk": first.crosswalk,
        "when": first.when,
        "where": first.where[0] if first.where else None,
        "actors": first.actors,
        "targets": first.targets,
        "counts": first.counts,
        "status": first.status,
        "claims": claims,
        "disagreements": (),
        "reports": tuple(sorted(one.id for one in reports)),
        "articles": len({one.article.id for one in reports}),
        "outlets": len({one.article.outlet for one in reports}),
        "origins": len({speaker.origin for speaker in speakers.values()}),
        "score": 0.9,
    }
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def record(
    events: list[Event], reports: list[Report], title: str = "Kirkuk, a test", rejected: int = 0
) -> Record:
    cards = {
        one.article.id: ArticleCard(
            id=one.article.id,
            outlet=one.article.outlet,
            title=one.article.title,
            url=one.article.url,
            published=one.article.published,
            locator=one.article.locator,
        )
        for one in reports
    }
    return Record(
        events=tuple(events),
        reports={one.id: one for one in reports},
        articles=cards,
        title=title,
        rejected=rejected,
    )


def raid_reports() -> tuple[Report, Report, Report]:
    """Return two reports that disagree on the dead, and a reprint of the first by another outlet."""
    first = (
        "Islamic State fighters stormed a police station in Kirkuk on Friday, "
        "killing 12 officers and injuring 30."
    )
    second = "At least 17 policemen died when gunmen attacked Kirkuk on Friday."
    values: dict[str, Any] = {
        "actors": (who(first, "Islamic State fighters", "Islamic State", "islamic_state"),),
        "targets": (who(first, "a police station in Kirkuk", "police station"),),
        "where": (where(first, "Kirkuk", (35.468, 44.392)),),
        "when": when(first, "on Friday", "2016-10-21"),
        "counts": (
            count(first, "12 officers", "killed", (12, 12, 12), "combatant"),
            count(first, "30", "injured", (30, 30, 30)),
        ),
    }
    one = report(first, "stormed", article=source("Zagros Wire"), **values)
    copy = report(first, "stormed", article=source("Two Rivers Bulletin", "2016-10-23"), **values)
    two = report(
        second,
        "attacked",
        article=source("Tigris Post", "2016-10-24"),
        actors=(who(second, "gunmen"),),
        where=(where(second, "Kirkuk", (35.468, 44.392)),),
        when=when(second, "on Friday", "2016-10-21"),
        counts=(count(second, "At least 17 policemen", "killed", (17, None, None), "combatant"),),
    )
    return one, copy, two


def raid() -> tuple[Event, list[Report]]:
    """Return the disputed raid: three articles, three outlets, two origins."""
    one, copy, two = raid_reports()
    wire, post = origin_id("zagros"), origin_id("tigris")
    made = event(
        one,
        copy,
        two,
        origins={one.id: wire, copy.id: wire, two.id: post},
        counts=(
            count(one.sentence.text, "12 officers", "killed", (12, 12, None), "combatant"),
            count(one.sentence.text, "30", "injured", (30, 30, 30)),
        ),
        disagreements=(Disagreement(field="counts", text=DISPUTE),),
    )
    return made, [one, copy, two]


def simple(
    sentence: str, trigger: str, status: Status | None = None, outlet: str = "Northern Desk", **values: Any
) -> tuple[Event, list[Report]]:
    """Return an event of one report."""
    one = report(sentence, trigger, article=source(outlet), status=status or Status(), **values)
    return event(one), [one]


def warning() -> tuple[Event, list[Report]]:
    """Return a warning without a date, at a place that the gazetteer does not hold."""
    sentence = "An officer warned that militants were planning an attack on the pumps at Tal Sabit."
    return simple(
        sentence,
        "attack",
        make_status("planned"),
        where=(where(sentence, "Tal Sabit"),),
        actors=(who(sentence, "militants"),),
    )


def small() -> Record:
    """Return a record with a disputed event and an open warning."""
    first, reports = raid()
    second, more = warning()
    return record([first, second], [*reports, *more], rejected=2)
