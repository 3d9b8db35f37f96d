"""What was expected and did not come: "the attacks that were expected for October did not come"."""

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

import msgspec

from dateline.code.cues import load_cues
from dateline.model.values import Reality, Status, make_status
from dateline.ontology.pairing import load_wordings

_CLAUSES = re.compile(r"[;:]|(?<!\w)but(?!\w)")
_FACTS = frozenset({"occurred", "ongoing", "attempted"})


def as_expected(status: Status, sentence: str, at: int) -> Status:
    """Return the status of a trigger at `at` in `sentence`, where its clause says that it was awaited in vain.

    It is the denial of what was feared, planned or threatened then, and no denial that something occurred.
    """
    if status.reality not in _FACTS:
        return status
    clause = _clause_at(sentence, at)
    awaited = _awaited().search(clause)
    if awaited is None or load_wordings().unfulfilled.search(clause) is None:
        return status
    reality = cast("Reality", _by_word()[awaited.group().lower()])
    return make_status(reality, "denied", status.certainty, status.currency, contested=status.contested)


def _clause_at(sentence: str, at: int) -> str:
    start, end = 0, len(sentence)
    for border in _CLAUSES.finditer(sentence):
        if border.end() <= at:
            start = border.end()
        elif border.start() > at:
            end = border.start()
            break
    return sentence[start:end]


@cache
def _by_word() -> Mapping[str, str]:
    awaited = msgspec.structs.asdict(load_cues().status.awaited)
    return {word: reality for reality, words in awaited.items() for word in words}


@cache
def _awaited() -> re.Pattern[str]:
    words = sorted(_by_word(), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
