"""`dateline disagreements`: the weightiest first, with who says what."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.cli.disagreeing import disagreement_table
from dateline.export.disputes import COLUMNS
from dateline.workspace import open_workspace

Run = Callable[..., Any]


def listed(run: Run, sample: Path, *options: str) -> list[dict[str, Any]]:
    result = run("disagreements", "-w", sample, "-f", "json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def test_they_are_those_of_the_events_the_weightiest_first(run: Run, sample: Path) -> None:
    found = listed(run, sample)
    weights = [each["disagreement"]["weight"] for each in found]
    assert weights == sorted(weights, reverse=True)
    events = [json.loads(line) for line in run("events", "-w", sample, "-f", "jsonl").stdout.splitlines()]
    assert len(found) == sum(len(event["disagreements"]) for event in events) > 1
    assert {each["event"] for each in found} == {event["id"] for event in events if event["disagreements"]}
    lines = run("disagreements", "-w", sample, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found


def test_filters_choose_events_and_limit_counts_disagreements(run: Run, sample: Path) -> None:
    found = listed(run, sample)
    assert listed(run, sample, "--limit", "1") == found[:1]
    some = listed(run, sample, "--where", "Kirkuk")
    assert len(some) > 0
    assert [each for each in found if each in some] == some
    assert listed(run, sample, "--undisputed") == found
    assert listed(run, sample, "--since", "2050") == []


def test_the_table_says_who_says_what_when(run: Run, sample: Path) -> None:
    result = run("disagreements", "-w", sample)
    found = listed(run, sample)
    assert f"{len(found)} disagreements." in result.output
    for each in found:
        assert each["event"][:12] in result.stdout
        for side in each["disagreement"]["sides"]:
            assert side["value"] in result.stdout
            assert side["told"][0]["outlet"].split()[0] in result.stdout
    assert "1 of" not in run("disagreements", "-w", sample, "--limit", "1").output


def test_csv_has_a_row_for_everyone_who_says_something(run: Run, sample: Path) -> None:
    result = run("disagreements", "-w", sample, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    told = [
        one for each in listed(run, sample) for side in each["disagreement"]["sides"] for one in side["told"]
    ]
    assert [row["report"] for row in rows] == [one["report"] for one in told]
    assert all(0 <= float(row["weight"]) <= 1 for row in rows)


def test_an_unknown_format_is_refused(run: Run, sample: Path) -> None:
    result = run("disagreements", "-w", sample, "-f", "xml")
    assert result.exit_code == 2
    assert "table, json, jsonl, csv" in result.output


def test_a_narrow_table_leaves_out_what_the_event_is(sample: Path) -> None:
    with open_workspace(sample, create=False) as opened:
        disputes = list(opened.disagreements())
    assert len(disagreement_table(disputes, 80).columns) == 4
    assert len(disagreement_table(disputes, 120).columns) == 5


def test_show_tells_ties_and_how_the_figures_changed(run: Run, sample: Path) -> None:
    events = [json.loads(line) for line in run("events", "-w", sample, "-f", "jsonl").stdout.splitlines()]
    tied = next(event for event in events if event["ties"])
    shown = " ".join(run("show", tied["id"], "-w", sample).stdout.split())
    assert "Counted as one origin" in shown
    assert " ".join(tied["ties"][0]["why"].split()[:4]) in shown
    told = next(event for event in events for figure in event["figures"] if len(figure["history"]) > 1)
    shown = run("show", told["id"], "-w", sample).stdout
    assert "How the figures were told" in shown
    assert "lowest credible" in shown
