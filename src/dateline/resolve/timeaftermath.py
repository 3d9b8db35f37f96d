"""Times of what was done later because of a happening: a sentence, a burial, a new count of its dead."""

import re
from functools import cache

from dateline.model.span import Span
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timedeaths import tells_death
from dateline.resolve.timeforms import TimeExpression
from dateline.resolve.timewords import alternatives

# Characters before a time in which the verb stands that it dates: "a court convicted the colonel in 2014".
REACH = 60

_STOP = re.compile(r"[.;:!?]\s|(?<!\w)(?:when|while|after|before|since)(?!\w)", re.IGNORECASE)
# "Of the massacre", "as an accessory to the killing", "the toll of the attack".
_FOR = re.compile(
    r"(?<!\w)(?:of|for|to|over|about)\s+(?:the|an?|this|that|his|her|their|those)\s+(?:[\w’'-]+\s+){0,2}\Z|"
    r"(?<!\w)(?:killed|slain|shot|murdered|slaughtered|wounded|died|victims|dead)(?:\s+(?:in|of|by))?"
    r"(?:\s+(?:the|an?))?\s+\Z",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<!\w)(?:put|puts|revised|raised|lowered|updated|corrected)\s+(?:[\w’'-]+\s+){0,3}"
    r"(?:number|toll|count|figure|total)(?!\w)",
    re.IGNORECASE,
)


# "Died of her burns on 6 May, the sixth victim of the attack": what stands behind the death is not of its day.
_OF_WHICH = re.compile(
    r"(?<!\w)(?:of|from|in)\s+(?:the|that|this|an?)\s+(?:[\w’'-]+\s+){0,2}\Z|"
    r"(?<!\w)(?:of|from|in)\s+[\w-]+['’]s?\s+(?:[\w’'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


_JOINED = re.compile(r"[.;:]|(?<!\w)(?:and|but|while|when)(?!\w)", re.IGNORECASE)
_OWNS = re.compile(r"['’]s?(?!\w)")


def is_of_cause(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Tell whether a time is that of what a later death came of: "died of wounds from Tuesday's blast"."""
    time = expression.span
    if time.start < trigger.end or not _OWNS.match(text, time.end):
        return False
    return tells_death(text, trigger.start, time.start)


@cache
def _aftermath() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(load_clause_words().aftermath)}(?!\w)", re.IGNORECASE)


def dates_aftermath(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Tell whether a time dates a verdict, a burial, a new count or a later death, not the happening."""
    time = expression.span
    if time.end > trigger.start:
        between = text[trigger.end : time.start]
        return _JOINED.search(between) is None and tells_death(text, trigger.end, time.start)
    between = text[time.end : trigger.start]
    if _STOP.search(between):
        return False
    if _COUNT.search(between):
        return True
    low = max((stop.end() for stop in _STOP.finditer(text, max(0, time.start - REACH), time.start)), default=0)
    low = max(low, time.start - REACH)
    if _OF_WHICH.search(text, time.end, trigger.start) and tells_death(text, low, time.end):
        return True
    verb = _aftermath().search(text, low, trigger.start)
    return (
        verb is not None and verb.start() != trigger.start and _FOR.search(text, low, trigger.start) is not None
    )
