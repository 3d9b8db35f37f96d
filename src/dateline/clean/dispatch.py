"""Dispatch: reads the dateline at the head of an article, as in "JUBA, South Sudan, 3 May (Agency) – "."""

import re

import msgspec

from dateline.clean.outlets import agency_of, load_outlet_words, reads_like_outlet
from dateline.model.article import Dateline
from dateline.model.span import Span, span_of

_HEAD = 160  # characters of a paragraph within which a dateline ends; the longest have about 100
_STANDFIRST = 300  # a first paragraph up to this length may be a summary that stands above the dateline
_WEAK_WORDS = 4  # a place in small letters with nothing but a dash after it: "Port au Prince –"
_STRONG_WORDS = 9

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?:\A|[\s,;|]+)(?P<date>(?:{_WEEKDAY},?\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?:\d{4}|'?\d{2}))?)[\s,]*\Z",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"(?P<lead>[^()\[\]\n]{0,90}?)[\s,]*\((?P<outlet>[^()\n]{1,60})\)"
    r"(?P<mark>\s*(?:--+|[-–—―_:|])\s*|\s+)(?=[A-Z0-9\"“‘\[(«'])"
)
# "Tripoli ( – A group": the outlet was a link or a logo, and was lost when the page was scraped.
_BROKEN = re.compile(r"(?P<lead>[^()\[\]\n]{2,90}?)\s*\(\s*\)?\s*(?:--+|[-–—―])\s*(?=[A-Z0-9\"“‘\[«'])")
_DASH = re.compile(
    r"(?P<lead>[^()\[\]\n:;.!?]{2,90}?(?:\.[^()\[\]\n:;!?]{0,40}?)?)"
    r"(?P<mark>\s*--+\s*|\s+[-–_]\s+|\s*[—―]\s*)(?=[A-Z0-9\"“‘\[«'])"
)
# "ROME (ITALY), 11 JAN 90 --": the brackets hold the country.
_COUNTRY = re.compile(
    r"(?P<lead>[^()\n]{2,60} \([^()\n]{2,40}\)),(?P<rest>[^()\n]{4,40}?)\s+"
    r"(?:\((?P<outlet>[^()\n]{2,50})\)\s*)?(?:--+|[–—])\s*(?=[A-Z0-9\"“‘\[«'])"
)
_COLON = re.compile(r"(?P<lead>[^()\[\]\n:;]{2,40}?)\s?:\s+(?=[A-Z0-9\"“‘«'])")
_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:[.'’ʼ-][^\W\d_]+)*\.?")
_SMALL_WORDS = frozenset({
    "al", "el", "an", "ar", "as", "at", "az", "of", "the", "and", "de", "del", "la", "las", "los", "le", "les",
    "du", "des", "da", "do", "dos", "di", "near", "in", "on", "upon", "au", "sur",
})  # fmt: skip
_NO_FIRST = frozenset(["by", "from", "the", "a", "an"])
_SHORTEST_CAPITALS = 4  # "UN: The", "IS – A": three capitals alone are likelier a body than a town
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a dateline says: place, date and outlet, each as found, and where the running text begins."""

    place: Span | None
    outlet: Span | None
    date: Span | None
    end: int


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline at the head of `text`, or None where it has none.

    It stands at the start of the first paragraph, or of the second where the first is a short summary.
    Spans lie in `text`. Place is None where the head names none ("(Agency) – ...").
    """
    head = read_head(text)
    if head is None or (head.place is None and head.outlet is None):
        return None
    return Dateline(place=head.place, outlet=head.outlet)


def read_head(text: str) -> Head | None:
    """Return all that the dateline of `text` says, or None where it has none; see `read_dateline`."""
    head = _read_at(text, 0)
    if head is not None:
        return head
    second = text.find("\n\n", 0, _STANDFIRST + 2)
    head = _read_at(text, second + 2) if second > 0 else None
    # below a summary, a name and a dash are not enough: paragraphs of the body may begin like that
    return head if head and (head.outlet or head.date or _in_capitals(head.place)) else None


def _read_at(text: str, start: int) -> Head | None:
    stop = text.find("\n", start, start + _HEAD)
    piece = text[start : stop if stop >= 0 else start + _HEAD]
    for pattern, judge in (
        (_COUNTRY, _country_head),
        (_BRACKET, _bracket_head),
        (_BROKEN, _plain_head),
        (_DASH, _plain_head),
        (_COLON, _colon_head),
    ):
        match = pattern.match(piece)
        head = judge(text, start, match) if match else None
        if head is not None:
            return head
    return None


def _country_head(text: str, start: int, match: re.Match[str]) -> Head | None:
    dated = _DATE.match(match["rest"])
    if not dated:
        return None
    begin = start + match.start("rest")
    date = span_of(text, begin + dated.start("date"), begin + dated.end("date"))
    place = span_of(text, start + match.start("lead"), start + match.end("lead"))
    outlet = (
        span_of(text, start + match.start("outlet"), start + match.end("outlet")) if match["outlet"] else None
    )
    return Head(place=place, outlet=outlet, date=date, end=start + match.end())


def _bracket_head(text: str, start: int, match: re.Match[str]) -> Head | None:
    """Read "Place (Outlet) – Text", "(Outlet) Text" or "Place (outlet.com) Text"."""
    name = match["outlet"].strip()
    dashed = bool(match["mark"].strip())
    known = agency_of(name) is not None or reads_like_outlet(name)
    if not known and not (dashed and match["lead"]):
        return None
    place, date = _place_and_date(text, start, match, strong=known or (dashed and bool(match["lead"])))
    if match["lead"].strip() and place is None and date is None:
        return None
    begin = start + match.start("outlet") + match["outlet"].index(name)
    dated = _DATE.match(name)
    if dated:  # "JUBA (3 May 2019) –"
        date = span_of(text, begin + dated.start("date"), begin + dated.end("date"))
        return Head(place=place, outlet=None, date=date, end=start + match.end())
    outlet = span_of(text, begin, begin + len(name))
    return Head(place=place, outlet=outlet, date=date, end=start + match.end())


def _plain_head(text: str, start: int, match: re.Match[str]) -> Head | None:
    place, date = _place_and_date(text, start, match, strong=False)
    if place is None and date is None:
        return None
    return Head(place=place, outlet=None, date=date, end=start + match.end())


def _colon_head(text: str, start: int, match: re.Match[str]) -> Head | None:
    """Read "QUETTA: Two people"; only in capitals, for "Analysts: The army" is no dateline.

    Who stands before several paragraphs speaks in them, as in a transcript.
    """
    lead = match["lead"]
    if text.find(f"\n{lead}:", start + 1) >= 0:
        return None
    if not lead.split(",")[0].isupper() or text[start : start + _HEAD].isupper():
        return None
    place, date = _place_and_date(text, start, match, strong=False)
    return Head(place=place, outlet=None, date=date, end=start + match.end()) if place else None


def _place_and_date(
    text: str, start: int, match: re.Match[str], *, strong: bool
) -> tuple[Span | None, Span | None]:
    lead = match["lead"]
    date: Span | None = None
    dated = _DATE.search(lead)
    if dated:
        date = span_of(text, start + dated.start("date"), start + dated.end("date"))
        lead = lead[: dated.start()]
    lead = lead.rstrip(" ,|")
    if not _reads_like_place(lead, strong=strong or date is not None):
        return None, date
    return span_of(text, start, start + len(lead)), date


def _in_capitals(place: Span | None) -> bool:
    return place is not None and place.text.split(",")[0].isupper()


def _reads_like_place(lead: str, *, strong: bool) -> bool:
    """Tell whether `lead` is written like a place: capitalised words, few where nothing else supports it."""
    if not lead[:1].isupper() or _POSSESSIVE.search(lead) or lead.casefold() in load_outlet_words().not_places:
        return False
    words = re.split(r"[\s,/|]+", lead)
    if len(words) > _STRONG_WORDS or (not strong and not lead.isupper() and len(words) > _WEAK_WORDS):
        return False
    if words[0].lower() in _NO_FIRST or (not strong and lead.isupper() and len(lead) < _SHORTEST_CAPITALS):
        return False
    return all(
        _WORD.fullmatch(word) and (word[:1].isupper() or _small(word)) for word in words if word not in "&-–"
    )


def _small(word: str) -> bool:
    return word in _SMALL_WORDS or any(part in _SMALL_WORDS for part in re.split(r"[-'’]", word)[:1])
