"""Times that a mention has by its own words: those that the coder marked, and steps that count from it.

The coder may mark the words of a time as the `time` of a mention; then no rule has to choose. And a step
counted from a happening dates it, too: "on Wednesday, two days after passengers were wounded" puts the wounding
on Monday.
"""

import re
from collections.abc import Sequence

import msgspec

from dateline.model.span import Span, span_of
from dateline.resolve.timeforms import (
    CalendarDate,
    Deictic,
    Duration,
    Feast,
    OtherDate,
    Shift,
    Slice,
    Stretch,
    TimeExpression,
    Weekday,
)

# Words that may stand between a step and the happening that it counts from: "a day after an explosive charge
# went off". By hand; a clause of news that is longer mostly tells of more than one thing.
NEAR_WORDS = 12

# "And" ends a clause, but not where it stands so near that it joins two names ("gunmen and a bomb").
_BREAK = re.compile(
    r"[;:,()“”\"]|(?<!\w)(?:when|while|which|who|after|before|but)(?!\w)|(?:\S+\s+){4}and(?!\w)", re.IGNORECASE
)
_TOWARDS = re.compile(r"(?<!\w)(?:before|after|following|prior to)\Z", re.IGNORECASE)

# "Militants had burst in and killed": the same men, in the clause that the step opens.
_AND_VERB = re.compile(r"\s+and\s+\Z", re.IGNORECASE)
# "The women who had been there the day before counted ...", "announced nine days before was kept": no clause
# begins behind the step.
_FINITE = re.compile(
    r"\s+(?:was|were|is|are|has|had|have|did|will|would|could|\w+ed\s+(?:on|in|by|at|to|from|with|their|his|her|its|"
    r"the|an?))(?!\w)"
)


# "Five days after Harim other men ...", "a week after him the mayor ...": a name or pronoun for what happened.
_BASE = re.compile(
    r"\s+(?P<base>(?:him|them|us|me|it|that|this|these|those)(?!\w)|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2})"
    r"(?=\s?(?:\Z|[,.;:!?)])|\s+(?:the|an?|other|others|another|some|several|his|their|its|her|our|he|she|it|"
    r"they|we|\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s)"
)


def based_on(step: TimeExpression, text: str) -> str | None:
    """Return the name or pronoun for the happening that a step counts from ("after Harim"), or None."""
    if not _TOWARDS.search(step.span.text) or not isinstance(step.form, Shift) or step.form.event is not None:
        return None
    base = _BASE.match(text, step.span.end)
    return base["base"] if base is not None else None


def marked_time(expressions: Sequence[TimeExpression], marked: Sequence[Span]) -> TimeExpression | None:
    """Return the first of `expressions` that lies on words that the coder marked as the time, if any does.

    Lengths and returning times date nothing. Of several the first that names a day goes before others.
    """
    found = [e for e in expressions if e.places and any(e.span.overlaps(span) for span in marked)]
    return next((e for e in found if names_day(e)), found[0] if found else None)


def names_day(expression: TimeExpression) -> bool:
    """Tell whether the words name a day of their own, not one that is counted from another time of the text."""
    form = expression.form
    if isinstance(form, CalendarDate | OtherDate):
        return form.day is not None
    if isinstance(form, Slice):
        return form.unit == "day" and form.count == 1
    return isinstance(form, Weekday | Feast) or (isinstance(form, Deictic) and form.unit == "day")


def looks_back(expression: TimeExpression) -> bool:
    """Tell whether the words lie behind the day of writing: "last week", "a week ago". No plan is for then."""
    form = expression.form
    if isinstance(form, Deictic):
        return form.shift < 0 and form.shift + form.spread < 0
    if isinstance(form, Shift):
        return form.base == "published" and form.direction < 0
    return isinstance(form, Stretch) and form.direction < 0


def step_from(
    expressions: Sequence[TimeExpression], trigger: Span, sentence: Span, text: str
) -> TimeExpression | None:
    """Return the step that counts from the happening of `trigger` ("a day after shells fell"), if one does."""
    for expression in expressions:
        form = expression.form
        if not isinstance(form, Shift) or form.base != "context" or form.direction == 0 or form.loose == "over":
            continue
        if not sentence.contains(expression.span):
            continue
        if expression.span.overlaps(trigger):
            return expression
        between = text[expression.span.end : trigger.start] if expression.span.end <= trigger.start else None
        if (
            between is not None
            and form.event is None
            and _TOWARDS.search(expression.span.text)
            and len(between.split()) <= NEAR_WORDS
            and based_on(expression, text) is None
            and not _BREAK.search(_AND_VERB.sub("", between))
            and not _FINITE.match(between)
            and not _dated_itself(expressions, expression, trigger, text)
        ):
            return expression
    return None


# "Two months have passed since", "only six days have gone by since": counted from the day of writing.
_PASSED = re.compile(
    r"\s+(?:have|has)\s+(?:now\s+|already\s+)?(?:passed|gone\s+by|elapsed|gone)\s+since(?!\w)", re.IGNORECASE
)
# "It is forty days since the ambush".
_IT_IS = re.compile(
    r"(?<!\w)it(?:\s+is|\s+has\s+been|['’]s(?:\s+been)?)\s+(?:now\s+|already\s+|exactly\s+|just\s+|today\s+)?\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s+(?:today\s+|now\s+)?since(?!\w)", re.IGNORECASE)
# "Six days after the ambush, the mine has stopped work": what follows is told of now.
_NOW = re.compile(r"\s*(?:[\w’'-]+\s+){1,7}?(?:has|have|is|are|remains?|still)(?!\w)")


# "Shops are shut four days after the raid".
_IS = re.compile(r"(?<!\w)(?:is|are|remains?|lies?)\s+(?:[\w’'-]+\s+){1,6}\Z")
# The head of a dispatch before its first words.
_HEAD = re.compile(r"\A[^\n]{0,80}\s[-–—]{1,3}\s")


def passed_since(
    expressions: Sequence[TimeExpression], trigger: Span, sentence: Span, text: str
) -> TimeExpression | None:
    """Return how long ago it was, where the words say how much time has passed since it."""
    for expression in expressions:
        form = expression.form
        if (
            not isinstance(form, Duration)
            or form.low is None
            or form.high is None
            or form.low % 1
            or form.high % 1
        ):
            continue
        said = _PASSED.match(text, expression.span.end, sentence.end)
        if said is None and _IT_IS.search(text, sentence.start, expression.span.start):
            said = _SINCE.match(text, expression.span.end, sentence.end)
        if said is None or not said.end() <= trigger.start:
            continue
        between = text[said.end() : trigger.start]
        if len(between.split()) <= NEAR_WORDS and not _BREAK.search(between):
            ago = Shift(low=int(form.low), high=int(form.high), unit=form.unit, direction=-1, base="published")
            span = span_of(text, expression.span.start, said.end())
            return msgspec.structs.replace(expression, span=span, form=ago)
    return None


def is_told_of_now(step: TimeExpression, trigger: Span, sentence: Span, text: str) -> bool:
    """Tell whether a step is said of the day of writing, by a clause about now behind it or before it."""
    stop = text.find(",", trigger.end, sentence.end)
    before = _HEAD.sub("", text[sentence.start : step.span.start])
    if _IS.search(before):
        return True
    opens = not before.strip(" “\"‘'")
    return opens and stop >= 0 and _NOW.match(text, stop + 1, sentence.end) is not None


def _dated_itself(
    expressions: Sequence[TimeExpression], step: TimeExpression, trigger: Span, text: str
) -> bool:
    """Tell whether the clause that the step counts from names its own day: "a day after the raid on Monday"."""
    stop = _BREAK.search(text, trigger.end)
    end = stop.start() if stop else len(text)
    return any(names_day(other) and step.span.end <= other.span.start < end for other in expressions)


def told_beside(expressions: Sequence[TimeExpression], step: TimeExpression) -> TimeExpression | None:
    """Return the day that dates what `step` is said of: the nearest named before it, else behind it."""
    before = [e for e in expressions if names_day(e) and e.span.end <= step.span.start]
    behind = [e for e in expressions if names_day(e) and e.span.start >= step.span.end]
    return before[-1] if before else behind[0] if behind else None


def turned(step: TimeExpression, base: TimeExpression | None) -> TimeExpression:
    """Return `step` counted the other way: from what it is said of to what it counts from.

    Without `base` it counts from the time that the paragraph has given.
    """
    form = step.form
    if not isinstance(form, Shift):
        raise ValueError(f"{step.span.text!r} is no step")
    direction = -form.direction
    return msgspec.structs.replace(
        step,
        form=msgspec.structs.replace(
            form,
            direction=direction,
            base="time" if base is not None else "context",
            base_time=base,
            event=None,
        ),
    )


def counted_from_now(step: TimeExpression) -> TimeExpression:
    """Return "six days after the ambush", said of now, as so long before the day of writing."""
    form = step.form
    if not isinstance(form, Shift):
        raise ValueError(f"{step.span.text!r} is no step")
    ago = msgspec.structs.replace(form, direction=-form.direction, base="published", event=None)
    return msgspec.structs.replace(step, form=ago)
