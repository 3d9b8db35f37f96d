"""The commands that look into a workspace: filters, formats and what a person reads."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.filters import takes_filters

Run = Callable[..., Any]


def ids(result: Any) -> list[str]:
    assert result.exit_code == 0, result.output
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


def test_events_in_every_format_are_the_same_events(run: Run, sample: Path) -> None:
    lines = ids(run("events", "-w", sample, "-f", "jsonl"))
    assert len(lines) > 20
    assert [event["id"] for event in json.loads(run("events", "-w", sample, "-f", "json").stdout)] == lines
    table = csv.DictReader(io.StringIO(run("events", "-w", sample, "-f", "csv").stdout.lstrip("\ufeff")))
    assert [row["event_id"] for row in table] == lines
    features = json.loads(run("events", "-w", sample, "-f", "geojson").stdout)["features"]
    assert [feature["id"] for feature in features] == lines
    shown = run("events", "-w", sample).stdout
    assert all(identity[:12] in shown for identity in lines)


@pytest.mark.parametrize(
    ("option", "value", "holds"),
    [
        ("--since", "2018", lambda event: event["when"]["end"] is None or event["when"]["end"] >= "2018"),
        ("--until", "2016-10", lambda event: (event["when"]["start"] or "") <= "2016-10-31"),
        ("--status", "feared", lambda event: event["status"]["reality"] == "feared"),
        ("--min-origins", "2", lambda event: event["origins"] >= 2),
        ("--type", "suicide_bombing", lambda event: event["type"] == "suicide_bombing"),
        ("--search", "curfew", lambda event: "curfew" in json.dumps(event).lower()),
        ("--actor", "Islamic State", lambda event: "islamic state" in json.dumps(event["claims"]).lower()),
        ("--where", "Kirkuk", lambda event: "Kirkuk" in json.dumps(event["claims"]["where"])),
    ],
)
def test_filters_leave_what_they_hold_for(
    run: Run, sample: Path, option: str, value: str, holds: Callable[[Any], bool]
) -> None:
    found = run("events", "-w", sample, option, value, "-f", "jsonl")
    chosen = [json.loads(line) for line in found.stdout.splitlines()]
    everything = ids(run("events", "-w", sample, "-f", "jsonl"))
    assert 0 < len(chosen) < len(everything)
    assert all(holds(event) for event in chosen)


def test_undated_and_limit_and_sort(run: Run, sample: Path) -> None:
    dated = ids(run("events", "-w", sample, "--since", "2000", "-f", "jsonl"))
    with_undated = ids(run("events", "-w", sample, "--since", "2000", "--undated", "-f", "jsonl"))
    assert set(dated) < set(with_undated)
    newest = run("events", "-w", sample, "--sort", "-date", "--limit", "3", "-f", "jsonl")
    assert len(ids(newest)) == 3
    ends = [
        event["when"]["end"] or event["when"]["start"] for event in map(json.loads, newest.stdout.splitlines())
    ]
    assert ends == sorted(ends, reverse=True)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--since", "yesterday"),
        ("--status", "certain"),
        ("--sort", "size"),
        ("--type", "nosuch"),
        ("-f", "xls"),
    ],
)
def test_a_wrong_filter_is_one_line_and_exit_code_two(run: Run, sample: Path, option: str, value: str) -> None:
    result = run("events", "-w", sample, option, value)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert value in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_unlimited_table_says_how_many_it_left_out(
    run: Run, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.cli.looking.TABLE_ROWS", 5)
    result = run("events", "-w", sample)
    assert result.stdout.count("evt_") == 5
    assert "5 of " in result.stderr


def test_show_says_who_says_it_with_the_words_marked(run: Run, sample: Path) -> None:
    event = json.loads(run("events", "-w", sample, "--sort", "origins", "-f", "jsonl").stdout.splitlines()[0])
    shown = run("show", "-w", sample, event["id"][:12]).stdout
    assert event["id"] in shown
    assert f"{event['origins']} independent origins" in shown
    for word in ("when", "where", "status", "PLOVER", "ACLED"):
        assert f"\n{word}" in shown
    assert shown.count("»") == len(event["reports"]) + 1  # one in each sentence, one in the legend
    flat = " ".join(shown.split())
    for said in {each["outlet"] for claim in event["claims"]["type"] for each in claim["said"]}:
        assert said in flat
    whole = json.loads(run("show", "-w", sample, event["id"], "--format", "json").stdout)
    assert whole["event"] == event
    assert {report["id"] for report in whole["reports"]} == set(event["reports"])


def test_show_tells_what_is_disputed(run: Run, sample: Path) -> None:
    lines = run("events", "-w", sample, "--disputed", "-f", "jsonl").stdout.splitlines()
    assert lines
    shown = run("show", "-w", sample, json.loads(lines[0])["id"])
    assert "\ndisputed" in shown.stdout


@pytest.mark.parametrize("identity", ["evt_zzzzzzzzzzzzzzzz", "nonsense", "e"])
def test_an_unknown_id_is_exit_code_two(run: Run, sample: Path, identity: str) -> None:
    for command in ("show", "articles"):
        result = run(command, "-w", sample, identity)
        assert result.exit_code == 2
        assert identity in result.stderr


def test_articles_are_listed_and_shown_with_offsets(run: Run, sample: Path) -> None:
    listed = json.loads(run("articles", "-w", sample, "-f", "json").stdout)
    table = run("articles", "-w", sample).stdout
    assert all(article["id"][:12] in table for article in listed)
    one = listed[0]
    shown = run("articles", "-w", sample, one["id"][:12]).stdout
    start, end = one["sentences"][0]
    assert f"{start}–{end}" in shown
    assert " ".join(one["text"][start:end].split())[:40] in " ".join(shown.split())
    assert json.loads(run("articles", "-w", sample, one["id"], "-f", "json").stdout) == one


def test_every_refusal_is_listed_with_its_reason_and_advice(run: Run, sample: Path) -> None:
    refusals = [json.loads(line) for line in run("rejected", "-w", sample, "-f", "jsonl").stdout.splitlines()]
    assert refusals
    flat = " ".join(run("rejected", "-w", sample).stdout.split())
    for refusal in refusals:
        assert refusal["reason"] in flat
        assert Path(refusal["locator"]).name in flat
    assert run("rejected", "-w", sample, "--stage", "read", "-f", "jsonl").stdout == ""


def test_export_writes_what_events_shows(run: Run, sample: Path) -> None:
    assert run("export", "-w", sample, "some.csv", "--min-origins", "2").exit_code == 0
    content = Path("some.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["event_id"] for row in rows] == ids(
        run("events", "-w", sample, "--min-origins", "2", "-f", "jsonl")
    )
    assert run("export", "-w", sample, "bare.csv", "--no-bom", "--min-origins", "2").exit_code == 0
    assert Path("bare.csv").read_bytes() == content.removeprefix(b"\xef\xbb\xbf")
    out = run("export", "-w", sample, "-", "-f", "csv", "--no-bom", "--min-origins", "2")
    assert out.stdout_bytes == Path("bare.csv").read_bytes()


def test_export_names_its_formats_and_leaves_no_half_file(run: Run, sample: Path) -> None:
    for arguments in (("events.xyz",), ("events.csv", "-f", "nosuch"), ("events.html", "--no-bom")):
        result = run("export", "-w", sample, *arguments)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
    assert list(Path.cwd().iterdir()) == []
    assert run("export", "-w", sample, "page.html", "--title", "Two years of news").exit_code == 0
    assert "Two years of news" in Path("page.html").read_text("utf-8")


def test_judging_takes_an_event_away(run: Run, sample: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.dateline"
    own.write_bytes(sample.read_bytes())
    event = json.loads(run("events", "-w", own, "--limit", "1", "-f", "jsonl").stdout)
    result = run("judge", "-w", own, "reject", *event["reports"], "--by", "A. Reader", "--reason", "no event")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("ver_")
    assert event["id"] not in ids(run("events", "-w", own, "-f", "jsonl"))
    assert run("judge", "-w", own, "praise", event["reports"][0], "--by", "A. Reader").exit_code == 2


def test_only_a_command_with_a_query_takes_filters() -> None:
    def bare() -> None: ...

    with pytest.raises(TypeError, match="bare takes no query"):
        takes_filters(bare)
