"""What every answer tells the browser: to run nothing but our own files, and to show us in no other page."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", CONTENT_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
# A record is nobody's business but the reader's: caches in between keep nothing, the browser asks again.
CACHING = "private, no-cache"


# Files of the package, which are the same for everybody.
OPEN_TO_ALL = ("/static/", "/pages.css", "/icon.svg")


def _caching(path: str, said: str | None) -> str:
    """Return who may keep an answer, given what it says itself."""
    if said is None:
        return CACHING
    if path.startswith(OPEN_TO_ALL) or "no-store" in said or "private" in said:
        return said
    return f"private, {said}"


class Headers:
    """Middleware that adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS:
                    headers.setdefault(name, value)
                headers["Cache-Control"] = _caching(scope["path"], headers.get("cache-control"))
            await send(message)

        await self._app(scope, receive, sending)
