"""How quickly the workbench follows a person over many events, in Chromium with software rendering.

python bench/workbench.py [--events N] [--keep FILE]

Makes a workspace of N invented events (bench/crowd.py) in a temporary folder, or at FILE, where it is used
again; serves it and drives the built front end: the first view and the map at rest, steps by j, a fast scroll
through some hundred rows (time of the page's thread per frame), and brushes of the timeline until the list is
of them.
"""

import argparse
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path
from random import Random
from statistics import median

from playwright.sync_api import Page, ViewportSize, sync_playwright

from crowd import crowded
from dateline.config import load_config
from dateline.web import Served
from dateline.web.running import Server

FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
SIZE: ViewportSize = {"width": 1440, "height": 900}
LIST_LIMIT, MAP_LIMIT = 2.0, 5.0
BRUSHES, STEPS, FRAMES, PIXELS = 15, 20, 200, 300
WAIT_MS = 120_000
SEED = 7
ROW = ".scroller [data-number]"
SCROLL = """async ([frames, pixels]) => {
    const list = document.querySelector(".scroller");
    for (let frame = 0; frame < frames; frame += 1) {
        list.scrollTop += pixels;
        await new Promise(requestAnimationFrame);
    }
}"""


def first_view(page: Page, address: str) -> tuple[float, float]:
    """Return seconds until events are listed, and until the map rests with all drawn."""
    begun = time.perf_counter()
    page.goto(f"{address}/explore")
    page.locator(ROW).first.wait_for(timeout=WAIT_MS)
    listed = time.perf_counter() - begun
    page.locator("section.map[aria-busy=false]").wait_for(timeout=WAIT_MS)
    return listed, time.perf_counter() - begun


def brushes(page: Page, random: Random) -> list[float]:
    """Return seconds from letting go of a brush until the list is of it."""
    found = []
    box = page.locator(".timeline svg").bounding_box()
    assert box is not None
    for _ in range(BRUSHES):
        if "since" in page.url:
            page.get_by_role("button", name="All time").click()
        page.locator(".list[aria-busy=false]").wait_for(timeout=WAIT_MS)
        left, width = random.uniform(0.05, 0.8), random.uniform(0.03, 0.15)
        y = box["y"] + box["height"] / 3
        page.mouse.move(box["x"] + box["width"] * left, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (left + width), y, steps=4)
        begun = time.perf_counter()
        page.mouse.up()
        page.wait_for_url("**since=**", timeout=WAIT_MS)
        page.locator(".list[aria-busy=false]").wait_for(timeout=WAIT_MS)
        found.append(time.perf_counter() - begun)
    return found


def scrolling(page: Page) -> float:
    """Return milliseconds of the page's own thread per frame of a fast scroll."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))

    before = worked()
    page.evaluate(SCROLL, [FRAMES, PIXELS])
    return (worked() - before) * 1000 / FRAMES


def steps(page: Page) -> list[float]:
    """Return seconds from j until the next row is the one looked at."""
    found = []
    for at in range(STEPS):
        begun = time.perf_counter()
        page.keyboard.press("j")
        page.locator(f"[data-number='{at}'] .row.chosen").wait_for(timeout=WAIT_MS)
        found.append(time.perf_counter() - begun)
    return found


def measure(address: str) -> bool:
    """Print what was measured; return whether the limits hold."""
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)
        cold = first_view(page, address)
        page.close()
        page = browser.new_page(viewport=SIZE)
        listed, idle = first_view(page, address)
        print(f"first view, columns not read yet: list {cold[0]:.2f} s, map at rest {cold[1]:.2f} s")
        print(f"first view: list {listed:.2f} s (limit {LIST_LIMIT}), map {idle:.2f} s (limit {MAP_LIMIT})")
        walked = steps(page)
        print(f"step by j: median {median(walked) * 1000:.0f} ms, longest {max(walked) * 1000:.0f} ms")
        print(f"scroll of {FRAMES * PIXELS} pixels: {scrolling(page):.1f} ms of work a frame")
        brushed = sorted(brushes(page, Random(SEED)))  # noqa: S311 - nothing is kept secret by it
        print(
            f"brush until listed: median {median(brushed) * 1000:.0f} ms, longest {brushed[-1] * 1000:.0f} ms"
        )
        browser.close()
    return listed <= LIST_LIMIT and idle <= MAP_LIMIT


def main() -> None:
    """Make or take the workspace, serve it and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the workspace lies, made where there is none")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "crowd.dateline"
        if not path.exists():
            crowded(path, given.events)
        bound = socket.create_server(("127.0.0.1", 0))
        server = Server(Served(path=path, config=load_config(), clock=lambda: "2025-01-10T00:00:00+00:00"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            held = measure(f"http://127.0.0.1:{bound.getsockname()[1]}")
        finally:
            server.end()
            thread.join()
    raise SystemExit(0 if held else 1)


if __name__ == "__main__":
    main()
