"""Who may come in: accounts with their roles and passwords, and the sessions of those who did.

Passwords are kept as Argon2id hashes and tokens of sessions as SHA-256. Whether a name is unknown or its
password wrong, the answer is the same and takes as long.
"""

import secrets
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, get_args

import msgspec

from dateline.errors import InputError, NotFoundError, WorkspaceError
from dateline.link.readings import person
from dateline.model.ids import sha256
from dateline.store.accounts import IN_MEMORY, AccountRow, AccountStore

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# reader: looks. reviewer: also judges and adds articles. admin: also ends what others began.
AccountRole = Literal["reader", "reviewer", "admin"]
ACCOUNT_ROLES: tuple[AccountRole, ...] = get_args(AccountRole)

# Length alone is asked for: three or four plain words. Rules on kinds of characters make people note them.
SHORTEST_PASSWORD = 12
# Argon2 reads all of it, so that a huge one would be work for nothing.
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 100

# A session that is not used ends after half a day, any after a month: reviewers sit at it for a working day,
# and a machine that was left behind is closed by the next morning.
IDLE_SECONDS = 12 * 3600
LONGEST_SECONDS = 30 * 24 * 3600
# How often a session's last use is written down: every request would be a write.
NOTED_EVERY_SECONDS = 60
# 32 bytes of chance cannot be guessed.
TOKEN_BYTES = 32

NOT_RIGHT = "The name or the password is not right."


class Account(msgspec.Struct, frozen=True):
    """Somebody who may come in."""

    name: str
    role: AccountRole
    created: str


class Session(msgspec.Struct, frozen=True):
    """Somebody who came in: the account, None for whoever holds the server's token, and until when at most."""

    account: Account | None
    ends: int


def accounts_path(workspace: Path) -> Path:
    """Return where the accounts of a workspace are kept: beside it, for a workspace is passed on."""
    return workspace.with_name(workspace.name + ".accounts")


def seconds(at: str) -> int:
    """Return an ISO 8601 time as seconds since 1970 in UTC."""
    return int(datetime.fromisoformat(at).timestamp())


class Accounts:
    """The accounts of one workspace and their sessions."""

    def __init__(self, store: AccountStore) -> None:
        self._store = store

    @classmethod
    def open(cls, workspace: Path) -> Self:
        """Open the accounts of a workspace; their file is made where it is missing."""
        return cls(AccountStore.open(accounts_path(workspace)))

    @classmethod
    def passing(cls) -> Self:
        """Return a keeper of sessions that are forgotten when the process ends, without accounts."""
        return cls(AccountStore.open(IN_MEMORY))

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # accounts

    def all(self) -> tuple[Account, ...]:
        """Return the accounts by name."""
        return tuple(_account(row) for row in self._store.accounts())

    def add(self, name: str, role: str, password: str, *, at: str) -> Account:
        """Add an account; raises InputError where it is there, or where name, role or password will not do."""
        shown = " ".join(name.split())
        if not shown or len(shown) > LONGEST_NAME or not shown.isprintable():
            raise InputError(f"an account needs a name of 1 to {LONGEST_NAME} characters")
        if self._store.account(person(shown)) is not None:
            raise InputError(f"there is an account {shown!r}; `dateline users password` changes its password")
        self._store.put_account(person(shown), AccountRow(shown, _role(role), self._hashed(password), at))
        return self._known(shown)

    def remove(self, name: str) -> None:
        """Remove an account and end its sessions; its verdicts stay. Raises NotFoundError for none."""
        if not self._store.drop_account(person(name)):
            raise _unknown(name)

    def set_role(self, name: str, role: str) -> None:
        """Give an account another role; raises InputError for none of that name or no such role."""
        row = self._row(name)
        self._store.put_account(person(name), msgspec.structs.replace(row, role=_role(role)))

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password and end its sessions; raises InputError as `add` does."""
        row = self._row(name)
        self._store.put_account(person(name), msgspec.structs.replace(row, password=self._hashed(password)))

    def _row(self, name: str) -> AccountRow:
        row = self._store.account(person(name))
        if row is None:
            raise _unknown(name)
        return row

    def _known(self, name: str) -> Account:
        return _account(self._row(name))

    # coming in

    def check(self, name: str, password: str) -> Account | None:
        """Return the account if the password is its own, None otherwise, in the same time."""
        from argon2.exceptions import VerificationError

        row = self._store.account(person(name))
        try:
            self._hasher.verify(row.password if row else self._nobodys, password[:LONGEST_PASSWORD])
        except VerificationError:
            return None
        return _account(row) if row else None

    def begin(self, account: Account | None, *, at: str) -> str:
        """Begin a session and return its token, which is kept nowhere else."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = seconds(at)
        self._store.drop_sessions_before(now - LONGEST_SECONDS, now - IDLE_SECONDS)
        self._store.put_session(sha256(token), person(account.name) if account else None, now)
        return token

    def session(self, token: str, *, at: str) -> Session | None:
        """Return the session that a token is of, None where there is none or it has ended."""
        row = self._store.session(sha256(token))
        now = seconds(at)
        if row is None or now - row.begun >= LONGEST_SECONDS or now - row.seen >= IDLE_SECONDS:
            return None
        if now - row.seen >= NOTED_EVERY_SECONDS:
            with suppress(WorkspaceError):  # it only ends sooner where that cannot be noted
                self._store.seen_session(sha256(token), now)
        return Session(_account(row.account) if row.account else None, row.begun + LONGEST_SECONDS)

    def end(self, token: str) -> None:
        """End the session that a token is of."""
        self._store.drop_session(sha256(token))

    # passwords

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        """A hash that no password fits, to be checked where there is no account."""
        return self._hasher.hash(secrets.token_urlsafe(TOKEN_BYTES))

    def _hashed(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise InputError(
                f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters; take several words"
            )
        return self._hasher.hash(password)


def _account(row: AccountRow) -> Account:
    return Account(row.name, _role(row.role), row.created)


def _role(role: str) -> AccountRole:
    for each in ACCOUNT_ROLES:
        if each == role:
            return each
    raise InputError(f"no role is called {role!r}; there is: {', '.join(ACCOUNT_ROLES)}")


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(f"there is no account {name!r}; `dateline users list` shows those there are")
