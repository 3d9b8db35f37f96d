"""Deaths and finds told later than the attack that they belong to: their day is not that of the attack."""

import re
from typing import Literal

from dateline.model.span import Span

# Characters about a trigger in which its clause says how someone died.
REACH = 90

_SUCCUMBED = re.compile(r"(?<!\w)(?:succumb\w*|(?:did|could) not (?:survive|live|make it))", re.IGNORECASE)
_DIED = re.compile(
    r"(?<!\w)(?:die[ds]?|dying|deaths?|pass(?:ed|es) away|breathed (?:his|her|their) last)(?!\w)",
    re.IGNORECASE,
)
_WOUNDS = re.compile(
    r"(?<!\w)(?:(?:from|of|to|by|with) (?:his|her|their|its|the|a|severe|serious|gunshot|\w+ing)(?: \w+)? ?"
    r"(?:wounds?|injur(?:y|ies)|burns)|(?:of|from) (?:wounds|injuries|burns)|gunshot wound|"
    r"(?:at|in) (?:[\w’'-]+ ){0,4}(?:hospital|clinic|college|ward)|"
    r"on the way to (?:the )?hospital|"
    r"of a (?:\w+ )?wound)(?!\w)",
    re.IGNORECASE,
)
# "A ninth man has died", "the fourteenth man died": the toll of what was told before has grown.
_ONE_MORE = re.compile(
    r"(?<!\w)(?:an?|the|his|her)\s+(?:second|third|fifth|sixth|\w+th|twenty-\w+|\d+(?:st|nd|rd|th))\s"
    r"(?:[\w’'-]+\s){1,3}(?:has\s|had\s|have\s)?\Z",
    re.IGNORECASE,
)
_BODIES = re.compile(r"(?<!\w)(?:bod(?:y|ies)|corpses?|remains)(?!\w)", re.IGNORECASE)
_FOUND = re.compile(
    r"(?<!\w)(?:found|recovered|discovered|pulled|dug|carried|retrieved|brought|washed)(?!\w)", re.IGNORECASE
)


def tells_death(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` tells of a death of wounds, in hospital, or of one more victim."""
    if _SUCCUMBED.search(text, start, end):
        return True
    return any(
        _WOUNDS.search(text, start, end) or _ONE_MORE.search(text, start, died.start())
        for died in _DIED.finditer(text, start, end)
    )


def told_aside(text: str, trigger: Span, start: int, end: int) -> Literal["death", "find"] | None:
    """Tell a death of wounds ("succumbed", "died in hospital") and a find of bodies from the attack itself.

    `start` and `end` are those of the sentence.
    """
    word = trigger.text
    low, high = max(start, trigger.start - REACH), min(end, trigger.end + REACH)
    if _SUCCUMBED.search(word):
        return "death"
    if _DIED.search(word):
        one_more = _ONE_MORE.search(text, low, trigger.start) is not None
        return "death" if one_more or _WOUNDS.search(text, low, high) else None
    if _BODIES.search(word) or (_FOUND.search(word) and _BODIES.search(text, low, high)):
        return "find" if _FOUND.search(text, low, high) else None
    return None
