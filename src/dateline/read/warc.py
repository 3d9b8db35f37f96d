"""Web archives (WARC, also gzipped): the pages among their responses."""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from dateline.model.capture import Capture, Declared, MediaType, make_capture
from dateline.model.rejected import Rejected
from dateline.read.archive import Archived, Damage, records
from dateline.read.kinds import binary_kind, kind_of_content
from dateline.read.options import ReadOptions
from dateline.read.records import merged
from dateline.read.responses import Response, parse_response, unpack
from dateline.read.source import HEAD_BYTES, MAX_ARTICLE, refuse

_MEDIA: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


def read_warc(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the pages of an archive in its order, then one refusal for each class of responses left out.

    `stream` holds the archive as stored, gzipped or not. A locator is the archive's with the record's byte
    offset. Only responses count: requests, metadata and revisits hold no page. A record that cannot be read is
    refused where it stands and reading goes on with the next; a pipe, which cannot be wound back, is read up to
    the damage.
    """
    left_out: Counter[str] = Counter()
    found = False
    try:
        for item in records(stream):
            found = True
            if isinstance(item, Damage):
                yield refuse(item.reason, f"{locator}#{item.offset}", item.detail)
                continue
            page = _page(item, f"{locator}#{item.offset}", options)
            if isinstance(page, str):
                left_out[page] += 1
            else:
                yield page
    except OSError as error:
        yield refuse("unreadable", locator, f"the system says: {error}")
        return
    for reason, count in sorted(left_out.items()):
        responses = "1 response" if count == 1 else f"{count} responses"
        yield refuse("wrong_type", locator, f"{responses} left out: {reason}")
    if not found:
        yield refuse("empty", locator, "the archive holds no response record")


def _page(record: Archived, place: str, options: ReadOptions) -> Capture | Rejected | str:
    """Return the page in a record, what is wrong with it, or why it is none, in words that group records."""
    if record.block is None:
        return refuse("broken_record", place, f"the record is longer than {MAX_ARTICLE >> 20} MiB")
    address = record.address
    response = parse_response(record.block)
    if response is None:
        if (address or "").lower().startswith("http"):
            return refuse("broken_record", place, "it does not begin with the headers of an HTTP response")
        return "not fetched over HTTP"
    reason = _unfit(response, address)
    if reason is not None:
        return reason
    try:
        content = unpack(response)
    except ValueError as error:
        return refuse("broken_record", place, str(error))
    if not content.strip():
        return refuse("empty", place, "the response has no body")
    kind = binary_kind(content[:HEAD_BYTES])
    if kind is not None:
        return kind
    media = _MEDIA.get(response.media)
    if media is None:
        if kind_of_content(content[:HEAD_BYTES]) != "html":
            return "no content type"
        media = "text/html"
    return make_capture(
        content,
        media,
        place,
        encoding=response.charset,
        fetched=record.fetched,
        declared=merged(Declared(url=address), options.declared),
    )


def _unfit(response: Response, address: str | None) -> str | None:
    """Return why a response is no page by its headers, in words that group such responses, or None."""
    if not 200 <= response.status < 300:
        return f"HTTP status {response.status}"
    if response.media and response.media not in _MEDIA:
        return response.media[:80]
    return "robots.txt" if (address or "").partition("?")[0].endswith("/robots.txt") else None
