"""Disagreements, warnings and surges as rows of lists: raw values with their words beside them."""

import msgspec

from dateline.export import disputes, followed, surging
from dateline.export.wording import chain_words, type_family, type_label
from dateline.model.dispute import Dispute
from dateline.model.event import Disagreement, Said
from dateline.model.outcome import MIN_SETTLED, End, Followed, HitRate, Horizon
from dateline.model.surge import Surge, Tally
from dateline.model.values import make_status
from dateline.web.event_rows import StatusWords, WhenWords, WhereWords, told_status, told_when, told_where


class VoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who gives an answer when, in words ("Tigris Post, quoting an officer, 22 October 2016")."""

    words: str
    value: str
    outlet: str | None
    source: str | None
    published: str | None
    report: str
    article: str


class SideRow(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, and everyone who gives it or one that agrees with it."""

    value: str
    origins: int
    told: tuple[VoiceRow, ...]


class DisagreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one field of an event that cannot all be right; `weight` (0..1) says how much it matters."""

    event: str
    type: str
    label: str
    family: str
    when: WhenWords
    where: WhereWords | None
    field: str
    question: str
    words: str
    weight: float
    sides: tuple[SideRow, ...]


def disagreement_row(dispute: Dispute) -> DisagreementRow:
    """Return a disagreement in words."""
    found = dispute.disagreement
    return DisagreementRow(
        event=dispute.event,
        type=dispute.type,
        label=type_label(dispute.type),
        family=type_family(dispute.type) or "",
        when=told_when(dispute.when),
        where=told_where(dispute.where),
        field=found.field,
        question=disputes.question(dispute),
        words=found.text,
        weight=found.weight,
        sides=_sides(found),
    )


def _sides(found: Disagreement) -> tuple[SideRow, ...]:
    return tuple(
        SideRow(
            value=side.value,
            origins=side.origins,
            told=tuple(
                VoiceRow(
                    words=disputes.voice(told, side.value),
                    value=told.value,
                    outlet=told.outlet,
                    source=told.source,
                    published=told.published,
                    report=told.report,
                    article=told.article,
                )
                for told in side.told
            ),
        )
        for side in found.sides
    )


class SentenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, who says it ("Tigris Post ← an officer") and where it was printed."""

    words: str
    sentence: str
    outlet: str | None
    published: str | None
    report: str
    article: str


class EndRow(msgspec.Struct, frozen=True, kw_only=True):
    """One end of a warning's story, or an event behind a surge, with its sentences."""

    id: str
    type: str
    label: str
    family: str
    status: StatusWords
    when: WhenWords
    where: WhereWords | None
    who: tuple[str, ...]
    said: tuple[SentenceRow, ...]


class HorizonWords(msgspec.Struct, frozen=True, kw_only=True):
    """Until when a warning may come about; ISO dates, both inclusive."""

    words: str
    start: str
    end: str
    basis: str


class WarningRow(msgspec.Struct, frozen=True, kw_only=True):
    """A warning and what became of it, both ends with their sentences.

    `given` is the day of its first telling; `afterwards`: its own time had passed by then.
    """

    id: str
    given: str | None
    state: str
    state_words: str
    why: str
    afterwards: bool
    differs: tuple[str, ...]
    horizon: HorizonWords | None
    warning: EndRow
    event: EndRow | None
    denials: tuple[EndRow, ...]


def warning_row(each: Followed) -> WarningRow:
    """Return a warning and its outcome in words."""
    outcome = each.outcome
    return WarningRow(
        id=each.warning.id,
        given=outcome.given,
        state=outcome.state,
        state_words=followed.STATE_WORDS[outcome.state],
        why=outcome.why,
        afterwards=outcome.afterwards,
        differs=outcome.differs,
        horizon=_horizon(outcome.horizon) if outcome.horizon else None,
        warning=end_row(each.warning),
        event=end_row(each.event) if each.event else None,
        denials=tuple(map(end_row, each.denials)),
    )


def _horizon(horizon: Horizon) -> HorizonWords:
    return HorizonWords(
        words=followed.horizon_words(horizon), start=horizon.start, end=horizon.end, basis=horizon.basis
    )


def end_row(end: End) -> EndRow:
    """Return one end of a story in words, each sentence once."""
    said = {(one.article, one.sentence): one for one in end.said}
    return EndRow(
        id=end.id,
        type=end.type,
        label=type_label(end.type),
        family=type_family(end.type) or "",
        status=told_status(make_status(end.reality, end.polarity)),
        when=told_when(end.when),
        where=told_where(end.where),
        who=tuple(dict.fromkeys(who.name for who in end.actors)),
        said=tuple(map(_sentence, said.values())),
    )


def _sentence(one: Said) -> SentenceRow:
    return SentenceRow(
        words=chain_words(one.chain, one.outlet),
        sentence=followed.plain(one),
        outlet=one.outlet,
        published=one.published,
        report=one.report,
        article=one.article,
    )


class RateRow(msgspec.Struct, frozen=True, kw_only=True):
    """How many settled warnings of a source or an outlet ended how; `words` is the share as an interval."""

    by: str
    name: str
    settled: int
    came_about: int
    partly: int
    did_not: int
    waiting: int
    low: float | None
    high: float | None
    words: str


def rate_row(rate: HitRate) -> RateRow:
    """Return a hit rate with its share in words."""
    counts = {name: getattr(rate, name) for name in HitRate.__struct_fields__}
    return RateRow(**counts, words=followed.share_words(rate, MIN_SETTLED))


class TallyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A count of the week, what was to be expected of it, and that in words ("usual 2–7")."""

    found: int
    expected: float
    low: int
    high: int
    chance: float
    words: str


class SurgeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place or an actor that stands out; `kind_words` says in what, `value` is for the filter of its level.

    `read` is how much was read of the outlets that tell of it, in their usual weeks.
    """

    kind: str
    kind_words: str
    level: str
    key: str
    name: str
    value: str
    events: TallyRow
    articles: TallyRow
    read: float
    seen: tuple[EndRow, ...]


def surge_row(surge: Surge) -> SurgeRow:
    """Return a surge in words."""
    return SurgeRow(
        kind=surge.kind,
        kind_words=surging.KIND_WORDS[surge.kind],
        level=surge.level,
        key=surge.key,
        name=surging.surge_name(surge),
        value=f'"{surge.key}"' if surge.level == "actor" else surge.key,
        events=_tally(surge.events),
        articles=_tally(surge.articles),
        read=surge.read,
        seen=tuple(map(end_row, surge.seen)),
    )


def _tally(tally: Tally) -> TallyRow:
    return TallyRow(
        found=tally.found,
        expected=tally.expected,
        low=tally.low,
        high=tally.high,
        chance=tally.tail,
        words=surging.tally_words(tally),
    )
