"""What the data of the ontology must keep to; each breach is a fault in words."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from dateline.ontology.kinds import EventType, Ontology, Targets, Trigger, words_of

MIN_EXAMPLES = 4
MIN_NON_EXAMPLES = 2


def faults_of(ontology: Ontology) -> list[str]:
    """Return every fault of `ontology`, one line each; an empty list when it is sound."""
    faults: list[str] = []
    for event_type in ontology.types.values():
        faults += _type_faults(event_type, ontology)
        faults += _crosswalk_faults(event_type, ontology.targets)
        faults += _example_faults(event_type, ontology)
    faults += _coverage_faults(ontology)
    faults += _relation_faults(ontology)
    faults += _trigger_faults(ontology)
    return faults


def _type_faults(event_type: EventType, ontology: Ontology) -> Iterator[str]:
    name = event_type.id
    if not name.isidentifier() or name != name.lower():
        yield f"{name}: the id is not snake_case"
    for field in ("label", "definition"):
        if not getattr(event_type, field).strip():
            yield f"{name}: {field} is empty"
    for note in event_type.excludes:
        for other in note.also:
            if other not in ontology.types or other == name:
                yield f"{name}: excludes names {other!r}, which is no other type"
    if not any(trigger.type == name for trigger in ontology.triggers):
        yield f"{name}: has no triggers"
    if len(event_type.examples) < MIN_EXAMPLES:
        yield f"{name}: has fewer than {MIN_EXAMPLES} examples"
    if len(event_type.non_examples) < MIN_NON_EXAMPLES:
        yield f"{name}: has fewer than {MIN_NON_EXAMPLES} non-examples"


def _crosswalk_faults(event_type: EventType, targets: Targets) -> Iterator[str]:
    name, walk, variants = event_type.id, event_type.crosswalk, event_type.variants
    if walk.plover.type is not None and walk.plover.type not in targets.plover:
        yield f"{name}: PLOVER has no type {walk.plover.type!r}"
    elif walk.plover.mode is not None and walk.plover.mode not in targets.plover.get(
        walk.plover.type or "", []
    ):
        yield f"{name}: PLOVER {walk.plover.type} has no mode {walk.plover.mode!r}"
    event = walk.acled.event_type
    if event is not None and event not in targets.acled:
        yield f"{name}: ACLED has no event type {event!r}"
    subs = (walk.acled.sub_event_type, variants.acled_state, variants.acled_nonstate, variants.acled_harmed)
    for sub in subs:
        if sub is not None and sub not in targets.acled.get(event or "", []):
            yield f"{name}: ACLED {event} has no sub-event type {sub!r}"
    if walk.cameo is not None and walk.cameo not in targets.cameo:
        yield f"{name}: CAMEO has no root {walk.cameo!r}"
    for ged in (walk.ged, variants.ged_state):
        if ged is not None and ged not in targets.ged:
            yield f"{name}: GED has no type of violence {ged!r}"


def _example_faults(event_type: EventType, ontology: Ontology) -> Iterator[str]:
    name = event_type.id
    for example in event_type.examples:
        wanted = [word for word, _, _ in words_of(example.trigger)]
        if example.trigger not in example.text:
            yield f"{name}: the trigger {example.trigger!r} is not in its example {example.text!r}"
        elif wanted not in announced(ontology, example.text, name):
            yield f"{name}: no trigger of the type finds {example.trigger!r} in {example.text!r}"
    for text in event_type.non_examples:
        for found in announced(ontology, text, name):
            yield f"{name}: {' '.join(found)!r} is found in the non-example {text!r}"


def announced(ontology: Ontology, text: str, type_id: str) -> list[list[str]]:
    """Return the words of each trigger of `type_id` that `Ontology.scan` finds in `text`."""
    words = [word for word, _, _ in words_of(text)]
    return [
        words[match.start : match.end]
        for match in ontology.scan(words)
        if any(trigger.type == type_id for trigger in match.triggers)
    ]


def _coverage_faults(ontology: Ontology) -> Iterator[str]:
    reached = reached_values(ontology)
    targets = ontology.targets
    for value in sorted(all_values(targets) - reached - set(targets.unreached)):
        yield f"targets.yaml: {value} is reached by no type; give it one or a reason under unreached"
    for value in sorted(set(targets.unreached) & reached):
        yield f"targets.yaml: {value} is under unreached, yet a type reaches it"
    for value in sorted(set(targets.unreached) - all_values(targets)):
        yield f"targets.yaml: {value} is under unreached and is no value"


def all_values(targets: Targets) -> set[str]:
    """Return every value of the four ontologies as "plover ASSAULT/drone", "acled Battles/Armed clash" ..."""
    values = {f"plover {event}" for event in targets.plover}
    values |= {f"plover {event}/{mode}" for event, modes in targets.plover.items() for mode in modes}
    values |= {f"acled {event}/{sub}" for event, subs in targets.acled.items() for sub in subs}
    return values | {f"cameo {root}" for root in targets.cameo} | {f"ged {kind}" for kind in targets.ged}


def reached_values(ontology: Ontology) -> set[str]:
    """Return the values that at least one type stands for, written as `all_values` writes them."""
    values: set[str] = set()
    for event_type in ontology.types.values():
        walk, variants = event_type.crosswalk, event_type.variants
        values |= {f"plover {walk.plover.type}", f"plover {walk.plover.type}/{walk.plover.mode}"}
        subs = (walk.acled.sub_event_type, variants.acled_state, variants.acled_nonstate, variants.acled_harmed)
        values |= {f"acled {walk.acled.event_type}/{sub}" for sub in subs if sub}
        values |= {f"cameo {walk.cameo}", f"ged {walk.ged}", f"ged {variants.ged_state}"}
    return values


def _relation_faults(ontology: Ontology) -> Iterator[str]:
    for (a, b), score in sorted(ontology.relations.items()):
        for name in (a, b):
            if name not in ontology.types:
                yield f"related.yaml: {name!r} is no type"
        if not 0 < score < 1:
            yield f"related.yaml: {a} and {b} have {score}; a score lies between 0 and 1"


@cache
def _is_one_word(form: str) -> bool:
    return [word for word, _, _ in words_of(form)] == [form.rstrip("*")]


def _trigger_faults(ontology: Ontology) -> Iterator[str]:
    by_words: dict[tuple[str, tuple[str, ...]], list[Trigger]] = defaultdict(list)
    for trigger in ontology.triggers:
        by_words[trigger.pos, trigger.words].append(trigger)
        if not 0 < trigger.weight <= 1:
            yield f"{trigger.type}: {trigger.lemma!r} has weight {trigger.weight}; it lies in 0..1"
        for form in trigger.requires + trigger.blocks + trigger.object + trigger.not_object:
            if not _is_one_word(form):
                yield f"{trigger.type}: {trigger.lemma!r} names {form!r}, which is not one lower-case word"
    for (_, words), same in by_words.items():
        free = sorted({trigger.type for trigger in same if not trigger.conditional})
        if len(free) > 1:
            yield f"{' and '.join(free)}: both have {' '.join(words)!r} without conditions"
        entries = [(t.type, t.lemma) for t in same if not t.conditional]
        if len(entries) > len(set(entries)):
            yield f"{free[0]}: {' '.join(words)!r} is listed twice"
    idioms = {trigger.words for found in ontology.idioms.values() for trigger in found}
    for words in sorted(idioms & {trigger.words for trigger in ontology.triggers}):
        yield f"idioms.yaml: {' '.join(words)!r} is also a trigger"
