"""Masking: now and then the words of a trigger are hidden, so that types are learned from the context too.

Half of the triggers that annotators mark are words that the lexicon does not know. A network that has seen each
trigger's own words twenty times learns those by heart and guesses at others.
"""

import msgspec
import torch

from dateline.code.windows import Window
from dateline.train.targets import Lesson

# Of the windows in which triggers may be masked, the share whose lexicon hits are hidden altogether.
WITHOUT_HITS = 0.2


def mask_triggers(lesson: Lesson, share: float, mask: int) -> Lesson:
    """Return the lesson with about `share` of its triggers hidden: pieces masked, lexicon hits taken away.

    `mask` is the id of the tokenizer's mask piece. Uses torch's random numbers.
    """
    window = lesson.window
    events = (query for query in lesson.queries if query.kind == 0 and query.type)
    starts = [query.word for query in events if query.word is not None]
    hidden: set[int] = set()
    for start, draw in zip(starts, torch.rand(len(starts)).tolist(), strict=True):
        if draw < share:
            hidden.add(start)
            word = start + 1
            while word < len(lesson.goes_on) and lesson.goes_on[word] == 1:
                hidden.add(word)
                word += 1
    bare = float(torch.rand(1)) < WITHOUT_HITS
    if not hidden and not bare:
        return lesson
    return msgspec.structs.replace(lesson, window=_hide(window, hidden, mask, bare=bare))


def _hide(window: Window, hidden: set[int], mask: int, *, bare: bool) -> Window:
    ids = list(window.ids)
    edges = (*window.firsts, len(ids) - 1)
    for word in hidden:
        ids[edges[word] : edges[word + 1]] = [mask] * (edges[word + 1] - edges[word])
    hits = tuple(() if bare or word in hidden else own for word, own in enumerate(window.hits))
    return msgspec.structs.replace(window, ids=tuple(ids), hits=hits)
