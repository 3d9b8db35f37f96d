"""An HTTP response as an archive keeps it: status, headers and the body without its packing."""

import re
import zlib
from typing import Any

import msgspec

from dateline.read.source import GZIP, MAX_ARTICLE

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t\r\n]|$)")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
# Brotli packs up to 16 MiB into some ten bytes, so it is fed in pieces that cannot explode far.
_BROTLI_PIECE = 64
_NO_PACKING = ("", "identity", "none", "utf-8", "utf8", "8bit", "binary")


class Response(msgspec.Struct, frozen=True):
    """One response: `media` is the bare media type in lower case, "" when the server named none."""

    status: int
    media: str
    charset: str | None
    headers: dict[str, str]
    body: bytes


def parse_headers(block: bytes) -> dict[str, str]:
    """Return header fields by lower-case name; of fields that are repeated the first one counts."""
    fields: dict[str, str] = {}
    last: str | None = None
    for line in block.decode("utf-8", "replace").split("\n"):
        if line[:1] in (" ", "\t") and last is not None:
            fields[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon else None
        if last is not None:
            fields.setdefault(last, value.strip())
    return fields


def parse_response(block: bytes) -> Response | None:
    """Return the response that `block` holds, its body still packed; None where its headers break off."""
    status = _STATUS.match(block)
    end = _HEADERS_END.search(block)
    if status is None or end is None:
        return None
    headers = parse_headers(block[status.end() : end.start()])
    kind = headers.get("content-type", "")
    charset = _CHARSET.search(kind)
    media = kind.split(";", 1)[0].split(",", 1)[0].strip().lower()
    name = charset.group(1) if charset else None
    return Response(int(status.group(1)), media, name, headers, block[end.end() :])


def unpack(response: Response) -> bytes:
    """Return the body without transfer and content encoding.

    Crawlers often unpacked a body and left the header that says it is packed; such bodies stay as they are.
    Raises ValueError, in words for a refusal, for a body that is damaged, too long or packed in another way.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    packing = response.headers.get("content-encoding", "").lower().strip()
    if packing in _NO_PACKING:
        return body
    try:
        if packing in ("gzip", "x-gzip"):
            return _inflated(body, 31) if body.startswith(GZIP) else body
        if packing == "deflate" and body.lstrip()[:1] != b"<":
            return _inflated(body, 15 if _has_zlib_header(body) else -15)
        if packing == "br" and body.lstrip()[:1] != b"<":
            return _unbrotlied(body)
    except zlib.error as error:
        raise ValueError(f"its body cannot be unpacked: {error}") from error
    if body.lstrip()[:1] == b"<":
        return body
    raise ValueError(f"its body is packed as {packing[:20]!r}, which is not read")


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0


def _inflated(body: bytes, wbits: int) -> bytes:
    unpacker = zlib.decompressobj(wbits)
    content = unpacker.decompress(body, MAX_ARTICLE + 1)
    _refuse_long(len(content))
    if not unpacker.eof:
        raise ValueError("its packed body breaks off")
    return content


def _unbrotlied(body: bytes) -> bytes:
    import brotli

    unpacker: Any = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(body), _BROTLI_PIECE):
            parts.append(unpacker.process(body[start : start + _BROTLI_PIECE]))
            size += len(parts[-1])
            _refuse_long(size)
    except brotli.error as error:
        raise ValueError(f"its body cannot be unpacked: {error}") from error
    if not unpacker.is_finished():
        raise ValueError("its packed body breaks off")
    return b"".join(parts)


def _refuse_long(size: int) -> None:
    if size > MAX_ARTICLE:
        raise ValueError(f"its body unpacks to more than {MAX_ARTICLE >> 20} MiB")


def _unchunked(content: bytes) -> bytes:
    """Undo chunked transfer; a body that does not begin with a chunk's size was unpacked before."""
    parts: list[bytes] = []
    position = 0
    while True:
        line_end = content.find(b"\r\n", position, position + 64)
        size_text = content[position:line_end].split(b";")[0].strip() if line_end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size_text):
            if parts:
                raise ValueError("its chunked body breaks off")
            return content
        size = int(size_text, 16)
        if size == 0:
            return b"".join(parts)
        parts.append(content[line_end + 2 : line_end + 2 + size])
        position = line_end + 2 + size + 2
