"""Debian's Chromium on a real server: pages as a person sees them, with what they must never do held."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from dateline.config import Config
from dateline.web import Served, create_app

ROOT = Path(__file__).parents[3]
FRONT_END = ROOT / "src" / "dateline" / "web" / "static" / ".vite" / "manifest.json"
CHROMIUM = shutil.which("chromium")
CLOCK = "2020-06-30T12:00:00+00:00"
# Software rendering: the map draws without a graphics card.
FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
STARTS_WITHIN = 10.0


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
def serve(config: Config) -> Iterator[Callable[[Path], str]]:
    """Serve workspaces, each on a free port of this machine, until the test ends; gives the address."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(path: Path) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        served = Served(path=path, config=config, clock=lambda: CLOCK)
        server = uvicorn.Server(uvicorn.Config(create_app(served), port=port, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + STARTS_WITHIN
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.02)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(STARTS_WITHIN)


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
