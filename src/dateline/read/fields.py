"""What a record's fields are called, and how a value in one becomes text."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import DataError
from dateline.read.options import FIELDS

_ADDRESS = re.compile(r"https?://\S", re.IGNORECASE)
_BLANKS = re.compile(r"[\s_-]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# How deep a value may lie inside lists and objects; real records need two or three.
_MAX_DEPTH = 6
# The names under which an object holds its name, its address or its text.
_NAMED = ("name", "@value", "value", "@id", "url")
_ADDRESSED = ("@id", "url", "href")
_TEXTUAL = ("@value", "value", "text", "html")


@cache
def field_names() -> dict[str, tuple[str, ...]]:
    """Return, for each of our fields, the names that it goes by, the surest first, and "records".

    Raises DataError when the package's list of them is damaged.
    """
    path = DATA / "read" / "fields.yaml"
    try:
        names = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), dict[str, tuple[str, ...]])
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"data/read/fields.yaml: {error}; repair the file or reinstall dateline") from error
    if set(names) != {*FIELDS, "records"}:
        raise DataError(f"data/read/fields.yaml: the fields must be {', '.join(FIELDS)} and records")
    return names


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return a field's name without case, blanks, "_" and "-"."""
    return _BLANKS.sub("", name).casefold()


class Record(msgspec.Struct, frozen=True):
    """One record's fields, as they are named and under their folded names."""

    fields: Mapping[str, Any]
    folded: Mapping[str, Any]

    def reach(self, name: str) -> Any:
        """Return the value at a name, which may be dotted; None where there is none.

        A field of exactly that name comes first, even with a dot in it; of a list the first item is taken.
        """
        if name in self.fields:
            return self.fields[name]
        if fold(name) in self.folded:
            return self.folded[fold(name)]
        first, *rest = name.split(".")
        value = self.fields.get(first, self.folded.get(fold(first))) if rest else None
        for part in rest:
            if isinstance(value, list) and value:
                value = value[0]
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def candidates(self, field: str, mapped: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        """Yield (name, value) of what may hold our `field`; the user's own name for it is the only one."""
        for name in (mapped[field],) if field in mapped else field_names()[field]:
            value = self.reach(name)
            if not _absent(value):
                yield name, value


def make_record(fields: Mapping[str, Any]) -> Record:
    """Return the Record of an object or a row; of fields that differ in case only the first one counts."""
    folded: dict[str, Any] = {}
    for name, value in fields.items():
        folded.setdefault(fold(str(name)), value)
    return Record(fields, folded)


def wording(value: Any, depth: int = 0) -> str | None:
    """Return text from a string, an object with a name, or a list of either; None where there is none."""
    if isinstance(value, str):
        return _whole(value).strip() or None
    if depth >= _MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        found = (wording(value.get(name), depth + 1) for name in _NAMED)
        return next((text for text in found if text), None)
    if isinstance(value, list):
        return ", ".join(text for text in (wording(item, depth + 1) for item in value) if text) or None
    return None


def running_text(value: Any, depth: int = 0) -> str | None:
    """Return an article's text from a string, an object with a text, or a list of paragraphs."""
    if isinstance(value, str):
        return _whole(value).strip() or None
    if depth >= _MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        found = (running_text(value.get(name), depth + 1) for name in _TEXTUAL)
        return next((text for text in found if text), None)
    if isinstance(value, list):
        parts = (running_text(item, depth + 1) for item in value)
        return "\n\n".join(text for text in parts if text) or None
    return None


def address(value: Any, depth: int = 0) -> str | None:
    """Return the first web address in a value."""
    if isinstance(value, str):
        return _whole(value).strip() if _ADDRESS.match(value.strip()) else None
    if depth >= _MAX_DEPTH:
        return None
    inner: list[Any] = []
    if isinstance(value, Mapping):
        inner = [value.get(name) for name in _ADDRESSED]
    elif isinstance(value, list):
        inner = value
    return next((found for item in inner if (found := address(item, depth + 1))), None)


def kind_of_value(value: Any) -> str:
    """Return in words what a JSON value is."""
    names = {list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "an object")


def _absent(value: Any) -> bool:
    """Tell what stands for nothing; not-a-number is how tables made with pandas write it."""
    return value is None or value == "" or value == [] or value == {} or value != value


def _whole(text: str) -> str:
    """Return the text without halves of surrogate pairs, which no encoding can hold."""
    return _LONE_SURROGATE.sub("\ufffd", text)
