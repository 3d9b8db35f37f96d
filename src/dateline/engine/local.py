"""The local engine: this process, or a pool of processes on this machine."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Items under way per worker: enough to keep it busy, few enough to keep memory flat.
IN_FLIGHT = 4

_work: Callable[[Any], Any] | None = None


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    global _work  # noqa: PLW0603 - a worker process holds its loaded function here, once
    _work = start()


def _call(item: Any) -> Any:
    if _work is None:
        raise RuntimeError("worker was not started")
    return _work(item)


class LocalEngine:
    """Runs in this process with one worker, in a pool of processes with more; see `engine.base.Engine`."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def map(self, start: Callable[[], Callable[[T], R]], items: Iterable[T]) -> Iterator[R]:
        """Yield the result for each item, in the order of `items`."""
        if self.workers <= 1:
            work = start()
            for item in items:
                yield work(item)
            return
        pool = ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_start, initargs=(start,)
        )
        with pool:
            waiting: deque[Future[R]] = deque()
            for item in items:
                waiting.append(pool.submit(_call, item))
                if len(waiting) >= self.workers * IN_FLIGHT:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
