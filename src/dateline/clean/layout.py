"""Layout: finds the paragraphs of a plain text: parted by blank lines, one to a line, or wrapped by hand."""

import re

_LINE_END = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c|\x85")
_SPACES = re.compile(r"[^\S\n]+")
_FINAL = re.compile(r"[.!?…:؟۔][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[•▪●◦‣⁃∙·*–—-]|\d{1,2}[.)]|\([a-z\d]{1,2}\))\s+\S")
_WORD_BROKEN = re.compile(r"[^\W\d_]-\Z")

# Columns: wire archives and mail wrap at 65 to 80. A text with longer lines was not wrapped by hand, and one
# with only shorter ones is a menu or a table.
NARROWEST_WRAP = 40
WIDEST_WRAP = 110
# Of the line ends inside blocks, this share must be forced (the next word would not have fitted in) before a
# text counts as wrapped. Wrapped archives mostly reach 0.95, lists of links stay under 0.3.
_FORCED_SHARE = 0.7
_LEAST_BREAKS = 2  # one forced line end may be chance
_UNFINISHED = 0.5  # lines that break off in a sentence: 0.85 and more where wrapped, near 0 where each is whole
_SLACK = 3  # columns by which a wrapping editor may have left a line short
# Texts that were edited after they were wrapped are ragged: fewer line ends are forced, but lines still are
# nearly full and break off in the middle of a sentence.
_RAGGED_FORCED = 0.3
_RAGGED_BREAKS = 4
_RAGGED_UNFINISHED = 0.7
_NEARLY_FULL = 0.8  # of the width; a line with an end mark that is shorter than this ends its paragraph
_GLUE = 40  # a line of at least this length, without an end mark, runs on into one that begins small


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text` in order, each on one line with single spaces, none empty.

    Blank lines always part paragraphs. Single line ends are joined where they were made by wrapping, and
    part paragraphs elsewhere. The characters of words are kept as found.
    """
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    found: list[str] = []
    for block in blocks:
        current = ""
        for number, line in enumerate(block):
            if number and _joins(block[number - 1], line, width):
                current = _join(current, line)
            else:
                found.append(current)
                current = line
        found.append(current)
    return [" ".join(paragraph.split()) for paragraph in found if paragraph.strip()]


def _blocks(text: str) -> list[list[str]]:
    """Return runs of lines that hold something; a line keeps its indent as one space."""
    blocks: list[list[str]] = [[]]
    for raw in _LINE_END.split(text):
        line = _SPACES.sub(" ", raw).rstrip()
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """Return the column at which the text was wrapped, or None where it was not."""
    lengths = sorted(len(line) for block in blocks for line in block if len(block) > 1)
    if not lengths:
        return None
    width = lengths[max(0, (len(lengths) * 49) // 50 - 1)] if len(lengths) > 50 else lengths[-1]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    pairs = [(block[n], block[n + 1]) for block in blocks for n in range(len(block) - 1)]
    forced = sum(_is_forced(line, following, width - _SLACK) for line, following in pairs)
    unfinished = sum(not _FINAL.search(line) for line, _ in pairs)
    if forced >= _LEAST_BREAKS and forced >= _FORCED_SHARE * len(pairs):
        return width if unfinished >= _UNFINISHED * len(pairs) else None
    full = sum(len(line) for line, _ in pairs) >= _NEARLY_FULL * width * len(pairs)
    ragged = forced >= _RAGGED_FORCED * len(pairs) and unfinished >= _RAGGED_UNFINISHED * len(pairs)
    return width if full and ragged and len(pairs) >= _RAGGED_BREAKS else None


def _is_forced(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def _joins(line: str, following: str, width: int | None) -> bool:
    if _BULLET.match(following.lstrip()):
        return False
    runs_on = not _FINAL.search(line)
    if width is None:
        return runs_on and len(line) >= _GLUE and following.lstrip()[:1].islower()
    if following.startswith(" ") and not line.startswith(" "):
        return False  # an indent begins a paragraph
    return runs_on or _is_forced(line, following, int(width * _NEARLY_FULL))


def _join(current: str, line: str) -> str:
    gap = "" if _WORD_BROKEN.search(current) else " "
    return current + gap + line.lstrip()
