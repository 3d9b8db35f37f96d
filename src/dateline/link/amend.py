"""What people decided of values and origins, put on reports before linking and on events after it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dateline.link.decisions import Correction, Decisions
from dateline.link.relations import TypeRelations
from dateline.model.correction import count_field
from dateline.model.event import Claim, Corrected, Disagreement, Event
from dateline.model.ids import ReportId
from dateline.model.report import Report
from dateline.model.values import HowMany, When

# Whose dead a figure counts where it counts all of them.
TOTALS = ("mixed", "unknown")


def amend_reports(reports: Iterable[Report], decisions: Decisions, types: TypeRelations) -> tuple[Report, ...]:
    """Return `reports` without those that are rejected, with the values that people say they really give."""
    kept = {report.id: report for report in reports if report.id not in decisions.dropped}
    for correction in decisions.corrections:
        if correction.scope == "report" and _usable(correction, types):
            for identity in correction.reports:
                if identity in kept:
                    kept[identity] = _corrected(kept[identity], correction, types)
    return tuple(kept[identity] for identity in sorted(kept))


def _corrected(report: Report, correction: Correction, types: TypeRelations) -> Report:
    changes = _changes(report, correction)
    if correction.field == "where":
        changes = {"where": (correction.value,) if correction.value else ()}
    changed = msgspec.structs.replace(report, **changes)
    return msgspec.structs.replace(changed, crosswalk=_crosswalk(changed, types))


def amend_events(events: Iterable[Event], decisions: Decisions, types: TypeRelations) -> tuple[Event, ...]:
    """Return `events` with the values that people put in place of the shown ones; claims stay beside them.

    A correction goes with the event that holds most of the reports that were looked at, of several the one
    that holds the first of them: it survives that the event grows, and stays with one part when it is split.
    """
    amended = {event.id: event for event in events}
    if not decisions.corrections and not decisions.disputes:
        return tuple(amended.values())
    of = {report: event.id for event in amended.values() for report in event.reports}
    for correction in decisions.corrections:
        if not _usable(correction, types):
            continue
        if correction.scope == "report":
            for target in dict.fromkeys(of[each] for each in correction.reports if each in of):
                amended[target] = _noted(amended[target], correction)
        elif (target := _target(correction.reports, of)) is not None:
            amended[target] = _shown(amended[target], correction, types)
    for dispute in decisions.disputes:
        if (target := _target(dispute.reports, of)) is not None:
            why = f": {dispute.reason}" if dispute.reason else ""
            mark = Disagreement(field=dispute.field, text=f"{dispute.field}: marked by {dispute.by}{why}")
            if mark not in amended[target].disagreements:
                disagreements = (*amended[target].disagreements, mark)
                amended[target] = msgspec.structs.replace(amended[target], disagreements=disagreements)
    return tuple(amended.values())


def _target(reports: Sequence[ReportId], of: Mapping[ReportId, Any]) -> Any:
    """Return the event that holds most of `reports`; Counter keeps the order in which it met them."""
    held = Counter(of[report] for report in reports if report in of)
    return held.most_common(1)[0][0] if held else None


def _usable(correction: Correction, types: TypeRelations) -> bool:
    """Tell whether a correction names what there is: a type may have left the ontology."""
    if correction.field != "type":
        return True
    try:
        types.family(correction.value)
    except KeyError:
        return False
    return True


def _changes(shown: Event | Report, correction: Correction) -> dict[str, Any]:
    """Return the fields of `shown` that a correction changes, with their new values."""
    field, value = correction.field, correction.value
    named = count_field(field)
    if named:
        others = [count for count in shown.counts if (count.kind, count.of) != named]
        kept = [*_beside(value, others), value] if value else others
        return {"counts": tuple(sorted(kept, key=lambda count: (count.kind, count.of)))}
    if field == "when":
        return {"when": value or When()}
    if field in ("actors", "targets"):
        return {field: value or ()}
    if field in ("type", "status") and value is None:  # an event always has these
        return {}
    return {field: value}


def _beside(given: HowMany, others: Sequence[HowMany]) -> list[HowMany]:
    """Return those of `others` that can be shown beside a figure that a person gave.

    A total that a person gave is the only one of its kind, and the sides' figures have to fit into the total,
    whichever of the two the person gave.
    """
    whole = given.of in TOTALS
    alike = (count for count in (*others, given) if count.kind == given.kind)
    least = sum(count.low for count in alike if count.of not in TOTALS and not count.part)

    def fits(count: HowMany) -> bool:
        if count.kind != given.kind:
            return True
        if count.of in TOTALS and not count.part:
            return not whole and (count.high is None or count.high >= least)
        return not whole or given.high is None or (count.low if count.part else least) <= given.high

    return [count for count in others if fits(count)]


def _crosswalk(shown: Event | Report, types: TypeRelations) -> Any:
    harmed = any(count.kind in ("killed", "injured") and count.low > 0 for count in shown.counts)
    return types.crosswalk_for(shown.type, shown.actors[0].kind if shown.actors else None, harmed=harmed)


def _shown(event: Event, correction: Correction, types: TypeRelations) -> Event:
    changes = _changes(event, correction)
    changed = msgspec.structs.replace(event, **changes)
    return msgspec.structs.replace(
        _noted(changed, correction),
        crosswalk=_crosswalk(changed, types),
        claims=_claimed(event, correction),
    )


def _noted(event: Event, correction: Correction) -> Event:
    note = Corrected(
        field=correction.field, value=correction.words, by=correction.by, at=correction.at,
        scope=correction.scope, reason=correction.reason, verdict=correction.verdict,
    )  # fmt: skip
    # By field, and only within one in the order of the log: what touches different fields has no order.
    noted = sorted((*event.corrected, note), key=lambda each: each.field)
    return msgspec.structs.replace(event, corrected=tuple(noted))


def _claimed(event: Event, correction: Correction) -> Any:
    """Return the claims with the person's beside those of the sources, behind them."""
    field = "counts" if count_field(correction.field) else correction.field
    values = correction.value if isinstance(correction.value, tuple) else (correction.value,)
    claims: list[Claim[Any]] = [
        Claim(value=value, said=(), origins=0, by=correction.by, verdict=correction.verdict)
        for value in values
        if value is not None
    ]
    return msgspec.structs.replace(event.claims, **{field: (*getattr(event.claims, field), *claims)})
