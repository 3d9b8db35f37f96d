"""The response records of a web archive (WARC, ISO 28500), one after the other.

fastwarc parses the records. It ends in silence where a file is cut off and stops for good at a damaged record;
this module tells both, and starts it again behind the damage.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import msgspec

from dateline.read.source import GZIP, MAX_ARTICLE

# Behind a damaged record this many places that look like the start of another are tried before giving up.
MAX_RESTARTS = 10_000
_CHUNK = 1 << 20
_MEMBER = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_LENGTH = re.compile(rb"\r?\nContent-Length:\s*(\d{1,15})\s*\r?\n", re.IGNORECASE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")


class Archived(msgspec.Struct, frozen=True):
    """One response record: where it begins in the file as stored, its address, when it was fetched, its block.

    `block` is None for a record too long to be an article's.
    """

    offset: int
    address: str | None
    fetched: str | None
    block: bytes | None


class Damage(msgspec.Struct, frozen=True):
    """A place in an archive that cannot be read, with the reason to refuse it for and the detail.

    `resume` is where the next record may be looked for.
    """

    offset: int
    resume: int
    reason: str
    detail: str


def records(stream: BinaryIO) -> Iterator[Archived | Damage]:
    """Yield the response records of an archive, gzipped or not, and every damaged place.

    Memory holds one record at a time. Behind damage reading goes on with the next record where `stream` can
    seek, and a stretch of damage is told once; a pipe is read up to the damage.
    """
    pending: Damage | None = None
    for _ in range(MAX_RESTARTS):
        damage: Damage | None = None
        for item in _run(stream):
            if isinstance(item, Damage):
                damage = item
                continue
            if pending is not None:
                yield pending
                pending = None
            yield item
        # Started again at the damaged record itself, fastwarc says better what is wrong with it.
        if damage is not None and (pending is None or pending.offset == damage.offset):
            pending = damage
        behind = _seek_mark(stream, damage.resume) if damage is not None and stream.seekable() else None
        if behind is None:
            break
        stream.seek(behind)
    if pending is not None:
        yield _judged(stream, pending)


def _judged(stream: BinaryIO, damage: Damage) -> Damage:
    """Return the damage, behind which nothing stands, as truncation where the file ends inside the record."""
    cut = _cut_off(stream, damage.offset) if stream.seekable() else None
    return damage if cut is None else Damage(cut, cut + 1, "truncated", "the file ends inside this record")


def _run(stream: BinaryIO) -> Iterator[Archived | Damage]:
    """Yield records from where `stream` stands up to its end or to the first damage, which comes last.

    A record is held back until the next is found: where the file ends inside its headers, fastwarc takes them
    for whole.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    last = stream.tell() if stream.seekable() else 0
    held: Archived | None = None
    source = stream if stream.seekable() else cast("BinaryIO", _Pipe(stream))
    try:
        for record in ArchiveIterator(source, record_types=WarcRecordType.response, parse_http=False):
            if held is not None:
                yield held
            last = record.stream_pos
            item = _read(record, last)
            if isinstance(item, Damage):
                yield item
                return
            held = item
    except (OSError, ValueError, EOFError) as error:
        if held is not None:
            yield held
        broken = last if held is None else _behind(stream, last)
        yield Damage(broken, last + 1, "broken_record", f"the record cannot be read: {error}")
        return
    cut = _cut_off(stream, last) if stream.seekable() else None
    if held is not None and cut != last:
        yield held
    if cut is not None:
        yield Damage(cut, cut + 1, "broken_record", "the file ends inside this record")


def _read(record: Any, offset: int) -> Archived | Damage:
    block = record.reader.read(MAX_ARTICLE + 1)
    if record.headers.get("Content-Length") is None:
        return Damage(offset, offset + 1, "broken_record", "the record does not say how long it is")
    too_long = len(block) > MAX_ARTICLE
    if not too_long and len(block) < record.content_length:
        detail = f"the record breaks off: {len(block)} of {record.content_length} bytes are there"
        return Damage(offset, offset + 1, "broken_record", detail)
    return Archived(offset, *_said(record), None if too_long else block)


def _said(record: Any) -> tuple[str | None, str | None]:
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    return address or None, record.headers.get("WARC-Date") or None


class _Pipe:
    """What fastwarc needs of a stream, for one that cannot be wound back: it asks where it stands."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._position += len(content)
        return content

    def tell(self) -> int:
        return self._position


def _behind(stream: BinaryIO, last: int) -> int:
    """Return where the record that could not be read begins: behind the one at `last`, which could."""
    if not stream.seekable():
        return last
    found = _seek_mark(stream, last + 1)
    return last if found is None else found


def _seek_mark(stream: BinaryIO, position: int) -> int | None:
    mark = _mark(stream)
    while True:
        stream.seek(position)
        chunk = stream.read(_CHUNK)
        found = chunk.find(mark)
        if found >= 0:
            stream.seek(position + found)
            return position + found
        if len(chunk) < _CHUNK:
            return None
        position += _CHUNK - len(mark) + 1


def _mark(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return _MEMBER if stream.read(len(GZIP)) == GZIP else _RECORD


def _cut_off(stream: BinaryIO, last: int) -> int | None:
    """Return where the record begins that the end of the file cuts off, or None; looks from `last` on."""
    packed = _mark(stream) == _MEMBER
    stream.seek(last)
    return _cut_member(stream, last) if packed else _cut_record(stream.read(), last)


def _cut_member(stream: BinaryIO, start: int) -> int | None:
    """Return the offset of a gzip member from `start` on that does not end, or None."""
    unpacker = zlib.decompressobj(wbits=31)
    position, rest = start, b""
    while piece := rest or stream.read(_CHUNK):
        try:
            unpacker.decompress(piece)
        except zlib.error:
            return None
        rest = unpacker.unused_data.lstrip(b"\x00")
        if unpacker.eof:
            position = stream.tell() - len(rest)
            unpacker = zlib.decompressobj(wbits=31)
    return None if position == stream.tell() else position


def _cut_record(tail: bytes, start: int) -> int | None:
    """Return the offset of a record in `tail`, which begins at `start`, that is not whole, or None."""
    position = 0
    while tail[position:].strip(b"\r\n"):
        position += len(tail[position:]) - len(tail[position:].lstrip(b"\r\n"))
        end = _HEADERS_END.search(tail, position)
        length = _LENGTH.search(tail, position, end.end()) if end else None
        if end is None or length is None or end.end() + int(length[1]) > len(tail):
            return start + position
        position = end.end() + int(length[1])
    return None
