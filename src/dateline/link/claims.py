"""Claims: what the reports of one happening say, value by value, with everyone who says or denies it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from dateline.link.independence import Independence
from dateline.link.words import skeleton
from dateline.model.event import Claim, Claims, Said
from dateline.model.ids import OriginId
from dateline.model.report import Report
from dateline.model.values import HowMany, Status, When, Where, Who

T = TypeVar("T")


def said_of(report: Report, origin: OriginId) -> Said:
    """Return who says what `report` reports."""
    return Said(
        report=report.id,
        article=report.article.id,
        outlet=report.article.outlet,
        published=report.article.published,
        chain=report.chain,
        origin=origin,
        sentence=report.sentence,
    )


def collect_claims(reports: Sequence[Report], independence: Independence) -> Claims:
    """Return the claims of `reports`, field by field.

    Equal values are one claim; its shown value is that of the report that was published first (of a place or
    time, of the first that states it), which also stands first in `said`. Claims stand with the most
    independent origins first. Beside reports that tell
    the event as a fact, those that deny it deny its actors, targets and counts; its type, time and place are
    what they speak of, and their status says that they deny it. No report that is added takes a claim away.
    """
    order = sorted(reports, key=_telling_order)
    told, denying = tellers(order)

    def gather(
        values: Callable[[Report], Iterable[T]], key: Callable[[T], Hashable], *, deniable: bool = False
    ) -> tuple[Claim[T], ...]:
        if deniable:
            return _gather(told, denying, independence, values, key)
        return _gather(order, (), independence, values, key)

    return Claims(
        type=gather(lambda report: (report.type,), _itself),
        status=gather(lambda report: (report.status,), status_key),
        when=gather(lambda report: (report.when,) if report.when.precision != "unknown" else (), when_key),
        where=gather(lambda report: report.where, where_key),
        actors=gather(lambda report: report.actors, who_key, deniable=True),
        targets=gather(lambda report: report.targets, who_key, deniable=True),
        counts=gather(lambda report: report.counts, count_key, deniable=True),
    )


def tellers(reports: Sequence[Report]) -> tuple[list[Report], list[Report]]:
    """Return the reports that tell an event as a fact and those that deny it; a denial alone tells of it."""
    told = [report for report in reports if report.status.polarity == "affirmed"]
    denying = [report for report in reports if report.status.polarity == "denied"]
    return (told, denying) if told else (denying, [])


def _telling_order(report: Report) -> tuple[str, str, int, str]:
    return (report.article.published or "9999", report.article.id, report.trigger.start, report.id)


def _gather(
    told: Sequence[Report],
    denying: Sequence[Report],
    independence: Independence,
    values: Callable[[Report], Iterable[T]],
    key: Callable[[T], Hashable],
) -> tuple[Claim[T], ...]:
    shown: dict[Hashable, T] = {}
    said: dict[Hashable, list[Said]] = defaultdict(list)
    denied: dict[Hashable, list[Said]] = defaultdict(list)
    for reports, sayings in ((told, said), (denying, denied)):
        for report in reports:
            for value in values(report):
                found = key(value)
                if found not in shown or _is_first_hand(value) > _is_first_hand(shown[found]):
                    shown[found] = value
                if not sayings[found] or sayings[found][-1].report != report.id:
                    sayings[found].append(said_of(report, independence.origin[report.id]))
    claims = [
        Claim(
            value=value,
            said=tuple(said[found]),
            origins=independence.count(one.report for one in said[found]),
            denied=tuple(denied[found]),
        )
        for found, value in shown.items()
    ]
    # Sorting is stable, so that claims with as many origins stay in the order in which they were told.
    return tuple(sorted(claims, key=lambda claim: -claim.origins))


def _is_first_hand(value: Any) -> bool:
    """Tell whether it is no place or time taken over from another sentence: shown where none is stated."""
    return not isinstance(value, Where | When) or value.basis == "stated"


def _itself(value: str) -> Hashable:
    return value


def status_key(value: Status) -> Hashable:
    """Return what makes statuses agree: all four axes, and whether it is contested."""
    return (value.reality, value.polarity, value.certainty, value.currency, value.contested)


def when_key(value: When) -> Hashable:
    """Return what makes times agree: days and precision, without days the wording."""
    wording = None if value.start or value.end else (value.text or "").casefold()
    return (value.start, value.end, value.precision, wording)


def where_key(value: Where) -> Hashable:
    """Return what makes places agree: the gazetteer entry, told as closely; else the name's sound."""
    # "near Hawija" and "Hawija" are one entry and yet two claims.
    if value.gazetteer_id:
        return (value.gazetteer_id, value.precision)
    return (skeleton(value.name), value.precision, value.country, value.admin1)


def who_key(value: Who) -> Hashable:
    """Return what makes actors agree: the catalogue's id, else the name."""
    return value.id or value.name.casefold()


def count_key(value: HowMany) -> Hashable:
    """Return what makes counts agree: kind, whose, bounds, and whether they are of a part or a longer time.

    The claimant is no part of it: two who give one figure agree.
    """
    period = value.scope == "period"
    return (value.kind, value.of, value.sex_age, value.part, period, value.low, value.best, value.high)
