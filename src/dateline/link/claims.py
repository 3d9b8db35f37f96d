"""Claims: what the reports of one happening say, value by value, with everyone who says it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from dateline.link.words import skeleton
from dateline.model.event import Claim, Claims, Said
from dateline.model.ids import OriginId, ReportId
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


def collect_claims(reports: Sequence[Report], origins: Mapping[ReportId, OriginId]) -> Claims:
    """Return the claims of `reports`, field by field.

    Agreeing values are one claim; its shown value is that of the report that was published first, which
    also stands first in `said`. Claims stand with the most independent origins first.
    """
    order = sorted(reports, key=_telling_order)

    def gather(values: Callable[[Report], Iterable[T]], key: Callable[[T], Hashable]) -> tuple[Claim[T], ...]:
        return _gather(order, origins, values, key)

    return Claims(
        type=gather(lambda report: (report.type,), _itself),
        status=gather(lambda report: (report.status,), status_key),
        when=gather(lambda report: (report.when,) if report.when.precision != "unknown" else (), when_key),
        where=gather(lambda report: report.where, where_key),
        actors=gather(lambda report: report.actors, who_key),
        targets=gather(lambda report: report.targets, who_key),
        counts=gather(lambda report: report.counts, count_key),
    )


def _telling_order(report: Report) -> tuple[str, str, int, str]:
    return (report.article.published or "9999", report.article.id, report.trigger.start, report.id)


def _gather(
    reports: Sequence[Report],
    origins: Mapping[ReportId, OriginId],
    values: Callable[[Report], Iterable[T]],
    key: Callable[[T], Hashable],
) -> tuple[Claim[T], ...]:
    shown: dict[Hashable, T] = {}
    said: dict[Hashable, list[Said]] = defaultdict(list)
    for report in reports:
        for value in values(report):
            found = key(value)
            shown.setdefault(found, value)
            if not said[found] or said[found][-1].report != report.id:
                said[found].append(said_of(report, origins[report.id]))
    claims = [
        Claim(value=value, said=tuple(said[found]), origins=len({one.origin for one in said[found]}))
        for found, value in shown.items()
    ]
    # Sorting is stable, so that claims with as many origins stay in the order in which they were told.
    return tuple(sorted(claims, key=lambda claim: -claim.origins))


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
