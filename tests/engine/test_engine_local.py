"""The local engine: the same answer with one worker and with several, and errors that can be told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.engine.local import IN_FLIGHT, LocalEngine
from dateline.errors import DatelineError, InputError
from dateline.plugins import load, names


def start_doubling() -> Callable[[int], int]:
    return double


def double(number: int) -> int:
    if number < 0:
        raise InputError(f"{number} is below zero")
    return 2 * number


def start_failing() -> Callable[[int], int]:
    raise InputError("the model cannot be loaded")


def start_dying() -> Callable[[int], int]:
    return die


def die(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 30])
def test_results_come_in_the_order_of_the_items(workers: int, count: int) -> None:
    assert list(LocalEngine(workers).map(start_doubling, range(count))) == [2 * each for each in range(count)]


@pytest.mark.parametrize("workers", [1, 2])
def test_items_are_drawn_only_as_fast_as_results_are_taken(workers: int) -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    results = LocalEngine(workers).map(start_doubling, items())
    assert [next(results) for _ in range(3)] == [0, 2, 4]
    assert drawn <= 3 + workers * IN_FLIGHT
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_of_the_work_and_of_its_start_are_raised_here(workers: int) -> None:
    engine = LocalEngine(workers)
    results = engine.map(start_doubling, [1, -1, 2])
    assert next(results) == 2
    with pytest.raises(InputError, match="-1 is below zero"):
        list(results)
    with pytest.raises(InputError, match="cannot be loaded"):
        list(engine.map(start_failing, [1]))


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_loaded_for_no_items(workers: int) -> None:
    assert list(LocalEngine(workers).map(start_failing, [])) == []


def test_a_worker_that_dies_is_an_error_of_ours() -> None:
    with pytest.raises(DatelineError, match="--workers 1"):
        list(LocalEngine(2).map(start_dying, range(5)))


SLOW = """
import os, time
from itertools import count
from dateline.engine.local import LocalEngine

def start():
    return work

def work(number):
    time.sleep(0.01)
    return os.getpid()

if __name__ == "__main__":
    for worker in LocalEngine(2).map(start, count()):
        print(worker, flush=True)
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_its_parent(tmp_path: Path, sent: signal.Signals) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW, "utf-8")
    process = subprocess.Popen((sys.executable, script), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    workers: set[int] = set()
    for line in process.stdout:
        workers.add(int(line))
        if len(workers) == 2:
            break
    os.kill(process.pid, sent)
    process.communicate()
    alive = workers
    for _ in range(500):
        alive = {worker for worker in alive if is_running(worker)}
        if not alive:
            return
        time.sleep(0.01)
    pytest.fail(f"{alive} still run")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended and waits to be noticed by its parent is not running.
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("name", names("dateline.engines"))
def test_every_engine_that_is_offered_does_the_same(name: str) -> None:
    engine = load("dateline.engines", name)(1)
    assert list(engine.map(start_doubling, range(5))) == [0, 2, 4, 6, 8]
