"""Floors: what a coder must reach on a suite. They are raised when it gets better, and never lowered.

A file of floors is YAML: suite → label of a score → coder → least value (for scores where less is better, the
greatest). Lowering one is done by hand, in a change that says why.
"""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dateline.errors import DataError
from dateline.evaluate.suite import Score, SuiteResult

Floors = dict[str, dict[str, dict[str, float]]]
# A floor lies on a multiple of this, and at least as much below what was measured: models that run on different
# processors differ in the last digits. Rates are per hundred.
STEP = 0.005
RATE_STEP = 100 * STEP

HEAD = """# What a coder must reach on the test part: suite, score, coder, least value (rates: the greatest).
# `dateline eval --floors` and the tests hold it, `python scripts/floors.py` raises it. It is lowered by hand
# only, in a change that says why.
"""


class Shortfall(msgspec.Struct, frozen=True):
    """A score that does not reach its floor; `value` is None where the suite has no such score."""

    suite: str
    label: str
    coder: str
    value: float | None
    floor: float


def load_floors(path: Path) -> Floors:
    """Read a file of floors; raises DataError where it is not one."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Floors)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); --floors wants a YAML file") from error
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise DataError(f"{path}: not suite → score → coder → number: {error}") from error


def shortfalls(floors: Floors, results: Iterable[SuiteResult]) -> tuple[Shortfall, ...]:
    """Return the floors that `results` do not reach; suites and coders that were not run are not asked."""
    found: list[Shortfall] = []
    for result in results:
        for label, coders in floors.get(result.suite, {}).items():
            if result.coder not in coders:
                continue
            score = _main(result).get(label)
            floor = coders[result.coder]
            if score is None or _below(score, floor):
                value = None if score is None else score.value
                found.append(Shortfall(result.suite, label, result.coder, value, floor))
    return tuple(found)


def raised(floors: Floors, results: Iterable[SuiteResult], *, add: bool = False) -> Floors:
    """Return `floors` with those raised that `results` exceed; with `add`, with all main scores in it."""
    new = {suite: {label: dict(coders) for label, coders in labels.items()} for suite, labels in floors.items()}
    for result in results:
        for label, score in _main(result).items():
            if not add and result.coder not in new.get(result.suite, {}).get(label, {}):
                continue
            coders = new.setdefault(result.suite, {}).setdefault(label, {})
            reached = _floor_of(score)
            better = min if score.better_low else max
            coders[result.coder] = better(coders.get(result.coder, reached), reached)
    return new


def write_floors(path: Path, floors: Floors) -> None:
    """Write `floors` to `path`, in the order that they have."""
    path.write_bytes(HEAD.encode() + msgspec.yaml.encode(floors))


def _main(result: SuiteResult) -> Mapping[str, Score]:
    return {score.label: score for score in result.scores if not score.table}


def _below(score: Score, floor: float) -> bool:
    return score.value > floor if score.better_low else score.value < floor


def _floor_of(score: Score) -> float:
    if score.better_low:
        return round((math.floor(score.value / RATE_STEP) + 2) * RATE_STEP, 3)
    return max(0.0, round((math.ceil(score.value / STEP) - 2) * STEP, 3))
