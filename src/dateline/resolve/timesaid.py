"""Times that date what is said or decided, not what happens: beside words of saying, before a purpose."""

import re

from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.resolve.timeforms import Feast, TimeExpression

# Between a time and "to attack" these let the time date the attack; "vowed on Friday to attack" dates the vow.
_LOOKING_AHEAD = re.compile(
    r"(?<!\w)(?:will|would|shall|plans?|planning|set|due|expected|expects?|going|about|scheduled|wants?|intends?|ready|"
    r"preparing|hopes?|prepares?)(?!\w)",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"(?<!\w)to\s+(?:\w+ly\s+)?[a-z]+|(?<!\w)to\s+\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:]|(?<!\w)(?:that|who|which|and|but|while|when|after|before|because)(?!\w)", re.IGNORECASE
)
# What may stand between a word of saying and its time: "told reporters in the capital on Sunday".
_TO_TIME = re.compile(
    r"(?:\s+(?:[A-Z][\w’'-]*|reporters|journalists|by|phone|telephone|in|an?|the|its|his|her|their|statement|interview|"
    r"televised|speech|tweet|post|address|press|conference|news|with|from|at|to|here|also|late|early|on|report|agency)){0,8}\s+"
)
_FRONT = re.compile(
    r"[\s“\"]*(?:(?:in|through|via)\s+(?:an?|its|his|her|their|the)\s+(?:\w+\s+){0,2}"
    r"(?:statement|interview|speech|post|tweet|message|video|address|briefing|conference)\s+)?(?:(?:on|in|at|by|late|early|earlier|also|and|but|the)\s+){0,3}",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\s,]*(?:on\s+)?(?:the\s+)?", re.IGNORECASE)
_SAID_REACH = 90


def dates_attribution(time: Span, attribution: Attribution, text: str, start: int) -> bool:
    """Tell "warned on Sunday" and "Late May, the paper quoted" from a time of what is said."""
    cue, source = attribution.cue, attribution.source
    if cue.end <= time.start <= cue.end + _SAID_REACH:
        return _TO_TIME.fullmatch(text, cue.end, time.start) is not None
    if source.end <= time.start and time.end <= cue.start:
        before, after = text[source.end : time.start], text[time.end : cue.start]
        return _BARE.fullmatch(before) is not None and _BARE.fullmatch(after) is not None
    first = min(source.start, cue.start)
    fronted = time.end <= first and _FRONT.fullmatch(text, start, time.start) is not None
    return fronted and _BARE.fullmatch(text, time.end, first) is not None


def is_purpose(text: str, time: Span, trigger: Span) -> bool:
    """Tell "met on Saturday to discuss attacks", where nothing dates the attacks, from "plans to attack".

    The time stands before the trigger, an infinitive between them, and nothing that looks ahead.
    """
    if time.end > trigger.start:
        return False
    between = text[time.end : trigger.start]
    infinitive = _INFINITIVE.search(between)
    if infinitive is None:
        return False
    low = max((found.end() for found in _CLAUSE.finditer(text, max(0, time.start - 80), time.start)), default=0)
    before = text[max(low, time.start - 80) : time.start] + " " + between
    return _LOOKING_AHEAD.search(before) is None


_TO_COME = re.compile(
    r"(?<!\w)(?:will|would|shall|(?:is|are|was|were|due|set|scheduled)\s+to)\s+(?!have(?!\w))", re.IGNORECASE
)


def is_of_plan(text: str, time: Span, trigger: Span) -> bool:
    """Tell whether a time behind what happened is of something to come: "said talks would begin"."""
    return trigger.end <= time.start and _TO_COME.search(text, trigger.end, time.start) is not None


_FOR = re.compile(r"(?<!\w)for\s+(?:the\s+)?\Z", re.IGNORECASE)


def is_for(time: TimeExpression, text: str) -> bool:
    """Tell whether a time stands behind "for": "for Friday", "for the feast"."""
    start = time.span.start
    return _FOR.search(text, max(0, start - 8), start) is not None


def is_occasion(time: TimeExpression, text: str) -> bool:
    """Tell whether a feast is what something is done for ("buying clothes for Eid"), not when it happened."""
    return isinstance(time.form, Feast) and is_for(time, text)
