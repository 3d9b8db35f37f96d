"""Publication dates: reads date wording with its precision, and chooses among what a page says of itself."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from dateline.model.article import DatePrecision, Published


class Found(msgspec.Struct, frozen=True):
    """Wording that may give the publication date, and the rule that found it."""

    rule: str
    text: str


# RFC 2822, 4.3: two digits 00 to 49 mean 20xx, 50 to 99 mean 19xx.
CENTURY_SPLIT = 50

# A capture stamped in UTC may hold an article dated tomorrow in its own time zone, never the day after.
ZONE_SLACK = timedelta(days=1)

# Longer than any date with its weekday, time, zone and label; what is longer is not a date.
LONGEST_WORDING = 120

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER = r"(?P<n>1[0-2]|0?[1-9])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_ORDINAL = _DAY + r"(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_OFFSET = r"\(?(?:gmt|utc)?\s?[+-]\d\d?:?(?:\d\d)?\)?(?:\s*\([a-z. ]{2,40}\))?"
_ZONE = r"(?:\s*(?:z\b|utc\b|[a-z]{1,4}t\b(?![+-])|msk\b|local time\b|" + _OFFSET + r"))?"
_CLOCK = r"\d{1,2}[:.h]\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[ap](?:\.\s?m\.|m\b))?" + _ZONE

# One pattern per order of the parts.
_SHAPES = (
    # 2017-06-26T14:05:00+03:00, 2017/06/26, 2017.6.26, 2017-06-26 14:05
    _YEAR + r"(?P<sep>[-/.])" + _NUMBER + r"(?P=sep)" + _DAY + r"(?!\d)(?:(?:t|\s+|,\s*)" + _CLOCK + r")?",
    # 20170626, 20170626T140500Z
    _YEAR + r"(?P<n>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?!\d)(?:t\d\d:?\d\d(?::?\d\d)?" + _ZONE + r")?",
    # June 26, 2017; Oct. 21 2016; June 26th, 2017
    _MONTH + r"\s*" + _ORDINAL + r"\s*,?\s*" + _YEAR + r"(?!\d)",
    # 26 June 2017; 26-Jun-2017; 26th of June, 2017
    _ORDINAL + r"(?:\s+of\s+|[\s-]*)" + _MONTH + r"[\s,-]*" + _YEAR + r"(?!\d)",
    # Tue Nov 19 10:33:22 UTC 2019
    _MONTH + r"\s+" + _DAY + r"\s+" + _CLOCK + r"\s+" + _YEAR + r"(?!\d)",
    # 2017 June 26; 2017-Jun-26
    _YEAR + r"[\s,-]+" + _MONTH + r"[\s-]*" + _ORDINAL + r"(?!\d)",
    # 3 JAN 90: archives of agencies, RFC 822
    _ORDINAL + r"[\s-]+" + _MONTH + r"[\s,-]+'?(?P<yy>\d\d)(?!\d|\s*:)",
    # 26/06/2017, 06-26-2017, 26.6.2017: taken only where one number alone can be the day
    r"(?P<a>\d\d?)(?P<sep>[-/.])(?P<b>\d\d?)(?P=sep)" + _YEAR + r"(?!\d)",
    # June 2017
    _MONTH + r"\s*,?\s*" + _YEAR + r"(?!\d)",
    # 2016-10
    _YEAR + r"[-/](?P<n>1[0-2]|0[1-9])(?![\d/-])",
)
_PATTERNS = tuple(re.compile(r"(?<![\w/.-])" + shape, re.IGNORECASE) for shape in _SHAPES)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_REST = re.compile(
    r"(?:\s|[,;:|@()·•–—-]"
    r"|\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"
    r"|\b(?:first\s+)?(?:published|posted|publication|released|issued|filed|created|date|dated|time|on|at)\b"
    r"|\b" + _CLOCK + r")*",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\d\d?:\d\d:(\d\d)")


def parse_date(text: str) -> tuple[str, DatePrecision] | None:
    """Return the date that `text` is, as ISO 8601 cut to its precision, or None.

    The whole wording must be one date (a weekday, a time, a zone and a label such as "Published:" may
    stand around it). The day is kept as written in the zone stated. Precision is "second" only where
    seconds are written and the time is not midnight to the second, which systems write for "no time".
    Numbers such as 03/04/2017 are not guessed: they give None unless only one order makes a date.
    """
    wording = " ".join(text.split())
    if not wording or len(wording) > LONGEST_WORDING:
        return None
    if _YEAR_ALONE.fullmatch(wording):
        return wording, "year"
    found = _first(wording)
    if found is None:
        return None
    start, end, iso, precision = found
    before, after = wording[:start], wording[end:]
    if not _REST.fullmatch(before) or not _REST.fullmatch(after):
        return None
    return _with_seconds(wording, iso, precision)


def find_date(text: str) -> tuple[str, str, DatePrecision] | None:
    """Return the first date in one line of text as (wording, iso, precision), or None.

    Only a full day counts here: running text names months and years that are no dates of its own.
    """
    found = _first(text)
    if found is None or found[3] not in ("day", "second"):
        return None
    start, end, iso, precision = found
    return text[start:end], iso, precision


def _first(text: str) -> tuple[int, int, str, DatePrecision] | None:
    """Return the earliest date in `text` as (start, end, iso, precision); longer wordings win."""
    best: tuple[int, int, str, DatePrecision] | None = None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _value(match)
            if value is None:
                continue
            key = (match.start(), -match.end())
            if best is None or key < (best[0], -best[1]):
                best = (match.start(), match.end(), *value)
            break
    return best


def _value(match: re.Match[str]) -> tuple[str, DatePrecision] | None:
    parts = match.groupdict()
    if parts.get("a"):
        return _numeric(int(parts["a"]), int(parts["b"]), int(parts["y"]))
    year = _century(parts["yy"]) if parts.get("yy") else int(parts["y"])
    month = int(parts["n"]) if parts.get("n") else _MONTHS.index(parts["m"][:3].lower()) + 1
    if not parts.get("d"):
        return f"{year:04}-{month:02}", "month"
    return _day(year, month, int(parts["d"]))


def _century(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < CENTURY_SPLIT else 1900)


def _day(year: int, month: int, day: int) -> tuple[str, DatePrecision] | None:
    try:
        return date(year, month, day).isoformat(), "day"
    except ValueError:
        return None


def _numeric(first: int, second: int, year: int) -> tuple[str, DatePrecision] | None:
    """Return the day where the order of day and month is certain."""
    orders = {_day(year, second, first), _day(year, first, second)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _with_seconds(wording: str, iso: str, precision: DatePrecision) -> tuple[str, DatePrecision]:
    clock = _SECOND.search(wording)
    if precision != "day" or clock is None or clock.group().endswith("00:00:00"):
        return iso, precision
    return iso, "second"


_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:"
    r"(?P<sep>[/_.-])(?P<n>1[0-2]|0?[1-9])(?P=sep)(?P<d>3[01]|[12]\d|0?[1-9])(?![\d])"
    r"|(?P<n2>1[0-2]|0[1-9])(?P<d2>3[01]|[12]\d|0[1-9])(?!\d)"
    r"|[/-](?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[/-](?P<d3>3[01]|[12]\d|0?[1-9])(?!\d))",
    re.IGNORECASE,
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-](?P<n>1[0-2]|0[1-9])/")


def date_in_url(url: str) -> Found | None:
    """Return the date that stands in the path of `url` (/2017/06/26/, /20170626, /2017/06/), if any.

    Digits run together count only as a whole number, so an identifier of nine digits is no date.
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url.split("?", 1)[0].split("#", 1)[0], flags=re.IGNORECASE)
    for match in _URL_DAY.finditer(path):
        parts = match.groupdict()
        month = parts["n"] or parts["n2"]
        number = int(month) if month else _MONTHS.index(parts["m"].lower()) + 1
        value = _day(int(parts["y"]), number, int(parts["d"] or parts["d2"] or parts["d3"]))
        if value is not None:
            return Found("url", value[0])
    month_only = _URL_MONTH.search(path)
    return Found("url", f"{month_only['y']}-{month_only['n']}") if month_only else None


def choose(candidates: Iterable[Found], *, fetched: str | None = None) -> Published:
    """Return the first candidate that reads as a date, in the order given; unknown where none does.

    `fetched` is when the page was got (ISO 8601): a date after it is refused, save one the user gave.
    """
    limit = _limit(fetched)
    for candidate in candidates:
        value = parse_date(candidate.text)
        if value is None:
            continue
        iso, precision = value
        if limit is not None and candidate.rule != "given" and iso > limit[: len(iso)]:
            continue
        return Published(date=iso, precision=precision, rule=candidate.rule, text=candidate.text.strip())
    return Published()


def _limit(fetched: str | None) -> str | None:
    """Return the last day on which what was fetched at `fetched` can have been published."""
    value = parse_date(fetched) if fetched else None
    if value is None or value[1] not in ("day", "second"):
        return None
    return (date.fromisoformat(value[0]) + ZONE_SLACK).isoformat()
