"""What kind of input a file is: by its name, and by what its first bytes say."""

import re
from pathlib import Path
from typing import Literal

Kind = Literal["text", "html", "json", "jsonl", "table", "warc", "feed"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "table",
    ".tsv": "table",
    ".warc": "warc",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
SIDECAR_SUFFIXES = (".json", ".yaml", ".yml")
# How much of a file is looked at to tell what it is.
HEAD_BYTES = 4096

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00 ftyp", "a video"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_HTML = re.compile(rb"(?i)<(!doctype\s+html|html|head|body|article|main|div|p)[\s>]")
_FEED = re.compile(rb"(?i)<(rss|feed|rdf:rdf)[\s>]")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def kind_of_name(path: Path) -> Kind | None:
    """Return the kind that the file's name promises; ".gz" behind another suffix is looked through."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def binary_kind(head: bytes) -> str | None:
    """Return in words what binary thing begins with `head`, or None when it may be text."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if b"\x00" in head and not head.startswith(_WIDE_MARKS) and not _is_wide(head):
        return "binary data"
    return None


def _is_wide(head: bytes) -> bool:
    """Tell UTF-16 without a mark: nearly every second byte of Latin text is zero."""
    pairs = len(head) // 2
    return pairs > 8 and max(head[0::2].count(0), head[1::2].count(0)) > 0.8 * pairs


def kind_of_content(head: bytes) -> Kind:
    """Return the kind that the first bytes look like; whatever looks like nothing else is text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        return "warc"
    if start[:1] in (b"{", b"["):
        return "json"
    if _FEED.search(start[:1024]):
        return "feed"
    if start[:1] == b"<" and _HTML.search(start):
        return "html"
    return "text"
