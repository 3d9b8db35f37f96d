"""What the tests of the command line share: a way to run it here, and a workspace of the bundled sample."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli.main import app
from dateline.config import DATA, Config
from dateline.workspace import open_workspace

Run = Callable[..., Any]


@pytest.fixture(scope="session")
def settings(gazetteer_cache: Path) -> dict[str, str]:
    """Return the environment of every run."""
    return {
        "DATELINE_CACHE": str(gazetteer_cache),
        "DATELINE_CODER": "patterns",
        "DATELINE_WORKERS": "1",
        "DATELINE_WORKSPACE": "news.dateline",
    }


@pytest.fixture
def run(settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `dateline` with its arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def running(*arguments: str | Path, stdin: bytes | None = None) -> Any:
        return CliRunner(env=settings).invoke(app, [str(each) for each in arguments], input=stdin)

    return running


@pytest.fixture(scope="session")
def sample(gazetteer_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the bundled sample, coded; tests only read it."""
    path = tmp_path_factory.mktemp("sample") / "sample.dateline"
    config = Config(cache=gazetteer_cache, workspace=path, coder="patterns", workers=1)
    with open_workspace(path, config=config) as opened:
        opened.add(DATA / "sample" / "dispatches")
        opened.code()
    return path
