"""The pages of the server: whole without scripts, and text from articles is never markup in them."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.web import pages, shell
from dateline.web.shell import Assets

VOID = {"meta", "input", "br", "line", "rect", "path", "circle", "link"}
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = ("/", "/explore", "/warnings", "/review", "/add", "/surges")


class Page(HTMLParser):
    """A page taken apart: that every element is closed in turn is checked on the way."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs)), f"{tag} says one thing twice"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" not in self.open:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(client: TestClient, path: str, status: int = 200) -> Page:
    """Get a page and hold what is true of every page: valid, no inline code or style, landmarks, headings."""
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")
    page = Page(answer.text)
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1
    names = [name for _, attributes in page.elements for name in attributes]
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcset")]
    assert page.all("style") == []
    assert [each for each in page.all("script") if each.get("type") not in ("module", "application/json")] == []
    identities = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert [name for name, count in identities.items() if count > 1] == []
    labels = [attributes.get("aria-labelledby") for _, attributes in page.elements]
    assert {name for name in labels if name} <= set(identities)
    inward = {(link["href"] or "")[1:] for link in page.all("a") if (link["href"] or "").startswith("#")}
    assert inward <= set(identities)
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    return page


def events_of(client: TestClient, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/api/v1/events", params={"limit": 500, **filters}).json()["items"]
    return items


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_without_scripts(client: TestClient, address: str) -> None:
    read(client, address)


def test_every_event_and_article_of_the_sample_has_a_page(client: TestClient) -> None:
    articles = set()
    for row in events_of(client):
        page = read(client, f"/event/{row['id']}")
        assert row["label"] in page.words
        linked = [link["href"] or "" for link in page.all("a")]
        articles |= {href.partition("?")[0] for href in linked if href.startswith("/article/")}
    assert articles
    for path in articles:
        read(client, path)


def test_an_event_shows_sides_sentences_and_where_they_stand(client: TestClient) -> None:
    row = events_of(client, disputed="true", min_origins=2)[0]
    one = client.get(f"/api/v1/events/{row['id']}").json()
    page = read(client, f"/event/{row['id']}")
    for column in one["view"]["matrix"]["columns"]:
        for quote in column["quotes"]:
            assert "".join(segment["text"] for segment in quote["segments"]) in page.words
    assert "they cannot all be right" in page.words
    canonical = next(link for link in page.all("link") if link.get("rel") == "canonical")
    assert canonical["href"] == f"http://localhost/event/{row['id']}"
    href = next(link["href"] for link in page.all("a") if "#s" in (link["href"] or ""))
    assert href is not None
    target = href.partition("#")[2]
    article = read(client, href.partition("#")[0])
    assert target in {attributes.get("id") for _, attributes in article.elements}


def test_an_article_shows_its_text_unbroken(client: TestClient) -> None:
    row = events_of(client)[0]
    identity = client.get(f"/api/v1/events/{row['id']}").json()["articles"][0]["id"]
    text = client.get(f"/api/v1/articles/{identity}").json()["article"]["text"]
    page = read(client, f"/article/{identity}?event={row['id']}")
    for paragraph in text.split("\n\n"):
        assert paragraph in page.words


def test_the_list_filters_and_pages_without_scripts(client: TestClient) -> None:
    page = read(client, "/explore?where=Kirkuk&search=&since=2017&until=&type=&sort=-date&disputed=true")
    wanted = events_of(client, where="Kirkuk", since="2017", sort="-date", disputed="true")
    linked = [link["href"] for link in page.all("a") if (link["href"] or "").startswith("/event/")]
    assert linked == [f"/event/{row['id']}" for row in wanted]
    assert wanted
    places = [field["value"] for field in page.all("input") if field.get("name") == "where"]
    assert places == ["Kirkuk"]
    every = events_of(client)
    seen: list[str | None] = []
    path: str | None = "/explore"
    while path:
        page = read(client, path)
        seen += [link["href"] for link in page.all("a") if (link["href"] or "").startswith("/event/")]
        path = next((link["href"] for link in page.all("a") if link.get("rel") == "next"), None)
    assert sorted(each or "" for each in seen) == sorted(f"/event/{row['id']}" for row in every)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing", 404, "Not Found"),
        ("/event/evt_zzzzzzzz", 404, "is not the id of an event"),
        ("/event/evt_a", 400, "too short"),
        ("/article/art_zzzzzzzz", 404, "is not the id of an article"),
        ("/explore?since=yesterday", 400, "is not a date"),
        ("/explore?page=0", 400, "a whole number from 1 up"),
        ("/explore?page=99999999999999999999", 400, "a whole number from 1 up"),
        ("/explore?disputed=perhaps", 400, "write true or false"),
        ("/explore?sort=colour", 400, "cannot sort by"),
        ("/explore?status=<script>", 400, "no status is called"),
    ],
)
def test_errors_are_pages_for_browsers(client: TestClient, address: str, status: int, words: str) -> None:
    assert words in read(client, address, status).words


def test_many_warnings_are_followed_only_for_who_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = client.get("/api/v1/warnings", params={"limit": 500}).json()["items"]
    page = read(client, "/warnings")
    assert {f"/event/{each['id']}" for each in every} <= {link["href"] for link in page.all("a")}
    monkeypatch.setattr(pages, "AT_ONCE", 10)
    page = read(client, "/warnings")
    assert page.all("section") == []
    assert "takes a while" in page.words
    assert len(read(client, "/warnings?wait=true&outcome=open").all("section")) == len(
        [each for each in every if each["state"] == "open"]
    )


def test_errors_are_problems_for_programs(client: TestClient) -> None:
    for path, accept in (("/event/evt_zzzzzzzz", "*/*"), ("/api/v1/events/evt_zzzzzzzz", "text/html")):
        answer = client.get(path, headers={"accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_hostile_text_is_text(hostile_client: TestClient, hostile: Any) -> None:
    paths = [f"/article/{identity}" for name, identity in hostile.articles.items() if name != "long"]
    paths += [f"/event/{identity}" for identity in hostile.events]
    for path in (
        *paths,
        "/",
        "/explore",
        "/explore?search=%3Cscript%3E&actor=%22%3E%3Cimg%20src=x%20onerror=1%3E",
    ):
        page = read(hostile_client, path)
        assert page.all("img") == []
        assert len(page.all("script")) <= 2  # our own two; `read` holds that none is inline code
        hrefs = [link["href"] or "" for link in page.all("a")]
        assert not [href for href in hrefs if not href.startswith(("/", "#", "https://", "http://"))]
    words = read(hostile_client, f"/article/{hostile.articles['markup']}").words
    assert "<script>window.hit=1</script>" in words
    assert "{{7*7}}" in words
    assert "49" not in words


def test_arabic_has_its_own_direction(hostile_client: TestClient, hostile: Any) -> None:
    page = read(hostile_client, f"/article/{hostile.articles['arabic']}")
    assert "قال مسؤول" in page.words
    assert sum(1 for each in page.all("p") if each.get("dir") == "auto") >= 2
    assert page.all("h1")[0]["dir"] == "auto"


def test_two_megabytes_in_one_paragraph_are_parted(hostile_client: TestClient, hostile: Any) -> None:
    page = read(hostile_client, f"/article/{hostile.articles['long']}")
    assert len([each for each in page.all("p") if each.get("class") == "goes-on"]) > 200
    assert "No event was read from this article" in page.words


def test_the_style_is_sent_once(client: TestClient) -> None:
    first = client.get("/pages.css")
    assert first.headers["content-type"] == "text/css; charset=utf-8"
    assert "url(" not in first.text
    again = client.get("/pages.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/icon.svg").headers["content-type"] == "image/svg+xml"


def test_the_pages_share_the_tokens_of_the_front_end() -> None:
    token = re.compile(r"(--[\w-]+):\s*([^;]+);")
    theirs = Path(__file__).parents[2] / "web" / "src" / "app.css"
    known = dict(token.findall(theirs.read_text("utf-8")))
    ours = dict(token.findall((shell.TEMPLATES / "pages.css").read_text("utf-8")))
    assert {name: value for name, value in ours.items() if known.get(name) != value} == {}


def test_the_front_end_finds_what_it_would_ask_for_first(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "built_assets", lambda: Assets("/static/main.js", ("/static/main.css",)))
    row = events_of(client)[0]
    answer = client.get(f"/event/{row['id']}", headers=HTML)
    block = re.search(r'<script type="application/json" id="given">(.*?)</script>', answer.text, re.DOTALL)
    assert block
    given = json.loads(block[1])
    assert given["path"] == f"/events/{row['id']}"
    assert given["value"] == client.get(f"/api/v1/events/{row['id']}").json()


def test_what_the_front_end_finds_cannot_end_its_block(
    hostile_client: TestClient, hostile: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "built_assets", lambda: Assets("/static/main.js", ()))
    for identity in hostile.events:
        page = read(hostile_client, f"/event/{identity}")
        assert [each.get("type") for each in page.all("script")] == ["module", "application/json"]
