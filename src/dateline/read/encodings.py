"""Which encoding a text is in, and its decoding; nothing is replaced or dropped on the way."""

import re

from dateline.model.rejected import Rejected
from dateline.read.source import refuse

# charset-normalizer's measure of disorder above which its guess is no text at all (its own default).
MAX_CHAOS = 0.2
# More than this says nothing new about an encoding, and guessing tries some ninety of them.
_SAMPLE = 1 << 16
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# "armyÕs": a capital with an accent behind a small letter is another encoding's apostrophe or quote.
_MIXED_UP = re.compile("[a-zß-öø-ÿ][À-ÖØ-Þ]")
# News in English holds fewer letters with accents than this among a hundred; other scripts nearly only such.
_MAX_ACCENTED = 10


def wide_encoding(head: bytes) -> str | None:
    """Return the encoding of a text with two or four bytes a character, told by its first bytes, or None.

    Without a mark, UTF-16 is told by the zeros: nearly every second byte of text in Latin letters.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return None if encoding == "utf-8-sig" else encoding
    pairs = len(head) // 2
    if pairs > 2 and head[1::2].count(0) > 0.8 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if pairs > 2 and head[0::2].count(0) > 0.8 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def encoding_of(content: bytes) -> str | None:
    """Return the encoding of a text: by its mark or zeros, UTF-8, Windows Western, else the likeliest.

    None where no encoding makes text of it. Windows Western goes before the guess because the guess takes
    English text for one of its neighbours, which agree on quotes and dashes but not on letters.
    """
    wide = wide_encoding(content)
    if wide is not None:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        around = content[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
        return "cp1252" if _is_western(content) else _guess(around)
    return "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"


def decode(content: bytes, locator: str) -> str | Rejected:
    """Return the text of `content`, or a refusal where it is in no encoding that could be told."""
    encoding = encoding_of(content)
    if encoding is None:
        return refuse("bad_encoding", locator, "it is not UTF-8, and no other encoding makes text of it")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        return refuse("bad_encoding", locator, f"it looks like {encoding}, but byte {error.start} does not fit")


def _is_western(content: bytes) -> bool:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    accented = sum(1 for char in text if "À" <= char <= "ÿ")
    return accented * 100 < len(text) * _MAX_ACCENTED and not _MIXED_UP.search(text)


def _guess(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(content, threshold=MAX_CHAOS).best()
    return None if best is None else best.encoding
