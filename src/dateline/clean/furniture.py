"""Furniture: takes what is not the article (menus, captions, forms, bylines) out of plain text.

Word patterns (furniture.yaml) find lines by what they say; positional rules find them by where they stand
and how they look. A sentence is never taken for its length alone, and nothing after an end mark is cut off.
"""

import re
from collections.abc import Sequence

import msgspec

from dateline.clean.dispatch import read_head
from dateline.clean.furniture_rules import Rule, load_rules
from dateline.clean.layout import paragraphs
from dateline.clean.lines import (
    count_words,
    is_bullet,
    is_heading,
    is_headline,
    is_open,
    is_quoted,
    is_running,
    key,
    reads_like_sentence,
)
from dateline.clean.masthead import Masthead, read_masthead, read_reporter
from dateline.clean.outlets import agency_of
from dateline.model.article import Removed

LONGEST_LINE = 320  # characters; longer paragraphs are running text and are not matched against patterns
_BODY_PARAGRAPHS = 2  # before a comment form is taken for the end of the article
_BODY_WORDS = 40
_DUPLICATE_WORDS = 4  # shorter lines may stand twice for good reason ("He declined.")
_DUPLICATE_DISTANCE = 3  # paragraphs; a caption stands twice in a row, or with its credit in between
_HEADINGS_IN_A_ROW = 2
_LINKS = 15  # lines under "Related stories"; a longer list is likelier content that such a line stands above
_TAIL_WORDS = 16  # a longer line after the text without an end mark is likelier a sentence cut short

_YEAR = re.compile(r"\d{4}|\d{1,2}\s+[A-Za-z]{3,9}\.?\s+'?\d{2}\Z")
_DATELINE_ALONE = re.compile(r"[^.!?]{3,80}(?:--+|[–—―]|\s-)\Z")
_LIST_MARKS = "•▪●-–*· "
_AROUND_NAME = " -–—()[]."


class Stripped(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a text without its furniture, and what the furniture told.

    `text` holds the body, paragraphs parted by one blank line. `published_text` is the wording of a date
    that is the article's own (from a byline, a line under the title or a dateline, never from a page
    clock). `removed` lists what was taken out, in reading order, each with the rule that did it.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published_text: str | None = None
    removed: tuple[Removed, ...] = ()


def strip(text: str, *, title: str | None = None) -> Stripped:
    """Return the body of `text` without furniture; `title` is the article's title where it is known.

    `text` is plain text as found: paragraphs parted by blank lines, one to a line, or wrapped to a column.
    Words are kept as they stand; white space is not. A text with no running paragraph loses only lines
    that a pattern knows.
    """
    rules = load_rules()
    texts, cut = _without_marks(paragraphs(text), rules)
    found = _known_lines(texts, rules)
    _mark_comments(texts, found, rules)
    running = [n for n, rule in enumerate(found) if rule is None and _is_prose(texts, n, title)]
    masthead = Masthead(rules={}, title=title)
    if running:
        masthead = read_masthead(texts, found, first=running[0], title=title)
        for n, rule in masthead.rules.items():
            found[n] = rule
        _mark_lists(texts, found, rules)
        _mark_headings(texts, found, first=running[0], last=running[-1])
        _mark_tail(texts, found, last=running[-1])
    _mark_repeats(texts, found, masthead.title, first=running[0] if running else 0)
    return _stripped(texts, found, cut, masthead)


def _is_prose(texts: list[str], n: int, title: str | None) -> bool:
    asks = n == 0 and not title and texts[0].endswith("?")
    if asks and len(texts) > 1 and count_words(texts[0]) <= _TAIL_WORDS:
        return False  # a headline that asks
    return is_running(texts[n]) and not (title and key(texts[n]) == key(title))


def _without_marks(texts: list[str], rules: Sequence[Rule]) -> tuple[list[str], dict[int, list[Removed]]]:
    """Cut wire marks ("[TEXT]") out of the paragraphs; give what was cut by paragraph."""
    cut: dict[int, list[Removed]] = {}
    kept: list[str] = []
    inside = [rule for rule in rules if rule.where == "inside"]
    for n, text in enumerate(texts):
        left = text
        for rule in inside if "[" in text else ():
            found = [Removed(rule.name, match.group()) for match in rule.pattern.finditer(left)]
            if found:
                cut.setdefault(n, []).extend(found)
                left = " ".join(rule.pattern.sub(" ", left).split())
        kept.append(left)
    return kept, cut


def _known_lines(texts: list[str], rules: Sequence[Rule]) -> list[str | None]:
    found: list[str | None] = []
    head = True
    for text in texts:
        head = head and not is_running(text)
        found.append(_known_line(text, rules, head=head) if len(text) <= LONGEST_LINE else None)
    return found


def _known_line(text: str, rules: Sequence[Rule], *, head: bool) -> str | None:
    for rule in rules:
        if (rule.where == "any" or (rule.where == "head" and head)) and rule.pattern.fullmatch(text):
            return rule.name
    return None


def _mark_comments(texts: list[str], found: list[str | None], rules: Sequence[Rule]) -> None:
    """Mark everything after the head of a comment form that stands below a body of text."""
    starts = {rule.name for rule in rules if rule.then == "rest"}
    paragraphs_before = words_before = 0
    for n, text in enumerate(texts):
        if found[n] in starts and paragraphs_before >= _BODY_PARAGRAPHS and words_before >= _BODY_WORDS:
            for later in range(n + 1, len(texts)):
                found[later] = found[later] or "after-comments"
            return
        if found[n] is None and is_running(text):
            paragraphs_before += 1
            words_before += count_words(text)


def _mark_lists(texts: list[str], found: list[str | None], rules: Sequence[Rule]) -> None:
    """Mark the short lines under "Related stories" and the like."""
    starts = {rule.name for rule in rules if rule.then == "headings"}
    left = 0
    for n, text in enumerate(texts):
        if found[n] in starts:
            left = _LINKS
        elif found[n] is None:
            left = left - 1 if left and is_headline(text.lstrip(_LIST_MARKS)) else 0
            found[n] = "related" if left else None


def _mark_headings(texts: list[str], found: list[str | None], *, first: int, last: int) -> None:
    """Mark headings inside the body.

    Three and more short lines in a row are a list or a table, which is content, as is a line after a
    colon or next to an item of a list.
    """
    body = [n for n in range(first, last + 1) if found[n] is None]
    for length, group in _runs([is_heading(texts[n]) for n in body]):
        before, after = texts[body[group - 1]], texts[body[group + length]]
        if length <= _HEADINGS_IN_A_ROW and not (is_open(before) or is_bullet(before) or is_bullet(after)):
            for n in body[group : group + length]:
                found[n] = "heading"


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Return (length, start) of each run of true flags that has a false one on either side."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for position, flag in enumerate(flags):
        if flag and start is None:
            start = position
        elif not flag and start is not None:
            if start > 0:
                runs.append((position - start, start))
            start = None
    return runs


def _mark_tail(texts: list[str], found: list[str | None], *, last: int) -> None:
    """Mark what looks like a headline after the last running paragraph; an agency's name is kept as such."""
    listing = is_open(texts[last]) or is_bullet(texts[last])
    for n in range(last + 1, len(texts)):
        if found[n] is not None:
            continue
        if agency_of(texts[n].strip(_AROUND_NAME)):
            found[n] = "outlet"
        elif not listing and _is_tail_line(texts[n]):
            found[n] = "related"


def _is_tail_line(text: str) -> bool:
    whole = is_quoted(text) or reads_like_sentence(text)
    return is_headline(text) and not whole and count_words(text) <= _TAIL_WORDS


def _mark_repeats(texts: list[str], found: list[str | None], title: str | None, *, first: int) -> None:
    """Mark the title where it stands again, and a line that repeats one close by or one of the head.

    A paragraph that comes back far below is left: an interview may ask the same twice.
    """
    seen: dict[str, int] = {}
    known = key(title) if title else None
    for n, text in enumerate(texts):
        same = key(text)
        earlier = seen.setdefault(same, n)
        if found[n] is not None or is_bullet(text):
            continue
        if same == known:
            found[n] = "title"
        elif (
            earlier < n
            and count_words(text) >= _DUPLICATE_WORDS
            and (n - earlier <= _DUPLICATE_DISTANCE or earlier <= first)
        ):
            found[n] = "duplicate"


def _stripped(
    texts: list[str], found: list[str | None], cut: dict[int, list[Removed]], masthead: Masthead
) -> Stripped:
    removed: list[Removed] = []
    kept: list[str] = []
    for n, text in enumerate(texts):
        removed.extend(cut.get(n, ()))
        rule = found[n]
        if rule is not None:
            removed.append(Removed(rule, text))
        elif kept and len(kept) == 1 and _DATELINE_ALONE.fullmatch(kept[0]):
            kept[0] += " " + text  # a dateline on a line of its own belongs to the paragraph below
        elif text:
            kept.append(text)
    body = "\n\n".join(kept)
    reporters = [read_reporter(item.text) for item in removed if item.rule == "credit"]
    return Stripped(
        text=body,
        title=masthead.title,
        byline=masthead.byline or next((name for name in reporters if name), None),
        outlet=masthead.outlet,
        published_text=masthead.published_text or _dateline_date(body),
        removed=tuple(removed),
    )


def _dateline_date(body: str) -> str | None:
    """Return the wording of the dateline's date where it has a year; without one it is no whole date."""
    head = read_head(body)
    if head is None or head.date is None or not _YEAR.search(head.date.text):
        return None
    return head.date.text
