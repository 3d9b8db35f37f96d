"""Profile: a report made ready to be compared many times; days as ordinals, names as keys."""

import re
from calendar import monthrange
from datetime import date

import msgspec

from dateline.link.words import fold, plain_sentence, skeleton, telling_words
from dateline.model.ids import ArticleId, PlaceId, ReportId
from dateline.model.report import Report
from dateline.model.values import HowMany, Where, Who

# A happening that is told without a date is looked for in the days up to its publication.
UNDATED_LOOKBACK_DAYS = 10

# Places of these precisions say where something happened closely enough to tell two places apart.
FINE = frozenset({"point", "town", "near", "area", "admin2"})

# Kinds of actor that say little about who it was.
VAGUE_KINDS = frozenset({"unidentified", "other", "person", "civilians"})

# Realities that may be one happening; a warning is never the thing that it warns of.
_REALITY_GROUPS = {
    "occurred": "fact",
    "ongoing": "fact",
    "attempted": "fact",
    "planned": "prospect",
    "threatened": "prospect",
    "feared": "prospect",
    "demanded": "demand",
    "hypothetical": "thought",
}

_ANOTHER = re.compile(
    r"\b(?:another|separate(?:ly)?|second|third|fourth|elsewhere|different|similar|other|simultaneous(?:ly)?)\b",
    re.IGNORECASE,
)
# "Another" counts as said of the trigger when it stands at most this many characters before it.
_ANOTHER_REACH = 60


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A Where as keys: `fine` places can be told apart, coarse ones contain them.

    `assumed` is true where the place was only taken from the head of the dispatch.
    """

    id: PlaceId | None
    key: str
    fine: bool
    coarse: bool
    assumed: bool
    country: str | None
    admin1: str
    within: str
    latitude: float | None
    longitude: float | None
    radius_km: float
    precision: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A Who as a key: the catalogue's id where there is one, else the folded name."""

    key: str
    known: bool
    vague: bool
    kind: str
    country: str | None


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared of a report.

    `days` are the first and last day (proleptic ordinals) that its own words allow, None when they give
    no date; `window` is where it is looked for: `days`, or the days up to its publication.
    """

    id: ReportId
    article: ArticleId
    type: str
    reality: str
    polarity: str
    background: bool
    days: tuple[int, int] | None
    window: tuple[int, int] | None
    published: int | None
    places: tuple[Place, ...]
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    counts: tuple[HowMany, ...]
    instruments: frozenset[str]
    words: dict[str, float]
    sentence: str
    start: int
    another: bool


def profile_of(report: Report) -> Profile:
    """Return the profile of `report`."""
    published = days_of(report.article.published)
    days = _event_days(report, published)
    return Profile(
        id=report.id,
        article=report.article.id,
        type=report.type,
        reality=_REALITY_GROUPS[report.status.reality],
        polarity=report.status.polarity,
        background=report.status.currency == "background",
        days=days,
        window=days or _likely_window(report, published),
        published=published[0] if published else None,
        places=tuple(place_of(where) for where in report.where),
        actors=tuple(actor_of(who) for who in report.actors),
        targets=tuple(actor_of(who) for who in report.targets),
        counts=tuple(count for count in report.counts if not count.part and count.scope != "period"),
        instruments=frozenset(word for span in report.instruments for word in fold(span.text).split()),
        words=telling_words(report.sentence.text),
        sentence=plain_sentence(report.sentence.text),
        start=report.trigger.start,
        another=_says_another(report),
    )


def days_of(text: str | None) -> tuple[int, int] | None:
    """Return the first and last day (ordinals) of an ISO date cut to year, month or day; None if it is none."""
    if not text:
        return None
    parts = text[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            return first.toordinal(), first.toordinal() + monthrange(first.year, first.month)[1] - 1
        day = date(*numbers).toordinal()
    except (ValueError, TypeError):
        return None
    return day, day


def _event_days(report: Report, published: tuple[int, int] | None) -> tuple[int, int] | None:
    first, last = days_of(report.when.start), days_of(report.when.end)
    if first and last:
        return min(first[0], last[1]), max(first[0], last[1])
    if first:  # "since October": it reaches at least to the day of the report
        return first[0], max(first[0], published[1]) if published else first[0]
    return last


def _likely_window(report: Report, published: tuple[int, int] | None) -> tuple[int, int] | None:
    # An undated piece of background may have happened at any time.
    if published is None or report.status.currency == "background":
        return None
    return published[0] - UNDATED_LOOKBACK_DAYS, published[1]


def place_of(where: Where) -> Place:
    """Return the keys of a place."""
    fine = where.precision in FINE
    return Place(
        id=where.gazetteer_id,
        key=skeleton(where.name),
        fine=fine,
        coarse=not fine and where.precision != "unresolved",
        assumed=where.basis == "dateline",
        country=where.country,
        admin1=skeleton(where.admin1) if where.admin1 else "",
        within=skeleton(where.within) if where.within else "",
        latitude=where.latitude,
        longitude=where.longitude,
        radius_km=where.radius_km or 0.0,
        precision=where.precision,
    )


def actor_of(who: Who) -> Actor:
    """Return the key of an actor."""
    return Actor(
        key=who.id or fold(who.name),
        known=who.id is not None,
        vague=who.kind in VAGUE_KINDS,
        kind=who.kind,
        country=who.country,
    )


def _says_another(report: Report) -> bool:
    before = report.trigger.start - report.sentence.start
    if before < 0:
        return False
    return _ANOTHER.search(report.sentence.text, max(0, before - _ANOTHER_REACH), before) is not None
