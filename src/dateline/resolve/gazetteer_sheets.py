"""Rows of an Excel workbook (.xlsx), sheet by sheet, without holding a sheet in memory."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from dateline.errors import InputError

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Strings that cells share are held; more than this is no list of places.
MOST_STRINGS = 5_000_000
# A workbook is a zip: what unpacks to more than this is refused before it fills the memory.
MOST_BYTES = 2_000_000_000


def sheets(path: Path) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of each sheet in order; raises InputError when the file is no workbook."""
    try:
        with zipfile.ZipFile(path) as book:
            if sum(item.file_size for item in book.infolist()) > MOST_BYTES:
                raise InputError(f"{path} unpacks to more than {MOST_BYTES:,} bytes; save the sheet as CSV")
            shared = _shared(book)
            names = [name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
            for name in sorted(names, key=lambda name: int(re.sub(r"\D", "", name))):
                yield _rows(book, name, shared)
    except (zipfile.BadZipFile, KeyError, IndexError, ElementTree.ParseError) as error:
        raise InputError(f"{path} cannot be read as an Excel workbook ({error}); save it as CSV") from error


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    strings: list[str] = []
    with book.open("xl/sharedStrings.xml") as stream:
        for _, node in ElementTree.iterparse(stream):  # noqa: S314 - expat resolves no outside entities
            if node.tag == f"{_NAMESPACE}si":
                strings.append("".join(part.text or "" for part in node.iter(f"{_NAMESPACE}t")))
                node.clear()
                if len(strings) > MOST_STRINGS:
                    raise InputError(
                        "the workbook has too many cells for a list of places; save the sheet as CSV"
                    )
    return strings


def _rows(book: zipfile.ZipFile, name: str, shared: list[str]) -> Iterator[list[str]]:
    with book.open(name) as stream:
        for _, node in ElementTree.iterparse(stream):  # noqa: S314 - as above
            if node.tag != f"{_NAMESPACE}row":
                continue
            cells: list[str] = []
            for cell in node.iter(f"{_NAMESPACE}c"):
                column = _column(cell.get("r") or "")
                cells += [""] * (column - len(cells))
                cells.append(_value(cell, shared))
            yield cells
            node.clear()


def _column(reference: str) -> int:
    """Return the index of a cell's column ("A1" is 0, "AB3" 27)."""
    index = 0
    for letter in re.sub(r"[^A-Z]", "", reference)[:3]:
        index = index * 26 + ord(letter) - 64
    return max(index - 1, 0)


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_NAMESPACE}t"))
    value = cell.findtext(f"{_NAMESPACE}v") or ""
    return shared[int(value)] if cell.get("t") == "s" and value else value
