"""How well event frames are found: triggers, types, roles, status and the chain of sources.

A found trigger is paired with at most one gold trigger, which it must overlap; where there is a choice, first
those of the same type, then the greater overlap. *Trigger and type* also wants the same type. A role's span is
right when it has the same words as one of the gold frame's spans of that role, leading determiners aside.
*Roles* count end to end: a span under a trigger that was not paired is wrong, whatever it says.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from dateline.evaluate.readings import Reading
from dateline.evaluate.spans import bare, overlap, pair, shared
from dateline.evaluate.suite import Score, Tally, classes, mean, together
from dateline.train.examples import AXES, DEFAULT_STATUS, ROLES, Bounds, Frame

ROLE_TABLES = {"exact": "roles", "found": "roles of found triggers", "overlap": "roles, overlapping"}
TYPED, TRIGGER, STRICT = "trigger and type", "trigger", "trigger and type, same bounds"
ROLE, ROLE_FOUND, ROLE_OVERLAP = "roles", "roles of found triggers", "roles, overlapping"
CHAIN, CHAIN_OVERLAP, CHAIN_TOLD = (
    "chain of sources", "chain of sources, overlapping", "chain of sources, where one is told",
)  # fmt: skip
STATUS_MEAN = "status, mean of the axes"


class FrameCounts(msgspec.Struct):
    """What is counted over many texts."""

    tally: Tally = msgspec.field(default_factory=Tally)
    types: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    status: dict[str, Counter[tuple[str, str]]] = msgspec.field(
        default_factory=lambda: {axis: Counter() for axis in AXES}
    )
    chains: Counter[str] = msgspec.field(default_factory=Counter)


def matched(text: str, gold: Iterable[Frame], found: Iterable[Frame]) -> tuple[tuple[int, int], ...]:
    """Pair gold frames with found ones by their triggers; see the module."""

    def fit(one: Frame, other: Frame) -> float:
        if not overlap(one.trigger, other.trigger):
            return 0.0
        same = one.type is not None and one.type == other.type
        return 2 * same + (shared(text, one.trigger, other.trigger) or 0.01)

    return pair(tuple(gold), tuple(found), fit)


def count_frames(
    counts: FrameCounts, text: str, gold: Reading, found: Reading, *, slices: tuple[str, ...] = ()
) -> None:
    """Add the frames of one text; `slices` are tables in which its triggers and roles are counted too."""
    pairs = matched(text, gold.frames, found.frames)
    _count_triggers(counts, text, (gold, found), pairs)
    partner = {there: here for here, there in pairs}
    _count_roles(counts.tally, text, (gold, found), partner)
    for here, there in pairs:
        _count_status(counts, gold.frames[here], found.frames[there])
        _count_chain(counts, text, gold.chains[here], found.chains[there])
    for table in slices:
        _count_slice(counts.tally, text, (gold, found), pairs, table)


def typed(gold: Reading, found: Reading, pairs: tuple[tuple[int, int], ...]) -> int:
    """Return how many of the pairs have the same type."""
    return sum(gold.frames[here].type == found.frames[there].type for here, there in pairs)


def _count_triggers(
    counts: FrameCounts, text: str, readings: tuple[Reading, Reading], pairs: tuple[tuple[int, int], ...]
) -> None:
    gold, found = readings
    predicted, wanted = len(found.frames), len(gold.frames)
    counts.tally.add(TYPED, correct=typed(gold, found, pairs), predicted=predicted, gold=wanted)
    counts.tally.add(TRIGGER, correct=len(pairs), predicted=predicted, gold=wanted)
    same = sum(
        gold.frames[here].type == found.frames[there].type
        and bare(text, gold.frames[here].trigger) == bare(text, found.frames[there].trigger)
        for here, there in pairs
    )
    counts.tally.add(STRICT, correct=same, predicted=predicted, gold=wanted)
    for here, there in pairs:
        counts.types[str(gold.frames[here].type), str(found.frames[there].type)] += 1
    paired = {here for here, _ in pairs}, {there for _, there in pairs}
    counts.types.update((str(f.type), "") for i, f in enumerate(gold.frames) if i not in paired[0])
    counts.types.update(("", str(f.type)) for i, f in enumerate(found.frames) if i not in paired[1])


def role_spans(text: str, frame: Frame, role: str) -> list[Bounds]:
    """Return the bare spans of `role`, without repeats."""
    return sorted({bare(text, (each.start, each.end)) for each in frame.fillers if each.role == role})


def _count_roles(tally: Tally, text: str, readings: tuple[Reading, Reading], partner: dict[int, int]) -> None:
    gold, found = readings
    for role in ROLES:
        told = [role_spans(text, frame, role) for frame in gold.frames]
        given = [role_spans(text, frame, role) for frame in found.frames]
        exact = sum(len(set(given[there]) & set(told[here])) for there, here in partner.items())
        near = sum(
            len(pair(told[here], given[there], lambda a, b: shared(text, a, b)))
            for there, here in partner.items()
        )
        predicted, wanted = sum(map(len, given)), sum(map(len, told))
        tally.add(role, correct=exact, predicted=predicted, gold=wanted, table=ROLE_TABLES["exact"])
        tally.add(role, correct=near, predicted=predicted, gold=wanted, table=ROLE_TABLES["overlap"])
        tally.add(
            role,
            correct=exact,
            predicted=sum(len(given[there]) for there in partner),
            gold=sum(len(told[here]) for here in partner.values()),
            table=ROLE_TABLES["found"],
        )


def _count_status(counts: FrameCounts, gold: Frame, found: Frame) -> None:
    for axis, default in DEFAULT_STATUS.items():
        if axis in gold.status:
            counts.status[axis][gold.status[axis], found.status.get(axis, default)] += 1


def _count_chain(counts: FrameCounts, text: str, gold: tuple[Bounds, ...], found: tuple[Bounds, ...]) -> None:
    exact = [bare(text, each) for each in gold] == [bare(text, each) for each in found]
    near = len(gold) == len(found) and all(overlap(a, b) for a, b in zip(gold, found, strict=True))
    counts.chains["all"] += 1
    counts.chains["exact"] += exact
    counts.chains["near"] += near
    counts.chains["told"] += bool(gold)
    counts.chains["told exact"] += bool(gold) and exact


def _count_slice(
    tally: Tally,
    text: str,
    readings: tuple[Reading, Reading],
    pairs: tuple[tuple[int, int], ...],
    table: str,
) -> None:
    gold, found = readings
    name = table.partition(": ")[2]
    tally.add(
        name,
        correct=typed(gold, found, pairs),
        predicted=len(found.frames),
        gold=len(gold.frames),
        table="trigger and type by " + table.partition(": ")[0],
    )
    told = [{(r, s) for r in ROLES for s in role_spans(text, frame, r)} for frame in gold.frames]
    given = [{(r, s) for r in ROLES for s in role_spans(text, frame, r)} for frame in found.frames]
    tally.add(
        name,
        correct=sum(len(told[here] & given[there]) for here, there in pairs),
        predicted=sum(map(len, given)),
        gold=sum(map(len, told)),
        table="roles by " + table.partition(": ")[0],
    )


def macro(label: str, pairs: Counter[tuple[str, str]], table: str = "") -> Score:
    """Return the mean F1 over the values that occur in the gold answer."""
    return mean(label, [score.f1 for score in classes(pairs) if score.gold], table)


def frame_scores(counts: FrameCounts) -> tuple[Score, ...]:
    """Return the main figures and the detailed tables of what was counted."""
    tables = {name: counts.tally.scores(table) for name, table in ROLE_TABLES.items()}
    scores = list(counts.tally.scores())
    scores.append(together(ROLE, tables["exact"]))
    scores.append(together(ROLE_FOUND, tables["found"]))
    scores.append(together(ROLE_OVERLAP, tables["overlap"]))
    axes = [macro(f"status: {axis}", pairs) for axis, pairs in counts.status.items()]
    scores.extend(axes)
    scores.append(mean(STATUS_MEAN, [score.value for score in axes if score.gold]))
    chains = counts.chains
    scores.append(Score(label=CHAIN, correct=chains["exact"], gold=chains["all"], kind="share"))
    scores.append(Score(label=CHAIN_OVERLAP, correct=chains["near"], gold=chains["all"], kind="share"))
    scores.append(Score(label=CHAIN_TOLD, correct=chains["told exact"], gold=chains["told"], kind="share"))
    for table in tables.values():
        scores.extend(table)
    scores.extend(classes(counts.types, table="trigger and type by type"))
    for axis, pairs in counts.status.items():
        scores.extend(classes(pairs, table=f"status: {axis}"))
    return tuple(scores)
