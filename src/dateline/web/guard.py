"""The guard before every request: the name it is asked under, who asks, and whether they may write."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import DatelineError
from dateline.web import problems
from dateline.web.origins import SAFE_METHODS, check_host, check_page, check_repeat
from dateline.web.people import CSRF_COOKIE, ENDED, SIGN_IN_FIRST, Person, doors_of, loose_csrf, need
from dateline.web.problems import ProblemError
from dateline.web.rates import WRITES, Rates
from dateline.web.served import served_by

API = "/api/v1"
SESSION = f"{API}/session"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
# What can be had without signing in: the sign-in itself and what it looks like.
FREE = (SESSION, SIGN_IN, SIGN_OUT, "/pages.css", "/icon.svg")
FREE_BELOW = "/static/"
# Forms of pages without scripts cannot send a header: these routes look for the repeat in the form.
FORMS = (SIGN_IN, SIGN_OUT)
# Reads that need a body.
READS = (f"{API}/preview",)


class Guard:
    """Middleware that lets through who may, and notes who it is (`request.state.person`)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if request.url.path.startswith(FREE_BELOW):
            await self._app(scope, receive, send)
            return
        try:
            refused = await run_in_threadpool(_look, request)
        except DatelineError as error:
            refused = problems.told(request, error)
        sending = _with_cookie(request, send)
        await (refused or self._app)(scope, receive, sending)


def _look(request: Request) -> Response | None:
    """Note who asks; return what to answer where they may not come in, None where they may."""
    check_host(request, served_by(request).names)
    doors = doors_of(request)
    writing = request.method not in SAFE_METHODS
    if writing:
        check_page(request)
    person = doors.who(request)
    request.state.person = person
    request.state.csrf = person.csrf if person is not None else loose_csrf(request.cookies)
    path = request.url.path
    if person is None and path not in FREE:
        if not writing and not path.startswith(API):
            return _to_sign_in(request)
        ended = doors.cookie in request.cookies
        raise ProblemError(401, ENDED if ended else SIGN_IN_FIRST, headers={"WWW-Authenticate": "Bearer"})
    if writing and path not in FORMS:
        check_repeat(request, person)
        if path != SESSION and person is not None:
            _may_write(request, person)
    return None


def _may_write(request: Request, person: Person) -> None:
    """Raise ProblemError for readers, and for who writes too often."""
    if request.url.path not in READS:
        need(person, "reviewer")
    rates: Rates = request.app.state.rates
    rates.take("write", person.name or address_of(request), WRITES)


def _to_sign_in(request: Request) -> Response:
    """Lead to the sign-in and back; who comes by a link of another site first asks again as one of ours.

    The session's cookie is not sent where another site leads here, though somebody may well be signed in.
    """
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.headers.get("sec-fetch-site") == "cross-site":
        return Response(
            status_code=200, media_type="text/html", headers={"Refresh": f"0; url={_plain(address)}"}
        )
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': address})}", status_code=303)


def _plain(address: str) -> str:
    """Return an address below this host with nothing that ends a header or leads elsewhere."""
    return "/" + address.encode("ascii", "ignore").decode().lstrip("/\\").replace(";", "%3B").replace(
        ",", "%2C"
    )


def address_of(request: Request) -> str:
    """Return the address that asks."""
    return request.client.host if request.client else "unknown"


def _with_cookie(request: Request, send: Send) -> Send:
    """Give the browser what its writes must repeat, where it holds something else."""

    async def sending(message: Message) -> None:
        csrf = getattr(request.state, "csrf", "")
        if message["type"] == "http.response.start" and csrf and request.cookies.get(CSRF_COOKIE) != csrf:
            headers = MutableHeaders(scope=message)
            if f"{CSRF_COOKIE}=" not in headers.get("set-cookie", ""):
                headers.append("set-cookie", cookie(request, CSRF_COOKIE, csrf, readable=True))
        await send(message)

    return sending


def cookie(
    request: Request, name: str, value: str, *, readable: bool = False, seconds: int | None = None
) -> str:
    """Return a cookie that only our own pages send back; `readable` by them, else by the server alone."""
    parts = [f"{name}={value}", "Path=/", "SameSite=Strict"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if not readable:
        parts.append("HttpOnly")
    if request.url.scheme == "https":
        parts.append("Secure")
    return "; ".join(parts)
