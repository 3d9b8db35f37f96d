"""What an article as a whole tells about its actors: its abbreviations, its countries, who is named where."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.values import ActorKind
from dateline.resolve.aliases import Alias, find_aliases
from dateline.resolve.catalogue import Catalogue, Cues, Hit, decide, kin
from dateline.resolve.entries import ActorEntry
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import count_countries
from dateline.resolve.persons import Person, find_persons
from dateline.resolve.shortnames import proper_kind
from dateline.resolve.wording import Trie, Word, words

# Share of letters that are capitals from which a text counts as set in capitals (old wire copy has 1.0).
CAPS_SHARE = 0.7
# A country cue counts beside the leading one from this share of its mentions on.
MAIN_SHARE = 0.5
# Kinds of groups that may have no entry and are led back to all the same.
_GROUPS = frozenset({"armed_group", "militia"})
# Words of the longest name of a group that is made out by its words alone.
LONGEST_NAME = 6


class Named(msgspec.Struct, frozen=True, order=True):
    """An actor that stands by name at `start:end` of the text."""

    start: int
    end: int
    entry: ActorEntry


class Own(msgspec.Struct, frozen=True, order=True):
    """An actor at `start:end` of the text that has a name but no entry; `kind` is what its words tell."""

    start: int
    end: int
    name: str
    kind: ActorKind


class ActorContext(msgspec.Struct, frozen=True, kw_only=True):
    """What `read_actor` and `read_chain` know of the article.

    `countries` are (ISO code, mentions), most mentioned first; `main` are the codes that lead, and `country`
    is the one that leads alone, or None. `hits` are all names of the catalogue in the text; `named` are the
    actors of the catalogue in the order of the text, without those that only help to name another
    ("anti-ISIS coalition"); `own` are groups that have a name but no entry. `company` are the ids of those
    that are named beyond doubt, of their parents and of their sides. `persons` are the people that it
    introduces.
    """

    aliases: tuple[Alias, ...] = ()
    countries: tuple[tuple[str, int], ...] = ()
    main: tuple[str, ...] = ()
    all_caps: bool = False
    hits: tuple[Hit, ...] = ()
    named: tuple[Named, ...] = ()
    own: tuple[Own, ...] = ()
    company: frozenset[str] = frozenset()
    persons: tuple[Person, ...] = ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Return the ISO codes of all countries that the article names, most mentioned first."""
        return tuple(code for code, _ in self.countries)

    @property
    def cues(self) -> Cues:
        """Return what tells actors of one name apart."""
        return Cues(self.main, self.mentioned, self.company)

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """Return the names of the catalogue that lie wholly in `text[start:end]`."""
        first = bisect_left(self.hits, start, key=lambda hit: hit.start)
        last = bisect_right(self.hits, end, key=lambda hit: hit.start)
        return tuple(hit for hit in self.hits[first:last] if hit.end <= end)

    @property
    def country(self) -> str | None:
        """Return the ISO code of the article's one leading country, or None."""
        return self.main[0] if len(self.main) == 1 else None


def read_context(
    article: Article,
    catalogue: Catalogue,
    *,
    places: Iterable[str] = (),
    found: Sequence[Word] | None = None,
) -> ActorContext:
    """Return what `article` tells about its actors; `found` are its words, where the caller has them.

    `places` are ISO codes of the places that the caller has resolved in it, one for each mention; they count
    as country cues like the names of countries and their people do.
    """
    text = article.text
    found = list(words(text)) if found is None else list(found)
    countries = _countries(article, found, places)
    cues = Cues(_main(countries), tuple(code for code, _ in countries))
    hits = catalogue.scan(text, cues=cues, found=found)
    aliases = find_aliases(text, catalogue, cues)
    cues = cues._replace(company=_company(hits, aliases))
    named = [*_named(text, found, hits, cues), *_alias_named(found, aliases)]
    distinct = {(one.start, one.end): one for one in named}
    return ActorContext(
        aliases=aliases,
        countries=countries,
        main=tuple(cues.leading),
        all_caps=is_all_caps(text),
        hits=hits,
        named=tuple(sorted(distinct.values(), key=lambda one: (one.start, one.end))),
        own=tuple(sorted(_own(text, found, hits, aliases))),
        company=frozenset(cues.company),
        persons=tuple(find_persons(text, found)),
    )


def _company(hits: Sequence[Hit], aliases: Sequence[Alias]) -> frozenset[str]:
    sure = [hit.entry for hit in hits if hit.entry] + [alias.entry for alias in aliases if alias.entry]
    return frozenset(actor for entry in sure for actor in (entry.id, *kin(entry)))


def is_all_caps(text: str) -> bool:
    """Tell whether most letters of `text` are capitals, as in old wire copy."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) >= CAPS_SHARE * letters


def _countries(article: Article, found: Sequence[Word], places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = dict(count_countries(found))
    for code, number in count_countries(list(words(article.title or ""))):
        counts[code] = counts.get(code, 0) + number
    for code in places:
        counts[code] = counts.get(code, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _main(countries: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(code for code, number in countries if number > MAIN_SHARE * countries[0][1])


def _named(text: str, found: Sequence[Word], hits: Sequence[Hit], cues: Cues) -> Iterable[Named]:
    helped = load_lexicon().helped
    after = {found[i - 1].end: found[i] for i in range(1, len(found))}
    for hit in hits:
        follows = after.get(hit.end)
        if follows and follows.key in helped and text[hit.end : follows.start] == "-":
            continue
        if opposed(text, hit.start):
            continue
        entry = hit.entry or decide(hit.candidates, cues=cues)
        if entry:
            yield Named(hit.start, hit.end, entry)


def opposed(text: str, start: int) -> bool:
    """Tell whether what begins at `start` hangs on a word before it ("anti-", "ex-", "pro-")."""
    return start > 1 and text[start - 1] in "-‑" and text[start - 2].isalpha()


def _alias_named(found: list[Word], aliases: Sequence[Alias]) -> Iterable[Named]:
    trie: Trie[Alias] = Trie((alias.path, alias) for alias in aliases if alias.entry)
    for index, word in enumerate(found):
        if not word.key or not word.capital:
            continue
        for after, given in trie.starts(found, index):
            alias = given[0]
            written = alias.text if after - index > 1 else word.text
            if alias.entry and alias.start <= word.start and alias.spelled(written):
                yield Named(word.start, found[after - 1].end, alias.entry)
                break


def _own(text: str, found: list[Word], hits: Sequence[Hit], aliases: Sequence[Alias]) -> Iterator[Own]:
    """Yield the groups that have a name but no entry, told by the article or by the words in the name."""
    taken = {start for hit in hits for start in range(hit.start, hit.end)}
    names: Trie[Alias] = Trie((alias.path, alias) for alias in aliases if not alias.entry)
    for index, word in enumerate(found):
        if word.capital and word.start not in taken:
            own = _own_alias(text, found, index, names) or _own_words(text, found, index)
            if own and own.start not in taken:
                yield own


def _own_alias(text: str, found: list[Word], index: int, names: Trie[Alias]) -> Own | None:
    """Return the group that a name given by the article means at `found[index]`."""
    start = found[index].start
    for after, given in names.starts(found, index):
        alias, end = given[0], found[after - 1].end
        kind = alias.kind if alias.kind != "other" else proper_kind(alias.name)
        if alias.start <= start and kind in _GROUPS and alias.spelled(text[start:end]):
            return Own(start, end, alias.name, kind)
    return None


def _own_words(text: str, found: list[Word], index: int) -> Own | None:
    """Return the group whose name ends at `found[index]` in a word that only groups bear ("Danu Front")."""
    last = found[index]
    kind = None if last.text.isupper() else load_lexicon().armed_names.get(last.key)
    begin = _run_before(text, found, index) if kind else index
    if kind is None or begin == index:
        return None
    return Own(found[begin].start, last.end, text[found[begin].start : last.end], kind)


def _run_before(text: str, found: Sequence[Word], index: int) -> int:
    """Return the index of the first of the capitalised words, joined by "of", that end at `found[index]`."""
    lexicon = load_lexicon()
    begin = index
    while begin and index - begin < LONGEST_NAME:
        before = found[begin - 1]
        if text[before.end : found[begin].start] not in (" ", "-"):
            break
        linked = before.key == "of" and begin > 1 and found[begin - 2].capital
        if not (before.capital and before.key) and not linked:
            break
        begin -= 1
    common = lexicon.words | lexicon.openers | {"of"}
    while begin < index and found[begin].key in common:
        begin += 1
    return begin
