"""Words of a text with their offsets, and the keys under which names of actors are compared.

A key is blind to case, diacritics, apostrophes, hyphens, the possessive and the articles "the", "al-" and
"el-", so that "Al Shabaab", "al-Shabab's" and "the al-Shabaab" differ only where their letters do.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

V = TypeVar("V")

# Initials with full stops ("U.S.") are one word; so is a word with an apostrophe inside ("Shi'ite").
# Digits with separators ("40,000") are one word too.
_WORD = re.compile(r"[A-Z](?:\.[A-Z])+\.?(?!\w)|\d{1,3}(?:[,.]\d{3})+(?!\w)|[^\W_]+(?:['’ʼʻ‘`´][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ‘`´][sS]$")
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_ARTICLES = frozenset({"the", "al", "el"})
# Assimilated forms of the Arabic article; only before a hyphen, since they are English words too.
_JOINED_ARTICLES = frozenset({"as", "ash", "ad", "adh", "an", "ar", "at", "ath", "az", "ul", "ed", "ez", "es"})


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word: `text[start:end]` as found (without a possessive ending), and its key ("" for an article)."""

    start: int
    end: int
    text: str
    key: str

    @property
    def capital(self) -> bool:
        """Tell whether the word begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` without case, diacritics, full stops and apostrophes."""
    if word.isascii():
        folded = word.lower()
    else:
        parts = unicodedata.normalize("NFKD", word)
        # combining marks, and modifier letters such as the signs for hamza and ʿayn
        kept = (c for c in parts if unicodedata.category(c) not in ("Mn", "Lm"))
        folded = "".join(kept).casefold().translate(_PLAIN)
    return "".join(c for c in folded if c.isalnum())


@lru_cache(maxsize=65536)
def _form(raw: str) -> tuple[str, str, bool]:
    """Return a word without its possessive ending, its key, and whether it is an article before a hyphen."""
    if raw[-1] in "sS" and _POSSESSIVE.search(raw):
        raw = raw[:-2]
    key = fold(raw)
    return raw, "" if key in _ARTICLES else key, key in _JOINED_ARTICLES


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of `text[start:end]` with offsets into the whole `text`."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        bare, key, joined = _form(match.group())
        if joined and text[match.end() : match.end() + 1] in ("-", "‑"):
            key = ""
        begin = match.start()
        yield Word(begin, begin + len(bare), bare, key)


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of `text`, articles left out."""
    return tuple(word.key for word in words(text) if word.key)


class _Node(Generic[V]):
    """A point of the trie: what ends here, and where each next key leads."""

    __slots__ = ("after", "here")

    def __init__(self) -> None:
        self.here: list[V] = []
        self.after: dict[str, _Node[V]] = {}


class Trie(Generic[V]):
    """Values filed under sequences of keys; several values may share one."""

    def __init__(self, items: Iterable[tuple[tuple[str, ...], V]] = ()) -> None:
        self._root: _Node[V] = _Node()
        for path, value in items:
            self.add(path, value)

    def add(self, path: tuple[str, ...], value: V) -> None:
        """File `value` under `path`; raises ValueError for the empty path."""
        if not path:
            raise ValueError("a name without letters cannot be filed")
        node = self._root
        for key in path:
            node = node.after.setdefault(key, _Node())
        node.here.append(value)

    def begins(self, key: str) -> bool:
        """Tell quickly whether something is filed under a path that begins with `key`."""
        return key in self._root.after

    def get(self, path: tuple[str, ...]) -> tuple[V, ...]:
        """Return what is filed under exactly `path`."""
        node: _Node[V] | None = self._root
        for key in path:
            node = node.after.get(key) if node else None
        return tuple(node.here) if node and path else ()

    def starts(self, found: list[Word], index: int) -> Iterator[tuple[int, tuple[V, ...]]]:
        """Give (index after the last word, values) for all names that begin at `found[index]`, longest first.

        Articles between the words of a name are passed over.
        """
        node = self._root.after.get(found[index].key) if index < len(found) else None
        if node is None:
            return iter(())
        ends: list[tuple[int, tuple[V, ...]]] = []
        while node is not None:
            index += 1
            if node.here:
                ends.append((index, tuple(node.here)))
            while index < len(found) and not found[index].key:
                index += 1
            node = node.after.get(found[index].key) if index < len(found) else None
        return reversed(ends)
