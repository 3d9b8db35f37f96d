"""Web archives: pages with address, encoding and offset; damage costs only itself; breaks are told."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read import ReadOptions, read
from dateline.read.warc import read_warc

Read = Callable[..., list[Capture | Rejected]]
One = Callable[..., Capture]
Make = Callable[..., tuple[bytes, list[int]]]
HTML = "text/html; charset=windows-1252"
PAGE = b"<html><p>Two soldiers were killed near Tuz Khurmatu.</p></html>"


def outcome(archive: bytes) -> list[Capture | Rejected]:
    return list(read_warc(io.BytesIO(archive), "a.warc", ReadOptions()))


def marks(found: list[Capture | Rejected]) -> list[tuple[str, str]]:
    return [(item.locator.rpartition("#")[2], getattr(item, "reason", "kept")) for item in found]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_page(tmp_path: Any, make_archive: Make, only_capture: One, name: str) -> None:
    (tmp_path / name).write_bytes(make_archive((HTML, PAGE), packed=name.endswith("gz"))[0])
    capture = only_capture(list(read([str(tmp_path / name)])))
    assert (capture.content, capture.media_type, capture.encoding) == (PAGE, "text/html", "windows-1252")
    assert capture.fetched == "2020-05-06T07:08:09Z"
    assert capture.declared.url == "http://daily.example/0"
    assert capture.declared.published is None
    assert capture.locator.endswith(f"/{name}#0")


@pytest.mark.parametrize("packed", [True, False])
def test_offsets_are_those_of_another_reader(make_archive: Make, *, packed: bool) -> None:
    bodies = [bytes([65 + n]) * (n * n * 700 + 1) for n in range(12)]
    archive, offsets = make_archive(*((HTML, b"<p>" + body) for body in bodies), packed=packed)
    theirs: list[int] = []
    iterator = ArchiveIterator(io.BytesIO(archive))
    for record in iterator:
        record.content_stream().read()
        theirs.append(iterator.get_record_offset())
    assert theirs == offsets
    found = outcome(archive)
    assert marks(found) == [(str(offset), "kept") for offset in theirs]
    assert [item.content for item in found if isinstance(item, Capture)] == [b"<p>" + body for body in bodies]


def test_one_gzip_member_for_all_records(make_archive: Make) -> None:
    plain, _ = make_archive((HTML, PAGE), (HTML, PAGE), packed=False)
    assert [reason for _, reason in marks(outcome(gzip.compress(plain)))] == ["kept", "kept"]


def chunked(body: bytes) -> bytes:
    parts = (body[start : start + 20] for start in range(0, len(body), 20))
    return b"".join(b"%x;note\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATED = RAW.compress(PAGE) + RAW.flush()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
        ({"content-encoding": "GZIP", "Transfer-Encoding": "chunked"}, chunked(gzip.compress(PAGE))),
        ({"Content-Encoding": "deflate"}, zlib.compress(PAGE)),
        ({"Content-Encoding": "deflate"}, RAW_DEFLATED),
        ({"Content-Encoding": "br"}, brotli.compress(PAGE)),
        ({"Transfer-Encoding": "chunked"}, chunked(PAGE)),
        ({"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}, PAGE),
        ({"Content-Encoding": "br"}, PAGE),
        ({"Content-Encoding": "utf-8"}, PAGE),
    ],
)
def test_bodies_are_unpacked(
    make_archive: Make, only_capture: One, headers: dict[str, str], body: bytes
) -> None:
    archive, _ = make_archive(("text/html", body, "200 OK", list(headers.items())))
    assert only_capture(outcome(archive)).content == PAGE


@pytest.mark.parametrize(
    ("packing", "body", "detail"),
    [
        ("gzip", gzip.compress(PAGE)[:-20], "breaks off"),
        ("gzip", gzip.compress(PAGE)[:10] + b"\xff" * 30, "unpacked"),
        ("br", brotli.compress(PAGE)[:-9], "breaks off"),
        ("br", b"\xff" * 30, "unpacked"),
        ("zstd", b"\x28\xb5\x2f\xfd" * 9, "'zstd'"),
        ("gzip", gzip.compress(bytes(40 << 20)), "32 MiB"),
        ("br", brotli.compress(bytes(40 << 20), quality=1), "32 MiB"),
    ],
)
def test_bodies_that_cannot_be_unpacked(
    make_archive: Make, only_refusal: Callable[..., Rejected], packing: str, body: bytes, detail: str
) -> None:
    archive, _ = make_archive(("text/html", body, "200 OK", [("Content-Encoding", packing)]))
    refused = only_refusal(outcome(archive))
    assert refused.reason == "broken_record"
    assert detail in refused.detail


def test_what_is_no_page_is_counted(make_archive: Make) -> None:
    archive, offsets = make_archive(
        ("image/png", b"x"),
        ("text/html", b"", "404 Not Found"),
        ("text/html", PAGE, "404 Not Found"),
        ("", PAGE),
        ("text/html", b""),
        ("text/html", b"%PDF-1.7"),
        ("text/plain", b"Raid."),
    )
    found = outcome(archive)
    assert marks(found[:3]) == [
        (str(offsets[3]), "kept"),
        (str(offsets[4]), "empty"),
        (str(offsets[6]), "kept"),
    ]
    assert [(item.reason, item.detail) for item in found[3:] if isinstance(item, Rejected)] == [
        ("wrong_type", "2 responses left out: HTTP status 404"),
        ("wrong_type", "1 response left out: a PDF document"),
        ("wrong_type", "1 response left out: image/png"),
    ]
    assert isinstance(found[2], Capture)
    assert found[2].media_type == "text/plain"


@pytest.mark.parametrize("packed", [True, False])
def test_every_place_to_break_off(make_archive: Make, *, packed: bool) -> None:
    """Cut anywhere but between records, the archive is refused as truncated; what was whole is kept."""
    archive, offsets = make_archive((HTML, PAGE), (HTML, PAGE + b"2"), packed=packed)
    # Behind a record's block stand two empty lines; without them nothing is lost.
    padding = 0 if packed else 4
    ends = [*offsets[1:], len(archive)]
    for cut in range(1, len(archive)):
        kept = sum(end - padding <= cut for end in ends)
        between = any(end - padding <= cut <= end for end in ends)
        expected = [(str(offset), "kept") for offset in offsets[:kept]]
        if not between:
            expected.append((str(offsets[kept]), "truncated"))
        if cut > 1 or not packed:
            assert marks(outcome(archive[:cut])) == expected, cut


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("piped", [True, False])
def test_a_damaged_record_costs_only_itself_outside_a_pipe(
    make_archive: Make, *, packed: bool, piped: bool
) -> None:
    pages = [(HTML, PAGE + bytes(str(n), "ascii") * 3000) for n in range(5)]
    archive, offsets = make_archive(*pages, packed=packed)
    damaged = bytearray(archive)
    for number in (1, 3):
        start = offsets[number] + (40 if packed else 0)
        damaged[start : start + 12] = b"?" * 12
    if piped:
        found = marks(list(read(["-"], stdin=cast("BinaryIO", Pipe(bytes(damaged))))))
        assert [reason for _, reason in found] == ["kept", "broken_record"]
        return
    found = marks(outcome(bytes(damaged)))
    assert [place for place, reason in found if reason == "kept"] == [str(offsets[n]) for n in (0, 2, 4)]
    assert [reason for _, reason in found] == ["kept", "broken_record"] * 2 + ["kept"]


class Pipe(io.RawIOBase):
    """Bytes that come in small pieces and cannot be wound back."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        part = self._content.read(min(len(target), 777))
        target[: len(part)] = part
        return len(part)


@pytest.mark.parametrize(
    ("wrong", "reasons"),
    [
        (b"Content-Length: 9", ["broken_record", "broken_record", "kept"]),
        (b"Content-Length: 99999", ["broken_record", "kept"]),
        (b"Content-Length: -1", ["broken_record", "broken_record", "kept"]),
        (b"Content-Longth: 9", ["broken_record", "kept"]),
    ],
)
def test_a_record_with_a_wrong_length(make_archive: Make, wrong: bytes, reasons: list[str]) -> None:
    archive, _ = make_archive((HTML, PAGE), (HTML, PAGE), packed=False)
    head, _, rest = archive.partition(b"Content-Length: ")
    found = outcome(head + wrong + rest[rest.index(b"\r\n") :])
    assert [reason for _, reason in marks(found)] == reasons


def test_a_response_without_http(only_refusal: Callable[..., Rejected]) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://daily.example/>\r\n"
        b"Content-Length: 5\r\n\r\nhello\r\n\r\n"
    )
    assert only_refusal(outcome(record)).reason == "broken_record"


def test_an_archive_without_responses(only_refusal: Callable[..., Rejected]) -> None:
    record = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    assert only_refusal(outcome(record)).reason == "empty"


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_file_is_told_through_the_door(tmp_path: Any, make_archive: Make, *, packed: bool) -> None:
    archive, _ = make_archive((HTML, PAGE), (HTML, PAGE * 9), packed=packed)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive[:-30])
    assert [reason for _, reason in marks(list(read([str(path)])))] == ["kept", "truncated"]
