"""What a person should look at first: events by what a look would change most, with the reasons in figures.

The value of a look is doubt × weight × news. Doubt: how unsure the record is of the event. Weight: how much
hangs on it. News: how many of its reports nobody has judged yet; at 0 an event leaves the queue. Each is made
of the named parts below, every part in 0..1.
"""

from bisect import insort
from collections.abc import Collection, Iterable
from math import log1p

import msgspec

from dateline.model.event import Event
from dateline.model.ids import ReportId
from dateline.model.values import HowMany
from dateline.model.verdict import Verdict, standing
from dateline.ontology.pairing import load_weights

# How much each doubt counts. An uncertain join comes first, for a wrong one spoils every field of an event; a
# contradiction is mostly between the sources and only shown by a look; a low score is often a bare sentence.
# FLOOR is left for events that the record is sure of, so that great ones are looked at too. Set by reading the
# order of the bundled sample; to be set anew by how many looks lead to a change, once there are logs.
JOIN, DISPUTE, SCORE, FLOOR = 0.4, 0.3, 0.2, 0.1

# How much hangs on an event: one origin and nobody harmed weighs FLAT, the rest is shared alike between origins
# and deaths, which count as their logarithm up to these figures.
FLAT = 0.2
MANY_ORIGINS = 10
MANY_DEATHS = 100

# The worth of events is kept (`store.worth`); raise this with every change of what it is made of.
WORTH_VERSION = 1

# This many disagreements of an event say all that its disputes can say.
MANY_DISPUTES = 3

# Values are rounded to this.
ROUNDED = 1e-6

# Kinds of verdict that look at the whole event; a comment or a correction leaves the rest of it unjudged.
_WHOLE = ("accept", "reject", "merge", "split")


class Part(msgspec.Struct, frozen=True):
    """One named part of the value of a look: how much there is of it (0..1), what it adds, and why in words."""

    name: str
    share: float
    adds: float
    why: str


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """An event with the value of a look at it (0..1) and its parts: doubt, weight and news are multiplied."""

    event: Event
    value: float
    doubt: float
    weight: float
    news: float
    parts: tuple[Part, ...]


def looked_at(verdicts: Iterable[Verdict]) -> frozenset[ReportId]:
    """Return the reports about which a judgement of the whole event stands."""
    return frozenset(
        report
        for verdict in standing(verdicts)
        if verdict.kind in _WHOLE and verdict.role != "second"
        for report in verdict.subject
    )


def rank(
    events: Iterable[tuple[float | None, Event]],
    seen: Collection[ReportId] = frozenset(),
    limit: int | None = None,
) -> tuple[Ranked, ...]:
    """Return the events with reports that are not `seen`, the most valuable look first, ties by id.

    Each comes with its worth (doubt × weight), the greatest first, those of unknown worth (None) before all
    others. With `limit` no more are taken than are needed, and no more than that many are held at once.
    """
    best: list[Ranked] = []
    for worth, event in events:
        if worth is not None and len(best) == limit and worth < best[-1].value - ROUNDED:
            break
        ranked = value_of(event, seen)
        if ranked.news > 0:
            insort(best, ranked, key=_order)
            del best[limit if limit is not None else len(best) :]
    return tuple(best)


def _order(ranked: Ranked) -> tuple[float, str]:
    return -ranked.value, ranked.event.id


def value_of(event: Event, seen: Collection[ReportId] = frozenset()) -> Ranked:
    """Return what a look at `event` is worth, and why."""
    doubts, weights = _doubts(event), _weights(event)
    doubt = FLOOR + sum(part.adds for part in doubts)
    weight = FLAT + sum(part.adds for part in weights)
    new = sum(report not in seen for report in event.reports)
    news = new / len(event.reports)
    return Ranked(
        event=event,
        value=round(doubt * weight * news, 6),
        doubt=doubt,
        weight=weight,
        news=news,
        parts=(
            *doubts,
            *weights,
            Part("unread", news, news, f"{new} of {len(event.reports)} reports not judged"),
        ),
    )


def _doubts(event: Event) -> tuple[Part, ...]:
    scores = [join.score for join in event.joins if [each.name for each in join.features] != ["verdict"]]
    weakest = min(scores, default=1.0)
    join = min(1.0, (1.0 - weakest) / (1.0 - load_weights().join))
    settled = {note.field.partition(":")[0] for note in event.corrected}
    open_ = [
        each
        for each in event.disagreements
        if not settled & {each.field, each.text.split(maxsplit=1)[0].rstrip(":")}
    ]
    dispute = min(1.0, len(open_) / MANY_DISPUTES)
    low = 1.0 - min(1.0, max(0.0, event.score))
    return (
        Part("join", join, JOIN * join, f"weakest join {weakest:.2f}" if scores else "no joins"),
        Part("dispute", dispute, DISPUTE * dispute, _counted(len(open_), "open disagreement")),
        Part("score", low, SCORE * low, f"surest report {event.score:.2f}"),
    )


def _weights(event: Event) -> tuple[Part, ...]:
    share = (1.0 - FLAT) / 2
    origins = _share(event.origins - 1, MANY_ORIGINS - 1)
    deaths = max((_most(count) for count in event.counts if count.kind == "killed"), default=0)
    deadly = _share(deaths, MANY_DEATHS)
    return (
        Part("origins", origins, share * origins, _counted(event.origins, "independent origin")),
        Part("deaths", deadly, share * deadly, f"{deaths} killed"),
    )


def _most(count: HowMany) -> int:
    return max(count.low, count.best or 0, count.high or 0)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _share(number: int, many: int) -> float:
    return min(1.0, log1p(max(0, number)) / log1p(many))
