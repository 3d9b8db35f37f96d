"""What a coder is."""

from typing import Protocol, runtime_checkable

import msgspec

from dateline.model.article import Article
from dateline.model.mention import Attribution, Mention


class Coder(Protocol):
    """Reads the event frames of an article.

    `name` and `version` identify what it would answer: a workspace codes an article again when they change.
    """

    @property
    def name(self) -> str:
        """The name under which it is loaded."""
        ...

    @property
    def version(self) -> str:
        """Changes when the answers may change."""
        ...

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in trigger order; the same article, the same answer."""
        ...


class Coded(msgspec.Struct, frozen=True):
    """What one reading of an article found: its mentions, and all attributions, also those of no event."""

    mentions: tuple[Mention, ...]
    sayings: tuple[Attribution, ...] = ()


@runtime_checkable
class SayingReader(Protocol):
    """Reads all attributions of an article, also those that cover no event; a coder may offer this too."""

    def attributions(self, article: Article) -> tuple[Attribution, ...]:
        """Return the attributions of `article` in the order of their cues."""
        ...


@runtime_checkable
class OnceReader(Protocol):
    """Reads mentions and attributions of an article in one go; a coder may offer this too."""

    def read(self, article: Article) -> Coded:
        """Return the mentions and, where they cost no further reading, the attributions of `article`."""
        ...


def read_coded(coder: Coder, article: Article) -> Coded:
    """Return what `coder` finds in one reading of `article`; without attributions where it offers none."""
    return coder.read(article) if isinstance(coder, OnceReader) else Coded(coder.code(article))
