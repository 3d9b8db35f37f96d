"""From what the user names (files, folders, globs, standard input) to Captures."""

import glob
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read.feeds import read_feed
from dateline.read.jsons import read_json, read_jsonl
from dateline.read.kinds import (
    HEAD_BYTES,
    SIDECAR_SUFFIXES,
    SUFFIXES,
    Kind,
    binary_kind,
    kind_of_content,
    kind_of_name,
)
from dateline.read.options import ReadOptions
from dateline.read.source import BROKEN_GZIP, GZIP, open_binary, read_all, refuse
from dateline.read.tables import read_table
from dateline.read.text import read_page, read_sidecar, read_text, sidecar_of
from dateline.read.warc import read_warc

STANDARD_INPUT = "-"
_ONE_ARTICLE = ("text", "html")
_LOOK_ALIKE = {
    "html": "an HTML page",
    "json": "JSON",
    "warc": "a web archive",
    "feed": "a feed",
    "text": "plain text",
}
# What the content of a strictly named kind must look like; other kinds are read as they are named.
_EXPECTED: dict[Kind, Kind] = {"json": "json", "jsonl": "json", "warc": "warc", "feed": "feed"}


def read(
    paths: Sequence[str], *, options: ReadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Capture | Rejected]:
    """Yield every article at `paths` as a Capture, and everything that is none as Rejected, as they are read.

    A path is a file, a folder (read in the order of its names, hidden files left out), a glob, or "-" for
    `stdin`. Nothing is held in memory beyond one article, but for a `.json` file that is one long list.
    """
    chosen = options or ReadOptions()
    for path in paths:
        if path == STANDARD_INPUT:
            yield from _standard_input(stdin, chosen)
            continue
        found = _expand(path, recursive=chosen.recursive)
        if isinstance(found, Rejected):
            yield found
            continue
        for file in found:
            yield from _file(file, chosen) if isinstance(file, Path) else iter((file,))


def _standard_input(stdin: BinaryIO | None, options: ReadOptions) -> Iterator[Capture | Rejected]:
    if stdin is None:
        yield refuse("missing", STANDARD_INPUT, "there is no standard input here")
        return
    stream = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", stdin), HEAD_BYTES * 2))
    yield from _stream(stream, STANDARD_INPUT, None, options)


def _expand(path: str, *, recursive: bool) -> Iterator[Path | Rejected] | Rejected:
    place = Path(path)
    if place.is_dir():
        return _folder(place, recursive=recursive)
    if place.exists() or place.is_symlink():
        return iter((place,))
    if glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if found:
            return (item for name in found for item in _one(Path(name), recursive=recursive))
        return refuse("missing", path, "the pattern matches no file")
    return refuse("missing", path, "there is no such file or folder")


def _one(path: Path, *, recursive: bool) -> Iterator[Path | Rejected]:
    if path.is_dir():
        yield from _folder(path, recursive=recursive)
    else:
        yield path


def _folder(folder: Path, *, recursive: bool) -> Iterator[Path | Rejected]:
    """Yield the files below a folder in the order of their names; links to folders are not followed."""
    problems: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if recursive and not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and not _is_sidecar(Path(root, name), files):
                yield Path(root, name)
        while problems:
            error = problems.pop()
            yield refuse("unreadable", str(error.filename), f"the system says: {error.strerror}")


def _is_sidecar(path: Path, beside: Sequence[str]) -> bool:
    """Tell metadata beside a text ("name.json" where "name.txt" is) from an article of its own."""
    if path.suffix.lower() not in SIDECAR_SUFFIXES:
        return False
    stem = path.name.removesuffix(path.suffix)
    owners = [suffix for suffix, kind in SUFFIXES.items() if kind in _ONE_ARTICLE]
    return stem in beside or any(stem + suffix in beside for suffix in owners)


def _file(path: Path, options: ReadOptions) -> Iterator[Capture | Rejected]:
    kind = kind_of_name(path)
    stream = open_binary(path)
    if isinstance(stream, Rejected):
        yield stream
        return
    with stream:
        declared = Declared()
        sidecar = sidecar_of(path) if kind in _ONE_ARTICLE else None
        if sidecar is not None:
            declared, refusals = read_sidecar(sidecar)
            yield from refusals
        if kind == "warc":
            stream.close()
            yield from _archive(path, options)
        else:
            yield from _stream(stream, str(path), kind, options, declared)


def _archive(path: Path, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Read a web archive as it is stored: its records are packed one by one, and found by their offsets."""
    with path.open("rb") as stored:
        head = stored.read(HEAD_BYTES)
        stored.seek(0)
        if not head:
            yield refuse("empty", str(path), "it has no bytes")
        elif head.startswith(GZIP) or kind_of_content(head) == "warc":
            yield from read_warc(stored, str(path), options)
        else:
            looks = binary_kind(head) or _LOOK_ALIKE[kind_of_content(head)]
            yield refuse("wrong_type", str(path), f"it is named like a web archive and looks like {looks}")


def _stream(
    stream: BinaryIO,
    locator: str,
    named: Kind | None,
    options: ReadOptions,
    declared: Declared = Declared(),  # noqa: B008 - frozen, so one shared default is safe
) -> Iterator[Capture | Rejected]:
    """Read a stream as the kind that its name and its first bytes agree on."""
    try:
        head = cast("io.BufferedReader", stream).peek(HEAD_BYTES)[:HEAD_BYTES]
    except BROKEN_GZIP as error:
        yield refuse("truncated", locator, f"the gzip stream breaks off: {error}")
        return
    except OSError as error:
        yield refuse("unreadable", locator, f"the system says: {error}")
        return
    problem = _problem(head, locator, named)
    if problem is not None:
        yield problem
        return
    kind = _settle(named, kind_of_content(head), locator)
    if isinstance(kind, Rejected):
        yield kind
        return
    yield from _by_kind(kind, stream, locator, options, declared)


def _problem(head: bytes, locator: str, named: Kind | None) -> Rejected | None:
    if not head.strip():
        return refuse("empty", locator, "there is nothing but blanks in it" if head else "it has no bytes")
    binary = binary_kind(head)
    if binary is not None:
        return refuse("binary", locator, f"it is {binary}")
    if named is None and locator != STANDARD_INPUT:
        suffix = Path(locator).suffix or "no ending"
        return refuse("wrong_type", locator, f"files with {suffix} are not read")
    return None


def _settle(named: Kind | None, looks: Kind, locator: str) -> Kind | Rejected:
    """Return the kind to read as where name and content differ; texts and pages are forgiven their names."""
    if named is None:
        return "jsonl" if looks == "json" else looks
    if named in _ONE_ARTICLE:
        return "html" if looks == "html" else named
    broken_json = named in ("json", "jsonl") and looks == "text"
    if broken_json or looks == _EXPECTED.get(named, looks):
        return named
    return refuse("wrong_type", locator, f"it is named like {named} and looks like {_LOOK_ALIKE[looks]}")


def _by_kind(
    kind: Kind, stream: BinaryIO, locator: str, options: ReadOptions, declared: Declared
) -> Iterator[Capture | Rejected]:
    if kind == "warc":
        yield from read_warc(stream, locator, options)
    elif kind == "jsonl":
        yield from read_jsonl(stream, locator, options)
    elif kind == "json":
        yield from read_json(stream, locator, options)
    elif kind == "table":
        yield from read_table(stream, locator, options)
    else:
        content, broken = read_all(stream, locator)
        if broken is not None:
            yield broken
        if kind == "feed":
            yield from read_feed(content, locator, options)
        elif content.strip():
            one = read_text if kind == "text" else read_page
            yield one(content, locator, options, declared)
