"""What asks for more after a key: a line to type with hints, a choice by digit, marks on sentences."""

from collections.abc import Callable, Sequence

import msgspec

# Hints that are shown at once.
MOST_HINTS = 9


class Hint(msgspec.Struct, frozen=True):
    """What may be meant: `label` is shown, `value` is taken."""

    label: str
    value: str


def no_hints(_: str) -> Sequence[Hint]:
    """Return no hints, for what is free text."""
    return ()


class Line:
    """A line that is being typed. Tab and arrows walk through the hints, enter takes the one that is chosen."""

    def __init__(
        self,
        label: str,
        done: Callable[[str], None],
        *,
        text: str = "",
        hints: Callable[[str], Sequence[Hint]] = no_hints,
    ) -> None:
        self.label = label
        self.text = text
        self.chosen: int | None = None
        self._done = done
        self._find = hints
        self.hints = tuple(hints(text))[:MOST_HINTS]

    def press(self, key: str) -> bool:
        """Take a key; return True when the line is done with."""
        if key == "esc":
            return True
        if key == "enter":
            hint = self.hints[self.chosen] if self.chosen is not None else None
            self._done(hint.value if hint else self.text.strip())
            return True
        if key in ("tab", "down", "shift-tab", "up"):
            step = 1 if key in ("tab", "down") else -1
            start = -1 if self.chosen is None and step == 1 else self.chosen or 0
            self.chosen = (start + step) % len(self.hints) if self.hints else None
            return False
        self._type(key)
        self.hints = tuple(self._find(self.text))[:MOST_HINTS]
        self.chosen = None
        return False

    def _type(self, key: str) -> None:
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl-u":
            self.text = ""
        elif key == "ctrl-w":
            self.text = self.text.rstrip().rpartition(" ")[0]
        elif key == "space":
            self.text += " "
        elif len(key) == 1:
            self.text += key


class Pick:
    """A choice by digit."""

    def __init__(self, label: str, options: Sequence[str], done: Callable[[int], None]) -> None:
        self.label = label
        self.options = options
        self._done = done

    def press(self, key: str) -> bool:
        """Take a key; return True when a choice is made or given up."""
        if key == "esc":
            return True
        if len(key) == 1 and key in "123456789"[: len(self.options)]:
            self._done(int(key) - 1)
            return True
        return False


class Page:
    """The page of keys; any key leaves it."""

    def press(self, key: str) -> bool:
        """Take a key; return True."""
        return bool(key)
