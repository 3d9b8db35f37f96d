"""Pages: HTML to running text in paragraphs, in two stages: a quick look at every page, care for candidates.

Every exception of the HTML libraries is caught here and becomes a reason.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dateline.clean.continuation import continued
from dateline.clean.language import ENGLISH, read_language
from dateline.clean.metadata import Metadata, read_metadata, select

# Sizes above which a page is not an article but an attack or a dump. The 181 pages of the article extraction
# benchmark have 1.5 million characters, 49 levels and 1,571 elements at most.
LARGEST_PAGE = 8_000_000  # characters of markup
DEEPEST_PAGE = 1_000  # open elements; resiliparse's time grows with the square of it: 30 ms here
LONGEST_TAG = 20_000  # characters; with the next, bounds time that grows with the square of attributes
MOST_ATTRIBUTES = 1_000  # in one tag of that length
MOST_ELEMENTS = 30_000  # beyond, trafilatura (about 0.05 ms an element) is left out and resiliparse reads alone

# Trafilatura's choices, by the mean of shingle F1 on the 181 pages of the article extraction benchmark (scored
# as in bench/clean.py): fast .962, fast + recall .963, default .960, fast + precision .944, fast without tables
# .959; with comments .955. Default takes 1.6 times as long.
EXTRACTION: dict[str, Any] = {"fast": True, "include_comments": False, "favor_recall": True}

# Fewer words than these of running text on a whole page, and no extractor can find an article in it.
LEAST_ON_PAGE = 12

# The quick look calls a page foreign only where it has this many words to judge by, and almost none English.
JUDGED_WORDS = 80
FOREIGN_SHARE = 0.1

_FOREIGN_ERRORS = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RuntimeError,
)  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_LEVEL = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "html", "head",
    "body", "path",
})  # fmt: skip
_HIDDEN_ENDS = {"script": r"</script", "style": r"</style", "!--": r"-->"}
_HIDDEN = re.compile(r"<(script|style|!--(?!-?>))", re.IGNORECASE)
_HIDDEN_END = {name: re.compile(end, re.IGNORECASE) for name, end in _HIDDEN_ENDS.items()}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_HEADER_LINES = 12  # lines between headline and body: byline, date, deck, caption, share buttons
_BODY_LINES = 4  # of the body's beginning, and below its end, where some pages give their date
_OPENING = 50  # characters by which the body's first paragraph is found again on the page


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was read from a page: its text in paragraphs, its metadata, and what the eye sees around them.

    `header` holds the visible lines between the headline and the body, `nearby` these and the lines of the
    body's beginning and just below its end. `linked` is the share (0..1) of the
    text's characters that stand in paragraphs which are nothing but a link. `method` names the extractor.
    """

    text: str
    metadata: Metadata
    header: tuple[str, ...]
    nearby: tuple[str, ...]
    linked: float
    method: str


class Unfit(msgspec.Struct, frozen=True):
    """Why a page holds no article that can be read: a reason of `Rejected` and what was measured."""

    reason: str
    detail: str


def read_page(markup: str, address: str | None = None) -> Page | Unfit:
    """Return the text and the metadata of an HTML page, or why there is none. Raises nothing."""
    markup = markup.replace("\0", "")
    elements, wild = _measure(markup)
    if wild:
        return Unfit("no_body", wild)
    tree = parse(markup)
    if tree is None:
        return Unfit("no_body", "the page cannot be parsed as HTML")
    visible = _plain(tree, main=False)
    words = len(visible.split())
    if words < LEAST_ON_PAGE and "articleBody" not in markup:
        return Unfit("no_body", f"the whole page shows {words} words")
    main = _plain(tree, main=True)
    if foreign := _foreign(main):
        return Unfit("not_english", foreign)
    metadata = read_metadata(tree, address)
    paragraphs = extract(markup) if elements <= MOST_ELEMENTS else ()
    paragraphs = continued(tree, paragraphs) if paragraphs else ()
    method = "trafilatura" if paragraphs else "resiliparse"
    paragraphs = paragraphs or tuple(_running(main))
    if not paragraphs:
        return Unfit("no_body", f"no running text among the {words} words of the page")
    lines = [line for raw in visible.split("\n") if (line := " ".join(raw.split()))]
    opening = next((text for text in paragraphs if len(text.split()) >= LEAST_ON_PAGE), paragraphs[0])
    header = _header(lines, opening, metadata)
    return Page(
        text="\n\n".join(paragraphs),
        metadata=metadata,
        header=header,
        nearby=(*header, *paragraphs[:_BODY_LINES], *_below(lines, paragraphs[-1])),
        linked=_linked(tree, paragraphs),
        method=method,
    )


def _measure(markup: str) -> tuple[int, str | None]:
    """Return the number of elements, and why the markup is too wild to be parsed safely, if it is."""
    if len(markup) > LARGEST_PAGE:
        return 0, f"{len(markup)} characters of markup; at most {LARGEST_PAGE} are read"
    depth = deepest = elements = 0
    shown = _shown(markup)
    for match in _TAG.finditer(shown):
        if match[2].lower() in _LEVEL:
            elements += not match[1]
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
        elements += not match[1]
    if deepest > DEEPEST_PAGE:
        return elements, f"elements nest {deepest} deep; at most {DEEPEST_PAGE} are read"
    if any(_crowded(piece) for piece in shown.split(">") if len(piece) > LONGEST_TAG):
        return elements, f"a tag has more than {MOST_ATTRIBUTES} attributes"
    return elements, None


def _shown(markup: str) -> str:
    """Return the markup without scripts, styles and comments, which hold tags that are none.

    One that is not closed hides the rest, as in a browser; so the scan is linear.
    """
    kept: list[str] = []
    position = 0
    while match := _HIDDEN.search(markup, position):
        kept.append(markup[position : match.start()])
        end = _HIDDEN_END[match[1].lower()].search(markup, match.end())
        if end is None:
            return "".join(kept)
        position = end.end()
    kept.append(markup[position:])
    return "".join(kept)


def _crowded(piece: str) -> bool:
    """Tell whether a piece of markup that ends in ">" is a tag with too many attributes."""
    tag = _TAG.search(piece)
    if tag is None:
        return False
    names = _QUOTED.sub("", piece[tag.start() :])
    return len(names.split(maxsplit=MOST_ATTRIBUTES + 1)) > MOST_ATTRIBUTES


def parse(markup: str) -> Any:
    """Return the resiliparse tree of a page, or None where it has none."""
    from resiliparse.parse.html import HTMLTree

    try:
        tree = HTMLTree.parse(markup)
    except _FOREIGN_ERRORS:
        return None
    return tree if tree.body is not None else None


def _plain(tree: Any, *, main: bool) -> str:
    """Return the visible text of a page, or of what looks like its main part; "" where that fails."""
    from resiliparse.extract.html2text import extract_plain_text

    try:
        text: str = extract_plain_text(
            tree, main_content=main, preserve_formatting=True, list_bullets=False, alt_texts=False
        )
    except _FOREIGN_ERRORS:
        return ""
    return text


def _foreign(main: str) -> str | None:
    """Say which language the page's main part is in where that is clearly not English."""
    if len(main.split()) < JUDGED_WORDS:
        return None
    language = read_language(main)
    if language.code == ENGLISH or language.function_share >= FOREIGN_SHARE:
        return None
    return f"the page reads as {language.code}; {language.function_share:.0%} of its words are English grammar"


def extract(markup: str) -> tuple[str, ...]:
    """Return the paragraphs that trafilatura finds; none where it finds none or fails."""
    import trafilatura
    from lxml.etree import LxmlError

    silence("trafilatura")
    try:
        document: Any = trafilatura.bare_extraction(markup, **EXTRACTION)
    except (LxmlError, *_FOREIGN_ERRORS):
        return ()
    if document is None or document.body is None:
        return ()
    return tuple(_paragraphs(document.body))


def silence(library: str) -> None:
    """Keep a library's log messages from standard error where the program has set up no logging."""
    logger = logging.getLogger(library)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _paragraphs(body: Any) -> Iterator[str]:
    """Yield the paragraphs of an extracted body; headings above the first paragraph are the title's."""
    begun = False
    for block in body:
        if block.tag == "head" and not begun:
            continue
        begun = begun or block.tag != "head"
        inner = [part for part in block.iter("p", "item", "cell", "head") if part is not block]
        pieces = inner if block.tag in ("quote", "list", "table") and inner else [block]
        for piece in pieces:
            yield from _lines(_own_text(piece, pieces))


def _own_text(element: Any, others: list[Any]) -> str:
    """Return an element's text with line feeds for breaks, without parts that are paragraphs of their own."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child not in others:
            parts.append(_own_text(child, others))
        parts.append(child.tail or "")
    return "".join(parts)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph as paragraphs, joining those that a break merely wraps."""
    current = ""
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if current and line[:1].islower() and not _ENDS.search(current):
            current = f"{current} {line}"
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _running(main: str) -> Iterator[str]:
    """Yield the lines of resiliparse's main text from the first running one on, as paragraphs."""
    lines = [" ".join(line.split()) for line in main.split("\n")]
    lines = [line for line in lines if line]
    first = next((n for n, line in enumerate(lines) if len(line.split()) >= LEAST_ON_PAGE), len(lines))
    yield from lines[first:]


def _header(lines: list[str], opening: str, metadata: Metadata) -> tuple[str, ...]:
    """Return the visible lines between the headline and the body's first paragraph, in order."""
    start = opening[:_OPENING]
    body = next((n for n, line in enumerate(lines) if start in line), None)
    if body is None:
        return ()
    titles = {title.casefold() for title in (metadata.title, metadata.heading) if title}
    head = next((n for n in range(body - 1, -1, -1) if lines[n].casefold() in titles), None)
    if head is None or body - head - 1 > _HEADER_LINES:
        return ()
    return tuple(lines[head + 1 : body])


def _below(lines: list[str], ending: str) -> tuple[str, ...]:
    """Return the visible lines just below the body's last paragraph."""
    end = ending[-_OPENING:]
    last = next((n for n in range(len(lines) - 1, -1, -1) if end in lines[n]), None)
    return tuple(lines[last + 1 : last + 1 + _BODY_LINES]) if last is not None else ()


def _linked(tree: Any, paragraphs: tuple[str, ...]) -> float:
    """Return the share of the paragraphs' characters that stand in paragraphs made of one link."""
    links = {" ".join(node.text.split()) for node in select(tree.body, "a")}
    total = sum(map(len, paragraphs))
    return sum(len(paragraph) for paragraph in paragraphs if paragraph in links) / total if total else 0.0
