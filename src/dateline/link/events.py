"""The door of linking: reports, facts of their articles and verdicts become events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.link.amend import amend_events, amend_origins, amend_reports
from dateline.link.block import candidate_pairs
from dateline.link.cluster import Constraints, Edge, cluster
from dateline.link.compare import Scorer
from dateline.link.decisions import Decisions, read_decisions
from dateline.link.facts import Facts, facts_of_source
from dateline.link.merge import merge
from dateline.link.origins import article_origins, report_origins
from dateline.link.profiles import Profile, profile_of
from dateline.link.relations import TypeRelations
from dateline.link.ties import with_relations
from dateline.model.event import Event, Feature, Join
from dateline.model.ids import ArticleId, OriginId, ReportId, event_id
from dateline.model.report import Report
from dateline.model.verdict import Verdict


def link(
    reports: Iterable[Report],
    facts: Iterable[Facts],
    types: TypeRelations,
    verdicts: Sequence[Verdict] = (),
) -> tuple[Event, ...]:
    """Return the events that `reports` tell of, sorted by id: every report that is not rejected is in one.

    The result does not depend on the order of anything given but the verdicts, which stand in that of their
    log. Facts of articles without reports help to
    find reprints; for an article without facts its reports' own words are used. Rejected reports are
    dropped, merged ones are joined and split ones kept apart whatever their scores; corrected values are shown.
    """
    given = {report.id: report for report in reports}
    decisions = read_decisions(verdicts, given.values())
    told = amend_reports(given.values(), decisions, types)
    known = {report.article.id: facts_of_source(report.article) for report in told}
    known.update({fact.id: fact for fact in facts})
    origins = report_origins(told, article_origins(known.values()))
    profiles, scorer = [profile_of(report) for report in told], Scorer(types)
    pairs = candidate_pairs(profiles, scorer)
    events = told_events(told, profiles, pairs, Under(origins, decisions, scorer, types))
    by_id = {report.id: report for report in told}
    return with_relations(events, by_id, {profile.id: profile for profile in profiles}, scorer)


class Under(msgspec.Struct, frozen=True):
    """What holds for all events: origins, what people decided, the scorer, the ontology."""

    origins: Mapping[ReportId, OriginId]
    decisions: Decisions
    scorer: Scorer
    types: TypeRelations


def told_events(
    told: Sequence[Report], profiles: Sequence[Profile], pairs: Iterable[tuple[int, int]], under: Under
) -> tuple[Event, ...]:
    """Return the events that the reports `told` (amended, sorted by id) make, still without relations.

    `pairs` are positions of candidates. Give all reports of a component or none.
    """
    groups, joins = cluster_reports(profiles, pairs, under.scorer, under.decisions)
    events = []
    for group in groups:
        members = [told[position] for position in group]
        judged = amend_origins(members, under.origins, under.decisions)
        event = merge(members, judged, under.types, joins.get(group, ()))
        events.append(msgspec.structs.replace(event, id=event_id([founder(members)])))
    return amend_events(events, under.decisions, under.types)


def cluster_reports(
    profiles: Sequence[Profile], pairs: Iterable[tuple[int, int]], scorer: Scorer, decisions: Decisions
) -> tuple[tuple[tuple[int, ...], ...], Mapping[tuple[int, ...], Sequence[Join]]]:
    """Return the groups of positions in `profiles` (sorted by id), and why each was joined.

    What becomes of a report depends on its component alone (see `block`): clustering each of the `components`
    by itself gives the same groups as clustering all at once.
    """
    at = {profile.id: position for position, profile in enumerate(profiles)}
    must = _positions(decisions.together, at)
    cannot: dict[int, set[int]] = defaultdict(set)
    for left, right in _positions(decisions.apart, at):
        cannot[left].add(right)
        cannot[right].add(left)

    def score(left: int, right: int) -> float:
        return scorer.score(profiles[left], profiles[right])

    edges = (Edge(left, right, score(left, right)) for left, right in pairs)
    constraints = Constraints(
        must=must,
        cannot={position: frozenset(others) for position, others in cannot.items()},
        days=[profile.days for profile in profiles],
        comparable=lambda left, right: scorer.comparable(profiles[left], profiles[right]),
        telling=[_telling(profile) for profile in profiles],
    )
    groups, used = cluster([edge for edge in edges if edge.score >= scorer.join_score], constraints, score)
    of = {position: group for group in groups for position in group}
    joins: dict[tuple[int, ...], list[Join]] = defaultdict(list)
    for found in used:
        joins[of[found.left]].append(scorer.join(profiles[found.left], profiles[found.right]))
    for left, right in must:
        if of[left] == of[right]:
            joins[of[left]].append(_by_verdict(profiles[left].id, profiles[right].id))
    return groups, joins


def founder(reports: Iterable[Report]) -> ReportId:
    """Return the report that an event is called by: of those published first, by article and place in it.

    So an event keeps its id while later reports join it, whatever else they change, and of several that become
    one the oldest gives the id. The id follows from the reports alone and not from the order of reading.
    """

    def age(report: Report) -> tuple[bool, str, ArticleId, int, ReportId]:
        source = report.article
        return source.published is None, source.published or "", source.id, report.trigger.start, report.id

    return min(reports, key=age).id


def _telling(profile: Profile) -> float:
    """Return how much a report says about which happening it means: 1, and 2 more for a time and for a place.

    Set by reading the sample: with equal weights, undated mentions of one article ("the raid") kept its dated
    account of an attack apart from another outlet's.
    """
    return 1.0 + 2.0 * (profile.days is not None) + 2.0 * bool(profile.places)


def _positions(pairs: Iterable[tuple[ReportId, ReportId]], at: Mapping[ReportId, int]) -> list[tuple[int, int]]:
    return [(at[left], at[right]) for left, right in pairs if left in at and right in at]


def _by_verdict(left: ReportId, right: ReportId) -> Join:
    return Join(left=left, right=right, score=1.0, features=(Feature("verdict", 1.0, 0.0),))
