"""The command line: the only room that prints, and the only one that reads the clock.

`main` is the entry point of the `dateline` command.
"""

from dateline.cli.main import main

__all__ = ["main"]
