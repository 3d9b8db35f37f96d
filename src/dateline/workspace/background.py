"""Work for a server in processes of their own, so that the server goes on answering: linking and taking in.

They are started by `web`, told what to do through a pipe, and end when it is closed or their parent is gone.
"""

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import msgspec

from dateline.config import Config, fixed
from dateline.engine.children import follow_parent
from dateline.errors import DatelineError
from dateline.export.wording import counted
from dateline.workspace.record import Workspace, open_workspace

# Reading goes before: the server's own process answers people who wait.
NICENESS = 5
# A process that links and is asked for nothing ends after so many seconds, and gives its memory back.
IDLE_SECONDS = 600.0

Stage = Literal["adding", "coding", "linking", "done", "stopped", "failed"]
ENDS: tuple[Stage, ...] = ("done", "stopped", "failed")


class Linked(msgspec.Struct, frozen=True):
    """The end of linking: `fault` says why it could not be done."""

    fault: str | None = None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why an input was not taken in, and what to do about it."""

    locator: str
    reason: str
    detail: str
    advice: str


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far taking in is: `done` of `total` articles (None: not known) of a stage, in words too.

    `rejected` counts all refusals, `refusals` holds the first ones.
    """

    stage: Stage
    done: int = 0
    total: int | None = None
    words: str = ""
    rejected: int = 0
    refusals: tuple[Refusal, ...] = ()


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What to take in: all files below `folder` (None: what waits to be coded), and what is said of them."""

    folder: Path | None
    published: str | None = None
    outlet: str | None = None


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
    except Exception as error:  # noqa: BLE001 - whatever it is, the server has to go on and to tell it
        return Linked(_words(error, path))
    return Linked()


def take_in(path: Path, config: Config, work: Work, pipe: Connection) -> None:
    """Add and code the files of `work`, telling Progress through `pipe`; stop when something comes through it.

    Files are named as they lie below the folder, so that refusals name what the person gave.
    """
    _behind_the_server()
    taking = _Taking(pipe)
    try:
        if work.folder is not None:
            config = fixed(config)
            os.chdir(work.folder)
        with open_workspace(path, create=False, config=config) as workspace:
            taking.all_of(work, workspace)
    except _StoppedError:
        taking.tell("stopped", words=f"Stopped. {taking.result} What was done is kept.")
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, the person who waits is to be told
        taking.tell("failed", words=f"{_words(error, path)} {taking.result}".strip())


class _Taking:
    """One run of adding and coding, and what it has told."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._last = Progress(stage="adding", words="Adding")
        self.result = ""

    def all_of(self, work: Work, workspace: Workspace) -> None:
        if work.folder is not None:
            self._add(work, workspace)
        self._code(workspace)

    def tell(self, stage: Stage, *, done: int = 0, total: int | None = None, words: str) -> None:
        self._last = msgspec.structs.replace(self._last, stage=stage, done=done, total=total, words=words)
        self._pipe.send(self._last)

    def _ticks(self, tell: Callable[[int], None]) -> Callable[[], None]:
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            tell(done)
            if self._pipe.poll():
                raise _StoppedError

        return tick

    def _add(self, work: Work, workspace: Workspace) -> None:
        self.tell("adding", words="Adding")
        tick = self._ticks(lambda done: self.tell("adding", done=done, words=f"Adding: {done:,} read"))
        added = workspace.add(".", published=work.published, outlet=work.outlet, tick=tick)
        parts = (f"{added.new:,} new", f"{added.updated:,} updated", f"{added.unchanged:,} already there")
        self.result = f"{', '.join(parts)}, {added.rejected:,} rejected."
        self._last = msgspec.structs.replace(
            self._last,
            rejected=added.rejected,
            refusals=tuple(
                Refusal(locator=each.locator, reason=each.reason, detail=each.detail, advice=each.advice)
                for each in added.refusals
            ),
        )

    def _code(self, workspace: Workspace) -> None:
        total = workspace.uncoded()
        self.tell("coding", total=total, words=f"Coding {counted(total, 'article')}")

        def tell(done: int) -> None:
            if done < total:
                words = f"Coding: {done:,} of {counted(total, 'article')}"
                self.tell("coding", done=done, total=total, words=words)
            else:
                self.tell("linking", done=done, total=total, words="Linking reports into events")

        coded = workspace.code(tick=self._ticks(tell))
        failed = f" {counted(coded.failed, 'article')} failed." if coded.failed else ""
        told = (counted(coded.reports, "report"), f"{counted(coded.events, 'event')} in all")
        result = f"{self.result} {counted(coded.articles, 'article')} coded, {', '.join(told)}.{failed}"
        self.tell("done", done=total, total=total, words=result.strip())


def _words(error: Exception, path: Path) -> str:
    """Return an error in words that say nothing of where the server keeps its files."""
    told = str(error) if isinstance(error, DatelineError | OSError) else f"{type(error).__name__}: {error}"
    words = told.replace(str(path), path.name)
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _behind_the_server() -> None:
    """Stand back behind the server's own process, and end with it."""
    follow_parent()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
