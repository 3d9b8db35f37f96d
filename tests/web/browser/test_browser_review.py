"""Review: verdicts by key, corrections, merging and splitting, and what happens when two people meet."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

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


def wait_until_linked(page: Page, path: Path, config: Config) -> None:
    """Wait until the events are made anew, whatever the page knows of it."""
    end = time.monotonic() + LINKED_MS / 1000
    while True:
        with open_workspace(path, create=False, readonly=True, config=config) as workspace:
            state = workspace.state()
        if state.revision == state.linked:
            return
        assert time.monotonic() < end, "it was not linked"
        page.wait_for_timeout(50)


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
        # Verdicts make other events anew, but nobody else has judged any: nothing is asked.
        expect(page.get_by_role("status").filter(has_text="to look at")).to_contain_text(
            f"{number + 1} verdict", timeout=LINKED_MS
        )
        expect(page.get_by_role("dialog")).to_have_count(0)
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


def test_what_somebody_came_between_is_asked_one_after_another(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    review(page, workbench)
    ids = [each["event"]["id"] for each in queued(page, workbench)[:2]]
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/verdicts", hold, times=1)
    with page.expect_request("**/api/v1/verdicts"):
        page.keyboard.press("a")
    ready(page)
    page.keyboard.press("a")
    with open_workspace(path, create=False, config=config) as workspace:
        for number, each in enumerate(ids):
            workspace.judge("comment", [each], by="B. Other", at=f"2020-06-30T12:00:0{number}Z", reason="odd")
    held[0].continue_()
    for count in (1, 2):
        dialog = page.get_by_role("dialog", name="Somebody was here meanwhile")
        dialog.get_by_role("button", name="Save mine all the same").click()
        expect(page.get_by_text("Kept: accept")).to_have_count(count)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [each.by for each in verdicts(path, config)] == ["B. Other"] * 2 + [READER] * 2


def correct_unnoticed(page: Page, address: str, path: Path, config: Config) -> None:
    """Correct the first event to 20 October 2016; it is made anew, and the page has not heard of it yet."""
    page.route("**/api/v1/stream", lambda route: route.abort())
    review(page, address)
    first = queued(page, address)[0]["event"]["id"]
    page.route(f"**/api/v1/events/{first}", lambda route: None, times=1)
    correct(page, "when", "2016-10-20")
    expect(page.get_by_text(re.compile("^Kept: correct"))).to_be_visible()
    wait_until_linked(page, path, config)


def correct(page: Page, field: str, value: str) -> None:
    page.locator(f"[data-field={field}]").click()
    dialog = page.get_by_role("dialog", name="Correct")
    dialog.get_by_label("What it really is").fill(value)
    dialog.get_by_role("button", name="Save").click()


def test_one_s_own_verdicts_are_told_as_such(page: Page, workbench: str, path: Path, config: Config) -> None:
    """What they changed is shown before anything more is kept of it."""
    correct_unnoticed(page, workbench, path, config)
    first = page.locator("nav[aria-label='The queue'] li").first
    page.keyboard.press("a")
    told = page.get_by_text(re.compile("^Your own verdicts have changed an event .* Not saved: accept"))
    expect(told).to_be_visible()
    expect(first).to_contain_text("not saved: accept")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [each.kind for each in verdicts(path, config)] == ["correct"]
    page.get_by_role("button", name="Look at it").click()
    line = page.get_by_role("status").filter(has_text="Your own verdicts have changed this event")
    expect(line).to_contain_text("Not saved: accept")
    for shown in (page.locator("[data-field=when]"), page.locator(".lead"), first):
        expect(shown).to_contain_text("20 October 2016")
    line.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("Kept: accept")).to_be_visible()
    expect(line).to_have_count(0)
    assert [each.kind for each in verdicts(path, config)] == ["correct", "accept"]


@pytest.mark.parametrize("answer", ["Save it", "Let it go"])
def test_what_is_said_of_an_event_that_one_s_own_verdict_has_changed(
    page: Page, workbench: str, path: Path, config: Config, answer: str
) -> None:
    correct_unnoticed(page, workbench, path, config)
    correct(page, "killed", "12")
    line = page.get_by_role("status").filter(has_text="Your own verdicts have changed this event")
    expect(line).to_contain_text("Not saved: correct killed 12")
    expect(page.locator("[data-field=when]")).to_contain_text("20 October 2016")
    assert len(verdicts(path, config)) == 1
    line.get_by_role("button", name=answer).click()
    expect(line).to_have_count(0)
    if answer == "Save it":
        expect(page.get_by_text("Kept: correct killed: 12")).to_be_visible()
    expected = ["when", "killed"] if answer == "Save it" else ["when"]
    assert [each.field for each in verdicts(path, config)] == expected


def test_an_event_that_shows_the_same_is_not_asked_about(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    """One's own rejection of another event changes how this one stands to it, which no review shows."""
    ids = [each["event"]["id"] for each in queued(page, workbench)]
    with open_workspace(path, create=False, config=config) as workspace:
        events = {each.id: each for each in workspace.events()}
    seen, other = next(
        (identity, relation.event)
        for identity in ids
        for relation in events[identity].relations
        if relation.event in ids
    )
    page.route("**/api/v1/stream", lambda route: route.abort())
    statuses: list[int] = []
    page.on(
        "response",
        lambda each: statuses.append(each.status) if each.url.endswith("/api/v1/verdicts") else None,
    )
    review(page, workbench)
    lines = page.locator("nav[aria-label='The queue'] li button")
    for identity in (seen, other):
        lines.nth(ids.index(identity)).click()
        ready(page)
    page.keyboard.press("x")
    expect(page.get_by_role("dialog", name="Reject: why?")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_text(re.compile("^Kept: reject"))).to_be_visible()
    wait_until_linked(page, path, config)
    lines.nth(ids.index(seen)).click()
    ready(page)
    page.keyboard.press("a")
    expect(page.get_by_text("Kept: accept")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert statuses == [201, 412, 201]


def test_what_somebody_else_changes_under_one_s_eyes_is_told(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    review(page, workbench)
    first = queued(page, workbench)[0]["event"]["id"]
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog", name="Correct")
    dialog.get_by_label("What it really is").fill("2016-10-19")
    at = "2020-06-30T12:00:01Z"
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.judge("correct", [first], by="B. Other", at=at, field="when", value="2016-10-20")
    line = page.get_by_role("status").filter(has_text="This event has changed since you looked at it")
    expect(line).to_be_attached(timeout=LINKED_MS)
    expect(page.get_by_text("What readers decided")).to_be_attached()
    dialog.get_by_role("button", name="Save").click()
    meanwhile = page.get_by_role("dialog", name="Somebody was here meanwhile")
    expect(meanwhile).to_contain_text("B. Other")
    assert [each.by for each in verdicts(path, config)] == ["B. Other"]
    meanwhile.get_by_role("button", name="Look at what it is now").click()
    expect(page.locator("[data-field=when]")).to_contain_text("20 October 2016")


def test_an_event_that_leaves_the_queue_stays_at_hand(
    page: Page, workbench: str, path: Path, config: Config
) -> None:
    """Otherwise a key would judge what came in its place."""
    review(page, workbench)
    first = queued(page, workbench)[0]["event"]["id"]
    with open_workspace(path, create=False, config=config) as workspace:
        workspace.judge("reject", [first], by="B. Other", at="2020-06-30T12:00:01Z", reason="historical")
    expect(page.get_by_text("The event could not be got")).to_be_visible(timeout=LINKED_MS)
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="It has changed meanwhile")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Look at what it is now").click()
    page.keyboard.press("j")
    ready(page)
    assert [each.by for each in verdicts(path, config)] == ["B. Other"]


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
