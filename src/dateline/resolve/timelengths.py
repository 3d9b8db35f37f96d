"""Rules for counted time ("two days ago", "for three weeks") and returning times."""

import re
from typing import Literal

from dateline.model.span import span_of
from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeforms import (
    Between,
    Duration,
    Repeated,
    Shift,
    Stretch,
    TimeExpression,
    Unit,
    Vague,
)
from dateline.resolve.timewords import GAP, TimeWords, alternatives


def counted_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for counted units: steps, stretches and lengths."""
    return (*_step_rules(words), *_length_rules(words))


def _count(words: TimeWords) -> str:
    """Match a count, also an inexact or a halved one: "12", "a few", "two and a half", "three more"."""
    number = alternatives([word for word in words.counts if word not in ("few", "couple", "dozen")])
    return (
        rf"(?P<count>\d{{1,3}}|an?{GAP}few|(?:a{GAP})?couple(?:{GAP}of)?|(?:an?{GAP}|two{GAP})?dozen|few"
        rf"|an?{GAP}hundred|{number})"
        rf"(?P<half>(?:{GAP}|-)(?:and{GAP}(?:a{GAP}|one{GAP})?half|1/2)|\.5|½)?"
        rf"(?:{GAP}(?:more|full|whole|straight|consecutive|successive))?"
    )


def _units(words: TimeWords) -> str:
    return "(?P<unit>" + alternatives(words.units) + ")"


# A unit that goes on as an age or a compound is no length.
_NO_AGE = rf"(?!\w|-old|-long|{GAP}old(?!\w)|-olds)"
# "The evening before": so a day is named by its part; other parts of the day are no units.
_HALF_DAYS = ("morning", "afternoon", "evening")


# "Three weeks on, nobody has been charged": told of now, not of a day so long after.
_NOT_NOW = r"(?!,?\s+(?:[\w’'-]+\s+){0,6}?(?:has|have|is|are|still|remains?|waits?|no|nobody|nothing)(?!\w))"


def _step_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for steps ("two days ago", "the eve of the vote") and stretches ("the past week")."""
    count, units = _count(words), _units(words)
    events = alternatives(load_clause_words().happenings)
    article = "(?:the|their|his|her|its|that|this|an?)"
    named = rf"{GAP}{article}{GAP}(?:[\w'’.-]{{1,30}}{GAP}){{0,3}}?(?P<event>{events})(?!\w)"
    after = (
        rf"(?:['’]?{GAP}(?P<turn>ago|later|earlier|previously|afterwards?|from{GAP}now|hence|"
        rf"(?:before|after|prior{GAP}to|following)(?!\w)(?:{named})?))"
    )
    heads = {DIGITS, "a", "an", *first_words(words.counts)}
    plurals = [word for word in words.units if word.endswith("s")]
    alone = ["day", "night", "week", "month", "year", *_HALF_DAYS]
    return (
        make_rule(
            heads, rf"{count}(?:{GAP}|-){units}{_NO_AGE}{after}(?!\w)", lambda match: _shifted(match, words)
        ),
        make_rule(plurals, rf"(?P<count>){units}{after}(?!\w)", lambda match: _shifted(match, words)),
        make_rule(
            alone,
            rf"(?P<count>)(?P<unit>{'|'.join(alone)}){GAP}"
            rf"(?P<turn>(?:before|after|earlier|later)(?!\w)(?:{named})?)",
            lambda match: _shifted(match, words, alone=True),
        ),
        make_rule(
            heads,
            rf"{count}{GAP}(?P<unit>days?|weeks?|fortnights?){GAP}(?P<turn>on)(?=\s?[,;:.)]|\s?\Z){_NOT_NOW}",
            lambda match: _shifted(match, words),
        ),
        make_rule(["morrow"], rf"morrow(?:{GAP}of{named})?(?!\w)", _morrow),
        make_rule(["since", "ever"], rf"(?:ever{GAP})?since{GAP}then(?!\w)", _since_then),
        make_rule(["eve"], rf"eve{GAP}of{named}", _eve),
        make_rule(["eve"], rf"eve{GAP}of(?!\w)", _eve_of_day),
        make_rule(
            heads,
            rf"{count}(?:{GAP}|-)(?P<unit>days?|weeks?|months?){GAP}into{named}",
            lambda match: _into(match, words),
        ),
        make_rule(
            [*_NTH, "day"],
            rf"(?:(?P<nth>{alternatives(_NTH)}){GAP}day|day{GAP}(?P<day>{alternatives(_DAY_NUMBERS)}|\d{{1,3}})){GAP}of{named}",
            _day_of_event,
        ),
        make_rule(
            ["past", "last", "next", "coming", "previous"],
            rf"(?P<pointer>past|last|next|coming|previous){GAP}{count}(?:{GAP}|-){units}{_NO_AGE}",
            lambda match: _stretched(match, words),
        ),
    )


def _length_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for lengths: "three weeks", "half an hour", "month-long", "for months"."""
    count, units = _count(words), _units(words)
    upper = count.replace("?P<half>", "?:").replace("?P<count>", "?P<upper>")
    any_unit = alternatives(words.units)
    plurals = [word for word in words.units if word.endswith("s")]
    joined = ["day", "week", "month", "year", "night", "decade"]
    heads = {DIGITS, "a", "an", *first_words(words.counts)}
    return (
        make_rule(
            heads,
            rf"{count}(?:{GAP}|-){units}(?:(?:{GAP}|-)long)?{_NO_AGE}",
            lambda match: _lasting(match, words),
        ),
        make_rule(
            heads,
            rf"{count}(?:{GAP}|-)to(?:{GAP}|-){upper}(?:{GAP}|-){units}{_NO_AGE}",
            lambda match: _lasting_between(match, words),
        ),
        make_rule(
            ["half"], rf"half{GAP}(?:an?{GAP})({any_unit})(?!\w|-)", lambda match: _half_of(match, words)
        ),
        make_rule(words.units, rf"({any_unit})-?long(?!\w)", lambda match: _unit_long(match, words)),
        make_rule(
            [f"{unit}long" for unit in joined],
            rf"({'|'.join(joined)})long(?!\w)",
            lambda match: _unit_long(match, words),
        ),
        make_rule(
            ["for", "in", "over"],
            rf"(?:for|over){GAP}((?:many{GAP}|some{GAP})?{alternatives(plurals)})(?!\w)",
            lambda match: _for_long(match, words),
        ),
    )


def _bounds(words: TimeWords, written: str) -> tuple[int, int]:
    """Return the closed interval that a count says; no count at all ("days later") is a few."""
    phrase = written.lower().split()
    if not phrase:
        return words.counts["few"]
    last = phrase[-1] if phrase[-1] != "of" else phrase[-2]
    if last.isdecimal():
        return int(last), int(last)
    low, high = words.counts[last]
    if last == "dozen" and phrase[0] == "two":
        return 2 * low, 2 * high
    return low, high


def _half(match: "re.Match[str]") -> bool:
    return match.groupdict().get("half") is not None


_ENDS = re.compile(r"\s?(?:\Z|[.,;:)])")


def _shifted(match: "re.Match[str]", words: TimeWords, *, alone: bool = False) -> Atom | None:
    led = match.string[max(0, match.start() - 7) : match.start()].lower()
    # "in the week before the vote" is a stretch up to it; "the worst raid of the month before" is of that month
    whole = led.endswith("of the ") and _ENDS.match(match.string, match.end())
    if alone and led.endswith(("in the ", "of the ")) and not whole:
        return None
    low, high = (1, 1) if alone else _bounds(words, match["count"])
    word = match["unit"].lower()
    unit: Unit = "night" if word in _HALF_DAYS else words.units[word]
    turn = match["turn"].lower().split()[0]
    direction: Literal[-1, 1] = -1 if turn in ("ago", "earlier", "previously", "before", "prior") else 1
    base: Literal["published", "context"] = "published" if turn in ("ago", "from", "hence") else "context"
    daypart = None
    if unit == "night":
        unit, daypart = "day", word if word in _HALF_DAYS else "night"
    if _half(match):
        high = max(high, low + 1)
    event = match.groupdict().get("event")
    form = Shift(
        low=low, high=high, unit=unit, direction=direction, base=base, event=event.lower() if event else None
    )
    return make_atom(match, form, daypart=daypart)


def _eve(match: "re.Match[str]") -> Atom:
    """Read "the eve of the election": the day before it."""
    form = Shift(low=1, high=1, unit="day", direction=-1, base="context", event=match["event"].lower())
    return make_atom(match, form)


def _morrow(match: "re.Match[str]") -> Atom:
    """Read "on the morrow": the day after that told, or after the happening named."""
    event = match["event"]
    shift = Shift(
        low=1, high=1, unit="day", direction=1, base="context", event=event.lower() if event else None
    )
    return make_atom(match, shift)


def _since_then(match: "re.Match[str]") -> Atom:
    """Read "since then": from the last date named on, whatever its grain."""
    then = Shift(low=0, high=0, unit="minute", direction=0, base="context")
    first = TimeExpression(span=span_of(match.string, match.end() - len("then"), match.end()), form=then)
    return make_atom(match, Between(first=first))


def _eve_of_day(match: "re.Match[str]") -> Atom:
    """Read "the eve of" before a date or feast, which is joined to it."""
    return make_atom(match, Shift(low=1, high=1, unit="day", direction=-1, base="context"), weak=True)


def _into(match: "re.Match[str]", words: TimeWords) -> Atom:
    """Read "three days into the offensive": so long after it began."""
    low, high = _bounds(words, match["count"])
    unit = words.units[match["unit"].lower()]
    event = match["event"].lower()
    return make_atom(match, Shift(low=low, high=high, unit=unit, direction=1, base="context", event=event))


_NTH = {
    word: number
    for number, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        start=2,
    )
}
_DAY_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)  # noqa: SIM905
}


def _day_of_event(match: "re.Match[str]") -> Atom:
    """Read "on the second day of the operation", "day three of the offensive": counted from its first day."""
    written = match["day"]
    number = _NTH[match["nth"].lower()] if match["nth"] else _DAY_NUMBERS.get(written.lower(), 0)
    number = number or int(written)
    steps = max(number - 1, 0)
    event = match["event"].lower()
    return make_atom(match, Shift(low=steps, high=steps, unit="day", direction=1, base="context", event=event))


def _stretched(match: "re.Match[str]", words: TimeWords) -> Atom:
    pointer = match["pointer"].lower()
    if pointer == "previous":
        return make_atom(match, Vague(side="past"))
    low, high = _bounds(words, match["count"])
    unit = words.units[match["unit"].lower()]
    direction: Literal[-1, 1] = -1 if pointer in ("past", "last") else 1
    return make_atom(match, Stretch(low=low, high=high, unit=unit, direction=direction))


def _lasting(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    if match["count"].lower() in ("a", "an") and _compound(match):
        # "a month-long siege", "a night-time raid": the length is the compound's, if any
        return None
    low, high = _bounds(words, match["count"])
    more = 0.5 if _half(match) else 0
    return make_atom(match, Duration(low=low + more, high=high + more, unit=words.units[match["unit"].lower()]))


def _compound(match: "re.Match[str]") -> bool:
    return match[0].lower().endswith("long") or match.string[match.end() : match.end() + 1] == "-"


def _lasting_between(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    low, high = _bounds(words, match["count"])[0], _bounds(words, match["upper"])[1]
    if low > high:
        return None
    return make_atom(match, Duration(low=low, high=high, unit=words.units[match["unit"].lower()]))


def _half_of(match: "re.Match[str]", words: TimeWords) -> Atom:
    return make_atom(match, Duration(low=0.5, high=0.5, unit=words.units[match[1].lower()]))


def _unit_long(match: "re.Match[str]", words: TimeWords) -> Atom:
    word = match[1].lower()
    count = None if word.endswith("s") else 1
    return make_atom(match, Duration(low=count, high=count, unit=words.units[word]))


def _for_long(match: "re.Match[str]", words: TimeWords) -> Atom:
    unit = words.units[match[1].split()[-1].lower()]
    return Atom(start=match.start(1), end=match.end(1), form=Duration(low=None, high=None, unit=unit))


_ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "annually": "year",
    "yearly": "year", "hourly": "hour",
}  # fmt: skip


def repeated_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for returning times."""
    names = alternatives([*words.weekdays, *words.months, *words.units, *words.dayparts])
    number = rf"(?:other{GAP}|few{GAP}|\d{{1,3}}{GAP}|two{GAP}|three{GAP}|four{GAP}|five{GAP}|six{GAP})?"
    units = alternatives(words.units)
    return (
        make_rule(
            ["per", "a", "an", "once", "twice"],
            rf"(?:(?:once|twice){GAP}(?:an?|every|each){GAP}|per{GAP})({units})(?!\w)",
            lambda match: make_atom(match, Repeated(unit=words.units[match[1].lower()])),
        ),
        make_rule(["everyday"], r"everyday(?!\w)", lambda match: make_atom(match, Repeated(unit="day"))),
        make_rule(
            words.weekdays,
            rf"({alternatives([word for word in words.weekdays if word.endswith('day')])}){GAP}"
            rf"{alternatives({word + 's' for word in words.dayparts})}(?!\w)",
            lambda match: make_atom(match, Repeated(unit=match[1].lower())),
        ),
        make_rule(
            ["every", "each"],
            rf"(?:every|each){GAP}{number}({names})(?!\w)",
            lambda match: make_atom(match, Repeated(unit=_unit_name(match[1].lower(), words))),
        ),
        make_rule(
            _ADVERBS,
            alternatives(_ADVERBS)
            + rf"(?!\w|{GAP}(?:paper|newspaper|magazine|newsletter|mail|star|news|said|reported)(?!\w))",
            _adverb,
        ),
    )


def _unit_name(word: str, words: TimeWords) -> str:
    """Return the plain name of a unit or a stretch of the day; a weekday or month keeps its own."""
    return words.units.get(word) or words.dayparts.get(word) or word


_NAME_AFTER = re.compile(r"\s{1,3}[A-Z]")


def _adverb(match: "re.Match[str]") -> Atom | None:
    # "the party daily Granma" is a newspaper
    if match[0][0].isupper() or _NAME_AFTER.match(match.string, match.end()):
        return None
    return make_atom(match, Repeated(unit=_ADVERBS[match[0]]))
