"""The text of an article in pieces that a page can show: blocks, sentences, and segments with their marks.

Nothing of the text is changed or lost: the pieces of a block, joined, are its text, and what parts two blocks
is the blank line between paragraphs, or nothing where a very long paragraph goes on.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.export.marks import MarkRole, Segment, levelled, segments

# Characters of a block. A browser lays out only the blocks in view; within one it must lay out all. A page of a
# book has some 3,000 characters, and no paragraph of an ordinary article comes near this.
LONGEST_BLOCK = 8_000
# Characters of a piece: "sentences" without an end are cut here, at a space where there is one near.
LONGEST_PIECE = 2_000
# How far before that a space is looked for.
SPACE_REACH = 200

# A marked stretch of the text, in its offsets: start, end, role, meaning.
Stretch = tuple[int, int, MarkRole, str]

_BLANK_LINE = re.compile(r"\n\n+")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """`text[start:end]` cut into segments, whose marks count from `start`.

    `sentence` is the number of its sentence, None between two.
    """

    start: int
    end: int
    sentence: int | None
    levels: int
    segments: tuple[Segment, ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, or a part of a very long one; `goes_on`: it continues the block before it."""

    start: int
    end: int
    goes_on: bool
    pieces: tuple[Piece, ...]


def blocks_of(
    text: str, sentences: Sequence[tuple[int, int]], stretches: Iterable[Stretch]
) -> tuple[Block, ...]:
    """Return `text` in blocks; `sentences` are half-open, in order and apart."""
    marked = _Marked(stretches)
    return tuple(
        block
        for start, end in _paragraphs(text)
        for block in _blocks([_piece(text, *cut, marked) for cut in _cuts(text, start, end, sentences)])
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _blocks(pieces: Sequence[Piece]) -> Iterator[Block]:
    group: list[Piece] = []
    goes_on = False
    for piece in pieces:
        if group and piece.end - group[0].start > LONGEST_BLOCK:
            yield _block(group, goes_on=goes_on)
            group, goes_on = [], True
        group.append(piece)
    if group:
        yield _block(group, goes_on=goes_on)


def _block(pieces: Sequence[Piece], *, goes_on: bool) -> Block:
    return Block(start=pieces[0].start, end=pieces[-1].end, goes_on=goes_on, pieces=tuple(pieces))


def _cuts(
    text: str, start: int, end: int, sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int | None]]:
    """Give the sentences of a paragraph and what stands between them, the long ones in several pieces."""
    at = start
    first = bisect_left(sentences, (start, start))
    for number in range(max(first - 1, 0), len(sentences)):
        left, right = max(sentences[number][0], at), min(sentences[number][1], end)
        if left >= end:
            break
        if right <= left:
            continue
        yield from _short(text, at, left, None)
        yield from _short(text, left, right, number)
        at = right
    yield from _short(text, at, end, None)


def _short(text: str, start: int, end: int, sentence: int | None) -> Iterator[tuple[int, int, int | None]]:
    while end - start > LONGEST_PIECE:
        cut = _cut(text, start + LONGEST_PIECE)
        yield start, cut, sentence
        start = cut
    if start < end:
        yield start, end, sentence


def _cut(text: str, at: int) -> int:
    """Return where to cut at or before `at`: behind a space, else not within a character and its accents."""
    space = text.rfind(" ", at - SPACE_REACH, at)
    if space >= 0:
        return space + 1
    while unicodedata.combining(text[at]) and at > 1 and text[at - 1] != " ":
        at -= 1
        if not unicodedata.combining(text[at]):
            break
    return at


class _Marked:
    """Stretches by place, to ask which lie within a piece."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._stretches = sorted(set(stretches))
        self._starts = [each[0] for each in self._stretches]
        self._longest = max((end - start for start, end, _, _ in self._stretches), default=0)

    def within(self, start: int, end: int) -> dict[tuple[int, int, MarkRole], str]:
        """Return what is marked in `text[start:end]`, counted from `start` and cut at its ends."""
        found: dict[tuple[int, int, MarkRole], list[str]] = {}
        first = bisect_left(self._starts, start - self._longest)
        for left, right, role, meaning in self._stretches[first : bisect_left(self._starts, end)]:
            if right > start:
                place = (max(left, start) - start, min(right, end) - start, role)
                found.setdefault(place, []).append(meaning)
        return {place: "; ".join(dict.fromkeys(filter(None, meanings))) for place, meanings in found.items()}


def _piece(text: str, start: int, end: int, sentence: int | None, marked: _Marked) -> Piece:
    marks = levelled(marked.within(start, end).items())
    return Piece(
        start=start,
        end=end,
        sentence=sentence,
        levels=max((mark.level for mark in marks), default=-1) + 1,
        segments=segments(text[start:end], marks),
    )
