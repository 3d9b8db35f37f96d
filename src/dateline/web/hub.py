"""Who waits for news, and streams of it as server-sent events."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress

from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from dateline.errors import WorkspaceError
from dateline.web.people import doors_of
from dateline.web.problems import ProblemError

# Proxies close what is silent for a minute; browsers then come back by themselves.
HEARTBEAT_SECONDS = 15.0
# Another process may write too, and rings no bell here: the state is looked at this often.
LOOK_SECONDS = 2.0
# Each tab of a browser holds one stream, and one more for a job that it shows.
MOST_STREAMS = 200
# How long a browser waits before it asks again when a stream broke, in milliseconds.
RETRY_MS = 2_000

Bell = asyncio.Event


class Hub:
    """Bells by topic, rung from any thread; after `close` every stream ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bells: dict[str, set[tuple[asyncio.AbstractEventLoop, Bell]]] = {}
        self.closed = False

    def ring(self, topic: str) -> None:
        """Tell all who wait for news of `topic` to look again."""
        with self._lock:
            waiting = list(self._bells.get(topic, ()))
        for loop, bell in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(bell.set)

    def close(self) -> None:
        """End all streams; may be called by a handler of signals."""
        self.closed = True
        for topic in list(self._bells):
            self.ring(topic)

    @contextmanager
    def listening(self, topic: str) -> Iterator[Bell]:
        """Lend a bell that rings at news of `topic`; raises ProblemError where too many wait already."""
        place = (asyncio.get_running_loop(), Bell())
        with self._lock:
            if sum(map(len, self._bells.values())) >= MOST_STREAMS:
                raise ProblemError(
                    503, "Too many pages wait for news; close some.", headers={"Retry-After": "30"}
                )
            self._bells.setdefault(topic, set()).add(place)
        try:
            yield place[1]
        finally:
            with self._lock:
                self._bells[topic].discard(place)


def hub_of(request: Request) -> Hub:
    """Return the hub of this application."""
    found: Hub = request.app.state.hub
    return found


def stream(
    request: Request, topic: str, look: Callable[[], bytes], ended: Callable[[bytes], bool] = lambda _: False
) -> StreamingResponse:
    """Answer with what `look` returns, now and whenever it has changed, until `ended` holds for it.

    It also ends when the server does, when whoever reads it is signed out, and when the record cannot be read.
    """
    return StreamingResponse(
        _told(request, topic, look, ended),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _told(
    request: Request, topic: str, look: Callable[[], bytes], ended: Callable[[bytes], bool]
) -> AsyncIterator[bytes]:
    hub = hub_of(request)
    with hub.listening(topic) as bell:
        last, silent = None, 0.0
        yield f"retry: {RETRY_MS}\n\n".encode()
        while not hub.closed:
            bell.clear()
            now = await run_in_threadpool(_look, request, look)
            if now is None:
                return
            if now != last:
                yield b"data: " + now + b"\n\n"
                last, silent = now, 0.0
            elif silent >= HEARTBEAT_SECONDS:
                yield b": still here\n\n"
                silent = 0.0
            if ended(now):
                return
            try:
                await asyncio.wait_for(bell.wait(), LOOK_SECONDS)
            except TimeoutError:
                silent += LOOK_SECONDS


def _look(request: Request, look: Callable[[], bytes]) -> bytes | None:
    """Return what is to be told; None for somebody who was signed out, and where the record cannot be read.

    Who asks for anything else is told why.
    """
    if doors_of(request).who(request) is None:
        return None
    with suppress(WorkspaceError):
        return look()
    return None
