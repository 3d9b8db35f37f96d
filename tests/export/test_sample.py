"""The sample dispatches parse, say what they are, and come from invented outlets only."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import yaml

from dateline.config import DATA

FOLDER = DATA / "sample" / "dispatches"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
OUTLETS = {"Rafidain Courier", "Zagros Wire", "Tigris Post", "Northern Desk", "Two Rivers Bulletin"}
LABEL = "Written for the dateline demonstration"
REFUSED = {"front-page.html", "note-in-arabic.txt"}
FEWEST_WORDS = 80


class Dispatch(msgspec.Struct, frozen=True):
    """One text of the sample with what is said about it."""

    name: str
    outlet: str
    label: str
    url: str | None
    published: str | None
    text: str


class Article(HTMLParser):
    """Reads the head and the paragraphs of a sample page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.links: list[str] = []
        self.records: list[str] = []
        self.text = ""
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[found.get("name") or found.get("property", "")] = found.get("content", "")
        elif tag == "link" and found.get("rel") == "canonical":
            self.links.append(found["href"])
        elif tag in ("p", "script"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside == ["p"]:
            self.text += data + "\n"
        elif self.inside == ["script"]:
            self.records.append(data)


def sidecar(path: Path) -> dict[str, object]:
    for suffix in (".json", ".yaml"):
        beside = path.with_suffix(suffix)
        if beside.exists():
            found: dict[str, object] = yaml.safe_load(beside.read_text(encoding="utf-8"))
            return found
    raise AssertionError(f"{path.name} has no sidecar")


def of_record(name: str, values: dict[str, object], text: str) -> Dispatch:
    publisher = values.get("publisher")
    outlet = values.get("outlet") or (publisher["name"] if isinstance(publisher, dict) else None)
    published = values.get("published") or values.get("datePublished")
    url = values.get("url")
    return Dispatch(name, str(outlet), str(values["note"]), str(url) if url else None, str(published), text)


def of_page(path: Path) -> Dispatch:
    page = Article(path.read_text(encoding="utf-8"))
    records = [json.loads(record) for record in page.records]
    dates = re.findall(r'"datePublished": "([0-9-]{10})', "".join(page.records))
    assert len(dates) == len(records)
    url = (page.links or [page.meta.get("og:url", "")])[0] or None
    published = (dates or [page.meta.get("article:published_time", "")])[0][:10] or None
    return Dispatch(
        path.name, page.meta["og:site_name"], page.meta["dateline-sample"], url, published, page.text
    )


def of_feed(path: Path) -> Iterator[Dispatch]:
    channel = ElementTree.fromstring(path.read_bytes()).find("channel")  # noqa: S314 - our own file
    assert channel is not None
    outlet, label = channel.findtext("title", ""), channel.findtext("description", "")
    for item in channel.findall("item"):
        text = re.sub(r"<[^>]+>", " ", item.findtext("description", ""))
        yield Dispatch(path.name, outlet, label, item.findtext("link"), item.findtext("pubDate"), text)


def dispatches() -> Iterator[Dispatch]:
    for path in FILES:
        if path.suffix == ".txt":
            yield of_record(path.name, sidecar(path), path.read_text(encoding="utf-8"))
        elif path.suffix == ".html":
            yield of_page(path)
        elif path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                values = json.loads(line)
                yield of_record(path.name, values, values["text"])
        elif path.suffix == ".rss":
            yield from of_feed(path)


ALL = list(dispatches())
READABLE = [dispatch for dispatch in ALL if dispatch.name not in REFUSED]


def test_there_is_a_dozen_and_each_kind_of_input() -> None:
    assert 12 <= len(READABLE) <= 16
    assert {path.suffix for path in FILES} == {".txt", ".json", ".yaml", ".html", ".jsonl", ".rss"}
    assert {path.name for path in FILES} >= REFUSED


@pytest.mark.parametrize("dispatch", ALL, ids=lambda dispatch: f"{dispatch.name}")
def test_each_is_labelled_and_from_an_invented_outlet(dispatch: Dispatch) -> None:
    assert dispatch.label.startswith(LABEL)
    assert dispatch.outlet in OUTLETS
    if dispatch.url:
        assert (urlsplit(dispatch.url).hostname or "").endswith(".example")


@pytest.mark.parametrize("dispatch", READABLE, ids=lambda dispatch: f"{dispatch.name}")
def test_each_dispatch_is_long_enough_and_dated(dispatch: Dispatch) -> None:
    assert len(dispatch.text.split()) >= FEWEST_WORDS
    assert dispatch.published
    assert dispatch.url


def test_no_address_leaves_the_reserved_names() -> None:
    for path in FILES:
        for host in re.findall(r"https?://([^/\s\"'<]+)", path.read_text(encoding="utf-8")):
            assert host.endswith(".example") or host == "schema.org", path.name


def test_one_is_a_reprint_of_another_with_a_credit() -> None:
    reprint = next(dispatch for dispatch in READABLE if dispatch.outlet == "Two Rivers Bulletin")
    body, _, credit = reprint.text.rpartition("\n\n")
    assert credit == "Source: Zagros Wire"
    original = next(
        dispatch for dispatch in READABLE if dispatch.outlet == "Zagros Wire" and body in dispatch.text
    )
    assert original.url != reprint.url


def test_the_read_me_names_every_file_with_text() -> None:
    notes = (DATA / "sample" / "README.md").read_text(encoding="utf-8")
    for dispatch in ALL:
        assert f"`{dispatch.name}`" in notes
    for outlet in OUTLETS:
        assert outlet in notes
