"""Errors as RFC 9457 problems: a status, a title, and a sentence that says what to do."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dateline.errors import (
    DataError,
    DatelineError,
    InputError,
    NotFoundError,
    WorkspaceBusyError,
    WorkspaceError,
    WorkspaceFullError,
    WorkspaceReadOnlyError,
)
from dateline.model.trace import Trace
from dateline.model.wire import encode
from dateline.web.headers import ALWAYS
from dateline.web.shell import page, wants_page

MEDIA_TYPE = "application/problem+json"
# How long to wait before what was refused for now is tried again, in seconds.
TRY_AGAIN_SECONDS = 5
FAULT = "This is a fault of dateline; nothing was lost. The server's messages say more: please report them."

# The first that fits counts.
_STATUS: tuple[tuple[type[DatelineError], HTTPStatus], ...] = (
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (InputError, HTTPStatus.BAD_REQUEST),
    (WorkspaceFullError, HTTPStatus.INSUFFICIENT_STORAGE),
    (WorkspaceReadOnlyError, HTTPStatus.FORBIDDEN),
    (WorkspaceBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (WorkspaceError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong: `detail` is one sentence that helps, `now` what the record holds where that matters."""

    status: int
    title: str
    detail: str
    instance: str | None = None
    now: Any = None


class ProblemError(DatelineError):
    """An error of the API with its HTTP status; `now` is what the record holds, for who saw an older state."""

    def __init__(
        self, status: int, detail: str, *, headers: dict[str, str] | None = None, now: Any = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers
        self.now = now


def answer(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None, now: Any = None
) -> Response:
    """Return the problem as an answer to `request`: as JSON, or as a page where a browser asks for one."""
    problem = Problem(
        status=status, title=HTTPStatus(status).phrase, detail=detail, instance=request.url.path, now=now
    )
    if wants_page(request):
        parts = now.events if isinstance(now, Trace) else ()
        # Where no page can be made, since its own files are damaged, the problem is told all the same.
        with suppress(DataError):
            return page(
                request, "problem.html.j2", status=status, headers=headers, problem=problem, parts=parts
            )
    return Response(encode(problem), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def told(request: Request, error: DatelineError) -> Response:
    """Return an error as an answer; where the server keeps its files is nobody's business."""
    path = request.app.state.served.path
    detail = str(error).replace(str(path), path.name).replace(str(path.absolute()), path.name)
    if isinstance(error, ProblemError):
        return answer(request, error.status, detail, error.headers, error.now)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    again = status == HTTPStatus.SERVICE_UNAVAILABLE
    return answer(request, status, detail, {"Retry-After": str(TRY_AGAIN_SECONDS)} if again else None)


def _wording(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"][1:]) or "the request"
    return f"{place}: {fault['msg'].lower()}"


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""

    @app.exception_handler(DatelineError)
    async def ours(request: Request, error: DatelineError) -> Response:
        return told(request, error)

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> Response:
        return answer(request, 422, "; ".join(_wording(fault) for fault in error.errors()))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:  # noqa: ARG001 - it is logged by the server
        # What goes wrong here passes by the middleware that gives all other answers their headers.
        return answer(request, 500, FAULT, dict(ALWAYS))
