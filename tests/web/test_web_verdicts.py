"""Verdicts over HTTP: kept at once and in whose name, refused where the event has changed, never half kept."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from dateline.config import Config
from dateline.store import schema, steps
from dateline.web.guard import API
from dateline.workspace import open_workspace

Opens = Callable[..., TestClient]
LINKED_WITHIN = 120.0
# Long enough for some verdicts, on a slow machine too.
KILLED_AFTER = 1.5


@pytest.fixture
def desk(opens: Opens) -> TestClient:
    return opens()


def queued(desk: TestClient, number: int = 0, by: str = "A. Reader") -> dict[str, Any]:
    items = desk.get(f"{API}/review/queue", params={"by": by}).json()["items"]
    found: dict[str, Any] = items[number]
    return found


def says(desk: TestClient, event: dict[str, Any], *, by: str = "A. Reader", **given: Any) -> Any:
    """Say something of a queued event, as it was seen."""
    said = {"kind": "accept", "ids": [event["event"]["id"]], "by": by, **given}
    return desk.post(f"{API}/verdicts", json=said, headers={"If-Match": event["tag"]})


def log_of(desk: TestClient, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(f"{API}/verdicts", params=asked).json()["items"]
    return found


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LINKED_WITHIN
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def linked(path: Path, config: Config) -> bool:
    with open_workspace(path, create=False, readonly=True, config=config) as workspace:
        state = workspace.state()
    return state.revision == state.linked


def test_a_verdict_is_kept_and_told(desk: TestClient) -> None:
    event = queued(desk)
    told = says(desk, event, reason="two wires")
    assert told.status_code == 201
    kept = told.json()
    assert kept["words"] == "accept (two wires)"
    assert kept["events"] == [event["event"]["id"]]
    assert kept["tags"][event["event"]["id"]] != event["tag"]
    (newest,) = log_of(desk, limit=1)
    assert newest == {"verdict": kept["verdict"], "words": kept["words"], "stands": True}
    assert queued(desk)["event"]["id"] != event["event"]["id"], "what was judged leaves the queue"


def test_the_event_follows_a_correction(desk: TestClient, path: Path, config: Config) -> None:
    event = queued(desk)
    told = says(desk, event, kind="correct", field="killed", value="25")
    assert told.status_code == 201
    wait_until(lambda: linked(path, config))
    listed = desk.get(f"{API}/events", params={"limit": 500}).json()["items"]
    (row,) = [each for each in listed if each["id"] == event["event"]["id"]]
    assert {"kind": "killed", "words": "25"} in row["tolls"], "though the sources tell of 74 fighters"


def test_what_cannot_be_meant_is_told(desk: TestClient) -> None:
    event = queued(desk)
    for given, word in (
        ({"kind": "reject"}, "reason"),
        ({"kind": "correct", "field": "when", "value": "yesterday"}, "not a date"),
        ({"kind": "correct", "field": "colour", "value": "red"}, "cannot be corrected"),
        ({"kind": "praise"}, "no verdict is called"),
        ({"kind": "comment"}, "words"),
        ({"ids": ["evt_" + "a" * 16]}, "not the id"),
        ({"ids": ["nonsense"]}, "nonsense"),
    ):
        told = says(desk, event, **given)
        assert told.status_code in (400, 404), given
        assert word in told.json()["detail"], given
    unreadable: list[dict[str, Any]] = [{"ids": []}, {"kind": None}, {"colour": "red"}, {"role": "king"}]
    for broken in unreadable:
        assert says(desk, event, **broken).status_code == 422
    assert log_of(desk) == []


def test_two_reviewers_who_save_the_same_field(opens: Opens, path: Path, config: Config) -> None:
    """The second one is told what it is now, and nothing of either is lost."""
    one, other = opens(), opens()
    event = queued(one)
    assert queued(other, by="B. Second") == event
    first = says(one, event, kind="correct", field="killed", value="12", reason="two wires say so")
    assert first.status_code == 201
    refused = says(other, event, by="B. Second", kind="correct", field="killed", value="14")
    assert refused.status_code == 412
    problem = refused.json()
    assert "Nothing was overwritten" in problem["detail"]
    (now,) = problem["now"]
    assert now["id"] == event["event"]["id"]
    assert [each["words"] for each in now["decided"]] == ["correct killed: 12 (two wires say so)"]
    assert now["decided"][0]["verdict"]["by"] == "A. Reader"
    again = says(
        other, {**event, "tag": now["tag"]}, by="B. Second", kind="correct", field="killed", value="14"
    )
    assert again.status_code == 201
    assert [each["words"] for each in log_of(one)] == [
        "correct killed: 14",
        "correct killed: 12 (two wires say so)",
    ]


def test_one_may_go_on_with_the_tag_that_one_was_told(desk: TestClient) -> None:
    event = queued(desk)
    identity = event["event"]["id"]
    told = says(desk, event, kind="comment", reason="looks odd").json()
    assert says(desk, event).status_code == 412, "a comment is something that others may have read"
    assert says(desk, {**event, "tag": told["tags"][identity]}).status_code == 201


def test_a_tag_of_before_it_was_linked_anew_is_stale(desk: TestClient, path: Path, config: Config) -> None:
    event = queued(desk)
    told = says(desk, event, kind="correct", field="when", value="2016-10-20").json()
    wait_until(lambda: linked(path, config))
    again = {**event, "tag": told["tags"][event["event"]["id"]]}
    assert says(desk, again, kind="correct", field="killed", value="3").status_code == 412


def test_who_gave_all_verdicts_since_can_tell_that_nobody_else_changed_anything(
    desk: TestClient, path: Path, config: Config
) -> None:
    event, other = queued(desk, 0), queued(desk, 1)
    address = f"{API}/events/{event['event']['id']}"
    seen = desk.get(address).json()
    assert seen["linked"] == seen["revision"]
    mine = [
        says(desk, other).json()["revision"],
        says(desk, event, kind="correct", field="when", value="2016-10-20").json()["revision"],
        desk.post(f"{API}/verdicts/undo", json={"by": "A. Reader"}).json()["revision"],
    ]
    assert mine == [seen["linked"] + 1, seen["linked"] + 2, seen["linked"] + 3]
    wait_until(lambda: linked(path, config))
    now = desk.get(address).json()
    assert (now["linked"], now["revision"]) == (mine[-1], mine[-1])
    says(desk, other, by="B. Second", kind="comment", reason="looks odd")
    now = desk.get(address).json()
    assert now["revision"] == mine[-1] + 1, "not all that came since is of the first one"


def test_an_event_that_went_into_another_is_told(desk: TestClient, path: Path, config: Config) -> None:
    first, second = queued(desk, 0), queued(desk, 1)
    ids = [first["event"]["id"], second["event"]["id"]]
    tags = {"If-Match": f"{first['tag']}, {second['tag']}"}
    merged = desk.post(f"{API}/verdicts", json={"kind": "merge", "ids": ids, "by": "A"}, headers=tags)
    assert merged.status_code == 201
    wait_until(lambda: linked(path, config))
    listed = [each["id"] for each in desk.get(f"{API}/events", params={"limit": 500}).json()["items"]]
    (gone,) = set(ids) - set(listed)
    (kept,) = set(ids) & set(listed)
    stale = first if first["event"]["id"] == gone else second
    told = says(desk, stale, by="B")
    assert told.status_code == 412
    assert [each["id"] for each in told.json()["now"]] == [kept]
    blind = desk.post(f"{API}/verdicts", json={"kind": "accept", "ids": [gone], "by": "B"})
    assert blind.status_code == 404
    assert kept in blind.json()["detail"]


def test_undo_and_redo_are_ones_own(desk: TestClient) -> None:
    says(desk, queued(desk))
    mine = says(desk, queued(desk), by="B. Second").json()["verdict"]["id"]
    told = desk.post(f"{API}/verdicts/undo", json={"by": "B. Second"})
    assert told.json()["verdict"]["supersedes"] == mine
    assert desk.post(f"{API}/verdicts/undo", json={"by": "B. Second"}).status_code == 409
    assert [each["stands"] for each in log_of(desk)] == [True, False, True]
    assert desk.post(f"{API}/verdicts/redo", json={"by": "B. Second"}).status_code == 201
    assert next(each for each in log_of(desk) if each["verdict"]["id"] == mine)["stands"]
    assert desk.post(f"{API}/verdicts/redo", json={"by": "nobody"}).status_code == 409


def test_undo_has_no_end(desk: TestClient) -> None:
    for _ in range(12):
        assert says(desk, queued(desk)).status_code == 201
    for _ in range(12):
        assert desk.post(f"{API}/verdicts/undo", json={"by": "A. Reader"}).status_code == 201
    assert desk.post(f"{API}/verdicts/undo", json={"by": "A. Reader"}).status_code == 409


def test_the_log_goes_on_where_it_was_left(desk: TestClient) -> None:
    for _ in range(5):
        says(desk, queued(desk))
    seen: list[str] = []
    cursor = None
    while True:
        asked = {"limit": 2} if cursor is None else {"limit": 2, "cursor": cursor}
        page = desk.get(f"{API}/verdicts", params=asked).json()
        seen += [each["verdict"]["id"] for each in page["items"]]
        if len(seen) == 2:
            says(desk, queued(desk))  # what comes in meanwhile moves nothing
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert page["total"] == 6


def test_the_log_of_a_person_and_of_an_event(desk: TestClient) -> None:
    event = queued(desk)
    says(desk, event)
    says(desk, queued(desk), by="B. Second")
    assert [each["verdict"]["by"] for each in log_of(desk, by="b.  second")] == ["B. Second"]
    assert [each["verdict"]["by"] for each in log_of(desk, event=event["event"]["id"])] == ["A. Reader"]
    assert desk.get(f"{API}/verdicts", params={"event": "evt_" + "a" * 16}).status_code == 404


def test_a_second_reader_and_who_decides(desk: TestClient) -> None:
    event = queued(desk)
    says(desk, event)
    (matter,) = desk.get(f"{API}/review/queue", params={"by": "B", "role": "second"}).json()["items"]
    assert matter["tag"] is None
    asked = {"by": "B", "role": "second"}
    shown = desk.get(f"{API}/review/matters/{matter['about']}", params=asked).json()
    assert shown["queued"] == matter
    assert (shown["view"]["decided"], shown["view"]["corrected"]) == ([], [])
    assert {each["id"] for each in shown["reports"]} == set(shown["event"]["reports"])
    assert desk.get(f"{API}/review/matters/ver_x", params=asked).status_code == 404
    assert desk.get(f"{API}/review/matters/{matter['about']}", params={"by": "B"}).status_code == 400
    given = {"role": "second", "about": matter["about"], "kind": "reject", "reason": "duplicate"}
    assert says(desk, event, **given).status_code == 400, "who read it first cannot be the second"
    ids = {"ids": [event["event"]["id"]]}
    assert desk.post(f"{API}/verdicts", json={**ids, **given, "by": "B"}).status_code == 201
    (open_,) = desk.get(f"{API}/review/queue", params={"by": "C", "role": "adjudicator"}).json()["items"]
    assert open_["differing"] == ["event"]
    assert {each["event"] for each in open_["readings"]} == {"accept", "reject"}
    told = desk.get(f"{API}/review/progress").json()
    assert told["cases"] == {"disagreed": 1}
    assert [(each["by"], each["role"]) for each in told["people"]] == [("A. Reader", "reader"), ("B", "second")]
    (agreed,) = [each for each in told["agreement"] if each["question"] == "event" and each["reader"] is None]
    assert (agreed["units"], agreed["same"]) == (1, 0)


# what can go wrong while it is kept


def test_a_full_disk_keeps_nothing_by_halves(desk: TestClient) -> None:
    event = queued(desk)
    assert says(desk, event, kind="comment", reason="before").status_code == 201
    with desk.app.state.writer.writing() as workspace:  # type: ignore[attr-defined]
        connection = workspace._store._connection
        connection.execute("VACUUM")  # what linking left free would take some more
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    answers = [
        desk.post(
            f"{API}/verdicts",
            json={"kind": "comment", "ids": [event["event"]["id"]], "by": "A", "reason": "long " * 900},
        )
        for _ in range(3)
    ]
    assert {each.status_code for each in answers} <= {201, 507}
    full = [each for each in answers if each.status_code == 507]
    assert full
    assert "full" in full[0].json()["detail"]
    kept = log_of(desk)
    assert len(kept) == 1 + sum(each.status_code == 201 for each in answers)
    assert desk.get(f"{API}/events").status_code == 200
    # Opened anew after the error, it writes again where there is room.
    assert says(desk, queued(desk)).status_code == 201


def test_a_file_that_somebody_else_is_writing_to(
    desk: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = queued(desk)
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_MS", 100)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    told = says(desk, event)
    assert told.status_code == 503
    assert "in use" in told.json()["detail"]
    assert int(told.headers["retry-after"]) > 0
    assert desk.get(f"{API}/events").status_code == 200, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    assert says(desk, event).status_code == 201


def test_a_workspace_that_a_newer_version_has_opened(desk: TestClient, path: Path) -> None:
    event = queued(desk)
    assert says(desk, event, kind="comment", reason="before").status_code == 201
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {len(steps.MIGRATIONS) + 1}")
    newer.close()
    told = says(desk, event, kind="comment", reason="after")
    assert told.status_code == 503
    assert "newer dateline" in told.json()["detail"]
    check = sqlite3.connect(path)
    assert check.execute("SELECT count(*) FROM verdicts").fetchone() == (1,)
    check.close()


@pytest.mark.parametrize(("step", "word"), [(1, "newer dateline"), (-1, "older dateline")])
def test_a_workspace_of_another_version_is_told_and_left_alone(
    desk: TestClient, path: Path, step: int, word: str
) -> None:
    """Also where it comes to be one while it is served, and is open already."""
    desk.app.state.warming.join()  # type: ignore[attr-defined]
    assert desk.get(f"{API}/events").status_code == 200
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {len(steps.MIGRATIONS) + step}")
    other.close()
    for read in ("events", "facets", "review/queue?by=A", "events.csv"):
        told = desk.get(f"{API}/{read}")
        assert (told.status_code, word in told.json()["detail"]) == (503, True), read
    check = sqlite3.connect(path)
    assert check.execute("PRAGMA user_version").fetchone() == (len(steps.MIGRATIONS) + step,)
    check.execute(f"PRAGMA user_version = {len(steps.MIGRATIONS)}")
    check.close()
    assert says(desk, queued(desk)).status_code == 201


def test_a_workspace_that_can_only_be_read(opens: Opens) -> None:
    desk = opens(writable=False)
    told = says(desk, queued(desk))
    assert told.status_code == 403
    assert "only be read" in told.json()["detail"]


def test_linking_that_fails_is_told_and_tried_again(
    desk: TestClient, path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking = desk.app.state.linking  # type: ignore[attr-defined]
    monkeypatch.setattr("dateline.web.linking.FIRST_WAIT_SECONDS", 0.1)
    said = says(desk, queued(desk))
    assert said.status_code == 201
    wait_until(lambda: linking._process is not None)
    linking._process.kill()
    wait_until(lambda: linked(path, config))
    wait_until(lambda: linking.trouble is None)


def test_a_server_that_is_killed_while_saving_loses_nothing(path: Path, config: Config) -> None:
    """Whatever was answered is there, nothing by halves, and the next start links what is not linked."""
    command = (sys.executable, "-m", "dateline", "serve", "-w", str(path), "--port", "0")
    environment = {**os.environ, "DATELINE_CACHE": str(config.cache)}  # noqa: TID251 - a process needs the rest

    def start() -> tuple[subprocess.Popen[str], httpx2.Client]:
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        assert server.stderr is not None
        line = next(each for each in server.stderr if "http://" in each)
        address = line[line.index("http://") :].split(" ")[0]
        client = httpx2.Client(base_url=address, timeout=30)
        client.headers["X-CSRF-Token"] = client.get(f"{API}/session").json()["csrf"]
        return server, client

    server, client = start()
    kept: list[str] = []
    killing = threading.Timer(KILLED_AFTER, server.kill)
    try:
        event = client.get(f"{API}/review/queue", params={"by": "A"}).json()["items"][0]["event"]["id"]
        killing.start()
        for number in range(100_000):
            said = {"kind": "correct", "ids": [event], "by": "A", "field": "killed", "value": str(number)}
            kept.append(client.post(f"{API}/verdicts", json=said).json()["verdict"]["id"])
            time.sleep(0.01)  # slower than may be written
    except httpx2.TransportError:
        pass  # it was killed
    finally:
        server.kill()
        server.communicate()
        client.close()
    with open_workspace(path, create=False, readonly=True, config=config) as workspace:
        log = list(workspace.verdicts())
        assert [each.id for each in log][: len(kept)] == kept
        assert len(log) <= len(kept) + 1, "one more may have been kept that was not answered any more"
        assert workspace.audit().broken is None
    assert kept
    server, client = start()
    try:
        wait_until(lambda: linked(path, config))
        rows = client.get(f"{API}/events", params={"limit": 500}).json()["items"]
        (row,) = [each for each in rows if each["id"] == event]
        assert {"kind": "killed", "words": log[-1].value} in row["tolls"]
    finally:
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
        client.close()
    assert server.returncode == 0
    assert "has ended" in errors
