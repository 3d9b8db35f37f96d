"""Byte streams: opening a file, looking at its head, unpacking gzip; foreign errors become refusals."""

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from dateline.model.rejected import Rejected

GZIP = b"\x1f\x8b"
# Everything that reading a damaged gzip stream may raise.
BROKEN_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)
# How much of a file is looked at to tell what it is.
HEAD_BYTES = 4096
# One article, as a file, a page or a cell, is never longer; what is would only cost memory (or is a bomb).
MAX_ARTICLE = 32 << 20
_BUFFER = 1 << 16
# Details are shown in one line of a terminal or a table.
_MAX_DETAIL = 300


class Rejoined(io.RawIOBase):
    """A stream that was read from already, from its beginning: the head that was taken, then the rest.

    Needed because pipes cannot be wound back. Closing it leaves the stream below open: standard input
    belongs to the caller.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        # A pipe's read() waits until all that was asked for has come; read1() takes what there is.
        self._more = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the beginning of `target` and return the number of bytes; 0 at the end."""
        part: bytes | memoryview = self._head[: len(target)]
        if part:
            self._head = self._head[len(part) :]
        else:
            part = self._more(len(target)) or b""
        target[: len(part)] = part
        return len(part)


def refuse(reason: str, locator: str, detail: str) -> Rejected:
    """Return a refusal of the stage "read"; the detail is brought into one line."""
    line = " ".join(detail.encode("utf-8", "replace").decode("utf-8").split())
    return Rejected(stage="read", reason=reason, locator=locator, detail=line[:_MAX_DETAIL])


def locator_of(path: str | os.PathLike[str]) -> str:
    """Return the path as text that can be stored: bytes of a name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def open_binary(path: Path) -> BinaryIO | Rejected:
    """Open `path` for reading its bytes as stored; a file that cannot be opened is refused."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        return refuse("missing", locator_of(path), "there is no such file")
    except OSError as error:
        return refuse("unreadable", locator_of(path), f"the system says: {error.strerror or error}")


def with_head(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first 2 * HEAD_BYTES of `stream` and a stream that holds all of it; raises OSError."""
    parts: list[bytes] = []
    missing = 2 * HEAD_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    head = b"".join(parts)
    return head, cast("BinaryIO", io.BufferedReader(Rejoined(head, stream), _BUFFER))


def rewound(stream: BinaryIO) -> BinaryIO | None:
    """Return `stream` at its start, or None for one that cannot be wound back."""
    if not stream.seekable():
        return None
    stream.seek(0)
    return stream


def unpacked_head(stored: bytes) -> bytes | None:
    """Return what the head of a gzip file unpacks to, HEAD_BYTES at most; None where nothing of it does."""
    found = b""
    ended = False
    while stored.startswith(GZIP) and len(found) < HEAD_BYTES:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            found += unpacker.decompress(stored, HEAD_BYTES)
        except zlib.error:
            break
        stored = unpacker.unused_data
        ended = unpacker.eof
    return found[:HEAD_BYTES] if found or ended else None


def unpacked(stream: BinaryIO) -> BinaryIO:
    """Return the stream of what a gzip stream holds; reading it raises one of BROKEN_GZIP on damage."""
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream)), _BUFFER))


def read_all(stream: BinaryIO, locator: str, limit: int = MAX_ARTICLE) -> tuple[bytes, Rejected | None]:
    """Return all bytes of `stream`, or those before the place where it breaks off and the refusal for it.

    More than `limit` bytes are refused as well.
    """
    parts: list[bytes] = []
    size = 0
    take = cast("io.BufferedReader", stream).read1  # read() would lose what came before a break
    try:
        while part := take(_BUFFER):
            parts.append(part)
            size += len(part)
            if size > limit:
                detail = f"it is longer than {limit >> 20} MiB, too long to be read as one piece"
                return b"", refuse("wrong_type", locator, detail)
    except BROKEN_GZIP as error:
        return b"".join(parts), refuse("truncated", locator, f"the gzip stream breaks off: {error}")
    except OSError as error:
        return b"".join(parts), refuse("unreadable", locator, f"the system says: {error}")
    return b"".join(parts), None
