"""Whether the time of a happening makes it news or background."""

import re
from datetime import date
from functools import cache

from dateline.model.values import When
from dateline.resolve.calendar import days_of
from dateline.resolve.timeclauses import load_clause_words
from dateline.resolve.timewords import alternatives

# A happening that ended longer before the publication than this is background. A monthly round-up still
# counts as news; what is older than the month before it does not.
BACKGROUND_DAYS = 45


@cache
def _background() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + alternatives(load_clause_words().background) + r"(?!\w)", re.IGNORECASE)


def is_background(when: When, published: str | None, *, clause: str = "", days: int = BACKGROUND_DAYS) -> bool:
    """Tell whether a time lies too far before the publication to be its news.

    `published` is an ISO date, cut to what is known (or the first day on which it can have been), or None.
    `clause` is the wording around the trigger: where the time has no date, a turn such as "anniversary" tells.
    A time without an end ("since 2014") counts by its start, but a day of an unknown year may lie anywhere
    behind it. Without a publication date only the wording can tell: an open beginning, or such a turn.
    """
    words = (when.text or "").lower()
    since = when.end is None and "since" in words
    known = days_of(published) if published else None
    edge = when.end or when.start
    turned = bool(clause and _background().search(clause))
    if known is None:
        return since or turned
    if edge is None or (when.end is None and when.precision in ("day", "month", "part_of_day")):
        return turned
    # what is dated near the publication is its news, also on an anniversary
    return (known[0] - date.fromisoformat(edge)).days > days
