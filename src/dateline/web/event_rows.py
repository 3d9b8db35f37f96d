"""One event as a row of a list: what it is, in words, beside the raw values."""

import msgspec

from dateline.export.columns import toll
from dateline.export.wording import (
    COUNT_WORDS,
    STATUS_MEANINGS,
    bounds_words,
    status_group,
    type_family,
    type_label,
    when_words,
    where_words,
)
from dateline.model.event import Event
from dateline.model.ids import EventId
from dateline.model.precision import point_of
from dateline.model.values import CountKind, Status, When, Where

# Counts of other kinds are no toll.
TOLLS: tuple[CountKind, ...] = ("killed", "injured", "harmed", "captured", "displaced", "missing", "freed")


class StatusWords(msgspec.Struct, frozen=True, kw_only=True):
    """A status: its display word, the group of words that look alike, and what the word means."""

    word: str
    group: str
    meaning: str


class WhenWords(msgspec.Struct, frozen=True, kw_only=True):
    """A time in words; `start` and `end` are ISO dates, None where open."""

    words: str
    start: str | None
    end: str | None
    precision: str


class WhereWords(msgspec.Struct, frozen=True, kw_only=True):
    """A place in words; the point in degrees is None where it is not known (`resolved` is false)."""

    words: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    precision: str
    resolved: bool
    country: str | None


class TollWords(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted ("killed or injured") and how many ("12–16")."""

    kind: str
    words: str


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event in a list; `disputed` counts its disagreements, `score` lies in 0..1."""

    id: EventId
    type: str
    label: str
    family: str
    status: StatusWords
    when: WhenWords
    where: WhereWords | None
    who: tuple[str, ...]
    to_whom: tuple[str, ...]
    tolls: tuple[TollWords, ...]
    articles: int
    outlets: int
    origins: int
    disputed: int
    score: float


def event_row(event: Event) -> EventRow:
    """Return `event` as a row."""
    return EventRow(
        id=event.id,
        type=event.type,
        label=type_label(event.type),
        family=type_family(event.type) or "",
        status=told_status(event.status),
        when=told_when(event.when),
        where=told_where(event.where),
        who=tuple(dict.fromkeys(who.name for who in event.actors)),
        to_whom=tuple(dict.fromkeys(who.name for who in event.targets)),
        tolls=_tolls(event),
        articles=event.articles,
        outlets=event.outlets,
        origins=event.origins,
        disputed=len(event.disagreements),
        score=event.score,
    )


def told_status(status: Status) -> StatusWords:
    """Return a status in words."""
    word = status.word
    return StatusWords(word=word, group=status_group(word), meaning=STATUS_MEANINGS.get(word, ""))


def told_when(when: When) -> WhenWords:
    """Return a time in words."""
    return WhenWords(words=when_words(when), start=when.start, end=when.end, precision=when.precision)


def told_where(where: Where | None) -> WhereWords | None:
    """Return a place in words, None where none is known."""
    if where is None:
        return None
    latitude, longitude = point_of(where) or (None, None)
    return WhereWords(
        words=where_words(where),
        latitude=latitude,
        longitude=longitude,
        radius_km=where.radius_km,
        precision=where.precision,
        resolved=latitude is not None,
        country=where.country,
    )


def _tolls(event: Event) -> tuple[TollWords, ...]:
    found = ((kind, toll(event.counts, kind)) for kind in TOLLS)
    return tuple(
        TollWords(kind=COUNT_WORDS[kind], words=bounds_words(each.low, each.best, each.high))
        for kind, each in found
        if each.low is not None
    )
