"""Conventions: how other corpora's marks become spans as our annotation scheme draws them."""

import re

from dateline.train.examples import Bounds

# A span has no leading article or possessive; "a", counts and bounds stay.
_LEADING = re.compile(
    r"(?:(?:the|its|his|her|their|our|my|your|this|that|these|those)\s+)+(?=\S)", re.IGNORECASE
)
_EDGES = " \t\r\n\v\f\xa0,;:.–—-\"“”‘’'«»()[]"
# What goes on about somebody who has been named: "Clinton, 35, ...", "Omar, a farmer, ...".
_FURTHER = re.compile(
    r"\s*[,–—(]\s*(?:\d{1,3}\b|including\s|along\s+with\s|an?\s|the\s|who\b|whose\b|whom\b|which\b|where\b|one\s+of\b|[DRI]-|speaking\b|writing\b)",
    re.IGNORECASE,
)
# "Mark Mahaney, technology analyst at ...": what a name in capitals is followed by, unless it is a list.
_NAMED = re.compile(
    r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3}(?=,\s+(?!and\b|or\b)(?:[a-z]|[A-Z][\w.]*['’]s?\s))"
)
_JOINED = re.compile(r"(?:but|and|yet|while|as|when|because|so)\s+(?=\w)", re.IGNORECASE)
_THAT = re.compile(r"(?:that|whether)\s+(?=\S)", re.IGNORECASE)
# Verbs that are a cue by themselves, whatever follows ("said in a statement", "said, laughing").
_PLAIN_CUE = re.compile(
    r"(?:said|says?|saying|told|tells?|telling|wrote|writes|tweeted|added|adds|adding|stated|asked|announced|reported)\b",
    re.I,
)
_RELATIVE = re.compile(r"\s+(?:who|whose|which|where)\s", re.IGNORECASE)
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}
_MARKS = ",;:. \t\r\n\xa0"


def noun_phrase(text: str, bounds: Bounds) -> Bounds | None:
    """Return a noun phrase without a leading "the" or possessive and without marks at its edges, or None."""
    start, end = _stripped(text, bounds, _EDGES)
    leading = _LEADING.match(text, start, end)
    if leading is not None and leading.end() < end:
        start = leading.end()
    return _whole(text, (start, end))


def speaker(text: str, bounds: Bounds) -> Bounds | None:
    """Return who speaks: a noun phrase without the apposition or relative clause behind it."""
    joined = _JOINED.match(text, *bounds)
    found = noun_phrase(text, (joined.end(), bounds[1]) if joined else bounds)
    if found is None:
        return None
    start, end = found
    named = _NAMED.match(text, start, end)
    if named is not None:
        end = named.end()
    for pattern in (_FURTHER, _RELATIVE):
        match = pattern.search(text, start + 1, end)
        if match is not None:
            end = match.start()
    return noun_phrase(text, (start, end))


# What stands before the word of saying and is no part of the cue: auxiliaries, "to", adverbs.
_BEFORE_CUE = re.compile(
    r"(?:['’](?:s|ve|re|d|ll|m)|have|has|had|having|is|are|was|were|be|been|being|am|will|would|shall|should|may|might|can|"
    r"could|must|do|does|did|(?:do|does|did|has|have|had|is|was|were|wo|ca|could|would)n['’]t|not|never|to|also|now|then|"
    r"later|long|once|again|already|further|first|often|still|just|\w+ly)\s+(?=\w)",
    re.IGNORECASE,
)


def cue_words(text: str, bounds: Bounds) -> Bounds:
    """Return a cue without auxiliaries and adverbs before it and without marks at its edges."""
    start, end = _stripped(text, bounds, _EDGES.replace("'", "").replace("’", ""))
    while (match := _BEFORE_CUE.match(text, start, end)) is not None:
        start = match.end()
    plain = _PLAIN_CUE.match(text, start, end)
    return _whole(text, (start, plain.end() if plain else end)) or bounds


def quoted_words(text: str, bounds: Bounds) -> Bounds | None:
    """Return what is said from its first to its last word.

    Without quotation marks around it, "that" before it and a mark at its end.
    """
    start, end = _stripped(text, bounds, _MARKS)
    that = _THAT.match(text, start, end)
    start = that.end() if that else start
    while end - start > 1 and text[start] in _QUOTES and _QUOTES[text[start]] not in text[start + 1 : end - 1]:
        start += 1
    while end - start > 1 and text[end - 1] in "\"”’'»" and not _opened(text[start : end - 1], text[end - 1]):
        end -= 1
        start, end = _stripped(text, (start, end), _MARKS)
    if end - start > 1 and _QUOTES.get(text[start]) == text[end - 1]:
        start, end = _stripped(text, (start + 1, end - 1), _MARKS)
    return _whole(text, (start, end))


def _opened(inner: str, closing: str) -> bool:
    """Say whether a quotation that `closing` ends begins within `inner`."""
    opening = next((first for first, last in _QUOTES.items() if last == closing), closing)
    return inner.rfind(opening) >= 0


def _stripped(text: str, bounds: Bounds, marks: str) -> Bounds:
    start, end = bounds
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def _whole(text: str, bounds: Bounds) -> Bounds | None:
    """Return bounds that hold a letter or digit; white space at the edges is left out."""
    start, end = _stripped(text, bounds, " \t\r\n\v\f\xa0")
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1  # a mark that ends within a word
    while start < end and start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    return (start, end) if any(sign.isalnum() for sign in text[start:end]) else None
