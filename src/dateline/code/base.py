"""What a coder is."""

from typing import Protocol

from dateline.model.article import Article
from dateline.model.mention import Mention


class Coder(Protocol):
    """Reads the event frames of an article.

    `name` and `version` identify what it would answer: a workspace codes an article again when they change.
    """

    name: str
    version: str

    def code(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of `article` in trigger order; the same article, the same answer."""
        ...
