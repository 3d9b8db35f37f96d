"""Weekdays that are not those of the week of publication: "that Friday", "last month, and it was a Sunday"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.model.values import When
from dateline.resolve.calendar import weekday_after, weekday_before
from dateline.resolve.timeclauses import load_clause_words
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


def _is_plain(expression: TimeExpression) -> bool:
    """Tell whether it is a weekday of no week: "Sunday", not "last Sunday" or "Sunday week"."""
    form = expression.form
    return isinstance(form, Weekday) and form.which == "plain" and form.week_shift is None


_ON_THE = re.compile(r"(?<!\w)(?:on|by)\s+the\s+\Z", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_NO_DAY = frozenset({"of", "after", "before", "prayers", "prayer", "market", "mass", "service", "morning"})


def is_definite(expression: TimeExpression, text: str) -> bool:
    """Tell "on the Sunday", which is that of the days told, from "on Sunday", which is the last one."""
    span = expression.span
    if not _is_plain(expression):
        return False
    word = _NEXT_WORD.match(text, span.end)
    noun = word is not None and (word[1] in _NO_DAY or word[1] in load_clause_words().happenings)
    owned = text[span.end : span.end + 1] in ("'", "’")
    return not noun and not owned and _ON_THE.search(text, max(0, span.start - 8), span.start) is not None


# "The Wednesday before had ...", "on the Monday before, ...": of the week before what is told.
_BEFORE = re.compile(r"\s+before(?=\s*[.,;:)]|\s+(?:had|have|has|were|was|are|is)(?!\w))", re.IGNORECASE)


def is_before_told(expression: TimeExpression, text: str) -> bool:
    """Tell whether it is the last such day before another day: "hurt the Wednesday before"."""
    return _is_plain(expression) and _BEFORE.match(text, expression.span.end) is not None


def weekday_before_told(expression: TimeExpression, day: str) -> str | None:
    """Return the last such weekday before `day`, or None."""
    form = expression.form
    number = form.number if isinstance(form, Weekday) else 0
    found = weekday_before(date.fromisoformat(day), number, strictly=True) if number else None
    return found.isoformat() if found is not None else None


# What was told only within so many days bounds "the Sunday" after it: "in the middle of May ... on the Sunday".
COARSE_DAYS = 31


def weekday_after_told(expression: TimeExpression, told: When, published: str | None) -> When | None:
    """Return the first such weekday from the time told last on, None where it lies after the publication.

    Of a week or month told it is one within it, of other times of several days any up to a week behind them.
    """
    form = expression.form
    if not isinstance(form, Weekday) or told.start is None or told.end is None:
        return None
    first, last = date.fromisoformat(told.start), date.fromisoformat(told.end)
    if (last - first).days > COARSE_DAYS:
        return None
    low = weekday_after(first, form.number, strictly=False)
    if told.precision in ("week", "month"):
        high = weekday_before(last, form.number, strictly=False)
    else:
        high = weekday_after(last, form.number, strictly=False)
    if low is None or high is None or (published is not None and low.isoformat() > published[:10]):
        return None
    start, end = low.isoformat(), high.isoformat()
    if published is not None:
        end = min(end, published[:10])
    return When(
        start=start,
        end=end,
        precision="day" if start == end else "range",
        text=expression.span.text,
        span=expression.span,
        anchor=f"context:{told.start}",
        assumed="the first such day from the time told before",
        basis="stated",
    )


def is_within(day: When, whole: When) -> bool:
    """Tell whether a day lies in a time of several days."""
    return (whole.start or "~") <= (day.start or "") and (day.end or "~") <= (whole.end or "")


def longer_beside(
    expression: TimeExpression, siblings: Sequence[TimeExpression], text: str
) -> TimeExpression | None:
    """Return the month, season or year that a weekday is said within in its sentence, or None.

    It stands before a weekday with an article, or close behind it: "last month ... on the Sunday",
    "their Sunday in Harim in March". A bare "on Sunday" is of the week of writing, whatever is recalled.
    """
    span = expression.span
    if not _is_plain(expression):
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
