"""When, for the mentions of one article in order: which time is whose, what holds on, when it was said."""

from collections.abc import Container, Sequence
from datetime import date
from typing import Literal

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import Status, When, make_status
from dateline.resolve.timechoice import dates_saying
from dateline.resolve.timecounted import (
    counts_days,
    first_fitting,
    is_told_of_news,
    leads_on,
    moves,
    moves_on,
    one_day,
)
from dateline.resolve.timedeaths import told_aside
from dateline.resolve.timeforms import Between, Shift, Vague, Weekday
from dateline.resolve.timeheads import at_writing, behind_dateline
from dateline.resolve.timelasting import deadline_of, is_to_end, length_of, until_now
from dateline.resolve.timeplacing import Anchors
from dateline.resolve.timeroles import (
    is_told_of_now,
    looks_back,
    marked_time,
    passed_since,
    step_from,
    told_beside,
    turned,
)
from dateline.resolve.times import TimeExpression, choose_time, find_times, is_background, resolve_time
from dateline.resolve.timesaid import dates_attribution, is_purpose
from dateline.resolve.timeshared import shares_time
from dateline.resolve.timestold import Since, TimesTold
from dateline.resolve.timetense import is_of_before
from dateline.resolve.timetickers import Line, ticker_lines
from dateline.resolve.timeweekdays import is_told_weekday, longer_beside, weekday_told
from dateline.resolve.tollwords import load_toll_words

# A place holds on for this many sentences after the one that gives it, inside its paragraph; beyond that
# no reader would take it for granted: over paragraphs it was right 9 times and wrong 7 on the dev worlds.
CARRY_SENTENCES = 2
# The day of the news holds on into the paragraphs after it: of the mentions on the dev worlds that take it from
# at most this many sentences before, 71 are of that day and 8 are not; more sentences add none of either.
CARRY_DAY_SENTENCES = 4
# A plan for a day without a year is seldom told so long before it. Half a year: then the past one is as far.
FAR_AHEAD_DAYS = 183
# Characters before and after a trigger in which a turn such as "anniversary" tells of background.
CURRENCY_REACH = 80
# Characters about a trigger in which "previously" takes it from the day told before. By hand: a clause.
BEFORE_REACH = 40
# Realities of what has not happened when it is told.
AHEAD = ("planned", "threatened", "feared", "demanded", "hypothetical")


class _Told(msgspec.Struct, frozen=True):
    """The time that was given last, to the news or to something recalled, and in which sentence."""

    sentence: int
    when: When
    aside: Literal["death", "find"] | None = None


class Dating:
    """The times of one article, read for its mentions from the first to the last."""

    def __init__(
        self,
        article: Article,
        since: Since | None = None,
        *,
        marked: Sequence[Span] = (),
        violent: Container[str] = (),
    ) -> None:
        """Take the article, since when it can have been written (see `TimesTold`), and the times of the coder.

        `marked` are those that it gave to happenings; `violent` the types in which force is used.
        """
        self.article = article
        self._marked = tuple(marked)
        self.told = TimesTold(article, since)
        self._times: dict[int, tuple[TimeExpression, ...]] = {}
        self._violent = violent
        self._last: dict[bool, _Told] = {}
        self._struck: dict[bool, _Told] = {}
        self._aside: set[Span] = set()
        self._lines = ticker_lines(article)

    def times_in(self, number: int) -> tuple[TimeExpression, ...]:
        """Return the times of a sentence, without the day at the head of a dispatch."""
        if number not in self._times:
            found = find_times(self.article.text, *self.article.sentences[number])
            self._times[number] = behind_dateline(self.article, found) if number == 0 else found
        return self._times[number]

    def when(self, mention: Mention) -> When:
        """Return the time of a mention; call it for each mention once, in their order."""
        found = self._placed(mention)
        return self._with_length(mention, found)

    def _placed(self, mention: Mention) -> When:
        article, trigger = self.article, mention.trigger
        expressions = self.times_in(mention.sentence)
        sentence = article.span(*article.sentences[mention.sentence])
        chosen = self._own(mention)
        step = step_from(expressions, trigger, sentence, article.text)
        if step is not None and chosen in (None, step):
            return self._counted_back(mention, step, sentence)
        chosen = chosen or passed_since(expressions, trigger, sentence, article.text)
        future = mention.status.reality in AHEAD
        if chosen is None:
            chosen = choose_time(expressions, trigger, sentence, article.text)
            if chosen is None or chosen.span.contains(trigger):
                return self._carried(mention)
            if self._is_anothers(mention, chosen.span):
                return When()
            if future and is_purpose(article.text, chosen.span, trigger):
                return When()
        if self._is_of_line(mention, chosen):
            return self._carried(mention)
        return self._resolved(mention, chosen, future=future or is_to_end(mention, chosen))

    def _own(self, mention: Mention) -> TimeExpression | None:
        """Return the time that the coder marked, unless it is that of a saying ("police said on Monday")."""
        spans = mention.spans("time")
        numbers = dict.fromkeys(self.article.sentence_at(span.start) for span in spans)
        found = [each for number in numbers if number is not None for each in self.times_in(number)]
        told = [each for each in found if not dates_saying(each, mention.trigger, self.article.text)]
        return marked_time(told, spans)

    def _is_anothers(self, mention: Mention, time: Span | None, *, exact: bool = False) -> bool:
        """Tell whether the coder gave a time to another happening, with which this one does not share it."""
        own, start = mention.spans("time"), self.article.sentences[mention.sentence][0]
        if time is None or not any(span.overlaps(time) for span in self._marked if span not in own):
            return False
        # of what a sentence recalls by months, one is seldom of the month of the other
        coarse = exact and (last := self._last.get(True)) is not None and last.when.start != last.when.end
        return coarse or not shares_time(self.article.text, time, mention.trigger, start)

    def _counted_back(self, mention: Mention, step: TimeExpression, sentence: Span) -> When:
        """Date what a step counts from: "killed on Sunday, a day after the raid" puts the raid on Saturday.

        Where no day stands beside the step, that of the paragraph counts, or the article's for what is now.
        """
        if mention.status.reality in AHEAD:
            return When()
        published = self.article.published
        beside = told_beside(self.times_in(mention.sentence), step)
        anchors = self.told.anchors(beside or step)
        if beside is None:
            near = self._carried(mention)
            exact = near.start if near.start == near.end else None
            if is_told_of_news(step, self.article.text):
                exact = self.told.day_before(step.span, passed=self._aside) or exact
            if is_told_of_now(step, mention.trigger, sentence, self.article.text):
                exact = published.date if published.precision != "month" else None
            if exact is None or day_of(exact) is None:
                return When()
            anchors = msgspec.structs.replace(anchors, context=exact, event=None)
        when = resolve_time(turned(step, beside), anchors, tense="past")
        # "died on Tuesday, five days after the blast": what follows is told of the blast
        recalled = mention.status.currency == "background"
        last, day = self._last.get(recalled), when.start if when.start == when.end else None
        late = last is not None and last.aside == "death" and last.sentence == mention.sentence
        if late and day is not None and mention.type in self._violent:
            self._struck[recalled] = _Told(mention.sentence, when)
        return when

    def _resolved(self, mention: Mention, chosen: TimeExpression, *, future: bool) -> When:
        recalled = mention.status.currency == "background"
        if recalled:
            chosen = self.told.of_year_before(chosen)
        anchors = self.told.anchors(chosen, near=self._carried(mention), recalled=recalled)
        told = self.told.based(chosen)
        when = resolve_time(told, anchors, tense="future" if future else "past")
        if isinstance(chosen.form, Weekday) and not future:
            when = self._weekday(mention, chosen, when)
        if counts_days(chosen) and not future:
            when = self._counted(mention, chosen, anchors, when)
        if isinstance(chosen.form, Vague) and mention.status.reality == "ongoing":
            return at_writing(chosen, when, anchors)
        if future and (looks_back(chosen) or self._is_day_of_saying(chosen, when)):
            return When()
        if future:
            past = resolve_time(told, anchors, tense="past")
            return past if _is_nearer(past, when, self.article.published.date) else when
        aside = self._told_aside(mention)
        self.told.note(mention.trigger.text, chosen, when, recalled=recalled, aside=aside is not None)
        if aside is not None:
            self._aside.add(chosen.span)
        # "two days after the raid" and the like date their own clause, not what else the paragraph tells, and
        # what has gone on "since 2014" or goes on "currently" gives no date to what happened meanwhile
        shifted = isinstance(chosen.form, Shift) and chosen.form.base != "published"
        lasting = isinstance(chosen.form, Vague) or (
            isinstance(chosen.form, Between) and chosen.form.last is None
        )
        moved = (
            mention.type in self._violent and counts_days(chosen) and not leads_on(chosen, self.article.text)
        )
        moved = moved and (moves_on(chosen, when) or (not self._struck and when.start == when.end))
        if (not shifted and not lasting) or (moved and when.start is not None):
            self._last[recalled] = _Told(mention.sentence, when, aside)
            if mention.type in self._violent and aside is None:
                self._struck[recalled] = self._last[recalled]
        return when

    def _weekday(self, mention: Mention, chosen: TimeExpression, when: When) -> When:
        """Return the day of a weekday: of one told before ("that Friday"), or of the longer time beside it."""
        text, siblings = self.article.text, self.times_in(mention.sentence)
        if is_told_weekday(chosen, text) and (day := weekday_told(chosen, self.told.days())) is not None:
            said = "the last such day told before"
            return msgspec.structs.replace(when, start=day, end=day, anchor=f"context:{day}", assumed=said)
        longer = longer_beside(chosen, siblings, text)
        if longer is None:
            return when
        whole = resolve_time(longer, self.told.anchors(longer), tense="past")
        return when if whole.start is None else msgspec.structs.replace(whole, text=chosen.span.text)

    def _told_aside(self, mention: Mention) -> Literal["death", "find"] | None:
        """Tell a death of wounds, and a find of bodies after a told attack, from the attack itself."""
        kind = told_aside(self.article.text, mention.trigger, *self.article.sentences[mention.sentence])
        return None if kind == "find" and not self._struck else kind

    def _counted(self, mention: Mention, chosen: TimeExpression, anchors: Anchors, when: When) -> When:
        """Count a step from the day that its sentence names, else from that of the last violence told.

        Where every day told would put it after the publication, it has no date.
        """
        named, here = chosen.span, self.article.sentences[mention.sentence][0]
        days = [one_day(self.told.day_before(named, floor=here, passed=self._aside))]
        if mention.type in self._violent:
            recalled = mention.status.currency == "background"
            struck = self._struck.get(recalled) or self._struck.get(not recalled)
            days.append(struck.when if struck is not None else None)
        days.append(one_day(self.told.day_before(named, passed=self._aside)) if moves(chosen) else None)
        days.append(one_day(anchors.context))
        bases = [day for day in days if day is not None]
        found = first_fitting(chosen, anchors, bases, self.article.published.date)
        if found is None and leads_on(chosen, self.article.text):
            return self._carried(mention)
        return found or msgspec.structs.replace(when, start=None, end=None, anchor=None, assumed=None)

    def _is_day_of_saying(self, chosen: TimeExpression, when: When) -> bool:
        """Tell whether the weekday beside a plan is the day of publication: that on which it was announced."""
        return isinstance(chosen.form, Weekday) and when.start == when.end == self.article.published.date

    def _line(self, trigger: Span) -> Line | None:
        """Return the line of a ticker in which a trigger stands, None where the text is no ticker."""
        return next((line for line in self._lines if line.start <= trigger.start < line.end), None)

    def _is_of_line(self, mention: Mention, chosen: TimeExpression) -> bool:
        """Tell whether the time of a mention is the clock of its line, or a "now": it is of the line's day."""
        line = self._line(mention.trigger)
        if line is None or line.when.span is None or mention.status.reality in AHEAD:
            return False
        now = isinstance(chosen.form, Vague) and chosen.form.side == "present"
        return now or line.when.span.overlaps(chosen.span)

    def _of_line(self, mention: Mention, line: Line) -> When:
        """Return the day of a line of a ticker, or that which the line itself has told before the mention."""
        recalled = mention.status.currency == "background"
        told = self._told_last(mention, recalled=recalled)
        if mention.status.reality not in ("occurred", "ongoing", "attempted"):
            return When()
        if told is not None and self.article.sentences[told.sentence][0] >= line.start:
            return msgspec.structs.replace(told.when, basis="inherited")
        if recalled or line.when.span is None:
            return When()
        own = self.article.sentences[mention.sentence][0] <= line.when.span.start
        return msgspec.structs.replace(line.when, basis="stated" if own else "inherited")

    def _carried(self, mention: Mention) -> When:
        """Return the day told last: of the news, or for background the time of what was recalled before."""
        line = self._line(mention.trigger)
        if line is not None:
            return self._of_line(mention, line)
        recalled = mention.status.currency == "background"
        last = self._told_last(mention, recalled=recalled)
        if last is None or not self._day_holds_on(last, mention):
            return When()
        if mention.status.reality not in ("occurred", "ongoing", "attempted"):
            return When()
        if last.sentence == mention.sentence and self._is_anothers(mention, last.when.span, exact=recalled):
            return When()
        if self._is_of_campaign(mention):
            return When()
        # What is told as background is no part of the news whose day was given.
        if recalled and True not in self._last and not is_background(last.when, self.told.written):
            return When()
        return msgspec.structs.replace(last.when, basis="inherited")

    def _told_last(self, mention: Mention, *, recalled: bool) -> "_Told | None":
        """Return the time told last that may hold on: a day recalled does so for what seems to be news, too.

        What is told of an attack is of the day of the attack, not of that on which the shops stayed shut.
        """
        news, before = self._last.get(False), self._last.get(True)
        if mention.type in self._violent and False in self._struck:
            news = self._struck[False]
        elif news is not None and news.aside is not None and self._told_aside(mention) is None:
            news = None
        if before is None or (not recalled and before.when.precision != "day"):
            return news
        return before if recalled or news is None or before.sentence >= news.sentence else news

    def _is_of_campaign(self, mention: Mention) -> bool:
        """Tell what is told of a whole war ("throughout the campaign") and so of no day told before."""
        start, end = self.article.sentences[mention.sentence]
        return load_toll_words().campaign.search(self.article.text, start, end) is not None

    def _day_holds_on(self, last: "_Told", mention: Mention) -> bool:
        if not 0 <= mention.sentence - last.sentence <= CARRY_DAY_SENTENCES:
            return False
        first, end = self.article.sentences[mention.sentence]
        near = max(first, mention.trigger.start - BEFORE_REACH), min(end, mention.trigger.end + BEFORE_REACH)
        if is_of_before(self.article.text, *near):
            return False
        # What an article recalls in one paragraph dates nothing in the next.
        recalled = last is self._last.get(True) or is_background(last.when, self.told.written)
        return not recalled or holds_on(self.article, last.sentence, mention.sentence)

    def _with_length(self, mention: Mention, when: When) -> When:
        """Add how long it lasted, or within which time it is to be."""
        text = self.article.text
        expressions = self.times_in(mention.sentence)
        if mention.status.reality in AHEAD:
            order = self._order(mention) if when.start is None else None
            return deadline_of(expressions, mention.trigger, text, order=order) or when
        length = length_of(expressions, mention.trigger, text)
        if length is None:
            return when
        if when.text is None:
            when = until_now(length, text, self.told.anchors(length)) or when
        return msgspec.structs.replace(when, lasts=length.span.text)

    def _order(self, mention: Mention) -> When | None:
        """Return the day on which the sentence says that something was demanded, where it is one day."""
        sentence = self.article.span(*self.article.sentences[mention.sentence])
        chosen = choose_time(self.times_in(mention.sentence), mention.trigger, sentence, self.article.text)
        if chosen is None:
            return None
        when = resolve_time(chosen, self.told.anchors(chosen), tense="past")
        return when if when.start is not None and when.start == when.end else None

    def said(self, attribution: Attribution) -> When | None:
        """Return when something was said, where a time stands beside the words of saying, else None."""
        number = self.article.sentence_at(attribution.cue.start)
        if number is None:
            return None
        start = self.article.sentences[number][0]
        for expression in self.times_in(number):
            if expression.places and dates_attribution(expression.span, attribution, self.article.text, start):
                when = resolve_time(expression, self.told.anchors(expression), tense="past")
                return when if when.start is not None or when.precision not in _NO_DAY else None
        return None

    def with_currency(self, mention: Mention, when: When) -> Status:
        """Return the status of a mention, background where it happened long before the dispatch."""
        status, trigger, text = mention.status, mention.trigger, self.article.text
        start, end = self.article.sentences[mention.sentence]
        near = text[max(start, trigger.start - CURRENCY_REACH) : min(end, trigger.end + CURRENCY_REACH)]
        if status.currency == "background" or not is_background(when, self.told.written, clause=near):
            return status
        return make_status(
            status.reality, status.polarity, status.certainty, "background", contested=status.contested
        )


_NO_DAY = ("part_of_day", "unknown")


def _is_nearer(past: When, future: When, published: str | None) -> bool:
    """Tell whether a day without a year was far nearer to the publication than it will be.

    What was planned for 15 February is told on the 20th of a plan that has passed, not of one for next year.
    """
    written, before, ahead = day_of(published), day_of(past.end), day_of(future.start)
    if written is None or before is None or ahead is None or ahead <= written or before > written:
        return False
    return (ahead - written).days > FAR_AHEAD_DAYS >= (written - before).days


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO date, None where it names no day."""
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def holds_on(article: Article, given: int, sentence: int) -> bool:
    """Tell whether what sentence `given` says of time or place still holds in `sentence`."""
    if not 0 <= sentence - given <= CARRY_SENTENCES:
        return False
    return "\n\n" not in article.text[article.sentences[given][0] : article.sentences[sentence][0]]
