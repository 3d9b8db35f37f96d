"""Saved RSS and Atom feeds: one article an entry."""

import io
import re
from collections.abc import Iterator
from typing import Any

from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read.fields import address, wording
from dateline.read.options import ReadOptions
from dateline.read.records import merged, text_capture
from dateline.read.source import refuse

# Feeds are parsed as a whole; one beyond this is no feed.
MAX_FEED = 64 << 20
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_END = re.compile(rb"</(?:rss|(?:\w{1,20}:)?feed|rdf:rdf)\s*>", re.IGNORECASE)
_ENTRY_BOUND = re.compile(rb"<(/?)(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
# How far behind a feed's end comments of caching software may stand.
_TAIL_BYTES = 4096


def read_feed(content: bytes, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the article of each entry of a saved feed; of one that breaks off, the entries before the break.

    Entity declarations are refused before any parsing: feeds need none, and they can be made to explode.
    The date of an entry is its date of publication; that of its last change is not taken for it.
    """
    if _ENTITY.search(content.replace(b"\x00", b"")):
        yield refuse("broken_record", locator, "the file declares XML entities, which no feed needs")
        return
    parsed = _parsed(content)
    if isinstance(parsed, str):
        yield refuse("broken_record", locator, f"the feed cannot be read: {parsed}")
        return
    if not parsed.get("version") and not parsed.entries:
        yield refuse("wrong_type", locator, "it is XML, but neither RSS nor Atom")
        return
    whole = bool(_END.search(content[-_TAIL_BYTES:].replace(b"\x00", b"")))
    cut = not whole and _ends_inside_entry(content)
    outlet, language = wording(parsed.feed.get("title")), wording(parsed.feed.get("language"))
    entries = parsed.entries[:-1] if cut else parsed.entries
    for number, entry in enumerate(entries, 1):
        yield _entry(entry, f"{locator}#{number}", (outlet, language), options)
    if not whole:
        yield refuse("truncated", f"{locator}#{len(entries) + 1}", "the feed has no end")
    elif not entries:
        yield refuse("empty", locator, "the feed has no entries")


def _parsed(content: bytes) -> Any:
    """Return the parsed feed, or in words why there is none."""
    import feedparser

    try:
        # A stream, because feedparser takes a string for an address or a file name first.
        return feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


def _ends_inside_entry(content: bytes) -> bool:
    inside = False
    for bound in _ENTRY_BOUND.finditer(content):
        inside = not bound.group(1)
    return inside


def _entry(
    entry: Any, locator: str, feed: tuple[str | None, str | None], options: ReadOptions
) -> Capture | Rejected:
    text, markup = _body(entry)
    title = wording(entry.get("title"))
    if not text:
        return refuse("no_text", locator, f"the entry {title or 'without title'!r} has no text")
    published = wording(entry.get("published"))
    outlet, language = feed
    source = entry.get("source")
    declared = Declared(
        title=title,
        outlet=(wording(source.get("title")) if isinstance(source, dict) else None) or outlet,
        byline=_byline(entry),
        published=published,
        published_rule="feed" if published else None,
        language=language,
        url=address(entry.get("link")),
    )
    return text_capture(text, locator, merged(declared, options.declared), markup=markup)


def _byline(entry: Any) -> str | None:
    names = [wording(author.get("name")) for author in entry.get("authors") or [] if isinstance(author, dict)]
    return ", ".join(name for name in names if name) or wording(entry.get("author"))


def _body(entry: Any) -> tuple[str | None, bool]:
    """Return the longest of content and summary, and whether it is HTML."""
    parts = [(wording(part.get("value")), part.get("type") or "") for part in entry.get("content", [])]
    detail = entry.get("summary_detail") or {}
    parts.append((wording(entry.get("summary")), detail.get("type") or ""))
    text, kind = max(parts, key=lambda part: len(part[0] or ""))
    return text, text is not None and "html" in kind and ("<" in text or "&" in text)
