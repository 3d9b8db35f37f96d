"""Mentions become Reports: each span is read as the value that it names."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain as chained
from pathlib import Path

import msgspec

from dateline.model.article import Article
from dateline.model.ids import MentionId, report_id
from dateline.model.mention import Mention
from dateline.model.report import Report, Source, source_of
from dateline.model.span import Span
from dateline.model.values import Link, Position, Status, When, Where, Who, make_status
from dateline.ontology import Ontology, load_ontology
from dateline.resolve.actors import ActorContext, looks_like_actor, read_actor, read_context, split_actors
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.claimants import Speakers, speakers_of, with_claimants
from dateline.resolve.figures import Figures, counts_of, read_figures
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.nations import load_nations
from dateline.resolve.place_spans import places_about, read_places
from dateline.resolve.place_there import is_pointing, read_there
from dateline.resolve.places import PlaceContext, find_places, read_place, read_place_context
from dateline.resolve.positions import Heard, denied_by_source, read_positions, with_positions
from dateline.resolve.sources import outer_links, outlet_of, read_chain, read_speaker
from dateline.resolve.timeforms import Between, Shift, Vague, Weekday
from dateline.resolve.timechoice import dates_saying
from dateline.resolve.timeroles import (
    is_told_of_now,
    looks_back,
    marked_time,
    passed_since,
    step_from,
    told_beside,
    turned,
)
from dateline.resolve.times import (
    Anchors,
    TimeExpression,
    choose_time,
    find_times,
    is_background,
    resolve_time,
)
from dateline.resolve.timestold import TimesTold

# A time or a place holds on for this many sentences after the one that gives it, inside its paragraph; beyond
# that a reader would no longer take it for granted. Set by reading.
CARRY_SENTENCES = 2
# A plan for a day without a year is seldom told so long before it. Half a year: then the past one is as far.
FAR_AHEAD_DAYS = 183
# Characters before and after a trigger in which a turn such as "anniversary" tells of background.
CURRENCY_REACH = 80
# A phrase that the coder took for an actor is a place only when the gazetteer's reading is at least this sure.
# Set by reading the sample: names of towns score above it, look-alikes of common words below.
SURE_PLACE = 0.6
# What is longer than so many characters is no sentence, and its places are read by pieces of that length. By
# hand: three times the longest sentences of news.
STRETCH = 2_000
_PRONOUNS = frozenset("i he she it they we you him her them us who which that this these".split())  # noqa: SIM905
# How far behind its place the dash of a dateline may stand: an outlet and a date fit between them.
DATELINE_REACH = 60
_DATELINE_DASH = re.compile(r"\s[-–—]{1,3}\s")
_AHEAD = ("planned", "threatened", "feared", "demanded", "hypothetical")
# Words right before "to" that make the infinitive the thing that a time in the sentence may date.
_PLANNING = frozenset(
    "plan planned planning set due expected going about scheduled vowed want wanted intend intended "  # noqa: SIM905
    "threatened ready agreed promised pledged expect hope preparing".split()
)
# Containers last: a report names its narrowest place first.
_WIDTH = {
    "point": 0,
    "town": 1,
    "near": 2,
    "area": 3,
    "unresolved": 4,
    "admin2": 5,
    "admin1": 6,
    "region": 7,
    "country": 8,
}


class _Reading(msgspec.Struct):
    """What is known of one article while its mentions are read in order."""

    article: Article
    actors: ActorContext
    places: PlaceContext
    source: Source
    told: TimesTold
    figures: Figures
    speakers: Speakers
    positions: dict[MentionId, tuple[Heard, ...]]
    triggers: tuple[Span, ...]
    marked: tuple[Span, ...]
    times: dict[int, tuple[TimeExpression, ...]] = msgspec.field(default_factory=dict)
    named: dict[tuple[int, int], tuple[Span, ...]] = msgspec.field(default_factory=dict)
    last_when: tuple[int, When] | None = None
    last_where: tuple[int, tuple[Where, ...], When] | None = None


class Resolver:
    """Reads the mentions of an article into reports, with a gazetteer, a catalogue and the ontology."""

    def __init__(self, gazetteer: Gazetteer, catalogue: Catalogue, ontology: Ontology) -> None:
        self._gazetteer = gazetteer
        self._catalogue = catalogue
        self._ontology = ontology

    def resolve(self, article: Article, mentions: Sequence[Mention]) -> tuple[Report, ...]:
        """Return one report for each mention, in their order."""
        if not mentions:
            return ()
        places = read_place_context(article, self._gazetteer)
        actors = read_context(article, self._catalogue, places=places.main_countries())
        reading = _Reading(
            article,
            actors,
            places,
            source=_source_of(article),
            told=TimesTold(article),
            figures=read_figures(article, mentions, self._ontology.types),
            speakers=speakers_of(article, mentions, actors, self._catalogue),
            positions=read_positions(article, mentions),
            triggers=tuple(mention.trigger for mention in mentions),
            marked=tuple(span for mention in mentions for span in mention.spans("time")),
        )
        return tuple(self._report(reading, mention) for mention in mentions)

    def _report(self, reading: _Reading, mention: Mention) -> Report:
        article = reading.article
        sentence = article.span(*article.sentences[mention.sentence])
        when = _read_when(reading, mention, sentence)
        day = _day(when.start) or _day(article.published.date)
        places: list[Where] = []
        actors = self._people(reading, mention.spans("actor"), day, places)
        actors = tuple(who for who in actors if who.kind != "other" or _is_named(who))
        targets = self._people(reading, mention.spans("target"), day, places, metonyms=False)
        where = self._read_where(reading, mention, sentence, places, when)
        chain = read_chain(article, mention, reading.actors, self._catalogue, reading.speakers.attributions)
        counts = with_claimants(counts_of(mention, reading.figures), chain, reading.speakers)
        heard = reading.positions.get(mention.id, ())
        status = _with_currency(mention, when, reading)
        return Report(
            id=report_id(mention.id),
            article=reading.source,
            type=mention.type,
            trigger=mention.trigger,
            sentence=sentence,
            actors=actors,
            targets=targets,
            where=where,
            when=when,
            counts=counts,
            instruments=mention.spans("instrument"),
            status=with_positions(status, heard, denied_by_source(article, mention)),
            chain=chain,
            positions=tuple(self._position(reading, one) for one in heard),
            crosswalk=self._ontology.crosswalk_for(
                mention.type,
                actors[0].kind if actors else None,
                harmed=any(count.kind in ("killed", "injured", "harmed") and count.low for count in counts),
            ),
            score=round(mention.score, 3),
        )

    def _position(self, reading: _Reading, heard: Heard) -> Position:
        article = reading.article
        if heard.speaker is not None:
            who = read_speaker(heard.speaker, article, reading.actors, self._catalogue)
        else:
            who = next(outer_links(article), Link(name="the outlet", kind="outlet"))
        who = msgspec.structs.replace(who, stance=heard.stance, voice="paraphrased" if heard.speaker else "own")
        span = heard.span
        return Position(span.start, span.end, span.text, who=who, stance=heard.stance, about=heard.about)

    def _people(
        self,
        reading: _Reading,
        spans: Sequence[Span],
        day: date | None,
        places: list[Where],
        *,
        metonyms: bool = True,
    ) -> tuple[Who, ...]:
        """Read spans as actors; those that are plainly places go to `places` instead.

        With `metonyms` a capital may stand for its government; a shelled capital is a place.
        """
        found: list[Who] = []
        article, actors = reading.article, reading.actors
        joined = [split_actors(whole, article, actors, self._catalogue) for whole in spans]
        for span in chained.from_iterable(joined):
            who = read_actor(span, article, actors, self._catalogue, on=day, metonyms=metonyms)
            pronoun = span.text.lower() in _PRONOUNS
            named = _is_named(span) and not pronoun and not looks_like_actor(span.text, self._catalogue)
            if who.id is None and named:
                where = read_place(span, reading.article, reading.places, self._gazetteer)
                if where is not None and where.score >= SURE_PLACE:
                    places.append(where)
                    continue
            if not (pronoun and who.kind == "other"):
                found.append(who)
        return tuple(dict.fromkeys(found))

    def _read_where(
        self, reading: _Reading, mention: Mention, sentence: Span, places: Sequence[Where], when: When
    ) -> tuple[Where, ...]:
        spans = mention.spans("place")
        if not spans and not places:
            named = self._named_in(reading, *_stretch(sentence, mention.trigger))
            spans = places_about(named, mention.trigger, reading.triggers, reading.article)
        read = (self._read_span(reading, span) for span in spans)
        kept = [where for where in chained.from_iterable(read) if self._is_place(reading, where)]
        if not kept:
            kept = [where for span in mention.spans("place") for where in self._read_inside(reading, span)]
        head = reading.article.dateline
        if head is not None and head.place is not None and not mention.spans("place"):
            # Where the dispatch was written is not stated to be where it happened.
            kept = [_as_head(where, head.place) for where in kept]
        found = _narrowest_first([*places, *kept])
        if found:
            reading.last_where = (mention.sentence, found, when)
            return found
        return self._carried_where(reading, mention, when)

    def _read_span(self, reading: _Reading, span: Span) -> tuple[Where, ...]:
        article, context = reading.article, reading.places
        if is_pointing(span):
            where = read_there(span, article, context, self._gazetteer)
            return () if where is None else (where,)
        return read_places(span, article, context, self._gazetteer)

    def _read_inside(self, reading: _Reading, span: Span) -> Iterator[Where]:
        """Give the places whose names stand in words that are none ("platform 3 of Koblenz station")."""
        for name in find_places(reading.article, reading.places, self._gazetteer, span.start, span.end):
            where = read_place(name, reading.article, reading.places, self._gazetteer)
            if where is not None and self._is_place(reading, where):
                yield where

    def _named_in(self, reading: _Reading, start: int, end: int) -> tuple[Span, ...]:
        """Return the names of places in `start:end`, found once for all mentions there."""
        if (start, end) not in reading.named:
            found = find_places(reading.article, reading.places, self._gazetteer, start, end)
            reading.named[start, end] = tuple(found)
        return reading.named[start, end]

    def _is_place(self, reading: _Reading, where: Where) -> bool:
        """Refuse a name that is an actor ("the IS move"), a people, or ends in a common word ("IS attacks")."""
        if any(named.start < where.end and where.start < named.end for named in reading.actors.named):
            return False
        if load_nations().is_adjective(where.text):
            return False
        if where.precision != "unresolved":
            return True
        if looks_like_actor(where.text, self._catalogue) or load_nations().is_adjective(where.name):
            return False
        last = where.name.split()[-1]
        return where.kind != "unknown" or not last.islower()

    def _carried_where(self, reading: _Reading, mention: Mention, when: When) -> tuple[Where, ...]:
        """Return the place of the sentences before, else the dateline's, each marked as what it is.

        What is recalled of another day than that of the sentence before may have been anywhere, and a plan or a
        threat is for some other place as often as not.
        """
        if mention.status.reality in _AHEAD:
            return ()
        last = reading.last_where
        if last is not None and mention.status.currency == "background" and _other_day(last[2], when):
            return ()
        if last is not None and _holds_on(reading.article, last[0], mention.sentence):
            return tuple(msgspec.structs.replace(where, basis="inherited") for where in last[1])
        head = reading.article.dateline
        if head is None or head.place is None or not _opens(article=reading.article, sentence=mention.sentence):
            return ()
        where = read_place(head.place, reading.article, reading.places, self._gazetteer, basis="dateline")
        return () if where is None else (where,)


def _as_head(where: Where, head: Span) -> Where:
    return msgspec.structs.replace(where, basis="dateline") if where.overlaps(head) else where


def _other_day(one: When, other: When) -> bool:
    """Tell whether both are dated, and on no day in common."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.end < other.start or other.end < one.start


def _stretch(sentence: Span, trigger: Span) -> tuple[int, int]:
    """Return the bounds in which a sentence's places belong to `trigger`: all of it, unless it is no sentence.

    What runs on for longer than STRETCH is a list or a text without punctuation, of which the piece of that
    length that holds the trigger is read.
    """
    if sentence.end - sentence.start <= STRETCH:
        return sentence.start, sentence.end
    start = trigger.start - (trigger.start - sentence.start) % STRETCH
    return start, min(sentence.end, start + STRETCH)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def _is_named(span: Span) -> bool:
    """Tell whether the wording holds a proper name: some word after a first article begins with a capital."""
    return any(word[:1].isupper() and word not in ("The", "A", "An") for word in span.text.split())


def _source_of(article: Article) -> Source:
    outlet = outlet_of(article)
    return source_of(article, *((outlet.kind, outlet.grade) if outlet else ()))


def _read_when(reading: _Reading, mention: Mention, sentence: Span) -> When:
    article = reading.article
    expressions = _times_in(reading, mention.sentence)
    chosen = _marked(reading, mention)
    step = step_from(expressions, mention.trigger, sentence, article.text)
    if step is not None and chosen in (None, step):
        return _counted_back(reading, mention, step, sentence)
    if chosen is None:
        chosen = passed_since(expressions, mention.trigger, sentence, article.text)
    if chosen is None:
        chosen = choose_time(expressions, mention.trigger, sentence, article.text)
        if chosen is None or chosen.span.contains(mention.trigger):
            return _carried_when(reading, mention)
        if _is_anothers(reading, mention, chosen.span):
            return When()
        if mention.status.reality in _AHEAD and _is_purpose(article.text, mention.trigger.start):
            return When()
    return _placed_when(reading, mention, chosen)


def _is_anothers(reading: _Reading, mention: Mention, time: Span | None) -> bool:
    """Tell whether the coder gave a time to another happening, and not to this one."""
    own = mention.spans("time")
    return time is not None and any(span.overlaps(time) for span in reading.marked if span not in own)


def _placed_when(reading: _Reading, mention: Mention, chosen: TimeExpression) -> When:
    """Place the time that dates a mention, and keep it for what the paragraph goes on to tell."""
    future = mention.status.reality in _AHEAD
    if mention.status.currency == "background":
        chosen = reading.told.of_year_before(chosen)
    anchors = reading.told.anchors(chosen, near=_carried_when(reading, mention))
    told = reading.told.based(chosen)
    when = resolve_time(told, anchors, tense="future" if future else "past")
    if future and (looks_back(chosen) or _is_day_of_saying(chosen, when, reading.article)):
        return When()
    if future:
        past = resolve_time(told, anchors, tense="past")
        return past if _is_nearer(past, when, reading.article.published.date) else when
    reading.told.note(mention.trigger.text, chosen, when)
    # "two days after the raid" and the like date their own clause, not what else the paragraph tells, and
    # what has gone on "since 2014" or goes on "currently" gives no date to what happened meanwhile
    shifted = isinstance(chosen.form, Shift) and chosen.form.base != "published"
    lasting = isinstance(chosen.form, Vague) or (isinstance(chosen.form, Between) and chosen.form.last is None)
    if not shifted and not lasting:
        reading.last_when = (mention.sentence, when)
    return when


def _is_day_of_saying(chosen: TimeExpression, when: When, article: Article) -> bool:
    """Tell whether the weekday beside a plan is the very day of publication: that on which it was announced."""
    published = article.published.date
    return isinstance(chosen.form, Weekday) and when.start == when.end == published


def _times_in(reading: _Reading, number: int) -> tuple[TimeExpression, ...]:
    """Return the times named in a sentence, without the day at the head of the dispatch."""
    expressions = reading.times.get(number)
    if expressions is None:
        article = reading.article
        expressions = find_times(article.text, *article.sentences[number])
        if number == 0:
            expressions = _behind_dateline(article, expressions)
        reading.times[number] = expressions
    return expressions


def _marked(reading: _Reading, mention: Mention) -> TimeExpression | None:
    """Return the time that the coder marked, unless it is that of a saying ("police said on Monday")."""
    article, spans = reading.article, mention.spans("time")
    numbers = dict.fromkeys(article.sentence_at(span.start) for span in spans)
    found = [each for number in numbers if number is not None for each in _times_in(reading, number)]
    told = [each for each in found if not dates_saying(each, mention.trigger, article.text)]
    return marked_time(told, spans)


def _counted_back(
    reading: _Reading, mention: Mention, step: TimeExpression, sentence: Span
) -> When:
    """Date what a step counts from: "killed on Sunday, a day after the raid" puts the raid on Saturday.

    Where no day stands beside the step, that of the paragraph counts, or that of the article for what is now.
    """
    if mention.status.reality in _AHEAD:
        return When()
    text = reading.article.text
    beside = told_beside(_times_in(reading, mention.sentence), step)
    anchors = reading.told.anchors(beside or step)
    if beside is None:
        near = _carried_when(reading, mention)
        exact = near.start if near.start == near.end else None
        if is_told_of_now(step, mention.trigger, sentence, text):
            exact = reading.article.published.date if reading.article.published.precision != "month" else None
        if exact is None or _day(exact) is None:
            return When()
        anchors = msgspec.structs.replace(anchors, context=exact, event=None)
    return resolve_time(turned(step, beside), anchors, tense="past")


def _is_nearer(past: When, future: When, published: str | None) -> bool:
    """Tell whether a day without a year was far nearer to the publication than it will be.

    What was planned for 15 February is told on the 20th of a plan that has passed, not of one for next year.
    """
    written, before, ahead = _day(published), _day(past.end), _day(future.start)
    if written is None or before is None or ahead is None or ahead <= written or before > written:
        return False
    return (ahead - written).days > FAR_AHEAD_DAYS >= (written - before).days


def _is_purpose(text: str, trigger: int) -> bool:
    """Tell "launched on Tuesday to search", where no time dates the search, from "plans to search"."""
    before = text[max(0, trigger - 40) : trigger].split()[-3:]
    if not before or before[-1].lower() != "to":
        return False
    return not any(word.lower().rstrip("s") in _PLANNING for word in before[:-1])


def _carried_when(reading: _Reading, mention: Mention) -> When:
    last = reading.last_when
    if last is None or not _holds_on(reading.article, last[0], mention.sentence):
        return When()
    if mention.status.reality not in ("occurred", "ongoing", "attempted"):
        return When()
    if last[0] == mention.sentence and _is_anothers(reading, mention, last[1].span):
        return When()
    # What is told as background is no part of the news whose day was given.
    recalled = mention.status.currency == "background"
    if recalled and not is_background(last[1], reading.told.written):
        return When()
    return msgspec.structs.replace(last[1], basis="inherited")


def _opens(article: Article, sentence: int) -> bool:
    """Tell whether a sentence stands in the first paragraph, whose place is likely the dateline's."""
    return "\n\n" not in article.text[: article.sentences[sentence][0]]


def _behind_dateline(article: Article, expressions: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
    """Leave out the day at the head of a dispatch ("GAO, Jan. 25 -- ..."), which dates only the dispatch."""
    head = article.dateline
    if head is None or head.place is None:
        return tuple(expressions)
    dash = _DATELINE_DASH.search(article.text, head.place.end, head.place.end + DATELINE_REACH)
    end = dash.end() if dash else head.place.end
    return tuple(expression for expression in expressions if expression.span.start >= end)


def _holds_on(article: Article, given: int, sentence: int) -> bool:
    """Tell whether what sentence `given` says of time or place still holds in `sentence`."""
    if not 0 <= sentence - given <= CARRY_SENTENCES:
        return False
    return "\n\n" not in article.text[article.sentences[given][0] : article.sentences[sentence][0]]


def _with_currency(mention: Mention, when: When, reading: _Reading) -> Status:
    """Mark as background what happened long before the dispatch."""
    status, trigger, text = mention.status, mention.trigger, reading.article.text
    start, end = reading.article.sentences[mention.sentence]
    near = text[max(start, trigger.start - CURRENCY_REACH) : min(end, trigger.end + CURRENCY_REACH)]
    if status.currency == "background" or not is_background(when, reading.told.written, clause=near):
        return status
    return make_status(
        status.reality, status.polarity, status.certainty, "background", contested=status.contested
    )


def _narrowest_first(places: Sequence[Where]) -> tuple[Where, ...]:
    """Return the places once each, containers after what they contain, else in the given order."""
    once: dict[str, Where] = {}
    for where in places:
        once.setdefault(where.gazetteer_id or f"?{where.name.casefold()}", where)
    ordered = list(once.values())
    return tuple(sorted(ordered, key=lambda where: _WIDTH[where.precision]))


def open_resolver(cache: Path, actors: Path | None = None) -> Resolver:
    """Return a resolver with the gazetteer of `cache`, which is built there when absent.

    `actors` is a file of actors that extends the catalogue of the package. Raises DataError, with every fault,
    when it breaks the rules.
    """
    return Resolver(open_gazetteer(cache), load_catalogue(actors), load_ontology())
