"""Names of persons by form: a title before the name, or what stands after it between commas.

Private persons are not profiled: a name is kept as worded and never gets an id.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from dateline.model.values import ActorKind
from dateline.resolve.compose import compose
from dateline.resolve.lexicon import load_lexicon
from dateline.resolve.nations import load_nations
from dateline.resolve.wording import Word, words

# More capitalised words than this in a row are a name of something else.
MAX_NAME = 5
# Titles in a row that are read as one ("Army spokesman Staff Brigadier General").
MAX_TITLES = 5
# Wordings of actors come again and again, in one article and in all; so many are kept.
REMEMBERED = 10_000
# Particles that join two parts of a name and cannot begin one ("governor of ...").
_JOINING = frozenset({"of", "y", "e", "la", "le", "st", "ag"})
_KINDS_KEPT = frozenset(
    {"military", "police", "government", "armed_group", "militia", "tribe", "ngo", "party", "media"}
)


class Person(msgspec.Struct, frozen=True):
    """A person's name at `start:end` of the text, with the kind that title or apposition gives.

    `title_start` is where the titles before the name begin (`start` when there are none).
    """

    start: int
    end: int
    name: str
    kind: ActorKind
    title_start: int


@lru_cache(maxsize=REMEMBERED)
def read_person(wording: str) -> Person | None:
    """Return the person that `wording` as a whole names ("Colonel N. N., head of ..."), or None."""
    return next(iter(find_persons(wording)), None)


def find_persons(text: str, listed: Sequence[Word] | None = None) -> Iterator[Person]:
    """Yield the persons named in `text` with a title before the name or a description after it.

    `listed` are the words of the text, where the caller has them.
    """
    found = list(words(text)) if listed is None else list(listed)
    titles = load_lexicon().titles
    index = 0
    while index < len(found):
        person, after = None, index + 1
        if titles.begins(found[index].key):
            person, after = _titled(text, found, index)
        if person is None:
            person, after = _described(text, found, index)
        if person is None:
            # "Pentagon Press Secretary N. N.": the title stands within the capitals
            held = (at for at in range(index + 1, after) if titles.begins(found[at].key))
            titled = (_titled(text, found, at) for at in held)
            person, after = next((one for one in titled if one[0] is not None), (None, after))
        if person:
            yield person
        index = max(after, index + 1)


def _titled(text: str, found: list[Word], index: int) -> tuple[Person | None, int]:
    lexicon = load_lexicon()
    kind: ActorKind | None = None
    at = index
    for _ in range(MAX_TITLES):
        hit = next(lexicon.titles.starts(found, at), None) if at < len(found) and found[at].key else None
        if hit is None or (at > index and not _joined(text, found[at - 1], found[at])):
            break
        if _in_name(text, found, at):
            break
        after, kinds = hit
        kind = kinds[0] if kind in (None, "person") else kind
        at = after
    if kind is None or at >= len(found) or not _joined(text, found[at - 1], found[at]):
        return None, index + 1
    caps = len(found[at - 1].text) > 1 and found[at - 1].text.isupper()
    if caps and lexicon.common_titles.get(tuple(word.key for word in found[index:at])):
        return None, index + 1
    end = _name_end(text, found, at, caps=caps)
    if end == at or any(word.key in lexicon.armed_names for word in found[at:end]):
        return None, index + 1
    return _person(text, found, at, end, kind=kind, title=index), end


def _described(text: str, found: list[Word], index: int) -> tuple[Person | None, int]:
    first = found[index]
    if first.key and not first.capital and first.key not in load_lexicon().particles:
        return None, index + 1  # most words of a text begin no name
    if first.key and len(first.text) > 2 and first.text.isupper():
        return None, index + 1  # nor does what is set in capitals
    end = _name_end(text, found, index)
    named = [word for word in found[index:end] if word.key]
    if len(named) < 2 or len(named) > MAX_NAME or end >= len(found):
        return None, index + 1
    if text[found[end - 1].end : found[end].start] != ", " or found[end].capital:
        return None, max(end, index + 1)
    stop = text.find(",", found[end].start)
    stop = len(text) if stop < 0 else stop
    stop = min(stop, found[end].start + 120)
    made = compose(text[found[end].start : stop], part=True)
    title = next(load_lexicon().titles.starts(found, end), None)
    if found[end].key in ("a", "an") or found[end].text == "the":
        title = next(load_lexicon().titles.starts(found, end + 1), None)
    if made is None and title is None:
        return None, end
    kind: ActorKind = made.kind if made and made.kind in _KINDS_KEPT else "person"
    return _person(text, found, index, end, kind=kind, title=index), end


def _in_name(text: str, found: Sequence[Word], at: int) -> bool:
    """Tell whether the word at `at` is part of a name and no title ("Liwa al-Sultan N.", "National Front")."""
    if found[at].capital and not found[at].text.isupper() and found[at].key in load_lexicon().lower_titles:
        return True
    joined = at > 0 and not found[at - 1].key and text[found[at - 1].end : found[at].start] in ("-", "‑")
    return joined and found[at].capital


def _person(text: str, found: Sequence[Word], at: int, end: int, *, kind: ActorKind, title: int) -> Person:
    start, stop = found[at].start, found[end - 1].end
    return Person(start, stop, text[start:stop], kind, found[title].start)


def _joined(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start] in (" ", ". ", ", ", "\u00a0", "-")


def _name_end(text: str, found: Sequence[Word], at: int, *, caps: bool = False) -> int:
    """Return the index after the run of name-like words that begins at `at` (`at` when none does).

    Only with `caps` may the words be set in capitals.
    """
    lexicon, nations = load_lexicon(), load_nations()
    index = at
    last = at
    while index < len(found) and index - at < MAX_NAME + 3:
        word = found[index]
        if index > at and text[found[index - 1].end : word.start] not in (" ", "-", "\u00a0", ". ", "’", "'"):
            break
        if not word.capital:
            if word.key and (word.key not in lexicon.particles or (index == at and word.key in _JOINING)):
                break
            index += 1
            continue
        if not word.key:
            index += 1
            continue
        if word.key in lexicon.words and last == at:
            break
        if word.text.isupper() and len(word.text) > 2 and not caps:
            break
        if last == at and nations.at(list(found[index : index + 4]), 0):
            break
        if (caps and word.key in lexicon.stops) or (index == at and word.key in lexicon.openers):
            break
        index += 1
        last = index
    return last
