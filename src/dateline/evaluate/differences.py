"""Where two readings of a text differ, in words: what an error sample shows."""

from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

from dateline.evaluate.frames import matched, role_spans
from dateline.evaluate.readings import Reading
from dateline.evaluate.spans import SHARED, pair, shared
from dateline.train.examples import DEFAULT_STATUS, ROLES, Bounds, Example, Frame

Kind = Literal["missed", "false", "type", "role", "status", "said"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference at `start` of the passage's text, with its sentence, the words in question in brackets."""

    passage: str
    start: int
    kind: Kind
    what: str
    sentence: str


def differences(example: Example, gold: Reading, found: Reading) -> tuple[Difference, ...]:
    """Return how `found` differs from `gold`, in text order; kinds of one place in the order of KINDS."""
    listed = [*_of_frames(example, gold, found), *_of_sayings(example, gold, found)]
    return tuple(sorted(listed, key=lambda each: (each.start, KINDS.index(each.kind), each.what)))


def _of_frames(example: Example, gold: Reading, found: Reading) -> Iterator[Difference]:
    pairs = matched(example.text, gold.frames, found.frames)
    here, there = {i for i, _ in pairs}, {j for _, j in pairs}
    for number, frame in enumerate(gold.frames):
        if number not in here:
            yield _difference(example, frame.trigger, "missed", f"{frame.type}{_departures(frame)}")
    for number, frame in enumerate(found.frames):
        if number not in there:
            yield _difference(example, frame.trigger, "false", f"{frame.type}{_departures(frame)}")
    for i, j in pairs:
        yield from _of_pair(example, gold.frames[i], found.frames[j])


def _of_pair(example: Example, gold: Frame, found: Frame) -> Iterator[Difference]:
    if gold.type != found.type:
        yield _difference(example, gold.trigger, "type", f"{gold.type}, not {found.type}")
    for role in ROLES:
        told, given = (role_spans(example.text, frame, role) for frame in (gold, found))
        if told != given:
            what = f"{role} is {_quoted(example, told)}, not {_quoted(example, given)}"
            yield _difference(example, gold.trigger, "role", what)
    for axis, default in DEFAULT_STATUS.items():
        wanted, read = gold.status.get(axis), found.status.get(axis, default)
        if wanted is not None and wanted != read:
            yield _difference(example, gold.trigger, "status", f"{axis} is {wanted}, not {read}")


def _of_sayings(example: Example, gold: Reading, found: Reading) -> Iterator[Difference]:
    if gold.sayings is None or found.sayings is None:
        return
    text = example.text
    pairs = pair(gold.sayings, found.sayings, lambda a, b: shared(text, a.cue, b.cue))
    here, there = {i for i, _ in pairs}, {j for _, j in pairs}
    for number, saying in enumerate(gold.sayings):
        if number not in here:
            yield _difference(example, saying.cue, "said", "missed cue")
    for number, saying in enumerate(found.sayings):
        if number not in there:
            yield _difference(example, saying.cue, "said", "false cue")
    for i, j in pairs:
        for part in ("source", "content"):
            told, given = getattr(gold.sayings[i], part), getattr(found.sayings[j], part)
            same = told == given if told is None or given is None else shared(text, told, given) >= SHARED
            if not same:
                one, other = (_quoted(example, [each] if each else []) for each in (told, given))
                yield _difference(example, gold.sayings[i].cue, "said", f"{part} is {one}, not {other}")


def _departures(frame: Frame) -> str:
    words = [value for axis, value in frame.status.items() if value != DEFAULT_STATUS[axis]]
    return f" ({', '.join(words)})" if words else ""


def _quoted(example: Example, spans: list[Bounds]) -> str:
    return " + ".join(f"“{example.text[start:end]}”" for start, end in spans) or "nothing"


def _difference(example: Example, at: Bounds, kind: Kind, what: str) -> Difference:
    start, end = at
    low, high = next(
        (bounds for bounds in example.sentences if bounds[0] <= start < bounds[1]), (0, len(example.text))
    )
    text = example.text
    sentence = f"{text[low:start]}[{text[start:end]}]{text[end : max(end, high)]}"
    return Difference(
        passage=example.id, start=start, kind=kind, what=what, sentence=" ".join(sentence.split())
    )
