"""Who speaks where the sentence itself names nobody: in a longer quotation, or behind "he" and "they"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from dateline.model.article import Article
from dateline.model.mention import Attribution
from dateline.model.span import Span
from dateline.resolve.quantities import read_count
from dateline.resolve.sayingwords import load_saying_words

# "He" and "they" look back so many sentences for whoever spoke last. Set by reading.
REACH_SENTENCES = 2
_ONE = frozenset({"he", "she"})
_PRONOUNS = _ONE | {"they", "it"}
# Sources that name no speaker: what a cut leaves of one.
_NOBODY = frozenset({"a", "an", "the", "this", "that", "of", "in", "you"})
_OPENING, _CLOSING = re.compile("[“«]"), re.compile("[”»]")


# A speaker is looked for among so many attributions before: who spoke earlier is named again.
MOST_BACK = 60


def told_before(told: Sequence[Attribution], offset: int) -> Sequence[Attribution]:
    """Return the last of `told`, which stand in the order of their cues, whose cues begin before `offset`."""
    end = bisect_left(told, offset, key=lambda one: one.cue.start)
    return told[max(0, end - MOST_BACK) : end]


def told_between(told: Sequence[Attribution], start: int, end: int) -> Sequence[Attribution]:
    """Return those of `told`, which stand in the order of their cues, whose cues begin in `start:end`."""
    first = bisect_left(told, start, key=lambda one: one.cue.start)
    return told[first : bisect_left(told, end, lo=first, key=lambda one: one.cue.start)]


def _key(attribution: Attribution) -> str:
    return attribution.source.text.strip(" ,.").lower()


def names_nobody(attribution: Attribution) -> bool:
    """Tell whether nobody is named: what a cut leaves of a source, "none of them", or no word of saying."""
    words = load_saying_words()
    key = _key(attribution)
    if attribution.cue.text.lower() in words.no_saying:
        return True
    return key in _NOBODY or words.nobody.match(key) is not None


# What stands between a subject and a word of saying that is said of it: "are still [thought] to".
_PASSIVE = re.compile(
    r"(?:\s+(?:who|which|that))?\s+(?:is|are|was|were|been|being|(?:has|have|had)\s+been)"
    r"(?:\s+(?:\w+ly|still|also|now|then|all|both|long))*\s+\Z"
)


def is_said_of(attribution: Attribution, text: str) -> bool:
    """Tell whether the one named is spoken of or told, and says nothing: "rebels are believed to hold it"."""
    source, cue = attribution.source, attribution.cue
    if source.end > cue.start or cue.text.split()[0].lower() not in load_saying_words().spoken_of:
        return False
    return _PASSIVE.search(text, source.end, cue.start) is not None


def without_own_pronouns(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Leave out sources that are nobody, and pronouns by which a speaker tells of himself.

    In "villagers said they saw trucks" the villagers are the only source.
    """
    kept: list[Attribution] = []
    for one in attributions:
        key = _key(one)
        if names_nobody(one) or (kept and key in _PRONOUNS | {"i", "we"}):
            continue
        kept.append(one)
    return tuple(kept)


def spoken_before(
    article: Article, attribution: Attribution, told: Sequence[Attribution]
) -> Attribution | None:
    """Return the attribution whose speaker "he", "she" or "they" means, or None where nobody spoke.

    That is whoever spoke last in the same paragraph, in this or the sentences just before, if the number fits:
    one person for "he" and "she", several or a body for "they", no person for "it".
    """
    here = article.sentence_at(attribution.source.start)
    if _key(attribution) not in _PRONOUNS or here is None:
        return None
    start = article.sentences[max(0, here - REACH_SENTENCES)][0]
    start = max(start, article.text.rfind("\n\n", 0, attribution.source.start))
    named = [
        one
        for one in told_between(told, start, attribution.cue.start)
        if one.source.end <= attribution.source.start
        and one.cue.end <= attribution.cue.start
        and _key(one) not in _PRONOUNS | _NOBODY
    ]
    return named[-1] if named and agrees(_key(attribution), named[-1].source, article.text) else None


def agrees(pronoun: str, source: Span, text: str) -> bool:
    """Tell whether the number of a source's wording fits a pronoun."""
    count = read_count(source, text, kind="harmed")
    if count is None:
        return True
    return count.high == 1 if pronoun in _ONE else count.high != 1


def speaker_of_quotation(
    article: Article, trigger: Span, told: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """Return the attribution of the quotation that `trigger` stands in, as a tuple of one or none.

    Its speaker is named behind the quotation, in the sentence of its end ("... . ... ,” the mayor said), else
    last before it in the same paragraph.
    """
    text = article.text
    first = text.rfind("\n\n", 0, trigger.start) + 1
    last = text.find("\n\n", trigger.end)
    last = len(text) if last < 0 else last
    end = _quotation_end(text, trigger, last)
    if end is None:
        return ()
    tail = article.sentence_at(end - 1)
    stop = last if tail is None else min(last, max(end, article.sentences[tail][1]))
    behind = told_between(told, end, stop)
    before = told_between(told, first, trigger.start)
    return (behind[0],) if behind else tuple(before[-1:])


def _quotation_end(text: str, trigger: Span, last: int) -> int | None:
    """Return where the quotation around `trigger` ends, in its paragraph."""
    closing = _CLOSING.search(text, trigger.end, last)
    opening = _OPENING.search(text, trigger.end, last)
    if closing is not None and (opening is None or closing.start() < opening.start()):
        return closing.end()
    straight = text.find('"', trigger.end, last)
    return straight + 1 if straight >= 0 else None
