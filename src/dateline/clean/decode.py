"""Decoding: bytes to text, and the characters that no reader sees taken out before any offset exists."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Invisible: control characters save tab and line feed, zero-width spaces and joiners, directional marks, soft
# hyphen, byte order mark. Visible to a program, they would part or join words that a reader sees otherwise.
_INVISIBLE = [
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, *range(0x200B, 0x2010),
    *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF,
]  # fmt: skip
_TIDY: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of pairs: no text can hold them
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n"),
}


def decode(content: bytes, encoding: str | None = None) -> str:
    """Return the text of `content`; bytes that fit no encoding become U+FFFD.

    A byte order mark decides, then valid UTF-8, then the declared `encoding`, then the page's own `<meta>`,
    then statistics (uchardet). Declarations are often wrong; by chance no longer text is valid UTF-8.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(content, encoding)


def _decode_other(content: bytes, encoding: str | None) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    name = _known(encoding) or _known(detect_encoding(content, from_html_meta=True)) or "utf-8"
    if name == "utf-8":
        bad = content.decode("utf-8", "replace").count("\ufffd")
        if bad * 200 < len(content):  # a few broken characters in UTF-8, not another encoding
            return content.decode("utf-8", "replace")
    try:
        return str(bytes_to_str(content, name, "replace"))
    except UnicodeError:  # codecs that know no replacement
        return content.decode("utf-8", "replace")


def _known(encoding: str | None) -> str | None:
    """Return the codec's own name, or None for what Python does not know as an encoding of text."""
    if not encoding:
        return None
    try:
        name = codecs.lookup(encoding.strip()).name
        "a".encode(name)  # refuses codecs that are no character sets
    except (LookupError, ValueError):
        return None
    return name


def tidy(text: str) -> str:
    """Return `text` with line ends as line feeds and without invisible characters."""
    return text.replace("\r\n", "\n").translate(_TIDY)
