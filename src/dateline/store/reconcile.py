"""Two captures of one article: which of their metadata to keep, whatever the order they came in.

Each field, or each group of fields that belong together, has a total order; the first is kept. So the result
of many captures is the same in any order, but for dates that the user gives, and taking one in twice changes
nothing.
"""

from typing import Any

import msgspec

from dateline.model.article import Article, Published
from dateline.model.wire import encode

_PRECISION = ("unknown", "year", "month", "day", "second")


def reconcile(old: Article, new: Article) -> Article:
    """Return the one article that `old` and `new`, which share an id, are captures of.

    A publication date that the user gave (rule "given") replaces any other, and a later word of the user an
    earlier one: that alone depends on the order, because it is the user's order. Else known beats unknown,
    finer precision beats coarser, and of two that are left the one that sorts first is kept. Where the article
    was found goes with the smallest locator.
    """
    found = min((old, new), key=_found_order)
    return msgspec.structs.replace(
        found,
        published=_published(old.published, new.published),
        byline=_known(old.byline, new.byline),
        dateline=_known(old.dateline, new.dateline),
        origin=_known(old.origin, new.origin),
        signature=_known(old.signature, new.signature),
        language=min(old.language, new.language),
    )


def _published(old: Published, new: Published) -> Published:
    return new if new.rule == "given" and new.date else min(old, new, key=_published_order)


def _found_order(article: Article) -> tuple[str, str, bytes, bytes]:
    return article.locator, article.capture, encode(article.sentences), encode(article.removed)


def _published_order(published: Published) -> tuple[bool, bool, int, str, bytes]:
    known = published.date is not None
    return (
        not (known and published.rule == "given"),
        not known,
        -_PRECISION.index(published.precision),
        published.date or "",
        encode(published),
    )


def _known(old: Any, new: Any) -> Any:
    """Return the value that is known; of two, the one whose JSON sorts first."""
    return min(old, new, key=lambda value: (not value, encode(value)))
