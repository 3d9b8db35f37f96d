"""What a person may correct: the fields, how their values are written, and how they are kept.

A value is kept as JSON of its type, so that a rebuild needs neither gazetteer nor catalogue; null means that
nothing is known of the field.
"""

import re
from calendar import monthrange
from typing import Any, get_args

import msgspec

from dateline.model.values import (
    Certainty,
    CountKind,
    CountOf,
    Currency,
    HowMany,
    Polarity,
    Reality,
    Status,
    When,
    WhenPrecision,
    Where,
    Who,
    make_status,
)

COUNTS: tuple[str, ...] = get_args(CountKind)
SIDES: tuple[str, ...] = get_args(CountOf)
FIELDS: tuple[str, ...] = ("type", "status", "when", "where", "actors", "targets", *COUNTS)
UNKNOWN = ("unknown", "none", "–", "-", "")

_TYPES: dict[str, Any] = {
    "type": str, "status": Status, "when": When, "where": Where, "actors": tuple[Who, ...],
    "targets": tuple[Who, ...],
}  # fmt: skip
_AXES: dict[str, str] = {
    word: axis
    for axis, words in (
        ("reality", Reality), ("polarity", Polarity), ("certainty", Certainty), ("currency", Currency),
    )
    for word in get_args(words)
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_COUNT = re.compile(r"(\d{1,9})(?:\s*(?:-|–|to|\.\.)\s*(\d{1,9})|\s*(\+))?")


def count_field(field: str) -> tuple[str, str] | None:
    """Return kind and whose of a count ("killed", "killed:civilian"); None for a field that is no count."""
    kind, _, of = field.partition(":")
    return (kind, of or "unknown") if kind in COUNTS and (not of or of in SIDES) else None


def is_field(field: str) -> bool:
    """Tell whether `field` can be corrected."""
    return field in _TYPES or count_field(field) is not None


def pack(value: Any) -> str:
    """Return a value as the JSON that a verdict keeps."""
    return msgspec.json.encode(value, order="deterministic").decode()


def unpack(field: str, data: str | None) -> Any:
    """Return the value of `field` that a verdict keeps, None for "not known".

    Raises ValueError where it is not one, as in a log that was edited by hand.
    """
    if data is None or not is_field(field):
        raise ValueError(f"no value of {field!r}")
    kind = HowMany if count_field(field) else _TYPES[field]
    try:
        return msgspec.json.decode(data, type=kind | None)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def read_when(text: str) -> When | None:
    """Read "2016-10-21", "2016-10", "2016" or two of them as "FIRST/LAST"; None for unknown.

    Raises ValueError for anything else.
    """
    if text.strip().casefold() in UNKNOWN:
        return None
    first, slash, last = text.strip().partition("/")
    start, precision = _days(first)
    end, _ = _days(last) if slash else _days(first)
    if start[0] > end[1]:
        raise ValueError(f"{text!r} ends before it begins")
    return When(
        start=start[0], end=end[1], precision="range" if slash else precision, text=text.strip(),
        anchor="stated", basis="stated",
    )  # fmt: skip


def _days(text: str) -> tuple[tuple[str, str], WhenPrecision]:
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM, YYYY, FIRST/LAST or unknown")
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"{text!r} is not a date of the calendar")
    if month is None:
        return (f"{year:04}-01-01", f"{year:04}-12-31"), "year"
    last = monthrange(year, month)[1]
    if day is None:
        return (f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}"), "month"
    if not 1 <= day <= last:
        raise ValueError(f"{text!r} is not a date of the calendar")
    return (text.strip(), text.strip()), "day"


def read_count(field: str, text: str) -> HowMany | None:
    """Read "12", "12-16" or "12+" (at least) as a count of `field`; None for unknown.

    Raises ValueError for anything else.
    """
    named = count_field(field)
    if named is None:
        raise ValueError(f"{field!r} is not a count")
    if text.strip().casefold() in UNKNOWN:
        return None
    found = _COUNT.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a count; write 12, 12-16, 12+ or unknown")
    low = int(found[1])
    high = None if found[3] else int(found[2] or low)
    if high is not None and high < low:
        raise ValueError(f"{text!r} ends before it begins")
    best = low if high == low else None
    return msgspec.convert(
        {"start": 0, "end": 0, "text": text.strip(), "kind": named[0], "of": named[1], "low": low, "best": best,
         "high": high},
        HowMany,
    )  # fmt: skip


def read_status(text: str, shown: Status) -> Status:
    """Read words of the four axes ("planned", "occurred denied"); axes that are not named stay as `shown`.

    Raises ValueError for a word that is of no axis and for two words of one.
    """
    axes: dict[str, Any] = {
        axis: getattr(shown, axis) for axis in ("reality", "polarity", "certainty", "currency")
    }
    given: set[str] = set()
    for word in text.replace(",", " ").casefold().split():
        axis = _AXES.get(word if word != "happened" else "occurred")
        if axis is None or axis in given:
            why = "is no word of a status" if axis is None else "says a second thing of one axis"
            raise ValueError(f"{word!r} {why}; there is: {', '.join(_AXES)}")
        axes[axis] = "occurred" if word == "happened" else word
        given.add(axis)
    if not given:
        raise ValueError(f"a status needs words such as: {', '.join(_AXES)}")
    return make_status(**axes)
