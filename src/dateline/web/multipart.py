"""Files of a form, written to a folder as they come: nothing is held in memory, no name leads anywhere else."""

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import InputError
from dateline.web.problems import ProblemError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartParser

# One upload at most: some ten thousand pages of 400 kB. More is added with `dateline add`.
LARGEST_UPLOAD = 4_000_000_000
MOST_FILES = 20_000
# Fields beside the files are a date and an outlet's name.
LARGEST_FIELD = 2_000
# What most file systems take; longer parts are cut in front of their ending.
LONGEST_PART = 200
DEEPEST = 20
# Control characters, and what file systems do not take.
_STRANGE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')

TOO_LARGE = f"At most {LARGEST_UPLOAD // 10**9} GB can be added here at once; use `dateline add` for more."
TOO_MANY = f"At most {MOST_FILES:,} files can be added here at once; use `dateline add` for more."
UNREADABLE = "The upload cannot be read as multipart/form-data; send the files as a web page does."
NOT_WHOLE = "The upload ended before it was whole, or is no multipart/form-data; add the files again."
FULL = "The server's disk is full; free some space there and add the files again. Nothing was kept."


class Form:
    """A parser of one form, fed with its bytes."""

    def __init__(self, content_type: str, folder: Path) -> None:
        self.fields: dict[str, str] = {}
        self.files = 0
        self._folder = folder
        self._seen = 0
        self._header = b""
        self._value = b""
        self._disposition = b""
        self._name = ""
        self._text = b""
        self._file: BinaryIO | None = None
        self._whole = False
        self._parser = self._made(content_type)

    def feed(self, data: bytes) -> None:
        """Take the next bytes; raises ProblemError where it is too large, no form, or the disk is full."""
        from python_multipart.exceptions import FormParserError

        self._seen += len(data)
        if self._seen > LARGEST_UPLOAD:
            raise ProblemError(413, TOO_LARGE)
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise ProblemError(400, UNREADABLE) from error
        except OSError as error:
            raise ProblemError(507, FULL) from error

    def end(self) -> None:
        """Note that all bytes have come; raises InputError where a part is missing."""
        from python_multipart.exceptions import FormParserError

        try:
            self._parser.finalize()
        except FormParserError as error:
            raise InputError(UNREADABLE) from error
        if not self._whole:
            raise InputError(NOT_WHOLE)

    def close(self) -> None:
        """Let go of a file that was not ended."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _made(self, content_type: str) -> "MultipartParser":
        from python_multipart.multipart import MultipartParser, parse_options_header

        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise InputError(UNREADABLE)
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_comes,
                "on_header_value": self._value_comes,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data_comes,
                "on_part_end": self._part_ends,
                "on_end": self._all_came,
            },
        )

    # one part

    def _part_begins(self) -> None:
        self._disposition = self._text = b""

    def _header_comes(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _value_comes(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_end(self) -> None:
        from python_multipart.multipart import parse_options_header

        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        given = options.get(b"filename")
        if given is None:
            return
        self.files += 1
        if self.files > MOST_FILES:
            raise ProblemError(413, TOO_MANY)
        self._file = _fresh(self._folder, safe_name(given.decode("utf-8", "replace")))

    def _data_comes(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > LARGEST_FIELD:
            raise ProblemError(413, f"A field beside the files holds at most {LARGEST_FIELD:,} bytes.")

    def _part_ends(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        elif self._name:
            self.fields[self._name] = self._text.decode("utf-8", "replace").strip()

    def _all_came(self) -> None:
        self._whole = True


def safe_name(given: str) -> Path:
    """Return a relative path for a file that somebody calls `given`: below the folder, whatever it says.

    Parts of a path stay, so that a folder's files keep their places; what leads up or away is left out.
    """
    parts = [_part(part) for part in re.split(r"[/\\]", unicodedata.normalize("NFC", given))]
    kept = [part for part in parts if part][-DEEPEST:]
    return Path(*kept) if kept else Path("file")


def _part(part: str) -> str:
    plain = _STRANGE.sub("_", part).strip().rstrip(".")
    if plain in ("", ".", ".."):
        return ""
    while len(plain.encode("utf-8", "replace")) > LONGEST_PART:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[:-1]}{dot}{ending}" if stem and len(ending) < LONGEST_PART // 2 else plain[:-1]
    return plain.encode("utf-8", "replace").decode("utf-8")


def _fresh(folder: Path, name: Path) -> BinaryIO:
    """Open a new file of that name below `folder`; of several with one name the later ones are numbered."""
    try:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if not isinstance(error, FileExistsError | NotADirectoryError):
            raise
        name = Path("_".join(name.parts)[-LONGEST_PART // 2 :])  # one of its folders is called as a file is
    for number in range(1, MOST_FILES + 1):
        shown = name if number == 1 else name.with_name(f"{name.stem} ({number}){name.suffix}")
        try:
            return (folder / shown).open("xb")
        except (FileExistsError, IsADirectoryError):
            continue
    raise ProblemError(400, f"Too many files are called {name}; give them names of their own.")
