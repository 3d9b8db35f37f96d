"""Which characters of a sentence play which role: overlapping spans cut into segments, nothing lost."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from dateline.export.wording import COUNT_WORDS, people_words, type_label, when_words
from dateline.model.report import Report
from dateline.model.span import Span

MarkRole = Literal["trigger", "actor", "target", "place", "time", "number"]

# The letter that stands for a role beside its colour, for readers who do not tell the colours apart.
LETTERS: dict[MarkRole, str] = {
    "trigger": "",
    "actor": "A",
    "target": "T",
    "place": "P",
    "time": "W",
    "number": "N",
}


# What a role says of the words under it.
ROLE_WORDS: dict[MarkRole, str] = {
    "trigger": "what happened",
    "actor": "who did it",
    "target": "to whom",
    "place": "where",
    "time": "when",
    "number": "how many",
}


class Mark(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A span with its role, what it was read as, and its level: marks on one level never overlap.

    The trigger is a band and has level 0; underlines have levels from 0 up, the lowest nearest to the words.
    Offsets are half-open code points, relative to the sentence.
    """

    start: int
    end: int
    role: MarkRole
    meaning: str
    level: int = 0


class Segment(msgspec.Struct, frozen=True):
    """A stretch of the sentence that the same marks cover.

    `closing` are the marks that end with it, the longest one of each role: a role's letter is shown once.
    """

    text: str
    marks: tuple[Mark, ...]
    closing: tuple[Mark, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """What a report reads from words: their role, the words, and what they were read as."""

    role: MarkRole
    text: str
    meaning: str


def role_spans(report: Report) -> tuple[tuple[MarkRole, Span, str], ...]:
    """Return every span of the report with its role and what it was read as."""
    found: list[tuple[MarkRole, Span, str]] = [("trigger", report.trigger, type_label(report.type))]
    found += [("actor", who, who.name) for who in report.actors]
    found += [("target", who, who.name) for who in report.targets]
    found += [("place", where, where.name) for where in report.where]
    if report.when.span is not None:
        found.append(("time", report.when.span, when_words(report.when)))
    found += [("number", count, f"{COUNT_WORDS[count.kind]}: {people_words(count)}") for count in report.counts]
    return tuple(found)


def marks_of(reports: Sequence[Report]) -> tuple[tuple[Mark, ...], tuple[Part, ...]]:
    """Return the marks within the sentence that `reports` share, and the spans that lie outside of it.

    Offsets of the marks count from the start of the sentence. A span without characters, or whose wording
    is not what the sentence holds there, is treated as outside: better no mark than a wrong one.
    """
    sentence = reports[0].sentence
    inside: dict[tuple[int, int, MarkRole], str] = {}
    outside: dict[Part, None] = {}
    for report in reports:
        for role, span, meaning in role_spans(report):
            start, end = span.start - sentence.start, span.end - sentence.start
            if 0 <= start < end <= len(sentence.text) and sentence.text[start:end] == span.text:
                inside.setdefault((start, end, role), meaning)
            elif span.text:
                outside.setdefault(Part(role, span.text, meaning))
    return levelled(inside.items()), tuple(outside)


def levelled(spans: Iterable[tuple[tuple[int, int, MarkRole], str]]) -> tuple[Mark, ...]:
    """Give every mark the lowest level on which it overlaps no other; longer marks come first."""
    marks: list[Mark] = []
    for (start, end, role), meaning in sorted(spans, key=lambda item: (-(item[0][1] - item[0][0]), item[0])):
        taken = {
            mark.level
            for mark in marks
            if mark.start < end and start < mark.end and mark.role != "trigger" and role != "trigger"
        }
        level = next(level for level in range(len(marks) + 1) if level not in taken)
        marks.append(Mark(start=start, end=end, role=role, meaning=meaning, level=level))
    return tuple(sorted(marks))


def segments(text: str, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """Cut `text` at every edge of a mark; joined, the segments are the text again."""
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return tuple(
        Segment(
            text[start:end],
            tuple(mark for mark in marks if mark.start <= start and end <= mark.end),
            tuple({mark.role: mark for mark in sorted(marks, reverse=True) if mark.end == end}.values()),
        )
        for start, end in pairwise(edges)
    )
