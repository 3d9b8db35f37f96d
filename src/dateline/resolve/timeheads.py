"""The day at the head of a dispatch, which dates only that, and the day of writing, on which things go on."""

import re
from collections.abc import Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.values import When
from dateline.resolve.timeforms import TimeExpression, Vague
from dateline.resolve.timeplacing import Anchors, from_published, publication_day

# How far behind its place the dash of a dateline may stand: an outlet and a date fit between them.
DATELINE_REACH = 60
_DATELINE_DASH = re.compile(r"\s[-–—]{1,3}\s")


def behind_dateline(article: Article, expressions: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """Leave out the day at the head of a dispatch ("GAO, Jan. 25 -- ..."), which dates only the dispatch."""
    head = article.dateline
    if head is None or head.place is None:
        return tuple(expressions)
    dash = _DATELINE_DASH.search(article.text, head.place.end, head.place.end + DATELINE_REACH)
    end = dash.end() if dash else head.place.end
    return tuple(expression for expression in expressions if expression.span.start >= end)


def at_writing(chosen: TimeExpression, when: When, anchors: Anchors) -> When:
    """Return the day of publication for what goes on "currently", and says so; else the time as it is."""
    day = publication_day(anchors)
    if day is None or not is_now(chosen):
        return when
    return msgspec.structs.replace(
        when,
        start=day.isoformat(),
        end=day.isoformat(),
        precision="day",
        anchor=from_published(anchors),
        assumed="the day of writing, on which it goes on",
    )


def is_now(chosen: TimeExpression) -> bool:
    """Tell whether a time is a bare "now", which says how things stand and not when they came to be so."""
    return isinstance(chosen.form, Vague) and chosen.form.side == "present"
