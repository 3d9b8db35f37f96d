"""From the words of a sentence to its tokens and phrases, with the lexicon of the ontology's triggers."""

from collections.abc import Iterator

from dateline.code.cues import Cues
from dateline.code.phrases import Parsed, parse
from dateline.code.tags import Lexicon, is_shouting, make_lexicon, tokenize
from dateline.ontology import Ontology

# A sentence longer than this many characters is none; it is read in pieces, which keeps the work linear.
LONGEST_SENTENCE = 1_200


class SentenceParser:
    """Parses sentences by the word lists and the ontology's lexicon."""

    def __init__(self, ontology: Ontology, cues: Cues) -> None:
        self._words = cues.words
        self._lexicon = lexicon_of(ontology, cues)

    def parse(self, text: str, start: int, end: int, *, place: tuple[int, int] = (0, 0)) -> list[Parsed]:
        """Return the sentence `text[start:end]`, in pieces where it is overlong.

        `place` is the number of the first piece and that of the sentence, as Parsed keeps them.
        """
        number, sentence = place
        parts: list[Parsed] = []
        for low, high in _pieces(text, start, end):
            shouting = is_shouting(text[low:high])
            tokens = tokenize(text, low, high, self._lexicon, shouting=shouting)
            at = (number + len(parts), sentence)
            parts.append(parse(at, (low, high), tokens, self._words, shouting=shouting))
        return parts


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence whole, or in pieces of at most LONGEST_SENTENCE characters, cut at white space."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def lexicon_of(ontology: Ontology, cues: Cues) -> Lexicon:
    """Return what the ontology's triggers and the word lists say of single words."""
    forms: dict[str, bool] = {}
    nouns: set[str] = set(cues.roles.event_heads)
    for trigger in ontology.triggers:
        if trigger.pos == "verb":
            plain = trigger.tags == ("VB",)
            forms[trigger.words[0]] = forms.get(trigger.words[0], True) and plain
        elif trigger.pos == "noun":
            nouns.add(trigger.words[-1])
    listed = [cues.words.verbs, cues.attribution.speech, cues.attribution.quote, cues.attribution.belief]
    listed += [toll.verbs for toll in cues.roles.tolls.values()]
    for words in listed:
        for word in words:
            forms.setdefault(word, False)
    for word in cues.words.plain_verbs:
        forms.setdefault(word, True)
    return make_lexicon(cues.words, forms, frozenset(nouns))
