"""What kind of input a file is: by its name, and by what its first bytes say."""

import re
from pathlib import Path
from typing import Literal

from dateline.read.encodings import wide_encoding

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
LOOKS: dict[Kind, str] = {
    "text": "plain text",
    "html": "an HTML page",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "table": "a table",
    "warc": "a web archive",
    "feed": "a feed",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip file inside a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
# These begin like words that a text may begin with; only a control character makes them what they say.
_WORDLIKE_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"PAR1", "a Parquet file"),
)
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a]")
_HTML = re.compile(rb"(?i)<(!doctype\s+html|html|head|body|article|main|div|p)[\s>]")
# What may stand before the first element of an XML file; possessive, so that hostile heads cost nothing.
_XML_OPENING = (
    rb"(?i)\A(?:\s++|<\?[^>]*+>|<!--(?:[^-]++|-(?!->))*+-->|<!doctype[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>)*+"
)
_FEED = re.compile(_XML_OPENING + rb"<(?:rss|(?:\w{1,20}:)?feed|rdf:rdf)[\s>]")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")


def kind_of_name(path: Path) -> Kind | None:
    """Return the kind that the file's name promises; ".gz" behind another suffix is looked through."""
    name = unzipped_name(path)
    return SUFFIXES.get(name.suffix.lower())


def unzipped_name(path: Path) -> Path:
    """Return the name without a last ".gz"."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def binary_kind(head: bytes) -> str | None:
    """Return in words what binary thing begins with `head`, or None when it may be text."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if _CONTROL.search(head):
        for magic, name in _WORDLIKE_MAGIC:
            if head.startswith(magic):
                return name
    if head[4:8] == b"ftyp":
        return "a video"
    if head[257:262] == b"ustar":
        return "a tar archive"
    return "binary data" if b"\x00" in head and wide_encoding(head) is None else None


def kind_of_content(head: bytes) -> Kind:
    """Return the kind that the first bytes look like; whatever looks like nothing else is text."""
    wide = wide_encoding(head)
    if wide is not None:
        head = head.decode(wide, "ignore").encode("utf-8", "ignore")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"WARC/"):
        return "warc"
    if _JSON.match(start):
        return "json"
    if start[:1] == b"<":
        if _FEED.match(start):
            return "feed"
        if _HTML.search(start):
            return "html"
    return "text"


def json_kind(head: bytes) -> Kind:
    """Tell JSON Lines from a JSON file that spreads one value over lines, by the first line."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0].rstrip()
    return "json" if first.startswith(b"[") or first == b"{" else "jsonl"
