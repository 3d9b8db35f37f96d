"""The command that measures coders."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.train.corpus import part_of

Run = Callable[..., Any]

NAMES = [name for name in (f"cli-{n:03}" for n in range(60)) if part_of(name) == "test"]


@pytest.fixture
def corpus(run: Run) -> Path:
    """Write a corpus of two passages into the folder where the command runs."""
    folder = Path("corpus/passages")
    folder.mkdir(parents=True)
    Path(folder, "cli-01.yaml").write_text(
        f"- {{id: {NAMES[0]}, conflict: Ruhan war, region: Sahel, style: wire,\n"
        "   text: 'Gunmen killed six guards in Tara, the mayor said.',\n"
        "   frames: [{type: killing, trigger: killed, actor: Gunmen, killed: six guards, place: Tara}],\n"
        "   said: [{cue: said, source: mayor, content: Gunmen … Tara}]}\n"
        f"- {{id: {NAMES[1]}, conflict: none, region: Europe, style: blog, nothing: weather,\n"
        "   text: It rained all day., frames: [], said: []}\n",
        "utf-8",
    )
    return Path("corpus")


def test_eval_measures_what_is_there_and_names_what_is_not(run: Run, corpus: Path) -> None:
    result = run("eval")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["trigger", "and", "type", "*", "patterns", "1.000", "1.000", "1.000", "1", "1", "1"] in lines
    assert "polnear: skipped: no folder of data was given; --data FOLDER" in result.stderr
    assert "by region" not in result.stdout
    assert "corpus, patterns: 2 passages, 2 sentences, part test" in result.stderr


def test_eval_shows_details_and_writes_all_scores(run: Run, corpus: Path) -> None:
    result = run("eval", "--suite", "corpus", "--details", "--json", "out.json", "--coder", "patterns")
    assert "roles by region" in result.stdout
    written = json.loads(Path("out.json").read_bytes())
    scores = {(score["table"], score["label"]): score for score in written[0]["scores"]}
    assert scores["", "trigger"]["value"] == scores["", "trigger"]["precision"] == 1
    assert scores["roles", "place"]["gold"] == 1


def test_eval_skips_suites_that_have_not_the_part(run: Run, corpus: Path) -> None:
    result = run("eval", "--part", "held", "--suite", "corpus", "--suite", "muc4")
    assert result.exit_code == 0
    assert "corpus: skipped: its texts have no part 'held'" in result.stderr
    assert "muc4: skipped: its texts have no part 'held'" in result.stderr


def test_eval_ends_with_one_when_a_floor_is_missed(run: Run, corpus: Path) -> None:
    Path("floors.yaml").write_text("corpus: {trigger: {patterns: 0.9}}\n", "utf-8")
    assert run("eval", "--floors", "floors.yaml").exit_code == 0
    Path("floors.yaml").write_text("corpus: {cue: {patterns: 1.1}, gone: {patterns: 0.1}}\n", "utf-8")
    result = run("eval", "--floors", "floors.yaml")
    assert result.exit_code == 1
    assert "corpus, patterns: cue is 1.000; its floor is 1.100" in result.stderr
    assert "gone is not measured" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--suite", "nosuch"), "there is: corpus"),
        (("--coder", "nosuch"), "there is: "),
        (("--part", "train"), "not dev, test or held"),
        (("--part", "dev", "--floors", "nosuch.yaml"), "test, for which the floors are"),
        (("--part", "held", "--floors", "nosuch.yaml"), "test, for which the floors are"),
        (("--floors", "nosuch.yaml"), "cannot be read"),
    ],
)
def test_eval_says_what_is_wrong(run: Run, corpus: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("eval", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_eval_without_anything_to_read_is_no_failure(run: Run) -> None:
    result = run("eval")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.count("skipped") >= 5
