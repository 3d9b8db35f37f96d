"""Make docs/workbench.png, the picture of the README: the workbench on the bundled sample, in Chromium.

The front end has to be built (make web). The picture is of this machine's fonts; it is made anew by hand when
the workbench looks different.
"""

import shutil
import socket
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from dateline.config import DATA, load_config
from dateline.web import Served
from dateline.web.running import Server
from dateline.workspace import open_workspace

PICTURE = Path(__file__).parents[1] / "docs" / "workbench.png"
CLOCK = "2020-06-30T12:00:00+00:00"
SIZE: ViewportSize = {"width": 1280, "height": 820}
# Around Kirkuk, near enough for its towns to stand apart.
CAMERA = "44.3,35.35,6.4"
LARGEST = 300_000
WAIT_MS = 60_000


def main() -> None:
    """Read the sample, serve it, and take the picture of one disputed event among the others."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium was not found; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "kirkuk.dateline"
        with open_workspace(path) as workspace:
            workspace.add(DATA / "sample" / "dispatches")
            workspace.code()
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        bound = socket.create_server(("127.0.0.1", 0))
        server = Server(Served(path=path, config=load_config(), clock=lambda: CLOCK))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            take(page, f"http://127.0.0.1:{bound.getsockname()[1]}")
        finally:
            browser.close()
            server.end()
            thread.join()
    size = PICTURE.stat().st_size
    print(f"{PICTURE}: {size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"the picture is larger than {LARGEST:,} bytes; show less")


def take(page: Page, address: str) -> None:
    """Show the event with the most disagreements, and write the picture once everything is drawn."""
    asked = f"{address}/api/v1/events?disputed=true&sort=origins&limit=50"
    event = max(page.request.get(asked).json()["items"], key=lambda each: int(each["disputed"]))
    page.goto(f"{address}/explore?since=2016-10&until=2017-12&event={event['id']}&map={CAMERA}")
    page.locator("section.map[aria-busy=false]").wait_for(timeout=WAIT_MS)
    page.locator(".row.chosen").wait_for(timeout=WAIT_MS)
    page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
