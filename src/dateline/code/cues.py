"""The pattern coder's word lists, read from data/coder and checked."""

from functools import cache
from typing import Any

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError

FOLDER = DATA / "coder"


class Words(msgspec.Struct, frozen=True):
    """Closed word classes, all lower case."""

    determiners: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    auxiliaries: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    numbers: frozenset[str]
    bounds: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    ly_words: frozenset[str]
    time_units: frozenset[str]
    time_leads: frozenset[str]
    before_to: frozenset[str]
    verbs: frozenset[str]
    plain_verbs: frozenset[str]
    nouns_like_verbs: frozenset[str]
    participles: frozenset[str]
    infinitive_verbs: frozenset[str]
    abbreviations: frozenset[str]
    object_control: frozenset[str]


class AttributionCues(msgspec.Struct, frozen=True):
    """Words that say who says so; `hearsay_starts` is worked out when the lists are loaded."""

    speech: frozenset[str]
    belief: frozenset[str]
    quote: frozenset[str]
    hearsay: tuple[str, ...]
    content: frozenset[str]
    evidence: frozenset[str]
    evidence_verbs: frozenset[str]
    needs_clause: frozenset[str]
    no_source: frozenset[str]
    hearsay_starts: frozenset[str] = frozenset()


class StatusCue(msgspec.Struct, frozen=True):
    """Words that set one axis: the trigger must stand `after` or `before` them, or in their `sentence`.

    `uses` narrows them to triggers used in these ways ("is" makes a gerund ongoing, not a noun).
    """

    value: str
    where: str
    reach: int
    cues: tuple[str, ...]
    uses: tuple[str, ...] = ()


class Awaited(msgspec.Struct, frozen=True):
    """Words by which something was spoken of beforehand, by how."""

    feared: tuple[str, ...]
    planned: tuple[str, ...]
    threatened: tuple[str, ...]


class StatusCues(msgspec.Struct, frozen=True):
    """The cues of each axis, in order of precedence, and the verbs that make an infinitive a fact."""

    reality: tuple[StatusCue, ...]
    polarity: tuple[StatusCue, ...]
    certainty: tuple[StatusCue, ...]
    currency: tuple[StatusCue, ...]
    implicative: frozenset[str]
    occurring: frozenset[str]
    awaited: Awaited


class Toll(msgspec.Struct, frozen=True):
    """Words that say what became of the counted people."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    phrases: tuple[str, ...]


class RoleCues(msgspec.Struct, frozen=True):
    """Words that tie phrases to triggers.

    `instrument_starts`, `counted_passives` and `toll_starts` follow from the lists.
    """

    target_prepositions: frozenset[str]
    place_prepositions: frozenset[str]
    light_verbs: frozenset[str]
    suffering_verbs: frozenset[str]
    tolls: dict[str, Toll]
    crowd_types: frozenset[str]
    instruments: frozenset[str]
    instrument_reach: int
    compass: frozenset[str]
    compass_adjectives: frozenset[str]
    place_nouns: frozenset[str]
    place_acronyms: frozenset[str]
    not_places: frozenset[str]
    not_actors: frozenset[str]
    claim_verbs: frozenset[str]
    toll_intransitive: frozenset[str]
    carrier_types: frozenset[str]
    affecting_verbs: frozenset[str]
    person_triggers: frozenset[str]
    of_is_actor: frozenset[str]
    with_is_target: frozenset[str]
    intransitive: frozenset[str]
    reversed_lemmas: frozenset[str]
    actor_modifiers: frozenset[str]
    event_heads: frozenset[str]
    toll_types: dict[str, tuple[str, ...]]
    absorbed_types: frozenset[str]
    implied_types: dict[str, str]
    doubtful: frozenset[str]
    instrument_starts: frozenset[str] = frozenset()
    counted_passives: frozenset[str] = frozenset()
    toll_starts: frozenset[str] = frozenset()


class Topics(msgspec.Struct, frozen=True):
    """Words of other worlds, by world, and the words of conflict that outweigh them.

    An article of a world of `mild` keeps its violence and its protests and loses the rest.
    """

    other: dict[str, tuple[str, ...]]
    mild: dict[str, tuple[str, ...]]
    conflict: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True):
    """All word lists of the pattern coder."""

    words: Words
    attribution: AttributionCues
    status: StatusCues
    roles: RoleCues
    topics: Topics


def _read(name: str, kind: Any) -> Any:
    path = FOLDER / name
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - both loaders are the safe ones
        return msgspec.convert(raw, kind)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"data/coder/{name}: {error}; repair the file or reinstall dateline") from error


@cache
def grammar_words() -> frozenset[str]:
    """Return the words of grammar: determiners, prepositions, pronouns and "to"."""
    words = load_cues().words
    return words.determiners | words.prepositions | words.pronouns | {"to"}


@cache
def load_cues() -> Cues:
    """Read and check the word lists.

    Raises DataError naming the file and the place in it.
    """
    return Cues(
        words=_read("words.yaml", Words),
        attribution=_indexed(_read("attribution.yaml", AttributionCues)),
        status=_read("status.yaml", StatusCues),
        roles=_prepared(_read("roles.yaml", RoleCues)),
        topics=_read("topics.yaml", Topics),
    )


def _indexed(cues: AttributionCues) -> AttributionCues:
    return msgspec.structs.replace(cues, hearsay_starts=frozenset(cue.split()[0] for cue in cues.hearsay))


def _prepared(roles: RoleCues) -> RoleCues:
    """Fill in the sets that follow from the lists."""
    verbs = frozenset().union(*(toll.verbs for toll in roles.tolls.values()))
    return msgspec.structs.replace(
        roles,
        instrument_starts=frozenset(name.split()[0] for name in roles.instruments),
        toll_starts=frozenset(phrase.split()[0] for toll in roles.tolls.values() for phrase in toll.phrases),
        counted_passives=frozenset(
            verb for verb in verbs - roles.toll_intransitive if not verb.endswith("ing")
        ),
    )
