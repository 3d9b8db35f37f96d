"""One golden article per format, and what each format says of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read import ReadOptions

Read = Callable[..., list[Capture | Rejected]]
One = Callable[..., Capture]
TEXT = "Gunmen stormed a checkpoint near Tuz Khurmatu on Friday, killing two soldiers, an officer said."


def test_text(read_file: Read, only_capture: One) -> None:
    capture = only_capture(read_file("a.txt", TEXT))
    assert capture.content == TEXT.encode()
    assert (capture.media_type, capture.encoding) == ("text/plain", "utf-8")
    assert capture.declared == Declared()
    assert capture.locator.endswith("/a.txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_text_in_other_encodings(read_file: Read, only_capture: One, encoding: str) -> None:
    text = f"{TEXT} “It was the army’s worst day,” said José, who runs a café – and fled. " * 3
    capture = only_capture(read_file("a.txt", text.encode(encoding)))
    assert capture.content.decode() == text
    assert capture.encoding == "utf-8"


def test_page_keeps_its_bytes(read_file: Read, only_capture: One) -> None:
    page = "<!doctype html><meta charset=windows-1252><p>Café</p>".encode("cp1252")
    capture = only_capture(read_file("a.html", page))
    assert (capture.content, capture.media_type, capture.encoding) == (page, "text/html", None)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.TXT", "a.text", "a.md", "a.b.txt"])
def test_names_of_texts(read_file: Read, only_capture: One, name: str) -> None:
    assert only_capture(read_file(name, TEXT)).content == TEXT.encode()


def test_gzip_is_told_by_content_too(read_file: Read, only_capture: One) -> None:
    import gzip

    assert only_capture(read_file("a.html", gzip.compress(b"<p>Raid</p>"))).content == b"<p>Raid</p>"


def test_text_and_page_under_each_others_names(read_file: Read, only_capture: One) -> None:
    assert only_capture(read_file("a.txt", f"<html><p>{TEXT}")).media_type == "text/html"
    assert only_capture(read_file("a.html", TEXT)).media_type == "text/plain"


def test_text_in_brackets_is_no_json(read_file: Read, only_capture: One) -> None:
    assert only_capture(read_file("a.txt", f"[Kirkuk] {TEXT}")).media_type == "text/plain"


SCHEMA_ORG = {
    "@type": "NewsArticle",
    "headline": "Two killed near Tuz Khurmatu",
    "articleBody": TEXT,
    "datePublished": "2020-05-02T10:00:00+03:00",
    "dateModified": "2020-05-09",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"name": "B. Writer"}],
    "publisher": {"name": "Plain Courier"},
    "inLanguage": "en",
    "mainEntityOfPage": {"@type": "WebPage", "name": "Two killed", "@id": "https://courier.example/2"},
}
NINJS_3 = {
    "uri": "urn:courier:2",
    "headlines": [{"role": "short", "value": "Two killed"}, {"role": "main", "value": "Two killed near Tuz"}],
    "bodies": [
        {"role": "caption", "contenttype": "text/plain", "value": TEXT + TEXT},
        {"role": "main", "contenttype": "text/html", "value": f"<p>{TEXT}</p>"},
    ],
    "bylines": [{"byline": "A. Writer"}],
    "versioncreated": "2020-05-02T10:00:00Z",
    "infosources": [{"name": "Wire Six"}],
    "language": "en",
}
TRAFILATURA = {
    "title": "Two killed",
    "author": "A. Writer",
    "hostname": "courier.example",
    "sitename": "Plain Courier",
    "date": "2020-05-02",
    "text": TEXT,
    "raw_text": TEXT.upper(),
    "source": "https://courier.example/2",
    "language": "en",
    "filedate": "2024-01-01",
}
NEWS_PLEASE = {
    "maintext": TEXT,
    "title": "Two killed",
    "authors": ["A. Writer", "B. Writer"],
    "date_publish": "2020-05-02 10:00:00",
    "date_download": "2024-01-01 00:00:00",
    "date_modify": None,
    "source_domain": "courier.example",
    "url": "https://courier.example/2",
    "language": "en",
}
BOTH = "A. Writer, B. Writer"
GOLDEN = [
    (
        SCHEMA_ORG,
        Declared(
            title="Two killed near Tuz Khurmatu",
            outlet="Plain Courier",
            byline=BOTH,
            published="2020-05-02T10:00:00+03:00",
            published_rule="record",
            language="en",
            url="https://courier.example/2",
        ),
    ),
    (
        NINJS_3,
        Declared(
            title="Two killed near Tuz",
            byline="A. Writer",
            published="2020-05-02T10:00:00Z",
            published_rule="record",
            language="en",
            origin="Wire Six",
        ),
    ),
    (
        TRAFILATURA,
        Declared(
            title="Two killed",
            outlet="Plain Courier",
            byline="A. Writer",
            published="2020-05-02",
            published_rule="record",
            language="en",
            url="https://courier.example/2",
        ),
    ),
    (
        NEWS_PLEASE,
        Declared(
            title="Two killed",
            outlet="courier.example",
            byline=BOTH,
            published="2020-05-02 10:00:00",
            published_rule="record",
            language="en",
            url="https://courier.example/2",
        ),
    ),
]


@pytest.mark.parametrize(
    ("record", "declared"), GOLDEN, ids=["schema.org", "ninjs 3", "trafilatura", "news-please"]
)
def test_known_records(read_file: Read, only_capture: One, record: dict[str, Any], declared: Declared) -> None:
    capture = only_capture(read_file("a.json", json.dumps(record)))
    assert capture.declared == declared
    wanted = f"<p>{TEXT}</p>" if record is NINJS_3 else TEXT
    assert capture.content.decode() == wanted
    assert capture.media_type == ("text/html" if record is NINJS_3 else "text/plain")


def test_article_inside_a_graph(read_file: Read, only_capture: One) -> None:
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "W"}, SCHEMA_ORG]}
    assert only_capture(read_file("a.json", json.dumps(graph))).declared.title == SCHEMA_ORG["headline"]


@pytest.mark.parametrize(
    ("record", "content", "media", "title"),
    [
        ({"html": "<section>Raid</section>", "text": ""}, "<section>Raid</section>", "text/html", None),
        ({"content": {"rendered": "<p>Raid</p>"}, "title": {"rendered": "T"}}, "<p>Raid</p>", "text/html", "T"),
        ({"body": ["One fled.", "Two stayed."]}, "One fled.\n\nTwo stayed.", "text/plain", None),
        ({"body": "Losses were < 10 and > 5."}, "Losses were < 10 and > 5.", "text/plain", None),
        ({"Body": "Raid", "TITLE": "T"}, "Raid", "text/plain", "T"),
    ],
)
def test_generic_records(
    read_file: Read, only_capture: One, record: dict[str, Any], content: str, media: str, title: str | None
) -> None:
    capture = only_capture(read_file("a.json", json.dumps(record)))
    assert (capture.content.decode(), capture.media_type) == (content, media)
    assert capture.declared.title == title


def test_list_and_wrapped_records_are_numbered(read_file: Read) -> None:
    items = [{"text": "One fled."}, {"text": "Two fled."}]
    for value in (items, {"status": "ok", "articles": items}):
        outcome = read_file("a.json", json.dumps(value))
        assert [item.locator.rpartition("/")[2] for item in outcome] == ["a.json#1", "a.json#2"]
        assert [item.content for item in outcome if isinstance(item, Capture)] == [b"One fled.", b"Two fled."]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.json"])
def test_json_lines(read_file: Read, name: str) -> None:
    lines = '{"text": "One fled.", "date": "2020-05-02"}\n\n{"text": "Two fled.", "score": NaN}\r\n'
    outcome = read_file(name, "\ufeff" + lines)
    assert [item.locator.rpartition("#")[2] for item in outcome] == ["1", "3"]
    assert [item.content for item in outcome if isinstance(item, Capture)] == [b"One fled.", b"Two fled."]
    assert isinstance(outcome[0], Capture)
    assert outcome[0].declared.published == "2020-05-02"


def test_json_spread_over_lines_under_a_lines_name(read_file: Read, only_capture: One) -> None:
    pretty = json.dumps([{"text": "One fled."}], indent=2)
    assert only_capture(read_file("a.jsonl", pretty)).content == b"One fled."


def test_json_from_a_shell_that_writes_utf_16(read_file: Read) -> None:
    content = '{"text": "One fled."}\r\n{"text": "Zoë fled."}\r\n'.encode("utf-16")
    outcome = read_file("a.jsonl", content)
    assert [item.content.decode() for item in outcome if isinstance(item, Capture)] == [
        "One fled.",
        "Zoë fled.",
    ]


def test_half_a_surrogate_pair_becomes_a_replacement_character(read_file: Read, only_capture: One) -> None:
    capture = only_capture(read_file("a.jsonl", '{"text": "One fled \\ud83d.", "title": "\\udc00"}'))
    assert capture.content.decode() == "One fled \ufffd."
    assert capture.declared.title == "\ufffd"


TABLE = (
    'Headline,Body,"Publication\nDate",URL,Source\n'
    '"Two killed","He said ""go"".\nThey left.",2020-05-02,{0},Courier\n'
)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv.gz"])
def test_table(read_file: Read, only_capture: One, mark: str, name: str) -> None:
    content = TABLE.format("https://courier.example/2").replace(",", mark)
    capture = only_capture(read_file(name, "\ufeff" + content))
    assert capture.content == b'He said "go".\nThey left.'
    assert capture.locator.rpartition("#")[2] == "3"
    assert capture.declared == Declared(
        title="Two killed",
        outlet="Courier",
        published="2020-05-02",
        published_rule="record",
        url="https://courier.example/2",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_table_whose_first_accent_comes_late(read_file: Read, encoding: str) -> None:
    rows = (
        ["title,text"] + [f"T{n},Troops moved on." for n in range(3000)] + ["T,“José” left – with Zoë’s café"]
    )
    outcome = read_file("a.csv", "\n".join(rows).encode(encoding))
    assert len(outcome) == 3001
    assert isinstance(outcome[-1], Capture)
    assert outcome[-1].content.decode() == "“José” left – with Zoë’s café"
    assert outcome[-1].locator.endswith("#3002")


def test_table_with_a_quoted_header(read_file: Read, only_capture: One) -> None:
    capture = only_capture(read_file("a.csv", '\ufeff"title, short","text"\n"T","One fled."\n'))
    assert capture.content == b"One fled."


def test_page_in_a_cell(read_file: Read, only_capture: One) -> None:
    assert only_capture(read_file("a.csv", "id,html\n1,<p>One fled.</p>\n")).media_type == "text/html"


RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- saved <rss --> <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Plain Courier</title><language>en</language>
<item><title>Two killed</title><link>https://courier.example/2</link><author>A. Writer</author>
<description>Short.</description><content:encoded><![CDATA[<p>Two soldiers were killed.</p>]]></content:encoded>
<pubDate>Sat, 02 May 2020 10:00:00 GMT</pubDate></item>
<item><title>Bare</title><link>https://courier.example/3</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Plain Courier</title><entry><title>Two killed</title>
<link href="https://courier.example/2"/><updated>2020-05-09T10:00:00Z</updated>
<author><name>A. Writer</name></author>
<content type="text">Losses were &lt; 10.</content></entry></feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.xml.gz"])
def test_rss(read_file: Read, name: str) -> None:
    outcome = read_file(name, RSS)
    capture, refused = outcome
    assert isinstance(capture, Capture)
    assert isinstance(refused, Rejected)
    assert (capture.content, capture.media_type) == (b"<p>Two soldiers were killed.</p>", "text/html")
    assert capture.declared == Declared(
        title="Two killed",
        outlet="Plain Courier",
        byline="A. Writer",
        published="Sat, 02 May 2020 10:00:00 GMT",
        published_rule="feed",
        language="en",
        url="https://courier.example/2",
    )
    assert (refused.reason, refused.locator.rpartition("#")[2]) == ("no_text", "2")


def test_atom_update_is_no_publication(read_file: Read, only_capture: One) -> None:
    capture = only_capture(read_file("a.atom", ATOM))
    assert (capture.content, capture.media_type) == (b"Losses were < 10.", "text/plain")
    assert (capture.declared.published, capture.declared.published_rule) == (None, None)
    assert capture.declared.byline == "A. Writer"


def test_field_map_reaches_into_records(read_file: Read, only_capture: One) -> None:
    record = {"story": {"main": "One fled."}, "text": "An advertisement.", "when": "May 2020", "date": "1999"}
    options = ReadOptions(field_map={"text": "story.main", "published": "when"})
    capture = only_capture(read_file("a.jsonl", json.dumps(record), options))
    assert (capture.content, capture.declared.published) == (b"One fled.", "May 2020")


def test_the_users_word_overrides_the_records(read_file: Read, only_capture: One) -> None:
    options = ReadOptions(declared=Declared(published="2020-05", outlet="Plain Courier"))
    record = '{"text": "One fled.", "date": "1999", "source": "Other", "title": "T"}'
    declared = only_capture(read_file("a.jsonl", record, options)).declared
    assert (declared.published, declared.published_rule) == ("2020-05", "given")
    assert (declared.outlet, declared.title) == ("Plain Courier", "T")


@pytest.mark.parametrize("field_map", [{"body": "x"}, {"text": " "}])
def test_a_wrong_field_map_is_refused(field_map: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"body|text"):
        ReadOptions(field_map=field_map)
