"""Link what changed, and give what a full rebuild gives.

What is kept between links: the blocks of each report, and the *edges*, the candidate pairs whose score is high
enough to join. Only edges and verdicts join, so what becomes of a report follows from the reports that edges
connect it with. A changed report can change the pairs of its blocks alone: these are found anew, other edges
stay, and the components that hold a changed report or edge are clustered again.

Relations of an event follow from the events that share an article with it and from summaries. So they are
told anew for the events made again, for those that share an article with them, and for what lies within a
summary that changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from dateline.link.amend import amend_reports
from dateline.link.block import block_keys, pairs_within
from dateline.link.compare import Scorer
from dateline.link.decisions import Decisions
from dateline.link.events import Under, told_events
from dateline.link.origins import report_origins
from dateline.link.profiles import Profile, days_of, profile_of
from dateline.link.relations import TypeRelations
from dateline.link.ties import with_relations
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, OriginId, ReportId, digest
from dateline.model.report import Report

Pair = tuple[ReportId, ReportId]
# The name of a block: its kind and a digest of the rest of its key.
Block = str

# Holds every summary; nobody seeks partners in it.
SUMMARIES: Block = "summaries"


class Kept(Protocol):
    """What is kept of the last link, and the reports of now."""

    def reports(self, ids: Collection[ReportId]) -> Iterable[Report]:
        """Give those of the reports that are there."""
        ...

    def blocks_of(self, reports: Collection[ReportId]) -> Mapping[ReportId, Mapping[Block, bool]]:
        """Return the blocks of reports, with whether they seek partners there."""
        ...

    def seeking(self, blocks: Collection[Block]) -> Collection[Block]:
        """Return those of `blocks` in which anybody seeks partners."""
        ...

    def members(self, blocks: Collection[Block]) -> Mapping[Block, Mapping[ReportId, bool]]:
        """Return who stands in blocks, with whether they seek partners there."""
        ...

    def edges_at(self, reports: Collection[ReportId]) -> Collection[Pair]:
        """Return the edges that have one of `reports` as an end."""
        ...

    def events_of(self, reports: Collection[ReportId]) -> Iterable[Event]:
        """Give the events that hold any of `reports`."""
        ...

    def events_in(self, articles: Collection[ArticleId]) -> Iterable[Event]:
        """Give the events that any of `articles` tells of."""
        ...

    def events_between(self, first: str, last: str) -> Iterable[Event]:
        """Give at least the events whose shown time lies within these days."""
        ...


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """What a link changes: `events` take the place of those called `among`, and what is kept follows.

    `blocks` holds every report that was looked at as changed; it is empty for what is told no more.
    """

    events: tuple[Event, ...]
    among: tuple[EventId, ...]
    blocks: Mapping[ReportId, Mapping[Block, bool]]
    joined: frozenset[Pair]
    parted: frozenset[Pair]


class _Desk:
    """Reports under what people decided, with their profiles, loaded as they are asked for."""

    def __init__(self, kept: Kept, decisions: Decisions, types: TypeRelations) -> None:
        self._kept, self._decisions, self._types = kept, decisions, types
        self.reports: dict[ReportId, Report] = {}
        self.profiles: dict[ReportId, Profile] = {}
        self._asked: set[ReportId] = set()

    def load(self, ids: Iterable[ReportId]) -> None:
        """Load what is not here yet; what is rejected or gone stays away."""
        missing = set(ids) - self._asked
        self._asked |= missing
        for report in amend_reports(self._kept.reports(missing), self._decisions, self._types):
            self.reports[report.id] = report
            self.profiles[report.id] = profile_of(report)

    def sorted(self, ids: Iterable[ReportId]) -> list[ReportId]:
        """Return those of `ids` that are told, loaded and sorted."""
        wanted = sorted(ids)
        self.load(wanted)
        return [identity for identity in wanted if identity in self.reports]


def relink(
    kept: Kept,
    dirty: Collection[ReportId],
    of_article: Mapping[ArticleId, OriginId],
    types: TypeRelations,
    decisions: Decisions,
) -> Patch:
    """Return what to change so that the events are those of a full rebuild.

    `dirty` are the reports that are new, changed or gone, those whose article has another origin now, and all
    that verdicts are about, now or at the last link.
    """
    desk, scorer = _Desk(kept, decisions, types), Scorer(types)
    blocks = {identity: _blocks(desk.profiles[identity]) for identity in desk.sorted(dirty)}
    dirty = set(dirty)
    joined, parted = _edges(kept, dirty, blocks, desk, scorer)
    component, edges = _component(kept, dirty, joined, parted, decisions)
    ids = desk.sorted(component)
    at = {identity: position for position, identity in enumerate(ids)}
    told = [desk.reports[identity] for identity in ids]
    profiles = [desk.profiles[identity] for identity in ids]
    under = Under(report_origins(told, of_article), decisions, scorer, types)
    pairs = sorted((at[left], at[right]) for left, right in edges)
    events = told_events(told, profiles, pairs, under)
    replaced = {event.id: event for event in kept.events_of(component)}
    return Patch(
        events=_related(kept, events, replaced, desk, scorer),
        among=tuple(sorted(replaced)),
        blocks={identity: blocks.get(identity, {}) for identity in dirty},
        joined=joined,
        parted=parted,
    )


def _blocks(profile: Profile) -> dict[Block, bool]:
    found: dict[Block, bool] = {}
    for key, seeks in block_keys(profile):
        name = f"{key[0]} {digest(*key[1:])}"
        found[name] = found.get(name, False) or seeks
    if profile.narrative == "summary":
        found[SUMMARIES] = False
    return found


def _edges(
    kept: Kept,
    dirty: Collection[ReportId],
    blocks: Mapping[ReportId, Mapping[Block, bool]],
    desk: _Desk,
    scorer: Scorer,
) -> tuple[frozenset[Pair], frozenset[Pair]]:
    """Return the edges that are new and those that are none any more."""
    members: dict[Block, dict[ReportId, bool]] = defaultdict(dict)
    for identity, entries in blocks.items():
        for block, seeks in entries.items():
            members[block][identity] = seeks
    touched = {block for entries in kept.blocks_of(dirty).values() for block in entries} | members.keys()
    seeking = {block for block, there in members.items() if any(there.values())} | set(kept.seeking(touched))
    for block, there in kept.members(seeking).items():
        members[block].update((identity, seeks) for identity, seeks in there.items() if identity not in dirty)
    now = _joinable({block: members[block] for block in seeking}, desk, scorer)
    around = {identity for block in seeking for identity in members[block]}
    before = set(kept.edges_at(around | set(dirty)))
    stands: dict[ReportId, set[Block]] = defaultdict(set)
    for block in seeking:
        for identity in members[block]:
            stands[identity].add(block)
    lost = before - now
    parted = {pair for pair in lost if pair[0] in dirty or pair[1] in dirty}
    doubtful = {pair for pair in lost - parted if stands[pair[0]] & stands[pair[1]]}
    parted |= doubtful - _held_elsewhere(kept, doubtful, seeking, desk, scorer)
    return frozenset(now - before), frozenset(parted)


def _held_elsewhere(
    kept: Kept, doubtful: Collection[Pair], seen: Collection[Block], desk: _Desk, scorer: Scorer
) -> set[Pair]:
    """Return the edges of `doubtful` that other blocks give: a full block may leave pairs out."""
    if not doubtful:
        return set()
    of = kept.blocks_of({identity for pair in doubtful for identity in pair})
    shared = {block for left, right in doubtful for block in of[left].keys() & of[right].keys()}
    return _joinable(kept.members(shared - set(seen)), desk, scorer) & set(doubtful)


def _joinable(blocks: Mapping[Block, Mapping[ReportId, bool]], desk: _Desk, scorer: Scorer) -> set[Pair]:
    """Return the candidate pairs that `blocks` give and whose score is high enough to join."""
    ids = desk.sorted({identity for members in blocks.values() for identity in members})
    at = {identity: position for position, identity in enumerate(ids)}
    profiles = [desk.profiles[identity] for identity in ids]
    placed = (
        (
            block.partition(" ")[0],
            {at[identity]: seeks for identity, seeks in members.items() if identity in at},
        )
        for block, members in blocks.items()
    )
    return {
        (ids[left], ids[right])
        for left, right in pairs_within(placed, profiles, scorer)
        if scorer.score(profiles[left], profiles[right]) >= scorer.join_score
    }


def _component(
    kept: Kept,
    dirty: Collection[ReportId],
    joined: Collection[Pair],
    parted: Collection[Pair],
    decisions: Decisions,
) -> tuple[set[ReportId], set[Pair]]:
    """Return the reports that edges of now or before connect with what changed, and the edges among them."""
    fresh: dict[ReportId, set[Pair]] = defaultdict(set)
    for pair in (*joined, *decisions.together):
        fresh[pair[0]].add(pair)
        fresh[pair[1]].add(pair)
    found = set(dirty) | {identity for pair in (*joined, *parted) for identity in pair}
    edges, front = set(joined), found
    while front:
        old = set(kept.edges_at(front))
        edges |= old - set(parted)
        near = old.union(*(fresh[identity] for identity in front if identity in fresh))
        front = {identity for pair in near for identity in pair} - found
        found = found | front
    return found, edges


# --- relations


def _related(
    kept: Kept,
    events: Iterable[Event],
    replaced: Mapping[EventId, Event],
    desk: _Desk,
    scorer: Scorer,
) -> tuple[Event, ...]:
    """Return `events` and those around them whose relations may be others now, with their relations."""
    bare = {event.id: msgspec.structs.replace(event, relations=()) for event in events}

    def add(found: Iterable[Event]) -> dict[EventId, Event]:
        return {
            event.id: msgspec.structs.replace(event, relations=())
            for event in found
            if event.id not in replaced and event.id not in bare
        }

    summaries = kept.members([SUMMARIES]).get(SUMMARIES, {}).keys()
    changed = [*bare.values(), *replaced.values()]
    asked = bare | add(kept.events_in(_articles(changed)))
    for event in changed:
        if any(_is_summary(report, desk, summaries) for report in event.reports):
            asked |= add(kept.events_between(*_days(event, desk)))
    around = asked | add(kept.events_in(_articles(asked.values()))) | add(kept.events_of(summaries))
    desk.load(report for event in around.values() for report in event.reports)
    reports = {report: desk.reports[report] for event in around.values() for report in event.reports}
    profiles = {report: desk.profiles[report] for report in reports}
    return tuple(
        event for event in with_relations(around.values(), reports, profiles, scorer) if event.id in asked
    )


def _articles(events: Iterable[Event]) -> set[ArticleId]:
    return {said.article for event in events for claim in event.claims.type for said in claim.said}


def _is_summary(report: ReportId, desk: _Desk, summaries: Collection[ReportId]) -> bool:
    now = desk.profiles.get(report)
    return report in summaries or (now is not None and now.narrative == "summary")


def _days(event: Event, desk: _Desk) -> tuple[str, str]:
    """Return the first and last day that reports of `event` tell of, now or by what it says of them."""
    told = [desk.profiles[report].days for report in event.reports if report in desk.profiles]
    told += [days_of(text) for claim in event.claims.when for text in (claim.value.start, claim.value.end)]
    told += [days_of(said.published) for claim in event.claims.type for said in claim.said]
    days = [day for span in told if span for day in span]
    if not days:
        return "0001", "9999"
    # A date that is cut to its year sorts before the days of the year.
    return date.fromordinal(max(1, min(days) - 1)).isoformat(), date.fromordinal(max(days)).isoformat()
