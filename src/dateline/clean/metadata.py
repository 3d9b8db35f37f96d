"""Metadata: what a page declares of itself in JSON-LD, OpenGraph, meta tags and microdata."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.clean.decode import tidy
from dateline.clean.published import Found, date_in_url


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself; `dates` are candidates for the publication date, most trusted first.

    `kind` is the declared OpenGraph type ("article", "website", ...), lower case.
    """

    title: str | None = None
    heading: str | None = None
    outlet: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    kind: str | None = None
    dates: tuple[Found, ...] = ()


# Names under which publishing systems declare the date of publication, most trusted first. A date of
# modification, of creation of the file, or of expiry is never among them.
DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published",
    "datepublished", "date_published", "rnews:datepublished", "publishdate", "publish_date", "publish-date",
    "publication_date", "publicationdate", "pubdate", "parsely-pub-date", "sailthru.date", "dcterms.issued",
    "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "article_date_original",
    "originalpublicationdate", "citation_publication_date", "citation_date", "article.published",
    "cxenseparse:recs:publishtime", "vr:published_time", "displaydate", "dateposted", "ptime", "date",
)  # fmt: skip

_OPENGRAPH = frozenset(name for name in DATE_NAMES[:4])
_ARTICLE_TYPE = re.compile(r"(?:\w*article|\w*blogposting|socialmediaposting|report)")  # schema.org, lower case
_PAGE_TYPE = re.compile(r"(?:item|web)page|videoobject")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")  # not lists of items, parts or comments
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_DEEPEST_LD = 8  # real graphs nest three deep; deeper is hostile
_MODIFIED = re.compile(r"modif|updat|expire|event|comment|related|sidebar|teaser|widget", re.IGNORECASE)
_OUTSIDE = frozenset({"nav", "aside", "footer"})
_ABOVE_HEADING = 4  # levels above the headline that are still the article's header
_LONGEST_NAME = 150  # characters; a longer "author" or "publisher" is running text
_ACCOUNTS = frozenset({"admin", "administrator", "webmaster", "root", "user"})
_BY = re.compile(r"^by[\s:]+", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+(?:[|·•«»–—-]|::|//)\s+")


def read_metadata(tree: Any, address: str | None = None) -> Metadata:
    """Return what the page in `tree` (a resiliparse HTMLTree) says of itself.

    `address` is where it was got; the page's own canonical address wins, except for finding a date.
    """
    metas = _metas(tree)
    articles = tuple(_linked_data(tree))
    article = articles[0] if articles else {}
    heading = _heading(tree, metas.get("og:title"))
    outlet = (
        _outlet(metas.get("og:site_name"))
        or _outlet(_names(article.get("publisher")))
        or _outlet(metas.get("application-name"))
    )
    title = metas.get("og:title") or _text(article.get("headline")) or metas.get("twitter:title") or heading
    url = _canonical(tree) or metas.get("og:url") or _text(article.get("url"))
    url = url if url and url.startswith(("http://", "https://")) else None
    return Metadata(
        title=strip_suffix(title or _text(tree.title), outlet),
        heading=heading,
        outlet=outlet,
        byline=_names(article.get("author"))
        or _person(metas.get("author"))
        or _person(metas.get("article:author")),
        language=(_text(article.get("inLanguage")) or _root_language(tree) or metas.get("og:locale")),
        url=url or address,
        kind=(metas.get("og:type") or "").lower() or None,
        dates=tuple(_dates(tree, articles, metas, (address, url))),
    )


def select(node: Any, selector: str) -> list[Any]:
    """Return the elements under `node` that match a CSS selector, in order.

    The library's collection is sliced because stepping through it takes time with the square of its length.
    """
    found: list[Any] = node.query_selector_all(selector)[:]
    return found


def strip_suffix(title: str | None, outlet: str | None) -> str | None:
    """Return `title` without the outlet's name at its end or head ("Headline | Outlet")."""
    if not title:
        return None
    parts = _SUFFIX.split(title)
    if len(parts) < 2 or not outlet:
        return title.strip() or None
    known = _fold(outlet)
    if _fold(parts[-1]) == known:
        cut = [match.start() for match in _SUFFIX.finditer(title)][-1]
        return title[:cut].strip() or None
    if _fold(parts[0]) == known:
        first = _SUFFIX.search(title)
        return title[first.end() :].strip() if first else title
    return title.strip()


def _fold(name: str) -> str:
    """Return letters and digits of a name in lower case, without "the" and a domain's ending."""
    bare = re.sub(r"\.(?:com|org|net|co\.uk|[a-z]{2})$", "", name.strip().lower())
    return re.sub(r"[\W_]+", "", bare).removeprefix("the")


def _metas(tree: Any) -> dict[str, str]:
    """Return the first non-blank content of each meta tag, by its lower-case name."""
    found: dict[str, str] = {}
    for node in select(tree.document, "meta[content]"):
        name = node.getattr("property") or node.getattr("name") or node.getattr("itemprop") or ""
        content = _text(node.getattr("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _dates(
    tree: Any, articles: tuple[dict[str, Any], ...], metas: dict[str, str], addresses: tuple[str | None, ...]
) -> Iterator[Found]:
    for node in articles:
        if text := _text(node.get("datePublished")):
            yield Found("json-ld", text)
    if not articles and (text := _broken_linked_date(tree)):
        yield Found("json-ld", text)
    for name in DATE_NAMES:
        if name in metas:
            yield Found("opengraph" if name in _OPENGRAPH else "meta", metas[name])
    yield from _microdata(tree)
    for address in addresses:
        if address and (found := date_in_url(address)):
            yield found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD nodes that describe the page's article, articles before mere pages."""
    pages: list[dict[str, Any]] = []
    for script in select(tree.document, 'script[type="application/ld+json"]'):
        for node in _nodes(_json(script.text), 0):
            kinds = _kinds(node)
            if any(_ARTICLE_TYPE.fullmatch(kind) for kind in kinds):
                yield node
            elif any(_PAGE_TYPE.fullmatch(kind) for kind in kinds):
                pages.append(node)
    yield from pages


def _json(text: str) -> Any:
    """Return what a script holds, or None where it is no JSON."""
    body = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST_LD:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _NESTED:
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def _kinds(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(kind.rsplit("/", 1)[-1].lower() for kind in listed if isinstance(kind, str))


def _broken_linked_date(tree: Any) -> str | None:
    """Return the one datePublished of scripts that are not valid JSON; None where there are several."""
    found = {
        match
        for script in select(tree.document, 'script[type="application/ld+json"]')
        if _json(script.text) is None
        for match in _LD_DATE.findall(script.text)
    }
    return found.pop() if len(found) == 1 else None


def _microdata(tree: Any) -> Iterator[Found]:
    """Yield dates of microdata and of `<time>` in the header of the article, not of other stories."""
    for node in select(tree.document, '[itemprop~="datePublished"], time[pubdate]'):
        if not _elsewhere(node) and (text := _moment(node)):
            yield Found("microdata", text)
    heading = _heading_node(tree)
    for node in _near(heading, "time[datetime]") if heading else ():
        if not _elsewhere(node) and (text := _moment(node)):
            yield Found("time", text)
            return


def _near(heading: Any, selector: str) -> Iterable[Any]:
    """Return the elements in the smallest block around the headline that holds any."""
    block = heading.parent
    for _ in range(_ABOVE_HEADING):
        if block is None or block.tag in ("body", "html", None):
            return ()
        found = select(block, selector)
        if found:
            return found
        block = block.parent
    return ()


def _elsewhere(node: Any) -> bool:
    """Tell whether an element belongs to a menu, a list of other stories, a comment or a later change."""
    current, level = node, 0
    while current is not None and current.tag not in ("body", "html", None):
        if current.tag in _OUTSIDE:
            return True
        marks = " ".join(current.getattr(name) or "" for name in ("class", "id", "itemprop"))
        if level <= 2 and _MODIFIED.search(marks):  # wrappers further up name the whole page
            return True
        current, level = current.parent, level + 1
    return False


def _moment(node: Any) -> str | None:
    return _text(node.getattr("datetime")) or _text(node.getattr("content")) or _text(node.text)


def _heading_node(tree: Any) -> Any:
    return tree.body.query_selector("h1") if tree.body else None


def _heading(tree: Any, declared: str | None) -> str | None:
    """Return the text of the page's headline: the h1 that says what was declared, else the only h1."""
    if not tree.body:
        return None
    texts = [text for node in select(tree.body, "h1") if (text := _text(node.text))]
    for text in texts:
        if declared and _fold(text) == _fold(declared):
            return text
    return texts[0] if len(texts) == 1 else None


def _canonical(tree: Any) -> str | None:
    node = tree.document.query_selector('link[rel="canonical"]')
    return _text(node.getattr("href")) if node else None


def _root_language(tree: Any) -> str | None:
    node = tree.document.query_selector("html")
    return _text(node.getattr("lang")) if node else None


def _text(value: Any) -> str | None:
    """Return a string with entities read and spaces made single; None for what is blank or no string."""
    if not isinstance(value, str):
        return None
    return " ".join(tidy(html.unescape(value)).split()) or None


def _outlet(value: Any) -> str | None:
    """Return an outlet's name without the slogan behind it; of an address, the host."""
    name = _name(value)
    if name is None:
        return None
    if name.startswith(("http://", "https://", "www.")):
        return re.sub(r"^(?:https?://)?(?:www\.)?([^/?#]+).*$", r"\1", name)
    return _SUFFIX.split(name)[0].strip() or None


def _name(value: Any) -> str | None:
    text = _text(value)
    return text if text and len(text) <= _LONGEST_NAME else None


def _person(value: Any) -> str | None:
    """Return a name without the "By" before it; an address, a handle or a system's account is none."""
    name = _name(value)
    if name is None or name.startswith(("http", "@", "www.")) or "@" in name or name.lower() in _ACCOUNTS:
        return None
    return _BY.sub("", name) or None


def _names(value: Any) -> str | None:
    """Return the names of a JSON-LD person or organisation, or of a list of them, in order."""
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        found = dict.fromkeys(name for item in value if (name := _names(item)))
        return ", ".join(found) or None
    return _person(value)
