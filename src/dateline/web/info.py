"""What is served: its name, how much there is, how far it is."""

import msgspec
from fastapi import APIRouter, Request, Response

from dateline.model.wire import encode
from dateline.store.base import Counts
from dateline.web.documented import tells
from dateline.web.people import Asking, Who, doors_of
from dateline.web.served import VERSION, Reading, served_by

router = APIRouter(tags=["info"])


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """The workspace by name, dateline's version, how much there is of everything, and who asks.

    `person` is None where nobody needs to sign in. `writable`: whether anything can be judged or added here.
    """

    workspace: str
    version: str
    counts: Counts
    revision: int
    person: Who | None
    accounts: bool
    writable: bool


@router.get("/info")
@tells(Info)
def info(request: Request, workspace: Reading, person: Asking) -> Response:
    """Say what is served."""
    served, doors = served_by(request), doors_of(request)
    found = Info(
        workspace=served.path.stem,
        version=VERSION,
        counts=workspace.counts(),
        revision=workspace.state().revision,
        person=Who(name=person.name, role=person.role) if person.way != "here" else None,
        accounts=doors.with_accounts(),
        writable=served.writable,
    )
    return Response(encode(found), media_type="application/json")
