"""Weekdays that are not those of the week of publication: "that Friday", "last month, and it was a Sunday"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.resolve.timeforms import CalendarDate, Deictic, Period, Shift, TimeExpression, Weekday

# Words that may stand between a weekday and the month behind it: "the Sunday in the village in March".
_NEAR_WORDS = 5
_THAT = re.compile(r"(?<!\w)(?:that|those)\s+(?:(?:other|same|very|one|fatal)\s+)?\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(?:an?|the|that|one)\s+(?:one\s+)?\Z", re.IGNORECASE)
_BREAK = re.compile(
    r"[.;:,]|(?<!\w)(?:and|but|that|who|which|when|while|after|before|since)(?!\w)", re.IGNORECASE
)
# "Said on Monday that in March ..." dates a saying; the month of what is said stands behind it.
_INTO = re.compile(r"(?<!\w)(?:in|of|last|this)\s+(?:early\s+|late\s+|mid-)?\Z", re.IGNORECASE)


def is_told_weekday(expression: TimeExpression, text: str) -> bool:
    """Tell whether a weekday points to one told before: "the dead of that Saturday"."""
    start = expression.span.start
    plain = isinstance(expression.form, Weekday) and expression.form.which == "plain"
    # "said that Saturday's raid": what follows is said, no pointing
    owns = text[expression.span.end : expression.span.end + 1] in ("'", "’")
    return plain and not owns and _THAT.search(text, max(0, start - 16), start) is not None


def weekday_told(expression: TimeExpression, days: Iterable[str]) -> str | None:
    """Return the first of `days` that is such a weekday, or None."""
    form = expression.form
    number = form.number if isinstance(form, Weekday) else 0
    return next((day for day in days if date.fromisoformat(day).isoweekday() == number), None)


def longer_beside(
    expression: TimeExpression, siblings: Sequence[TimeExpression], text: str
) -> TimeExpression | None:
    """Return the month, season or year that a weekday is said within in its sentence, or None.

    It stands before a weekday with an article, or close behind it: "last month ... on the Sunday",
    "their Sunday in Harim in March". A bare "on Sunday" is of the week of writing, whatever is recalled.
    """
    form, span = expression.form, expression.span
    if not isinstance(form, Weekday) or form.which != "plain" or form.week_shift is not None:
        return None
    before = [each for each in siblings if each.span.end <= span.start and _is_longer(each)]
    if before and _ARTICLE.search(text, max(0, span.start - 12), span.start):
        return before[-1]
    for each in siblings:
        if each.span.start < span.end or not _is_longer(each):
            continue
        between = text[span.end : each.span.start]
        near = len(between.split()) <= _NEAR_WORDS and not _BREAK.search(between)
        return each if near and _INTO.search(between) else None
    return None


def _is_longer(expression: TimeExpression) -> bool:
    form = expression.form
    if isinstance(form, CalendarDate):
        return form.day is None and form.nth is None
    if isinstance(form, Deictic):
        return form.unit in ("month", "year") and form.shift < 0
    if isinstance(form, Shift):
        ago = form.base == "published" and form.direction < 0
        return ago and form.unit in ("month", "year") and not form.exact
    return isinstance(form, Period)
