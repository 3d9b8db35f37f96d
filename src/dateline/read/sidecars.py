"""Sidecars: a small JSON or YAML file beside a text or a page that holds its metadata."""

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

from dateline.model.capture import Declared
from dateline.model.rejected import Rejected
from dateline.read.encodings import decode
from dateline.read.fields import make_record
from dateline.read.kinds import SUFFIXES, Kind, unzipped_name
from dateline.read.records import declared_of
from dateline.read.source import locator_of, refuse

SIDECAR_SUFFIXES = (".json", ".yaml", ".yml")
# Metadata are far shorter, and YAML is read slowly.
MAX_SIDECAR = 1 << 18
# The kinds of file that hold one article, and so may have a sidecar.
ONE_ARTICLE: tuple[Kind, ...] = ("text", "html")
_OWNERS = tuple(
    suffix + packed for suffix, kind in SUFFIXES.items() if kind in ONE_ARTICLE for packed in ("", ".gz")
)


def sidecar_of(path: Path) -> Path | None:
    """Return the metadata file beside a text: "name.json", "name.txt.json", the same with .yaml and .yml."""
    for stem in _stems(path):
        for suffix in SIDECAR_SUFFIXES:
            candidate = path.with_name(stem + suffix)
            if os.path.isfile(candidate):  # noqa: PTH113 - Path.is_file raises for a name that is too long
                return candidate
    return None


def is_sidecar(path: str, beside: Collection[str]) -> bool:
    """Tell metadata beside a text ("name.json" where "name.txt" is among `beside`) from an article."""
    stem, suffix = os.path.splitext(path)  # noqa: PTH122 - `beside` holds strings, and many of them
    if suffix.lower() not in SIDECAR_SUFFIXES:
        return False
    owns_stem = stem.lower().endswith(_OWNERS) and stem in beside
    return owns_stem or any(stem + owner in beside for owner in _OWNERS)


def read_sidecar(path: Path) -> tuple[Declared, list[Rejected]]:
    """Return what a sidecar declares, and a refusal for each part of it that cannot be used."""
    locator = locator_of(path)
    record = _mapping(path, locator)
    if isinstance(record, Rejected):
        return Declared(), [record]
    return declared_of(make_record(record), locator, {}, rule="sidecar", strict=True)


def _stems(path: Path) -> Iterator[str]:
    bare = unzipped_name(path)
    yield bare.stem
    yield bare.name
    if bare != path:
        yield path.name


def _mapping(path: Path, locator: str) -> dict[str, Any] | Rejected:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_SIDECAR + 1)
        if len(content) > MAX_SIDECAR:
            return refuse("bad_metadata", locator, f"a sidecar has no more than {MAX_SIDECAR >> 10} KiB")
        text = decode(content, locator)
        if isinstance(text, Rejected):
            return refuse("bad_metadata", locator, f"the sidecar cannot be read: {text.detail}")
        record = json.loads(text) if path.suffix.lower() == ".json" else _yaml(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        return refuse("bad_metadata", locator, f"the sidecar cannot be read: {error or 'too deeply nested'}")
    if not isinstance(record, dict):
        return refuse("bad_metadata", locator, "the sidecar holds no mapping of fields")
    return record


def _yaml(text: str) -> Any:
    """Read YAML with every scalar as it is written: a date keeps its precision, "no" stays a word."""
    record = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds text, lists and mappings only
    if isinstance(record, dict):
        return {name: value for name, value in record.items() if value not in ("null", "~")}
    return record
