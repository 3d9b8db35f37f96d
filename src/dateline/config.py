"""Settings: one list with name, default and help, and where the package's own data lies.

This is the only module that reads the environment.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from dateline.errors import InputError

DATA = Path(__file__).parent / "data"


class Setting(msgspec.Struct, frozen=True):
    """One setting: its environment variable, its default as text, and what it does."""

    name: str
    variable: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("cache", "DATELINE_CACHE", "~/.cache/dateline", "Folder for the built gazetteer."),
    Setting("workspace", "DATELINE_WORKSPACE", "news.dateline", "Workspace file used when none is named."),
    Setting("coder", "DATELINE_CODER", "patterns", "Coder that reads events: a name of `dateline.coders`."),
    Setting("workers", "DATELINE_WORKERS", "1", "Processes that clean and code articles at once."),
)


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one run, read once and passed in."""

    cache: Path
    workspace: Path
    coder: str
    workers: int


def load_config(environment: Mapping[str, str] | None = None) -> Config:
    """Read the settings from `environment` (the process's own when None).

    Raises InputError naming the variable that is wrong.
    """
    given = os.environ if environment is None else environment
    # A variable that is set to nothing counts as not set, as it does for most programs.
    text = {setting.name: given.get(setting.variable) or setting.default for setting in SETTINGS}
    if not text["workers"].isdecimal() or int(text["workers"]) < 1:
        raise InputError(f"DATELINE_WORKERS is {text['workers']!r}; give a whole number from 1 up")
    return Config(
        cache=Path(text["cache"]).expanduser(),
        workspace=Path(text["workspace"]).expanduser(),
        coder=text["coder"],
        workers=int(text["workers"]),
    )
