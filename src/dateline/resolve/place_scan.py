"""Find names in text that may be places: runs of capitalised words, looked up whole.

A run of which only a part is a place's name is a person or an organisation ("Ranj Alaaldin", "Kirkuk Joint
Operation Command"), so a place must fill its run but for compass words, titles of places and type words.
"""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from dateline.model.values import PlaceKind
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.names import normalise, type_words
from dateline.resolve.place_tokens import PARTICLES, Token, goes_with_title, is_initial, joins, tokens_of
from dateline.resolve.place_words import PlaceWords, place_words

_DASH = re.compile(r"\s+(?:[—–]|--?)\s")
_OWNED = re.compile(r"[’']s\s+[A-ZÀ-Þ]")
_COMPOUND = re.compile(r"[-–][a-z]|[$€£]")
# Articles that begin names of towns in the Spanish of old wire copy, and the Arabic one.
_SPANISH = frozenset(["el", "la", "al"])
_LINKS = frozenset(["of", "the", "and"])
# The longest name that is looked up, in words.
LONGEST = 7
ACRONYM = 4
LONGEST_PERSON = 4


class Name(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A stretch `start:end` that is written like a place's name.

    `core_start:core_end` leaves out type words; `lead` is the word before, `follow` the word after, both as
    keys; `kind` is what its type word says; `first` tells that it begins its sentence, `known` that it is in
    the gazetteer, `attributive` that it is part of a compound adjective ("Baghdad-based"), `headed` that a dash
    follows ("MOSUL — Troops"), `owner` that it is a saint's, whose name begins another ("St. Mary's Hospital").
    """

    start: int
    end: int
    core_start: int
    core_end: int
    key: str
    lead: str
    follow: str
    typed: bool
    kind: PlaceKind | None
    first: bool
    acronym: bool
    known: bool = True
    attributive: bool = False
    headed: bool = False
    owner: bool = False


class Scan(msgspec.Struct, frozen=True):
    """The names of a text, and how often it uses a key in what look like names of persons.

    `parts` are the names of places inside those of organisations ("Kirkuk Joint Operation Command"): nothing
    happened there, but they tell where the article plays.
    """

    names: tuple[Name, ...]
    persons: dict[str, int]
    parts: tuple[Name, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """What is a name: those of the gazetteer, and variants of those in the article's countries."""

    gazetteer: Gazetteer
    countries: tuple[str, ...] = ()

    def is_name(self, words: list[str]) -> bool:
        """Tell whether the words together are a place's name."""
        return self.gazetteer.is_name(words, self.countries)


def scan(
    text: str,
    start: int,
    end: int,
    gazetteer: Known,
    *,
    all_caps: bool = False,
    tokens: list[Token] | None = None,
) -> Scan:
    """Return the names in `text[start:end]`; `tokens` are its words, where the caller has them."""
    if tokens is None:
        tokens = tokens_of(text, start, end)
    if all_caps:
        return Scan(tuple(_scan_capitals(text, tokens, gazetteer)), {})
    names: list[Name] = []
    parts: list[Name] = []
    persons: Counter[str] = Counter()
    words = place_words()
    index = 0
    while index < len(tokens):
        if not tokens[index].capital:
            index += 1
            continue
        stop = _run_end(text, tokens, index)
        linked = _linked(text, tokens, index, stop, gazetteer)
        if linked is not None:
            names.append(linked[0])
            index = linked[1]
            continue
        read, people = _read_run(text, tokens, index, stop, gazetteer, words)
        names.extend(read)
        persons.update(people)
        if not any(name.known for name in read):
            parts.extend(_part(text, tokens, index, stop, gazetteer, words))
        index = stop
    return Scan(tuple(names), dict(persons), tuple(parts))


def first_names(text: str, start: int, end: int, gazetteer: Known) -> list[Name]:
    """Return the names in the run of capitalised words that `text[start:end]` begins with."""
    tokens = tokens_of(text, start, end)
    if not tokens or not tokens[0].capital:
        return []
    stop = _run_end(text, tokens, 0)
    linked = _linked(text, tokens, 0, stop, gazetteer)
    return [linked[0]] if linked is not None else _read_run(text, tokens, 0, stop, gazetteer, place_words())[0]


def _part(
    text: str, tokens: list[Token], index: int, stop: int, gazetteer: Known, words: PlaceWords
) -> Iterator[Name]:
    """Yield the place that an organisation's name begins with, or ends with after "of"."""
    if _is_organisation_of(text, tokens, index, words):
        if _whole(tokens, index, stop, gazetteer):
            yield _name(text, tokens, (index, index, stop, stop))
        return
    begin = index
    while begin < stop and _is_opener(tokens[begin], words) and not _whole(tokens, begin, begin + 2, gazetteer):
        begin += 1
    if (
        begin
        and tokens[begin - 1].lower in words.titles
        and goes_with_title(text, tokens[begin - 1], tokens[begin])
    ):
        return
    for end in range(min(stop - 1, begin + LONGEST), begin, -1):
        if tokens[end].lower not in words.bodies:
            continue
        # "Mexico City" is a name of its own, and no sign of what "Mexico" means.
        if _whole(tokens, begin, end, gazetteer) and tokens[begin].lower not in words.titles:
            yield _name(text, tokens, (begin, begin, end, end))
            return
        typed = _typed(text, tokens, begin, end, gazetteer) if end - begin > 1 else None
        if typed is not None and typed.known:
            yield typed
            return


def _run_end(text: str, tokens: list[Token], index: int) -> int:
    """Return the index after the last token of the run of capitalised words that begins at `index`."""
    stop = index + 1
    while stop < len(tokens) and joins(text, tokens[stop - 1], tokens[stop]):
        if tokens[stop].capital:
            stop += 1
        elif (
            tokens[stop].lower in PARTICLES
            and stop + 1 < len(tokens)
            and tokens[stop + 1].capital
            and joins(text, tokens[stop], tokens[stop + 1])
        ):
            stop += 2
        else:
            break
    return stop


def _linked(text: str, tokens: list[Token], index: int, stop: int, gazetteer: Known) -> tuple[Name, int] | None:
    """Return a name that goes on over "of", "of the" or "and" ("Gulf of Aden"), and the index after it."""
    if (
        stop >= len(tokens)
        or tokens[stop].lower not in _LINKS
        or not joins(text, tokens[stop - 1], tokens[stop])
    ):
        return None
    last = stop
    while last < len(tokens) and tokens[last].lower in _LINKS and joins(text, tokens[last - 1], tokens[last]):
        last += 1
    if last >= len(tokens) or not tokens[last].capital or not joins(text, tokens[last - 1], tokens[last]):
        return None
    final = min(_run_end(text, tokens, last), last + LONGEST)
    for begin in range(max(index, stop - LONGEST), stop):
        for end in range(min(final, begin + LONGEST), last, -1):
            if gazetteer.is_name([token.lower for token in tokens[begin:end]]):
                return _name(text, tokens, (begin, begin, end, end)), end
    return None


def _name(text: str, tokens: list[Token], bounds: tuple[int, int, int, int]) -> Name:
    """Return the Name of tokens `bounds[0]:bounds[3]` whose core is `bounds[1]:bounds[2]`."""
    begin, core_begin, core_end, end = bounds
    start, stop = tokens[begin].start, tokens[end - 1].end
    core_start, core_stop = tokens[core_begin].start, tokens[core_end - 1].end
    before = tokens[begin - 1] if begin else None
    after = tokens[end] if end < len(tokens) else None
    near = (
        before is not None
        and text[before.end : start].strip() in ("", ".")
        and text[before.end : start] != ". "
    )
    core = text[core_start:core_stop]
    key = normalise(core)
    return Name(
        start=start,
        end=stop,
        core_start=core_start,
        core_end=core_stop,
        key=key,
        lead=before.lower if before is not None and near else "",
        follow=after.lower if after is not None and not text[stop : after.start].strip() else "",
        typed=(begin, end) != (core_begin, core_end),
        kind=_kind(tokens, bounds),
        first=not near
        and text[before.end if before else 0 : start].strip(" \"'“‘(") in ("", ".", "!", "?", "\n\n"),
        acronym=core.replace(".", "").isupper() and len(core.replace(".", "")) <= ACRONYM,
        attributive=_COMPOUND.match(text, stop) is not None,
        headed=_DASH.match(text, stop) is not None,
        owner=key.startswith("saint ") and _OWNED.match(text, stop) is not None,
    )


def _kind(tokens: list[Token], bounds: tuple[int, int, int, int]) -> PlaceKind | None:
    begin, core_begin, core_end, end = bounds
    front = " ".join(token.lower for token in tokens[begin:core_begin])
    back = " ".join(token.lower for token in tokens[core_end:end])
    return type_words().after.get(back) or type_words().before.get(front)


def _read_run(
    text: str, tokens: list[Token], index: int, stop: int, gazetteer: Known, words: PlaceWords
) -> tuple[list[Name], list[str]]:
    """Return the place that fills the run `index:stop`, or the keys of the words of a name that is none."""
    begin = index
    while begin < stop and _is_opener(tokens[begin], words) and not _whole(tokens, begin, stop, gazetteer):
        begin += 1
    if begin == stop:
        return [], []
    before = tokens[begin - 1] if begin else None
    if _is_organisation_of(text, tokens, begin, words):
        return [], []
    titled = before is not None and (
        (before.lower in words.titles and goes_with_title(text, before, tokens[begin]))
        or is_initial(text, before, tokens[begin])
    )
    heads = tokens[begin].lower in words.titles and not _whole(tokens, begin, stop, gazetteer)
    if titled or heads:
        return [], [token.lower for token in tokens[begin:stop] if token.lower not in words.titles]
    if _whole(tokens, begin, stop, gazetteer):
        return [_name(text, tokens, (begin, begin, stop, stop))], []
    rest = [token.lower for token in tokens[begin:stop]]
    office = next((at for at in range(1, len(rest)) if rest[at] in words.offices), 0)
    if office and _whole(tokens, begin, begin + office, gazetteer):
        end = begin + office
        return [_name(text, tokens, (begin, begin, end, end))], rest[office + 1 :]
    if any(word in words.organisations for word in rest):
        return [], []
    typed = _typed(text, tokens, begin, stop, gazetteer)
    if typed is not None:
        word = text[typed.core_end : typed.end].strip()
        return (
            ([], [])
            if is_some_unit(word, text[typed.core_start : typed.core_end], gazetteer)
            else ([typed], [])
        )
    unknown = msgspec.structs.replace(_name(text, tokens, (begin, begin, stop, stop)), known=False)
    return [unknown], _person_words(rest, words)


def is_some_unit(word: str, core: str, known: Known) -> bool:
    """Tell whether a type word makes the name of a group's unit, not of an area ("Diyala State" in Iraq)."""
    lands = type_words().lands.get(word.lower())
    if lands is None or not word[:1].isupper():
        return False
    matches = known.gazetteer.fitting(core, known.countries)
    return bool(matches) and not any(match.place.country in lands for match in matches)


def _person_words(rest: list[str], words: PlaceWords) -> list[str]:
    """Return the first and the last word of what looks like a person's name."""
    if not 2 <= len(rest) <= LONGEST_PERSON or rest[-1] in type_words().after:
        return []
    if any(word in words.titles for word in rest):
        return []
    return [rest[0], rest[-1]]


def _is_organisation_of(text: str, tokens: list[Token], begin: int, words: PlaceWords) -> bool:
    """Tell whether the name ends an organisation's: "University of Baghdad", "Bank of Iraq"."""
    if begin < 2 or tokens[begin - 1].lower != "of" or not joins(text, tokens[begin - 2], tokens[begin - 1]):
        return False
    head = tokens[begin - 2]
    return head.capital and head.lower in words.organisations and text[head.start].isupper()


def _is_opener(token: Token, words: PlaceWords) -> bool:
    """Tell whether a capitalised word may stand before a place in its run without being part of its name."""
    lists = (words.openers, words.bearings, words.leads, words.demonyms, words.calendar)
    return any(token.lower in known for known in lists)


def _whole(tokens: list[Token], begin: int, stop: int, gazetteer: Known) -> bool:
    return stop - begin <= LONGEST and gazetteer.is_name([token.lower for token in tokens[begin:stop]])


def _typed(text: str, tokens: list[Token], begin: int, stop: int, gazetteer: Known) -> Name | None:
    """Return the name of a run that is a place's name with type words ("Hawija District", "Lake Chad")."""
    after, before = type_words().after, type_words().before
    for width in (2, 1):
        bounds = None
        if stop - width > begin and " ".join(token.lower for token in tokens[stop - width : stop]) in after:
            bounds = (begin, begin, stop - width, stop)
        elif (
            begin + width < stop and " ".join(token.lower for token in tokens[begin : begin + width]) in before
        ):
            bounds = (begin, begin + width, stop, stop)
        if bounds is None or tokens[bounds[1]].lower in after:
            continue
        name = _name(text, tokens, bounds)
        if not _whole(tokens, bounds[1], bounds[2], gazetteer):
            name = msgspec.structs.replace(name, known=False)
        return name
    return None


def _scan_capitals(text: str, tokens: list[Token], known: Known) -> Iterator[Name]:
    """Yield names in a text without lower case: the longest known stretch at each word."""
    index = 0
    while index < len(tokens):
        width = _capital_width(text, tokens, index, known)
        if width:
            yield _name(text, tokens, (index, index, index + width, index + width))
        index += width or 1


def _capital_width(text: str, tokens: list[Token], index: int, known: Known) -> int:
    """Return how many words from `index` on are a name, 0 when none are.

    Every word may be one here, so variants of spelling count only right after a word that leads to a place.
    """
    words = place_words()
    first = tokens[index].lower
    if first in _NEVER_FIRST:
        return 0
    stem = known.gazetteer.stem(first)
    alone = first not in words.openers and first not in words.leads
    lead = tokens[index - 1].lower if index else ""
    led = alone and lead in words.strong_leads
    # "To" leads to verbs as often, which are spelled like some village; so are ordinary words.
    loose = led and lead != "to" and first not in words.ordinary
    if not stem and not led:
        return 0  # most words of a text
    widest = index + 1
    if stem > 1:
        while widest < min(index + LONGEST, len(tokens)) and joins(text, tokens[widest - 1], tokens[widest]):
            widest += 1
    reach = _reach(tokens, index, widest, known.gazetteer)
    for end in range(max(reach, min(widest, index + 2)) if led else reach, index, -1):
        if end - index == 1 and not alone:
            return 0
        keys = [token.lower for token in tokens[index:end]]
        if keys[-1] in words.openers or not words.leads.isdisjoint(keys[1:]):
            continue
        key = keys[0] if end - index == 1 else normalise(" ".join(keys))
        named = known.is_name(keys) if loose and end - index <= 2 else known.gazetteer.has(key)
        if named and (led or known.gazetteer.is_notable(key, known.countries)):
            return end - index
    return 0


def _reach(tokens: list[Token], index: int, widest: int, gazetteer: Gazetteer) -> int:
    """Return the end, `widest` at most, behind which no place has a name that begins like the words do."""
    end = index + 1
    while end < widest:
        end += 1
        if not gazetteer.begins(normalise(" ".join(token.lower for token in tokens[index:end]))):
            break
    return end


_NEVER_FIRST = _LINKS | PARTICLES - _SPANISH
