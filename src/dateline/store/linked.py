"""Linked: the part of the store that linking keeps its state in."""

from collections.abc import Iterator
from contextlib import contextmanager

from dateline.model.kept import Seen, Step
from dateline.store import keeping
from dateline.store.database import Database
from dateline.store.kept import Kept


class Linked(Database):
    """Reads and writes what linking keeps between two links."""

    @contextmanager
    def linking(self) -> Iterator[Kept]:
        """Open one snapshot of all that a step of a link may ask; nothing can be written in it."""
        with self._at_once() as connection:
            yield Kept(connection)

    def keep(self, step: Step, seen: Seen) -> bool:
        """Write a step of a link, whole; return False, and write nothing, when another link made one since."""
        with self._writing() as connection:
            return keeping.keep(connection, step, seen)

    def forget_links(self) -> None:
        """Make the next link look at everything; events stay until others take their place."""
        with self._writing() as connection:
            keeping.forget(connection)
