"""What linking knows beyond the types: the weights of its features and the words that it looks for.

Both are data under `data/link/`: `weights.yaml`, written by `scripts/fit_pairs.py`, and `words.yaml`.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError

# What "?" and "*" stand for in a wording.
_NUMBER = r"(?:\d+|a few|several|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WORD = r"[\w'’-]+"


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a feature adds to the sum at its values 1 (`agree`) and -1 (`differ`, taken off); never negative."""

    agree: float = 0.0
    differ: float = 0.0


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fitted model: what two reports start with, what joins them, and the weight of each feature.

    `join` is the least score (0..1) at which a pair joins two groups.
    """

    bias: float
    join: float
    features: dict[str, Weight]


class Wordings(msgspec.Struct, frozen=True):
    """Patterns of the wordings that tell how a sentence stands to a happening; no wording, no match."""

    summary: re.Pattern[str]
    anniversary: re.Pattern[str]
    follow_up: re.Pattern[str]
    died_later: re.Pattern[str]
    another: re.Pattern[str]
    consequence: re.Pattern[str]
    definite: re.Pattern[str]
    foiled: re.Pattern[str]
    unfulfilled: re.Pattern[str]
    not_so_far: re.Pattern[str]
    called_off: re.Pattern[str]
    warned_before: re.Pattern[str]


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    summary: tuple[str, ...]
    anniversary: tuple[str, ...]
    follow_up: tuple[str, ...]
    died_later: tuple[str, ...]
    another: tuple[str, ...]
    consequence: tuple[str, ...]
    definite: tuple[str, ...]
    foiled: tuple[str, ...]
    unfulfilled: tuple[str, ...]
    not_so_far: tuple[str, ...]
    called_off: tuple[str, ...]
    warned_before: tuple[str, ...]


@cache
def load_weights() -> Weights:
    """Return the package's weights; raises DataError that lists their faults."""
    return read_weights(DATA / "link" / "weights.yaml")


@cache
def load_wordings() -> Wordings:
    """Return the package's wordings; raises DataError that lists their faults."""
    return read_wordings(DATA / "link" / "words.yaml")


def read_weights(path: Path) -> Weights:
    """Read weights from `path`; raises DataError that lists their faults."""
    weights: Weights = _read(path, Weights)
    faults = [
        f"{name}: {part} is {value}; write a number of 0 or more"
        for name, weight in weights.features.items()
        for part, value in (("agree", weight.agree), ("differ", weight.differ))
        if not value >= 0
    ]
    if not 0 < weights.join < 1:
        faults.append(f"join is {weights.join}; write a number between 0 and 1")
    if faults:
        raise DataError(f"{path.name} breaks its rules: " + "; ".join(sorted(faults)))
    return weights


def read_wordings(path: Path) -> Wordings:
    """Read wordings from `path`; raises DataError that lists their faults."""
    lists = _read(path, _Lists)
    named: dict[str, tuple[str, ...]] = msgspec.structs.asdict(lists)
    faults = [f"{name}: is empty" for name, wordings in named.items() if not wordings]
    faults += [
        f"{name}: {wording!r} is listed twice or not in lower case"
        for name, wordings in named.items()
        for wording in wordings
        if wordings.count(wording) > 1 or wording != wording.strip().lower() or not wording
    ]
    if faults:
        raise DataError(f"{path.name} breaks its rules: " + "; ".join(sorted(set(faults))))
    return Wordings(**{name: _pattern(wordings) for name, wordings in named.items()})


def _pattern(wordings: tuple[str, ...]) -> re.Pattern[str]:
    forms = (r"\s+".join(_part(word) for word in wording.split()) for wording in wordings)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


def _part(word: str) -> str:
    return {"?": _NUMBER, "*": _WORD}.get(word) or re.escape(word).replace("'", "['’]")


def _read(path: Path, kind: Any) -> Any:
    try:
        content: Mapping[str, object] = yaml.safe_load(path.read_bytes())
        return msgspec.convert(content, type=kind)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        detail = " ".join(str(error).split())
        raise DataError(f"{path.name} cannot be read ({detail}); repair the file or reinstall") from error
