"""Tokens of one sentence with a coarse word class each, found without any model.

Classes are read from closed word lists, capitals, endings and the neighbours to the left; they only have to
be good enough to tell where noun phrases begin and end.
"""

import re
from collections.abc import Mapping
from enum import Enum

import msgspec

from dateline.code.cues import Words


class Tag(Enum):
    """Coarse word classes."""

    NOUN = "noun"
    NAME = "name"
    NUMBER = "number"
    DETERMINER = "determiner"
    PREPOSITION = "preposition"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    CONJUNCTION = "conjunction"
    AUXILIARY = "auxiliary"
    MODAL = "modal"
    TO = "to"
    VERB = "verb"
    ADVERB = "adverb"
    TIME = "time"
    POSSESSIVE = "possessive"
    QUOTE = "quote"
    COMMA = "comma"
    OPEN = "open"
    CLOSE = "close"
    MARK = "mark"


class Token(msgspec.Struct, frozen=True):
    """A word or a mark: half-open offsets into the article's text, its wording and lower-cased wording."""

    start: int
    end: int
    text: str
    lower: str
    tag: Tag


# Lower-case form → whether it is the plain form and no other ("attack", not "attacked" or "hit").
VerbForms = Mapping[str, bool]

_TOKEN = re.compile(
    r"""(?:[A-Za-z]\.){2,}(?:-[^\W\d_]+)*          # U.S., U.S.-backed
      | \d+(?:-[^\W\d_]+)+                          # 12-year-old
      | \d[\d,.]*\d | \d                            # 25,000
      | ['’]s\b                                     # possessive or is
      | n['’]t\b
      | [^\W\d_]+(?:(?:[-.&]|['’](?!s\b))[^\W_]+)*  # al-Hashd, Shi'ite, IraqiNews.com
      | \S""",
    re.VERBOSE,
)

_QUOTES = frozenset('"“”«»„')
_OPEN = frozenset("([{")
_CLOSE = frozenset(")]}")
# Lower-case words of these endings after a noun or a pronoun are taken for verbs.
_PAST = re.compile(r"[^\W\d_]{2,}ed$")
_GERUND = re.compile(r"[^\W\d_]{3,}ing$")

_AFTER_SUBJECT = frozenset(
    {Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.RELATIVE, Tag.AUXILIARY, Tag.ADVERB, Tag.QUOTE, Tag.NUMBER,
     Tag.CLOSE, Tag.TIME, Tag.CONJUNCTION, Tag.COMMA}
)  # fmt: skip


def tokenize(text: str, start: int, end: int, words: Words, verb_forms: VerbForms) -> tuple[Token, ...]:
    """Return the tokens of `text[start:end]` with their classes.

    `verb_forms` are lower-case forms that may be verbs (of triggers and of the word lists), each with whether
    it is only ever the plain form; whether one is a verb here is decided by what stands around it.
    """
    found = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end)]
    letters = [c for c in text[start:end] if c.isalpha()]
    shouting = len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    tokens: list[Token] = []
    for index, (first, last, word) in enumerate(found):
        lower = word.lower().replace("’", "'")
        following = found[index + 1][2] if index + 1 < len(found) else ""
        tag = _tag(word, lower, following, tokens, words, verb_forms, shouting=shouting)
        tokens.append(Token(first, last, word, lower, tag))
    return tuple(tokens)


def _tag(  # noqa: PLR0913 - the parts of one decision
    word: str,
    lower: str,
    following: str,
    before: list[Token],
    words: Words,
    verb_forms: VerbForms,
    *,
    shouting: bool,
) -> Tag:
    previous = before[-1].tag if before else None
    if not word[0].isalnum() and lower not in ("'s", "n't"):
        return _mark(word)
    if lower == "'s":
        return Tag.POSSESSIVE
    if word[0].isdigit():
        return Tag.NOUN if "-" in word else Tag.NUMBER
    capital = word[0].isupper() and not shouting
    if lower in words.months or lower in words.days:
        return _month(lower, following, before, capital=capital, shouting=shouting)
    inside = bool(before) and not (capital and previous in (Tag.QUOTE, None))
    if capital and inside and previous not in (Tag.MARK,):
        return Tag.NAME
    closed = _closed_class(lower, previous, words)
    if closed is not None:
        return closed
    if _is_verb(lower, following, before, words, verb_forms):
        return Tag.VERB
    if lower.endswith("ly") and len(lower) > 4 and lower not in ("family", "italy", "assembly", "supply"):
        return Tag.ADVERB
    if capital and (word[1:].lower() != word[1:] or following[:1].isupper() or following in ("'s", "’s")):
        return Tag.NAME
    return Tag.NOUN


def _mark(word: str) -> Tag:
    if word in _QUOTES:
        return Tag.QUOTE
    if word in _OPEN:
        return Tag.OPEN
    if word in _CLOSE:
        return Tag.CLOSE
    return Tag.COMMA if word == "," else Tag.MARK


def _month(lower: str, following: str, before: list[Token], *, capital: bool, shouting: bool) -> Tag:
    if lower not in ("may", "march", "mar", "sun", "sat"):
        return Tag.TIME if capital or shouting else Tag.NOUN
    near_number = following[:1].isdigit() or (bool(before) and before[-1].text[:1].isdigit())
    led_in = bool(before) and before[-1].lower in ("in", "since", "late", "early", "until", "mid", "of", "last")
    if near_number or (led_in and (capital or shouting)):
        return Tag.TIME
    if lower == "may":
        return Tag.MODAL
    return Tag.NAME if capital and before else Tag.NOUN


def _closed_class(lower: str, previous: Tag | None, words: Words) -> Tag | None:
    """Return the class of a word of the closed lists; the first list that holds it decides."""
    pointing = previous in (Tag.PREPOSITION, Tag.CONJUNCTION, None)
    compass_noun = lower in ("north", "south", "east", "west") and previous is Tag.DETERMINER
    classes: tuple[tuple[bool, Tag], ...] = (
        (lower == "to", Tag.TO),
        (lower in words.modals, Tag.MODAL),
        (lower in words.auxiliaries, Tag.AUXILIARY),
        (lower in words.relatives and not (lower == "that" and pointing), Tag.RELATIVE),
        (lower in words.numbers, Tag.NUMBER),
        (lower == "no", Tag.DETERMINER),
        (lower in words.negations and lower != "without", Tag.ADVERB),
        (lower in words.pronouns, Tag.PRONOUN),
        (lower in words.determiners, Tag.DETERMINER),
        (lower in words.conjunctions and lower not in ("as", "so", "because"), Tag.CONJUNCTION),
        (lower in words.prepositions and not compass_noun, Tag.PREPOSITION),
        (lower in words.adverbs, Tag.ADVERB),
    )
    return next((tag for holds, tag in classes if holds), None)


def _is_verb(lower: str, following: str, before: list[Token], words: Words, verb_forms: VerbForms) -> bool:
    previous = before[-1].tag if before else None
    if previous in (Tag.TO, Tag.MODAL):
        return True
    if lower in words.nouns_like_verbs and previous not in (Tag.AUXILIARY, Tag.PRONOUN, Tag.RELATIVE):
        return _participle_is_verb(lower, following, previous, words)
    if _GERUND.search(lower):
        return _gerund_is_verb(following, previous, words, known=lower in verb_forms)
    if _PAST.search(lower) and "-" not in lower:
        return (previous in _AFTER_SUBJECT and previous not in (Tag.NUMBER,)) or (
            previous is Tag.NUMBER and following in ("in", "by", "and", "at", "on", ",", ".", "when")
        )
    if lower not in verb_forms:
        return False
    plural = bool(before) and before[-1].lower.endswith("s") and not before[-1].lower.endswith("ss")
    if verb_forms[lower] and previous in (Tag.NOUN, Tag.NAME) and not plural:
        return False
    return _form_is_verb(lower, following, previous, words)


def _participle_is_verb(lower: str, following: str, previous: Tag | None, words: Words) -> bool:
    """Decide "wounded", "displaced" and their like, which are nouns and adjectives as often as verbs."""
    if lower not in ("wounded", "injured", "led", "backed", "displaced", "united", "leading"):
        return False
    counted = following[:1].isdigit() or following in words.numbers or following in words.determiners
    if previous in (Tag.CONJUNCTION, Tag.COMMA):
        return counted or following in ("by", "at", "more", "dozens")
    return previous in (Tag.NOUN, Tag.NAME, Tag.TIME, Tag.CLOSE)


def _gerund_is_verb(following: str, previous: Tag | None, words: Words, *, known: bool) -> bool:
    opens_object = (
        following[:1].isupper()
        or following[:1].isdigit()
        or following in words.determiners
        or following in words.numbers
        or following in words.pronouns
        or following in ("more", "up", "out", "into")
    )
    if previous in (Tag.AUXILIARY, Tag.ADVERB):
        return True
    if previous in (Tag.PREPOSITION, Tag.COMMA, Tag.CONJUNCTION, None, Tag.RELATIVE):
        return opens_object or (known and following not in ("of", ",", ".", "and", "in", "on"))
    return previous in (Tag.NOUN, Tag.NAME, Tag.TIME, Tag.CLOSE) and opens_object


def _form_is_verb(lower: str, following: str, previous: Tag | None, words: Words) -> bool:
    """Decide a form that may be noun or verb ("attacks", "fire", "took") by its neighbours."""
    if previous in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION, Tag.VERB, Tag.OPEN):
        return lower in words.verbs and previous not in (Tag.DETERMINER, Tag.POSSESSIVE)
    if previous in (Tag.PRONOUN, Tag.RELATIVE, Tag.AUXILIARY):
        return True
    object_follows = following[:1].isupper() or following in words.determiners or following in words.numbers
    if previous in (
        Tag.NOUN,
        Tag.NAME,
        Tag.CLOSE,
        Tag.TIME,
        Tag.ADVERB,
        Tag.COMMA,
        Tag.CONJUNCTION,
        Tag.NUMBER,
    ):
        ends_like_noun = lower.endswith("s") and not lower.endswith("ss")
        if lower in words.verbs or not ends_like_noun:
            return True
        return object_follows or following[:1].isdigit()
    return lower in words.verbs
