"""The frame coder: events, roles, attribution and status, read by the shipped model."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dateline.code.base import Coded
from dateline.code.cues import grammar_words, load_cues
from dateline.code.datelines import behind_dateline
from dateline.code.decoding import (
    Found,
    Knob,
    Run,
    calibrated,
    content_around,
    find_cues,
    find_runs,
    find_triggers,
)
from dateline.code.mending import mended, whole_names, without_echoes
from dateline.code.told import Told, TollFinder, told_triggers
from dateline.code.unfulfilled import as_expected
from dateline.code.weights import Manifest, Scores, Weights, load_weights, read_manifest
from dateline.code.windows import Window, WindowMaker
from dateline.config import load_config
from dateline.model.article import Article
from dateline.model.ids import mention_id
from dateline.model.mention import Argument, Attribution, Mention
from dateline.model.span import Span
from dateline.model.values import Status, make_status
from dateline.ontology import load_ontology

if TYPE_CHECKING:
    from numpy import ndarray

# Roles that the scene tells.
SCENE_ROLES = ("actor", "target", "instrument", "killed", "injured", "captured")
# Fillers of the scene are told from this raw chance on; who asks for them weighs them.
UNSURE = 0.15

# Roles whose wording often serves several events ("gunmen stormed the post and burned it").
SHARED_ROLES = frozenset({"actor"})
# Roles whose wordings count people: they belong to the event of their own sentence first.
COUNTED_ROLES = frozenset({"killed", "injured", "captured", "displaced", "missing", "freed", "present"})
# Words at which no phrase for people or things begins ("at least ten" does begin with "at") or ends; times and
# places may ("the day before").
PLACING = frozenset({"place", "time"})
LEADING = frozenset({"of", "the", "by", "with", "against", "and"})
TRAILING = frozenset({"of", "in", "at", "on", "by", "with", "to", "from", "for", "the", "a", "an"})
# A wording stays with an event whose score for it is at least this share of the best; set on the dev part.
RIVAL = 0.9


class _Saying(msgspec.Struct, frozen=True):
    """A cue with what fills its slots, in words of a window."""

    cue: Found
    source: Run | None
    content: Run | None
    covers: "ndarray"


class FrameCoder:
    """Reads events with the model; see `dateline.code.base.Coder`.

    The model is loaded with the first article. Windows in which the lexicon knows no word are not read.
    """

    name = "frames"
    needs = ("onnxruntime", "tokenizers", "numpy")

    def __init__(
        self,
        folder: Path | None = None,
        *,
        threads: int | None = None,
        weights: Weights | None = None,
        told: bool = True,
    ) -> None:
        """Take the model and the threads of the settings where none are given, or a model that is loaded.

        Without `told`, sentences of victims have no lower bar: so are the thresholds set.
        """
        config = load_config()
        self._folder = folder or config.model
        self._threads = threads or config.threads
        self._ontology = load_ontology()
        self._weights = weights
        self._maker: WindowMaker | None = None
        self._tolls: TollFinder | None = None
        self._told = told

    @property
    def version(self) -> str:
        """The version of the model, as its manifest gives it."""
        return self._weights.manifest.version if self._weights else read_manifest(self._folder).version

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in the order of their triggers."""
        return self.read(article).mentions

    def read(self, article: Article) -> Coded:
        """Return the mentions, and the attributions of the windows that hold any, in the order of the text."""
        weights = self._loaded()
        mentions: list[Mention] = []
        sayings: list[Attribution] = []
        for window in self._windows(article):
            if window.has_hits():
                coded = _Page(article, window, weights).read(self._toll_finder(), self._able())
                mentions += coded.mentions
                sayings += coded.sayings
        mentions.sort(key=lambda mention: (mention.trigger.start, mention.trigger.end, mention.type))
        sayings.sort(key=lambda saying: saying.cue.start)
        return Coded(tuple(mentions), tuple(sayings))

    def attributions(self, article: Article) -> tuple[Attribution, ...]:
        """Return every attribution of `article` that names a source, in the order of the cues."""
        weights = self._loaded()
        return tuple(
            attribution
            for window in self._windows(article)
            for attribution in _Page(article, window, weights).attributions()
        )

    def scene(self, article: Article) -> tuple[Argument, ...]:
        """Return who and what fills a role in the violent happenings of `article`, whichever they are.

        Unsure fillers are among them, with their raw chance as score, in the order of the text.
        """
        weights = self._loaded()
        found = [
            argument
            for window in self._windows(article)
            if window.has_hits()
            for argument in _Page(article, window, weights).scene()
        ]
        return tuple(
            sorted(found, key=lambda argument: (argument.span.start, argument.span.end, argument.role))
        )

    def _toll_finder(self) -> TollFinder:
        if self._tolls is None:
            self._tolls = TollFinder(self._ontology, load_cues())
        return self._tolls

    def _able(self) -> dict[str, int]:
        """Return the columns of the violent types that have victims; none where the bar is one for all."""
        if not self._told:
            return {}
        types = [self._ontology.types[name] for name in self._loaded().manifest.types]
        return {kind.id: number for number, kind in enumerate(types, start=1) if kind.violent and kind.victims}

    def _windows(self, article: Article) -> list[Window]:
        weights = self._loaded()
        if self._maker is None:
            self._maker = WindowMaker(weights.tokenizer, self._ontology, weights.manifest.types)
        dateline = article.dateline.place.text if article.dateline and article.dateline.place else None
        sentences = list(article.sentences)
        if sentences:
            start, end = sentences[0]
            sentences[0] = (behind_dateline(article, start), end)
        return self._maker.windows(article.text, sentences, title=article.title, dateline=dateline)

    def _loaded(self) -> Weights:
        if self._weights is None:
            self._weights = load_weights(self._folder, self._threads)
        return self._weights


class _Page:
    """One window of an article while it is decoded."""

    def __init__(self, article: Article, window: Window, weights: Weights) -> None:
        self._article = article
        self._window = window
        self._weights = weights
        self._manifest: Manifest = weights.manifest
        self._scores: Scores = weights.read(window)

    def read(self, tolls: TollFinder, able: Mapping[str, int]) -> Coded:
        limits = self._manifest.thresholds
        triggers = find_triggers(self._scores.types, self._scores.flags, limits)
        found = self._named_once([trigger for trigger in triggers if not self._is_grammar(trigger)])

        def told(sentence: int) -> Told:
            return tolls.read(self._article.text, *self._article.sentences[sentence])

        if able:
            found += told_triggers(self._window, self._scores.types, found, able, told)
        if not found:
            return Coded(())
        cues = find_cues(self._scores.flags, limits.cue)
        queries = [("event", trigger.first, trigger.type) for trigger in found]
        queries += [("cue", cue.first, 0) for cue in cues]
        slots, status = self._weights.fill(self._window, self._scores, queries)
        sayings = [self._saying(cue, slots[len(found) + number]) for number, cue in enumerate(cues)]
        knobs = self._manifest.calibration.get("filler", ())
        roles = {role: limits.of(role) for role in self._manifest.slots if role not in ("source", "content")}
        fillers = [self._fillers(slots[number], roles, knobs) for number in range(len(found))]
        homes = [self._window.sentences[trigger.first] for trigger in found]
        fillers = without_rivals(at_home(fillers, homes, self._article))
        mentions = (
            self._mention(trigger, arguments, status[number], sayings)
            for number, (trigger, arguments) in enumerate(zip(found, fillers, strict=True))
        )
        heard = (self._attribution(saying) for saying in sayings)
        return Coded(tuple(mentions), tuple(one for one in heard if one is not None))

    def _named_once(self, found: Sequence[Found]) -> list[Found]:
        """Return the triggers as the scheme has them: no parts of names, and one for a happening."""
        text, window = self._article.text, self._window
        by_sentence = groupby(found, key=lambda trigger: window.sentences[trigger.first])
        return [
            trigger
            for sentence, own in by_sentence
            for trigger in without_echoes(
                text,
                window.bounds,
                whole_names(text, window.bounds, self._article.sentences[sentence], list(own)),
            )
        ]

    def _is_grammar(self, trigger: Found) -> bool:
        """Tell whether a trigger is nothing but "to", "the" or the like: no happening has such a name."""
        bounds = self._window.bounds[trigger.first : trigger.end]
        return {self._article.text[start:end].lower() for start, end in bounds} <= grammar_words()

    def _phrase(self, run: Run, role: str) -> tuple[int, int]:
        """Return where the phrase in a run begins and ends, without words at its edges that belong to none.

        None ends in "and" or "in", and of people and things none begins with "of the".
        """
        first, end, words = run.first, run.end, load_cues().words
        tail = words.conjunctions if role in PLACING else words.conjunctions | TRAILING
        while end > first and self._word(end - 1) in tail:
            end -= 1
        while role not in PLACING and first < end - 1 and self._word(first) in LEADING:
            first += 1
        return first, end

    def _word(self, number: int) -> str:
        return self._article.text[slice(*self._window.bounds[number])].lower()

    def attributions(self) -> Iterator[Attribution]:
        cues = find_cues(self._scores.flags, self._manifest.thresholds.cue)
        if not cues:
            return
        slots, _ = self._weights.fill(self._window, self._scores, [("cue", cue.first, 0) for cue in cues])
        for cue, own in zip(cues, slots, strict=True):
            attribution = self._attribution(self._saying(cue, own))
            if attribution is not None:
                yield attribution

    def scene(self) -> tuple[Argument, ...]:
        slots, _ = self._weights.fill(self._window, self._scores, [("scene", None, 0)])
        return self._fillers(slots[0], dict.fromkeys(SCENE_ROLES, UNSURE), ())

    def _mention(
        self, trigger: Found, arguments: Sequence[Argument], status: "ndarray", sayings: Sequence[_Saying]
    ) -> Mention:
        span, sentence = self._span(trigger.first, trigger.end), self._window.sentences[trigger.first]
        kind = self._manifest.types[trigger.type - 1]
        covering = [saying for saying in sayings if self._covers(saying, trigger)]
        covering.sort(key=lambda saying: -(saying.content.end - saying.content.first) if saying.content else 0)
        chain = (self._attribution(saying) for saying in covering)
        mention = Mention(
            id=mention_id(self._article.id, kind, span.start, span.end),
            article=self._article.id,
            sentence=sentence,
            type=kind,
            trigger=span,
            arguments=tuple(arguments),
            status=self._as_expected(read_status(status, self._manifest.status), span, sentence),
            attributions=tuple(link for link in chain if link is not None),
            score=calibrated(trigger.score, self._manifest.calibration.get("trigger", ())),
        )
        return mended(mention, self._article.text)

    def _as_expected(self, status: Status, trigger: Span, sentence: int) -> Status:
        start, end = self._article.sentences[sentence]
        return as_expected(status, self._article.text[start:end], trigger.start - start)

    def _fillers(
        self, slots: "ndarray", limits: Mapping[str, float], knobs: Sequence[Knob]
    ) -> tuple[Argument, ...]:
        names = self._manifest.slots
        found: list[Argument] = []
        for number, role in enumerate(names):
            if role not in limits:
                continue
            for run in find_runs(slots[:, number], slots[:, len(names) + number], limits[role]):
                first, end = self._phrase(run, role)
                if end > first:
                    span = self._span(first, end)
                    found.append(Argument(role, span, calibrated(run.score, knobs)))  # type: ignore[arg-type]
        return tuple(found)

    def _saying(self, cue: Found, slots: "ndarray") -> _Saying:
        names, limits = self._manifest.slots, self._manifest.thresholds
        source, content = names.index("source"), names.index("content")
        runs = find_runs(slots[:, source], slots[:, len(names) + source], limits.of("source"))
        best = max(runs, key=lambda run: (run.score, -run.first), default=None)
        return _Saying(cue, best, content_around(slots[:, content], limits.of("content")), slots[:, content])

    def _covers(self, saying: _Saying, trigger: Found) -> bool:
        """Tell whether what a cue covers holds the trigger."""
        limit = self._manifest.thresholds.of("content")
        return bool(saying.covers[trigger.first : trigger.end].mean() >= limit)

    def _attribution(self, saying: _Saying) -> Attribution | None:
        if saying.source is None:
            return None
        cue = self._span(saying.cue.first, saying.cue.end)
        content = saying.content or Run(saying.cue.first, saying.cue.end, saying.cue.score)
        return Attribution(
            cue=cue,
            source=self._span(saying.source.first, saying.source.end),
            content=self._span(content.first, content.end),
        )

    def _span(self, first: int, end: int) -> "Span":
        return self._article.span(self._window.bounds[first][0], self._window.bounds[end - 1][1])


def at_home(
    fillers: Sequence[tuple[Argument, ...]], homes: Sequence[int], article: Article
) -> list[tuple[Argument, ...]]:
    """Leave people who were counted to the event of their own sentence, where it has them too.

    `homes` are the sentences of the events.
    """
    owned = {
        (argument.role, place)
        for own, home in zip(fillers, homes, strict=True)
        for argument in own
        if article.sentence_at(argument.span.start) == home
        for place in range(argument.span.start, argument.span.end)
    }

    def stays(argument: Argument, home: int) -> bool:
        if argument.role not in COUNTED_ROLES or article.sentence_at(argument.span.start) == home:
            return True
        return (argument.role, argument.span.start) not in owned

    return [
        tuple(argument for argument in own if stays(argument, home))
        for own, home in zip(fillers, homes, strict=True)
    ]


def without_rivals(fillers: Sequence[tuple[Argument, ...]]) -> list[tuple[Argument, ...]]:
    """Leave a wording to the event that it fits best; actors may have done several things."""
    best: dict[tuple[str, int], float] = {}
    for own in fillers:
        for argument in own:
            for place in range(argument.span.start, argument.span.end):
                key = (argument.role, place)
                best[key] = max(best.get(key, 0.0), argument.score)

    def holds(argument: Argument) -> bool:
        if argument.role in SHARED_ROLES:
            return True
        top = max(best[argument.role, place] for place in range(argument.span.start, argument.span.end))
        return argument.score >= top * RIVAL

    return [tuple(argument for argument in own if holds(argument)) for own in fillers]


def read_status(logits: "ndarray", values: Sequence[tuple[str, str]]) -> Status:
    """Return the most likely value on each axis."""
    best: dict[str, tuple[float, str]] = {}
    for logit, (axis, value) in zip(logits.tolist(), values, strict=True):
        if axis not in best or logit > best[axis][0]:
            best[axis] = (logit, value)
    return make_status(**{axis: value for axis, (_, value) in best.items()})  # type: ignore[arg-type]
