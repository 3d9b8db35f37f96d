"""From an event to its sentence and to the article: with and without scripts, by keyboard, on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


def asked(page: Page, address: str) -> Any:
    return page.request.get(address).json()


def opened(page: Page, address: str) -> None:
    """Go to a page and wait until the front end has taken it over."""
    page.goto(address)
    expect(page.locator("header.no-print")).to_be_visible()
    expect(page.locator(".record")).to_be_visible(timeout=30_000)


@pytest.fixture
def disputed(page: Page, workbench: str) -> str:
    """Give the address of the page of an event on which two origins disagree."""
    rows = asked(page, f"{workbench}/api/v1/events?disputed=true&min_origins=2")["items"]
    return f"{workbench}/event/{rows[0]['id']}"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Give a page in which scripts do not run."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def faults_of(page: Page) -> list[str]:
    """Return what axe finds that is serious or worse."""
    # By the debugger, so that the content policy of the page stays as strict as it is.
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_an_event_is_followed_to_its_sentence_and_to_the_article(page: Page, disputed: str) -> None:
    opened(page, disputed)
    expect(page.get_by_role("heading", name="Who says what")).to_be_visible()
    row = page.locator("tr[data-state=disputed]").first
    voice = row.locator(".voices a").first
    target = (voice.get_attribute("href") or "").removeprefix("#")
    voice.click()
    quote = page.locator(f".quote:has([id={target}]), .quote[id={target}]")
    expect(quote).to_be_in_viewport()
    words = " ".join(quote.locator("blockquote").inner_text().split())
    link = quote.locator("figcaption a[href^='/article/']").first
    start = int((link.get_attribute("href") or "").partition("#s")[2])
    link.click()
    expect(page).to_have_url(re.compile(rf"/article/.*#s{start}$"))
    sentence = page.locator(f"#s{start}")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_be_focused()
    assert " ".join(sentence.inner_text().split()) == words
    expect(page.locator(".reading")).to_contain_text("what happened")
    page.locator(".to-event").first.click()
    expect(page).to_have_url(re.compile(r"/event/evt_"))


def test_sentences_and_origins_are_walked_by_key(page: Page, disputed: str) -> None:
    opened(page, disputed)
    quotes = page.locator(".quote")
    page.keyboard.press("n")
    expect(quotes.nth(0)).to_be_focused()
    expect(quotes.nth(0).locator(".parts")).to_be_visible()
    page.keyboard.press("n")
    expect(quotes.nth(1)).to_be_focused()
    page.keyboard.press("p")
    expect(quotes.nth(0)).to_be_focused()
    page.keyboard.press("p")
    expect(quotes.nth(0)).to_be_focused()
    firsts = page.locator(".origins > section > .quote:first-of-type")
    page.keyboard.press("]")
    expect(firsts.nth(1)).to_be_focused()
    page.keyboard.press("[")
    expect(firsts.nth(0)).to_be_focused()


def test_an_article_is_walked_by_key_and_leads_to_the_next_source(page: Page, disputed: str) -> None:
    opened(page, disputed)
    page.locator(".quote figcaption a[href^='/article/']").first.click()
    expect(page.locator(".band.here").first).to_be_visible()
    first, title = page.url, page.locator("h1").inner_text()
    page.keyboard.press("n")
    expect(page.locator(".band.here:focus")).to_have_count(1)
    page.keyboard.press("]")
    expect(page).not_to_have_url(first)
    expect(page.locator("h1")).not_to_have_text(title)
    expect(page.locator(".band.here:focus")).to_have_count(1)
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(re.escape(first.partition("?")[0])))


def test_what_all_agree_on_is_folded_and_unfolds(page: Page, workbench: str) -> None:
    rows = asked(page, f"{workbench}/api/v1/events?min_origins=2")["items"]
    opened(page, f"{workbench}/event/{rows[0]['id']}")
    folded = page.locator("tr[data-state=agreed] details").first
    expect(folded).to_be_visible()
    assert folded.get_attribute("open") is None
    page.get_by_role("button", name="Unfold what all agree on").click()
    expect(folded.locator(".voices").first).to_be_visible()


def test_copied_text_is_the_sentence_and_nothing_else(page: Page, disputed: str) -> None:
    opened(page, disputed)
    one = asked(page, disputed.replace("/event/", "/api/v1/events/"))
    quote = one["view"]["matrix"]["columns"][0]["quotes"][0]
    copied = page.evaluate(
        "(quote) => { const all = getSelection(); all.selectAllChildren(quote); return all.toString(); }",
        page.locator(".quote blockquote").first.element_handle(),
    )
    assert copied == "".join(segment["text"] for segment in quote["segments"])


def test_the_citation_is_copied(page: Page, disputed: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, disputed)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("The citation is copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(disputed)
    assert "as told by" in copied


def test_an_id_that_is_not_there_says_so(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/event/evt_zzzzzzzz")
    expect(page.get_by_role("heading", level=1)).to_have_text("It is not there")
    expect(page.get_by_text("is not the id of an event")).to_be_visible()


def test_the_server_page_reads_the_same_without_scripts(plain: Page, page: Page, disputed: str) -> None:
    plain.goto(disputed)
    opened(page, disputed)
    for selector in ("h1", ".facts", ".matrix", ".quote blockquote", ".relations"):
        ours = [" ".join(each.split()) for each in plain.locator(selector).all_inner_texts()]
        theirs = [" ".join(each.split()) for each in page.locator(selector).all_inner_texts()]
        assert ours == theirs, selector
    href = plain.locator(".quote figcaption a[href*='#s']").first.get_attribute("href")
    assert href is not None
    plain.goto(disputed.partition("/event/")[0] + href)
    expect(plain.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing_serious_and_nothing_runs_over(
    page: Page, disputed: str, size: Any, scheme: Any
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened(page, disputed)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.locator(".quote figcaption a[href^='/article/']").first.click()
    expect(page.locator(".band").first).to_be_visible()
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_pages_of_the_server_pass_axe(browser: Browser, page: Page, disputed: str) -> None:
    root = disputed.partition("/event/")[0]
    article = asked(page, disputed.replace("/event/", "/api/v1/events/"))["articles"][0]["id"]
    for size in (WIDE, NARROW):
        for address in (
            disputed,
            f"{root}/article/{article}",
            root,
            f"{root}/explore",
            f"{root}/warnings",
            f"{root}/no",
        ):
            # Scripts may run so that axe can; those of the page are kept from loading.
            context = browser.new_context(viewport=size)  # type: ignore[arg-type]
            plain = context.new_page()
            plain.route("**/static/**", lambda route: route.abort())
            plain.goto(address)
            assert faults_of(plain) == [], address
            assert plain.evaluate("document.documentElement.scrollWidth") <= size["width"], address
            context.close()


def test_an_event_is_printed_whole(page: Page, disputed: str) -> None:
    opened(page, disputed)
    page.emulate_media(media="print")
    expect(page.locator("header.no-print")).to_be_hidden()
    expect(page.locator(".quote").last).to_be_visible()
    for folded in page.locator("tr[data-state=agreed] .folded").all():
        expect(folded).to_be_visible()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 1


def test_hostile_text_is_shown_as_text(page: Page, serve: Any, hostile: Any) -> None:
    root = serve(hostile.path)
    for address in (*(f"/event/{each}" for each in hostile.events), f"/article/{hostile.articles['markup']}"):
        opened(page, root + address)
        assert page.evaluate("window.hit") is None
        assert page.locator(".record img, .record script").count() == 0
    expect(page.get_by_text("<script>window.hit=1</script>").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("</main>")


def test_arabic_runs_from_right_to_left(page: Page, serve: Any, hostile: Any) -> None:
    opened(page, f"{serve(hostile.path)}/article/{hostile.articles['arabic']}")
    directions = page.locator(".text p").evaluate_all(
        "all => all.map(each => getComputedStyle(each).direction)"
    )
    assert directions[0] == "ltr"
    assert "rtl" in directions
    assert page.locator("h1").evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_two_megabytes_in_one_paragraph_can_be_read(page: Page, serve: Any, hostile: Any) -> None:
    opened(page, f"{serve(hostile.path)}/article/{hostile.articles['long']}")
    assert page.locator(".text p").count() > 200
