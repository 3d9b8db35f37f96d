"""Lexicon: where the ontology's wordings stand in a text."""

from collections.abc import Iterator, Sequence

import msgspec

from dateline.ontology import Ontology, words_of
from dateline.train.examples import Bounds


class Wording(msgspec.Struct, frozen=True):
    """A wording that may announce one of `types`, at `text[start:end]`, in the sentence of that index."""

    start: int
    end: int
    types: tuple[str, ...]
    sentence: int

    @property
    def bounds(self) -> Bounds:
        """Return its half-open bounds."""
        return self.start, self.end


def wordings_of(text: str, sentences: Sequence[Bounds], ontology: Ontology) -> Iterator[Wording]:
    """Yield the wordings of the lexicon in a text, in order."""
    for number, (low, high) in enumerate(sentences):
        words = words_of(text[low:high])
        for match in ontology.scan([word for word, _, _ in words]):
            types = tuple(sorted({trigger.type for trigger in match.triggers}))
            yield Wording(low + words[match.start][1], low + words[match.end - 1][2], types, number)
