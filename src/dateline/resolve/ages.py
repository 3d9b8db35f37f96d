"""Ages in running text: numbers that count years, not people."""

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
)

# A word that is somebody's age and may be the noun itself: "22-year-old", "15-year-olds".
AGED_WORD = re.compile(r"[\w-]+-(?:year|month|week|day)s?-olds?")
