"""The corpus of our own: passages written with quoted strings, compiled to offsets and checked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dateline.clean.sentences import split
from dateline.errors import DataError
from dateline.model import ids
from dateline.ontology import load_ontology
from dateline.train.examples import AXES, DEFAULT_STATUS, ROLES, Bounds, Example, Filler, Frame, Saying

# What befell people by the very act: their role is the target's as well when no other target is written.
IMPLIED_TARGET = {
    "killing": ("killed", "injured"),
    "assassination": ("killed", "injured"),
    "execution": ("killed",),
    "abduction": ("captured",),
    "arrest": ("captured",),
    "torture": ("injured", "killed"),
    "sexual_violence": ("injured",),
    "release": ("freed",),
    "displacement": ("displaced",),
    "deportation": ("displaced",),
}
# Ids of passages that only teach, whatever their hash.
TRAIN_ONLY = "train-"
# Parts of the corpus by the passage's id, in twentieths: 25 % test, 15 % dev, the rest train.
TEST_TWENTIETHS = 5
DEV_TWENTIETHS = 3

_AXIS_OF = {value: axis for axis, values in AXES.items() for value in values}
# "The" and possessives are left out of fillers and sources, however they were written.
_LEADING = re.compile(r"(?:the|his|her|its|their|our|my|your)\s+(?=\w)", re.IGNORECASE)
_OCCURRENCE = re.compile(r"(?s)(.+?)#(\d+)\Z")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")
_KEYS = {"id", "conflict", "region", "style", "title", "dateline", "text", "frames", "said", "nothing"}


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage as written, and the example that it compiles to.

    `part` is "train", "dev" or "test"; `nothing` says why a passage yields no event, or is None.
    """

    example: Example
    conflict: str
    region: str
    style: str
    part: str
    nothing: str | None = None


def part_of(passage_id: str) -> str:
    """Return the part that a passage belongs to; it depends on the id alone.

    Passages whose id begins with "train-" were written after the test part had been measured; they only teach,
    so that figures stay comparable.
    """
    if passage_id.startswith(TRAIN_ONLY):
        return "train"
    twentieth = lot_of(passage_id, 20)
    if twentieth < TEST_TWENTIETHS:
        return "test"
    return "dev" if twentieth < TEST_TWENTIETHS + DEV_TWENTIETHS else "train"


def lot_of(identity: str, lots: int) -> int:
    """Return a number below `lots` that depends on an id alone."""
    return int(ids.sha256(identity)[:8], 16) % lots


def load_passages(paths: Iterable[Path]) -> tuple[Passage, ...]:
    """Compile the passages of `paths`, in the order of their ids; raises DataError with every fault."""
    faults: list[str] = []
    passages = [passage for path in sorted(paths) for passage in _read(path, faults)]
    seen: set[str] = set()
    for passage in passages:
        if passage.example.id in seen:
            faults.append(f"{passage.example.id}: this id is used twice")
        seen.add(passage.example.id)
    if faults:
        raise DataError("\n".join(faults))
    return tuple(sorted(passages, key=lambda passage: passage.example.id))


def _read(path: Path, faults: list[str]) -> Iterator[Passage]:
    try:
        items = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except OSError as error:
        faults.append(f"{path.name}: cannot be read: {error.strerror}")
        return
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(f"{path.name}: not YAML: {' '.join(str(error).split())}")
        return
    if not isinstance(items, list | None):
        faults.append(f"{path.name}: not a list of passages")
        return
    for item in items or ():
        own: list[str] = []
        passage = _compile(item, own)
        faults += [f"{path.name}: {fault}" for fault in own]
        if passage is not None:
            yield passage


def _compile(item: Any, faults: list[str]) -> Passage | None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or "id" not in item:
        faults.append(f"a passage needs id and text: {str(item)[:60]}")
        return None
    name, text = str(item["id"]), item["text"].strip()
    faults += [f"{name}: unknown key {key}" for key in sorted(item.keys() - _KEYS, key=str)]
    reader = QuoteReader(text, split(text), name, faults)
    frames = tuple(frame for entry in item.get("frames") or () if (frame := reader.frame(entry)) is not None)
    sayings = tuple(saying for entry in item.get("said") or () if (saying := reader.saying(entry)) is not None)
    for key in ("conflict", "region", "style"):
        if not item.get(key):
            faults.append(f"{name}: {key} is missing")
    if frames and item.get("nothing"):
        faults.append(f"{name}: a passage with `nothing` has no frames")
    example = Example(
        id=name,
        source="corpus",
        text=text,
        sentences=reader.sentences,
        title=item.get("title"),
        dateline=item.get("dateline"),
        frames=tuple(sorted(frames, key=lambda frame: frame.trigger)),
        sayings=tuple(sorted(sayings, key=lambda saying: saying.cue)),
        complete=frozenset({"triggers", "sayings"}),
        roles=frozenset(ROLES),
    )
    return Passage(
        example=example,
        conflict=str(item.get("conflict")),
        region=str(item.get("region")),
        style=str(item.get("style")),
        part=part_of(name),
        nothing=item.get("nothing"),
    )


class QuoteReader:
    """Finds the quoted strings of one passage."""

    def __init__(self, text: str, sentences: tuple[Bounds, ...], name: str, faults: list[str]) -> None:
        self.text = text
        self.sentences = sentences
        self._name = name
        self._faults = faults
        self._types = load_ontology().types

    def frame(self, entry: Any) -> Frame | None:
        """Compile an event frame; None with a fault where that cannot be."""
        if not isinstance(entry, dict) or "trigger" not in entry:
            self._fault(f"a frame needs a trigger: {entry}")
            return None
        trigger = self._alone(str(entry["trigger"]), "trigger")
        kind = entry.get("type")
        if not isinstance(kind, str) or kind not in self._types:
            self._fault(f"no such type: {kind} (trigger {entry['trigger']!r})")
        for key in sorted(entry.keys() - {"trigger", "type", "status", *ROLES}, key=str):
            self._fault(f"no such role: {key} (trigger {entry['trigger']!r})")
        if trigger is None:
            return None
        fillers = [
            Filler(role, *bounds)
            for role in ROLES
            for wording in _several(entry.get(role))
            if (bounds := self._near(wording, trigger, role)) is not None
        ]
        if not any(filler.role == "target" for filler in fillers):
            implied = IMPLIED_TARGET.get(str(kind), ())
            fillers += [Filler("target", f.start, f.end) for f in fillers if f.role in implied]
        return Frame(
            trigger=trigger,
            type=kind,
            fillers=tuple(sorted(set(fillers))),
            status=self._status(entry.get("status")),
        )

    def saying(self, entry: Any) -> Saying | None:
        """Compile an attribution frame; None with a fault where that cannot be."""
        if not isinstance(entry, dict) or "cue" not in entry:
            self._fault(f"an attribution needs a cue: {entry}")
            return None
        for key in sorted(entry.keys() - {"cue", "source", "content"}, key=str):
            self._fault(f"no such part of an attribution: {key}")
        cue = self._alone(str(entry["cue"]), "cue")
        if cue is None:
            return None
        source, content = entry.get("source"), entry.get("content")
        return Saying(
            cue=cue,
            source=None if source is None else self._near(str(source), cue, "source"),
            content=None if content is None else self._near(str(content), cue, "content"),
        )

    def _status(self, words: Any) -> dict[str, str]:
        given: dict[str, str] = {}
        for word in _several(words):
            axis = _AXIS_OF.get(word)
            if axis is None:
                self._fault(f"no such status: {word}")
            elif axis in given:
                self._fault(f"two values on one axis of status: {given[axis]}, {word}")
            else:
                given[axis] = word
        return DEFAULT_STATUS | given

    def _alone(self, wording: str, what: str) -> Bounds | None:
        """Return the one place of `wording`, or the numbered one."""
        found = self._found(wording, what)
        if not found:
            return None
        if len(found) > 1:
            self._fault(f"{what} {wording!r} stands {len(found)} times: say which, as {wording}#2")
            return None
        return found[0]

    def _near(self, wording: str, anchor: Bounds, what: str) -> Bounds | None:
        """Return the place of `wording` nearest to `anchor`, in its sentence first."""
        found = self._found(wording, what)
        if not found:
            return None
        home = self._sentence(anchor[0])
        place = min(
            found,
            key=lambda place: (self._sentence(place[0]) != home, abs(place[0] - anchor[0]), place),
        )
        leading = None if what == "content" else _LEADING.match(self.text, *place)
        return place if leading is None else (leading.end(), place[1])

    def _sentence(self, offset: int) -> int:
        return next((i for i, (_, end) in enumerate(self.sentences) if offset < end), len(self.sentences))

    def _found(self, wording: str, what: str) -> list[Bounds]:
        """Return all places of `wording`, or the numbered one alone; it is a fault when there is none."""
        found, number = self._places(wording)
        if number is not None:
            found = found[number - 1 : number] if number else []
        if not found:
            self._fault(f"{what} {wording!r} is not in the text")
        return found

    def _places(self, wording: str) -> tuple[list[Bounds], int | None]:
        numbered = _OCCURRENCE.match(wording)
        number = int(numbered.group(2)) if numbered else None
        words = numbered.group(1) if numbered else wording
        found = _find(self.text, words)
        ends = _ELLIPSIS.split(words)
        if not found and len(ends) == 2 and all(ends):
            lasts = _find(self.text, ends[1])
            for start, first_end in _find(self.text, ends[0]):
                last = next((last for last in lasts if last[0] >= first_end), None)
                if last is not None:
                    found.append((start, last[1]))
        return found, number

    def _fault(self, text: str) -> None:
        self._faults.append(f"{self._name}: {text}")


def _find(text: str, words: str) -> list[Bounds]:
    """Return every place of `words` in `text` that cuts no word; no words stand nowhere."""
    wording = words.strip()
    if not wording:
        return []
    before = r"(?<!\w)" if wording[0].isalnum() else ""
    after = r"(?!\w)" if wording[-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(wording) + after, text)]


def _several(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
