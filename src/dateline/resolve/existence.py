"""Since when an article can have been written, by the titles that it gives to people: the office came first."""

import re
from collections.abc import Iterator

from dateline.resolve.catalogue import Catalogue
from dateline.resolve.context import ActorContext, Named
from dateline.resolve.entries import bounds
from dateline.resolve.timestold import Since

# Characters before a name in which the title of its office stands ("Iraqi Prime Minister N. N.").
TITLE_REACH = 40
# "Deputy Secretary of State" is another office than the one whose title stands in it.
_LOWER = re.compile(r"(?<!\w)(?:deputy|vice|assistant|under|associate|shadow|junior)[\s-]+(?:[a-z]+\s+)?\Z")


def named_since(context: ActorContext, text: str, catalogue: Catalogue) -> Since | None:
    """Return the latest beginning among the offices that holders are named with in the text, or None.

    A name without its title tells nothing, for its bearer had it before; nor do groups, most of which began
    long before what is told of them.
    """
    found = (since for named in context.named for since in _terms(named, text, catalogue))
    return max(found, key=lambda since: since.day, default=None)


def _terms(named: Named, text: str, catalogue: Catalogue) -> Iterator[Since]:
    """Yield the beginning of the first term in the office that the words before the name give."""
    before = text[max(0, named.start - TITLE_REACH) : named.start].lower()
    for term in named.entry.terms:
        office = catalogue.get(term.office) if term.office is not None else None
        titles = office.titles if office is not None else ()
        if term.start is not None and any(_is_titled(before, title.lower()) for title in titles):
            day = bounds(term.start)[0].isoformat()
            yield Since(day, f"the text names {named.entry.name} in an office held since {day} at the earliest")
            return


def _is_titled(before: str, title: str) -> bool:
    at = before.rfind(title)
    return at >= 0 and _LOWER.search(before, 0, at) is None
