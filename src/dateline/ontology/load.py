"""Read the ontology from its data files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.model.report import Acled, Crosswalk, Plover
from dateline.ontology.checks import faults_of
from dateline.ontology.kinds import (
    EventType,
    Example,
    Exclusion,
    Ontology,
    Pos,
    Roles,
    Targets,
    Trigger,
    Variants,
    words_of,
)

FAMILIES = ("combat", "remote", "violence", "demonstration", "control", "movement", "politics")
# Prior belief in a trigger by kind of entry, where the data say nothing better: fixed wordings mislead least,
# nouns most ("attack" also names a disease). Set by judgement; the coder's own features weigh more.
DEFAULT_WEIGHTS: Mapping[str, float] = {"verb": 0.7, "noun": 0.6, "phrase": 0.8}


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wording; `tags` keeps those forms only ("massed" announces a deployment, "mass" does not)."""

    lemma: str
    weight: float | None = None
    requires: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    tags: tuple[Literal["VB", "VBZ", "VBG", "VBD", "VBN", "NN", "NNS"], ...] = ()


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[str | _Entry, ...] = ()
    nouns: tuple[str | _Entry, ...] = ()
    phrases: tuple[str | _Entry, ...] = ()


class _Walk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    plover: Plover
    acled: Acled
    cameo: str | None
    ged: int | None
    variants: Variants = Variants()


class _Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    label: str
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[Exclusion, ...]
    examples: tuple[Example, ...]
    non_examples: tuple[str, ...]
    crosswalk: _Walk
    violent: bool
    victims: bool
    verbal: bool = False
    roles: Roles
    triggers: _Lists


class _Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    family: str
    types: tuple[_Type, ...]


class _Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    types: tuple[str, ...]
    score: float


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: dict[str, dict[str, str]]
    noun: dict[str, dict[str, str]]


def load_ontology() -> Ontology:
    """Return the package's ontology, read and checked once per process.

    Raises DataError that lists every fault of the data files.
    """
    return _load(DATA / "ontology")


@cache
def _load(folder: Path) -> Ontology:
    return read_ontology(folder)


def read_ontology(folder: Path) -> Ontology:
    """Read the ontology from `folder`, laid out as the package's own; raises DataError listing all faults."""
    faults: list[str] = []
    raw: list[tuple[str, _Type]] = []
    for name in FAMILIES:
        part = _read(folder / f"{name}.yaml", _Family)
        if part.family != name:
            faults.append(f"{name}.yaml: family is {part.family!r}; write {name!r}")
        raw += [(name, event_type) for event_type in part.types]
    forms = _read(folder / "forms.json", _Forms)
    types = {item.id: _event_type(item, family) for family, item in raw}
    counts = Counter(item.id for _, item in raw)
    faults += [f"{name}: listed {count} times" for name, count in counts.items() if count > 1]
    triggers = _sorted(t for _, item in raw for t in _triggers(item.triggers, item.id, forms, faults))
    idioms = _sorted(_triggers(_read(folder / "idioms.yaml", _Lists), "idiom", forms, faults))
    relations: tuple[_Relation, ...] = _read(folder / "related.yaml", tuple[_Relation, ...])
    ontology = Ontology(
        types=types,
        triggers=triggers,
        by_first_word=_by_first_word(triggers),
        idioms=_by_first_word(idioms),
        relations={
            (a, b): relation.score
            for relation in relations
            for a in relation.types
            for b in relation.types
            if a < b
        },
        targets=_read(folder / "targets.yaml", Targets),
    )
    faults += faults_of(ontology)
    if faults:
        raise DataError("the ontology breaks its rules: " + "; ".join(sorted(set(faults))))
    return ontology


def _sorted(triggers: Iterable[Trigger]) -> tuple[Trigger, ...]:
    """Longest first, then those that ask most of their surroundings, then the weightiest."""
    return tuple(
        sorted(
            triggers,
            key=lambda t: (-len(t.words), not t.conditional, -t.weight, t.words, t.type, t.pos, t.lemma),
        )
    )


def _by_first_word(triggers: Iterable[Trigger]) -> Mapping[str, tuple[Trigger, ...]]:
    index: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        index.setdefault(trigger.words[0], []).append(trigger)
    return {word: tuple(found) for word, found in sorted(index.items())}


def _read(path: Path, kind: Any) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = path.read_bytes()
        if path.suffix == ".json":
            return msgspec.json.decode(content, type=kind)
        return msgspec.convert(yaml.load(content, loader), type=kind)  # noqa: S506 - both loaders are safe
    except (OSError, yaml.YAMLError, msgspec.ValidationError, msgspec.DecodeError) as error:
        detail = " ".join(str(error).split())
        raise DataError(f"{path.name} cannot be read ({detail}); repair the file or reinstall") from error


def _event_type(item: _Type, family: str) -> EventType:
    walk = item.crosswalk
    return EventType(
        id=item.id,
        label=item.label,
        family=family,
        definition=item.definition,
        includes=item.includes,
        excludes=item.excludes,
        examples=item.examples,
        non_examples=item.non_examples,
        crosswalk=Crosswalk(plover=walk.plover, acled=walk.acled, cameo=walk.cameo, ged=walk.ged),
        variants=walk.variants,
        violent=item.violent,
        victims=item.victims,
        verbal=item.verbal,
        roles=item.roles,
    )


def _triggers(lists: _Lists, type_id: str, forms: _Forms, faults: list[str]) -> Iterator[Trigger]:
    known: dict[str, Mapping[str, Mapping[str, str]]] = {"verb": forms.verb, "noun": forms.noun}
    parts: tuple[tuple[Pos, tuple[str | _Entry, ...]], ...] = (
        ("verb", lists.verbs),
        ("noun", lists.nouns),
        ("phrase", lists.phrases),
    )
    for pos, entries in parts:
        for given in entries:
            entry = _Entry(given) if isinstance(given, str) else given
            spelled = {"PHRASE": entry.lemma} if pos == "phrase" else known[pos].get(entry.lemma)
            if spelled is None:
                faults.append(f"{type_id}: {pos} {entry.lemma!r} has no forms; run scripts/forms.py")
                continue
            tags: dict[tuple[str, ...], list[str]] = {}
            for tag, form in spelled.items():
                if entry.tags and tag not in entry.tags:
                    continue
                tags.setdefault(tuple(word for word, _, _ in words_of(form)), []).append(tag)
            for words, same in tags.items():
                yield Trigger(
                    words=words,
                    type=type_id,
                    pos=pos,
                    tag=same[0],
                    tags=tuple(same),
                    lemma=entry.lemma,
                    weight=DEFAULT_WEIGHTS[pos] if entry.weight is None else entry.weight,
                    requires=entry.requires,
                    blocks=entry.blocks,
                    object=entry.object,
                    not_object=entry.not_object,
                )
