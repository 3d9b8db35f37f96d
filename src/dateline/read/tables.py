"""Tables: CSV and TSV with a header, one article a row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read.options import ReadOptions
from dateline.read.records import capture_of
from dateline.read.source import BROKEN_GZIP, refuse
from dateline.read.text import decode

# A whole article must fit into one cell; the module's own limit is 128 KiB.
MAX_CELL = 64 * 1024 * 1024
DELIMITERS = ",\t;|"


def read_table(stream: BinaryIO, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the article of each row; the locator's number is the line in which the row ends."""
    csv.field_size_limit(MAX_CELL)
    row = 1
    try:
        head = decode(stream.readline(), locator)
        if isinstance(head, Rejected):
            yield head
            return
        delimiter = max(DELIMITERS, key=lambda mark: (head.count(mark), -DELIMITERS.index(mark)))
        columns = next(csv.reader([head], delimiter=delimiter), [])
        lines = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        reader = csv.reader(lines, delimiter=delimiter)
        for cells in reader:
            row = reader.line_num + 1
            if any(cell.strip() for cell in cells):
                record = dict(zip(columns, cells, strict=False))
                yield from capture_of(record, f"{locator}#{row}", options, "record")
    except csv.Error as error:
        yield refuse("broken_record", f"{locator}#{row}", f"the table cannot be read on: {error}")
    except BROKEN_GZIP as error:
        yield refuse("truncated", f"{locator}#{row}", f"the gzip stream breaks off: {error}")
