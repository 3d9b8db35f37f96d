"""Signing in and out: by the API, and on pages that need no scripts."""

from functools import partial
from typing import Annotated
from urllib.parse import parse_qs

import msgspec
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from dateline.errors import DatelineError
from dateline.link.readings import person as key_of
from dateline.model.wire import encode
from dateline.web import problems
from dateline.web.documented import tells
from dateline.web.guard import SIGN_IN, SIGN_OUT, address_of, cookie
from dateline.web.origins import NO_REPEAT, repeats
from dateline.web.people import CSRF_COOKIE, WRONG_TOKEN, Doors, Who, csrf_of, doors_of
from dateline.web.problems import ProblemError
from dateline.web.rates import SIGN_IN_ADDRESS, SIGN_IN_NAME, Rates
from dateline.web.served import served_by
from dateline.web.shell import page
from dateline.workspace.accounts import LONGEST_SECONDS, NOT_RIGHT, Account

# Forms of the sign-in are short.
LONGEST_FORM = 10_000

router = APIRouter(tags=["session"])


class SignIn(BaseModel):
    """Who signs in: with a name and its password, or with the server's token."""

    name: Annotated[str, Field(max_length=200)] = ""
    password: Annotated[str, Field(max_length=2_000)] = ""
    token: Annotated[str, Field(max_length=2_000)] = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Who has signed in (None: nobody), whether one must (`closed`) and how; writes must repeat `csrf`."""

    person: Who | None
    closed: bool
    accounts: bool
    token: bool
    csrf: str


def _session(request: Request) -> Session:
    doors, person = doors_of(request), request.state.person
    return Session(
        person=Who(name=person.name, role=person.role) if person is not None else None,
        closed=doors.closed(),
        accounts=doors.with_accounts(),
        token=served_by(request).token is not None,
        csrf=request.state.csrf,
    )


def _answer(value: Session, status: int = 200) -> Response:
    return Response(
        encode(value), status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )


@router.get("/session")
@tells(Session)
def who(request: Request) -> Response:
    """Say who has signed in, and what writes must repeat in the header X-CSRF-Token."""
    return _answer(_session(request))


@router.post("/session", status_code=201)
@tells(Session)
def sign_in(request: Request, given: SignIn) -> Response:
    """Sign in: the answer sets the session's cookie."""
    return _with_session(request, _come_in(request, given), None)


@router.delete("/session", status_code=204)
def sign_out(request: Request) -> Response:
    """Sign out: the session ends here and in the browser."""
    return _without_session(request, Response(status_code=204))


def _come_in(request: Request, given: SignIn) -> str:
    """Begin a session and return its token; raises ProblemError for who may not come in, or tries too often."""
    doors = doors_of(request)
    rates: Rates = request.app.state.rates
    name, address = key_of(given.name), address_of(request)
    rates.take("sign-in from", address, SIGN_IN_ADDRESS)
    rates.take("sign-in as", name, SIGN_IN_NAME)
    account = _account(doors, given)
    rates.forgive("sign-in as", name)
    if doors.accounts is None:
        raise ProblemError(409, "Nobody needs to sign in here; `dateline users add` makes accounts.")
    return doors.accounts.begin(account, at=served_by(request).clock())


def _account(doors: Doors, given: SignIn) -> Account | None:
    if given.token:
        if not doors.is_token(given.token):
            raise ProblemError(401, WRONG_TOKEN)
        return None
    found = doors.accounts.check(given.name, given.password) if doors.accounts is not None else None
    if found is None and doors.closed():
        raise ProblemError(401, NOT_RIGHT)
    return found


def _with_session(request: Request, token: str, answer: Response | None) -> Response:
    doors = doors_of(request)
    known = doors.session_of({doors.cookie: token})
    if answer is None:
        account = known[1].account if known else None
        person = Who(name=account.name, role=account.role) if account else Who(name=None, role="admin")
        answer = _answer(
            Session(
                person=person,
                closed=True,
                accounts=doors.with_accounts(),
                token=served_by(request).token is not None,
                csrf=csrf_of(token),
            ),
            201,
        )
    answer.headers.append("set-cookie", cookie(request, CSRF_COOKIE, csrf_of(token), readable=True))
    answer.headers.append("set-cookie", cookie(request, doors.cookie, token, seconds=LONGEST_SECONDS))
    return answer


def _without_session(request: Request, answer: Response) -> Response:
    doors = doors_of(request)
    token = request.cookies.get(doors.cookie)
    if token and doors.accounts is not None:
        doors.accounts.end(token)
    answer.headers.append("set-cookie", cookie(request, CSRF_COOKIE, "", readable=True, seconds=0))
    answer.headers.append("set-cookie", cookie(request, doors.cookie, "", seconds=0))
    return answer


# pages


def _inside(address: str) -> str:
    """Return where to go after signing in: an address below this host, else its first page."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fine and not address.startswith((SIGN_IN, SIGN_OUT)) else "/"


def _sign_in_page(
    request: Request, goal: str, *, name: str = "", fault: str | None = None, status: int = 200
) -> HTMLResponse:
    shown = page(
        request,
        "sign_in.html.j2",
        status=status,
        session=_session(request),
        goal=_inside(goal),
        name=name,
        fault=fault,
    )
    shown.headers["Cache-Control"] = "no-store"
    return shown


async def _form(request: Request) -> dict[str, str]:
    """Return what a form sent; raises ProblemError where it does not repeat what our page told it."""
    body = await request.body()
    if len(body) > LONGEST_FORM:
        raise ProblemError(413, "The form holds too much.")
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=10)
    except ValueError as error:
        raise ProblemError(400, "The form cannot be read; send it as a web page does.") from error
    given = {name: values[-1] for name, values in fields.items()}
    if not repeats(request, request.state.person, given.get("csrf", "")):
        raise ProblemError(403, NO_REPEAT)
    return given


def install(app: FastAPI) -> None:
    """Serve the pages to sign in and out."""

    @app.get(SIGN_IN, include_in_schema=False)
    def form(request: Request, next: str = "/") -> Response:
        if request.state.person is not None:
            return RedirectResponse(_inside(next), status_code=303)
        return _sign_in_page(request, next)

    @app.post(SIGN_IN, include_in_schema=False)
    async def coming(request: Request) -> Response:
        given = await _form(request)
        goal = given.get("next", "/")
        told = SignIn(
            name=given.get("name", "")[:200],
            password=given.get("password", "")[:2_000],
            token=given.get("token", "")[:2_000],
        )
        try:
            token = await run_in_threadpool(_come_in, request, told)
        except ProblemError as error:
            again = partial(_sign_in_page, name=told.name, fault=str(error), status=error.status)
            shown = await run_in_threadpool(again, request, goal)
            shown.headers.update(error.headers or {})
            return shown
        except DatelineError as error:
            return problems.told(request, error)
        answer = RedirectResponse(_inside(goal), status_code=303)
        return await run_in_threadpool(_with_session, request, token, answer)

    @app.get(SIGN_OUT, include_in_schema=False)
    def leaving(request: Request) -> Response:
        return page(request, "sign_out.html.j2", session=_session(request))

    @app.post(SIGN_OUT, include_in_schema=False)
    async def left(request: Request) -> Response:
        await _form(request)
        return await run_in_threadpool(_without_session, request, RedirectResponse(SIGN_IN, status_code=303))
