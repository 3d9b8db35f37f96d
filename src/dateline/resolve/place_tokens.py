"""Words of a text as names of places are looked for in it."""

import re

import msgspec

from dateline.resolve.names import normalise

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-’'‘`ʿʾ][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)[’'](?:s|S)\Z")
_ARTICLED = re.compile(r"(?:al|el|ash|ad|as|at|an|ar|az|ed|es|ez|ul|d|l|de|du|la)[-’']?[A-ZÀ-ÞŠŽĞİ]")
# Sides of the compass as they are shortened before names ("S. Korea").
SIDES = frozenset(["n", "s", "e", "w"])
_ABBREVIATED = SIDES | {"st", "ft", "mt", "pt", "ste", "sts"}
PARTICLES = frozenset(
    [
        "al",
        "es",
        "el",
        "de",
        "la",
        "le",
        "du",
        "des",
        "del",
        "da",
        "do",
        "dos",
        "ez",
        "ash",
        "ad",
        "as",
        "ar",
        "an",
        "at",
        "az",
        "ul",
        "sur",
        "upon",
        "bin",
        "ibn",
        "ben",
        "von",
        "van",
    ]
)
# A text with more capitals than this among its letters is written in capitals throughout (old wire copy).
ALL_CAPS_SHARE = 0.7


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word at `start:end`; `lower` is its key, `capital` whether it may begin or end a name."""

    start: int
    end: int
    lower: str
    capital: bool


def is_all_caps(text: str) -> bool:
    """Tell whether `text` is written in capitals throughout, judged by its first 4,000 characters."""
    start = text[:4000]
    letters = sum(map(str.isalpha, start))
    return letters >= 20 and sum(map(str.isupper, start)) > ALL_CAPS_SHARE * letters


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """Return the words of `text[start:end]`, possessive endings left off."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        bare = _POSSESSIVE.sub("", word)
        found.append(
            Token(
                match.start(),
                match.start() + len(bare),
                normalise(bare),
                word[0].isupper() or bool(_ARTICLED.match(word)),
            )
        )
    return found


def joins(text: str, left: Token, right: Token) -> bool:
    """Tell whether two words stand side by side within a name."""
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0"):
        return True
    return gap == ". " and left.lower in _ABBREVIATED


def goes_with_title(text: str, left: Token, right: Token) -> bool:
    """Tell whether a title goes with the word after it ("Gen. Omar", "President Omar")."""
    return text[left.end : right.start] in (" ", ". ", "\u00a0")


def is_initial(text: str, left: Token, right: Token) -> bool:
    """Tell whether `left` is the initial of a person's name ("R. T. Lim"), not of a side ("S. Korea")."""
    initial = right.start - left.start == 3 and text[left.end : right.start] == ". "
    return initial and left.capital and left.lower not in SIDES
