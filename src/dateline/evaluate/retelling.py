"""Reprints of made-up dispatches: a stretch of another text between a new head and a new tail."""

import re

import msgspec

from dateline.train.examples import Bounds, Filler, Frame, Saying

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")


class Mover(msgspec.Struct, frozen=True):
    """Moves marks of the source's stretch by `by` code points; what lies outside of it is lost."""

    stretch: Bounds
    by: int

    def bounds(self, mark: Bounds | None) -> Bounds | None:
        """Return the mark in the copy, None where the copy has not its words."""
        if mark is None or mark[0] < self.stretch[0] or mark[1] > self.stretch[1]:
            return None
        return mark[0] + self.by, mark[1] + self.by

    def frame(self, frame: Frame) -> Frame | None:
        """Return the frame in the copy, without the fillers that the copy left out."""
        trigger = self.bounds(frame.trigger)
        if trigger is None:
            return None
        kept = [
            Filler(each.role, *moved)
            for each in frame.fillers
            if (moved := self.bounds((each.start, each.end))) is not None
        ]
        return msgspec.structs.replace(frame, trigger=trigger, fillers=tuple(kept))

    def saying(self, saying: Saying) -> Saying | None:
        """Return the attribution in the copy."""
        cue = self.bounds(saying.cue)
        if cue is None:
            return None
        return Saying(cue=cue, source=self.bounds(saying.source), content=self.bounds(saying.content))


class Retelling(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a dispatch; of a reprint, also the stretch that it takes from its source's text."""

    text: str
    stretch: Bounds | None = None

    def mover(self, at: int) -> Mover:
        """Return what moves marks, when the stretch begins at `at` in the copy's cleaned text."""
        stretch = self.stretch or (0, 0)
        return Mover(stretch, at - stretch[0])


def retell(source: str, takes: str, head: str, tail: str) -> Retelling | None:
    """Compose a reprint of `source`; None where `takes` ("First words … last words"; "": all) is not in it.

    A `head` that ends with a line break is a paragraph of its own, as a tail always is.
    """
    stretch = _stretch(source, takes)
    if stretch is None:
        return None
    body = source[stretch[0] : stretch[1]]
    joined = head + body if not head or head.endswith("\n") else f"{head.rstrip()} {body}"
    return Retelling(text=f"{joined}\n\n{tail}" if tail else joined, stretch=stretch)


def _stretch(text: str, takes: str) -> Bounds | None:
    if not takes:
        return 0, len(text)
    first, *rest = _ELLIPSIS.split(takes.strip(), maxsplit=1)
    last = rest[0] if rest else ""
    start = text.find(first)
    end = text.find(last, start + len(first)) if start >= 0 else -1
    return (start, end + len(last)) if end >= 0 else None
