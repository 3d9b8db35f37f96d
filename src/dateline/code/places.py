"""Where a sentence may name places, and which of them belong to a trigger.

A place phrase follows a preposition of place and has a proper name at its end ("Basra", "Cabo Delgado"), or a
word for a kind of place with a name beside it ("Mopti region", "the city of Aden"). What only looks like one
is left out where words can tell: "on Twitter", "into custody", "from IS attacks", "at NATO". Whether a name is
a place is decided later, with a gazetteer.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from dateline.code.cues import RoleCues
from dateline.code.phrases import Parsed, Phrase, after_parenthesis, conjuncts, with_of
from dateline.code.tokens import Tag
from dateline.code.triggers import Hit

# A place farther from its trigger than this many tokens tells nothing of it.
PLACE_REACH = 60
# The longest capital-only word that is taken for an acronym ("NATO"), and the longest phrase without case.
ACRONYM = 5
LONGEST_UNCASED = 5
# Endings of common nouns, for texts in which capitals tell no names.
_ABSTRACT = (
    "ing",
    "tion",
    "tions",
    "sion",
    "ment",
    "ments",
    "ness",
    "ance",
    "ence",
    "ism",
    "ship",
    "thing",
    "ers",
    "ists",
)
_RELATIVE_STARTS = frozenset({"near", "outside", "around", "between"})
_BORDERS = frozenset({Tag.RELATIVE, Tag.MARK, Tag.QUOTE})


class PlacePhrase(msgspec.Struct, frozen=True):
    """Tokens first:last that may name a place, and how many clause borders stand before them."""

    first: int
    last: int
    borders: int


class Places(msgspec.Struct, frozen=True):
    """The place phrases of a sentence in order, and its clause borders counted up to each token."""

    phrases: tuple[PlacePhrase, ...]
    borders: tuple[int, ...]


def find_places(parsed: Parsed, cues: RoleCues) -> Places:
    """Return every place phrase of a sentence, not overlapping."""
    borders = [0]
    for token in parsed.tokens:
        clause = token.tag is Tag.VERB and token.lower not in cues.light_verbs
        borders.append(borders[-1] + (clause or token.tag in _BORDERS))
    found: list[PlacePhrase] = []
    for position, token in enumerate(parsed.tokens):
        if token.lower not in cues.place_prepositions:
            continue
        for first, last in _places_at(parsed, position, cues):
            if not found or first >= found[-1].last:
                found.append(PlacePhrase(first, last, borders[first]))
    return Places(tuple(found), tuple(borders))


def places_of(places: Places, hit: Hit) -> tuple[tuple[int, int, float], ...]:
    """Return token ranges that may name the trigger's place, the closest first, with a score in 0..1.

    Those with the fewest clause borders between them and the trigger are its places.
    """
    starts = [phrase.first for phrase in places.phrases]
    low = bisect_left(starts, hit.first - PLACE_REACH)
    high = bisect_left(starts, hit.last + PLACE_REACH)
    gaps = [
        (abs(phrase.borders - places.borders[hit.last if phrase.first >= hit.last else hit.first]), phrase)
        for phrase in places.phrases[low:high]
        if phrase.last <= hit.first or hit.last <= phrase.first
    ]
    nearest = min((gap for gap, _ in gaps), default=0)
    kept = [phrase for gap, phrase in gaps if gap == nearest]
    kept.sort(key=lambda phrase: (abs(phrase.first - hit.last), phrase.first))
    return tuple((phrase.first, phrase.last, 1.0 / (1 + nearest)) for phrase in kept)


def names_places(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> bool:
    """Tell whether a phrase says by its own words that it is a place ("the villages of Bara")."""
    return parsed.lower(phrase.head) in cues.place_nouns


def _places_at(parsed: Parsed, position: int, cues: RoleCues) -> Iterator[tuple[int, int]]:
    """Yield the place phrases behind the preposition at `position`, a list each for itself."""
    word = parsed.lower(position)
    if (
        parsed.tag(position) not in (Tag.PREPOSITION, Tag.TO, Tag.NOUN)
        or parsed.lower(position - 1) == "according"
    ):
        return
    following = position + 1
    if word in cues.compass and parsed.lower(following) == "of":
        following += 1
    phrase = parsed.phrase_at(following)
    if phrase is None or phrase.first != following or phrase.pronoun:
        return
    phrase = _joined_compass(parsed, phrase, cues)
    if not is_place_phrase(parsed, phrase, cues):
        return
    listed = _listed(parsed, phrase, cues)
    if word == "between" and not names_places(parsed, phrase, cues):
        yield position, listed[-1].last
        return
    yield _place_start(parsed, position, phrase, cues), listed[0].last
    for other in listed[1:]:
        yield other.first, other.last


def _listed(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> tuple[Phrase, ...]:
    """Return the phrase and those listed behind it that are places too, each with its "of" phrases."""
    if parsed.shouting:
        return (with_of(parsed, phrase),)
    found = [_with_names(parsed, phrase)]
    for other in conjuncts(parsed, phrase, forward=True)[1:]:
        named = parsed.tag(other.last - 1) is Tag.NAME or names_places(parsed, other, cues)
        if other.first < found[-1].last or not named or not is_place_phrase(parsed, other, cues):
            break
        following = parsed.tag(after_parenthesis(parsed, other.last))
        if following in (Tag.VERB, Tag.AUXILIARY, Tag.MODAL):
            break  # "... in Mosul and Iraqi officials said": another clause
        found.append(other)
    return tuple(found)


def _with_names(parsed: Parsed, phrase: Phrase) -> Phrase:
    """Widen over "of" where a name follows ("the city of Aden"), not over other words."""
    wide = with_of(parsed, phrase)
    return wide if parsed.tag(wide.last - 1) is Tag.NAME else phrase


def _joined_compass(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> Phrase:
    """Read "northern and western Iraq" as one phrase."""
    second = parsed.phrase_at(phrase.last + 1)
    joined = (
        parsed.lower(phrase.last) in ("and", "or")
        and second is not None
        and parsed.lower(phrase.last - 1) in cues.compass_adjectives
        and parsed.lower(phrase.last + 1) in cues.compass_adjectives
    )
    return Phrase(phrase.first, second.last, second.head) if joined and second is not None else phrase


def is_place_phrase(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> bool:
    """Tell whether the words of a phrase allow it to name a place."""
    head = parsed.tokens[phrase.last - 1]
    if head.lower in cues.not_places or parsed.lower(phrase.first) in cues.not_places:
        return False
    if parsed.shouting:
        return _uncased_place(parsed, phrase, cues)
    if head.tag is Tag.NAME:
        return not _is_acronym(head.text, cues) or phrase.last - phrase.first > 1
    if head.lower not in cues.place_nouns:
        return False
    wide = with_of(parsed, phrase)
    return any(parsed.tag(position) is Tag.NAME for position in range(phrase.first, wide.last))


def _is_acronym(word: str, cues: RoleCues) -> bool:
    letters = word.replace(".", "")
    return 1 < len(letters) <= ACRONYM and letters.isupper() and word.lower() not in cues.place_acronyms


def _uncased_place(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> bool:
    """Judge a phrase of a text in capitals: a word for a kind of place, or short and without an article."""
    first, head = parsed.tokens[phrase.first], parsed.tokens[phrase.last - 1]
    if any(parsed.tag(at) in (Tag.NUMBER, Tag.POSSESSIVE) for at in range(phrase.first, phrase.last)):
        return False
    if head.lower in cues.place_nouns:
        return (
            phrase.last - phrase.first > 1 + (first.tag is Tag.DETERMINER) or parsed.lower(phrase.last) == "of"
        )
    if head.lower.endswith(_ABSTRACT) or first.lower.endswith("ing"):
        return False
    return first.tag is not Tag.DETERMINER and phrase.last - phrase.first <= LONGEST_UNCASED


def _place_start(parsed: Parsed, position: int, phrase: Phrase, cues: RoleCues) -> int:
    """Return where the wording of a place begins: "20 km south of X", "near X", else the phrase."""
    word = parsed.lower(position)
    if word in cues.compass:
        measured = parsed.phrase_at(position - 1)
        is_distance = measured is not None and parsed.tag(measured.first) is Tag.NUMBER
        return measured.first if measured is not None and is_distance else position
    return position if word in _RELATIVE_STARTS else phrase.first


def object_places(
    parsed: Parsed, targets: Sequence[Phrase], cues: RoleCues
) -> tuple[tuple[int, int, float], ...]:
    """Return those targets that are places by their own words ("stormed the town of Palma")."""
    found = []
    for phrase in targets:
        base = parsed.phrase_at(phrase.first)
        if base is not None and names_places(parsed, base, cues) and is_place_phrase(parsed, base, cues):
            wide = _with_names(parsed, base)
            found.append((wide.first, wide.last, 1.0))
    return tuple(found)
