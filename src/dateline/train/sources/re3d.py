"""re3d: entities and relations in texts on Iraq and Syria (Dstl 2017); the BBC part is not used.

What is taken: the words of a relation of fighting or of dealings that announce exactly one type of ours, with
the two parties. Relations of place, membership, command or attitude name no happening and are left aside.
Nothing is complete: re3d marks relations between entities, not events.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from dateline.clean.sentences import split
from dateline.model.mention import Role
from dateline.ontology import Ontology, load_ontology, words_of
from dateline.train.conventions import noun_phrase
from dateline.train.cutting import cut
from dateline.train.examples import Bounds, Example, Filler, Frame

# Below this confidence of the annotation a relation is often read into the words.
CONFIDENCE = 0.7
# Types that the words of a relation may announce; others (a "threat" in a FightingAgainst) are not what the
# two parties have between them.
_FIGHTING = frozenset({"combat", "remote", "violence"})
_DEALINGS = frozenset({"negotiation", "agreement", "cooperation", "support", "ceasefire", "aid"})
_PRONOUN = re.compile(r"(?:it|its|they|them|their|he|him|his|she|her|we|us|our|i|there|who|which)\Z", re.I)


class Document(msgspec.Struct, frozen=True):
    """A document by its id, with the folder that it came from."""

    id: str
    text: str
    folder: str


def read(folder: Path) -> Iterator[Example]:
    """Yield the documents with a relation that names a happening, cut into stretches that hold one."""
    ontology = load_ontology()
    relations: dict[str, list[Mapping[str, Any]]] = {}
    for path in sorted(folder.glob("*/relations.json")):
        for relation in _lines(path):
            relations.setdefault(relation["documentId"], []).append(relation)
    for document in read_documents(folder):
        sentences = split(document.text)
        frames: dict[Bounds, Frame] = {}
        for relation in relations.get(document.id, ()):
            frame = _frame(document.text, sentences, relation, ontology)
            if frame is not None:
                frames[frame.trigger] = _joined(frames.get(frame.trigger), frame)
        example = Example(
            id=f"re3d/{document.id}",
            source="re3d",
            text=document.text,
            sentences=sentences,
            frames=tuple(frame for _, frame in sorted(frames.items())),
        )
        yield from (part for part in cut(example) if part.frames)


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents in the order of their ids."""
    found = [
        Document(line["_id"], line["text"], path.parent.name)
        for path in sorted(folder.glob("*/documents.json"))
        for line in _lines(path)
    ]
    yield from sorted({document.id: document for document in found}.values(), key=lambda item: item.id)


def _lines(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _frame(
    text: str, sentences: tuple[Bounds, ...], relation: Mapping[str, Any], ontology: Ontology
) -> Frame | None:
    start, end, kind = relation["begin"], relation["end"], relation["type"]
    told = text[start:end] == relation["value"] and start < end and relation["confidence"] >= CONFIDENCE
    if not told or kind not in ("FightingAgainst", "CommWith"):
        return None
    found = _announced(text, sentences, (start, end), ontology)
    if found is None:
        return None
    trigger, name = found
    if kind == "FightingAgainst" and ontology.family(name) not in _FIGHTING:
        return None
    if kind == "CommWith" and name not in _DEALINGS:
        return None
    parties = [_party(text, relation, side, ontology) for side in ("source", "target")]
    if kind == "CommWith":  # told once each way: the side that stands first acts
        parties.sort(key=lambda party: party or (len(text), 0))
    roles: tuple[Role, Role] = ("actor", "target")
    fillers = [
        Filler(role, *party)
        for role, party in zip(roles, parties, strict=True)
        if party is not None and not (party[0] < trigger[1] and trigger[0] < party[1])
    ]
    return Frame(trigger=trigger, type=name, fillers=tuple(sorted(fillers))) if fillers else None


def _joined(known: Frame | None, frame: Frame) -> Frame:
    """Add the parties of a further relation of the same words; a party of both sides is left out."""
    if known is None:
        return frame
    fillers = {*known.fillers, *frame.fillers}
    sides = Counter((filler.start, filler.end) for filler in fillers)
    kept = sorted(filler for filler in fillers if sides[filler.start, filler.end] == 1)
    kind = frame.type if frame.type == known.type else None
    return Frame(trigger=frame.trigger, type=kind, fillers=tuple(kept))


def _announced(
    text: str, sentences: tuple[Bounds, ...], value: Bounds, ontology: Ontology
) -> tuple[Bounds, str] | None:
    """Return the one trigger within `value` and its one type, or None where there are none or several."""
    home = next(((low, high) for low, high in sentences if low <= value[0] < high), None)
    if home is None:
        return None
    words = words_of(text[home[0] : home[1]])
    found = [
        ((home[0] + words[match.start][1], home[0] + words[match.end - 1][2]), match)
        for match in ontology.scan([word for word, _, _ in words])
    ]
    within = [(bounds, match) for bounds, match in found if value[0] <= bounds[0] and bounds[1] <= value[1]]
    if len(within) != 1:
        return None
    types = {trigger.type for trigger in within[0][1].triggers}
    return (within[0][0], types.pop()) if len(types) == 1 else None


def _party(text: str, relation: Mapping[str, Any], side: str, ontology: Ontology) -> Bounds | None:
    """Return a party of a relation; none for a pronoun, or where an event stands for who did it ("strikes")."""
    start, end = relation[f"{side}Begin"], relation[f"{side}End"]
    bounds = noun_phrase(text, (start, end))
    if text[start:end] != relation[side] or bounds is None:
        return None
    wording = text[bounds[0] : bounds[1]]
    event = any(ontology.scan([word for word, _, _ in words_of(wording)]))
    return None if event or _PRONOUN.match(wording) else bounds
