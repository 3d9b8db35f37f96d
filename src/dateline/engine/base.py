"""What an engine is."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs one function over many items; the answer does not depend on how many workers do it.

    Members of the entry-point group `dateline.engines` are called with the number of workers.
    """

    def map(self, start: Callable[[], Callable[[T], R]], items: Iterable[T]) -> Iterator[R]:
        """Yield the result for each item, in the order of `items`.

        `start` is called at most once per worker, before its first item, and returns the function, so that
        what is slow to load (gazetteer, model) is loaded once. Items are drawn only as fast as results are
        taken. An exception of `start` or of the function ends the iteration and is raised here. With several
        workers `start`, items and results must be picklable.
        """
        ...
