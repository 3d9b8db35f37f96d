"""The pattern coder: events from the ontology's trigger lexicon and a little grammar.

It needs no model and no library: the baseline that a trained coder must beat, and the fallback that stays.
"""

from collections.abc import Sequence

import msgspec

from dateline.code.attribution import Frame, covering, read_frames, speakers_of_quotes
from dateline.code.cues import Cues, load_cues
from dateline.code.grammar import agents_after, subject_of
from dateline.code.phrases import Parsed, Phrase, parse
from dateline.code.roles import read_actors, read_instruments, read_places
from dateline.code.status import Found, find_cues, read_status
from dateline.code.tokens import Tag, tokenize
from dateline.code.tolls import TollPhrase, read_tolls
from dateline.code.topics import is_elsewhere
from dateline.code.triggers import Hit, find_triggers
from dateline.model.article import Article
from dateline.model.ids import mention_id
from dateline.model.mention import Argument, Attribution, Mention, Role
from dateline.model.span import Span
from dateline.model.values import Status
from dateline.ontology import Ontology, Trigger, load_ontology

# A toll in a sentence without an event of its own belongs to the event of at most this many sentences before.
TOLL_REACH = 1
# Score of an event that is only implied; below every default weight of the lexicon.
IMPLIED_SCORE = 0.4


class _Draft(msgspec.Struct):
    """A mention in the making: its arguments still grow while later sentences are read."""

    parsed: Parsed
    hit: Hit
    status: Status
    arguments: list[Argument]
    frames: tuple[Frame, ...]


class _Covers(msgspec.Struct, frozen=True):
    """The attributions of a sentence: its own frames, and the speaker of the quotation that it is part of."""

    frames: Sequence[Frame]
    spoken: Frame | None

    def of(self, parsed: Parsed, hit: Hit) -> tuple[Frame, ...]:
        """Return the frames that cover the trigger `hit`, outermost first."""
        start, end = parsed.tokens[hit.first].start, parsed.tokens[hit.last - 1].end
        found = covering(self.frames, start, end)
        return found or ((self.spoken,) if self.spoken is not None else ())


class PatternCoder:
    """Reads events by lexicon and pattern; see `dateline.code.base.Coder`."""

    name = "patterns"
    version = "1"

    def __init__(self, ontology: Ontology | None = None, cues: Cues | None = None) -> None:
        self._ontology = ontology or load_ontology()
        self._cues = cues or load_cues()
        self._verb_forms = _verb_forms(self._ontology, self._cues)

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of their triggers."""
        sentences = [self._parse(article, index) for index in range(len(article.sentences))]
        if is_elsewhere([token.lower for parsed in sentences for token in parsed.tokens], self._cues.topics):
            return ()
        frames = [read_frames(parsed, self._cues.attribution) for parsed in sentences]
        spoken = speakers_of_quotes(article.text, sentences, frames)
        drafts: list[_Draft] = []
        for parsed in sentences:
            self._code_sentence(article, parsed, drafts, frames[parsed.index], spoken.get(parsed.index))
        return tuple(
            mention
            for mention in sorted(
                (self._mention(article, draft, sentences) for draft in drafts),
                key=lambda mention: (mention.trigger.start, mention.trigger.end, mention.type),
            )
        )

    def _parse(self, article: Article, index: int) -> Parsed:
        start, end = article.sentences[index]
        if index == 0:
            start = _behind_dateline(article, start)
        tokens = tokenize(article.text, start, end, self._cues.words, self._verb_forms)
        return parse(index, (start, end), tokens, self._cues.words)

    def _code_sentence(
        self,
        article: Article,
        parsed: Parsed,
        drafts: list[_Draft],
        frames: Sequence[Frame],
        spoken: Frame | None,
    ) -> None:
        if is_elsewhere([token.lower for token in parsed.tokens], self._cues.topics):
            return
        hits = find_triggers(parsed, article.text, self._ontology, self._cues.roles.event_heads)
        tolls = read_tolls(parsed, self._cues.roles)
        hits = tuple(
            hit
            for hit in hits
            if not self._absorbed(parsed, hit, hits) and not self._only_a_toll(parsed, hit, hits, drafts)
        )
        if not any(self._has_victims(hit) for hit in hits):
            tolls = self._carry_back(article, parsed, tolls, drafts)
            hits += self._implied(parsed, tolls)
        cues = find_cues(parsed, self._cues.status) if hits else ()
        covers = _Covers(frames, spoken)
        fresh = [self._draft(article, parsed, hit, cues, covers) for hit in hits]
        self._share_tolls(article, parsed, tolls, fresh)
        drafts.extend(fresh)

    def _has_victims(self, hit: Hit) -> bool:
        return self._ontology.types[hit.trigger.type].victims

    def _absorbed(self, parsed: Parsed, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Tell whether `hit` only says what another event of the sentence did ("the blast killed 12")."""
        if hit.trigger.type not in self._cues.roles.absorbed_types or hit.use == "noun":
            return False
        others = [
            other
            for other in hits
            if other.trigger.type not in self._cues.roles.absorbed_types and self._has_victims(other)
        ]
        if not others:
            return False
        if hit.use == "gerund":
            return True
        if hit.use == "passive":
            agents = agents_after(parsed, hit.last)
            return not agents or any(hit.last <= other.first < agents[0].first for other in others)
        subject = subject_of(parsed, hit.first)
        return subject is not None and (
            any(subject.first <= other.first < subject.last for other in others)
            or parsed.tag(subject.first) is Tag.RELATIVE
        )

    def _only_a_toll(self, parsed: Parsed, hit: Hit, hits: Sequence[Hit], drafts: Sequence[_Draft]) -> bool:
        """Tell whether `hit` only gives the toll of the event before ("Twelve people were killed")."""
        if hit.trigger.type not in self._cues.roles.absorbed_types or hit.use != "passive" or len(hits) > 1:
            return False
        if agents_after(parsed, hit.last) or read_places(parsed, hit, self._cues.roles):
            return False
        return self._open_event(parsed, drafts) is not None

    def _open_event(self, parsed: Parsed, drafts: Sequence[_Draft]) -> _Draft | None:
        """Return the event of the sentences just before that a toll told here may belong to."""
        last = drafts[-1] if drafts else None
        if last is None or parsed.index - last.parsed.index > TOLL_REACH or not self._has_victims(last.hit):
            return None
        happened = last.status.reality in ("occurred", "ongoing") and last.status.polarity == "affirmed"
        return last if happened else None

    def _carry_back(
        self, article: Article, parsed: Parsed, tolls: Sequence[TollPhrase], drafts: Sequence[_Draft]
    ) -> tuple[TollPhrase, ...]:
        """Give the tolls of a sentence without an event to the event before it; return the rest."""
        last = self._open_event(parsed, drafts)
        if last is None:
            return tuple(tolls)
        for toll in tolls:
            if self._fits(toll, last.hit):
                last.arguments.append(_argument(article, parsed, toll.role, toll.phrase, 0.7))
        return ()

    def _implied(self, parsed: Parsed, tolls: Sequence[TollPhrase]) -> tuple[Hit, ...]:
        """Return the event that a toll without any event implies ("ten bodies lay in the road")."""
        for toll in tolls:
            type_ = self._cues.roles.implied_types.get(toll.role)
            if type_ is not None and parsed.tag(toll.word) is not Tag.VERB:
                word = parsed.lower(toll.word)
                trigger = Trigger(
                    words=(word,),
                    type=type_,
                    pos="noun",
                    tag="NN",
                    tags=("NN",),
                    lemma=word,
                    weight=IMPLIED_SCORE,
                )
                return (Hit(toll.word, toll.word + 1, trigger, "noun"),)
        return ()

    def _draft(
        self, article: Article, parsed: Parsed, hit: Hit, cues: Sequence[Found], covers: _Covers
    ) -> _Draft:
        roles = self._cues.roles
        arguments: list[Argument] = []
        actors, targets = read_actors(parsed, hit, roles)
        by_role: tuple[tuple[Role, tuple[Phrase, ...]], ...] = (("actor", actors), ("target", targets))
        for role, phrases in by_role:
            arguments.extend(_argument(article, parsed, role, phrase, 0.8) for phrase in phrases)
        for first, last, score in read_places(parsed, hit, roles):
            arguments.append(_argument(article, parsed, "place", Phrase(first, last, last - 1), score))
        if self._ontology.types[hit.trigger.type].violent:
            for first, last in read_instruments(parsed, hit, roles):
                arguments.append(_argument(article, parsed, "instrument", Phrase(first, last, last - 1), 0.7))
        if hit.trigger.type in roles.crowd_types:
            arguments.extend(_argument(article, parsed, "present", phrase, 0.7) for phrase in actors)
        status = read_status(parsed, hit, cues, self._cues.status, roles.light_verbs)
        return _Draft(parsed, hit, status, arguments, covers.of(parsed, hit))

    def _share_tolls(
        self, article: Article, parsed: Parsed, tolls: Sequence[TollPhrase], drafts: Sequence[_Draft]
    ) -> None:
        """Give each toll to the violent event that it is nearest to, else to the nearest that may have one."""
        for toll in tolls:
            able = [draft for draft in drafts if self._fits(toll, draft.hit)]
            if not able:
                continue
            nearest = min(
                able,
                key=lambda draft: (
                    not self._ontology.types[draft.hit.trigger.type].violent,
                    _distance(draft.hit, toll.word),
                    draft.hit.first,
                ),
            )
            nearest.arguments.append(_argument(article, parsed, toll.role, toll.phrase, 0.8))

    def _fits(self, toll: TollPhrase, hit: Hit) -> bool:
        only = self._cues.roles.toll_types.get(toll.role)
        if only is not None:
            return hit.trigger.type in only
        return self._has_victims(hit)

    def _mention(self, article: Article, draft: _Draft, sentences: Sequence[Parsed]) -> Mention:
        parsed, hit = draft.parsed, draft.hit
        trigger = _span(article, parsed, hit.first, hit.last)
        return Mention(
            id=mention_id(article.id, hit.trigger.type, trigger.start, trigger.end),
            article=article.id,
            sentence=parsed.index,
            type=hit.trigger.type,
            trigger=trigger,
            arguments=_unique(draft.arguments),
            status=draft.status,
            attributions=tuple(_attribution(article, frame, sentences) for frame in draft.frames),
            score=hit.trigger.weight,
        )


def _behind_dateline(article: Article, start: int) -> int:
    """Return where the first sentence begins behind "Erbil –" or "Kirkuk (Outlet.com)"."""
    head = article.dateline
    ends = [span.end for span in (head.place, head.outlet) if span is not None] if head else []
    if not ends:
        return start
    end = max(ends)
    while end < len(article.text) and not article.text[end].isalnum() and article.text[end] not in '“"‘«':
        end += 1
    return end


def _verb_forms(ontology: Ontology, cues: Cues) -> dict[str, bool]:
    """Return every form that may be a verb, with whether it is the plain form and no other."""
    forms: dict[str, bool] = {}
    for trigger in ontology.triggers:
        if trigger.pos == "verb":
            plain = trigger.tags == ("VB",)
            forms[trigger.words[0]] = forms.get(trigger.words[0], True) and plain
    listed = [cues.words.verbs, cues.attribution.speech, cues.attribution.quote, cues.attribution.belief]
    listed += [toll.verbs for toll in cues.roles.tolls.values()]
    for words in listed:
        forms.update(dict.fromkeys(words, False))
    return forms


def _distance(hit: Hit, word: int) -> int:
    if hit.first <= word < hit.last:
        return 0
    return word - hit.last + 1 if word >= hit.last else hit.first - word


def _span(article: Article, parsed: Parsed, first: int, last: int) -> Span:
    return article.span(parsed.tokens[first].start, parsed.tokens[last - 1].end)


def _argument(article: Article, parsed: Parsed, role: Role, phrase: Phrase, score: float) -> Argument:
    return Argument(role, _span(article, parsed, phrase.first, phrase.last), score)


def _unique(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    seen: set[tuple[str, int, int]] = set()
    kept: list[Argument] = []
    for argument in arguments:
        key = (argument.role, argument.span.start, argument.span.end)
        if key not in seen:
            seen.add(key)
            kept.append(argument)
    return tuple(kept)


def _attribution(article: Article, frame: Frame, sentences: Sequence[Parsed]) -> Attribution:
    parsed = sentences[frame.sentence]
    return Attribution(
        cue=_span(article, parsed, *frame.cue),
        source=_span(article, parsed, *frame.source),
        content=article.span(*frame.content),
    )
