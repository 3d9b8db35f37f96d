"""The kinds of thing in the ontology: types, triggers, and the index that finds them in a sentence."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import dropwhile, takewhile
from typing import Literal

import msgspec

from dateline.model.report import Acled, Crosswalk

# How far `requires` and `blocks` look, in words either way: longer than nearly all sentences of news, and a
# bound on the work when a "sentence" is a whole book.
CONTEXT_WORDS = 60
# How far `object` looks: an object seldom stands farther off ("seized all but one of the district's villages").
OBJECT_WORDS = 8
# How far before a participle its "was" or "been" may stand, over adverbs.
AUXILIARY_WORDS = 3
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"})
# No object begins with one of these, so a participle before it has its object, if any, in front.
_AFTER_PASSIVE = frozenset(
    {"by", "in", "at", "near", "on", "from", "during", "since", "after", "before", "inside", "outside", "along"}
    | {"around", "last", "this", "while", "when"}
)
# Where an object ends at the latest, looking away from its verb ("seized Goma | after two days of fighting").
_OBJECT_ENDS = _AFTER_PASSIVE | {
    *("to", "with", "for", "as", "but", "who", "which", "that", "because", "amid", "against", "following"),
    *("into", "over", "under", "between", "then", "said", "says", "where", "until", "through", "despite"),
}
# Words between a passive verb and the object in front of it, beside the forms of "be".
_BEFORE_PASSIVE = _BE | {"has", "have", "had", "also", "later", "will", "could", "would", "may", "not"}

Pos = Literal["verb", "noun", "phrase"]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """One form of one wording that announces a type.

    `words` are lower-case, parted as `words_of` parts text. `tag` is the Penn tag of the form (VB, VBZ, VBG,
    VBD, VBN, NN, NNS) or "PHRASE"; where one form has several ("attacked", "hit") it is the first of
    `tags`. `weight` in 0..1 is a prior belief. `requires`, `blocks`, `object` and `not_object` list lower-case
    forms, a final `*` standing for any ending: one of `requires` must be within CONTEXT_WORDS of the trigger,
    none of `blocks` may be, and one of `object` must be within OBJECT_WORDS: behind an active verb, before a
    passive one, on either side of a noun or a phrase. With `not_object` a verb must have an object with none of
    these words in it ("seized Kibumba", not "seized the drugs"), and a noun or a phrase may have none of them
    within OBJECT_WORDS ("a bomb", not "found a bomb"). An empty list asks nothing.
    """

    words: tuple[str, ...]
    type: str
    pos: Pos
    tag: str
    tags: tuple[str, ...]
    lemma: str
    weight: float
    requires: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()

    @property
    def conditional(self) -> bool:
        """Say whether it needs certain words near it (`blocks` alone does not make it so)."""
        return bool(self.requires or self.object)


class Match(msgspec.Struct, frozen=True):
    """Triggers that cover `words[start:end]`; one per type that the same words may announce."""

    start: int
    end: int
    triggers: tuple[Trigger, ...]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of our own and the words in it that announce the type (`trigger` occurs in `text`)."""

    text: str
    trigger: str


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that the type does not take in, and the types to use for it instead."""

    text: str
    also: tuple[str, ...]


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the actor and the target of a type are, in a few words."""

    actor: str
    target: str


class Variants(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """ACLED sub-event types and GED types that depend on who acted or on whether people were harmed."""

    acled_state: str | None = None
    acled_nonstate: str | None = None
    acled_harmed: str | None = None
    ged_state: int | None = None


class Targets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values of the other ontologies; `sides` sorts our actor kinds into state and nonstate.

    `unreached` names values that no type stands for, each with the reason.
    """

    plover: dict[str, list[str]]
    acled: dict[str, list[str]]
    cameo: dict[str, str]
    ged: list[int]
    sides: dict[str, list[str]]
    unreached: dict[str, str]


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A type of event: what it takes in, what belongs elsewhere, and where other ontologies put it.

    `violent` says that force is used; `victims` that a toll (killed, injured ...) may belong to it; `verbal`
    that it is done in words alone, so that it happens nowhere in particular.
    """

    id: str
    label: str
    family: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[Exclusion, ...]
    examples: tuple[Example, ...]
    non_examples: tuple[str, ...]
    crosswalk: Crosswalk
    variants: Variants
    violent: bool
    victims: bool
    verbal: bool = False
    roles: Roles


class Ontology(msgspec.Struct, frozen=True, kw_only=True):
    """All types and triggers, indexed. Made by `load_ontology`."""

    types: Mapping[str, EventType]
    triggers: tuple[Trigger, ...]
    by_first_word: Mapping[str, tuple[Trigger, ...]]
    idioms: Mapping[str, tuple[Trigger, ...]]
    relations: Mapping[tuple[str, str], float]
    targets: Targets

    def family(self, type_id: str) -> str:
        """Return the family of a type; raises KeyError for an unknown one."""
        return self.types[type_id].family

    def is_violent(self, type_id: str) -> bool:
        """Tell whether a type is of violence against people or things; raises KeyError for an unknown one."""
        return self.types[type_id].violent

    def related(self, a: str, b: str) -> float:
        """Return how often `a` and `b` are two names of one happening: 1 when equal, 0 when never."""
        if a == b:
            return 1.0
        return self.relations.get((a, b) if a < b else (b, a), 0.0)

    def crosswalk_for(self, type_id: str, actor_kind: str | None = None, *, harmed: bool = False) -> Crosswalk:
        """Return the crosswalk of a type, narrowed by who acted and by whether people were killed or hurt.

        `actor_kind` is an ActorKind of the model, or "state" or "nonstate"; None and kinds that belong to
        neither side leave the type's own values. Raises KeyError for an unknown type.
        """
        event_type = self.types[type_id]
        base, variants = event_type.crosswalk, event_type.variants
        side = next(
            (side for side, kinds in self.targets.sides.items() if actor_kind == side or actor_kind in kinds),
            None,
        )
        by_side = {"state": variants.acled_state, "nonstate": variants.acled_nonstate}.get(side or "")
        narrowed = (variants.acled_harmed if harmed else None) or by_side
        ged = variants.ged_state if side == "state" and variants.ged_state else base.ged
        if not narrowed and ged == base.ged:
            return base
        acled = Acled(base.acled.event_type, narrowed) if narrowed else base.acled
        return Crosswalk(plover=base.plover, acled=acled, cameo=base.cameo, ged=ged)

    def scan(self, words: Sequence[str]) -> Iterator[Match]:
        """Find the triggers in one sentence, given as lower-case words in the manner of `words_of`.

        The longest wording at a place wins and takes its words with it, so "suicide bombing" is not also a
        "bombing" and "heart attack" (an idiom) is nothing. Conditions are checked. Linear in the words.
        """
        position = 0
        while position < len(words):
            match = self._match(words, position)
            if match.triggers:
                yield match
            position = match.end

    def _match(self, words: Sequence[str], position: int) -> Match:
        idiom = self._standing(self.idioms, words, position)
        found = self._standing(self.by_first_word, words, position)
        if idiom and (not found or len(idiom[0].words) >= len(found[0].words)):
            return Match(position, position + len(idiom[0].words), ())
        return Match(position, position + (len(found[0].words) if found else 1), found)

    def _standing(
        self, index: Mapping[str, tuple[Trigger, ...]], words: Sequence[str], position: int
    ) -> tuple[Trigger, ...]:
        found: list[Trigger] = []
        for trigger in index.get(words[position], ()):
            length = len(trigger.words)
            if found and length < len(found[0].words):
                break
            if tuple(words[position : position + length]) == trigger.words and admits(trigger, words, position):
                found.append(trigger)
        return tuple(found)


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Part `text` into lower-case words with their half-open code-point offsets.

    A word is a run of letters and digits, an apostrophe within it kept; hyphens, points and the rest part
    words, so "air-strike" is two. `’` becomes `'`. Offsets are those of `text`.
    """
    return [
        (match.group().lower().replace("’", "'"), match.start(), match.end()) for match in _WORD.finditer(text)
    ]


def admits(trigger: Trigger, words: Sequence[str], position: int) -> bool:
    """Say whether the words around `words[position]` meet the trigger's conditions."""
    if trigger.requires or trigger.blocks:
        around = words[max(0, position - CONTEXT_WORDS) : position + CONTEXT_WORDS]
        if trigger.requires and not _holds(trigger.requires, around):
            return False
        if trigger.blocks and _holds(trigger.blocks, around):
            return False
    return _admits_object(trigger, words, position) if trigger.object or trigger.not_object else True


def _admits_object(trigger: Trigger, words: Sequence[str], position: int) -> bool:
    """Say whether the words where the object of the trigger stands meet `object` and `not_object`."""
    before = words[max(0, position - OBJECT_WORDS) : position]
    end = position + len(trigger.words)
    behind = words[end : end + OBJECT_WORDS]
    if trigger.pos != "verb":
        around = (*before, *behind)
        return not _holds(trigger.not_object, around) and (not trigger.object or _holds(trigger.object, around))
    passive = _passive(trigger, words, position)
    if trigger.object and not _holds(trigger.object, before if passive else behind):
        return False
    if not trigger.not_object:
        return True
    phrase = _phrase(reversed(before), _BEFORE_PASSIVE) if passive else _phrase(behind, frozenset())
    return bool(phrase) and not _holds(trigger.not_object, phrase)


def _phrase(words: Iterable[str], skipped: frozenset[str]) -> list[str]:
    """Return the words of an object, read away from its verb: those before the first that ends it."""
    inner = takewhile(lambda word: word not in _OBJECT_ENDS, dropwhile(lambda word: word in skipped, words))
    return list(inner)


def _passive(trigger: Trigger, words: Sequence[str], position: int) -> bool:
    """Say whether a verb's object stands before it: "the town was seized", "the town seized by them"."""
    if "VBN" not in trigger.tags:
        return False
    end = position + len(trigger.words)
    before = words[max(0, position - AUXILIARY_WORDS) : position]
    return end == len(words) or words[end] in _AFTER_PASSIVE or not _BE.isdisjoint(before)


def _holds(forms: tuple[str, ...], words: Sequence[str]) -> bool:
    exact, prefixes = _split(forms)
    return any(word in exact or word.removesuffix("'s") in exact or word.startswith(prefixes) for word in words)


@cache
def _split(forms: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    exact = frozenset(form for form in forms if not form.endswith("*"))
    return exact, tuple(form[:-1] for form in forms if form.endswith("*"))
