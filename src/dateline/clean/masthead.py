"""Masthead: reads the lines above the running text: page clock, title, byline, date, outlet, labels."""

import re

import msgspec

from dateline.clean.dispatch import read_head
from dateline.clean.furniture_rules import DATE_PATTERN
from dateline.clean.lines import HEADLINE_WORDS, count_words, is_all_names, is_bullet, is_headline, key
from dateline.clean.outlets import reads_like_outlet

_DATE_ALONE = re.compile(
    rf"[\s(\[|·•–—-]*(?:(?:on|date|dated)\s*:?\s*)?{DATE_PATTERN}"
    r"(?:[\s,|–—@-]*(?:at\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Za-z]{2,5}\)?)?)?[\s)\]|.]*",
    re.IGNORECASE,
)
_DATE = re.compile(DATE_PATTERN)
_OWN_DATE = re.compile(
    r"(?:first |originally )?(?:published|posted|issued|date|publication|release|created|added)", re.IGNORECASE
)
_BYLINE_HEAD = re.compile(
    r"\A(?:by|from|author|written by|posted by|story by|reported by|report by|reporting by)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_BYLINE_TAIL = re.compile(r"[\s,|–—-]+(?:on|at|updated|published|posted)?\W*\Z", re.IGNORECASE)
_REPORTING = re.compile(
    r"\A\W*(?:reporting|reported|written|report|story|text) by\s*:?\s*"
    r"(?P<name>[^|;.()\n]{3,60}?)\s*(?:[|;.)]|\Z)",
    re.IGNORECASE,
)

_HEADLINE_LEAST = 6  # words; section labels and place names have fewer
_SENTENCE_CASE_LEAST = 4
_TITLE_LEAST = 3
_NAME_WORDS = 5
_OUTLET_WORDS = 6
_MENU_WORDS = 5  # with the bullet; points of a summary have eight and more
_MENU_ITEMS = 3


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """What stood above the text. `rules` gives a rule for each paragraph that belongs to the masthead."""

    rules: dict[int, str]
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published_text: str | None = None


def read_masthead(texts: list[str], rules: list[str | None], *, first: int, title: str | None) -> Masthead:
    """Read the paragraphs before `texts[first]`, the first of running text.

    `rules` names what patterns have found already. A date that stands alone above the title, or without
    any title, is a page clock: it tells when the page was saved, and is never the article's date.
    """
    found: dict[int, str] = {}
    lines = [n for n in range(first) if rules[n] is None and _is_candidate(texts[n], title, top=n == 0)]
    dates = [n for n in lines if _DATE_ALONE.fullmatch(texts[n])]
    lines = [n for n in lines if n not in dates]
    outlets = [n for n in lines if _is_outlet(texts[n]) and not _is_title(texts[n], title)]
    headlines = [
        n for n in lines if n not in outlets and (first_letter(texts[n]) or _is_title(texts[n], title))
    ]
    chosen = _choose_title(texts, rules, headlines, dates=dates, title=title)
    shown = title or (texts[chosen] if chosen is not None else None)
    for n in lines:
        found[n] = "title" if shown and _is_title(texts[n], shown) else "label"
    found.update(dict.fromkeys(outlets, "outlet"))
    found.update(dict.fromkeys(_menus(texts, rules, first), "navigation"))
    byline_at = _byline_line(
        texts, rules, [n for n in headlines if found[n] == "label"], title_at=chosen, dates=dates
    )
    if byline_at is not None and rules[byline_at] is None:
        found[byline_at] = "byline"
    anchor = chosen if chosen is not None else byline_at
    own = [n for n in dates if anchor is not None and n > anchor]
    found.update((n, "date-line" if n in own else "page-clock") for n in dates)
    byline, byline_date = _read_byline(texts[byline_at]) if byline_at is not None else (None, None)
    stated = [n for n in range(first) if rules[n] == "published" and _OWN_DATE.match(texts[n])]
    dated = [_date_in(texts[n]) for n in stated + own]
    return Masthead(
        rules=found,
        title=shown,
        byline=byline,
        outlet=texts[outlets[-1]] if outlets else None,
        published_text=byline_date or next((date for date in dated if date), None),
    )


def _menus(texts: list[str], rules: list[str | None], first: int) -> list[int]:
    """Return the items of bulleted menus above the text: three and more in a row, of few words each.

    A summary in points is kept, for its points are longer.
    """
    items = [is_bullet(texts[n]) and count_words(texts[n]) <= _MENU_WORDS for n in range(first)]
    menus: list[int] = []
    for n in range(first):
        if items[n] and rules[n] is None:
            low, high = n, n
            while low > 0 and n - low < _MENU_ITEMS and items[low - 1]:
                low -= 1
            while high + 1 < first and high - n < _MENU_ITEMS and items[high + 1]:
                high += 1
            if high - low + 1 >= _MENU_ITEMS:
                menus.append(n)
    return menus


def first_letter(text: str) -> bool:
    """Tell whether a line begins as a title does: with a capital, a digit or a quote."""
    return not text[:1].islower()


def read_reporter(credit: str) -> str | None:
    """Return the reporter that a credit line names ("Reporting by: Rana Aziz | Source: X"), or None."""
    match = _REPORTING.match(credit)
    return match["name"] if match and is_all_names(match["name"]) else None


def _is_candidate(text: str, title: str | None, *, top: bool) -> bool:
    """Tell whether a line may belong to the masthead; one that opens with a dateline is text cut short."""
    if _is_title(text, title) or _DATE_ALONE.fullmatch(text):
        return True
    head = read_head(text)
    asks = top and not title and text.endswith("?") and not is_bullet(text)
    asks = asks and count_words(text) <= HEADLINE_WORDS
    return (asks or is_headline(text)) and (head is None or (head.outlet is None and head.date is None))


def _is_outlet(text: str) -> bool:
    return count_words(text) <= _OUTLET_WORDS and reads_like_outlet(text)


def _is_title(text: str, title: str | None) -> bool:
    """Tell whether `text` is the title, or the title with the outlet's name behind it."""
    if not title:
        return False
    line, known = key(text), key(title)
    if line == known:
        return True
    longer, shorter = (line, known) if len(line) > len(known) else (known, line)
    return (
        count_words(shorter) > _SENTENCE_CASE_LEAST
        and longer.startswith(shorter + " ")
        and (count_words(longer) - count_words(shorter) <= _OUTLET_WORDS)
    )


def _choose_title(
    texts: list[str], rules: list[str | None], lines: list[int], *, dates: list[int], title: str | None
) -> int | None:
    """Return the line that is the title, or None.

    That is the known one, a repeated one, the first that reads like a headline, the one above a byline or
    date, or the first that is no mere label.
    """
    keys = [key(text) for text in texts]
    below = {n - 1 for n in dates} | {n - 1 for n, rule in enumerate(rules) if rule in ("byline", "published")}
    preferences = (
        [n for n in lines if _is_title(texts[n], title)],
        [n for n in lines if not title and count_words(texts[n]) >= _TITLE_LEAST and keys.count(keys[n]) > 1],
        [n for n in lines if not title and _reads_like_headline(texts[n]) and not _is_label_case(texts[n])],
        [n for n in lines if not title and n in below and count_words(texts[n]) >= _TITLE_LEAST],
        [n for n in lines if not title and count_words(texts[n]) >= _TITLE_LEAST],
    )
    return next((found[0] for found in preferences if found), None)


def _reads_like_headline(text: str) -> bool:
    words = text.split()
    if len(words) >= _HEADLINE_LEAST:
        return True
    small = [word for word in words if word[:1].islower() and len(word) > len("with")]
    return len(words) >= _SENTENCE_CASE_LEAST and bool(small)


def _is_label_case(text: str) -> bool:
    """Tell whether a line is a label by its form: it ends with its own abbreviation, "Arms Control (AC)"."""
    return re.search(r"\([A-Z]{2,6}\)\Z", text) is not None


def _byline_line(
    texts: list[str], rules: list[str | None], labels: list[int], *, title_at: int | None, dates: list[int]
) -> int | None:
    """Return the line that names the author: one that says so, or names alone next to a date."""
    for n, rule in enumerate(rules):
        if rule == "byline":
            return n
    for n in labels:
        beside = n + 1 in dates or n - 1 in dates or "published" in rules[max(0, n - 1) : n + 2]
        after_title = title_at is not None and n > title_at
        if after_title and beside and 1 < count_words(texts[n]) <= _NAME_WORDS and is_all_names(texts[n]):
            return n
    return None


def _read_byline(text: str) -> tuple[str | None, str | None]:
    date = _date_in(text)
    names = text[: text.index(date)] if date else text
    names = _BYLINE_TAIL.sub("", _BYLINE_HEAD.sub("", names))
    return names or None, date


def _date_in(text: str) -> str | None:
    match = _DATE.search(text)
    return match.group().strip() if match else None
