"""Lists of people, and what is named as a part of them: "46 people, including 12 officers"."""

import re
from collections.abc import Sequence

import msgspec

from dateline.resolve.countnouns import noun_of
from dateline.resolve.people import People
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.tollwords import load_toll_words

# Characters before a list in which the verb stands whose object it is.
VERB_REACH = 30


class Group(msgspec.Struct, frozen=True):
    """People told together: a list of phrases, and what is named as a part of them."""

    members: tuple[People, ...]
    parts: tuple[People, ...] = ()

    @property
    def start(self) -> int:
        """Where the list begins."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Where the list ends, without the parts."""
        return self.members[-1].end

    @property
    def stop(self) -> int:
        """Where the last part ends."""
        return max([self.end, *(part.end for part in self.parts)])


_JOINT = re.compile(
    r"\s*(?:,?\s+(?:and|or|plus|&)(?:\s+at\s+least)?|,|,?\s+(?:as\s+well\s+as|along\s+with|alongside|together\s+with))\s+",
    re.IGNORECASE,
)
PART = re.compile(
    r"\s*[,(–-]?\s*(?:including|among\s+(?:them|whom)|amongst\s+them|comprising|namely|of\s+whom|of\s+them|"
    r"(?:most|many|some|half|several)\s+of\s+(?:them|whom)|mostly|mainly)"
    r"(?:\s+(?:were|are))?\s+",
    re.IGNORECASE,
)


def group_people(text: str, people: Sequence[People]) -> tuple[Group, ...]:
    """Join phrases to lists ("a nurse and two guards") and their parts ("including a child")."""
    groups: list[Group] = []
    index = 0
    while index < len(people):
        members = [people[index]]
        index += 1
        while index < len(people) and _joins(text, members[-1], people[index]):
            members.append(people[index])
            index += 1
        parts: list[People] = []
        while index < len(people):
            left = people[index - 1]
            if _is_part(text, left, people[index], parts):
                parts.append(people[index])
            elif parts and _resumes(text, members, left, people[index]):
                (parts if _is_anybody(members[-1]) else members).append(people[index])
            else:
                break
            index += 1
            if index < len(people) and _predicates(text, parts[-1], people[index]):
                parts[-1] = People(parts[-1].start, people[index].end, people[index].head, "counted")
                index += 1
        groups.append(Group(tuple(members), tuple(parts)))
    return tuple(groups)


_RESUMED = re.compile(r",\s+and\s+", re.IGNORECASE)


def _resumes(text: str, members: Sequence[People], left: People, right: People) -> bool:
    """Tell whether a list goes on behind its parts: "15 women, including three girls, and eight men were".

    Not where the list is the object of an earlier verb: "killed five, including a nurse, and two were hurt".
    """
    if "counted" not in (members[-1].sort, right.sort) or right.sort in ("pronoun", "name", "bare"):
        return False
    if _RESUMED.fullmatch(text, left.end, right.start) is None:
        return False
    before = text[max(0, members[0].start - VERB_REACH) : members[0].start]
    return load_toll_words().verb.search(before) is None


def _is_anybody(people: People) -> bool:
    """Tell nouns that take in everybody: "15 people, including three girls, and eight men" are 15."""
    noun = noun_of(people.head)
    return noun is None or noun.side == "unknown"


_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\Z", re.IGNORECASE)
_COPULA = re.compile(r"\s+(?:(?:were|was|are|is)\s+)?", re.IGNORECASE)


def _predicates(text: str, part: People, after: People) -> bool:
    """Tell whether `after` says what the people of `part` are ("one of them a woman")."""
    of_them = _OF_THEM.search(text[part.start : part.end]) is not None
    return of_them and _COPULA.fullmatch(text, part.end, after.start) is not None


def _joins(text: str, left: People, right: People) -> bool:
    if left.head in load_toll_words().heads or right.sort == "name" or "pronoun" in (left.sort, right.sort):
        return False
    joint = _JOINT.fullmatch(text, left.end, right.start)
    comma = joint is not None and joint[0].strip() == ","
    if comma and (right.sort == "loose" or load_saying_words().speaking.match(text, right.end)):
        return False  # "..., the agency said", "..., a doctor at the hospital told reporters"
    if (
        left.sort == "loose"
        and right.sort == "counted"
        and _PLACED.search(text[: left.start][-12:]) is not None
    ):
        return False  # "within the enclave and at least 18 fighters were killed"
    if _OF_THEM.search(text[right.start : right.end]) is not None:
        return False  # "..., one of them a woman"
    if joint is None or (comma and (left.sort == "name" or (left.sort == "loose" and _is_led(text, left)))):
        return False
    # "..., including a teacher, and ten children were taken": the comma ends what was included, and so does a
    # number alone: "including a teacher and 21 were wounded"
    ends = joint[0].lstrip().startswith(", and") or (right.sort == "bare" and left.sort != "bare")
    return not (ends and PART.search(text[max(0, left.start - 30) : left.start]))


def _is_led(text: str, people: People) -> bool:
    """Tell whether a phrase hangs on a preposition: "In the northern division, a teacher ..." is no list."""
    return _LEAD.search(text, max(0, people.start - 12), people.start) is not None


_PLACED = re.compile(r"(?<!\w)(?:in|at|near|outside|inside|within|around|across)\s+\Z", re.IGNORECASE)
_LEAD = re.compile(r"(?<!\w)(?:in|at|on|near|outside|inside|during|after|from|of|by)\s+\Z", re.IGNORECASE)


def _is_part(text: str, left: People, right: People, parts: Sequence[People]) -> bool:
    gap = text[left.end : right.start]
    if PART.fullmatch(gap) is not None:
        return True
    own = text[right.start : right.end]
    if not gap.strip(" ,(–-") and _OF_THEM.search(own) is not None:
        return True
    return bool(parts) and _joins(text, left, right)
