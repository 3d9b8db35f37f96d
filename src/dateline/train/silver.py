"""Silver: what the pattern coder reads in a text. It is material to judge against a corpus' marks, no truth."""

from collections.abc import Sequence
from functools import cache

from dateline import plugins
from dateline.clean.sentences import split
from dateline.code.base import Coder
from dateline.model import ids
from dateline.model.article import Article, Published
from dateline.model.mention import Mention
from dateline.train.examples import Bounds

_LOCATOR = "training"


def silver_mentions(text: str, sentences: Sequence[Bounds] | None = None) -> tuple[Mention, ...]:
    """Return the pattern coder's mentions of a text, in the order of their triggers."""
    return _coder().code(article_of(text, sentences))


def article_of(text: str, sentences: Sequence[Bounds] | None = None) -> Article:
    """Return an article of running text as it stands, with no more known of it."""
    return Article(
        id=ids.article_id(text, None, None, None),
        capture=ids.CaptureId("cap_training"),
        locator=_LOCATOR,
        url=None,
        title=None,
        outlet=None,
        byline=None,
        published=Published(),
        language="en",
        dateline=None,
        origin=None,
        text=text,
        text_sha256=ids.sha256(text),
        sentences=split(text) if sentences is None else tuple(sentences),
    )


@cache
def _coder() -> Coder:
    coder: Coder = plugins.load("dateline.coders", "patterns")()
    return coder
