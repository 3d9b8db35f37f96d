"""What is served: the workspace, its settings and the clock, and read-only doors to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Annotated

import msgspec
from fastapi import Depends, Request

from dateline.config import Config
from dateline.workspace import Workspace, open_workspace

VERSION = version("dateline")
# Read-only connections that are kept open for the next request; more are opened as needed and closed again.
KEPT_OPEN = 8


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """What `dateline serve` was told; `clock` gives the time as ISO 8601 in UTC.

    `token` lets in whoever sends it. `names` are the names, beside this machine's own, under which the server
    may be asked. `public`: others can reach it, so that nobody comes in without an account or the token.
    `writable`: whether the file can be written.
    """

    path: Path
    config: Config
    clock: Callable[[], str]
    token: str | None = None
    names: tuple[str, ...] = ()
    public: bool = False
    writable: bool = True


class Readers:
    """Read-only workspaces on one file, each used by one request at a time."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._idle: SimpleQueue[Workspace] = SimpleQueue()

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """Lend a workspace that can be read and not written.

        Raises WorkspaceError where the file is of another version by now, also for one that was opened before.
        """
        try:
            workspace = self._idle.get_nowait()
        except Empty:
            workspace = open_workspace(
                self._served.path, create=False, readonly=True, config=self._served.config
            )
        try:
            workspace.check()
            yield workspace
        except BaseException:
            workspace.close()
            raise
        if self._idle.qsize() < KEPT_OPEN:
            self._idle.put(workspace)
        else:
            workspace.close()

    def close(self) -> None:
        """Close what lies idle."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


def served_by(request: Request) -> Served:
    """Return what this application serves."""
    found: Served = request.app.state.served
    return found


def _reading(request: Request) -> Iterator[Workspace]:
    readers: Readers = request.app.state.readers
    with readers.reading() as workspace:
        yield workspace


# The workspace of a request that reads.
Reading = Annotated[Workspace, Depends(_reading)]
