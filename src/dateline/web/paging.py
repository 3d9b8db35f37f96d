"""Cursors: where a page ended, in a form that holds while events are written, and only for its own list."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

import msgspec
from fastapi import Query

from dateline.errors import InputError
from dateline.model.ids import digest
from dateline.model.wire import encode
from dateline.store.looks import Place

T = TypeVar("T")

LIMIT, MOST = 50, 500

# What SQLite takes for a number.
LARGEST = 2**62
BROKEN = "the cursor is broken; take `next` of the page before, or leave it out"

Limit = Annotated[int, Query(ge=1, le=MOST, description="At most this many on one page.")]
Cursor = Annotated[
    str | None, Query(max_length=2000, description="`next` of the page before; with its filters and sort.")
]


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A stretch of a list: `next` is the cursor of what follows, None at its end; `total` counts all of it."""

    items: Sequence[T]
    next: str | None
    total: int
    revision: int


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    of: str
    after: Place


def list_key(name: str, *asked: object) -> str:
    """Return what tells a list from others: its name, filters and sort."""
    return digest(name, encode(asked))


def write_cursor(key: str, after: Place | None) -> str | None:
    """Return the cursor of what comes after `after` in the list called `key`."""
    if after is None:
        return None
    return base64.urlsafe_b64encode(encode(_Cursor(key, after))).decode("ascii").rstrip("=")


def read_cursor(key: str, cursor: str | None) -> Place | None:
    """Return where the page before ended; raises InputError for a cursor that is broken or of another list."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = msgspec.json.decode(raw, type=_Cursor)
        if any(isinstance(part, int) and abs(part) > LARGEST for part in found.after):
            raise ValueError("no such number")
    except (binascii.Error, ValueError) as error:
        raise InputError(BROKEN) from error
    if found.of != key:
        raise InputError(
            "the cursor is of a list with other filters or another sort; leave it out to begin anew"
        )
    return found.after
