"""Surge: a place or an actor with more in a week than its own past explains, and the reports behind it."""

from typing import Literal

import msgspec

from dateline.model.outcome import End

Level = Literal["country", "admin1", "actor"]
# events: more happened than the past and what was read explain; unclear: more happened than the past explains,
# but so much more was read that reading alone could show it; articles: only more was written.
Kind = Literal["events", "unclear", "articles"]
KINDS: tuple[Kind, ...] = ("events", "unclear", "articles")


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """A count of one week beside what was to be expected.

    `expected` is the mean of the prediction and `low` to `high` its middle 90 %, corrected for how much was
    read; `tail` is the chance of `found` or more if the week is like the past.
    """

    found: int
    expected: float
    low: int
    high: int
    tail: float


class Surge(msgspec.Struct, frozen=True, kw_only=True):
    """A place or an actor that stands out in a week.

    `kind` is "events" where more happened than its past and what was read explain, "unclear" where reading
    alone could show as much more, "articles" where only more was written. For "unclear" the events are compared
    as if the articles that tell of it had been as many as usual.
    `key` is the country's code, country/province, or the actor's id. `read` is how much was read, in usual
    weeks of the outlets that tell of it (1: as much as usual). `seen` are the week's events with their
    sentences, or the events that the week's articles tell of.
    """

    kind: Kind
    level: Level
    key: str
    name: str
    events: Tally
    articles: Tally
    read: float
    seen: tuple[End, ...]


class Surges(msgspec.Struct, frozen=True, kw_only=True):
    """What is unusual in a week (ISO 8601, "2016-W42", with its first and last day).

    `weeks` is how many earlier weeks with reading it is compared with, `articles` how many articles of the
    week were read and `usual` how many in a week before. `looked_at` counts the places and actors that were
    compared and `by_chance` how many of them would stand out at most if nothing was unusual. `undated` counts
    events left out because no words tell their week. `note` says why nothing could be compared, if so.
    """

    week: str | None
    start: str | None
    end: str | None
    weeks: int = 0
    articles: int = 0
    usual: float = 0.0
    looked_at: int = 0
    by_chance: float = 0.0
    undated: int = 0
    note: str | None = None
    surges: tuple[Surge, ...] = ()
