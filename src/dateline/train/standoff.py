"""Stand-off: our annotations of sentences that we may not copy, as offsets into documents kept elsewhere."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from dateline.clean.sentences import split
from dateline.errors import DataError
from dateline.model import ids
from dateline.train.corpus import QuoteReader
from dateline.train.documents import documents, part_of_document
from dateline.train.examples import DEFAULT_STATUS, ROLES, Bounds, Example, Filler, Frame, Saying

_WORD = re.compile(r"\S+")
_KEYS = {"document", "text", "frames", "said", "nothing"}


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event frame in a document's offsets; `status` holds the departures from the default only."""

    trigger: Bounds
    type: str
    fillers: tuple[tuple[str, int, int], ...] = ()
    status: dict[str, str] = {}


class Stretch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One annotated stretch of a document, `text[start:end]`, without its words.

    All offsets are half-open code points of the document's text as `documents` gives it; `sha256` is that
    text's. A saying is its cue, its source and its content. `part` is "train", "dev" or "test".
    """

    id: str
    corpus: str
    document: str
    sha256: str
    start: int
    end: int
    part: str
    frames: tuple[Marked, ...] = ()
    sayings: tuple[tuple[Bounds, Bounds | None, Bounds | None], ...] = ()


def compile_working(path: Path, data: Path) -> tuple[Stretch, ...]:
    """Compile a working file: passages as in the corpus, each with `document` and a `text` that stands there.

    A stretch is found without regard to white space, and must be found exactly once. Raises DataError with
    every fault.
    """
    faults: list[str] = []
    try:
        items = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: cannot be read: {' '.join(str(error).split())}") from error
    found = [stretch for item in items or () if (stretch := _compile(item, data, faults)) is not None]
    seen: set[str] = set()
    for stretch in found:
        if stretch.id in seen:
            faults.append(f"{stretch.id}: this stretch is annotated twice")
        seen.add(stretch.id)
    if faults:
        raise DataError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return tuple(sorted(found, key=lambda stretch: (stretch.document, stretch.start)))


def _compile(item: Any, data: Path, faults: list[str]) -> Stretch | None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or "document" not in item:
        faults.append(f"a stretch needs document and text: {str(item)[:60]}")
        return None
    document = str(item["document"])
    faults += [f"{document}: unknown key {key}" for key in sorted(item.keys() - _KEYS)]
    if item.get("frames") and item.get("nothing"):
        faults.append(f"{document}: a stretch with `nothing` has no frames")
    try:
        whole = _Flat(documents(data, document))
    except DataError as error:
        faults.append(str(error))
        return None
    text = _Flat(item["text"]).text
    at = whole.text.find(text)
    if at < 0 or not text or whole.text.find(text, at + 1) >= 0:
        what = "not in the document" if at < 0 else "in the document more than once; make it longer"
        faults.append(f"{document}: this text is {what}: {text[:60]!r}")
        return None
    start, end = whole.bounds(at, at + len(text))
    name = f"{document}@{start}"
    reader = QuoteReader(text, split(text), name, faults)
    frames = [frame for entry in item.get("frames") or () if (frame := reader.frame(entry)) is not None]
    sayings = [saying for entry in item.get("said") or () if (saying := reader.saying(entry)) is not None]

    def moved(mark: Bounds) -> Bounds:
        return whole.bounds(at + mark[0], at + mark[1])

    return Stretch(
        id=name,
        corpus=document.partition("/")[0],
        document=document,
        sha256=ids.sha256(whole.source),
        start=start,
        end=end,
        part=part_of_document(document),
        frames=tuple(_marked(frame, moved) for frame in sorted(frames, key=lambda frame: frame.trigger)),
        sayings=tuple(
            (
                moved(saying.cue),
                None if saying.source is None else moved(saying.source),
                None if saying.content is None else moved(saying.content),
            )
            for saying in sorted(sayings, key=lambda saying: saying.cue)
        ),
    )


def _marked(frame: Frame, moved: Any) -> Marked:
    return Marked(
        trigger=moved(frame.trigger),
        type=str(frame.type),
        fillers=tuple((filler.role, *moved((filler.start, filler.end))) for filler in frame.fillers),
        status={axis: value for axis, value in frame.status.items() if value != DEFAULT_STATUS[axis]},
    )


class _Flat:
    """A text with its white space made single spaces, and the way back to its offsets."""

    def __init__(self, source: str) -> None:
        self.source = source
        words = [match.span() for match in _WORD.finditer(source)]
        self.text = " ".join(source[start:end] for start, end in words)
        self._origin = [
            offset
            for number, (start, end) in enumerate(words)
            for offset in ([words[number - 1][1]] if number else []) + list(range(start, end))
        ]

    def bounds(self, start: int, end: int) -> Bounds:
        """Return the bounds in the source of `text[start:end]`, which begins and ends with a word's letter."""
        return self._origin[start], self._origin[end - 1] + 1


def read_stretches(paths: Iterable[Path]) -> tuple[Stretch, ...]:
    """Read the lines of stand-off files in the order of their names; raises DataError on a broken line."""
    return tuple(stretch for path in sorted(paths) for stretch in _read(path))


def _read(path: Path) -> Iterator[Stretch]:
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            yield msgspec.json.decode(line, type=Stretch)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise DataError(f"{path.name}:{number}: not a line of stand-off: {error}") from error


def load_standoff(paths: Iterable[Path], data: Path, *, part: str | None = None) -> tuple[Example, ...]:
    """Return the stretches as examples with their words, read anew from the documents under `data`.

    `part` keeps the stretches of that part only. Raises DataError where a document is missing, or its text
    is not the one that was annotated.
    """
    stretches = (stretch for stretch in read_stretches(paths) if part in (None, stretch.part))
    return tuple(_example(stretch, data) for stretch in stretches)


def held_back(paths: Iterable[Path], *, parts: frozenset[str] = frozenset({"dev", "test"})) -> frozenset[str]:
    """Return the documents of which a stretch belongs to `parts`: no other corpus may teach them."""
    return frozenset(stretch.document for stretch in read_stretches(paths) if stretch.part in parts)


def without(examples: Iterable[Example], held: Collection[str]) -> Iterator[Example]:
    """Yield the examples that are no part of a document of `held`."""
    for example in examples:
        names = example.id.split("/")
        if not any("/".join(names[:end]) in held for end in range(2, len(names) + 1)):
            yield example


def _example(stretch: Stretch, data: Path) -> Example:
    whole = documents(data, stretch.document)
    if ids.sha256(whole) != stretch.sha256:
        raise DataError(
            f"{stretch.document}: the text under {data / stretch.corpus} is not the one that was annotated; "
            "fetch the version that docs/reference/annotation.md names, or compile the stretch anew"
        )
    text, start = whole[stretch.start : stretch.end], stretch.start

    def moved(mark: Bounds) -> Bounds:
        return mark[0] - start, mark[1] - start

    return Example(
        id=stretch.id,
        source="standoff",
        text=text,
        sentences=split(text),
        frames=tuple(
            Frame(
                trigger=moved(frame.trigger),
                type=frame.type,
                fillers=tuple(Filler(role, *moved((low, high))) for role, low, high in frame.fillers),  # type: ignore[arg-type]
                status=DEFAULT_STATUS | frame.status,
            )
            for frame in stretch.frames
        ),
        sayings=tuple(
            Saying(
                cue=moved(cue),
                source=None if source is None else moved(source),
                content=None if content is None else moved(content),
            )
            for cue, source, content in stretch.sayings
        ),
        complete=frozenset({"triggers", "sayings"}),
        roles=frozenset(ROLES),
    )
