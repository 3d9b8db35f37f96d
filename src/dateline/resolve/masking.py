"""Numbers that count nobody: ages, dates, references, "School No. 9"; marks around quoted names."""

import re

_OLD = r"[- ](?:year|month|week|day)s?[- ]olds?(?!\w)"

# "A 12-year-old", "twelve year olds".
AGE = re.compile(rf"\b[\w-]+{_OLD}", re.IGNORECASE)

# Of several ages only the last has its word: the "14" of "a 14 and 17-year-old", of "14, 15 and a 17-year-old".
AGE_AHEAD = re.compile(
    rf"\b\d{{1,3}}(?=(?:,\s+\d{{1,3}})*,?\s+(?:and|or)\s+(?:an?\s+)?\w+{_OLD})", re.IGNORECASE
)

# What stands between commas or behind "aged" is an age, and so is "22 year old" before a noun.
AGES = re.compile(
    r",?\s+aged?\s+(?:between\s+)?\d{1,3}(?:\s*(?:,|-|–|to|and)\s*\d{1,3})*(?!\d)"
    r"|(?<=\s)\d{1,3}(?: (?:year|month|week|day)s?[ -]|-(?:year|month|week|day)s? )old(?=\s+[^\W\d])"
    r"|,\s+(?:between\s+)?\d{1,3}(?:\s+and\s+\d{1,3})?(?=,)"
    r"|(?<!\S)\d{1,3} - (?:year|month|week|day)s? - olds?(?=\s)"
)

# A word that is somebody's age and may be the noun itself: "22-year-old", "15-year-olds".
AGED_WORD = re.compile(r"[\w-]+-(?:year|month|week|day)s?-olds?")

# "School No. 9": the number is a name; "died.[3]": it is a reference.
_NUMBERED = re.compile(r"(?<!\w)(?:[Nn]os?\.|[Nn]umbers?|#)\s?\d{1,4}(?!\w)|(?<=\S)\[\d{1,3}\]")
_QUOTED = re.compile(
    r"(?<=\s)[\"“‘']([A-Z][\w’'-]*(?:[ ](?:of|the|al|and|[A-Z][\w’'-]*)){0,4})[\"”’'](?=[\s,.;:])"
)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|ust|ember|ober|tember)?\.?"
)
_DATES = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?!\w)(?:,?\s+\d{{4}}(?!\d))?"
    rf"|{_MONTH}\s+(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}}(?!\d))?|\d{{4}})(?!\w)"
    r"|(?:in|of|since|during|until|from)\s+(?:19|20)\d\d(?!\d)|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?(?!\w))"
)


def masked(text: str) -> str:
    """Return `text` with ages, dates and "No. 9" blanked out: their numbers count nobody; offsets stay.

    The marks around a quoted name are blanks as well: 'fighters of the "Free Army" were killed'.
    """

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    bare = _QUOTED.sub(lambda match: f" {match[1]} ", text)
    return _NUMBERED.sub(blank, _DATES.sub(blank, AGES.sub(blank, bare)))
