"""How well times are found and placed, on two corpora with TIMEX3 annotation.

WikiWars (histories of wars; a training and a test folder) and AQUAINT TimeML (news). Figures: precision,
recall and F1 of the extents, strict (the same characters) and relaxed (an overlap, one to one), and of the
extents with the value of dates: among gold expressions of type DATE or TIME that were matched, how many got
the same calendar value, at the day or coarser. Expressions whose gold value is no calendar value
(PAST_REF, null) are left out of the value score.

Histories have no day of writing: they are read without a publication date, each date counting from the one
before it. News is read with the creation time of the document. No tense is given to either.

    python bench/times.py [FOLDER]        (default ../shared/data/time)
"""

import argparse
import html
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from dateline.model.values import When
from dateline.resolve.timeforms import Between, CalendarDate, Deictic, Period, Shift, TimeExpression, Weekday
from dateline.resolve.times import Anchors, find_times, resolve_time


class Gold(NamedTuple):
    """One TIMEX3: its place in the plain text, its type and its value."""

    start: int
    end: int
    kind: str
    value: str


class Document(NamedTuple):
    """A text with its gold times; `written` is the creation date, None for a history."""

    name: str
    text: str
    written: str | None
    gold: tuple[Gold, ...]


class Guess(NamedTuple):
    """One expression that was found, and its value in TIMEX terms (None: no calendar value)."""

    start: int
    end: int
    value: str | None


_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_HEADER = re.compile(r"(?:(\d{2})/(\d{2})/(\d{4})|\d{4}-\d{2}-\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_HEADER_LENGTH = 200
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def read_document(path: Path, *, news: bool) -> Document:
    """Strip the markup of a TimeML file and keep its TIMEX3 elements as offsets."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    if "<TEXT>" in raw:
        raw = raw.partition("<TEXT>")[2].partition("</TEXT>")[0]
    text, gold, written = _unmark(raw)
    if not news:
        return Document(path.name, text, None, gold)
    return _stamped(path.name, text, written, gold)


def _unmark(raw: str) -> tuple[str, tuple[Gold, ...], str | None]:
    """Return the plain text, its times, and the creation time where it is marked."""
    pieces: list[str] = []
    length, position, written = 0, 0, None
    opened: list[tuple[int, dict[str, str]]] = []
    gold: list[Gold] = []
    for tag in _TAG.finditer(raw):
        piece = html.unescape(raw[position : tag.start()])
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((length, dict(_ATTRIBUTE.findall(tag[3]))))
        elif opened:
            start, attributes = opened.pop()
            if attributes.get("functionInDocument") == "CREATION_TIME":
                written = attributes["value"][:10]
            elif attributes.get("type"):
                gold.append(Gold(start, length, attributes["type"], attributes.get("value", "")))
    pieces.append(html.unescape(raw[position:]))
    return "".join(pieces), tuple(gold), written


def _stamped(name: str, text: str, written: str | None, gold: tuple[Gold, ...]) -> Document:
    """Blank the wire service's stamp and take the creation time from it, or from the file's name."""
    header = _HEADER.search(text, 0, _HEADER_LENGTH)
    if header is not None:
        # the stamp of the wire service, which most documents leave unmarked, is no time of the text
        text = text[: header.start()] + "#" * len(header[0]) + text[header.end() :]
        us = header[1] is not None
        stamp = f"{header[3]}-{header[1]}-{header[2]}" if us else header[0][:10]
        written = written or stamp
    named = re.search(r"(\d{4})(\d{2})(\d{2})\.", name)
    if written is None and named is not None:
        written = "-".join(named.groups())
    return Document(name, text, written, gold)


def guesses(document: Document) -> Iterator[Guess]:
    """Find and place the times of a document in reading order."""
    precision = "day" if document.written else "unknown"
    context: str | None = None
    for found in find_times(document.text):
        for expression in _ends(found):
            anchors = Anchors(published=document.written, published_precision=precision, context=context)
            plain = msgspec.structs.replace(expression, part=None)
            when = resolve_time(plain, anchors)
            yield Guess(expression.span.start, expression.span.end, timex_value(plain, when))
            if when.start and when.precision in ("day", "part_of_day", "month", "year"):
                context = when.start[: {"month": 7, "year": 4}.get(when.precision, 10)]


def _ends(expression: TimeExpression) -> list[TimeExpression]:
    """Return the ends of a range as the corpora mark them, each on its own."""
    form = expression.form
    if not isinstance(form, Between):
        return [expression]
    ends = [end for end in (form.first, form.last) if end is not None]
    return _shared(ends)


def _shared(ends: list[TimeExpression]) -> list[TimeExpression]:
    if len(ends) == 2:
        one, two = ends[0].form, ends[1].form
        if isinstance(one, CalendarDate) and isinstance(two, CalendarDate) and one.year is None:
            ends[0] = msgspec.structs.replace(ends[0], form=msgspec.structs.replace(one, year=two.year))
    return ends


_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def timex_value(expression: TimeExpression, when: When) -> str | None:
    """Return the calendar value of a placed time in TIMEX3 terms, at the day or coarser."""
    if when.start is None:
        return None
    form = expression.form
    if isinstance(form, Period):
        year = int(when.start[:4])
        return {
            "season": f"{year}-{_SEASONS.get(form.number, '')}",
            "quarter": f"{year}-Q{form.number}",
            "half": f"{year}-H{form.number}",
            "decade": str(form.number // 10),
            "century": f"{form.number // 100:02d}",
        }[form.unit]
    if not isinstance(form, CalendarDate | Weekday | Deictic | Shift):
        return None
    if when.precision == "week":
        year, week, _ = date.fromisoformat(when.start).isocalendar()
        return f"{year}-W{week:02d}"
    return when.start[: {"month": 7, "year": 4}.get(when.precision, 10)]


def gold_value(gold: Gold) -> str | None:
    """Return the gold value cut to the day, or None where it is no calendar value."""
    value = re.sub(r"(?:-XX)+$", "", gold.value.partition("T")[0].strip())
    week = re.fullmatch(r"(\d{4})-W(\d{1,2})", value)
    if week:
        return f"{week[1]}-W{int(week[2]):02d}"
    return value if re.fullmatch(r"\d{2,4}(?:-(?:\d{2}|[A-Z]{2}|[QH]\d))?(?:-\d{2})?", value) else None


class Score(NamedTuple):
    """Counts over a set of documents."""

    gold: int
    found: int
    strict: int
    relaxed: int
    dates: int
    valued: int
    matched_dates: int


def score(document: Document) -> tuple[Score, list[str]]:
    """Compare what was found in one document with its gold; the lines name what went wrong."""
    found = sorted(guesses(document))
    taken: set[int] = set()
    strict = relaxed = dates = valued = matched_dates = 0
    wrong: list[str] = []
    exact = {(guess.start, guess.end): index for index, guess in enumerate(found)}
    for gold in sorted(document.gold):
        value = gold_value(gold) if gold.kind in ("DATE", "TIME") else None
        dates += value is not None
        index = exact.get((gold.start, gold.end))
        if index is not None and index not in taken:
            strict += 1
        else:
            index = next(
                (
                    i
                    for i, guess in enumerate(found)
                    if i not in taken and guess.start < gold.end and gold.start < guess.end
                ),
                None,
            )
        around = " ".join(document.text[max(0, gold.start - 30) : gold.end + 20].split())
        words = " ".join(document.text[gold.start : gold.end].split())
        if index is None:
            wrong.append(f"MISS   {gold.kind:8} {words!r:40} {gold.value:14} … {around}")
            continue
        taken.add(index)
        relaxed += 1
        guess = found[index]
        if (guess.start, guess.end) != (gold.start, gold.end):
            wrong.append(f"EXTENT {gold.kind:8} {words!r:40} found {document.text[guess.start : guess.end]!r}")
        if value is not None:
            matched_dates += 1
            valued += guess.value == value
            if guess.value != value:
                wrong.append(f"VALUE  {gold.kind:8} {words!r:40} {gold.value} found {guess.value} … {around}")
    for index, guess in enumerate(found):
        if index not in taken:
            around = " ".join(document.text[max(0, guess.start - 30) : guess.end + 30].split())
            wrong.append(f"EXTRA  {document.text[guess.start : guess.end]!r:40} … {around}")
    return Score(len(document.gold), len(found), strict, relaxed, dates, valued, matched_dates), wrong


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
    sets = {
        "WikiWars train": (sorted(options.folder.glob("wikiwars/trainingset/*.tml")), False),
        "WikiWars test": (sorted(options.folder.glob("wikiwars/testset/*.tml")), False),
        "AQUAINT": (sorted(options.folder.glob("aquaint_timeml_1.0/**/*.tml")), True),
    }
    print(f"{'':16} docs  gold   strict P      R     F1   relaxed P      R     F1   value")
    for name, (paths, news) in sets.items():
        if not paths:
            print(f"{name:16} no files under {options.folder}")
            continue
        total: Counter[str] = Counter()
        lines: list[str] = []
        characters, began = 0, time.perf_counter()
        for path in paths:
            document = read_document(path, news=news)
            one, wrong = score(document)
            total.update(one._asdict())
            lines += wrong
            characters += len(document.text)
        speed = characters / (time.perf_counter() - began) / 1e6
        s = Score(**total)
        print(
            f"{name:16} {len(paths):4} {s.gold:5}   {_f1(s.strict, s.gold, s.found)}   "
            f"{_f1(s.relaxed, s.gold, s.found)}   {s.valued}/{s.matched_dates} of matched dates = "
            f"{s.valued / max(1, s.matched_dates):.1%}, {s.valued / max(1, s.dates):.1%} of all; "
            f"{speed:.2f} MB/s"
        )
        if options.errors and "test" not in name:
            print(*lines, sep="\n")


if __name__ == "__main__":
    main()
