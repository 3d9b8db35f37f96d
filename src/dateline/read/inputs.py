"""The door: everything at the paths that the user names, read by name and content."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read.encodings import wide_encoding
from dateline.read.feeds import MAX_FEED, read_feed
from dateline.read.files import find_files
from dateline.read.jsons import read_json, read_jsonl
from dateline.read.kinds import LOOKS, Kind, binary_kind, json_kind, kind_of_content, kind_of_name
from dateline.read.options import ReadOptions
from dateline.read.sidecars import ONE_ARTICLE, read_sidecar, sidecar_of
from dateline.read.source import (
    GZIP,
    HEAD_BYTES,
    MAX_ARTICLE,
    locator_of,
    open_binary,
    read_all,
    refuse,
    rewound,
    unpacked,
    unpacked_head,
    with_head,
)
from dateline.read.tables import looks_like_table, read_table
from dateline.read.text import read_page, read_text
from dateline.read.warc import read_warc

STANDARD_INPUT = "-"
# What content that is named like the key may look like. JSON that is broken from its start looks like text.
_MAY_LOOK: dict[Kind, tuple[Kind, ...]] = {
    "text": ("text", "html"),
    "html": ("text", "html"),
    "json": ("json", "text"),
    "jsonl": ("json", "text"),
    "table": ("text",),
    "warc": ("warc",),
    "feed": ("feed",),
}


def read(
    paths: Sequence[str], *, options: ReadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Capture | Rejected]:
    """Yield every article at `paths` as a Capture, and everything that is none as Rejected, as they are read.

    A path is a file, a folder (read in the order of its names, hidden files left out), a glob, or "-" for
    `stdin`, which stays open. Nothing is held in memory beyond one article, but for a `.json` file and a feed.
    """
    chosen = options or ReadOptions()
    for path in paths:
        if path != STANDARD_INPUT:
            for file in find_files(path, paths, recursive=chosen.recursive):
                yield from (file,) if isinstance(file, Rejected) else _file(file, chosen)
        elif stdin is None:
            yield refuse("missing", STANDARD_INPUT, "there is no standard input here")
        else:
            yield from _stream(stdin, STANDARD_INPUT, None, chosen)


def _file(path: Path, options: ReadOptions) -> Iterator[Capture | Rejected]:
    stream = open_binary(path)
    if isinstance(stream, Rejected):
        yield stream
        return
    # A pipe that was named (a shell's process substitution) says nothing by its name.
    named = path if os.path.isfile(path) else None  # noqa: PTH113 - Path.is_file raises for some paths
    with stream:
        yield from _stream(stream, locator_of(path), named, options)


def _stream(
    stream: BinaryIO, locator: str, path: Path | None, options: ReadOptions
) -> Iterator[Capture | Rejected]:
    """Read a stream as the kind that its name and its first bytes agree on."""
    try:
        stored, whole = with_head(stream)
    except OSError as error:
        yield refuse("unreadable", locator, f"the system says: {error.strerror or error}")
        return
    packed = stored.startswith(GZIP)
    head = unpacked_head(stored) if packed else stored[:HEAD_BYTES]
    if head is None:
        yield refuse("truncated", locator, "nothing of this gzip file can be unpacked")
        return
    kind = _kind(head, locator, path)
    if isinstance(kind, Rejected):
        yield kind
    elif kind == "warc":
        yield from read_warc(rewound(stream) or whole, locator, options)
    else:
        declared = Declared()
        sidecar = sidecar_of(path) if path is not None and kind in ONE_ARTICLE else None
        if sidecar is not None:
            declared, complaints = read_sidecar(sidecar)
            yield from complaints
        yield from _as_kind(kind, unpacked(whole) if packed else whole, head, locator, (options, declared))


def _kind(head: bytes, locator: str, path: Path | None) -> Kind | Rejected:
    """Return the kind to read as, or why nothing can be read."""
    if not head.strip() and len(head) < HEAD_BYTES:
        return refuse("empty", locator, "there is nothing but blanks in it" if head else "it has no bytes")
    binary = binary_kind(head)
    if binary is not None:
        return refuse("binary", locator, f"it is {binary}")
    looks = kind_of_content(head)
    if path is None:
        return _unnamed(looks, head)
    named = kind_of_name(path)
    if named is None:
        suffix = path.suffix and f"files ending in {path.suffix}"
        detail = f"{suffix or 'files without an ending'} are not read; it looks like {LOOKS[looks]}"
        return refuse("wrong_type", locator, detail)
    if looks not in _MAY_LOOK[named]:
        return refuse(
            "wrong_type", locator, f"it is named like {LOOKS[named]} and looks like {_look(looks, head)}"
        )
    return _settled(named, looks, head)


def _unnamed(looks: Kind, head: bytes) -> Kind:
    """Return the kind of standard input, which has no name."""
    if looks == "json":
        return "json" if wide_encoding(head) else json_kind(head)
    return "table" if looks == "text" and looks_like_table(head) else looks


def _settled(named: Kind, looks: Kind, head: bytes) -> Kind:
    """Return the kind where the name allows for more than one."""
    if named in ONE_ARTICLE and looks == "html":
        return "html"
    if named == "jsonl" and looks == "json":
        return "json" if wide_encoding(head) else json_kind(head)
    return named


def _look(looks: Kind, head: bytes) -> str:
    return "XML that is no feed" if looks == "text" and head.lstrip().startswith(b"<?xml") else LOOKS[looks]


def _as_kind(
    kind: Kind, stream: BinaryIO, head: bytes, locator: str, said: tuple[ReadOptions, Declared]
) -> Iterator[Capture | Rejected]:
    """Read a stream that is no archive; `said` is what the user and a sidecar say of it."""
    options, declared = said
    if kind == "jsonl":
        yield from read_jsonl(stream, locator, options)
    elif kind == "json":
        yield from read_json(stream, locator, options)
    elif kind == "table":
        yield from read_table(stream, head, locator, options)
    else:
        content, broken = read_all(stream, locator, MAX_FEED if kind == "feed" else MAX_ARTICLE)
        if broken is not None:
            yield broken
        elif kind == "feed":
            yield from read_feed(content, locator, options)
        elif not content.strip():
            yield refuse("empty", locator, "there is nothing but blanks in it")
        else:
            yield (
                read_page(content, locator, options, declared)
                if kind == "html"
                else read_text(content, locator, options, declared)
            )
