"""ECB+: news of 35 topics with its actions marked (Cybulska and Vossen 2014); the annotation has no types.

What is taken:
- in the topics of political violence (CONFLICT) a wording of the lexicon with one type that coincides with a
  mark of an action is a frame of that type; the class NEG_ denies it. Other marked actions may be of any type
  or none, so nothing is complete.
- in the topics of sport, film, illness, accidents and disasters (NOTHING) no sentence holds an event of ours,
  by the scheme: every word teaches that it is no trigger. Topics of ordinary crime and of politics are neither.
- a mark of reporting that our list of cues knows is a cue, without source or content, which ECB+ does not link.

Only sentences with a mark are taken, with those between them: the others were not annotated.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dateline.ontology import Ontology, load_ontology
from dateline.train.cutting import cut
from dateline.train.examples import Bounds, Example, Frame, Saying
from dateline.train.lexicon import wordings_of

# By reading the first lines of two documents of each topic's two halves.
CONFLICT = frozenset({8, 12, 19})
NOTHING = frozenset({1, 2, 4, 5, 6, 7, 10, 14, 20, 21, 23, 25, 29, 31, 35})
_ACTIONS = frozenset({"ACTION_OCCURRENCE", "NEG_ACTION_OCCURRENCE"})
_REPORTING = "ACTION_REPORTING"
# "found", "released", "known": marked as reporting where they report nothing said.
_CUES = re.compile(
    r"(?:sa(?:id|ys?|ying)|report(?:ed|s|ing|edly)?|announc(?:ed?|es|ing)|t(?:old|ells?|elling)|statements?|"
    r"according(?: to)?|confirm(?:ed|s)?|add(?:ed|s)|explain(?:ed|s)|claim(?:ed|s)?|"
    r"wrote|tweeted|suggest(?:ed|s))\Z",
    re.IGNORECASE,
)
_NO_SPACE_BEFORE = frozenset(
    {".", ",", ";", ":", "!", "?", ")", "%", "'s", "’s", "n't", "''", "'", "]", "'re", "'ve", "'ll"}
)
_NO_SPACE_BEHIND = frozenset({"(", "$", "``", "[", "£", "€"})
_SPELLED = {"``": '"', "''": '"'}


class _Mark(msgspec.Struct, frozen=True):
    kind: str
    start: int
    end: int


def read(folder: Path) -> Iterator[Example]:
    """Yield the annotated stretches of the documents, topic by topic."""
    ontology = load_ontology()
    for path in sorted(folder.glob("*/*.xml"), key=lambda path: (int(path.parent.name), path.name)):
        example = _example(path, int(path.parent.name), ontology)
        if example is not None:
            yield from (
                part for part in cut(example) if part.frames or part.sayings or "triggers" in part.complete
            )


def _example(path: Path, topic: int, ontology: Ontology) -> Example | None:
    text, sentences, marks = _document(path)
    if not marks:
        return None
    return Example(
        id=f"ecbplus/{path.stem}",
        source="ecbplus",
        text=text,
        sentences=sentences,
        frames=_frames(text, sentences, marks, ontology) if topic in CONFLICT else (),
        sayings=tuple(
            Saying(cue=(mark.start, mark.end))
            for mark in marks
            if mark.kind == _REPORTING and _CUES.match(text[mark.start : mark.end])
        ),
        complete=frozenset({"triggers"}) if topic in NOTHING else frozenset(),
    )


def _frames(
    text: str, sentences: Sequence[Bounds], marks: Sequence[_Mark], ontology: Ontology
) -> tuple[Frame, ...]:
    frames: list[Frame] = []
    for wording in wordings_of(text, sentences, ontology):
        action = next((mark for mark in marks if mark.kind in _ACTIONS and _meet(mark, wording.bounds)), None)
        if action is None:
            continue
        denied = action.kind.startswith("NEG_")
        frames.append(
            Frame(
                trigger=wording.bounds,
                type=wording.types[0] if len(wording.types) == 1 else None,
                status={"polarity": "denied"} if denied else {"polarity": "affirmed"},
            )
        )
    return tuple(frames)


def _meet(mark: _Mark, bounds: Bounds) -> bool:
    """Say whether a mark and a wording are one: one lies within the other."""
    inside = mark.start <= bounds[0] and bounds[1] <= mark.end
    return inside or (bounds[0] <= mark.start and mark.end <= bounds[1])


def _document(path: Path) -> tuple[str, tuple[Bounds, ...], list[_Mark]]:
    """Return the text of the annotated sentences, their bounds and the marks in them."""
    root = ET.parse(path).getroot()  # noqa: S314 - a corpus that the user fetched, without entities
    tokens = [
        (node.get("t_id", ""), int(node.get("sentence", "0")), node.text or "") for node in root.iter("token")
    ]
    sentence_of = {name: sentence for name, sentence, _ in tokens}
    anchored = [
        (mark.tag, [anchor.get("t_id", "") for anchor in mark.findall("token_anchor")])
        for mark in root.iterfind("Markables/*")
    ]
    anchored = [(kind, names) for kind, names in anchored if names]
    annotated = {sentence_of[name] for _, names in anchored for name in names if name in sentence_of}
    first, last = min(annotated, default=0), max(annotated, default=-1)
    addresses = {sentence for _, sentence, word in tokens if word == "http"}
    kept = [token for token in tokens if first <= token[1] <= last and token[1] not in addresses]
    text, places, sentences = _joined(kept)
    marks = [
        _Mark(kind, places[names[0]][0], places[names[-1]][1])
        for kind, names in anchored
        if all(name in places for name in names) and _adjacent(names)
    ]
    return text, sentences, sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))


def _adjacent(names: Sequence[str]) -> bool:
    numbers = [int(name) for name in names]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _joined(tokens: Sequence[tuple[str, int, str]]) -> tuple[str, dict[str, Bounds], tuple[Bounds, ...]]:
    """Set tokens as running text; return it, the bounds of each token and those of the sentences."""
    parts: list[str] = []
    places: dict[str, Bounds] = {}
    sentences: list[list[int]] = []
    length, before, current = 0, "", None
    for name, sentence, word in tokens:
        spelled = _SPELLED.get(word, word).strip()
        fresh = sentence != current
        glued = word in _NO_SPACE_BEFORE or before in _NO_SPACE_BEHIND
        gap = "" if not parts or (glued and not fresh) else " "
        parts += [gap, spelled]
        start = length + len(gap)
        length = start + len(spelled)
        places[name] = (start, length)
        if fresh:
            sentences.append([start, length])
            current = sentence
        sentences[-1][1] = length
        before = word
    return "".join(parts), places, tuple((start, end) for start, end in sentences if start < end)
