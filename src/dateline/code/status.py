"""How a happening is said to stand: four axes, each read from cues near the trigger."""

from collections.abc import Sequence
from typing import cast

from dateline.code.cues import StatusCue, StatusCues
from dateline.code.phrases import Parsed
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit
from dateline.model.values import Certainty, Currency, Polarity, Reality, Status, make_status


def read_status(parsed: Parsed, hit: Hit, cues: StatusCues) -> Status:
    """Return the status of the trigger `hit`; an axis without a cue keeps its plain value.

    An infinitive without a cue of its own is planned ("an operation to purge"), unless an implicative verb
    governs it ("managed to enter", "forced thousands to flee").
    """
    reality = _first(parsed, hit, cues.reality)
    if reality is None and hit.use == "infinitive":
        reality = "occurred" if _implied(parsed, hit, cues) else "planned"
    polarity = _first(parsed, hit, cues.polarity)
    certainty = _first(parsed, hit, cues.certainty)
    currency = _first(parsed, hit, cues.currency)
    return make_status(
        cast("Reality", reality or "occurred"),
        cast("Polarity", polarity or "affirmed"),
        cast("Certainty", certainty or "stated"),
        cast("Currency", currency or "news"),
    )


def _implied(parsed: Parsed, hit: Hit, cues: StatusCues) -> bool:
    return any(
        parsed.lower(position) in cues.implicative for position in range(max(0, hit.first - 8), hit.first)
    )


def _first(parsed: Parsed, hit: Hit, axis: Sequence[StatusCue]) -> str | None:
    for entry in axis:
        if any(_holds(parsed, hit, entry, pattern.split()) for pattern in entry.cues):
            return entry.value
    return None


def _holds(parsed: Parsed, hit: Hit, entry: StatusCue, pattern: list[str]) -> bool:
    if entry.where == "sentence":
        return any(_matches(parsed, at, pattern) for at in range(len(parsed.tokens)))
    if entry.where == "after":
        low = max(0, hit.first - entry.reach - len(pattern) + 1)
        return any(
            _matches(parsed, at, pattern) and _same_clause(parsed, at + len(pattern), hit.first)
            for at in range(low, hit.first - len(pattern) + 1)
        )
    high = min(len(parsed.tokens), hit.last + entry.reach)
    return any(
        _matches(parsed, at, pattern) and _same_clause(parsed, hit.last, at) for at in range(hit.last, high)
    )


def _same_clause(parsed: Parsed, low: int, high: int) -> bool:
    borders = (Tag.COMMA, Tag.MARK, Tag.QUOTE, Tag.CLOSE)
    return not any(
        parsed.tag(position) in borders
        or parsed.lower(position) in ("but", "after", "following", "when", "since", "who")
        for position in range(low, high)
    )


def _matches(parsed: Parsed, at: int, pattern: list[str]) -> bool:
    for step, word in enumerate(pattern):
        found = parsed.lower(at + step)
        if not (found == word or (word.endswith("*") and found.startswith(word[:-1]) and found)):
            return False
    return True
