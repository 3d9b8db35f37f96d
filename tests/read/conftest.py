"""What the tests of read share: writing inputs, reading them back, and web archives made on the spot."""

import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read import ReadOptions, read


class _Writer(WARCWriter):  # type: ignore[misc]
    """Writes through memory: warcio's own temporary files are never closed."""

    def _create_temp_file(self) -> io.BytesIO:
        return io.BytesIO()


Outcome = list[Capture | Rejected]
ReadFile = Callable[..., Outcome]
MakeArchive = Callable[..., tuple[bytes, list[int]]]


@pytest.fixture
def read_file(tmp_path: Path) -> ReadFile:
    """Return a function that writes one file and reads it; ".gz" at the end of the name packs it."""

    def run(name: str, content: bytes | str, options: ReadOptions | None = None) -> Outcome:
        raw = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(raw, mtime=0) if name.endswith(".gz") else raw)
        return list(read([str(path)], options=options))

    return run


@pytest.fixture
def make_archive() -> MakeArchive:
    """Return a function that writes responses (kind, body, status, extra headers) into a web archive.

    It gives the archive's bytes and the offset of each record, as a writer of another make counts them.
    """

    def run(*responses: Sequence[Any], packed: bool = True) -> tuple[bytes, list[int]]:
        out = io.BytesIO()
        writer = _Writer(out, gzip=packed)
        offsets: list[int] = []
        for number, (kind, body, *rest) in enumerate(responses):
            status = rest[0] if rest else "200 OK"
            headers = [*([("Content-Type", kind)] if kind else []), *(rest[1] if len(rest) > 1 else [])]
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            offsets.append(out.tell())
            record = writer.create_warc_record(
                f"http://daily.example/{number}",
                "response",
                payload=io.BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2020-05-06T07:08:09Z"},
            )
            writer.write_record(record)
        return out.getvalue(), offsets

    return run


@pytest.fixture
def only_capture() -> Callable[[Outcome], Capture]:
    """Return a function that gives the one Capture of an outcome that holds nothing else."""

    def run(outcome: Outcome) -> Capture:
        assert len(outcome) == 1, outcome
        assert isinstance(outcome[0], Capture), outcome
        return outcome[0]

    return run


@pytest.fixture
def only_refusal() -> Callable[[Outcome], Rejected]:
    """Return a function that gives the one Rejected of an outcome that holds nothing else."""

    def run(outcome: Outcome) -> Rejected:
        assert len(outcome) == 1, outcome
        assert isinstance(outcome[0], Rejected), outcome
        assert outcome[0].stage == "read"
        assert "\n" not in outcome[0].detail
        return outcome[0]

    return run
