"""Fixtures shared by all rooms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dateline.resolve.gazetteer import Gazetteer, open_gazetteer

# Speed is measured in bench/: a busy machine fails no test.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def gazetteer_cache() -> Path:
    """Return the folder of the built gazetteer, kept between runs."""
    return Path(__file__).parents[1] / ".cache" / "gazetteer"


@pytest.fixture(scope="session")
def gazetteer(gazetteer_cache: Path) -> Iterator[Gazetteer]:
    """Return the gazetteer, built on the first run only."""
    with open_gazetteer(gazetteer_cache) as opened:
        yield opened
