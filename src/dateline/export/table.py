"""CSV: one row per event, for R, Stata, Excel and anything else that reads tables."""

import csv
import io
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
        if self.bom:
            stream.write(BOM)
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(column.name for column in COLUMNS)
        for event in record.events:
            writer.writerow(_printed(cell) for cell in row(event, record).values())
            stream.write(buffer.getvalue().encode("utf-8", "replace"))
            buffer.seek(0)
            buffer.truncate()
        stream.write(buffer.getvalue().encode("utf-8", "replace"))
