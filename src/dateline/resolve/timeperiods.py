"""Rules for weekdays, seasons and quarters, and for times pointed at: "last week", "the same day"."""

import re
from typing import Literal

from dateline.model.span import span_of
from dateline.resolve.timeatoms import Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timedates import YEAR
from dateline.resolve.timeforms import (
    NEAREST_FUTURE,
    NEAREST_PAST,
    CalendarDate,
    Deictic,
    Period,
    Repeated,
    Shift,
    Stretch,
    TimeExpression,
    Unit,
    Vague,
    Weekday,
    Which,
)
from dateline.resolve.timewords import GAP, TimeWords, alternatives, load_time_words


def weekday_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for days of the week."""
    plurals = {word + "s" for word in words.weekdays if word.endswith("day")}
    return (
        make_rule(
            words.weekdays,
            "(" + alternatives(words.weekdays) + r")(?!\w)",
            lambda match: _weekday(match, words),
        ),
        make_rule(
            words.weekdays,
            "(" + alternatives(words.weekdays) + rf"){GAP}before{GAP}last(?!\w)",
            lambda match: _weekday_before_last(match, words),
        ),
        make_rule(
            plurals,
            "(" + alternatives(plurals) + r")(?!\w)",
            lambda match: make_atom(match, Repeated(unit=match[1].lower()[:-1])),
        ),
    )


def _weekday(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    name = match[1]
    short = not name.lower().endswith("day")
    if short and not name[0].isupper():
        return None
    dot = match.string[match.end() : match.end() + 1] == "."
    end = match.end() + (1 if short and dot else 0)
    form = Weekday(number=words.weekdays[name.lower()])
    some = _SOME_DAY.search(match.string, max(0, match.start() - 6), match.start()) is not None
    return Atom(start=match.start(), end=end, form=form, weak=short, dropped=some)


def _weekday_before_last(match: "re.Match[str]", words: TimeWords) -> Atom:
    """Read "the Saturday before last": a week before the last one."""
    start, end = match.span(1)
    last = Weekday(number=words.weekdays[match[1].lower()], which="last")
    base = TimeExpression(span=span_of(match.string, start, end), form=last)
    form = Shift(low=1, high=1, unit="week", direction=-1, base="time", base_time=base, exact=True)
    return make_atom(match, form)


# "On a Friday" and "one Friday" may be any; "a Friday attack" is of the last one.
_SOME_DAY = re.compile(r"(?<!\w)(?:on\s+a|(?<!that\s)one)\s+\Z", re.IGNORECASE)


def period_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for seasons, quarters and halves of a year."""
    season = alternatives(words.seasons)
    ordinal = alternatives(words.ordinals)
    year = rf"(?:(?:,?{GAP}|,?{GAP}of{GAP}){YEAR}|{GAP}(?:of{GAP})?(last|this|next){GAP}year(?!\w))"
    return (
        make_rule(words.seasons, rf"({season}){year}", lambda match: _season(match, words)),
        make_rule(words.seasons, rf"({season})(?!\w|{GAP}of(?!\w))", lambda match: _bare_season(match, words)),
        make_rule(words.ordinals, rf"({ordinal}){GAP}(quarter|half){year}", lambda match: _piece(match, words)),
        make_rule(["q1", "q2", "q3", "q4"], rf"q([1-4]){GAP}{YEAR}", _short_quarter),
    )


_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _season(match: "re.Match[str]", words: TimeWords) -> Atom:
    form = Period(
        unit="season",
        number=words.seasons[match[1].lower()],
        year=int(match[2]) if match[2] else None,
        year_shift=_SHIFTS[match[3].lower()] if match[3] else None,
    )
    return make_atom(match, form)


def _bare_season(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    if match[1].lower() == "fall":
        return None
    return make_atom(match, Period(unit="season", number=words.seasons[match[1].lower()]), weak=True)


def _piece(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    unit: Literal["quarter", "half"] = "quarter" if match[2].lower() == "quarter" else "half"
    count = 4 if unit == "quarter" else 2
    number = words.ordinals[match[1].lower()]
    number = count if number == -1 else number
    if number > count:
        return None
    year = int(match[3]) if match[3] else None
    return make_atom(
        match,
        Period(unit=unit, number=number, year=year, year_shift=_SHIFTS[match[4].lower()] if match[4] else None),
    )


def _short_quarter(match: "re.Match[str]") -> Atom:
    return make_atom(match, Period(unit="quarter", number=int(match[1]), year=int(match[2])))


def pointed_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for times counted from the day of writing or from another time of the text."""
    units = alternatives(word for word, unit in words.units.items() if unit not in ("minute", "hour"))
    names = alternatives([*words.weekdays, *words.months, *words.seasons, "weekend", *words.dayparts])
    return (
        make_rule(_SIMPLE, alternatives(_SIMPLE) + r"(?!\w)", _simple),
        make_rule(
            ["the", "week", "weekend", "month", "year", "night"],
            rf"(?:the{GAP})?(week|weekend|month|year|night){GAP}(before{GAP}last|after{GAP}next)(?!\w)",
            _next_but_one,
        ),
        make_rule(["day"], rf"day{GAP}(before{GAP}yesterday|after{GAP}tomorrow)(?!\w)", _day_next_door),
        make_rule(
            ["this", "last", "next", "past", "coming", "previous", "following", "same", "preceding", "that"],
            rf"(this{GAP}past|this{GAP}coming|this|last|next|past|coming|previous|following|same|preceding|that{GAP}same|that)"
            rf"{GAP}(?:very{GAP})?({units}|{names})(?!\w|-)"
            rf"(?!(?<!this month){GAP}of(?!\w))",
            lambda match: _pointed(match, words),
        ),
        make_rule(
            ["the"],
            rf"the{GAP}(week|month|year|decade|century)(?!\w|{GAP}(?:before|after|earlier|later)(?!\w))",
            _bare_unit,
        ),
        make_rule(
            ["weekend"],
            r"weekend(?!\w)",
            lambda match: make_atom(match, Deictic(unit="weekend", shift=0), weak=True),
        ),
        make_rule(
            first_words(words.vague),
            alternatives(words.vague) + r"(?!\w)",
            lambda match: make_atom(match, Vague(side=words.vague[" ".join(match[0].lower().split())])),
        ),
    )


_SIMPLE: dict[str, tuple[Deictic, str | None]] = {
    "today": (Deictic(unit="day", shift=0), None),
    "yesterday": (Deictic(unit="day", shift=-1), None),
    "tomorrow": (Deictic(unit="day", shift=1), None),
    "tonight": (Deictic(unit="day", shift=0), "night"),
    "overnight": (Deictic(unit="day", shift=-1, spread=1), "night"),
}


def _simple(match: "re.Match[str]") -> Atom:
    form, daypart = _SIMPLE[match[0].lower()]
    return make_atom(match, form, daypart=daypart)


def _day_next_door(match: "re.Match[str]") -> Atom:
    return make_atom(match, Deictic(unit="day", shift=-2 if match[1].lower().startswith("before") else 2))


def _next_but_one(match: "re.Match[str]") -> Atom:
    """Read "the week before last" and "the month after next"."""
    way = -2 if match[2].lower().startswith("before") else 2
    word = match[1].lower()
    if word == "night":
        return make_atom(match, Deictic(unit="day", shift=way), daypart="night")
    unit: Unit = "weekend" if word == "weekend" else _unit(word)
    return make_atom(match, Deictic(unit=unit, shift=way))


def _bare_unit(match: "re.Match[str]") -> Atom:
    unit = _unit(match[1])
    return make_atom(match, Deictic(unit=unit, shift=0, bare=True), weak=True)


def _unit(word: str) -> Unit:
    return load_time_words().units[word.lower()]


_DIRECTIONS = {
    "this": 0, "last": -1, "next": 1, "past": -1, "coming": 1, "this past": -1, "this coming": 1,
    "previous": -1, "preceding": -1, "following": 1, "same": 0, "that": 0, "that same": 0,
}  # fmt: skip

_CONTEXT = frozenset({"previous", "preceding", "following", "same", "that", "that same"})

_WHICH: dict[int, Which] = {-1: "last", 0: "this", 1: "next"}


def _pointed(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    """Read "last week", "next Friday", "this morning", "the same day", "that night"."""
    pointer = " ".join(match[1].lower().split())
    word = match[2].lower()
    way = _DIRECTIONS[pointer]
    definite = match.string[max(0, match.start() - 4) : match.start()].lower().strip() == "the"
    if word in words.units or word == "weekend":
        unit: Unit = "weekend" if word == "weekend" else words.units[word]
        return _pointed_unit(match, unit, pointer, definite=definite)
    if word in words.dayparts:
        return _pointed_daypart(match, words.dayparts[word], pointer)
    if pointer in ("same", "that", "that same"):
        return None
    if word in words.weekdays:
        return make_atom(match, Weekday(number=words.weekdays[word], which=_WHICH[way]))
    if word in words.months:
        if not match[2][0].isupper() or _DAY_AFTER.match(match.string, match.end()):
            return None
        return make_atom(match, CalendarDate(month=words.months[word], year_shift=_nearest(way)))
    return make_atom(match, Period(unit="season", number=words.seasons[word], year_shift=_nearest(way)))


# "Last October 12" is a day, which another rule reads.
_DAY_AFTER = re.compile(rf"\.?{GAP}\d{{1,2}}(?!\d)")


def _nearest(way: int) -> int:
    return {-1: NEAREST_PAST, 0: 0, 1: NEAREST_FUTURE}[way]


def _pointed_unit(match: "re.Match[str]", unit: Unit, pointer: str, *, definite: bool) -> Atom | None:
    way = _DIRECTIONS[pointer]
    if match[2].lower().endswith("s"):
        return None
    if unit == "night" and pointer == "last":
        return make_atom(match, Deictic(unit="day", shift=-1), daypart="night")
    if pointer in _CONTEXT or (definite and pointer == "next" and unit in ("day", "night", "week", "month")):
        direction: Literal[-1, 0, 1] = 0 if way == 0 else 1 if way > 0 else -1
        daypart = "night" if unit == "night" else None
        base_unit: Unit = "day" if unit == "night" else unit
        shift = Shift(low=abs(way), high=abs(way), unit=base_unit, direction=direction, base="context")
        return make_atom(match, shift, daypart=daypart)
    if pointer in ("past", "this past") or (definite and pointer == "last"):
        return make_atom(match, Stretch(low=1, high=1, unit=unit, direction=-1))
    if unit in ("day", "night"):
        return None
    # "the next year" is that after the publication or, where that is not known, after the date named before
    return make_atom(match, Deictic(unit=unit, shift=way, bare=definite and pointer == "next"))


def _pointed_daypart(match: "re.Match[str]", daypart: str, pointer: str) -> Atom:
    """Read "this morning", "that night", "the next morning", "last evening"."""
    if pointer in _CONTEXT or pointer == "next":
        way = _DIRECTIONS[pointer]
        direction: Literal[-1, 0, 1] = 0 if way == 0 else 1 if way > 0 else -1
        shift = Shift(low=abs(way), high=abs(way), unit="day", direction=direction, base="context")
        return make_atom(match, shift, daypart=daypart)
    return make_atom(match, Deictic(unit="day", shift=_DIRECTIONS[pointer]), daypart=daypart)
