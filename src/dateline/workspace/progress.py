"""How far a review is: how much was judged, by whom, and at what pace."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from dateline.link.readings import Case, person
from dateline.model.verdict import ANSWERS, Verdict, VerdictRole, standing
from dateline.workspace.agreement import Agreement, agreement

# Who gives no verdict for so long has done something else meanwhile. Ten minutes: a long article with its
# sources is read in less. Each stretch of work begins with the look before its first verdict, taken as half a
# minute.
PAUSE_SECONDS = 600.0
FIRST_LOOK_SECONDS = 30.0


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """What one person did in one role.

    `verdicts` are those that they gave, `standing` those that stand, `taken_back` how often they took one back.
    `first` and `last` are ISO 8601 in UTC. `hours` is the time at work, longer pauses left out, and `per_hour`
    the verdicts in an hour of it; None where one verdict alone tells of no time.
    """

    by: str
    role: VerdictRole
    verdicts: int
    standing: int
    taken_back: int
    first: str
    last: str
    hours: float
    per_hour: float | None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """How far the review is: matters by state, people with their pace, and how well they agree."""

    cases: dict[str, int]
    people: tuple[Pace, ...]
    agreement: tuple[Agreement, ...]


def progress(verdicts: Sequence[Verdict], cases: Sequence[Case]) -> Done:
    """Return how far the review is, by the log of verdicts and the matters that they make."""
    states: dict[str, int] = {}
    for case in cases:
        states[case.state] = states.get(case.state, 0) + 1
    return Done(cases=dict(sorted(states.items())), people=tuple(_paces(verdicts)), agreement=agreement(cases))


def _paces(verdicts: Sequence[Verdict]) -> Iterable[Pace]:
    stands = {each.id for each in standing(verdicts)}
    of: dict[tuple[str, VerdictRole], list[Verdict]] = {}
    for verdict in verdicts:
        of.setdefault((person(verdict.by), verdict.role), []).append(verdict)
    for (_, role), mine in sorted(of.items()):
        given = [each for each in mine if each.kind not in ANSWERS]
        times = sorted(each.at for each in mine)
        hours = _hours([moment for each in mine if (moment := _moment(each.at)) is not None])
        yield Pace(
            by=mine[-1].by,
            role=role,
            verdicts=len(given),
            standing=sum(each.id in stands for each in given),
            taken_back=sum(each.kind == "undo" for each in mine),
            first=times[0],
            last=times[-1],
            hours=round(hours, 4),
            per_hour=round(len(given) / hours, 1) if len(mine) > 1 and hours > 0 else None,
        )


def _moment(at: str) -> float | None:
    try:
        return datetime.fromisoformat(at).timestamp()
    except ValueError:  # a log that was written by hand
        return None


def _hours(moments: Sequence[float]) -> float:
    """Return the time at work in hours: between verdicts, but for pauses, and before the first of a stretch."""
    total, before = 0.0, None
    for moment in sorted(moments):
        gap = FIRST_LOOK_SECONDS if before is None else moment - before
        total += gap if gap < PAUSE_SECONDS else FIRST_LOOK_SECONDS
        before = moment
    return total / 3600.0
