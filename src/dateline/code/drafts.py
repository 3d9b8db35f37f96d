"""Mentions in the making: their arguments, and which of them a toll belongs to."""

from collections.abc import Mapping, Sequence

import msgspec

from dateline.code.attribution import Frame
from dateline.code.cues import RoleCues
from dateline.code.phrases import Parsed, Phrase
from dateline.code.tokens import Tag
from dateline.code.tolls import TollPhrase
from dateline.code.triggers import Hit
from dateline.model.article import Article
from dateline.model.mention import Argument, Role
from dateline.model.span import Span
from dateline.model.values import Status
from dateline.ontology import EventType, Trigger

# A toll in a sentence without an event of its own belongs to the event of at most this many sentences before.
TOLL_REACH = 1
# Score of an event that is only implied; below every default weight of the lexicon.
IMPLIED_SCORE = 0.4
# Scores of arguments: found by the grammar of the sentence, by nearness, in a later sentence.
GRAMMAR_SCORE = 0.8
NEAR_SCORE = 0.7
LATER_SCORE = 0.6


class Draft(msgspec.Struct):
    """A mention in the making: its arguments still grow while later sentences are read."""

    parsed: Parsed
    hit: Hit
    status: Status
    arguments: list[Argument]
    frames: tuple[Frame, ...]

    @property
    def happened(self) -> bool:
        """Whether it is told as something that happened."""
        return self.status.reality in ("occurred", "ongoing") and self.status.polarity == "affirmed"


class Tallies(msgspec.Struct, frozen=True):
    """Gives tolls to events, by the word lists and the ontology's types."""

    cues: RoleCues
    types: Mapping[str, EventType]

    def share(
        self, article: Article, parsed: Parsed, tolls: Sequence[TollPhrase], drafts: Sequence[Draft]
    ) -> None:
        """Give each toll to the event that it fits best.

        Events that happened come first, then the types that the toll is at home with, then violent ones,
        then the nearest.
        """
        for toll in tolls:
            able = [draft for draft in drafts if self.fits(toll, draft.hit)]
            if able:
                best = min(able, key=lambda draft: self._rank(toll, draft))
                best.arguments.append(argument(article, parsed, toll.role, toll.phrase, GRAMMAR_SCORE))

    def _rank(self, toll: TollPhrase, draft: Draft) -> tuple[bool, int, bool, int, int]:
        only = self.cues.toll_types.get(toll.role, ())
        home = only.index(draft.hit.trigger.type) if draft.hit.trigger.type in only else 0
        return (
            not draft.happened and toll.word not in range(draft.hit.first, draft.hit.last),
            home,
            not self.types[draft.hit.trigger.type].violent,
            distance(draft.hit, toll.word),
            draft.hit.first,
        )

    def fits(self, toll: TollPhrase, hit: Hit) -> bool:
        """Tell whether a type may carry this kind of toll."""
        only = self.cues.toll_types.get(toll.role)
        return hit.trigger.type in only if only is not None else self.has_victims(hit)

    def has_victims(self, hit: Hit) -> bool:
        """Tell whether the type may have victims."""
        return self.types[hit.trigger.type].victims

    def open_event(self, parsed: Parsed, drafts: Sequence[Draft]) -> Draft | None:
        """Return the event of the sentences just before that a toll told here may belong to."""
        last = drafts[-1] if drafts else None
        if last is None or parsed.index - last.parsed.index > TOLL_REACH or not self.has_victims(last.hit):
            return None
        return last if last.happened else None

    def carry_back(
        self, article: Article, parsed: Parsed, tolls: Sequence[TollPhrase], drafts: Sequence[Draft]
    ) -> tuple[TollPhrase, ...]:
        """Give the tolls of a sentence without an event to the event before it; return the rest."""
        last = self.open_event(parsed, drafts)
        if last is None:
            return tuple(tolls)
        for toll in tolls:
            if self.fits(toll, last.hit):
                last.arguments.append(argument(article, parsed, toll.role, toll.phrase, LATER_SCORE))
        return ()

    def implied(self, parsed: Parsed, tolls: Sequence[TollPhrase]) -> tuple[Hit, ...]:
        """Return the event that a toll without any event implies ("ten bodies lay in the road")."""
        for toll in tolls:
            type_ = self.cues.implied_types.get(toll.role)
            if type_ is not None and parsed.tag(toll.word) is not Tag.VERB:
                word = parsed.lower(toll.word)
                trigger = Trigger(
                    words=(word,),
                    type=type_,
                    pos="noun",
                    tag="NN",
                    tags=("NN",),
                    lemma=word,
                    weight=IMPLIED_SCORE,
                )
                return (Hit(toll.word, toll.word + 1, trigger, "noun"),)
        return ()


def distance(hit: Hit, word: int) -> int:
    """Return the tokens between a trigger and a word; 0 inside it."""
    if hit.first <= word < hit.last:
        return 0
    return word - hit.last + 1 if word >= hit.last else hit.first - word


def span_at(article: Article, parsed: Parsed, first: int, last: int) -> Span:
    """Return the Span of tokens[first:last]."""
    return article.span(parsed.tokens[first].start, parsed.tokens[last - 1].end)


def argument(article: Article, parsed: Parsed, role: Role, phrase: Phrase, score: float) -> Argument:
    """Return the Argument of a phrase."""
    return Argument(role, span_at(article, parsed, phrase.first, phrase.last), score)


def without_repeats(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """Return the arguments, each role and span once, the first kept."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Argument] = []
    for item in arguments:
        key = (item.role, item.span.start, item.span.end)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return tuple(kept)
