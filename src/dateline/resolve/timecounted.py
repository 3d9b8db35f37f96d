"""From which of the days told a step counts: "the next morning" is that after the attack, not after a burial.

A day that the sentence names before the step comes first, then the day of the last violent happening, then
any day of the paragraph. What is told as having occurred cannot lie after the publication: then the next one
counts.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from dateline.model.span import Span
from dateline.model.values import When
from dateline.resolve.calendar import day_of, step_days, step_months
from dateline.resolve.timeforms import Shift, TimeExpression
from dateline.resolve.timeplacing import Anchors
from dateline.resolve.timeroles import based_on
from dateline.resolve.times import resolve_time

# What was told only to within so many days still bounds the day after it: "in February ... the following day".
COARSE_DAYS = 31


def counts_days(expression: TimeExpression) -> bool:
    """Tell whether the words count hours, days or weeks from another time of the text, named by no noun."""
    form = expression.form
    if not isinstance(form, Shift) or form.base != "context" or form.event is not None:
        return False
    return form.unit in ("hour", "day") or (form.direction != 0 and form.unit in ("week", "fortnight"))


_ENDS = re.compile(r"\s*(?:\Z|[.,;:!?)”\"—–]|(?:and|but|in|at|on|near)(?!\w))")
_CAME = re.compile(r"(?:,|(?<!\w)(?:come|comes|came|coming|follows|followed))\s+\Z", re.IGNORECASE)


def leads_on(expression: TimeExpression, text: str) -> bool:
    """Tell "hours after", which counts from the clause that follows, from "hours later" and "the day after"."""
    towards = expression.span.text.lower().endswith((" after", " before", " following", " to"))
    return towards and based_on(expression, text) is None and _ENDS.match(text, expression.span.end) is None


def is_told_of_news(expression: TimeExpression, text: str) -> bool:
    """Tell whether a step says how long after something the news came: "it came two days after the raid"."""
    start = expression.span.start
    return _CAME.search(text, max(0, start - 12), start) is not None


def moves(expression: TimeExpression) -> bool:
    """Tell "a day later" from "the same day"."""
    return isinstance(expression.form, Shift) and expression.form.direction != 0


def one_day(iso: str | None) -> When | None:
    """Return the time of one day, None where the ISO date names a month or a year."""
    return When(start=iso, end=iso, precision="day") if iso is not None and len(iso) == 10 else None


def moves_on(expression: TimeExpression, when: When) -> bool:
    """Tell whether a step takes the story on to a later day."""
    form = expression.form
    return isinstance(form, Shift) and form.direction > 0 and when.start == when.end and when.start is not None


def first_fitting(
    expression: TimeExpression, anchors: Anchors, bases: Sequence[When], published: str | None
) -> When | None:
    """Return the time counted from the first of `bases` from which it does not lie after the publication.

    None where none of them does; a base of unknown days ends the search, since it is the one that was meant.
    """
    for base in bases:
        when = _counted(expression, anchors, base)
        if when is None or when.start is None:
            return when
        if published is None or when.start <= published:
            return when
    return None


def _counted(expression: TimeExpression, anchors: Anchors, base: When) -> When | None:
    """Count from a base of one day, or from both ends of one of several."""
    if base.start is None or base.end is None:
        return None
    first, last = (
        resolve_time(expression, msgspec.structs.replace(anchors, context=day, event=None), tense="past")
        for day in (base.start, base.end)
    )
    if base.start == base.end:
        return first
    days = (date.fromisoformat(base.end) - date.fromisoformat(base.start)).days
    if days > COARSE_DAYS or first.start is None or last.end is None:
        return None
    return msgspec.structs.replace(first, end=last.end, precision="range")


# Half of a unit: so many days "three weeks ago" and "two months ago" may miss.
HALF_UNITS = {"week": 3, "fortnight": 3, "month": 15}


def around(expression: TimeExpression, when: When, published: str | None) -> When:
    """Return the days about the one that lies so many weeks or months back, not a calendar's unit."""
    form, written = expression.form, day_of(published)
    if not isinstance(form, Shift) or form.base != "published" or form.direction > 0 or written is None:
        return when
    half = HALF_UNITS.get(form.unit)
    if half is None or form.low != form.high or form.loose is not None or form.exact or expression.part:
        return when
    if form.unit == "month":
        middle = step_months(written, -form.low)
    else:
        middle = step_days(written, -form.low * (14 if form.unit == "fortnight" else 7))
    if middle is None:
        return when
    first, last = middle - timedelta(days=half), min(middle + timedelta(days=half), written)
    return msgspec.structs.replace(when, start=first.isoformat(), end=last.isoformat(), precision="range")


_SINCE = re.compile(r"(?<!\w)since\s[^,;:]*\Z", re.IGNORECASE)


def since_bound(times: Sequence[TimeExpression], text: str, start: int) -> set[Span]:
    """Return the times of a sentence behind a "since": "the heaviest loss since the raid of 11 May"."""
    return {time.span for time in times if _SINCE.search(text, start, time.span.start)}
