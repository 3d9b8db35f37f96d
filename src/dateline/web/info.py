"""What is served: its name, how much there is, how far it is."""

import msgspec
from fastapi import APIRouter, Request, Response

from dateline.model.wire import encode
from dateline.store.base import Counts
from dateline.web.served import VERSION, Reading, served_by

router = APIRouter(tags=["info"])


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """The workspace by name, dateline's version, and how much there is of everything."""

    workspace: str
    version: str
    counts: Counts


@router.get("/info")
def info(request: Request, workspace: Reading) -> Response:
    """Say what is served."""
    found = Info(workspace=served_by(request).path.stem, version=VERSION, counts=workspace.counts())
    return Response(encode(found), media_type="application/json")
