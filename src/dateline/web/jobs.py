"""Jobs: what was uploaded is added and coded, one job after another, each in a process of its own.

A job's folder lies beside the gazetteer until it is done. So a job that a killed server left goes on at the
next start: adding the same again changes nothing.
"""

import secrets
import shutil
import threading
from collections import OrderedDict, deque
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import msgspec
from fastapi import Request

from dateline.errors import NotFoundError
from dateline.model.ids import digest
from dateline.model.wire import decode, encode
from dateline.web.hub import Hub
from dateline.web.linking import RECORD
from dateline.web.served import Served
from dateline.workspace.accounts import seconds
from dateline.workspace.background import ENDS, Progress, Refusal, Work, take_in

State = Literal["waiting", "working", "done", "stopped", "failed"]

# Jobs that are over and still listed.
KEPT_JOBS = 50
# How long a job that is asked to stop may take to come to the end of an article before it is ended; less where
# the server ends, since it goes on at the next start.
STOP_SECONDS, CLOSE_SECONDS = 10.0, 2.0
LOOK_SECONDS = 0.2
# An upload that was never whole is thrown away at a start this many seconds after it began.
ABANDONED_SECONDS = 24 * 3600
NOTE = "job.json"
FILES = "files"
CUT_OFF = "The process that read it has ended unexpectedly. What was done is kept; add the files again."
SOON, WAITING = "Begins soon", "Waits for the job before it"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a job in its folder, from the moment that it is whole until it is over."""

    id: str
    by: str | None
    begun: str
    files: int
    published: str | None = None
    outlet: str | None = None
    folder: bool = True


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job and how far it is; see `Progress`. Times are ISO 8601 in UTC."""

    id: str
    state: State
    by: str | None
    begun: str
    ended: str | None
    files: int
    stage: str
    done: int
    total: int | None
    words: str
    rejected: int
    refusals: tuple[Refusal, ...]


def topic_of(job: str) -> str:
    """Return the topic of the hub under which news of a job is told."""
    return f"job {job}"


class Jobs:
    """The jobs of one server, and the thread that does them."""

    def __init__(self, served: Served, hub: Hub) -> None:
        self._served = served
        self._hub = hub
        # Servers on several workspaces share the cache.
        self.folder = served.config.cache.absolute() / "uploads" / digest(str(served.path.absolute()))
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._notes: dict[str, Note] = {}
        self._waiting: deque[str] = deque()
        self._stopping: set[str] = set()
        self._wake = threading.Condition(self._lock)
        self._closing = False
        self._thread: threading.Thread | None = None

    # what a request asks for

    def place(self) -> tuple[str, Path]:
        """Return a new job's id and the folder that its files go to."""
        identity = f"job_{secrets.token_hex(8)}"
        files = self.folder / identity / FILES
        files.mkdir(parents=True)
        return identity, files

    def discard(self, identity: str) -> None:
        """Throw away the files of a job."""
        shutil.rmtree(self.folder / identity, ignore_errors=True)
        with suppress(OSError):  # another job's files are there
            self.folder.rmdir()

    def submit(self, note: Note) -> Job:
        """Take a job up whose files are all there."""
        where = self.folder / note.id
        where.mkdir(parents=True, exist_ok=True)
        draft = where / f"{NOTE}.part"
        draft.write_bytes(encode(note))
        draft.replace(where / NOTE)
        return self._enqueue(note)

    def all(self) -> tuple[Job, ...]:
        """Return the jobs, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, identity: str) -> Job:
        """Return a job; raises NotFoundError for none."""
        with self._lock:
            found = self._jobs.get(identity)
        if found is None:
            raise NotFoundError(
                f"there is no job {identity!r}; it may have ended before the server was last started"
            )
        return found

    def stop(self, identity: str) -> Job:
        """Stop a job, keeping what is done; one that is over stays as it is. Raises NotFoundError for none."""
        job = self.job(identity)
        with self._wake:
            if job.state == "waiting" and identity in self._waiting:
                self._waiting.remove(identity)
            elif job.state in ("waiting", "working"):
                self._stopping.add(identity)
                return self._jobs[identity]
            else:
                return self._jobs[identity]
        self._end(identity, Progress(stage="stopped", words="Stopped before it began."))
        return self.job(identity)

    # from start to end

    def begin(self) -> None:
        """Take up the jobs that the last server left, and throw away uploads that were never whole."""
        if not self._served.writable or not self.folder.is_dir():
            return
        now = seconds(self._served.clock())
        for where in sorted(self.folder.iterdir()):
            note = _note(where / NOTE)
            if note is not None:
                self._enqueue(note)
            elif now - where.stat().st_mtime > ABANDONED_SECONDS:
                shutil.rmtree(where, ignore_errors=True)

    def close(self) -> None:
        """End; jobs that are not over go on at the next start."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _enqueue(self, note: Note) -> Job:
        with self._wake:
            busy = any(each.state not in ENDS for each in self._jobs.values())
            job = Job(
                id=note.id, state="waiting", by=note.by, begun=note.begun, ended=None, files=note.files,
                stage="waiting", done=0, total=None, words=WAITING if busy else SOON, rejected=0, refusals=(),
            )  # fmt: skip
            self._jobs[note.id] = job
            self._notes[note.id] = note
            self._waiting.append(note.id)
            over = [each.id for each in self._jobs.values() if each.state in ENDS]
            for identity in over[: max(0, len(over) - KEPT_JOBS)]:
                del self._jobs[identity]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
            self._wake.notify_all()
        return job

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting or self._closing)
                if self._closing:
                    return
                identity = self._waiting.popleft()
                note = self._notes[identity]
            try:
                end = self._work(note)
            except OSError as error:  # no process can be started, or its files have gone
                end = Progress(stage="failed", words=f"It could not be begun ({error}); add the files again.")
            if end is not None:
                self._end(identity, end)

    def _work(self, note: Note) -> Progress | None:
        """Do a job; return how it ended, None where it goes on at the next start."""
        # Spawned, not forked: a fork would copy the server's threads and open files half-way.
        context = get_context("spawn")
        pipe, theirs = context.Pipe()
        folder = self.folder / note.id / FILES if note.folder else None
        work = Work(folder=folder, published=note.published, outlet=note.outlet)
        path, config = self._served.path.absolute(), self._served.config
        # No daemon: it may have workers of its own.
        process = context.Process(target=take_in, args=(path, config, work, theirs), name="dateline-job")
        process.start()
        theirs.close()
        self._change(note.id, state="working", words="Begins")
        try:
            return self._follow(note.id, pipe)
        finally:
            pipe.close()
            process.join(CLOSE_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def _follow(self, identity: str, pipe: Connection) -> Progress | None:
        """Note what the process tells until it ends; return its last word."""
        asked, waited = False, 0.0
        while True:
            stopping = identity in self._stopping or self._closing
            if stopping and not asked:
                asked = True
                _ask_to_stop(pipe)
            if pipe.poll(LOOK_SECONDS):
                try:
                    told = pipe.recv()
                except (EOFError, OSError):
                    return None if self._closing else Progress(stage="failed", words=CUT_OFF)
                if told.stage in ENDS:
                    return None if self._closing and told.stage == "stopped" else told
                self._tell(identity, told)
            elif asked:
                waited += LOOK_SECONDS
                if waited > (CLOSE_SECONDS if self._closing else STOP_SECONDS):
                    return (
                        None
                        if self._closing
                        else Progress(stage="stopped", words="Stopped. What was done is kept.")
                    )

    # what is told

    def _tell(self, identity: str, told: Progress, **changes: object) -> None:
        self._change(
            identity, stage=told.stage, done=told.done, total=told.total, words=told.words,
            rejected=told.rejected, refusals=told.refusals, **changes,
        )  # fmt: skip

    def _end(self, identity: str, told: Progress) -> None:
        self.discard(identity)
        self._tell(identity, told, state=told.stage, ended=self._served.clock())
        with self._lock:
            self._stopping.discard(identity)
            self._notes.pop(identity, None)
        self._hub.ring(RECORD)

    def _change(self, identity: str, **changes: object) -> None:
        with self._lock:
            self._jobs[identity] = msgspec.structs.replace(self._jobs[identity], **changes)
        self._hub.ring(topic_of(identity))


def _note(path: Path) -> Note | None:
    """Return what is kept of a job, None where it is not there or was not written by this version."""
    try:
        return decode(path.read_bytes(), Note)
    except (OSError, msgspec.DecodeError):
        return None


def _ask_to_stop(pipe: Connection) -> None:
    with suppress(OSError):  # it has ended by itself
        pipe.send("stop")


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of this application."""
    found: Jobs = request.app.state.jobs
    return found
