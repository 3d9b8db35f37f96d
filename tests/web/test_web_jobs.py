"""Uploads and jobs: read as on the command line, told as they go, stopped, taken up again."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from dateline.config import Config, load_config
from dateline.errors import InputError, WorkspaceFullError
from dateline.model.write import Write
from dateline.store.steps import MIGRATIONS
from dateline.web import multipart
from dateline.web.guard import API
from dateline.web.jobs import Jobs
from dateline.web.multipart import Form, safe_name
from dateline.web.problems import ProblemError
from dateline.workspace import open_workspace

Opens = Callable[..., TestClient]
Files = list[tuple[str, tuple[str, bytes, str]]]
ENDS_WITHIN = 300.0


def article(number: int) -> bytes:
    return (
        f"Gunmen attacked checkpoint {number} near Hawija on Friday and killed {number % 9 + 2} soldiers of "
        f"brigade {number}, an army officer said.\n\nThe army arrested {number % 5 + 2} men in the village of "
        f"Station {number} on Saturday, he said."
    ).encode()


def files_of(**contents: bytes) -> Files:
    return [("files", (name, content, "text/plain")) for name, content in contents.items()]


def many(count: int) -> Files:
    return files_of(**{f"box/{number:03}.txt": article(number) for number in range(count)})


@pytest.fixture(scope="module")
def config(gazetteer_cache: Path) -> Config:
    """Give settings with the coder that needs no model: what is tested is the way of the files."""
    return load_config({"DATELINE_CACHE": str(gazetteer_cache), "DATELINE_CODER": "patterns"})


@pytest.fixture
def path(tmp_path: Path, config: Config) -> Path:
    """Give a workspace with one article."""
    (tmp_path / "first.txt").write_bytes(article(1_000))
    with open_workspace(tmp_path / "small.dateline", config=config) as workspace:
        workspace.add(tmp_path / "first.txt", published="2016-10-23")
        workspace.code()
    return tmp_path / "small.dateline"


@pytest.fixture
def desk(opens: Opens) -> Iterator[TestClient]:
    """Give a client; nothing of what it uploads may be left in the cache."""
    desk = opens()
    yield desk
    jobs: Jobs = desk.app.state.jobs  # type: ignore[attr-defined]
    jobs.close()
    for each in jobs.all():
        jobs.discard(each.id)
    assert not jobs.folder.exists()


def send(desk: TestClient, files: Files, **fields: str) -> Any:
    return desk.post(f"{API}/uploads", files=files, data={"published": "2016-10-23", **fields})


def job_of(desk: TestClient, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.get(f"{API}/jobs/{identity}").json()
    return found


def ended(desk: TestClient, identity: str) -> dict[str, Any]:
    end = time.monotonic() + ENDS_WITHIN
    while (job := job_of(desk, identity))["state"] in ("waiting", "working"):
        assert time.monotonic() < end
        time.sleep(0.05)
    return job


def told(desk: TestClient, identity: str) -> list[dict[str, Any]]:
    """Return everything that the stream of a job tells."""
    lines = desk.get(f"{API}/jobs/{identity}/progress").text.splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


def test_a_folder_that_is_dropped_is_added_and_coded(desk: TestClient) -> None:
    before = desk.get(f"{API}/info").json()["counts"]
    files = [*many(3), ("files", ("box/scan.pdf", b"%PDF-1.4 ...", "application/pdf"))]
    answer = send(desk, files, outlet="Zab News")
    assert answer.status_code == 202
    identity = answer.json()["job"]["id"]
    steps = told(desk, identity)
    assert [each["state"] for each in steps][-1] == "done"
    stages = list(dict.fromkeys(each["stage"] for each in steps))
    assert stages[-2:] == ["linking", "done"]
    last = steps[-1]
    assert last["words"].startswith("3 new, 0 updated, 0 already there, 1 rejected. 3 articles coded")
    (refusal,) = last["refusals"]
    assert (refusal["locator"], refusal["reason"]) == ("box/scan.pdf", "binary")
    assert refusal["advice"]
    after = desk.get(f"{API}/info").json()["counts"]
    assert after["articles"] == before["articles"] + 3
    assert after["reports"] > before["reports"]
    assert told(desk, identity) == [last], "a page that is loaded again is told the same"
    assert desk.get(f"{API}/jobs").json()["items"] == [last]


def test_what_is_there_already_changes_nothing(desk: TestClient) -> None:
    ended(desk, send(desk, many(2)).json()["job"]["id"])
    again = ended(desk, send(desk, many(2)).json()["job"]["id"])
    assert again["words"].startswith("0 new, 0 updated, 2 already there, 0 rejected. 0 articles coded")


def test_the_refusals_are_those_of_the_command_line(desk: TestClient, tmp_path: Path, config: Config) -> None:
    bad = {"empty.txt": b"", "menu.html": b"<html><body><ul><li>Home</ul></body></html>", "list.jsonl": b"{]\n"}
    folder = tmp_path / "box"
    folder.mkdir()
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    with open_workspace(tmp_path / "other.dateline", config=config) as workspace:
        added = workspace.add(folder)
    files = files_of(**{f"box/{name}": content for name, content in bad.items()})
    job = ended(desk, send(desk, files).json()["job"]["id"])
    expected = [(each.locator.replace(str(tmp_path) + "/", ""), each.reason) for each in added.refusals]
    assert [(each["locator"], each["reason"]) for each in job["refusals"]] == expected
    assert job["rejected"] == len(expected) == 3


def test_reads_and_verdicts_go_on_while_it_runs(desk: TestClient) -> None:
    identity = send(desk, many(60)).json()["job"]["id"]
    event = desk.get(f"{API}/events", params={"limit": 1}).json()["items"][0]["id"]
    asked = 0
    while job_of(desk, identity)["state"] in ("waiting", "working"):
        assert desk.get(f"{API}/events", params={"search": "Hawija"}).status_code == 200
        assert desk.get(f"{API}/facets").status_code == 200
        if asked % 20 == 0:
            said = {"kind": "comment", "ids": [event], "by": "A", "reason": f"number {asked}"}
            assert desk.post(f"{API}/verdicts", json=said).status_code in (201, 404)
        asked += 1
    assert asked > 3
    assert job_of(desk, identity)["state"] == "done"


def test_a_job_that_is_stopped_keeps_what_is_done_and_may_be_gone_on_with(desk: TestClient) -> None:
    before = desk.get(f"{API}/info").json()["counts"]["articles"]
    identity = send(desk, many(150)).json()["job"]["id"]
    end = time.monotonic() + ENDS_WITHIN
    while job_of(desk, identity)["stage"] != "coding":
        assert time.monotonic() < end
        time.sleep(0.01)
    assert desk.delete(f"{API}/jobs/{identity}").status_code == 200
    job = ended(desk, identity)
    assert job["state"] == "stopped"
    assert "What was done is kept" in job["words"]
    counts = desk.get(f"{API}/info").json()["counts"]
    assert counts["articles"] == before + 150
    assert counts["coded"] < counts["articles"]
    assert desk.delete(f"{API}/jobs/{identity}").json()["state"] == "stopped", "once more changes nothing"
    ended(desk, desk.post(f"{API}/jobs").json()["job"]["id"])
    counts = desk.get(f"{API}/info").json()["counts"]
    assert counts["coded"] == counts["articles"]


def test_jobs_wait_for_one_another_and_can_be_stopped_before(desk: TestClient) -> None:
    first = send(desk, many(40)).json()["job"]["id"]
    second = send(desk, files_of(**{"late.txt": article(99)})).json()["job"]["id"]
    assert desk.delete(f"{API}/jobs/{second}").json()["state"] == "stopped"
    assert ended(desk, first)["state"] == "done"


def test_what_a_server_left_is_taken_up_by_the_next(desk: TestClient, opens: Opens) -> None:
    jobs: Jobs = desk.app.state.jobs  # type: ignore[attr-defined]
    identity = send(desk, many(100)).json()["job"]["id"]
    jobs.close()
    assert job_of(desk, identity)["state"] != "done"
    following = opens()
    assert ended(following, identity)["state"] == "done"
    assert following.get(f"{API}/info").json()["counts"]["articles"] == 1 + 100


def test_a_process_that_dies_is_told(desk: TestClient) -> None:
    import multiprocessing

    identity = send(desk, many(150)).json()["job"]["id"]
    end = time.monotonic() + ENDS_WITHIN
    while job_of(desk, identity)["stage"] not in ("adding", "coding"):
        assert time.monotonic() < end
        time.sleep(0.01)
    (process,) = [each for each in multiprocessing.active_children() if each.name == "dateline-job"]
    process.kill()
    job = ended(desk, identity)
    assert job["state"] == "failed"
    assert "add the files again" in job["words"]


@pytest.mark.parametrize(
    ("files", "fields", "word"),
    [
        ([], {}, "no files"),
        (many(1), {"published": "yesterday"}, "not a date"),
    ],
)
def test_an_upload_that_cannot_be_used_is_told(
    desk: TestClient, files: Files, fields: dict[str, str], word: str
) -> None:
    nothing = {"other": (None, b"x", "text/plain")}
    told = desk.post(f"{API}/uploads", files=files or nothing, data=fields)
    assert told.status_code == 400
    assert word in told.json()["detail"]


def test_what_is_no_form_is_told(desk: TestClient) -> None:
    for content, kind in ((b"{}", "application/json"), (b"--x\r\nbroken", "multipart/form-data; boundary=x")):
        told = desk.post(f"{API}/uploads", content=content, headers={"content-type": kind})
        assert told.status_code == 400
        assert "multipart" in told.json()["detail"]


def test_an_upload_has_a_largest_size_and_count(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "MOST_FILES", 2)
    told = send(desk, many(3))
    assert (told.status_code, "dateline add" in told.json()["detail"]) == (413, True)
    monkeypatch.setattr(multipart, "LARGEST_UPLOAD", 1_000)
    told = send(desk, files_of(**{"large.txt": b"x" * 5_000}))
    assert told.status_code == 413


def test_a_full_disk_is_told_and_leaves_nothing(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.web.uploads.ROOM", 10**18)
    assert send(desk, many(1)).status_code == 507
    monkeypatch.setattr("dateline.web.uploads.ROOM", 0)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Form, "_data_comes", full)
    told = send(desk, many(1))
    assert told.status_code == 507
    assert "Nothing was kept" in told.json()["detail"]
    monkeypatch.undo()
    monkeypatch.setattr(Jobs, "submit", full)
    for told in (send(desk, many(1)), desk.post(f"{API}/jobs")):
        assert (told.status_code, "No space left" in told.json()["detail"]) == (507, True)
    monkeypatch.setattr(Jobs, "place", full)
    for told in (send(desk, many(1)), desk.post(f"{API}/jobs")):
        assert (told.status_code, "No space left" in told.json()["detail"]) == (507, True)
    assert desk.get(f"{API}/jobs").json()["items"] == []
    assert not desk.app.state.jobs.folder.exists()  # type: ignore[attr-defined]


def test_only_an_admin_stops_what_others_began(signs_in: Opens) -> None:
    desk = signs_in("Admin One")
    identity = send(desk, many(100)).json()["job"]["id"]
    answer = desk.post(f"{API}/session", json={"name": "Reviewer One", "password": "three plain words"})
    desk.headers["X-CSRF-Token"] = answer.json()["csrf"]
    told = desk.delete(f"{API}/jobs/{identity}")
    assert told.status_code == 403
    assert "Admin One" in told.json()["detail"]
    answer = desk.post(f"{API}/session", json={"name": "Admin One", "password": "three plain words"})
    desk.headers["X-CSRF-Token"] = answer.json()["csrf"]
    assert desk.delete(f"{API}/jobs/{identity}").status_code == 200
    ended(desk, identity)


def test_what_somebody_began_stands_in_the_log_under_their_name(
    signs_in: Opens, path: Path, config: Config
) -> None:
    desk = signs_in("Reviewer One")
    first = send(desk, many(2), outlet="Zab News").json()["job"]["id"]
    ended(desk, first)
    second = desk.post(f"{API}/jobs").json()["job"]["id"]
    ended(desk, second)
    with open_workspace(path, create=False, readonly=True, config=config) as workspace:
        log = list(workspace.entries())
        assert workspace.audit().broken is None
    assert [(each.kind, each.by, each.subject, each.what) for each in log if isinstance(each, Write)] == [
        ("upload", "Reviewer One", first, "2 files, published 2016-10-23, Zab News"),
        ("code", "Reviewer One", second, ""),
    ]


def test_an_upload_that_the_log_cannot_take_is_not_begun(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise WorkspaceFullError("the disk is full; free some space and try again")

    monkeypatch.setattr("dateline.workspace.Workspace.note", full)
    assert send(desk, many(1)).status_code == 507
    assert desk.post(f"{API}/jobs").status_code == 507
    assert desk.get(f"{API}/jobs").json()["items"] == []
    folder = desk.app.state.jobs.folder  # type: ignore[attr-defined]
    assert not folder.exists()


def test_an_upload_into_a_workspace_of_a_newer_version_is_not_begun(desk: TestClient, path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    told = send(desk, many(1))
    assert (told.status_code, "newer dateline" in told.json()["detail"]) == (503, True)
    assert desk.get(f"{API}/jobs").json()["items"] == []
    assert not desk.app.state.jobs.folder.exists()  # type: ignore[attr-defined]


FULL_WHILE_ADDING = """
import sys
from multiprocessing import Pipe
from pathlib import Path
from dateline.config import load_config
from dateline.store import schema
from dateline.workspace.background import Work, take_in
connect = schema._connect
def full(path, *, readonly):
    connection = connect(path, readonly=readonly)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    return connection
schema._connect = full
ours, theirs = Pipe()
path, folder, cache = map(Path, sys.argv[1:])
take_in(path, load_config({"DATELINE_CACHE": str(cache)}), Work(folder=folder), theirs)
while ours.poll():
    told = ours.recv()
print(told.stage, told.words)
"""


def test_a_disk_that_is_full_while_files_are_added_is_told(path: Path, tmp_path: Path, config: Config) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, (_, content, _) in ((each[1][0].rpartition("/")[2], each[1]) for each in many(40)):
        (folder / name).write_bytes(content * 30)
    command = (sys.executable, "-c", FULL_WHILE_ADDING, path, folder, config.cache)
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.startswith("failed the disk that holds small.dateline is full; free some space and try again.")
    with open_workspace(path, create=False, config=config) as workspace:
        assert workspace.counts().articles > 0
        assert workspace.audit().broken is None


def test_a_job_that_is_none(desk: TestClient) -> None:
    for answer in (
        desk.get(f"{API}/jobs/job_1"),
        desk.get(f"{API}/jobs/job_1/progress"),
        desk.delete(f"{API}/jobs/job_1"),
    ):
        assert answer.status_code == 404


# names


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("a.txt", "a.txt"),
        ("box/sub/a.txt", "box/sub/a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\a.txt", "C_/Users/me/a.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("", "file"),
        ("..", "file"),
        ("...", "file"),
        ("a/./b//c.txt ", "a/b/c.txt"),
        ("-", "-"),
        ("*?.txt", "__.txt"),
        ("تقرير.txt", "تقرير.txt"),
    ],
)
def test_names_lead_nowhere_else(given_: str, kept: str) -> None:
    assert safe_name(given_).as_posix() == kept


@given(st.text(max_size=600))
def test_no_name_leads_out_of_its_folder_or_is_too_long(name: str) -> None:
    path = safe_name(name)
    assert not path.is_absolute()
    assert path.parts
    for part in path.parts:
        assert part not in (".", "..", "")
        assert len(part.encode("utf-8")) <= 200
        assert not set(part) & set("/\\\x00\n")


def test_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    form = Form("multipart/form-data; boundary=x", tmp_path)
    for name in ("a.txt", "a.txt", "a.txt/b.txt"):
        form.feed(
            f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n{name}\r\n'.encode()
        )
    form.feed(b"--x--\r\n")
    form.end()
    kept = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert len(kept) == form.files == 3
    assert "a.txt" in kept


@given(st.binary(max_size=2_000), st.integers(1, 50))
def test_whatever_the_bytes_and_however_they_are_cut(content: bytes, step: int) -> None:
    import tempfile

    body = (
        b'--xyzzyx\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
        + content
        + b'\r\n--xyzzyx\r\nContent-Disposition: form-data; name="outlet"\r\n\r\nZab News\r\n--xyzzyx--\r\n'
    )
    if b"--xyzzyx" in content:
        return
    with tempfile.TemporaryDirectory() as folder:
        form = Form("multipart/form-data; boundary=xyzzyx", Path(folder))
        for start in range(0, len(body), step):
            form.feed(body[start : start + step])
        form.end()
        assert (Path(folder) / "a.bin").read_bytes() == content
        assert form.fields == {"outlet": "Zab News"}


@given(st.binary(max_size=500))
def test_garbage_is_a_problem_and_no_fault(body: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        form = Form("multipart/form-data; boundary=x", Path(folder))
        try:
            form.feed(b"--x\r\n" + body)
            form.end()
        except (InputError, ProblemError):
            pass
        finally:
            form.close()
