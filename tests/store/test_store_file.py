"""The SQLite file: what is refused, how it is migrated, and that no kill leaves half a thing."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.errors import WorkspaceError
from dateline.model.event import Relation
from dateline.model.ids import ReportId
from dateline.model.verdict import make_verdict
from dateline.store import rows, schema
from dateline.store.embedded import EmbeddedStore
from dateline.store.schema import migrate
from dateline.store.steps import MIGRATIONS, Migration


def made(path: Path) -> Path:
    EmbeddedStore.open(path, create=True).close()
    return path


def refused(path: Path, match: str, *, create: bool = True, readonly: bool = False) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(WorkspaceError, match=match) as caught:
        EmbeddedStore.open(path, create=create, readonly=readonly)
    assert "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_a_folder_is_no_workspace(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder")


def test_no_folder_to_make_it_in(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere" / "w.dateline", "no folder")


def test_a_text_file_is_no_workspace(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Gunmen attacked a checkpoint. " * 50)
    refused(path, "not a workspace")


def test_an_empty_file_can_be_filled_but_not_read(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    path.touch()
    refused(path, "is empty", create=False)
    made(path)


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id)")
    connection.close()
    refused(path, "another program")


def test_a_newer_workspace_asks_for_an_upgrade(tmp_path: Path) -> None:
    path = made(tmp_path / "w.dateline")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    refused(path, "newer dateline .* upgrade")


@pytest.mark.parametrize(("step", "word"), [(1, "newer dateline"), (-1, "older dateline")])
def test_who_has_it_open_is_told_of_another_version(tmp_path: Path, step: int, word: str) -> None:
    path = made(tmp_path / "w.dateline")
    other = sqlite3.connect(path, isolation_level=None)
    with EmbeddedStore.open(path, create=False, readonly=True) as store:
        store.check()
        other.execute(f"PRAGMA user_version = {len(MIGRATIONS) + step}")
        with pytest.raises(WorkspaceError, match=word):
            store.check()
        other.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        store.check()
    other.close()


def test_an_older_workspace_is_upgraded_when_opened_for_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "w.dateline")
    more = Migration("more", ("CREATE TABLE more (id)",))
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, more))
    refused(path, "older dateline", create=False, readonly=True)
    made(path)
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM migrations ORDER BY number")]
    connection.close()
    assert names == [*(step.name for step in MIGRATIONS), "more"]


def kept_of_events(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is kept of events, table by table."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'event*'")
        tables = [row[0] for row in names if not row[0].startswith("event_search")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}


def events_of_all_kinds(make: Any) -> list[Any]:
    quarter = make.place(
        "Qadisiya", gazetteer_id=None, latitude=None, longitude=None, country=None, admin1=None,
        within="Kirkuk", precision="unresolved", radius_km=None,
    )  # fmt: skip
    summary, part = make.event(1), make.event(2, place=make.place("Gao", country="ML", admin1="Gao Région"))
    relation = Relation(kind="part_of", event=summary.id, why="its days lie within")
    return [
        summary,
        msgspec.structs.replace(part, relations=(relation,)),
        make.event(3, place=quarter, actor=make.actor("Villagers", id=None)),
        make.event(4, place=None, actor=None, day=None),
    ]


def test_an_older_workspace_is_brought_to_what_a_new_one_holds(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.dateline", tmp_path / "new.dateline"
    events = events_of_all_kinds(make)
    with EmbeddedStore.open(new, create=True) as store:
        store.put_events(events)
    names = [step.name for step in MIGRATIONS]
    monkeypatch.setattr(schema, "MIGRATIONS", MIGRATIONS[: names.index("relations")])
    made(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info (events)")]
        for number, event in enumerate(events, 1):
            row = dict(zip(rows.EVENT_COLUMNS, (number, *rows.event_row(event)), strict=True))
            marks = ", ".join("?" * len(columns))
            connection.execute(f"INSERT INTO events VALUES ({marks})", [row[name] for name in columns])
            connection.executemany(
                "INSERT INTO event_reports VALUES (?, ?, ?)",
                [(number, said.report, said.article) for said in event.claims.type[0].said],
            )
    monkeypatch.setattr(schema, "MIGRATIONS", MIGRATIONS)
    with EmbeddedStore.open(old, create=False) as store:
        assert [event.id for event in store.relating(events[0].id)] == [events[1].id]
    upgraded, fresh = kept_of_events(old), kept_of_events(new)
    assert sorted(upgraded) == sorted(fresh)
    for name in fresh:
        assert upgraded[name] == fresh[name], name


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    path = made(tmp_path / "w.dateline")
    connection = sqlite3.connect(path, isolation_level=None)
    half = Migration("half", ("CREATE TABLE half (id)", "CREATE TABLE half (id)"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, (*MIGRATIONS, half))
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    assert "half" not in tables
    assert version == len(MIGRATIONS)


def test_a_writer_that_waits_too_long_says_so(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "w.dateline")
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_MS", 20)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with EmbeddedStore.open(path, create=False) as store:
        with pytest.raises(WorkspaceError, match="in use by another"):
            store.put_articles([make.article(1)])
        assert store.counts().articles == 0
        other.execute("ROLLBACK")
        store.put_articles([make.article(1)])
    other.close()


def test_verdicts_can_neither_be_changed_nor_deleted(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        store.add_verdict(make_verdict("reject", (ReportId("rep_1"),), by="r", at="2024-01-01T00:00:00Z"))
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("UPDATE verdicts SET payload = ''", "DELETE FROM verdicts"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    connection.close()


def test_full_text_stays_in_step_with_the_records(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        store.put_articles([make.article(number) for number in range(3)])
        store.put_events([make.event(1), make.event(2)])
        store.put_events([make.event(2), make.event(3)])
    connection = sqlite3.connect(path, isolation_level=None)
    for table in ("article_search", "event_search"):
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


# Writes one batch, then is killed in the middle of the next.
KILLED = """
import sys
from pathlib import Path
from dateline.model.rejected import Rejected
from dateline.store.embedded import EmbeddedStore

def refusals(start, stop, then_wait):
    for number in range(start, stop):
        yield Rejected(stage="read", reason="missing", locator=f"{number:06}.txt" + "x" * 2000)
    if then_wait:
        print("ready", flush=True)
        sys.stdin.read()

store = EmbeddedStore.open(Path(sys.argv[1]), create=True)
store.put_rejected(refusals(0, 100, False))
store.put_rejected(refusals(100, 5000, True))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process without warning")
def test_a_killed_writer_leaves_the_last_whole_state(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with EmbeddedStore.open(path, create=False) as store:
        assert store.counts().rejected == {"read": {"missing": 100}}
        store.put_rejected([])
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_reader_needs_no_right_to_write(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "shelf" / "w.dateline"
    path.parent.mkdir()
    with EmbeddedStore.open(path, create=True) as store:
        store.put_articles([make.article(1)])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with EmbeddedStore.open(path, create=False, readonly=True) as store:
            assert list(store.articles()) == [make.article(1)]
        refused(path, "cannot be written", create=False)
    finally:
        path.parent.chmod(0o755)


def test_a_path_with_odd_characters_works(tmp_path: Path) -> None:
    path = made(tmp_path / "años 100% ?#&.dateline")
    assert path.is_file()
