"""The records of a web archive (WARC, ISO 28500), found one after the other in a stream.

Read by hand and not with a library: a stream may be a pipe, a damaged record must cost only itself, and an
archive that was cut off anywhere must be told from a whole one.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from dateline.read.responses import parse_headers
from dateline.read.source import GZIP, MAX_ARTICLE

# Headers, of a record and of the response in it, are far shorter.
MAX_HEADERS = 1 << 18
# Members of an archive are mostly shorter than a few of these; what is pulled in too much is put back.
_CHUNK = 1 << 14
# So much of a gzip member's stored bytes is kept to find the next member in, should this one be damaged.
_KEPT = 1 << 20
_RECORD = b"WARC/"
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_NEXT_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_NEXT_RECORD = re.compile(rb"\nWARC/\d\.\d")
_LONGEST_MARK = 10

Wanted = Callable[[dict[str, str]], bool]


class Archived(msgspec.Struct, frozen=True):
    """One record: where it begins, its headers by lower-case name, and its block.

    `place` is the byte offset in the file as stored; with "+N" where the record begins N unpacked bytes behind
    the start of a gzip member that holds several. `block` is None for a record too long to be an article's.
    """

    place: str
    headers: dict[str, str]
    block: bytes | None


class Damage(msgspec.Struct, frozen=True):
    """A place in an archive that cannot be read, with the reason to refuse it for and the detail."""

    place: str
    reason: str
    detail: str


class _CutOffError(Exception):
    """The file ends inside a gzip member."""


class _Tape:
    """Bytes that are pulled in as they are needed and read once, with a look ahead."""

    def __init__(self, pull: Callable[[], bytes]) -> None:
        self._pull = pull
        self._ahead = bytearray()
        self.position = 0

    def ahead(self, size: int) -> bytearray:
        """Return at least `size` coming bytes, fewer only at the end, without reading over them."""
        while len(self._ahead) < size and (more := self._pull()):
            self._ahead += more
        return self._ahead

    def take(self, size: int) -> bytes:
        """Read `size` bytes, fewer only at the end."""
        taken = bytes(self.ahead(size)[:size])
        self.skip(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Read over `size` bytes and return how many of them there were."""
        left = size
        while left and (step := min(left, len(self.ahead(1)))):
            del self._ahead[:step]
            self.position += step
            left -= step
        return size - left

    def skip_blank(self) -> None:
        """Read over line ends."""
        while self.ahead(1).startswith((b"\r", b"\n")):
            self.skip(1)

    def skip_to(self, mark: re.Pattern[bytes], behind: int = 0) -> bool:
        """Read to the next `mark` (and `behind` bytes into it); False at the end where there is none."""
        while ahead := self.ahead(_LONGEST_MARK):
            found = mark.search(ahead)
            if found is not None:
                self.skip(found.start() + behind)
                return True
            self.skip(max(1, len(ahead) - _LONGEST_MARK + 1))
        return False

    def put_back(self, content: bytes | bytearray) -> None:
        """Undo the reading of `content`."""
        self._ahead[:0] = content
        self.position -= len(content)


class _Members:
    """The members of a gzip file, one after the other, each unpacked as a tape of its own."""

    def __init__(self, stored: _Tape) -> None:
        self._stored = stored
        self._unpacker = zlib.decompressobj(wbits=31)
        self._used = bytearray()
        self.start = 0

    def open_next(self) -> _Tape | None:
        """Return the tape of the member that begins at `start` from now on, or None at the end of the file.

        Zeros between members are padding and read over. Raises zlib.error where no member begins and
        _CutOffError where the file ends in its first bytes.
        """
        while self._stored.ahead(1).startswith(b"\x00"):
            self._stored.skip(1)
        self._unpacker = zlib.decompressobj(wbits=31)
        self._used.clear()
        self.start = self._stored.position
        if not self._stored.ahead(1):
            return None
        if not (magic := self._stored.ahead(len(GZIP))).startswith(GZIP):
            if GZIP.startswith(magic):
                raise _CutOffError
            raise zlib.error("no gzip member begins here")
        return _Tape(self._unpack)

    def find_next(self) -> bool:
        """Go behind a damaged member to what looks like the start of the next; False where there is none."""
        self._stored.put_back(self._used[1:])
        self._used.clear()
        return self._stored.skip_to(_NEXT_MEMBER)

    def _unpack(self) -> bytes:
        """Unpack on; b"" is the member's end. Raises zlib.error on damage, _CutOffError where the file ends."""
        while not self._at_end():
            stored = self._unpacker.unconsumed_tail
            if not stored:
                stored = self._stored.take(min(_CHUNK, len(self._stored.ahead(1))))
                if not stored:
                    raise _CutOffError
                self._used += stored
                del self._used[:-_KEPT]
            content = self._unpacker.decompress(stored, _CHUNK)
            if self._at_end():
                self._stored.put_back(self._unpacker.unused_data)
                self._used.clear()
            if content:
                return content
        return b""

    def _at_end(self) -> bool:
        return self._unpacker.eof


def records(stream: BinaryIO, wanted: Wanted) -> Iterator[Archived | Damage]:
    """Yield the records of an archive, gzipped or not, whose headers are `wanted`, and every damaged place.

    Behind damage reading goes on with the next record that can be found; a stretch of damage is told once.
    Memory holds one record at a time. Raises OSError where the system cannot read on.
    """
    stored = _Tape(lambda: stream.read(_CHUNK))
    packed = stored.ahead(len(GZIP)).startswith(GZIP)
    damaged = False
    for item in _packed(_Members(stored), wanted) if packed else _on_tape(stored, wanted, ""):
        if isinstance(item, Damage):
            if not damaged:
                yield item
            damaged = True
        elif item is not None:
            damaged = False
            yield item
        else:
            damaged = False


def _packed(members: _Members, wanted: Wanted) -> Iterator[Archived | Damage | None]:
    while True:
        try:
            tape = members.open_next()
            if tape is None:
                return
            yield from _on_tape(tape, wanted, str(members.start))
        except zlib.error as error:
            yield Damage(str(members.start), "broken_record", f"the record cannot be unpacked: {error}")
        except _CutOffError:
            yield Damage(str(members.start), "truncated", "the file ends inside this record")
        else:
            continue
        if not members.find_next():
            return


def _on_tape(tape: _Tape, wanted: Wanted, member: str) -> Iterator[Archived | Damage | None]:
    """Yield the records of a tape, None for one that is not wanted."""
    while True:
        tape.skip_blank()
        if not tape.ahead(1):
            return
        place = f"{member}+{tape.position}" if member and tape.position else member or str(tape.position)
        item = _record(tape, wanted, place)
        yield item
        if isinstance(item, Damage) and not tape.skip_to(_NEXT_RECORD, behind=1):
            return


def _record(tape: _Tape, wanted: Wanted, place: str) -> Archived | Damage | None:
    """Read one record; on damage the tape stays where the next record may be looked for."""
    headers = _headers(tape, place)
    if isinstance(headers, Damage):
        return headers
    promised = headers.get("content-length", "")
    if not (promised.isdecimal() and promised.isascii() and len(promised) < 16):
        return Damage(place, "broken_record", f"its length is {promised[:20]!r}")
    size = int(promised)
    block: bytes | None = None
    chosen = wanted(headers)
    if chosen and size <= MAX_ARTICLE + MAX_HEADERS:
        block = tape.take(size)
        got = len(block)
    else:
        got = tape.skip(size)
    if got < size:
        following = _NEXT_RECORD.search(block or b"")
        if following is not None:
            tape.put_back((block or b"")[following.start() :])
            return Damage(place, "broken_record", "it is shorter than it says")
        return Damage(place, "truncated", f"{got} of {size} bytes are there")
    # Two line ends close a record; without them the next one must begin, or the file be at its end.
    coming = bytes(tape.ahead(len(_RECORD))[: len(_RECORD)])
    tape.skip_blank()  # reads on to the end of a gzip member, and so to its checksum, before the record is out
    tape.ahead(1)
    if not (coming.startswith((b"\r\n\r\n", b"\n\n")) or _RECORD.startswith(coming.strip())):
        return Damage(place, "broken_record", "it is longer than it says")
    return Archived(place, headers, block) if chosen else None


def _headers(tape: _Tape, place: str) -> dict[str, str] | Damage:
    """Read the headers of a record up to the first byte of its block."""
    size = _CHUNK
    while True:
        ahead = tape.ahead(size)
        if not ahead.startswith(_RECORD):
            if _RECORD.startswith(ahead):
                return Damage(place, "truncated", "it breaks off")
            return Damage(place, "broken_record", "no record begins here")
        end = _HEADERS_END.search(ahead, 0, MAX_HEADERS)
        if end is not None:
            break
        if len(ahead) < size:
            return Damage(place, "truncated", "its headers break off")
        if size >= MAX_HEADERS:
            return Damage(place, "broken_record", "its headers do not end")
        size *= 2
    block = tape.take(end.end())
    return parse_headers(block.partition(b"\n")[2])
