"""Who asks: with an account, with the server's token, or somebody at this machine where neither is needed."""

import secrets
import threading
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from fastapi import Depends, Request

from dateline.errors import InputError
from dateline.link.readings import person as key_of
from dateline.model.ids import digest, sha256
from dateline.web.problems import ProblemError
from dateline.web.served import Served
from dateline.workspace.accounts import ACCOUNT_ROLES, AccountRole, Accounts, Session, accounts_path

CSRF_COOKIE = "dateline_csrf"
CSRF_HEADER = "X-CSRF-Token"
CSRF_BYTES = 24

SIGN_IN_FIRST = "Sign in first; programs send the server's token as `Authorization: Bearer TOKEN`."
ENDED = "Your session has ended. Sign in again, and then save once more: nothing was kept yet."
WRONG_TOKEN = "This is not the server's token."  # noqa: S105 - a sentence


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: `name` is that of the account, None without one; `csrf` is what their writes must repeat."""

    name: str | None
    role: AccountRole
    way: Literal["here", "account", "token"]
    csrf: str


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's name (None with the server's token, or where none is needed) and role."""

    name: str | None
    role: AccountRole


class Doors:
    """Tells who asks, and whether they may come in."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._lock = threading.Lock()
        self._accounts: Accounts | None = None
        # Cookies do not tell ports apart: two servers on one machine must not end each other's sessions.
        self.cookie = f"dateline_session_{digest(str(served.path.absolute()))[:8]}"

    def close(self) -> None:
        """Let go of the file of accounts."""
        if self._accounts is not None:
            self._accounts.close()

    @property
    def accounts(self) -> Accounts | None:
        """The accounts and sessions, None where nobody needs to sign in.

        They are looked for every time: an account that is added while the server runs closes the door at once.
        """
        if self._accounts is None:
            with self._lock:
                if self._accounts is None:
                    if accounts_path(self._served.path).exists():
                        self._accounts = Accounts.open(self._served.path)
                    elif self._served.token is not None or self._served.public:
                        self._accounts = Accounts.passing()
        return self._accounts

    def with_accounts(self) -> bool:
        """Tell whether there are accounts."""
        return self.accounts is not None and bool(self.accounts.all())

    def closed(self) -> bool:
        """Tell whether one must sign in."""
        return self._served.public or self._served.token is not None or self.with_accounts()

    def is_token(self, given: str) -> bool:
        """Tell whether `given` is the server's token."""
        token = self._served.token
        return token is not None and secrets.compare_digest(given.encode(), token.encode())

    def session_of(self, cookies: Mapping[str, str]) -> tuple[str, Session] | None:
        """Return the token of a session that stands, and the session."""
        token = cookies.get(self.cookie)
        if not token or self.accounts is None:
            return None
        session = self.accounts.session(token, at=self._served.clock())
        return (token, session) if session else None

    def who(self, request: Request) -> Person | None:
        """Return who asks, None for somebody who has to sign in; raises ProblemError for a wrong token."""
        given = request.headers.get("authorization", "")
        if given[:7].lower() == "bearer ":
            if not self.is_token(given[7:].strip()):
                raise ProblemError(401, WRONG_TOKEN, headers={"WWW-Authenticate": "Bearer"})
            return Person(name=None, role="admin", way="token", csrf="")
        known = self.session_of(request.cookies)
        if known is not None:
            token, session = known
            account = session.account
            csrf = csrf_of(token)
            if account is None:
                return Person(name=None, role="admin", way="account", csrf=csrf)
            return Person(name=account.name, role=account.role, way="account", csrf=csrf)
        if self.closed():
            return None
        return Person(name=None, role="admin", way="here", csrf=loose_csrf(request.cookies))

    def signer(self, person: Person, given: str | None) -> str:
        """Return under whose name a write is kept.

        With an account it is the account's, whatever is given. Raises InputError where no name is given, and
        ProblemError where the given one is that of somebody's account.
        """
        if person.name is not None:
            return person.name
        by = " ".join((given or "").split())
        if not by:
            raise InputError("a verdict needs to say by whom it is; give your name as `by`")
        taken = self.accounts.all() if self.accounts is not None else ()
        if key_of(by) in {key_of(account.name) for account in taken}:
            raise ProblemError(403, f"{by!r} is somebody's account; sign in as {by!r}, or give another name")
        return by


def csrf_of(token: str) -> str:
    """Return what the writes of a session must repeat; the session's token cannot be told from it."""
    return sha256(f"csrf {token}")


def loose_csrf(cookies: Mapping[str, str]) -> str:
    """Return what writes without a session must repeat: what the cookie holds, else something new."""
    held = cookies.get(CSRF_COOKIE, "")
    fine = CSRF_BYTES <= len(held) <= 4 * CSRF_BYTES and held.replace("-", "").replace("_", "").isalnum()
    return held if fine and held.isascii() else secrets.token_urlsafe(CSRF_BYTES)


def doors_of(request: Request) -> Doors:
    """Return the doors of this application."""
    found: Doors = request.app.state.doors
    return found


def person_of(request: Request) -> Person:
    """Return who asks; raises ProblemError where nobody has signed in who must."""
    found: Person | None = getattr(request.state, "person", None)
    if found is None:
        raise ProblemError(401, SIGN_IN_FIRST)
    return found


def may(person: Person, role: AccountRole) -> bool:
    """Tell whether somebody may do what `role` may."""
    return ACCOUNT_ROLES.index(person.role) >= ACCOUNT_ROLES.index(role)


def need(person: Person, role: AccountRole) -> None:
    """Raise ProblemError where somebody may not do what `role` may."""
    if not may(person, role):
        raise ProblemError(
            403,
            f"This needs the role {role}; yours is {person.role}. An admin gives roles: dateline users role.",
        )


def _reviewer(request: Request) -> Person:
    person = person_of(request)
    need(person, "reviewer")
    return person


Asking = Annotated[Person, Depends(person_of)]
# Somebody who may judge.
Reviewing = Annotated[Person, Depends(_reviewer)]
