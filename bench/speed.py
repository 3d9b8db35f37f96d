"""Throughput of each room per core, and memory, on real pages and on a web archive made from them.

python bench/speed.py [--data FOLDER]    FOLDER holds pages/html/*.html.gz and muc4/CORPORA/tst2.

Processor time is counted, not the clock on the wall, so that other work on the machine matters less. Reading
and cleaning are measured on the pages; coding and resolving on the pages (mostly not about conflict: what a
crawl looks like) and on a hundred reports of political violence (what a folder of conflict news looks like).
"""

import argparse
import gzip
import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.clean import clean
from dateline.config import load_config
from dateline.export.base import Record, card_of
from dateline.link import facts_of, link
from dateline.model.article import Article
from dateline.model.capture import Capture
from dateline.model.mention import Mention
from dateline.model.report import Report
from dateline.ontology import load_ontology
from dateline.pipeline import load_coder
from dateline.plugins import load
from dateline.read import read
from dateline.resolve import open_resolver

T = TypeVar("T")
R = TypeVar("R")


def timed(work: Callable[[T], R], items: Sequence[T]) -> tuple[list[R], float]:
    """Return the results and the processor seconds that they took; the first item warms up, uncounted."""
    if items:
        work(items[0])
    start = time.process_time()
    results = [work(item) for item in items]
    return results, time.process_time() - start


def line(room: str, what: str, count: int, seconds: float, unit: str = "articles") -> None:
    """Print one row of the table."""
    rate = count / seconds if seconds else float("inf")
    print(f"{room:<10}{what:<34}{count:>7} {unit:<9}{seconds:>8.2f} s {rate:>10.1f} /s")


def make_warc(pages: Iterable[Path], target: Path) -> None:
    """Write the pages as responses of a gzipped web archive."""
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page in pages:
            body = gzip.decompress(page.read_bytes())
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            writer.write_record(
                writer.create_warc_record(
                    f"http://news.example/{page.stem}",
                    "response",
                    payload=io.BytesIO(body),
                    http_headers=headers,
                )
            )


def code_and_resolve(articles: Sequence[Article], what: str, cache: Path) -> list[Report]:
    """Measure both rooms on `articles` and return their reports."""
    coder = load_coder("patterns")
    resolver = open_resolver(cache)
    mentions, seconds = timed(coder.code, articles)
    line("code", what, len(articles), seconds)
    pairs: list[tuple[Article, tuple[Mention, ...]]] = list(zip(articles, mentions, strict=True))
    # One without mentions would leave the loading of rules and words to those that are counted.
    resolver.resolve(*max(pairs, key=lambda pair: len(pair[1])))
    reports, seconds = timed(lambda pair: resolver.resolve(*pair), pairs)
    line("resolve", what, len(articles), seconds)
    found = [report for one in reports for report in one]
    print(f"{'':<10}{'':<34}{sum(map(len, mentions)):>7} mentions, {len(found)} reports")
    return found


def rest(articles: Sequence[Article], reports: Sequence[Report], folder: Path) -> None:
    """Measure linking, storing and exporting."""
    types = load_ontology()
    facts = [facts_of(article) for article in articles]
    start = time.process_time()
    events = link(reports, facts, types)
    line("link", "all reports", len(reports), time.process_time() - start, "reports")
    with load("dateline.stores", "sqlite").open(folder / "bench.dateline", create=True) as store:
        start = time.process_time()
        store.put_articles(articles)
        line("store", "articles with full text index", len(articles), time.process_time() - start)
        start = time.process_time()
        store.put_events(events)
        line("store", "events", len(events), time.process_time() - start, "events")
    record = Record(
        events=events,
        reports={report.id: report for report in reports},
        articles={article.id: card_of(article) for article in articles},
        title="bench",
    )
    for name in ("jsonl", "csv", "geojson", "html"):
        exporter: Any = load("dateline.exporters", name)()
        start = time.process_time()
        exporter.write(record, io.BytesIO())
        line("export", name, len(events), time.process_time() - start, "events")


def main() -> int:
    """Measure every room and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    pages = sorted((data / "pages" / "html").glob("*.html.gz"))
    if not pages:
        print(f"no pages in {data / 'pages' / 'html'}; name the folder with --data", file=sys.stderr)
        return 2
    cache = load_config().cache
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "pages.warc.gz"
        make_warc(pages, archive)
        start = time.process_time()
        items = list(read([str(archive)]))
        captures = [item for item in items if isinstance(item, Capture)]
        line("read", "web archive", len(captures), time.process_time() - start, "pages")
        start = time.process_time()
        files = list(read([str(page) for page in pages]))
        line("read", "files, gzipped", len(files), time.process_time() - start, "pages")
        cleaned, seconds = timed(clean, captures)
        line("clean", "pages", len(captures), seconds, "pages")
        articles = [item for item in cleaned if isinstance(item, Article)]
        reports = code_and_resolve(articles, "pages (general news)", cache)
        muc = split_muc(data / "muc4" / "CORPORA" / "tst2" / "tst2-muc4", folder)
        texts = [item for item in read([str(muc)]) if isinstance(item, Capture)]
        cleaned, seconds = timed(clean, texts)
        line("clean", "plain text (MUC tst2)", len(texts), seconds)
        conflict = [item for item in cleaned if isinstance(item, Article)]
        reports += code_and_resolve(conflict, "MUC tst2 (political violence)", cache)
        rest([*articles, *conflict], reports, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB, all rooms in one process")
    return 0


def split_muc(source: Path, folder: Path) -> Path:
    """Write each report of a MUC file as a text of its own and return their folder."""
    target = folder / "muc"
    target.mkdir()
    current: list[str] = []
    number = 0
    for row in [*source.read_text("utf-8", "replace").splitlines(), "TST2-MUC4-END"]:
        if row.startswith("TST2-MUC4-"):
            if current:
                number += 1
                (target / f"{number:04}.txt").write_text("\n".join(current), "utf-8")
            current = []
        else:
            current.append(row)
    return target


if __name__ == "__main__":
    sys.exit(main())
