"""What a sentence says became of how many people: "12 were killed, among them two children, and 30 wounded".

The people of a word such as "killed" are sought where English puts them: before it (passive: "12 were killed";
reduced: "12 killed in a raid"), behind it ("killed 12", "the death of 12"), or in one phrase with it ("12
dead"). What is not found so is not guessed.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from dateline.model.span import Span, span_of
from dateline.model.values import CountKind, CountOf, CountScope, SexAge
from dateline.resolve.countgrammar import Bounds, quantity_starts, read_quantity
from dateline.resolve.people import People, find_people, masked
from dateline.resolve.peoplegroups import PART, Group, group_people
from dateline.resolve.quantities import read_count
from dateline.resolve.tollwords import Place, load_toll_words, wording_key

# Characters that may stand between people and what became of them ("the doctor, who ..., was killed").
REACH = 120
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

    `further` tells that they are others than those told before ("another two").
    """

    kind: CountKind
    word: Span
    people: Span
    bounds: Bounds
    of: CountOf
    sex_age: SexAge | None
    scope: CountScope = "event"
    further: bool = False
    parts: tuple[Part, ...] = ()


class _Found(msgspec.Struct, frozen=True):
    """A group of people with the word at `start:end` that tells what became of them."""

    kind: CountKind
    group: Group
    start: int
    end: int
    running: bool = False


def find_tolls(text: str, start: int, end: int) -> tuple[Toll, ...]:
    """Return the tolls of the sentence `text[start:end]` in the order of their people.

    Offsets are half-open code points of `text`. The same people may be told of twice ("kidnapped and killed").
    """
    words = load_toll_words()
    if words.anything.search(text, start, end) is None:
        return ()
    plain = text[:start] + masked(text[start:end])
    groups = group_people(plain, find_people(plain, start, end))
    found = [
        *_by_verbs(plain, groups, start, end),
        *_by_heads(groups),
        *_by_toll_words(plain, groups, start, end),
    ]
    tolls: dict[tuple[int, CountKind], Toll] = {}
    for one in found:
        toll = _read(text, plain, one, groups, end)
        if toll is not None:
            tolls.setdefault((toll.people.start, toll.kind), toll)
    tolls.update(_none_reported(text, start, end, tolls))
    known = {at for at, kind in tolls if kind in ("killed", "injured")}
    for at, kind in list(tolls):
        if kind == "harmed" and at in known:
            del tolls[at, kind]  # "shot and killed"
    return tuple(sorted(tolls.values(), key=lambda toll: (toll.people.start, toll.word.start)))


def _by_verbs(text: str, groups: Sequence[Group], start: int, end: int) -> Iterator[_Found]:
    words = load_toll_words()
    objects: set[int] = set()
    counted = [found.span() for found in words.toll.finditer(text, start, end)]
    for match in words.verb.finditer(text, start, end):
        if any(first <= match.start() < last for first, last in counted):
            continue  # "the number of people killed"
        key = wording_key(match[0])
        kind, place = words.verbs[key]
        fitting = groups if key not in words.things_too else [group for group in groups if _is_people(group)]
        group = _people_of(text, fitting, match.start(), match.end(), place=place, taken=objects)
        if group is not None:
            if group.start >= match.end():
                objects.add(group.start)
            yield _Found(kind, group, match.start(), match.end())


_BE = (
    r"(?:(?:have|has|had|may|might|could|would|will|to|reportedly|also|all|both)\s+){0,3}"
    r"(?:was|were|been|being|be|is|are|got|get|gets)"
)
_STEP = (
    r"\w+ly|also|later|then|all|both|each|since|first|further|\w+ed|shot|beaten|hit|struck|taken|held|burnt|cut|"
    r"found|to|death|dead|and|or|before|being|until|unconscious|(?:multiple|several|many|two|three)\s+times|"
    r"(?:in|on|to|at)\s+(?:the|his|her|their|an?)\s+\w+|by(?:\s+[^\s,;.]+){1,5}?(?=,?\s+(?:and|then|before))"
)
_AUXILIARY = re.compile(rf"(?<![\w-]){_BE}(?:,?\s+(?:{_STEP})|,){{0,8}}\s+\Z", re.IGNORECASE)
_ADVERBS = re.compile(
    r"(?:\s+|,?\s+(?:(?:shot|stabbed|beaten|tortured|abducted|kidnapped)\s+and|\w+ly|either|all|both|also|later|have|has|had|since|then)(?=\s))*\s+\Z"
)
# After these a participle has no object: it says what became of those before it.
_NO_OBJECT = re.compile(
    r"\s*(?:\Z|[.,;:!?)\]\"”’–—-]|(?:and|or|but|in|on|at|by|near|when|while|where|as|after|before|during|from|inside|"
    r"outside|since|with|following|for|due|because|under|within|across|around|along|to|if|later|yesterday|today|"
    r"overnight|early|late|last|this|there|here|while|amid|whilst|is|are|was|were|has|have)(?!\w)|\w+day\b|\w+ly\b)",
    re.IGNORECASE,
)


_ATTRIBUTE = re.compile(r"(?<!\w)(?:of|the|those|these|by|with|for|two|other)\s+\Z", re.IGNORECASE)


def _people_of(
    text: str,
    groups: Sequence[Group],
    start: int,
    end: int,
    *,
    place: Place,
    taken: set[int],
) -> Group | None:
    behind = _behind(text, groups, end)
    if place in ("of", "done"):
        return behind
    if place == "undergone":
        return _subject(text, groups, start)
    auxiliary = _AUXILIARY.search(text, max(0, start - REACH), start)
    if auxiliary is not None:
        return _subject(text, groups, auxiliary.start())
    if behind is not None:
        # "the wounded soldiers" are told of, not wounded here
        return None if _ATTRIBUTE.search(text, max(0, start - 8), start) is not None else behind
    if _NO_OBJECT.match(text, end) is None:
        return None
    for group in reversed(groups):
        if group.stop <= start:
            near = _ADVERBS.fullmatch(text, group.stop, start) is not None
            return group if near and group.start not in taken else None
    return None


def _behind(text: str, groups: Sequence[Group], end: int) -> Group | None:
    for group in groups:
        if group.start >= end:
            first = group.members[0]
            thing = first.sort == "loose" and text[first.start : first.start + 4].lower() == "the "
            return group if not thing and not text[end : group.start].strip(" \n") else None
    return None


def _is_people(group: Group) -> bool:
    """Refuse names and nouns that no list knows, where what happened also happens to places and things."""
    return all(member.sort not in ("name", "loose") for member in group.members)


# What may begin a stretch between people and their verb: what is told of them in passing, or an earlier verb.
_PASSING = re.compile(
    r"\s*(?:\Z|[,(–—-]|(?:in|at|from|of|for|with|near|on|inside|outside|who|whose|that|which|working|aged|as|by|"
    r"between|under|on|including|belonging|serving|living|during|walking|travell?ing|riding|also|later|reportedly|"
    r"allegedly|then|both|all|each|had|have|has|may|were|was|are|is|\w+ing|\w+ly)(?!\w))",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"[;:?!]|\.\s|(?<!\w)(?:and|but|while|when|after|before|because|if|where|as)\s+(?:the|an?|his|her|their|its|this|"
    r"that|he|she|they|it|\d)(?!\w)|(?<!\w)(?:he|she|they|it)\s*\Z",
    re.IGNORECASE,
)


# What hangs on one of these words is no subject.
_LED = re.compile(
    rf"(?:{PART.pattern}|(?<!\w)(?:from|of|at|by|in|near|with|to|for|inside|against|on|between|behind)\s+)\Z",
    re.I,
)


def _subject(text: str, groups: Sequence[Group], before: int) -> Group | None:
    """Return the people before a verb that it is told of, or None where something else stands nearer."""
    named: Group | None = None
    for group in reversed(groups):
        if group.stop > before:
            continue
        gap = text[group.stop : before]
        if len(gap) > REACH or _BROKEN.search(gap) is not None:
            break
        if _LED.search(text, max(0, group.start - 30), group.start) is not None:
            continue
        if group.members[-1].sort == "name":
            named = named or (group if not gap.strip() else None)
            continue
        if _PASSING.match(gap) is not None:
            return group
        break
    return named


def _by_heads(groups: Sequence[Group]) -> Iterator[_Found]:
    """Yield "12 dead", "no casualties", "six wounded": the number and the word in one phrase."""
    heads = load_toll_words().heads
    for group in groups:
        for member in group.members:
            if member.head in heads and member.sort == "counted":
                yield _Found(heads[member.head], Group((member,), group.parts), member.start, member.end)


_TO = re.compile(r"(?<!\w)to\s+", re.IGNORECASE)
_TOLL_FIRST = re.compile(r",?\s*(?:the)?\s*\Z")


def _by_toll_words(text: str, groups: Sequence[Group], start: int, end: int) -> Iterator[_Found]:
    """Yield "the death toll rose from 12 to 17", "raised to 40 the number of dead"."""
    words = load_toll_words()
    for match in words.toll.finditer(text, start, end):
        kind = words.tolls[wording_key(match[0])]
        rising = words.rising.search(text, max(start, match.start() - 40), match.start()) is not None
        stop = min(end, match.end() + TOLL_REACH)
        after = [group for group in groups if match.end() <= group.start < stop and _is_number(group)]
        before = [group for group in groups if _TOLL_FIRST.fullmatch(text, group.end, match.start())]
        if rising and before and _is_number(before[-1]):
            yield _Found(kind, before[-1], match.start(), match.end(), running=True)
            continue
        to = [group for group in after if _TO.search(text, max(match.end(), group.start - 4), group.start)]
        for group in (_last_of_range(text, to or after))[:1]:
            grows = rising or words.rising.search(text, match.end(), group.start) is not None
            yield _Found(kind, Group(group.members[:1], group.parts), match.start(), match.end(), running=grows)


def _last_of_range(text: str, groups: list[Group]) -> list[Group]:
    """Return of "from 12 to 17" the people of the last number."""
    if not groups or text[groups[0].start : groups[0].start + 4].lower() != "from":
        return groups
    first = groups[0].members[0]
    to = _TO.search(text, first.start, first.end)
    if to is None:
        return groups[1:]
    return [Group((People(to.end(), first.end, first.head, first.sort),))]


def _is_number(group: Group) -> bool:
    return group.members[0].sort in ("counted", "bare", "loose")


_PLURAL = re.compile(r"\s+(?:were|are|have)(?!\w)", re.IGNORECASE)
_EACH = re.compile(r"\s+each(?!\w)", re.IGNORECASE)


def _read(text: str, plain: str, found: _Found, groups: Sequence[Group], end: int) -> Toll | None:
    """Read how many the people of `found` are; None where the words bound nothing."""
    members = found.group.members
    whole = read_people(text, members[0], members[-1])
    if whole is None:
        return None
    words = load_toll_words()
    bounds, of = whole
    parts = list(found.group.parts)
    first = read_people(text, members[0], members[0])
    rest = read_people(text, members[1], members[-1]) if len(members) > 2 else None
    if first is not None and rest is not None and first[0].best == rest[0].best is not None:
        # "18 students, ten girls and eight boys": the first is the sum of the others
        bounds, of, parts, members = first[0], first[1], [*members[1:], *parts], members[:1]
    elif len(members) > 1:
        if bounds.best == 1 and _PLURAL.match(text, members[-1].end, end) is not None:
            bounds = Bounds(2, 2, 2)  # "a director and manager were killed"
        if bounds.best != 1:
            parts = [*members, *parts]
    parts += _parts_behind(plain, max(found.end, found.group.stop), groups, end)
    each = _EACH.match(text, found.group.end, end)
    if each is not None:
        bounds = _times(text, bounds, groups, found)
    period = words.period.search(text, max(0, found.start - TOLL_REACH), end) is not None
    lead = text[max(0, members[0].start - 1) : members[-1].end]
    return Toll(
        kind=found.kind,
        word=span_of(text, found.start, found.end),
        people=span_of(text, members[0].start, members[-1].end),
        bounds=bounds,
        of=of,
        sex_age=sex_age_of(members),
        scope="period" if period else "running" if found.running else "event",
        further=words.further.search(lead) is not None,
        parts=tuple(_read_parts(text, parts)),
    )


def read_people(text: str, first: People, last: People) -> tuple[Bounds, CountOf] | None:
    """Return the number of people from the phrase `first` to `last`, and whose it is."""
    count = read_count(span_of(text, first.start, last.end), text, kind="other")
    if count is not None:
        return Bounds(count.low, count.best, count.high), count.of
    if first is last and first.sort in ("loose", "bare"):
        quantity = read_quantity(text, first.start, first.end)
        return (quantity.bounds if quantity is not None else Bounds(1, 1, 1)), "unknown"
    return None


def _parts_behind(text: str, position: int, groups: Sequence[Group], end: int) -> list[People]:
    """Return what is named as a part behind the word: "five people were killed, including a teacher"."""
    for group in groups:
        if group.start >= position:
            if PART.fullmatch(text, position, min(group.start, end)) is not None:
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


def _times(text: str, bounds: Bounds, groups: Sequence[Group], found: _Found) -> Bounds:
    """Multiply "two soldiers each" by the number that stands before it; two at least where none does."""
    counted = {offset for group in groups for offset in range(group.start, group.end)}
    for offset in quantity_starts(text, max(0, found.start - REACH), found.start):
        quantity = read_quantity(text, offset, found.start)
        if quantity is not None and quantity.number and offset not in counted and quantity.bounds.best:
            times = quantity.bounds.best
            return Bounds(
                bounds.low * times,
                None if bounds.best is None else bounds.best * times,
                None if bounds.high is None else bounds.high * times,
            )
    return Bounds(bounds.low * 2, None, None)


_REPORTED = re.compile(
    r"\s+(?:were|was|have\s+been|has\s+been)\s+(?:\w+ly\s+)?(?:reported|recorded|registered|confirmed|known)",
    re.I,
)
_CASUALTY = re.compile(
    r"\s+(?:(?:\w+\s+){0,2})(casualt(?:y|ies)|deaths?|fatalit(?:y|ies)|injur(?:y|ies)|victims)(?!\w)", re.I
)
_LOST: dict[str, CountKind] = {"c": "harmed", "v": "harmed", "d": "killed", "f": "killed", "i": "injured"}


def _none_reported(
    text: str, start: int, end: int, tolls: dict[tuple[int, CountKind], Toll]
) -> dict[tuple[int, CountKind], Toll]:
    """Return tolls of nobody: "without casualties" is none, "no casualties were reported" leaves it open."""
    words = load_toll_words()
    found: dict[tuple[int, CountKind], Toll] = {}
    for pattern, high in ((words.without, 0), (words.unreported, None)):
        for match in pattern.finditer(text, start, end):
            noun = _CASUALTY.match(text, match.end(), end)
            if noun is None:
                continue
            kind = _LOST[noun[1][0].lower()]
            found[match.start(), kind] = Toll(
                kind=kind,
                word=span_of(text, *noun.span(1)),
                people=span_of(text, match.start(), noun.end(1)),
                bounds=Bounds(0, 0, high),
                of="unknown",
                sex_age=None,
            )
    for key, toll in tolls.items():
        if toll.bounds.high == 0 and _REPORTED.match(text, toll.people.end, end) is not None:
            found[key] = msgspec.structs.replace(toll, bounds=Bounds(0, 0, None))
    return found
