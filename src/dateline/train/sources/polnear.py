"""PolNeAR: news on politics with every attribution marked, as brat stand-off (Newell et al. 2018)."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.clean.sentences import split
from dateline.train.conventions import cue_words, quoted_words, speaker
from dateline.train.cutting import cut
from dateline.train.examples import Bounds, Example, Saying

PARTS = ("train", "dev")


def read(folder: Path) -> Iterator[Example]:
    """Yield the training part; the dev part is kept for the suite."""
    return read_part(folder, "train")


def read_part(folder: Path, part: str) -> Iterator[Example]:
    """Yield the documents of "train" or "dev", cut into stretches, marks drawn as our scheme draws them.

    PolNeAR's cues keep auxiliaries, its sources "the" and what is told about the speaker, its contents the
    quotation marks.
    """
    for document in read_documents(folder, part):
        text = document.text
        sayings = tuple(
            Saying(
                cue=cue_words(text, saying.cue),
                source=None if saying.source is None else speaker(text, saying.source),
                content=None if saying.content is None else quoted_words(text, saying.content),
            )
            for saying in document.sayings
        )
        yield from cut(msgspec.structs.replace(document, sayings=sayings))


def read_documents(folder: Path, part: str) -> Iterator[Example]:
    """Yield the whole documents of a part, in the order of their names; all attributions are marked.

    Of a document that several people annotated the first one's reading (by the code of the annotator) is
    taken. Marks are bounds in the file's text, line ends as they stand there.
    """
    readings: dict[str, Path] = {}
    for path in sorted((folder / part / "attributions").glob("*.ann")):
        readings.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in sorted(readings.items()):
        text = document_text(folder, part, name)
        yield Example(
            id=f"polnear/{name}",
            source="polnear",
            text=text,
            sentences=split(text),
            sayings=_sayings(path, text),
            complete=frozenset({"sayings"}),
        )


def document_text(folder: Path, part: str, name: str) -> str:
    """Return the text of one document; raises OSError where it is not there."""
    return (folder / part / "text" / f"{name}.txt").read_bytes().decode("utf-8")


def _sayings(path: Path, text: str) -> tuple[Saying, ...]:
    """Read "T7<TAB>Cue 92 101<TAB>announced" and "E2<TAB>Attribution:T9 Content:T8 Cue:T7 Source:T6"."""
    marks: dict[str, tuple[str, Bounds]] = {}
    sayings: set[tuple[Bounds, Bounds | None, Bounds | None]] = set()
    # A document may hold lone carriage returns or other line breaks within an annotation's wording.
    lines = [line.split("\t") for line in path.read_bytes().decode("utf-8").split("\n")]
    for fields in lines:
        if fields[0][:1] == "T" and len(fields) > 1:
            label, _, offsets = fields[1].partition(" ")
            marks[fields[0]] = label, _largest(offsets, text)
    for fields in lines:
        if fields[0][:1] != "E" or len(fields) < 2:
            continue
        parts: dict[str, Bounds] = {}
        for pair in fields[1].split():
            role, _, name = pair.partition(":")
            role = role.rstrip("0123456789")
            if role in ("Source", "Cue", "Content") and name in marks:
                parts[role] = max(parts.get(role, (0, 0)), marks[name][1], key=_length)
        if "Cue" in parts:
            sayings.add((parts["Cue"], parts.get("Source"), parts.get("Content")))
    ordered = sorted(sayings, key=lambda saying: (saying[0], saying[1] or (0, 0), saying[2] or (0, 0)))
    return tuple(Saying(cue=cue, source=source, content=content) for cue, source, content in ordered)


def _largest(offsets: str, text: str) -> Bounds:
    """Return the longest part of a mark of several parts ("767 798;811 905"), trimmed."""
    parts = [(int(start), int(end)) for start, end in (part.split() for part in offsets.split(";"))]
    start, end = max(parts, key=_length)
    wording = text[start:end]
    return start + len(wording) - len(wording.lstrip()), end - len(wording) + len(wording.rstrip())


def _length(bounds: Bounds) -> int:
    return bounds[1] - bounds[0]
