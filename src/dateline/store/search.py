"""What a person types to find things, made safe: full-text queries, folded names, beginnings of ids."""

import re
import unicodedata

from dateline.errors import InputError

# Fewer characters than this after "evt_" and the like do not tell ids apart well enough to be meant.
MIN_PREFIX = 6

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_TELLING = re.compile(r"\w")


def full_text(query: str) -> str | None:
    """Return `query` as an FTS5 expression in which all words and "phrases" must occur; None when it has none.

    Every term is quoted, so that nothing a person types can be a syntax error. A word that ends in `*`
    stands for all that begin so.
    """
    terms: list[str] = []
    for found in _TERM.finditer(storable(query).replace("\x00", " ")):
        phrase, word = found.groups()
        text = (phrase if phrase is not None else word).strip('"')
        if not _TELLING.search(text.replace("_", "")):
            continue
        star = "*" if phrase is None and text.endswith("*") else ""
        terms.append('"' + text.rstrip("*").replace('"', '""') + '"' + star)
    return " ".join(terms) or None


def storable(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which a command line may hold and UTF-8 cannot."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def folded(name: str) -> str:
    """Return `name` in lower case, without accents, with single spaces: how names are kept for filters."""
    decomposed = unicodedata.normalize("NFKD", storable(name).casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def id_prefix(text: str, kind: str, noun: str) -> str:
    """Return the full form ("evt_abc...") of the beginning of an id, given with or without its kind.

    Raises InputError where it is too short or holds a character that no id has.
    """
    body = text.strip().lower().removeprefix(kind)
    if len(body) < MIN_PREFIX:
        raise InputError(
            f"{text!r} is too short for the id of {noun}; give at least {MIN_PREFIX} characters of it"
        )
    if not body.isalnum() or not body.isascii():
        raise InputError(f"{text!r} is not the id of {noun}; ids look like {kind}{'a' * MIN_PREFIX}...")
    return kind + body
