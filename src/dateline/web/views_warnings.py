"""Warnings as a person reads them: what was warned of, and what came of it, with who says so."""

from collections.abc import Iterable

import msgspec

from dateline.export.meanings import STATE_WORDS
from dateline.export.wording import (
    chain_words,
    counted,
    day_words,
    horizon_words,
    type_label,
    when_words,
    where_words,
)
from dateline.model.event import Said
from dateline.model.ids import ArticleId, EventId
from dateline.model.outcome import Coverage, End, Followed, Outcome
from dateline.model.values import make_status
from dateline.web.event_rows import StatusWords, told_status
from dateline.web.views import published_words

# Sentences that one end shows; the page of its event has all.
SENTENCES = 2


class SaidView(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, who says it and when, and where it stands in its article."""

    words: str
    published: str
    sentence: str
    article: ArticleId
    start: int


class EndView(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a warning's story; `more` counts the sentences that are left out."""

    event: EventId
    label: str
    status: StatusWords
    when: str
    where: str | None
    who: tuple[str, ...]
    said: tuple[SaidView, ...]
    more: int


class OutcomeView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a warning, in words: the state, why, until when it holds, and what was read."""

    state: str
    words: str
    why: str
    given: str
    until: str | None
    afterwards: bool
    read: str | None


class WarningView(msgspec.Struct, frozen=True, kw_only=True):
    """A warning and what came of it, side by side."""

    warning: EndView
    outcome: OutcomeView
    event: EndView | None
    denials: tuple[EndView, ...]


def warning_view(followed: Followed) -> WarningView:
    """Return a warning with its outcome, in words."""
    return WarningView(
        warning=_end(followed.warning),
        outcome=_outcome(followed.outcome),
        event=_end(followed.event) if followed.event else None,
        denials=tuple(_end(each) for each in followed.denials),
    )


def _outcome(outcome: Outcome) -> OutcomeView:
    words = STATE_WORDS[outcome.state]
    return OutcomeView(
        state=outcome.state,
        words=words,
        why=outcome.why.removeprefix(words).lstrip(" :,"),
        given=day_words(outcome.given) if outcome.given else "day unknown",
        until=horizon_words(outcome.horizon) if outcome.horizon else None,
        afterwards=outcome.afterwards,
        read=_read(outcome.coverage) if outcome.coverage else None,
    )


def _read(coverage: Coverage) -> str:
    told = f"{counted(coverage.articles, 'article')} of {counted(coverage.outlets, 'outlet')}"
    near = "" if coverage.near is None else f", {coverage.near:,} of them from near its place"
    return f"{told} were read from its days{near}"


def _end(end: End) -> EndView:
    sentences = {(one.article, one.sentence): one for one in end.said}
    return EndView(
        event=end.id,
        label=type_label(end.type),
        status=told_status(make_status(end.reality, end.polarity)),
        when=when_words(end.when),
        where=where_words(end.where) if end.where else None,
        who=tuple(dict.fromkeys(who.name for who in end.actors)),
        said=tuple(_said(list(sentences.values())[:SENTENCES])),
        more=max(0, len(sentences) - SENTENCES),
    )


def _said(sayings: Iterable[Said]) -> Iterable[SaidView]:
    for one in sayings:
        yield SaidView(
            words=chain_words(one.chain, one.outlet),
            published=published_words(one.published),
            sentence=" ".join(one.sentence.text.split()),
            article=one.article,
            start=one.sentence.start,
        )
