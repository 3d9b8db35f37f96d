"""Time linking on made-up reports of growing number, and show that its cost grows nearly in line.

Usage: python bench/link.py [REPORTS ...]     (10000 and 50000 by default)

The reports are drawn from a fixed pseudo-random sequence: happenings in 400 towns of 20 provinces, each told by
one to six articles with missing days, coarser places and slips of one day. More reports are more days, as an
archive grows; the last line puts 5,000 reports into one town and one day. Printed are candidate pairs per
report, processor time, and how well the events meet the happenings (pairwise precision and recall).
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dateline.link.block import candidate_pairs
from dateline.link.compare import Scorer
from dateline.link.events import link
from dateline.link.facts import Facts
from dateline.link.profiles import profile_of
from dateline.model.ids import ActorId, ArticleId, PlaceId, ReportId
from dateline.model.report import Acled, Crosswalk, Plover, Report, Source
from dateline.model.span import Span
from dateline.model.values import HowMany, When, Where, Who

TYPES = ("assault", "armed_clash", "bombing", "air_strike", "protest", "arrest", "abduction", "shelling")
TOWNS = 400
PROVINCES = 20
REPORTS_A_DAY = 7
ACTORS = 25
FIRST_DAY = date(2016, 1, 1)
CROSSWALK = Crosswalk(plover=Plover("ASSAULT"), acled=Acled("Battles"))


class Sequence:
    """Numbers that look drawn by chance and are the same on every machine (xorshift; G. Marsaglia, 2003)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """Return the next number, from 0 to `limit` - 1."""
        state = self._state
        state ^= (state << 13) & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 7
        state ^= (state << 17) & 0xFFFFFFFFFFFFFFFF
        self._state = state
        return state % limit


class Types:
    """Types as an ontology would relate them."""

    def family(self, type_id: str, /) -> str:
        """Return each type as its own family."""
        return type_id

    def is_violent(self, type_id: str, /) -> bool:
        """Return that all but two types are violent."""
        return type_id not in ("protest", "arrest")

    def related(self, a: str, b: str, /) -> float:
        """Return 0.7 for the one pair that is often one happening."""
        return 1.0 if a == b else 0.7 if {a, b} == {"assault", "armed_clash"} else 0.0

    def crosswalk_for(
        self,
        type_id: str,  # noqa: ARG002
        actor_kind: str | None = None,  # noqa: ARG002
        *,
        harmed: bool = False,  # noqa: ARG002
    ) -> Crosswalk:
        """Return one crosswalk for all; what it says does not bear on the cost."""
        return CROSSWALK


def made_reports(
    count: int, *, towns: int = TOWNS, days: int | None = None, since: int = 0, after: int = 0
) -> Iterator[tuple[int, Report]]:
    """Give `count` reports with the number of the happening that each tells of.

    They are of `days` days from day `since` on, and are numbered behind `after`.
    """
    span = days or count // REPORTS_A_DAY + 1
    draw = Sequence(88172645463325252 + after)
    number = happening = 0
    while number < count:
        happening += 1
        facts = (
            draw.below(len(TYPES)),
            draw.below(towns),
            since + draw.below(span),
            draw.below(ACTORS),
            draw.below(20),
        )
        for _ in range(1 + draw.below(6)):
            if number < count:
                number += 1
                yield happening, made_report(after + number, facts, draw)


def made_report(number: int, facts: tuple[int, int, int, int, int], draw: Sequence) -> Report:
    """Return a report of the happening that `facts` describe, with what a source leaves out or gets wrong."""
    kind, town, offset, actor, killed = facts
    day = FIRST_DAY + timedelta(offset)
    told = day + timedelta(1 if draw.below(20) == 0 else 0)
    published = (day + timedelta(draw.below(3))).isoformat()
    sentence = (
        f"Report {draw.below(10**6)} {draw.below(10**6)} of {TYPES[kind]} told by desk {draw.below(10**6)}."
    )
    article = ArticleId(f"art_{number:08}")
    source = Source(
        id=article, locator=f"{number}", url=None, outlet=f"Outlet {draw.below(60)}", title=None,
        published=published, published_rule="given", language="en", origin=None,
    )  # fmt: skip
    undated = draw.below(8) == 0
    return Report(
        id=ReportId(f"rep_{number:08}"),
        article=source,
        type=TYPES[kind],
        trigger=Span(0, 6, "Report"),
        sentence=Span(0, len(sentence), sentence),
        actors=() if draw.below(5) == 0 else (made_actor(actor),),
        where=(made_place(town, coarse=draw.below(10) == 0),),
        when=When() if undated else When(start=told.isoformat(), end=told.isoformat(), precision="day"),
        counts=(HowMany(0, 1, "x", kind="killed", low=killed, best=killed, high=killed),),
        crosswalk=CROSSWALK,
    )


def made_actor(number: int) -> Who:
    """Return one of ACTORS groups."""
    return Who(0, 1, "x", name=f"Group {number}", id=ActorId(f"grp:{number}"), kind="armed_group")


def made_place(town: int, *, coarse: bool) -> Where:
    """Return a town, or the province that it lies in."""
    province = town % PROVINCES
    if coarse:
        return Where(
            0, 1, "x", name=f"Province {province}", gazetteer_id=PlaceId(f"p:{province}"), precision="admin1",
            country="IQ", radius_km=90.0, latitude=30.0 + province % 5, longitude=40.0 + province // 5,
        )  # fmt: skip
    return Where(
        0, 1, "x", name=f"Town {town}", gazetteer_id=PlaceId(f"t:{town}"), precision="town", country="IQ",
        admin1=f"Province {province}", radius_km=5.0, latitude=30.0 + province % 5 + town / 1000,
        longitude=40.0 + province // 5 + (town % 37) / 50,
    )  # fmt: skip


def pairs_in(sizes: Iterable[int]) -> int:
    """Return how many pairs lie within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes)


def measure(count: int, *, towns: int = TOWNS, days: int | None = None) -> float:
    """Link `count` made-up reports, print the figures, return processor seconds."""
    made = list(made_reports(count, towns=towns, days=days))
    reports = [report for _, report in made]
    happening = {report.id: number for number, report in made}
    facts = [
        Facts(report.article.id, report.article.outlet, report.article.published, None) for report in reports
    ]
    started = time.process_time()
    profiles = [profile_of(report) for report in reports]
    pairs = sum(1 for _ in candidate_pairs(profiles, Scorer(Types())))
    blocked = time.process_time()
    events = link(reports, facts, Types())
    ended = time.process_time()
    both = Counter(
        (number, happening[report]) for number, event in enumerate(events) for report in event.reports
    )
    same = pairs_in(both.values())
    joined = pairs_in(len(event.reports) for event in events)
    true = pairs_in(Counter(happening.values()).values())
    print(
        f"{count:>7} reports  {len(events):>6} events ({max(happening.values())} made)  "
        f"{pairs / count:6.1f} pairs per report  {blocked - started:6.1f} s blocking  {ended - blocked:6.1f} s "
        f"linking  precision {same / max(joined, 1):.3f}  recall {same / max(true, 1):.3f}",
        flush=True,
    )
    return ended - blocked


def main() -> None:
    """Measure each number of reports that was asked for."""
    counts = [int(argument) for argument in sys.argv[1:]] or [10_000, 50_000]
    seconds = [measure(count) for count in counts]
    if len(counts) > 1:
        print(
            f"{counts[-1] / counts[0]:.1f} times the reports took {seconds[-1] / seconds[0]:.1f} times as long"
        )
    print("one town, one day:")
    measure(5_000, towns=1, days=1)


if __name__ == "__main__":
    main()
