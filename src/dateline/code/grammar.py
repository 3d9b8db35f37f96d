"""Subjects, objects and agents of a verb, found by stepping over what can stand between."""

from dateline.code.phrases import Parsed, Phrase, base_of, before_parenthesis, conjuncts
from dateline.code.tokens import Tag

# Steps to the left in search of a subject; a sentence of news rarely parts them by more.
MAX_STEPS = 40
# Tokens in which an apposition, an earlier verb or an agent is looked for.
REACH = 60
# Tokens behind an object in which the "to" of its infinitive stands ("gave the elders 48 hours to leave").
CONTROL_REACH = 4
# A phrase behind one of these is the subject of a verb right after it ("after militiamen killed ...").
_SUBORDINATORS = frozenset({"after", "before", "since", "until", "till", "because", "as", "than", "once"})
_WHO = frozenset({"who", "whom", "which", "that", "whose"})

_VERB_GROUP = frozenset({Tag.AUXILIARY, Tag.MODAL, Tag.ADVERB, Tag.TO, Tag.VERB, Tag.TIME})


def subject_of(parsed: Parsed, verb: int) -> Phrase | None:
    """Return the phrase that is the subject of the verb at `verb`, or None.

    Steps over the verb group, prepositional phrases, appositions, governing verbs ("seeks to storm") and,
    from a coordinated verb, to the subject of the first one.
    """
    cursor, crossed_verb = _start(parsed, verb)
    crossed_phrase = False
    for _ in range(MAX_STEPS):
        if cursor is None or cursor < 0:
            return None
        tag = parsed.tag(cursor)
        phrase = parsed.phrase_at(cursor)
        if phrase is not None:
            clause = parsed.lower(phrase.first - 1) in _SUBORDINATORS and not (crossed_phrase or crossed_verb)
            cursor = None if clause else _past_phrase(parsed, phrase, crossed_verb=crossed_verb)
            if cursor is None and _is_time(parsed, phrase):
                cursor = phrase.first - 1
            if cursor is None:
                return base_of(parsed, phrase)
            crossed_phrase = True
            continue
        if tag is Tag.RELATIVE:
            return _antecedent(parsed, cursor) if parsed.lower(cursor) in _WHO else None
        crossed_verb = crossed_verb or tag in (Tag.VERB, Tag.TO, Tag.CONJUNCTION)
        cursor = _past_word(parsed, cursor, tag, crossed_verb=crossed_verb)
    return None


def _start(parsed: Parsed, verb: int) -> tuple[int | None, bool]:
    """Return where to look first, and whether the verb only adds to another one.

    "Set up a base for shelling the town", "hanged him after having caught him", "left, killing two": such a
    verb has the subject of the verb before it.
    """
    cursor = verb - 1
    while parsed.tag(cursor) in (Tag.ADVERB, Tag.AUXILIARY):
        cursor -= 1
    if parsed.tag(cursor) is Tag.PREPOSITION and (cursor == verb - 1 or parsed.lower(verb - 1) == "having"):
        return cursor - 1, True
    adjunct = parsed.tag(cursor) is Tag.COMMA and parsed.lower(verb).endswith("ing")
    return (cursor, True) if adjunct else (verb - 1, False)


def _is_time(parsed: Parsed, phrase: Phrase) -> bool:
    """Tell a measure of time, which is no subject ("gave them 48 hours to leave")."""
    return parsed.lower(phrase.head) in parsed.words.time_units


def _past_word(parsed: Parsed, cursor: int, tag: Tag | None, *, crossed_verb: bool) -> int | None:
    """Return where to go on from a word outside any phrase, or None where the clause ends."""
    if tag in _VERB_GROUP or tag is Tag.PREPOSITION or (tag is Tag.COMMA and crossed_verb):
        return cursor - 1
    if tag is Tag.COMMA:
        return _before_apposition(parsed, cursor)
    if tag is Tag.CONJUNCTION:
        return _earlier_verb(parsed, cursor)
    before = before_parenthesis(parsed, cursor)
    return before if before < cursor else None


def _past_phrase(parsed: Parsed, phrase: Phrase, *, crossed_verb: bool) -> int | None:
    """Return where to go on when the phrase cannot be the subject, else None."""
    before = parsed.tag(phrase.first - 1)
    if crossed_verb and not _is_followed_by_verb(parsed, phrase):
        listed = _conjunct_before(parsed, phrase)  # the object before is a list: "killed A and B, forcing ..."
        if listed is not None:
            return _past_phrase(parsed, listed, crossed_verb=True)
    if parsed.lower(phrase.first - 1) == "of":
        base = base_of(parsed, phrase)
        return _past_phrase(parsed, base, crossed_verb=crossed_verb) if base.first < phrase.first else None
    if parsed.lower(phrase.first - 1) == "by" and crossed_verb:
        return None  # "a plot by the group to storm the town"
    if before in (Tag.PREPOSITION, Tag.TO):
        return phrase.first - 2
    if before is Tag.VERB and crossed_verb and not _is_followed_by_verb(parsed, phrase):
        ahead = range(phrase.last, phrase.last + CONTROL_REACH)
        infinitive = any(parsed.tag(at) is Tag.TO for at in ahead)
        controls = infinitive and parsed.lower(phrase.first - 1) in parsed.words.object_control
        return None if controls else phrase.first - 1
    return None


def _conjunct_before(parsed: Parsed, phrase: Phrase) -> Phrase | None:
    """Return the phrase that "and" or "or" joins to this one from the left."""
    other = parsed.phrase_at(phrase.first - 2)
    joined = parsed.lower(phrase.first - 1) in ("and", "or") and other is not None
    return other if joined and other is not None and other.last == phrase.first - 1 else None


def _is_followed_by_verb(parsed: Parsed, phrase: Phrase) -> bool:
    """Tell whether a finite verb stands right behind the phrase, which makes it that verb's subject."""
    cursor = phrase.last
    while parsed.tag(cursor) is Tag.ADVERB:
        cursor += 1
    finite = parsed.tag(cursor) is Tag.VERB and not parsed.lower(cursor).endswith("ing")
    return finite or parsed.tag(cursor) in (Tag.AUXILIARY, Tag.MODAL)


def _antecedent(parsed: Parsed, relative: int) -> Phrase | None:
    cursor = relative - 1
    while cursor >= 0 and parsed.tag(cursor) in (Tag.COMMA, Tag.PREPOSITION, Tag.QUOTE):
        cursor -= 1
    phrase = parsed.phrase_at(cursor)
    if phrase is None:
        return None
    head = parsed.tokens[phrase.head]
    plural = head.tag is Tag.NOUN and head.lower.endswith(("s", "men", "people"))
    return phrase if plural else base_of(parsed, phrase)  # "the loyalty of villagers who ..."


def _before_apposition(parsed: Parsed, comma: int) -> int | None:
    """Return the last token before the comma that opens what this comma closes."""
    for cursor in range(comma - 1, max(comma - REACH, -1), -1):
        if parsed.tag(cursor) in (Tag.MARK, Tag.QUOTE):
            return None
        if parsed.tag(cursor) is Tag.COMMA:
            if cursor > 0 and parsed.phrase_at(cursor - 1) is not None:
                return cursor - 1
            break
    phrase = parsed.phrase_at(comma - 1)
    return comma - 1 if phrase is not None and phrase.first == 0 else None


def _earlier_verb(parsed: Parsed, conjunction: int) -> int | None:
    """Return the token before the nearest verb to the left: its subject is shared."""
    for cursor in range(conjunction - 1, max(conjunction - REACH, -1), -1):
        if parsed.tag(cursor) is Tag.VERB:
            return cursor - 1
        if parsed.tag(cursor) in (Tag.MARK, Tag.QUOTE):
            return None
    return None


def object_of(parsed: Parsed, after: int, prepositions: frozenset[str]) -> tuple[Phrase, ...]:
    """Return the phrases that the verb ending at `after` acts on, directly or through a preposition."""
    cursor = after
    while _may_part(parsed, cursor):
        cursor += 1
    phrase = parsed.phrase_at(cursor)
    if phrase is None and parsed.lower(cursor) in prepositions:
        cursor += 1
        phrase = parsed.phrase_at(cursor)
    if phrase is None or phrase.first != cursor:
        return ()
    return conjuncts(parsed, phrase, forward=True)


def _may_part(parsed: Parsed, cursor: int) -> bool:
    """Tell whether a word may stand between a verb and its object."""
    word = parsed.lower(cursor)
    if word in ("up", "down", "out", "back", "off"):
        return True
    return parsed.tag(cursor) is Tag.ADVERB and (word.endswith("ly") or word in ("also", "again"))


def agents_after(parsed: Parsed, after: int) -> tuple[Phrase, ...]:
    """Return the phrases of the first "by ..." behind `after` in the same clause."""
    for cursor in range(after, min(after + REACH, len(parsed.tokens))):
        tag = parsed.tag(cursor)
        if parsed.lower(cursor) == "by":
            phrase = parsed.phrase_at(cursor + 1)
            if phrase is not None and phrase.first == cursor + 1:
                return conjuncts(parsed, phrase, forward=True)
            return ()
        if tag in (Tag.VERB, Tag.RELATIVE, Tag.MARK, Tag.COMMA, Tag.QUOTE, Tag.CONJUNCTION):
            return ()
    return ()


def after_preposition(parsed: Parsed, after: int, prepositions: frozenset[str]) -> tuple[Phrase, ...]:
    """Return the phrases behind the first of `prepositions` that follows `after` before the next verb."""
    for cursor in range(after, min(after + REACH, len(parsed.tokens))):
        tag = parsed.tag(cursor)
        phrase = parsed.phrase_at(cursor + 1)
        if parsed.lower(cursor) in prepositions and phrase is not None and phrase.first == cursor + 1:
            return conjuncts(parsed, phrase, forward=True)
        if tag in (Tag.RELATIVE, Tag.MARK, Tag.QUOTE, Tag.COMMA, Tag.MODAL, Tag.AUXILIARY):
            return ()
        if tag is Tag.VERB and parsed.lower(cursor) not in prepositions:
            return ()
    return ()
