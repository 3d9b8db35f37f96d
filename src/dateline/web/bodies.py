"""How large a request may be."""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web import problems

# A verdict with its reason is some hundred bytes; one that names ten thousand reports is a quarter of this.
LARGEST_BODY = 1_000_000
# Uploads have limits of their own (`web.uploads`).
WITHOUT_LIMIT = ("/api/v1/uploads",)
TOO_LARGE = f"A request holds at most {LARGEST_BODY:,} bytes; send less at once."


class Bodies:
    """Middleware that refuses requests that are too large, whether or not they say so at their beginning."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http" or scope["path"] in WITHOUT_LIMIT:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > LARGEST_BODY:
            await problems.answer(request, 413, TOO_LARGE)(scope, receive, send)
            return
        seen = 0

        async def receiving() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise HTTPException(413, TOO_LARGE)
            return message

        await self._app(scope, receiving, send)
