"""The times of one article in the order in which they are told: what a later one may be counted from.

"Two days later" counts from the last date named; "a week before the attack" from the attack told before it; and
where the day of writing is not known, the latest date that the text tells of as past bounds it.
"""

import re
from collections.abc import Container, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from dateline.model.article import Article
from dateline.model.span import Span
from dateline.model.values import When
from dateline.resolve.calendar import cut_to, days_of
from dateline.resolve.timefinding import find_times
from dateline.resolve.timeforms import (
    Between,
    CalendarDate,
    Deictic,
    PartOfDay,
    Shift,
    TimeExpression,
    Weekday,
    day_alone,
)
from dateline.resolve.timeplacing import Anchors, anchored_on
from dateline.resolve.times import read_tense, resolve_time
from dateline.resolve.timeweekdays import longer_beside

# Nouns for any violent happening: they mean the last one told, whatever its word was.
_ANY = frozenset({"attack", "attacks", "assault", "assaults", "incident", "incidents"})
# The rule by which `clean` takes out the clock of a page.
PAGE_CLOCK = "page-clock"
# Two words name one happening when they begin with the same letters, endings left out: "bombing" and "bombed",
# "explosion" and "exploded". Five letters tell apart "assault" and "assassination".
_STEM = 5
# What runs on for longer than this is no paragraph of news, and its beginning is not asked.
PARAGRAPH = 2_000
# A month or day that ended at most so long before the publication is the one just past. By hand: two months.
JUST_PAST_DAYS = 62
_ENDING = re.compile(r"(?:ings?|ed|es|s)$")


class Since(NamedTuple):
    """The ISO day on or after which an article was written, and why in words."""

    day: str
    why: str


class _Happening(NamedTuple):
    """A happening told: its trigger in lower case, its day where it is known, and the words of its time."""

    trigger: str
    day: str | None
    time: TimeExpression
    when: When = When()
    recalled: bool = False


class TimesTold:
    """What has been told of times so far in an article; read it from the first mention to the last."""

    def __init__(self, article: Article, since: Since | None = None) -> None:
        """Take the article, and what else tells since when it can have been written."""
        self._article = article
        self._text = article.text
        self._since = since
        self._removed = article.removed
        self._published = article.published
        self._contexts: dict[bool, str] = {}
        self._happenings: list[_Happening] = []

    @cached_property
    def since(self) -> Since | None:
        """Since when an article without a date can have been written; None if nothing tells."""
        if self._published.date is not None:
            return None
        past = latest_past(self._text)
        told = Since(past, f"the text tells of {past} as past") if past is not None else None
        return max(filter(None, (told, self._since)), key=lambda since: since.day, default=None)

    @property
    def not_before(self) -> str | None:
        """The ISO day on or after which an article without a date was written; None if nothing tells."""
        return self.since.day if self.since is not None else None

    @cached_property
    def not_after(self) -> str | None:
        """The ISO day on which the page of an undated article was saved, by the page's own clock; or None."""
        if self._published.date is not None:
            return None
        clocks = (line.text for line in self._removed if line.rule == PAGE_CLOCK)
        days = (resolve_time(one, Anchors()) for text in clocks for one in find_times(text))
        return next((when.start for when in days if when.anchor == "stated" and when.start == when.end), None)

    @property
    def written(self) -> str | None:
        """The publication date, else the day on or after which the article was written, else None."""
        return self._published.date or self.not_before

    def anchors(
        self,
        expression: TimeExpression,
        *,
        near: When | None = None,
        recalled: bool = False,
        ahead: bool = False,
    ) -> Anchors:
        """Return what `expression` may be counted from; `near` is the time that holds in its paragraph.

        `recalled` and `ahead` say that it dates something recalled, or something that is to come. The date of
        something recalled is no anchor of the news.
        """
        event = None
        context = (self._contexts.get(True) if recalled else None) or self._contexts.get(False)
        form = expression.form
        if isinstance(form, Between) and isinstance(end := form.last or form.first, TimeExpression):
            # "by the end of that month"
            form = end.form if isinstance(end.form, Shift) and end.form.direction == 0 else form
        if isinstance(form, PartOfDay):
            # the day of a clock time is that of its own paragraph, not one named long before
            context = near.start if near is not None and near.start == near.end else None
        elif isinstance(form, CalendarDate) and form.of_context:
            context = self._year_before(expression.span.start) or context
        elif (day := day_alone(form)) is not None:
            month = self._month_before(expression.span.start, day, recalled=recalled, ahead=ahead)
            context = month or (None if ahead else self._same_month(context, day))
        elif isinstance(form, Shift) and form.event is not None:
            told = self._told(form.event)
            if told is not None:
                context, event = told.day, form.event
            elif len({one.day for one in self._happenings}) > 1:
                # the happening meant is not among those told: which date it had would be a guess
                context = None
        elif isinstance(form, Shift) and form.direction == 0 and form.unit in ("month", "year"):
            context = self._unit_before(expression.span.start, form.unit) or context
        elif isinstance(form, Shift) and form.base == "context" and form.direction != 0:
            context = self.day_before(expression.span) or context
        saved = f"the page was saved on {self.not_after}" if self.not_after is not None else None
        reasons = (self.since.why if self.since is not None else None, saved)
        return Anchors(
            published=self._published.date,
            published_precision=self._published.precision,
            context=context,
            event=event,
            not_before=self.not_before,
            not_after=self.not_after,
            why=" and ".join(reason for reason in reasons if reason) or None,
        )

    def of_year_before(self, expression: TimeExpression) -> TimeExpression:
        """Return a day or month of background with the year told just before it: "in 2014 ... on 8 June"."""
        form = expression.form
        if not isinstance(form, CalendarDate) or form.month is None or form.year is not None:
            return expression
        if form.year_shift is not None or self._year_before(expression.span.start) is None:
            return expression
        if self._is_just_past(expression) and self._year_before(expression.span.start, sentences=0) is None:
            return expression
        return msgspec.structs.replace(expression, form=msgspec.structs.replace(form, of_context=True))

    def _year_before(self, start: int, *, sentences: int = 1) -> str | None:
        """Return the year that this sentence or those before it named last before `start`, in full."""
        here = self._article.sentence_at(start)
        floor = self._article.sentences[max(0, here - sentences)][0] if here is not None else start
        for named in reversed(find_times(self._article.text, max(floor, start - PARAGRAPH), start)):
            form = named.form
            if isinstance(form, CalendarDate) and form.year is not None and not form.short_year:
                return f"{form.year:04d}"
        return None

    def _is_just_past(self, expression: TimeExpression) -> bool:
        """Tell whether a day or month without a year is the one just past when it was written.

        "In September", told in November, is of this year, whatever year the sentence before recalls.
        """
        when = resolve_time(expression, self._written_on, tense="past")
        known = days_of(self._published.date) if self._published.date else None
        if known is None or when.end is None:
            return False
        return 0 <= (known[0] - date.fromisoformat(when.end)).days <= JUST_PAST_DAYS

    def _month_before(self, start: int, day: int, *, recalled: bool = False, ahead: bool = False) -> str | None:
        """Return the month named last before `start` in the paragraph whose `day` has come when it was written.

        "In March ... on the 24th": of March. What is recalled may go on with the month of a paragraph before;
        of what lies `ahead` the day is yet to come.
        """
        written = self._published.date
        for named in self._named_before(start, across=recalled):
            form = named.form
            month = isinstance(form, CalendarDate) and form.month is not None and not (ahead and form.day)
            if month or (isinstance(form, Deictic) and form.unit == "month"):
                when = resolve_time(named, self._written_on, tense="future" if ahead else "past")
                if when.start is None or when.end is None or when.start[:7] != when.end[:7]:
                    continue
                found = f"{when.start[:7]}-{day:02d}"
                if written is None or (found >= written[:10] if ahead else found <= written[:10]):
                    return when.start[:7]
        return None

    def _unit_before(self, start: int, unit: str) -> str | None:
        """Return the month or year named last before `start` in the paragraph, for "that month"."""
        for named in self._named_before(start):
            when = resolve_time(named, self._written_on, tense="past")
            if when.start is None or when.end is None:
                continue
            cut = 7 if unit == "month" else 4
            if when.start[:cut] == when.end[:cut]:
                return when.start[:cut]
        return None

    def _same_month(self, context: str | None, day: int) -> str | None:
        """Return the date named last where a day of its month follows it and has come when it was written.

        Else "on the 20th" is the last such day: in an article of the 4th the one of the month before.
        """
        written = self._published.date
        if written is None or context is None or self._published.precision in ("month", "year"):
            return context
        follows = len(context) == 10 and context <= f"{context[:8]}{day:02d}" <= written[:10]
        return context if follows else None

    def day_before(self, span: Span, *, floor: int = 0, passed: Container[Span] = ()) -> str | None:
        """Return the day that the paragraph named last before `span`, but not before `floor`.

        It may be that of a saying: "the group said on Thursday that it had struck two days earlier", Tuesday.
        The times in `passed` are no anchors.
        """
        times = list(self._named_before(span.start, floor))
        for named in times:
            if named.span in passed or longer_beside(named, times[::-1], self._text) is not None:
                continue
            when = resolve_time(named, self._base_of(named), tense="past")
            if when.start is not None and when.start == when.end:
                return when.start
        return None

    def _base_of(self, named: TimeExpression) -> Anchors:
        """Return what a time named before is counted from; "the fifth" is of the month named before it."""
        day = day_alone(named.form)
        month = None if day is None else self._month_before(named.span.start, day)
        return msgspec.structs.replace(self._written_on, context=month)

    def days(self) -> Iterator[str]:
        """Yield the days told so far, the last one first."""
        yield from (one.day for one in reversed(self._happenings) if one.day is not None)

    def last(self, *, recalled: bool, passed: Container[Span] = ()) -> When | None:
        """Return the last time of a happening told, `recalled` or of the news, but those in `passed`."""
        fits = (one for one in reversed(self._happenings) if one.time.span not in passed)
        found = (one.when for one in fits if one.recalled == recalled)
        return next((when for when in found if when.start is not None and when.end is not None), None)

    def of_name(self, name: str) -> When | None:
        """Return the time of the last happening told in whose sentence `name` stands, None where none does."""
        for one in reversed(self._happenings):
            number = self._article.sentence_at(one.time.span.start)
            start, end = self._article.sentences[number] if number is not None else (0, 0)
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self._text[start:end]):
                return one.when
        return None

    def _named_before(self, start: int, floor: int = 0, *, across: bool = False) -> Iterator[TimeExpression]:
        """Yield the times named before `start` in the paragraph, or `across` paragraphs, last one first."""
        paragraph = 0 if across else self._text.rfind("\n\n", 0, start) + 1
        # A time in a sentence before that of its mention has nothing named between.
        low = min(start, max(floor, paragraph, start - PARAGRAPH))
        yield from reversed(find_times(self._text, low, start))

    @property
    def _written_on(self) -> Anchors:
        return anchored_on(self._published)

    def based(self, expression: TimeExpression) -> TimeExpression:
        """Return "one night before the attack" with the time of that attack, where it is told without a day."""
        form = expression.form
        if not isinstance(form, Shift) or form.event is None:
            return expression
        told = self._told(form.event)
        if told is None or told.day is not None or not isinstance(told.time.form, Weekday | Deictic):
            return expression
        return msgspec.structs.replace(
            expression, form=msgspec.structs.replace(form, base="time", base_time=told.time)
        )

    def _told(self, noun: str) -> _Happening | None:
        """Return the last happening told that `noun` can mean."""
        for one in reversed(self._happenings):
            if noun in _ANY or any(_stem(word) == _stem(noun) for word in one.trigger.split()):
                return one
        return None

    def note(
        self, trigger: str, time: TimeExpression, when: When, *, recalled: bool = False, aside: bool = False
    ) -> None:
        """Take in the time of something that has happened, in the news or as background that is `recalled`.

        What was itself counted from another date of the text gives a happening its day, but is no date that
        others count from; nor is what is told `aside`, such as a death days after the attack.
        """
        exact = when.start if when.start == when.end else None
        self._happenings.append(_Happening(trigger.lower(), exact, time, when, recalled))
        if aside or when.start is None or (when.anchor or "").startswith("context"):
            return
        if exact is not None:
            self._contexts[recalled] = exact
            return
        unit = cut_to(when.start, when.precision)
        days = days_of(unit)
        if days and (when.start, when.end) == (days[0].isoformat(), days[1].isoformat()):
            self._contexts[recalled] = unit


def _stem(word: str) -> str:
    return _ENDING.sub("", word)[:_STEM]


def latest_past(text: str) -> str | None:
    """Return the latest ISO day that `text` tells of as past by a full date, or None.

    A month or year counts by its first day, "since October 2016" by its beginning. What looks ahead and what no
    verb puts in the past does not count.
    """
    latest: str | None = None
    for expression in find_times(text):
        when = resolve_time(expression, Anchors())
        if when.anchor != "stated" or when.start is None or (latest is not None and when.start <= latest):
            continue
        since = isinstance(expression.form, Between) and expression.form.last is None
        if since or read_tense(text, expression.span) == "past":
            latest = when.start
    return latest
