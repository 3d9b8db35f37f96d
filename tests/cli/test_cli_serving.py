"""`dateline serve` says what is wrong before it serves, and `dateline users` keeps accounts."""

import json
import shutil
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from dateline.store.steps import MIGRATIONS
from dateline.workspace.accounts import Accounts, accounts_path

PASSWORD = b"three plain words\n"


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "own.dateline"))


def refused(result: Any, *words: str) -> None:
    assert result.exit_code == 2, result.output
    assert len(result.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in result.stderr


def test_a_workspace_that_cannot_be_served_is_told(run: Any, own: Path, tmp_path: Path) -> None:
    refused(run("serve", "-w", tmp_path / "none.dateline"), "no workspace", "--create", "dateline add")
    refused(run("serve", "-w", tmp_path), "is a folder")
    (tmp_path / "text.dateline").write_text("no database at all, but longer than a header of one would be" * 9)
    refused(run("serve", "-w", tmp_path / "text.dateline"), "not a workspace")
    newer = sqlite3.connect(own)
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    refused(run("serve", "-w", own), "newer dateline", "upgrade")
    assert not (tmp_path / "none.dateline").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "desk.example"])  # noqa: S104
def test_others_must_sign_in(run: Any, own: Path, host: str) -> None:
    refused(run("serve", "-w", own, "--host", host), "dateline users add", "--token-file", "DATELINE_TOKEN")
    assert not accounts_path(own).exists()


def test_accounts_that_are_gone_let_nobody_in(run: Any, own: Path) -> None:
    run("users", "add", "One", "-w", own, stdin=PASSWORD)
    run("users", "remove", "One", "-w", own)
    refused(run("serve", "-w", own, "--host", "0.0.0.0"), "dateline users add")  # noqa: S104


def test_a_token_that_can_be_guessed_is_refused(run: Any, own: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("short\n")
    (tmp_path / "token").chmod(0o600)
    refused(run("serve", "-w", own, "--token-file", tmp_path / "token"), "openssl", str(tmp_path / "token"))
    refused(run("serve", "-w", own, "--token-file", tmp_path / "none"), "cannot be read")


def test_an_address_that_cannot_be_had_is_told(run: Any, own: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(run("serve", "-w", own, "--port", port), f"port {port} is in use", "--port")
    (tmp_path / "token").write_text("a-token-that-nobody-guesses")
    (tmp_path / "token").chmod(0o600)
    given = ("--token-file", tmp_path / "token")
    refused(run("serve", "-w", own, "--host", "192.0.2.1", *given), "no address of this machine")
    refused(run("serve", "-w", own, "--host", "nowhere.invalid", *given), "no address of this machine")


def test_accounts_come_change_and_go(run: Any, own: Path) -> None:
    assert run("users", "add", "Ann  Reader", "--role", "reader", "-w", own, stdin=PASSWORD).exit_code == 0
    assert run("users", "add", "Bob", "-w", own, stdin=PASSWORD).exit_code == 0
    told = [json.loads(line) for line in run("users", "list", "-w", own, "-f", "jsonl").stdout.splitlines()]
    assert [(each["name"], each["role"]) for each in told] == [("Ann Reader", "reader"), ("Bob", "reviewer")]
    assert "password" not in run("users", "list", "-w", own, "-f", "json").stdout
    assert run("users", "role", "ann reader", "admin", "-w", own).exit_code == 0
    assert run("users", "password", "Bob", "-w", own, stdin=b"another long password\n").exit_code == 0
    accounts = Accounts.open(own)
    assert accounts.check("BOB", "another long password") is not None
    assert accounts.check("Bob", "three plain words") is None
    found = accounts.check("Ann Reader", "three plain words")
    assert found is not None
    assert found.role == "admin"
    accounts.close()
    assert run("users", "remove", "Bob", "-w", own).exit_code == 0
    assert "Bob" not in run("users", "list", "-w", own).stdout
    log = [json.loads(line) for line in run("audit", "-w", own, "--log", "-f", "jsonl").stdout.splitlines()]
    assert [(each["kind"], each["subject"], each["what"]) for each in log] == [
        ("add_account", "Ann Reader", "reader"),
        ("add_account", "Bob", "reviewer"),
        ("set_role", "ann reader", "admin"),
        ("set_password", "Bob", ""),
        ("remove_account", "Bob", ""),
    ]
    assert b"another long password" not in own.read_bytes()
    shown = run("audit", "-w", own, "--log").stdout
    assert "account added" in shown
    assert run("audit", "-w", own).stdout.startswith("0 verdicts, 5 other writes; head")


def test_accounts_that_will_not_do_are_refused(run: Any, own: Path) -> None:
    refused(run("users", "add", "Ann", "-w", own, stdin=b"short\n"), "12 to 1,000 characters")
    refused(run("users", "add", "Ann", "-w", own, stdin=b""), "no password")
    refused(run("users", "add", " ", "-w", own, stdin=PASSWORD), "needs a name")
    assert run("users", "add", "Ann", "-w", own, stdin=PASSWORD).exit_code == 0
    refused(run("users", "add", "ANN", "-w", own, stdin=PASSWORD), "there is an account")
    for command in (("remove",), ("password",), ("role", "admin")):
        name, *rest = command
        refused(run("users", name, "Nobody", *rest, "-w", own, stdin=PASSWORD), "no account 'Nobody'")
    refused(run("users", "list", "-w", own.with_name("none.dateline")), "no workspace")


def test_a_file_of_accounts_that_is_none_is_told(run: Any, own: Path) -> None:
    accounts_path(own).write_bytes(own.read_bytes())
    refused(run("users", "list", "-w", own), "no file of accounts")
