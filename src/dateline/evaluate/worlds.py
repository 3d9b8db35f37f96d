"""Worlds: incidents that we made up and the dispatches of invented outlets that tell them.

Which words of which dispatch tell which incident is known, and so is where each has it from. Worlds are
written in `corpus/incidents/` and read by `dateline.evaluate.worldfiles`.
"""

from typing import Literal

import msgspec

from dateline.evaluate.suite import Part
from dateline.model.article import Article
from dateline.train.examples import Frame, Saying

# What became of a warning: it came about; elsewhere or in another way; not within its horizon; its horizon has
# not passed on the world's `today`; it was foiled, taken back or denied.
State = Literal["came_about", "otherwise", "did_not", "open", "foiled"]


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a warning, and the incident that shows it, where one does."""

    state: State
    incident: str | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of a world.

    `first` and `last` are its days (ISO 8601, None: not told), `figures` the people killed, injured and so on
    by the last word on it, `origins` how many independent origins tell of it. `part_of`, `follow_up` and
    `background` name the incidents that it is part of, follows from, and is recalled with.
    """

    id: str
    what: str
    type: str
    first: str | None
    last: str | None
    where: str | None
    figures: dict[str, int]
    origins: int
    status: tuple[str, ...] = ()
    outcome: Fate | None = None
    part_of: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    background: tuple[str, ...] = ()


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a dispatch that tell an incident; offsets are code points of the article's text."""

    incident: str
    frame: Frame


class Dispatch(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a world with what its words tell.

    `copy_of` is the dispatch whose words it repeats. `cites` maps an incident to the dispatch, or the source of
    the world, from which alone it has what it tells of it.
    """

    id: str
    article: Article
    anchors: tuple[Anchor, ...]
    sayings: tuple[Saying, ...]
    copy_of: str | None
    cites: dict[str, str]

    def incidents(self) -> tuple[str, ...]:
        """Return the incidents that it tells, each once."""
        return tuple(dict.fromkeys(anchor.incident for anchor in self.anchors))


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Incidents that can be confused and the dispatches about them, read on the day `today`."""

    id: str
    part: Part
    setting: str
    today: str
    sources: dict[str, str]
    incidents: tuple[Incident, ...]
    dispatches: tuple[Dispatch, ...]


def root_of(world: World, dispatch: Dispatch, incident: str) -> str:
    """Return where `dispatch` has `incident` from: an outlet, often its own, or a source of the world."""
    known = {each.id: each for each in world.dispatches}
    seen: set[str] = set()
    while dispatch.id not in seen:
        seen.add(dispatch.id)
        source = dispatch.cites.get(incident) or dispatch.copy_of
        if source in world.sources:
            return str(source)
        # What a reprint adds to the words that it repeats is its own.
        if source not in known or (source == dispatch.copy_of and incident not in known[source].incidents()):
            break
        dispatch = known[source]
    return str(dispatch.article.outlet)


def roots_of(world: World, incident: str) -> tuple[str, ...]:
    """Return the independent origins of `incident`, sorted: one for all that an outlet tells of its own."""
    telling = (each for each in world.dispatches if incident in each.incidents())
    return tuple(sorted({root_of(world, each, incident) for each in telling}))
