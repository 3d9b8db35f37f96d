"""The one door to writing: a workspace that one request at a time may write to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from dateline.errors import InputError, WorkspaceReadOnlyError
from dateline.web.problems import ProblemError
from dateline.web.served import Served
from dateline.workspace import Workspace, open_workspace


class Writer:
    """A workspace on the served file that can be written, used by one request at a time."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._lock = threading.Lock()
        self._workspace: Workspace | None = None

    @contextmanager
    def writing(self) -> Iterator[Workspace]:
        """Lend the workspace. After an error it is opened anew: what was half done is undone by the store."""
        if not self._served.writable:
            raise WorkspaceReadOnlyError("The workspace can only be read here; nothing was kept.")
        with self._lock:
            if self._workspace is None:
                self._workspace = open_workspace(self._served.path, create=False, config=self._served.config)
            try:
                yield self._workspace
            except (InputError, ProblemError):
                raise
            except BaseException:
                self._let_go()
                raise

    def close(self) -> None:
        """Let go of the file, once nobody writes."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            workspace.close()


def writer_of(request: Request) -> Writer:
    """Return the writer of this application."""
    found: Writer = request.app.state.writer
    return found
