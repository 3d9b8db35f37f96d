"""What others say of an event once it is told: "The ELN denied involvement", "The army confirmed the strike".

A position stands in the event's own sentence or in one of the two behind it, and belongs to the events of the
nearest sentence before it that tells of any.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.ids import MentionId
from dateline.model.mention import Attribution, Mention, Role
from dateline.model.span import Span
from dateline.model.values import Stance, Status, make_status
from dateline.resolve.sayings import heard_at, segment_at, speaker_before
from dateline.resolve.sayingwords import About, load_saying_words

# Sentences behind an event in which somebody may still take a position to it.
REACH_SENTENCES = 2
# Characters behind a verb in which what it is about is named.
ABOUT_REACH = 40


class Heard(msgspec.Struct, frozen=True):
    """A position as worded: its words, its speaker (None: the outlet itself), its stance and its subject."""

    span: Span
    speaker: Span | None
    stance: Stance
    about: About


def read_positions(
    article: Article, mentions: Sequence[Mention], told_by: Sequence[Attribution] = ()
) -> dict[MentionId, tuple[Heard, ...]]:
    """Return the positions that are taken to each mention that is told as having happened.

    `told_by` are the attributions of the article: they name the speaker of "but denied that ...".
    """
    sources = {one.cue.start: one.source for one in told_by}
    told: dict[int, list[Mention]] = {}
    for mention in mentions:
        if (
            mention.status.reality in ("occurred", "ongoing", "attempted")
            and mention.status.polarity == "affirmed"
        ):
            told.setdefault(mention.sentence, []).append(mention)
    everything: dict[int, list[Mention]] = {}
    for mention in mentions:
        everything.setdefault(mention.sentence, []).append(mention)
    found: dict[MentionId, list[Heard]] = {}
    reached = {number + step for number in told for step in range(REACH_SENTENCES + 1)}
    for number in sorted(reached):
        if number >= len(article.sentences):
            continue
        for heard in _heard_in(article, *article.sentences[number], sources):
            for mention in _meant(told, everything.get(number, ()), number, heard):
                found.setdefault(mention.id, []).append(heard)
    for mention in mentions:
        for later, heard in _denied_before(article, mention, told):
            found.setdefault(later.id, []).append(heard)
    return {key: tuple(heard) for key, heard in found.items()}


_THE = re.compile(r"(?<!\w)(?:the|that|this)\s+\Z", re.IGNORECASE)


def _denied_before(
    article: Article, mention: Mention, told: dict[int, list[Mention]]
) -> Iterator[tuple[Mention, Heard]]:
    """Yield the events of the next sentence that were denied before they are told.

    "The army denied that its jets hit a clinic. Medics said the strike killed nine": one strike.
    """
    if denied_by_source(article, mention) != "event":
        return
    source = heard_at(article, mention.attributions, mention.trigger.start)[-1].source
    start, end = source.start, article.sentences[mention.sentence][1]
    for later in told.get(mention.sentence + 1, ()):
        definite = _THE.search(article.text, max(0, later.trigger.start - 6), later.trigger.start)
        together = "\n\n" not in article.text[end : later.trigger.start]
        if later.type == mention.type and definite is not None and together:
            yield later, Heard(article.span(start, end), source, "denies", "event")


def _heard_in(article: Article, start: int, end: int, sources: Mapping[int, Span]) -> Iterator[Heard]:
    words = load_saying_words()
    for cue in words.stance.finditer(article.text, start, end):
        stance = words.stance_of(cue[0])
        if stance not in ("denies", "confirms", "doubts", "claims"):
            continue
        about = _about(article.text, cue.end(), end)
        if about is None or (stance == "claims" and about != "part"):
            continue
        first, last = segment_at(article.text, start, end, cue.start())
        speaker = speaker_before(article, first, cue.start()) or sources.get(cue.start())
        if speaker is not None and words.nobody.match(speaker.text) is None:
            yield Heard(article.span(max(first, speaker.start), min(last, end)), speaker, stance, about)
    unverified = words.unverified.search(article.text, start, end)
    if unverified is not None:
        yield Heard(article.span(unverified.start(), end), None, "doubts", "event")


def _about(text: str, start: int, end: int) -> About | None:
    """Return what stands right behind a verb of denying or confirming, or None where that is something else."""
    behind = text[start : min(end, start + ABOUT_REACH)]
    stripped = len(behind) - len(behind.lstrip())
    for about, pattern in load_saying_words().about:
        if pattern.match(text, start + stripped, end) is not None:
            return about
    return None


def _meant(
    told: dict[int, list[Mention]], here: Sequence[Mention], number: int, heard: Heard
) -> tuple[Mention, ...]:
    """Return the events that a position in sentence `number` is about: the nearest before it.

    `here` are all mentions of that sentence, also of what is denied.
    """
    own = [mention for mention in told.get(number, ()) if mention.trigger.end <= heard.span.start]
    if own:
        return tuple(own)
    if any(mention.trigger.start >= heard.span.start and _is_told(mention, heard) for mention in here):
        return ()  # "denied involvement in the attack on the market": that attack, not one told before
    for before in range(number - 1, number - 1 - REACH_SENTENCES, -1):
        if before in told:
            return tuple(told[before])
    return ()


# What an event is told with where it is no mere "the attack" that leads back.
_TELLING: tuple[Role, ...] = ("target", "place", "time", "killed", "injured", "captured", "instrument")


_PRONOUNS = frozenset({"it", "them", "him", "her", "they", "he", "she", "this", "that"})


_THAT = re.compile(r"(?<!\w)that(?!\w)", re.IGNORECASE)


def _is_told(mention: Mention, heard: Heard) -> bool:
    """Tell whether an event behind words of denying is told there by more than a pronoun."""
    before = heard.span.text[: max(0, mention.trigger.start - heard.span.start)]
    roles: tuple[Role, ...] = (*_TELLING, "actor") if _THAT.search(before) else _TELLING
    spans = (span for role in roles for span in mention.spans(role))
    return any(span.text.lower() not in _PRONOUNS for span in spans)


def denied_by_source(article: Article, mention: Mention) -> About | None:
    """Return what the innermost speaker of the event denies of it, or None where nothing is denied.

    Somebody who "denied that his men shelled the town" denies the event; who "denied involvement in the
    shelling" only a part in it.
    """
    heard = heard_at(article, mention.attributions, mention.trigger.start)
    words = load_saying_words()
    if not heard or words.stance_of(heard[-1].cue.text) != "denies":
        return None
    cue = heard[-1].cue
    if not cue.end <= mention.trigger.start:
        return None
    return "part" if _about(article.text, cue.end, mention.trigger.start) == "part" else "event"


def with_positions(status: Status, positions: Sequence[Heard], denied: About | None = None) -> Status:
    """Return `status` as the positions leave it; `denied` is what the event's own source denies.

    Denied by somebody: contested. Confirmed: stated, where it was uncertain. Unverified: unconfirmed.
    Figures that are denied leave the event alone, and so does a claim of responsibility.
    """
    contested, certainty = status.contested or denied == "part", status.certainty
    # who denies a part in an attack does not deny that there was one
    polarity = status.polarity if denied is None else "denied" if denied == "event" else "affirmed"
    for heard in positions:
        if heard.about == "figures":
            continue
        if heard.stance == "denies":
            contested = True
        elif heard.stance == "confirms" and heard.about == "event":
            certainty = "stated"
        elif heard.stance == "doubts":
            certainty = "unconfirmed"
    return make_status(status.reality, polarity, certainty, status.currency, contested=contested)
