"""Messages of the MUC files: many in one file, each under a line with its id."""

import re
from pathlib import Path

import msgspec

_ID_LINE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b.*$", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
# "SANTIAGO, 5 JAN 90 (EFE) -- [EXCERPTS] [CONTINUED] ": place, day, source, then marks in brackets.
_HEAD = re.compile(
    r"\A(?P<dateline>[^\n]{3,120}?)\s*--\s*(?:\[[^\[\]\n]{1,200}\]\s*|\[[^\[\]\n]{1,80}\[[^\[\]\n]{1,40}\][^\[\]\n]{0,80}\]\s*)*"
)


class Head(msgspec.Struct, frozen=True):
    """The line before the text of a message; `end` is the offset at which the text begins."""

    dateline: str
    end: int


def read_messages(path: Path) -> dict[str, str]:
    """Return the messages of a MUC text file by their id, in the file's order, heads included.

    Lines are joined: a message is paragraphs parted by one blank line, words parted by one space.
    """
    parts = _ID_LINE.split(path.read_text("ascii", "replace"))
    return {name: _joined(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def read_folder(folder: Path) -> dict[str, str]:
    """Return the messages of every text file of a folder; key files are passed over."""
    paths = (path for path in sorted(folder.glob("*-muc[0-9]*")) if not path.name.startswith("key"))
    return {name: text for path in paths for name, text in read_messages(path).items()}


def head_of(message: str) -> Head:
    """Return the head of a message ("LIMA, 5 JAN 90 (EFE) -- [TEXT] "); an empty one where there is none."""
    match = _HEAD.match(message)
    return Head("", 0) if match is None else Head(match["dateline"].strip(), match.end())


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in _PARAGRAPHS.split(text.strip()))
