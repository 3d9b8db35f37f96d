"""A server over the bundled sample."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.config import DATA, load_config
from dateline.web import Served, create_app
from dateline.workspace import open_workspace

CLOCK = "2020-06-30T12:00:00+00:00"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled dispatches, read once; never written to."""
    path = tmp_path_factory.mktemp("web") / "sample.dateline"
    with open_workspace(path) as workspace:
        workspace.add(DATA / "sample" / "dispatches")
        workspace.code()
    return path


@pytest.fixture
def path(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample for one test, which may write to it."""
    return Path(shutil.copy(sample, tmp_path / "sample.dateline"))


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    """A client of a server over a copy of the sample."""
    served = Served(path=path, config=load_config(), clock=lambda: CLOCK)
    with TestClient(create_app(served), raise_server_exceptions=False) as opened:
        yield opened
