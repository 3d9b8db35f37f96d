"""From the people of a toll to its numbers: bounds, parts, and who was told of with them."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from dateline.model.span import Span, span_of
from dateline.model.values import CountKind, CountOf, CountScope, SexAge
from dateline.resolve.countgrammar import Bounds, quantity_starts, read_quantity
from dateline.resolve.countnouns import whose
from dateline.resolve.people import People
from dateline.resolve.peoplegroups import PART, Group
from dateline.resolve.quantities import read_count
from dateline.resolve.tollpeople import REACH
from dateline.resolve.tollwords import load_toll_words

# Characters between a toll's word and its number ("the death toll from the two attacks has risen to 17").
TOLL_REACH = 90


class Part(msgspec.Struct, frozen=True):
    """Some of the people of a toll: the words and what they bound."""

    span: Span
    bounds: Bounds
    of: CountOf
    sex_age: SexAge | None


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """What became of how many: the word that says it, the people's words and what they bound.

    `further` tells that they are others than those told before ("another two"), `part` that they are some of
    the same ("three of the wounded"): no toll of their own; `died` that they are told of as dead further on.
    `before` are the words by which they were told of in an earlier sentence.
    """

    kind: CountKind
    word: Span
    people: Span
    bounds: Bounds
    of: CountOf
    sex_age: SexAge | None
    scope: CountScope = "event"
    further: bool = False
    part: bool = False
    died: bool = False
    before: Span | None = None
    parts: tuple[Part, ...] = ()


class Sentence(msgspec.Struct, frozen=True):
    """The sentence `text[start:end]` with its people; `plain` is the text without ages and dates."""

    text: str
    plain: str
    start: int
    end: int
    groups: tuple[Group, ...]


class Found(msgspec.Struct, frozen=True):
    """A group of people with the word at `start:end` that tells what became of them."""

    kind: CountKind
    group: Group
    start: int
    end: int
    running: bool = False


_OF_THE = re.compile(r"\sof\s+(?:the|these|those|its|their)\s+(\w+)\s*\Z", re.IGNORECASE)
_OF_THOSE = re.compile(r"\sof\s+(?:those|the\s+people|the\s+persons)\Z", re.IGNORECASE)


def is_part_of_toll(people: str, kind: CountKind) -> bool:
    """Tell whether the words for people name some of a toll of that kind: "three of the wounded"."""
    of = _OF_THE.search(people)
    return of is not None and load_toll_words().heads.get(of[1].lower()) == kind


def _is_of_those(sentence: Sentence, found: Found) -> bool:
    """Tell "two of those killed", whose verb stands right behind them."""
    text, end = sentence.text, found.group.end
    return end < found.start <= end + 1 and _OF_THOSE.search(text, found.group.start, end) is not None


# "28 members at least": not the "at least" of a number that follows.
_AT_LEAST = re.compile(r"\s+at\s+least(?!\s+(?:\d|an?\s|one\s|two\s|three\s|four\s|five\s))", re.IGNORECASE)
_PLURAL = re.compile(r"\s+(?:were|are|have)(?!\w)", re.IGNORECASE)
_EACH = re.compile(r"\s+each(?!\w)", re.IGNORECASE)
# "Each of the three blasts [killed two]", "every raid [left five dead]".
_EACH_BEFORE = re.compile(r"(?<!\w)(?:each|every)\s+(?:one\s+)?(?:of\s+)?(?:[\w-]+\s+){1,5}\Z", re.IGNORECASE)


def read_toll(sentence: Sentence, found: Found) -> Toll | None:
    """Read how many the people of `found` are; None where the words bound nothing."""
    text, members = sentence.text, found.group.members
    whole = _read_list(text, found.group)
    if whole is None:
        return None
    bounds, of = whole
    if _is_apposition(sentence, members):
        members = members[:1]
        bounds, of = read_people(text, members[0], members[0]) or whole
    parts = list(found.group.parts)
    first = read_people(text, members[0], members[0])
    rest = read_people(text, members[1], members[-1]) if len(members) > 2 else None
    if first is not None and rest is not None and _sums(first[0], rest[0], members):
        # "18 students, ten girls and eight boys": the first is the sum of the others
        bounds, of, parts, members = first[0], first[1], [*members[1:], *parts], members[:1]
    elif len(members) > 1:
        if _PLURAL.match(text, members[-1].end, sentence.end) is not None and _all_single(text, members):
            # "a director and manager were killed"
            bounds = Bounds(len(members), len(members), len(members))
        if bounds.best != 1:
            parts = [*members, *parts]
    also = _told_with(sentence, found)
    if also is not None and (more := read_people(text, also.members[0], also.members[-1])) is not None:
        bounds, parts = bounds + more[0], [*members, *parts, *also.members]
    parts += _parts_behind(sentence, max(found.end, found.group.stop))
    if _AT_LEAST.match(text, members[-1].end, sentence.end) is not None:
        bounds = Bounds(bounds.low, bounds.best, None)
    if _is_each(sentence, found):
        bounds = _times(sentence, bounds, found)
    lead = text[max(0, members[0].start - 1) : members[-1].end]
    return Toll(
        kind=found.kind,
        word=span_of(text, found.start, found.end),
        people=span_of(text, members[0].start, _with_mark(text, members[0].start, members[-1].end)),
        bounds=bounds,
        of=of,
        sex_age=sex_age_of(members),
        scope=_scope(sentence, found),
        further=load_toll_words().further.search(lead) is not None,
        part=is_part_of_toll(lead, found.kind) or _is_of_those(sentence, found),
        parts=tuple(_read_parts(text, parts)),
    )


def _with_mark(text: str, start: int, end: int) -> int:
    """Return the end of a phrase with the closing mark of a quoted name that ends it."""
    opened = any(mark in text[start:end] for mark in '“"')
    return end + 1 if opened and text[end : end + 1] in ("”", '"') else end


def _scope(sentence: Sentence, found: Found) -> CountScope:
    low = max(sentence.start, found.start - TOLL_REACH)
    if load_toll_words().period.search(sentence.text, low, sentence.end) is not None:
        return "period"
    return "running" if found.running else "event"


def _is_each(sentence: Sentence, found: Found) -> bool:
    """Tell "killed two soldiers each" and "each of the blasts killed two soldiers"."""
    low = max(sentence.start, found.start - REACH)
    return (
        _EACH.match(sentence.text, found.group.end, sentence.end) is not None
        or _EACH_BEFORE.search(sentence.text, low, found.start) is not None
    )


_APPOSED = re.compile(r"(?:an?|the|his|her|their|its|one)\s", re.IGNORECASE)


def _is_apposition(sentence: Sentence, members: Sequence[People]) -> bool:
    """Tell "one of the guards, a father of three, was killed": the second says who the first is."""
    if len(members) != 2 or not _all_single(sentence.text, members):
        return False
    text, (first, second) = sentence.text, members
    apart = text[first.end : second.start].strip() == "," and text[second.end : second.end + 1] == ","
    return apart and _APPOSED.match(text, second.start) is not None


def _all_single(text: str, members: Sequence[People]) -> bool:
    """Tell whether each phrase names one person."""
    singles = (read_people(text, member, member) for member in members)
    return all(single is not None and single[0].high == 1 for single in singles)


def _sums(first: Bounds, rest: Bounds, members: Sequence[People]) -> bool:
    """Tell whether the first of a list is the sum of the rest: not "seven children, five women and two men"."""
    if first.best is None or first.best != rest.best or members[0].head in load_toll_words().men:
        return False
    kind = sex_age_of(members[:1])
    return kind is None or sex_age_of(members[1:]) == kind


def _read_list(text: str, group: Group) -> tuple[Bounds, CountOf] | None:
    """Return how many a list tells of; a list that goes on behind a part is read on either side of it."""
    *led, last = group.members
    if not led or not any(part.start < last.start for part in group.parts):
        return read_people(text, group.members[0], last)
    before, after = read_people(text, led[0], led[-1]), read_people(text, last, last)
    if before is None or after is None:
        return before
    return before[0] + after[0], whose([before[1], after[1]])


def read_people(text: str, first: People, last: People) -> tuple[Bounds, CountOf] | None:
    """Return the number of people from the phrase `first` to `last`, and whose it is."""
    if first is last and first.sort == "aged":
        return Bounds(1, 1, 1), "unknown"
    count = read_count(span_of(text, first.start, last.end), text, kind="other")
    if count is not None:
        return Bounds(count.low, count.best, count.high), count.of
    if first is last and first.sort in ("loose", "bare"):
        quantity = read_quantity(text, first.start, first.end)
        return (quantity.bounds if quantity is not None else Bounds(1, 1, 1)), "unknown"
    return None


_WITH = re.compile(
    r"(?:\s+(?:in|during|by|at|near)\s+[^,;.:]{1,60})?,?\s+(?:as\s+well\s+as|along\s+with|together\s+with|alongside)\s+",
    re.IGNORECASE,
)


def _told_with(sentence: Sentence, found: Found) -> Group | None:
    """Return who is told of with the people of `found`, behind its word: "were killed, along with a guard"."""
    for group in sentence.groups:
        if found.group.stop <= found.start and group.start >= found.end:
            if _WITH.fullmatch(sentence.plain, found.end, group.start) is not None:
                return group
            break
    return None


def _parts_behind(sentence: Sentence, position: int) -> list[People]:
    """Return what is named as a part behind the word: "five people were killed, including a teacher"."""
    for group in sentence.groups:
        if group.start >= position:
            if PART.fullmatch(sentence.plain, position, min(group.start, sentence.end)) is not None:
                return [*group.members, *group.parts]
            break
    return []


def _read_parts(text: str, parts: Sequence[People]) -> Iterator[Part]:
    for people in parts:
        read = read_people(text, people, people)
        if read is not None:
            yield Part(span_of(text, people.start, people.end), read[0], read[1], sex_age_of([people]))


def sex_age_of(members: Sequence[People]) -> SexAge | None:
    """Return "women", "children" or both where every phrase is about them, else None."""
    words = load_toll_words()
    women = [member.head in words.women for member in members]
    children = [member.head in words.children for member in members]
    if all(children):
        return "children"
    if all(women):
        return "women"
    return "women and children" if all(w or c for w, c in zip(women, children, strict=True)) else None


def _times(sentence: Sentence, bounds: Bounds, found: Found) -> Bounds:
    """Multiply "two soldiers each" by the number that stands before it; two at least where none does."""
    text, low = sentence.text, max(sentence.start, found.start - REACH)
    counted = {offset for group in sentence.groups for offset in range(group.start, group.end)}
    for offset in quantity_starts(text, low, found.start):
        quantity = read_quantity(text, offset, found.start)
        if quantity is not None and quantity.number and offset not in counted and quantity.bounds.best:
            times = quantity.bounds.best
            return Bounds(
                bounds.low * times,
                None if bounds.best is None else bounds.best * times,
                None if bounds.high is None else bounds.high * times,
            )
    return Bounds(bounds.low * 2, None, None)
