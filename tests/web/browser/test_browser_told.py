"""Overview, Warnings and Surges: what is new, disputed and unusual, with its sentences and one click on."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from dateline.config import Config
from dateline.workspace import open_workspace

TOWNS = ("Kirkuk", "Hawija", "Tikrit", "Samarra", "Baqubah", "Ramadi", "Fallujah", "Mosul")
MONDAY = date(2019, 5, 13)
ATTACK = (
    "Gunmen of the Islamic State attacked a police checkpoint in {town} on {day} and killed {number} men, a "
    "provincial officer said. The road to the town was closed for some hours and shops stayed shut."
)


def dispatches() -> list[dict[str, str]]:
    """Return eleven weeks with an attack each, and a twelfth with one on every town."""
    found = []
    for back in range(12):
        for number in range(len(TOWNS) if back == 0 else 1):
            day = MONDAY + timedelta(days=number % 5) - timedelta(weeks=back)
            town = TOWNS[(back + number) % len(TOWNS)]
            text = ATTACK.format(town=town, day=f"{day:%A}", number=number + 2)
            found.append(
                {
                    "outlet": "Tigris Post",
                    "published": (day + timedelta(days=1)).isoformat(),
                    "title": f"News of {day}",
                    "text": text,
                }
            )
    return found


@pytest.fixture
def weeks(tmp_path: Path, config: Config) -> Path:
    """Give a workspace in whose last week more happened than usual."""
    articles, path = tmp_path / "news.jsonl", tmp_path / "weeks.dateline"
    articles.write_text("\n".join(map(json.dumps, dispatches())), "utf-8")
    with open_workspace(path, config=config) as workspace:
        workspace.add(articles)
        workspace.code()
    return path


def front_end(page: Page) -> Locator:
    """Give what only the front end has: the server's own page stands there until it is loaded."""
    return page.locator("header .tools")


def api(page: Page, address: str, path: str) -> Any:
    return page.request.get(f"{address}/api/v1/{path}").json()


def test_the_overview_tells_what_there_is_and_leads_to_it(page: Page, workbench: str) -> None:
    page.goto(workbench)
    info = api(page, workbench, "info")
    expect(page.get_by_role("heading", level=1)).to_have_text(info["workspace"])
    tallies = page.get_by_role("list", name="What this record holds")
    expect(tallies).to_contain_text(f"{info['counts']['events']} events")
    latest = api(page, workbench, "events?sort=-date&limit=6")["items"]
    shown = page.get_by_role("region", name="Latest")
    expect(shown.locator(".label")).to_have_text([each["label"] for each in latest])
    disputed = page.get_by_role("region", name="In dispute")
    expect(disputed).to_contain_text(
        api(page, workbench, "disagreements?limit=1")["items"][0]["sides"][0]["value"]
    )
    warnings = api(page, workbench, "warnings?outcome=open")
    expect(page.get_by_role("region", name="Open warnings").locator(".lines > li")).to_have_count(
        warnings["total"]
    )
    for outlet in api(page, workbench, "coverage")["outlets"]:
        row = page.get_by_role("region", name="What was read").locator("tbody tr", has_text=outlet["outlet"])
        expect(row).to_contain_text(re.compile(rf"{outlet['articles']} articles?"))
    page.get_by_role("region", name="What was read").get_by_role("link", name="Tigris Post").click()
    page.wait_for_url(re.compile(r"/explore\?outlet=Tigris"))
    expected = api(page, workbench, "events?outlet=Tigris+Post")["total"]
    expect(page.locator(".bar .total")).to_have_text(f"{expected} events")
    page.go_back()
    disputed.get_by_role("link", name="In dispute").click()
    page.wait_for_url(re.compile(r"/explore\?disputed=true"))


def test_an_empty_record_says_what_to_do(
    page: Page, serve: Callable[[Path], str], tmp_path: Path, config: Config
) -> None:
    path = tmp_path / "empty.dateline"
    open_workspace(path, config=config).close()
    page.goto(serve(path))
    expect(page.get_by_role("heading", name="Nothing is read yet")).to_be_visible()
    page.locator(".empty").get_by_role("link", name="Add articles").click()
    page.wait_for_url(re.compile("/add$"))
    page.goto(page.url.replace("/add", "/explore"))
    expect(page.get_by_role("heading", name="There are no events yet")).to_be_visible()


def test_both_ends_of_a_warning_stand_side_by_side(page: Page, workbench: str) -> None:
    shown = [each for each in api(page, workbench, "warnings")["items"] if each["event"]]
    state = shown[0]["state"]
    page.goto(f"{workbench}/warnings?outcome={state}")
    told = api(page, workbench, f"warnings?outcome={state}")["items"][0]
    expect(page.get_by_role("combobox", name="Outcome")).to_have_value(state)
    stories = page.locator("ol.bare > li")
    story = stories.filter(has_text=told["warning"]["said"][0]["sentence"]).first
    warned = story.get_by_role("region", name="What was warned of")
    became = story.get_by_role("region", name="What became of it")
    expect(warned).to_contain_text(told["warning"]["said"][0]["sentence"])
    expect(warned).to_contain_text(told["horizon"]["words"])
    expect(became).to_contain_text(told["state_words"])
    expect(became).to_contain_text(told["event"]["said"][0]["sentence"])
    left, right = warned.bounding_box(), became.bounding_box()
    assert left and right
    assert abs(left["y"] - right["y"]) < 2 < right["x"] - left["x"]
    page.get_by_role("combobox", name="Outcome").select_option("open")
    page.wait_for_url(re.compile("outcome=open"))
    still = api(page, workbench, "warnings?outcome=open")["total"]
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text(f"{still} warnings")
    expect(stories.first).to_contain_text("still open")
    page.get_by_label("Who says so").fill("Northern Desk")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("source=Northern"))
    mine = api(page, workbench, "warnings?outcome=open&source=Northern+Desk")["total"]
    expect(stories).to_have_count(mine)


def test_rates_are_counts_and_never_bare_shares(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/warnings?part=rates")
    rates = api(page, workbench, "rates")["items"]
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(rates))
    expect(rows.first).to_contain_text("too few: 10 needed")
    assert "%" not in page.get_by_role("main").inner_text()


def test_a_surge_tells_more_events_from_more_articles(
    page: Page, serve: Callable[[Path], str], weeks: Path, axe: Callable[[Page], None]
) -> None:
    address = serve(weeks)
    found = api(page, address, "surges")
    assert found["items"]
    page.goto(address)
    first = found["items"][0]
    overview = page.get_by_role("region", name="Surges")
    expect(overview).to_contain_text(first["kind_words"])
    overview.get_by_role("link", name="Surges").click()
    page.wait_for_url(re.compile("/surges$"))
    card = page.locator("article.panel").first
    expect(card).to_contain_text(first["kind_words"])
    expect(card).to_contain_text(f"{first['events']['found']} events {first['events']['words']}")
    card.locator("summary").click()
    expect(card.locator("blockquote").first).to_contain_text("attacked a police checkpoint")
    axe(page)
    card.get_by_role("link", name=first["name"], exact=True).click()
    page.wait_for_url(re.compile(r"/explore\?"))
    expect(page.locator(".scroller [data-number]").first).to_be_visible()


@pytest.mark.parametrize("place", ["/", "/warnings", "/warnings?part=rates", "/surges", "/nowhere"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(
    page: Page, workbench: str, axe: Callable[[Page], None], place: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{workbench}{place}")
    expect(front_end(page)).to_be_visible()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    axe(page)
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_palette_finds_what_the_record_holds(page: Page, workbench: str) -> None:
    page.goto(workbench)
    expect(page.get_by_role("region", name="Latest").locator("li").first).to_be_visible()
    some = api(page, workbench, "events?limit=1")["items"][0]
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to anything")
    field.fill("Kirkuk")
    expect(page.get_by_role("option", name=re.compile("^Kirkuk.*place$")).first).to_be_visible()
    field.fill(some["id"])
    page.get_by_role("option", name=f"Open {some['id']}").click()
    page.wait_for_url(re.compile(f"/event/{some['id']}"))


def test_colours_are_chosen_and_kept(page: Page, workbench: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(workbench)
    expect(front_end(page)).to_be_visible()
    choose = page.get_by_role("button", name=re.compile("^Colours"))
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    choose.click()
    choose.click()
    expect(choose).to_have_accessible_name("Colours: dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    expect(choose).to_have_accessible_name("Colours: dark")
    assert page.evaluate(ground) == dark
