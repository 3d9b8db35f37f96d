"""Tokens of one sentence, and how the text is parted into them."""

import re
from enum import Enum

import msgspec


class Tag(Enum):
    """Coarse word classes."""

    NOUN = "noun"
    NAME = "name"
    NUMBER = "number"
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    CONJUNCTION = "conjunction"
    AUXILIARY = "auxiliary"
    MODAL = "modal"
    TO = "to"
    VERB = "verb"
    ADVERB = "adverb"
    TIME = "time"
    POSSESSIVE = "possessive"
    SUFFIX = "suffix"
    QUOTE = "quote"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    MARK = "mark"


class Token(msgspec.Struct, frozen=True):
    """A word or a mark: half-open offsets into the article's text, its wording and lower-cased wording."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag


class Piece(msgspec.Struct, frozen=True):
    """A word or a mark before it has a class; `suffix` marks the "-led" of "U.S.-led"."""

    start: int
    end: int
    text: str
    lower: str
    suffix: bool = False


_TOKEN = re.compile(
    r"""(?:[A-Za-z]\.){2,}(?:-[^\W\d_]+)*                   # U.S., U.S.-backed
      | \d[\d,.]*(?:-[^\W\d_]+)+                             # 12-year-old, 2,000-strong
      | \d+[^\W\d_]+ | \d[\d,.]*\d | \d                      # 122mm, 25,000
      | ['’][sS]\b                                           # possessive or is
      | [nN]['’][tT]\b
      | [^\W\d_][^\W_]*(?:(?:[-.&]|['’](?![sS]\b))[^\W_]+)*     # al-Hashd, M23, Shi'ite, IraqiNews.com
      | \S""",
    re.VERBOSE,
)
# "U.S.-led", "rebel-held": what stands before the hyphen is a name or a noun of its own.
_SUFFIX = re.compile(
    r"(?<=.)-(?:led|backed|held|controlled|run|ruled|aligned|allied|affiliated|linked|based|supported|sponsored"
    r"|funded|brokered|mediated|imposed|occupied|dominated|born|owned|trained|armed|inspired)\Z",
    re.IGNORECASE,
)


def split_words(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Part `text[start:end]` into words and marks, in order; a hyphened "-led" stands for itself."""
    pieces: list[Piece] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        tail = _SUFFIX.search(word) if "-" in word else None
        cut = match.end() if tail is None else match.start() + tail.start()
        pieces.append(_piece(text, match.start(), cut))
        if tail is not None:
            pieces.append(_piece(text, cut, match.end(), suffix=True))
    return tuple(pieces)


def _piece(text: str, start: int, end: int, *, suffix: bool = False) -> Piece:
    word = text[start:end]
    return Piece(start, end, word, word.lower().replace("’", "'"), suffix)
