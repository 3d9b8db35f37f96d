"""Victims of an incident: the phrases of its description that say the coded numbers of people.

Coders counted one sector (aid workers, teachers, camp residents), so a description may hold further victims.
All that a text tells of a kind of harm counts as found only where the number was found and no sentence that
speaks of such harm holds another phrase of people; or where the record states nought and no word of the text
speaks of the kind. Null is not nought.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dateline.model.mention import Mention
from dateline.train.conventions import noun_phrase
from dateline.train.examples import Bounds
from dateline.train.people import People, parts_of, people_in
from dateline.train.sources.incidentwords import Harm, IncidentWords
from dateline.train.sources.insecurity import Record

HARMS: tuple[Harm, ...] = ("killed", "injured", "captured")
_BY = re.compile(r"\b(?:by|from)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+(?:and|or)\s+)?\Z", re.IGNORECASE)
# What "including" names is part of the number before it.
_PART_OF = re.compile(
    r"\b(?:including|among(?:\s+(?:them|whom))?|of\s+(?:whom|them))\s+(?:[\w’'-]+\s+){0,2}\Z", re.IGNORECASE
)


class Victims(msgspec.Struct, frozen=True):
    """The phrases found for each kind of harm, and the kinds for which all that the text tells were found."""

    found: Mapping[Harm, tuple[People, ...]]
    complete: frozenset[Harm]


def find_victims(
    record: Record, sentences: Sequence[Bounds], mentions: Sequence[Mention], words: IncidentWords
) -> Victims:
    """Find the phrases of people that the coded numbers speak of."""
    text = record.text
    read = {role: _read_by_coder(text, mentions, role) for role in HARMS}
    found: dict[Harm, tuple[People, ...]] = {}
    complete: set[Harm] = set()
    for role in HARMS:
        numbers = sorted({number for number in _numbers(record, role) if number})
        taken = {people.bounds for other in HARMS if other != role for people in found.get(other, ())}
        near = [people for people in _read_by_words(text, sentences, words, role) if people.bounds not in taken]
        found[role] = _matching(numbers, read[role]) or _matching(numbers, near)
    for role in HARMS:
        coded = _numbers(record, role)
        if any(coded):
            if found[role] and _accounted(text, sentences, found, role, words):
                complete.add(role)
        elif coded and not words.harm[role].search(text):
            complete.add(role)
    return Victims(found, frozenset(complete))


def _numbers(record: Record, role: Harm) -> tuple[int, ...]:
    numbers = record.numbers(role)
    raped = role == "injured" and record.row.get("Number of Reported Victims")
    if raped and re.search(r"Rape|SexualAssault|InjuringSexual", str(record.row.get("Type") or "")):
        numbers = (*numbers, int(float(str(record.row["Number of Reported Victims"]))))
    return numbers


def _read_by_coder(text: str, mentions: Sequence[Mention], role: Harm) -> list[People]:
    """Return the phrases that the pattern coder gave a role, lists taken apart."""
    found: dict[Bounds, People] = {}
    for mention in mentions:
        for span in mention.spans(role):
            for people in parts_of(text, (span.start, span.end), role):
                # "12 primary" of "12 primary and secondary teachers": taken whole
                whole = next(
                    (one for one in people_in(text, people.start, len(text)) if one.start == people.start),
                    people,
                )
                longer = whole if whole.end > people.end and whole.number == people.number else people
                trimmed = noun_phrase(text, longer.bounds)
                if trimmed is not None:
                    found[trimmed] = People(*trimmed, longer.number)
    return sorted(found.values())


def _read_by_words(text: str, sentences: Sequence[Bounds], words: IncidentWords, role: Harm) -> list[People]:
    """Return the one phrase of people, actors aside, of each sentence that plainly speaks of the harm."""
    found: list[People] = []
    for start, end in sentences:
        if not words.plain[role].search(text, start, end):
            continue
        able = [people for people in people_in(text, start, end) if _suffers(text, people)]
        able = able or list(_bare(text, start, end, words.plain[role], role))
        if len(able) == 1:
            found += able
    return found


# "Teacher killed by ...", "March 2020: University professor was arrested": one person without an article.
_BARE = re.compile(
    r"(?:\A|(?<=[:.]\s)|(?<=[:.]))\s*(?P<who>[A-Z][\w’'-]*(?:\s+[\w’'-]+){0,5}?)\s+"
    r"(?:(?:was|has been|is)\s+)?\Z"
)


def _bare(text: str, start: int, end: int, plain: "re.Pattern[str]", role: Harm) -> Iterator[People]:
    verb = plain.search(text, start, end)
    match = _BARE.search(text[start : verb.start()]) if verb else None
    if match is not None:
        bounds = (start + match.start("who"), start + match.end("who"))
        yield from (one for one in parts_of(text, noun_phrase(text, bounds) or bounds, role) if one.number == 1)


def _suffers(text: str, people: People) -> bool:
    before = text[: people.start]
    return not _BY.search(before) and not _PART_OF.search(before)


def _matching(numbers: Sequence[int], able: Sequence[People]) -> tuple[People, ...]:
    """Return the phrases that say the numbers: each one by itself, or all of them together."""
    if not numbers:
        return ()
    told = [people for people in able if people.number]
    if all(any(people.number == number for people in told) for number in numbers):
        return tuple(people for people in told if people.number in numbers)
    distinct = {people.bounds: people.number or 0 for people in told}
    return tuple(told) if sum(distinct.values()) in (sum(numbers), max(numbers)) else ()


def _accounted(
    text: str,
    sentences: Sequence[Bounds],
    found: Mapping[Harm, tuple[People, ...]],
    role: Harm,
    words: IncidentWords,
) -> bool:
    """Say whether each sentence that speaks of the harm holds a phrase found for it, and no other person."""
    known = {people.bounds for each in found.values() for people in each}
    for start, end in sentences:
        if not words.harm[role].search(text, start, end):
            continue
        if not any(start <= people.start < end for people in found[role]):
            return False
        others = [people for people in people_in(text, start, end) if _suffers(text, people)]
        if any(not any(p.start < b[1] and b[0] < p.end for b in known) for p in others):
            return False
    return True
