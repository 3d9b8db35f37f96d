"""Write: what somebody did to a workspace beside judging, kept in the log of verdicts under their name."""

from typing import Literal

import msgspec

from dateline.model.ids import WriteId, write_id

WriteKind = Literal["upload", "code", "add_account", "remove_account", "set_role", "set_password"]
# With an account, with the server's token, at this machine where no one signs in, or by a command.
Way = Literal["account", "token", "here", "command"]


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody did: files uploaded, coding begun, an account made or changed.

    `by` is the name of the account, or of whoever gave the command; None where nobody has one. `subject` is the
    job or the account that it is about, `what` says more in words. `at` is ISO 8601 in UTC.
    """

    id: WriteId
    kind: WriteKind
    by: str | None
    way: Way
    at: str
    subject: str
    what: str = ""


def make_write(kind: WriteKind, subject: str, *, by: str | None, way: Way, at: str, what: str = "") -> Write:
    """Return the Write that is identified by all that it says."""
    identity = write_id(kind, by or "", way, at, subject, what)
    return Write(id=identity, kind=kind, by=by, way=way, at=at, subject=subject, what=what)
