"""Example: a stretch of text with what one corpus really says about it.

Corpora differ in what they mark. An example therefore carries, beside its marks, which kinds of mark are
complete: only there does the absence of a mark teach anything; elsewhere it is masked.
"""

from typing import Literal, get_args

import msgspec

from dateline.model.mention import Role
from dateline.model.values import Certainty, Currency, Polarity, Reality

Bounds = tuple[int, int]  # half-open code points of the example's text
Axis = Literal["reality", "polarity", "certainty", "currency"]
ROLES: tuple[Role, ...] = get_args(Role)
AXES: dict[str, tuple[str, ...]] = {
    "reality": get_args(Reality),
    "polarity": get_args(Polarity),
    "certainty": get_args(Certainty),
    "currency": get_args(Currency),
}
DEFAULT_STATUS: dict[str, str] = {axis: values[0] for axis, values in AXES.items()}


class Filler(msgspec.Struct, frozen=True, order=True):
    """A span that fills a role; `start` and `end` are half-open code points of the example's text."""

    role: Role
    start: int
    end: int


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """An event frame: its trigger, its type (None: not told), its fillers and what is known of its status.

    `status` maps an axis to its value; an axis that is left out is not told.
    """

    trigger: Bounds
    type: str | None = None
    fillers: tuple[Filler, ...] = ()
    status: dict[str, str] = {}


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution frame; a source or a content that the corpus does not mark is None."""

    cue: Bounds
    source: Bounds | None = None
    content: Bounds | None = None


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One text to learn from.

    - `source` names the corpus, `id` the passage or document in it (with its part, where it was cut).
    - `sentences` are half-open bounds, as of an Article.
    - `frames`, `sayings`: what is marked. `complete` holds "triggers" where every event of the text is
      marked, "sayings" where every attribution is, "fillers" where what a frame or an attribution marks of a
      role is all that there is of it. `roles` are the roles whose fillers are all marked in every frame.
    - `scene`: fillers of the violent happenings of the text as a whole, with no trigger told. `scene_roles`
      are the roles for which they are all marked (in every place where the words stand).
    - `kinds`: for each entry, the text holds a happening of one of the named types, somewhere.
    """

    id: str
    source: str
    text: str
    sentences: tuple[Bounds, ...]
    title: str | None = None
    dateline: str | None = None
    frames: tuple[Frame, ...] = ()
    sayings: tuple[Saying, ...] = ()
    complete: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    scene: tuple[Filler, ...] = ()
    scene_roles: frozenset[str] = frozenset()
    kinds: tuple[tuple[str, ...], ...] = ()


def faults_of(example: Example) -> list[str]:
    """Return what is wrong with an example: marks outside the text or between words' edges, unknown values."""
    faults: list[str] = []
    marks = [frame.trigger for frame in example.frames]
    marks += [(filler.start, filler.end) for frame in example.frames for filler in frame.fillers]
    marks += [(filler.start, filler.end) for filler in example.scene]
    for saying in example.sayings:
        marks += [mark for mark in (saying.cue, saying.source, saying.content) if mark is not None]
    for start, end in marks:
        if not 0 <= start < end <= len(example.text):
            faults.append(f"{example.id}: a mark lies outside the text: {start}..{end}")
        elif example.text[start:end] != example.text[start:end].strip():
            faults.append(f"{example.id}: a mark begins or ends with white space: {start}..{end}")
    for frame in example.frames:
        for axis, value in frame.status.items():
            if value not in AXES.get(axis, ()):
                faults.append(f"{example.id}: no such status: {axis} {value}")
    return faults
