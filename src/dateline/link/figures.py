"""What is told of one number: figures that stand, those that agree as one, and what is derived from them.

A figure **stands** while its origin has not told another one on a later day (a copy counts as told on the day
of its original). Of several in one report the largest of each claimant stands for it. People of a longer time
("since January") are left out, and parts ("including 12 officers") are numbers of their own. A bare plural
("fighters were killed") gives no figure where another report does. From those that stand:

- **low, best, high** in the manner of UCDP GED: the lowest low; the best reading of the claim with the most
  independent origins, then of the latest, then the lower; the highest high, or None where none is given or
  where a figure without upper bound lies above it.
- **lowest credible** in the manner of ACLED: the lowest low among those that are told as certain or probable
  and that nobody denies, if there are such; else among all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from dateline.link.claims import said_of, tellers
from dateline.link.features import overlapping
from dateline.link.independence import Independence
from dateline.link.sides import agreeing, told_of
from dateline.model.event import Estimate, Figure, FigureClaim, Said, ToldFigure
from dateline.model.ids import ArticleId, ReportId
from dateline.model.report import Report
from dateline.model.values import HowMany

# A count as one report tells it.
Counted = tuple[HowMany, Said]

# What makes two figures answers to one question: part of a total or not, kind, whose, women or children.
Question = tuple[bool, str, str, str]

# "Fighters were killed" is at least this many, and no estimate.
BARE_PLURAL = 2

_CREDIBLE = frozenset({"stated", "probable"})


def collect_figures(
    reports: Sequence[Report], independence: Independence
) -> tuple[tuple[HowMany, Figure], ...]:
    """Return for each number, totals first, the count to show and all that is told of it."""
    days = _days_of_texts(reports, independence)
    certain = {report.id for report in reports if report.status.certainty in _CREDIBLE}
    affirming, denying = tellers(reports)
    denied = _counted(denying, independence)
    found: list[tuple[HowMany, Figure]] = []
    for key, told in sorted(_counted(affirming, independence).items()):
        standing = _standing(told, days)
        grouped = agreeing(standing, lambda a, b: not overlapping(a[0], b[0]), _width)
        stands = [_claim(group, independence) for group in grouped]
        numbered = [entry for entry in standing if not _bare_plural(entry[0])] or standing
        against = denied.pop(key, [])
        lowest = _lowest(numbered, certain, against)
        found.append(_figure(_best(stands, grouped), numbered, stands, told, against, lowest))
    return tuple(found)


def _counted(reports: Sequence[Report], independence: Independence) -> dict[Question, list[Counted]]:
    """Return for each question what each report answers: the largest count of each of its claimants.

    Figures of a longer time are none of the event. A claimant that the report's own chain lacks is added to it.
    """
    largest: dict[Question, dict[tuple[ReportId, str], Counted]] = defaultdict(dict)
    for report in reports:
        said = said_of(report, independence.origin[report.id])
        for count in report.counts:
            if count.scope == "period":
                continue
            claimant = count.claimant.name if count.claimant else ""
            answers = largest[(count.part, count.kind, count.of, count.sex_age or "")]
            old = answers.get((report.id, claimant))
            if old is None or size(count) > size(old[0]):
                answers[report.id, claimant] = (count, _said_by(count, said))
    return {key: [answers[one] for one in sorted(answers)] for key, answers in largest.items()}


def _said_by(count: HowMany, said: Said) -> Said:
    known = {link.name for link in said.chain}
    if count.claimant is None or count.claimant.name in known:
        return said
    return msgspec.structs.replace(said, chain=(*said.chain, count.claimant))


def size(count: HowMany) -> tuple[int, int, int]:
    """Return what orders counts: the best reading, else the least, then the bounds."""
    return count.best if count.best is not None else count.low, count.low, count.high or 0


def count_text(count: HowMany) -> str:
    """Return a count in figures: "12", "10 to 15", "at least 40", "about 200 (180 to 220)"."""
    if count.high is None:
        return f"at least {count.low}"
    if count.low == count.high:
        return str(count.low)
    bounds = f"{count.low} to {count.high}"
    return f"about {count.best} ({bounds})" if count.best is not None else bounds


def _days_of_texts(reports: Sequence[Report], independence: Independence) -> Mapping[ReportId, str]:
    """Return for each report the first date on which its words were published, "" where none is known."""
    first: dict[ArticleId, str] = {}
    for report in reports:
        if report.article.published:
            text = independence.texts[report.id]
            first[text] = min(first.get(text, "9999"), report.article.published)
    return {report.id: first.get(independence.texts[report.id], "") for report in reports}


def _standing(told: Sequence[Counted], days: Mapping[ReportId, str]) -> list[Counted]:
    latest: dict[str, str] = {}
    for _, said in told:
        latest[said.origin] = max(latest.get(said.origin, ""), days[said.report])
    return [entry for entry in told if days[entry[1].report] in ("", latest[entry[1].origin])]


def _bare_plural(count: HowMany) -> bool:
    return count.low <= BARE_PLURAL and count.best is None and count.high is None


def _width(entry: Counted) -> tuple[float, tuple[int, int, int], str, HowMany]:
    count, said = entry
    return float("inf") if count.high is None else count.high - count.low, size(count), said.report, count


def _claim(group: Sequence[Counted], independence: Independence) -> FigureClaim:
    """Return the figures of a group as one claim: its narrowest, within the bounds that all of them allow."""
    lowest = max(count.low for count, _ in group)
    highs = [count.high for count, _ in group if count.high is not None]
    highest = min(highs, default=None)
    best = next((count.best for count, _ in group if count.best is not None), None)
    if best is not None:
        best = max(best, lowest) if highest is None else min(max(best, lowest), highest)
    return FigureClaim(
        low=lowest,
        best=best,
        high=highest,
        told=tuple(_told(count, said) for count, said in group),
        origins=independence.count({said.report for _, said in group}),
    )


def _told(count: HowMany, said: Said) -> ToldFigure:
    who = msgspec.structs.asdict(told_of(said, count_text(count)))
    return ToldFigure(**who, low=count.low, best=count.best, high=count.high, text=count.text)


def _best(stands: Sequence[FigureClaim], grouped: Sequence[Sequence[Counted]]) -> HowMany:
    """Return the count whose wording shows the best claim; see above for which that is."""

    def latest(claim: FigureClaim) -> str:
        return max(told.published or "" for told in claim.told)

    order = sorted(range(len(stands)), key=lambda index: stands[index].best or stands[index].low)
    newest = sorted(order, key=lambda index: latest(stands[index]), reverse=True)
    chosen = max(newest, key=lambda index: (stands[index].best is not None, stands[index].origins))
    count = next((count for count, _ in grouped[chosen] if count.best is not None), grouped[chosen][0][0])
    return msgspec.structs.replace(count, best=stands[chosen].best)


def _lowest(standing: Sequence[Counted], certain: set[ReportId], against: Sequence[Counted]) -> int:
    doubted = {(count.low, count.high) for count, _ in against}
    credible = [
        count.low
        for count, said in standing
        if said.report in certain and (count.low, count.high) not in doubted
    ]
    return min(credible or [count.low for count, _ in standing])


def _figure(
    best: HowMany,
    standing: Sequence[Counted],
    stands: Sequence[FigureClaim],
    told: Sequence[Counted],
    against: Sequence[Counted],
    lowest: int,
) -> tuple[HowMany, Figure]:
    low = min(count.low for count, _ in standing)
    high = max((count.high for count, _ in standing if count.high is not None), default=None)
    unbounded = max((max(count.low, count.best or 0) for count, _ in standing if count.high is None), default=0)
    if high is not None and unbounded > high:
        high = None
    history = sorted((_told(count, said) for count, said in told), key=_when_told)
    figure = Figure(
        kind=best.kind,
        of=best.of,
        sex_age=best.sex_age,
        part=best.part,
        ucdp=Estimate(low=low, best=best.best, high=high),
        lowest_credible=lowest,
        claims=tuple(stands),
        history=tuple(history),
        denied=tuple(sorted((_told(count, said) for count, said in against), key=_when_told)),
    )
    return msgspec.structs.replace(best, low=low, high=high), figure


def _when_told(told: ToldFigure) -> tuple[str, str, int]:
    return told.published or "9999", told.report, told.low
