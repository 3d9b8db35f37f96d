"""Tables: CSV and TSV with a header, one article a row."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, TextIO, cast

from dateline.model.capture import Capture
from dateline.model.rejected import Rejected
from dateline.read.encodings import encoding_of, wide_encoding
from dateline.read.fields import field_names, fold
from dateline.read.options import ReadOptions
from dateline.read.records import capture_of
from dateline.read.source import BROKEN_GZIP, MAX_ARTICLE, refuse

DELIMITERS = ",\t;|"
# Bytes stand for themselves in it, so a table can be cut into cells before its encoding is known.
_BYTES = "latin-1"
_MARK = b"\xef\xbb\xbf".decode(_BYTES)


class _Lines:
    """The lines of a table, with a count of the quotes in those that make up the row being read."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        mark: str | None = _MARK
        for line in self._lines:
            self.quotes += line.count('"')
            yield line.removeprefix(mark) if mark else line
            mark = None


class _Cells:
    """Decodes cells: UTF-8 where they are, else in the encoding that the first row without it looks like.

    Each row is decided by itself, because the first accent of a file may stand in its last row.
    """

    def __init__(self) -> None:
        self._fallback: str | None = None

    def decoded(self, cells: Sequence[str]) -> list[str] | None:
        """Return the text of cells whose characters stand for bytes; None where no encoding fits."""
        raw = "\x1f".join(cells).encode(_BYTES)
        for encoding in ("utf-8", self._fallback, encoding_of(raw) if self._fallback is None else None):
            if encoding is None:
                continue
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding != "utf-8":
                self._fallback = encoding
            return text.split("\x1f") if text.count("\x1f") == len(cells) - 1 else None
        return None


def looks_like_table(head: bytes) -> bool:
    """Tell a table by its header: a column with text and another with something that we know."""
    text = head.decode(_BYTES).removeprefix(_MARK)
    columns = {fold(name) for name in _header(text, _delimiter(text))}
    known = {field: {fold(name) for name in names} for field, names in field_names().items()}
    others = set().union(*(names for field, names in known.items() if field != "text"))
    return bool(columns & known["text"]) and bool(columns & (others - known["text"]))


def read_table(
    stream: BinaryIO, head: bytes, locator: str, options: ReadOptions
) -> Iterator[Capture | Rejected]:
    """Yield the article of each row; the locator's number is the line in which the row begins.

    `head` is the beginning of what `stream` holds. A row with more cells than the header is refused: a
    delimiter in an unquoted text would have cut the text short.
    """
    csv.field_size_limit(MAX_ARTICLE)
    wide = wide_encoding(head)
    start = head.decode(wide or _BYTES, "ignore").removeprefix(_MARK)
    lines = _Lines(io.TextIOWrapper(stream, encoding=wide or _BYTES, newline=""))
    reader = csv.reader(lines, delimiter=_delimiter(start))
    line = 1
    rows = 0
    try:
        columns = next(reader, [])
        decoder = _Cells() if wide is None else None
        columns = _columns(columns, decoder)
        line, lines.quotes = reader.line_num + 1, 0
        for cells in reader:
            place = f"{locator}#{line}"
            # Excel ends rows with empty cells where a neighbour is longer.
            while len(cells) > len(columns) and not cells[-1].strip():
                cells.pop()
            if any(cell.strip() for cell in cells):
                rows += 1
                unclosed = lines.quotes % 2 == 1 and reader.line_num > line and len(cells) < len(columns)
                yield from _row(cells, columns, place, options, decoder=decoder, unclosed=unclosed)
            line, lines.quotes = reader.line_num + 1, 0
    except csv.Error as error:
        yield refuse("broken_record", f"{locator}#{line}", f"the table cannot be read on: {error}")
    except UnicodeDecodeError as error:
        yield refuse("bad_encoding", f"{locator}#{line}", f"it looks like {wide}, but: {error.reason}")
    except BROKEN_GZIP as error:
        yield refuse("truncated", f"{locator}#{line}", f"the gzip stream breaks off: {error}")
    except OSError as error:
        yield refuse("unreadable", f"{locator}#{line}", f"the system says: {error}")
    else:
        if not rows:
            yield refuse("empty", locator, "the table holds no row below its header")


def _row(
    cells: list[str],
    columns: list[str],
    place: str,
    options: ReadOptions,
    *,
    decoder: _Cells | None,
    unclosed: bool,
) -> Iterator[Capture | Rejected]:
    if len(cells) > len(columns):
        detail = f"the row has {len(cells)} cells, the header {len(columns)}; is a text with commas unquoted?"
        yield refuse("broken_record", place, detail)
        return
    if unclosed:
        yield refuse("broken_record", place, "a quote is opened and never closed")
        return
    decoded = cells if decoder is None else decoder.decoded(cells)
    if decoded is None:
        yield refuse("bad_encoding", place, "the row is not UTF-8, and no other encoding makes text of it")
        return
    record: dict[str, str] = {}
    for column, cell in zip(columns, decoded, strict=False):
        record.setdefault(column, cell)
    yield from capture_of(record, place, options, "record")


def _columns(cells: list[str], decoder: _Cells | None) -> list[str]:
    """Return the names of the columns; a header in no known encoding is taken byte by byte."""
    if decoder is not None:
        cells = decoder.decoded(cells) or cells
    return [cell.strip() for cell in cells]


def _delimiter(start: str) -> str:
    """Return the delimiter that cuts the header into most columns, quoted line breaks and all."""
    return max(DELIMITERS, key=lambda mark: (len(_header(start, mark)), -DELIMITERS.index(mark)))


def _header(start: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(cast("Iterator[str]", io.StringIO(start, newline="")), delimiter=delimiter), [])
    except csv.Error:
        return []
