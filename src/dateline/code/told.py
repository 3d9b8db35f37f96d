"""Sentences that tell of killed or injured people and in which the model is sure of no event that has victims.

The model needs a high chance for a trigger, because most words are none. Where the grammar finds people who
were killed or hurt, a far lower chance is enough: "two volunteers were attacked and injured by soldiers", "at
Idohu seven died". No chance at all is needed where the lexicon knows the sentence for violent ("a nurse was
injured in a robbery").
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from dateline.code.cues import Cues
from dateline.code.decoding import Found
from dateline.code.parsing import SentenceParser
from dateline.code.phrases import Parsed
from dateline.code.tolls import read_tolls
from dateline.code.triggers import find_triggers
from dateline.code.windows import Window
from dateline.ontology import Ontology, Trigger, admits, words_of

if TYPE_CHECKING:
    from numpy import ndarray

# The least chance of any type that a word must have in such a sentence. Set on the dev parts, where F1 of
# triggers is one from 0.3 to 0.1; at 0.1 more is read into sentences about nothing (9.7 of 100, else 8.8).
TOLD = 0.15
_HURT = frozenset({"killed", "injured"})


class Told(msgspec.Struct, frozen=True):
    """What a sentence says of victims, by offsets in the text.

    `words` are where the words begin that say that people were killed or hurt; `violent` the start, the end and
    the type of each wording that the lexicon knows for violence. Such a word alone ("killed") is none: it needs
    others around it that its entry asks for ("gunmen", "warplanes").
    """

    words: tuple[int, ...] = ()
    violent: tuple[tuple[int, int, str], ...] = ()


class TollFinder:
    """Finds the words of a sentence that say that counted people were killed or injured, and by what."""

    def __init__(self, ontology: Ontology, cues: Cues) -> None:
        self._parser = SentenceParser(ontology, cues)
        self._roles = cues.roles
        self._ontology = ontology

    def read(self, text: str, start: int, end: int) -> Told:
        """Return what the sentence `text[start:end]` says of victims; nothing where it tells of none."""
        pieces = self._parser.parse(text, start, end)
        roles = {
            parsed.tokens[toll.word].start: toll.role
            for parsed in pieces
            for toll in read_tolls(parsed, self._roles)
            if toll.role in _HURT
        }
        if not roles:
            return Told()
        words = tuple(sorted(roles))
        if not self._is_violence(text, start, end, roles):
            return Told(words)
        beside = (hit for parsed in pieces for hit in self._beside(parsed, text, words))
        return Told(words, tuple(sorted({*beside, *self._asked_for(text, start, end, roles)})))

    def _is_violence(self, text: str, start: int, end: int, roles: Mapping[int, str]) -> bool:
        """Tell whether the entry of a word for victims stands here: "killed" does not beside an earthquake."""
        spoken = words_of(text[start:end])
        stands = {match.start for match in self._ontology.scan([w for w, _, _ in spoken]) if match.triggers}
        for number, (word, first, _) in enumerate(spoken):
            role = roles.get(start + first)
            known = word in self._ontology.by_first_word
            if role is not None and (number in stands or not known or not self._is_verb(word, role)):
                return True
        return False

    def _is_verb(self, word: str, role: str) -> bool:
        """Tell a word that says alone what became of people from the first of a wording ("hit by a bullet")."""
        return word in self._roles.tolls[role].verbs

    def _beside(self, parsed: Parsed, text: str, words: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Yield the violent wordings that do not themselves tell of the victims.

        Only those that are seldom an accident or a figure of speech: "armed robbery", and "robbery" where other
        words bear it out; not "explosion" or "massacre".
        """
        for hit in find_triggers(parsed, text, self._ontology, self._roles):
            start, end = parsed.tokens[hit.first].start, parsed.tokens[hit.last - 1].end
            trigger = hit.trigger
            plain = not trigger.requires and (trigger.pos != "noun" or len(trigger.words) == 1)
            apart = not any(start <= word < end for word in words)
            if apart and not plain and self._has_victims(trigger.type):
                yield start, end, trigger.type

    def _asked_for(
        self, text: str, start: int, end: int, roles: Mapping[int, str]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the words for victims beside the violent words that their entry asks for.

        A wording without an entry ("sustained gunshot wounds") has that of "killed" or "injured".
        """
        spoken = words_of(text[start:end])
        lower = [word for word, _, _ in spoken]
        entries = {match.start: match for match in self._ontology.scan(lower)}
        for number, (word, first, last) in enumerate(spoken):
            role = roles.get(start + first)
            if role is None:
                continue
            known = tuple(one for one in self._ontology.by_first_word.get(role, ()) if len(one.words) == 1)
            stop = last
            match = entries.get(number)
            if self._is_verb(word, role):
                known = match.triggers if match is not None else ()
                stop = spoken[match.end - 1][2] if match is not None else last
            asked = (self._strict(trigger) for trigger in known if self._asks(trigger))
            trigger = next((one for one in asked if admits(one, lower, number)), None)
            if trigger is not None and self._has_victims(trigger.type):
                yield start + first, start + stop, trigger.type

    def _asks(self, trigger: Trigger) -> bool:
        suffered = trigger.words[0] in self._roles.toll_intransitive  # who "died" was not always killed
        return bool(self._strict(trigger).requires) and trigger.pos == "verb" and not suffered

    def _strict(self, trigger: Trigger) -> Trigger:
        """Return a trigger that asks for words of no other use than violence."""
        doubtful = self._roles.doubtful
        return msgspec.structs.replace(
            trigger, requires=tuple(word for word in trigger.requires if word not in doubtful)
        )

    def _has_victims(self, name: str) -> bool:
        kind = self._ontology.types[name]
        return kind.violent and kind.victims


def told_triggers(
    window: Window,
    types: "ndarray",
    found: Sequence[Found],
    able: Mapping[str, int],
    told: Callable[[int], Told],
) -> list[Found]:
    """Return a trigger for each sentence that tells of victims and has no event that may have any.

    `types` [W, 1 + types] are chances, none first; `found` are the triggers that are sure; `able` are the
    indices of the types that have victims, by name; `told` gives what a sentence says of victims.
    """
    chances = 1.0 - types[:, 0]
    taken = {word for trigger in found for word in range(trigger.first, trigger.end)}
    sure = {window.sentences[trigger.first] for trigger in found if trigger.type in able.values()}
    extra: list[Found] = []
    for sentence in sorted(set(window.sentences) - sure):
        free = [word for word, own in enumerate(window.sentences) if own == sentence and word not in taken]
        says = told(sentence) if free else Told()
        if says.words:
            columns = sorted(able.values())
            likely = _likely(window, types, chances, free, says, columns)
            trigger = likely or _known(window, types, free, says, able)
            extra += [] if trigger is None else [trigger]
    return extra


def _likely(
    window: Window,
    types: "ndarray",
    chances: "ndarray",
    free: Sequence[int],
    says: Told,
    columns: Sequence[int],
) -> Found | None:
    """Return the word for the victims, or else the likeliest, where its chance reaches TOLD.

    Of a word that the lexicon knows, its types alone are asked: a "robbery" is no bombing.
    """
    likely = [word for word in free if chances[word] >= TOLD]
    if not likely:
        return None
    own = [word for word in likely if window.bounds[word][0] in says.words]
    word = own[0] if own else max(likely, key=lambda each: (chances[each], -each))
    offered = [column for column in columns if column - 1 in window.hits[word]] or columns
    kind = offered[int(types[word, offered].argmax())]
    return Found(word, word + 1, kind, float(types[word, kind]))


def _known(
    window: Window, types: "ndarray", free: Sequence[int], says: Told, able: Mapping[str, int]
) -> Found | None:
    """Return the first violent wording of the lexicon: one beside the victims rather than "killed" itself."""
    for start, end, name in sorted(says.violent, key=lambda hit: hit[0] in says.words):
        inside = [word for word in free if start <= window.bounds[word][0] < end]
        if inside and name in able:
            kind = able[name]
            return Found(inside[0], inside[-1] + 1, kind, float(types[inside, kind].max()))
    return None
