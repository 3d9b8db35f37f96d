"""Sentences: splits a text into sentences by rule, with exact offsets."""

import re
from collections.abc import Iterator

import msgspec

from dateline.clean.abbreviations import Abbreviations, load_abbreviations

_PARAGRAPH_BREAK = re.compile(
    r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)|\u2029"  # a blank line
    r"|[\r\n](?=[^\S\r\n]*(?:[•▪●◦‣⁃∙·*–—-]|\d{1,3}[.)])[^\S\r\n]+[^\W\d_])"  # or a new item of a list
)
# Ending marks with the closing quotes, brackets and note numbers that belong to them.
_ENDING = re.compile(r"(?P<marks>[.!?…‽؟۔。！？｡]+)(?P<closers>[\"'”’»›)\]}]*(?:\[\d{1,3}\])*)")
_NEXT = re.compile(
    r"(?P<opening>[\"'“‘«‹„‚(\[{¿¡•–—-]{0,4})(?P<word>\d+|[^\W\d_]{1,40}(?:[-'’][^\W\d_]{1,40}){0,2})?"
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NOT_SPACE = re.compile(r"\S")
_WORD_BREAKS = frozenset(' \t\n\r\v\f\u00a0"“”‘«»([{,;:–—')
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}\Z")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\Z")
# "al-Shabaab", "el-Fasher": names that begin small although a sentence begins.
_SMALL_NAME = re.compile(r"(?:a[lrsntdz]|ash|el|es|er|ed|de|abu)[-'’][A-Z]")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")

_LOOK_BACK = 48  # characters before a mark that can belong to its word; longer words are no abbreviations
_LOOK_AHEAD = 60
_CAPITALS_SAMPLE = 2000  # characters that decide whether a paragraph is all capitals
_LONE_WORD = 4  # a small word of this many letters before ". the" ends a sentence that begins small


class _Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, `text[start:end]`, and whether it is written in capitals only."""

    text: str
    start: int
    end: int
    capitals: bool


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One ending mark in its context: the word before, the word after (at `onward`), what stands between."""

    marks: str
    closers: str
    before: str
    opening: str
    after: str
    onward: int
    spaced: bool
    first: bool


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open (start, end) offsets of the sentences of `text`, in order.

    Sentences do not overlap, are trimmed of white space, hold every character that is no white space, and
    never run over a blank line. A closing quote stays with the sentence that it closes. Time is linear.
    """
    lists = load_abbreviations()
    found: list[tuple[int, int]] = []
    for paragraph in _paragraphs(text):
        found.extend(_trimmed(text, start, end) for start, end in _pieces(paragraph, lists))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    start = 0
    ends = [(match.start(), match.end()) for match in _PARAGRAPH_BREAK.finditer(text)]
    for stop, onward in [*ends, (len(text), len(text))]:
        first = _NOT_SPACE.search(text, start, stop)
        if first:
            sample = text[first.start() : min(stop, first.start() + _CAPITALS_SAMPLE)]
            yield _Paragraph(text, first.start(), stop, sample.isupper())
        start = onward


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    first = _NOT_SPACE.search(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return (first.start() if first else start, end)


def _pieces(paragraph: _Paragraph, lists: Abbreviations) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph; each but the last ends with a mark and holds a letter or digit."""
    text, start, end = paragraph.text, paragraph.start, paragraph.end
    first_letter = _LETTER_OR_DIGIT.search(text, start, end)
    quotes, counted = 0, start  # straight double quotes before `counted`, to tell closing from opening ones
    for match in _ENDING.finditer(text, start, end):
        if match.start() < start or not first_letter or first_letter.start() > match.start():
            continue
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        stop = _closed(paragraph, match, inside=quotes % 2 == 1)
        if not _ends(_context(paragraph, match, stop, sentence=start), paragraph, lists):
            continue
        onward = _NOT_SPACE.search(text, stop, end)
        if not onward:
            break
        yield start, stop
        start = onward.start()
        first_letter = _LETTER_OR_DIGIT.search(text, start, end)
    yield start, end


def _closed(paragraph: _Paragraph, match: re.Match[str], *, inside: bool) -> int:
    """Return where the sentence that `match` may end would end, its closing quotes included.

    A straight quote that no quotation is open for, with a word right after it, opens the next sentence.
    """
    text, stop = paragraph.text, match.end()
    closers = match["closers"]
    if closers == '"' and not inside and stop < paragraph.end and not text[stop].isspace():
        return match.end("marks")
    if not closers and inside and text[stop : stop + 2] == ' "' and text[stop + 2 : stop + 3].strip() == "":
        return stop + 2  # a closing quote that stands apart
    return stop


def _context(paragraph: _Paragraph, match: re.Match[str], stop: int, *, sentence: int) -> _Mark:
    text = paragraph.text
    low, first = max(sentence, match.start() - _LOOK_BACK), match.start()
    while first > low and text[first - 1] not in _WORD_BREAKS:
        first -= 1
    next_word = _NOT_SPACE.search(text, stop, paragraph.end)
    onward = next_word.start() if next_word else paragraph.end
    after = _NEXT.match(text, onward, min(paragraph.end, onward + _LOOK_AHEAD))
    return _Mark(
        marks=match["marks"],
        closers=text[match.end("marks") : stop],
        before=text[first : match.start()],
        opening=after["opening"] if after else "",
        after=(after["word"] or "") if after else "",
        onward=after.end() if after else onward,
        spaced=onward > stop,
        first=first == sentence,
    )


def _ends(mark: _Mark, paragraph: _Paragraph, lists: Abbreviations) -> bool:
    """Tell whether a sentence ends at `mark`."""
    if mark.onward >= paragraph.end and not mark.after and not mark.opening:
        return True
    if mark.marks[-1] in "۔؟。！？｡":
        return True
    if not mark.spaced:
        return _ends_unspaced(mark, paragraph, lists)
    if mark.after[:1].islower() and not _SMALL_NAME.match(mark.after):
        return _ends_before_small(mark, lists)
    if mark.marks[-1] in "!?‽":
        return not _asked(mark, paragraph, lists)
    if mark.marks != ".":
        return bool(mark.after or mark.opening)
    return _ends_after_word(mark, paragraph, lists)


def _ends_unspaced(mark: _Mark, paragraph: _Paragraph, lists: Abbreviations) -> bool:
    """Tell "attack.The army", where a space is missing, from "Outlet.com" and "1.5"."""
    word = mark.before.rsplit(".", 1)[-1]
    if any(sign in mark.before for sign in "@/\\=_&#"):
        return False
    if not (len(word) > 1 and word.isalpha()) and not mark.closers:
        return False
    following = paragraph.text[mark.onward : mark.onward + 1]
    if following in ("@", "/", "_", "=") or mark.after.lower() in lists.domains:
        return False
    if not mark.after[:1].isupper():
        return False
    if paragraph.capitals or word[-1:].isupper() or word[:1].isupper():
        # "NEWS.COM", "Reuters.The": a capital before the mark is likelier a name, unless a starter follows
        return mark.after.lower() in lists.starters and following != "."
    return following != "."


def _ends_before_small(mark: _Mark, lists: Abbreviations) -> bool:
    """Judge a mark before a small letter: only a plain full stop after a plain word ends a sentence."""
    word = mark.before
    if mark.marks != "." or mark.closers or mark.opening or len(word) < _LONE_WORD:
        return False
    return word.isalpha() and word.islower() and lists.kind(word, capitals=False) is None


def _asked(mark: _Mark, paragraph: _Paragraph, lists: Abbreviations) -> bool:
    """Tell whether `"Who fired?" Karim asked` goes on: a quote, one to three names, a verb of asking."""
    if not any(quote in mark.closers for quote in "\"”’»'"):
        return False
    stop = min(paragraph.end, mark.onward + _LOOK_AHEAD)
    words = [mark.after, *paragraph.text[mark.onward : stop].split()[:3]]
    for position, word in enumerate(words):
        if word.rstrip(",.:").lower() in lists.asking:
            return position > 0
        if not word[:1].isupper():
            return False
    return False


def _ends_after_word(mark: _Mark, paragraph: _Paragraph, lists: Abbreviations) -> bool:
    """Judge a full stop before a capital, a digit or a sign: the word before it decides."""
    if not mark.after and not mark.opening and paragraph.text[mark.onward : mark.onward + 1] == ".":
        return False  # ". . ."
    word = mark.before.lstrip("'’").rsplit("-", 1)[-1]
    if mark.closers.strip(")]}"):
        return True  # a closing quote after the full stop
    if mark.first and _ENUMERATOR.match(word):
        return False  # "1. The army", "b. Police"
    starts = _starts(mark, paragraph, lists)
    initials = mark.first and word.isupper() and _DOTTED.match(word)  # "A.M. Karim", not "5 A.M."
    kind = None if initials else lists.kind(word, capitals=paragraph.capitals)
    if kind is not None:
        return _ends_after_abbreviation(mark, kind, starts=starts, lists=lists)
    if len(word) == 1 and word.isalpha():
        return starts or not word.isupper()
    if _DOTTED.match(word):
        return starts
    if word.istitle() and 1 < len(word) <= _LONE_WORD and not _VOWEL.search(word):
        return starts  # "Mjr.", "Cpn.": an abbreviation that no list holds
    return True


def _ends_after_abbreviation(mark: _Mark, kind: str, *, starts: bool, lists: Abbreviations) -> bool:
    if kind in ("titles", "pointing"):
        return False
    if kind == "inner":
        return starts
    number = mark.after[:1].isdigit()
    if kind == "numbered":
        return not number and not mark.closers
    return not number and mark.after.lower() not in lists.after_time


def _starts(mark: _Mark, paragraph: _Paragraph, lists: Abbreviations) -> bool:
    """Tell whether the next word is one that commonly begins a sentence ("The", not the "A" of "A. Karim")."""
    if paragraph.text[mark.onward : mark.onward + 1] == ".":
        return False
    if paragraph.capitals:
        return mark.after.lower() in lists.capital_starters
    return mark.after[:1].isupper() and mark.after.lower() in lists.starters
