"""Cutting: a whole document with its marks, parted into stretches of whole sentences."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from dateline.train.examples import Bounds, Example, Filler, Saying

# Characters of a stretch, about seven sentences of news; a longer sentence is a stretch of its own.
STRETCH = 1_200
# A mark that is cut in two costs as much as this many further stretches.
CROSSING = 3


def cut(example: Example, most: int = STRETCH) -> Iterator[Example]:
    """Part a document into examples of whole sentences of at most `most` characters, marks rebased.

    The boundaries are those that cut fewest marks. A part of a frame or an attribution that lies in
    another stretch than its trigger or cue is left out. `kinds` speak of the whole document and are kept
    only where it is not cut. The ids become "ID/1", "ID/2" ...
    """
    runs = _runs(example, most)
    for number, (first, end) in enumerate(runs, 1):
        start, stop = example.sentences[first][0], example.sentences[end - 1][1]
        yield msgspec.structs.replace(
            rebased(example, start, stop),
            id=f"{example.id}/{number}",
            sentences=tuple((low - start, high - start) for low, high in example.sentences[first:end]),
            title=example.title if first == 0 else None,
            dateline=example.dateline if first == 0 else None,
            kinds=example.kinds if len(runs) == 1 else (),
        )


def rebased(example: Example, start: int, stop: int) -> Example:
    """Return the example with the text `[start:stop]` only, its marks moved; sentences are those within."""

    def moved(mark: Bounds | None) -> Bounds | None:
        return None if mark is None or mark[0] < start or mark[1] > stop else (mark[0] - start, mark[1] - start)

    def kept(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
        return tuple(
            Filler(filler.role, *mark)
            for filler in fillers
            if (mark := moved((filler.start, filler.end))) is not None
        )

    return msgspec.structs.replace(
        example,
        text=example.text[start:stop],
        sentences=tuple(mark for bounds in example.sentences if (mark := moved(bounds)) is not None),
        frames=tuple(
            msgspec.structs.replace(frame, trigger=trigger, fillers=kept(frame.fillers))
            for frame in example.frames
            if (trigger := moved(frame.trigger)) is not None
        ),
        sayings=tuple(
            Saying(cue=cue, source=moved(saying.source), content=moved(saying.content))
            for saying in example.sayings
            if (cue := moved(saying.cue)) is not None
        ),
        scene=kept(example.scene),
    )


def _runs(example: Example, most: int) -> list[tuple[int, int]]:
    """Return half-open runs of sentences, cheapest first by stretches and marks that are cut."""
    sentences = example.sentences
    crossed = _crossings(example)
    cost, before = [0.0], [0]
    for end in range(1, len(sentences) + 1):
        best, origin = float("inf"), end - 1
        for first in range(end - 1, -1, -1):
            if first < end - 1 and sentences[end - 1][1] - sentences[first][0] > most:
                break
            price = cost[first] + 1 + CROSSING * crossed[first]
            if price <= best:
                best, origin = price, first
        cost.append(best)
        before.append(origin)
    runs: list[tuple[int, int]] = []
    end = len(sentences)
    while end > 0:
        runs.append((before[end], end))
        end = before[end]
    return runs[::-1]


def _crossings(example: Example) -> list[int]:
    """Return how many marks a boundary before each sentence would cut."""
    starts = [start for start, _ in example.sentences]
    crossed = [0] * (len(starts) + 1)
    for low, high in _extents(example):
        for number in range(bisect_right(starts, low), bisect_left(starts, high)):
            crossed[number] += 1
    return crossed


def _extents(example: Example) -> Iterator[Bounds]:
    for saying in example.sayings:
        yield _extent([saying.cue, *(part for part in (saying.source, saying.content) if part is not None)])
    for frame in example.frames:
        yield _extent([frame.trigger, *((filler.start, filler.end) for filler in frame.fillers)])


def _extent(marks: Sequence[Bounds]) -> Bounds:
    return min(start for start, _ in marks), max(end for _, end in marks)
