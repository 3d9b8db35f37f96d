"""Hosts: who published a page, and whose reporters wrote it, where only passing words tell."""

import re
from collections import Counter
from collections.abc import Sequence

from dateline.clean.outlets import reads_like_outlet, same_outlet
from dateline.model.article import Origin, Removed
from dateline.outlets import known_outlets

# So many times must people have told one outlet: once may be another's interview that the text draws on.
TOLD_LEAST = 2
_MAILING = re.compile(
    r"(?:join|subscribe to|sign up for|sign up to|get)\s+(?:the\s+)?(?P<name>[A-Z][^,;:\n]{1,40}?)(?:['’]s)?\s+"
    r"(?:mailing list|newsletters?|daily newsletter|weekly newsletter)(?!\w)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?<!\w)(?:told|tells?)\s+(?:the\s+)?(?P<name>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})")


def read_host(removed: Sequence[Removed]) -> str | None:
    """Return the outlet that a line of the page's furniture names ("Join the X.org mailing list"), or None."""
    for line in removed:
        found = _MAILING.search(line.text)
        if found is not None and reads_like_outlet(found["name"]):
            return found["name"].strip()
    return None


def read_told(text: str, outlet: str | None) -> Origin | None:
    """Return the outlet that people in the text "told", as the origin of the text, or None.

    Who "told VOA" was asked by VOA: where several did, and told no other outlet, the text is VOA's, or a copy.
    """
    told: Counter[str] = Counter()
    wording = ""
    for found in _TOLD.finditer(text):
        known = _known(found["name"])
        if known is not None:
            wording = wording or found[0]
            told[known] += 1
    if len(told) != 1:
        return None
    name, times = next(iter(told.items()))
    if times < TOLD_LEAST or (outlet is not None and same_outlet(name, outlet)):
        return None
    return Origin(name=name, kind="told", text=wording)


def _known(name: str) -> str | None:
    """Return the name of the outlet that stands at the beginning of `name`, the longest first."""
    words = name.split()
    for count in range(len(words), 0, -1):
        outlet = known_outlets().named(" ".join(words[:count]).rstrip(".,’'"))
        if outlet is not None and not outlet.word and outlet.kind not in ("social_media", "aggregator"):
            return outlet.name
    return None
