"""Quotations: what a text gives word for word, by which two articles show that they heard one source."""

import re

import msgspec

# Shorter ones ("a heinous crime") are set phrases, which two speakers may share by chance.
SHORTEST_WORDS = 8

# An opening mark that is not closed in its paragraph is the custom for speech that goes on in the next one.
_QUOTED = re.compile(r'“([^“”]+)(?:”|\Z)|"([^"]+)(?:"|\Z)|«([^«»]+)(?:»|\Z)|„([^„“”]+)(?:[“”]|\Z)')
_WORD = re.compile(r"[^\W_]+")


class Quotation(msgspec.Struct, frozen=True, array_like=True):
    """Words in quotation marks; `start` and `end` bound the paragraph in which they stand (half-open)."""

    start: int
    end: int
    text: str


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of at least SHORTEST_WORDS words in an article's text, in their order."""
    found: list[Quotation] = []
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        for match in _QUOTED.finditer(paragraph):
            quoted = next(group for group in match.groups() if group is not None)
            if len(_WORD.findall(quoted)) >= SHORTEST_WORDS:
                found.append(Quotation(start, end, quoted))
        start = end + 2
    return tuple(found)
