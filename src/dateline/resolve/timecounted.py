"""From which of the days told a step counts: "the next morning" is that after the attack, not after a burial.

A day that the sentence names before the step comes first, then the day of the last violent happening, then
any day of the paragraph. What is told as having occurred cannot lie after the publication: then the next one
counts.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from dateline.model.values import When
from dateline.resolve.timeforms import Shift, TimeExpression
from dateline.resolve.timeplacing import Anchors
from dateline.resolve.times import resolve_time

# What was told only to within so many days still bounds the day after it: "in February ... the following day".
COARSE_DAYS = 31


def counts_days(expression: TimeExpression) -> bool:
    """Tell whether the words count hours, days or weeks from another time of the text, named by no noun."""
    form = expression.form
    if not isinstance(form, Shift) or form.base != "context" or form.event is not None:
        return False
    return form.unit in ("hour", "day") or (form.direction != 0 and form.unit in ("week", "fortnight"))


def first_fitting(
    expression: TimeExpression, anchors: Anchors, bases: Sequence[When], published: str | None
) -> When | None:
    """Return the time counted from the first of `bases` from which it does not lie after the publication.

    None where none of them does; a base of unknown days ends the search, since it is the one that was meant.
    """
    for base in bases:
        when = _counted(expression, anchors, base)
        if when is None or when.start is None:
            return when
        if published is None or when.start <= published:
            return when
    return None


def _counted(expression: TimeExpression, anchors: Anchors, base: When) -> When | None:
    """Count from a base of one day, or from both ends of one of several."""
    if base.start is None or base.end is None:
        return None
    first, last = (
        resolve_time(expression, msgspec.structs.replace(anchors, context=day, event=None), tense="past")
        for day in (base.start, base.end)
    )
    if base.start == base.end:
        return first
    days = (date.fromisoformat(base.end) - date.fromisoformat(base.start)).days
    if days > COARSE_DAYS or first.start is None or last.end is None:
        return None
    return msgspec.structs.replace(first, end=last.end, precision="range")
