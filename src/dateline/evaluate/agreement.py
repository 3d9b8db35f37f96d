"""How well two readers of the corpus agree: the bound of what a figure on it can mean.

The second reading is made without sight of the first. It is compared as a coder would be, with the same rules
(`frames`, `sayings`), so that a coder's F1 may be read beside the readers'. Labels on triggers that both marked
are compared by Cohen's kappa (Cohen 1960): agreement beyond what two readers would have by chance who each use
the labels as often as they do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dateline.errors import DataError
from dateline.evaluate.frames import (
    CHAIN,
    ROLE,
    ROLE_FOUND,
    ROLE_OVERLAP,
    STRICT,
    TRIGGER,
    TYPED,
    FrameCounts,
    count_frames,
    frame_scores,
)
from dateline.evaluate.readings import marked_in
from dateline.evaluate.sayings import EXACT, PARTS, count_sayings
from dateline.evaluate.suite import Score, Tally
from dateline.train.corpus import QuoteReader
from dateline.train.examples import AXES, Example

_KEYS = {"id", "text", "frames", "said", "nothing", "conflict", "region", "style", "title", "dateline"}


class Kappa(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on a label: the share of `pairs` on which it is the same, and kappa.

    Kappa is None where chance alone makes both readers agree always (only one label was ever used).
    """

    label: str
    kappa: float | None
    observed: float
    pairs: int


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How two readings agree: `scores` take the first as gold; `kappas` are of type and status."""

    passages: int
    sentences: int
    scores: tuple[Score, ...]
    kappas: tuple[Kappa, ...]


def read_second(paths: Iterable[Path], first: Mapping[str, Example]) -> tuple[Example, ...]:
    """Compile second readings; a passage without `text` has that of the first reading.

    Raises DataError with every fault: strings that are not found, ids that the first reading has not, a text
    that is another one.
    """
    faults: list[str] = []
    found: dict[str, Example] = {}
    for path in sorted(paths):
        try:
            items = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            faults.append(f"{path.name}: not YAML: {' '.join(str(error).split())}")
            continue
        for item in items or ():
            own: list[str] = []
            example = _compile(item, first, own)
            faults += [f"{path.name}: {fault}" for fault in own]
            if example is not None and found.setdefault(example.id, example) is not example:
                faults.append(f"{path.name}: {example.id}: this passage is read twice")
    if faults:
        raise DataError("\n".join(faults))
    return tuple(found[name] for name in sorted(found))


def _compile(item: Any, first: Mapping[str, Example], faults: list[str]) -> Example | None:
    name = str(item.get("id")) if isinstance(item, dict) else ""
    if name not in first:
        faults.append(f"{str(item)[:60]}: the first reading has no passage of this id")
        return None
    faults += [f"{name}: unknown key {key}" for key in sorted(item.keys() - _KEYS)]
    known = first[name]
    if "text" in item and " ".join(str(item["text"]).split()) != " ".join(known.text.split()):
        faults.append(f"{name}: its text is not that of the first reading")
        return None
    reader = QuoteReader(known.text, known.sentences, name, faults)
    frames = [frame for entry in item.get("frames") or () if (frame := reader.frame(entry)) is not None]
    sayings = [saying for entry in item.get("said") or () if (saying := reader.saying(entry)) is not None]
    return msgspec.structs.replace(
        known,
        frames=tuple(sorted(frames, key=lambda frame: frame.trigger)),
        sayings=tuple(sorted(sayings, key=lambda saying: saying.cue)),
    )


def agreement(first: Mapping[str, Example], second: Sequence[Example]) -> Agreement:
    """Compare the second readings with the first of the same passages."""
    counts, sayings = FrameCounts(), Tally()
    for other in second:
        one = first[other.id]
        count_frames(counts, one.text, marked_in(one), marked_in(other))
        count_sayings(sayings, one.text, one.sayings, other.sayings)
    kinds = Counter({pair: count for pair, count in counts.types.items() if all(pair)})
    kappas = [kappa("type", kinds)]
    kappas += [kappa(f"status: {axis}", counts.status[axis]) for axis in AXES]
    return Agreement(
        passages=len(second),
        sentences=sum(len(each.sentences) for each in second),
        scores=(*frame_scores(counts), *sayings.scores(), *sayings.scores(EXACT)),
        kappas=tuple(kappas),
    )


def kappa(label: str, pairs: Mapping[tuple[str, str], int]) -> Kappa:
    """Return Cohen's kappa from the counts of (label of the one, label of the other)."""
    total = sum(pairs.values())
    if not total:
        return Kappa(label=label, kappa=None, observed=0.0, pairs=0)
    one: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for (left, right), count in pairs.items():
        one[left] += count
        other[right] += count
    observed = sum(count for (left, right), count in pairs.items() if left == right) / total
    chance = sum(one[name] * other[name] for name in one) / total**2
    value = None if chance == 1 else (observed - chance) / (1 - chance)
    return Kappa(label=label, kappa=value, observed=observed, pairs=total)


def as_markdown(found: Agreement) -> str:
    """Return the table for docs/reference/annotation.md."""
    by = {(score.table, score.label): score for score in found.scores}
    lines = [
        f"{found.passages} passages ({found.sentences} sentences) were read a second time.",
        "",
        "| what | F1 | first | second | both |",
        "|---|---|---|---|---|",
    ]
    rows = [("", label) for label in (TRIGGER, TYPED, STRICT, ROLE, ROLE_FOUND, ROLE_OVERLAP, *PARTS)]
    rows += [(EXACT, label) for label in PARTS]
    for table, label in rows:
        score = by.get((table, label))
        if score is not None and (score.gold or score.predicted):
            name = f"{label}, exact" if table else label
            counts = f"{score.gold:g} | {score.predicted:g} | {score.correct:g}"
            lines.append(f"| {name} | {score.f1:.3f} | {counts} |")
    lines += ["", "| label of triggers that both marked | kappa | same | pairs |", "|---|---|---|---|"]
    for each in found.kappas:
        value = "–" if each.kappa is None else f"{each.kappa:.3f}"
        lines.append(f"| {each.label} | {value} | {each.observed:.3f} | {each.pairs} |")
    chain = by["", CHAIN]
    lines.append(f"| {CHAIN} | – | {chain.value:.3f} | {chain.gold:g} |")
    return "\n".join(lines)
