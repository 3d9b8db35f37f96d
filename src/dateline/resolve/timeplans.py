"""Plans and warnings whose day has passed: what was awaited in spring, called for a day and then kept.

A plan lies ahead of the day of writing, unless the words look back on it: as background, by what came of it
("did not go off", "and it was followed"), or with their time at the head of a clause in the past tense.
"""

import re
from typing import Literal

from dateline.model.span import Span
from dateline.model.values import When
from dateline.resolve.calendar import day_of
from dateline.resolve.timeforms import CalendarDate, Deictic, Period, TimeExpression, Weekday
from dateline.resolve.timesaid import is_for
from dateline.resolve.timetense import load_tense_words, read_tense

# A plan for a day without a year is seldom told so long before it. Half a year: then the past one is as far.
FAR_AHEAD_DAYS = 183

# What came of a plan, behind it: it was kept, or nothing happened.
_CAME_OF_IT = re.compile(
    r"(?<!\w)(?:(?:did\s+not|didn['’]t|never|has\s+not|had\s+not|failed\s+to)\s+(?:come|came|happen(?:ed)?|"
    r"go\s+off|went\s+off|gone\s+off|take\s+place|took\s+place|arrived?|materiali[sz]ed?|fall|fell|fallen|"
    r"occur(?:red)?|follow(?:ed)?)|stayed\s+away|passed\s+(?:off|without|by|quietly|in\s+peace)|"
    r"(?:was|were)\s+(?:(?:strictly|widely|largely|duly|also)\s+)?(?:followed|kept|observed|heeded|obeyed|"
    r"ignored|carried\s+out))(?!\w)",
    re.IGNORECASE,
)
# And before it: "the match took place on Saturday without the attack that was feared".
_WITHOUT = re.compile(
    r"(?<!\w)(?:took\s+place|passed|went\s+(?:by|off)|was\s+held)\s[^.;:]{0,60}?(?<!\w)without\s+(?:the|an?|any)\s",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"[\s“\"‘'(]*(?:(?:and|but|back|on|in|at|by|during|last|the|early|late)\s+){0,3}", re.IGNORECASE
)
_AND = re.compile(r"(?:,\s+|\s)(?:and|but|while)\s", re.IGNORECASE)
_ALREADY = re.compile(r"(?<!\w)(?:already|once|previously|had)\s+(?:been\s+)?(?P<verb>\w+)", re.IGNORECASE)

Bearing = Literal["past", "other"]


def bearing(text: str, sentence: Span, trigger: Span, time: TimeExpression) -> Bearing | None:
    """Tell how a time that stands with a plan lies to the day of writing; None where nothing looks back.

    "past": the plan has had its day; "other": the time is that of something done.
    """
    span = time.span
    if has_year(time):
        return None
    if span.start >= trigger.end and not is_for(time, text) and _is_done(text[trigger.end : span.start]):
        return "other"
    without = _WITHOUT.search(text, sentence.start, trigger.start)
    if without is not None or _CAME_OF_IT.search(text, trigger.end, sentence.end):
        return "past"
    whole = isinstance(time.form, Period) or (isinstance(time.form, CalendarDate) and time.form.day is None)
    if whole and _FRONT.fullmatch(text, sentence.start, span.start) and read_tense(text, span) == "past":
        return "past"
    return None


def _is_done(between: str) -> bool:
    """Tell whether a verb in the past stands between a plan and a time, in a clause of its own."""
    already = _ALREADY.search(between)
    if already is not None and _is_past(already["verb"]):
        return True
    joined = _AND.search(between)
    if joined is None:
        return False
    return any(word.lower() in load_tense_words().past for word in between[joined.end() :].split())


def _is_past(verb: str) -> bool:
    return verb.lower().endswith("ed") or verb.lower() in load_tense_words().past


def has_year(time: TimeExpression) -> bool:
    """Tell whether the words give their year, or count it: then nothing is left to choose."""
    form = time.form
    if isinstance(form, CalendarDate | Period):
        return form.year is not None or form.year_shift is not None
    if isinstance(form, Weekday):
        return form.week_shift is not None or form.which != "plain"
    return isinstance(form, Deictic)


def is_nearer(past: When, future: When, written: str | None) -> bool:
    """Tell whether a day without a year was far nearer to the publication than it will be.

    What was planned for 15 February is told on the 20th of a plan that has passed, not of one for next year.
    Of an undated article `written` is the day since when it can have been written.
    """
    day, before, ahead = day_of(written), day_of(past.end or past.start), day_of(future.start or future.end)
    if day is None or before is None or ahead is None or ahead <= day or before > day:
        return False
    return (ahead - day).days > FAR_AHEAD_DAYS >= (day - before).days
