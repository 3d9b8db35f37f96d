"""The log of verdicts in a store: chained, counted, whole after a kill, and readable after an edit by hand."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.model.chain import BEGINNING, audit, read_row
from dateline.model.ids import ReportId
from dateline.model.verdict import Verdict, make_verdict
from dateline.model.wire import encode
from dateline.model.write import make_write
from dateline.store.embedded import EmbeddedStore
from dateline.store.schema import migrate
from dateline.store.steps import MIGRATIONS

APPENDING = """
import sys
from pathlib import Path
from dateline.model.ids import ReportId
from dateline.model.verdict import make_verdict
from dateline.store.embedded import EmbeddedStore
with EmbeddedStore.open(Path(sys.argv[1]), create=False) as store:
    for number in range(int(sys.argv[3])):
        verdict = make_verdict("accept", (ReportId("rep_1"),), by=sys.argv[2], at=str(number))
        store.add_verdict(verdict)
        print(verdict.id, flush=True)
"""


def verdict(number: int, by: str = "A") -> Verdict:
    return make_verdict("accept", (ReportId(f"rep_{number}"),), by=by, at="2024-01-01T00:00:00Z")


def checked(store: Any) -> Any:
    return audit(store.verdict_rows(), appended=store.verdicts_appended())


def edited(path: Path, *statements: str) -> None:
    """Edit the log as somebody could who opens the file with other tools."""
    connection = sqlite3.connect(path, isolation_level=None)
    for trigger in ("verdicts_stay", "verdicts_remain"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_other_writes_stand_in_the_same_chain_and_are_no_verdicts(store: Any) -> None:
    said = make_write("upload", "job_1", by="Ann", way="account", at="2024-01-01T00:00:00Z", what="3 files")
    store.add_verdict(verdict(1))
    before = store.revision()
    store.add_write(said)
    assert store.revision() == before, "nothing is to be linked for it"
    store.add_verdict(verdict(2))
    assert [row.id for row in store.verdict_rows()] == [verdict(1).id, said.id, verdict(2).id]
    assert (checked(store).rows, checked(store).broken) == (3, None)
    assert [read_row(row) for row in store.verdict_rows()][1] == said
    assert list(store.verdicts()) == [verdict(1), verdict(2)]
    assert store.counts().verdicts == 2
    edited(store.path, "UPDATE verdicts SET payload = replace(payload, 'Ann', 'Bob') WHERE number = 2")
    assert checked(store).broken.number == 2


def test_each_row_holds_the_hash_of_the_one_before(store: Any) -> None:
    for number in range(3):
        assert store.add_verdict(verdict(number))
    assert not store.add_verdict(verdict(1))
    rows = list(store.verdict_rows())
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [BEGINNING, rows[0].hash, rows[1].hash]
    assert checked(store).broken is None
    assert checked(store).head == rows[-1].hash


@pytest.mark.parametrize(
    ("statement", "number", "left"),
    [
        ("UPDATE verdicts SET payload = replace(payload, 'accept', 'reject') WHERE number = 2", 2, 3),
        ("UPDATE verdicts SET payload = 'gibberish' WHERE number = 2", 2, 2),
        ("UPDATE verdicts SET payload = x'ff00' WHERE number = 2", 2, 2),
        ("UPDATE verdicts SET hash = 'x' WHERE number = 1", 1, 3),
        ("DELETE FROM verdicts WHERE number = 2", 2, 2),
        ("DELETE FROM verdicts WHERE number = 3", 3, 2),
        ("INSERT INTO verdicts SELECT 9, 'ver_x', hash, 'x', payload FROM verdicts WHERE number = 3", 4, 3),
    ],
)
def test_a_log_edited_by_hand_is_found_out_and_still_read(
    tmp_path: Path, statement: str, number: int, left: int
) -> None:
    path = tmp_path / "w.dateline"
    with EmbeddedStore.open(path, create=True) as store:
        for each in range(3):
            store.add_verdict(verdict(each))
    edited(path, statement)
    with EmbeddedStore.open(path, create=False) as store:
        found = checked(store)
        assert found.broken is not None
        assert found.broken.number == number
        assert len(list(store.verdicts())) == left
        # What is decided from now on is kept all the same, and the fault stays where it is.
        assert store.add_verdict(verdict(7))
        assert checked(store).broken.number == number
        assert list(store.verdicts())[-1] == verdict(7)


def test_two_processes_append_at_once_and_no_verdict_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    EmbeddedStore.open(path, create=True).close()
    both = [
        subprocess.Popen((sys.executable, "-c", APPENDING, path, name, "40"), stdout=subprocess.PIPE, text=True)
        for name in ("A", "B")
    ]
    told = {line for each in both for line in each.communicate(timeout=120)[0].split()}
    assert [each.returncode for each in both] == [0, 0]
    with EmbeddedStore.open(path, create=False) as store:
        assert {each.id for each in store.verdicts()} == told
        assert len(told) == 80
        assert checked(store).broken is None


@pytest.mark.parametrize("after", [1, 7])
def test_a_killed_process_leaves_whole_rows_and_all_that_it_told(tmp_path: Path, after: int) -> None:
    path = tmp_path / "w.dateline"
    EmbeddedStore.open(path, create=True).close()
    writer = subprocess.Popen(
        (sys.executable, "-c", APPENDING, path, "A", "100000"), stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    told = [writer.stdout.readline().strip() for _ in range(after)]
    writer.send_signal(signal.SIGKILL)
    told += writer.communicate()[0].split()[:-1]  # the last line may be cut
    with EmbeddedStore.open(path, create=False) as store:
        kept = {each.id for each in store.verdicts()}
        assert set(told) <= kept
        assert checked(store).broken is None


def test_verdicts_of_the_first_schema_are_chained(tmp_path: Path) -> None:
    path = tmp_path / "w.dateline"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, MIGRATIONS[:4])
    old = ("id", "kind", "reports", "by", "at", "reason", "field", "value", "supersedes")
    verdicts = [verdict(number) for number in range(3)]
    for number, each in zip((1, 5, 6), verdicts, strict=True):  # an older file may have gaps
        payload = encode(
            {name: value for name, value in msgspec.structs.asdict(each).items() if name in old}
        ).decode()
        connection.execute("INSERT INTO verdicts VALUES (?, ?, ?)", (number, each.id, payload))
    connection.close()
    with EmbeddedStore.open(path, create=False) as store:
        assert list(store.verdicts()) == verdicts
        assert store.verdicts_appended() == 3
        assert checked(store).broken is None
        store.add_verdict(verdict(9))
        assert checked(store).broken is None


def test_an_empty_log_of_the_first_schema_is_migrated(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "w.dateline", isolation_level=None)
    migrate(connection, MIGRATIONS[:4])
    connection.close()
    with EmbeddedStore.open(tmp_path / "w.dateline", create=False) as store:
        assert checked(store).rows == 0
        assert checked(store).broken is None
