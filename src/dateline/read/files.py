"""From what the user names (files, folders, globs) to the files to read, in a fixed order."""

import glob
import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from dateline.model.rejected import Rejected
from dateline.read.sidecars import is_sidecar
from dateline.read.source import locator_of, refuse


def find_files(name: str, named: Sequence[str], *, recursive: bool) -> Iterator[Path | Rejected]:
    """Yield the files that `name` stands for: a file, the files of a folder, or what a pattern matches.

    Sidecars are left out where the text beside them is read too: in a folder, among the matches, or among
    `named`, which are all the names that the user gave.
    """
    path = Path(name)
    # os.path answers where Path raises: for names that are too long or that may not be looked up.
    if os.path.isdir(path):  # noqa: PTH112
        yield from _below(path, recursive=recursive)
    elif os.path.lexists(path):
        if not is_sidecar(name, named):
            yield path
    elif "\x00" not in name and glob.has_magic(name):
        yield from _matches(name, recursive=recursive)
    else:
        yield _missing(path, name)


def _missing(path: Path, name: str) -> Rejected:
    try:
        path.lstat()
    except PermissionError as error:
        return refuse("unreadable", locator_of(name), f"the system says: {error.strerror}")
    except (OSError, ValueError):
        pass
    return refuse("missing", locator_of(name), "there is no such file or folder")


def _matches(pattern: str, *, recursive: bool) -> Iterator[Path | Rejected]:
    """Yield what a pattern matches; "**" stands for any folders and follows no links, so loops end."""
    base, rest = _split(Path(pattern))
    parts = [part if part == "**" or "**" not in part else part.replace("**", "*") for part in rest.parts]
    deep = "**" in parts
    if parts[-1] == "**":
        parts.append("*")
    shown = any(part.startswith(".") for part in parts)
    found = sorted(
        str(path)
        for path in base.glob("/".join(parts))
        if shown or not any(part.startswith(".") for part in path.relative_to(base).parts)
    )
    beside = frozenset(found)
    matched = False
    for name in found:
        path = Path(name)
        if os.path.isdir(path):  # noqa: PTH112
            # What "**" found below a folder is among the matches already.
            for item in () if deep else _below(path, recursive=recursive):
                matched = True
                yield item
        elif not is_sidecar(name, beside):
            matched = True
            yield path
    if not matched:
        yield refuse("missing", locator_of(pattern), "the pattern matches no file")


def _split(path: Path) -> tuple[Path, Path]:
    """Return the part of a pattern before its first wildcard, and the rest."""
    plain = next(index for index, part in enumerate(path.parts) if glob.has_magic(part))
    return Path(*path.parts[:plain]), Path(*path.parts[plain:])


def _below(folder: Path, *, recursive: bool) -> Iterator[Path | Rejected]:
    """Yield the files below a folder: first its own by name, then those of the folders in it.

    Hidden files and folders are left out; links to folders are not followed but told.
    """
    waiting = [folder]
    found = False
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            found = True
            yield refuse("unreadable", locator_of(here), f"the system says: {error.strerror}")
            continue
        names = frozenset(entry.name for entry in entries)
        inner: list[Path] = []
        for entry in entries:
            item = _entry(entry, here, names)
            if isinstance(item, Path) and entry.is_dir(follow_symlinks=False):
                inner.append(item)
            elif item is not None:
                found = True
                yield item
        if recursive:
            waiting.extend(reversed(inner))
    if not found:
        yield refuse("empty", locator_of(folder), "the folder holds no file to read")


def _entry(entry: os.DirEntry[str], folder: Path, beside: Collection[str]) -> Path | Rejected | None:
    """Return the path of a file or folder to read, a refusal, or None for what is left out."""
    if entry.name.startswith("."):
        return None
    path = folder / entry.name
    if entry.is_dir(follow_symlinks=False):
        return path
    if os.path.isdir(path):  # noqa: PTH112 - what a link leads to may not be looked up
        detail = "it is a link to a folder, which is not followed; name the folder to read it"
        return refuse("wrong_type", locator_of(path), detail)
    if is_sidecar(entry.name, beside):
        return None
    if os.path.isfile(path) or not os.path.exists(path):  # noqa: PTH110, PTH113 - opening tells what is wrong
        return path
    return refuse("wrong_type", locator_of(path), "it is a pipe, a socket or a device, not a file")
