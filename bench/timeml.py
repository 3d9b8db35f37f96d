"""TimeML documents: their plain text, their TIMEX3 elements as offsets, and the day they were written."""

import html
import re
from pathlib import Path
from typing import NamedTuple


class Gold(NamedTuple):
    """One TIMEX3: its place in the plain text, its type and its value."""

    start: int
    end: int
    kind: str
    value: str


class Document(NamedTuple):
    """A text with its gold times; `written` is the creation date, None for a history.

    `stamps` are the spans that give the document's own day: they are no times of the text, and what is found
    there counts neither way.
    """

    name: str
    text: str
    written: str | None
    gold: tuple[Gold, ...]
    stamps: tuple[tuple[int, int], ...]


_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_HEADER = re.compile(r"(?:(\d{2})/(\d{2})/(\d{4})|\d{4}-\d{2}-\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_HEADER_LENGTH = 200
# The head of a dispatch: "HAVANA, August 7 (Xinhua) --".
_DISPATCH = re.compile(
    r"^\s*[A-Z][A-Z .',-]+, ([A-Z][a-z]{2,8}\.? \d{1,2}) \((?:Xinhua|AP|AFP|Reuters)\)", re.MULTILINE
)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def read_document(path: Path, *, news: bool) -> Document:
    """Strip the markup of a TimeML file and keep its TIMEX3 elements as offsets."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    if "<TEXT>" in raw:
        raw = raw.partition("<TEXT>")[2].partition("</TEXT>")[0]
    document = _unmark(path.name, raw)
    return _stamped(document) if news else document._replace(written=None)


def _unmark(name: str, raw: str) -> Document:
    """Return the plain text with its times, and the creation time where it is marked."""
    pieces: list[str] = []
    length, position, written = 0, 0, None
    opened: list[tuple[int, dict[str, str]]] = []
    gold: list[Gold] = []
    stamps: list[tuple[int, int]] = []
    for tag in _TAG.finditer(raw):
        piece = html.unescape(raw[position : tag.start()])
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened.append((length, dict(_ATTRIBUTE.findall(tag[3]))))
        elif opened:
            start, attributes = opened.pop()
            if attributes.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME"):
                written = attributes["value"][:10]
                stamps.append((start, length))
            elif attributes.get("type") and start < length:
                gold.append(Gold(start, length, attributes["type"], attributes.get("value", "")))
    pieces.append(html.unescape(raw[position:]))
    return Document(name, "".join(pieces), written, tuple(gold), tuple(stamps))


def _stamped(document: Document) -> Document:
    """Blank the wire service's stamp and take the creation time from it, or from the file's name."""
    text, written = document.text, document.written
    header = _HEADER.search(text, 0, _HEADER_LENGTH)
    if header is not None:
        # the stamp of the wire service, which most documents leave unmarked, is no time of the text
        text = text[: header.start()] + "#" * len(header[0]) + text[header.end() :]
        us = header[1] is not None
        stamp = f"{header[3]}-{header[1]}-{header[2]}" if us else header[0][:10]
        written = written or stamp
    named = re.search(r"(\d{4})(\d{2})(\d{2})\.", document.name)
    if written is None and named is not None:
        written = "-".join(named.groups())
    heads = tuple(head.span(1) for head in _DISPATCH.finditer(text))
    return document._replace(text=text, written=written, stamps=document.stamps + heads)
