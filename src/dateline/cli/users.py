"""`dateline users`: who may sign in to the workbench, as what."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.cli import output, screen
from dateline.cli.judging import now
from dateline.cli.options import WorkspaceOption, opened_workspace, say, settings
from dateline.errors import InputError, WorkspaceError

if TYPE_CHECKING:
    from dateline.model.write import WriteKind
    from dateline.workspace.accounts import Accounts

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the account, as verdicts show it.")]
RoleChoice = Literal["reader", "reviewer", "admin"]
ROLES = "reader looks, reviewer also judges and adds, admin also ends what others began."


@contextmanager
def _accounts(workspace: Path | None) -> "Iterator[Accounts]":
    from dateline.workspace.accounts import Accounts

    path = workspace or settings().workspace
    if not path.is_file():
        raise WorkspaceError(
            f"no workspace at {path}; accounts are kept beside one: create it with `dateline add`"
        )
    accounts = Accounts.open(path)
    try:
        yield accounts
    finally:
        accounts.close()


def _note(workspace: Path | None, kind: "WriteKind", name: str, *, what: str = "") -> None:
    """Put down in the log of the workspace what became of an account, under whoever uses this machine."""
    from dateline.model.write import make_write

    with opened_workspace(workspace) as opened:
        opened.note(make_write(kind, name, by=_user(), way="command", at=now(), what=what))


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # whoever has no name here
        return None


def _password() -> str:
    """Return a password that is typed twice unseen, or that is the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InputError("no password was given: type it, or give it as the first line of standard input")
    return line


def add(
    name: NameArgument,
    role: Annotated[RoleChoice, typer.Option(help=ROLES)] = "reviewer",
    workspace: WorkspaceOption = None,
) -> None:
    """Add an account.

    The password is asked for, or is the first line of standard input.
    """
    with _accounts(workspace) as accounts:
        made = accounts.add(name, role, _password(), at=now())
    _note(workspace, "add_account", made.name, what=made.role)
    say(f"{made.name} may sign in as {made.role}.")


def list_(format_: output.ListFormat = "table", workspace: WorkspaceOption = None) -> None:
    """List the accounts with their roles."""
    with _accounts(workspace) as accounts:
        found = accounts.all()
    table = screen.plain_table("Name", "Role", "Since")
    for each in found:
        table.add_row(each.name, each.role, each.created[:10])
    output.print_records(format_, found, lambda _: table)


def remove(name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """Remove an account and end its sessions; its verdicts stay."""
    with _accounts(workspace) as accounts:
        accounts.remove(name)
    _note(workspace, "remove_account", name)
    say(f"{name} can sign in no more.")


def password(name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """Change the password of an account and end its sessions.

    The password is asked for, or is the first line of standard input.
    """
    with _accounts(workspace) as accounts:
        accounts.set_password(name, _password())
    _note(workspace, "set_password", name)
    say(f"{name} has a new password; whoever was signed in as {name} is signed out.")


def role(
    name: NameArgument,
    role: Annotated[RoleChoice, typer.Argument(metavar="ROLE", help=ROLES)],
    workspace: WorkspaceOption = None,
) -> None:
    """Give an account another role."""
    with _accounts(workspace) as accounts:
        accounts.set_role(name, role)
    _note(workspace, "set_role", name, what=role)
    say(f"{name} is {role} now.")
