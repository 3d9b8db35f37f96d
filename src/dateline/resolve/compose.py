"""Actors composed from words where the catalogue has no entry: "Iraqi army", "unidentified gunmen".

A composed id names a class and not an organisation: "iq/military" is the military of Iraq, whatever the words
for it. The nouns and what they mean are data (`data/actors/compose.yaml`).
"""

import re
from collections.abc import Sequence

import msgspec

from dateline.model.ids import ActorId
from dateline.model.values import ActorKind
from dateline.resolve.lexicon import ActorClass, Lexicon, load_lexicon
from dateline.resolve.nations import Nation, load_nations
from dateline.resolve.wording import Word, words

# Words of the longest noun phrase of the lexicon.
MAX_PHRASE = 5
_ARABIC_ARTICLE = re.compile(r"\b(?:[Aa]l|[Ee]l)[ -]$")
# Words of a name after "of" that are looked at.
MAX_REST = 4
# What is somebody's own where "of" names no nation ("Government of Danu"); a police is named after its town.
_NAMED_AFTER = ("military", "government")
_HOSTILE = frozenset({"rebels", "militants", "unidentified", "criminals", "civilians", "militia"})


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """What a wording makes of an actor; `id` is None where no class of one nation is meant."""

    name: str
    id: ActorId | None
    kind: ActorKind
    country: str | None
    group: str


class _Phrase(msgspec.Struct, frozen=True):
    """The noun phrase at the heart of a wording: its words, and a nation after it ("police in Kenya").

    `rest` are capitalised words after an "of" or "for" that names no nation ("Army of National Liberation").
    """

    words: tuple[Word, ...]
    after: Nation | None
    rest: tuple[Word, ...] = ()


def compose(wording: str, *, country: str | None = None, part: bool = False) -> Composed | None:
    """Return the actor that the words of `wording` make, or None when they make none.

    `country` (ISO code) is that of the article; only forces and offices of a state take it, where the words
    name no country and nothing speaks against it ("foreign troops"). With `part`, words that follow the noun
    phrase do not matter. Counts and determiners are left out of the name, which is otherwise as worded.
    """
    lexicon = load_lexicon()
    phrase = _phrase(wording, lexicon)
    if not phrase.words:
        return None
    head = _head(phrase.words, lexicon, part=part)
    if head is None:
        return _people(wording, phrase) or _proper(wording, phrase, lexicon)
    begin, end, group = head
    before = phrase.words[:begin]
    if _is_proper(phrase.words[:end], begin, lexicon):
        return _proper(wording, phrase, lexicon)
    nations = _nations(before)
    group, person = _regroup(group, before, lexicon)
    name = _name(wording, phrase.words[:end], begin, lexicon)
    if person:
        return Composed(name=name, id=None, kind="person", country=_country(nations), group="person")
    found = nations or ((phrase.after,) if phrase.after else ())
    where = _country(found)
    prefix = _prefix(found)
    if not found and group.state:
        own = {word.key for word in (*phrase.words[:end], *phrase.rest)}
        if phrase.rest and group.kind in _NAMED_AFTER:
            name += wording[phrase.words[end - 1].end : phrase.rest[-1].end]
        if group.kind == "military" and own & lexicon.insurgent:
            group = lexicon.classes["rebels"]
        elif not own & (lexicon.foreign | lexicon.partisan) and not (
            phrase.rest and group.kind in _NAMED_AFTER
        ):
            where, prefix = country, country.lower() if country else None
    if len(found) > 1 and any(word.key in ("and", "or") for word in before):
        where = prefix = None  # two actors in one wording
    made = ActorId(f"{prefix}/{group.name}") if prefix else None
    return Composed(name=name, id=made, kind=group.kind, country=where, group=group.name)


def _phrase(wording: str, lexicon: Lexicon) -> _Phrase:
    found = [word for word in words(wording) if word.key]
    begin = _after_collective(found, lexicon)
    end = len(found)
    inside = _inside_nouns(found, lexicon)
    bracket = False
    for index in range(begin, len(found)):
        if index in inside:
            continue
        gap = wording[found[index - 1].end : found[index].start] if index > begin else ""
        closed = any(mark in gap for mark in ",;:()[]") and not _only_qualifiers(found[begin:index], lexicon)
        stops = found[index].key in lexicon.ends and not _is_acronym(found[index], wording)
        stops = stops or found[index].key == "of"
        if found[index].key in ("and", "or") and _only_modifiers(found[begin:index], lexicon):
            stops = False
        if closed or (stops and index > begin and "-" not in gap):
            end, bracket = index, gap.strip() == "("
            break
    linked = end < len(found) and found[end].key in ("of", "in", "from")
    at = end + 1 if linked else end if bracket else len(found)
    hit = load_nations().at(found, at) if at < len(found) else None
    after = next((use.nation for use in hit[1] if use.form == "name"), None) if hit else None
    named = end < len(found) and found[end].key in ("of", "for") and not after
    rest = _rest(found, end + 1, lexicon) if named else ()
    return _Phrase(tuple(found[begin:end]), after, rest)


def _is_acronym(word: Word, wording: str) -> bool:
    """Tell whether a word that ends phrases is an acronym here ("a major IS attack")."""
    return len(word.text) > 1 and word.text.isupper() and not wording.isupper()


def _inside_nouns(found: list[Word], lexicon: Lexicon) -> frozenset[int]:
    """Return the indices of words inside a noun that holds an "of" ("ministry of defence")."""
    if not any(word.key == "of" for word in found):
        return frozenset()
    return frozenset(
        index
        for begin in range(len(found))
        for after, _ in lexicon.nouns.starts(found, begin)
        if any(word.key == "of" for word in found[begin:after])
        for index in range(begin + 1, after)
    )


def _rest(found: list[Word], at: int, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the capitalised words at `at`, none where they are titles or nouns of composition."""
    end = at
    while end < min(len(found), at + MAX_REST) and found[end].capital:
        end += 1
    if end == at or next(lexicon.nouns.starts(found, at), None):
        return ()
    titled = next(lexicon.titles.starts(found, at), None) and found[at].key not in lexicon.lower_titles
    return () if titled else tuple(found[at:end])


def _after_collective(found: Sequence[Word], lexicon: Lexicon) -> int:
    """Return the index after "a group of about", "members of" and their like (0 when there is none)."""
    begin = 0
    light = lexicon.counts | lexicon.collectives | lexicon.determiners | lexicon.qualifiers
    for index, word in enumerate(found):
        if word.key == "of" and index > begin and found[index - 1].key in lexicon.collectives | lexicon.counts:
            begin = index + 1
        elif word.key not in light and not word.key.isdigit():
            break
    return begin


def _only_qualifiers(found: Sequence[Word], lexicon: Lexicon) -> bool:
    return all(word.key in lexicon.qualifiers | lexicon.counts | lexicon.determiners for word in found)


def _only_modifiers(found: list[Word], lexicon: Lexicon) -> bool:
    """Tell whether the words only modify a noun that is still to come ("Kurdish and Iraqi forces")."""
    index = 0
    while index < len(found):
        hit = load_nations().at(found, index)
        if hit is None and found[index].key not in lexicon.qualifiers | lexicon.counts | lexicon.determiners:
            return False
        index = hit[0] if hit else index + 1
    return True


def _head(found: Sequence[Word], lexicon: Lexicon, *, part: bool) -> tuple[int, int, ActorClass] | None:
    """Return (begin, end, class) of the last noun phrase that makes an actor."""
    path = [word.key for word in found]
    for end in range(len(path), 0, -1):
        for begin in range(max(0, end - MAX_PHRASE), end):
            groups = lexicon.nouns.get(tuple(path[begin:end]))
            if groups:
                return begin, end, groups[0]
        if not part and not lexicon.members.get((path[end - 1],)):
            return None
    return None


def _nations(found: Sequence[Word]) -> tuple[Nation, ...]:
    """Return the nations that the modifiers name, those that only back or lead left out."""
    helped = load_lexicon().helped
    seen: dict[str, Nation] = {}
    listed = list(found)
    for after, uses in load_nations().scan(listed):
        backed = (
            after < len(listed)
            and listed[after].key in helped
            and listed[after].start == listed[after - 1].end + 1
        )
        if not backed:
            nation = next((use.nation for use in uses if use.nation.code.isupper()), uses[0].nation)
            seen[nation.code] = nation
    return tuple(seen.values())


def _country(nations: Sequence[Nation]) -> str | None:
    codes = {nation.country for nation in nations if nation.country}
    return codes.pop() if len(codes) == 1 else None


def _prefix(nations: Sequence[Nation]) -> str | None:
    """Return the one people, else the one country, that an id can begin with."""
    peoples = sorted({nation.prefix for nation in nations if not nation.code.isupper()})
    countries = sorted({nation.prefix for nation in nations if nation.code.isupper()})
    if len(countries) > 1 or len(peoples) > 1:
        return None
    return peoples[0] if peoples else (countries[0] if countries else None)


def _regroup(group: ActorClass, before: Sequence[Word], lexicon: Lexicon) -> tuple[ActorClass, bool]:
    """Return the class after the modifiers, and whether a former office leaves only a person."""
    path = {word.key for word in before}
    if path & lexicon.former and group.state:
        return group, True
    if path & lexicon.unknown and group.name in _HOSTILE:
        return lexicon.classes["unidentified"], False
    return group, False


def _name(wording: str, found: Sequence[Word], begin: int, lexicon: Lexicon) -> str:
    light = lexicon.counts | lexicon.determiners
    first = 0
    while first < begin and (found[first].key in light or found[first].key.isdigit()):
        first += 1
        if found[first - 1].key.isdigit() and [w.key for w in found[first : first + 2]] == ["year", "old"]:
            first = min(first + 2, begin)
    return wording[_article_start(wording, found[first].start) : found[-1].end]


def _article_start(wording: str, start: int) -> int:
    """Return where a name at `start` begins when an Arabic article before it is a part of it."""
    article = _ARABIC_ARTICLE.search(wording, max(0, start - 4), start)
    return article.start() if article else start


def _people(wording: str, phrase: _Phrase) -> Composed | None:
    """Compose "Palestinians", "two Kurds", "Iraqi Christians": people of a nation."""
    listed = list(phrase.words)
    for begin in range(len(listed)):
        hit = load_nations().at(listed, begin)
        if hit and hit[0] == len(listed) and any(use.form == "people" for use in hit[1]):
            nations = _nations(listed)
            prefix = _prefix(nations)
            name = _name(wording, listed, begin, load_lexicon())
            made = ActorId(f"{prefix}/civilians") if prefix else None
            return Composed(name=name, id=made, kind="civilians", country=_country(nations), group="civilians")
    return None


def _is_proper(found: Sequence[Word], begin: int, lexicon: Lexicon) -> bool:
    """Tell whether the words are a name of their own ("Kawthar Liberation Army") and not a description."""
    if not found[-1].capital or not begin or found[-1].text.isupper():
        return False
    previous = found[begin - 1]
    if not previous.capital or previous.key in lexicon.qualifiers | lexicon.counts | lexicon.determiners:
        return False
    return not any(load_nations().at(list(found[i:begin]), 0) for i in range(max(0, begin - 3), begin))


def _proper(wording: str, phrase: _Phrase, lexicon: Lexicon) -> Composed | None:
    """Compose a name of several capitalised words by the kind that one of them tells; it gets no id."""
    listed = list(phrase.words)
    while listed and not listed[0].capital:
        del listed[0]
    capitals = [word for word in (*listed, *phrase.rest) if word.capital]
    if not listed or len(capitals) < 2:
        return None
    kinds = _proper_kinds(listed, lexicon) or _proper_kinds(list(phrase.rest), lexicon)
    if not kinds:
        return None
    nations = _nations(listed)
    name = wording[_article_start(wording, listed[0].start) : (*listed, *phrase.rest)[-1].end]
    kind: ActorKind = "armed_group" if "armed_group" in kinds else kinds[-1]
    return Composed(name=name, id=None, kind=kind, country=_country(nations), group="proper")


def _proper_kinds(found: list[Word], lexicon: Lexicon) -> list[ActorKind]:
    """Return the kinds that capitalised words of a name tell, in their order."""
    return [
        values[0]
        for index in range(len(found))
        if found[index].capital
        for _, values in [next(lexicon.proper.starts(found, index), (0, ()))]
        if values
    ]
