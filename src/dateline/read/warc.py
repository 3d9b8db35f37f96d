"""Web archives (WARC, also gzipped), read record by record."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from dateline.model.capture import Capture, Declared, MediaType, make_capture
from dateline.model.rejected import Rejected
from dateline.read.options import ReadOptions
from dateline.read.records import merged
from dateline.read.source import GZIP, refuse

_MEDIA: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
# A page beyond this is no article; reading it whole would only cost memory.
MAX_PAGE = 32 * 1024 * 1024
# Behind a broken record this many places that look like the start of another are tried before giving up.
MAX_RESTARTS = 10_000
_CHUNK = 1 << 20
_CUT = "cut off"


def read_warc(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the pages of an archive in its order, then one refusal for each class of records left out.

    `stream` holds the archive as stored, gzipped or not. A locator is the archive's with the record's byte
    offset. A record that cannot be read is refused and, where `stream` can seek, reading goes on with the next;
    one that the end of the file cuts off is refused as truncated.
    """
    left_out: Counter[str] = Counter()
    seen = 0
    start: int | None = 0
    restarts = 0
    while start is not None:
        last = start
        try:
            for record in _responses(stream):
                last = record.stream_pos
                seen += 1
                reason = _unfit(record)
                if reason == _CUT:
                    yield refuse("truncated", f"{locator}#{last}", "the HTTP headers break off")
                elif reason is None:
                    yield _page(record, f"{locator}#{last}", options)
                else:
                    left_out[reason] += 1
            break
        except (OSError, ValueError, EOFError) as error:
            detail = f"the record cannot be read: {' '.join(str(error).split())}"
        if not restarts:
            yield refuse("broken_record" if seen else "wrong_type", f"{locator}#{last}", detail)
        restarts += 1
        start = _next_start(stream, last) if restarts <= MAX_RESTARTS else None
    for reason, count in sorted(left_out.items()):
        yield refuse("wrong_type", f"{locator}#{reason}", f"{count} records left out: {reason}")
    if not seen and not restarts:
        yield refuse("wrong_type", locator, "the archive holds no response record")


def _responses(stream: BinaryIO) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return iter(ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True))


def _next_start(stream: BinaryIO, broken: int) -> int | None:
    """Seek to the next place behind `broken` where a record may begin; None where there is none."""
    if not stream.seekable():
        return None
    stream.seek(0)
    mark = b"\x1f\x8b\x08" if stream.read(2) == GZIP else b"WARC/1."
    position = broken + 1
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


def _unfit(record: Any) -> str | None:
    """Return why a response is no page, in words that group such records, or None."""
    http = record.http_headers
    if http is None:
        return "no HTTP headers"
    if http.status_code is None or http.status_code < 100:
        return _CUT
    if not 200 <= http.status_code < 300:
        return f"HTTP status {http.status_code}"
    media = (record.http_content_type or "no content type").lower()
    return None if media in _MEDIA else media


def _page(record: Any, place: str, options: ReadOptions) -> Capture | Rejected:
    promised = record.content_length
    content = record.reader.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        return refuse("broken_record", place, f"the page is longer than {MAX_PAGE >> 20} MiB")
    if len(content) < promised:
        return refuse("truncated", place, f"{len(content)} of {promised} bytes are there")
    content = _unpacked(content, record.http_headers)
    if isinstance(content, str):
        return refuse("broken_record", place, content)
    if not content.strip():
        return refuse("empty", place, "the response has no body")
    address = record.headers.get("WARC-Target-URI")
    return make_capture(
        content,
        _MEDIA[record.http_content_type.lower()],
        place,
        encoding=record.http_charset,
        fetched=record.headers.get("WARC-Date"),
        declared=merged(Declared(url=address.strip("<>") if address else None), options.declared),
    )


def _unpacked(content: bytes, headers: Any) -> bytes | str:
    """Return the body without the transfer's own packing, or what is wrong with it."""
    import gzip
    import zlib

    lower = {name.lower(): value.lower().strip() for name, value in headers.items()}
    try:
        if lower.get("transfer-encoding") == "chunked":
            content = _unchunked(content)
        packing = lower.get("content-encoding", "")
        if packing in ("gzip", "x-gzip") and content.startswith(GZIP):
            return gzip.decompress(content)
        if packing == "deflate":
            return zlib.decompress(content, -zlib.MAX_WBITS if content[:1] != b"\x78" else zlib.MAX_WBITS)
        if packing == "br" and not content.lstrip().startswith(b"<"):
            import brotli

            return bytes(brotli.decompress(content))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        return f"its body cannot be unpacked: {' '.join(str(error).split())}"
    return content


def _unchunked(content: bytes) -> bytes:
    """Undo chunked transfer; crawlers often did so already and left the header, so other bytes stay."""
    parts: list[bytes] = []
    position = 0
    while True:
        line_end = content.find(b"\r\n", position, position + 64)
        size_text = content[position:line_end].split(b";")[0].strip() if line_end >= 0 else b""
        try:
            size = int(size_text, 16)
        except ValueError:
            return content
        if size == 0:
            return b"".join(parts)
        parts.append(content[line_end + 2 : line_end + 2 + size])
        position = line_end + 2 + size + 2
