"""When, for the mentions of one article in order: which time is whose, what holds on, when it was said."""

from collections.abc import Container, Sequence

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import Status, When, make_status
from dateline.resolve.calendar import day_of
from dateline.resolve.timechoice import dates_saying
from dateline.resolve.timecounted import (
    around,
    counts_days,
    first_fitting,
    is_told_of_news,
    leads_on,
    moves,
    one_day,
    since_bound,
)
from dateline.resolve.timeforms import Vague, Weekday, day_alone
from dateline.resolve.timeheads import at_writing, behind_dateline, is_now
from dateline.resolve.timeheld import Held, Told
from dateline.resolve.timelasting import (
    as_end,
    deadline_of,
    is_to_end,
    is_until,
    length_of,
    until_now,
    when_it_began,
)
from dateline.resolve.timeplacing import Anchors, Tense
from dateline.resolve.timeplans import bearing, has_year, is_nearer
from dateline.resolve.timeroles import (
    based_on,
    counted_from_now,
    is_told_of_now,
    looks_back,
    marked_time,
    passed_since,
    step_from,
    told_beside,
    turned,
)
from dateline.resolve.times import TimeExpression, choose_time, find_times, is_background, resolve_time
from dateline.resolve.timesaid import dates_attribution, is_occasion, is_of_plan, is_purpose
from dateline.resolve.timestold import Since, TimesTold
from dateline.resolve.timetickers import is_clock_of, line_of
from dateline.resolve.timeweekdays import (
    is_before_told,
    is_definite,
    is_told_weekday,
    is_within,
    longer_beside,
    weekday_after_told,
    weekday_before_told,
    weekday_told,
)

# Characters before and after a trigger in which a turn such as "anniversary" tells of background.
CURRENCY_REACH = 80
# Realities of what has not happened when it is told.
AHEAD = ("planned", "threatened", "feared", "demanded", "hypothetical")


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
        self.told = TimesTold(article, since)
        self._times: dict[int, tuple[TimeExpression, ...]] = {}
        self._violent = violent
        self._held = Held(article, self.told, self.times_in, marked=marked, violent=violent)

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
                return self._held.carried(mention)
            if self._held.is_anothers(mention, chosen.span):
                return When()
            if mention.status.reality == "occurred" and (
                is_of_plan(article.text, chosen.span, trigger)
                or (is_until(chosen) and mention.type in self._violent)
            ):
                return self._held.carried(mention)
            if future and is_purpose(article.text, chosen.span, trigger):
                return When()
        line = line_of(self._held.lines, mention.trigger)
        if line is not None and not future and is_clock_of(line, chosen):
            return self._held.carried(mention)
        if not future and (is_now(chosen) or is_occasion(chosen, article.text)):
            near = self._held.carried(mention)
            if near.start is not None or not is_now(chosen):
                return near
        chosen = as_end(mention, chosen, article.text)
        return self._resolved(mention, chosen, future=future or is_to_end(mention, chosen, article.text))

    def _own(self, mention: Mention) -> TimeExpression | None:
        """Return the time that the coder marked, unless it is that of a saying ("police said on Monday")."""
        spans = mention.spans("time")
        numbers = dict.fromkeys(self.article.sentence_at(span.start) for span in spans)
        found = [each for number in numbers if number is not None for each in self.times_in(number)]
        told = [each for each in found if not dates_saying(each, mention.trigger, self.article.text)]
        return marked_time(told, spans)

    def _counted_back(self, mention: Mention, step: TimeExpression, sentence: Span) -> When:
        """Date what a step counts from: "killed on Sunday, a day after the raid" puts the raid on Saturday.

        Where no day stands beside the step, that of the paragraph counts, or the article's for what is now.
        """
        if mention.status.reality in AHEAD:
            return When()
        published, times = self.article.published, self.times_in(mention.sentence)
        news = is_told_of_news(step, self.article.text)
        beside = None if news else told_beside(times, step)
        anchors = self.told.anchors(beside or step)
        if beside is None:
            near = self._held.carried(mention)
            exact = near.start if near.start == near.end else None
            if news:
                bound = since_bound(times, self.article.text, sentence.start)
                last = self.told.last(recalled=False, passed=bound) or When()
                exact = self.told.day_before(step.span, passed=self._held.aside | bound) or last.start or exact
            if is_told_of_now(step, mention.trigger, sentence, self.article.text):
                ago = counted_from_now(step)
                return around(ago, resolve_time(ago, anchors, tense="past"), published.date)
            if exact is None or day_of(exact) is None:
                return When()
            anchors = msgspec.structs.replace(anchors, context=exact, event=None)
        when = resolve_time(turned(step, beside), anchors, tense="past")
        # "died on Tuesday, five days after the blast": what follows is told of the blast
        recalled = mention.status.currency == "background"
        before, day = self._held.last.get(recalled), when.start if when.start == when.end else None
        late = before is not None and before.aside == "death" and before.sentence == mention.sentence
        if late and day is not None and mention.type in self._violent:
            self._held.struck[recalled] = Told(mention.sentence, when)
        return when

    def _resolved(self, mention: Mention, chosen: TimeExpression, *, future: bool) -> When:
        recalled = mention.status.currency == "background"
        chosen = when_it_began(chosen, mention.trigger, self.article.text)
        if recalled:
            chosen = self.told.of_year_before(chosen)
        near = self._held.carried(mention)
        anchors = self.told.anchors(chosen, near=near, recalled=recalled, ahead=future)
        told = self.told.based(chosen)
        if future:
            return self._ahead(mention, chosen, told, anchors)
        when = around(chosen, resolve_time(told, anchors, tense="past"), self.article.published.date)
        if isinstance(chosen.form, Weekday):
            when = self._weekday(mention, chosen, when)
        if counts_days(chosen):
            when = self._counted(mention, chosen, anchors, when)
        if isinstance(chosen.form, Vague) and mention.status.reality == "ongoing":
            return at_writing(chosen, when, anchors)
        self._held.remember(mention, chosen, when)
        return when

    def _ahead(self, mention: Mention, chosen: TimeExpression, told: TimeExpression, anchors: Anchors) -> When:
        """Return the time of a plan, or of what goes on until then; none where the time is not that of it."""
        tense = self._tense(mention, chosen)
        if tense is None or looks_back(chosen):
            return When()
        when = resolve_time(told, anchors, tense=tense)
        if self._is_day_of_saying(chosen, when):
            return When()
        if is_definite(chosen, self.article.text) and self._definite(mention, chosen, when) != when:
            # "on the Sunday leaflets announced that ...": the day of the story on which it was said
            return When()
        if day_alone(chosen.form) is not None:
            return when  # the next such day, as there is one every month
        past = resolve_time(told, anchors, tense="past")
        return past if is_nearer(past, when, self.told.written) else when

    def _tense(self, mention: Mention, chosen: TimeExpression) -> Tense | None:
        """Return where the time of a plan lies, by what the words say of it; None for the time of another."""
        number = self.article.sentences[mention.sentence]
        found = bearing(self.article.text, self.article.span(*number), mention.trigger, chosen)
        if mention.status.reality not in AHEAD:
            return "future"
        if found == "other":
            return None
        if mention.status.currency == "background" and not has_year(chosen):
            return "past"
        return found or "future"

    def _weekday(self, mention: Mention, chosen: TimeExpression, when: When) -> When:
        """Return the day of a weekday: of one told before ("that Friday"), or of the longer time beside it."""
        text, siblings = self.article.text, self.times_in(mention.sentence)
        base = self._day_beside(mention, chosen) if is_before_told(chosen, text) else None
        if base is not None and (day := weekday_before_told(chosen, base)) is not None:
            said, anchor = "the last such day before the one told beside it", f"context:{base}"
            return msgspec.structs.replace(
                when, start=day, end=day, precision="day", anchor=anchor, assumed=said
            )
        if is_told_weekday(chosen, text) and (day := weekday_told(chosen, self.told.days())) is not None:
            said = "the last such day told before"
            return msgspec.structs.replace(when, start=day, end=day, anchor=f"context:{day}", assumed=said)
        longer = longer_beside(chosen, siblings, text)
        if longer is None and is_definite(chosen, text):
            return self._definite(mention, chosen, when)
        if longer is None:
            return when
        whole = resolve_time(longer, self.told.anchors(longer), tense="past")
        return when if whole.start is None else msgspec.structs.replace(whole, text=chosen.span.text)

    def _day_beside(self, mention: Mention, chosen: TimeExpression) -> str | None:
        """Return the day that the paragraph told last before `chosen`, else one behind it in its sentence.

        Else it is the last day of a happening told before.
        """
        behind = (each for each in self.times_in(mention.sentence) if each.span.start > chosen.span.start)
        read = (resolve_time(each, self.told.anchors(each), tense="past") for each in behind)
        later = next((when.start for when in read if when.start is not None and when.start == when.end), None)
        return self.told.day_before(chosen.span) or later or next(self.told.days(), None)

    def _definite(self, mention: Mention, chosen: TimeExpression, when: When) -> When:
        """Return the day of "on the Sunday": of the days told, or of the month that heads the paragraph."""
        recalled, published = mention.status.currency == "background", self.article.published.date
        told = self.told.last(recalled=recalled) or (self._held.headed(mention) if recalled else None)
        day = weekday_after_told(chosen, told, published) if told is not None else None
        if day is not None and day.start != day.end and is_within(when, day):
            return when
        if day is not None or not recalled:
            return day or when
        return msgspec.structs.replace(when, start=None, end=None, anchor=None, assumed=None)

    def _counted(self, mention: Mention, chosen: TimeExpression, anchors: Anchors, when: When) -> When:
        """Count a step from the day that its sentence names, else from that of the last violence told.

        Where every day told would put it after the publication, it has no date.
        """
        named, here = chosen.span, self.article.sentences[mention.sentence][0]
        base = based_on(chosen, self.article.text)
        if base is not None and base[0].isupper():
            told = self.told.of_name(base)
            counted = first_fitting(
                chosen, anchors, [told] if told is not None else [], self.article.published.date
            )
            return counted or msgspec.structs.replace(when, start=None, end=None, anchor=None, assumed=None)
        days = [one_day(self.told.day_before(named, floor=here, passed=self._held.aside))]
        step = self._held.step
        if step is not None and step.sentence == mention.sentence and step.when.span != chosen.span:
            days.append(step.when)
        if mention.type in self._violent:
            recalled = mention.status.currency == "background"
            struck = self._held.struck.get(recalled) or self._held.struck.get(not recalled)
            days.append(struck.when if struck is not None else None)
        days.append(one_day(self.told.day_before(named, passed=self._held.aside)) if moves(chosen) else None)
        days.append(one_day(anchors.context))
        bases = [day for day in days if day is not None]
        found = first_fitting(chosen, anchors, bases, self.article.published.date)
        if found is None and leads_on(chosen, self.article.text):
            return self._held.carried(mention)
        return found or msgspec.structs.replace(when, start=None, end=None, anchor=None, assumed=None)

    def _is_day_of_saying(self, chosen: TimeExpression, when: When) -> bool:
        """Tell whether the weekday beside a plan is the day of publication: that on which it was announced."""
        return isinstance(chosen.form, Weekday) and when.start == when.end == self.article.published.date

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
