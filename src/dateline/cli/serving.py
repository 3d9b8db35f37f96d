"""`dateline serve`: the workbench and the HTTP API of a workspace."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.judging import now
from dateline.cli.options import WorkspaceOption, say, settings
from dateline.errors import InputError, WorkspaceError

if TYPE_CHECKING:
    from dateline.config import Config

HOST, PORT = "127.0.0.1", 8210
# What can be guessed keeps nobody out: 20 characters, as of `openssl rand -hex 32`, which gives 64.
SHORTEST_TOKEN = 20

NOT_ALONE = (
    "{host} can be reached by others, so they have to sign in: make an account with `dateline users add NAME`, "
    "or give a token with --token-file FILE or DATELINE_TOKEN (`openssl rand -hex 32` makes one)"
)


def serve(
    workspace: WorkspaceOption = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to serve at; others than this machine must sign in.")
    ] = HOST,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes a free one.")] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Name under which it is reached, as behind a proxy; may be repeated."
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="File with the token that lets in [DATELINE_TOKEN]."),
    ] = None,
    create: Annotated[bool, typer.Option("--create", help="Create the workspace where it is missing.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the workbench in the browser.")] = False,
) -> None:
    """Open the workbench on a workspace: timeline, map, events, sources side by side, review."""
    from dateline.web import Served
    from dateline.web.running import is_loopback, run

    config = settings()
    path = (workspace or config.workspace).absolute()
    token = _token(token_file, config.token)
    public = not is_loopback(host)
    writable = _opened(path, config, create=create)
    if public and token is None and not _accounts(path):
        raise InputError(NOT_ALONE.format(host=host))

    def standing(address: str) -> None:
        say(f"The workbench on {path} is at {address} ; Ctrl-C ends it.")
        if not writable:
            say("It can only be read: the file or its folder cannot be written.")
        if open_:
            typer.launch(address)

    served = Served(
        path=path,
        config=config,
        clock=now,
        token=token,
        names=tuple(name or ()),
        public=public,
        writable=writable,
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
        run(served, host, port, standing)
    say("The workbench has ended.")


def _opened(path: Path, config: "Config", *, create: bool) -> bool:
    """Bring the workspace up to date, and tell whether it can be written; raises WorkspaceError for none."""
    from dateline.workspace import open_workspace

    if not path.exists() and not create:
        raise WorkspaceError(f"no workspace at {path}; fill one with `dateline add`, or give --create")
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    open_workspace(path, create=create, readonly=not writable, config=config).close()
    return writable


def _accounts(path: Path) -> int:
    """Return how many accounts there are, without making a file for them."""
    from dateline.workspace.accounts import Accounts, accounts_path

    if not accounts_path(path).exists():
        return 0
    accounts = Accounts.open(path)
    try:
        return len(accounts.all())
    finally:
        accounts.close()


def _token(file: Path | None, setting: str | None) -> str | None:
    """Return the token that lets in, from a file or the settings; raises InputError for a short one."""
    if file is None:
        token, source = setting, "DATELINE_TOKEN"
    else:
        source = str(file)
        try:
            token = file.read_text("utf-8").strip()
            if file.stat().st_mode & 0o077:
                say(f"{file} can be read by others; `chmod 600 {file}` keeps the token to yourself.")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the token cannot be read from {file} ({error})") from error
    if token is not None and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable()):
        raise InputError(
            f"the token in {source} has to be {SHORTEST_TOKEN} plain characters or more; "
            "`openssl rand -hex 32` makes one"
        )
    return token
