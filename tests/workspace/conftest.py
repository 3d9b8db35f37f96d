"""What the tests of the workspace share: settings, and a function that makes workspaces."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.config import Config
from dateline.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def settings(gazetteer_cache: Path) -> Config:
    return Config(cache=gazetteer_cache, workspace=Path("unused.dateline"), coder="patterns", workers=1)


@pytest.fixture
def make(settings: Config, tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Return a function that opens a workspace by name, in a folder of the test's own."""
    opened: list[Workspace] = []

    def making(name: str = "news", config: Config = settings) -> Workspace:
        opened.append(open_workspace(tmp_path / f"{name}.dateline", config=config))
        return opened[-1]

    yield making
    for each in opened:
        each.close()
