"""How well times are found and placed, on two corpora with TIMEX3 annotation, beside published figures.

WikiWars (histories of wars; a training and a test folder) and AQUAINT TimeML (news). Counted over all
expressions of all types:

- strict: the same characters; relaxed: an overlap, one to one;
- value, as in TempEval-3: an overlap with the same value. Precision is over all that was found, recall over all
  gold, so that a miss, an extra and a wrong value all cost. Values are compared whole ("2000-01-05TNI" is not
  "2000-01-05"), after their spelling is made one (`same_spelling`). A gold value that is empty or "null" can
  only be missed;
- dates: of gold dates that name a calendar unit, the share that got it, cut to the day.

Histories have no day of writing: each date counts from the one before it. News is read with the creation time
of the document, which is what HeidelTime and the like are given too. The tense is read from the text. A span
that gives the document's own day counts neither way. The gold is the original of 2006 and 2010, faults and all;
the figures published on TempEval-3's platinum set were had on cleaner gold and are no exact rivals.

    python bench/times.py [FOLDER]        (default ../shared/data/time)
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from dateline.resolve.timeforms import Shift, TimeExpression
from dateline.resolve.timeplacing import Tense
from dateline.resolve.times import Anchors, find_times, read_tense, resolve_time
from timeml import Document, Gold, read_document
from timex import TIMEX2, TIMEX3, Habit, ends_of, extent, timex_value

PUBLISHED = """
published                            strict F1   relaxed F1   value F1
HeidelTime (TempEval-3 platinum)          81.3         90.3       77.6
SynTime    (TempEval-3 platinum)          92.1            -          -
"""


class Guess(NamedTuple):
    """One expression that was found, and its value in TIMEX terms ("" for none)."""

    start: int
    end: int
    value: str


def guesses(document: Document, habit: Habit) -> Iterator[Guess]:
    """Find and place the times of a document in reading order."""
    precision = "day" if document.written else "unknown"
    context: str | None = None
    for found in find_times(document.text):
        for expression in ends_of(found):
            anchors = Anchors(published=document.written, published_precision=precision, context=context)
            # what the text tells of the tense is a sign only: the near future stays open to yearless dates
            tense: Tense = "future" if read_tense(document.text, expression.span) == "future" else "unknown"
            # TIMEX3 gives "late May" the value of May, and says "late" elsewhere
            plain = without_modifiers(expression)
            when = resolve_time(plain, anchors, tense=tense)
            start, end = extent(expression, document.text, habit)
            if not any(begin < end and start < finish for begin, finish in document.stamps):
                yield Guess(start, end, timex_value(plain, when, habit))
            # a clock time is part of a day named before; it names none itself
            if when.start and expression.kind != "partofday":
                if when.start == when.end:
                    context = when.start
                elif when.precision in ("month", "year"):
                    context = when.start[: {"month": 7, "year": 4}[when.precision]]


def without_modifiers(expression: TimeExpression) -> TimeExpression:
    """Return the expression without "late", "earlier", "more than": TIMEX3 says those beside the value."""
    form = expression.form
    if isinstance(form, Shift):
        form = msgspec.structs.replace(form, loose=None)
    return msgspec.structs.replace(expression, part=None, form=form)


def same_spelling(value: str) -> str:
    """Return a TIMEX3 value in one spelling.

    The corpora write "-TNI" and "TNI", "W7" and "W07", "1999-XX" and "1999", "199X" and "199", "P5H" and
    "PT5H", "P10Y" and "P1DE".
    """
    value = re.sub(r"-?T(?=[A-Z\d])", "T", value.strip()) if not value.startswith("P") else value.strip()
    value = re.sub(r"T(\d):", r"T0\1:", value)
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    value = value.replace("PRESNT", "PRESENT")
    value = re.sub(r"^(\d{2,3})X+$", r"\1", value)
    value = re.sub(r"^P(\d+H)$", r"PT\1", value)
    value = re.sub(r"^P(\d+)DE$", lambda found: f"P{10 * int(found[1])}Y", value)
    return re.sub(r"(?<=\d)(?:-XX)+$", "", value)


def calendar_value(value: str) -> str | None:
    """Return the gold value cut to the day, or None where it is no calendar value."""
    value = re.sub(r"(?:-XX)+$", "", same_spelling(value).partition("T")[0])
    if re.fullmatch(r"\d{4}-W\d\d", value):
        return value
    return value if re.fullmatch(r"\d{2,4}(?:-(?:\d{2}|[A-Z]{2}|[QH]\d))?(?:-\d{2})?", value) else None


class Score(NamedTuple):
    """Counts over a set of documents."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    valued: int = 0
    dates: int = 0
    dated: int = 0


def _pairs(document: Document, found: list[Guess]) -> list[tuple[Gold, int | None]]:
    """Give each gold time the guess of the same extent, else the first free one that overlaps."""
    exact = {(guess.start, guess.end): index for index, guess in enumerate(found)}
    gold = sorted(document.gold)
    pairs = {one: exact.get((one.start, one.end)) for one in gold}
    taken = {index for index in pairs.values() if index is not None}
    for one in gold:
        if pairs[one] is not None:
            continue
        for index, guess in enumerate(found):
            if index not in taken and guess.start < one.end and one.start < guess.end:
                pairs[one] = index
                taken.add(index)
                break
    return list(pairs.items())


def score(document: Document, habit: Habit) -> tuple[Score, list[str]]:
    """Compare what was found in one document with its gold; the lines name what went wrong."""
    found = sorted(guesses(document, habit))
    pairs = _pairs(document, found)
    counts: Counter[str] = Counter(gold=len(pairs), found=len(found))
    wrong: list[str] = []
    for gold, index in pairs:
        date = calendar_value(gold.value) if gold.kind in ("DATE", "TIME") else None
        counts["dates"] += date is not None
        around = " ".join(document.text[max(0, gold.start - 40) : gold.end + 30].split())
        words = " ".join(document.text[gold.start : gold.end].split())
        if index is None:
            wrong.append(f"MISS   {gold.kind:8} {words!r:40} {gold.value:14} … {around}")
            continue
        guess = found[index]
        same = (guess.start, guess.end) == (gold.start, gold.end)
        right = same_spelling(guess.value) == same_spelling(gold.value)
        counts.update(relaxed=1, strict=same, valued=right)
        counts["dated"] += date is not None and calendar_value(guess.value) == date
        if not same:
            wrong.append(f"EXTENT {gold.kind:8} {words!r:40} found {document.text[guess.start : guess.end]!r}")
        if not right:
            wrong.append(f"VALUE  {gold.kind:8} {words!r:40} {gold.value} found {guess.value} … {around}")
    used = {index for _, index in pairs}
    for index, guess in enumerate(found):
        if index not in used:
            around = " ".join(document.text[max(0, guess.start - 30) : guess.end + 30].split())
            wrong.append(f"EXTRA  {document.text[guess.start : guess.end]!r:40} … {around}")
    return Score(**{name: counts[name] for name in Score._fields}), wrong


def _f1(hits: int, gold: int, found: int) -> str:
    precision = hits / found if found else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{precision:6.1%} {recall:6.1%} {f1:6.1%}"


def main() -> None:
    """Print the figures of each corpus."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/time"))
    parser.add_argument("--errors", action="store_true", help="print what went wrong, except in test folders")
    options = parser.parse_args()
    sets: dict[str, tuple[list[Path], Habit]] = {
        "WikiWars train": (sorted(options.folder.glob("wikiwars/trainingset/*.tml")), TIMEX2),
        "WikiWars test": (sorted(options.folder.glob("wikiwars/testset/*.tml")), TIMEX2),
        "AQUAINT": (sorted(options.folder.glob("aquaint_timeml_1.0/**/*.tml")), TIMEX3),
    }
    print(
        f"{'':16} docs  gold   strict P      R     F1   relaxed P     R     F1    value P      R     F1   dates"
    )
    for name, (paths, habit) in sets.items():
        if not paths:
            print(f"{name:16} no files under {options.folder}")
            continue
        total: Counter[str] = Counter()
        lines: list[str] = []
        characters, began = 0, time.process_time()
        for path in paths:
            document = read_document(path, news=habit is TIMEX3)
            one, wrong = score(document, habit)
            total.update(one._asdict())
            lines += wrong
            characters += len(document.text)
        speed = characters / (time.process_time() - began) / 1e6
        s = Score(**total)
        figures = "   ".join(_f1(hits, s.gold, s.found) for hits in (s.strict, s.relaxed, s.valued))
        print(f"{name:16} {len(paths):4} {s.gold:5}   {figures}   {s.dated / s.dates:.1%}; {speed:.2f} MB/s")
        if options.errors and "test" not in name:
            print(*lines, sep="\n")
    print(PUBLISHED)


if __name__ == "__main__":
    main()
