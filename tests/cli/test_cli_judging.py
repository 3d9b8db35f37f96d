"""`dateline judge` and `dateline audit`: verdicts from scripts, JSON lines, the check of the log."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "own.dateline"))


def listed(run: Any, own: Path, *filters: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("events", "-w", own, "-f", "jsonl", *filters).stdout.splitlines()]


def test_every_kind_of_verdict_can_be_given(run: Any, own: Path) -> None:
    events = listed(run, own, "--sort", "origins")
    one = events[0]["id"]
    first, second = events[0]["reports"][0], events[1]["reports"][0]
    parts = next(event["reports"] for event in events if len(event["reports"]) > 1)
    by = ("-w", own, "--by", "A. Reader")
    given = [
        ("accept", one),
        ("correct", one, "--field", "when", "--value", "2016-10"),
        ("correct", parts[0], "--field", "killed", "--value", "4", "--scope", "report"),
        ("one_origin", *parts),
        ("own_origins", parts[0], "--from", parts[1]),
        ("split", parts[0], "--from", parts[1]),
        ("merge", first, second),
        ("dispute", first, "--field", "where", "--reason", "two towns"),
        ("comment", first, "--reason", "ask the desk"),
        ("reject", second, "--reason", "duplicate"),
    ]
    made = []
    for each in given:
        result = run("judge", *each, *by)
        assert result.exit_code == 0, result.output
        made.append(result.stdout.strip())
    assert run("judge", "undo", made[-1], *by).exit_code == 0
    undo = [json.loads(line) for line in run("audit", "-w", own, "--log", "-f", "jsonl").stdout.splitlines()][
        -1
    ]
    assert undo["supersedes"] == made[-1]
    assert run("judge", "redo", undo["id"], *by).exit_code == 0
    assert run("judge", "undo", undo["id"], *by).exit_code == 2
    log = run("audit", "-w", own, "--log")
    assert log.exit_code == 0
    assert "taken back" in log.stdout
    assert "ask the desk" in log.stdout
    assert run("audit", "-w", own, "--log", "--by", "nobody", "-f", "json").stdout.split() == ["[", "]"]


def test_a_corrected_event_says_by_whom(run: Any, own: Path) -> None:
    event = listed(run, own)[0]["id"]
    run("judge", "correct", event, "-w", own, "--by", "A. Reader", "--field", "killed", "--value", "77")
    shown = run("show", "-w", own, event).stdout
    assert "corrected" in shown
    assert "killed: 77 (A. Reader" in shown
    assert "A. Reader: correct killed: 77" in shown
    assert "corrected by A. Reader" in run("export", "-w", own, "-", "--format", "html").stdout


def test_json_lines_are_taken_and_bad_ones_named(run: Any, own: Path) -> None:
    event = listed(run, own)[0]
    lines = [
        json.dumps({"kind": "accept", "ids": [event["id"]], "at": "2026-01-01T00:00:00Z"}),
        "",
        "{oops",
        json.dumps({"kind": "reject", "ids": event["reports"]}),
        json.dumps({"kind": "comment", "ids": event["reports"], "by": "B", "reason": "seen"}),
        "[]",
    ]
    result = run("judge", "-", "-w", own, "--by", "A", stdin="\n".join(lines).encode())
    assert result.exit_code == 1
    assert len(result.stdout.split()) == 2
    for number in (3, 4, 6):
        assert f"line {number}: " in result.stderr
    again = run("judge", "-", "-w", own, "--by", "A", stdin=lines[0].encode())
    assert again.exit_code == 0
    assert run("audit", "-w", own).stdout.startswith("2 verdicts")
    assert run("judge", "-", "-w", own, stdin=b"{}").exit_code == 2
    assert run("judge", "-", "-w", own, stdin=b"").exit_code == 0


def test_an_edited_log_is_told_with_its_row_and_exit_code(run: Any, own: Path) -> None:
    reports = [report for event in listed(run, own) for report in event["reports"]][:3]
    for report in reports:
        run("judge", "accept", report, "-w", own, "--by", "A")
    whole = run("audit", "-w", own, "-f", "jsonl")
    assert whole.exit_code == 0
    head = json.loads(whole.stdout)["head"]
    run("judge", "accept", *reports, "-w", own, "--by", "B")
    assert run("audit", "-w", own, "--expect", head.upper()).exit_code == 0
    assert run("audit", "-w", own, "--expect", "12").exit_code == 1
    connection = sqlite3.connect(own, isolation_level=None)
    connection.execute("DROP TRIGGER verdicts_stay")
    connection.execute("UPDATE verdicts SET payload = replace(payload, 'accept', 'reject') WHERE number = 2")
    connection.close()
    result = run("audit", "-w", own)
    assert result.exit_code == 1
    assert "does not hold: row 2" in result.stderr


def test_agreement_is_shown_with_its_counts(run: Any, own: Path) -> None:
    for number, event in enumerate(listed(run, own)[:4]):
        kind = ("accept",) if number % 2 else ("reject", "--reason", "duplicate")
        first = run("judge", *kind, *event["reports"], "-w", own, "--by", "Ann").stdout.strip()
        both = ("--role", "second", "--about", first)
        assert run("judge", "accept", *event["reports"], "-w", own, "--by", "Ann", *both).exit_code == 2
        if number % 2:
            assert run("judge", "accept", *event["reports"], "-w", own, "--by", "Bo", *both).exit_code == 0
    shown = run("audit", "-w", own, "--agreement")
    assert shown.exit_code == 0
    assert "2 of 2" in shown.stdout
    assert "2 agreed, 2 read once" in shown.stdout
    assert json.loads(run("audit", "-w", own, "--agreement", "-f", "json").stdout)


def test_an_id_of_before_leads_on(run: Any, own: Path) -> None:
    one, two = (event["id"] for event in listed(run, own)[:2])
    run("judge", "merge", one, two, "--by", "A", "-w", own)
    now = {event["id"] for event in listed(run, own)}
    (gone,) = {one, two} - now
    shown = run("show", gone, "-w", own)
    assert shown.exit_code == 0, shown.output
    assert f"{gone} is now part of" in " ".join(shown.stderr.split())
    trace = json.loads(run("show", gone, "-w", own, "-f", "json").stdout)["trace"]
    assert trace["state"] == "moved"
    assert set(trace["events"]) == {one, two} & now
    assert run("code", "--relink", "-w", own).exit_code == 0
    assert {event["id"] for event in listed(run, own)} == now
