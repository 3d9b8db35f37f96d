"""One group of reports becomes one Event: claims, and the shown values chosen from them by stated rules.

- **type**: of the types that at least a third as many independent origins tell as the most told one, the one
  that says most (BROAD_TYPES last); then the one with the most origins, reports, the surest report, the name.
- **when**: of the dated claims, the one compatible with the most origins (its days meet theirs); then the
  narrowest; then stated before inherited; then the earliest.
- **where**: compatible with the most origins (same or containing); then the most precise; then the best score.
- **actors, targets**: all that were named, most origins first; "gunmen" only while nobody is named.
- **counts**, for each kind and whose: low is the lowest low; high the highest high that is given, or None where
  none is or where a count without upper bound lies above it; best is the value with the most independent
  origins, then of the latest report, then the lower. Of several counts in one report the largest stands for it.
  People of a longer time ("since January") are left out, and parts ("including 12 officers") stand beside their
  totals. Two claimants of one report count as two.
- **status**: affirmed before denied, happened before attempted, stated before uncertain, news before old;
  contested where any report is.
"""

from collections.abc import Iterable, Mapping, Sequence

from dateline.link.claims import collect_claims, where_key
from dateline.link.disagreements import find_disagreements, report_counts
from dateline.link.features import days_between
from dateline.link.profiles import days_of
from dateline.link.relations import TypeRelations
from dateline.link.words import outlet_key
from dateline.model.event import Claim, Event, Join, Said
from dateline.model.ids import OriginId, ReportId, event_id
from dateline.model.report import Report
from dateline.model.values import HowMany, Status, When, Where, Who, make_status

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

# The most exact first. "near" a town is less exact than the town, more than a district.
_WHERE_ORDER = (
    "point", "town", "near", "unresolved", "area", "admin2", "admin1", "region", "country",
)  # fmt: skip
_WHEN_BASIS = ("stated", "inherited", "none")


def merge(
    reports: Iterable[Report],
    origins: Mapping[ReportId, OriginId],
    types: TypeRelations,
    joins: Sequence[Join] = (),
) -> Event:
    """Return the Event that `reports` tell of; its score is that of its surest report."""
    told = sorted(reports, key=lambda report: report.id)
    claims = collect_claims(told, origins)
    kind = _shown_type(claims.type, told)
    actors = _shown_actors(claims.actors)
    counts = shown_counts(claims.counts)
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
        disagreements=find_disagreements(claims),
        reports=tuple(report.id for report in told),
        articles=len({report.article.id for report in told}),
        outlets=len({outlet_key(report.article.outlet) for report in told if report.article.outlet}),
        origins=len({origins[report.id] for report in told}),
        joins=tuple(sorted(joins, key=lambda join: (join.left, join.right))),
        score=max(report.score for report in told),
    )


def _shown_type(claims: Sequence[Claim[str]], reports: Sequence[Report]) -> str:
    surest = {
        claim.value: max(report.score for report in reports if report.type == claim.value) for claim in claims
    }
    most = max(claim.origins for claim in claims)
    told = (claim for claim in claims if claim.origins * TYPE_SHARE >= most)

    def rank(claim: Claim[str]) -> tuple[bool, int, int, float, str]:
        return claim.value in BROAD_TYPES, -claim.origins, -len(claim.said), -surest[claim.value], claim.value

    return min(told, key=rank).value


def shown_when(claims: Sequence[Claim[When]]) -> When:
    """Return the time to show, by the rule above; When() where none is told."""
    dated = [(claim, span) for claim in claims if (span := _days(claim.value)) is not None]
    if not dated:
        return claims[0].value if claims else When()

    def rank(entry: tuple[Claim[When], tuple[int, int]]) -> tuple[int, int, int, int, str]:
        claim, span = entry
        support = {one.origin for other, days in dated if days_between(span, days) == 0 for one in other.said}
        basis = _WHEN_BASIS.index(claim.value.basis)
        return -len(support), span[1] - span[0], basis, span[0], claim.said[0].report

    return min(dated, key=rank)[0].value


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

    def rank(claim: Claim[Where]) -> tuple[int, int, int, float, str]:
        support = {one.origin for other in claims if _holds(other.value, claim.value) for one in other.said}
        return (
            -len(support), _WHERE_ORDER.index(claim.value.precision), -claim.origins, -claim.value.score,
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
    named = [claim.value for claim in claims if claim.value.kind != "unidentified"]
    return tuple(named) or tuple(claim.value for claim in claims)


def shown_counts(claims: Sequence[Claim[HowMany]]) -> tuple[HowMany, ...]:
    """Return one count for each kind and whose, by the rule above: totals, then parts, by kind and whose."""
    shown: list[HowMany] = []
    for _, figures in sorted(report_counts(claims).items()):
        best_figure = _best_figure(figures)
        low = min(figure.low for figure, _ in figures)
        highs = [figure.high for figure, _ in figures if figure.high is not None]
        high = max(highs, default=None)
        unbounded = (max(figure.low, figure.best or 0) for figure, _ in figures if figure.high is None)
        if high is not None and max(unbounded, default=0) > high:
            high = None
        shown.append(
            HowMany(
                best_figure.start,
                best_figure.end,
                best_figure.text,
                kind=best_figure.kind,
                low=low,
                best=best_figure.best,
                high=high,
                of=best_figure.of,
                sex_age=best_figure.sex_age,
                side=best_figure.side,
                part=best_figure.part,
                scope=best_figure.scope,
                claimant=best_figure.claimant,
                basis=best_figure.basis,
            )
        )
    return tuple(shown)


def _best_figure(figures: Sequence[tuple[HowMany, Said]]) -> HowMany:
    """Return the count whose best value the most origins give; then the latest told, then the lower."""
    bounded = [entry for entry in figures if entry[0].best is not None] or list(figures)
    origins: dict[int | None, set[OriginId]] = {}
    latest: dict[int | None, str] = {}
    for figure, said in bounded:
        origins.setdefault(figure.best, set()).add(said.origin)
        latest[figure.best] = max(latest.get(figure.best, ""), said.published or "")
    values = sorted(origins, key=lambda value: (value is None, value or 0))
    newest = sorted(values, key=lambda value: latest[value], reverse=True)
    best = max(newest, key=lambda value: len(origins[value]))
    return min(
        (entry for entry in bounded if entry[0].best == best), key=lambda entry: (entry[1].report, entry[0])
    )[0]


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
