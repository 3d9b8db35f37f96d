"""Short forms of names given in full before ("Knights", of "Knights of Danu Brigade"); appositions to names."""

import re
from collections.abc import Iterator

from dateline.model.span import Span
from dateline.model.values import ActorKind
from dateline.resolve.compose import compose
from dateline.resolve.lexicon import Lexicon, load_lexicon
from dateline.resolve.nations import load_nations
from dateline.resolve.wording import words

# Words of a short form; longer ones are names of their own.
MAX_SHORT = 3
# How far a full name may reach beyond its short form, in characters to either side.
MAX_REACH = 60
_APPOSED = re.compile(r"\s?,\s(?:which is |that is )?(?:an?|the|one of the)\s([^,.;:()\n]{3,80})")
_JOINED = r"(?:(?:of|for|the|and|de|del|la|y|e|wal|ul|al|el|bin|in)[ -]){0,2}"
_BEFORE = re.compile(r"(?:[A-Z][\w’'‘`]*[ -](?:(?:of|for|and|de|del|y|wal|ul|al|el|bin)[ -])?)+$")
_AFTER = re.compile(rf"(?:[ -]{_JOINED}[A-Z][\w’'‘`]*)+")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


def full_name(core: Span, text: str) -> str | None:
    """Return the one longer name before `core` of which its words are a part, or None.

    Only capitalised words that are no common words of composition, no nation and not set in capitals can be a
    short form; a word that stands in two longer names ("Michael Knights", "Knights of Danu") is left alone.
    """
    leading = _ARTICLE.match(core.text)
    short = core.text[leading.end() :] if leading else core.text
    found = [word for word in words(short) if word.key]
    if not found or len(found) > MAX_SHORT or not all(word.capital for word in found) or short.isupper():
        return None
    nations = load_nations()
    if any(nations.at(found, index) for index in range(len(found))) or nations.seat_of(short):
        return None
    common = all(word.key in load_lexicon().words for word in found)
    if common and not leading:
        return None
    longer = _longer(short, text[: core.start])
    return longer.pop() if len(longer) == 1 else None


def _longer(short: str, before: str) -> set[str]:
    """Return the distinct names in `before` that hold `short` and more."""
    made: dict[str, str] = {}
    for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w])", before):
        left = _BEFORE.search(before, max(0, match.start() - MAX_REACH), match.start())
        right = _AFTER.match(before, match.end(), match.end() + MAX_REACH)
        start, end = left.start() if left else match.start(), right.end() if right else match.end()
        name = _without_common(before[start:end])
        if len(name) > len(short):
            made.setdefault(name.casefold(), name)
    return set(made.values())


def _without_common(name: str) -> str:
    """Return `name` without common words at its head ("Fighters of Danu Front", "Later Danu Front")."""
    lexicon = load_lexicon()
    listed = list(words(name))
    skip = 0
    while skip < len(listed) and (listed[skip].key in _common(lexicon) or not listed[skip].key):
        skip += 1
    return name[listed[skip].start :] if skip < len(listed) else ""


def _common(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.words | lexicon.openers | lexicon.ends


def proper_kind(name: str) -> ActorKind:
    """Return the kind that the words of a proper name tell ("Knights of Danu Brigade"), or "other"."""
    found = [word for word in words(name) if word.key]
    for index in range(len(found) - 1, 0, -1):
        kind = load_lexicon().armed_names.get(found[index].key)
        if kind and found[index].capital:
            return kind
    made = compose(name)
    return made.kind if made else "other"


def apposed_kind(name: str, text: str) -> ActorKind | None:
    """Return the kind that an apposition to `name` tells ("Danu Lions, a Tuareg militia,"), or None."""
    said = next(
        (found for at in _places_of(name, text) if (found := _APPOSED.match(text, at + len(name)))), None
    )
    made = compose(said.group(1), part=True) if said else None
    return made.kind if made and made.kind not in ("civilians", "person", "other") else None


def _places_of(name: str, text: str) -> Iterator[int]:
    """Yield where `name` stands in `text` and begins a word."""
    at = text.find(name)
    while at >= 0:
        before = text[at - 1 : at] if at else ""
        if not (before.isalnum() or before in ("_", "-")):
            yield at
        at = text.find(name, at + 1)
