"""Feasts and months of other calendars: the words for them, and the days on which they fall."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from dateline.config import DATA
from dateline.errors import DataError
from dateline.resolve import othercalendars
from dateline.resolve.calendar import Range, day_or_none
from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timeforms import NEAREST_FUTURE, NEAREST_PAST, Feast, OtherDate
from dateline.resolve.timewords import GAP, alternatives, read_words

FEASTS = DATA / "time" / "feasts.yaml"
CALENDARS = DATA / "time" / "calendars.yaml"

# Years of the Islamic and the solar calendar that news can mean; other four-digit years are of the common era.
_HIJRI_YEARS = range(1300, 1501)


class FeastDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which day a feast begins; exactly one field is given (see data/time/feasts.yaml)."""

    fixed: tuple[int, int] | None = None
    islamic: tuple[int, int] | None = None
    easter: int | None = None
    orthodox: int | None = None
    rosh: int | None = None
    solar: tuple[int, int] | None = None
    weekday: tuple[int, int, int] | None = None
    unknown: str | None = None


class FeastEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feast: its words, its day, how long it lasts, and what is assumed when it is read as a date."""

    words: tuple[str, ...]
    falls: FeastDay
    days: int = 1
    doubtful: frozenset[str] = frozenset()
    assumed: str | None = None


class _Calendars(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    islamic: dict[int, list[str]]
    solar: dict[int, list[str]]
    doubtful: frozenset[str]
    things: frozenset[str]


@cache
def load_feasts(path: Path = FEASTS) -> dict[str, FeastEntry]:
    """Load and check the feasts, by each of their words; raises DataError where the file breaks its rules."""
    entries = read_words(path, list[FeastEntry], strict=False)
    found: dict[str, FeastEntry] = {}
    for entry in entries:
        given = [name for name in FeastDay.__struct_fields__ if getattr(entry.falls, name) is not None]
        if len(given) != 1:
            raise DataError(
                f"{path.name}: {entry.words[0]!r} needs exactly one way to find its day, not {given}"
            )
        if entry.falls.fixed and day_or_none(2000, *entry.falls.fixed) is None:
            raise DataError(f"{path.name}: {entry.words[0]!r} is on no day of a year: {entry.falls.fixed}")
        for word in entry.words:
            if word in found:
                raise DataError(f"{path.name}: {word!r} stands under two feasts; keep one")
            found[word] = entry
    return found


@cache
def load_calendars(path: Path = CALENDARS) -> _Calendars:
    """Load and check the months of other calendars; raises DataError where the file breaks its rules."""
    file = read_words(path, _Calendars, strict=False)
    for name, months in (("islamic", file.islamic), ("solar", file.solar)):
        if sorted(months) != list(range(1, 13)):
            raise DataError(f"{path.name}: the months of {name} must be numbered 1 to 12")
    return file


# --- the days ---------------------------------------------------------------------------------------------


@cache
def feast_days(name: str, year: int) -> tuple[Range, ...]:
    """Return when a feast falls in a year of the common era: none, one or (of a lunar year) two times."""
    entry = load_feasts()[name]
    if not 2 <= year <= 9998:
        return ()
    if entry.falls.islamic is not None:
        spans = (
            _islamic_span(lunar, *entry.falls.islamic, entry.days)
            for lunar in othercalendars.islamic_years(year)
        )
        return tuple(span for span in spans if span is not None and (span[0] + timedelta(days=1)).year == year)
    first = _first_day(entry.falls, year)
    return () if first is None else ((first, first + timedelta(days=entry.days - 1)),)


def _islamic_span(year: int, month: int, day: int, days: int) -> Range | None:
    if (month, day, days) == (9, 1, 30):
        return othercalendars.islamic_days(year, month, None)
    first = othercalendars.islamic_day(year, month, day)
    return (first - timedelta(days=1), first + timedelta(days=days)) if first else None


def _first_day(on: FeastDay, year: int) -> date | None:
    if on.fixed is not None:
        return day_or_none(year, *on.fixed)
    if on.weekday is not None:
        return othercalendars.nth_weekday(year, *on.weekday)
    if on.easter is not None:
        return othercalendars.easter(year) + timedelta(days=on.easter)
    if on.orthodox is not None:
        return othercalendars.orthodox_easter(year) + timedelta(days=on.orthodox)
    if on.rosh is not None:
        new_year = othercalendars.jewish_new_year(year)
        return new_year + timedelta(days=on.rosh) if new_year else None
    if on.solar is not None:
        days = othercalendars.solar_days(year - 621, *on.solar)
        return days[0] if days else None
    return None


def feast_note(name: str) -> str | None:
    """Return what is assumed when a feast is read as a date."""
    entry = load_feasts()[name]
    return entry.assumed or (othercalendars.ISLAMIC_NOTE if entry.falls.islamic else None)


def other_days(form: OtherDate, year: int) -> Range | None:
    """Return the days of a date of another calendar in a year of that calendar."""
    convert = othercalendars.islamic_days if form.calendar == "islamic" else othercalendars.solar_days
    return convert(year, form.month, form.day)


def other_years(form: OtherDate, common_year: int) -> tuple[int, ...]:
    """Return the years of the other calendar that a year of the common era may touch."""
    if form.calendar == "islamic":
        return othercalendars.islamic_years(common_year)
    return (common_year - 622, common_year - 621)


# --- the words --------------------------------------------------------------------------------------------


def feast_rules() -> tuple[Rule, ...]:
    """Return the rules for feasts and for dates of other calendars."""
    feasts = load_feasts()
    names = alternatives(feasts)
    year = rf"(?:,?{GAP}(?:of{GAP}|in{GAP})?([12]\d{{3}})(?![\d%]|,\d|\.\d|\w))?"
    pointer = rf"(?:(last|this|next){GAP}(?:year['’]s{GAP})?)?"
    heads = first_words(feasts)
    return (
        make_rule(heads, rf"()({names})(?!\w|-\w){year}", _feast),
        make_rule(["last", "this", "next"], rf"{pointer}({names})(?!\w){year}", _feast),
        *_month_rules(),
    )


@cache
def _thing_after() -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:{alternatives(load_calendars().things)})(?!\w)", re.IGNORECASE)


_NAME_AFTER = re.compile(r"\s[A-Z][a-z]{2,20}")


def _feast(match: "re.Match[str]") -> Atom | None:
    written = match[2]
    name = " ".join(written.lower().replace("’", "'").split())
    entry = load_feasts().get(name)
    if entry is None or not any(letter.isupper() for letter in written):
        return None
    shift = {"last": NEAREST_PAST, "this": 0, "next": NEAREST_FUTURE}.get((match[1] or "").lower())
    year = int(match[3]) if match[3] else None
    if _NAME_AFTER.match(match.string, match.end()) or _thing_after().match(match.string, match.end()):
        # "the Easter Offensive", "Christmas Island", "a Christmas market"
        return None
    if name in entry.doubtful and year in _HIJRI_YEARS:
        return None
    form = Feast(name=name, year=year, year_shift=shift)
    weak = name in entry.doubtful and year is None and shift is None
    return make_atom(match, form, weak=weak)


def _month_rules() -> Iterable[Rule]:
    file = load_calendars()
    yield from _rules_of("islamic", file.islamic)
    yield from _rules_of("solar", file.solar)


def _rules_of(calendar: Literal["islamic", "solar"], listed: Mapping[int, list[str]]) -> Iterable[Rule]:
    months = {word: number for number, words in listed.items() for word in words}
    month = rf"(?P<month>{alternatives(months)})(?!\w)"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w)"
    era = rf"(?:{GAP}(?:a\.?h\.?|h\.s\.|hijri)(?!\w))?"
    year = rf"(?:,?{GAP}(?:of{GAP})?(?P<year>1[345]\d\d|20\d\d)(?![\d%]|,\d|\.\d|\w){era})"

    def build(match: "re.Match[str]") -> Atom | None:
        return _other(match, calendar, months)

    yield make_rule([DIGITS, "the"], rf"(?:the{GAP})?{day}{GAP}(?:of{GAP})?{month}{year}?", build)
    yield make_rule(first_words(months), rf"{month}{GAP}{day}{year}?", build)
    yield make_rule(first_words(months), month + year, build)


def _other(
    match: "re.Match[str]", calendar: Literal["islamic", "solar"], months: Mapping[str, int]
) -> Atom | None:
    written = match["month"]
    if not written[0].isupper():
        return None
    name = " ".join(written.lower().replace("’", "'").split())
    groups = match.groupdict()
    day = int(groups["day"]) if groups.get("day") else None
    year = int(groups["year"]) if groups.get("year") else None
    if name in load_calendars().doubtful and (day is None and year not in _HIJRI_YEARS):
        return None
    if name in load_calendars().doubtful and calendar == "solar" and year not in _HIJRI_YEARS:
        return None
    common = year if year is not None and year not in _HIJRI_YEARS else None
    form = OtherDate(
        calendar=calendar,
        year=None if common else year,
        common_year=common,
        month=months[name],
        day=day,
    )
    return make_atom(match, form)
