"""Work for a server in processes of their own, so that the server goes on answering: linking, taking in.

They are started by `web`, told what to do through a pipe, and end when it is closed or their parent is gone.
"""

import os
import signal
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from dateline.config import Config
from dateline.errors import DatelineError
from dateline.workspace.record import open_workspace

# Reading goes before: the server's own process answers people who wait.
NICENESS = 5
# A process that links and is asked for nothing ends after so many seconds, and gives its memory back.
IDLE_SECONDS = 600.0
# Refusals that are told at once, and how often progress is told at most, in articles.
REFUSALS_TOLD = 50


class Linked(msgspec.Struct, frozen=True):
    """The end of linking: `fault` says why it could not be done."""

    fault: str | None = None


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What to take in: everything below `folder`, with what is said of all of it."""

    folder: Path
    published: str | None = None
    outlet: str | None = None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal with what to do about it."""

    locator: str
    reason: str
    detail: str
    advice: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far taking in is: `done` of `total` (None: not known) in this stage, and what came of it so far."""

    stage: str
    done: int = 0
    total: int | None = None
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    reports: int = 0
    failed: int = 0
    refusals: tuple[Refusal, ...] = ()
    fault: str | None = None


class _StoppedError(Exception):
    """The work was asked to stop."""


def link_when_asked(path: Path, config: Config, pipe: Connection) -> None:
    """Link the workspace each time something comes through `pipe`, and answer with Linked."""
    _behind_the_server()
    try:
        while pipe.poll(IDLE_SECONDS):
            pipe.recv()
            pipe.send(_linked(path, config))
    except (EOFError, OSError):
        return  # nobody is there to be told


def _linked(path: Path, config: Config) -> Linked:
    try:
        with open_workspace(path, create=False, config=config) as workspace:
            workspace.link()
    except (DatelineError, OSError) as error:
        return Linked(str(error).replace(str(path), path.name))
    except Exception as error:  # noqa: BLE001 - whatever it is, the server has to go on and to tell it
        return Linked(f"{type(error).__name__}: {error}")
    return Linked()


def _behind_the_server() -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent; work behind it; end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
