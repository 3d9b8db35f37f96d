"""Fixtures shared by all rooms."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dateline.resolve.gazetteer import Gazetteer, open_gazetteer

# Speed is measured in bench/: a busy machine fails no test.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")

# Started in the background of a shell, this process and all that it starts would ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def gazetteer_cache() -> Path:
    """Return the folder of the built gazetteer, kept between runs."""
    return Path(__file__).parents[1] / ".cache" / "gazetteer"


@pytest.fixture(scope="session")
def gazetteer(gazetteer_cache: Path) -> Iterator[Gazetteer]:
    """Return the gazetteer, built on the first run only."""
    with open_gazetteer(gazetteer_cache) as opened:
        yield opened
