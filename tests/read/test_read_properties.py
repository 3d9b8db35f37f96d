"""Whatever the bytes, read gives Captures and Rejecteds; it is lazy, and its memory does not grow."""

import io
import itertools
import json
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read import read
from dateline.read.kinds import SUFFIXES

OPENINGS = [
    *(b"", b"<html>", b'{"text":', b"[{", b"WARC/1.0\r\nContent-Length: 3\r\n\r\n", b"<rss><channel><item>"),
    *(
        b"title,text\n",
        b"\xff\xfe",
        b"\x1f\x8b\x08\x00",
        b'<?xml version="1.0" encoding="utf-7"?><feed>',
        b"%PDF-",
    ),
]
CONTENT = st.builds(
    lambda opening, rest: opening + rest,
    st.sampled_from(OPENINGS),
    st.one_of(
        st.binary(max_size=300), st.text(alphabet='<>&;{}[]",:\n\r ae\u0301é\x00', max_size=200).map(str.encode)
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=CONTENT, suffix=st.sampled_from([*SUFFIXES, ".odt", ""]), packed=st.sampled_from(["", ".gz"]))
def test_any_bytes_under_any_name(content: bytes, suffix: str, packed: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}{packed}")
        path.write_bytes(content)
        first = list(read([str(path)]))
    stdin = list(read(["-"], stdin=io.BytesIO(content)))
    for outcome in (first, stdin):
        assert outcome, "nothing may vanish in silence"
        for item in outcome:
            assert isinstance(item, Capture | Rejected)
            assert msgspec.json.encode(item)
            if isinstance(item, Rejected):
                assert item.detail
                assert "\n" not in item.detail


NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and "<" not in text
)


@settings(max_examples=80, deadline=None)
@given(records=st.lists(st.fixed_dictionaries({"text": NAME, "title": NAME}), min_size=1, max_size=6))
def test_json_lines_come_out_as_they_went_in(records: list[dict[str, str]]) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    outcome = list(read(["-"], stdin=io.BytesIO(lines.encode())))
    found = [(item.content.decode(), item.declared.title) for item in outcome if isinstance(item, Capture)]
    assert found == [(record["text"].strip(), record["title"].strip()) for record in records]


class Endless(io.RawIOBase):
    """A pipe whose writer never stops, made of the same piece again and again."""

    def __init__(self, first: bytes, piece: bytes) -> None:
        self._bytes: Iterator[bytes] = itertools.chain([first or piece], itertools.repeat(piece))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        self._left = self._left or next(self._bytes)
        part = self._left[: len(target)]
        self._left = self._left[len(part) :]
        target[: len(part)] = part
        return len(part)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "warc", "warc.gz"])
def test_reading_is_lazy_and_memory_stays_flat(kind: str, make_archive: Callable[..., Any]) -> None:
    words = "Troops moved on. " * 300
    if kind == "jsonl":
        first, piece = b"", json.dumps({"text": words}).encode() + b"\n"
    elif kind == "csv":
        first, piece = b"title,text\n", f'T,"{words}"\n'.encode()
    else:
        first, piece = b"", make_archive(("text/html", f"<p>{words}".encode()), packed=kind.endswith("gz"))[0]
    found = read(["-"], stdin=cast("BinaryIO", Endless(first, piece)))
    assert all(isinstance(item, Capture) for item in itertools.islice(found, 100))
    tracemalloc.start()
    try:
        for _ in itertools.islice(found, 800):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20, f"{800 * len(words) >> 20} MiB went through"


def test_a_file_is_opened_when_it_is_its_turn(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One fled.")
    found = read([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert isinstance(next(found), Capture)
    (tmp_path / "b.txt").write_text("Two fled.")
    assert isinstance(next(found), Capture)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b"<!--" + b"-" * 4000),
        ("a.xml", b"<!---->" * 600 + b"<x"),
        ("a.json", b'{"text": "' + b"<a href=" * 200_000 + b'"}'),
        ("a.jsonl", b'{"bodies": [{"value": "' + b"<" * 1_000_000 + b'"}]}'),
        ("a.rss", b"<rss>" + b"<item" * 8_000),
        ("a.csv", b"text\n" + b'"",' * 300_000),
        ("a.txt", b"\xe9" * 2_000_000),
    ],
)
def test_hostile_inputs_take_no_long(tmp_path: Path, name: str, content: bytes) -> None:
    """What makes a pattern backtrack or a loop copy; one of these taking minutes is what fails here."""
    (tmp_path / name).write_bytes(content)
    assert list(read([str(tmp_path / name)]))
