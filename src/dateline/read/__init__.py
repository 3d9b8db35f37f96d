"""Read articles as they are found: files, folders, archives and feeds become Captures."""

from dateline.read.inputs import read
from dateline.read.options import ReadOptions

__all__ = ["ReadOptions", "read"]
