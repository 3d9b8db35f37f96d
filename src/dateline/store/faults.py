"""What SQLite's errors mean for the user: what is wrong with the file, and what to do."""

import sqlite3
from pathlib import Path

from dateline.errors import (
    WorkspaceBusyError,
    WorkspaceError,
    WorkspaceFullError,
    WorkspaceReadOnlyError,
)


def unusable(path: Path, error: sqlite3.Error) -> WorkspaceError:
    """Return the WorkspaceError that tells what `error` means for the user."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return WorkspaceBusyError(
            f"{path} is in use by another dateline; wait for it or stop it, then try again"
        )
    if "not a database" in text or "malformed" in text or "encrypted" in text:
        return WorkspaceError(f"{path} is not a workspace or is damaged ({text}); name another file")
    if "readonly" in text or "read-only" in text:
        return WorkspaceReadOnlyError(f"{path} cannot be written; check its permissions and its folder's")
    if "full" in text:
        return WorkspaceFullError(f"the disk that holds {path} is full; free some space and try again")
    return WorkspaceError(f"{path} cannot be used ({text}); check the file and its folder")
