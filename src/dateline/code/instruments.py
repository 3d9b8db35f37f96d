"""Weapons and other means named near a trigger."""

from dateline.code.cues import RoleCues
from dateline.code.phrases import Parsed
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit

# The longest name of a weapon, in words.
LONGEST = 3


def read_instruments(parsed: Parsed, hit: Hit, cues: RoleCues) -> tuple[tuple[int, int], ...]:
    """Return token ranges of weapons and means within reach of the trigger, in text order."""
    found: list[tuple[int, int]] = []
    high = min(len(parsed.tokens), hit.last + cues.instrument_reach)
    position = max(0, hit.first - cues.instrument_reach)
    while position < high:
        length = 0 if parsed.tag(position) is Tag.VERB else _length_at(parsed, position, cues)
        if length:
            found.append((position, position + length))
        position += length or 1
    return tuple(found)


def _length_at(parsed: Parsed, position: int, cues: RoleCues) -> int:
    if parsed.lower(position) not in cues.instrument_starts:
        return 0
    for length in range(LONGEST, 0, -1):
        if " ".join(parsed.lower(position + step) for step in range(length)) in cues.instruments:
            return length
    return 0
