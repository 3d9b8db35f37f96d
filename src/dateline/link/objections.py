"""Objections: what somebody whom an article names denies or doubts of an event, beside those who tell it."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.link.claims import said_of, tellers
from dateline.link.independence import Independence
from dateline.link.sides import side_words, told_of
from dateline.link.weights import weigh
from dateline.link.words import outlet_key
from dateline.model.event import Disagreement, Side, Told
from dateline.model.report import Report
from dateline.model.values import Position

# How a stance against an event is called, and how far it stands from what it is against.
STANCES: Mapping[str, tuple[str, float]] = {"denies": ("denied", 1.0), "doubts": ("doubted", 0.5)}

# What a position may be about: the field of an event, and how its disagreement begins.
_ABOUT = {"event": ("status", "status"), "part": ("actors", "part in it"), "figures": ("counts", "figures")}


def with_objections(
    reports: Sequence[Report], found: Disagreement | None, independence: Independence, deaths: int
) -> tuple[Disagreement, ...]:
    """Return the disagreement over an event's status, `found`, and what objections add to it and beside it.

    Who denies the event stands with the reports that deny it, if there are some.
    """
    disputes: list[Disagreement] = [] if found is None else [found]
    for about, (field, head) in _ABOUT.items():
        against = _against(reports, about, independence)
        if not against:
            continue
        joins = about == "event" and found is not None
        sides = list(found.sides) if joins and found else [_as_told(reports, about, independence)]
        for stance, told in against.items():
            sides = _joined(sides, stance, told, independence)
        apart = max(far for word, far in STANCES.values() if word in against)
        weight, parts = weigh(apart, sides, deaths)
        text = f"{head}: {' or '.join(side_words(side) for side in sides)}"
        made = Disagreement(field=field, text=text, weight=weight, parts=parts, sides=tuple(sides))
        if joins:
            disputes[0] = made
        else:
            disputes.append(made)
    return tuple(disputes)


def _against(reports: Sequence[Report], about: str, independence: Independence) -> dict[str, list[Told]]:
    """Return who objects, by the word for their stance."""
    found: dict[str, list[Told]] = {}
    for report in sorted(reports, key=lambda report: report.id):
        for position in report.positions:
            if position.about == about and position.stance in STANCES and not _own_doubt(report, position):
                word = STANCES[position.stance][0]
                said = said_of(report, independence.origin[report.id])
                told = msgspec.structs.replace(told_of(said, word), source=position.who.name)
                found.setdefault(word, []).append(told)
    return {word: list(dict.fromkeys(told)) for word, told in sorted(found.items())}


def _own_doubt(report: Report, position: Position) -> bool:
    """Tell whether it is the outlet itself that could not verify what it tells: that contradicts nobody."""
    outlet = report.article.outlet
    return (
        position.stance == "doubts"
        and outlet is not None
        and outlet_key(position.who.name) == outlet_key(outlet)
    )


def _as_told(reports: Sequence[Report], about: str, independence: Independence) -> Side:
    telling = sorted(tellers(reports)[0], key=lambda report: report.id)
    word = _told_word(telling, about)
    told = tuple(told_of(said_of(report, independence.origin[report.id]), word) for report in telling)
    return Side(value=word, told=told, origins=_count(told, independence))


def _told_word(telling: Sequence[Report], about: str) -> str:
    """Return what is objected to in words: "happened", the actors' names, or that it is as told."""
    if about == "event":
        realities = {report.status.reality for report in telling}
        return "happened" if "occurred" in realities else min(realities)
    names = sorted({who.name for report in telling for who in report.actors})
    return ", ".join(names) if about == "part" and names else "as told"


def _joined(sides: Sequence[Side], word: str, told: Sequence[Told], independence: Independence) -> list[Side]:
    """Return the sides with those who say `word` added to the side of that word, which may be new."""
    if not any(side.value == word for side in sides):
        return [*sides, Side(value=word, told=tuple(told), origins=_count(told, independence))]
    joined: list[Side] = []
    for side in sides:
        everyone = tuple(dict.fromkeys((*side.told, *told))) if side.value == word else side.told
        joined.append(Side(value=side.value, told=everyone, origins=_count(everyone, independence)))
    return joined


def _count(told: Iterable[Told], independence: Independence) -> int:
    return independence.count({one.report for one in told})
