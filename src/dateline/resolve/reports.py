"""Mentions become Reports: each span is read as the value that it names."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain as chained
from pathlib import Path

import msgspec

from dateline.model.article import Article
from dateline.model.ids import MentionId, report_id
from dateline.model.mention import Attribution, Mention, Role
from dateline.model.report import Report, Source, source_of
from dateline.model.span import Span
from dateline.model.values import Link, Position, When, Where, Who
from dateline.ontology import Ontology, load_ontology
from dateline.resolve.actorhints import countries_of_actors
from dateline.resolve.actors import (
    ActorContext,
    as_state,
    looks_like_actor,
    read_actor,
    read_context,
    split_actors,
)
from dateline.resolve.calendar import day_of
from dateline.resolve.catalogue import Catalogue, load_catalogue
from dateline.resolve.claimants import with_claimants
from dateline.resolve.dating import AHEAD, Dating
from dateline.resolve.existence import named_since
from dateline.resolve.figures import Figures, counts_of, read_figures
from dateline.resolve.gazetteer import Gazetteer, open_gazetteer
from dateline.resolve.meant import (
    PRONOUNS,
    as_meant,
    is_acted_on,
    is_bare_number,
    is_common_word,
    is_of_actor,
    speaker_meant,
    state_meant,
    with_groups,
    without_doers,
)
from dateline.resolve.nations import load_nations
from dateline.resolve.place_care import is_where_brought
from dateline.resolve.place_groups import is_excepted, read_group
from dateline.resolve.place_order import narrowest_first
from dateline.resolve.place_owners import with_held
from dateline.resolve.place_recall import speaks_of_land
from dateline.resolve.place_spans import is_bordered, is_fled, is_flight, places_about, stretch_of
from dateline.resolve.place_speech import places_of_speech
from dateline.resolve.place_there import find_pointing, is_pointing, read_there
from dateline.resolve.places import PlaceContext, find_places, read_place, read_place_context
from dateline.resolve.positions import Heard, denied_by_source, read_positions, with_positions
from dateline.resolve.sourcekinds import outlet_of, read_speaker
from dateline.resolve.sources import outer_links, read_chain, read_speakers
from dateline.resolve.timeheld import holds_on
from dateline.resolve.timestold import Since
from dateline.resolve.voices import Speakers, read_voices
from dateline.resolve.wording import words

# A phrase that the coder took for an actor is a place only when the gazetteer's reading is at least this sure.
# Set by reading the sample: names of towns score above it, look-alikes of common words below.
SURE_PLACE = 0.6
# What an adjective of a country alone is said of as the deed of its state ("Israeli strikes").
BY_STATES = frozenset(
    {"air_strike", "drone_strike", "shelling", "military_operation", "deployment", "sanction"}
)


class _Reading(msgspec.Struct):
    """What is known of one article while its mentions are read in order."""

    article: Article
    actors: ActorContext
    places: PlaceContext
    source: Source
    dating: Dating
    figures: Figures
    speakers: Speakers
    positions: dict[MentionId, tuple[Heard, ...]]
    triggers: tuple[Span, ...]
    doers: tuple[Span, ...]
    named: dict[tuple[int, int], tuple[Span, ...]] = msgspec.field(default_factory=dict)
    there: dict[int, Where | None] = msgspec.field(default_factory=dict)
    last_where: tuple[int, tuple[Where, ...], When] | None = None


class Resolver:
    """Reads the mentions of an article into reports, with a gazetteer, a catalogue and the ontology."""

    def __init__(self, gazetteer: Gazetteer, catalogue: Catalogue, ontology: Ontology) -> None:
        self._gazetteer = gazetteer
        self._catalogue = catalogue
        self._ontology = ontology
        self._violent = frozenset(name for name, kind in ontology.types.items() if kind.violent)

    def resolve(
        self, article: Article, mentions: Sequence[Mention], sayings: Sequence[Attribution] = ()
    ) -> tuple[Report, ...]:
        """Return one report for each mention, in their order.

        `sayings` are the attributions of the article, also those of no event, where the coder tells them.
        """
        if not mentions:
            return ()
        found = list(words(article.text))
        hints = countries_of_actors(article.text, self._catalogue, found)
        places = read_place_context(article, self._gazetteer, hints=hints)
        actors = read_context(article, self._catalogue, places=places.told_countries(), found=found)
        voices = read_voices(article, mentions, sayings)
        reading = _Reading(
            article,
            actors,
            places,
            source=_source_of(article),
            dating=Dating(
                article,
                self._since(article, actors),
                violent=self._violent,
                marked=tuple(span for mention in mentions for span in mention.spans("time")),
            ),
            figures=read_figures(article, mentions, self._ontology.types),
            speakers=read_speakers(article, voices, actors, self._catalogue),
            positions=read_positions(article, mentions, voices),
            triggers=tuple(mention.trigger for mention in mentions),
            doers=tuple(span for mention in mentions for span in mention.spans("actor")),
        )
        return tuple(self._report(reading, mention) for mention in mentions)

    def _since(self, article: Article, actors: ActorContext) -> Since | None:
        return named_since(actors, article.text, self._catalogue) if article.published.date is None else None

    def _report(self, reading: _Reading, mention: Mention) -> Report:
        article = reading.article
        sentence = article.span(*article.sentences[mention.sentence])
        when = reading.dating.when(mention)
        day = day_of(when.start) or day_of(article.published.date)
        places: list[Where] = []
        actors = self._people(reading, mention, "actor", day, places)
        actors = tuple(who for who in actors if who.kind != "other" or _is_named(who))
        targets = without_doers(self._people(reading, mention, "target", day, places), actors)
        where = self._read_where(reading, mention, sentence, places, when)
        chain = read_chain(mention, reading.speakers, reading.dating.said)
        counts = with_claimants(counts_of(mention, reading.figures), chain, reading.speakers)
        if any(count.scope == "period" for count in counts) and not find_pointing(
            sentence, mention.trigger, reading.triggers, article
        ):
            # "since fighting began 500 have died": not in the town of the sentence before
            where = tuple(one for one in where if one.basis != "inherited")
        heard = reading.positions.get(mention.id, ())
        status = reading.dating.with_currency(mention, when)
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
        self, reading: _Reading, mention: Mention, role: Role, day: date | None, places: list[Where]
    ) -> tuple[Who, ...]:
        """Read the spans of a role as actors; those that are plainly places go to `places` instead.

        An acting capital may stand for its government; a shelled capital is a place.
        """
        found: list[Who] = []
        article, actors = reading.article, reading.actors
        # whom words are said to is no place: "accused Chad"
        states = role == "actor" or self._ontology.types[mention.type].verbal
        whole = with_groups(mention.spans(role), article, actors)
        joined = [split_actors(span, article, actors, self._catalogue) for span in whole]
        for span in chained.from_iterable(joined):
            if is_bare_number(span) or (is_common_word(span) and span.text.lower() not in PRONOUNS):
                continue
            if role == "actor" and is_acted_on(span, article):
                where = read_place(span, article, reading.places, self._gazetteer)
                places.extend([where] if where is not None else [])
                continue
            if role == "actor" and mention.type in BY_STATES:
                state = state_meant(span, article)
                if state is not None:
                    found.append(as_state(span, state))
                    continue
            speaker = speaker_meant(span, mention.attributions, article.text)
            asked = speaker or span
            who = read_actor(asked, article, actors, self._catalogue, on=day, metonyms=states)
            if speaker is not None:
                who = as_meant(span, who)
            pronoun = span.text.lower() in PRONOUNS
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
        article, trigger = reading.article, mention.trigger
        told = tuple(one for one in mention.spans("place") if not _is_beside(one, trigger, article))
        said, theirs = places_of_speech(told, trigger, mention.attributions, article)
        told = tuple(one for one in told if one not in said)
        spans = tuple(one for one in told if not is_fled(article.text, one, trigger))
        if not spans and not places:
            spans, theirs = self._spans_about(reading, mention, sentence)
        read = self._read_spans(reading, with_held(spans, article))
        kept = [where for where in read if self._is_place(reading, where)]
        if not kept:
            there = (span for span in told if not is_excepted(span, article))
            kept = [where for span in there for where in self._read_inside(reading, span)]
        head = article.dateline
        if head is not None and head.place is not None and not told:
            # Where the dispatch was written is not stated to be where it happened.
            kept = [_as_head(where, head.place) for where in kept]
        found = narrowest_first([*places, *kept])
        if spans and theirs.issuperset(spans):
            # It may have happened where the speakers are, but what the sentences before tell of comes first.
            found = self._carried_where(reading, mention, when, told=True) or found
        if found:
            if not is_flight(mention.trigger):
                reading.last_where = (mention.sentence, found, when)
            return found
        if any(map(speaks_of_land, told)) or self._ontology.types[mention.type].verbal:
            return ()
        return self._carried_where(reading, mention, when)

    def _spans_about(
        self, reading: _Reading, mention: Mention, sentence: Span
    ) -> tuple[tuple[Span, ...], frozenset[Span]]:
        """Return the places of a sentence where its happening may have been, and those of its speakers."""
        article, trigger = reading.article, mention.trigger
        named = [
            one
            for one in self._named_in(reading, *stretch_of(sentence, trigger))
            if not is_of_actor(one, article, reading.actors) and not _is_beside(one, trigger, article)
        ]
        if self._ontology.types[mention.type].verbal:
            named = [one for one in named if load_nations().country_of(one.text) is None]
        said, theirs = places_of_speech(named, trigger, mention.attributions, article)
        named = [one for one in named if one not in said]
        people = (*(saying.source for saying in mention.attributions), *reading.doers)
        spans = places_about(named, trigger, reading.triggers, article, people)
        free = tuple(one for one in spans if one not in theirs)
        spans = free or spans or find_pointing(sentence, trigger, reading.triggers, article)
        return spans, theirs

    def _read_spans(self, reading: _Reading, spans: Sequence[Span]) -> tuple[Where, ...]:
        article, context = reading.article, reading.places
        pointing = [span for span in spans if is_pointing(span)]
        named = tuple(span for span in spans if span not in pointing)
        there = (self._read_there(reading, span) for span in pointing)
        return (*read_group(named, article, context, self._gazetteer), *(where for where in there if where))

    def _read_there(self, reading: _Reading, span: Span) -> Where | None:
        """Return the place that "there" means, one and the same for all that is told to have happened there."""
        if span.start not in reading.there:
            reading.there[span.start] = self._find_there(reading, span)
        return reading.there[span.start]

    def _find_there(self, reading: _Reading, span: Span) -> Where | None:
        """Return the place that "there" means: of a sentence before, that of its happening goes first."""
        article, last = reading.article, reading.last_where
        where = read_there(span, article, reading.places, self._gazetteer)
        if where is None or where.basis == "stated" or last is None:
            return where
        if article.sentence_at(where.start) != last[0]:
            return where
        return msgspec.structs.replace(last[1][0], basis="inherited")

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

    def _carried_where(
        self, reading: _Reading, mention: Mention, when: When, *, told: bool = False
    ) -> tuple[Where, ...]:
        """Return the place of the sentences before, else (unless `told`) the dateline's, marked as what it is.

        What is recalled of another day than that of the sentence before may have been anywhere, and a plan or a
        threat is for some other place as often as not.
        """
        if mention.status.reality in AHEAD:
            return ()
        last = reading.last_where
        if last is not None and mention.status.currency == "background" and _other_day(last[2], when):
            return ()
        if last is not None and holds_on(reading.article, last[0], mention.sentence):
            return tuple(msgspec.structs.replace(where, basis="inherited") for where in last[1])
        head = reading.article.dateline
        if told or head is None or head.place is None or not _opens(reading.article, mention.sentence):
            return ()
        where = read_place(head.place, reading.article, reading.places, self._gazetteer, basis="dateline")
        return () if where is None else (where,)


def _is_beside(span: Span, trigger: Span, article: Article) -> bool:
    """Tell whether a place is named that is not that of a happening: a hospital, the land behind a border."""
    return is_where_brought(span, trigger, article) or is_bordered(article.text, span)


def _as_head(where: Where, head: Span) -> Where:
    return msgspec.structs.replace(where, basis="dateline") if where.overlaps(head) else where


def _other_day(one: When, other: When) -> bool:
    """Tell whether both are dated, and on no day in common."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.end < other.start or other.end < one.start


def _is_named(span: Span) -> bool:
    """Tell whether the wording holds a proper name: some word after a first article begins with a capital."""
    return any(word[:1].isupper() and word not in ("The", "A", "An") for word in span.text.split())


def _source_of(article: Article) -> Source:
    outlet = outlet_of(article)
    return source_of(article, *((outlet.kind, outlet.grade) if outlet else ()))


def _opens(article: Article, sentence: int) -> bool:
    """Tell whether a sentence stands in the first paragraph, whose place is likely the dateline's."""
    return "\n\n" not in article.text[: article.sentences[sentence][0]]


def open_resolver(cache: Path, actors: Path | None = None) -> Resolver:
    """Return a resolver with the gazetteer of `cache`, which is built there when absent.

    `actors` is a file of actors that extends the catalogue of the package. Raises DataError, with every fault,
    when it breaks the rules.
    """
    return Resolver(open_gazetteer(cache), load_catalogue(actors), load_ontology())
