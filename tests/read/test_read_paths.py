"""Folders, patterns, links, sidecars and standard input: what is read, in which order."""

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read import ReadOptions, read

One = Callable[..., Capture]
Refused = Callable[..., Rejected]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with texts that hold their own name."""
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/deep/d.html", ".hidden.txt", ".git/e.txt", "z.odt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{name}" if name.endswith("html") else name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*paths: str, options: ReadOptions | None = None) -> list[str]:
    """Return the locators of captures, and of refusals with their reason."""
    found = read(paths, options=options)
    return [item.locator if isinstance(item, Capture) else f"{item.locator}!{item.reason}" for item in found]


def test_a_folder_is_read_in_the_order_of_names(folder: Path) -> None:
    assert names("sub", ".") == [
        *("sub/c.txt", "sub/deep/d.html"),
        *("a.txt", "b.txt", "z.odt!wrong_type", "sub/c.txt", "sub/deep/d.html"),
    ]


def test_a_folder_without_the_folders_in_it(folder: Path) -> None:
    assert names("sub", options=ReadOptions(recursive=False)) == ["sub/c.txt"]


def test_a_folder_without_files(folder: Path) -> None:
    (folder / "bare" / ".h").mkdir(parents=True)
    assert names("bare") == ["bare!empty"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("s*", ["sub/c.txt", "sub/deep/d.html"]),
        ("**/*.txt", ["a.txt", "b.txt", "sub/c.txt"]),
        ("sub/**", ["sub/c.txt", "sub/deep/d.html"]),
        ("sub/**.txt", ["sub/c.txt"]),
        (".h*.txt", [".hidden.txt"]),
        ("*.pdf", ["*.pdf!missing"]),
        ("none/*.txt", ["none/*.txt!missing"]),
    ],
)
def test_patterns(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(pattern) == expected
    absolute = [f"{folder}/{name}" for name in expected]
    assert names(f"{folder}/{pattern}") == absolute


def test_a_name_that_looks_like_a_pattern(folder: Path) -> None:
    (folder / "[x].txt").write_text("Raid.")
    assert names("[x].txt") == ["[x].txt"]


@pytest.mark.parametrize("name", ["none.txt", "none/a.txt", "a.txt/b", "nul\x00.txt", "nul\x00*", "x" * 300])
def test_what_does_not_exist(folder: Path, name: str) -> None:
    assert names(name) == [f"{name}!missing"]


def test_links_do_not_go_round_in_circles(folder: Path) -> None:
    for name in ("loop", "sub/up"):
        (folder / name).symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "linked.txt").symlink_to("a.txt")
    expected = [
        *("a.txt", "b.txt", "dangling.txt!missing", "linked.txt", "loop!wrong_type", "self.txt!unreadable"),
        *("z.odt!wrong_type", "sub/c.txt", "sub/up!wrong_type", "sub/deep/d.html"),
    ]
    assert names(".") == expected
    assert names("**/d.html") == ["sub/deep/d.html"]


def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "sub" / "p.txt")
    assert names("sub") == ["sub/c.txt", "sub/p.txt!wrong_type", "sub/deep/d.html"]


def test_a_folder_that_may_not_be_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def guarded(path: Any) -> Any:
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr("dateline.read.files.os.scandir", guarded)
    assert names("sub") == ["sub/c.txt", "sub/deep!unreadable"]


def test_a_name_that_is_not_utf_8(folder: Path) -> None:
    Path(os.fsdecode(b"sub/caf\xe9.txt")).write_text("Raid.")
    assert names("sub")[1] == "sub/caf\ufffd.txt"


SIDECAR: dict[str, Any] = {
    "headline": "Two killed",
    "publisher": {"name": "Plain Courier"},
    "datePublished": "2020-05",
    "author": ["A. Writer", {"name": "B. Writer"}],
    "url": "https://courier.example/2",
    "text": "This is not the article.",
}
DECLARED = Declared(
    title="Two killed",
    outlet="Plain Courier",
    byline="A. Writer, B. Writer",
    published="2020-05",
    published_rule="sidecar",
    url="https://courier.example/2",
)
YAML = """headline: Two killed
outlet: Plain Courier
published: 2020-05
byline: A. Writer, B. Writer
url: https://courier.example/2
language: null
"""


@pytest.mark.parametrize(
    ("text", "beside", "content"),
    [
        ("n.txt", "n.json", json.dumps(SIDECAR)),
        ("n.txt", "n.txt.json", "\ufeff" + json.dumps(SIDECAR)),
        ("n.html", "n.json", json.dumps(SIDECAR)),
        ("n.txt.gz", "n.json", json.dumps(SIDECAR)),
        ("n.txt", "n.yaml", YAML),
        ("n.txt", "n.txt.yml", YAML),
    ],
)
def test_sidecar(tmp_path: Path, only_capture: One, text: str, beside: str, content: str) -> None:
    (tmp_path / text).write_bytes(gzip.compress(b"Raid.") if text.endswith("gz") else b"<p>Raid.")
    (tmp_path / beside).write_text(content)
    ways = ([str(tmp_path)], [f"{tmp_path}/n*"], [f"{tmp_path}/{text}", f"{tmp_path}/{beside}"])
    for way in ways:
        assert only_capture(list(read(way))).declared == DECLARED
    given = ReadOptions(declared=Declared(outlet="Other", published="1999", published_rule="given"))
    declared = only_capture(list(read([str(tmp_path / text)], options=given))).declared
    assert (declared.outlet, declared.published_rule, declared.title) == ("Other", "given", "Two killed")


def test_a_json_file_beside_another_is_an_article(tmp_path: Path) -> None:
    for name in ("n.json", "m.json"):
        (tmp_path / name).write_text('{"text": "One fled."}')
    (tmp_path / "o.txt").write_text("Raid.")
    assert len(list(read([str(tmp_path)]))) == 3


@pytest.mark.parametrize(
    ("suffix", "content", "detail"),
    [
        (".json", '{"headline": ', "line 1"),
        (".json", "[]", "no mapping"),
        (".json", '{"headline": 5}', "'headline' holds a number"),
        (".json", "\udcff", "cannot be read"),
        (".yaml", "a: [", "cannot be read"),
        (".yaml", "- a\n- b", "no mapping"),
        (".yaml", "published: {year: 2020}", "'published' holds an object"),
        (".yaml", "[" * 400, "cannot be read"),
        (".yaml", "? [a]\n: b", "cannot be read"),
    ],
)
def test_a_broken_sidecar_leaves_the_article(tmp_path: Path, suffix: str, content: str, detail: str) -> None:
    (tmp_path / "n.txt").write_text("Raid.")
    (tmp_path / f"n{suffix}").write_bytes(content.encode("utf-8", "surrogateescape"))
    refused, capture = read([str(tmp_path)])
    assert isinstance(refused, Rejected)
    assert isinstance(capture, Capture)
    assert refused.reason == "bad_metadata"
    assert detail in refused.detail
    assert refused.locator.endswith(f"n{suffix}")
    assert capture.declared == Declared()


def test_dates_of_a_yaml_sidecar_stay_as_they_are_written(tmp_path: Path, only_capture: One) -> None:
    (tmp_path / "n.txt").write_text("Raid.")
    (tmp_path / "n.yaml").write_text("published: 2020-13-45\nlanguage: no\n")
    declared = only_capture(list(read([str(tmp_path)]))).declared
    assert (declared.published, declared.language) == ("2020-13-45", "no")


RSS = (
    b"<rss version='2.0'><channel><item><title>T</title>"
    b"<description>One fled.</description></item></channel></rss>"
)
STDIN = [
    (b"One fled.", "text/plain", "-"),
    (b"<!doctype html><p>One fled.", "text/html", "-"),
    ("<html><p>One fled.".encode("utf-16"), "text/html", "-"),
    (b'{"text": "One fled."}', "text/plain", "-#1"),
    (b'{\n "text": "One fled."\n}', "text/plain", "-"),
    (b'[{"text": "One fled."}]', "text/plain", "-#1"),
    (b"title,text\nT,One fled.\n", "text/plain", "-#2"),
    (RSS, "text/plain", "-#1"),
]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(("content", "media", "locator"), STDIN)
def test_standard_input(only_capture: One, content: bytes, media: str, locator: str, *, packed: bool) -> None:
    stdin = io.BytesIO(gzip.compress(content) if packed else content)
    capture = only_capture(list(read(["-"], stdin=stdin)))
    assert (capture.media_type, capture.locator) == (media, locator)
    assert not stdin.closed


def test_a_web_archive_on_standard_input(only_capture: One, make_archive: Callable[..., Any]) -> None:
    archive, _ = make_archive(("text/html", b"<p>One fled."))
    assert only_capture(list(read(["-"], stdin=io.BytesIO(archive)))).locator == "-#0"


@pytest.mark.parametrize(("stdin", "reason"), [(None, "missing"), (b"", "empty"), (b" \n", "empty")])
def test_standard_input_without_anything(only_refusal: Refused, stdin: bytes | None, reason: str) -> None:
    stream = None if stdin is None else io.BytesIO(stdin)
    assert only_refusal(list(read(["-"], stdin=stream))).reason == reason


def test_a_named_pipe_is_read_like_standard_input(only_capture: One) -> None:
    reading, writing = os.pipe()
    os.write(writing, b'{"text": "One fled."}')
    os.close(writing)
    try:
        assert only_capture(list(read([f"/dev/fd/{reading}"]))).content == b"One fled."
    finally:
        os.close(reading)
