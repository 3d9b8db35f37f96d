"""People: the phrases of a sentence that count or name people, with their numbers."""

import re
from collections.abc import Iterator

import msgspec

from dateline.model.span import Span
from dateline.model.values import CountKind
from dateline.resolve.countwords import load_count_words
from dateline.resolve.quantities import find_counts, read_count
from dateline.train.examples import Bounds
from dateline.train.tables import load_table

# "a doctor", "one LNGO aid worker", "another teacher": the article and what may belong to the phrase.
_SINGLE = re.compile(r"(?<![\w-])(?:an?|one|another)\s+(?:[\w’'.-]+\s+){0,6}?[\w’'-]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'.-]*")
# The longest phrase that is tried, in words.
_LONGEST = 7
# What happened to the people is no part of the phrase ("four others wounded", "a girl playing").
_TAIL = re.compile(
    r"\s+(?:injuries|dead|later|reportedly|allegedly|whilst|(?!sibling|offspring|king\b)\w+ing|\w+ed)\Z",
    re.IGNORECASE,
)
_TWO = re.compile(r"[,.;:]\s|\s(?:and|or)\s+(?:an?|one|two|three|four|five|\d+)\s", re.IGNORECASE)
_LIST = re.compile(
    r"\s*(?:,\s*(?:and|plus)?|\s(?:and|plus|as well as|along with|together with|&))\s+", re.IGNORECASE
)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stops: frozenset[str]
    no_people: frozenset[str]


class People(msgspec.Struct, frozen=True, order=True):
    """A phrase for people at `text[start:end]` and how many it says; None where it says no number."""

    start: int
    end: int
    number: int | None

    @property
    def bounds(self) -> Bounds:
        """Return its half-open bounds."""
        return self.start, self.end


def people_in(text: str, start: int, end: int) -> tuple[People, ...]:
    """Return the phrases of `text[start:end]` that count people, in order, not overlapping."""
    found = [
        People(count.span.start, trimmed, count.best)
        for count in find_counts(text, start, end)
        if count.noun is not None and (trimmed := _trimmed(text, count.span.start, count.span.end)) is not None
    ]
    for match in _SINGLE.finditer(text, start, end):
        phrase = _single(text, match.start(), end)
        if phrase is not None and not any(
            phrase.start < known.end and known.start < phrase.end for known in found
        ):
            found.append(phrase)
    return tuple(sorted(found))


def parts_of(text: str, bounds: Bounds, kind: CountKind) -> Iterator[People]:
    """Yield the members of a list that each count people ("two nurses and a driver"), or the phrase itself.

    A list that one number covers ("12 primary and secondary teachers") is one phrase; a list of which only some
    members count people yields nothing.
    """
    edges = [bounds[0], *(edge for match in _LIST.finditer(text, *bounds) for edge in match.span()), bounds[1]]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    read = [_people(text, part, kind) for part in parts]
    told = [part for part in read if part is not None and _counted(text[part.start : part.end])]
    if len(told) == len(parts):
        yield from told
        return
    whole = _people(text, bounds, kind)
    if whole is not None and not _TWO.search(text, whole.start, whole.end):
        yield whole


def _counted(wording: str) -> bool:
    return bool(
        re.match(r"(?:an?|one|another|at least|more than|around|about|nearly|over)\s|\d", wording, re.I)
    ) or any(find_counts(wording + " "))


def _people(text: str, bounds: Bounds, kind: CountKind) -> People | None:
    start, end = bounds
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ')"”':
        end -= 1
    if start >= end:
        return None
    trimmed = _trimmed(text, start, end)
    if trimmed is None:
        return None
    value = read_count(Span(start, trimmed, text[start:trimmed]), text, kind=kind)
    return None if value is None else People(start, trimmed, value.best)


def _trimmed(text: str, start: int, end: int) -> int | None:
    """Return where a phrase ends without what happened to the people; None where its head is no people."""
    tail = _TAIL.search(text, start, end)
    while tail is not None and tail.start() > start:
        end = tail.start()
        tail = _TAIL.search(text[:end], start)
    words = re.split(r"\s+(?:of|from|at|in)\s", text[start:end])[0].lower().split()
    head = words[-1].rstrip(",.;:").removesuffix("'s") if words else ""
    lists = load_count_words()
    nothing = not words or head in _words().no_people or (head in lists.things and head not in lists.nouns)
    return None if nothing else end


def _single(text: str, start: int, limit: int) -> People | None:
    """Return the longest run of words from an article on that reads as one person."""
    stops = _words().stops
    best: People | None = None
    for number, match in enumerate(_WORD.finditer(text, start, limit)):
        word = match.group().lower()
        if number > _LONGEST or (number and (word in stops or text[match.start() - 1] in ",;:(")):
            break
        stop = match.end() - (match.group()[-1] in ".’'")
        if number == 0 or word.endswith(("'s", "’s")):
            continue
        one = _people(text, (start, stop), "other")
        if one is not None and one.number == 1 and one.end == stop:
            best = one
    return best


def _words() -> _Words:
    words: _Words = load_table("people", _Words)
    return words
