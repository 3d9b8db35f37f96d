"""Word lists of the clean room: named lists of words in YAML, checked as they are read."""

from pathlib import Path

import yaml

from dateline.config import DATA
from dateline.errors import DataError

FOLDER = DATA / "clean"


def load_lists(path: Path, names: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Read the word lists `names` from the YAML mapping at `path`.

    Raises DataError where the file does not hold exactly these lists, or where an entry is no text, is
    blank, is padded with spaces or stands twice in one list.
    """
    found = read_mapping(path)
    if set(found) != set(names):
        odd = ", ".join(sorted(str(name) for name in set(found) ^ set(names)))
        raise DataError(f"{path.name}: lists are missing or unknown: {odd}; name them as the loader does")
    return {name: frozenset(check_words(path, name, found[name])) for name in names}


def read_mapping(path: Path) -> dict[object, object]:
    """Read the YAML mapping at `path`; raises DataError where it cannot be read or is none."""
    try:
        found = yaml.safe_load(path.read_bytes())
    except (OSError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise DataError(f"{path.name} cannot be read ({reason}); repair or reinstall it") from error
    if not isinstance(found, dict):
        raise DataError(f"{path.name} holds no mapping; begin it with `name:` lines")
    return found


def check_words(path: Path, name: str, entries: object, *, empty: bool = False) -> list[str]:
    """Return `entries` as a list of words; raises DataError as `load_lists` does.

    `empty` says that the list may hold nothing. `path` and `name` tell where the list stands.
    """
    if not isinstance(entries, list) or not (entries or empty):
        raise DataError(f"{path.name}: {name} is not a list of words; write one `- word` per line")
    words: list[str] = []
    for entry in entries:
        if not isinstance(entry, str) or not entry.strip() or entry != entry.strip():
            raise DataError(f"{path.name}: {name}: {entry!r} is not a word; put it in quotes, without spaces")
        if entry in words:
            raise DataError(f"{path.name}: {name}: {entry!r} stands twice; remove one")
        words.append(entry)
    return words
