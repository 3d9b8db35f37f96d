"""The pattern coder: events from the ontology's trigger lexicon and a little grammar.

It needs no model and no library: the baseline that a trained coder must beat, and the fallback that stays.
"""

from collections.abc import Sequence

import msgspec

from dateline.code.attribution import Frame, covering, read_frames, speakers_of_quotes
from dateline.code.base import Coded
from dateline.code.cues import Cues, load_cues
from dateline.code.datelines import behind_dateline
from dateline.code.drafts import (
    GRAMMAR_SCORE,
    NEAR_SCORE,
    Draft,
    Tallies,
    argument,
    span_at,
    without_repeats,
)
from dateline.code.grammar import agents_after
from dateline.code.instruments import read_instruments
from dateline.code.merging import Candidate, Merger, donated
from dateline.code.parsing import SentenceParser
from dateline.code.phrases import Parsed, Phrase
from dateline.code.places import Places, find_places, object_places, places_of
from dateline.code.roles import read_actors
from dateline.code.status import CueTable, find_cues, is_generic, read_status
from dateline.code.tolls import TollPhrase, read_tolls
from dateline.code.topics import count_worlds, index_topics, is_elsewhere, is_mild
from dateline.code.triggers import Hit, find_triggers
from dateline.model.article import Article
from dateline.model.ids import mention_id
from dateline.model.mention import Argument, Attribution, Mention, Role
from dateline.ontology import Ontology, load_ontology


class _Scene(msgspec.Struct, frozen=True):
    """What is read once for all triggers of a sentence."""

    article: Article
    parsed: Parsed
    places: Places
    cues: CueTable
    frames: Sequence[Frame]
    spoken: Frame | None


class PatternCoder:
    """Reads events by lexicon and pattern; see `dateline.code.base.Coder`."""

    name = "patterns"
    version = "2"

    def __init__(self, ontology: Ontology | None = None, cues: Cues | None = None) -> None:
        self._ontology = ontology or load_ontology()
        self._cues = cues or load_cues()
        self._parser = SentenceParser(self._ontology, self._cues)
        self._topics = index_topics(self._cues.topics)
        self._tallies = Tallies(self._cues.roles, self._ontology.types)

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of their triggers."""
        return self.read(article).mentions

    def read(self, article: Article) -> Coded:
        """Return the mentions and all attributions of `article`, each in the order of the text."""
        sentences = self._parse(article)
        worlds = [count_worlds((token.lower for token in parsed.tokens), self._topics) for parsed in sentences]
        total: dict[str, int] = {}
        for counts in worlds:
            for world, count in counts.items():
                total[world] = total.get(world, 0) + count
        topics = self._cues.topics
        if is_elsewhere(total, topics):
            return Coded(())
        frames = [read_frames(parsed, self._cues.attribution) for parsed in sentences]
        spoken = speakers_of_quotes(article.text, sentences, frames)
        drafts: list[Draft] = []
        for parsed, counts in zip(sentences, worlds, strict=True):
            if not is_elsewhere(counts, topics, article=total):
                self._code_sentence(article, parsed, drafts, frames[parsed.index], spoken.get(parsed.index))
        if is_mild(total, topics):
            drafts = [draft for draft in drafts if self._is_forceful(draft.hit)]
        mentions = [self._mention(article, draft, sentences) for draft in drafts]
        mentions.sort(key=lambda mention: (mention.trigger.start, mention.trigger.end, mention.type))
        return Coded(tuple(mentions), _attributions(article, frames, sentences))

    def attributions(self, article: Article) -> tuple[Attribution, ...]:
        """Return all attributions of `article` in the order of their cues, with or without an event."""
        sentences = self._parse(article)
        frames = [read_frames(parsed, self._cues.attribution) for parsed in sentences]
        return _attributions(article, frames, sentences)

    def _is_forceful(self, hit: Hit) -> bool:
        """Tell violence, protest and what may have victims from politics and law."""
        kind = self._ontology.types[hit.trigger.type]
        return kind.violent or kind.victims or kind.family == "demonstration"

    def _parse(self, article: Article) -> list[Parsed]:
        parts: list[Parsed] = []
        for sentence, (start, end) in enumerate(article.sentences):
            first = behind_dateline(article, start) if sentence == 0 else start
            parts += self._parser.parse(article.text, first, end, place=(len(parts), sentence))
        return parts

    def _code_sentence(
        self,
        article: Article,
        parsed: Parsed,
        drafts: list[Draft],
        frames: Sequence[Frame],
        spoken: Frame | None,
    ) -> None:
        roles = self._cues.roles
        hits = find_triggers(parsed, article.text, self._ontology, roles)
        tolls = read_tolls(parsed, roles)
        if not hits and not tolls:
            return
        scene = _Scene(
            article,
            parsed,
            find_places(parsed, roles),
            find_cues(parsed, self._cues.status),
            frames,
            spoken,
        )
        hits = tuple(hit for hit in hits if not self._only_a_toll(scene, hit, hits, drafts))
        if not any(self._tallies.has_victims(hit) for hit in hits):
            tolls = self._tallies.carry_back(article, parsed, tolls, drafts)
            hits += self._tallies.implied(parsed, tolls)
        fresh = self._merged(scene, hits, tolls)
        self._tallies.share(article, parsed, tolls, fresh)
        drafts.extend(fresh)

    def _only_a_toll(self, scene: _Scene, hit: Hit, hits: Sequence[Hit], drafts: Sequence[Draft]) -> bool:
        """Tell whether `hit` only gives the toll of the event before ("Twelve people were killed")."""
        absorbed = self._cues.roles.absorbed_types
        told = hit.use == "passive" or scene.parsed.lower(hit.first) in self._cues.roles.toll_intransitive
        if hit.trigger.type not in absorbed or not told:
            return False
        if any(other.trigger.type not in absorbed for other in hits):
            return False
        if agents_after(scene.parsed, hit.last) or places_of(scene.places, hit):
            return False
        return self._tallies.open_event(scene.parsed, drafts) is not None

    def _merged(self, scene: _Scene, hits: Sequence[Hit], tolls: Sequence[TollPhrase]) -> list[Draft]:
        """Return one draft for each happening: triggers that tell of one event are joined."""
        status = self._cues.status
        light = self._cues.roles.light_verbs
        candidates = [Candidate(hit, read_status(scene.parsed, hit, scene.cues, status, light)) for hit in hits]
        into = Merger(scene.parsed, candidates, self._cues.roles, self._ontology.types).absorbers()
        drafts = {
            index: self._draft(scene, candidate, tolls)
            for index, candidate in enumerate(candidates)
            if index not in into
        }
        for index, absorber in sorted(into.items()):
            self._donate(scene, hits[index], drafts[absorber])
        return list(drafts.values())

    def _draft(self, scene: _Scene, candidate: Candidate, tolls: Sequence[TollPhrase]) -> Draft:
        roles, hit, parsed, article = self._cues.roles, candidate.hit, scene.parsed, scene.article
        arguments: list[Argument] = []
        actors, targets = read_actors(parsed, hit, roles)
        by_role: tuple[tuple[Role, tuple[Phrase, ...]], ...] = (("actor", actors), ("target", targets))
        for role, phrases in by_role:
            arguments.extend(argument(article, parsed, role, phrase, GRAMMAR_SCORE) for phrase in phrases)
        places = places_of(scene.places, hit)
        for first, last, score in (*object_places(parsed, targets, roles), *places):
            arguments.append(argument(article, parsed, "place", Phrase(first, last, last - 1), score))
        if self._ontology.types[hit.trigger.type].violent:
            for first, last in read_instruments(parsed, hit, roles):
                phrase = Phrase(first, last, last - 1)
                arguments.append(argument(article, parsed, "instrument", phrase, NEAR_SCORE))
        if hit.trigger.type in roles.crowd_types:
            arguments.extend(argument(article, parsed, "present", phrase, NEAR_SCORE) for phrase in actors)
        status = candidate.status
        if is_generic(
            parsed, hit, status=status, told=bool(places or tolls), cues=self._cues.status, roles=roles
        ):
            status = msgspec.structs.replace(status, currency="background", word="background")
        return Draft(parsed, hit, status, arguments, _covering(scene, hit))

    def _donate(self, scene: _Scene, hit: Hit, draft: Draft) -> None:
        """Give the actors and targets of an absorbed trigger to its event, where that has none."""
        if draft.hit.use != "noun":
            return
        actors, targets = read_actors(scene.parsed, hit, self._cues.roles)
        for role, phrases in (("actor", actors), ("target", targets)):
            if any(known.role == role for known in draft.arguments):
                continue
            if hit.trigger.type in self._cues.roles.carrier_types and role == "target":
                continue
            name: Role = "actor" if role == "actor" else "target"
            for phrase in donated(phrases, scene.parsed, draft.hit):
                draft.arguments.append(argument(scene.article, scene.parsed, name, phrase, NEAR_SCORE))

    def _mention(self, article: Article, draft: Draft, sentences: Sequence[Parsed]) -> Mention:
        parsed, hit = draft.parsed, draft.hit
        trigger = span_at(article, parsed, hit.first, hit.last)
        return Mention(
            id=mention_id(article.id, hit.trigger.type, trigger.start, trigger.end),
            article=article.id,
            sentence=parsed.sentence,
            type=hit.trigger.type,
            trigger=trigger,
            arguments=without_repeats(draft.arguments),
            status=draft.status,
            attributions=tuple(_attribution(article, frame, sentences) for frame in draft.frames),
            score=hit.trigger.weight,
        )


def _covering(scene: _Scene, hit: Hit) -> tuple[Frame, ...]:
    """Return the frames that cover the trigger, outermost first, else the speaker of its quotation."""
    start, end = scene.parsed.tokens[hit.first].start, scene.parsed.tokens[hit.last - 1].end
    found = covering(scene.frames, start, end)
    return found or ((scene.spoken,) if scene.spoken is not None else ())


def _attributions(
    article: Article, frames: Sequence[Sequence[Frame]], sentences: Sequence[Parsed]
) -> tuple[Attribution, ...]:
    found = (_attribution(article, frame, sentences) for own in frames for frame in own)
    return tuple(sorted(found, key=lambda each: (each.cue.start, each.source.start, each.content.start)))


def _attribution(article: Article, frame: Frame, sentences: Sequence[Parsed]) -> Attribution:
    parsed = sentences[frame.sentence]
    return Attribution(
        cue=span_at(article, parsed, *frame.cue),
        source=span_at(article, parsed, *frame.source),
        content=article.span(*frame.content),
    )
