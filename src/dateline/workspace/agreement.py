"""How well readers agree: Krippendorff's alpha over the matters that several people read.

Nominal alpha (K. Krippendorff, 2011, "Computing Krippendorff's Alpha-Reliability"), as NLTK computes it: 1 is
full agreement, 0 what chance would give. Adjudications are no independent readings and are left out.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from dateline.link.readings import Case, answers_given

Rating = tuple[str, str, str]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one question, of all readers or of one with the others.

    `units` were read by several, `pairs` are the comparisons of two readers in them, `same` those that agree.
    `alpha` is None where it is not defined: without comparisons, and where all say one thing of everything.
    """

    question: str
    reader: str | None
    units: int
    pairs: int
    same: int
    alpha: float | None


def agreement(cases: Iterable[Case]) -> tuple[Agreement, ...]:
    """Return the agreement on each question: first of all readers, then of each of them with the others."""
    found: list[Agreement] = []
    for question, ratings in sorted(answers_given(cases).items()):
        found.append(_of(question, None, ratings))
        for reader in sorted({reader for reader, _, _ in ratings}):
            units = {unit for one, unit, _ in ratings if one == reader}
            found.append(_of(question, reader, [rating for rating in ratings if rating[1] in units]))
    return tuple(found)


def _of(question: str, reader: str | None, ratings: Sequence[Rating]) -> Agreement:
    units: dict[str, list[Rating]] = {}
    for rating in ratings:
        units.setdefault(rating[1], []).append(rating)
    pairs = [
        (a, b)
        for many in units.values()
        for a, b in combinations(many, 2)
        if reader is None or reader in (a[0], b[0])
    ]
    return Agreement(
        question=question,
        reader=reader,
        units=len(units),
        pairs=len(pairs),
        same=sum(a[2] == b[2] for a, b in pairs),
        alpha=alpha(ratings),
    )


def alpha(ratings: Sequence[Rating]) -> float | None:
    """Return nominal alpha of (reader, unit, answer); None where it is not defined."""
    from nltk.metrics.agreement import AnnotationTask

    counts: dict[str, int] = {}
    for _, unit, _ in ratings:
        counts[unit] = counts.get(unit, 0) + 1
    shared = [rating for rating in ratings if counts[rating[1]] > 1]
    if len({answer for _, _, answer in shared}) < 2:
        return None
    return round(float(AnnotationTask(data=shared).alpha()), 6)
