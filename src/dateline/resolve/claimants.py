"""Who gives a figure, and whose people it counts."""

from collections.abc import Sequence

import msgspec

from dateline.model.span import Span
from dateline.model.values import ActorKind, Chain, HowMany, Link
from dateline.resolve.actors import read_actor
from dateline.resolve.countgrammar import read_quantity
from dateline.resolve.ledback import read_told
from dateline.resolve.sayings import segment_at, speaker_before
from dateline.resolve.sayingwords import load_saying_words
from dateline.resolve.sourcekinds import read_speaker
from dateline.resolve.tollwords import load_toll_words
from dateline.resolve.voices import Speakers

# Kinds of actors that have people of their own in a war.
_SIDES: frozenset[ActorKind] = frozenset(
    {"armed_group", "military", "police", "militia", "coalition", "government"}
)


def with_claimants(counts: Sequence[HowMany], chain: Chain, speakers: Speakers) -> tuple[HowMany, ...]:
    """Return `counts` with who gives each: the speaker in its part of the sentence, else the chain's innermost.

    The `side` is added where the counted people are those of an actor.
    """
    return tuple(
        msgspec.structs.replace(count, claimant=_claimant(count, chain, speakers), side=_side(count, speakers))
        for count in counts
    )


def _claimant(count: HowMany, chain: Chain, speakers: Speakers) -> Link | None:
    article = speakers.article
    number = article.sentence_at(count.start)
    fallback = chain[-1] if chain else None
    if number is None:
        return fallback
    start, end = article.sentences[number]
    first, last = segment_at(article.text, start, end, count.start)
    own = [
        one for one in speakers.attributions if first <= one.cue.start < last and not one.source.overlaps(count)
    ]
    covering = [one for one in own if one.content.start <= count.start and count.end <= one.content.end]
    chosen = covering or own
    if chosen:
        nearest = min(chosen, key=lambda one: one.content.end - one.content.start)
        link = read_told(nearest, speakers)
        if any(known.start == link.start for known in chain):
            return chain[-1]  # whom the speaker quotes gives the figure
        return _paraphrased(link)
    return _counting(count, first, last, speakers) or fallback


def _counting(count: HowMany, first: int, last: int, speakers: Speakers) -> Link | None:
    """Return who "put the toll at 17" or "gave the number of dead as 17", or None."""
    text = speakers.article.text
    for verb in load_saying_words().counting.finditer(text, first, min(last, count.start)):
        if load_toll_words().toll.search(text, verb.end(), count.start) is None:
            continue
        speaker = speaker_before(speakers.article, first, verb.start())
        if speaker is not None:
            return _paraphrased(read_speaker(speaker, speakers.article, speakers.context, speakers.catalogue))
    return None


def _paraphrased(link: Link) -> Link:
    return msgspec.structs.replace(link, voice="paraphrased")


def _side(count: HowMany, speakers: Speakers) -> str | None:
    """Return the id of the actor whose people are counted ("12 Iraqi soldiers"), or None."""
    named = any(word[:1].isupper() for word in count.text.split()[1:])
    if count.of == "civilian" or count.best == 0 or not named:
        return None
    article = speakers.article
    quantity = read_quantity(article.text, count.start, count.end)
    start = quantity.end if quantity is not None else count.start
    if start >= count.end:
        return None
    who = read_actor(
        Span(start, count.end, article.text[start : count.end]), article, speakers.context, speakers.catalogue
    )
    return who.id if who.kind in _SIDES else None
