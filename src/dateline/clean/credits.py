"""Credits: reads where an article says that it comes from, when that is not its own outlet.

A credit stands outside the running text, or at its very edge: "Source: X", "By N. N., Agency", "(AP)",
"This article first appeared in X". Whom the text quotes is attribution, which is not read here.
"""

import re
from collections.abc import Iterator, Sequence

from dateline.clean.dispatch import read_dateline
from dateline.clean.outlets import agency_of, reads_like_outlet, same_outlet
from dateline.model.article import Origin, Removed

# Rules of furniture whose lines can hold a credit; a caption's agency took the photo only.
CREDIT_RULES = frozenset({"credit", "byline", "copyright", "outlet"})

_LONGEST_NAME = 60  # characters; longer "names" are sentences
_EDGE = 300  # characters of a last or first paragraph that can be a credit

_SOURCE = re.compile(
    r"(?:\A|[|•·(\[–—-]\s*|\.\s+)sources?(?:\s*[:|–—]|\s-\s)\s*"
    r"(?P<name>[^|\n]+?)\s*(?:\|[^\n]*|[)\].]*)\Z",
    re.IGNORECASE,
)
_FIRST_IN = re.compile(
    r"\b(?:article|story|report|piece|post|version|it|originally|first|dispatch|analysis)\s+(?:of this \w+\s+)?"
    r"(?:(?:was|were|is|has been)\s+)?(?:(?:originally|first|previously|initially|re)\s*-?)?\s*"
    r"(?:appeared|published|posted|reported|printed|distributed|produced)\s+(?:first\s+)?(?:in|on|by|at|with)\s+"
    r"(?P<name>[^.;\n]+(?:\.(?:com|org|net)\b[^.;\n]*)?)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\A[(\[]?(?:(?:this (?:article|story|report) is |text |article |story |report )?courtesy(?: of)?[:\s]|"
    r"(?:re)?(?:published|printed|posted|produced) (?:here )?"
    r"(?:from|with(?: the)? (?:kind )?permission (?:of|from)|by permission of|courtesy of)\s|"
    r"syndicated (?:from|by)\s|via:?\s|(?:article|story|text|report) "
    r"(?:by|from|provided by)[:\s])\s*(?P<name>[^;\n|]+?)[)\].\s]*\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\A(?:by|from|reporting by)[:\s]\s*(?P<rest>.+)\Z", re.IGNORECASE | re.DOTALL)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©:]*(?:\(c\)\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?P<name>[^.\n]+)",
    re.IGNORECASE,
)
_LAST_MARK = re.compile(
    r"[(\[]\s*(?P<name>[^()\[\]\n]{2,40})\s*[)\]]\.?\Z|(?:\A|\n)[-–—]+\s*(?P<dashed>[^\n]{2,40})\Z"
)
_NAME_END = re.compile(
    r"\s+(?:on\s+(?:\w+day|\d|[A-Z][a-z]+\s+\d)|and (?:is|was|has)|under (?:a|the)|with (?:a|the|kind)|as part"
    r"|in \d{4}|all rights|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|here\b).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*[,|/()–—•·]\s*|\s+-\s+|\s+(?:for|at|of|with)\s+(?=[A-Z])")


def read_origin(text: str, removed: Sequence[Removed], outlet: str | None) -> Origin | None:
    """Return the Origin of an article that its outlet did not write, or None where it states none.

    `removed` is what furniture took out; `outlet` is who published, where that is known. A credit that
    names the outlet itself is no origin. Of several, a stated source goes before a byline, a byline before
    an agency's mark at the head or the end. Kind is "wire" for a news agency, else "credit".
    """
    for name, wording in _credits(text, removed):
        shown = _tidy(name)
        if not shown or len(shown) > _LONGEST_NAME or (outlet and same_outlet(shown, outlet)):
            continue
        agency = agency_of(shown)
        return Origin(name=agency or shown, kind="wire" if agency else "credit", text=wording.strip())
    return None


def _credits(text: str, removed: Sequence[Removed]) -> Iterator[tuple[str, str]]:
    """Yield (name, wording) of every credit, the plainest kind first."""
    lines = [item for item in removed if item.rule in CREDIT_RULES]
    edges = _edges(text)
    for line in [item.text for item in lines] + edges:
        yield from _stated(line)
    for item in lines:
        if item.rule == "byline":
            yield from _byline(item.text)
    yield from _dateline(text)
    for item in lines:
        if item.rule == "copyright":
            yield from _copyright(item.text)
        elif item.rule == "outlet" and agency_of(item.text):
            yield item.text, item.text
    yield from _last_mark(edges[-1] if edges else "")


def _edges(text: str) -> list[str]:
    """Return the first paragraph and the last two, cut to the part that can be a credit."""
    first = text[: text.find("\n\n")] if "\n\n" in text else ""
    last = text.rstrip().rsplit("\n\n", 2)[-2:]
    return [first[:_EDGE]] * bool(first) + [paragraph[-_EDGE:] for paragraph in last]


def _stated(line: str) -> Iterator[tuple[str, str]]:
    if len(line) > _EDGE:
        return
    for pattern in (_SOURCE, _COURTESY):
        match = pattern.search(line)
        if match:
            yield match["name"], line
    match = _FIRST_IN.search(line)
    # in running prose "the report was published in May" is news, unless what follows is named like an outlet
    if match and reads_like_outlet(_tidy(match["name"])):
        yield match["name"], line


def _byline(line: str) -> Iterator[tuple[str, str]]:
    match = _BYLINE.match(line.strip())
    rest = match["rest"] if match else line.strip()
    for part in _PARTS.split(_tidy(rest)):
        name = part.strip(" .")
        if name and (agency_of(name) or (reads_like_outlet(name) and name != rest.strip(" ."))):
            yield name, line
            return


def _dateline(text: str) -> Iterator[tuple[str, str]]:
    dateline = read_dateline(text)
    if dateline is not None and dateline.outlet is not None:
        name = dateline.outlet.text
        if reads_like_outlet(name):
            yield name, name


def _copyright(line: str) -> Iterator[tuple[str, str]]:
    match = _COPYRIGHT.search(line)
    if match:
        for part in _PARTS.split(_tidy(match["name"])):
            if agency_of(part):
                yield part, line
                return


def _last_mark(paragraph: str) -> Iterator[tuple[str, str]]:
    """Read an agency in brackets, or after a dash, as the very last words."""
    match = _LAST_MARK.search(paragraph.rstrip())
    if match:
        name = (match["name"] or match["dashed"]).strip()
        for part in re.split(r"\s*[/,]\s*", name):
            if agency_of(part):
                yield part, match.group().strip()
                return


def _tidy(name: str) -> str:
    """Cut what follows a name ("X on Monday", "X under a licence") and the marks around it."""
    return _NAME_END.sub("", name.strip()).strip(" \t.,;:'\"“”‘’()[]")
