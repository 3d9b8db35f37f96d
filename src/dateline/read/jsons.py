"""JSON files: one object or a list of them, and JSON Lines read line by line."""

import json
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read.options import ReadOptions
from dateline.read.records import capture_of
from dateline.read.source import BROKEN_GZIP, read_all, refuse


def read_json(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the articles of a JSON file; one that turns out to hold an object per line is read as such."""
    content, broken = read_all(stream, locator)
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield refuse("bad_encoding", locator, f"JSON must be UTF-8; byte {error.start} is not")
    except RecursionError:
        yield refuse("invalid_json", locator, "it is nested too deeply to be an article")
    except json.JSONDecodeError as error:
        if broken is None and error.msg == "Extra data" and b"\n" in content.strip():
            yield from _lines(iter(content.splitlines()), locator, options)
        elif broken is None:
            yield refuse("invalid_json", locator, f"line {error.lineno}, column {error.colno}: {error.msg}")
    else:
        if isinstance(value, list):
            for number, record in enumerate(value, 1):
                yield from capture_of(record, f"{locator}#{number}", options, "record")
        else:
            yield from capture_of(value, locator, options, "record")
    if broken is not None:
        yield broken


def read_jsonl(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the articles of a JSON Lines file as its lines are read; a broken line costs only itself."""
    yield from _lines(stream, locator, options)


def _lines(lines: Iterator[bytes], locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    number = 0
    while True:
        try:
            line = next(lines, None)
        except BROKEN_GZIP as error:
            yield refuse("truncated", f"{locator}#{number + 1}", f"the gzip stream breaks off: {error}")
            return
        except OSError as error:
            yield refuse("unreadable", f"{locator}#{number + 1}", f"the system says: {error}")
            return
        if line is None:
            return
        number += 1
        wording = line.strip().removeprefix(b"\xef\xbb\xbf")
        if wording:
            yield from _line(wording, f"{locator}#{number}", number, options)


def _line(line: bytes, locator: str, number: int, options: ReadOptions) -> Iterator[Capture | Rejected]:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        yield refuse("invalid_json", locator, f"line {number}: {error}")
        return
    yield from capture_of(record, locator, options, "record")
