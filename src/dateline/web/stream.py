"""The stream that tells when the record has changed, so that pages can look again."""

import msgspec
from fastapi import APIRouter, Request, Response

from dateline.model.wire import encode
from dateline.web.hub import stream
from dateline.web.linking import RECORD, linking_of
from dateline.web.served import Readers

router = APIRouter(tags=["info"])


class News(msgspec.Struct, frozen=True, kw_only=True):
    """How far the record is: `linked` tells whether the events are made from this revision already.

    `trouble` says in words why they cannot be made at present.
    """

    revision: int
    linked: bool
    trouble: str | None = None


@router.get("/stream", response_class=Response, responses={200: {"content": {"text/event-stream": {}}}})
async def news(request: Request) -> Response:
    """Tell the revision of the record, now and whenever it changes, as server-sent events."""
    readers: Readers = request.app.state.readers

    def look() -> bytes:
        with readers.reading() as workspace:
            state = workspace.state()
        return encode(
            News(
                revision=state.revision,
                linked=state.revision == state.linked,
                trouble=linking_of(request).trouble,
            )
        )

    return stream(request, RECORD, look)
