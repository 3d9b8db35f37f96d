"""The local engine: this process, or a pool of processes on this machine."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from dateline.engine.children import follow_parent
from dateline.errors import DatelineError

T = TypeVar("T")
R = TypeVar("R")

# Items under way per worker: enough to keep it busy, few enough to keep memory flat.
IN_FLIGHT = 4

_start_work: Callable[[], Callable[[Any], Any]] | None = None
_work: Callable[[Any], Any] | None = None


def _prepare(start: Callable[[], Callable[[Any], Any]]) -> None:
    """Set a worker process up; what is slow to load waits for the first item: its errors can then be told."""
    global _start_work  # noqa: PLW0603 - a worker process holds this once, for its whole life
    _start_work = start
    follow_parent()


def _call(item: Any) -> Any:
    global _work  # noqa: PLW0603 - as above
    if _work is None:
        if _start_work is None:
            raise RuntimeError("a worker was given work before it was set up")
        _work = _start_work()
    return _work(item)


class LocalEngine:
    """Runs in this process with one worker, in a pool of processes with more; see `engine.base.Engine`."""

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def map(self, start: Callable[[], Callable[[T], R]], items: Iterable[T]) -> Iterator[R]:
        """Yield the result for each item, in the order of `items`.

        Raises DatelineError when a worker process dies.
        """
        if self.workers <= 1:
            return _map_here(start, items)
        return _map_in_pool(start, items, self.workers)


def _map_here(start: Callable[[], Callable[[T], R]], items: Iterable[T]) -> Iterator[R]:
    work: Callable[[T], R] | None = None
    for item in items:
        if work is None:
            work = start()
        yield work(item)


def _map_in_pool(start: Callable[[], Callable[[T], R]], items: Iterable[T], workers: int) -> Iterator[R]:
    # Spawned, not forked: a fork would copy open database handles and the threads of libraries half-way.
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_prepare, initargs=(start,)
    )
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(_call, item))
            if len(waiting) >= workers * IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DatelineError(
            "a worker process died, most likely for want of memory; what was done is kept: "
            "run the same command with --workers 1"
        ) from error
    finally:
        # An iteration that is left early must not wait for work that nobody will look at.
        pool.shutdown(wait=True, cancel_futures=True)
