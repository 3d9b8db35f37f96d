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
    headers, known = tagged(request, workspace)
    if known:
        return Response(status_code=304, headers=headers)
    return Response(encode(make()), media_type=JSON, headers=headers)


def tagged(request: Request, workspace: Workspace) -> tuple[dict[str, str], bool]:
    """Return the headers with the ETag of what is asked, and whether the client has what it stands for.

    To be called before the answer is made: a tag may be too old, never too new.
    """
    tag = tag_of(request, workspace)
    known = matches(request.headers.get("if-none-match"), tag.removeprefix("W/"))
    return {"etag": tag, "cache-control": "no-cache"}, known


def tag_of(request: Request, workspace: Workspace) -> str:
    """Return the ETag of what is asked: weak, for it is of the record's state and not of the answer's bytes."""
    return f'W/"{digest(encode(workspace.state()), request.url.path, request.url.query, VERSION)}"'
