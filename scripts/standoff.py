"""Draw stretches of real documents for annotation, and compile what was annotated.

python scripts/standoff.py draw --corpus muc4 --count 20 [--skip 0] [--part train] > WORKING.yaml
python scripts/standoff.py compile WORKING... --out corpus/standoff/NAME.jsonl

`draw` prints skeletons: document, text, empty frames and said; the same arguments draw the same stretches,
`--skip` passes over those that another annotator has, `--part` keeps the documents of one part. Annotate as in
docs/reference/annotation.md, in the text as printed. `compile` prints every fault, or writes the file (no words
of the documents) and prints counts. Both take `--data FOLDER`. Working files hold text of others: keep them
out of the repository.
"""

import argparse
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.clean.sentences import split
from dateline.errors import DataError
from dateline.model import ids
from dateline.train.documents import READERS, body_start, part_of_document, texts_of
from dateline.train.standoff import Stretch, compile_working

SHORTEST, LONGEST = 3, 6  # sentences of a stretch
WIDTH = 110


def main(arguments: list[str]) -> int:
    """Draw or compile; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("--corpus", choices=sorted(READERS), required=True)
    drawing.add_argument("--count", type=int, default=20)
    drawing.add_argument("--skip", type=int, default=0)
    drawing.add_argument("--part", choices=["train", "dev", "test"])
    compiling = commands.add_parser("compile")
    compiling.add_argument("working", type=Path, nargs="+")
    compiling.add_argument("--out", type=Path)
    for command in (drawing, compiling):
        command.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    try:
        if options.command == "draw":
            for document, text in draw(options.data, options.corpus, options.skip, options.count):
                if options.part in (None, part_of_document(document)):
                    print(skeleton(document, text))
            return 0
        return put_down(options.working, options.data, options.out)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


def draw(data: Path, corpus: str, skip: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield document ids with a stretch of each, in an order that depends on the ids alone."""
    texts = texts_of(data, corpus)
    names = sorted(texts, key=lambda name: ids.sha256(f"{corpus}/{name}"))
    for name in names[skip : skip + count]:
        document = f"{corpus}/{name}"
        text = texts[name]
        begin = body_start(document, text)
        sentences = [(start + begin, end + begin) for start, end in split(text[begin:])]
        chance = int(ids.sha256(f"stretch of {document}")[:12], 16)
        length = min(SHORTEST + chance % (LONGEST - SHORTEST + 1), len(sentences))
        first = (chance >> 8) % max(1, len(sentences) - length + 1)
        low, high = sentences[first][0], sentences[first + length - 1][1]
        flat = " ".join(text[low:high].split())
        if " ".join(text.split()).count(flat) == 1:
            yield document, flat


def skeleton(document: str, text: str) -> str:
    """Return an entry of a working file; folded, so that the text can be read."""
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    body = "\n".join(f"    {line}" for line in lines)
    return f"- document: {document}\n  text: >-\n{body}\n  frames: []\n  said: []\n"


def put_down(working: list[Path], data: Path, out: Path | None) -> int:
    """Compile working files; writes `out` and prints counts, or prints the faults."""
    stretches: list[Stretch] = []
    faults: list[str] = []
    for path in working:
        try:
            stretches += compile_working(path, data)
        except DataError as error:
            faults.append(str(error))
    twice = [name for name, times in Counter(stretch.id for stretch in stretches).items() if times > 1]
    faults += [f"{name}: this stretch is in two working files" for name in twice]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    stretches.sort(key=lambda stretch: (stretch.document, stretch.start))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(b"".join(msgspec.json.encode(stretch) + b"\n" for stretch in stretches))
    print(report(stretches))
    return 0


def report(stretches: list[Stretch]) -> str:
    """Return the counts of stretches, frames, types, roles and status values."""
    frames = [frame for stretch in stretches for frame in stretch.frames]
    tables = {
        "corpora": Counter(stretch.corpus for stretch in stretches),
        "parts": Counter(stretch.part for stretch in stretches),
        "roles": Counter(role for frame in frames for role, _, _ in frame.fillers),
        "status": Counter(value for frame in frames for value in frame.status.values()),
        "types": Counter(frame.type for frame in frames),
    }
    head = (
        f"{len(stretches)} stretches, {len(frames)} frames, "
        f"{sum(len(stretch.sayings) for stretch in stretches)} attributions, "
        f"{sum(not stretch.frames for stretch in stretches)} stretches without an event"
    )
    rows = (
        f"{name}: " + ", ".join(f"{key} {count}" for key, count in table.most_common())
        for name, table in tables.items()
    )
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
