"""Linking behind the answers: a verdict is kept at once, and the events follow when this is done."""

import threading
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from fastapi import Request

from dateline.web.hub import Hub
from dateline.web.served import Served
from dateline.workspace.background import Linked, link_when_asked

# The topic of the hub under which news of the record is told.
RECORD = "record"
# Verdicts come in bursts: one linking serves those within so many seconds.
DEBOUNCE_SECONDS = 0.15
# After a fault the next try waits so long, twice as long after each further one, and so long at most.
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0
# How long the end of the server waits for linking that is under way. Cut off, it is done at the next start.
GRACE_SECONDS = 3.0
GONE = "the process that makes the events has ended unexpectedly; it is tried again"


class Linking:
    """A thread that has a process link whenever it is asked to, one linking at a time."""

    def __init__(self, served: Served, hub: Hub) -> None:
        self._served = served
        self._hub = hub
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self.trouble: str | None = None

    def want(self) -> None:
        """Ask for the events to be made anew soon; returns at once."""
        if not self._served.writable:
            return
        self._wanted.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="linking", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End; what is not linked by now is linked at the next start."""
        self._closing.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(2 * GRACE_SECONDS)
        self._end_process()

    def _run(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            self._wanted.wait()
            self._closing.wait(DEBOUNCE_SECONDS)
            self._wanted.clear()
            if self._closing.is_set():
                return
            self.trouble = self._link()
            self._hub.ring(RECORD)
            if self.trouble is None:
                wait = FIRST_WAIT_SECONDS
                continue
            self._closing.wait(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)
            self._wanted.set()

    def _link(self) -> str | None:
        """Have the process link; return what went wrong."""
        try:
            pipe = self._started()
            pipe.send(True)  # noqa: FBT003 - anything will do
            while not pipe.poll(GRACE_SECONDS):
                if self._closing.is_set():
                    return None
            answer = pipe.recv()
        except (EOFError, OSError):
            self._end_process()
            return GONE
        return answer.fault if isinstance(answer, Linked) else GONE

    def _started(self) -> Connection:
        """Return the pipe to the process, which is started where there is none."""
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end_process()
            # Spawned, not forked: a fork would copy the server's threads and open files half-way.
            context = get_context("spawn")
            pipe, theirs = context.Pipe()
            process = context.Process(
                target=link_when_asked,
                args=(self._served.path.absolute(), self._served.config, theirs),
                name="dateline-linking",
                daemon=True,
            )
            process.start()
            theirs.close()
            self._pipe, self._process = pipe, process
        return self._pipe

    def _end_process(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.join(GRACE_SECONDS if self._closing.is_set() else 0)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        self._pipe = self._process = None


def linking_of(request: Request) -> Linking:
    """Return the linking of this application."""
    found: Linking = request.app.state.linking
    return found
