"""Targets: an example's marks, laid on the words of its windows; what is not told is masked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from dateline.code.windows import Bounds, Window, WindowMaker
from dateline.train.examples import AXES, Example, Filler
from dateline.train.network import SLOTS, STATUS_VALUES

# Mask value of a class target.
UNTOLD = -100
_SLOT = {name: number for number, name in enumerate(SLOTS)}
_STATUS = {pair: number for number, pair in enumerate(STATUS_VALUES)}
_AXIS_START = {axis: _STATUS[axis, values[0]] for axis, values in AXES.items()}


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One question to a window: the fillers of a trigger, of a cue or of the scene.

    `word` is the first word of the trigger or cue (None for the scene). `runs` are (slot, first, end word).
    `told` are the slots whose fillers are all marked; of others only the marks and their edges teach. `status`
    gives the index of the value for each axis, or UNTOLD. `type` is the index of the event type plus one, or 0.
    """

    kind: int
    word: int | None
    type: int = 0
    runs: tuple[tuple[int, int, int], ...] = ()
    told: tuple[int, ...] = ()
    status: tuple[int, ...] = (UNTOLD,) * len(AXES)


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A window with its targets.

    `types` holds for each word the index of its type plus one, 0 for none, or UNTOLD; `goes_on` whether the
    word continues the trigger before it, or UNTOLD; `cues`: 0 none, 1 begins, 2 goes on, or UNTOLD. `kinds`:
    for each entry, one of these types (plus one) stands somewhere in the window.
    """

    source: str
    window: Window
    types: tuple[int, ...]
    goes_on: tuple[int, ...]
    cues: tuple[int, ...]
    queries: tuple[Query, ...]
    kinds: tuple[tuple[int, ...], ...]


def lessons_of(example: Example, maker: WindowMaker, types: Sequence[str]) -> list[Lesson]:
    """Cut an example into windows and lay its marks on them.

    A filler in another window than its trigger is left out: the model could not find it either.
    """
    windows = maker.windows(example.text, example.sentences, title=example.title, dateline=example.dateline)
    index = {name: number + 1 for number, name in enumerate(types)}
    whole = len(windows) == 1
    return [_lesson(example, window, index, whole=whole) for window in windows]


def _lesson(example: Example, window: Window, index: dict[str, int], *, whole: bool) -> Lesson:
    place = _Places(window.bounds)
    size = len(window.bounds)
    blank = 0 if "triggers" in example.complete else UNTOLD
    kinds, goes_on = [blank] * size, [UNTOLD] * size
    cues = [0 if "sayings" in example.complete else UNTOLD] * size
    queries: list[Query] = []
    for frame in example.frames:
        run = place.run(frame.trigger)
        if run is None:
            continue
        roles = {filler.role for filler in frame.fillers} if "fillers" in example.complete else set()
        told = tuple(_SLOT[role] for role in sorted(example.roles | roles))
        number = index.get(frame.type or "", 0)
        for word in range(*run):
            kinds[word] = number or UNTOLD
            goes_on[word] = (1 if word > run[0] else 0) if number else UNTOLD
        runs = _runs(frame.fillers, place)
        queries.append(
            Query(kind=0, word=run[0], type=number, runs=runs, told=told, status=_status(frame.status))
        )
    for saying in example.sayings:
        run = place.run(saying.cue)
        if run is None:
            continue
        for word in range(*run):
            cues[word] = 2 if word > run[0] else 1
        parts = [("source", saying.source), ("content", saying.content)]
        found = tuple((_SLOT[name], *got) for name, part in parts if part and (got := place.run(part)))
        filled = {slot for slot, _, _ in found} if "fillers" in example.complete else set()
        full = {_SLOT["source"], _SLOT["content"]} if "sayings" in example.complete else set()
        queries.append(Query(kind=1, word=run[0], runs=found, told=tuple(sorted(full | filled))))
    if example.scene or example.scene_roles:
        runs = _runs(example.scene, place)
        told = tuple(_SLOT[role] for role in sorted(example.scene_roles))
        queries.append(Query(kind=2, word=None, runs=runs, told=told))
    alternatives = (
        tuple(tuple(sorted(index[name] for name in entry)) for entry in example.kinds) if whole else ()
    )
    return Lesson(
        source=example.source,
        window=window,
        types=tuple(kinds),
        goes_on=tuple(goes_on),
        cues=tuple(cues),
        queries=tuple(queries),
        kinds=alternatives,
    )


def _runs(fillers: Iterable[Filler], place: "_Places") -> tuple[tuple[int, int, int], ...]:
    found = ((filler, place.run((filler.start, filler.end))) for filler in fillers)
    return tuple((_SLOT[filler.role], *run) for filler, run in found if run is not None)


def _status(known: dict[str, str]) -> tuple[int, ...]:
    return tuple(_STATUS[axis, known[axis]] - _AXIS_START[axis] if axis in known else UNTOLD for axis in AXES)


class _Places:
    """Finds the words that a stretch of text covers."""

    def __init__(self, bounds: Sequence[Bounds]) -> None:
        self._bounds = bounds

    def run(self, mark: Bounds) -> tuple[int, int] | None:
        """Return the half-open run of words that overlap `mark`, or None when it lies outside the window."""
        first = bisect_right(self._bounds, mark[0], key=lambda b: b[1])
        end = bisect_left(self._bounds, mark[1], key=lambda b: b[0])
        return (first, end) if first < end else None
