"""How well pages become articles: body text against a gold body, speed, and which rule gives the date.

The corpus is the article extraction benchmark's (181 pages, `ground-truth.json` and `html/*.html.gz`). The
score is that benchmark's: texts as multisets of shingles of four words; precision and recall per page,
averaged over the pages; F1 of the averages. Three rows are given: trafilatura (fast) as it comes, the page's
text as `clean.page` reads it, and the article's text after furniture. dateline refuses pages that are not
English or no article; so the rows are given over all pages, and over those that became articles.

Also given: how far each rule for the date of publication agrees with the date that the page declares
(JSON-LD, OpenGraph, meta), where both are found. A day's difference is usual between local time and UTC.

    python bench/clean.py [--data FOLDER]        (default ../shared/data/pages)
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import trafilatura

from dateline.clean import clean, parse_date
from dateline.clean.continuation import continued
from dateline.clean.page import Page, extract, parse, read_page
from dateline.clean.visible_date import date_by_htmldate, date_under_heading
from dateline.model.article import Article
from dateline.model.capture import Declared, make_capture
from dateline.model.rejected import Rejected

SHINGLE = 4
DECLARED = ("json-ld", "opengraph", "meta")
_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    """Mean precision and recall over pages, and the F1 of these means."""

    f1: float
    precision: float
    recall: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of `text`; a shorter text is one run."""
    words = _WORD.findall(text)
    return (
        Counter(tuple(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1)))
        if words
        else Counter()
    )


def score(gold: Mapping[str, str], found: Mapping[str, str], keys: Iterable[str]) -> Score:
    """Score the texts `found` against `gold` over the pages `keys`."""
    precisions: list[float] = []
    recalls: list[float] = []
    for key in keys:
        true, predicted = shingles(gold[key]), shingles(found[key])
        shared = (true & predicted).total()
        precisions.append(shared / predicted.total() if predicted else float(not true))
        recalls.append(shared / true.total() if true else 1.0)
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    both = precision + recall
    return Score(2 * precision * recall / both if both else 0.0, precision, recall)


def timed(pages: Mapping[str, str], read: Callable[[str], str]) -> tuple[dict[str, str], float]:
    """Return what `read` makes of each page, and pages per second of processor time."""
    read(next(iter(pages.values())))  # load libraries and models first
    begin = time.process_time()
    found = {key: read(markup) for key, markup in pages.items()}
    return found, len(pages) / (time.process_time() - begin)


def plain_trafilatura(markup: str) -> str:
    """Return the text as trafilatura's fast mode gives it, without comments."""
    return trafilatura.extract(markup, fast=True, include_comments=False) or ""


def report_texts(
    gold: Mapping[str, str], pages: Mapping[str, str], articles: Mapping[str, Article | Rejected]
) -> None:
    """Print the score of each stage over all pages and over those that became articles."""
    accepted = [key for key in pages if isinstance(articles[key], Article)]
    bare, bare_rate = timed(pages, plain_trafilatura)
    body, body_rate = timed(pages, lambda markup: "\n\n".join(continued(parse(markup), extract(markup))))
    full = {key: article.text if isinstance(article, Article) else "" for key, article in articles.items()}
    for name, texts, keys, rate in (
        ("trafilatura fast, all pages", bare, list(pages), bare_rate),
        ("clean.page, all pages", body, list(pages), body_rate),
        ("trafilatura fast, articles", bare, accepted, bare_rate),
        ("clean.page, articles", body, accepted, body_rate),
        ("articles' text, articles", full, accepted, None),
    ):
        result = score(gold, texts, keys)
        speed = f"  {rate:.0f} pages/s" if rate else ""
        print(
            f"{name:30} n={len(keys):3}  F1 {result.f1:.4f}  P {result.precision:.4f}"
            f"  R {result.recall:.4f}{speed}"
        )


def report_dates(pages: Mapping[str, str], urls: Mapping[str, str | None]) -> None:
    """Print how far each rule agrees with the declared date: the same day, a day off, further off."""
    agreement: dict[str, Counter[str]] = {}
    for key, markup in pages.items():
        page = read_page(markup, urls[key])
        if not isinstance(page, Page):
            continue
        under, last = date_under_heading(page.header), date_by_htmldate(markup, page.nearby)
        found = [*page.metadata.dates, *filter(None, (under, last))]
        dates = [
            (item.rule, value[0]) for item in found if (value := parse_date(item.text)) and len(value[0]) == 10
        ]
        truth = next((iso for rule, iso in dates if rule in DECLARED), None)
        for rule, iso in dict(reversed(dates)).items() if truth else ():
            away = abs((date.fromisoformat(iso) - date.fromisoformat(truth or iso)).days)
            agreement.setdefault(rule, Counter())[
                "same" if not away else "a day off" if away == 1 else "further"
            ] += 1
    for rule, counts in sorted(agreement.items()):
        print(
            f"  {rule:10} " + "  ".join(f"{kind} {counts[kind]}" for kind in ("same", "a day off", "further"))
        )


def main() -> None:
    """Read the corpus and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/pages"))
    folder: Path = parser.parse_args().data
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    content = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in sorted(truth)}
    pages = {key: raw.decode("utf-8", "replace") for key, raw in content.items()}
    gold = {key: truth[key]["articleBody"] for key in content}
    urls = {key: truth[key].get("url") for key in content}
    captures = {
        key: make_capture(raw, "text/html", key, declared=Declared(url=urls[key]))
        for key, raw in content.items()
    }
    clean(next(iter(captures.values())))
    begin = time.process_time()
    articles = {key: clean(capture) for key, capture in captures.items()}
    rate = len(captures) / (time.process_time() - begin)
    report_texts(gold, pages, articles)
    print(f"clean(): {rate:.0f} pages/s of one core")
    refused = Counter(article.reason for article in articles.values() if isinstance(article, Rejected))
    rules = Counter(a.published.rule or "unknown" for a in articles.values() if isinstance(a, Article))
    print("refused: " + ", ".join(f"{reason} {count}" for reason, count in refused.most_common()))
    print("date found by: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))
    print("dates against what the page declares:")
    report_dates(pages, urls)


if __name__ == "__main__":
    main()
