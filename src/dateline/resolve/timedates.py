"""Rules for dates: in figures, with the month's name, and years, decades and centuries."""

import re

import msgspec

from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timeforms import CalendarDate, Period
from dateline.resolve.timewords import GAP, TimeWords, alternatives

# Years outside these bounds are read as counts: the earliest is older than any archive of news, the latest
# beyond any announced plan.
FIRST_YEAR, LAST_YEAR = 1000, 2100


def numeric_date_rules() -> tuple[Rule, ...]:
    """Return the rules for dates in figures."""
    return (
        make_rule(
            [DIGITS],
            r"(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\d-])",
            lambda match: _figures(match, int(match[1]), int(match[2]), int(match[3])),
        ),
        make_rule([DIGITS], r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])", _slashed),
        make_rule(
            [DIGITS],
            r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.]\d)",
            lambda match: _figures(match, int(match[3]), int(match[2]), int(match[1])),
        ),
        make_rule([DIGITS], r"(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.]?\d)", _dotted_short),
    )


def _dotted_short(match: "re.Match[str]") -> Atom | None:
    """Read "on 3.5.18"; without a preposition it may be the number of anything."""
    day, month, year = int(match[1]), int(match[2]), int(match[3])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return make_atom(match, CalendarDate(year=year, month=month, day=day, short_year=True), weak=True)


def _figures(match: "re.Match[str]", year: int, month: int, day: int) -> Atom | None:
    # a month 13 or a day 32 is kept: it is meant as a date, and resolving says that there is none
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return make_atom(match, CalendarDate(year=year, month=month, day=day))


def _slashed(match: "re.Match[str]") -> Atom | None:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    short = len(match[3]) == 2
    if not short and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if short and (first > 31 or second > 31 or (first > 12 and second > 12)):
        return None
    if first > 12 and second <= 12:
        first, second = second, first
    ambiguous = 1 <= first <= 12 and 1 <= second <= 12 and first != second
    date = CalendarDate(year=year, month=first, day=second, short_year=short, ambiguous=ambiguous)
    return make_atom(match, date)


_DAY = r"(0?[1-9]|[12]\d|3\d)(?:st|nd|rd|th)?(?!\d|\w)"

_TO = rf"(?:\s?[-–—/]\s?|{GAP}(?:to|and|or|until|through){GAP})"

_ERA = r"(?: ?(?:bce?|b\.c\.(?:e\.)?)(?![\w-]))"

YEAR = r"([12]\d{3})(?![\d%]|,\d|\.\d|\w)"


def named_date_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for dates with the name of a month or of the day itself."""
    month = month_pattern(words)
    after = rf"(?: ?,?(?:{GAP}|-)(?:of{GAP})?(?:{YEAR}|(['’]?\d\d)(?!\d|\w|[:.,]\d|%)))?"
    named = alternatives(words.named_days)
    return (
        make_rule(
            [DIGITS, "the"],
            rf"(?:the{GAP})?{_DAY}(?:{_TO}{_DAY})?(?:{GAP}|-)(?:of{GAP})?{month}{after}",
            lambda match: _day_month(match, words),
        ),
        make_rule(
            words.months,
            rf"{month}(?:{GAP}|-){_DAY}(?!:\d|%|\.\d|,\d{{3}}|-(?:year|month|day|hour|member))"
            rf"(?:{_TO}{_DAY}(?!:\d|%|\.\d))?(?: ?,?{GAP}(?:of{GAP})?{YEAR})?",
            lambda match: _month_day(match, words),
        ),
        make_rule(
            words.months,
            rf"{month} ?,?{GAP}(?:of{GAP})?(?:the{GAP}year{GAP})?(?:{YEAR}|['’](\d\d)(?!\d|\w))",
            lambda match: _month_year(match, words),
        ),
        make_rule(
            [*words.ordinals, "fifth", "the"],
            rf"(?:the{GAP})?({alternatives([*words.ordinals, 'fifth'])}){GAP}({alternatives(_full(words))})"
            rf"{GAP}(?:of|in){GAP}(?:the{GAP}month{GAP}of{GAP})?{month}(?: ?,?{GAP}(?:of{GAP})?{YEAR})?",
            lambda match: _nth_weekday(match, words),
        ),
        make_rule(words.months, month, lambda match: _month(match, words)),
        make_rule(first_words(words.named_days), rf"({named})(?!\w)", lambda match: _named_day(match, words)),
    )


def _full(words: TimeWords) -> list[str]:
    return [word for word in words.weekdays if word.endswith("day")]


def _nth_weekday(match: "re.Match[str]", words: TimeWords) -> Atom:
    """Read "the first Tuesday of October 2016"."""
    which = {**words.ordinals, "fifth": 5}[match[1].lower()]
    form = CalendarDate(
        year=int(match[4]) if match[4] else None,
        month=month_number(match[3], words),
        nth=(which, words.weekdays[match[2].lower()]),
    )
    return make_atom(match, form)


def month_pattern(words: TimeWords) -> str:
    """Match a month's name, or its abbreviation with or without a full stop, as one group."""
    short = {word for word in words.months if len(word) <= 4 and word not in _SHORT_NAMES}
    return rf"({alternatives(words.months.keys() - short)}(?!\w)|{alternatives(short)}(?!\w)\.?)"


# Months whose whole name is as short as an abbreviation.
_SHORT_NAMES = frozenset({"may", "june", "july"})


def month_number(word: str, words: TimeWords) -> int:
    """Return the number of a month from its name."""
    return words.months[word.lower().rstrip(".")]


def _range_of(match: "re.Match[str]", first: CalendarDate, days: tuple[int, int]) -> Atom:
    """Make the atom of a date, or of two where the group `days[1]` matched another day of the month."""
    if match[days[1]] is None:
        return make_atom(match, first)
    second = msgspec.structs.replace(first, day=int(match[days[1]]))
    cut = (match.end(days[0]), match.start(days[1]))
    return Atom(start=match.start(), end=match.end(), form=first, second=second, cut=cut)


def _day_month(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    day, name, year, short = match[1], match[3], match[4], match[5]
    if short is not None and not (short[0] in "'’" or name.isupper() or _HYPHENED.fullmatch(match[0])):
        return _day_month_only(match, words)
    date = CalendarDate(
        year=int(year) if year else int(short[-2:]) if short else None,
        month=month_number(name, words),
        day=int(day),
        short_year=year is None and short is not None,
    )
    if name in ("may", "march", "mar") and not year:
        return None
    return _range_of(match, date, (1, 2))


_HYPHENED = re.compile(r"\d{1,2}-[A-Za-z]{3,4}-\d\d")


def _day_month_only(match: "re.Match[str]", words: TimeWords) -> Atom:
    """Read "3 January 90 people" as a day and month: the two figures after it are no year."""
    end = match.end(3)
    date = CalendarDate(month=month_number(match[3], words), day=int(match[1]))
    found = _range_of(match, date, (1, 2))
    return msgspec.structs.replace(found, end=end)


def _month_day(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    name, day, year = match[1], match[2], match[4]
    if not name[0].isupper():
        return None
    following = _word_after(match)
    if year is None and following in load_clause_words().counted:
        # "In October 20 people were killed"
        return Atom(
            start=match.start(),
            end=match.end(1),
            form=CalendarDate(month=month_number(name, words)),
            weak=True,
        )
    date = CalendarDate(year=int(year) if year else None, month=month_number(name, words), day=int(day))
    return _range_of(match, date, (2, 3))


def _word_after(match: "re.Match[str]") -> str:
    found = _NEXT_WORD.match(match.string, match.end())
    return found[1].lower() if found else ""


# "On June 18 more than 300 people": what is counted is not "more".
_NEXT_WORD = re.compile(r"\s{0,3}(?!more\s+than\b)([^\W\d_]+)")


def _month_year(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    name, year, short = match[1], match[2], match[3]
    if not name[0].isupper():
        return None
    number = int(year or short)
    form = CalendarDate(year=number, month=month_number(name, words), short_year=year is None)
    return make_atom(match, form)


# Months that are also common words or first names; alone they need a preposition.
_DOUBTFUL = frozenset({"may", "march", "april", "june", "august"})


def _month(match: "re.Match[str]", words: TimeWords) -> Atom | None:
    name = match[1]
    if not name[0].isupper():
        return None
    short = len(name.rstrip(".")) <= 4 and name.lower() not in _SHORT_NAMES
    form = CalendarDate(month=month_number(name, words))
    return make_atom(match, form, weak=short or name.lower() in _DOUBTFUL)


def _named_day(match: "re.Match[str]", words: TimeWords) -> Atom:
    year, month, day = words.named_days[" ".join(match[1].lower().split())].split("-")
    return make_atom(match, CalendarDate(year=int(year), month=int(month), day=int(day)))


def year_rules() -> tuple[Rule, ...]:
    """Return the rules for years, decades and centuries."""
    number = "|".join(sorted(_ORDINALS, key=len, reverse=True))
    return (
        make_rule([DIGITS], YEAR, lambda match: _year(match, int(match[1]))),
        make_rule(
            ["the", "year", "years"],
            rf"(?:the{GAP})?years?{GAP}{YEAR}(?!\s?[-–—/]\s?\d)",
            lambda match: make_atom(match, CalendarDate(year=int(match[1]))),
        ),
        make_rule([DIGITS], r"(\d\d)(?!\d|\w|[:.,]\d|%)", _short_year),
        make_rule([DIGITS], rf"([1-9]\d{{0,3}}){_ERA}", lambda match: _before_era(match, int(match[1]))),
        make_rule(
            [DIGITS],
            rf"([1-9]\d{{0,3}})(?=(?:\s?[-–—]\s?|{GAP}(?:to|and|until){GAP})\d{{1,4}}{_ERA})",
            _bc_first,
        ),
        make_rule(
            _ORDINALS,
            rf"({number})(?:{GAP}|-)centur(?:y|ies)(?!\w)(?!{_ERA})",
            lambda match: make_atom(
                match, Period(unit="century", number=(_ORDINALS[match[1].lower()] - 1) * 100)
            ),
        ),
        make_rule([DIGITS], r"([12]\d{3})(?:\s?[-–—]\s?|/)(\d{2}|[12]\d{3})(?![\d%]|[,.]\d|\w|-)", _year_pair),
        make_rule(
            [DIGITS], r"([12]\d{2})0['’]?s(?!\w)", lambda match: _decade(match, int(match[1]) * 10, weak=False)
        ),
        make_rule(
            [DIGITS],
            r"([2-9])0['’]?s(?!\w)",
            lambda match: _decade(match, 1900 + int(match[1]) * 10, weak=True),
        ),
        make_rule(
            [DIGITS],
            rf"(\d{{1,2}})(?:st|nd|rd|th)(?:{GAP}|-)centur(?:y|ies)(?!\w)(?!{_ERA})",
            lambda match: make_atom(match, Period(unit="century", number=(int(match[1]) - 1) * 100)),
        ),
    )


_ORDINALS = {
    word: number
    for number, word in enumerate(
        "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "  # noqa: SIM905
        "twentieth twenty-first".split(),
        start=11,
    )
}


def _before_era(match: "re.Match[str]", year: int) -> Atom:
    return make_atom(match, CalendarDate(year=year, era="bc"))


def _bc_first(match: "re.Match[str]") -> Atom:
    return make_atom(match, CalendarDate(year=int(match[1]), era="bc"))


def _year(match: "re.Match[str]", year: int) -> Atom | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or is_clock(match):
        return None
    return make_atom(match, CalendarDate(year=year), weak=True)


_APOSTROPHE = re.compile(
    r"(?<!\w)(?:in|since|until|till|by|of|before|after|from|to|early|late)\s['’]\Z", re.IGNORECASE
)


def _short_year(match: "re.Match[str]") -> Atom | None:
    """Read "in '99"; two figures without an apostrophe are no year."""
    start = match.start()
    if not _APOSTROPHE.search(match.string, max(0, start - 9), start):
        return None
    form = CalendarDate(year=int(match[1]), short_year=True)
    return Atom(start=start - 1, end=match.end(), form=form)


def is_clock(match: "re.Match[str]") -> bool:
    """Tell whether four figures are a time of the day: "at 1830"."""
    before = match.string[max(0, match.start() - 4) : match.start()].lower().split()
    return before[-1:] == ["at"]


def _year_pair(match: "re.Match[str]") -> Atom | None:
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
    if not (FIRST_YEAR <= first < last <= LAST_YEAR):
        return None
    return Atom(
        start=match.start(),
        end=match.end(),
        form=CalendarDate(year=first),
        second=CalendarDate(year=last),
        cut=(match.end(1), match.start(2)),
        weak=len(match[2]) == 2,
    )


def _decade(match: "re.Match[str]", first: int, *, weak: bool) -> Atom:
    return make_atom(match, Period(unit="decade", number=first), weak=weak)
