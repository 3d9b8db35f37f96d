"""Where a sentence holds a trigger of the ontology's lexicon, and how it is used there."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from dateline.code.cues import RoleCues
from dateline.code.phrases import Parsed
from dateline.code.tokens import Tag
from dateline.ontology import Ontology, Trigger, words_of

Use = Literal["active", "passive", "infinitive", "gerund", "noun"]
# How far before a participle its "was"/"been" may stand, over adverbs.
AUXILIARY_REACH = 3
# How far before a coordinated infinitive the "to" of the first one may stand.
COORDINATION_REACH = 25
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "'s", "'re"})
_HAVE = frozenset({"has", "have", "had", "having", "'ve"})


class Hit(msgspec.Struct, frozen=True):
    """A trigger found: tokens[first:last], its lexicon entry and its use.

    `verb` is the index of the token that acts as the verb; for nouns it equals `first`.
    """

    first: int
    last: int
    trigger: Trigger
    use: Use


def find_triggers(parsed: Parsed, text: str, ontology: Ontology, cues: RoleCues) -> tuple[Hit, ...]:
    """Return the triggers of the sentence, left to right and not overlapping; `text` is the article's."""
    found = words_of(text[parsed.start : parsed.end])
    starts = [token.start for token in parsed.tokens]
    hits: list[Hit] = []
    for match in ontology.scan([word for word, _, _ in found]):
        first = bisect_right(starts, parsed.start + found[match.start][1]) - 1
        last = bisect_right(starts, parsed.start + found[match.end - 1][1])
        hit = _first_use(parsed, first, last, match.triggers, cues)
        if hit is not None and (not hits or hit.first >= hits[-1].last):
            hits.append(hit)
    return tuple(hits)


def _first_use(
    parsed: Parsed, first: int, last: int, triggers: Sequence[Trigger], cues: RoleCues
) -> Hit | None:
    for trigger in triggers:
        wide = _with_event_heads(parsed, last, cues) if trigger.pos == "noun" else last
        use = _use_of(parsed, first, wide, trigger, cues)
        if use is not None:
            return Hit(first, wide, trigger, use)
    return None


def _with_event_heads(parsed: Parsed, last: int, cues: RoleCues) -> int:
    """Take in the generic nouns that follow: "car bomb" becomes "car bomb attack"."""
    phrase = parsed.phrase_at(last - 1)
    while phrase is not None and last < phrase.last and parsed.lower(last) in cues.event_heads:
        last += 1
    return last


def _use_of(parsed: Parsed, first: int, last: int, trigger: Trigger, cues: RoleCues) -> Use | None:
    """Return how the words are used here, or None where they are not what the trigger means."""
    tag = parsed.tag(first)
    if trigger.pos == "phrase":
        return "noun" if tag in (Tag.NOUN, Tag.NAME, Tag.DETERMINER, Tag.NUMBER) else "active"
    if trigger.pos == "noun":
        return _noun_use(parsed, first, last)
    if tag is not Tag.VERB:
        return None
    use = _verb_use(parsed, first, trigger)
    if (
        use == "active"
        and last == first + 1
        and parsed.lower(first) in cues.counted_passives
        and _lacks_object(parsed, last)
    ):
        return "passive"
    return use


def _lacks_object(parsed: Parsed, after: int) -> bool:
    """Tell "30 wounded in a market" from "wounded 30": behind the former no phrase follows."""
    return parsed.phrase_at(after) is None and parsed.tag(after) is not Tag.ADVERB


def _noun_use(parsed: Parsed, first: int, last: int) -> Use | None:
    if parsed.tag(last - 1) not in (Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.VERB):
        return None
    if parsed.tag(first) is Tag.VERB and first == last - 1:
        return None
    phrase = parsed.phrase_at(last - 1)
    # "attack helicopters", "Raid Street": the trigger only modifies another noun.
    if phrase is not None and phrase.head > last - 1 and not _is_event_compound(parsed, last, phrase.head):
        return None
    return "noun"


def _is_event_compound(parsed: Parsed, following: int, head: int) -> bool:
    """Tell whether the words after the trigger are only a possessive or a parenthesis."""
    return any(
        parsed.tag(position) in (Tag.POSSESSIVE, Tag.OPEN)
        for position in range(following, min(head, following + 2))
    )


def _verb_use(parsed: Parsed, first: int, trigger: Trigger) -> Use | None:
    before = list(_words_before(parsed, first, AUXILIARY_REACH))
    if _governed(parsed, first, Tag.TO):
        return "infinitive"
    if trigger.tag == "VB" and _governed(parsed, first, Tag.MODAL):
        return "active"
    if trigger.tag == "VB" and _coordinated(parsed, first):
        return "infinitive"
    if "VBG" in trigger.tags:
        return "gerund"
    if "VBN" in trigger.tags and any(word in _BE for word in before):
        return "passive"
    if any(word in _HAVE for word in before) or "VBD" not in trigger.tags:
        return "active"
    return _participle_use(parsed, first, trigger)


def _coordinated(parsed: Parsed, first: int) -> bool:
    """Tell an infinitive without its own "to" ("to dry up the sources and pursue the remnants")."""
    if parsed.tag(first - 1) not in (Tag.CONJUNCTION, Tag.COMMA):
        return False
    for position in range(first - 2, max(first - COORDINATION_REACH, -1), -1):
        if parsed.tag(position) is Tag.TO:
            return parsed.tag(position + 1) is Tag.VERB
        if parsed.tag(position) in (Tag.MARK, Tag.MODAL, Tag.RELATIVE):
            return False
    return False


def _participle_use(parsed: Parsed, first: int, trigger: Trigger) -> Use | None:
    """Tell "gunmen ambushed a convoy" from "a convoy ambushed by gunmen" and from "the ambushed convoy"."""
    follows = parsed.lower(first + len(trigger.words))
    if follows == "by":
        return "passive"
    previous = parsed.tag(first - 1) if first else None
    modifies = parsed.tag(first + 1) in (Tag.NOUN, Tag.NAME)
    if modifies and previous in (Tag.DETERMINER, Tag.NUMBER, Tag.PREPOSITION):
        return None
    if "VBN" in trigger.tags and previous in (None, Tag.PREPOSITION):
        return None
    return "active"


def _words_before(parsed: Parsed, first: int, reach: int) -> Iterator[str]:
    """Yield up to `reach` words before `first`, nearest first, stopping at the phrase before the verb."""
    for position in range(first - 1, max(first - 1 - reach, -1), -1):
        border = parsed.phrase_of[position] >= 0 or parsed.tag(position) in (Tag.COMMA, Tag.QUOTE, Tag.MARK)
        if border and parsed.lower(position) not in ("not", "n't", "no"):
            return
        yield parsed.lower(position)


def _governed(parsed: Parsed, first: int, tag: Tag) -> bool:
    """Tell whether a "to" or a modal stands before the verb, over adverbs and auxiliaries."""
    for position in range(first - 1, max(first - 1 - AUXILIARY_REACH, -1), -1):
        if parsed.tag(position) is tag:
            return True
        if parsed.tag(position) not in (Tag.ADVERB, Tag.AUXILIARY):
            return False
    return False
