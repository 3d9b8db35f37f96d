"""Plain text files and pages: one file, one article."""

from dateline.model.capture import Capture, Declared, make_capture
from dateline.model.rejected import Rejected
from dateline.read.encodings import decode
from dateline.read.options import ReadOptions
from dateline.read.records import merged, text_capture
from dateline.read.source import refuse


def read_text(
    content: bytes,
    locator: str,
    options: ReadOptions,
    declared: Declared = Declared(),  # noqa: B008 - frozen
) -> Capture | Rejected:
    """Return the Capture of a plain text, or why it is none."""
    text = decode(content, locator)
    if isinstance(text, Rejected):
        return text
    if not text.strip():
        return refuse("empty", locator, "there is nothing but blanks in it")
    if "\x00" in text:
        return refuse("binary", locator, f"it holds a zero character at {text.index(chr(0))}")
    return text_capture(text, locator, merged(declared, options.declared), markup=False)


def read_page(
    content: bytes,
    locator: str,
    options: ReadOptions,
    declared: Declared = Declared(),  # noqa: B008 - frozen
) -> Capture | Rejected:
    """Return the Capture of a web page; its bytes stay as they are, the page says how to decode them.

    A page without any markup is a text that was named wrongly.
    """
    if b"<" not in content:
        return read_text(content, locator, options, declared)
    return make_capture(content, "text/html", locator, declared=merged(declared, options.declared))
