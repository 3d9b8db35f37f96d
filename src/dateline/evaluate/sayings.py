"""How well attributions are found: cue, source and content, in part, exactly, and as a whole.

Spans are paired one to one within a text. *In part* (the main figures): the two share at least half of the
words of each (`spans.SHARED`). *Exact*: the same words, leading determiners and marks at the ends aside. *Any
overlap*: one character is enough, the laxest of the measures in use for quotation detection, for comparison.
*Whole*: cue and all that is marked of source and content match in part, for the same attribution.
"""

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from dateline.evaluate.spans import SHARED, bare, overlap, pair, shared
from dateline.evaluate.suite import Tally
from dateline.train.examples import Bounds, Saying

SayingPart = Literal["cue", "source", "content"]
PARTS: tuple[SayingPart, ...] = get_args(SayingPart)
EXACT, ANY = "attribution, exact", "attribution, any overlap"

_Fit = Callable[[Bounds, Bounds], float]


def count_sayings(tally: Tally, text: str, gold: Sequence[Saying], found: Sequence[Saying]) -> None:
    """Add the attributions of one text to `tally`."""

    def in_part(one: Bounds, other: Bounds) -> float:
        value = shared(text, one, other)
        return value if value >= SHARED else 0.0

    def exact(one: Bounds, other: Bounds) -> float:
        return float(bare(text, one) == bare(text, other))

    for table, fit in (("", in_part), (EXACT, exact), (ANY, lambda a, b: shared(text, a, b) or overlap(a, b))):
        for part in PARTS:
            _count_part(tally, part, table, fit, (gold, found))
        if table != ANY:
            _count_whole(tally, table, fit, (gold, found))


def _count_part(
    tally: Tally, part: SayingPart, table: str, fit: _Fit, both: tuple[Sequence[Saying], Sequence[Saying]]
) -> None:
    gold, found = (
        sorted(bounds for saying in sayings if (bounds := getattr(saying, part)) is not None)
        for sayings in both
    )
    correct = len(pair(gold, found, fit))
    tally.add(part, correct=correct, predicted=len(found), gold=len(gold), table=table)


def _count_whole(tally: Tally, table: str, fit: _Fit, both: tuple[Sequence[Saying], Sequence[Saying]]) -> None:
    gold, found = both

    def whole(one: Saying, other: Saying) -> float:
        values = [_both(fit, getattr(one, part), getattr(other, part)) for part in PARTS]
        return sum(values) if all(values) else 0.0

    correct = len(pair(gold, found, whole))
    tally.add("whole attribution", correct=correct, predicted=len(found), gold=len(gold), table=table)


def _both(fit: _Fit, one: Bounds | None, other: Bounds | None) -> float:
    if one is None or other is None:
        return float(one is other)
    return fit(one, other)
