"""The keys of the review: which there are, how a person changes them, and how they come from a terminal."""

import codecs
import os
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import yaml

from dateline.config import DATA
from dateline.errors import InputError

NAMED = {
    " ": "space", "\t": "tab", "\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace",
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left", "\x1b[Z": "shift-tab",
    "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left", "\x1b": "esc",
}  # fmt: skip
_WORDS = {*NAMED.values(), *(f"ctrl-{chr(letter)}" for letter in range(ord("a"), ord("z") + 1))}
# These end or erase what is typed, whatever else is mapped.
_FIXED = {"esc", "backspace", "enter", "ctrl-c"}
# How long the rest of a key's sequence may take, in seconds: slow lines send "up" in two pieces.
SEQUENCE_WAIT = 0.1
# How often a terminal is asked whether its size changed, in seconds.
TICK = 0.5


class Action(msgspec.Struct, frozen=True):
    """What a key does, in words."""

    key: str
    does: str


def load_keys(file: Path | None = None) -> dict[str, Action]:
    """Return the actions of the review by name, with the keys of `file` (action: key) in place of ours.

    Raises InputError, naming all faults, for actions and keys that there are not and for a key given twice.
    """
    text = (DATA / "review" / "keys.yaml").read_text("utf-8")
    actions = msgspec.convert(yaml.safe_load(text), dict[str, Action])
    given = _given(file) if file else {}
    faults = [f"no action is called {name!r}" for name in given if name not in actions]
    faults += [
        f"{name}: {key!r} is no key"
        for name, key in given.items()
        if len(key) != 1 and key not in _WORDS - _FIXED
    ]
    for name in given.keys() & actions.keys():
        actions[name] = msgspec.structs.replace(actions[name], key=given[name])
    users: dict[str, list[str]] = {}
    for name, action in actions.items():
        users.setdefault(action.key, []).append(name)
    faults += [f"{key!r} is the key of {' and '.join(names)}" for key, names in users.items() if len(names) > 1]
    if faults:
        raise InputError(f"{file}: {'; '.join(faults)}; the actions are: {', '.join(actions)}")
    return actions


def _given(file: Path) -> dict[str, str]:
    try:
        return msgspec.convert(yaml.safe_load(file.read_text("utf-8")) or {}, dict[str, str])
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"{file} is no list of keys (action: key): {' '.join(str(error).split())}") from error


def split_keys(text: str) -> Iterator[str]:
    """Give the names of the keys that `text`, as a terminal sends it, stands for; unknown ones are none."""
    at = 0
    while at < len(text):
        length = _sequence(text, at)
        piece = text[at : at + length]
        at += length
        if piece in NAMED:
            yield NAMED[piece]
        elif len(piece) == 1 and piece.isprintable():
            yield piece
        elif len(piece) == 1 and "\x01" <= piece <= "\x1a":
            yield f"ctrl-{chr(ord(piece) + 96)}"


def _sequence(text: str, at: int) -> int:
    """Return how many characters make up the key at `at`: an escape sequence ends with its letter or tilde."""
    if text[at] != "\x1b" or at + 1 == len(text) or text[at + 1] not in "[O":
        return 1
    for end in range(at + 2, len(text)):
        if "@" <= text[end] <= "~":
            return end + 1 - at
    return len(text) - at


@contextmanager
def terminal_keys(descriptor: int, resized: Callable[[], bool]) -> Iterator[Iterator[str]]:
    """Give the keys that are pressed in a terminal, "" when its size changed; it is left as it was."""
    import termios
    import tty

    before = termios.tcgetattr(descriptor)
    # What was typed ahead is kept, and Ctrl-C and Ctrl-Z stay what they are.
    tty.setcbreak(descriptor, termios.TCSADRAIN)
    try:
        yield _pressed(descriptor, resized)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _pressed(descriptor: int, resized: Callable[[], bool]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        if not _ready(descriptor, TICK):
            if resized():
                yield ""
            continue
        raw = os.read(descriptor, 4096)
        if not raw:
            return
        text = decoder.decode(raw)
        while text.endswith(("\x1b", "\x1b[", "\x1bO")) and _ready(descriptor, SEQUENCE_WAIT):
            text += decoder.decode(os.read(descriptor, 4096))
        yield from split_keys(text)


def _ready(descriptor: int, seconds: float) -> bool:
    return bool(select.select([descriptor], [], [], seconds)[0])
