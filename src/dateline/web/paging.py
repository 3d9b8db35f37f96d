"""Cursors: where a page ended, in a form that holds while events are written, and only for its own list."""

import base64
import binascii
from typing import Annotated

import msgspec
from fastapi import Query

from dateline.errors import InputError
from dateline.model.ids import digest
from dateline.model.wire import encode
from dateline.store.looks import Place

LIMIT, MOST = 50, 500

Limit = Annotated[int, Query(ge=1, le=MOST, description="At most this many on one page.")]
Cursor = Annotated[
    str | None, Query(max_length=2000, description="`next` of the page before; with its filters and sort.")
]


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
    except (binascii.Error, ValueError) as error:
        raise InputError("the cursor is broken; take `next` of the page before, or leave it out") from error
    if found.of != key:
        raise InputError(
            "the cursor is of a list with other filters or another sort; leave it out to begin anew"
        )
    return found.after
