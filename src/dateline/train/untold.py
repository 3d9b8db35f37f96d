"""Untold words: what a network takes for nothing in texts that do not mark everything stays nothing.

Where an example marks some happenings and not all, its other words teach nothing. Learned from alone, such
marks would make a network see happenings everywhere. So what the network sees no happening in before it learns
from them is held to be none; where it sees one that is not marked, nothing is told.
"""

from collections.abc import Sequence

import msgspec
import torch

from dateline.train.losses import Batch, ask, make_batch
from dateline.train.network import QUERY_KINDS, STATUS_VALUES, Network
from dateline.train.targets import UNTOLD, Lesson, Query

# A word with less chance than this of being a trigger, or a cue, is none. By hand: of the words of the worlds
# nine in ten are, and of their marked triggers, which are told as such anyway, about a fifth would be.
NOTHING = 0.15

_EVENT = QUERY_KINDS.index("event")
_REALITY = [number for number, (axis, _) in enumerate(STATUS_VALUES) if axis == "reality"]
_OCCURRED, _ONGOING = (
    [STATUS_VALUES[number][1] for number in _REALITY].index(value) for value in ("occurred", "ongoing")
)


@torch.no_grad()  # type: ignore[untyped-decorator]
def with_nothing(network: Network, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return the lessons with untold words told where `network`, as it stands, sees nothing in them.

    A happening that it takes to go on and that is marked as a fact gets no reality: marks of incidents do not
    tell the two apart.
    """
    learning = network.training
    network.eval()
    found = [_with_nothing(network, lesson) for lesson in lessons]
    network.train(learning)
    return found


def _with_nothing(network: Network, lesson: Lesson) -> Lesson:
    batch = make_batch([lesson], len(network.shape.types)).to(network.device)
    words, scene, types, flags = network.reader(batch.ids, batch.mask, batch.firsts, batch.features)
    events = (1.0 - types[0].softmax(-1)[:, 0]).tolist()
    cues = flags[0, :, 1].sigmoid().tolist()
    goes_on = _going_on(network, batch, words, scene)
    return msgspec.structs.replace(
        lesson,
        types=_told(lesson.types, events),
        cues=_told(lesson.cues, cues),
        queries=tuple(
            _without_reality(query) if on else query for query, on in zip(lesson.queries, goes_on, strict=True)
        ),
    )


def _told(marks: Sequence[int], chances: Sequence[float]) -> tuple[int, ...]:
    return tuple(
        0 if mark == UNTOLD and chance < NOTHING else mark for mark, chance in zip(marks, chances, strict=True)
    )


def _going_on(network: Network, batch: Batch, words: torch.Tensor, scene: torch.Tensor) -> list[bool]:
    """Tell of each query whether the network takes a happening marked as a fact to go on."""
    if not batch.queries:
        return []
    _, status = network.filling(words, scene, ask(network, batch, words, scene))
    likeliest = status[:, _REALITY].argmax(-1).tolist()
    return [
        query.kind == _EVENT and query.status[0] == _OCCURRED and best == _ONGOING
        for query, best in zip(batch.queries, likeliest, strict=True)
    ]


def _without_reality(query: Query) -> Query:
    return msgspec.structs.replace(query, status=(UNTOLD, *query.status[1:]))
