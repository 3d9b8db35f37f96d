"""Noun phrases of a tokenised sentence, and steps from one to another."""

from collections.abc import Sequence

import msgspec

from dateline.code.cues import Words
from dateline.code.tokens import Tag, Token

_MEMBERS = frozenset({Tag.DETERMINER, Tag.NUMBER, Tag.NOUN, Tag.NAME, Tag.POSSESSIVE, Tag.SUFFIX})
# Words of a bound that cannot begin it: "to 17", "of 17", "than 17".
_NOT_FIRST = frozenset({"to", "of", "than", "and", "least", "most", "close", "between"})
# A determiner or a number behind one of these begins a new phrase ("gave the group the town").
_CLOSED_BY_DETERMINER = frozenset({Tag.NOUN, Tag.NAME, Tag.POSSESSIVE})
# Phrases that "of" opens up to what they consist of ("members of the group", "dozens of civilians").
MAX_OF_STEPS = 3
# The most phrases of one list, and the most tokens of a parenthesis that is stepped over.
MAX_LISTED = 6
MAX_PARENTHESIS = 12
# The most tokens of a name in quotation marks inside a phrase.
MAX_QUOTED = 8
# Endings of adjectives of peoples ("Kurdish", "Iraqi", "Syrian", "Congolese", "Shi'ite").
_PEOPLES = ("ish", "an", "ese", "ite", "i", "sh", "ch", "arab", "uzbek", "tajik", "kazakh", "turkmen", "greek")
_JOINERS = frozenset({",", "and", "or"})


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase: tokens[first:last]; `head` is the index of its last noun; `pronoun` when it is one."""

    first: int
    last: int
    head: int
    pronoun: bool = False


class Parsed(msgspec.Struct, frozen=True):
    """One sentence, or a piece of an overlong one: tokens, phrases, which phrase holds each token (-1: none).

    `index` is its place among the pieces of the article, `sentence` that of the article's sentence which
    holds it. `words` are the word classes that it was parsed with; `shouting` says that it is in capitals
    throughout.
    """

    index: int
    sentence: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]
    phrase_of: tuple[int, ...]
    words: Words
    shouting: bool = False

    def lower(self, position: int) -> str:
        """Return the lower-cased word at `position`, or "" outside the sentence."""
        return self.tokens[position].lower if 0 <= position < len(self.tokens) else ""

    def tag(self, position: int) -> Tag | None:
        """Return the class of the word at `position`, or None outside the sentence."""
        return self.tokens[position].tag if 0 <= position < len(self.tokens) else None

    def phrase_at(self, position: int) -> Phrase | None:
        """Return the phrase that holds the word at `position`."""
        if not 0 <= position < len(self.tokens):
            return None
        number = self.phrase_of[position]
        return self.phrases[number] if number >= 0 else None

    def offsets(self, phrase: Phrase) -> tuple[int, int]:
        """Return the phrase's half-open offsets in the article's text."""
        return self.tokens[phrase.first].start, self.tokens[phrase.last - 1].end


def parse(
    place: tuple[int, int],
    bounds: tuple[int, int],
    tokens: tuple[Token, ...],
    words: Words,
    *,
    shouting: bool = False,
) -> Parsed:
    """Return the piece at `bounds` with its noun phrases; `place` is its index and that of its sentence."""
    phrases: list[Phrase] = []
    position = 0
    while position < len(tokens):
        phrase = _phrase_from(tokens, position, words)
        if phrase is None:
            position += 1
        else:
            phrases.append(phrase)
            position = phrase.last
    phrase_of = [-1] * len(tokens)
    for number, phrase in enumerate(phrases):
        for inside in range(phrase.first, phrase.last):
            phrase_of[inside] = number
    return Parsed(*place, *bounds, tokens, tuple(phrases), tuple(phrase_of), words, shouting)


def _phrase_from(tokens: Sequence[Token], position: int, words: Words) -> Phrase | None:
    token = tokens[position]
    if token.tag is Tag.PRONOUN:
        return Phrase(position, position + 1, position, pronoun=True)
    first = position
    cursor = _skip_bounds(tokens, position, words)
    if cursor is None:
        if token.tag not in _MEMBERS or token.tag in (Tag.POSSESSIVE, Tag.SUFFIX):
            return None
        cursor = position
    opening, head = cursor, -1
    while cursor < len(tokens):
        tag = tokens[cursor].tag
        if tag in _MEMBERS:
            opens = tag in (Tag.DETERMINER, Tag.NUMBER)
            if opens and cursor > opening and tokens[cursor - 1].tag in _CLOSED_BY_DETERMINER:
                break
            head = head if tag in (Tag.POSSESSIVE, Tag.SUFFIX) else cursor
        step = 1 if tag in _MEMBERS else _step_inside(tokens, cursor, words)
        if step == 0:
            break
        cursor += step
    if head < 0:
        return None
    return Phrase(first, cursor if tokens[cursor - 1].tag in _MEMBERS else head + 1, head)


def _skip_bounds(tokens: Sequence[Token], position: int, words: Words) -> int | None:
    """Return where the number stands when a bound such as "more than" or "at least" begins here."""
    cursor = position
    ranged = tokens[position].lower == "between" and [
        token.tag for token in tokens[position + 1 : position + 4 : 2]
    ]
    if ranged == [Tag.NUMBER, Tag.NUMBER] and tokens[position + 2].lower == "and":
        return position + 1
    if tokens[position].lower in _NOT_FIRST:
        return None
    while cursor < len(tokens) and cursor - position < 4 and tokens[cursor].lower in words.bounds:
        if tokens[cursor].tag is Tag.NUMBER:
            break
        cursor += 1
    if cursor == position or cursor >= len(tokens) or tokens[cursor].tag is not Tag.NUMBER:
        return None
    return cursor


def _step_inside(tokens: Sequence[Token], cursor: int, words: Words) -> int:
    """Return how many tokens to step over to stay in the phrase ("10 to a dozen", a parenthesis); 0: none."""
    previous, token = tokens[cursor - 1], tokens[cursor]
    if token.tag is Tag.TIME and cursor + 1 < len(tokens) and tokens[cursor + 1].tag is Tag.POSSESSIVE:
        return 2
    if token.text == "." and previous.lower in words.abbreviations:
        return 1
    if token.tag is Tag.QUOTE:
        return _quoted_inside(tokens, cursor)
    if token.tag is Tag.OPEN:
        for ahead in range(cursor + 1, min(cursor + 6, len(tokens) - 1)):
            if tokens[ahead].tag is Tag.CLOSE:
                return ahead + 1 - cursor if tokens[ahead + 1].tag in (Tag.NOUN, Tag.NAME) else 0
        return 0
    joins_numbers = token.lower in ("to", "-", "–", "or") and previous.tag is Tag.NUMBER
    if joins_numbers and cursor + 1 < len(tokens):
        ahead = cursor + 1 + (tokens[cursor + 1].lower in ("a", "an"))
        if ahead < len(tokens) and tokens[ahead].tag is Tag.NUMBER:
            return ahead - cursor
    if token.lower == "and" and previous.tag is Tag.NUMBER and cursor + 1 < len(tokens):
        return int(tokens[cursor + 1].tag is Tag.NUMBER)
    return int(_joins_peoples(tokens, cursor))


def _joins_peoples(tokens: Sequence[Token], cursor: int) -> bool:
    """Tell the "and" of "Kurdish and Iraqi forces", which parts no phrases."""
    if tokens[cursor].lower not in ("and", "or") or cursor + 2 >= len(tokens):
        return False
    left, right, head = tokens[cursor - 1], tokens[cursor + 1], tokens[cursor + 2]
    both = left.tag is Tag.NAME and right.tag is Tag.NAME and head.tag is Tag.NOUN
    return both and left.lower.endswith(_PEOPLES) and right.lower.endswith(_PEOPLES)


def _quoted_inside(tokens: Sequence[Token], cursor: int) -> int:
    """Return the steps over a quotation mark inside a phrase: the “Shield” operation, its so-called “State”."""
    if tokens[cursor - 1].lower.endswith(("-called", "-styled", "-proclaimed")):
        return 1
    for ahead in range(cursor + 1, min(cursor + MAX_QUOTED, len(tokens) - 1)):
        if tokens[ahead].tag is Tag.QUOTE:
            return ahead + 1 - cursor if tokens[ahead + 1].tag is Tag.NOUN and ahead > cursor + 1 else 0
        if tokens[ahead].tag not in _MEMBERS:
            return 0
    return 0


def with_of(parsed: Parsed, phrase: Phrase) -> Phrase:
    """Return `phrase` widened over "of" phrases behind it ("militants of the Islamic State")."""
    last = phrase.last
    for _ in range(MAX_OF_STEPS):
        following = parsed.phrase_at(last + 1)
        if parsed.lower(last) != "of" or following is None or following.first != last + 1:
            break
        last = following.last
    return Phrase(phrase.first, last, phrase.head, phrase.pronoun)


def base_of(parsed: Parsed, phrase: Phrase) -> Phrase:
    """Return the first phrase of an "of" chain that ends in `phrase` ("members" of "members of X")."""
    for _ in range(MAX_OF_STEPS):
        before = parsed.phrase_at(phrase.first - 2)
        if parsed.lower(phrase.first - 1) != "of" or before is None or before.last != phrase.first - 1:
            break
        phrase = before
    return phrase


def conjuncts(parsed: Parsed, phrase: Phrase, *, forward: bool) -> tuple[Phrase, ...]:
    """Return `phrase` with those listed before or after it by comma and "and", in text order."""
    found = [with_of(parsed, phrase)]
    for _ in range(MAX_LISTED):
        neighbour = _listed_after(parsed, found[-1]) if forward else _listed_before(parsed, found[0])
        if neighbour is None or neighbour.pronoun:
            break
        if forward:
            found.append(with_of(parsed, neighbour))
        else:
            found.insert(0, with_of(parsed, base_of(parsed, neighbour)))
    listed = _is_list(parsed, found)
    return tuple(found) if listed else (with_of(parsed, phrase),)


def _listed_after(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the phrase that follows behind commas, "and", "or" and "as well as"."""
    cursor = after_parenthesis(parsed, phrase.last)
    joined = False
    while parsed.lower(cursor) in _JOINERS or parsed.lower(cursor) == "as":
        if parsed.lower(cursor) == "as" and parsed.lower(cursor + 1) != "well":
            break
        cursor += 3 if parsed.lower(cursor) == "as" else 1
        joined = True
    neighbour = parsed.phrase_at(cursor)
    return neighbour if joined and neighbour is not None and neighbour.first == cursor else None


def _listed_before(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    cursor = phrase.first - 1
    joined = False
    while cursor >= 0 and parsed.lower(cursor) in _JOINERS:
        cursor -= 1
        joined = True
    cursor = before_parenthesis(parsed, cursor)
    neighbour = parsed.phrase_at(cursor)
    return neighbour if joined and neighbour is not None and neighbour.last == cursor + 1 else None


def after_parenthesis(parsed: Parsed, position: int) -> int:
    """Return where to go on behind a short parenthesis that opens at `position`, else `position`."""
    if parsed.tag(position) is Tag.OPEN:
        for ahead in range(position + 1, min(position + MAX_PARENTHESIS, len(parsed.tokens))):
            if parsed.tag(ahead) is Tag.CLOSE:
                return ahead + 1
    return position


def before_parenthesis(parsed: Parsed, position: int) -> int:
    """Return where to go on before a short parenthesis that closes at `position`, else `position`."""
    if parsed.tag(position) is Tag.CLOSE:
        for back in range(position - 1, max(position - MAX_PARENTHESIS, -1), -1):
            if parsed.tag(back) is Tag.OPEN:
                return back - 1
    return position


def _is_list(parsed: Parsed, phrases: Sequence[Phrase]) -> bool:
    """Tell a list ("A, B and C") from an apposition ("A, the chief of B"): a list has an "and" at its end."""
    if len(phrases) < 2:
        return True
    between = range(phrases[-2].last, phrases[-1].first)
    return any(parsed.lower(position) in ("and", "or", "as") for position in between)
