"""Numbers in words and figures, and the closed interval that their wording bounds.

Conventions, in the manner of the low/best/high of the UCDP georeferenced event data; the single figure that
ACLED asks for is a projection and is made at export.

| wording | low | best | high |
|---|---|---|---|
| 40 | 40 | 40 | 40 |
| at least 40, 40 or more | 40 | 40 | - |
| more than 40, over 40 | 40 | 40 | - |
| about 25 | 22 | 25 | 28 |
| nearly 90 | 81 | 90 | 90 |
| fewer than 10 | 1 | - | 9 |
| up to 30, as many as 30 | 1 | - | 30 |
| 10 to 15 | 10 | - | 15 |
| dozens; hundreds; tens of thousands | 24; 200; 20000 | - | - |
| several, a few | 3 | - | - |
| a number of, some | 2 | - | - |
| an unknown number | 1 | - | - |
| no one | 0 | 0 | 0 |

"-" is None: the wording does not bound it. "More than 40" is kept as 40: whoever coded such wordings by hand
wrote the number that they read (5 of 5 among the training incidents of Insecurity Insight), and 41 would be
false exactness.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from dateline.resolve.countwords import Bound, load_count_words

# "About 25" is read as within a tenth (one part in APPROXIMATE), rounded outwards.
# No study of news usage stands
# behind the tenth: it is the width at which the next round number is not yet the better word.
APPROXIMATE = 10
# No war has counted more people than there are; figures above this are misread.
MOST_PEOPLE = 10**10


class Bounds(msgspec.Struct, frozen=True):
    """A closed interval of a count; None for `best` or `high` where the wording does not bound it."""

    low: int
    best: int | None
    high: int | None

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(
            self.low + other.low,
            None if self.best is None or other.best is None else self.best + other.best,
            None if self.high is None or other.high is None else self.high + other.high,
        )


class Quantity(msgspec.Struct, frozen=True):
    """Bounds read from `text[start:end]`; `number` tells figures and number words from bare quantifiers.

    `words` is the wording in lower case with single blanks.
    """

    start: int
    end: int
    bounds: Bounds
    number: bool
    words: str


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered) + ")"


class _Patterns(msgspec.Struct, frozen=True):
    range: re.Pattern[str]
    number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    plain: re.Pattern[str]
    plural: re.Pattern[str]
    vague: re.Pattern[str]
    exact: re.Pattern[str]


# Not within a longer figure, a share, a time or an age.
_NUMBER_ENDS = r"(?![\w%]|[.,]\d|/\d|:\d|[-\s](?:year|month|week|day)s?[-\s]old(?!s))"


@cache
def patterns() -> _Patterns:
    """Return the compiled patterns of the grammar, built once from the vocabulary."""
    words = load_count_words()
    digit, scale = _any(words.digits), _any(words.scales)
    unit = rf"(?:{digit}|{scale})"
    first = rf"(?:(?:an?|half\s{{1,3}}an?)\s{{1,3}}{scale}|{digit}|{scale})"
    spelled = rf"{first}(?:(?:-|\s{{1,3}}(?:and\s{{1,3}})?){unit}){{0,7}}"
    figure = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,3})?"
    number = rf"(?:(?:{figure})(?:[\s-]{{1,2}}{scale}(?!s?\w))?|{spelled}){_NUMBER_ENDS}"
    joint = r"(?:\s?[-–—]\s?|\s{1,3}(?:to|or)\s{1,3})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Patterns(
        range=compiled(
            rf"between\s{{1,3}}({number})\s{{1,3}}and\s{{1,3}}({number})"
            rf"|(?:from\s{{1,3}})?({number}){joint}({number})"
        ),
        number=compiled(rf"({number})(\+|[-\s]plus(?!\w))?"),
        before=compiled(rf"{_any(words.before)}(?!\w)\s{{1,3}}"),
        after=compiled(rf"\s{{1,3}}({_any(words.after)})(?!\w)"),
        plain=compiled(rf"(?:{_any(words.plain)}\s{{1,3}}){{1,3}}"),
        plural=compiled(rf"({_any(words.plurals)})(?!\w)"),
        vague=compiled(rf"({_any(words.vague)})(?!\w)(?:\s{{1,3}}({scale})(?!\w))?"),
        exact=compiled(rf"({_any(words.exact)})(?!\w)"),
    )


def number_of(written: str) -> int | None:
    """Return the whole number that figures or words say, or None.

    Fractions come only with a scale ("2.5 million"); a bare fraction is no count of people.
    """
    words = load_count_words()
    tokens = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", written.lower())
    total, current = 0.0, 0.0
    half = False
    for word in tokens:
        if word in ("and", "a", "an"):
            continue
        if word == "half":
            half = True
        elif word[0].isdecimal():
            current += float(word.replace(",", ""))
        elif word in words.digits:
            current += words.digits[word]
        elif word in words.scales:
            scale = words.scales[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    value = total + current
    if half:
        value /= 2
    if value != int(value) or value > MOST_PEOPLE:
        return None
    return int(value)


def read_quantity(text: str, start: int, end: int) -> Quantity | None:
    """Read the quantity that begins at `start`, not beyond `end`; offsets are code points of `text`.

    Determiners that do not change a number ("the", "another", "a total of") may stand before it.
    """
    words, compiled = load_count_words(), patterns()
    position = start
    bound: Bound | None = None
    core = None
    for _ in range(3):
        before = (
            compiled.before.match(text, position, end) if _head(text, position) in _heads().before else None
        )
        core = _core(text, before.end(), end) if before is not None else None
        if before is not None and core is not None:
            bound = words.before[_key(before[0])]
            break
        core = _core(text, position, end)
        if core is not None:
            break
        plain = compiled.plain.match(text, position, end) if _head(text, position) in _heads().plain else None
        if plain is None:
            return None
        position = plain.end()
    if core is None or core.bounds.low > MOST_PEOPLE:
        return None
    after, stop = core.after, core.end
    if core.number and after is None:
        found = compiled.after.match(text, stop, end)
        if found is not None:
            after, stop = words.after[_key(found[1])], found.end()
    return Quantity(start, stop, bounded(core.bounds, after or bound), core.number, _key(text[start:stop]))


class _Heads(msgspec.Struct, frozen=True):
    """The first words by which a quantity can begin, and those of its parts."""

    core: frozenset[str]
    before: frozenset[str]
    plain: frozenset[str]


@cache
def _heads() -> _Heads:
    words = load_count_words()

    def first(phrases: Iterable[str]) -> frozenset[str]:
        return frozenset(_HEAD.findall(phrase)[0] for phrase in phrases)

    core = first([*words.digits, *words.scales, *words.plurals, *words.vague, *words.exact])
    return _Heads(core | {"a", "an", "half", "between", "from"}, first(words.before), first(words.plain))


_HEAD = re.compile(r"[^\W_]+")


def _head(text: str, position: int) -> str:
    """Return the word at a place in lower case; "0" for figures, "" where no word begins."""
    found = _HEAD.match(text, position, position + _LONGEST_WORD)
    if found is None:
        return ""
    return "0" if found[0][0].isdecimal() else found[0].lower()


# Longer than any word of the vocabulary.
_LONGEST_WORD = 20


def quantity_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets in `text[start:end]` where a quantity may begin, in order."""
    heads = _heads().core | _heads().before
    for word in _START.finditer(text, start, end):
        if word[1] or word[0].lower() in heads:
            yield word.start()


_START = re.compile(r"(?<![\w$€£#])(?<!\d[.,/:])(?:(\d)|[^\W\d_]+)\w*")


class _Core(msgspec.Struct, frozen=True):
    """A bare number, range or quantifier: its bounds, where it ends, and a bounding suffix ("40-plus")."""

    bounds: Bounds
    end: int
    number: bool
    after: Bound | None = None


def _core(text: str, start: int, end: int) -> _Core | None:
    head = _head(text, start)
    if head == "0":
        return _core_number(text, start, end)
    if head not in _heads().core:
        return None
    return _core_word(text, start, end) or _core_number(text, start, end)


def _core_number(text: str, start: int, end: int) -> _Core | None:
    """Read a number or a range of two, in figures or words."""
    compiled = patterns()
    match = compiled.range.match(text, start, end)
    if match is not None:
        low, high = number_of(match[1] or match[3]), number_of(match[2] or match[4])
        if low is not None and high is not None and low < high:
            return _Core(Bounds(low, None, high), match.end(), number=True)
    match = compiled.number.match(text, start, end)
    value = number_of(match[1]) if match is not None else None
    if match is None or value is None:
        return None
    return _Core(Bounds(value, value, value), match.end(), number=True, after="least" if match[2] else None)


def _core_word(text: str, start: int, end: int) -> _Core | None:
    """Read a quantifier without a number: "both", "dozens", "several hundred"."""
    words, compiled = load_count_words(), patterns()
    match = compiled.exact.match(text, start, end)
    if match is not None:
        low, high = words.exact[_key(match[1])]
        return _Core(Bounds(low, low, high), match.end(), number=False)
    match = compiled.plural.match(text, start, end)
    if match is not None:
        return _Core(Bounds(words.plurals[_key(match[1])], None, None), match.end(), number=False)
    match = compiled.vague.match(text, start, end)
    if match is not None:
        least = words.vague[_key(match[1])] * (words.scales[match[2].lower()] if match[2] else 1)
        return _Core(Bounds(least, None, None), match.end(), number=False)
    return None


def _key(written: str) -> str:
    return " ".join(written.lower().split())


def bounded(bounds: Bounds, bound: Bound | None) -> Bounds:
    """Apply a bounding word ("at least", "nearly") to bare bounds; see the table above."""
    low, best, high = bounds.low, bounds.best, bounds.high
    if bound is None or (low, high) == (0, 0):
        return bounds
    if bound in ("least", "over"):
        return Bounds(low, best, None)
    if high is None:
        return bounds if bound in ("near", "about") else Bounds(1, None, None)
    if bound in ("most", "under"):
        top = max(high - (bound == "under"), 0)
        return Bounds(min(1, top), None, top)
    outer_low = max(1, low - -(-low // APPROXIMATE))
    if bound == "near":
        return Bounds(min(outer_low, low), best, high)
    return Bounds(outer_low, best, high - (-high // APPROXIMATE))
