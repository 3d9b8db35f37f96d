"""Who is heard at an event, beyond what its sentence names: sayings in brackets, "the source", who quotes on.

"..., Ruvin said, ..." covers its whole sentence. "The source added" and "the agency said" lead back to a source
told before, and whoever quoted that source then quotes it still.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import Link
from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext
from dateline.resolve.sayings import heard_at, is_quoted, segment_at, speaker_behind, with_quoted
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.speakers import (
    is_said_of,
    names_nobody,
    speaker_of_quotation,
    spoken_before,
    told_before,
    told_between,
)
from dateline.resolve.wording import fold

# Steps from one wording to the one that it leads back to; longer ways are not told in news.
MOST_STEPS = 8
_QUOTES = '”"’“'
_CLOSING = re.compile('[”»"]')


class Speakers(msgspec.Struct, frozen=True):
    """All attributions of an article in the order of their cues, and what names of it are read with.

    `link_of` gives the link of a source as far as its own words tell, read once.
    """

    article: Article
    attributions: tuple[Attribution, ...]
    link_of: Callable[[Attribution], Link]
    context: ActorContext
    catalogue: Catalogue


def read_voices(
    article: Article, mentions: Sequence[Mention], sayings: Sequence[Attribution] = ()
) -> tuple[Attribution, ...]:
    """Return all attributions of an article, those of its mentions and `sayings`, in the order of their cues.

    Where no coder found a speaker, "..., announced the service." is read as well.
    """
    listed = [*sayings, *(one for mention in mentions for one in mention.attributions)]
    found = {
        (one.cue.start, one.source.start): one
        for one in listed
        if not (names_nobody(one) or is_said_of(one, article.text))
    }
    heard = {article.sentence_at(one.cue.start) for one in found.values()}
    for number in sorted({mention.sentence for mention in mentions} - heard):
        for one in _inverted(article, *article.sentences[number]):
            found[one.cue.start, one.source.start] = one
    return tuple(found[key] for key in sorted(found))


def _inverted(article: Article, start: int, end: int) -> Iterator[Attribution]:
    """Yield "..., announced the service in a statement.", whose content is the sentence before it."""
    for cue in load_saying_words().inverted.finditer(article.text, start, end):
        speaker = speaker_behind(article, cue.end(), end)
        if speaker is not None:
            yield Attribution(article.span(*cue.span(1)), speaker, article.span(start, cue.start()))


def heard_by(article: Article, mention: Mention, told: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions that are heard at the trigger of `mention`, outermost first.

    Those that the coder found, without what stands in another paragraph; else one in brackets in the sentence;
    else that of the quotation around the trigger. `told` are those of `read_voices`.
    """
    own = [
        one
        for one in mention.attributions
        if not (names_nobody(one) or is_said_of(one, article.text)) and _reaches(article, one, mention.trigger)
    ]
    heard = heard_at(article, own, mention.trigger.start)
    if not heard:
        heard = _bracketed(article, mention, told)
    if not heard and is_quoted(article, mention.trigger):
        heard = speaker_of_quotation(article, mention.trigger, told)
    return heard


def _reaches(article: Article, attribution: Attribution, trigger: Span) -> bool:
    """Tell whether a saying can reach a trigger: over the end of a paragraph only within one quotation."""
    first, last = sorted((attribution.cue, trigger))
    between = article.text[first.end : last.start]
    if "\n\n" not in between:
        return True
    return is_quoted(article, trigger) and _CLOSING.search(between) is None


def _bracketed(article: Article, mention: Mention, told: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return a saying that stands between commas, at the end or at the head of the trigger's sentence."""
    start, end = article.sentences[mention.sentence]
    first, last = segment_at(article.text, start, end, mention.trigger.start)
    found = [
        one
        for one in told_between(told, first, last)
        if _covers_sentence(article.text, one, start, end)
        and not one.source.overlaps(mention.trigger)
        and not one.cue.overlaps(mention.trigger)
    ]
    return tuple(found[:1])


def _covers_sentence(text: str, one: Attribution, start: int, end: int) -> bool:
    """Tell "..., Ruvin said, ...", "..., the service said." and "According to Ruvin, ..."."""
    low, high = min(one.source.start, one.cue.start), max(one.source.end, one.cue.end)
    before = _DETERMINER.sub("", text[start:low]).rstrip()
    after = text[high:end].lstrip(_QUOTES + " \n")
    if not before:
        return one.cue.text.lower().startswith("according to") and after.startswith(",")
    ends = not after or after[0] in ",.;" or _ASIDE.match(after) is not None
    return ends and before[-1] in "," + _QUOTES


_DETERMINER = re.compile(r"(?<!\w)(?:the|an?|his|her|its|their)\s+\Z", re.IGNORECASE)
_ASIDE = re.compile(r"(?:in\s+an?\s+\w+|on\s+\w+day|by\s+\w+|late\s|early\s|here)[^,]{0,30}[,.]", re.IGNORECASE)


def whom_meant(article: Article, attribution: Attribution, told: Sequence[Attribution]) -> Attribution | None:
    """Return the earlier attribution whose speaker "he", "they" or "the source" means, or None.

    It may itself be another "the source", which leads back further.
    """
    return spoken_before(article, attribution, told) or _described_before(article, attribution, told)


_DEFINITE = re.compile(r"(?<!\w)(?:the|these|those|this)\s+", re.IGNORECASE)


def _is_definite(text: str, source: Span) -> bool:
    """Tell "the source" and "these officials" from "a source"; the article may stand before the span."""
    if _DEFINITE.match(source.text) is not None:
        return True
    lead = _DEFINITE.search(text, max(0, source.start - 6), source.start)
    return lead is not None and lead.end() == source.start


def _described_before(
    article: Article, attribution: Attribution, told: Sequence[Attribution]
) -> Attribution | None:
    """Return the last earlier attribution whose source has the noun of "the source", in the same number."""
    source, text = attribution.source, article.text
    if not _is_definite(text, source) or not _is_plain(source.text):
        return None
    noun = _noun(source.text)
    for one in reversed(told_before(told, attribution.cue.start)):
        if one.source.start < source.start and _is_plain(one.source.text) and _noun(one.source.text) == noun:
            return one
    return None


def _is_plain(text: str) -> bool:
    """Tell a description from a name: nothing behind its first word has a capital."""
    return all(word[:1].islower() for word in text.split()[1:])


def _noun(text: str) -> str:
    """Return the noun of a description: its last word; "the source" is none of "local sources"."""
    words = text.lower().split()
    return words[-1].strip(".,") if words else ""


def same_person(left: str, right: str) -> bool:
    """Tell whether two names can be one person's: both end in one word, and one may be the surname alone."""
    one, two = left.split(), right.split()
    if not one or not two or not (one[-1][:1].isupper() and two[-1][:1].isupper()):
        return False
    return fold(one[-1]) == fold(two[-1]) and (len(one) == 1 or len(two) == 1 or one[-2:] == two[-2:])


def quoted_before(speakers: Speakers, attribution: Attribution, name: str) -> tuple[Attribution, ...]:
    """Return who quoted a speaker when he was heard before, outermost first; `name` is the speaker's."""
    article, told = speakers.article, speakers.attributions
    earlier = attribution
    for _ in range(MOST_STEPS):
        before = whom_meant(article, earlier, told) or _heard_before(speakers, earlier, name)
        if before is None:
            return ()
        outer = _outer(article, before, told)
        if outer:
            return outer
        earlier = before
    return ()


def _heard_before(speakers: Speakers, attribution: Attribution, name: str) -> Attribution | None:
    """Return the last attribution before this one whose speaker bears the name."""
    for one in reversed(told_before(speakers.attributions, attribution.cue.start)):
        if may_be(one.source, name) and same_person(speakers.link_of(one).name, name):
            return one
    return None


def may_be(source: Span, name: str) -> bool:
    """Tell, before a source is read, whether it may be somebody of that name: by the surname, or a pronoun."""
    own, last = source.text.split()[-1:], name.split()[-1:]
    return own == last or source.text.lower() in ("he", "she")


def _outer(article: Article, inner: Attribution, told: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return whose words hold the source of `inner` in its sentence, and whom it told them."""
    number = article.sentence_at(inner.cue.start)
    start = article.sentences[number][0] if number is not None else inner.cue.start
    around = [
        one
        for one in told_between(told, start, inner.cue.start)
        if one.content.start <= inner.source.start < one.content.end
    ]
    found = with_quoted(article, (*around, inner), inner.cue)
    at = next((index for index, one in enumerate(found) if one.source == inner.source), 0)
    return found[:at]
