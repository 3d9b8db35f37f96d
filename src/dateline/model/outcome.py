"""Outcome: what became of a Warning, with both ends, and how often a source's warnings came about."""

from typing import Literal

import msgspec

from dateline.model.event import Event, Said
from dateline.model.ids import EventId
from dateline.model.values import Polarity, Reality, When, Where, Who

# came_about: an event fits all that the warning says; elsewhere: all but its place; otherwise: all but one of
# its type, its actor, its target and its horizon (late); foiled: it was tried and failed, or stopped by an
# arrest or a find; denied: it was denied and no event fits; did_not: its horizon has passed; open: it has not;
# unknown: dates, place and actor are missing, or nothing was read from its days and area.
State = Literal["came_about", "elsewhere", "otherwise", "foiled", "denied", "did_not", "open", "unknown"]
STATES: tuple[State, ...] = (
    "came_about", "elsewhere", "otherwise", "foiled", "denied", "did_not", "open", "unknown",
)  # fmt: skip
Aspect = Literal["place", "type", "actor", "target", "time"]


class Horizon(msgspec.Struct, frozen=True, kw_only=True):
    """The days in which a warning may come about, ISO dates, both inclusive.

    `start` is the day on which it was first given, or an earlier day that it speaks of. `basis` says what
    `end` rests on: "dates" (its own time), "words" ("within days", counted from the article's day) or
    "default" (a length by kind, counted from its last telling). `text` is the wording, where there is one,
    and `assumed` says in words what was assumed.
    """

    start: str
    end: str
    basis: Literal["dates", "words", "default"]
    text: str | None = None
    assumed: str | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of the days of a horizon after the warning was given.

    `articles` and `outlets` count what was published in them and read, `near` those of the articles that
    report something from the warning's province (or country, where it names no more; None: it names no known
    place); `last` is the day of the latest article read at all.
    """

    articles: int
    outlets: int
    near: int | None
    last: str | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a warning, as far as the articles that were read tell.

    `given` is the day of its first telling; `afterwards` is true when its own time had passed by then, so that
    it warns of nothing any more. `event` is the event that shows it, `differs` in what that is not as warned,
    `agreement` how well it fits (0..4), `denials` the events that deny it (itself where
    its own last reports do). `why` says it in words.
    """

    warning: EventId
    state: State
    why: str
    given: str | None = None
    afterwards: bool = False
    horizon: Horizon | None = None
    event: EventId | None = None
    differs: tuple[Aspect, ...] = ()
    agreement: float = 0.0
    denials: tuple[EventId, ...] = ()
    coverage: Coverage | None = None


class End(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a warning's story: an event's shown values, and who says it in which sentences."""

    id: EventId
    type: str
    reality: Reality
    polarity: Polarity
    when: When
    where: Where | None
    actors: tuple[Who, ...]
    said: tuple[Said, ...]


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A warning, its outcome, the event that shows it and the denials, each with its sentences."""

    warning: End
    outcome: Outcome
    event: End | None = None
    denials: tuple[End, ...] = ()


# Fewer settled warnings than this give no interval: at ten a Wilson interval still spans half of 0..1 when five
# came about, and below it the interval says next to nothing.
MIN_SETTLED = 10


class HitRate(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a source's or an outlet's settled warnings came about.

    `settled` came about in some way, were foiled or did not within their horizon; `came_about` did as warned,
    `partly` elsewhere, otherwise or foiled; `waiting` are open, denied or unknown, or were told afterwards.
    `low` and `high` bound the share that came about as warned (0..1, Wilson, 95 %); None while too few are
    settled.
    """

    by: Literal["source", "outlet"]
    name: str
    settled: int
    came_about: int
    partly: int
    did_not: int
    waiting: int
    low: float | None = None
    high: float | None = None


def end_of(event: Event) -> End:
    """Return an event as an end of a warning's story."""
    said = {one.report: one for claim in event.claims.type for one in claim.said}
    return End(
        id=event.id,
        type=event.type,
        reality=event.status.reality,
        polarity=event.status.polarity,
        when=event.when,
        where=event.where,
        actors=event.actors,
        said=tuple(sorted(said.values(), key=lambda one: (one.published or "9999", one.article, one.sentence))),
    )
