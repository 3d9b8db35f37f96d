"""Settings: one list with name, default and help, and where the package's own data lies.

This is the only module that reads the environment.
"""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from dateline.errors import InputError

DATA = Path(__file__).parent / "data"
SHIPPED_MODEL = DATA / "coder" / "frames"


class Setting(msgspec.Struct, frozen=True):
    """One setting: its environment variable, its default as text, what it does, and whether it names a path."""

    name: str
    variable: str
    default: str
    help: str
    path: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("cache", "DATELINE_CACHE", "~/.cache/dateline", "Folder for the built gazetteer.", path=True),
    Setting(
        "workspace", "DATELINE_WORKSPACE", "news.dateline", "Workspace file used when none is named.", path=True
    ),
    Setting("coder", "DATELINE_CODER", "frames", "Coder that reads events: a name of `dateline.coders`."),
    Setting(
        "model",
        "DATELINE_MODEL",
        "shipped",
        "Model of the coder `frames`: a folder, or the shipped one.",
        path=True,
    ),
    Setting(
        "actors",
        "DATELINE_ACTORS",
        "shipped",
        "Actors: a YAML file of your own, or the shipped ones alone.",
        path=True,
    ),
    Setting("threads", "DATELINE_THREADS", "1", "Threads of the frame coder's model in each process."),
    Setting(
        "outlets", "DATELINE_OUTLETS", "none", "File with your own outlets and grades, or `none`.", path=True
    ),
    Setting("workers", "DATELINE_WORKERS", "1", "Processes that clean and code articles at once."),
    Setting(
        "token", "DATELINE_TOKEN", "none", "Token that lets in whoever sends it to `dateline serve`, or `none`."
    ),
)

_OUTLETS = next(setting for setting in SETTINGS if setting.name == "outlets")


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one run, read once and passed in."""

    cache: Path
    workspace: Path
    coder: str
    workers: int
    model: Path = SHIPPED_MODEL
    threads: int = 1
    outlets: Path | None = None
    actors: Path | None = None
    token: str | None = None


def load_config(environment: Mapping[str, str] | None = None) -> Config:
    """Read the settings from `environment` (the process's own when None).

    Raises InputError naming the variable that is wrong.
    """
    given = os.environ if environment is None else environment
    # A variable that is set to nothing counts as not set, as it does for most programs.
    values = tuple(given.get(setting.variable) or setting.default for setting in SETTINGS)
    return _config(values, os.environ.get("HOME"))


def outlets_file() -> Path | None:
    """Return the user's file of outlets, if the settings name one; it is asked for at every mention."""
    value = os.environ.get(_OUTLETS.variable) or _OUTLETS.default
    return None if value == "none" else _expanded(value, os.environ.get("HOME"))


@lru_cache(maxsize=8)
def _expanded(path: str, _home: str | None) -> Path:
    return Path(path).expanduser()


def fixed(config: Config) -> Config:
    """Return `config` with its paths absolute, before the process changes its folder.

    The variables of this process, which its children are given, are made so too.
    """
    for setting in SETTINGS:
        value = os.environ.get(setting.variable)
        if setting.path and value and value not in ("shipped", "none"):
            os.environ[setting.variable] = str(Path(value).expanduser().absolute())
    paths = {
        setting.name: path.absolute()
        for setting in SETTINGS
        if setting.path and (path := getattr(config, setting.name)) is not None
    }
    return msgspec.structs.replace(config, **paths)


@lru_cache(maxsize=8)
def _config(values: tuple[str, ...], _home: str | None) -> Config:
    """Return the settings with these values, one for each of SETTINGS; what "~" means hangs on `_home`."""
    text = {setting.name: value for setting, value in zip(SETTINGS, values, strict=True)}
    for name in ("threads", "workers"):
        if not text[name].isdecimal() or int(text[name]) < 1:
            variable = f"DATELINE_{name.upper()}"
            raise InputError(f"{variable} is {text[name]!r}; give a whole number from 1 up")
    return Config(
        cache=Path(text["cache"]).expanduser(),
        workspace=Path(text["workspace"]).expanduser(),
        coder=text["coder"],
        model=SHIPPED_MODEL if text["model"] == "shipped" else Path(text["model"]).expanduser(),
        threads=int(text["threads"]),
        actors=None if text["actors"] == "shipped" else Path(text["actors"]).expanduser(),
        workers=int(text["workers"]),
        outlets=None if text["outlets"] == "none" else Path(text["outlets"]).expanduser(),
        token=None if text["token"] == "none" else text["token"],  # noqa: S105 - "none" is no token
    )
