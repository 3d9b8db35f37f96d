"""The door's work: a Capture becomes an Article, or a Rejected that says what was measured."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import urlsplit

from dateline.clean.credits import read_origin
from dateline.clean.decode import decode, tidy
from dateline.clean.dispatch import read_dateline
from dateline.clean.furniture import Stripped, strip
from dateline.clean.hosts import read_host, read_told
from dateline.clean.language import ENGLISH, read_language
from dateline.clean.layout import paragraphs
from dateline.clean.metadata import Metadata, strip_suffix
from dateline.clean.page import Page, Unfit, read_page
from dateline.clean.published import Found, choose, date_in_url
from dateline.clean.reprints import signature
from dateline.clean.sentences import split
from dateline.clean.visible_date import date_by_htmldate, date_under_heading
from dateline.clean.wordlists import FOLDER, load_lists
from dateline.model.article import Article, Dateline, Origin, Published
from dateline.model.capture import Capture, Declared
from dateline.model.ids import CaptureId, article_id, sha256
from dateline.model.rejected import Rejected
from dateline.outlets import known_outlets

# A brief of one full sentence with who, what and where has about 15 words ("Gunmen killed four people at a
# checkpoint near the town on Friday, police said."); less is a headline or a caption.
LEAST_WORDS = 12
# A text that somebody gives as an article may be a single short sentence ("Gunmen killed three in Mosul.").
LEAST_GIVEN_WORDS = 4

# Of a page's text, the share that is nothing but links: 0.19 at most on the 181 pages of the article
# extraction benchmark, near 1 on lists of headlines.
MOST_LINKED = 0.5

# A list has many paragraphs and few sentences: shares of words that stand in paragraphs without an end mark.
# On the same pages lists of deals and recipes reach 0.75; a calendar and an index of posts 0.9 and 1.0.
LIST_LINES = 6
MOST_UNENDED = 0.8

# A notice (error, captcha, consent) is short; an article that quotes one is longer.
LONGEST_NOTICE = 150

_ENDED = re.compile(r"[.!?…؟۔:][\"'”’»)\]]*\Z")
_NOTICES = ("missing", "denied", "robot", "consent")


def clean(capture: Capture) -> Article | Rejected:
    """Return the Article that `capture` holds, or why there is none. Raises nothing for any content.

    Reasons: no_body, too_short, not_english, not_an_article.
    """
    content = decode(capture.content, capture.encoding)
    if capture.media_type == "text/html":
        page = read_page(content, capture.declared.url)
        if isinstance(page, Unfit):
            return _reject(capture, page)
        found: Page | None = page
        raw, metadata = tidy(page.text), page.metadata
    else:
        found, raw, metadata = None, tidy(content), Metadata()
    title = capture.declared.title or metadata.title
    stripped = strip(raw, title=title)
    unfit = _unfit(raw, stripped, title, found)
    if unfit is not None:
        return _reject(capture, unfit)
    published = choose(_dates(capture, content, found, stripped), fetched=capture.fetched)
    return _article(capture, stripped, metadata, published)


def article_of(
    text: str, *, title: str | None = None, sentences: Sequence[tuple[int, int]] | None = None
) -> Article:
    """Return an article of running text as it is, without cleaning; sentences are found when not given."""
    return Article(
        id=article_id(text, title, None, None),
        capture=CaptureId("cap_text"),
        locator="text",
        url=None,
        title=title,
        outlet=None,
        byline=None,
        published=Published(),
        language=ENGLISH,
        dateline=None,
        origin=None,
        text=text,
        text_sha256=sha256(text),
        sentences=split(text) if sentences is None else tuple(sentences),
    )


def _reject(capture: Capture, unfit: Unfit) -> Rejected:
    return Rejected(stage="clean", reason=unfit.reason, locator=capture.locator, detail=unfit.detail)


def _unfit(raw: str, stripped: Stripped, title: str | None, page: Page | None) -> Unfit | None:
    """Return why this text is no article, or None where it is one."""
    text = stripped.text
    words = len(text.split())
    before = len(raw.split())
    if notice := _notice(text or raw, title):
        return Unfit("not_an_article", f"a notice, not an article: {notice!r}")
    if page and page.linked > MOST_LINKED:
        return Unfit("not_an_article", f"{page.linked:.0%} of the text is links")
    for lines in (paragraphs(raw), paragraphs(text)):
        if (share := _unended(lines)) > MOST_UNENDED:
            return Unfit("not_an_article", f"{share:.0%} of the words stand in lines that are no sentences")
    if not words:
        return Unfit("no_body", f"no running text among {before} words")
    least = LEAST_WORDS if page else LEAST_GIVEN_WORDS
    if words < least or (page and not any(_ENDED.search(line) for line in text.split("\n"))):
        return Unfit("too_short", f"{words} words of running text; at least {least} in a full sentence")
    language = read_language(text)
    if language.code != ENGLISH:
        grammar = f"{language.function_share:.0%} of its words are English grammar"
        return Unfit("not_english", f"the text reads as {language.code}; {grammar}")
    return None


def _unended(lines: list[str]) -> float:
    """Return the share of words in paragraphs without an end mark; 0 where they are too few for a list."""
    counts = [(len(line.split()), bool(_ENDED.search(line.rstrip()))) for line in lines if line.strip()]
    total = sum(count for count, _ in counts)
    if len(counts) < LIST_LINES:
        return 0.0
    return sum(count for count, ended in counts if not ended) / total


def _notice(text: str, title: str | None) -> str | None:
    """Return the wording that makes a short page a notice: its title, or all its text but a few words."""
    if len(text.split()) > LONGEST_NOTICE:
        return None
    pattern = _notice_pattern()
    if title and (match := pattern.search(title)):
        return match.group()
    first: str | None = None
    left = 0
    for line in text.split("\n"):
        match = pattern.search(line)
        first = first or (match.group() if match else None)
        left += 0 if match else len(line.split())
    return first if left < 2 * LEAST_WORDS else None


@cache
def _notice_pattern() -> re.Pattern[str]:
    lists = load_lists(FOLDER / "notices.yaml", _NOTICES)
    wordings = sorted({wording for name in _NOTICES for wording in lists[name]}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wordings)) + r")(?!\w)", re.IGNORECASE)


def _dates(capture: Capture, content: str, page: Page | None, stripped: Stripped) -> Iterator[Found]:
    """Yield what may be the publication date, most trusted first; the costly last resort comes last."""
    declared = capture.declared
    if declared.published:
        yield Found(declared.published_rule or "given", declared.published)
    if page is not None:
        yield from page.metadata.dates
    elif declared.url and (in_url := date_in_url(declared.url)):
        yield in_url
    if stripped.published_text:
        yield Found("byline", stripped.published_text)
    if page is not None:
        if under := date_under_heading(page.header):
            yield under
        if last := date_by_htmldate(content, page.nearby):
            yield last


def _article(capture: Capture, stripped: Stripped, metadata: Metadata, published: Published) -> Article:
    declared = capture.declared
    text = stripped.text
    dateline = read_dateline(text)
    url = declared.url or metadata.url
    known = (
        declared.outlet or metadata.outlet or stripped.outlet or _publisher(url) or read_host(stripped.removed)
    )
    outlet, origin = _sources(declared, stripped, dateline, known)
    title = strip_suffix(declared.title or metadata.title or stripped.title, outlet)
    sentences = split(text)
    return Article(
        id=article_id(text, title, outlet, url),
        capture=capture.id,
        locator=capture.locator,
        url=url,
        title=title,
        outlet=outlet,
        byline=declared.byline or metadata.byline or stripped.byline,
        published=published,
        language=ENGLISH,
        dateline=dateline,
        origin=origin,
        text=text,
        text_sha256=sha256(text),
        sentences=sentences,
        removed=stripped.removed,
        signature=signature(text, text[slice(*sentences[0])] if sentences else ""),
    )


def _sources(
    declared: Declared, stripped: Stripped, dateline: Dateline | None, outlet: str | None
) -> tuple[str | None, Origin | None]:
    """Return the outlet and the origin; an outlet known from its dateline alone is no origin of itself."""
    if declared.origin:
        return outlet, Origin(name=declared.origin, kind="declared", text=declared.origin)
    origin = read_origin(stripped.text, stripped.removed, outlet) or read_told(stripped.text, outlet)
    own = dateline.outlet.text if dateline and dateline.outlet else None
    if outlet is None and origin is not None and origin.kind == "credit" and origin.name == own:
        return own, None
    return outlet, origin


def _publisher(url: str | None) -> str | None:
    """Return the known outlet at an address, else its host without "www.", as the name of last resort."""
    if not url:
        return None
    outlet = known_outlets().at(url)
    if outlet is not None and outlet.kind not in ("aggregator", "social_media"):
        return outlet.name
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
