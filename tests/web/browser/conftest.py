"""Debian's Chromium on a real server: pages as a person sees them, with what they must never do held."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from dateline.config import Config
from dateline.web import Served
from dateline.web.running import Server
from dateline.web.shell import STATIC

ROOT = Path(__file__).parents[3]
FRONT_END = STATIC / ".vite" / "manifest.json"
CHROMIUM = shutil.which("chromium")
# Software rendering: the map draws without a graphics card.
FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
STARTS_WITHIN = 10.0
# Nothing is waited for longer than it takes; a machine that does other things too may take its time.
expect.set_options(timeout=20_000)
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
# Faults of these impacts keep somebody from using a page.
GRAVE = ("serious", "critical")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where Chromium or the built front end is missing these tests say so and are passed over."""
    if CHROMIUM is None:
        reason = "chromium is not installed"
    elif not FRONT_END.exists():
        reason = "the front end is not built: make web"
    else:
        return
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def serve(config: Config, clock: Callable[[], str]) -> Iterator[Callable[[Path], str]]:
    """Serve workspaces, each on a free port of this machine, until the test ends; gives the address."""
    running: list[tuple[Server, threading.Thread, socket.socket]] = []

    def start(path: Path) -> str:
        bound = socket.create_server(("127.0.0.1", 0))
        server = Server(Served(path=path, config=config, clock=clock))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + STARTS_WITHIN
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        running.append((server, thread, bound))
        return f"http://127.0.0.1:{bound.getsockname()[1]}"

    yield start
    for server, thread, bound in running:
        server.end()
        thread.join(STARTS_WITHIN)
        bound.close()


@pytest.fixture
def workbench(serve: Callable[[Path], str], path: Path) -> str:
    """Give the address at which a copy of the sample is served; `path` is its file."""
    return serve(path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page that may ask its own host only, break no content policy and throw nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:")):
            faults.append(f"asked another host: {request.url[:200]}")

    def logged(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(f"broke the content policy: {message.text}")

    context.on("request", asked)
    opened.on("console", logged)
    opened.on("pageerror", lambda error: faults.append(f"threw: {error}"))
    yield opened
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def answers() -> Callable[[Page], None]:
    """Give a wait until the front end stands in the place of the server's page and hears keys."""
    return lambda opened: expect(opened.locator("html[data-workbench=ready]")).to_have_count(1)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Give a check that nothing on a page keeps people from using it, as axe sees it."""
    if not AXE.exists():
        pytest.skip("axe is not installed: make web")
    source = AXE.read_text("utf-8")

    def check(opened: Page) -> None:
        # The browser's own door for debuggers: the page's content policy does not concern it.
        opened.evaluate(source + "; undefined")
        found = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [each for each in found["violations"] if each["impact"] in GRAVE]
        assert not grave, "\n".join(
            f"{each['id']}: {each['help']}: {[node['html'][:150] for node in each['nodes'][:3]]}"
            for each in grave
        )

    return check
