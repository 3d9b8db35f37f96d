"""The report is one closed file: nothing is loaded, nothing from an article runs, nothing is lost."""

import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from types import ModuleType

import msgspec
import pytest

from dateline.config import DATA
from dateline.export.base import Record
from dateline.export.cards import card, web_address
from dateline.export.page import HtmlExporter, inline_hash, tallies
from dateline.model.ids import OriginId
from dateline.model.values import make_status

VOID = {"meta", "input", "br", "line", "rect", "path", "circle"}


class Page(HTMLParser):
    """Collects elements and text, and checks that every element is closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.quotes: list[str] = []
        self.blocks: dict[str, list[str]] = {"style": [], "script": []}
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "blockquote":
            self.quotes.append("")
        if tag in self.blocks:
            self.blocks[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.blocks:
            self.blocks[self.open[-1]][-1] += data
            return
        self.text += data
        if "blockquote" in self.open:
            self.quotes[-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def written(record: Record) -> str:
    stream = io.BytesIO()
    HtmlExporter().write(record, stream)
    return stream.getvalue().decode("utf-8")


def hostile(make: ModuleType) -> Record:
    """Return a record in which every text that comes from outside holds markup."""
    sentence = f"Gunmen {make.HOSTILE} attacked {make.HOSTILE} on Friday."
    article = msgspec.structs.replace(
        make.source(make.HOSTILE, url="javascript:alert(1)"), title=make.HOSTILE, locator=make.HOSTILE
    )
    one = make.report(
        sentence,
        "attacked",
        type_='x"><script>alert(3)</script>',
        article=article,
        actors=(make.who(sentence, "Gunmen", make.HOSTILE),),
        where=(make.where(sentence, make.HOSTILE, (35.0, 44.0), admin1=make.HOSTILE),),
        when=make.when(sentence, "on Friday", "2016-10-21"),
    )
    dispute = make.Disagreement(field="killed", text=make.HOSTILE)
    return make.record([make.event(one, disagreements=(dispute,))], [one], title=make.HOSTILE)  # type: ignore[no-any-return]


def test_text_from_articles_stays_text(make: ModuleType) -> None:
    page = Page(written(hostile(make)))
    assert len(page.all("script")) == 1
    assert len(page.all("style")) == 1
    assert page.all("img") == []
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert make.HOSTILE in page.text
    assert page.quotes == [f"Gunmen {make.HOSTILE} attacked {make.HOSTILE} on Friday."]


def test_the_page_loads_nothing(make: ModuleType) -> None:
    text = written(make.small())
    page = Page(text)
    assert not {name for name, _ in page.elements} & {
        "img",
        "iframe",
        "link",
        "object",
        "embed",
        "video",
        "audio",
        "base",
    }
    assert not [
        1 for _, attributes in page.elements if {"src", "srcset", "style", "xlink:href"} & set(attributes)
    ]
    style = page.blocks["style"][0]
    assert "@import" not in style
    assert "url(http" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) <= {"#hatch"}


def test_the_policy_allows_just_the_two_blocks(make: ModuleType) -> None:
    page = Page(written(make.small()))
    policy = next(
        attributes["content"]
        for attributes in page.all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"style-src '{inline_hash(page.blocks['style'][0])}'" in policy
    assert f"script-src '{inline_hash(page.blocks['script'][0])}'" in policy


def test_a_known_hash_comes_out_right() -> None:
    """The example of the Content Security Policy specification, level 2, section 7.15."""
    assert inline_hash("alert('Hello, world.');") == "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="


def test_the_script_cannot_end_early() -> None:
    for name in ("page.js", "page.css"):
        content = (DATA / "export" / name).read_text(encoding="utf-8")
        assert "</" not in content
        assert "\r" not in content


def test_links_out_are_web_addresses_that_give_nothing_away(make: ModuleType) -> None:
    page = Page(written(make.small()))
    outward = [link for link in page.all("a") if not (link["href"] or "").startswith("#")]
    assert outward
    for link in outward:
        assert (link["href"] or "").startswith(("http://", "https://"))
        assert link["rel"] == "noopener noreferrer"
    assert [
        link for link in Page(written(hostile(make))).all("a") if "javascript" in (link["href"] or "")
    ] == []


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://zagros-wire.example/1", True),
        ("HTTP://zagros-wire.example/1", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//zagros-wire.example", False),
        ("file:///etc/passwd", False),
        ("https://[bad", False),
        ("https://", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, safe: bool) -> None:  # noqa: FBT001 - a column of the table
    assert web_address(url) == (url if safe else None)


def test_every_event_has_a_card_and_every_link_a_target(make: ModuleType) -> None:
    record = make.small()
    page = Page(written(record))
    identities = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(set(identities)) == len(identities)
    assert [one["id"] for one in page.all("article")] == [event.id for event in record.events]
    inward = {(link["href"] or "")[1:] for link in page.all("a") if (link["href"] or "").startswith("#")}
    assert inward <= set(identities)


def test_source_sentences_are_shown_whole_and_copies_once(make: ModuleType) -> None:
    event, reports = make.raid()
    page = Page(written(make.record([event], reports)))
    assert page.quotes == [reports[0].sentence.text, reports[2].sentence.text]
    shown = card(event, make.record([event], reports))
    assert [origin.label for origin in shown.origins] == ["Zagros Wire · Two Rivers Bulletin", "Tigris Post"]
    assert [copy.outlet for copy in shown.origins[0].quotes[0].copies] == ["Two Rivers Bulletin"]
    assert "The same words in:" in page.text


def test_the_header_counts_what_is_there(make: ModuleType) -> None:
    record = make.small()
    assert [f"{tally.number} {tally.word}" for tally in tallies(record)] == [
        "4 articles",
        "4 outlets",
        "3 independent origins",
        "2 events",
        "1 disputed",
        "1 warning",
        "2 refused",
    ]


def test_disputed_claims_are_marked_and_agreed_ones_are_not(make: ModuleType) -> None:
    event, reports = make.raid()
    fields = {field.name: field for field in card(event, make.record([event], reports)).claims}
    assert fields["Killed"].disputed
    assert not fields["Injured"].disputed
    assert [line.value for line in fields["Killed"].lines][-1] == "at least 17 combatants"


def test_values_say_how_they_were_read(make: ModuleType) -> None:
    event, reports = make.raid()
    shown = card(event, make.record([event], reports))
    assert "worded “on Friday”" in shown.when_notes
    assert "read from the publication date, 22 October 2016" in shown.when_notes
    assert shown.where_notes == ("town, within 8 km",)
    warning, more = make.warning()
    unsure = card(warning, make.record([warning], more))
    assert unsure.where_notes == ("not found in the gazetteer",)
    assert unsure.when_notes == ("no time is given",)
    assert unsure.warning
    assert unsure.group == "warning"


def test_the_page_reads_without_its_script(make: ModuleType) -> None:
    page = Page(written(make.small()))
    assert "hidden" in page.all("form")[0]
    assert not [one for one in page.all("article") if "hidden" in one]
    assert "at least 17" in page.text


def test_a_page_has_landmarks_headings_and_a_language(make: ModuleType) -> None:
    page = Page(written(make.small()))
    assert page.all("html")[0]["lang"] == "en"
    for tag in ("main", "header", "nav", "h1"):
        assert page.all(tag)
    labelled = {attributes.get("aria-labelledby") for attributes in page.all("section")} - {None}
    identities = {attributes.get("id") for _, attributes in page.elements}
    assert labelled <= identities
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_record_gives_the_same_bytes(make: ModuleType) -> None:
    assert written(make.small()) == written(make.small())


def test_an_empty_record_is_a_page_too(make: ModuleType) -> None:
    page = Page(written(make.record([], [])))
    assert "This record holds no events." in page.text
    assert page.all("article") == []


def test_reports_that_the_record_lacks_do_not_break_the_card(make: ModuleType) -> None:
    event, _ = make.raid()
    denied = msgspec.structs.replace(event, status=make_status("occurred", "denied"), claims=make.Claims())
    shown = card(denied, make.record([denied], []))
    assert shown.origins == ()
    assert shown.chains == ()
    assert shown.group == "denied"
    assert Page(written(make.record([denied], []))).all("article")


def test_origins_without_claims_fall_back_to_the_article(make: ModuleType) -> None:
    event, reports = make.raid()
    bare = msgspec.structs.replace(event, claims=make.Claims())
    assert len(card(bare, make.record([bare], reports)).origins) == len(
        {report.article.id for report in reports}
    )
    merged = make.event(*reports, origins={report.id: OriginId("org_one") for report in reports})
    assert len(card(merged, make.record([merged], reports)).origins) == 1
