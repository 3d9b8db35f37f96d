"""The commands that take articles in: what they say, what they keep, and their exit codes."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ARTICLE = (
    "Gunmen attacked a police checkpoint near Hawija on Friday and killed three policemen, an officer said.\n\n"
    "The gunmen fled to the Hamrin mountains before the army arrived, he said.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "attack.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_run_goes_the_whole_way_and_says_how_to_go_on(run: Run, article: Path) -> None:
    result = run("run", article, "--published", "2016-10-22", "--outlet", "Tigris Post")
    assert result.exit_code == 0, result.output
    assert "1 new, 0 updated, 0 already there, 0 rejected" in result.stderr
    assert "2016-10-21" in result.stdout
    assert "1 article, 1 outlet" in result.stdout
    assert "dateline show" in result.stdout


def test_adding_again_changes_nothing(run: Run, article: Path) -> None:
    assert run("add", article).exit_code == 0
    before = Path("news.dateline").read_bytes()
    again = run("add", article)
    assert again.exit_code == 0
    assert "0 new, 0 updated, 1 already there" in again.stderr
    assert Path("news.dateline").read_bytes() == before


def test_one_bad_file_among_good_ones_is_exit_code_one(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = run("add", article, tmp_path / "empty.txt")
    assert result.exit_code == 1
    assert "1 new" in result.stderr
    assert "1 rejected" in result.stderr
    listed = run("rejected", "--format", "jsonl")
    refusal = json.loads(listed.stdout)
    assert (refusal["reason"], refusal["locator"]) == ("empty", str(tmp_path / "empty.txt"))


def test_nothing_but_bad_files_is_exit_code_two(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    for path in (tmp_path / "picture.txt", tmp_path / "nosuch.txt"):
        result = run("add", path)
        assert result.exit_code == 2
        assert "1 rejected" in result.stderr
    reasons = [json.loads(line)["reason"] for line in run("rejected", "-f", "jsonl").stdout.splitlines()]
    assert sorted(reasons) == ["binary", "missing"]


def test_a_repaired_file_is_no_longer_listed_as_refused(run: Run, article: Path, tmp_path: Path) -> None:
    repaired = tmp_path / "late.txt"
    assert run("add", repaired).exit_code == 2
    repaired.touch()
    assert run("add", repaired).exit_code == 2
    reasons = [json.loads(line)["reason"] for line in run("rejected", "-f", "jsonl").stdout.splitlines()]
    assert reasons == ["empty"]
    repaired.write_text(ARTICLE, "utf-8")
    assert run("add", repaired).exit_code == 0
    assert run("rejected", "-f", "jsonl").stdout == ""


def test_broken_json_lines_keep_the_good_ones(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    good = json.dumps({"text": ARTICLE, "published": "2016-10-22"})
    lines.write_text(f'{good}\n{{"text": \n', "utf-8")
    assert run("add", lines).exit_code == 1
    refusal = json.loads(run("rejected", "-f", "jsonl").stdout)
    assert refusal["reason"] == "invalid_json"
    assert refusal["locator"].endswith("lines.jsonl#2")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--published", "the 32nd", "'the 32nd' is not a date"),
        ("--map", "text", "OURS=THEIRS"),
        ("--map", "words=body", "no field is called words"),
        ("--workers", "0", "--workers"),
    ],
)
def test_what_the_user_gives_wrong_writes_nothing(
    run: Run, article: Path, option: str, value: str, said: str
) -> None:
    for command in ("add", "run", "parse"):
        result = run(command, article, option, value)
        assert result.exit_code == 2, command
        assert result.stdout == ""
        assert said in result.stderr
    assert not Path("news.dateline").exists()


def test_map_names_the_fields_of_records(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f'body,day\n"{ARTICLE}",2016-10-22\n', "utf-8")
    assert run("add", table, "--map", "text=body", "--map", "published=day").exit_code == 0
    found = json.loads(run("articles", "-f", "jsonl").stdout)
    assert found["published"]["date"] == "2016-10-22"


def test_code_reads_only_what_waits_unless_again_is_given(run: Run, article: Path) -> None:
    run("add", article, "--published", "2016-10-22")
    assert "1 articles coded" in run("code").stderr
    before = run("events", "-f", "jsonl").stdout
    assert "0 articles coded" in run("code").stderr
    assert "1 articles coded" in run("code", "--again").stderr
    assert run("events", "-f", "jsonl").stdout == before


def test_parse_touches_no_workspace_and_says_the_same_twice(run: Run, article: Path) -> None:
    given = ("parse", article, "--published", "2016-10-22", "--outlet", "Tigris Post")
    first, second = run(*given), run(*given)
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    reports = [json.loads(line) for line in first.stdout.splitlines()]
    assert reports
    text = ARTICLE
    for report in reports:
        assert report["article"]["outlet"] == "Tigris Post"
        trigger = report["trigger"]
        assert text[trigger["start"] : trigger["end"]] == trigger["text"]
    assert json.loads(run(*given, "--format", "json").stdout) == reports
    assert not Path("news.dateline").exists()


@pytest.mark.parametrize(
    ("day", "start", "assumed"),
    [
        ("on 31 June", None, "there is no such day in the calendar"),
        ("on 2016-13-05", None, "there is no such day in the calendar"),
        ("on 12/09/16", "2016-09-12", "day and month so that it does not lie after the publication"),
        ("on 09/08/16", None, "day and month could be swapped"),
        ("on 3 March 2018", "2018-03-03", "told as past, yet after the publication (2016-10-22)"),
    ],
)
def test_a_doubtful_day_says_why(run: Run, day: str, start: str | None, assumed: str) -> None:
    text = f"Gunmen killed three policemen near Hawija {day}."
    result = run("parse", "-", "--published", "2016-10-22", "--outlet", "Tigris Post", stdin=text.encode())
    assert result.exit_code == 0, result.output
    (when,) = {
        (one["when"]["start"], one["when"]["assumed"]) for one in map(json.loads, result.stdout.splitlines())
    }
    assert when[0] == start
    assert when[1].startswith(assumed)


def test_coordinates_and_names_of_two_scripts_are_places_or_said_to_be_none(run: Run) -> None:
    places = []
    for words in ("at 35.47, 44.39", "at 95.20, 200.10", "near Кirkuk"):  # a Cyrillic capital
        text = f"Gunmen killed three policemen {words} on Friday."
        result = run("parse", "-", "--published", "2016-10-22", stdin=text.encode())
        assert result.exit_code == 0, result.output
        places += [json.loads(line)["where"] for line in result.stdout.splitlines()]
    (exact,), *others = places
    assert (exact["latitude"], exact["longitude"], exact["precision"]) == (35.47, 44.39, "point")
    assert all(where["precision"] == "unresolved" for each in others for where in each)


def test_parse_reads_standard_input_and_tells_refusals_on_standard_error(run: Run) -> None:
    assert run("parse", "-", stdin=ARTICLE.encode()).exit_code == 0
    refused = run("parse", "nosuch.txt")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("nosuch.txt: missing: ")
    assert len(refused.stderr.splitlines()) == 1


def test_demo_makes_a_workspace_and_a_page(run: Run) -> None:
    result = run("demo", "here")
    assert result.exit_code == 0, result.output
    assert Path("here/demo.dateline").exists()
    assert Path("here/events.html").read_bytes().lstrip().lower().startswith(b"<!doctype html>")
    assert not list(Path("here").glob("*.part"))


def test_a_workspace_in_use_by_another_is_one_line(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", article)
    monkeypatch.setattr("dateline.store.schema.BUSY_TIMEOUT_MS", 20)
    other = sqlite3.connect("news.dateline", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = run("code")
    other.close()
    assert result.exit_code == 2
    assert "in use by another dateline" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run("code").exit_code == 0


def test_a_workspace_of_a_newer_version_is_left_alone(run: Run, article: Path) -> None:
    run("add", article)
    connection = sqlite3.connect("news.dateline")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for command in (("add", article), ("code",), ("events",)):
        result = run(*command)
        assert result.exit_code == 2
        assert "newer dateline" in result.stderr
