"""A server over the bundled sample."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.config import DATA, Config, load_config
from dateline.web import Served, create_app
from dateline.workspace import open_workspace

CLOCK = "2020-06-30T12:00:00+00:00"


@pytest.fixture(scope="session")
def config(gazetteer_cache: Path) -> Config:
    """Give the settings of every server here."""
    return load_config({"DATELINE_CACHE": str(gazetteer_cache)})


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, config: Config) -> Path:
    """Give the bundled dispatches, read once; never written to."""
    path = tmp_path_factory.mktemp("web") / "sample.dateline"
    with open_workspace(path, config=config) as workspace:
        workspace.add(DATA / "sample" / "dispatches")
        workspace.code()
    return path


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample for one test, which may write to it."""
    return Path(shutil.copy(sample, tmp_path / "sample.dateline"))


@pytest.fixture
def client(path: Path, config: Config) -> Iterator[TestClient]:
    """Give a client of a server over a copy of the sample."""
    served = Served(path=path, config=config, clock=lambda: CLOCK)
    with TestClient(create_app(served), base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened
