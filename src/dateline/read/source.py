"""Opening a file: plain or gzipped, as a stream; foreign errors become refusals."""

import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from dateline.model.rejected import Rejected

GZIP = b"\x1f\x8b"
# Everything that reading a damaged gzip stream may raise.
BROKEN_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)


def refuse(reason: str, locator: str, detail: str) -> Rejected:
    """Return a refusal of the stage "read"."""
    return Rejected(stage="read", reason=reason, locator=locator, detail=detail)


def open_binary(path: Path) -> BinaryIO | Rejected:
    """Open `path` for reading bytes, unpacking gzip as it goes; a file that cannot be opened is refused."""
    try:
        raw = path.open("rb")
        magic = raw.read(2)
        raw.seek(0)
    except FileNotFoundError:
        return refuse("missing", str(path), "there is no such file")
    except OSError as error:
        return refuse("unreadable", str(path), f"the system says: {error.strerror or error}")
    if magic == GZIP:
        return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw))))
    return raw


def read_all(stream: BinaryIO, locator: str) -> tuple[bytes, Rejected | None]:
    """Return all bytes of `stream`, and a refusal when a gzip stream ends or breaks on the way."""
    parts: list[bytes] = []
    try:
        while part := stream.read(1 << 16):
            parts.append(part)
    except BROKEN_GZIP as error:
        return b"".join(parts), refuse("truncated", locator, f"the gzip stream breaks off: {error}")
    except OSError as error:
        return b"".join(parts), refuse("unreadable", locator, f"the system says: {error}")
    return b"".join(parts), None
