"""Names that an article itself gives: "Popular Mobilization Forces (PMF)", "X, known locally as Y"."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.model.values import ActorKind
from dateline.resolve.catalogue import Catalogue, Cues
from dateline.resolve.compose import compose
from dateline.resolve.entries import ActorEntry
from dateline.resolve.shortnames import proper_kind
from dateline.resolve.wording import Word, keys, words

# Longest parenthesis that is looked at for another name, in characters.
MAX_PARENTHESIS = 80
# How far before another name its first name may begin, in characters.
MAX_OUTER = 160
# A long form may have this many words more than its abbreviation has letters ("Movement for the ... of ...").
SPARE_WORDS = 4

_PARENTHESIS = re.compile(r"\s?\(([^()\n]{2,80})\)")
_KNOWN_AS = (
    r"(?:(?:also|locally|better|widely|commonly|formerly|otherwise|sometimes|popularly|previously|long)\s)*known\s"
    r"(?:(?:locally|also|simply|widely|commonly|variously|now|collectively)\s)*"
    r"(?:as|by\s(?:its|the|their)\s(?:[A-Za-z]+\s)?(?:acronyms?|initials|abbreviation|name))"
)
_ALSO = re.compile(
    rf"[,(]?\s?\b(?:{_KNOWN_AS}|a\.?k\.?a\.?)\s(?:the\s)?[\"“'‘]?"
    r"|[,(]\s?(?:(?:also|sometimes|formerly|previously)\s)*(?:called|or)\s(?:simply\s)?(?:the\s)?[\"“'‘]?"
)
# What must follow a name that only "or" or "called" gives, so that a list is not taken for one thing.
_CLOSED = re.compile(r"[\"”'’]?\s?[,).;:–—]")
# An apposition between the two names ("Boko Haram, a militant group known locally as ...").
_APPOSED = re.compile(r",\s(?:an?|the)\s[^,.;:()\n]{0,80}$")
_CALLED = re.compile(
    r"\s(?:(?:that|which|who)\s)?(?:calls?\sitself|calling\sitself|styling\sitself|called|named|by\sthe\sname\sof"
    rf"|{_KNOWN_AS})\s(?:the\s)?[\"“'‘]?(?=[A-Z])"
)
_WHAT = re.compile(
    r"(?<![\w-])(?:[a-z][a-z-]{0,30}\s){0,3}(?:group|militia|gang|movement|faction|cell|brigade|cartel|party|"
    r"organi[sz]ation|network|force|unit|army|alliance|coalition|outfit)s?,?$"
)
# Small words inside a name ("Army of Danu"), between two with a capital.
_LINKS = frozenset({"of", "for", "and", "de", "del"})
_ARTICLES = re.compile(r"\b(?:[Aa]l|[Ee]l)[ -]")
_PREFIX = re.compile(
    r"^(?:or|the|also|formerly|known as|also known as|locally known as|aka|a\.k\.a\.)\s+", re.IGNORECASE
)


class Alias(msgspec.Struct, frozen=True):
    """A name that the article itself gives, from the offset `start` on.

    `entry` is the catalogue's actor that bears it; else `name` is the long form of the text, and `kind` what
    the words before the name say of it ("a militia called ...").
    """

    path: tuple[str, ...]
    text: str
    name: str
    entry: ActorEntry | None
    start: int
    kind: ActorKind = "other"

    def spelled(self, wording: str) -> bool:
        """Tell whether `wording` can be this name: an abbreviation stands in its own case."""
        if not self.text.isupper():
            return True
        written = "".join(word.text for word in words(wording) if word.key)
        return written.replace(".", "") == "".join(word.text for word in words(self.text)).replace(".", "")


def find_aliases(text: str, catalogue: Catalogue, cues: Cues) -> tuple[Alias, ...]:
    """Return the names that `text` gives to its actors, in its order; the first meaning of a name holds."""
    made: dict[tuple[str, ...], Alias] = {}
    for alias in (
        *_bracketed(text, catalogue, cues),
        *_also(text, catalogue, cues),
        *_introduced(text, catalogue),
    ):
        made.setdefault(alias.path, alias)
    return tuple(sorted(made.values(), key=lambda alias: (alias.start, alias.path)))


def _bracketed(text: str, catalogue: Catalogue, cues: Cues) -> Iterator[Alias]:
    for match in _PARENTHESIS.finditer(text):
        inner = _PREFIX.sub("", match.group(1).strip(" \"“”'‘’"))
        yield from _pair(text, match.start(), inner, match.start(1), catalogue=catalogue, cues=cues)


def _also(text: str, catalogue: Catalogue, cues: Cues) -> Iterator[Alias]:
    for match in _ALSO.finditer(text):
        inner = _capitalised(text[match.end() : match.end() + MAX_PARENTHESIS])
        if not inner:
            continue
        plain = match.group().split()
        if ("or" in plain or "called" in plain) and not _CLOSED.match(text, match.end() + len(inner)):
            continue
        before = text[max(0, match.start() - MAX_OUTER) : match.start()].rstrip(" ,")
        apposed = _APPOSED.search(before)
        end = max(0, match.start() - MAX_OUTER) + (apposed.start() if apposed else len(before))
        made = list(_pair(text, end, inner, match.end(), catalogue=catalogue, cues=cues))
        yield from made or _unlisted(text, end, inner, match.end(), catalogue)


def _unlisted(text: str, end: int, inner: str, at: int, catalogue: Catalogue) -> Iterator[Alias]:
    """Yield the other name of an actor that the catalogue holds under neither."""
    outer_words = [word for word in words(text, max(0, end - MAX_OUTER), end) if word.key]
    outer = _capital_run(text, outer_words, end)
    if len(keys(outer)) > 1 and keys(inner) and not catalogue.bearers(inner) and not catalogue.bearers(outer):
        yield Alias(keys(inner), inner, outer, None, at, proper_kind(inner))


def _introduced(text: str, catalogue: Catalogue) -> Iterator[Alias]:
    """Yield names that come with what they are ("a militant group called Danu Lions")."""
    for match in _CALLED.finditer(text):
        what = _WHAT.search(text, max(0, match.start() - MAX_PARENTHESIS), match.start())
        inner = _capitalised(text[match.end() : match.end() + MAX_PARENTHESIS]) if what else ""
        if what and keys(inner) and not catalogue.bearers(inner):
            made = compose(what.group().rstrip(","))
            yield Alias(keys(inner), inner, inner, None, match.end(), made.kind if made else "other")


def _capitalised(text: str) -> str:
    """Return the run of capitalised words at the head of `text`."""
    end = 0
    for word in words(text):
        if not word.capital and word.key:
            break
        if text[end : word.start].strip(" -"):
            break
        end = word.end
    return text[:end]


def _pair(text: str, end: int, inner: str, at: int, *, catalogue: Catalogue, cues: Cues) -> Iterable[Alias]:
    """Yield the aliases that "OUTER (INNER)" makes, where OUTER ends at `end`."""
    path = keys(inner)
    if not path:
        return
    outer_words = [word for word in words(text, max(0, end - MAX_OUTER), end) if word.key]
    short = "".join(word.text for word in words(inner)).replace(".", "")
    long_form = _long_form(text, outer_words, short) if _is_acronym(short) else None
    known_outer = _known_before(text, outer_words, catalogue, cues)
    known_inner = catalogue.find(inner, cues=cues)
    if long_form:
        outer = text[long_form[0] : long_form[1]]
        entry = catalogue.find(outer, cues=cues)
        if entry is None and known_inner and _initials_fit(known_inner.name, short):
            entry = None if outer and _clashes(outer, known_inner) else known_inner
        yield Alias(path, inner, outer, entry, at)
        if entry:
            yield Alias(keys(outer), outer, entry.name, entry, long_form[0])
    elif known_outer and (known_inner is None or known_inner.id == known_outer.id):
        if inner[:1].isupper() and _adjacent(text, outer_words, end):
            yield Alias(path, inner, known_outer.name, known_outer, at)
    elif known_inner and known_outer is None:
        outer = _capital_run(text, outer_words, end)
        if len(keys(outer)) >= 2:
            yield Alias(keys(outer), outer, known_inner.name, known_inner, end - len(outer))


def _clashes(outer: str, entry: ActorEntry) -> bool:
    """Tell whether the article's own long form shares no long word with any name of `entry`."""
    own = {key for key in keys(outer) if len(key) > 3}
    return own.isdisjoint(key for name in (entry.name, *entry.aliases) for key in keys(name))


def _initials_fit(name: str, short: str) -> bool:
    return bool(name) and name[0].lower() == short[0].lower()


def _is_acronym(short: str) -> bool:
    return 2 <= len(short) <= 10 and sum(letter.isupper() for letter in short) >= 2


def _long_form(text: str, outer: Sequence[Word], short: str) -> tuple[int, int] | None:
    """Return the offsets of the words before an abbreviation whose initials make it, or None."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    if not outer or not letters:
        return None
    lowest = max(0, len(outer) - len(letters) - SPARE_WORDS)
    for begin in range(len(outer) - 2, lowest - 1, -1):
        if outer[begin].capital and _spells(outer[begin:], letters):
            gap = text[outer[begin].start : outer[-1].end]
            return None if any(mark in gap for mark in ".;:!?\n") else (outer[begin].start, outer[-1].end)
    return None


def _spells(outer: Sequence[Word], letters: Sequence[str]) -> bool:
    """Tell whether the initials of `outer` give `letters`; small words may be passed over."""
    at = 0
    for word in outer:
        if at < len(letters) and word.key[:1] == letters[at]:
            at += 1
        elif word.capital:
            return False
    return at == len(letters) and outer[0].key[:1] == letters[0]


def _known_before(text: str, outer: Sequence[Word], catalogue: Catalogue, cues: Cues) -> ActorEntry | None:
    """Return the actor whose name ends right before the parenthesis, the longest name first."""
    for begin in range(max(0, len(outer) - 8), len(outer)):
        if outer[begin].capital:
            entry = catalogue.find(text[outer[begin].start : outer[-1].end], cues=cues)
            if entry:
                return entry
    return None


def _adjacent(text: str, outer: Sequence[Word], end: int) -> bool:
    return bool(outer) and not text[outer[-1].end : end].strip(" \"”’',")


def _capital_run(text: str, outer: Sequence[Word], end: int) -> str:
    start = reach = end
    for word in reversed(outer):
        if _ARTICLES.sub("", text[word.end : reach]).strip(' -"”'):
            break
        if not word.capital and (start == end or word.key not in _LINKS or reach < start):
            break
        reach = word.start
        start = word.start if word.capital else start
    article = _ARTICLES.search(text, max(0, start - 4), start)
    if article and article.end() == start:
        start = article.start()
    return text[start:end].strip(" \"“”'‘’,")
