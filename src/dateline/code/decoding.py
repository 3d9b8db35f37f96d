"""Decoding: from the model's scores for the words of a window to triggers, cues, fillers and status."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from numpy import ndarray

# A gap of this many words in what a cue covers is closed: the words of saying stand inside a quotation.
CONTENT_GAP = 8
# A word beside a filler belongs to it from this share of the threshold on; set on the corpus's dev part.
EDGE = 0.4
# From here on a flag counts as set.
HALF = 0.5


class Knob(msgspec.Struct, frozen=True):
    """A raw score and what it turned out to be worth."""

    raw: float
    right: float


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """Raw scores from which something counts; set on the corpus's dev part and kept in the manifest.

    `trigger` is for a word's chance of being any trigger, `kind` for that of its likeliest type. `slots` maps a
    slot to its own threshold where it differs from `filler`.
    """

    trigger: float = 0.5
    kind: float = 0.0
    cue: float = 0.5
    filler: float = 0.5
    content: float = 0.5
    slots: Mapping[str, float] = {}

    def of(self, slot: str) -> float:
        """Return the threshold of a slot."""
        return self.slots.get(slot, self.content if slot == "content" else self.filler)


class Found(msgspec.Struct, frozen=True):
    """A trigger or a cue: the half-open run of words, the index of its type (0 for a cue) and its raw score.

    The score of a trigger is the chance of its type.
    """

    first: int
    end: int
    type: int
    score: float


class Run(msgspec.Struct, frozen=True):
    """A half-open run of words that fills a slot, with its raw score."""

    first: int
    end: int
    score: float


def find_triggers(types: "ndarray", flags: "ndarray", limits: Thresholds) -> list[Found]:
    """Return the triggers of a window: words whose chances of any type, and of one, reach the thresholds.

    `types` [W, 1 + types] are chances, none first; `flags` [W, 3] as of the reader.
    """
    any_type = 1.0 - types[:, 0]
    best = types[:, 1:].argmax(axis=1) + 1
    found: list[Found] = []
    for word in (any_type >= limits.trigger).nonzero()[0].tolist():
        kind = int(best[word])
        score = float(types[word, kind])
        before = found[-1] if found else None
        if before is not None and before.end == word and flags[word, 0] >= HALF:
            found[-1] = Found(before.first, word + 1, before.type, max(before.score, score))
        else:
            found.append(Found(word, word + 1, kind, score))
    return without_neighbours([trigger for trigger in found if trigger.score >= limits.kind])


def without_neighbours(found: Sequence[Found]) -> list[Found]:
    """Leave of two triggers of one type with no word between them the likelier one.

    "Surprise attacks", "blocked roads", "the Hawija operation" name one happening each.
    """
    kept: list[Found] = []
    for trigger in found:
        before = kept[-1] if kept else None
        if before is None or before.end != trigger.first or before.type != trigger.type:
            kept.append(trigger)
        elif trigger.score > before.score:
            kept[-1] = trigger
    return kept


def find_cues(flags: "ndarray", threshold: float) -> list[Found]:
    """Return the cues of attribution of a window."""
    found: list[Found] = []
    for word in (flags[:, 1] >= threshold).nonzero()[0].tolist():
        score = float(flags[word, 1])
        if found and found[-1].end == word and flags[word, 2] >= HALF:
            found[-1] = Found(found[-1].first, word + 1, 0, max(found[-1].score, score))
        else:
            found.append(Found(word, word + 1, 0, score))
    return found


def find_runs(inside: "ndarray", begins: "ndarray", threshold: float) -> list[Run]:
    """Return the runs of words for one slot; a beginning parts two neighbours.

    A run holds a word that reaches the threshold and goes on over neighbours that reach EDGE of it, so that a
    weak "at" before "least four people" is not cut off, and over a single weak word inside.
    """
    runs: list[Run] = []
    first: int | None = None
    strong = (inside >= threshold * EDGE).tolist()
    held = list(strong)
    for word in range(1, len(held) - 1):
        # One weak word ("the", "'s") inside a phrase does not break it.
        if not strong[word] and strong[word - 1] and strong[word + 1] and begins[word + 1] < HALF:
            held[word] = True
    for word, flag in enumerate([*held, False]):
        if first is not None and (not flag or (strong[word] and begins[word] >= HALF)):
            top = float(inside[first:word].max())
            if top >= threshold:
                runs.append(Run(first, word, float(inside[first:word].mean())))
            first = None
        if flag and first is None:
            first = word
    return runs


def content_around(inside: "ndarray", threshold: float) -> Run | None:
    """Return the longest stretch that a cue covers, short gaps closed."""
    words = (inside >= threshold).nonzero()[0].tolist()
    if not words:
        return None
    stretches: list[list[int]] = [[words[0], words[0] + 1]]
    for word in words[1:]:
        if word - stretches[-1][1] <= CONTENT_GAP:
            stretches[-1][1] = word + 1
        else:
            stretches.append([word, word + 1])
    first, end = max(stretches, key=lambda stretch: (stretch[1] - stretch[0], -stretch[0]))
    return Run(first, end, float(inside[first:end].mean()))


def calibrated(score: float, knobs: Sequence[Knob]) -> float:
    """Return what a raw score is worth: straight lines between the knobs, to three places."""
    if not knobs:
        return round(score, 3)
    if score <= knobs[0].raw:
        return round(knobs[0].right, 3)
    for low, high in pairwise(knobs):
        if score <= high.raw:
            share = (score - low.raw) / max(high.raw - low.raw, 1e-9)
            return round(low.right + share * (high.right - low.right), 3)
    return round(knobs[-1].right, 3)
