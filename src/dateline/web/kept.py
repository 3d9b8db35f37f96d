"""Lists that take long to make, kept until the record changes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from fastapi import Request

from dateline.model.wire import encode
from dateline.store.looks import State
from dateline.workspace import Workspace

T = TypeVar("T")

# Lists in memory at once: what a few people look at.
LISTS = 12


class Kept:
    """The lists by what they were asked with; one is made at a time, so that nobody makes it twice."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._lists: OrderedDict[bytes, tuple[State, Any]] = OrderedDict()

    def get(self, state: State, asked: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what `make` gave for `asked` in this state of the record, made now if it was not yet."""
        key = encode(asked)
        with self._lock:
            found = self._lists.get(key)
            if found is None or found[0] != state:
                found = (state, make())
            self._lists[key] = found
            self._lists.move_to_end(key)
            while len(self._lists) > LISTS:
                self._lists.popitem(last=False)
            made: T = found[1]
            return made


def kept(request: Request, workspace: Workspace, asked: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives for `asked`, out of memory where the record is as it was."""
    lists: Kept = request.app.state.kept
    return lists.get(workspace.state(), asked, make)
