"""Warnings and surges on the command line: both ends, every format, and one line for what is wrong."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.following import rate_table, warning_table
from dateline.cli.screen import console
from dateline.config import Config
from dateline.export.followed import COLUMNS, horizon_words, share_words
from dateline.model.outcome import STATES, HitRate, Horizon
from dateline.workspace import open_workspace

Run = Callable[..., Any]
NOW = date(2019, 5, 13)
TOWNS = ("Kirkuk", "Hawija", "Tikrit", "Samarra", "Baqubah", "Ramadi", "Fallujah", "Mosul")


def dispatches() -> list[dict[str, str]]:
    """Return eleven weeks with an attack each, a warning, and a twelfth week with an attack on every town."""
    attack = (
        "Gunmen of the Islamic State attacked a police checkpoint in {town} on {day} and killed {number} men, "
        "a provincial officer said. The road to the town was closed for some hours and shops stayed shut."
    )
    warning = (
        "Police officials in Mosul warned on Monday that the Islamic State was planning to attack the town "
        "within days. They asked residents to stay at home at night and to report strangers at once."
    )
    found = [("Northern Desk", NOW, warning)]
    for back in range(12):
        for number in range(8 if back == 0 else 1):
            day = NOW + timedelta(days=number % 5) - timedelta(weeks=back)
            words = attack.format(town=TOWNS[(back + number) % 8], day=f"{day:%A}", number=number + 2)
            found.append(("Tigris Post", day + timedelta(days=1), words))
    return [
        {"outlet": outlet, "published": day.isoformat(), "title": f"News of {day}", "text": text}
        for outlet, day, text in found
    ]


@pytest.fixture(scope="module")
def weeks(gazetteer_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with these dispatches, coded; tests only read it."""
    folder = tmp_path_factory.mktemp("weeks")
    articles, path = folder / "news.jsonl", folder / "weeks.dateline"
    articles.write_text("\n".join(map(json.dumps, dispatches())), "utf-8")
    config = Config(cache=gazetteer_cache, workspace=path, coder="patterns", workers=1)
    with open_workspace(path, config=config) as opened:
        opened.add(articles)
        opened.code()
    return path


def test_a_warning_is_shown_with_both_ends_and_their_sentences(run: Run, weeks: Path) -> None:
    result = run("warnings", "-w", weeks)
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert "planning to attack" in words
    assert "came about" in words
    assert "attacked a police" in words
    assert "within days" in words
    assert "settled warnings yet" in result.stderr


def test_every_format_tells_the_same_warnings(run: Run, weeks: Path) -> None:
    values = json.loads(run("warnings", "-w", weeks, "-f", "json").stdout)
    (followed,) = [each for each in values if each["outcome"]["state"] == "came_about"]
    assert followed["event"]["id"] == followed["outcome"]["event"]
    assert followed["event"]["said"][0]["sentence"]["text"].startswith("Gunmen")
    assert "warned" in followed["warning"]["said"][0]["sentence"]["text"]
    rows = list(csv.DictReader(io.StringIO(run("warnings", "-w", weeks, "-f", "csv").stdout.lstrip("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["warning_id"] for row in rows] == [each["warning"]["id"] for each in values]
    assert rows[0]["horizon_text"] == "within days"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 1),
        (("--source", "northern"), 1),
        (("--source", "police officials"), 1),
        (("--source", "Tigris Post"), 0),
        (("--where", "Mosul"), 1),
        (("--where", "Gao"), 0),
        (("--since", "2019-05-13", "--until", "2019-05"), 1),
        (("--since", "2019-05-14"), 0),
        (("--until", "2019-05-12"), 0),
        (("--outcome", "came_about"), 1),
        (("--outcome", "open"), 0),
        (("--actor", "Islamic State", "--type", "assault"), 1),
        (("--type", "protest"), 0),
    ],
    ids=str,
)
def test_filters(run: Run, weeks: Path, options: tuple[str, ...], count: int) -> None:
    result = run("warnings", "-w", weeks, "-f", "jsonl", *options)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == count


def test_rates_are_counts(run: Run, weeks: Path) -> None:
    table = run("warnings", "-w", weeks, "--rates").stdout
    assert "Northern Desk (outlet)" in table
    assert "too few: 10 needed" in table
    rates = json.loads(run("warnings", "-w", weeks, "--rates", "-f", "json").stdout)
    assert {(rate["settled"], rate["came_about"], rate["low"]) for rate in rates} == {(1, 1, None)}
    rows = list(
        csv.DictReader(
            io.StringIO(run("warnings", "-w", weeks, "--rates", "-f", "csv").stdout.lstrip("\ufeff"))
        )
    )
    assert [row["name"] for row in rows] == [rate["name"] for rate in rates]


def test_a_share_is_never_a_bare_percentage() -> None:
    rate = HitRate(
        by="source", name="A", settled=12, came_about=5, partly=1, did_not=6, waiting=0, low=0.19, high=0.68
    )
    assert share_words(rate, 10) == "5 of 12: between 19 and 68 of a hundred"
    assert rate_table([rate]).row_count == 1


def test_horizons_in_words() -> None:
    horizon = Horizon(
        start="2019-05-13", end="2019-05-23", basis="words", text="within days", assumed="counted"
    )
    assert horizon_words(horizon) == "until 2019-05-23 (“within days”; counted)"
    assert horizon_words(Horizon(start="2019-05-13", end="2019-05-23", basis="dates")) == "until 2019-05-23"


def test_the_sample_is_followed_in_any_width(run: Run, sample: Path) -> None:
    with open_workspace(sample) as opened:
        followed = opened.warnings()
    assert len(followed) > 8
    assert {each.outcome.state for each in followed} <= set(STATES)
    for width in (80, 160):
        out = console()
        out.width = width
        with out.capture() as captured:
            out.print(warning_table(followed))
        assert max(map(len, captured.get().splitlines())) <= width
    assert run("warnings", "-w", sample, "--today", "2030-01-01", "--outcome", "open").stdout == ""


def test_surges_show_the_reports_behind_them(run: Run, weeks: Path) -> None:
    result = run("surges", "-w", weeks)
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    # Nothing but attacks was read, so that more happened or more was read.
    assert "Islamic State" in words
    assert "more events seen, but more was read too" in words
    assert "Gunmen of the Islamic State" in words
    assert "2019-W20 (2019-05-13 to 2019-05-19)" in result.stderr
    assert "by chance at most" in result.stderr


def test_surges_as_json_and_csv_by_week_and_place(run: Run, weeks: Path) -> None:
    found = json.loads(run("surges", "-w", weeks, "--week", "2019-05-15", "-f", "json").stdout)
    assert found["week"] == "2019-W20"
    rows = list(csv.DictReader(io.StringIO(run("surges", "-w", weeks, "-f", "csv").stdout.lstrip("\ufeff"))))
    assert [row["key"] for row in rows] == [surge["key"] for surge in found["surges"]]
    assert "islamic-state" in {row["key"] for row in rows}
    assert json.loads(run("surges", "-w", weeks, "--where", "Gao", "-f", "json").stdout)["surges"] == []
    assert json.loads(run("surges", "-w", weeks, "--week", "2019-W19", "-f", "json").stdout)["surges"] == []


def test_too_short_a_past_is_said(run: Run, sample: Path) -> None:
    result = run("surges", "-w", sample)
    assert result.exit_code == 0
    assert "Nothing can be said of 2020-W23" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("warnings", "--outcome", "maybe"), "there is: came_about"),
        (("warnings", "--today", "tomorrow"), "not a date"),
        (("warnings", "--since", "2019", "--until", "2018"), "swap them"),
        (("warnings", "-f", "xls"), "there is: table, json, jsonl, csv"),
        (("surges", "--week", "2019-W70"), "no week"),
        (("surges", "-f", "xls"), "there is: table, json, jsonl, csv"),
    ],
    ids=str,
)
def test_what_is_wrong_is_one_line(run: Run, weeks: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments, "-w", weeks)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
