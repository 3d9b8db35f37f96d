"""What worlds teach the frame coder: the anchors of most dev worlds, as examples to learn from.

Anchors tell the happenings of their world and no others, so an example of them is not complete. Whether a fact
is recalled, goes on or is sure is not marked either, so that of status only reality and polarity are told.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dateline.evaluate.worldfiles import load_worlds
from dateline.evaluate.worlds import Dispatch, World
from dateline.train.corpus import lot_of
from dateline.train.examples import Example, Frame

# One dev world in five, by its id, teaches nothing: on these it is seen what the others taught.
KEPT_BACK, LOTS = 1, 5
# Axes of status that anchors tell.
_TOLD_AXES = ("reality", "polarity")


def teaches(world: World) -> bool:
    """Tell whether the coder learns from a world: from four in five of the dev part, and from no others."""
    return world.part == "dev" and lot_of(world.id, LOTS) != KEPT_BACK


def load_teaching(folder: Path) -> tuple[Example, ...]:
    """Return the examples of the worlds in `folder` that teach, in the order of worlds and dispatches."""
    return tuple(world_examples(world for world in load_worlds(folder) if teaches(world)))


def world_examples(worlds: Iterable[World]) -> Iterator[Example]:
    """Give an example for each dispatch that copies no other."""
    for world in worlds:
        for dispatch in world.dispatches:
            if dispatch.copy_of is None:
                yield _example(dispatch)


def _example(dispatch: Dispatch) -> Example:
    article = dispatch.article
    place = article.dateline.place if article.dateline else None
    frames = (_with_told_axes(anchor.frame) for anchor in dispatch.anchors)
    return Example(
        id=dispatch.id,
        source="worlds",
        text=article.text,
        sentences=article.sentences,
        title=article.title,
        dateline=place.text if place else None,
        frames=tuple(sorted(frames, key=lambda frame: frame.trigger)),
        sayings=tuple(sorted(dispatch.sayings, key=lambda saying: saying.cue)),
        complete=frozenset({"fillers"}),
    )


def _with_told_axes(frame: Frame) -> Frame:
    told = {axis: frame.status[axis] for axis in _TOLD_AXES if axis in frame.status}
    return msgspec.structs.replace(frame, status=told)
