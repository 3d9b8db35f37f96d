"""Time a workspace that grows: link many made-up reports, then add a thousand more.

Usage: python bench/grow.py [REPORTS ...] [--by PORTION [--in-order]] [--in FOLDER]
                                                                     (10000 and 100000 by default)

The reports are those of bench/link.py, one article each, over as many days as make seven a day; one article in
COPIED is a copy of another and credits one of the AGENCIES, whose own articles are among them. The thousand
that come later lie anywhere in these days ("spread"), or in the last of them ("latest"). With `--by` the
reports come in portions, each of any days, with a thousand more after each: so it is seen what a report costs
while the record grows, also before the last. Days fill up with each such portion, up to seven reports a day;
with `--in-order` each portion is of days of its own, as an archive grows with the news. Printed are the
seconds of linking, processor microseconds (also of the system) a report, the size of the file, and the most
memory used so far. Last, for up to CHECKED reports, all is linked in memory and compared. The workspace lies
in a folder for temporary files, or in FOLDER.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from dateline.link import Facts, link
from dateline.model.article import Article, Origin, Published
from dateline.model.ids import CaptureId
from dateline.model.report import Report
from dateline.store.embedded import EmbeddedStore
from dateline.workspace.linking import link_store
from link import ACTORS, REPORTS_A_DAY, TOWNS, TYPES, Sequence, Types, made_report, made_reports

ADDED = 1000
COPIED = 5
AGENCIES = 3
# Values of a signature, and how many of them a copy has of its own.
SIGNATURE, OWN_VALUES = 128, 16
BATCH = 2000
CHECKED = 100_000


def article_of(report: Report) -> Article:
    """Return the article that a made-up report is of."""
    text, number = report.sentence.text, int(report.article.locator)
    credited = None
    if number % COPIED == 0:
        credited = Origin(name=f"Outlet {number // COPIED % AGENCIES}", kind="credit")
    return Article(
        id=report.article.id, capture=CaptureId("cap"), locator=report.article.locator, url=None, title=None,
        byline=None, outlet=report.article.outlet, language="en", dateline=None, origin=credited, text=text,
        published=Published(date=report.article.published, precision="day", rule="given", text=""),
        text_sha256="", sentences=((0, len(text)),), signature=signature_of(number),
    )  # fmt: skip


def signature_of(number: int) -> tuple[int, ...]:
    """Return values as of a text of its own, or for a copy those of the article before, but for some."""
    if number % COPIED:
        return _drawn(number, SIGNATURE)
    return _drawn(number, OWN_VALUES) + signature_of(number - 1)[OWN_VALUES:]


def _drawn(number: int, count: int) -> tuple[int, ...]:
    draw = Sequence(number * 2654435761 + 1)
    return tuple(draw.below(2**32) for _ in range(count))


def fill(store: EmbeddedStore, reports: Iterable[Report]) -> None:
    """Put reports with their articles."""
    rest = iter(reports)
    while batch := list(islice(rest, BATCH)):
        store.put_articles(article_of(report) for report in batch)
        for report in batch:
            store.put_reports(report.article.id, "made/1", [report])


def timed(store: EmbeddedStore, told: str, count: int) -> None:
    """Link what is waiting and print the figures."""
    started, seconds = time.perf_counter(), time.process_time()
    link_store(store, Types())
    taken, used = time.perf_counter() - started, time.process_time() - seconds
    size = sum(file.stat().st_size for file in store.path.parent.iterdir()) / 2**20
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{told:<24} {taken:7.1f} s, {used:7.1f} of processor  {used / count * 1e6:6.0f} µs a report  "
        f"{size:7.0f} MB on disk  {memory:6.0f} MB of memory at most",
        flush=True,
    )


def latest(count: int, after: int) -> list[Report]:
    """Return ADDED reports of the last days of `count` made-up ones, with numbers behind `after`."""
    draw, last = Sequence(2463534242), count // REPORTS_A_DAY
    reports = []
    for number in range(after, after + ADDED):
        day = last - draw.below(30)
        facts = draw.below(len(TYPES)), draw.below(TOWNS), day, draw.below(ACTORS), draw.below(20)
        reports.append(made_report(number + 1, facts, draw))
    return reports


def check(store: EmbeddedStore) -> None:
    """Compare the events with those of linking all in memory."""
    facts = [Facts(*row) for row in store.facts()]
    whole = {event.id: event for event in link(list(store.reports()), facts, Types())}
    same = all(whole.pop(event.id, None) == event for event in store.events()) and not whole
    print(f"{store.counts().events:,} events; linked all in memory they are {'the same' if same else 'OTHERS'}")


def drawn(portions: list[int], *, in_order: bool) -> Iterator[Report]:
    """Give the reports of all portions, each with ADDED more: of days of its own, or each of any days."""
    if not in_order:
        days = sum(portions) // REPORTS_A_DAY + 1
        made = made_reports(sum(portions) + ADDED * len(portions), days=days)
        yield from (report for _, report in made)
        return
    since = after = 0
    for size in portions:
        days = size // REPORTS_A_DAY + 1
        for count, span in ((size, (since, days)), (ADDED, (0, since + days))):
            first, length = span
            yield from (report for _, report in made_reports(count, days=length, since=first, after=after))
            after += count
        since += days


def measure(count: int, portion: int, within: Path | None, *, in_order: bool) -> None:
    """Link `count` reports in portions, a thousand more after each, and a thousand more in the last days."""
    portions = [min(portion, count - start) for start in range(0, count, portion)]
    more = ADDED * len(portions)
    made = drawn(portions, in_order=in_order)
    with (
        tempfile.TemporaryDirectory(dir=within) as folder,
        EmbeddedStore.open(Path(folder) / "w.dateline", create=True) as store,
    ):
        there = 0
        for size in portions:
            started = time.process_time()
            fill(store, islice(made, size))
            there += size
            print(f"{size:,} reports put in {time.process_time() - started:.1f} s of processor", flush=True)
            timed(store, f"{size:,}, now {there:,}", size)
            fill(store, islice(made, ADDED))
            timed(store, f"{ADDED:,} more, spread", ADDED)
        fill(store, latest(count, count + more))
        timed(store, f"{ADDED:,} more, latest", ADDED)
        if count <= CHECKED:
            check(store)


def main() -> None:
    """Measure each number of reports that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--by", type=int, metavar="PORTION")
    parser.add_argument("--in-order", action="store_true")
    parser.add_argument("--in", type=Path, metavar="FOLDER", dest="within")
    given = parser.parse_args()
    for count in given.reports:
        measure(count, given.by or count, given.within, in_order=given.in_order)


if __name__ == "__main__":
    main()
