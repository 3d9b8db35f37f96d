"""Every kind of bad input gives the reason that is documented for it, and costs only itself."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read import ReadOptions, read, source

Read = Callable[..., list[Capture | Rejected]]
Refused = Callable[..., Rejected]
FEED = "<rss version='2.0'><channel><title>T</title>{}</channel></rss>"
ITEM = "<item><title>T{0}</title><description>Number {0} fled.</description></item>"


@pytest.mark.parametrize(
    ("name", "content", "reason", "detail"),
    [
        ("a.txt", b"", "empty", "no bytes"),
        ("a.txt", b" \n\t", "empty", "blanks"),
        ("a.txt", b" " * 9000, "empty", "blanks"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty", "blanks"),
        ("a.txt", "\n".encode("utf-16"), "empty", "blanks"),
        ("a.txt.gz", b"", "empty", "no bytes"),
        ("a.txt", gzip.compress(b"x")[:7], "truncated", "nothing"),
        ("a.jsonl", b"\n" * 9000, "empty", "no record"),
        ("a.json", b"[]", "empty", "no record"),
        ("a.csv", b"title,text\n\n", "empty", "no row"),
        ("a.rss", FEED.format("").encode(), "empty", "no entries"),
        ("a.warc", b"", "empty", "no bytes"),
        ("a.txt", b"%PDF-1.4 x", "binary", "PDF"),
        ("a.html", b"PK\x03\x04", "binary", "zip"),
        ("a.txt", b"\x89PNG\r\n", "binary", "PNG"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary", "office"),
        ("a.txt", b"{\\rtf1 x}", "binary", "RTF"),
        ("a.txt", b"GIF89a\x01\x00", "binary", "GIF"),
        ("a.csv", b"\x00\x01\x02\x03" * 40, "binary", "binary data"),
        ("a.txt", b"Troops moved on. " * 400 + b"\x00", "binary", "zero character"),
        ("a.html.gz", gzip.compress(b"<p>x</p>"), "binary", "gzip file inside"),
        ("a.txt", bytes(range(128, 256)) * 20, "bad_encoding", "UTF-8"),
        ("a.txt", "Raid ".encode("utf-16") + b"x", "bad_encoding", "utf-16"),
        ("a.json", b'{"text": "caf\xe9"}', "bad_encoding", "byte 13"),
        ("a.jsonl", b'{"text": "caf\xe9"}', "bad_encoding", "byte 13"),
        ("a.warc", b"<html><p>x</p>", "wrong_type", "web archive .* HTML"),
        ("a.warc.gz", b"<html><p>x</p>", "wrong_type", "web archive .* HTML"),
        ("a.json", b"<html><p>x</p>", "wrong_type", "JSON .* HTML"),
        ("a.csv", b"<html><p>x</p>", "wrong_type", "table .* HTML"),
        ("a.txt", b'{"text": "x"}', "wrong_type", "text .* JSON"),
        ("a.html", b"WARC/1.0\r\n", "wrong_type", "web archive"),
        ("a.rss", b"<?xml version='1.0'?><sitemap/>", "wrong_type", "XML that is no feed"),
        ("a.docx", b"words", "wrong_type", r"\.docx"),
        ("article", b"<html><p>x", "wrong_type", "without an ending .* HTML"),
        ("a.json", b"{broken", "invalid_json", "line 1, column 2"),
        ("a.json", b'{"text":\n oops}', "invalid_json", "line 2, column 2"),
        ("a.jsonl", b"[" * 100_000, "invalid_json", "nested|line"),
        ("a.json", b'{"a":' * 100_000, "invalid_json", "nested"),
        ("a.json", b'{"a": ' + b"9" * 5000 + b"}", "invalid_json", "digits"),
        ("a.json", b"7", "no_text", "a number"),
        ("a.jsonl", b'"a string"', "no_text", "a string"),
        ("a.json", b'{"title": "T", "id": 3}', "no_text", "title, id"),
        ("a.csv", b"id;name\n1;x\n", "no_text", "id, name"),
        ("a.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss version='2.0'/>", "broken_record", "entities"),
        ("a.csv", b"id,text\n1,One fled, two stayed.\n", "broken_record", "3 cells, the header 2"),
        ("a.csv", b'text,id\n"One fled.\nTwo stayed.,1\n', "broken_record", "never closed"),
    ],
)
def test_bad_file(
    read_file: Read, only_refusal: Refused, name: str, content: bytes, reason: str, detail: str
) -> None:
    refused = only_refusal(read_file(name, content))
    assert refused.reason == reason
    assert re.search(detail, refused.detail), refused.detail
    assert name in refused.locator


def test_a_broken_line_costs_only_itself(read_file: Read) -> None:
    outcome = read_file("a.jsonl", '{"text": "One fled."}\n{"text": oops}\n[1]\n{"text": "Two fled."}\n')
    assert [getattr(item, "reason", "kept") for item in outcome] == ["kept", "invalid_json", "no_text", "kept"]
    assert isinstance(outcome[1], Rejected)
    assert outcome[1].detail.startswith("line 2, column 10")
    assert outcome[1].locator.endswith("#2")


def test_a_broken_list_keeps_what_came_before(read_file: Read) -> None:
    outcome = read_file("a.json", '[{"text": "One fled."},\n {"text": "Two fl')
    assert [getattr(item, "reason", "kept") for item in outcome] == ["kept", "invalid_json"]
    assert isinstance(outcome[1], Rejected)
    assert outcome[1].detail.startswith("line 2")


def test_an_undecodable_row_costs_only_itself(read_file: Read) -> None:
    outcome = read_file("a.csv", b"text\nOne fled.\n" + bytes(range(128, 256)) * 20 + b"\nTwo fled.\n")
    assert [getattr(item, "reason", "kept") for item in outcome] == ["kept", "bad_encoding", "kept"]


@pytest.mark.parametrize("value", [20200502, {"year": 2020}, True, [7]])
def test_a_date_that_is_none_is_left_out_and_the_text_kept(read_file: Read, value: Any) -> None:
    outcome = read_file("a.jsonl", json.dumps({"text": "One fled.", "date": value}))
    refused, capture = outcome
    assert isinstance(refused, Rejected)
    assert isinstance(capture, Capture)
    assert (refused.reason, capture.declared.published) == ("bad_metadata", None)
    assert "'date'" in refused.detail


def test_a_mapped_field_that_is_not_there(read_file: Read, only_refusal: Refused) -> None:
    options = ReadOptions(field_map={"text": "stroy"})
    refused = only_refusal(read_file("a.csv", "story\nOne fled.\n", options))
    assert refused.reason == "no_text"
    assert "'stroy'" in refused.detail
    assert "story" in refused.detail


def truncated(name: str, content: str) -> list[Capture | Rejected]:
    packed = gzip.compress(content.encode(), mtime=0)
    Path(name).write_bytes(packed[: len(packed) - 30])
    return list(read([name]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", "".join(f'{{"text": "Number {n} fled."}}\n' for n in range(5000))),
        ("a.csv.gz", "text\n" + "".join(f"Number {n} fled.\n" for n in range(5000))),
        ("a.json.gz", "[" + ",".join(f'{{"text": "Number {n} fled."}}' for n in range(5000)) + "]"),
    ],
)
def test_records_before_a_break_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    monkeypatch.chdir(tmp_path)
    *kept, refused = truncated(name, content)
    assert isinstance(refused, Rejected)
    assert refused.reason == "truncated"
    assert 4000 < len(kept) < 5000
    assert all(isinstance(item, Capture) for item in kept)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.rss.gz"])
def test_half_an_article_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_refusal: Refused, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    content = FEED.format("".join(ITEM.format(n) for n in range(50)))
    assert (
        only_refusal(truncated(name, content if "rss" in name else f"<p>{content[40:]}")).reason == "truncated"
    )


@pytest.mark.parametrize(("end", "kept"), [(ITEM.format(3)[:-20], 2), (ITEM.format(3), 3)])
def test_a_feed_that_breaks_off(read_file: Read, end: str, kept: int) -> None:
    whole = FEED.format(ITEM.format(1) + ITEM.format(2) + end)
    outcome = read_file("a.rss", whole[: whole.index(end) + len(end)])
    assert [getattr(item, "reason", "kept") for item in outcome] == ["kept"] * kept + ["truncated"]


def test_what_is_too_long_for_one_article(
    read_file: Read, only_refusal: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = b"<p>" + b"a" * (source.MAX_ARTICLE + 1)
    assert only_refusal(read_file("a.html.gz", bomb)).reason == "wrong_type"
    outcome = read_file("a.jsonl.gz", b'{"text": "One fled."}\n' + bomb + b'\n{"text": "Two fled."}\n')
    assert [getattr(item, "reason", "kept") for item in outcome] == ["kept", "broken_record", "kept"]
    assert outcome[2].locator.endswith("#3")


def test_what_may_not_be_opened(only_refusal: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").touch()
    monkeypatch.setattr(Path, "open", denied)
    refused = only_refusal(list(read([str(tmp_path / "a.txt")])))
    assert (refused.reason, refused.detail) == ("unreadable", "the system says: Permission denied")
