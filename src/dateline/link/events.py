"""The door of linking: reports, facts of their articles and verdicts become events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.link import grouping
from dateline.link.amend import amend_events, amend_reports
from dateline.link.compare import Scorer
from dateline.link.decisions import Decisions, read_decisions
from dateline.link.desk import partings, positions
from dateline.link.facts import Facts, facts_of_source
from dateline.link.independence import NO_OWNERS, Evidence, Owners, trace
from dateline.link.merge import merge
from dateline.link.origins import text_roots
from dateline.link.profiles import Profile, profile_of
from dateline.link.relations import TypeRelations
from dateline.link.ties import with_relations
from dateline.model.event import Event, Feature, Join
from dateline.model.ids import ArticleId, ReportId, event_id
from dateline.model.report import Report
from dateline.model.verdict import Verdict


def link(
    reports: Iterable[Report],
    facts: Iterable[Facts],
    types: TypeRelations,
    verdicts: Sequence[Verdict] = (),
    *,
    owners: Owners = NO_OWNERS,
) -> tuple[Event, ...]:
    """Return the events that `reports` tell of, sorted by id: every report that is not rejected is in one.

    The result does not depend on the order of anything given but the verdicts, which stand in that of their
    log. Facts of articles without reports help to find reprints; for an article without facts its reports' own
    words are used. Rejected reports are dropped, merged ones are joined and split ones kept apart whatever
    their scores; corrected values are shown. `owners` says who owns an outlet.
    """
    given = {report.id: report for report in reports}
    decisions = read_decisions(verdicts, given.values())
    told = amend_reports(given.values(), decisions, types)
    known = {report.article.id: facts_of_source(report.article) for report in told}
    known.update({fact.id: fact for fact in facts})
    evidence = Evidence(known, text_roots(known.values()), owners, judged_origins(decisions))
    profiles, scorer = [profile_of(report) for report in told], Scorer(types)
    events = form_events(told, cluster_reports(profiles, scorer, decisions), evidence, decisions, types)
    by_id = {report.id: report for report in told}
    return with_relations(events, by_id, {profile.id: profile for profile in profiles}, scorer)


Group = tuple[int, ...]
Joins = Mapping[Group, Sequence[Join]]


def cluster_reports(
    profiles: Sequence[Profile], scorer: Scorer, decisions: Decisions
) -> tuple[Sequence[Group], Joins]:
    """Return the groups of positions in `profiles` (sorted by id), and why each was joined."""
    ids = [profile.id for profile in profiles]
    must, cannot = positions(ids, decisions.together), partings(ids, decisions)
    groups, joins = grouping.group(profiles, scorer, must, cannot)
    return groups, with_verdicts(groups, joins, ids, decisions)


def with_verdicts(
    groups: Sequence[Group], joins: Joins, ids: Sequence[ReportId], decisions: Decisions
) -> Joins:
    """Return `joins` with those that people made."""
    of = {position: members for members in groups for position in members}
    found: dict[Group, list[Join]] = defaultdict(list, {group: list(why) for group, why in joins.items()})
    for left, right in positions(ids, decisions.together):
        group = of.get(left)
        if group is not None and group == of.get(right):
            found[group].append(_by_verdict(ids[left], ids[right]))
    return found


def form_events(
    told: Sequence[Report],
    grouped: tuple[Sequence[Group], Joins],
    evidence: Evidence,
    decisions: Decisions,
    types: TypeRelations,
) -> tuple[Event, ...]:
    """Return the events that groups of positions in `told` make, still without relations."""
    groups, joins = grouped
    events = []
    for group in groups:
        members = [told[position] for position in group]
        event = merge(members, trace(members, evidence), types, joins.get(group, ()))
        events.append(msgspec.structs.replace(event, id=event_id([founder(members)])))
    return amend_events(events, decisions, types)


def judged_origins(decisions: Decisions) -> list[tuple[ReportId, ReportId, bool]]:
    """Return what people said of the origins of reports, as `independence` takes it."""
    return [(*each.pair, each.one) for each in decisions.origins]


def founder(reports: Iterable[Report]) -> ReportId:
    """Return the report that an event is called by: of those published first, by article and place in it.

    So an event keeps its id while later reports join it, whatever else they change, and of several that become
    one the oldest gives the id. The id follows from the reports alone and not from the order of reading.
    """

    def age(report: Report) -> tuple[bool, str, ArticleId, int, ReportId]:
        source = report.article
        return source.published is None, source.published or "", source.id, report.trigger.start, report.id

    return min(reports, key=age).id


def _by_verdict(left: ReportId, right: ReportId) -> Join:
    return Join(left=left, right=right, score=1.0, features=(Feature("verdict", 1.0, 0.0),))
