"""Settings: defaults, the environment, and what is wrong in it."""

from pathlib import Path

import pytest

from dateline.config import DATA, SETTINGS, Config, load_config
from dateline.errors import InputError


def test_an_empty_environment_gives_the_defaults() -> None:
    config = load_config({})
    assert config == Config(
        cache=Path("~/.cache/dateline").expanduser(),
        workspace=Path("news.dateline"),
        coder="frames",
        workers=1,
        model=DATA / "coder" / "frames",
        threads=1,
        actors=None,
    )


def test_every_setting_is_read_from_its_variable() -> None:
    given = {
        "DATELINE_CACHE": "/data/cache",
        "DATELINE_WORKSPACE": "~/iraq.dateline",
        "DATELINE_CODER": "mine",
        "DATELINE_WORKERS": "4",
        "DATELINE_MODEL": "/data/model",
        "DATELINE_THREADS": "2",
        "DATELINE_OUTLETS": "/data/outlets.yaml",
        "DATELINE_ACTORS": "~/actors.yaml",
        "DATELINE_TOKEN": "secret of the server",
    }
    assert {setting.variable for setting in SETTINGS} == set(given)
    config = load_config(given)
    assert config.cache == Path("/data/cache")
    assert config.workspace == Path("~/iraq.dateline").expanduser()
    assert (config.coder, config.workers, config.threads) == ("mine", 4, 2)
    assert config.token == given["DATELINE_TOKEN"]
    assert config.model == Path("/data/model")
    assert config.actors == Path("~/actors.yaml").expanduser()


@pytest.mark.parametrize("variable", ["DATELINE_WORKERS", "DATELINE_THREADS"])
@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "²"])
def test_a_number_that_is_none_is_refused(variable: str, number: str) -> None:
    with pytest.raises(InputError, match=variable):
        load_config({variable: number})


@pytest.mark.parametrize("variable", [setting.variable for setting in SETTINGS])
def test_an_empty_variable_counts_as_unset(variable: str) -> None:
    assert load_config({variable: ""}) == load_config({})


def test_the_data_of_the_package_is_there() -> None:
    assert (DATA / "ontology").is_dir()
