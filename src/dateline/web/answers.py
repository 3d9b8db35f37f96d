"""Answers in JSON: encoded once, tagged with the state of the record that they show."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response

from dateline.model.ids import digest
from dateline.model.wire import encode
from dateline.web.etags import matches
from dateline.web.served import VERSION
from dateline.workspace import Workspace

JSON = "application/json"


def reply(request: Request, workspace: Workspace, make: Callable[[], Any]) -> Response:
    """Answer with what `make` gives as JSON, or that the client has it already.

    A browser may keep it, and asks each time whether it still holds.
    """
    tag = tag_of(request, workspace)  # read before the answer: a tag may be too old, never too new
    headers = {"etag": tag, "cache-control": "no-cache"}
    if matches(request.headers.get("if-none-match"), tag.removeprefix("W/")):
        return Response(status_code=304, headers=headers)
    return Response(encode(make()), media_type=JSON, headers=headers)


def tag_of(request: Request, workspace: Workspace) -> str:
    """Return the ETag of what is asked: weak, for it is of the record's state and not of the answer's bytes."""
    return f'W/"{digest(encode(workspace.state()), request.url.path, request.url.query, VERSION)}"'
