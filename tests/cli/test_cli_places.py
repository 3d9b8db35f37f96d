"""The commands of the gazetteer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def own_cache(settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a cache of our own, so that places added here are nobody else's."""
    folder = tmp_path / "cache"
    monkeypatch.setitem(settings, "DATELINE_CACHE", str(folder))
    return folder


def test_find_understands_spellings_and_countries(run: Run) -> None:
    found = json.loads(run("gazetteer", "find", "kirkuk", "--country", "iq", "-f", "json").stdout)
    assert found[0]["country"] == "IQ"
    assert "Kirkuk" in run("gazetteer", "find", "kirkuk").stdout
    assert len(run("gazetteer", "find", "springfield", "--limit", "2", "-f", "jsonl").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("qqxzv",), "gazetteer add"),
        (("kirkuk", "--country", "QQ"), "'QQ'"),
        (("kirkuk", "-f", "xls"), "'xls'"),
    ],
)
def test_find_says_what_is_wrong(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run("gazetteer", "find", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_add_keeps_good_rows_and_names_the_lines_of_bad_ones(run: Run, own_cache: Path) -> None:
    Path("places.csv").write_text(
        "name,latitude,longitude,country\nTal Sabah,35.1,44.1,IQ\nNowhere,95,44,IQ\n", "utf-8"
    )
    first = run("gazetteer", "add", "places.csv")
    assert first.exit_code == 1
    assert "1 added" in first.stdout
    assert first.stderr.startswith("places.csv#3: ")
    again = run("gazetteer", "add", "places.csv")
    assert "0 added, 0 replaced, 1 already there, 1 refused" in again.stdout


def test_add_of_nothing_good_is_exit_code_two(run: Run, own_cache: Path) -> None:
    Path("places.csv").write_text("name,latitude,longitude\nNowhere,95,44\n", "utf-8")
    assert run("gazetteer", "add", "places.csv").exit_code == 2
    Path("heads.csv").write_text("a,b\n1,2\n", "utf-8")
    assert run("gazetteer", "add", "heads.csv").exit_code == 2
    assert run("gazetteer", "add", "nosuch.csv").exit_code == 2
