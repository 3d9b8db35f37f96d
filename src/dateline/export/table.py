"""CSV: tables for R, Stata, Excel and anything else that reads them; one row per event in the export."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from dateline.export.base import Record
from dateline.export.columns import COLUMNS, Cell, row

BOM = b"\xef\xbb\xbf"
# Spreadsheets run a cell that begins so as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def guarded(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: an apostrophe goes before a formula's first character.

    Text that already looks guarded gets one apostrophe more, so that `unguarded` always gives back the text.
    """
    return GUARD + text if text.lstrip(GUARD).startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Undo `guarded`, for programs that read the table back."""
    looks_guarded = text.startswith(GUARD) and text.lstrip(GUARD).startswith(FORMULA_STARTS)
    return text[1:] if looks_guarded else text


def _printed(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else cell


class CsvExporter:
    """Writes RFC 4180 CSV in UTF-8; missing values are empty cells.

    `bom` puts a byte order mark first, without which Excel misreads every name with an accent.
    """

    name = "csv"
    suffix = ".csv"
    media_type = "text/csv; charset=utf-8"

    def __init__(self, *, bom: bool = True) -> None:
        self.bom = bom

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write a header and one row per event, in the record's order."""
        stream.writelines(self.parts(record))

    def parts(self, record: Record) -> Iterator[bytes]:
        """Give the header and the rows one by one."""
        names = [column.name for column in COLUMNS]
        return csv_parts(names, (row(event, record).values() for event in record.events), bom=self.bom)


def csv_parts(
    columns: Iterable[str], rows: Iterable[Iterable[Cell]], *, bom: bool = True, line_end: str = "\r\n"
) -> Iterator[bytes]:
    """Give a table as comma-separated values in UTF-8, row by row; what a spreadsheet would run is guarded."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=line_end)
    writer.writerow(columns)
    head = BOM if bom else b""
    for cells in rows:
        yield head + _emptied(buffer)
        head = b""
        writer.writerow(_printed(cell) for cell in cells)
    yield head + _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")
