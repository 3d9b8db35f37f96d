"""Which time holds on for what is told after it: the day of the news, what was recalled, a line of a ticker."""

import re
from collections.abc import Callable, Container, Sequence
from typing import Literal

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Mention
from dateline.model.span import Span
from dateline.model.values import When
from dateline.resolve.timebackground import is_background
from dateline.resolve.timecounted import counts_days, leads_on, moves_on
from dateline.resolve.timedeaths import told_aside
from dateline.resolve.timeforms import Between, Shift, TimeExpression, Vague
from dateline.resolve.timeheadings import heading_of
from dateline.resolve.times import resolve_time
from dateline.resolve.timeshared import shares_time
from dateline.resolve.timestold import TimesTold
from dateline.resolve.timetense import is_of_before
from dateline.resolve.timetickers import Line, day_of_count, line_of, ticker_lines
from dateline.resolve.tollwords import load_toll_words

# A place holds on for this many sentences after the one that gives it, inside its paragraph; beyond that
# no reader would take it for granted: over paragraphs it was right 9 times and wrong 7 on the dev worlds.
CARRY_SENTENCES = 2
# The day of the news holds on into the paragraphs after it: of the mentions on the dev worlds that take it from
# at most this many sentences before, 71 are of that day and 8 are not; more sentences add none of either.
CARRY_DAY_SENTENCES = 4
# Characters about a trigger in which "previously" takes it from the day told before. By hand: a clause.
BEFORE_REACH = 40


# Characters before a trigger in which it is said to come before what was told; and behind it, its place.
LED_REACH, PLACE_REACH = 40, 50
_LED = re.compile(
    r"(?<!\w)(?:since|(?:answer|reply|response|reaction)\s+to|(?:retaliation|revenge|reprisal)\s+for|in\s+protest\s+(?:at|against))"
    r"\s+(?:the|an?)\s+(?:[\w’'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s+(?:of|in|at|near|on)\s+(?:the\s+)?([A-Z][\w’'-]+)")
_PLACE = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}?(?:in|at|from|near)\s+([A-Z][\w’'-]+)")


class Told(msgspec.Struct, frozen=True):
    """The time that was given last, to the news or to something recalled, and in which sentence."""

    sentence: int
    when: When
    aside: Literal["death", "find"] | None = None


class Held:
    """The times of one article that were told so far, and what of them holds on.

    `last` is the time told last, of the news (False) and of what is recalled (True); `struck` that of violence;
    `step` the last one counted; `aside` the times of deaths and finds told apart from the attack; `lines` those
    of a ticker.
    """

    def __init__(
        self,
        article: Article,
        told: TimesTold,
        times_in: Callable[[int], Sequence[TimeExpression]],
        *,
        marked: Sequence[Span],
        violent: Container[str],
    ) -> None:
        """Take the article, its times as they are told, and as `Dating` does what the coder marked."""
        self._article = article
        self._told = told
        self._times_in = times_in
        self._marked = tuple(marked)
        self._violent = violent
        self.last: dict[bool, Told] = {}
        self.struck: dict[bool, Told] = {}
        self.step: Told | None = None
        self.aside: set[Span] = set()
        self.lines = ticker_lines(article)

    def carried(self, mention: Mention) -> When:
        """Return the day told last: of the news, or for background the time of what was recalled before."""
        line = line_of(self.lines, mention.trigger)
        if line is not None:
            return self._of_line(mention, line)
        recalled = mention.status.currency == "background"
        last = self._told_last(mention, recalled=recalled)
        if last is None or not self._day_holds_on(last, mention):
            return (mention.status.reality == "occurred" and self.headed(mention)) or When()
        if mention.status.reality not in ("occurred", "ongoing", "attempted"):
            return When()
        if last.sentence == mention.sentence and self.is_anothers(mention, last.when.span, exact=recalled):
            return When()
        if self._is_of_campaign(mention) or self._is_of_other(mention, last):
            return When()
        if (there := self._there(mention, last)) is not None:
            return msgspec.structs.replace(there, basis="inherited")
        # What is told as background is no part of the news whose day was given.
        if recalled and True not in self.last and not is_background(last.when, self._told.written):
            return When()
        return msgspec.structs.replace(last.when, basis="inherited")

    def _told_last(self, mention: Mention, *, recalled: bool) -> "Told | None":
        """Return the time told last that may hold on: a day recalled does so for what seems to be news, too.

        What is told of an attack is of the day of the attack, not of that on which the shops stayed shut.
        """
        news, before = self.last.get(False), self.last.get(True)
        if mention.type in self._violent and False in self.struck:
            news = self.struck[False]
        elif news is not None and news.aside is not None and self.told_aside(mention) is None:
            news = None
        if before is None or (not recalled and before.when.precision != "day"):
            return news
        return before if recalled or news is None or before.sentence >= news.sentence else news

    def headed(self, mention: Mention) -> When | None:
        """Return the time that heads the paragraph of a chronicle, None where none does."""
        heading = heading_of(self._article, mention.sentence, self._times_in)
        if heading is None:
            return None
        when = resolve_time(heading, self._told.anchors(heading), tense="past")
        return msgspec.structs.replace(when, basis="inherited")

    def _of_line(self, mention: Mention, line: Line) -> When:
        """Return the day of a line of a ticker, or that which the line itself has told before the mention."""
        recalled = mention.status.currency == "background"
        told = self._told_last(mention, recalled=recalled)
        if mention.status.reality not in ("occurred", "ongoing", "attempted"):
            return When()
        if told is not None and self._article.sentences[told.sentence][0] >= line.start:
            return msgspec.structs.replace(told.when, basis="inherited")
        if recalled or line.when.span is None:
            return When()
        counted = day_of_count(self._article, self.lines, line, mention.trigger)
        if counted is not None:
            return counted
        own = self._article.sentences[mention.sentence][0] <= line.when.span.start
        return msgspec.structs.replace(line.when, basis="stated" if own else "inherited")

    def remember(self, mention: Mention, chosen: TimeExpression, when: When) -> None:
        """Take in the time of what has happened, as far as it may hold on for what is told after it."""
        recalled = mention.status.currency == "background"
        aside = self.told_aside(mention)
        self._told.note(mention.trigger.text, chosen, when, recalled=recalled, aside=aside is not None)
        if aside is not None:
            self.aside.add(chosen.span)
        if counts_days(chosen):
            self.step = Told(mention.sentence, when)
        # "two days after the raid" and the like date their own clause, not what else the paragraph tells, and
        # what has gone on "since 2014" or goes on "currently" gives no date to what happened meanwhile
        shifted = isinstance(chosen.form, Shift) and chosen.form.base != "published"
        lasting = isinstance(chosen.form, Vague) or (
            isinstance(chosen.form, Between) and chosen.form.last is None
        )
        moved = (
            mention.type in self._violent and counts_days(chosen) and not leads_on(chosen, self._article.text)
        )
        moved = moved and (moves_on(chosen, when) or (not self.struck and when.start == when.end))
        if (not shifted and not lasting) or (moved and when.start is not None):
            self.last[recalled] = Told(mention.sentence, when, aside)
            if mention.type in self._violent and aside is None:
                self.struck[recalled] = self.last[recalled]

    def told_aside(self, mention: Mention) -> Literal["death", "find"] | None:
        """Tell a death of wounds, and a find of bodies after a told attack, from the attack itself."""
        kind = told_aside(self._article.text, mention.trigger, *self._article.sentences[mention.sentence])
        return None if kind == "find" and not self.struck else kind

    def is_anothers(self, mention: Mention, time: Span | None, *, exact: bool = False) -> bool:
        """Tell whether the coder gave a time to another happening, with which this one does not share it."""
        own, start = mention.spans("time"), self._article.sentences[mention.sentence][0]
        if time is None or not any(span.overlaps(time) for span in self._marked if span not in own):
            return False
        # of what a sentence recalls by months, one is seldom of the month of the other
        coarse = exact and (last := self.last.get(True)) is not None and last.when.start != last.when.end
        return coarse or not shares_time(self._article.text, time, mention.trigger, start)

    def _is_of_campaign(self, mention: Mention) -> bool:
        """Tell what is told of a whole war ("throughout the campaign") and so of no day told before."""
        start, end = self._article.sentences[mention.sentence]
        return load_toll_words().campaign.search(self._article.text, start, end) is not None

    def _is_of_other(self, mention: Mention, last: Told) -> bool:
        """Tell a happening elsewhere that what was told came after: "an answer to the killing of Amin"."""
        text, trigger = self._article.text, mention.trigger
        start, end = self._article.sentences[mention.sentence]
        led = _LED.search(text, max(start, trigger.start - LED_REACH), trigger.start)
        named = _NAMED.match(text, trigger.end, end)
        if led is None or named is None or last.sentence == mention.sentence:
            return False
        return named[1] not in text[slice(*self._article.sentences[last.sentence])]

    def _there(self, mention: Mention, last: Told) -> When | None:
        """Return the time that an earlier sentence gives right behind the name of the mention's place."""
        text, end = self._article.text, self._article.sentences[mention.sentence][1]
        name = _PLACE.search(text, mention.trigger.end, min(end, mention.trigger.end + PLACE_REACH))
        if name is None:
            return None
        behind = re.compile(rf"(?<!\w){re.escape(name[1])},?\s+(?:on\s+|in\s+)?(?:the\s+)?\Z")
        for number in range(mention.sentence - 1, max(-1, mention.sentence - 1 - CARRY_DAY_SENTENCES), -1):
            low = self._article.sentences[number][0]
            for time in self._times_in(number):
                if behind.search(text, max(low, time.span.start - PLACE_REACH), time.span.start):
                    when = resolve_time(time, self._told.anchors(time), tense="past")
                    return when if when.start is not None and when.span != last.when.span else None
        return None

    def _day_holds_on(self, last: "Told", mention: Mention) -> bool:
        if not 0 <= mention.sentence - last.sentence <= CARRY_DAY_SENTENCES:
            return False
        first, end = self._article.sentences[mention.sentence]
        near = max(first, mention.trigger.start - BEFORE_REACH), min(end, mention.trigger.end + BEFORE_REACH)
        if is_of_before(self._article.text, *near):
            return False
        # What an article recalls in one paragraph dates nothing in the next.
        recalled = last is self.last.get(True) or is_background(last.when, self._told.written)
        return not recalled or holds_on(self._article, last.sentence, mention.sentence)


def holds_on(article: Article, given: int, sentence: int) -> bool:
    """Tell whether what sentence `given` says of time or place still holds in `sentence`."""
    if not 0 <= sentence - given <= CARRY_SENTENCES:
        return False
    return "\n\n" not in article.text[article.sentences[given][0] : article.sentences[sentence][0]]
