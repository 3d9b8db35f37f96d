"""Rules for counted time ("two days ago", "for three weeks"), returning times and parts of the day."""

import re
from typing import Literal

from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeforms import Duration, PartOfDay, Repeated, Shift, Stretch, Vague
from dateline.resolve.timewords import GAP, TimeWords, alternatives


def counted_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for counted units: steps, stretches and lengths."""
    number = alternatives([word for word in words.counts if word not in ("few", "couple", "dozen")])
    count = (
        rf"(\d{{1,3}}|an?{GAP}few|(?:a{GAP})?couple(?:{GAP}of)?|(?:an?{GAP}|two{GAP})?dozen|few|{number})"
        rf"(?:(?:{GAP}|-)(?:and{GAP}a{GAP})?half)?"
    )
    units = "(" + alternatives(words.units) + ")"
    old = rf"(?!\w|-old|{GAP}old(?!\w)|-olds)"
    events = alternatives(load_clause_words().happenings)
    article = "(?:the|their|his|her|its|that|this|an?)"
    event = rf"(?:{GAP}{article}{GAP}(?:[\w'’.-]{{1,30}}{GAP}){{0,3}}?{events}(?!\w))?"
    after = (
        rf"(?:['’]?{GAP}(ago|later|earlier|afterwards?|from{GAP}now|hence|"
        rf"(?:before|after|prior{GAP}to|following)(?!\w){event}))"
    )
    heads = {DIGITS, "a", "an", *first_words(words.counts)}
    plurals = [word for word in words.units if word.endswith("s")]
    pointers = rf"(past|last|next|coming|previous){GAP}"
    return (
        make_rule(heads, rf"{count}(?:{GAP}|-){units}{old}{after}(?!\w)", lambda match: _shifted(match, words)),
        make_rule(plurals, rf"(){units}{after}(?!\w)", lambda match: _shifted(match, words)),
        make_rule(
            ["day", "night", "week", "month", "year"],
            rf"()(day|night|week|month|year){GAP}((?:before|after|earlier|later)(?!\w){event})",
            lambda match: _shifted(match, words),
        ),
        make_rule(
            ["past", "last", "next", "coming", "previous"],
            rf"{pointers}{count}(?:{GAP}|-){units}{old}",
            lambda match: _stretched(match, words),
        ),
        make_rule(heads, rf"{count}(?:{GAP}|-){units}{old}", lambda match: _lasting(match, words)),
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
    return bool(re.search(r"\bhalf\b", match[0], re.IGNORECASE))


def _shifted(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    alone = match.re.pattern.startswith("()(day")
    if alone and match.string[max(0, match.start() - 7) : match.start()].lower().endswith(
        ("in the ", "of the ")
    ):
        return None
    low, high = (1, 1) if alone else _bounds(words, match[1])
    unit = words.units[match[2].lower()]
    turn = match[3].lower().split()[0]
    direction: Literal[-1, 1] = -1 if turn in ("ago", "earlier", "before", "prior") else 1
    base: Literal["published", "context"] = "published" if turn in ("ago", "from", "hence") else "context"
    daypart = None
    if unit == "night":
        unit, daypart = "day", "night"
    if _half(match):
        high = max(high, low + 1)
    return make_atom(
        match, Shift(low=low, high=high, unit=unit, direction=direction, base=base), daypart=daypart
    )


def _stretched(match: "re.Match[str]", words: TimeWords) -> Atom:
    pointer = match[1].lower()
    if pointer == "previous":
        return make_atom(match, Vague())
    low, high = _bounds(words, match[2])
    unit = words.units[match[3].lower()]
    direction: Literal[-1, 1] = -1 if pointer in ("past", "last") else 1
    return make_atom(match, Stretch(low=low, high=high, unit=unit, direction=direction))


def _lasting(match: "re.Match[str]", words: TimeWords) -> Atom:
    low, high = _bounds(words, match[1])
    return make_atom(match, Duration(low=low, high=high, unit=words.units[match[2].lower()]))


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
    return (
        make_rule(
            ["every", "each"],
            rf"(?:every|each){GAP}{number}({names})(?!\w)",
            lambda match: make_atom(match, Repeated(unit=match[1].lower())),
        ),
        make_rule(
            _ADVERBS,
            alternatives(_ADVERBS)
            + rf"(?!\w|{GAP}(?:paper|newspaper|magazine|newsletter|mail|star|news)(?!\w))",
            _adverb,
        ),
    )


def _adverb(match: "re.Match[str]") -> Atom | None:
    if match[0][0].isupper():
        return None
    return make_atom(match, Repeated(unit=_ADVERBS[match[0]]))


def daypart_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for clock times and parts of the day."""
    parts = alternatives(words.dayparts)
    zone = rf"(?:{GAP}(?:local{GAP}time|gmt|utc|hours|hrs)(?!\w))?"
    return (
        make_rule([DIGITS], rf"(\d{{1,2}})(?::(\d{{2}}))?\s?([ap])(?:\.m\.|m(?!\w)){zone}", _clock_12),
        make_rule([DIGITS], rf"(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?![\d:])(?!\w){zone}", _clock_24),
        make_rule([DIGITS], rf"(\d{{2}})(\d{{2}}){GAP}(?:hours|hrs|gmt|utc)(?!\w)", _clock_24),
        make_rule(["early", "small", "late"], rf"(?:early|small|late){GAP}hours(?!\w)", _small_hours),
        make_rule(
            words.dayparts,
            rf"({parts})(?!\w)",
            lambda match: make_atom(match, PartOfDay(), weak=True, daypart=words.dayparts[match[1].lower()]),
        ),
    )


def _small_hours(match: "re.Match[str]") -> Atom:
    return make_atom(match, PartOfDay(), daypart="evening" if match[0][0] in "lL" else "night")


def _clock_12(match: "re.Match[str]") -> Atom | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:{minute:02d}")


def _clock_24(match: "re.Match[str]") -> Atom | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return None
    return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:{minute:02d}")
