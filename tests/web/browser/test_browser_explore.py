"""Explore: timeline, map, list and address move together, by mouse, touch and keys."""

import csv
import io
import json
import re
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

ROW = ".scroller [data-number]"
# The map draws without a graphics card here, on machines that do other things too.
MAP_MS = 30_000


def api(page: Page, address: str, path: str, filters: Mapping[str, str] | None = None) -> Any:
    query = f"?{urllib.parse.urlencode(filters)}" if filters else ""
    return page.request.get(f"{address}/api/v1/{path}{query}").json()


def explore(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/explore{query}")
    expect(page.locator(ROW).first).to_be_visible()


def told(page: Page) -> dict[str, str]:
    """Return the query of the address, the last of each name."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))


def total(page: Page) -> Locator:
    return page.locator(".bar .total")


def box_of(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box is not None
    return box


def map_is_idle(page: Page) -> None:
    expect(page.locator("section.map")).to_have_attribute("aria-busy", "false", timeout=MAP_MS)


def test_a_brush_over_the_timeline_takes_list_and_map_along(page: Page, workbench: str) -> None:
    explore(page, workbench)
    map_is_idle(page)
    everything = api(page, workbench, "events")["total"]
    expect(total(page)).to_have_text(f"{everything} events")
    drawing = box_of(page.locator(".timeline svg"))
    middle = drawing["y"] + drawing["height"] / 3
    page.mouse.move(drawing["x"] + drawing["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(drawing["x"] + drawing["width"] * 0.45, middle, steps=6)
    # The list follows while the brush still moves, and nothing stands in the address yet.
    expect(total(page)).not_to_have_text(f"{everything} events")
    assert "since" not in told(page)
    page.mouse.up()
    page.wait_for_url(re.compile("since=.*until="))
    chosen = told(page)
    inside = api(page, workbench, "events", chosen)
    assert 0 < inside["total"] < everything
    expect(total(page)).to_have_text(f"{inside['total']} events")
    expect(page.locator(ROW)).to_have_count(min(inside["total"], page.locator(ROW).count()))
    expect(page.locator(f"{ROW} .label").first).to_have_text(inside["items"][0]["label"])
    mapped = api(page, workbench, "map", chosen)
    located = len(mapped["points"]) + sum(each["count"] for each in mapped["clusters"])
    expect(page.locator(".under [role=status]")).to_have_text(re.compile(rf"^{located} events? here$"))

    page.get_by_role("button", name="All time").click()
    expect(total(page)).to_have_text(f"{everything} events")
    page.go_back()
    expect(total(page)).to_have_text(f"{inside['total']} events")


def test_the_brush_moves_by_keys(page: Page, workbench: str) -> None:
    explore(page, workbench)
    first, last = page.get_by_role("slider", name="First day"), page.get_by_role("slider", name="Last day")
    bins = api(page, workbench, "timeline")["bins"]
    first.press("ArrowRight")
    first.press("ArrowRight")
    last.press("ArrowLeft")
    page.wait_for_url(re.compile(rf"since={bins[2]['start']}&until={bins[-2]['end']}$"))
    assert re.fullmatch(r"\d+ \w+ \d{4}", first.get_attribute("aria-valuetext") or "")
    last.press("Escape")
    page.wait_for_url(re.compile("explore$"))


def test_the_brush_moves_by_touch(page: Page, workbench: str) -> None:
    explore(page, workbench)
    drawing = box_of(page.locator(".timeline svg"))
    y = drawing["y"] + 20
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, share: float | None) -> None:
        points = [] if share is None else [{"x": drawing["x"] + drawing["width"] * share, "y": y}]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.3)
    for share in (0.33, 0.38, 0.45):
        touch("touchMove", share)
    touch("touchEnd", None)
    page.wait_for_url(re.compile("since=.*until="))
    assert told(page)["since"] < told(page)["until"]


def test_an_address_brings_the_view_back(page: Page, workbench: str) -> None:
    filters = {"type": "combat", "since": "2016-10", "until": "2017-12", "sort": "-date"}
    found = api(page, workbench, "events", filters)
    chosen = found["items"][2]
    query = urllib.parse.urlencode({**filters, "event": chosen["id"], "map": "44.4,35.5,6"})
    explore(page, workbench, f"?{query}")
    expect(total(page)).to_have_text(f"{found['total']} events")
    expect(page.locator(".row.chosen .label")).to_have_text(chosen["label"])
    expect(page.get_by_role("complementary", name="The event looked at")).to_contain_text(
        chosen["when"]["words"]
    )
    map_is_idle(page)
    assert told(page)["map"] == "44.4,35.5,6"
    expect(page.get_by_role("combobox", name="Order of the list")).to_have_value("-date")
    chips = page.get_by_role("list", name="Filters that are set")
    expect(chips.get_by_role("button", name="Take off")).to_have_count(2)


def test_an_event_that_a_link_names_is_shown_wherever_it_stands(page: Page, workbench: str) -> None:
    last = api(page, workbench, "events", {"limit": "500"})["items"][-1]
    explore(page, workbench, f"?event={last['id']}")
    expect(page.get_by_role("complementary", name="The event looked at")).to_contain_text(last["label"])
    near = api(page, workbench, "events", {"limit": "40"})["items"][-1]
    explore(page, workbench, f"?event={near['id']}")
    expect(page.locator(".row.chosen .label")).to_be_in_viewport()


def test_the_back_button_takes_filters_back(page: Page, workbench: str) -> None:
    explore(page, workbench)
    everything = total(page).inner_text()
    facet = page.locator(".facets .facet", has_text="Combat")
    count = facet.locator(".count").inner_text()
    facet.click()
    expect(total(page)).to_have_text(f"{count} events")
    expect(facet).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(total(page)).to_have_text(everything)
    page.go_forward()
    expect(total(page)).to_have_text(f"{count} events")
    page.get_by_role("button", name="Take off: Combat").click()
    expect(total(page)).to_have_text(everything)


def test_keys_walk_the_list_and_the_rest_follows(page: Page, workbench: str) -> None:
    found = api(page, workbench, "events", {"sort": "-date", "limit": "3"})["items"]
    explore(page, workbench, "?sort=-date")
    for key, at in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator(".row.chosen")).to_have_count(1)
        expect(page.locator(f"[data-number='{at}'] .row.chosen a")).to_be_focused()
        assert told(page)["event"] == found[at]["id"]
        expect(page.locator(".timeline .looked")).to_be_visible()
        expect(page.get_by_role("complementary", name="The event looked at")).to_contain_text(
            found[at]["label"]
        )
    page.keyboard.press("Escape")
    expect(page.locator(".row.chosen")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/event/{found[0]['id']}"))


def test_a_list_that_is_empty_says_which_filter_to_loosen(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/explore?type=combat&actor=nobody+of+that+name&since=2016")
    combat = api(page, workbench, "events", {"type": "combat", "since": "2016"})["total"]
    loosen = page.get_by_role("button", name=f"{combat} events without nobody of that name")
    expect(loosen).to_be_visible()
    loosen.click()
    expect(total(page)).to_have_text(f"{combat} events")
    assert told(page) == {"type": "combat", "since": "2016"}


def test_a_place_with_many_events_opens_their_list(page: Page, workbench: str) -> None:
    mapped = api(page, workbench, "map", {"zoom": "13"})
    place = max((each for each in mapped["clusters"] if each["same_place"]), key=lambda each: each["count"])
    explore(page, workbench, f"?map={place['longitude']},{place['latitude']},11")
    map_is_idle(page)
    canvas = box_of(page.locator("section.map .canvas"))
    page.mouse.click(canvas["x"] + canvas["width"] / 2, canvas["y"] + canvas["height"] / 2)
    sheet = page.get_by_role("region", name="Events at one place")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(f"{place['count']} events at one place")
    expect(sheet.locator("ul").first.locator("li")).to_have_count(place["count"])
    named = sheet.locator("li").count()
    assert named >= place["count"]
    sheet.get_by_role("button", name="Only these in the list").click()
    expect(total(page)).to_have_text(f"{named} events")


def test_places_that_are_on_no_map_are_listed(page: Page, workbench: str) -> None:
    explore(page, workbench)
    map_is_idle(page)
    mapped = api(page, workbench, "map")
    assert mapped["unresolved"]
    page.locator(".map summary", has_text="In words").click()
    for place in mapped["unresolved"]:
        expect(
            page.locator(".map .sheet").get_by_role("button", name=place["name"], exact=True)
        ).to_be_visible()
    first = mapped["unresolved"][0]
    page.locator(".map .sheet").get_by_role("button", name=first["name"], exact=True).click()
    expect(total(page)).to_have_text(re.compile(rf"^{first['count']} events?$"))


def test_only_what_the_map_shows(page: Page, workbench: str) -> None:
    everything = api(page, workbench, "events")["total"]
    explore(page, workbench, "?map=44.39,35.47,9")
    map_is_idle(page)
    page.get_by_role("button", name="Only what the map shows").click()
    page.wait_for_url(re.compile("where="))
    box = told(page)["where"]
    assert len(box.split(",")) == 4
    inside = api(page, workbench, "events", {"where": box})["total"]
    assert 0 < inside < everything
    expect(total(page)).to_have_text(f"{inside} events")


def test_a_view_is_saved_and_found_again(page: Page, workbench: str, answers: Callable[[Page], None]) -> None:
    explore(page, workbench, "?disputed=true")
    page.locator("summary", has_text="Views").click()
    page.get_by_label("Name of this view").fill("In dispute")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(workbench)
    answers(page)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to anything").fill("dispute")
    page.get_by_role("option", name="In dispute").click()
    page.wait_for_url(re.compile(r"disputed=true"))


def test_what_is_typed_stays_text(page: Page, workbench: str) -> None:
    hostile = '<img src=x onerror="window.hit=1">'
    page.goto(f"{workbench}/explore?{urllib.parse.urlencode({'actor': hostile})}")
    expect(page.get_by_role("button", name=f"Take off: {hostile}")).to_be_visible()
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(page: Page, workbench: str, axe: Callable[[Page], None], scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    explore(page, workbench, "?disputed=true")
    page.keyboard.press("j")
    map_is_idle(page)
    axe(page)
    page.locator(".map summary", has_text="Legend").click()
    page.locator("summary", has_text="Download").click()
    axe(page)


def test_keys_alone_suffice(page: Page, workbench: str, answers: Callable[[Page], None]) -> None:
    page.goto(f"{workbench}/")
    answers(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Search the texts")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("bombers")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/explore\?search=bombers"))
    expect(total(page)).to_have_text(f"{api(page, workbench, 'events', {'search': 'bombers'})['total']} events")
    page.keyboard.press("Control+k")
    page.keyboard.type("warn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/warnings"))


def test_a_key_can_be_changed(page: Page, workbench: str) -> None:
    explore(page, workbench)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    next_event = keys.get_by_role("button", name=re.compile("^Next event"))
    next_event.click()
    page.keyboard.press("k")
    expect(keys.get_by_role("alert")).to_contain_text("Event before")
    next_event.click()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.reload()
    expect(page.locator(ROW).first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".row.chosen")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(".row.chosen")).to_have_count(1)


def test_a_narrow_screen_has_everything(page: Page, workbench: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    explore(page, workbench)
    everything = total(page).inner_text()

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    fits()
    page.get_by_role("button", name="Filters").click()
    drawer = page.get_by_role("dialog", name="Filters")
    drawer.locator(".facet", has_text="Combat").click()
    expect(total(page)).not_to_have_text(everything)
    fits()
    drawer.get_by_role("button", name=re.compile("^Show")).click()
    expect(drawer).to_be_hidden()
    page.get_by_role("tab", name="Map").click()
    map_is_idle(page)
    assert box_of(page.locator("section.map .canvas"))["height"] > 200
    fits()
    page.get_by_role("tab", name="Timeline").click()
    expect(page.locator(".timeline svg")).to_be_visible()
    fits()
    page.get_by_role("tab", name="List").click()
    page.locator(ROW).nth(1).click(position={"x": 120, "y": 60})
    expect(page.get_by_role("complementary", name="The event looked at")).to_be_visible()
    fits()


def test_the_server_that_is_gone_is_said_and_asked_again(page: Page, workbench: str) -> None:
    page.route("**/api/v1/events?*", lambda route: route.abort())
    page.goto(f"{workbench}/explore")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server does not answer")
    page.unroute("**/api/v1/events?*")
    alert.get_by_role("button", name="Try again").click()
    expect(page.locator(ROW).first).to_be_visible()


def test_a_filter_that_cannot_be_read_is_said_in_the_servers_words(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/explore?status=nonsense")
    expect(page.get_by_role("alert").first).to_contain_text("nonsense")


def test_no_more_is_asked_for_than_is_shown(page: Page, workbench: str) -> None:
    """Once the page rests, nothing is asked any more."""
    explore(page, workbench)
    map_is_idle(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert [url for url in asked if "/stream" not in url] == []


@pytest.mark.parametrize(("form", "words"), [("csv", "Table"), ("jsonl", "Records"), ("geojson", "Map layer")])
def test_the_list_is_taken_away_as_it_is_filtered(page: Page, workbench: str, form: str, words: str) -> None:
    count = api(page, workbench, "events", {"disputed": "true"})["total"]
    explore(page, workbench, "?disputed=true")
    page.locator("summary", has_text="Download").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=words).click()
    text = taken.value.path().read_text("utf-8-sig")
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == count
    elif form == "jsonl":
        assert len([json.loads(line) for line in text.splitlines()]) == count
    else:
        assert len(json.loads(text)["features"]) == count
