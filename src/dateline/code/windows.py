"""Windows: the stretches of whole sentences that the frame model reads, as numbers.

The same windows are made in training and in use; what is decided here is part of the model.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from dateline.code.tokens import Piece, split_words
from dateline.ontology import Ontology, words_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Bounds = tuple[int, int]

# Word pieces of a window, marks and context included; attention costs grow with its square, and 192 hold
# five sentences of news.
WINDOW_PIECES = 192
# Pieces of the title and the dateline that stand before the text as context.
TITLE_PIECES = 24
DATELINE_PIECES = 12
# A longer run of letters is no word; its first pieces are enough.
WORD_PIECES = 12
# Features of a word's shape, in this order behind the types' flags.
SHAPES = ("within_hit", "capital", "upper", "digit", "quoted", "first")
_QUOTES_OPEN = frozenset("“«‹„")
_QUOTES_CLOSE = frozenset("”»›")


class Words(msgspec.Struct, frozen=True):
    """The words of one sentence with their pieces; `hits` are the lexicon's types of each word."""

    bounds: tuple[Bounds, ...]
    pieces: tuple[tuple[int, ...], ...]
    hits: tuple[tuple[int, ...], ...]
    shapes: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.bounds)

    def size(self) -> int:
        """Return the number of pieces."""
        return sum(len(pieces) for pieces in self.pieces)

    def cut(self, start: int, end: int) -> "Words":
        """Return the words from `start` to before `end`."""
        return Words(
            self.bounds[start:end], self.pieces[start:end], self.hits[start:end], self.shapes[start:end]
        )


class Window(msgspec.Struct, frozen=True):
    """One input of the model.

    `ids` are the pieces with context and marks; `firsts` the position of each word's first piece; `bounds`
    the words' half-open offsets in the text; `hits` and `shapes` the indexes of the features that hold;
    `sentences` the index of each word's sentence in the text.
    """

    ids: tuple[int, ...]
    firsts: tuple[int, ...]
    bounds: tuple[Bounds, ...]
    hits: tuple[tuple[int, ...], ...]
    shapes: tuple[tuple[int, ...], ...]
    sentences: tuple[int, ...]

    def has_hits(self) -> bool:
        """Say whether the lexicon knows a word of the window."""
        return any(self.hits)


class WindowMaker:
    """Makes windows of texts; holds the tokenizer and the lexicon."""

    def __init__(self, tokenizer: "Tokenizer", ontology: Ontology, types: Sequence[str]) -> None:
        """`types` is the order of the model's event types."""
        self._tokenizer = tokenizer
        self._ontology = ontology
        self._index = {name: number for number, name in enumerate(types)}
        self._begin = tokenizer.token_to_id("[CLS]") or 0
        self._end = tokenizer.token_to_id("[SEP]") or 0

    def windows(
        self, text: str, sentences: Sequence[Bounds], *, title: str | None = None, dateline: str | None = None
    ) -> list[Window]:
        """Part a text into windows, in order; every word of every sentence is in exactly one of them."""
        context = self._context(title, dateline)
        room = WINDOW_PIECES - len(context) - 1
        windows: list[Window] = []
        held: list[tuple[int, Words]] = []
        size = 0
        for number, words in enumerate(self.read(text, sentences)):
            for part in _fitting(words, room):
                length = part.size()
                if held and size + length > room:
                    windows.append(self._window(context, held))
                    held, size = [], 0
                if len(part):
                    held.append((number, part))
                    size += length
        if held:
            windows.append(self._window(context, held))
        return windows

    def read(self, text: str, sentences: Sequence[Bounds]) -> Iterator[Words]:
        """Yield the words of each sentence."""
        parts = [split_words(text, start, end) for start, end in sentences]
        encoded = self._tokenizer.encode_batch(
            [[piece.text for piece in part] or [""] for part in parts],
            is_pretokenized=True,
            add_special_tokens=False,
        )
        for (start, end), part, encoding in zip(sentences, parts, encoded, strict=True):
            pieces: list[list[int]] = [[] for _ in part]
            for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
                if word is not None and word < len(pieces) and len(pieces[word]) < WORD_PIECES:
                    pieces[word].append(piece)
            yield self._words(text[start:end], start, part, pieces)

    def _words(
        self, sentence: str, offset: int, part: Sequence[Piece], pieces: Sequence[Sequence[int]]
    ) -> Words:
        hits, within = self._hits(sentence, offset, part)
        shapes = _shapes(part, within)
        kept = [number for number, own in enumerate(pieces) if own]
        return Words(
            tuple((part[n].start, part[n].end) for n in kept),
            tuple(tuple(pieces[n]) for n in kept),
            tuple(hits[n] for n in kept),
            tuple(shapes[n] for n in kept),
        )

    def _hits(
        self, sentence: str, offset: int, part: Sequence[Piece]
    ) -> tuple[list[tuple[int, ...]], set[int]]:
        """Return the types that the lexicon offers for each word, and the words that go on a hit."""
        hits: list[tuple[int, ...]] = [()] * len(part)
        within: set[int] = set()
        spoken = words_of(sentence)
        at = 0
        for match in self._ontology.scan([word for word, _, _ in spoken]):
            start, end = offset + spoken[match.start][1], offset + spoken[match.end - 1][2]
            types = tuple(sorted({self._index[t.type] for t in match.triggers if t.type in self._index}))
            while at < len(part) and part[at].end <= start:
                at += 1
            number = at
            while number < len(part) and part[number].start < end:
                hits[number] = tuple(sorted({*hits[number], *types}))
                if number > at:
                    within.add(number)
                number += 1
        return hits, within

    def _context(self, title: str | None, dateline: str | None) -> list[int]:
        ids = [self._begin]
        for text, most in ((title, TITLE_PIECES), (dateline, DATELINE_PIECES)):
            if text:
                ids += self._tokenizer.encode(text[:400], add_special_tokens=False).ids[:most]
            ids.append(self._end)
        return ids

    def _window(self, context: Sequence[int], held: Iterable[tuple[int, Words]]) -> Window:
        ids = list(context)
        firsts: list[int] = []
        bounds: list[Bounds] = []
        hits: list[tuple[int, ...]] = []
        shapes: list[tuple[int, ...]] = []
        sentences: list[int] = []
        for number, words in held:
            for pieces in words.pieces:
                firsts.append(len(ids))
                ids += pieces
            bounds += words.bounds
            hits += words.hits
            shapes += words.shapes
            sentences += [number] * len(words)
        ids.append(self._end)
        return Window(tuple(ids), tuple(firsts), tuple(bounds), tuple(hits), tuple(shapes), tuple(sentences))


def _fitting(words: Words, room: int) -> Iterator[Words]:
    """Cut the words of a sentence that is too long for a window into parts that fit."""
    if words.size() <= room:
        yield words
        return
    start = size = 0
    for number, pieces in enumerate(words.pieces):
        if size + len(pieces) > room:
            yield words.cut(start, number)
            start, size = number, 0
        size += len(pieces)
    yield words.cut(start, len(words))


def _shapes(part: Sequence[Piece], within: set[int]) -> list[tuple[int, ...]]:
    shouting = sum(piece.text.isupper() for piece in part) > sum(piece.text.islower() for piece in part)
    shapes: list[tuple[int, ...]] = []
    quoted = False
    for number, piece in enumerate(part):
        word = piece.text
        if word in _QUOTES_CLOSE:
            quoted = False
        holds = (
            number in within,
            word[:1].isupper() and not shouting and number > 0,
            len(word) > 1 and word.isupper() and not shouting,
            word[:1].isdigit(),
            quoted,
            number == 0,
        )
        shapes.append(tuple(index for index, flag in enumerate(holds) if flag))
        if word in _QUOTES_OPEN:
            quoted = True
        elif word == '"':
            quoted = not quoted
    return shapes
