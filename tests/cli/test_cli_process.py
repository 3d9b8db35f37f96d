"""What only a real process shows: exit codes, signals, pipes, and that killed work goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.config import Config
from dateline.workspace import Workspace, open_workspace

DATELINE = (sys.executable, "-m", "dateline")
# More than one batch of `add`; and enough that coding takes half a second: it must be caught in the middle.
MANY = 100
CODED = 60
PLACES = ("Hawija", "Kirkuk", "Mosul", "Tikrit", "Baiji")


def article(number: int) -> str:
    text = (
        f"Gunmen attacked checkpoint {number} near {PLACES[number % 5]} on Friday and killed {number % 9 + 2} "
        f"soldiers of brigade {number}, an army officer said.\n\nThe army arrested {number % 5 + 2} men "
        f"in the village of Station {number} on Saturday, he said. A curfew was imposed in the town."
    )
    return json.dumps({"text": text, "published": "2016-10-23", "outlet": f"Outlet {number % 7}"}) + "\n"


@pytest.fixture
def environment(settings: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **settings}  # noqa: TID251 - a process needs the rest of it


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Return a function that starts `dateline` in an empty folder; what still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def starting(*arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            (*DATELINE, *arguments),
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield starting
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def look(gazetteer_cache: Path, tmp_path: Path) -> Callable[[], Workspace]:
    path = tmp_path / "news.dateline"
    config = Config(cache=gazetteer_cache, workspace=path, coder="patterns", workers=1)
    return lambda: open_workspace(path, create=True, config=config)


def wait_for(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if process.poll() is not None or holds():
            return
        time.sleep(0.01)
    pytest.fail("the process never came so far")


def export_of(opened: Workspace, path: Path) -> bytes:
    with path.open("wb") as stream:
        opened.export("jsonl", stream)
    return path.read_bytes()


def test_a_killed_add_is_resumed(
    start: Callable[..., subprocess.Popen[bytes]], look: Callable[[], Workspace], tmp_path: Path
) -> None:
    lines = [article(number) for number in range(MANY)]
    process = start("add", "-")
    assert process.stdin
    process.stdin.write("".join(lines[:95]).encode())
    process.stdin.flush()  # and left open: the command waits for more when it is killed
    with look() as opened:
        wait_for(lambda: opened.counts().articles > 0, process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kept = opened.counts().articles
    assert 0 < kept < MANY
    (tmp_path / "all.jsonl").write_text("".join(lines), "utf-8")
    again = start("add", "all.jsonl")
    _, said = again.communicate()
    assert again.returncode == 0, said
    assert f"{MANY - kept} new, 0 updated, {kept} already there" in said.decode()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_a_stopped_code_is_resumed(
    sent: signal.Signals,
    code: int,
    start: Callable[..., subprocess.Popen[bytes]],
    look: Callable[[], Workspace],
    tmp_path: Path,
) -> None:
    source = tmp_path / "all.jsonl"
    source.write_text("".join(article(number) for number in range(CODED)), "utf-8")
    with look() as opened:
        opened.add(source)
        process = start("code")
        wait_for(lambda: opened.counts().coded > 0, process)
        os.kill(process.pid, sent)
        _, said = process.communicate()
        assert process.returncode == code, said
        kept = opened.counts().coded
        assert 0 < kept < CODED
        if sent == signal.SIGINT:
            assert said.decode().startswith("dateline: stopped; ")
            assert len(said.decode().splitlines()) == 1
            return
        assert opened.code().articles == CODED - kept
        stopped = export_of(opened, tmp_path / "stopped.jsonl")
    (tmp_path / "news.dateline").rename(tmp_path / "first.dateline")
    for leftover in tmp_path.glob("news.dateline-*"):
        leftover.unlink()
    with look() as opened:
        opened.add(source)
        opened.code()
        assert export_of(opened, tmp_path / "whole.jsonl") == stopped


def test_a_reader_that_leaves_early_ends_it_quietly(
    start: Callable[..., subprocess.Popen[bytes]], sample: Path
) -> None:
    for arguments in (("-f", "jsonl"), ()):
        process = start("events", "-w", str(sample), *arguments)
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        said = process.stderr.read().decode()
        assert process.wait() == 0, said
        assert "Traceback" not in said
        assert "rror" not in said


def test_errors_are_one_line_and_exit_code_two(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no workspace at all, but a page of notes " * 40, "utf-8")
    for arguments, words in (
        (("events",), "no workspace at news.dateline"),
        (("events", "-w", "notes.txt"), "notes.txt is not a workspace"),
        (("add", "-w", "no/such/folder.dateline", "notes.txt"), "there is no folder"),
    ):
        process = start(*arguments)
        out, said = process.communicate()
        assert process.returncode == 2, arguments
        assert out == b""
        assert words in said.decode()
        assert len(said.decode().splitlines()) == 1


def test_usage_errors_are_exit_code_two_and_help_is_zero(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    for arguments, code in ((("nosuch",), 2), (("show",), 2), ((), 0)):
        process = start(*arguments)
        process.communicate()
        assert process.returncode == code, arguments
