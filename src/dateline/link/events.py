"""The door of linking: reports, facts of their articles and verdicts become events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.link.block import candidate_pairs
from dateline.link.cluster import Constraints, Edge, cluster
from dateline.link.compare import JOIN_SCORE, Scorer
from dateline.link.decisions import Decisions, read_decisions
from dateline.link.facts import Facts, facts_of_source
from dateline.link.independence import NO_OWNERS, Evidence, Judged, Owners, trace
from dateline.link.merge import merge
from dateline.link.origins import text_roots
from dateline.link.profiles import Profile, profile_of
from dateline.link.relations import TypeRelations
from dateline.model.event import Event, Feature, Join
from dateline.model.ids import ReportId
from dateline.model.report import Report
from dateline.model.verdict import Verdict


def link(
    reports: Iterable[Report],
    facts: Iterable[Facts],
    types: TypeRelations,
    verdicts: Sequence[Verdict] = (),
    *,
    owners: Owners = NO_OWNERS,
    judged: Sequence[Judged] = (),
) -> tuple[Event, ...]:
    """Return the events that `reports` tell of, sorted by id: every report that is not rejected is in one.

    The result does not depend on the order of anything given. Facts of articles without reports help to
    find reprints; for an article without facts its reports' own words are used. Rejected reports are
    dropped, merged ones are joined and split ones kept apart whatever their scores. `owners` says who owns an
    outlet, `judged` which pairs of reports have one origin or two by the word of people; of two on one pair the
    later holds.
    """
    decisions = read_decisions(verdicts)
    told = sorted(
        {report.id: report for report in reports if report.id not in decisions.dropped}.values(),
        key=lambda report: report.id,
    )
    known = {report.article.id: facts_of_source(report.article) for report in told}
    known.update({fact.id: fact for fact in facts})
    evidence = Evidence(known, text_roots(known.values()), owners, judged)
    groups, joins = _cluster_reports([profile_of(report) for report in told], types, decisions)
    events = []
    for group in groups:
        members = [told[position] for position in group]
        events.append(merge(members, trace(members, evidence), types, joins.get(group, ())))
    return tuple(sorted(events, key=lambda event: event.id))


def _cluster_reports(
    profiles: Sequence[Profile], types: TypeRelations, decisions: Decisions
) -> tuple[tuple[tuple[int, ...], ...], Mapping[tuple[int, ...], Sequence[Join]]]:
    """Return the groups of positions in `profiles`, and why each was joined."""
    scorer = Scorer(types)
    at = {profile.id: position for position, profile in enumerate(profiles)}
    must = _positions(decisions.together, at)
    cannot: dict[int, set[int]] = defaultdict(set)
    for left, right in _positions(decisions.apart, at):
        cannot[left].add(right)
        cannot[right].add(left)

    def score(left: int, right: int) -> float:
        return scorer.score(profiles[left], profiles[right])

    edges = (Edge(left, right, score(left, right)) for left, right in candidate_pairs(profiles, scorer))
    constraints = Constraints(
        must=must,
        cannot={position: frozenset(others) for position, others in cannot.items()},
        days=[profile.days for profile in profiles],
        comparable=lambda left, right: scorer.comparable(profiles[left], profiles[right]),
        telling=[_telling(profile) for profile in profiles],
    )
    groups, used = cluster([edge for edge in edges if edge.score >= JOIN_SCORE], constraints, score)
    of = {position: group for group in groups for position in group}
    joins: dict[tuple[int, ...], list[Join]] = defaultdict(list)
    for found in used:
        joins[of[found.left]].append(scorer.join(profiles[found.left], profiles[found.right]))
    for left, right in must:
        if of[left] == of[right]:
            joins[of[left]].append(_by_verdict(profiles[left].id, profiles[right].id))
    return groups, joins


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
