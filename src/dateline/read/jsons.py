"""JSON files: one object or a list of them, and JSON Lines read line by line."""

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read.encodings import wide_encoding
from dateline.read.options import ReadOptions
from dateline.read.records import capture_of, wrapped_records
from dateline.read.source import BROKEN_GZIP, MAX_ARTICLE, read_all, refuse

# A `.json` file is held in memory as a whole; beyond this it should be JSON Lines.
MAX_JSON = 1 << 30
_BLANKS = re.compile(r"[ \t\r\n]*")
_RECORD_LINE = re.compile(rb"\{.*\}\s*$")


def read_json(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the articles of a JSON file; one that turns out to hold an object per line is read as such.

    Of a list that breaks off, the records before the break are kept.
    """
    content, broken = read_all(stream, locator, MAX_JSON)
    text = _text(content, locator, complete=broken is None)
    if isinstance(text, Rejected):
        yield text
    elif text.startswith("[", _skip_blanks(text, 0)):
        yield from _items(text, locator, options, complete=broken is None)
    elif broken is None and text.strip():
        yield from _value(text, locator, options)
    elif broken is None:
        yield refuse("empty", locator, "there is nothing but blanks in it")
    if broken is not None:
        yield broken


def read_jsonl(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the articles of a JSON Lines file as its lines are read; a broken line costs only itself."""
    number = 0
    records = 0
    while True:
        try:
            line = stream.readline(MAX_ARTICLE + 1)
            number += 1
            if len(line) > MAX_ARTICLE:
                detail = f"line {number} is longer than {MAX_ARTICLE >> 20} MiB"
                yield refuse("broken_record", f"{locator}#{number}", detail)
                line = _rest_of_line(stream)
                records += 1
                continue
        except BROKEN_GZIP as error:
            yield refuse("truncated", f"{locator}#{number + 1}", f"the gzip stream breaks off: {error}")
            return
        except OSError as error:
            yield refuse("unreadable", f"{locator}#{number + 1}", f"the system says: {error}")
            return
        if not line:
            break
        wording = line.removeprefix(codecs.BOM_UTF8).strip()
        if wording:
            records += 1
            yield from _line(wording, f"{locator}#{number}", number, options)
    if not records:
        yield refuse("empty", locator, "there is no record in it")


def _rest_of_line(stream: BinaryIO) -> bytes:
    """Read on to the end of a line that is too long, and forget it."""
    line = b""
    while (part := stream.readline(1 << 20)) and not (line := part).endswith(b"\n"):
        pass
    return line


def _text(content: bytes, locator: str, *, complete: bool) -> str | Rejected:
    encoding = wide_encoding(content[:64]) or "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content, complete)
    except UnicodeDecodeError as error:
        return refuse("bad_encoding", locator, f"JSON must be UTF-8; byte {error.start} is not")


def _value(text: str, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the article of one JSON object, or the articles that it wraps."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        content = text.encode("utf-8")
        if _is_lines(content):
            yield from read_jsonl(io.BytesIO(content), locator, options)
        else:
            yield refuse("invalid_json", locator, _complaint(error))
        return
    wrapped = wrapped_records(value, options.field_map)
    if wrapped is None:
        yield from capture_of(value, locator, options, "record")
        return
    for number, record in enumerate(wrapped, 1):
        yield from capture_of(record, f"{locator}#{number}", options, "record")


def _is_lines(content: bytes) -> bool:
    """Tell whether the first two lines with anything in them are an object each."""
    stream = io.BytesIO(content)
    filled = (line for line in stream if line.strip())
    first, second = next(filled, b""), next(filled, b"")
    return bool(_RECORD_LINE.match(first.lstrip()) and second.lstrip().startswith(b"{"))


def _items(text: str, locator: str, options: ReadOptions, *, complete: bool) -> Iterator[Capture | Rejected]:
    """Yield the articles of a list, one by one, so that a break costs only what comes behind it."""
    decoder = json.JSONDecoder()
    position = _skip_blanks(text, _skip_blanks(text, 0) + 1)
    number = 0
    try:
        while not text.startswith("]", position):
            number += 1
            value, position = decoder.raw_decode(text, position)
            yield from capture_of(value, f"{locator}#{number}", options, "record")
            position = _skip_blanks(text, position)
            if text.startswith(",", position):
                position = _skip_blanks(text, position + 1)
            elif not text.startswith("]", position):
                raise json.JSONDecodeError("Expecting ',' or ']'", text, position)
        position = _skip_blanks(text, position + 1)
        if position < len(text):
            raise json.JSONDecodeError("Extra data", text, position)
    except (ValueError, RecursionError) as error:
        if complete:
            yield refuse("invalid_json", f"{locator}#{number}", _complaint(error))
        return
    if not number:
        yield refuse("empty", locator, "the list holds no record")


def _skip_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return position if found is None else found.end()


def _line(line: bytes, locator: str, number: int, options: ReadOptions) -> Iterator[Capture | Rejected]:
    value = _parsed(line, locator, number)
    if isinstance(value, Rejected):
        yield value
    else:
        yield from capture_of(value, locator, options, "record")


def _parsed(line: bytes, locator: str, number: int) -> Any:
    """Return the value of a line, or a refusal.

    What the quick reader refuses gets a second chance: many writers put NaN for a missing value, and only the
    second reader can say where a line goes wrong.
    """
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        pass
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return refuse("bad_encoding", locator, f"line {number}: JSON must be UTF-8; byte {error.start} is not")
    except (ValueError, RecursionError) as error:
        return refuse("invalid_json", locator, _complaint(error, number))


def _complaint(error: ValueError | RecursionError, line: int = 1) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno + line - 1}, column {error.colno}: {error.msg}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else f"line {line}: {error}"
