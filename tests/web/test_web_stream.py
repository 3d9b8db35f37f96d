"""The stream of news, on a real server: what it tells, and that it ends."""

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from dateline.config import Config
from dateline.store.steps import MIGRATIONS
from dateline.web import Served
from dateline.web.guard import API
from dateline.web.running import Server
from dateline.workspace import open_workspace
from dateline.workspace.accounts import Accounts

STARTS_WITHIN = 60.0


@pytest.fixture
def running(path: Path, config: Config, clock: Any) -> Iterator[tuple[Server, httpx2.Client]]:
    """Give a running server and a client of it."""
    bound = socket.create_server(("127.0.0.1", 0))
    server = Server(Served(path=path, config=config, clock=clock))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    end = time.monotonic() + STARTS_WITHIN
    while not server.started:
        assert time.monotonic() < end
        time.sleep(0.02)
    port = bound.getsockname()[1]
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=STARTS_WITHIN) as client:
        client.headers["X-CSRF-Token"] = client.get(f"{API}/session").json()["csrf"]
        yield server, client
    server.end()
    thread.join(STARTS_WITHIN)
    bound.close()


def told(lines: Iterator[str]) -> dict[str, Any]:
    """Return the next thing that the stream tells."""
    found: dict[str, Any] = json.loads(next(line for line in lines if line.startswith("data: "))[6:])
    return found


def until(lines: Iterator[str], holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while not holds(news := told(lines)):
        pass
    return news


def test_it_tells_a_verdict_and_then_that_the_events_are_new(running: Any) -> None:
    _, client = running
    event = client.get(f"{API}/review/queue", params={"by": "A"}).json()["items"][0]["event"]["id"]
    with client.stream("GET", f"{API}/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        first = told(lines)
        assert first["linked"]
        client.post(
            f"{API}/verdicts", json={"kind": "reject", "ids": [event], "by": "A", "reason": "duplicate"}
        )
        last = until(lines, lambda news: news["linked"] and news["revision"] > first["revision"])
    assert last["trouble"] is None
    listed = client.get(f"{API}/events", params={"limit": 500}).json()["items"]
    assert event not in [each["id"] for each in listed]


def test_it_tells_what_another_process_writes(running: Any, path: Path, config: Config) -> None:
    _, client = running
    with client.stream("GET", f"{API}/stream") as answer:
        lines = answer.iter_lines()
        first = told(lines)
        with open_workspace(path, create=False, config=config) as workspace:
            event = next(workspace.events())
            workspace.judge("comment", [event.id], by="B", at="2020-07-01T00:00:00+00:00", reason="seen")
        assert until(lines, lambda news: news["linked"])["revision"] > first["revision"]


def test_it_ends_with_the_server(running: Any) -> None:
    server, client = running
    with client.stream("GET", f"{API}/stream") as answer:
        lines = answer.iter_lines()
        told(lines)
        server.end()
        assert list(lines) in ([], [""])


def test_it_ends_for_who_has_no_right_to_read_any_more(running: Any, path: Path) -> None:
    _, client = running
    with client.stream("GET", f"{API}/stream") as answer:
        lines = answer.iter_lines()
        told(lines)
        accounts = Accounts.open(path)
        accounts.add("Admin One", "admin", "three plain words", at="2020-06-30T12:00:00+00:00")
        accounts.close()
        assert [line for line in lines if line.startswith("data")] == []


def test_it_ends_where_the_record_cannot_be_read_any_more(running: Any, path: Path) -> None:
    _, client = running
    with client.stream("GET", f"{API}/stream") as answer:
        lines = answer.iter_lines()
        told(lines)
        newer = sqlite3.connect(path)
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        newer.close()
        assert [line for line in lines if line.startswith("data")] == []
