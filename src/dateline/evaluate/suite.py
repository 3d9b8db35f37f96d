"""The nouns of measuring: a Suite is run on a coder and gives a SuiteResult, a list of Scores.

A new suite is a module with `run(coder, task) -> SuiteResult`, listed in `dateline.evaluate.registry`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from dateline.code.base import Coder

# What the one figure of a score is: F1 of correct, predicted and gold; correct of gold, as a share; the mean of
# `gold` values whose sum is `correct` (a macro average); or `correct` per 100 of `gold`, where less is better.
ScoreKind = Literal["f1", "share", "mean", "rate"]
# "held" is a part of the incidents alone, written blind to the code and left for final figures.
Part = Literal["train", "dev", "test", "held"]
Progress = Callable[[int, int], None]  # done, of


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a suite's table.

    `correct`, `predicted` and `gold` are counts; scorers that give half a point for a partial match make
    `correct` fractional. `predicted` means something for the kind "f1" only. `table` names the detailed
    table that the line belongs to (shown on request); "" is the suite's main table.
    """

    label: str
    correct: float
    gold: float
    predicted: float = 0
    kind: ScoreKind = "f1"
    table: str = ""

    @property
    def precision(self) -> float:
        """Correct of predicted, 0..1; 0 where nothing was predicted."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Correct of gold, 0..1; 0 where there is no gold."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0..1."""
        both = self.predicted + self.gold
        return 2 * self.correct / both if both else 0.0

    @property
    def value(self) -> float:
        """The figure that the score stands for: 0..1, or for "rate" a number per hundred."""
        if self.kind == "f1":
            return self.f1
        return 100 * self.recall if self.kind == "rate" else self.recall

    @property
    def better_low(self) -> bool:
        """Whether a lower figure is the better one."""
        return self.kind == "rate"


class SuiteResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a suite measured of a coder; `headline` is the label of the score that stands for the whole.

    A coder that does not offer what the suite measures has no scores, and a note that says so.
    """

    suite: str
    coder: str
    scores: tuple[Score, ...]
    headline: str
    notes: tuple[str, ...] = ()

    def score(self, label: str, table: str = "") -> Score:
        """Return the score called `label`; raises KeyError."""
        for score in self.scores:
            if (score.label, score.table) == (label, table):
                return score
        raise KeyError(label)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Where a suite finds its texts and which part of them it is run on.

    `data` is the folder with the public corpora, `corpus` the one with our own (`passages/`, `standoff/`).
    Suites without a division of their own ignore `part`.
    """

    data: Path
    corpus: Path
    part: Part = "test"
    progress: Progress = lambda done, of: None  # noqa: ARG005 - nobody is watching


class Suite(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement: `needs` are folders below the data folder, `own` one below the folder of our corpus.

    `measures` says in one line what the figures mean, `citation` where the texts and the metric come from.
    `parts` are those of our own corpus that it can be run on.
    """

    name: str
    run: Callable[[Coder, Task], SuiteResult]
    needs: tuple[str, ...]
    measures: str
    citation: str
    own: str | None = None
    parts: tuple[Part, ...] = ("dev", "test")


class Tally:
    """Counts correct, predicted and gold under labels, in the order in which the labels were first met."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], list[float]] = {}

    def add(
        self, label: str, *, correct: float = 0, predicted: float = 0, gold: float = 0, table: str = ""
    ) -> None:
        """Add to the counts of `label`; without counts it only takes its place in the table."""
        counts = self._counts.setdefault((table, label), [0, 0, 0])
        for place, number in enumerate((correct, predicted, gold)):
            counts[place] += number

    def scores(self, table: str = "", kind: ScoreKind = "f1") -> tuple[Score, ...]:
        """Return the scores of one table."""
        return tuple(
            Score(label=label, correct=counts[0], predicted=counts[1], gold=counts[2], kind=kind, table=table)
            for (own, label), counts in self._counts.items()
            if own == table
        )


def together(label: str, scores: Iterable[Score], table: str = "") -> Score:
    """Return the micro average: the counts of all `scores` in one."""
    listed = tuple(scores)
    return Score(
        label=label,
        correct=sum(score.correct for score in listed),
        predicted=sum(score.predicted for score in listed),
        gold=sum(score.gold for score in listed),
        table=table,
    )


def mean(label: str, values: Iterable[float], table: str = "") -> Score:
    """Return the macro average of `values`."""
    listed = tuple(values)
    return Score(label=label, correct=sum(listed), gold=len(listed), kind="mean", table=table)


def classes(pairs: Mapping[tuple[str, str], int], table: str = "") -> tuple[Score, ...]:
    """Return one score per class from the counts of (gold class, predicted class), by the class's name.

    "" is no class: what has no gold answer, or got none.
    """
    names = sorted({name for pair in pairs for name in pair if name})
    return tuple(
        Score(
            label=name,
            correct=pairs.get((name, name), 0),
            predicted=sum(count for (_, told), count in pairs.items() if told == name),
            gold=sum(count for (gold, _), count in pairs.items() if gold == name),
            table=table,
        )
        for name in names
    )
