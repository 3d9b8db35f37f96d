"""Tables: the word lists and crosswalks of training, which people review, read from `data/train`."""

from functools import cache
from typing import Any

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError

FOLDER = DATA / "train"


@cache
def load_table(name: str, shape: Any) -> Any:
    """Return the table `name` as the Struct `shape`, read once; raises DataError that says what is wrong."""
    path = FOLDER / f"{name}.yaml"
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader), type=shape)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        detail = " ".join(str(error).split())
        raise DataError(f"{path.name} cannot be read ({detail}); repair the file or reinstall") from error
