"""The command that trains: what is missing is said before any work is done."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_folder_that_is_not_there_is_named(run: Run) -> None:
    result = run("train", "--data", "nowhere")
    assert result.exit_code == 2
    assert "there is no folder nowhere" in result.stderr


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_missing_packages_are_named_with_what_installs_them(run: Run) -> None:
    Path("data").mkdir()
    Path("corpus").mkdir()
    result = run("train", "--data", "data")
    assert result.exit_code == 2
    assert "pip install 'dateline[train]'" in result.stderr
    assert not Path("model").exists()
