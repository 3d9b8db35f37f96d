"""Linking measured on the worlds of `corpus/incidents/`, end to end and with the mentions given.

A report is matched with at most one anchor, whose trigger it must overlap in the same article; where there is
a choice, the same type goes first, then the greater overlap. B³ is counted over the anchors: *over found
reports* over those that a report was matched with, *missed as singletons* over all, where an anchor without a
report is an event of its own. Reports that no anchor was matched with are linked like all others and not
counted.

An incident's event is the one that holds most of its matched anchors (then the purest, then the first by id).
Its origins are right when their number is the stated one, a warning's outcome when the state is and, where an
incident shows it, the event named holds a report of that incident. Incidents without an event are wrong.

With *mentions given* the anchors themselves are the mentions, so that only resolver and linker are measured.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

import msgspec

from dateline.code.base import Coder
from dateline.config import load_config
from dateline.errors import InputError
from dateline.evaluate.clusters import b_cubed_score, pairs_of
from dateline.evaluate.given import GivenMentions
from dateline.evaluate.groupings import by_day_place_type, by_text
from dateline.evaluate.spans import overlap, pair, shared
from dateline.evaluate.suite import Score, SuiteResult, Task
from dateline.evaluate.worldfiles import load_worlds
from dateline.evaluate.worlds import Dispatch, Incident, World
from dateline.link import facts_of, follow_warnings
from dateline.link.origins import reprint_groups
from dateline.model.event import Event
from dateline.model.ids import ArticleId, EventId, ReportId
from dateline.model.rejected import Rejected
from dateline.model.report import Report
from dateline.ontology import load_ontology
from dateline.pipeline import Reading, gather
from dateline.resolve import Resolver, open_resolver
from dateline.train.examples import Bounds

FOUND, ALL = "same happening (B³), over found reports", "same happening (B³), missed as singletons"
READ, COPIES, ORIGINS, OUTCOMES = "anchors read", "copies", "independent origins exact", "outcomes right"
FIGURES, DAYS = "figures at the end", "days"
GIVEN = "mentions given: "
# How one incident stands to another: the label, the kind of relation.
RELATIONS = {
    "parts of summaries": "part_of",
    "follow-ups": "follow_up",
    "background of news": "background_of",
}
BESIDE = "plain groupings beside it"
WORLDS = "same happening (B³) by world"
BY_DAY, BY_TEXT = "same days, place and type", "text similarity of sentences"

# How the states of `link.outcomes` are called in the worlds, which tell fewer apart.
_STATES = {"elsewhere": "otherwise", "denied": "foiled"}

Item = tuple[str, str, Bounds]  # dispatch, incident, trigger


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the worlds: reports, events, which event each anchor's report is in, and copies."""

    worlds: tuple[World, ...]
    reports: tuple[Report, ...]
    events: tuple[Event, ...]
    gold: dict[Item, str]
    matched: dict[Item, ReportId]
    copies: dict[ArticleId, ArticleId]

    def events_of_items(self) -> dict[Item, EventId]:
        """Return the event of each anchor that was read."""
        holding = {report: event.id for event in self.events for report in event.reports}
        return {item: holding[report] for item, report in self.matched.items()}

    def grouped(self, groups: Mapping[ReportId, Hashable]) -> dict[Item, Hashable]:
        """Return the group of each anchor that was read, when `groups` are the reports' groups."""
        return {item: groups[report] for item, report in self.matched.items()}


def run(coder: Coder, task: Task) -> SuiteResult:
    """Measure `coder`, the resolver and linking on the worlds of the task's part."""
    worlds = tuple(world for world in load_worlds(task.corpus / "incidents") if world.part == task.part)
    if not worlds:
        raise InputError(f"{task.corpus}/incidents holds no world of the part {task.part!r}; see --corpus")
    return measure(coder, worlds, open_resolver(load_config().cache), task)


def measure(coder: Coder, worlds: Sequence[World], resolver: Resolver, task: Task) -> SuiteResult:
    """Measure `coder` and linking, and linking with the mentions given."""
    read = linked(coder, worlds, resolver, task)
    given = linked(GivenMentions(worlds), worlds, resolver)
    dispatches = sum(len(world.dispatches) for world in worlds)
    incidents = sum(len(world.incidents) for world in worlds)
    return SuiteResult(
        suite="incidents",
        coder=coder.name,
        scores=tuple(_scores(read, given)),
        headline=FOUND,
        notes=(
            f"{len(worlds)} worlds, {incidents} incidents, {dispatches} dispatches, {len(read.gold)} anchors, "
            f"part {worlds[0].part}",
            f"{len(read.reports)} reports, {len(read.events)} events",
        ),
    )


def _scores(read: Linked, given: Linked) -> Iterator[Score]:
    yield from main_scores(read)
    for score in main_scores(given):
        if score.label not in (COPIES, READ, ALL):
            yield msgspec.structs.replace(score, label=GIVEN + score.label)
    for prefix, each in (("", read), (GIVEN, given)):
        yield from beside(each, prefix)
    for prefix, each in (("", read), (GIVEN, given)):
        yield from _by_world(each, prefix)


def linked(coder: Coder, worlds: Sequence[World], resolver: Resolver, task: Task | None = None) -> Linked:
    """Read and link all dispatches of `worlds` together, and match the reports with the anchors."""
    reading = Reading(coder, resolver)
    dispatches = [dispatch for world in worlds for dispatch in world.dispatches]
    reports: list[Report] = []
    gold: dict[Item, str] = {}
    matched: dict[Item, ReportId] = {}
    for number, dispatch in enumerate(dispatches):
        found = reading(dispatch.article)
        own = () if isinstance(found, Rejected) else found
        reports += own
        items = [(dispatch.id, each.incident, each.frame.trigger) for each in dispatch.anchors]
        gold.update({item: item[1] for item in items})
        matched.update({items[here]: own[there].id for here, there in _match(dispatch, own)})
        if task is not None:
            task.progress(number + 1, len(dispatches))
    facts = [facts_of(dispatch.article) for dispatch in dispatches]
    return Linked(
        worlds=tuple(worlds),
        reports=tuple(reports),
        events=gather(reports, facts, ()),
        gold=gold,
        matched=matched,
        copies=reprint_groups(facts),
    )


def _match(dispatch: Dispatch, reports: Sequence[Report]) -> tuple[tuple[int, int], ...]:
    text = dispatch.article.text

    def fit(here: int, there: int) -> float:
        frame, report = dispatch.anchors[here].frame, reports[there]
        trigger = (report.trigger.start, report.trigger.end)
        if not overlap(frame.trigger, trigger):
            return 0.0
        return 2 * (frame.type == report.type) + (shared(text, frame.trigger, trigger) or 0.01)

    return pair(range(len(dispatch.anchors)), range(len(reports)), fit)


def main_scores(linked: Linked) -> Iterator[Score]:
    """Give the figures of the main table."""
    events = linked.events_of_items()
    found = {item: incident for item, incident in linked.gold.items() if item in events}
    alone: dict[Item, Hashable] = {item: events.get(item, item) for item in linked.gold}
    yield b_cubed_score(FOUND, found, events)
    yield b_cubed_score(ALL, linked.gold, alone)
    yield Score(label=READ, correct=len(found), gold=len(linked.gold), kind="share")
    yield _copies(linked)
    own = event_of_incident(linked)
    told = [(world, incident) for world in linked.worlds for incident in world.incidents]
    exact = sum(
        (event := own.get(incident.id)) is not None and event.origins == incident.origins
        for _, incident in told
    )
    yield Score(label=ORIGINS, correct=exact, gold=len(told), kind="share")
    fates = [right for world in linked.worlds for right in outcomes(world, linked, own).values()]
    yield Score(label=OUTCOMES, correct=sum(fates), gold=len(fates), kind="share")
    figured = [incident for _, incident in told if incident.figures]
    yield Score(
        label=FIGURES,
        correct=sum(_figures_right(own, each) for each in figured),
        gold=len(figured),
        kind="share",
    )
    dated = [incident for _, incident in told if incident.first and incident.outcome is None]
    yield Score(
        label=DAYS, correct=sum(_days_right(own, each) for each in dated), gold=len(dated), kind="share"
    )
    yield from relations(linked, own)


def relations(linked: Linked, own: Mapping[str, Event]) -> Iterator[Score]:
    """Score which incidents stand to which by the relations of their events; other events are left out."""
    incidents = [incident for world in linked.worlds for incident in world.incidents]
    of_event: dict[EventId, list[str]] = defaultdict(list)
    for name, event in own.items():
        of_event[event.id].append(name)
    for label, kind in RELATIONS.items():
        gold = {(each.id, other) for each in incidents for other in _stated(each, kind)}
        found = {
            (name, other)
            for name, event in own.items()
            for relation in event.relations
            if relation.kind == kind
            for other in of_event.get(relation.event, ())
        }
        yield Score(label=label, correct=len(gold & found), predicted=len(found), gold=len(gold))


def _stated(incident: Incident, kind: str) -> tuple[str, ...]:
    given = {
        "part_of": incident.part_of,
        "follow_up": incident.follow_up,
        "background_of": incident.background,
    }
    return given[kind]


def _copies(linked: Linked) -> Score:
    """Score pairs of dispatches that share a text."""
    gold: dict[ArticleId, str] = {}
    for world in linked.worlds:
        known = {each.id: each for each in world.dispatches}
        for each in world.dispatches:
            first = each
            while first.copy_of is not None:
                first = known[first.copy_of]
            gold[each.article.id] = f"{world.id} {first.id}"
    told = {article: linked.copies[article] for article in gold}
    wanted, found = pairs_of(gold), pairs_of(told)
    return Score(label=COPIES, correct=len(wanted & found), predicted=len(found), gold=len(wanted))


def event_of_incident(linked: Linked) -> dict[str, Event]:
    """Return the event of each incident that was read; see the module."""
    events = {event.id: event for event in linked.events}
    of_item = linked.events_of_items()
    sizes = Counter(of_item.values())
    held: dict[str, Counter[EventId]] = defaultdict(Counter)
    for item, event in of_item.items():
        held[item[1]][event] += 1
    return {
        incident: events[min(counts, key=lambda event: (-counts[event], sizes[event], event))]
        for incident, counts in held.items()
    }


def outcomes(world: World, linked: Linked, own: Mapping[str, Event]) -> dict[str, bool]:
    """Return for each warning of `world` whether its outcome is right."""
    articles = {dispatch.article.id for dispatch in world.dispatches}
    events = [
        event
        for event in linked.events
        if any(said.article in articles for claim in event.claims.type for said in claim.said)
    ]
    read = [(one.article.outlet, one.article.published.date, 1) for one in world.dispatches]
    followed = follow_warnings(events, load_ontology(), today=world.today, reading=read)
    found = {each.warning: each for each in followed}
    holding: dict[EventId, set[str]] = defaultdict(set)
    for item, identity in linked.events_of_items().items():
        holding[identity].add(item[1])
    right: dict[str, bool] = {}
    for incident in world.incidents:
        if incident.outcome is None:
            continue
        event = own.get(incident.id)
        outcome = found.get(event.id) if event is not None else None
        state = _STATES.get(outcome.state, outcome.state) if outcome else None
        shown = incident.outcome.incident
        right[incident.id] = state == incident.outcome.state and (
            shown is None
            or (outcome is not None and outcome.event is not None and shown in holding[outcome.event])
        )
    return right


def _figures_right(own: Mapping[str, Event], incident: Incident) -> bool:
    event = own.get(incident.id)
    if event is None:
        return False
    best: dict[str, set[int | None]] = defaultdict(set)
    for count in event.counts:
        best[count.kind].add(count.best if count.best is not None else count.low)
    return all(number in best[kind] for kind, number in incident.figures.items())


def _days_right(own: Mapping[str, Event], incident: Incident) -> bool:
    event = own.get(incident.id)
    return event is not None and (event.when.start, event.when.end) == (incident.first, incident.last)


def beside(linked: Linked, prefix: str = "") -> Iterator[Score]:
    """Give B³ over found reports of the two plain groupings."""
    for label, groups in ((BY_DAY, by_day_place_type(linked.reports)), (BY_TEXT, by_text(linked.reports))):
        found = linked.grouped(groups)
        gold = {item: linked.gold[item] for item in found}
        yield b_cubed_score(prefix + label, gold, found, table=BESIDE)


def _by_world(linked: Linked, prefix: str) -> Iterator[Score]:
    events = linked.events_of_items()
    for world in linked.worlds:
        own = {dispatch.id for dispatch in world.dispatches}
        gold = {item: linked.gold[item] for item in events if item[0] in own}
        yield b_cubed_score(prefix + world.id, gold, events, table=WORLDS)
