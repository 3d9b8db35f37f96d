"""Rules for clock times and parts of the day ("at 3 p.m.", "two in the morning", "at dawn")."""

import re

from dateline.resolve.timeatoms import DIGITS, Atom, Rule, first_words, make_atom, make_rule
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timedates import is_clock
from dateline.resolve.timeforms import PartOfDay
from dateline.resolve.timewords import GAP, TimeWords, alternatives


def daypart_rules(words: TimeWords) -> tuple[Rule, ...]:
    """Return the rules for clock times and parts of the day."""
    parts = alternatives(words.dayparts)
    zone = (
        rf"(?:{GAP}(?:local{GAP}time|gmt|utc|hours|hrs|e[sd]?t|c[sd]t|m[sd]t|p[sd]t|bst|ces?t|ees?t|msk|ist|pkt|"
        rf"[a-z]{{3,12}}{GAP}time)(?!\w))?"
    )
    return (
        make_rule([DIGITS], rf"(\d{{1,2}})(?::(\d{{2}}))?\s?([ap])(?:\.m\.|m(?!\w)){zone}", _clock_12),
        make_rule([DIGITS], rf"(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?![\d:])(?!\w){zone}", _clock_24),
        make_rule(
            [DIGITS, *_HOURS],
            rf"(\d{{1,2}}|{alternatives(_HOURS)})(?:{GAP}o['’]clock)?{GAP}in{GAP}the{GAP}(morning|afternoon|evening)(?!\w)",
            _clock_spoken,
        ),
        make_rule(
            [DIGITS, *_HOURS],
            rf"(\d{{1,2}}|{alternatives(_HOURS)}){GAP}o['’]clock(?!\w)()",
            _clock_spoken,
        ),
        make_rule(
            [DIGITS],
            rf"(\d{{2}})(\d{{2}})(?![\d%]|[,.]\d|\w){zone}",
            _clock_bare,
        ),
        make_rule([DIGITS], rf"(\d{{2}})(\d{{2}}){GAP}(?:hours|hrs|gmt|utc)(?!\w)", _clock_24),
        make_rule(["early", "small", "late"], rf"(?:early|small|late){GAP}hours(?!\w)", _small_hours),
        make_rule(
            first_words(words.dayparts),
            rf"({parts})(?!\w)",
            lambda match: make_atom(match, PartOfDay(), weak=True, daypart=words.dayparts[match[1].lower()]),
        ),
    )


def _small_hours(match: "re.Match[str]") -> Atom:
    return make_atom(match, PartOfDay(), daypart="evening" if match[0][0] in "lL" else "night")


_HOURS = {
    word: hour
    for hour, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}


def _clock_spoken(match: "re.Match[str]") -> Atom | None:
    hour = _HOURS.get(match[1].lower()) or int(match[1])
    if not 1 <= hour <= 12:
        return None
    half = (match[2] or "").lower()
    if not half:
        return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:00")
    hour = hour % 12 + (0 if half == "morning" else 12)
    return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:00")


def _clock_12(match: "re.Match[str]") -> Atom | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:{minute:02d}")


_WORD_AFTER = re.compile(r"\s{1,3}([^\W\d_]+)")


def _clock_bare(match: "re.Match[str]") -> Atom | None:
    """Read "at 1830"; "at 1500 metres" is a height."""
    after = _WORD_AFTER.match(match.string, match.end())
    counted = after is not None and after[1].lower() in load_clause_words().counted
    return _clock_24(match) if is_clock(match) and not counted else None


def _clock_24(match: "re.Match[str]") -> Atom | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return None
    return make_atom(match, PartOfDay(), daypart=f"{hour:02d}:{minute:02d}")
