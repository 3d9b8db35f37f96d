"""One group of reports becomes one Event: claims, and the shown values chosen from them by stated rules.

- **type**: of the types that at least a third as many independent origins tell as the most told one, the one
  that says most (BROAD_TYPES last, an attack after a bombing); then the one with the most origins, reports, the
  surest report, the name.
- **when**: of the dated claims, those that give a day or from when to when, unless their days meet those of
  less than half as many origins as others' do; of these the one compatible with the most origins; then one that
  says from when to when; then the narrowest; then stated before inherited; then the earliest.
- **where**: stated before taken over; compatible with the most origins (same or containing); then
  the most precise; then the best score.
- **actors, targets**: all that were named, most origins first; "gunmen" only while nobody is named.
- **counts**, for each kind and whose: low, best and high of the figures that stand, as `link.figures` says.
- **status**: affirmed before denied, happened before attempted, stated before uncertain, news before old;
  contested where any report is.
"""

import re
from collections.abc import Iterable, Sequence

from dateline.link.claims import collect_claims, where_key
from dateline.link.disagreements import find_disagreements
from dateline.link.features import days_between
from dateline.link.figures import collect_figures
from dateline.link.independence import Independence
from dateline.link.profiles import days_of
from dateline.link.relations import TypeRelations
from dateline.link.words import outlet_key
from dateline.model.event import Claim, Event, Join
from dateline.model.ids import event_id
from dateline.model.report import Report
from dateline.model.values import Status, When, Where, Who, make_status

_POLARITY = ("affirmed", "denied")
_REALITY = (
    "occurred", "ongoing", "attempted", "planned", "threatened", "feared", "demanded", "hypothetical",
)  # fmt: skip
_CERTAINTY = ("stated", "probable", "possible", "unconfirmed")
_CURRENCY = ("news", "background")

# Types that say what came of it and leave open how: "an attack that killed twelve" is also told as a bombing.
# A type counts as told from this share (one in TYPE_SHARE) of the most told one's origins.
BROAD_TYPES = frozenset({"killing"})
TYPE_SHARE = 3
# An attack leaves open with what: where a type of this family says it (a bombing, shelling), it says less.
UNARMED_TYPE, ARMED_FAMILY = "assault", "remote"

# The most exact first. "near" a town is less exact than the town, more than a district.
_WHERE_ORDER = (
    "point", "town", "near", "unresolved", "area", "admin2", "admin1", "region", "country",
)  # fmt: skip
_WHEN_BASIS = ("stated", "inherited", "none")


def merge(
    reports: Iterable[Report],
    independence: Independence,
    types: TypeRelations,
    joins: Sequence[Join] = (),
) -> Event:
    """Return the Event that `reports` tell of; its score is that of its surest report."""
    told = sorted(reports, key=lambda report: report.id)
    claims = collect_claims(told, independence)
    kind = _shown_type(claims.type, told, types)
    actors = _shown_actors(claims.actors)
    numbers = collect_figures(told, independence)
    counts, figures = tuple(count for count, _ in numbers), tuple(figure for _, figure in numbers)
    harmed = any(count.kind in ("killed", "injured", "harmed") and count.low > 0 for count in counts)
    return Event(
        id=event_id([report.id for report in told]),
        type=kind,
        crosswalk=types.crosswalk_for(kind, actors[0].kind if actors else None, harmed=harmed),
        when=shown_when(claims.when),
        where=shown_where(claims.where),
        actors=actors,
        targets=_shown_actors(claims.targets),
        counts=counts,
        status=_shown_status(claims.status),
        claims=claims,
        disagreements=find_disagreements(told, claims, figures, independence),
        reports=tuple(report.id for report in told),
        articles=len({report.article.id for report in told}),
        outlets=len({outlet_key(report.article.outlet) for report in told if report.article.outlet}),
        origins=independence.count(report.id for report in told),
        joins=tuple(sorted(joins, key=lambda join: (join.left, join.right))),
        score=max(report.score for report in told),
        ties=independence.ties,
        figures=figures,
    )


def _shown_type(claims: Sequence[Claim[str]], reports: Sequence[Report], types: TypeRelations) -> str:
    surest = {
        claim.value: max(report.score for report in reports if report.type == claim.value) for claim in claims
    }
    most = max(claim.origins for claim in claims)
    told = [claim for claim in claims if claim.origins * TYPE_SHARE >= most]
    if any(types.family(claim.value) == ARMED_FAMILY for claim in told):
        told = [claim for claim in told if claim.value != UNARMED_TYPE] or told

    def rank(claim: Claim[str]) -> tuple[bool, int, int, float, str]:
        return claim.value in BROAD_TYPES, -claim.origins, -len(claim.said), -surest[claim.value], claim.value

    return min(told, key=rank).value


def shown_when(claims: Sequence[Claim[When]]) -> When:
    """Return the time to show, by the rule above; When() where none is told."""
    dated = [(claim, span) for claim in claims if (span := _days(claim.value)) is not None]
    if not dated:
        return claims[0].value if claims else When()

    support = {
        span: len({one.origin for other, days in dated if days_between(span, days) == 0 for one in other.said})
        for _, span in dated
    }
    most = max(support.values())

    def rank(entry: tuple[Claim[When], tuple[int, int]]) -> tuple[bool, int, bool, int, int, int, str]:
        claim, span = entry
        lasted, width = _lasted(claim.value), span[1] - span[0]
        loose = support[span] * WHEN_SHARE < most or not (lasted or width < CLOSE_DAYS)
        basis = _WHEN_BASIS.index(claim.value.basis)
        return loose, -support[span], not lasted, width, basis, span[0], claim.said[0].report

    return min(dated, key=rank)[0].value


# A month agrees with every day of it, also with those that were misread: a day, or what is told within
# CLOSE_DAYS, is shown before it where it agrees with at least one in WHEN_SHARE of as many origins.
WHEN_SHARE = 2
CLOSE_DAYS = 2
# "Between 4 and 6 November", "14 to 17 February": it lasted so long. "Mid-November" does not say that.
_FROM_TO = re.compile(r"(?<!\w)(?:between|from|to|until|through|and)(?!\w)|\d\s*[-–]\s*\d", re.IGNORECASE)
# What lasted longer than this is told of more than one happening. By hand.
LONGEST_DAYS = 14


def _lasted(value: When) -> bool:
    """Tell whether somebody says from when to when it went on."""
    span = _days(value)
    if value.basis != "stated" or value.precision != "range" or span is None or not value.text:
        return False
    return 0 < span[1] - span[0] <= LONGEST_DAYS and _FROM_TO.search(value.text) is not None


def _days(value: When) -> tuple[int, int] | None:
    first, last = days_of(value.start), days_of(value.end)
    if first and last:
        return first[0], last[1]
    if first:  # an open interval is as wide as can be, so that a closed one is shown before it
        return first[0], first[0] + 366_000
    return (last[1] - 366_000, last[1]) if last else None


def shown_where(claims: Sequence[Claim[Where]]) -> Where | None:
    """Return the place to show, by the rule above; None where none is told."""
    if not claims:
        return None

    def rank(claim: Claim[Where]) -> tuple[bool, int, int, int, float, str]:
        support = {one.origin for other in claims if _holds(other.value, claim.value) for one in other.said}
        return (
            claim.value.basis != "stated", -len(support), _WHERE_ORDER.index(claim.value.precision),
            -claim.origins, -claim.value.score,
            claim.said[0].report,
        )  # fmt: skip

    return min(claims, key=rank).value


def _holds(outer: Where, inner: Where) -> bool:
    """Tell whether `outer` is the same as `inner` or a named container of it."""
    if where_key(outer) == where_key(inner) or (
        outer.gazetteer_id and outer.gazetteer_id == inner.gazetteer_id
    ):
        return True
    if outer.precision == "country":
        return outer.country is not None and outer.country == inner.country
    names = {name.casefold() for name in (inner.admin1, inner.within) if name}
    same_country = outer.country is None or inner.country is None or outer.country == inner.country
    return same_country and outer.name.casefold() in names


def _shown_actors(claims: Sequence[Claim[Who]]) -> tuple[Who, ...]:
    told = [claim.value for claim in claims if claim.said]
    return tuple(who for who in told if who.kind != "unidentified") or tuple(told)


def _shown_status(claims: Sequence[Claim[Status]]) -> Status:
    def rank(claim: Claim[Status]) -> tuple[int, int, int, int]:
        status = claim.value
        return (
            _POLARITY.index(status.polarity),
            _REALITY.index(status.reality),
            _CERTAINTY.index(status.certainty),
            _CURRENCY.index(status.currency),
        )

    shown = min(claims, key=rank).value
    contested = any(claim.value.contested for claim in claims)
    return make_status(shown.reality, shown.polarity, shown.certainty, shown.currency, contested=contested)
