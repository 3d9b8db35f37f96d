"""Visible dates: the publication date as a reader sees it on a page that declares none."""

import re
from collections.abc import Iterable
from typing import Any

from dateline.clean.page import silence
from dateline.clean.published import Found, find_date, parse_date

# htmldate wants bounds, and would else read the clock. Web pages are no older; the later bound is no bound.
EARLIEST, LATEST = "1990-01-01", "2100-01-01"

# A line that tells when the article was published says little else: "By N. N., June 26, 2017, 2:05 pm".
# Longer ones are captions and sentences. Of 16 such dates on benchmark pages that differed from the declared
# date, those by more than a time zone were updates or captions; both are refused here.
LONGEST_LINE = 140
MOST_OTHER_WORDS = 10

_UPDATED = re.compile(r"\b(?:updated|modified|revised|edited|last\s+update)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|issued|released)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"©|\(c\)|copyright|all rights|\b(?:photo|photograph|image|picture|pictured|file|getty|archive|source|event"
    r"|expires?|deadline|until|born|since|comments?)\b",
    re.IGNORECASE,
)
_OUTSIDE = ("head", "script", "style", "nav", "footer", "aside")


def date_of_line(line: str) -> str | None:
    """Return the wording of the publication date that a short line of a page gives, or None.

    What follows "updated" is passed over, and so are captions, copyright lines and sentences.
    """
    if len(line) > LONGEST_LINE or _OTHER.search(line):
        return None
    update, publication = _UPDATED.search(line), _PUBLISHED.search(line)
    if update and publication and update.start() < publication.start():
        line = line[publication.start() :]
    elif update:
        line = line[: update.start()]
    found = find_date(line)
    if found is None or len(line.replace(found[0], " ").split()) > MOST_OTHER_WORDS:
        return None
    return found[0]


def date_under_heading(header: Iterable[str]) -> Found | None:
    """Return the first publication date among the visible lines between headline and body."""
    for line in header:
        if wording := date_of_line(line):
            return Found("header", wording)
    return None


def date_by_htmldate(markup: str, nearby: Iterable[str]) -> Found | None:
    """Return the date that htmldate finds on a page, if it also stands on a short line by the article.

    The page's head, menus, margins and foot are taken out before, and `nearby` are the visible lines from
    the headline to just below the body; so a page clock, a copyright year or the date of another story is
    not taken for the date of publication. Raises nothing.
    """
    seen = {value[0] for line in nearby if (wording := date_of_line(line)) and (value := parse_date(wording))}
    if not seen:
        return None
    import htmldate
    from lxml.etree import LxmlError

    silence("htmldate")
    try:
        found = htmldate.find_date(
            _article_part(markup),
            extensive_search=False,
            original_date=True,
            min_date=EARLIEST,
            max_date=LATEST,
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RuntimeError, AssertionError):
        return None
    return Found("htmldate", found) if found in seen else None


def _article_part(markup: str) -> Any:
    from lxml import etree, html

    tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, *_OUTSIDE, with_tail=False)
    return tree
