"""Adding by dropping: what was sent, how far it is, what was refused and why; it outlives the page."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

TOLD = (
    "BASRA, 3 March 2017 - Gunmen killed three policemen at a checkpoint in Basra on Friday, a police captain "
    "said. Two civilians were wounded in the attack, he added. Security forces closed the roads around the "
    "district afterwards and searched houses until the evening.\n"
)
# Coding waits for a process of its own to start.
CODED_MS = 120_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of an article, an article too short, and something that is none."""
    made = tmp_path / "crawl"
    (made / "sub").mkdir(parents=True)
    (made / "basra.txt").write_text(f"Basra Post\nThree policemen killed in Basra\n\n{TOLD}", "utf-8")
    (made / "sub" / "short.txt").write_text("short", "utf-8")
    (made / "sub" / "picture.bin").write_bytes(bytes(range(256)) * 8)
    return made


def card(page: Page) -> Locator:
    return page.locator("article.panel").first


def begin(page: Page, address: str) -> None:
    page.goto(f"{address}/add")
    expect(page.locator("input[type=file]").first).to_be_attached()


def drop(page: Page, files: dict[str, str]) -> None:
    """Drop files on the window, as a file manager would."""
    page.evaluate(
        """files => {
            const transfer = new DataTransfer();
            for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
            const given = {dataTransfer: transfer, bubbles: true, cancelable: true};
            for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, given));
        }""",
        files,
    )


def test_a_folder_is_added_with_its_refusals(page: Page, workbench: str, folder: Path) -> None:
    begin(page, workbench)
    before = page.request.get(f"{workbench}/api/v1/info").json()["counts"]["articles"]
    page.locator("input[webkitdirectory]").set_input_files(folder)
    expect(card(page)).to_contain_text("3 files")
    expect(card(page).locator(".status")).to_have_text("done", timeout=CODED_MS)
    expect(card(page)).to_contain_text("1 new")
    refused = card(page).locator("tbody tr")
    expect(refused).to_have_count(2)
    expect(refused.filter(has_text="crawl/sub/picture.bin")).to_contain_text("Convert it")
    expect(refused.filter(has_text="crawl/sub/short.txt")).to_contain_text("too short")
    assert page.request.get(f"{workbench}/api/v1/info").json()["counts"]["articles"] == before + 1
    page.reload()
    expect(card(page).locator(".status")).to_have_text("done")
    expect(card(page).locator("tbody tr")).to_have_count(2)


def test_files_are_dropped_anywhere_and_outlive_the_page(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/explore")
    expect(page.locator(".scroller [data-number]").first).to_be_visible()
    drop(page, {"basra.txt": f"Basra Post\nThree policemen killed in Basra\n\n{TOLD}"})
    page.wait_for_url(re.compile("/add$"))
    expect(card(page)).to_contain_text("1 file")
    page.reload()
    expect(card(page)).to_contain_text("1 file")
    expect(card(page).locator(".status")).to_have_text("done", timeout=CODED_MS)
    page.goto(f"{workbench}/explore?where=Basra&since=2017-03-03&until=2017-03-03")
    expect(page.locator(".scroller [data-number]").first).to_be_visible()


def test_events_that_come_while_one_looks_are_told(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/explore?where=Basra&since=2017-03-03&until=2017-03-03")
    expect(page.get_by_role("heading", name="No event fits all filters")).to_be_visible()
    other = page.context.new_page()
    begin(other, workbench)
    other.locator("input[type=file]").first.set_input_files(
        {"name": "basra.txt", "mimeType": "text/plain", "buffer": f"Basra Post\nBasra\n\n{TOLD}".encode()}
    )
    expect(card(other).locator(".status")).to_have_text("done", timeout=CODED_MS)
    page.get_by_role("button", name="Events have changed: show them").click()
    expect(page.locator(".scroller [data-number]").first).to_be_visible()


def test_names_and_reasons_are_text(page: Page, workbench: str) -> None:
    begin(page, workbench)
    name = "<img src=x onerror='window.hit=1'>.txt"
    drop(page, {name: "short"})
    expect(card(page).locator(".status")).to_have_text("done", timeout=CODED_MS)
    expect(card(page).locator("tbody tr")).to_contain_text("img src=x")
    assert page.evaluate("window.hit") is None


def test_a_server_that_refuses_is_heard(page: Page, workbench: str) -> None:
    said = {"status": 507, "title": "Insufficient Storage", "detail": "The disk is full; nothing was kept."}
    page.route("**/api/v1/uploads", lambda route: route.fulfill(status=507, body=json.dumps(said)))
    begin(page, workbench)
    drop(page, {"a.txt": "short"})
    expect(page.locator(".toast.problem")).to_contain_text("The disk is full; nothing was kept.")


def test_nobody_is_kept_from_adding(page: Page, workbench: str, axe: Callable[[Page], None]) -> None:
    begin(page, workbench)
    drop(page, {"a.txt": "short"})
    expect(card(page).locator(".status")).to_have_text("done", timeout=CODED_MS)
    axe(page)
