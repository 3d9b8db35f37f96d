"""What is said of a time that has no dates: what it would have to be counted from."""

from calendar import day_name, month_name

from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    Feast,
    Form,
    OtherDate,
    PartOfDay,
    Period,
    Shift,
    Slice,
    Stretch,
    Weekday,
)


def why_open(form: Form) -> str | None:
    """Say in words what a time that could not be placed would need; None for what lies nowhere by nature."""
    if isinstance(form, Weekday):
        return f"{day_name[form.number - 1]} of an unknown week"
    if isinstance(form, CalendarDate):
        return _why_open_date(form)
    if isinstance(form, Feast | OtherDate | Period):
        return "of an unknown year"
    if isinstance(form, Deictic | Stretch) or (isinstance(form, Shift) and form.base == "published"):
        return "counted from the day of writing, which is not known"
    if isinstance(form, Shift) and form.base_time is not None:
        return _why_open_step(form, form.base_time.form)
    if isinstance(form, Shift):
        return f"counted from {f'the {form.event}' if form.event else 'another time'}, whose date is not known"
    if isinstance(form, PartOfDay):
        return "of an unknown day"
    if isinstance(form, Slice):
        return why_open(form.whole.form)
    if isinstance(form, Between):
        ends = (why_open(end.form) for end in (form.first, form.last) if end is not None)
        return "; ".join(dict.fromkeys(note for note in ends if note)) or None
    return None


def _why_open_step(form: Shift, base: Form) -> str | None:
    """Name the weekday of "one night before" a Friday; else say what the base lacks."""
    if isinstance(base, Weekday) and form.unit == "day" and form.low == form.high:
        number = (base.number - 1 + form.low * form.direction) % 7 + 1
        return why_open(Weekday(number=number))
    return why_open(base)


def _why_open_date(form: CalendarDate) -> str:
    if form.month is None:
        return "of an unknown month"
    month = month_name[form.month] if 1 <= form.month <= 12 else f"month {form.month}"
    return f"{form.day} {month} of an unknown year" if form.day else f"{month} of an unknown year"
