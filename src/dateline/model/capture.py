"""Capture: bytes as they were got, with what was declared about them."""

from typing import Literal

import msgspec

from dateline.model.ids import CaptureId, capture_id

MediaType = Literal["text/html", "text/plain"]


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """What the user, a sidecar file or the record around a text says of it; nothing here is inferred.

    `published` is the wording as declared (any common date form); `published_rule` names who declared
    it ("given" for the user's own word on the command line or in a call, else "sidecar", "record", "feed").
    """

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_rule: str | None = None
    language: str | None = None
    url: str | None = None
    origin: str | None = None


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One article's bytes before anything was decided about them.

    `locator` says where they were found (path, `path#line`, `path#offset`, or `-` for standard input);
    `encoding` is the declared character set, if any; `fetched` is when a crawler got them (ISO 8601),
    which is never a publication date.
    """

    id: CaptureId
    content: bytes
    media_type: MediaType
    locator: str
    encoding: str | None = None
    fetched: str | None = None
    declared: Declared = Declared()


def make_capture(
    content: bytes,
    media_type: MediaType,
    locator: str,
    *,
    encoding: str | None = None,
    fetched: str | None = None,
    declared: Declared = Declared(),  # noqa: B008 - frozen, so one shared default is safe
) -> Capture:
    """Return the Capture of `content`, identified by content, address and declared metadata."""
    identity = capture_id(content, declared.url, msgspec.json.encode(declared))
    return Capture(
        id=identity,
        content=content,
        media_type=media_type,
        locator=locator,
        encoding=encoding,
        fetched=fetched,
        declared=declared,
    )
