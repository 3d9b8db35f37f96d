"""Names with a date in them: "July 23 Street", "6 October Bridge", "the Revolution of 17 October"."""

import re
from functools import cache

from dateline.resolve.timeatoms import Atom
from dateline.resolve.timeforms import CalendarDate, OtherDate, Weekday
from dateline.resolve.timewords import GAP, load_time_words

# No longer word of a name stands before "of" and its date.
_REACH = 30


@cache
def _behind(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{GAP}(?:{'|'.join(word.capitalize() for word in words)})(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(word.capitalize() for word in load_time_words().named_after)
    return re.compile(rf"(?<!\w)(?:{words}){GAP}of{GAP}(?:the{GAP})?\Z")


def is_in_name(atom: Atom, text: str) -> bool:
    """Tell whether a day or weekday is part of the name of a street, a square, a market or a movement."""
    form, words = atom.form, load_time_words()
    if isinstance(form, Weekday) and atom.daypart is None:
        return _behind(words.named_after_weekday).match(text, atom.end) is not None
    if not isinstance(form, CalendarDate | OtherDate) or form.day is None or form.year is not None:
        return False
    if _behind(words.named_after).match(text, atom.end):
        return True
    return _before().search(text, max(0, atom.start - _REACH), atom.start) is not None
