"""Lines: what a paragraph looks like, running text or a line that stands alone."""

import re

_FINAL = re.compile(r"[.!?…؟۔][\"'”’»)\]]*(?:\s*[(\[][^()\[\]]{2,40}[)\]])?\Z")
_OPEN_END = re.compile(r"[:;,–—-][\"'”’»)\]]*\Z")
_INNER_END = re.compile(r"[a-z\d)”\"][.!?]['\"”’)]*\s+['\"“‘(]?[A-Z]")
_BULLET = re.compile(r"(?:[•▪●◦‣⁃∙·*–—-]|\d{1,3}[.)]|\([a-z\d]{1,2}\))\s*\S")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# "June 9 – Two killed near Bor", "14:05 Shelling resumes": the entry of a chronology.
_ENTRY = re.compile(
    rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|\d{{1,2}}:\d{{2}})\b.{{0,12}}?[–—:|-]+ ?\S", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“‘«'].*[\"”’»']\W*\Z", re.DOTALL)
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_CONNECTORS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "nor", "of", "off", "on",
    "or", "out", "over", "per", "the", "to", "up", "via", "vs", "with",
})  # fmt: skip

# A paragraph of 8 words with an end mark is prose; captions and headlines of that length carry none. One
# of 25 words is prose even without the mark, as where scraping cut it: headlines stay under 20.
RUNNING_WORDS = 8
RUNNING_WITHOUT_END = 25
HEADLINE_WORDS = 18
HEADING_WORDS = 9
HEADING_CHARACTERS = 90
_SENTENCE_WORDS = frozenset(
    ["a", "an", "are", "been", "had", "has", "have", "is", "said", "that", "the", "was", "were"]
)
_SENTENCE_WORDS_LEAST = 3
_TITLE_CASE_SHARE = 0.65  # of its words that are no connectors; sentences with names reach about 0.5
_SURELY_SHORT = 5  # words up to which a line inside the body without an end mark is a heading in any case


def count_words(paragraph: str) -> int:
    """Return the number of words, as white space parts them."""
    return len(paragraph.split())


def has_end(paragraph: str) -> bool:
    """Tell whether `paragraph` ends as a sentence does, closing quotes and a bracketed name aside."""
    return _FINAL.search(paragraph[-60:]) is not None


def is_open(paragraph: str) -> bool:
    """Tell whether `paragraph` ends with a mark that announces more, as a colon before a list does."""
    return _OPEN_END.search(paragraph[-8:]) is not None


def is_bullet(paragraph: str) -> bool:
    """Tell whether `paragraph` is an item of a list or an entry of a chronology."""
    return _BULLET.match(paragraph) is not None or _ENTRY.match(paragraph) is not None


def is_running(paragraph: str) -> bool:
    """Tell whether `paragraph` is running text: sentences, not a headline, a label or a caption."""
    words = count_words(paragraph)
    if words >= RUNNING_WITHOUT_END:
        return True
    if words < RUNNING_WORDS:
        return words > 1 and has_end(paragraph) and _INNER_END.search(paragraph) is not None
    return has_end(paragraph)


def is_headline(paragraph: str) -> bool:
    """Tell whether `paragraph` could be a headline or a label: a short line without an end mark."""
    if has_end(paragraph) or is_open(paragraph) or is_bullet(paragraph) or paragraph.startswith("["):
        return False
    return count_words(paragraph) <= HEADLINE_WORDS and not _INNER_END.search(paragraph)


def reads_like_sentence(line: str) -> bool:
    """Tell whether a line without an end mark is a sentence for all that: headlines drop small words."""
    words = line.lower().split()
    return (
        len(words) > HEADING_WORDS and sum(word in _SENTENCE_WORDS for word in words) >= _SENTENCE_WORDS_LEAST
    )


def is_quoted(line: str) -> bool:
    """Tell whether a line is a quotation from end to end."""
    return _QUOTED.match(line) is not None


def is_heading(paragraph: str) -> bool:
    """Tell whether a line inside the body is a heading, and not a sentence that lost its full stop."""
    words = paragraph.split()
    if len(paragraph) > HEADING_CHARACTERS or not is_headline(paragraph) or is_quoted(paragraph):
        return False
    if len(words) > HEADING_WORDS or paragraph[:1].islower():
        return False
    if len(words) <= _SURELY_SHORT:
        return True
    content = [word for word in words if word.lower() not in _CONNECTORS]
    large = sum(not word[:1].islower() for word in content)
    return large >= _TITLE_CASE_SHARE * len(content)


def is_all_names(paragraph: str) -> bool:
    """Tell whether every word is capitalised or a connector of names ("Rana al-Aziz and Karim Aziz")."""
    small = _CONNECTORS | {"al", "bin", "de", "van", "von", "el", "la"}
    words = re.split(r"[\s,/|&]+", paragraph.strip(" .,|"))
    return all(word[:1].isupper() or word in small or word.startswith("al-") for word in words if word)


def key(paragraph: str) -> str:
    """Return `paragraph` in the form in which repeated lines are equal: letters and digits in small."""
    return " ".join(_ALPHANUMERIC.findall(paragraph.casefold()))
