"""Dates whose day and month could be swapped: "12/06/2019" is 12 June or 6 December."""

from datetime import date

from dateline.resolve.calendar import day_or_none
from dateline.resolve.timeforms import CalendarDate
from dateline.resolve.timeplacing import (
    Anchors,
    Placed,
    Tense,
    make_placed,
    publication,
    publication_year,
    whole_year,
)


def place_swapped(form: CalendarDate, anchors: Anchors, tense: Tense) -> Placed:
    """Place such a date where only one order fits what is told; else it has no dates.

    What is told as past does not lie after the publication, and what is to come not before it.
    """
    fitting = _fitting(form, anchors, tense)
    if len(fitting) != 1:
        return Placed(precision="day", assumed="day and month could be swapped")
    side = "after" if tense == "past" else "before"
    note = f"day and month so that it does not lie {side} the publication"
    return make_placed((fitting[0], fitting[0]), "day", "stated", note)


def _fitting(form: CalendarDate, anchors: Anchors, tense: Tense) -> list[date]:
    written, year = publication(anchors), form.year
    if written is None or year is None or form.month is None or form.day is None or tense == "unknown":
        return []
    if form.short_year:
        year = whole_year(year, publication_year(anchors))
    days = (day_or_none(year, form.month, form.day), day_or_none(year, form.day, form.month))
    past = tense == "past"
    return [day for day in days if day and (day <= written[1] if past else day >= written[0])]
