"""What the closed words of the record mean to a reader: relations, ties, and the rules behind a value."""

from dateline.model.event import RelationKind, TieKind
from dateline.model.values import WhoBasis

# A relation as it reads from the event that names the other, and from the other's end.
RELATIONS: dict[RelationKind, tuple[str, str]] = {
    "part_of": ("part of", "its parts"),
    "follow_up": ("came after", "what came after it"),
    "background_of": ("background of", "its background"),
    "outcome_of": ("outcome of", "its outcome"),
}
TIES: dict[TieKind, str] = {
    "verdict": "a reader said that they are one",
    "reprint": "copies of one text",
    "credit": "one outlet is credited",
    "citing": "one cites the other, or both cite one",
    "outlet": "one outlet",
    "quote": "the same quotation",
    "owner": "outlets of one owner",
}
# What found the date of publication; see docs/reference/record.md.
PUBLISHED_RULES: dict[str, str] = {
    "given": "said by whoever added it",
    "sidecar": "from the file beside it",
    "record": "from its record in the file",
    "feed": "from the feed",
    "json-ld": "from the page's own data (JSON-LD)",
    "opengraph": "from the page's own data (Open Graph)",
    "meta": "from the page's own data (meta element)",
    "microdata": "from the page's own data (microdata)",
    "time": "from a marked time on the page",
    "url": "from its address",
    "byline": "from its byline",
    "header": "from the lines above the text",
    "htmldate": "searched for in the whole page",
}
# How an actor was read, where it is not simply a name that is known.
ACTOR_BASES: dict[WhoBasis, str] = {
    "article": "a name that the article explains",
    "catalogue": "a name of the catalogue",
    "office": "an office or who holds it",
    "person": "a person's name",
    "short": "the short form of a name given before",
    "described": "a description, led back to a name",
    "metonym": "a place that stands for its government",
    "composed": "composed from words",
    "worded": "as worded, not known to the catalogue",
}
