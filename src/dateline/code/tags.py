"""The coarse class of each word of a sentence, found without any model.

Classes are read from closed word lists, capitals, endings and the neighbours; they only have to be good
enough to tell where noun phrases begin and end, and which words act as verbs.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from dateline.code.cues import Words
from dateline.code.tokens import Piece, Tag, Token, split_words


class Lexicon(msgspec.Struct, frozen=True):
    """What is known of words before a sentence is read.

    `forms` are lower-case forms that may be verbs, each with whether it is the plain form and no other
    ("attack", not "attacked" or "hit"). `nouns` are single words that announce an event as nouns
    ("shelling"). `closed` gives the class of words of the closed lists.
    """

    words: Words
    forms: Mapping[str, bool]
    nouns: frozenset[str]
    closed: Mapping[str, Tag]


class _Around(msgspec.Struct, frozen=True):
    """What a word is judged by: the word behind it, and the words before it with their classes.

    `behind` is the class of the nearest word before it that is no adverb.
    """

    following: str
    before: list[Token]
    previous: Tag | None
    behind: Tag | None
    shouting: bool


_QUOTES = frozenset('"“”«»„')
_OPEN = frozenset("([{")
_CLOSE = frozenset(")]}")
# Lower-case words of these endings after a noun or a pronoun are taken for verbs.
_PAST = re.compile(r"[^\W\d_]{2,}ed\Z")
_GERUND = re.compile(r"[^\W\d_]{3,}ing\Z")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_BEFORE_YEAR = frozenset({"in", "since", "until", "till", "during", "by", "early", "late", "mid", "from", "of"})
# A sentence is in capitals throughout when so much of its first letters is, and it has that many.
SHOUTING_SHARE = 0.8
SHOUTING_LETTERS = 20
SHOUTING_SAMPLE = 400
# How far back a "to" or "will" still governs a coordinated plain form ("to attack and burn").
GOVERNOR_REACH = 9

# After a gerund these begin a number ("killing at least 12").
_BOUNDS = frozenset({"at", "around", "about", "nearly", "almost", "over", "roughly"})
_AFTER_SUBJECT = frozenset(
    {Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.RELATIVE, Tag.AUXILIARY, Tag.ADVERB, Tag.QUOTE, Tag.CLOSE, Tag.TIME,
     Tag.CONJUNCTION, Tag.COMMA}
)  # fmt: skip
_NOMINAL = frozenset({Tag.NOUN, Tag.NAME, Tag.TIME, Tag.CLOSE, Tag.PRONOUN})


def make_lexicon(words: Words, forms: Mapping[str, bool], nouns: frozenset[str]) -> Lexicon:
    """Return the lexicon; where two closed lists hold a word the first decides."""
    lists: tuple[tuple[frozenset[str], Tag], ...] = (
        (frozenset({"to"}), Tag.TO),
        (words.modals, Tag.MODAL),
        (words.auxiliaries, Tag.AUXILIARY),
        (words.relatives, Tag.RELATIVE),
        (words.numbers, Tag.NUMBER),
        (frozenset({"no"}), Tag.DETERMINER),
        (words.negations - {"without"}, Tag.ADVERB),
        (words.pronouns, Tag.PRONOUN),
        (words.determiners, Tag.DETERMINER),
        (words.conjunctions - {"as", "so", "because"}, Tag.CONJUNCTION),
        (words.prepositions, Tag.PREPOSITION),
        (words.adverbs, Tag.ADVERB),
    )
    closed: dict[str, Tag] = {}
    for members, tag in lists:
        for word in members:
            closed.setdefault(word, tag)
    return Lexicon(words, forms, nouns, closed)


def tokenize(text: str, start: int, end: int, lexicon: Lexicon, *, shouting: bool = False) -> tuple[Token, ...]:
    """Return the tokens of `text[start:end]` with their classes; `shouting` says that capitals tell nothing."""
    pieces = split_words(text, start, end)
    tokens: list[Token] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].text if index + 1 < len(pieces) else ""
        around = _Around(
            following.lower() if shouting else following,
            tokens,
            tokens[-1].tag if tokens else None,
            _behind(tokens),
            shouting,
        )
        tokens.append(Token(piece.start, piece.end, piece.text, piece.lower, _tag(piece, around, lexicon)))
    return tuple(tokens)


def is_shouting(text: str) -> bool:
    """Tell whether a sentence is written in capitals throughout, so that they tell no names."""
    letters = [letter for letter in text[:SHOUTING_SAMPLE] if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return len(letters) > SHOUTING_LETTERS and capitals > SHOUTING_SHARE * len(letters)


def _behind(tokens: Sequence[Token]) -> Tag | None:
    for token in reversed(tokens[-4:]):
        if token.tag is not Tag.ADVERB:
            return token.tag
    return None


def _tag(piece: Piece, around: _Around, lexicon: Lexicon) -> Tag:
    fixed = _fixed(piece, around, lexicon.words)
    if fixed is not None:
        return fixed
    lower = piece.lower
    capital = piece.text[0].isupper() and not around.shouting
    acronym = capital and len(piece.text) > 1 and piece.text.isupper()
    if acronym or (capital and around.previous not in (Tag.QUOTE, Tag.MARK, None)):
        return Tag.NAME
    closed = _closed_class(lower, around, lexicon)
    if closed is not None:
        return closed
    if _is_verb(lower, around, lexicon):
        return Tag.VERB
    if lower.endswith("ly") and len(lower) > 4 and lower not in lexicon.words.ly_words:
        return Tag.ADVERB
    inner = piece.text[1:] != piece.text[1:].lower()
    if capital and (inner or around.following[:1].isupper() or around.following in ("'s", "’s")):
        return Tag.NAME
    return Tag.NOUN


def _fixed(piece: Piece, around: _Around, words: Words) -> Tag | None:
    """Return the class of marks, numbers and words of time, whatever the sentence."""
    word, lower = piece.text, piece.lower
    if piece.suffix:
        return Tag.SUFFIX
    if lower == "'s":
        return Tag.POSSESSIVE
    if not word[0].isalnum() and lower != "n't":
        return _mark(word)
    if word[0].isdigit():
        return _number(word, around, words)
    return _time(word, lower, around, words)


def _mark(word: str) -> Tag:
    if word in _QUOTES:
        return Tag.QUOTE
    if word in _OPEN:
        return Tag.OPEN
    if word in _CLOSE:
        return Tag.CLOSE
    return Tag.COMMA if word == "," else Tag.MARK


def _number(word: str, around: _Around, words: Words) -> Tag:
    if word[-1].isalpha():
        return Tag.NOUN
    last = around.before[-1].lower if around.before else ""
    if last in words.months or around.following.lower() in words.months:
        return Tag.TIME
    if _YEAR.match(word) and last in _BEFORE_YEAR:
        return Tag.TIME
    return Tag.NUMBER


def _time(word: str, lower: str, around: _Around, words: Words) -> Tag | None:
    """Return TIME for days, months and wordings such as "last week"; None where it is no word of time."""
    capital = word[0].isupper() or around.shouting
    if lower in words.months or lower in words.days:
        return _calendar(lower, around, capital=capital)
    following = around.following.lower()
    timed = following in words.time_units or following in words.months or following in words.days
    if timed and (lower in words.time_leads or lower == "this"):
        return Tag.TIME
    return Tag.TIME if lower in words.time_units and around.previous is Tag.TIME else None


def _calendar(lower: str, around: _Around, *, capital: bool) -> Tag:
    before = around.before
    if lower not in ("may", "march", "mar", "sun", "sat"):
        return Tag.TIME if capital else Tag.NOUN
    near_number = around.following[:1].isdigit() or (bool(before) and before[-1].text[:1].isdigit())
    leads = ("in", "since", "late", "early", "until", "mid", "of", "last", "during", "by")
    if near_number or (bool(before) and before[-1].lower in leads and capital):
        return Tag.TIME
    if lower == "may":
        return Tag.MODAL
    return Tag.NAME if capital and before and not around.shouting else Tag.NOUN


def _closed_class(lower: str, around: _Around, lexicon: Lexicon) -> Tag | None:
    """Return the class of a word of the closed lists."""
    if lower == "that" and around.previous in (Tag.PREPOSITION, Tag.CONJUNCTION, None):
        return Tag.DETERMINER
    if lower == "to" and around.before and around.before[-1].lower in lexicon.words.before_to:
        return Tag.PREPOSITION
    if lower == "others" and around.previous in (Tag.NUMBER, Tag.DETERMINER):
        return Tag.NOUN
    if lower in ("late", "early") and around.following in ("on", "in", "at", ",", "."):
        return Tag.ADVERB
    if lower in ("north", "south", "east", "west") and around.previous is Tag.DETERMINER:
        return None
    head = lower.partition("-")[0]
    if head != lower and head in lexicon.words.numbers and lower.rpartition("-")[2] in lexicon.words.numbers:
        return Tag.NUMBER
    return lexicon.closed.get(lower)


def _is_verb(lower: str, around: _Around, lexicon: Lexicon) -> bool:
    previous = around.previous
    if previous in (Tag.TO, Tag.MODAL) or (previous is Tag.ADVERB and around.behind is Tag.MODAL):
        return True
    if lower in lexicon.words.nouns_like_verbs:
        return _participle_is_verb(lower, around, lexicon)
    if lower in lexicon.words.infinitive_verbs and around.following.lower() == "to":
        return previous in (Tag.NOUN, Tag.NAME, Tag.CLOSE, Tag.RELATIVE)
    if _GERUND.match(lower):
        return _gerund_is_verb(lower, around, lexicon)
    if _PAST.match(lower):
        return _past_is_verb(around)
    plain = lexicon.forms.get(lower)
    if plain is None:
        return False
    return _plain_is_verb(lower, around, lexicon) if plain else _form_is_verb(lower, around, lexicon)


def _past_is_verb(around: _Around) -> bool:
    if around.previous is Tag.ADVERB:
        return around.behind not in (Tag.DETERMINER, Tag.PREPOSITION, Tag.POSSESSIVE)
    if around.previous is Tag.NUMBER:
        return around.following in ("in", "by", "and", "at", "on", ",", ".", "when", "during", "near", "after")
    return around.previous in _AFTER_SUBJECT


def _participle_is_verb(lower: str, around: _Around, lexicon: Lexicon) -> bool:
    """Decide "wounded", "displaced" and their like, which are nouns and adjectives as often as verbs."""
    if around.behind in (Tag.AUXILIARY, Tag.PRONOUN, Tag.RELATIVE):
        return True
    if lower not in lexicon.words.participles:
        return False
    if around.previous is Tag.NUMBER:
        return around.following in ("in", "by", "when", "during", "after")
    if around.previous in (Tag.CONJUNCTION, Tag.COMMA):
        if len(around.before) > 1 and around.before[-2].tag is Tag.VERB:
            return True  # "was shot and wounded in the crossfire"
        return _opens_object(around.following, lexicon) or around.following in ("by", "at", "dozens")
    return around.previous in (Tag.NOUN, Tag.NAME, Tag.TIME, Tag.CLOSE)


def _opens_object(following: str, lexicon: Lexicon) -> bool:
    lower, words = following.lower(), lexicon.words
    if lower in words.days or lower in words.months or lower in words.time_units:
        return False
    return (
        following[:1].isupper()
        or following[:1].isdigit()
        or lexicon.closed.get(lower) in (Tag.DETERMINER, Tag.NUMBER, Tag.PRONOUN)
    )


def _gerund_is_verb(lower: str, around: _Around, lexicon: Lexicon) -> bool:
    following, previous = around.following, around.previous
    if around.behind is Tag.AUXILIARY or following == "that":
        return True
    if previous in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER):
        return False
    object_follows = _opens_object(following, lexicon) or following in ("up", "out", "into")
    if lower in lexicon.nouns:
        joined = previous in (Tag.COMMA, Tag.CONJUNCTION)
        return (object_follows and previous is not Tag.NAME) or (joined and following in _BOUNDS)
    object_follows = object_follows or following in _BOUNDS
    after_noun = previous in _NOMINAL or previous is Tag.VERB
    if after_noun:
        return object_follows or (
            following != "of" and lexicon.closed.get(following) in (Tag.PREPOSITION, Tag.TO)
        )
    return object_follows or (lower in lexicon.forms and following not in ("of", ",", ".", "and", "in", "on"))


def _plain_is_verb(lower: str, around: _Around, lexicon: Lexicon) -> bool:
    """Decide a plain form ("attack", "fire"), a noun unless its subject is plural or a word governs it."""
    previous = around.previous
    if previous in (Tag.PRONOUN, Tag.RELATIVE, Tag.AUXILIARY, Tag.ADVERB):
        return True
    object_follows = _opens_object(around.following, lexicon)
    if previous in (Tag.COMMA, Tag.CONJUNCTION):
        recent = around.before[-GOVERNOR_REACH:]
        return object_follows or any(token.tag in (Tag.TO, Tag.MODAL) for token in recent)
    if previous not in (Tag.NOUN, Tag.NAME, Tag.CLOSE, Tag.TIME):
        return lower in lexicon.words.verbs and previous in (Tag.VERB, Tag.OPEN, Tag.QUOTE)
    subject = around.before[-1]
    plural = subject.lower.endswith(("s", "men", "people", "police")) and not subject.lower.endswith("ss")
    plural = plural and (around.shouting or not subject.text.isupper())  # "the IS move"
    if lower in lexicon.nouns and not object_follows:
        return plural and around.following not in ("on", "against", "by", "in", "at", "near")
    return plural and previous is not Tag.TIME


def _form_is_verb(lower: str, around: _Around, lexicon: Lexicon) -> bool:
    """Decide a form that may be noun or verb ("attacks", "hit", "took") by its neighbours."""
    previous, verbs = around.previous, lexicon.words.verbs
    if previous in (Tag.PRONOUN, Tag.RELATIVE, Tag.AUXILIARY):
        return True
    if previous in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.SUFFIX):
        return False
    if previous in (Tag.PREPOSITION, Tag.VERB, Tag.OPEN, None):
        return lower in verbs
    ends_like_noun = lower.endswith("s") and not lower.endswith("ss")
    if lower in verbs or not ends_like_noun:
        return True
    return _opens_object(around.following, lexicon)
