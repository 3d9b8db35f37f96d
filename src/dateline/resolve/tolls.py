"""What a sentence says became of how many people: "12 were killed, among them two children, and 30 wounded".

The people of a word such as "killed" are sought where English puts them: before it (passive: "12 were killed";
reduced: "12 killed in a raid"), behind it ("killed 12", "the death of 12"), or in one phrase with it ("12
dead"). What is not found so is not guessed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dateline.model.span import span_of
from dateline.model.values import CountKind
from dateline.resolve.countgrammar import Bounds
from dateline.resolve.masking import masked
from dateline.resolve.people import PRONOUNS, People, find_people
from dateline.resolve.peoplegroups import Group, group_people
from dateline.resolve.tollbefore import dead_of
from dateline.resolve.tollpeople import BE, NO_OBJECT, TollVerb, is_people, is_unreal, people_of
from dateline.resolve.tollreading import TOLL_REACH, Found, Sentence, Toll, read_people, read_toll
from dateline.resolve.tollwords import load_toll_words, wording_key


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
        *_by_heads(plain, groups),
        *_by_outcomes(plain, groups, start, end),
        *_by_toll_words(plain, groups, start, end),
    ]
    tolls: dict[tuple[int, CountKind], Toll] = {}
    if not any(one.kind == "killed" for one in found):
        found += _by_bodies(plain, groups, end)
    for one in found:
        toll = read_toll(Sentence(text, plain, start, end, groups), one)
        if toll is not None:
            tolls.setdefault((toll.people.start, toll.kind), toll)
    tolls.update(_none_reported(text, start, end, tolls))
    kept = sorted(_led_back(plain, groups, _without_doubles(tolls)), key=_place)
    return tuple(sorted(_died_of_it(kept), key=_place))


def _place(toll: Toll) -> tuple[int, int]:
    return toll.people.start, toll.word.start


def _died_of_it(tolls: Sequence[Toll]) -> Iterator[Toll]:
    """Yield the tolls, who was hurt and died of it as one: "a nurse was shot at home, she later died"."""
    dead: dict[int, Toll] = {}
    hurt: list[Toll] = []
    for index, toll in enumerate(tolls):
        before = [one for one in reversed(tolls[:index]) if one.people.end <= toll.people.start]
        same = dead_of(toll, [one for one in before if one not in hurt])
        if same is not None:
            dead[index] = msgspec.structs.replace(same, kind="killed", word=toll.word)
            hurt.append(same)
    for index, toll in enumerate(tolls):
        if toll not in hurt:
            yield dead.get(index, toll)


def _without_doubles(tolls: Mapping[tuple[int, CountKind], Toll]) -> Iterator[Toll]:
    """Yield the tolls without what is told of people who are told of as dead or hurt, or as more, anyway.

    Who was hurt and died of it is dead: "a child was wounded and later died" is one killed, nobody injured.
    """
    known = {at for at, kind in tolls if kind in ("killed", "injured")}
    dead = {at for at, kind in tolls if kind == "killed"}
    for (at, kind), toll in tolls.items():
        wider = any(
            other.kind == kind and other.people.contains(toll.people) and other.people != toll.people
            for other in tolls.values()
        )
        # "shot and killed", "killed when he was shot"
        again = at in known or (bool(known) and toll.people.text.lower() in PRONOUNS)
        told = (kind == "harmed" and again) or (kind == "injured" and at in dead)
        if not wider and not told:
            yield toll


def _led_back(text: str, groups: Sequence[Group], tolls: Iterable[Toll]) -> Iterator[Toll]:
    """Yield the tolls; "them" in "attacked two teachers, injuring them" are as many as the people before."""
    for toll in tolls:
        before = [group for group in groups if group.stop <= toll.people.start and group is not groups[0]]
        them = toll.people.text.lower() == "them" and before
        whole = read_people(text, before[-1].members[0], before[-1].members[-1]) if them else None
        if whole is not None and whole[0].low > 1:
            yield msgspec.structs.replace(toll, bounds=whole[0], of=whole[1])
        else:
            yield toll


def _by_verbs(text: str, groups: Sequence[Group], start: int, end: int) -> Iterator[Found]:
    words = load_toll_words()
    objects: set[int] = set()
    counted = [found.span() for found in words.toll.finditer(text, start, end)]
    for match in words.verb.finditer(text, start, end):
        if any(first <= match.start() < last for first, last in counted):
            continue  # "the number of people killed"
        key = wording_key(match[0])
        kind, place = words.verbs[key]
        verb = TollVerb(match.start(), match.end(), kind, place)
        if is_unreal(text, verb):
            continue
        fitting = groups if key not in words.things_too else [group for group in groups if is_people(group)]
        group = people_of(text, fitting, verb, objects)
        if group is not None:
            if group.start >= match.end():
                objects.add(group.start)
            yield Found(kind, group, match.start(), match.end())


_OR_HURT = re.compile(r"\s+(?:and|or)\s+(?:wounded|injured)(?!\w)", re.IGNORECASE)


def _by_heads(text: str, groups: Sequence[Group]) -> Iterator[Found]:
    """Yield "12 dead", "no casualties", "six wounded": the number and the word in one phrase."""
    heads = load_toll_words().heads
    for group in groups:
        for member in group.members:
            if member.head in heads and member.sort == "counted":
                hurt = _OR_HURT.match(text, member.end) if heads[member.head] == "killed" else None
                kind, end = ("harmed", hurt.end()) if hurt else (heads[member.head], member.end)
                yield Found(kind, Group((member,), group.parts), member.start, end)  # type: ignore[arg-type]


_LEFT = re.compile(r"(?<!\w)(?:leaves?|leaving|left)(?!\w)", re.IGNORECASE)
_OUTCOME = re.compile(r",?\s+(?:all\s+)?(dead|wounded|injured|missing|displaced)(?!\w)", re.IGNORECASE)


def _by_outcomes(text: str, groups: Sequence[Group], start: int, end: int) -> Iterator[Found]:
    """Yield "leaving a driver dead and 24 people, including two nurses, injured"."""
    left = _LEFT.search(text, start, end)
    heads = load_toll_words().heads
    for group in groups:
        behind = _OUTCOME.match(text, group.stop, end)
        outcome = behind[1].lower() if behind is not None else group.members[-1].head
        told = left is not None and group.start >= left.end() and outcome in heads
        if not told or (behind is None and len(group.members) < 2):
            continue  # "3 dead" is a phrase of its own
        if behind is None or NO_OBJECT.match(text, behind.end()) is not None:
            yield Found(heads[outcome], group, group.start, behind.end() if behind else group.stop)


_WERE = re.compile(rf"\s+{BE}\s+(?:\w+ly\s+)?(?=[^\W\d_])", re.IGNORECASE)


def _by_bodies(text: str, groups: Sequence[Group], end: int) -> Iterator[Found]:
    """Yield "his body was found", "their bodies were dumped": people who are told of as dead."""
    words = load_toll_words()
    for group in groups:
        last = group.members[-1]
        were = _WERE.match(text, last.end, end) if last.head in words.bodies else None
        told = words.found.match(text, were.end(), end) if were is not None else None
        if told is not None and last.sort != "counted":
            yield Found("killed", Group((last,)), last.start, told.end())


_TO = re.compile(r"(?<!\w)to\s+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;.]\s|(?<!\w)(?:because|as|after|when|while|but|which|who|where|if)(?!\w)", re.IGNORECASE
)
_TOLL_FIRST = re.compile(r",?\s*(?:the)?\s*\Z")


def _by_toll_words(text: str, groups: Sequence[Group], start: int, end: int) -> Iterator[Found]:
    """Yield "the death toll rose from 12 to 17", "raised to 40 the number of dead"."""
    words = load_toll_words()
    for match in words.toll.finditer(text, start, end):
        kind = words.tolls[wording_key(match[0])]
        rising = words.rising.search(text, max(start, match.start() - 40), match.start()) is not None
        stop = min(end, match.end() + TOLL_REACH)
        clause = _CLAUSE.search(text, match.end(), stop)
        stop = clause.start() if clause is not None else stop
        after = [group for group in groups if match.end() <= group.start < stop and _is_number(group)]
        before = [group for group in groups if _TOLL_FIRST.fullmatch(text, group.end, match.start())]
        if rising and before and _is_number(before[-1]):
            yield Found(kind, before[-1], match.start(), match.end(), running=True)
            continue
        to = [group for group in after if _TO.search(text, max(match.end(), group.start - 4), group.start)]
        for group in (_last_of_range(text, to or after))[:1]:
            grows = rising or words.rising.search(text, match.end(), group.start) is not None
            yield Found(kind, Group(group.members[:1], group.parts), match.start(), match.end(), running=grows)


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
