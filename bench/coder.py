"""How well a coder finds events, on four corpora; development figures, no floors.

1. Incidents (insecurity_insight): descriptions of one incident each. Share in which a mention of a plausible
   type is found (one that may have victims, an arrest, a threat or a property crime); and, for killed,
   injured and captured people, how often a toll is read where the record counts at least one, and how
   often one of the tolls says exactly the recorded number.
2. Stories (plover, synthetic): share whose gold PLOVER type is among the PLOVER types of the mentions, and
   whose gold type is the most frequent one.
3. Reports (muc4, first 100 of the development set, all capitals): share of the relevant ones (with a
   template) with a violent mention, and of the others without any.
4. Pages (general news): how many mentions are made of pages that mostly are not about conflict, and speed.

    python bench/coder.py [--data FOLDER] [--coder NAME] [--only incidents|stories|reports|pages]
"""

import argparse
import csv
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dateline import plugins
from dateline.clean import clean
from dateline.clean.sentences import split
from dateline.code.base import Coder
from dateline.model import ids
from dateline.model.article import Article, Published
from dateline.model.capture import make_capture
from dateline.model.mention import Mention, Role
from dateline.model.values import CountKind
from dateline.ontology import Ontology, load_ontology
from dateline.resolve.quantities import read_count

# The incidents are in the order of their files; every so many gives a fair sample in a few seconds.
INCIDENT_STEP = 5
STORY_STEP = 3
REPORTS = 100
ALSO_PLAUSIBLE = frozenset(
    {"arrest", "threat", "property_destruction", "weapons_seizure", "trial", "censorship"}
)
# The columns of the records count one group of people each, or a part of one; the largest number is taken.
TOLLS: Mapping[CountKind, tuple[str, ...]] = {
    "killed": ("killed",),
    "injured": ("injured",),
    "captured": ("kidnapped", "arrested"),
}
_MESSAGE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4}).*$", re.MULTILINE)
_HEAD = re.compile(r"\A.*?--\s*(?:\[TEXT\])?", re.DOTALL)
_KEY = re.compile(r"^(\d+)\.\s+([A-Z :]+?)\s{2,}(.*)$", re.MULTILINE)


class Bench(NamedTuple):
    """What every measurement needs."""

    coder: Coder
    ontology: Ontology
    data: Path


def article_of(text: str) -> Article:
    """Return an article of running text as it is, without cleaning."""
    return Article(
        id=ids.article_id(text, None, None, None),
        capture=ids.CaptureId("cap_bench"),
        locator="bench",
        url=None,
        title=None,
        outlet=None,
        byline=None,
        published=Published(),
        language="en",
        dateline=None,
        origin=None,
        text=text,
        text_sha256="",
        sentences=split(text),
    )


def share(part: int, whole: int) -> str:
    """Return "part/whole" with its percentage."""
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "0/0"


def incidents(bench: Bench) -> None:
    """Print how often incidents and their tolls are found."""
    lines = (bench.data / "insecurity_insight" / "incidents.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[::INCIDENT_STEP]]
    plausible = ALSO_PLAUSIBLE | {name for name, kind in bench.ontology.types.items() if kind.victims}
    found = missed = 0
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        text = " ".join((row.get("Event Description") or row.get("Event description") or "").split())
        if not text:
            continue
        mentions = bench.coder.code(article_of(text))
        hit = any(mention.type in plausible for mention in mentions)
        found, missed = found + hit, missed + (not hit)
        for kind, endings in TOLLS.items():
            numbers = (str(row[column] or 0) for column in row if column.lower().endswith(endings))
            gold = max((int(number) for number in numbers if number.isdigit()), default=0)
            if gold:
                _count(counted, kind, gold, mentions, text)
    print(f"incidents with a plausible mention: {share(found, found + missed)}")
    for kind in TOLLS:
        total = counted[kind, "gold"]
        print(
            f"  {kind:8} a toll is read {share(counted[kind, 'read'], total)}, "
            f"with the recorded number {share(counted[kind, 'equal'], total)}"
        )


def _count(
    counted: Counter[tuple[str, str]], kind: CountKind, gold: int, mentions: Iterable[Mention], text: str
) -> None:
    role: Role = kind  # type: ignore[assignment]  # the three kinds used here are roles too
    values = [read_count(span, text, kind=kind) for mention in mentions for span in mention.spans(role)]
    numbers = {value.best for value in values if value is not None}
    counted[kind, "gold"] += 1
    counted[kind, "read"] += bool(values)
    counted[kind, "equal"] += gold in numbers or (len(numbers) > 1 and sum(n or 0 for n in numbers) == gold)


def stories(bench: Bench) -> None:
    """Print how often the gold PLOVER type of a story is among those of its mentions, by type."""
    with (bench.data / "plover" / "synthetic_stories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::STORY_STEP]
    total: Counter[str] = Counter()
    among: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for row in rows:
        types = Counter(
            bench.ontology.types[mention.type].crosswalk.plover.type
            for mention in bench.coder.code(article_of(row["text"]))
        )
        gold = row["label"]
        total[gold] += 1
        among[gold] += gold in types
        first[gold] += bool(types) and min(types, key=lambda kind: (-types[kind], kind)) == gold
    print(
        f"stories with the gold type among the mentions: {share(among.total(), total.total())}; "
        f"as the most frequent: {share(first.total(), total.total())}"
    )
    for kind in sorted(total):
        print(
            f"  {kind:10} {share(among[kind], total[kind]):18} most frequent {share(first[kind], total[kind])}"
        )


def messages(path: Path) -> dict[str, str]:
    """Return the messages of a MUC file by their id, without their head line."""
    parts = _MESSAGE.split(path.read_text("ascii", "replace"))
    return {
        name: _HEAD.sub("", text, count=1).strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def relevant(path: Path) -> set[str]:
    """Return the ids of the messages that a MUC key file has a filled template for."""
    current, found = "", set[str]()
    for number, slot, value in _KEY.findall(path.read_text("ascii", "replace")):
        if slot.endswith("ID") and number == "0":
            current = value.split()[0]
        elif number == "1" and value.strip() != "*":
            found.add(current)
    return found


def reports(bench: Bench) -> None:
    """Print how well violent mentions tell relevant reports from others."""
    folder = bench.data / "muc4" / "CORPORA" / "dev"
    texts = dict(list(messages(folder / "dev-muc3-0001-0100").items())[:REPORTS])
    gold = relevant(folder / "key-dev-0001.muc4")
    counts: Counter[tuple[bool, bool]] = Counter()
    total = 0
    for name, text in texts.items():
        article = clean(make_capture(text.encode("utf-8"), "text/plain", name))
        mentions = bench.coder.code(article) if isinstance(article, Article) else ()
        total += len(mentions)
        counts[name in gold, any(bench.ontology.types[mention.type].violent for mention in mentions)] += 1
    found, missed = counts[True, True], counts[True, False]
    quiet, noisy = counts[False, False], counts[False, True]
    print(
        f"reports: relevant with a violent mention {share(found, found + missed)}; "
        f"others without {share(quiet, quiet + noisy)}; {total} mentions"
    )


def pages(bench: Bench) -> None:
    """Print how many mentions general news gives, and how many articles are read in a second."""
    truth: dict[str, Any] = json.loads((bench.data / "pages" / "ground-truth.json").read_text("utf-8"))
    articles = [article_of(truth[key]["articleBody"]) for key in sorted(truth)]
    bench.coder.code(articles[0])
    begin = time.process_time()
    coded = [bench.coder.code(article) for article in articles]
    seconds = time.process_time() - begin
    types = Counter(mention.type for mentions in coded for mention in mentions)
    words = sum(len(article.text.split()) for article in articles)
    print(
        f"pages: {len(articles)}, {words} words; {sum(map(len, coded))} mentions, "
        f"none in {share(sum(not mentions for mentions in coded), len(coded))}; "
        f"{len(articles) / seconds:.0f} articles/s, {words / seconds:,.0f} words/s of one core"
    )
    print(
        "  "
        + ", ".join(f"{kind} {count}" for kind, count in sorted(types.items(), key=lambda i: (-i[1], i[0])))
    )


PARTS: Mapping[str, Callable[[Bench], None]] = {
    "incidents": incidents,
    "stories": stories,
    "reports": reports,
    "pages": pages,
}


def main() -> None:
    """Load the coder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--coder", default="patterns")
    parser.add_argument("--only", choices=sorted(PARTS))
    options = parser.parse_args()
    bench = Bench(plugins.load("dateline.coders", options.coder)(), load_ontology(), options.data)
    for name, measure in PARTS.items():
        if options.only in (None, name):
            measure(bench)


if __name__ == "__main__":
    main()
