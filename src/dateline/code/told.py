"""Sentences that tell of killed or injured people where the model is sure of no event that may have victims.

The model needs a high chance for a trigger, because most words are none. Where the grammar finds people who
were killed or hurt, a far lower chance is enough: "two volunteers were attacked and injured by soldiers". Only
a window without any sure event of that kind is read so: elsewhere the people go to one that is told already.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from dateline.code.cues import Cues
from dateline.code.decoding import Found
from dateline.code.parsing import SentenceParser
from dateline.code.tolls import read_tolls
from dateline.code.windows import Window
from dateline.ontology import Ontology

if TYPE_CHECKING:
    from numpy import ndarray

# The least chance of any type that a word must have in such a sentence. Set on the dev parts: from 0.3 to 0.1
# the false mentions of sentences about nothing stay the same.
TOLD = 0.2
_HURT = frozenset({"killed", "injured"})


class TollFinder:
    """Finds the words of a sentence that say that counted people were killed or injured."""

    def __init__(self, ontology: Ontology, cues: Cues) -> None:
        self._parser = SentenceParser(ontology, cues)
        self._roles = cues.roles

    def words_of(self, text: str, start: int, end: int) -> tuple[int, ...]:
        """Return the offsets at which such words begin in the sentence `text[start:end]`."""
        return tuple(
            parsed.tokens[toll.word].start
            for parsed in self._parser.parse(text, start, end)
            for toll in read_tolls(parsed, self._roles)
            if toll.role in _HURT
        )


def told_triggers(
    window: Window,
    types: "ndarray",
    found: Sequence[Found],
    able: Collection[int],
    tolls: Callable[[int], Sequence[int]],
) -> list[Found]:
    """Return a trigger for each sentence that tells of victims in a window without an event that may have any.

    `types` [W, 1 + types] are chances, none first; `found` are the triggers that are sure; `able` are the
    indices of the types that have victims; `tolls` gives the offsets of a sentence's words for what became of
    people.
    """
    chances = 1.0 - types[:, 0]
    columns = sorted(able)
    taken = {word for trigger in found for word in range(trigger.first, trigger.end)}
    best: dict[int, int] = {}
    for word, sentence in enumerate(window.sentences):
        if word in taken or chances[word] < TOLD:
            continue
        if sentence not in best or chances[word] > chances[best[sentence]]:
            best[sentence] = word
    extra: list[Found] = []
    for sentence, likeliest in best.items():
        starts = tolls(sentence)
        if not starts:
            continue
        own = [
            word
            for word, (start, _) in enumerate(window.bounds)
            if start in starts and word not in taken and chances[word] >= TOLD
        ]
        word = own[0] if own else likeliest
        kind = columns[int(types[word, columns].argmax())]
        extra.append(Found(word, word + 1, kind, float(types[word, kind])))
    return extra
