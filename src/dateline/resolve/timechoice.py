"""Which time dates a happening.

A sentence is cut into clauses by its subordinating words, and a time dates what stands in its own clause.
A clause opened by "when", "while" or "as" shares the time of the clause around it, and so does a relative
clause that hangs on the name of a happening ("an ambush that killed nine"). A time right beside a word of
saying dates the saying ("police said on Monday") and nothing else.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import islice, takewhile
from typing import Literal

import msgspec

from dateline.model.span import Span
from dateline.resolve.timeaftermath import dates_aftermath, is_of_cause
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    PartOfDay,
    Shift,
    TimeExpression,
    Vague,
    Weekday,
)
from dateline.resolve.timewords import GAP, alternatives

# Characters before and after a trigger in which its time is looked for, and how many times on either side.
# Sentences of news are a tenth as long; what is longer was never a sentence.
WINDOW = 1000
MOST_TIMES = 12


class _Clause(msgspec.Struct):
    """A stretch of a sentence under one opener; `parent` indexes the clause around it, -1 for none.

    `takes`: its happenings take the time of the clause around it. `gives`: its own times date what stands
    around it; "days" only where they name a day ("an assault that killed 40 on Friday", but not "a war that
    began in 2014"). `complement`: it is what was said, and no comma ends it.
    """

    start: int
    end: int
    parent: int
    takes: bool = False
    gives: Literal["all", "days", "none"] = "none"
    complement: bool = False


_TOKEN = re.compile(r"[;:,()\"“”]|[—–](?=\s)|[^\W\d_]+(?:['’-][^\W\d_]+)*")


def choose_time(
    expressions: Sequence[TimeExpression], trigger: Span, sentence: Span, text: str
) -> TimeExpression | None:
    """Return the expression that dates `trigger`, or None where none in its sentence does.

    `expressions` stand in the order of the text, as `find_times` gives them; they may be those of the whole
    text: only those within `sentence` and WINDOW around the trigger are looked at. Lengths and returning times
    date nothing. A "since" whose clause continues with "when" gives its own day to what that clause tells
    ("since 2014, when the group seized the town": the town was seized in 2014).
    """
    low, high = max(sentence.start, trigger.start - WINDOW), min(sentence.end, trigger.end + WINDOW)
    inside = _nearby(expressions, trigger, low, high)
    if not inside:
        return None
    if any(isinstance(e.form, Shift) and e.span.overlaps(trigger) for e in inside):
        # "a day after the ambush" dates something else than the ambush
        return None
    clauses = _clauses(text, low, high, inside)
    home = _clause_at(clauses, trigger.start)
    antecedent = _antecedent(clauses, home, inside, text) or _begun(clauses, trigger, inside, text)
    if antecedent is not None:
        return antecedent
    best: tuple[float, int, TimeExpression] | None = None
    for expression in inside:
        cost = _cost(expression, trigger, home, clauses, text)
        if cost is None:
            continue
        key = (cost, expression.span.start, expression)
        if best is None or key[:2] < best[:2]:
            best = key
    return best[2] if best else None


def _nearby(expressions: Sequence[TimeExpression], trigger: Span, low: int, high: int) -> list[TimeExpression]:
    """Return the times within `low` and `high` that can date something, the nearest on either side."""
    place = bisect_left(expressions, trigger.start, key=lambda expression: expression.span.start)
    before = takewhile(lambda e: e.span.start >= low, (expressions[i] for i in range(place - 1, -1, -1)))
    after = takewhile(lambda e: e.span.end <= high, (expressions[i] for i in range(place, len(expressions))))
    fits = [
        list(islice((e for e in side if e.places and e.span.end <= high), MOST_TIMES))
        for side in (before, after)
    ]
    return [*reversed(fits[0]), *fits[1]]


# --- clauses ----------------------------------------------------------------------------------------------


def _clauses(text: str, start: int, end: int, times: Sequence[TimeExpression]) -> list[_Clause]:
    """Cut `text[start:end]` into clauses; the first is the main one. Words within a time open none."""
    words = load_clause_words()
    clauses = [_Clause(start, end, -1)]
    stack = [0]
    previous = ""
    spans = sorted((time.span.start, time.span.end) for time in times)
    place = 0
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].lower()
        while place < len(spans) and spans[place][1] <= token.start():
            place += 1
        if place < len(spans) and spans[place][0] <= token.start():
            previous = word
            continue
        if not word[0].isalpha():
            _close(clauses, stack, token.start(), whole=word in ";:")
            continue
        points = word == "that" and previous not in words.saying and _next_is_time(token.end(), spans, place)
        opens = (word in words.closed or word in words.open) and not (word == "as" and previous in _AS)
        if opens and not points:
            clause = _opened(word, previous, token.start(), end, stack[-1])
            if clause.complement and _RELATIVE.match(text, token.end(), end) is not None:
                # "a group that emerged this year, claimed the raid": the comma ends it
                clause.complement = False
            clauses.append(clause)
            stack.append(len(clauses) - 1)
        previous = word
    return clauses


# Behind "that" a verb without a subject: the clause tells of the noun before it, and is not what was said.
_RELATIVE = re.compile(
    r"\s+(?:was|were|is|are|has|had|have|will|would|did|does|can|could|first|also|\w{3,}ed|took|began|came|went|left|"
    r"rose|broke|fell|held|made|ran|struck|hit)(?!\w)"
)


def _next_is_time(offset: int, spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell "shot that Friday" from the opener of a clause: a time follows right behind the word."""
    return place < len(spans) and spans[place][0] == offset + 1


# "Such as", "as well as" and the like open no clause.
_AS = frozenset({"such", "well", "known", "same", "as", "far", "long", "many", "much"})


def _opened(word: str, previous: str, start: int, end: int, parent: int) -> _Clause:
    """Return the clause that `word` opens after the word `previous`."""
    words = load_clause_words()
    if word in words.open:
        return _Clause(start, end, parent, takes=True, gives="all")
    if word in ("that", "which") and previous in words.happenings:
        return _Clause(start, end, parent, takes=True, gives="days" if word == "that" else "none")
    return _Clause(start, end, parent, complement=word == "that")


def _close(clauses: list[_Clause], stack: list[int], offset: int, *, whole: bool) -> None:
    """End open clauses: at a comma the innermost, unless it is what was said; at a semicolon all."""
    if whole:
        while len(stack) > 1:
            clauses[stack.pop()].end = offset
    elif len(stack) > 1 and not clauses[stack[-1]].complement:
        clauses[stack.pop()].end = offset


def _clause_at(clauses: Sequence[_Clause], offset: int) -> int:
    """Return the index of the innermost clause that holds `offset`."""
    best = 0
    for index, clause in enumerate(clauses):
        if clause.start <= offset < clause.end:
            best = index
    return best


def _antecedent(
    clauses: Sequence[_Clause], home: int, times: Sequence[TimeExpression], text: str
) -> TimeExpression | None:
    """Return the time that a "when" clause hangs on: "in 2014, when ..."."""
    if home == 0:
        return None
    opener = text[clauses[home].start : clauses[home].start + 9].lower()
    if not opener.startswith(("when", "in which", "during wh")):
        return None
    for time in times:
        if (
            text[time.span.end : clauses[home].start].strip() in ("", ",")
            and time.span.end <= clauses[home].start
        ):
            form = time.form
            if isinstance(form, Between) and (form.first is None or form.last is None):
                return form.first or form.last
            return time
    return None


# "The operation, which was launched on Tuesday": a relative clause that tells when its antecedent came about.
_CAME_ABOUT = re.compile(
    r"(?:which|that)\s(?:was\s|were\s|has\sbeen\s|had\sbeen\s)?(?:first\s)?"
    r"(?P<verb>launched|began|begun|started|erupted|broke\sout|took\splace|occurred|happened|carried\sout|held)\b"
)
_BEGINNINGS = ("launched", "began", "begun", "started", "erupted", "broke")


def _begun(
    clauses: Sequence[_Clause], trigger: Span, times: Sequence[TimeExpression], text: str
) -> TimeExpression | None:
    """Return the time at which a relative clause right behind the trigger says that it began or happened.

    What began in a month or year has gone on since then, for all that is said.
    """
    for clause in clauses:
        if clause.start < trigger.end or text[trigger.end : clause.start].strip(' \n,”"’') != "":
            continue
        verb = _CAME_ABOUT.match(text, clause.start, clause.end)
        first = next((time for time in times if verb and verb.end() <= time.span.start < clause.end), None)
        if verb is None or first is None or len(text[verb.end() : first.span.start].split()) > _NEAR_WORDS:
            continue
        begins = verb["verb"].startswith(_BEGINNINGS)
        if begins and isinstance(first.form, CalendarDate) and first.form.day is None:
            return msgspec.structs.replace(first, form=Between(first=first), part=None)
        return first
    return None


# Words that may stand between the verb and its time: "launched in the city on Tuesday".
_NEAR_WORDS = 6

# --- cost -------------------------------------------------------------------------------------------------

_AND = re.compile(r"(?<!\w)(?:and|but|then)(?!\w)|;", re.IGNORECASE)
# A time that stands before its trigger is a little less likely its own than one that stands after it.
_BEFORE_COST = 4.0
_AND_COST = 8.0
_UP_COST = 30.0
_FRONT_COST = 60.0
_WEAK_COST = 200.0
# "Hours after the truce" leans on another happening; a date beside it says more, even from a shared clause.
_CONTEXT_COST = 45.0


def _cost(
    expression: TimeExpression, trigger: Span, home: int, clauses: Sequence[_Clause], text: str
) -> float | None:
    """Return how far a time is from dating the trigger, or None where it cannot."""
    if trigger.start < expression.span.end and expression.span.start < trigger.end:
        return 0.0
    if expression.span.end <= trigger.start and _OWNED.fullmatch(text, expression.span.end, trigger.start):
        return 0.0
    if trigger.end <= expression.span.start and _OF_DAY.fullmatch(text, trigger.end, expression.span.start):
        return 0.0
    if dates_saying(expression, trigger, text) or dates_aftermath(expression, trigger, text):
        return None
    where = _clause_at(clauses, expression.span.start)
    climb = _climb(expression, home, where, clauses, text)
    if climb is None:
        return None
    low, high = sorted((expression.span.start, trigger.start))
    between = text[low:high]
    cost = climb + len(between.split()) + _AND_COST * len(_AND.findall(between))
    if expression.span.start < trigger.start:
        cost += _BEFORE_COST
    if isinstance(expression.form, PartOfDay | Vague) or is_of_cause(expression, trigger, text):
        cost += _WEAK_COST
    elif isinstance(expression.form, Shift) and expression.form.base == "context":
        if expression.span.start >= trigger.end and _leads_on(expression, text):
            return None
        own = _is_said_of(expression, trigger, text) or _joins_on(expression, trigger, text)
        cost += 0.0 if own else _CONTEXT_COST
    return cost


# "The truce of Thursday".
_OF_DAY = re.compile(r"\s+of\s+(?:the\s+|last\s+)?")
# "Tuesday's blast", "Tuesday's car bomb".
_OWNED = re.compile(r"['’]s?\s+(?:[\w’-]+\s+){0,2}")
# Behind a step that counts from no clause of its own: the end of the phrase, or the verb of the clause.
_STEP_ENDS = re.compile(
    r"\s*(?:\Z|[.,;:!?)”\"—–]|(?:was|were|is|are|had|has|have|in|at|on|and|but|near|by|as|when|while)(?!\w))"
)


def _is_said_of(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Tell whether a step stands right behind the trigger and leans on no clause: "shot the day before"."""
    behind = expression.span.start > trigger.end and not text[trigger.end : expression.span.start].strip()
    return behind and _STEP_ENDS.match(text, expression.span.end) is not None


_JOINED = re.compile(r"(?:(?<!\w)(?:and|but|then)|;),?\s+(?:(?:on|in)\s+)?\Z", re.IGNORECASE)


def _joins_on(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Tell whether a step leads the sentence on to the trigger: "and a day later shops closed"."""
    end = expression.span.end
    return end <= trigger.start and not _AND.search(text, end, trigger.start) and _leads_on(expression, text)


def _leads_on(expression: TimeExpression, text: str) -> bool:
    start, form = expression.span.start, expression.form
    moves = isinstance(form, Shift) and form.direction != 0
    return moves and _JOINED.search(text, max(0, start - 12), start) is not None


def _climb(
    expression: TimeExpression, home: int, where: int, clauses: Sequence[_Clause], text: str
) -> float | None:
    """Return the cost of the way between two clauses, or None where no time passes between them."""
    if home == where:
        return 0.0
    cost = 0.0
    above = _path(clauses, home)
    other = _path(clauses, where)
    shared = next(index for index in above if index in other)
    for index in other[: other.index(shared)]:
        gives = clauses[index].gives
        if gives == "none" or (gives == "days" and not _names_day(expression)):
            return None
        cost += _UP_COST
    for index in above[: above.index(shared)]:
        if clauses[index].takes:
            cost += _UP_COST
        elif clauses[index].complement and _fronted(expression, clauses, text):
            cost += _FRONT_COST
        else:
            return None
    return cost


def _names_day(expression: TimeExpression) -> bool:
    form = expression.form
    if isinstance(form, CalendarDate):
        return form.day is not None
    return isinstance(form, Weekday) or (isinstance(form, Deictic | Shift) and form.unit == "day")


def _path(clauses: Sequence[_Clause], index: int) -> list[int]:
    found = [index]
    while clauses[index].parent >= 0:
        index = clauses[index].parent
        found.append(index)
    return found


def _fronted(expression: TimeExpression, clauses: Sequence[_Clause], text: str) -> bool:
    """Tell whether a time opens the sentence, and so may set the scene for all of it."""
    before = text[clauses[0].start : expression.span.start].strip(" \t\n\"“”'‘(").lower()
    return before in ("", "on", "in", "at", "by", "during", "and", "but", "also on", "earlier on")


@cache
def _saying() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_clause_words()
    verbs, nouns = alternatives(words.saying), alternatives(words.sayings)
    lead = rf"(?:{GAP}(?:on|in|at|late|early|also|earlier|here){{1}})?"
    # "Told the newspaper on Sunday": whom it was told, in few words.
    whom = rf"(?:{GAP}(?!(?:that|of|for)(?!\w))[\w’'-]+){{1,4}}(?:{GAP}of{GAP}\w+)?"
    listener = rf"(?:told|promised|assured|warned){whom}"
    before = re.compile(
        rf"(?<!\w)(?:{verbs}|{nouns}|{listener})"
        rf"(?:{GAP}(?:by{GAP}phone|here|also|reporters|journalists|state{GAP}media|later))?"
        rf"{lead}{GAP}(?:the{GAP})?\Z",
        re.IGNORECASE,
    )
    after = re.compile(rf"{GAP}(?:{verbs})(?!\w)", re.IGNORECASE)
    return before, after


# "Burst into the studio during a live broadcast on Friday": what is said there is not what is told.
_DURING = re.compile(r"(?<!\w)(?:during|amid)\s+(?:an?|the|its|his|her)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
# How far back a word of saying is looked for: the longest that the pattern can match is shorter.
_SAYING_REACH = 60


def dates_saying(expression: TimeExpression, trigger: Span, text: str) -> bool:
    """Tell whether a time stands right beside a word of saying that is not the trigger itself."""
    before, after = _saying()
    start = expression.span.start
    found = before.search(text, max(0, start - _SAYING_REACH), start)
    if found is not None and _DURING.search(text, max(0, found.start() - 20), found.start()) is None:
        return not (trigger.start < start and trigger.end > found.start())
    following = after.match(text, expression.span.end)
    if following is None:
        return False
    return not (trigger.start < following.end() and trigger.end > following.start())
