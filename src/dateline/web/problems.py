"""Errors as RFC 9457 problems: a status, a title, and a sentence that says what to do."""

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dateline.errors import DatelineError, InputError, NotFoundError, WorkspaceError
from dateline.model.trace import Trace
from dateline.model.wire import encode
from dateline.web.shell import page, wants_page

MEDIA_TYPE = "application/problem+json"


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
        return page(request, "problem.html.j2", status=status, headers=headers, problem=problem, parts=parts)
    return Response(encode(problem), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _status_of(error: DatelineError) -> int:
    if isinstance(error, ProblemError):
        return error.status
    if isinstance(error, NotFoundError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, InputError):
        return HTTPStatus.BAD_REQUEST
    return (
        HTTPStatus.SERVICE_UNAVAILABLE
        if isinstance(error, WorkspaceError)
        else HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _wording(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"][1:]) or "the request"
    return f"{place}: {fault['msg'].lower()}"


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""

    @app.exception_handler(DatelineError)
    async def told(request: Request, error: DatelineError) -> Response:
        headers, now = getattr(error, "headers", None), getattr(error, "now", None)
        return answer(request, _status_of(error), str(error), headers, now)

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> Response:
        return answer(request, 422, "; ".join(_wording(fault) for fault in error.errors()))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, str(error.detail), dict(error.headers or {}))
