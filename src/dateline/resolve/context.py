"""What an article as a whole tells about its actors: its abbreviations, its countries, who is named where."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model.article import Article
from dateline.resolve.catalogue import Catalogue, Hit, decide
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import count_countries
from dateline.resolve.persons import Person, find_persons
from dateline.resolve.wording import Trie, Word, keys, words

# Share of letters that are capitals from which a text counts as set in capitals (old wire copy has 1.0).
CAPS_SHARE = 0.7
# A country cue counts beside the leading one from this share of its mentions on.
MAIN_SHARE = 0.5
# Longest parenthesis that is looked at for another name, in characters.
MAX_PARENTHESIS = 80
# A long form may have this many words more than its abbreviation has letters ("Movement for the ... of ...").
SPARE_WORDS = 4

_PARENTHESIS = re.compile(r"\s?\(([^()\n]{2,80})\)")
_ALSO = re.compile(
    r"[,(]?\s?\b(?:(?:also |locally |better |widely |commonly |formerly |otherwise )*"
    r"known (?:locally |also |simply )*"
    r"(?:as|by (?:its|the) (?:[A-Z]\w+ )?(?:acronym|initials|abbreviation|name))"
    r"|(?:also )?called|a\.?k\.?a\.?|or)\s(?:the )?[\"“'‘]?"
)
_ARTICLES = re.compile(r"\b(?:[Aa]l|[Ee]l)[ -]")
_PREFIX = re.compile(
    r"^(?:or|the|also|formerly|known as|also known as|locally known as|aka|a\.k\.a\.)\s+", re.IGNORECASE
)


class Alias(msgspec.Struct, frozen=True):
    """A name that the article itself gives, from the offset `start` on.

    `entry` is the catalogue's actor that bears it; else `name` is the long form of the text.
    """

    path: tuple[str, ...]
    text: str
    name: str
    entry: ActorEntry | None
    start: int

    def spelled(self, wording: str) -> bool:
        """Tell whether `wording` can be this name: an abbreviation stands in its own case."""
        if not self.text.isupper():
            return True
        written = "".join(word.text for word in words(wording) if word.key)
        return written.replace(".", "") == "".join(word.text for word in words(self.text)).replace(".", "")


class Named(msgspec.Struct, frozen=True, order=True):
    """An actor that stands by name at `start:end` of the text."""

    start: int
    end: int
    entry: ActorEntry


class ActorContext(msgspec.Struct, frozen=True, kw_only=True):
    """What `read_actor` and `read_chain` know of the article.

    `countries` are (ISO code, mentions), most mentioned first; `main` are the codes that lead, and `country`
    is the one that leads alone, or None. `hits` are all names of the catalogue in the text; `named` are the
    actors of the catalogue in the order of the text, without those that only help to name another
    ("anti-ISIS coalition"). `persons` are the people that it introduces.
    """

    aliases: tuple[Alias, ...] = ()
    countries: tuple[tuple[str, int], ...] = ()
    main: tuple[str, ...] = ()
    all_caps: bool = False
    hits: tuple[Hit, ...] = ()
    named: tuple[Named, ...] = ()
    persons: tuple[Person, ...] = ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Return the ISO codes of all countries that the article names, most mentioned first."""
        return tuple(code for code, _ in self.countries)

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the names of the catalogue that lie wholly in `text[start:end]`."""
        first = bisect_left(self.hits, start, key=lambda hit: hit.start)
        last = bisect_right(self.hits, end, key=lambda hit: hit.start)
        return tuple(hit for hit in self.hits[first:last] if hit.end <= end)

    @property
    def country(self) -> str | None:
        """Return the ISO code of the article's one leading country, or None."""
        return self.main[0] if len(self.main) == 1 else None


def read_context(article: Article, catalogue: Catalogue, *, places: Iterable[str] = ()) -> ActorContext:
    """Return what `article` tells about its actors.

    `places` are ISO codes of the places that the caller has resolved in it, one for each mention; they count
    as country cues like the names of countries and their people do.
    """
    text = article.text
    found = list(words(text))
    countries = _countries(article, found, places)
    main = _main(countries)
    mentioned = tuple(code for code, _ in countries)
    hits = catalogue.scan(text, countries=main, mentioned=mentioned)
    aliases = _aliases(text, catalogue, main)
    named = [*_named(text, found, hits, main), *_alias_named(found, aliases)]
    distinct = {(one.start, one.end): one for one in named}
    return ActorContext(
        aliases=aliases,
        countries=countries,
        main=main,
        all_caps=is_all_caps(text),
        hits=hits,
        named=tuple(sorted(distinct.values(), key=lambda one: (one.start, one.end))),
        persons=tuple(find_persons(text)),
    )


def is_all_caps(text: str) -> bool:
    """Tell whether most letters of `text` are capitals, as in old wire copy."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) >= CAPS_SHARE * letters


def _countries(article: Article, found: Sequence[Word], places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = dict(count_countries(list(found)))
    for code, number in count_countries(list(words(article.title or ""))):
        counts[code] = counts.get(code, 0) + number
    for code in places:
        counts[code] = counts.get(code, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _main(countries: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(code for code, number in countries if number > MAIN_SHARE * countries[0][1])


def _named(text: str, found: Sequence[Word], hits: Sequence[Hit], main: Sequence[str]) -> Iterable[Named]:
    helped = load_lexicon().helped
    after = {found[i - 1].end: found[i] for i in range(1, len(found))}
    for hit in hits:
        follows = after.get(hit.end)
        if follows and follows.key in helped and text[hit.end : follows.start] == "-":
            continue
        if opposed(text, hit.start):
            continue
        entry = hit.entry or decide(hit.candidates, on=None, countries=main)
        if entry:
            yield Named(hit.start, hit.end, entry)


def opposed(text: str, start: int) -> bool:
    """Tell whether what begins at `start` hangs on a word before it ("anti-", "ex-", "pro-")."""
    return start > 1 and text[start - 1] in "-‑" and text[start - 2].isalpha()


def _alias_named(found: Sequence[Word], aliases: Sequence[Alias]) -> Iterable[Named]:
    trie: Trie[Alias] = Trie((alias.path, alias) for alias in aliases if alias.entry)
    listed = list(found)
    for index, word in enumerate(listed):
        if not word.key or not word.capital:
            continue
        for after, given in trie.starts(listed, index):
            alias = given[0]
            written = alias.text if after - index > 1 else word.text
            if alias.entry and alias.start <= word.start and alias.spelled(written):
                yield Named(word.start, listed[after - 1].end, alias.entry)
                break


def _aliases(text: str, catalogue: Catalogue, main: Sequence[str]) -> tuple[Alias, ...]:
    made: dict[tuple[str, ...], Alias] = {}
    for match in _PARENTHESIS.finditer(text):
        inner = _PREFIX.sub("", match.group(1).strip(" \"“”'‘’"))
        for alias in _pair(text, match.start(), inner, match.start(1), catalogue=catalogue, main=main):
            made.setdefault(alias.path, alias)
    for match in _ALSO.finditer(text):
        inner = _capitalised(text[match.end() : match.end() + MAX_PARENTHESIS])
        before = text[: match.start()].rstrip(" ,")
        for alias in _pair(text, len(before), inner, match.end(), catalogue=catalogue, main=main):
            made.setdefault(alias.path, alias)
    return tuple(sorted(made.values(), key=lambda alias: (alias.start, alias.path)))


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


def _pair(
    text: str, end: int, inner: str, at: int, *, catalogue: Catalogue, main: Sequence[str]
) -> Iterable[Alias]:
    """Yield the aliases that "OUTER (INNER)" makes, where OUTER ends at `end`."""
    path = keys(inner)
    if not path:
        return
    outer_words = [word for word in words(text, max(0, end - 160), end) if word.key]
    short = "".join(word.text for word in words(inner)).replace(".", "")
    long_form = _long_form(text, outer_words, short) if _is_acronym(short) else None
    known_outer = _known_before(text, outer_words, catalogue, main)
    known_inner = catalogue.find(inner, countries=main)
    if long_form:
        outer = text[long_form[0] : long_form[1]]
        entry = catalogue.find(outer, countries=main)
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


def _known_before(
    text: str, outer: Sequence[Word], catalogue: Catalogue, main: Sequence[str]
) -> ActorEntry | None:
    """Return the actor whose name ends right before the parenthesis, the longest name first."""
    for begin in range(max(0, len(outer) - 8), len(outer)):
        if outer[begin].capital:
            entry = catalogue.find(text[outer[begin].start : outer[-1].end], countries=main)
            if entry:
                return entry
    return None


def _adjacent(text: str, outer: Sequence[Word], end: int) -> bool:
    return bool(outer) and not text[outer[-1].end : end].strip(" \"”’',")


def _capital_run(text: str, outer: Sequence[Word], end: int) -> str:
    start = end
    for word in reversed(outer):
        if not word.capital or _ARTICLES.sub("", text[word.end : start]).strip(' -"”'):
            break
        start = word.start
    article = _ARTICLES.search(text, max(0, start - 4), start)
    if article and article.end() == start:
        start = article.start()
    return text[start:end].strip(" \"“”'‘’,")
