"""Review: verdicts by key, corrections, merging and splitting, and what happens when two people meet."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dateline.config import Config
from dateline.workspace import open_workspace

READER = "A. Reader"
LINKED_MS = 60_000


def review(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/review{query}")
    name = page.get_by_label("Your name")
    if name.is_visible() or not page.locator(".desk").count():
        name.fill(READER)
        name.press("Enter")
    ready(page)


def ready(page: Page) -> None:
    """Wait until the event at hand can be read."""
    expect(page.locator(".quote").first).to_be_visible()


def verdicts(path: Path, config: Config) -> list[Any]:
    with open_workspace(path, create=False, config=config) as workspace:
        return list(workspace.verdicts())


def queued(page: Page, address: str) -> list[Any]:
    found: list[Any] = page.request.get(
        f"{address}/api/v1/review/queue", params={"by": READER, "limit": "200"}
    ).json()["items"]
    return found


def test_twenty_events_by_keys_alone(page: Page, workbench: str, path: Path, config: Config) -> None:
    review(page, workbench)
    for number in range(20):
        if number % 4 == 3:
            page.keyboard.press("x")
            expect(page.get_by_role("dialog", name="Reject: why?")).to_be_visible()
            page.keyboard.press("2")
        else:
            page.keyboard.press("a")
        counted = page.get_by_role("status").filter(has_text=f"{number + 1} verdict")
        # Verdicts make other events anew: one that was at hand before is asked about once more.
        meanwhile = page.get_by_role("dialog", name="Somebody was here meanwhile")
        expect(counted.or_(meanwhile).first).to_be_visible(timeout=LINKED_MS)
        if meanwhile.is_visible():
            meanwhile.get_by_role("button", name="Save mine all the same").press("Enter")
        expect(counted).to_be_visible(timeout=LINKED_MS)
    given = verdicts(path, config)
    assert [each.kind for each in given].count("accept") == 15
    assert {each.reason for each in given if each.kind == "reject"} == {"historical"}
    assert {each.by for each in given} == {READER}


def test_a_verdict_shows_before_the_server_has_answered(page: Page, workbench: str) -> None:
    page.route("**/api/v1/verdicts", lambda route: None)  # it never answers
    review(page, workbench)
    first = page.locator("nav[aria-label='The queue'] li").first
    page.keyboard.press("a")
    expect(first).to_contain_text("accept")


def test_undo_has_no_limit_and_redo_brings_back(page: Page, workbench: str, path: Path, config: Config) -> None:
    review(page, workbench)
    for _ in range(3):
        page.keyboard.press("a")
    expect(page.get_by_role("status").filter(has_text="to look at")).to_contain_text("3 verdicts")
    page.reload()
    ready(page)
    for count in (1, 2, 3):
        page.keyboard.press("u")
        expect(page.get_by_text("Taken back: accept")).to_have_count(count)
    page.keyboard.press("U")
    expect(page.get_by_text("Holds again: accept")).to_be_visible()
    kinds = [each.kind for each in verdicts(path, config)]
    assert kinds == ["accept"] * 3 + ["undo"] * 3 + ["redo"]


def test_a_disagreement_is_resolved_by_a_correction(page: Page, workbench: str) -> None:
    disputed = [each for each in queued(page, workbench) if each["event"]["disputed"]]
    assert disputed
    review(page, workbench, "?disputed=true")
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog", name="Correct")
    dialog.get_by_label("What it really is").fill("2016-10-21")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text(re.compile(r"^Kept: .*2016-10-21"))).to_be_visible()
    expect(page.get_by_text("What readers decided")).to_be_visible(timeout=LINKED_MS)
    expect(page.get_by_text("2016-10-21").first).to_be_visible()


def test_places_are_offered_while_one_types(page: Page, workbench: str, path: Path, config: Config) -> None:
    review(page, workbench)
    page.keyboard.press("g")
    dialog = page.get_by_role("dialog", name="Correct")
    dialog.get_by_label("What it really is").fill("Hawij")
    options = dialog.get_by_role("listbox", name="What it may be").get_by_role("option")
    expect(options.first).to_contain_text("Kirkuk, Iraq")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text(re.compile("^Kept: "))).to_be_visible()
    (given,) = verdicts(path, config)
    assert given.field == "where"
    assert "Kirkuk" in (given.data or "")


def test_merge_and_split_say_what_would_come_out_and_are_undone(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    review(page, workbench)
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge with which event?")
    dialog.get_by_role("radio").first.check()
    expect(dialog.get_by_label("What would come out").locator(".line")).to_have_count(1)
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text(re.compile("^Kept: merge"))).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text(re.compile("^Taken back: merge"))).to_be_visible()
    ready(page)
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Split: which sentences are another event?")
    dialog.get_by_role("checkbox").first.check()
    lines = dialog.get_by_label("What would come out").locator(".line")
    expect(lines.nth(1)).to_be_visible()
    dialog.get_by_role("button", name="Split", exact=True).click()
    expect(page.get_by_text(re.compile("^Kept: split"))).to_be_visible()
    assert [each.kind for each in verdicts(path, config)] == ["merge", "undo", "split"]


def test_two_reviewers_on_one_event_lose_nothing(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    review(page, workbench)
    first = queued(page, workbench)[0]["event"]["id"]
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.judge(
            "reject", [first], by="B. Other", at="2020-06-30T12:00:01Z", reason="historical", rebuild=False
        )
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="Somebody was here meanwhile")
    expect(dialog).to_contain_text("B. Other")
    dialog.get_by_role("button", name="Save mine all the same").click()
    expect(page.get_by_text("Kept: accept")).to_be_visible()
    assert [(each.kind, each.by) for each in verdicts(path, config)] == [
        ("reject", "B. Other"),
        ("accept", READER),
    ]


def test_what_could_not_be_saved_comes_back(page: Page, workbench: str) -> None:
    page.route("**/api/v1/verdicts", lambda route: route.abort())
    review(page, workbench)
    page.keyboard.press("a")
    expect(page.get_by_text(re.compile("^Not kept"))).to_be_visible()
    page.unroute("**/api/v1/verdicts")
    page.reload()
    page.get_by_role("button", name="Save it now").click()
    expect(page.get_by_text("Kept: accept")).to_be_visible()


def test_keys_can_be_changed_and_do_nothing_while_one_types(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    review(page, workbench)
    page.keyboard.press("c")
    page.get_by_role("dialog", name="Comment").get_by_label("It is kept in the log").fill("a x u m s")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert verdicts(path, config) == []
    page.keyboard.press("?")
    page.get_by_role("button", name=re.compile("^Accept: it is an event")).press("Enter")
    page.keyboard.press("y")
    page.get_by_role("dialog", name="Keys").get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    page.keyboard.press("y")
    expect(page.get_by_text("Kept: accept")).to_have_count(1)
    assert len(verdicts(path, config)) == 1


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_keeps_people_from_using_it(
    page: Page, workbench: str, axe: Callable[[Page], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    review(page, workbench)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for key, name in (("x", "Reject: why?"), ("e", "Correct"), ("m", "Merge with which event?")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=name)).to_be_visible()
        axe(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog", name=name)).to_be_hidden()
