"""The edges of a wording: blanks, quotation marks and possessives that belong to the sentence around it."""

import re

from dateline.model.span import Span

# What may be cut from the edges of a span: blanks, quotation marks, brackets and stops.
_EDGE = " \t\r\n\u00a0\"“”„«»‘’'`´()[]{},;:.!?–—-"
# "U.S" keeps the stop behind it.
_SHORTENED = re.compile(r"(?:\A|\s|\.)[A-Z]\.[A-Z]\Z")
_POSSESSIVE = re.compile(r"['’ʼ‘`´](?:s|S)?$")


def trim(span: Span) -> Span:
    """Return `span` without blanks, quotes, brackets, stops and a possessive ending at its edges."""
    text, start = span.text, span.start
    kept = text.lstrip(_EDGE)
    start += len(text) - len(kept)
    kept = _close(kept.rstrip(_EDGE), kept)
    kept = _POSSESSIVE.sub("", kept) if len(kept) > 3 else kept
    if _SHORTENED.search(kept) and text[start - span.start + len(kept) :].startswith("."):
        kept += "."
    return Span(start, start + len(kept), kept)


def _close(kept: str, whole: str) -> str:
    """Return `kept` with the bracket that it opened ("Forces (PMF)") when the whole closes it."""
    after = whole[len(kept) : len(kept) + 1]
    opened = {")": "(", "]": "["}.get(after)
    return kept + after if opened and opened in kept else kept
