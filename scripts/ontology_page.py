"""Write docs/reference/ontology.md, the event types for readers (--check: only compare)."""

import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.ontology import EventType, Ontology, load_ontology

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "ontology.md"
INTRO = """# Event types

This page is made from `src/dateline/data/ontology/` by `scripts/ontology_page.py`; change the data, not it.

Every event has one type. A type says what it takes in, what belongs elsewhere, which words announce it and
where four other ontologies put it: PLOVER 2.0 (type and mode), ACLED (event and sub-event type), CAMEO (root
code) and UCDP GED (type of violence: 1 state-based, 2 non-state, 3 one-sided). A dash means that the other
ontology has no place for it. A word in *italics* among the triggers announces the type only where certain
other words stand near it.
"""


def page(ontology: Ontology) -> str:
    """Return the whole page."""
    blocks = [INTRO, *_overview(ontology)]
    family = ""
    for event_type in ontology.types.values():
        if event_type.family != family:
            family = event_type.family
            blocks.append(f"## {family.capitalize()}\n")
        blocks.append("\n".join(_section(event_type, ontology)))
    blocks.append("\n".join(_unreached(ontology)))
    return "\n".join(blocks)


def _overview(ontology: Ontology) -> Iterator[str]:
    yield "| type | family | PLOVER | ACLED | CAMEO | GED | violent | victims |"
    yield "|---" * 8 + "|"
    for event_type in ontology.types.values():
        plover, acled, cameo, ged = _crosswalk(event_type)
        name = f"[{event_type.id}](#{_anchor(event_type)})"
        flags = ["yes" if flag else "no" for flag in (event_type.violent, event_type.victims)]
        yield "| " + " | ".join([name, event_type.family, plover, acled, cameo, ged, *flags]) + " |"
    yield ""


def _anchor(event_type: EventType) -> str:
    return event_type.label.lower().replace(" ", "-")


def _crosswalk(event_type: EventType) -> tuple[str, str, str, str]:
    walk, variants = event_type.crosswalk, event_type.variants
    plover = " ".join(part for part in (walk.plover.type, walk.plover.mode) if part)
    acled = ": ".join(part for part in (walk.acled.event_type, walk.acled.sub_event_type) if part)
    for sub, when in (
        (variants.acled_state, "by a state"),
        (variants.acled_nonstate, "by others"),
        (variants.acled_harmed, "with people hurt"),
    ):
        if sub:
            acled += f"; {when}: {sub}"
    ged = "" if walk.ged is None else str(walk.ged)
    if variants.ged_state is not None:
        ged += f" ({variants.ged_state} by a state)"
    return plover or "–", acled or "–", walk.cameo or "–", ged or "–"


def _section(event_type: EventType, ontology: Ontology) -> Iterator[str]:
    plover, acled, cameo, ged = _crosswalk(event_type)
    yield f"### {event_type.label}\n"
    yield f"`{event_type.id}`. {event_type.definition}\n"
    yield f"- **Takes in:** {'; '.join(event_type.includes)}."
    for note in event_type.excludes:
        yield f"- **Not:** {note.text} → {', '.join(f'`{other}`' for other in note.also)}."
    yield f"- **Actor:** {event_type.roles.actor}. **Target:** {event_type.roles.target}."
    yield f"- **Elsewhere:** PLOVER {plover} · ACLED {acled} · CAMEO {cameo} · GED {ged}."
    for pos, label in (("verb", "Verbs"), ("noun", "Nouns"), ("phrase", "Phrases")):
        words = _lemmas(event_type, ontology, pos)
        if words:
            yield f"- **{label}:** {', '.join(words)}."
    yield "\nExamples:\n"
    for example in event_type.examples:
        yield "- " + example.text.replace(example.trigger, f"**{example.trigger}**", 1)
    yield "\nNot this type:\n"
    for text in event_type.non_examples:
        yield f"- {text}"
    yield ""


def _lemmas(event_type: EventType, ontology: Ontology, pos: str) -> list[str]:
    free: dict[str, bool] = {}
    for trigger in ontology.triggers:
        if trigger.type == event_type.id and trigger.pos == pos:
            free[trigger.lemma] = free.get(trigger.lemma, False) or not trigger.conditional
    return [lemma if free[lemma] else f"*{lemma}*" for lemma in sorted(free)]


def _unreached(ontology: Ontology) -> Iterator[str]:
    yield "## Values of the other ontologies that no type stands for\n"
    for value, reason in sorted(ontology.targets.unreached.items()):
        yield f"- {value}: {reason}."
    yield ""


def main() -> int:
    """Write or compare the page; return 1 when it is stale."""
    fresh = page(load_ontology())
    stale = not PAGE.exists() or PAGE.read_text("utf-8") != fresh
    if stale and "--check" not in sys.argv:
        PAGE.write_text(fresh, "utf-8")
    if stale:
        print("ontology.md is stale, run `make format`" if "--check" in sys.argv else "wrote ontology.md")
    return int(stale and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
