"""Running the server: the address, what is told when it stands, and how it ends."""

import errno
import ipaddress
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from dateline.errors import InputError
from dateline.web.app import create_app
from dateline.web.served import Served

# How long answers that are under way may take when the server is told to end, in seconds.
GRACE_SECONDS = 5
# Connections that wait to be taken; the system's own limit is mostly lower.
BACKLOG = 256


class Server(uvicorn.Server):
    """A server that tells when it stands, and ends the streams before it waits for its answers to end."""

    def __init__(self, served: Served, standing: Callable[[], None] = lambda: None) -> None:
        self._app = create_app(served)
        self._standing = standing
        super().__init__(
            uvicorn.Config(
                self._app,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started:
            self._standing()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End, as a signal asks for."""
        self._app.state.hub.close()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """End, asked from another thread."""
        self._app.state.hub.close()
        self.should_exit = True


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach `host`; a name that is not its own counts as reachable."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(served: Served, host: str, port: int, standing: Callable[[str], None]) -> None:
    """Serve until the process is told to end; `standing` is told the address once it can be asked.

    Port 0 takes a free one. Raises InputError where the address cannot be had.
    """
    bound = _bound(host, port)
    address = _address(host, bound.getsockname()[1])
    with bound:
        Server(served, lambda: standing(address)).run(sockets=[bound])


def _address(host: str, port: int) -> str:
    """Return where a browser of this machine finds the server."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is told, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        bound.close()
        raise InputError(_reason(host, port, error)) from error
    return bound


def _reason(host: str, port: int, error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return (
            f"{host!r} is no address of this machine; give 127.0.0.1, or the address under which to be reached"
        )
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"port {port} is in use, perhaps by another `dateline serve`; give another --port, or 0 for any"
    if code in (errno.EACCES, errno.EPERM):
        return f"port {port} may not be used by you; give a --port from 1024 up"
    if code == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; give 127.0.0.1, or one that it has"
    return f"{host}:{port} cannot be served ({error})"
