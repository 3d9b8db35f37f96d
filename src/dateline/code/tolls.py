"""How many were killed, injured, captured or driven out: the phrases that count people."""

from collections.abc import Sequence
from typing import cast

import msgspec

from dateline.code.cues import RoleCues
from dateline.code.grammar import object_of, subject_of
from dateline.code.phrases import Parsed, Phrase, base_of, conjuncts, with_of
from dateline.code.tokens import Tag
from dateline.model.mention import Role

_NONE = frozenset[str]()
_VAGUE = frozenset({"another", "several", "many", "some", "dozens", "scores"})
# "Claimed the lives of 12", "12 people lost their lives": these count what follows, or their subject.
_LIVES = frozenset({"lives", "toll", "homes"})
_NO_ONE = frozenset({"nobody", "none"})
# "The toll rose to 17", "the death toll stands at 17": how far the number may stand from its noun.
NUMBER_REACH = 7
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


class TollPhrase(msgspec.Struct, frozen=True):
    """A phrase that counts people, what became of them, and the token of the word that says so."""

    role: Role
    phrase: Phrase
    word: int


def read_tolls(parsed: Parsed, cues: RoleCues) -> tuple[TollPhrase, ...]:
    """Return the toll phrases of a sentence in text order, each phrase once per role.

    A list ("three soldiers and two guards") is one phrase, for its numbers are added; two phrases of one role
    are two statements. What "including" names is part of the number before it and no phrase of its own.
    """
    found: list[TollPhrase] = []
    for position, token in enumerate(parsed.tokens):
        for role, toll in cues.tolls.items():
            length = _length_at(parsed, position, toll.phrases) if token.lower in cues.toll_starts else 0
            if length:
                phrases = _counted_by_phrase(parsed, position, length, cues)
            elif token.lower in toll.verbs and token.tag is Tag.VERB:
                phrases = _counted_by_verb(parsed, position, position + 1, cues)
            elif token.lower in toll.nouns and token.tag is not Tag.VERB:
                phrases = _counted_by_noun(parsed, position)
            else:
                continue
            name = cast("Role", role)
            found.extend(TollPhrase(name, phrase, position) for phrase in phrases)
    return _once(found)


def _length_at(parsed: Parsed, position: int, phrases: tuple[str, ...]) -> int:
    """Return the words of the toll phrase that begins here, 0 for none."""
    for phrase in phrases:
        words = phrase.split()
        if all(parsed.lower(position + step) == word for step, word in enumerate(words)):
            return len(words)
    return 0


def _counted_by_verb(parsed: Parsed, verb: int, end: int, cues: RoleCues) -> tuple[Phrase, ...]:
    """Read "killed 12 people", "12 people were killed", "12 people died", "two soldiers wounded in a raid".

    The words of the verb end at `end` ("shot dead").
    """
    word = parsed.lower(verb)
    auxiliary = any(parsed.lower(verb - step) in _BE for step in (1, 2, 3))
    passive = (auxiliary and not word.endswith("ing")) or parsed.lower(end) == "by"
    follows = () if passive or word in cues.toll_intransitive else object_of(parsed, end, _NONE)
    if follows:
        return _joined(parsed, [phrase for phrase in follows if _is_count(parsed, phrase)], follows)
    beside = parsed.phrase_at(verb - 1) if word.endswith("ing") else None
    subject = subject_of(parsed, verb) if beside is None else base_of(parsed, beside)
    if subject is None:
        return ()
    suffers = passive or word in cues.toll_intransitive or _is_reduced(parsed, subject, verb, end)
    if not suffers and not _has_number(parsed, subject):
        return ()  # "the blast killed": the subject did it
    listed = conjuncts(parsed, subject, forward=False)
    counted = [phrase for phrase in listed if _is_count(parsed, phrase) or _is_person(parsed, phrase, cues)]
    return _joined(parsed, counted, listed)


def _is_reduced(parsed: Parsed, subject: Phrase, verb: int, end: int) -> bool:
    """Tell "a nurse wounded in a raid": a participle right behind its person, with a preposition behind it."""
    participle = parsed.lower(verb).endswith("ed") and parsed.tag(end) is Tag.PREPOSITION
    return participle and subject.last == verb and parsed.lower(subject.first) in ("a", "an", "another")


def _joined(parsed: Parsed, counted: Sequence[Phrase], listed: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Return a list of which every part has a number as one phrase: its numbers are to be added."""
    numbered = all(
        _has_number(parsed, phrase) or parsed.lower(phrase.first) in ("a", "an", "another")
        for phrase in counted
    )
    if len(counted) < 2 or len(counted) != len(listed) or not numbered:
        return tuple(counted)
    return (Phrase(counted[0].first, counted[-1].last, counted[-1].head),)


def _counted_by_noun(parsed: Parsed, position: int) -> tuple[Phrase, ...]:
    """Read "12 dead", "more than ten dead fighters", "the number of dead rose to 12"."""
    phrase = parsed.phrase_at(position)
    vague = phrase is not None and parsed.lower(phrase.first) in _VAGUE
    if phrase is not None and (vague or _has_number(parsed, phrase)):
        return (with_of(parsed, phrase),)
    if parsed.lower(position - 1) in ("of", "the", "for"):
        return _number_after(parsed, position + 1)
    return ()


def _counted_by_phrase(parsed: Parsed, position: int, length: int, cues: RoleCues) -> tuple[Phrase, ...]:
    """Read "death toll rose to 17", "claimed the lives of 12 people", "two men were stabbed to death"."""
    verb = next((at for at in range(position, position + length) if parsed.tag(at) is Tag.VERB), None)
    if verb is not None and parsed.lower(position + length - 1) not in _LIVES:
        return _counted_by_verb(parsed, verb, position + length, cues)
    counted = _number_after(parsed, position + length)
    if counted:
        return counted
    subject = subject_of(parsed, position)
    return () if subject is None or not _is_count(parsed, subject) else (with_of(parsed, subject),)


def _number_after(parsed: Parsed, position: int) -> tuple[Phrase, ...]:
    for cursor in range(position, min(position + NUMBER_REACH, len(parsed.tokens))):
        phrase = parsed.phrase_at(cursor)
        if phrase is not None and phrase.first >= position and _has_number(parsed, phrase):
            return (with_of(parsed, phrase),)
        if parsed.tag(cursor) in (Tag.MARK, Tag.QUOTE):
            return ()
    return ()


def _has_number(parsed: Parsed, phrase: Phrase) -> bool:
    return any(parsed.tag(position) is Tag.NUMBER for position in range(phrase.first, phrase.last))


def _is_count(parsed: Parsed, phrase: Phrase) -> bool:
    """Tell a count ("a soldier", "several civilians", "12", "no one") from a pronoun or a bare noun."""
    if phrase.pronoun:
        return parsed.lower(phrase.first) in _NO_ONE
    if parsed.lower(phrase.head) in parsed.words.time_units:
        return False
    first = parsed.lower(phrase.first)
    return _has_number(parsed, phrase) or parsed.tag(phrase.first) is Tag.DETERMINER or first[-1:] == "s"


def _is_person(parsed: Parsed, phrase: Phrase, cues: RoleCues) -> bool:
    """Tell a bare noun or a name that may be one person ("University professor was killed")."""
    head = parsed.tokens[phrase.head]
    singular = head.tag is Tag.NAME or (head.tag is Tag.NOUN and not head.lower.endswith(("ing", "ion")))
    timed = head.lower in parsed.words.time_units or head.lower in cues.not_actors
    said = any(head.lower in toll.nouns for toll in cues.tolls.values())
    return singular and not said and not phrase.pronoun and not timed and head.lower not in cues.event_heads


def _once(found: list[TollPhrase]) -> tuple[TollPhrase, ...]:
    seen: set[tuple[str, int]] = set()
    kept: list[TollPhrase] = []
    for toll in sorted(found, key=lambda item: (item.phrase.first, item.word)):
        key = (toll.role, toll.phrase.first)
        if key not in seen:
            seen.add(key)
            kept.append(toll)
    return tuple(kept)
