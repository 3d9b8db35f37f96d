"""Rules for days of a month by their number: "on the 20th", "the sixth of April", "the 15th of last month"."""

import re
from typing import Literal

from dateline.model.span import span_of
from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timedates import YEAR, month_number, month_pattern
from dateline.resolve.timeforms import CalendarDate, Deictic, Slice, TimeExpression
from dateline.resolve.timetense import load_tense_words
from dateline.resolve.timewords import GAP, TimeWords, alternatives

# Spelled out with their month, the first days and the compounds are no counts either.
_WITH_MONTH = {
    "first": 1, "second": 2, "third": 3, "twenty-first": 21, "twenty-second": 22, "twenty-third": 23,
    "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28,
    "twenty-ninth": 29, "thirty-first": 31,
}  # fmt: skip


def month_day_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for days of a month told with them, or elsewhere."""
    spelled = alternatives([*_DAYS, *_WITH_MONTH])
    heads = [DIGITS, "the", *first_words([*_DAYS, *_WITH_MONTH])]
    weekdays = sorted(words.weekdays, key=len, reverse=True)
    return (
        make_rule(
            [word.split()[0] for word in weekdays],
            rf"(?P<weekday>{alternatives(weekdays)}){GAP}the{GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th){_after_day(words)}",
            lambda match: _day_and_weekday(match, words),
        ),
        make_rule(["the"], rf"the{GAP}(\d{{1,2}})(?:st|nd|rd|th){_after_day(words)}", _day_alone),
        make_rule(
            ["the"],
            rf"the{GAP}({alternatives(_DAYS)}){_after_day(words)}",
            lambda match: _day_alone(match, spelled=True),
        ),
        make_rule(
            heads,
            rf"(?:the{GAP})?({spelled})(?:{GAP}(?:to|and|until|through){GAP}(?:the{GAP})?({spelled}))?"
            rf"{GAP}of{GAP}{month_pattern(words)}(?:,?{GAP}(?:of{GAP})?{YEAR})?",
            lambda match: _spelled_of(match, words),
        ),
        make_rule(
            heads,
            rf"(?:the{GAP})?(?:(?P<figures>\d{{1,2}})(?:st|nd|rd|th)|(?P<spelled>{spelled})){GAP}of{GAP}"
            rf"(?P<which>(?:last|this|that|the(?:{GAP}same)?){GAP}month)(?!\w)",
            _of_month,
        ),
    )


def _spelled_of(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    """Read "the sixth of April 2010"; "the second of March's raids" counts raids."""
    if not match[3][0].isupper() or match.string[match.end() : match.end() + 1] in ("'", "’"):
        return None
    year, month = int(match[4]) if match[4] else None, month_number(match[3], words)
    days = [_number(word) for word in (match[1], match[2]) if word]
    first = CalendarDate(year=year, month=month, day=days[0])
    if len(days) == 1:
        return make_atom(match, first)
    last = CalendarDate(year=year, month=month, day=days[1])
    return Atom(
        start=match.start(), end=match.end(), form=first, second=last, cut=(match.end(1), match.start(2))
    )


def _number(word: str) -> int:
    return {**_DAYS, **_WITH_MONTH}[word.lower()]


def _of_month(match: "re.Match[str]") -> Atom | None:
    """Read "the 15th of last month"; "of that month" is of the one told."""
    day = int(match["figures"] or 0) or _number(match["spelled"])
    pointer = match["which"].split()[0].lower()
    if not 1 <= day <= 31 or match.string[match.end() : match.end() + 1] in ("'", "’"):
        return None
    if pointer in ("that", "the"):
        return make_atom(match, CalendarDate(day=day))
    shift: Literal[-1, 0] = -1 if pointer == "last" else 0
    start, end = match.span("which")
    whole = TimeExpression(span=span_of(match.string, start, end), form=Deictic(unit="month", shift=shift))
    return make_atom(match, Slice(offset=day - 1, count=1, unit="day", whole=whole))


def _after_day(words: TimeWords) -> str:
    """Match what follows "on the 20th" if it is a day; "the 20th brigade" and "the 20th of them" are not."""
    past = alternatives(load_tense_words().past)
    numbers = alternatives(word for word in words.counts if word not in ("hundred", "dozen", "couple", "few"))
    return (
        rf"(?=\s?[.,;:)]|\s?\Z|\s(?:and|but|when|while|as|the|to|was|were|had|in|it|they|he|she|we|a|an|at|with|"
        rf"nobody|nothing|none|has|have|is|are|who|which|by|near|from|did|would|will|some|several|more|another|there|this|these|those|gunmen|soldiers|troops|militants|"
        rf"rebels|{past}|{numbers})\b|\s(?!armou?red|mechani[sz]ed|mounted)[a-z]{{3,20}}ed\b)"
    )


_BEFORE_DAY = re.compile(r"(?<!\w)(?:on|by|since|until|till|from|to|of|before|after)\s\Z", re.IGNORECASE)
# Spelled out, a day needs more: "of the second" and "on the third" mostly count something else.
_BEFORE_SPELLED = re.compile(
    r"(?<!\w)(?:(?:night|evening|morning|afternoon|day|dawn)\s+(?:of|to)|on)\s\Z", re.IGNORECASE
)
_DAYS = {
    "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


def _day_and_weekday(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    """Read "Friday the 8th"."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    return make_atom(match, CalendarDate(day=day, weekday=words.weekdays[match["weekday"].lower()]))


def _day_alone(match: "re.Match[str]", *, spelled: bool = False) -> Atom | None:
    day = _DAYS[match[1].lower()] if spelled else int(match[1])
    before = match.string[max(0, match.start() - 14) : match.start()]
    if not 1 <= day <= 31 or not (_BEFORE_SPELLED if spelled else _BEFORE_DAY).search(before):
        return None
    return make_atom(match, CalendarDate(day=day))
