"""How long something lasted ("two hours of fighting"), and how soon it is to be ("48 hours to leave")."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model.mention import Mention
from dateline.model.span import Span
from dateline.model.values import When
from dateline.resolve.calendar import step_days, step_months
from dateline.resolve.timeforms import Between, Duration, Stretch, TimeExpression
from dateline.resolve.timeplacing import Anchors
from dateline.resolve.timesteps import place_stretch

# Words between a length and the trigger whose length it is.
REACH_WORDS = 8
_LASTING = re.compile(
    r"(?<!\w)(?:for|lasted|lasting|lasts|over|during|throughout|through|within|in|of|continued|some|nearly|about|almost|"
    r"more\s+than|at\s+least|around)\s+(?:the\s+|another\s+|some\s+|nearly\s+|about\s+|almost\s+|more\s+than\s+|at\s+least\s+|around\s+)?\Z",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_FOR = re.compile(
    r"(?<!\w)for\s+(?:the\s+past\s+|nearly\s+|about\s+|more\s+than\s+|at\s+least\s+|over\s+)?\Z", re.I
)
_PERFECT = re.compile(r"(?<!\w)(?:has|have|['’]ve)\s+(?:been|long|\w+ed)(?!\w)", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?<!\w)(?:in|within|under)\s+(?:the\s+next\s+|less\s+than\s+|no\s+more\s+than\s+|at\s+most\s+|the\s+)?\Z",
    re.I,
)
_TO_DO = re.compile(r"\s+(?:deadline\s+|notice\s+|ultimatum\s+)?(?:to|in\s+which\s+to)\s+", re.IGNORECASE)
_BREAK = re.compile(r"[.;:]|,\s|(?<!\w)(?:and|but|while|when|which|who|that)(?!\w)", re.IGNORECASE)
_LASTS = re.compile(
    r"(?<!\w)(?:lasted|lasts|lasting|continued\s+for|went\s+on\s+for|raged\s+for)\s+(?:\w+\s+){0,2}\Z", re.I
)
_BREAK_FAR = re.compile(r"[.;:]|(?<!\w)(?:but|while|when|which|who|that)(?!\w)", re.IGNORECASE)


def length_of(expressions: Sequence[TimeExpression], trigger: Span, text: str) -> TimeExpression | None:
    """Return the length of time that the words give a happening, or None: "clashes lasted two hours"."""
    best: tuple[int, TimeExpression] | None = None
    for expression in expressions:
        span = expression.span
        lasts = _LASTS.search(text, max(0, span.start - 20), span.start) is not None
        if not isinstance(expression.form, Duration) or not _is_near(span, trigger, text, lasts=lasts):
            continue
        of = _OF.match(text, span.end)
        led = _LASTING.search(text, max(0, span.start - 40), span.start) is not None
        if not (of.end() <= trigger.start if of else led or span.text.lower().endswith("long")):
            continue
        distance = abs(span.start - trigger.start)
        if best is None or distance < best[0]:
            best = (distance, expression)
    return best[1] if best else None


def _is_near(span: Span, trigger: Span, text: str, *, lasts: bool = False) -> bool:
    """Tell whether a length stands by the trigger; its subject may be some way before "lasted"."""
    if span.overlaps(trigger):
        return False
    first, last = sorted((span, trigger))
    between = text[first.end : last.start]
    words = len(between.split())
    if lasts and first == trigger:
        return words <= 2 * REACH_WORDS and _BREAK_FAR.search(between) is None
    return words <= REACH_WORDS and _BREAK.search(between) is None


def until_now(length: TimeExpression, text: str, anchors: Anchors) -> When | None:
    """Return the time from so long before the publication up to it, for what "has gone on for three weeks"."""
    form, span = length.form, length.span
    if not isinstance(form, Duration) or form.low is None or form.high is None:
        return None
    if form.low != int(form.low) or _FOR.search(text, max(0, span.start - 20), span.start) is None:
        return None
    if _PERFECT.search(text, max(0, span.start - 80), span.start) is None:
        return None
    placed = place_stretch(
        Stretch(low=int(form.low), high=int(form.high), unit=form.unit, direction=-1), anchors
    )
    if placed.start is None or placed.end is None:
        return None
    return When(
        start=placed.start.isoformat(),
        end=placed.end.isoformat(),
        precision="range",
        text=span.text,
        anchor=placed.anchor,
        span=span,
        assumed="it had gone on so long when it was written",
        basis="stated",
    )


def deadline_of(
    expressions: Sequence[TimeExpression], trigger: Span, text: str, *, order: When | None
) -> When | None:
    """Return the time within which something is to be done ("gave them 48 hours to leave"), or None.

    It runs from the day of the order; where that is not told, it has its words and no dates.
    """
    for expression in expressions:
        form, span = expression.form, expression.span
        if not isinstance(form, Duration) or form.high is None or not _is_due(span, trigger, text):
            continue
        start = date.fromisoformat(order.start) if order is not None and order.start is not None else None
        end = _after(start, form) if start is not None else None
        if start is None or end is None or order is None:
            said = f"within {span.text} of the order, whose day is not told"
            return When(precision="range", text=span.text, span=span, assumed=said, basis="stated")
        return When(
            start=start.isoformat(),
            end=end.isoformat(),
            precision="range",
            text=span.text,
            anchor=order.anchor,
            span=span,
            assumed=f"within {span.text} of the order",
            basis="stated",
        )
    return None


def _is_due(span: Span, trigger: Span, text: str) -> bool:
    """Tell "48 hours to leave" and "leave within 48 hours" from a length."""
    if span.end <= trigger.start:
        to = _TO_DO.match(text, span.end)
        return to is not None and len(text[to.end() : trigger.start].split()) <= REACH_WORDS // 2
    within = _WITHIN.search(text, max(0, span.start - 30), span.start)
    return within is not None and _is_near(span, trigger, text)


def _after(start: date, form: Duration) -> date | None:
    """Return the last day of a length that begins on `start`."""
    high = form.high or 0
    if form.unit in ("month", "quarter", "year"):
        return step_months(start, int(high) * {"month": 1, "quarter": 3, "year": 12}[form.unit])
    days = {"minute": 1 / 1440, "hour": 1 / 24, "week": 7, "fortnight": 14, "weekend": 2}.get(form.unit, 1)
    return step_days(start, -int(-high * days // 1))


# "Extended the sanctions until August": what was done says how long something is to last.
_EXTENDS = re.compile(
    r"(?<!\w)(?:extend(?:ed|s|ing)|prolong(?:ed|s|ing)|renew(?:ed|s|ing)|impos(?:ed|es|ing)|clos(?:ed|es|ing)|shut|"
    r"suspend(?:ed|s|ing)|bann(?:ed|ing)|barr(?:ed|ing)|postpon(?:ed|es|ing)|delay(?:ed|s|ing)|adjourn(?:ed|s|ing)|"
    r"remand(?:ed|s|ing)|declar(?:ed|es|ing)|halt(?:ed|s|ing)|put\s+off)(?!\w)[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
_EXTENDS_REACH = 80


def is_until(chosen: TimeExpression) -> bool:
    """Tell whether a time only says until when something lasted or lasts, not by when it happened."""
    return _has_no_beginning(chosen) and chosen.span.text.lower().startswith(("until", "till"))


def _has_no_beginning(chosen: TimeExpression) -> bool:
    return isinstance(chosen.form, Between) and chosen.form.first is None


def is_to_end(mention: Mention, chosen: TimeExpression, text: str) -> bool:
    """Tell whether a time says until when something is to last: "the curfew lasts until Monday"."""
    if not _has_no_beginning(chosen) or mention.status.reality not in ("ongoing", "occurred"):
        return False
    start = chosen.span.start
    return (
        mention.status.reality == "ongoing"
        or _EXTENDS.search(text, max(0, start - _EXTENDS_REACH), start) is not None
    )


_ENDS = re.compile(
    r"(?<!\w)(?:(?:is|are|due|set|expected|meant)\s+to\s+(?:end|expire|run\s+out|be\s+lifted)|will\s+(?:end|expire|be\s+lifted)|"
    r"ends|expires)\s+(?:\w+\s+)?(?:on|at|in)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def as_end(mention: Mention, chosen: TimeExpression, text: str) -> TimeExpression:
    """Return the time at which what goes on "is to end on Friday" as the time until when it lasts."""
    start = chosen.span.start
    if mention.status.reality != "ongoing" or not _ENDS.search(text, max(0, start - 40), start):
        return chosen
    return TimeExpression(span=chosen.span, form=Between(last=chosen))


_WHEN = re.compile(r"\s*,\s+when(?!\w)", re.IGNORECASE)


def when_it_began(expression: TimeExpression, trigger: Span, text: str) -> TimeExpression:
    """Return the time of what is told behind "since January, when": January, for that is over."""
    form = expression.form
    if not isinstance(form, Between) or form.first is None or form.last is not None:
        return expression
    behind = _WHEN.match(text, expression.span.end)
    return form.first if behind is not None and behind.end() <= trigger.start else expression
