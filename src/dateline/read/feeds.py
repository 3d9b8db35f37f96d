"""Saved RSS and Atom feeds: one article an entry."""

import re
from collections.abc import Iterator
from typing import Any

from dateline.model.capture import Capture, Declared
from dateline.model.rejected import Rejected
from dateline.read.options import ReadOptions
from dateline.read.records import merged, text_capture
from dateline.read.source import refuse

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(content: bytes, locator: str, options: ReadOptions) -> Iterator[Capture | Rejected]:
    """Yield the article of each entry of a saved feed.

    Entity declarations are refused before any parsing: feeds need none, and they can be made to explode.
    """
    if _ENTITY.search(content):
        yield refuse("broken_record", locator, "the file declares XML entities, which no feed needs")
        return
    import feedparser

    parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version") and not parsed.entries:
        yield refuse("wrong_type", locator, "it is XML, but neither RSS nor Atom")
        return
    outlet = _text(parsed.feed.get("title"))
    for number, entry in enumerate(parsed.entries, 1):
        yield _entry(entry, f"{locator}#{number}", outlet, options)
    if parsed.bozo and not parsed.entries:
        yield refuse("broken_record", locator, f"the feed cannot be read: {parsed.get('bozo_exception')}")


def _entry(entry: Any, locator: str, outlet: str | None, options: ReadOptions) -> Capture | Rejected:
    text, markup = _body(entry)
    if not text:
        title = _text(entry.get("title")) or "without title"
        return refuse("no_text", locator, f"the entry {title!r} has no text")
    published = _text(entry.get("published"))
    source = entry.get("source")
    declared = Declared(
        title=_text(entry.get("title")),
        outlet=_text(source.get("title")) if isinstance(source, dict) else outlet,
        byline=_text(entry.get("author")),
        published=published,
        published_rule="feed" if published else None,
        url=_text(entry.get("link")),
    )
    return text_capture(text, locator, merged(declared, options.declared), markup=markup)


def _body(entry: Any) -> tuple[str | None, bool]:
    """Return the longest of content and summary, and whether it is HTML."""
    parts = [(part.get("value") or "", part.get("type") or "") for part in entry.get("content", [])]
    detail = entry.get("summary_detail") or {}
    parts.append((entry.get("summary") or "", detail.get("type") or ""))
    value, kind = max(parts, key=lambda part: len(part[0]))
    return value.strip() or None, "html" in kind and "<" in value


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
