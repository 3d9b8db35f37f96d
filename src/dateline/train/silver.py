"""Silver: what the pattern coder reads in a text. It is material to judge against a corpus' marks, no truth."""

from collections.abc import Sequence
from functools import cache

from dateline import plugins
from dateline.clean import article_of
from dateline.code.base import Coder
from dateline.model.mention import Mention
from dateline.train.examples import Bounds


def silver_mentions(text: str, sentences: Sequence[Bounds] | None = None) -> tuple[Mention, ...]:
    """Return the pattern coder's mentions of a text, in the order of their triggers."""
    return _coder().code(article_of(text, sentences=sentences))


@cache
def _coder() -> Coder:
    coder: Coder = plugins.load("dateline.coders", "patterns")()
    return coder
