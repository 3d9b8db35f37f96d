"""The workspace: the one object a user holds, and `parse`, which needs none; commands are thin over it."""

from dateline.workspace.asked import Filters, read_options
from dateline.workspace.parsing import parse_paths, parse_text
from dateline.workspace.record import Tick, Workspace, open_workspace
from dateline.workspace.results import Added, Coded, Evidence

__all__ = [
    "Added",
    "Coded",
    "Evidence",
    "Filters",
    "Tick",
    "Workspace",
    "open_workspace",
    "parse_paths",
    "parse_text",
    "read_options",
]
