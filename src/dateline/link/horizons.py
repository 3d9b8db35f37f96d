"""Horizons: until when a warning may come about, from its own dates, its words, or a length by kind."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.link.profiles import days_of
from dateline.model.event import Event, Said
from dateline.model.ids import ReportId
from dateline.model.outcome import Horizon
from dateline.model.values import Polarity, When
from dateline.ontology.pairing import load_wordings

Period = Literal["week", "month", "year"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


class HorizonWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wordings and lengths of `data/link/horizons.yaml`; all lengths are days."""

    defaults: Mapping[str, int]
    grace: int
    counted: tuple[str, ...]
    units: Mapping[str, float]
    several: Mapping[str, int]
    numbers: Mapping[str, int]
    days: Mapping[str, int]
    ends: Mapping[str, tuple[Period, int]]
    before: tuple[str, ...]
    bounds: tuple[str, ...]


class Limit(msgspec.Struct, frozen=True):
    """The last day that a wording allows, as an ordinal; None for a happening whose day is not told."""

    last: int | None
    text: str


@cache
def load_horizon_words() -> HorizonWords:
    """Return the wordings and lengths, read and checked once; raises DataError for faults of the file."""
    path = DATA / "link" / "horizons.yaml"
    try:
        words = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), HorizonWords)
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: {error}") from error
    faults = [f"{kind} has no default" for kind in WARNED if kind not in words.defaults]
    faults += [f"{unit} is in one of units and several only" for unit in {*words.units} ^ {*words.several}]
    if faults:
        raise DataError(f"{path.name}: {'; '.join(faults)}")
    return words


# What is followed to its outcome; "hypothetical" is no warning.
WARNED = ("planned", "threatened", "feared", "demanded")


# Its own days bound a warning where at least this share of the origins that warn of it before these days gives
# them. On 134 warnings of dev worlds three more outcomes are right than where as many have to give days as give
# none, with a half two more.
DATED_SHARE = 1 / 3

# A warning that is given again so soon after its time has passed stays open.
RENEWED_DAYS = 14


def horizon_of(warning: Event) -> Horizon | None:
    """Return the horizon of `warning`; None where neither its time nor its articles have a date.

    Its own days bound it where enough independent origins give days ahead, beside those that warn before these
    without any: a fear that nearly all tell without a time does not end with the week-end that one names.
    """
    told = _dated(said_of(warning))
    first, last = days_of(warning.when.start), days_of(warning.when.end)
    days = [span[0] for span, _ in told] + ([first[0]] if first else [])
    if not days and last is None:
        return None
    start = min(days) if days else last[0] if last else 0
    # "Since May" or "after May" has no end of its own.
    ahead = _ahead(warning)
    if ahead is None and last is not None and not told:
        return _horizon(min(start, last[1]), last[1], "dates", warning.when.text, warning.when.assumed)
    if ahead is not None:
        end, when, reports = ahead
        others = [(span, one) for span, one in told if one.report not in reports and span[0] < end]
        without = len({one.origin for _, one in others})
        if _origins(told, reports) >= DATED_SHARE * without or _is_corrected(warning):
            return _horizon(min(start, end), end, "dates", when.text, when.assumed)
        told = others
    elif last is not None and not _undated(warning):
        return _horizon(min(start, last[1]), last[1], "dates", warning.when.text, warning.when.assumed)
    return _by_words(warning, told, start)


def renewed_horizon(warning: Event, passed: Horizon) -> Horizon | None:
    """Return the horizon of what was warned of again within RENEWED_DAYS after `passed`, if it was."""
    end = date.fromisoformat(passed.end).toordinal()
    # Who says no does not give it anew.
    spent = _timed(warning) | {one.report for one in said_as(warning, "denied")}
    told = [
        (span, one)
        for span, one in _dated(said_of(warning))
        if end < span[0] <= end + RENEWED_DAYS
        and one.report not in spent
        and not (is_unfulfilled(one) or _is_recalled(one))
    ]
    if passed.basis == "default" or not told:
        return None
    return _by_words(warning, told, date.fromisoformat(passed.start).toordinal())


def _by_words(warning: Event, told: Sequence[tuple[tuple[int, int], Said]], start: int) -> Horizon:
    """Return the horizon that the sentences give, counted from their articles, else the default."""
    words = load_horizon_words()
    limits = [limit for span, one in told for limit in limits_of(one.sentence.text, span[1])]
    dated = [(limit.last, limit.text) for limit in limits if limit.last is not None]
    if dated:
        end, text = max(dated)
        return _horizon(start, max(end, start), "words", text, "counted from the article's day")
    length = words.defaults[warning.status.reality]
    end = max([span[1] for span, _ in told] or [start]) + length
    assumed = f"{length} days, the default for what is {warning.status.reality}"
    bound = min((limit.text for limit in limits), default=None)
    if bound:
        assumed += "; the day of what it is to come before is not told"
    return _horizon(start, end, "default", bound, assumed)


def _dated(said: Iterable[Said]) -> list[tuple[tuple[int, int], Said]]:
    return [(span, one) for one in said if (span := days_of(one.published)) is not None]


def _ahead(warning: Event) -> tuple[int, When, frozenset[ReportId]] | None:
    """Return the last day that a telling gives the warning ahead of itself, its time, and who gives days ahead.

    The shown time goes first, then that of most origins. What lies before its own telling ("the threat of last
    week", "the withdrawal foreseen for Sunday has not begun") bounds nothing that others warn of.
    """
    found = []
    for claim in warning.claims.when:
        last = days_of(claim.value.end)
        if last is None:
            continue
        reports = frozenset(
            one.report for one in claim.said if (day := days_of(one.published)) is None or day[0] <= last[1]
        )
        if reports or claim.by is not None:
            shown = claim.value == warning.when
            found.append(((not shown, -claim.origins, last[1]), last[1], claim.value, reports))
    if not found:
        return None
    _, end, when, _ = min(found, key=lambda entry: entry[0])
    return end, when, frozenset().union(*(reports for *_, reports in found))


def _undated(warning: Event) -> bool:
    """Tell whether a report of the warning gives it no time."""
    timed = _timed(warning)
    return any(one.report not in timed for one in said_of(warning))


def is_unfulfilled(said: Said) -> bool:
    """Tell whether a sentence about a warning says that it has not come about."""
    return load_wordings().unfulfilled.search(said.sentence.text) is not None


def _is_recalled(said: Said) -> bool:
    """Tell whether a sentence looks back on a warning ("had vowed to") and so gives none anew."""
    return load_wordings().warned_before.search(said.sentence.text) is not None


def _timed(warning: Event) -> frozenset[ReportId]:
    return frozenset(one.report for claim in warning.claims.when if claim.value.end for one in claim.said)


def _origins(told: Sequence[tuple[tuple[int, int], Said]], reports: Container[ReportId]) -> int:
    return len({one.origin for _, one in told if one.report in reports})


def _is_corrected(warning: Event) -> bool:
    return any(note.field == "when" for note in warning.corrected)


def said_of(event: Event) -> Iterator[Said]:
    """Give everyone who tells of `event`, each report once."""
    yield from {one.report: one for claim in event.claims.type for one in claim.said}.values()


def said_as(event: Event, polarity: Polarity) -> Iterator[Said]:
    """Give those who say yes to `event` (affirmed), or no (denied)."""
    return (one for claim in event.claims.status if claim.value.polarity == polarity for one in claim.said)


def _horizon(
    start: int, end: int, basis: Literal["dates", "words", "default"], text: str | None, assumed: str | None
) -> Horizon:
    return Horizon(start=_iso(start), end=_iso(end), basis=basis, text=text, assumed=assumed)


def _iso(day: int) -> str:
    return date.fromordinal(min(max(day, 1), date.max.toordinal())).isoformat()


def limits_of(sentence: str, day: int) -> Iterator[Limit]:
    """Give what `sentence`, published on `day` (ordinal), says of how soon: "within 48 hours", "next week"."""
    words = load_horizon_words()
    text = " ".join(sentence.split())
    for match in _counted().finditer(text):
        unit = match["unit"].lower()
        number = match["number"]
        length = words.several[unit] if number is None else _number(number, words) * words.units[unit]
        if number is not None or match["plural"]:
            yield Limit(day + max(1, round(length)), match.group())
    for match in _phrases(words.days).finditer(text):
        yield Limit(day + words.days[match.group().lower()], match.group())
    for match in _phrases(words.ends).finditer(text):
        yield Limit(_end(day, *words.ends[match.group().lower()]), match.group())
    for match in _before().finditer(text):
        yield Limit(_month_end(day, match["month"], match["year"]), match.group())


def _number(text: str, words: HorizonWords) -> int:
    key = text.lower()
    return int(key) if key.isdecimal() else words.numbers[key]


def _end(day: int, period: Period, ahead: int) -> int:
    on = date.fromordinal(day)
    if period == "week":
        return (on + timedelta(days=6 - on.weekday() + 7 * ahead)).toordinal()
    if period == "month":
        return _first_of(on.year, on.month + ahead + 1) - 1
    return date(on.year + ahead, 12, 31).toordinal()


def _first_of(year: int, month: int) -> int:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1).toordinal()


def _month_end(day: int, month: str | None, year: str | None) -> int | None:
    """Return the last day of the named month: of that year, or the next one to come from `day` on."""
    if month is None:
        return None
    number = _MONTHS.index(month.lower()) + 1
    on = date.fromordinal(day)
    whole = int(year) if year else on.year + (number < on.month)
    return _first_of(whole, number + 1) - 1


def _alternatives(wordings: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(wordings, key=lambda each: (-len(each), each)))


@cache
def _counted() -> re.Pattern[str]:
    words = load_horizon_words()
    number = rf"(?:(?P<number>\d{{1,3}}|{_alternatives(words.numbers)})[ -])?"
    return re.compile(
        rf"\b(?:{_alternatives(words.counted)}) {number}(?P<unit>{_alternatives(words.units)})(?P<plural>s)?\b",
        re.IGNORECASE,
    )


def _phrases(wordings: Mapping[str, object]) -> re.Pattern[str]:
    return _phrase_pattern(tuple(wordings))


@cache
def _phrase_pattern(wordings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(wordings)})\b", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    words = load_horizon_words()
    return re.compile(
        rf"\b(?:{_alternatives(words.before)}) (?:(?:the|its|his|their|an?|next) )?"
        r"(?:(?:start|end) of (?:the )?)?"
        rf"(?:[\w’'-]+ ){{0,2}}?(?:{_alternatives(words.bounds)})\b"
        rf"(?: in (?P<month>{_alternatives(_MONTHS)})(?: (?P<year>\d{{4}}))?)?",
        re.IGNORECASE,
    )
