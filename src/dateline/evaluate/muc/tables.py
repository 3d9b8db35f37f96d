"""Word statistics of the keys: how often a word or string of the messages is a filler of a role.

They are counted on the training part of the development set, without any coder.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from dateline.clean.sentences import split
from dateline.evaluate.muc.gold import ASKED, PERSON, Entity, normal
from dateline.evaluate.muc.rules import TYPES

# A string of more words is not counted as a whole.
LONGEST = 6
# Smoothing of odds: a filler seen this often in this many messages before anything was counted.
PRIOR_FILLER, PRIOR_OTHER = 0.2, 4.0
# Smoothing of the words that tell a sentence or a message with an incident from others.
PRIOR_WORD = 2.0


class Seen(msgspec.Struct):
    """In how many messages a word stands, and in how many it is (part of) a filler."""

    messages: int = 0
    fillers: int = 0

    @property
    def odds(self) -> float:
        """Log odds that it is a filler where it stands."""
        return math.log((self.fillers + PRIOR_FILLER) / (self.messages - self.fillers + PRIOR_OTHER))


UNSEEN = Seen().odds


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """Log odds of strings and words by role, and the weight of words for "tells of an incident".

    `strings` are whole fillers, `lasts` and `words` the last and any word of one; what is not listed never
    was a filler, and `common` says in how many messages a word stands. `names` holds the log odds that a
    word of a human target is part of the name rather than of the description. `kinds` are the weights of
    words for each incident type, `same` leads from a name of an organisation to the one that stands for all.
    """

    strings: Mapping[str, Mapping[str, float]]
    lasts: Mapping[str, Mapping[str, float]]
    words: Mapping[str, Mapping[str, float]]
    names: Mapping[str, float]
    common: Mapping[str, int]
    sentence: Mapping[str, float]
    message: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]
    same: Mapping[str, str]

    def string_odds(self, role: str, text: str) -> float:
        """Return the log odds of a whole string."""
        return self.strings[role].get(text, UNSEEN)

    def sentence_odds(self, text: str) -> float:
        """Return how much the words of a sentence speak for an incident, per root of their number."""
        return _sum(self.sentence, text)

    def message_odds(self, text: str) -> float:
        """Return how much the words of a message speak for an incident."""
        return _sum(self.message, text)

    def kind_odds(self, kind: str, text: str) -> float:
        """Return how much the words of a message speak for an incident of a type."""
        return _sum(self.kinds[kind], text)


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A message with what its keys ask for.

    `titles` are the descriptions of named human targets; `types` the incident types of its templates.
    """

    body: str
    fillers: Mapping[str, tuple[Entity, ...]]
    titles: tuple[str, ...]
    types: frozenset[str]


def count(lessons: Iterable[Lesson]) -> Tables:
    """Count the tables."""
    listed = tuple(lessons)
    strings: dict[str, Counter[str]] = {role: Counter() for role in ASKED}
    lasts: dict[str, Counter[str]] = {role: Counter() for role in ASKED}
    words: dict[str, Counter[str]] = {role: Counter() for role in ASKED}
    named, described = Counter[str](), Counter[str]()
    for lesson in listed:
        for role in ASKED:
            texts = {normal(mention) for entity in lesson.fillers[role] for mention in entity}
            strings[role].update(texts)
            lasts[role].update({text.split()[-1] for text in texts if text})
            words[role].update({word for text in texts for word in text.split()})
        names = (text for entity in lesson.fillers["Victim"] for text in entity)
        named.update({word for text in names for word in normal(text).split()})
        titles = (*lesson.titles, *(text for entity in lesson.fillers[PERSON] for text in entity))
        described.update({word for text in titles for word in normal(text).split()})
    wanted = {text for table in strings.values() for text in table}
    standing, common = Counter[str](), Counter[str]()
    bodies: list[frozenset[str]] = []
    for lesson in listed:
        tokens = normal(lesson.body).split()
        bodies.append(frozenset(tokens))
        common.update(bodies[-1])
        standing.update(ngrams(tokens) & wanted)
    pairs = list(zip(bodies, listed, strict=True))
    return Tables(
        strings={role: _odds(strings[role], standing) for role in ASKED},
        lasts={role: _odds(lasts[role], common) for role in ASKED},
        words={role: _odds(words[role], common) for role in ASKED},
        names={word: math.log((named[word] + 0.5) / (described[word] + 0.5)) for word in {*named, *described}},
        common=dict(common),
        sentence=_contrast(
            (frozenset(normal(sentence).split()), _holds(sentence, lesson))
            for lesson in listed
            for sentence in sentences_of(lesson.body)
        ),
        message=_contrast((held, bool(lesson.types)) for held, lesson in pairs),
        kinds={kind: _contrast((held, kind in lesson.types) for held, lesson in pairs) for kind in TYPES},
        same=_same(listed),
    )


def ngrams(tokens: list[str]) -> set[str]:
    """Return the runs of up to LONGEST words."""
    return {
        " ".join(tokens[at : at + size])
        for size in range(1, LONGEST + 1)
        for at in range(len(tokens) - size + 1)
    }


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[start:end] for start, end in split(text)]


def _holds(sentence: str, lesson: Lesson) -> bool:
    return any(
        mention in sentence for entities in lesson.fillers.values() for entity in entities for mention in entity
    )


def _odds(fillers: Counter[str], standing: Counter[str]) -> dict[str, float]:
    return {text: Seen(max(standing[text], number), number).odds for text, number in fillers.items()}


def _contrast(texts: Iterable[tuple[frozenset[str], bool]]) -> dict[str, float]:
    """Return the log ratio of each word's share among texts that tell of something and among others."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    totals = {True: 0, False: 0}
    for held, told in texts:
        totals[told] += 1
        counts[told].update(held)
    if not (totals[True] and totals[False]):
        return {}
    share = totals[True] / (totals[True] + totals[False])
    return {
        word: math.log((counts[True][word] + PRIOR_WORD * share) / totals[True])
        - math.log((counts[False][word] + PRIOR_WORD * (1 - share)) / totals[False])
        for word in sorted({*counts[True], *counts[False]})
        if counts[True][word] + counts[False][word] > 1
    }


def _sum(table: Mapping[str, float], text: str) -> float:
    words = sorted(set(normal(text).split()))
    return sum(table.get(word, 0.0) for word in words) / math.sqrt(len(words) or 1)


def _same(lessons: Iterable[Lesson]) -> dict[str, str]:
    """Return, for each string of an organisation, the one that stands for all its names."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            text = parent[text]
        return text

    for lesson in lessons:
        for entity in lesson.fillers["PerpOrg"]:
            first, *rest = [normal(mention) for mention in entity]
            for other in rest:
                parent[root(other)] = root(first)
    return {text: root(text) for text in parent}
